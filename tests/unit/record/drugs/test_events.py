"""From doses, orders and uses to treatments."""

from __future__ import annotations

import datetime as dt

from fingerpost.dates import parse_partial
from fingerpost.knowledge.line_rules import LineRules
from fingerpost.record.drugs.events import DrugEvent, treatments_of
from fingerpost.record.drugs.names import NamedDrugs
from fingerpost.record.model import Source, Treatment
from fingerpost.values import Days
from tests.whole import whole_knowledge

RULES = whole_knowledge().lines


def event(drug: str, kind: str, start: str | None, end: str | None = None, **more) -> DrugEvent:
    days = [parse_partial(text) if text else None for text in (start, end)]
    source = Source("table", f"{drug} {start}")
    return DrugEvent(NamedDrugs(drugs=(drug,)), kind, *days, source, **more)


def told(treatments: list[Treatment]) -> list[tuple[object, ...]]:
    return [
        (each.drugs, each.attributes.get("start"), each.attributes.get("end"))
        for each in treatments
    ]


def day(*numbers: int) -> Days:
    return Days(dt.date(*numbers), dt.date(*numbers))


def test_doses_are_a_course_from_the_first_to_the_last() -> None:
    events = [event("capecitabine", "dose", each) for each in ("2023-02-01", "2023-01-10")]
    assert told(treatments_of(events, RULES)) == [
        (("capecitabine",), day(2023, 1, 10), day(2023, 2, 1))
    ]


def test_the_last_refill_is_not_the_end() -> None:
    events = [event("letrozole", "order", each) for each in ("2023-01-10", "2023-04-10")]
    (found,) = treatments_of(events, RULES)
    assert found.attributes["end"] == Days(dt.date(2023, 4, 10), None)
    (one,) = treatments_of(events[:1], RULES)
    assert "end" not in one.attributes


def test_a_use_that_ended_later_than_the_last_order_has_that_end() -> None:
    events = [
        event("letrozole", "order", "2023-01-10"),
        event("letrozole", "use", "2023-02-10", "2023-06-01"),
    ]
    (found,) = treatments_of(events, RULES)
    assert found.attributes["end"] == day(2023, 6, 1)


def test_a_long_pause_makes_two_courses_and_a_short_one_does_not() -> None:
    first = event("capecitabine", "dose", "2023-01-10")
    assert len(treatments_of([first, event("capecitabine", "dose", "2023-07-09")], RULES)) == 1
    assert len(treatments_of([first, event("capecitabine", "dose", "2023-07-10")], RULES)) == 2


def test_drugs_a_week_apart_are_one_regimen_and_eight_days_are_two() -> None:
    first = event("docetaxel", "dose", "2023-01-10")
    assert len(treatments_of([first, event("trastuzumab", "dose", "2023-01-17")], RULES)) == 1
    assert len(treatments_of([first, event("trastuzumab", "dose", "2023-01-18")], RULES)) == 2


def test_months_stay_months() -> None:
    events = [
        event("letrozole", "use", "2023-01", "2023-06"),
        event("letrozole", "dose", "2023-03"),
    ]
    (found,) = treatments_of(events, RULES)
    assert found.attributes["start"] == Days(dt.date(2023, 1, 1), dt.date(2023, 1, 31))
    assert found.attributes["end"] == Days(dt.date(2023, 6, 1), dt.date(2023, 6, 30))


def test_a_mention_without_a_day_adds_nothing_to_the_only_course() -> None:
    dated, undated = event("letrozole", "dose", "2023-01-10"), event("letrozole", "use", None)
    assert len(treatments_of([undated, dated], RULES)) == 1
    assert told(treatments_of([undated], RULES)) == [(("letrozole",), None, None)]


def test_a_stated_reason_and_purpose_are_kept() -> None:
    more = {"setting": frozenset({"metastatic"}), "end_reason": "progression"}
    (found,) = treatments_of([event("letrozole", "use", "2023-01-10", **more)], RULES)
    assert {"setting", "end_reason"} <= set(found.attributes)


def test_without_rules_no_drugs_are_joined() -> None:
    events = [event(drug, "dose", "2023-01-10") for drug in ("docetaxel", "trastuzumab")]
    assert len(treatments_of(events, LineRules())) == 2
