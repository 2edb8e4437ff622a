"""Everybody in a bulk export, one after the other, however large the export is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from fingerpost.errors import Problem, RecordError
from fingerpost.record.dictionaries import Dictionaries
from fingerpost.record.fhir.bulk import each_person
from fingerpost.record.fhir.read import read_fhir
from fingerpost.record.model import Record

# A broken export has as many broken lines as it has lines: more than these are only counted.
MOST_PROBLEMS = 100


def read_each(
    sources: Sequence[Path],
    dictionaries: Dictionaries,
    *,
    tell: Callable[[Problem], object] | None = None,
    work: Path | None = None,
) -> Iterator[tuple[str, Record]]:
    """The id and the record of each person of an export.

    Raises:
        RecordError: at the end, with what could not be read, if nobody is told (`tell`) meanwhile.
    """
    kept: list[Problem] = []
    say = tell or (lambda problem: kept.append(problem) if len(kept) < MOST_PROBLEMS else None)
    for person in each_person(files_of(sources), say, progress=lambda _: None, work=work):
        try:
            record = read_fhir(person.resources, dictionaries, "export", person.patient)
        except RecordError as error:
            for problem in error.problems:
                say(problem)
            continue
        yield person.patient, record
    errors = [problem for problem in kept if problem.severity == "error"]
    if errors:
        raise RecordError(errors)


def files_of(sources: Sequence[Path]) -> list[Path]:
    """The files of an export: those named, and those in the folders that are named."""
    found: list[Path] = []
    for source in sources:
        found += sorted(filter(_is_export, source.iterdir())) if source.is_dir() else [source]
    return found


def _is_export(path: Path) -> bool:
    name = path.name.casefold().removesuffix(".gz")
    return path.is_file() and name.endswith((".ndjson", ".jsonl", ".json"))
