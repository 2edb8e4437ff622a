"""From the text of a report to what it says, and to a record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fingerpost.record.dictionaries import Dictionaries
from fingerpost.record.model import Finding, Message, Record, Source
from fingerpost.record.pathology.notices import notices_of
from fingerpost.record.pathology.one_person import refuse_two_people
from fingerpost.record.pathology.readers import READERS
from fingerpost.record.pathology.report_text import ReportText, in_order
from fingerpost.record.pathology.statement import Statement
from fingerpost.record.source_text import Text, refuse
from fingerpost.terms import Answer
from fingerpost.values import Days

# A long report has some fifty thousand characters; far more is an archive or another kind of file.
MAX_CHARACTERS = 1_000_000


@dataclass(frozen=True)
class Reading:
    """A report, and everything that was read from it in the order of the text."""

    report: ReportText
    name: str
    statements: tuple[Statement, ...]
    # How the text was come by: pages read from a picture, pages not read.
    messages: tuple[Message, ...] = ()


def read_report(text: Text, dictionaries: Dictionaries) -> Reading:
    """Everything that the text of a report says.

    Raises:
        RecordError: it is too long to be a report, or tells of two people.
    """
    if len(text.text) > MAX_CHARACTERS:
        what = f"this text has more than {MAX_CHARACTERS:,} characters"
        advice = "give one report at a time"
        refuse("too-large", text.name, what, advice, "No pathology report is that long")
    report = ReportText(text.text)
    refuse_two_people(report.folded, text.name)
    found = (each for reader in READERS for each in reader(report, dictionaries))
    messages = (*text.messages, *notices_of(report, text.name))
    return Reading(report, text.name, in_order(found), messages)


def record_of(reading: Reading) -> Record:
    """The record that a reading makes: what counts as findings, all else as messages."""
    return Record(
        findings=tuple(
            findings_of(
                (each for each in reading.statements if each.counts), reading.report.collected
            )
        ),
        treatments=(),
        treatments_complete=Answer.UNKNOWN,
        messages=(
            *notices_of(reading.report, reading.name),
            *(
                Message(
                    "not_used", place(each), f'"{each.words}" was read and not used: {each.note}'
                )
                for each in reading.statements
                if not each.counts
            ),
        ),
        kind="text",
        name=reading.name,
    )


def findings_of(statements: Iterable[Statement], sampled: Days | None) -> list[Finding]:
    """Statements as findings of a record, each with its line and words.

    The date of a finding is the day of the sample: an addendum speaks of the same sample later.
    """
    return [
        Finding(
            fact=each.fact,
            value=each.value,
            date=sampled,
            source=Source("text", place(each), each.words),
            site=each.site,
            specimen=each.specimen,
            basis=each.basis,
            because=each.note,
        )
        for each in statements
    ]


def place(statement: Statement) -> str:
    """Where a statement stands, for people.

    >>> from fingerpost.values import Absent
    >>> place(Statement("er_percent", Absent(), 5, 9, "ER 9", 2, "start", part="A"))
    'line 2, characters 5 to 9, part A'
    """
    part = f", part {statement.part}" if statement.part else ""
    return f"line {statement.line}, characters {statement.start} to {statement.end}{part}"
