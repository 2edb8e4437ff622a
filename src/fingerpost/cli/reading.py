"""Reading the records that a command names: files or standard input, one or several."""

from __future__ import annotations

import datetime as dt
import functools
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, cast

import click

from fingerpost.cli.shell import keep_inputs

if TYPE_CHECKING:
    from fingerpost.errors import Problem
    from fingerpost.knowledge.model import Knowledge
    from fingerpost.record.model import Record


# Records that hold one person, and no id of theirs.
_OF_ONE = frozenset({"form", "text"})
# With --mapping, every other record is a table.
_NO_TABLES = frozenset({".json", ".yaml", ".yml", ".ndjson", ".pdf"})


class Whose(NamedTuple):
    """The records of a person as a command names them."""

    records: Sequence[str]
    patient: str | None = None
    same_person: bool = False
    mapping: str | None = None


Command = TypeVar("Command", bound=Callable[..., Any])


def whose_records(command: Command) -> Command:
    """`RECORD... [--patient ID] [--same-person] [--mapping NAME|FILE]`: handed over as `whose`."""
    return _whose(command, required=True)


def records_if_any(command: Command) -> Command:
    """The same, for a command that also answers without a record."""
    return _whose(command, required=False)


def _whose(command: Command, *, required: bool) -> Command:

    @functools.wraps(command)
    def with_whose(**given: Any) -> object:  # noqa: ANN401 (click hands over each option by name)
        parts = {name: given.pop(name) for name in Whose._fields}
        keep_inputs(given.get("output"), [*parts["records"], parts["mapping"]])
        return command(whose=Whose(**parts), **given)

    decorators = (
        click.argument(
            "records",
            metavar="RECORD..." if required else "[RECORD]...",
            nargs=-1,
            required=required,
        ),
        click.option(
            "--patient",
            metavar="ID",
            help="Whom to read of, where a record holds several people: the id of the Patient, or of the row.",
        ),
        click.option(
            "--same-person",
            is_flag=True,
            help="Take several records for one person's, also where birth dates or sex differ.",
        ),
        click.option(
            "--mapping",
            metavar="NAME|FILE",
            help="How a table is to be read, if RECORD is one: see `fingerpost table --help`.",
        ),
    )
    wrapped: Any = with_whose
    for decorate in reversed(decorators):
        wrapped = decorate(wrapped)
    return cast("Command", wrapped)


def read_all(whose: Whose, knowledge: Knowledge, on: dt.date) -> Record:
    """The one record that was named, or all of them brought together."""
    read = read_each(whose, knowledge, on)
    if len(read) == 1:
        return read[0]
    import fingerpost

    return fingerpost.merge_records(read, knowledge, same_person=whose.same_person)


def read_each(whose: Whose, knowledge: Knowledge, on: dt.date) -> list[Record]:
    """Every record that was named; the problems of all are told at once."""
    from fingerpost.errors import RecordError

    # A record may be asked about an earlier day; only what lies ahead of today cannot have happened.
    latest = max(on, dt.date.today())
    found: list[Record] = []
    problems: list[Problem] = []
    for record, name in zip(whose.records, _names(whose.records), strict=True):
        try:
            read = _read(record, name, whose, knowledge, latest)
        except RecordError as error:
            problems += error.problems
        else:
            found.append(read)
    if problems:
        raise RecordError(problems)
    if whose.patient is not None and all(record.kind in _OF_ONE for record in found):
        raise _nobody_to_choose()
    return found


def _nobody_to_choose() -> Exception:
    """What is said where one person is named, and no record could have held another."""
    from fingerpost.errors import Problem, UsageError

    what = "one person is named, and none of these records says whose it is"
    advice = "leave --patient out, after looking that each record is about this person"
    return UsageError([Problem("wrong-usage", "--patient", what, "", advice)])


def _read(record: str, name: str, whose: Whose, knowledge: Knowledge, latest: dt.date) -> Record:
    import fingerpost

    if whose.mapping is not None and Path(record).suffix.casefold() not in _NO_TABLES:
        from fingerpost.record.dictionaries import dictionaries_for
        from fingerpost.record.table.read import read_person

        dictionaries = dictionaries_for(knowledge, latest)
        return read_person([Path(record)], whose.mapping, dictionaries, whose.patient)
    source = sys.stdin.buffer.read() if record == "-" else Path(record)
    return fingerpost.read_record(source, knowledge, on=latest, name=name, patient=whose.patient)


def _names(records: Sequence[str]) -> list[str]:
    """What to call each record: its file's name; with its folder, where two have the same."""
    short = ["standard input" if record == "-" else Path(record).name for record in records]
    count = Counter(short)
    different = {
        name: len({r for r, n in zip(records, short, strict=True) if n == name}) for name in count
    }
    return [
        record if different[name] > 1 else name for record, name in zip(records, short, strict=True)
    ]
