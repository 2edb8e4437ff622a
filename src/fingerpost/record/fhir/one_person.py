"""One person out of an export that is too large to be read as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fingerpost.errors import Problem, RecordError
from fingerpost.record.fhir.bulk import entry_of, pointers
from fingerpost.record.fhir.bulk_lines import read_lines
from fingerpost.record.fhir.bundle import (
    POINTED_AT,
    everything_in,
    people_of,
    person_named,
    refuse_nobody,
)
from fingerpost.record.source_text import MAX_BYTES, refuse


def resources_of(path: Path, patient: str) -> list[Any]:
    """What an export holds of one person, and what that points to; read line by line.

    Raises:
        RecordError: a line about this person is broken, the file is damaged, or nobody has this id.
    """
    found: list[Any] = []
    room = MAX_BYTES
    for raw, tree in _of_person(path, patient):
        room -= len(raw)
        if room < 0:
            what = f"this person has more than {MAX_BYTES // 1024 // 1024} MB in this export"
            refuse("too-large", path.name, what, "an export of fewer kinds of resources")
        found.append(tree)
    if not found:
        refuse_nobody(path.name)
    return [*found, *_pointed_at(path, found)]


def _of_person(path: Path, patient: str) -> Iterator[tuple[bytes, Any]]:
    problems: list[Problem] = []
    wanted, identifier = person_named(patient), patient.rpartition("/")[2]
    for line in read_lines(path, problems.append, only_with=(identifier.encode(),)):
        everything = list(everything_in(line.tree))
        people_of(everything)
        if any(each.person == wanted for each in everything):
            yield line.raw, line.tree
    if problems:
        raise RecordError(problems[:20])


def _pointed_at(path: Path, resources: list[Any]) -> list[Any]:
    """The medications and samples that these resources point to: on a second walk, if there are any."""
    names = {name for each in resources for name in pointers(each)}
    here = {name for each in everything_in(resources) for name in each.names}
    missing = names - here
    if not missing:
        return []
    found: list[Any] = []
    kinds = tuple(f'"{kind}"'.encode() for kind in POINTED_AT)
    for line in read_lines(path, lambda _: None, only_with=kinds):
        wanted = [each for each in everything_in(line.tree) if missing & set(each.names)]
        found += [entry_of(each) for each in wanted if each.kind in POINTED_AT]
    return found
