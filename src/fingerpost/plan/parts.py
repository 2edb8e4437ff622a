"""Parts of a treatment that follow one another: on which day each begins, and what is given in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from fingerpost.dates import shift
from fingerpost.knowledge.period import Period
from fingerpost.knowledge.plan_model import Given
from fingerpost.plan.model import Part, PlannedDrug

_DAYS = {"days": 1, "weeks": 7, "months": 30, "years": 365}


def days_of(span: Period, start: dt.date | None = None) -> int:
    """How many days a span has: by the calendar from `start`, else with months of 30 days.

    >>> days_of(Period(2, "months"), dt.date(2026, 1, 31)), days_of(Period(2, "months"))
    (59, 60)
    """
    if start is None:
        return span.amount * _DAYS[span.unit]
    return (shift(start, span.amount, span.unit) - start).days


def date_of(day: int, start: dt.date | None) -> dt.date | None:
    """The date of a day of the plan, where the first has one."""
    return None if start is None else start + dt.timedelta(days=day - 1)


def last_of(given: Given, begins: int, start: dt.date | None) -> int | None:
    """The last day of a way that begins on a day of the plan; None where it goes on without an end."""
    ends = []
    if given.cycles is not None and given.cycle_days is not None:
        ends.append(begins - 1 + given.cycles * given.cycle_days)
    if given.lasts is not None:
        ends.append(begins - 1 + days_of(given.lasts, date_of(begins, start)))
    return min(ends, default=None)


def in_parts(
    planned: Sequence[PlannedDrug], families: Sequence[Collection[str]], start: dt.date | None
) -> tuple[PlannedDrug, ...]:
    """The medicines of a plan, each with the day on which it begins and the number of its part.

    `families` are, for each medicine, itself and everything above it: what `begins_after` may name.
    """
    begun = [_begins(place, planned, families, start, ()) for place in range(len(planned))]
    keys = [_key(drug, begins) for drug, begins in zip(planned, begun, strict=True)]
    numbers = {key: number for number, key in enumerate(sorted(set(keys)), start=1)}
    return tuple(
        replace(drug, begins=begins, part=numbers[key])
        for drug, begins, key in zip(planned, begun, keys, strict=True)
    )


def _begins(
    place: int,
    planned: Sequence[PlannedDrug],
    families: Sequence[Collection[str]],
    start: dt.date | None,
    asked: tuple[int, ...],
) -> int | None:
    """The day on which a medicine begins; None where nobody can say it.

    A part begins when the longest of what it follows has ended. Where that has no end, is not in the
    plan, or comes round to itself (`asked`), its day is not known; nor is that of an operation.
    """
    given = planned[place].given
    if given is None or given.begins_after is None:
        return 1
    before = [
        other
        for other in range(len(planned))
        if other != place and given.begins_after in families[other]
    ]
    if given.after_surgery or not before or place in asked:
        return None
    ends = [_ends(other, planned, families, start, (*asked, place)) for other in before]
    known = [end for end in ends if end is not None]
    if len(known) < len(ends):
        return None
    end = max(known)
    return end + 1 + (days_of(given.gap, date_of(end + 1, start)) if given.gap else 0)


def _ends(
    place: int,
    planned: Sequence[PlannedDrug],
    families: Sequence[Collection[str]],
    start: dt.date | None,
    asked: tuple[int, ...],
) -> int | None:
    given = planned[place].given
    begins = _begins(place, planned, families, start, asked)
    return None if given is None or begins is None else last_of(given, begins, start)


def _key(drug: PlannedDrug, begins: int | None) -> tuple[bool, int, str]:
    """What begins together is one part; a part without a day comes after those that have one."""
    after = drug.given.begins_after if drug.given is not None and begins is None else None
    return begins is None, begins or 0, after or ""


def parts_of(planned: Iterable[PlannedDrug]) -> tuple[Part, ...]:
    """The parts of a plan in their order; one where everything begins together."""
    found: dict[int, list[PlannedDrug]] = {}
    for drug in planned:
        found.setdefault(drug.part, []).append(drug)
    return tuple(Part(number, tuple(found[number])) for number in sorted(found))
