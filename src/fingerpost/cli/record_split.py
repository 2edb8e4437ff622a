"""The command that takes a bulk export apart, one person at a time."""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from fingerpost.cli.shell import example, keep_inputs

if TYPE_CHECKING:
    from fingerpost.errors import Problem
    from fingerpost.record.fhir.bulk import Whose

_ID = re.compile(r"[A-Za-z0-9-][A-Za-z0-9.-]{0,63}")
# Names that Windows keeps for devices.
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)


@click.command(
    epilog=example("fingerpost record split examples/export -o people.ndjson"),
    short_help="Take a bulk export apart: one bundle for each person.",
)
@click.argument(
    "exports",
    metavar="EXPORT...",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path),
)
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    metavar="PLACE",
    help="A new folder, for one file a person; or a file ending in .ndjson, for one line a person.",
)
def split(exports: tuple[Path, ...], output: Path) -> None:
    """Take a bulk FHIR export apart: one bundle for each person, whatever its size.

    EXPORT is an NDJSON file (one resource a line), a gzip of one, or a folder of these. The resources
    of one person may stand anywhere in it. Each bundle can then be read like any record. Memory stays
    small; the disk needs room for the export, unpacked, twice.

    A line that cannot be read is told with its number and left out; the rest is written, and the
    command fails with 10.
    """
    from fingerpost.record.people import files_of

    sources = _there(exports, files_of)
    keep_inputs(output, sources)
    write = _lines(output) if output.suffix.casefold() == ".ndjson" else _files(output)
    told = _Told()
    people = 0
    for person in _watched(sources, told, output):
        write(person)
        people += 1
    told.rest()
    if not people and not told.errors:
        told(_nobody(exports))
    click.echo(f"{people} people written to {output}", err=True)
    click.get_current_context().exit(10 if told.errors else 0)


def _there(exports: Sequence[Path], files_of: Callable[[Sequence[Path]], list[Path]]) -> list[Path]:
    from fingerpost.errors import Problem, RecordError

    missing = [path for path in exports if not path.exists()]
    what, advice = "there is no such file or folder", "check the name and the folder"
    if missing:
        raise RecordError(
            Problem("unreadable-file", str(path), what, "", advice) for path in missing
        )
    found = files_of(exports)
    if not found:
        what, advice = "no export is in this folder", "files ending in .ndjson or .ndjson.gz"
        raise RecordError([Problem("unreadable-file", str(exports[0]), what, "", advice)])
    return found


def _nobody(exports: Sequence[Path]) -> Problem:
    from fingerpost.errors import Problem

    what, advice = "nobody is in this export", "an export that holds Patient resources"
    return Problem("no-person", ", ".join(map(str, exports)), what, "", advice)


def _watched(sources: Sequence[Path], told: _Told, output: Path) -> Iterator[Whose]:
    """Everybody in the export, with a bar on the terminal for the bytes that were read."""
    from tqdm import tqdm

    from fingerpost.record.fhir.bulk import each_person

    size = sum(path.stat().st_size for path in sources)
    with tqdm(
        total=size,
        desc="Reading the export",
        unit="B",
        unit_scale=True,
        leave=False,
        disable=not sys.stderr.isatty(),
    ) as bar:
        yield from each_person(sources, told, progress=bar.update, work=output.absolute().parent)


class _Told:
    """Problems as they come: the first hundred are said, the others counted."""

    _MOST = 100

    def __init__(self) -> None:
        self.errors = self._count = 0

    def __call__(self, problem: Problem) -> None:
        self._count += 1
        self.errors += problem.severity == "error"
        if self._count <= self._MOST:
            click.echo(str(problem), err=True)

    def rest(self) -> None:
        if self._count > self._MOST:
            click.echo(f"... and {self._count - self._MOST} more like these", err=True)


# --- writing ------------------------------------------------------------------------------


def _bundle(person: Whose) -> dict[str, Any]:
    entries = [
        each if "resource" in each and "resourceType" not in each else {"resource": each}
        for each in person.resources
    ]
    return {"resourceType": "Bundle", "type": "collection", "entry": entries}


def _files(folder: Path) -> Callable[[Whose], None]:
    """One file a person, named by the id; the folder must be new, so that nothing is mixed."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            _unwritable(folder, "there is something in this folder already", "a new folder")
    except OSError as error:
        _unwritable(folder, f"this folder cannot be made ({error.strerror})", "another place")

    def write(person: Whose) -> None:
        text = json.dumps(_bundle(person), indent=1)
        try:
            file = (folder / f"{file_name(person.patient)}.json").open("x", encoding="ascii")
        except FileExistsError:
            # Two ids that differ only in capitals have one name on some disks.
            name = f"{file_name(person.patient)}-{_mark(person.patient)}.json"
            file = (folder / name).open("x", encoding="ascii")
        with file:
            file.write(text)

    return write


def file_name(patient: str) -> str:
    """A name for the file of a person: the id, if that is one that any disk takes.

    >>> file_name("a-1"), file_name("../a") == file_name("../a"), len(file_name("../a"))
    ('a-1', True, 23)
    """
    plain = _ID.fullmatch(patient) and not _DEVICE.fullmatch(patient)
    return patient if plain and not patient.endswith(".") else f"person-{_mark(patient)}"


def _mark(patient: str) -> str:
    name = patient.encode("utf-8", "replace")
    return hashlib.blake2b(name, digest_size=8).hexdigest()


def _lines(path: Path) -> Callable[[Whose], None]:
    """One bundle a line."""
    try:
        path.write_text("", encoding="ascii")
    except OSError as error:
        _unwritable(path, f"this file cannot be written ({error.strerror})", "another place")

    def write(person: Whose) -> None:
        with path.open("a", encoding="ascii") as file:
            file.write(json.dumps(_bundle(person), separators=(",", ":")) + "\n")

    return write


def _unwritable(place: Path, what: str, advice: str) -> NoReturn:
    from fingerpost.errors import Problem, UsageError

    raise UsageError([Problem("unwritable-file", str(place), what, "", advice)])
