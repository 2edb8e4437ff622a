"""A bulk export as the resources of one person after the other, in bounded memory.

Exports hold one kind of resource a file, and the resources of one person are not side by side. So
each is first put into one of many temporary files, chosen by whom it is about; then each of these is
small enough to be read as a whole. Medications that are only pointed to wait in a small data base.
"""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from hashlib import blake2b
from io import BufferedWriter
from pathlib import Path
from typing import Any, NamedTuple

from fingerpost.errors import Problem
from fingerpost.record.fhir.bulk_lines import Line, Progress, Tell, read_lines
from fingerpost.record.fhir.bundle import TELLING, Found, everything_in, people_of
from fingerpost.record.fhir.shape import reference
from fingerpost.record.source_text import MAX_BYTES

# What one temporary file may hold of an export; a gzip unpacks to some twenty times its size.
_SHARE = 16 * 1024 * 1024
_UNPACKS = 20
_MOST_FILES = 256


class Whose(NamedTuple):
    """One person of an export: the id, and every resource that is about them."""

    patient: str
    resources: list[Any]


def each_person(
    sources: Sequence[Path], tell: Tell, *, progress: Progress, work: Path | None = None
) -> Iterator[Whose]:
    """Everybody in an export, with all that it holds of them.

    Args:
        sources: The files of one export; each is NDJSON or a gzip of it.
        tell: Called with each problem: a broken line, a damaged file, a person too large to read.
        progress: Called with the number of bytes that were read of the files.
        work: Where the temporary files go; they take as much room as the export unpacked.
    """
    with tempfile.TemporaryDirectory(prefix="fingerpost-", dir=work) as folder:
        shares = _Shares(Path(folder), _how_many(sources))
        with closing(shares.shared):
            for source in sources:
                for line in read_lines(source, tell, progress=progress):
                    if not shares.put(line):
                        tell(_no_resource(line.where))
            for share in shares.finished():
                yield from _people_of_share(share, shares, tell)
            if shares.of_nobody:
                tell(_of_nobody(shares.of_nobody))


def _no_resource(where: str) -> Problem:
    what = "this line holds no FHIR resource"
    advice = "one resource with a resourceType a line"
    return Problem("not-a-record", where, what, "It was left out", advice)


def _of_nobody(count: int) -> Problem:
    what = f"resources that do not say whom they are about were left out ({count})"
    return Problem("no-person", "export", what, "", "check the export", severity="warning")


def _how_many(sources: Iterable[Path]) -> int:
    size = 0
    for source in sources:
        size += _size(source) * (_UNPACKS if source.suffix == ".gz" else 1)
    return max(1, min(_MOST_FILES, size // _SHARE))


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


class _Shares:
    """The temporary files: all of one person in the same one."""

    def __init__(self, folder: Path, count: int) -> None:
        self._paths = [folder / f"{number}.ndjson" for number in range(count)]
        self._files: list[BufferedWriter] = [path.open("wb") for path in self._paths]
        self.shared = sqlite3.connect(folder / "shared.sqlite", isolation_level=None)
        self.shared.execute("pragma synchronous = off")
        self.shared.execute("pragma journal_mode = off")
        self.shared.execute("create table shared (name text primary key, resource blob)")
        self.of_nobody = 0

    def put(self, line: Line) -> bool:
        """Note every resource of a line under whom it is about; whether it was of FHIR at all."""
        found = list(everything_in(line.tree))
        people_of(found)
        alone = len(found) == 1 and found[0].resource is line.tree
        for each in found:
            raw = line.raw if alone else _written(each)
            if each.person is not None:
                self._of_person(each.person, raw)
            elif each.kind in TELLING:
                self.of_nobody += 1
            else:
                self._shared(each, raw)
        empty = isinstance(line.tree, dict) and line.tree.get("resourceType") == "Bundle"
        return bool(found) or empty

    def _of_person(self, person: str, raw: bytes) -> None:
        name = person.encode("utf-8", "replace")
        number = int.from_bytes(blake2b(name, digest_size=4).digest()) % len(self._files)
        self._files[number].write(json.dumps(person).encode() + b"\t" + raw + b"\n")

    def _shared(self, each: Found, raw: bytes) -> None:
        for name in each.names:
            text = name.encode("utf-8", "replace").decode()
            self.shared.execute("insert or replace into shared values (?, ?)", (text, raw))

    def pointed_at(self, resources: Iterable[Any]) -> list[Any]:
        """The medications and other things that these resources point to."""
        names = dict.fromkeys(name for each in resources for name in pointers(each))
        found = []
        for name in names:
            text = name.encode("utf-8", "replace").decode()
            row = self.shared.execute(
                "select resource from shared where name = ?", (text,)
            ).fetchone()
            if row is not None:
                found.append(json.loads(row[0]))
        return found

    def finished(self) -> Iterator[Path]:
        """Each file once everything has been put; it is removed when it has been read."""
        for file in self._files:
            file.close()
        for path in self._paths:
            yield path
            path.unlink()


def pointers(tree: object) -> Iterator[str]:
    """Where the resources of a line point for what they do not say themselves."""
    for each in everything_in(tree):
        for name in ("medicationReference", "specimen", "bodyStructure"):
            target = reference(each.resource.get(name))
            if target and not target.startswith("#"):
                yield target


def entry_of(each: Found) -> dict[str, Any]:
    """A resource by itself, with the address that others point to it by, if it has one."""
    if each.address:
        return {"fullUrl": each.address, "resource": each.resource}
    return each.resource


def _written(each: Found) -> bytes:
    return json.dumps(entry_of(each), separators=(",", ":")).encode()


def _people_of_share(path: Path, shares: _Shares, tell: Tell) -> Iterator[Whose]:
    people: dict[bytes, list[bytes]] = {}
    with path.open("rb") as file:
        for line in file:
            person, _, raw = line.partition(b"\t")
            people.setdefault(person, []).append(raw)
    # Each is let go of once it has been given out.
    for name in list(people):
        lines = people.pop(name)
        if sum(map(len, lines)) > MAX_BYTES:
            tell(_too_large())
            continue
        resources = [json.loads(raw) for raw in lines]
        identifier = str(json.loads(name)).removeprefix("Patient/")
        yield Whose(identifier, [*resources, *shares.pointed_at(resources)])


def _too_large() -> Problem:
    what = f"one person has more than {MAX_BYTES // 1024 // 1024} MB in this export"
    why = "It would not fit into the memory of a usual computer, and was left out"
    return Problem("too-large", "export", what, why, "an export of fewer kinds of resources")
