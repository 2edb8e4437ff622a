"""Days that lie before the birth of the person they are told of: one of the two is wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from fingerpost.record.model import Finding, Message, Treatment
from fingerpost.values import Days, Value

_WHAT = "this day lies before the birth of the person, so it was not used"


def without_days_before_birth(
    findings: list[Finding], treatments: Iterable[Treatment]
) -> tuple[list[Finding], list[Treatment], list[Message]]:
    """The findings and treatments without days that cannot be, and what is told of them.

    A result whose day is wrong may still be this person's, so it stays, without its day.
    """
    given, told = list(treatments), list[Message]()
    born = _earliest_birth(findings)
    if born is None:
        return findings, given, told
    kept = []
    for each in findings:
        if _before(each.date, born):
            told.append(_message(each.source.reference))
            each = replace(each, date=None)
        kept.append(each)
    for index, each_given in enumerate(given):
        sound = {
            name: value for name, value in each_given.attributes.items() if not _before(value, born)
        }
        if len(sound) < len(each_given.attributes):
            told.append(_message(each_given.source.reference))
            given[index] = replace(each_given, attributes=sound)
    return kept, given, told


def _earliest_birth(findings: Iterable[Finding]) -> dt.date | None:
    """The first day on which the person can have been born, by everything that is said of it."""
    said = [each.value for each in findings if each.fact == "birth_date"]
    days = [each.first for each in said if isinstance(each, Days)]
    known = [day for day in days if day is not None]
    return min(known) if known and len(known) == len(days) else None


def _before(value: Value | None, born: dt.date) -> bool:
    return isinstance(value, Days) and value.last is not None and value.last < born


def _message(where: str) -> Message:
    return Message("contradicts", where, _WHAT, "correct the one that is wrong", "warning")
