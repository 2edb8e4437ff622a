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
from fingerpost.plan.parts import days_of, in_parts
from fingerpost.plan.schedule import (
    Course,
    DrugChecks,
    check_days,
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
    assert list(check_days(each, course())) == [0, 22, 43]
    assert list(check_days(replace(each, before="none"), course())) == [1, 22, 43]


def test_phases_follow_each_other_without_a_gap_and_without_a_double() -> None:
    phases = (
        Phase(Period(2, "weeks"), None, Period(4, "weeks")),
        Phase(Period(4, "weeks"), None, None),
    )
    assert list(check_days(replace(WEEKLY, phases=phases), course(last=100))) == [0, 15, 29, 57, 85]


def test_tablets_are_checked_with_their_cycles() -> None:
    each = replace(WEEKLY, phases=(Phase(None, "dose", None),))
    assert list(check_days(each, course(doses=(), cycles=(1, 29, 57)))) == [0, 29, 57]


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


# --- parts that follow one another --------------------------------------------------------


def two_parts(**later: object) -> tuple[PlannedDrug, ...]:
    """Alphamab four times, then betamab; both are chemotherapy."""
    first = drug(replace(DRIP, cycles=4))
    second = replace(DRIP, id="b.drip", drugs=("b",), cycle_days=7, cycles=3, begins_after="a")
    planned = [first, PlannedDrug("b", "betamab", replace(second, **later), Answer.YES, ())]
    return in_parts(planned, [{"a", "chemo"}, {"b", "chemo"}], None)


def test_a_part_begins_on_the_day_after_the_part_before_it_has_ended() -> None:
    planned = two_parts()
    assert [(each.begins, each.part) for each in planned] == [(1, 1), (85, 2)]
    assert [each.begins for each in two_parts(gap=Period(3, "weeks"))] == [1, 106]


def test_cycles_are_counted_from_the_first_of_their_part() -> None:
    found = plan_days([DrugChecks(each, ()) for each in two_parts()], CHECKS, None, 26)
    told = [(day.number, dose.drug.part, dose.cycle) for day in found for dose in day.doses]
    assert told == [
        *((1, 1, 1), (22, 1, 2), (43, 1, 3), (64, 1, 4)),
        *((85, 2, 1), (92, 2, 2), (99, 2, 3)),
    ]


def test_blood_tests_come_with_the_cycles_of_every_part_and_once() -> None:
    each = replace(WEEKLY, phases=(Phase(None, "cycle", None),))
    found = plan_days([DrugChecks(drug, (each,)) for drug in two_parts()], CHECKS, None, 26)
    tested = {day.number: day.checks[0] for day in found if day.checks}
    assert list(tested) == [0, 22, 43, 64, 85, 92, 99]
    assert all(len(check.reasons) == 1 for check in tested.values())


def test_what_comes_before_a_later_part_is_done_in_the_days_before_it() -> None:
    scan = replace(WEEKLY, id="b.heart", check="heart", phases=(), before="recommended")
    first, second = two_parts()
    found = plan_days([DrugChecks(first, ()), DrugChecks(second, (scan,))], CHECKS, None, 26)
    [(number, check)] = [(day.number, check) for day in found for check in day.checks]
    assert (number, check.wish, check.ahead) == (85, "recommended", True)


def test_what_is_asked_once_before_everything_is_not_asked_again_for_a_later_part() -> None:
    once = replace(WEEKLY, phases=())
    found = plan_days([DrugChecks(drug, (once,)) for drug in two_parts()], CHECKS, None, 26)
    assert [day.number for day in found if day.checks] == [0]


def test_phases_of_a_later_part_are_counted_from_its_first_day() -> None:
    assert list(check_days(WEEKLY, course(begins=85, last=120))) == [85, 92, 99]


@pytest.mark.parametrize(
    ("later", "why"),
    [
        ({"after_surgery": True}, "after_surgery"),
        ({"begins_after": "nobody"}, "part_before"),
        ({"begins_after": "b"}, "part_before"),
    ],
)
def test_a_part_whose_first_day_nobody_knows_has_no_days(later, why) -> None:
    _, second = planned = two_parts(**later)
    assert (second.begins, second.part, second.without_days) == (None, 2, why)
    found = plan_days([DrugChecks(each, ()) for each in planned], CHECKS, None, 26)
    assert {dose.drug.id for day in found for dose in day.doses} == {"a"}


def test_a_part_after_one_without_an_end_has_no_day() -> None:
    planned = [drug(DRIP), two_parts()[1]]
    again = in_parts(planned, [{"a"}, {"b"}], None)
    assert [each.begins for each in again] == [1, None]


def test_what_is_taken_at_home_is_not_missing_from_the_days() -> None:
    assert drug(replace(DRIP, how="oral", days=())).without_days is None
    assert drug(replace(DRIP, days=())).without_days == "not_written"
    family = replace(drug(replace(DRIP, days=())), one_of=("a", "b"))
    assert family.without_days == "which_medicine"


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
