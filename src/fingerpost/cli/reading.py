"""Reading the records that a command names: files or standard input, one or several."""

from __future__ import annotations

import datetime as dt
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fingerpost.errors import Problem
    from fingerpost.knowledge.model import Knowledge
    from fingerpost.record.model import Record


records_argument = click.argument("records", metavar="RECORD...", nargs=-1, required=True)
patient_option = click.option(
    "--patient",
    metavar="ID",
    help="Whom to read of, where an export holds several people: the id of the Patient.",
)
same_person_option = click.option(
    "--same-person",
    is_flag=True,
    help="Take several records for one person's, also where birth dates or sex differ.",
)


class Whose(NamedTuple):
    """The records of a person as a command names them."""

    records: Sequence[str]
    patient: str | None = None
    same_person: bool = False


def read_all(whose: Whose, knowledge: Knowledge, on: dt.date) -> Record:
    """The one record that was named, or all of them brought together."""
    read = read_each(whose, knowledge, on)
    if len(read) == 1:
        return read[0]
    import fingerpost

    return fingerpost.merge_records(read, knowledge, same_person=whose.same_person)


def read_each(whose: Whose, knowledge: Knowledge, on: dt.date) -> list[Record]:
    """Every record that was named; the problems of all are told at once."""
    import fingerpost
    from fingerpost.errors import RecordError

    # A record may be asked about an earlier day; only what lies ahead of today cannot have happened.
    latest = max(on, dt.date.today())
    found: list[Record] = []
    problems: list[Problem] = []
    for record, name in zip(whose.records, _names(whose.records), strict=True):
        source = sys.stdin.buffer.read() if record == "-" else Path(record)
        try:
            read = fingerpost.read_record(
                source, knowledge, on=latest, name=name, patient=whose.patient
            )
        except RecordError as error:
            problems += error.problems
        else:
            found.append(read)
    if problems:
        raise RecordError(problems)
    return found


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
