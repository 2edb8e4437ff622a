"""From how medicines are given to days: doses and checks, those of one day together."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from fingerpost.dates import shift
from fingerpost.knowledge.period import Period
from fingerpost.knowledge.plan_model import Check, Given, Monitoring, Phase
from fingerpost.plan.model import (
    LaterCheck,
    Minutes,
    PlanDay,
    PlannedCheck,
    PlannedDose,
    PlannedDrug,
    Wish,
)

_DAYS = {"days": 1, "weeks": 7, "months": 30, "years": 365}
_WISHES: tuple[Wish, ...] = ("required", "recommended", "if_indicated")


@dataclass(frozen=True, slots=True)
class DrugChecks:
    """A medicine of the plan with the checks that it asks for."""

    drug: PlannedDrug
    checks: tuple[Monitoring, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """The days of one medicine: its doses, the first days of its cycles, and the last day looked at."""

    doses: tuple[int, ...]
    cycles: tuple[int, ...]
    last: int
    start: dt.date | None


def days_of(span: Period, start: dt.date | None = None) -> int:
    """How many days a span has: by the calendar from `start`, else with months of 30 days.

    >>> days_of(Period(2, "months"), dt.date(2026, 1, 31)), days_of(Period(2, "months"))
    (59, 60)
    """
    if start is None:
        return span.amount * _DAYS[span.unit]
    return (shift(start, span.amount, span.unit) - start).days


def plan_days(
    drugs: Iterable[DrugChecks], checks: Mapping[str, Check], start: dt.date | None, weeks: int
) -> tuple[PlanDay, ...]:
    """Every day on which something is given or looked at, as far as `weeks` reach."""
    doses: dict[int, list[PlannedDose]] = defaultdict(list)
    asked: dict[int, dict[str, list[Monitoring]]] = defaultdict(lambda: defaultdict(list))
    for each in drugs:
        given = list(_doses(each.drug, start, weeks))
        for day, dose in given:
            doses[day].append(dose)
        last = _last_day(each.drug.given, start, weeks)
        cycles = _cycle_starts(each.drug.given, last)
        course = Course(tuple(day for day, _ in given), cycles, last, start)
        for monitoring in each.checks:
            for day in check_days(monitoring, course):
                asked[day][monitoring.check].append(monitoring)
    numbers = sorted({*doses, *asked})
    return tuple(
        PlanDay(
            number,
            None if start is None else start + dt.timedelta(days=number - 1),
            tuple(doses[number]),
            tuple(
                PlannedCheck(checks[name], tuple(reasons), _wish(reasons, number))
                for name, reasons in sorted(asked[number].items())
            ),
        )
        for number in numbers
    )


def _wish(reasons: Iterable[Monitoring], number: int) -> Wish:
    """How pressing a check is: before the start as its entry says, later it is part of the schedule."""
    said = {each.before for each in reasons}
    return next((wish for wish in _WISHES if number > 0 or wish in said), "required")


def _last_day(given: Given | None, start: dt.date | None, weeks: int) -> int:
    """The last day that is looked at: the horizon, or the end of a treatment of fixed length."""
    last = weeks * 7
    if given is None:
        return last
    if given.cycles is not None and given.cycle_days is not None:
        last = min(last, given.cycles * given.cycle_days)
    if given.lasts is not None:
        last = min(last, days_of(given.lasts, start))
    return last


def _doses(
    drug: PlannedDrug, start: dt.date | None, weeks: int
) -> Iterator[tuple[int, PlannedDose]]:
    given = drug.given
    if given is None or not (given.days or given.first_cycle_days):
        return
    last = _last_day(given, start, weeks)
    length = given.cycle_days or last + 1
    seen = set()
    for cycle in range((last - 1) // length + 1):
        days = given.first_cycle_days if cycle == 0 and given.first_cycle_days else given.days
        for day in days:
            number = cycle * length + day
            if number <= last and number not in seen:
                seen.add(number)
                yield number, PlannedDose(drug, cycle + 1, _minutes(given, first=len(seen) == 1))


def _minutes(given: Given, *, first: bool) -> Minutes | None:
    infusion = given.first_minutes if first else given.later_minutes or given.first_minutes
    if infusion is None:
        return None
    observed = given.observe_minutes or (0,)
    return infusion[0] + observed[0], infusion[-1] + observed[-1]


def _cycle_starts(given: Given | None, last: int) -> tuple[int, ...]:
    length = given.cycle_days if given is not None and given.cycle_days else 28
    return tuple(range(1, last + 1, length))


def check_days(monitoring: Monitoring, course: Course) -> list[int]:
    """The days of one check; day 0 is before the start."""
    found = {0} if monitoring.before != "none" else set()
    found |= set(monitoring.on_days)
    begins = 1
    for phase in monitoring.phases:
        ends = course.last if phase.until is None else days_of(phase.until, course.start)
        found |= set(_phase_days(phase, begins, min(ends, course.last), course))
        begins = ends + 1
    # What was looked at before the start is not looked at again on the first day.
    return sorted(day for day in found if day <= course.last and not (day == 1 and 0 in found))


def _phase_days(phase: Phase, begins: int, ends: int, course: Course) -> Iterator[int]:
    """The days of a phase: with doses or cycles, or every so often counted from its begin."""
    if phase.every is None:
        # A medicine taken at home has no days of its own: its cycles count.
        days = course.doses if phase.each == "dose" and course.doses else course.cycles
        yield from (day for day in days if begins <= day <= ends)
        return
    base = None if course.start is None else course.start + dt.timedelta(days=begins - 1)
    count = 1
    while (day := begins + days_of(_times(phase.every, count), base)) <= ends + 1:
        yield day
        count += 1


def _times(span: Period, count: int) -> Period:
    return Period(span.amount * count, span.unit)


def later_checks(
    drugs: Iterable[DrugChecks], checks: Mapping[str, Check]
) -> tuple[LaterCheck, ...]:
    """Checks without a day: when there is a reason, at the end, and after the treatment."""
    found: dict[tuple[str, str, str], LaterCheck] = {}
    for each in drugs:
        for monitoring in each.checks:
            for when, holds in (
                ("as_indicated", monitoring.then is not None),
                ("at_end", monitoring.at_end),
                ("after", monitoring.after is not None),
            ):
                if holds:
                    check = checks[monitoring.check]
                    key = (check.id, when, str(monitoring.after))
                    found.setdefault(key, LaterCheck(check, monitoring, when))  # type: ignore[arg-type]
    return tuple(found.values())
