"""What more is known only ever settles more: no answer about a line turns round or gets lost."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from fingerpost.facts.lines.find import find_lines
from fingerpost.facts.lines.growth import Event
from fingerpost.facts.treatments import attributes_of
from fingerpost.record.drugs.events import DrugEvent, treatments_of
from fingerpost.record.drugs.names import NamedDrugs
from fingerpost.record.model import Source, Treatment
from fingerpost.values import Choice, Days
from tests.unit.facts.lines.course import KNOWLEDGE, ON

_DRUGS = ("letrozole", "anastrozole", "palbociclib", "capecitabine", "docetaxel", "trastuzumab")
_DRUGS += ("goserelin", "paclitaxel", "nab_paclitaxel", "trastuzumab_deruxtecan")
_FIRST = dt.date(2020, 1, 1)
_SIGN = KNOWLEDGE.lines.growth["last_progression_date"]
_SETTINGS = (None, "metastatic", "metastatic", "metastatic", "adjuvant")
_REASONS = (None, "progression", "toxicity", "completed")


def _span(day: dt.date, spread: int) -> Days:
    return Days(day - dt.timedelta(spread), day + dt.timedelta(spread))


@st.composite
def courses(draw: st.DrawFn) -> list[Treatment]:
    """Treatments one after the other, some with days that are not exact."""
    found: list[Treatment] = []
    day = _FIRST
    for number in range(draw(st.integers(1, 4))):
        day += dt.timedelta(draw(st.integers(0, 60)))
        start, day = day, day + dt.timedelta(draw(st.integers(1, 200)))
        attributes: dict[str, object] = {"start": _span(start, draw(st.sampled_from((0, 0, 10))))}
        if draw(st.booleans()):
            attributes["end"] = _span(day, draw(st.sampled_from((0, 0, 10))))
        for name, values in (("setting", _SETTINGS), ("end_reason", _REASONS)):
            value = draw(st.sampled_from(values))
            if value is not None:
                attributes[name] = Choice(frozenset({value}))
        drugs = tuple(sorted(draw(st.sets(st.sampled_from(_DRUGS), min_size=1, max_size=3))))
        source = Source("form", f"treatments[{number}]")
        found.append(Treatment(drugs, (), (), attributes, source))  # type: ignore[arg-type]
    return found


def _answers(treatments: list[Treatment], grown: list[Event]) -> list[str | None]:
    said = attributes_of(treatments, KNOWLEDGE, ON)
    find_lines(treatments, said, KNOWLEDGE, grown=grown)
    return [
        value.known if isinstance(value := own.get("new_line"), Choice) else None for own in said
    ]


def _kept(before: list[str | None], after: list[str | None]) -> bool:
    return all(old is None or old == new for old, new in zip(before, after, strict=True))


@settings(max_examples=300, deadline=None)
@given(courses(), st.data())
def test_a_more_exact_day_keeps_every_answer(course, data) -> None:
    before = _answers(course, [])
    number = data.draw(st.integers(0, len(course) - 1))
    narrower = dict(course[number].attributes)
    for name in ("start", "end"):
        days = narrower.get(name)
        if isinstance(days, Days):
            day = data.draw(st.dates(days.first, days.last))
            narrower[name] = Days(day, day)
    later = [*course]
    later[number] = replace(course[number], attributes=narrower)
    assert _kept(before, _answers(later, []))


@settings(max_examples=300, deadline=None)
@given(courses(), st.data())
def test_a_setting_that_becomes_known_keeps_every_answer(course, data) -> None:
    before = _answers(course, [])
    number = data.draw(st.integers(0, len(course) - 1))
    if "setting" in course[number].attributes:
        return
    setting = Choice(frozenset({data.draw(st.sampled_from(("adjuvant", "metastatic")))}))
    later = [*course]
    attributes = {**course[number].attributes, "setting": setting}
    later[number] = replace(course[number], attributes=attributes)
    assert _kept(before, _answers(later, []))


@settings(max_examples=300, deadline=None)
@given(courses(), st.dates(_FIRST, dt.date(2023, 1, 1)))
def test_growth_that_contradicts_nothing_keeps_every_answer(course, day) -> None:
    """Growth within a month of a treatment said to have ended without any contradicts that."""
    without = [t for t in course if _ended_without_growth(t)]
    if any(_in_time_of(t, day) for t in without):
        return
    before = _answers(course, [])
    assert _kept(before, _answers(course, [Event(Days(day, day), _SIGN, "facts")]))


def _ended_without_growth(treatment: Treatment) -> bool:
    reason = treatment.attributes.get("end_reason")
    return isinstance(reason, Choice) and reason.known in ("toxicity", "completed")


def _in_time_of(treatment: Treatment, day: dt.date) -> bool:
    start, end = treatment.attributes["start"], treatment.attributes.get("end")
    assert isinstance(start, Days)
    assert start.first is not None
    last = end.last if isinstance(end, Days) else None
    return day >= start.first and (last is None or day <= last + dt.timedelta(31))


@settings(max_examples=200, deadline=None)
@given(courses(), st.randoms(use_true_random=False))
def test_the_order_of_the_list_changes_nothing(course, chance) -> None:
    order = list(range(len(course)))
    chance.shuffle(order)
    told = _answers([course[number] for number in order], [])
    before = _answers(course, [])
    assert [before[number] for number in order] == told


# --- events ---------------------------------------------------------------------------------


def _event(drug: str, kind: str, first: dt.date, last: dt.date | None = None) -> DrugEvent:
    days = Days(first, first)
    end = Days(last, last) if last else None
    named = NamedDrugs(drugs=(drug,))
    return DrugEvent(named, kind, days, end, Source("table", drug))  # type: ignore[arg-type]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(_DRUGS), st.integers(0, 900), st.integers(0, 150)), max_size=5
    )
)
def test_a_stretch_of_time_and_its_single_doses_are_one_regimen(rows) -> None:
    whole, doses = [], []
    for drug, begin, length in rows:
        first = _FIRST + dt.timedelta(begin)
        last = first + dt.timedelta(length)
        whole.append(_event(drug, "use", first, last))
        doses += [_event(drug, "dose", day) for day in {first, last, first + (last - first) / 2}]
    one, other = (treatments_of(events, KNOWLEDGE.lines) for events in (whole, doses))
    assert [_told(each) for each in one] == [_told(each) for each in other]


def _told(treatment: Treatment) -> tuple[object, ...]:
    attributes = treatment.attributes
    return frozenset(treatment.drugs), attributes.get("start"), attributes.get("end")


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(_DRUGS), st.integers(0, 900)), max_size=12),
    st.randoms(use_true_random=False),
)
def test_the_order_of_events_changes_nothing(rows, chance) -> None:
    events = [_event(drug, "dose", _FIRST + dt.timedelta(day)) for drug, day in rows]
    again = [*events]
    chance.shuffle(again)
    one, other = (treatments_of(each, KNOWLEDGE.lines) for each in (events, again))
    assert [_told(each) for each in one] == [_told(each) for each in other]


@settings(max_examples=300, deadline=None)
@given(courses(), st.data())
def test_a_reason_that_becomes_known_keeps_every_answer(course, data) -> None:
    before = _answers(course, [])
    number = data.draw(st.integers(0, len(course) - 1))
    if "end_reason" in course[number].attributes:
        return
    reason = Choice(frozenset({data.draw(st.sampled_from(("progression", "toxicity", "choice")))}))
    later = [*course]
    attributes = {**course[number].attributes, "end_reason": reason}
    later[number] = replace(course[number], attributes=attributes)
    assert _kept(before, _answers(later, []))
