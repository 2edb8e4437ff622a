"""Whether records can be about one person: birth dates and sex must not contradict each other."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from fingerpost.errors import Problem
from fingerpost.messages import marked
from fingerpost.record.merging.sameness import disagree
from fingerpost.record.model import Finding, Message, Record
from fingerpost.values import Absent

# What stays the same for life, with its name in a sentence.
_FOR_LIFE = {"birth_date": "the dates of birth", "sex": "the sex"}


def disagreements(records: Sequence[Record]) -> list[Problem]:
    """A problem for each pair of records that cannot be about one person. It names no value."""
    return [
        _problem(one, other, _FOR_LIFE[fact])
        for one, other in combinations(records, 2)
        for fact in differing(one, other)
    ]


def differing(one: Record, other: Record) -> list[str]:
    """The facts that stay the same for life and of which two records say different things."""
    return [fact for fact in _FOR_LIFE if _differ(_stated(one, fact), _stated(other, fact))]


def not_compared(records: Sequence[Record]) -> list[Message]:
    """Which records do not say whom they are about, so that nothing could be compared."""
    if len(records) < 2:
        return []
    what = marked(
        "this record gives no date of birth, so it could not be checked that it is about the same person"
    )
    return [
        Message(
            "person_not_compared", "record", what, marked("check it yourself"), "info", record.name
        )
        for record in records
        if not _stated(record, "birth_date")
    ]


def _stated(record: Record, fact: str) -> list[Finding]:
    return [
        finding
        for finding in record.findings
        if finding.fact == fact and not isinstance(finding.value, Absent)
    ]


def _differ(one: Sequence[Finding], other: Sequence[Finding]) -> bool:
    """Whether both say something, and nothing of it agrees."""
    pairs = [(first, second) for first in one for second in other]
    return bool(pairs) and all(disagree(first.value, second.value) for first, second in pairs)


def _problem(one: Record, other: Record, name: str) -> Problem:
    what = f"{name} in these two records differ" if name.endswith("birth") else f"{name} differs"
    return Problem(
        "different-people",
        f"{one.name}, {other.name}",
        what,
        "They may be about two people, and records of two people must never be mixed",
        "check both; if they are about one person, say --same-person (same_person=True)",
    )
