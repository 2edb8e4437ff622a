"""A record of a table as a form in JSON: to look at, to keep, and to read again.

What a form cannot say exactly is said more loosely, never more sharply: a record that is written and
read again may leave more open than before, and settles nothing that was open.
"""

from __future__ import annotations

import calendar
import math
from typing import Any

from fingerpost.record.model import Finding, Message, Record, Treatment
from fingerpost.terms import Answer
from fingerpost.values import Absent, Choice, Days, Interval, Members, Value

VERSION = 1


def as_form(record: Record) -> dict[str, Any]:
    """The record as the tree of a form, each finding with where it stood and its words."""
    form: dict[str, Any] = {"fingerpost": VERSION}
    findings = [written for each in record.findings if (written := _finding(each)) is not None]
    form["findings"] = findings
    form["treatments"] = [_treatment(each) for each in record.treatments]
    if record.treatments_complete is not Answer.UNKNOWN:
        form["treatments_complete"] = record.treatments_complete is Answer.YES
    return form


def as_line(person: str, record: Record) -> dict[str, Any]:
    """One line of NDJSON: whose it is, the record as a form, and what the owner should look at."""
    return {
        "patient": person,
        "record": as_form(record),
        "messages": [_message(each) for each in record.messages],
    }


def _message(message: Message) -> dict[str, str]:
    said = {"code": message.code, "where": message.where, "what": message.what}
    return {**said, "try_this": message.try_this} if message.try_this else said


def _finding(finding: Finding) -> dict[str, Any] | None:
    value = _value(finding.value)
    if value is None:
        return None
    told: dict[str, Any] = {"fact": finding.fact, **value}
    date = _days(finding.date) if finding.date is not None else None
    more = {
        "date": told.pop("date", None) or date,
        "specimen": finding.specimen,
        "site": finding.site,
        "basis": finding.basis,
        "source": finding.source.reference,
        "words": finding.source.words,
        "because": finding.because,
    }
    return {**told, **{name: said for name, said in more.items() if said}}


def _value(value: Value | Absent) -> dict[str, Any] | None:
    match value:
        case Absent():
            return {"absent": str(value.kind)}
        case Choice():
            return {"value": value.known or sorted(value.possible)}
        case Interval():
            return {"value": number_text(value)}
        case Members():
            listed = {"present": sorted(value.present), "absent": sorted(value.absent)}
            return {name: said for name, said in listed.items() if said} or None
        case Days():
            days = _days(value)
            if days is not None:
                return {"value": days}
            return _born(value)


def number_text(interval: Interval) -> float | int | str:
    """A number, or what it may be, as a form writes it.

    >>> number_text(Interval(90, 90)), number_text(Interval(high=1, high_open=True))
    (90, '<1')
    >>> number_text(Interval(1, 10))
    '1-10'
    """
    if interval.known is not None:
        return _plain(interval.known)
    if math.isinf(interval.low) or (interval.low == 0 != interval.high and interval.high_open):
        return f"{'<' if interval.high_open else '<='}{_plain(interval.high)}"
    if math.isinf(interval.high):
        return f"{'>' if interval.low_open else '>='}{_plain(interval.low)}"
    return f"{_plain(interval.low)}-{_plain(interval.high)}"


def _plain(number: float) -> float | int:
    return int(number) if float(number).is_integer() else number


def _days(days: Days) -> str | None:
    """A day, a month or a year, if the days are exactly that."""
    first, last = days.first, days.last
    if first is None or last is None:
        return None
    if first == last:
        return first.isoformat()
    if first.day == 1 and (first.year, first.month) == (last.year, last.month):
        whole = calendar.monthrange(first.year, first.month)[1] == last.day
        return f"{first:%Y-%m}" if whole else None
    starts, ends = (first.month, first.day) == (1, 1), (last.month, last.day) == (12, 31)
    return str(first.year) if starts and ends and first.year == last.year else None


def _born(days: Days) -> dict[str, Any] | None:
    """Days that are a year from birthday to birthday, as the age they came from: 0 on the last."""
    if days.first is None or days.last is None or days.first.year == days.last.year:
        year = days.first.year if days.first is not None else None
        return {"value": str(year)} if year is not None and days.last is not None else None
    return {"fact": "age", "value": 0, "date": days.last.isoformat()}


def _treatment(treatment: Treatment) -> dict[str, Any]:
    told: dict[str, Any] = {}
    drugs = [*treatment.drugs, *treatment.unresolved]
    if drugs:
        told["drugs"] = [
            name.replace("_", " ") if name in treatment.drugs else name for name in drugs
        ]
    if treatment.classes:
        told["classes"] = list(treatment.classes)
    for name, value in treatment.attributes.items():
        said = _value(value)
        if said is not None and "value" in said and said.get("fact") is None:
            told[name] = said["value"]
    told["source"] = treatment.source.reference
    if treatment.words:
        told["words"] = treatment.words
    return told
