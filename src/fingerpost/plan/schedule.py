"""From how medicines are given to days: doses and checks, those of one day together."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

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
from fingerpost.plan.parts import date_of, days_of, last_of

_WISHES: tuple[Wish, ...] = ("required", "recommended", "if_indicated")


@dataclass(frozen=True, slots=True)
class DrugChecks:
    """A medicine of the plan with the checks that it asks for."""

    drug: PlannedDrug
    checks: tuple[Monitoring, ...]


class Asked(NamedTuple):
    """How pressing a check is on a day, and whether it is done in the days before, as a part begins."""

    wish: Wish
    ahead: bool = False


@dataclass(frozen=True, slots=True)
class Course:
    """The days of what asks for a check: its doses, the first days of its cycles, and from when to when."""

    doses: tuple[int, ...]
    cycles: tuple[int, ...]
    last: int
    start: dt.date | None
    begins: int = 1

    def along_with(self, other: Course) -> Course:
        """The days of two medicines that ask for the same, also of parts that follow one another."""
        return Course(
            tuple(sorted({*self.doses, *other.doses})),
            tuple(sorted({*self.cycles, *other.cycles})),
            max(self.last, other.last),
            self.start,
            min(self.begins, other.begins),
        )


def plan_days(
    drugs: Iterable[DrugChecks], checks: Mapping[str, Check], start: dt.date | None, weeks: int
) -> tuple[PlanDay, ...]:
    """Every day on which something is given or looked at, as far as `weeks` reach."""
    doses: dict[int, list[PlannedDose]] = defaultdict(list)
    courses: dict[str, Course] = {}
    asking: dict[str, Monitoring] = {}
    for each in drugs:
        given = list(_doses(each.drug, start, weeks))
        for day, dose in given:
            doses[day].append(dose)
        course = _course(each.drug, tuple(day for day, _ in given), start, weeks)
        for monitoring in each.checks:
            asking[monitoring.id] = monitoring
            known = courses.get(monitoring.id)
            courses[monitoring.id] = course if known is None else course.along_with(known)
    asked: dict[int, dict[str, list[tuple[Monitoring, Asked]]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for name, monitoring in asking.items():
        for day, how in check_days(monitoring, courses[name]).items():
            asked[day][monitoring.check].append((monitoring, how))
    return tuple(
        PlanDay(
            number,
            date_of(number, start),
            tuple(doses[number]),
            tuple(_planned(checks[name], asked[number][name]) for name in sorted(asked[number])),
        )
        for number in sorted({*doses, *asked})
    )


def _planned(check: Check, reasons: list[tuple[Monitoring, Asked]]) -> PlannedCheck:
    """A check with every reason for it; the most pressing of them says how pressing it is."""
    wish = min((how.wish for _, how in reasons), key=_WISHES.index)
    ahead = all(how.ahead for _, how in reasons)
    return PlannedCheck(check, tuple(reason for reason, _ in reasons), wish, ahead)


def _course(drug: PlannedDrug, doses: tuple[int, ...], start: dt.date | None, weeks: int) -> Course:
    """The days of one medicine. Of a part whose day is not known there are those before the start."""
    if drug.begins is None:
        return Course((), (), 0, start)
    last = _last_day(drug.given, drug.begins, start, weeks)
    length = drug.given.cycle_days if drug.given is not None and drug.given.cycle_days else 28
    return Course(doses, tuple(range(drug.begins, last + 1, length)), last, start, drug.begins)


def _last_day(given: Given | None, begins: int, start: dt.date | None, weeks: int) -> int:
    """The last day that is looked at: the horizon, or the end of a treatment of fixed length."""
    ends = None if given is None else last_of(given, begins, start)
    return weeks * 7 if ends is None else min(weeks * 7, ends)


def _doses(
    drug: PlannedDrug, start: dt.date | None, weeks: int
) -> Iterator[tuple[int, PlannedDose]]:
    given, begins = drug.given, drug.begins
    if given is None or begins is None or not (given.days or given.first_cycle_days):
        return
    last = _last_day(given, begins, start, weeks)
    length = given.cycle_days or last + 1
    seen = set()
    for cycle, first in enumerate(range(begins, last + 1, length)):
        days = given.first_cycle_days if cycle == 0 and given.first_cycle_days else given.days
        for number in (first - 1 + day for day in days):
            if number <= last and number not in seen:
                seen.add(number)
                yield number, PlannedDose(drug, cycle + 1, _minutes(given, first=len(seen) == 1))


def _minutes(given: Given, *, first: bool) -> Minutes | None:
    infusion = given.first_minutes if first else given.later_minutes or given.first_minutes
    if infusion is None:
        return None
    observed = given.observe_minutes or (0,)
    return infusion[0] + observed[0], infusion[-1] + observed[-1]


def check_days(monitoring: Monitoring, course: Course) -> dict[int, Asked]:
    """The days of one check, and how pressing it is on each.

    What is done before a treatment has day 0, before the start; what is done before a later part stands
    with the first day of that part. There it is as pressing as its entry says, otherwise it is part of
    the schedule.
    """
    first = course.begins
    found = {first - 1 + day for day in monitoring.on_days}
    begins = first
    for phase in monitoring.phases:
        ends = course.last
        if phase.until is not None:
            ends = min(ends, first - 1 + days_of(phase.until, date_of(first, course.start)))
        found |= set(_phase_days(phase, begins, ends, course))
        begins = ends + 1
    asked = dict.fromkeys(found, Asked("required"))
    if monitoring.before != "none":
        asked.setdefault(0 if first == 1 else first, Asked(monitoring.before, ahead=first != 1))
    if 0 in asked:
        # What was looked at before the start is not looked at again on the first day.
        asked.pop(1, None)
    return {day: asked[day] for day in sorted(asked) if day <= course.last or day == 0}


def _phase_days(phase: Phase, begins: int, ends: int, course: Course) -> Iterator[int]:
    """The days of a phase: with doses or cycles, or every so often counted from its begin."""
    if phase.every is None:
        # A medicine taken at home has no days of its own: its cycles count.
        days = course.doses if phase.each == "dose" and course.doses else course.cycles
        yield from (day for day in days if begins <= day <= ends)
        return
    base = date_of(begins, course.start)
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
