"""From how medicines are given to days: pure arithmetic, looked at from every side."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from fingerpost.knowledge.period import Period
from fingerpost.knowledge.plan_model import After, Check, Given, Monitoring, Phase
from fingerpost.plan.model import PlannedDrug
from fingerpost.plan.schedule import (
    Course,
    DrugChecks,
    check_days,
    days_of,
    later_checks,
    plan_days,
)
from fingerpost.terms import Answer

CHECKS = {
    name: Check(name, name, name, "Blood test", None, None, None, "verified", "here")
    for name in ("blood", "heart")
}
DRIP = Given(
    *("a.drip", ("a",), (), "any", None, None, None, (), "intravenous", "A drip", 21, (1,), ()),
    *(
        (90,),
        (30,),
        (15, 60),
        None,
        None,
        None,
        None,
        False,
        None,
        True,
        None,
        "verified",
        None,
        "here",
    ),
)
WEEKLY = Monitoring(
    *("a.blood", ("a",), (), "any", None, None, None, "blood", "why", "required", ()),
    *((Phase(Period(1, "weeks"), None, Period(2, "weeks")),), None, False, None, None),
    *(None, "verified", None, "here"),
)


def drug(given: Given | None) -> PlannedDrug:
    return PlannedDrug("a", "alphamab", given, Answer.YES, ())


def course(**changed: object) -> Course:
    return replace(Course((1, 22, 43), (1, 22, 43), 63, None), **changed)


def days(given: Given | None, *monitoring: Monitoring, start: dt.date | None = None, weeks=9):
    return plan_days([DrugChecks(drug(given), monitoring)], CHECKS, start, weeks)


def test_a_dose_comes_back_with_each_cycle() -> None:
    assert [day.number for day in days(DRIP)] == [1, 22, 43]
    assert [day.week for day in days(DRIP)] == [1, 4, 7]


def test_the_first_time_takes_longer_and_everybody_is_watched_afterwards() -> None:
    assert [day.minutes for day in days(DRIP, weeks=6)] == [(105, 150), (45, 90)]


def test_days_of_the_first_cycle_may_be_others() -> None:
    injections = replace(DRIP, cycle_days=28, days=(1,), first_cycle_days=(1, 15))
    assert [day.number for day in days(injections)] == [1, 15, 29, 57]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"cycles": 2}, [1, 22]),
        ({"lasts": Period(6, "weeks")}, [1, 22]),
        ({"cycles": 9}, [1, 22, 43]),
        ({"days": (1, 8)}, [1, 8, 22, 29, 43, 50]),
        ({"days": ()}, []),
    ],
)
def test_a_treatment_of_fixed_length_ends(changed, expected) -> None:
    assert [day.number for day in days(replace(DRIP, **changed))] == expected


def test_dates_are_counted_from_the_first_day() -> None:
    found = days(DRIP, WEEKLY, start=dt.date(2026, 12, 1))
    assert found[0].number == 0
    assert found[0].date == dt.date(2026, 11, 30)
    assert found[1].date == dt.date(2026, 12, 1)


def test_tests_of_one_day_stand_together_with_every_reason() -> None:
    other = replace(WEEKLY, id="b.blood", phases=(), on_days=(8,), before="recommended")
    found = {day.number: day for day in days(DRIP, WEEKLY, other)}
    [check] = found[8].checks
    assert [reason.id for reason in check.reasons] == ["a.blood", "b.blood"]
    assert found[0].checks[0].wish == "required"


def test_what_was_looked_at_before_the_start_is_not_looked_at_again_on_day_1() -> None:
    each = replace(WEEKLY, phases=(Phase(None, "dose", None),))
    assert check_days(each, course()) == [0, 22, 43]
    assert check_days(replace(each, before="none"), course()) == [1, 22, 43]


def test_phases_follow_each_other_without_a_gap_and_without_a_double() -> None:
    phases = (
        Phase(Period(2, "weeks"), None, Period(4, "weeks")),
        Phase(Period(4, "weeks"), None, None),
    )
    assert check_days(replace(WEEKLY, phases=phases), course(last=100)) == [0, 15, 29, 57, 85]


def test_tablets_are_checked_with_their_cycles() -> None:
    each = replace(WEEKLY, phases=(Phase(None, "dose", None),))
    assert check_days(each, course(doses=(), cycles=(1, 29, 57))) == [0, 29, 57]


@pytest.mark.parametrize(
    ("span", "start", "expected"),
    [
        (Period(2, "weeks"), None, 14),
        (Period(1, "months"), None, 30),
        (Period(1, "months"), dt.date(2026, 2, 1), 28),
        (Period(1, "years"), dt.date(2027, 3, 1), 366),
    ],
)
def test_months_are_those_of_the_calendar_where_there_is_a_date(span, start, expected) -> None:
    assert days_of(span, start) == expected


def test_what_has_no_day_is_told_apart() -> None:
    open_ones = replace(
        WEEKLY,
        then="as_indicated",
        at_end=True,
        after=After(Period(6, "months"), Period(2, "years")),
    )
    found = later_checks([DrugChecks(drug(DRIP), (open_ones, open_ones))], CHECKS)
    assert [each.when for each in found] == ["as_indicated", "at_end", "after"]


@for_all(
    st.integers(1, 60),
    st.lists(st.integers(1, 40), max_size=4, unique=True),
    st.integers(1, 60),
    st.integers(1, 9),
)
def test_no_day_lies_beyond_what_was_asked_and_none_stands_twice(length, on, weeks, every) -> None:
    given = replace(DRIP, cycle_days=length, days=tuple(d for d in sorted(on) if d <= length))
    often = replace(WEEKLY, phases=(Phase(Period(every, "days"), None, None),))
    numbers = [day.number for day in days(given, often, weeks=weeks)]
    assert numbers == sorted(set(numbers))
    assert all(0 <= number <= weeks * 7 + 1 for number in numbers)
