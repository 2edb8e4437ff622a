"""What a treatment was for, as far as its days tell."""

from __future__ import annotations

import datetime as dt

import pytest

from fingerpost.knowledge.line_rules import LineRules
from fingerpost.record.drugs.settings import Course, settings_from_dates
from fingerpost.record.model import Source, Treatment
from fingerpost.values import Choice, Days
from tests.whole import whole_knowledge

KNOWLEDGE = whole_knowledge()


def on(text: str) -> Days:
    return Days(dt.date.fromisoformat(text), dt.date.fromisoformat(text))


def given(drug: str, start: str, end: str | None = None, **said: object) -> Treatment:
    attributes = {"start": on(start)} | ({"end": on(end)} if end else {}) | said
    return Treatment((drug,) if drug else (), (), (), attributes, Source("fhir", drug))  # type: ignore[arg-type]


RADIATION = given("", "2020-08-10", "2020-09-20", kind=Choice(frozenset({"radiotherapy"})))
NO_SPREAD = Course(on("2020-01-10"), (on("2020-02-10"),), None, metastasis_somewhere=False)


def settings_of(*treatments: Treatment, course: Course = NO_SPREAD) -> list[object]:
    settled, _ = settings_from_dates(treatments, course, KNOWLEDGE.lines, KNOWLEDGE.drugs)
    found = [each.attributes.get("setting") for each in settled]
    return [sorted(each.possible) if isinstance(each, Choice) else None for each in found]


def spread(day: str) -> Course:
    first = dt.date.fromisoformat(day)
    surgery = (on("2020-02-10"),)
    return Course(on("2020-01-10"), surgery, on(day), True, metastasis_not_before=first)


def test_what_follows_other_treatment_after_surgery_belongs_to_it() -> None:
    chemo = given("docetaxel", "2020-03-10", "2020-08-01")
    hormone = given("letrozole", "2020-10-01")
    assert settings_of(chemo, hormone) == [["adjuvant"], ["adjuvant"]]
    assert settings_of(hormone) == [None]


def test_radiation_after_surgery_is_part_of_the_chain() -> None:
    assert settings_of(RADIATION, given("letrozole", "2020-10-01"))[1] == ["adjuvant"]


def test_a_chain_ends_with_any_sign_that_it_came_back() -> None:
    back = Course(on("2020-01-10"), (on("2020-02-10"),), None, False, recurred=True)
    chemo = given("docetaxel", "2020-03-10", "2020-08-01")
    found = settings_of(chemo, given("letrozole", "2020-10-01"), course=back)
    assert found == [["adjuvant"], None]


@pytest.mark.parametrize(
    ("second", "setting"), [("2023-05-01", ["adjuvant"]), ("2025-05-01", ["extended_adjuvant"])]
)
def test_hormone_therapy_after_five_years_of_it_is_extended(second: str, setting: object) -> None:
    first = given("tamoxifen", "2020-04-10", str(dt.date.fromisoformat(second) - dt.timedelta(9)))
    assert settings_of(first, given("letrozole", second)) == [["adjuvant"], setting]


def test_other_medicine_after_five_years_is_not_called_extended() -> None:
    first = given("tamoxifen", "2020-04-10", "2026-04-20")
    assert settings_of(first, given("capecitabine", "2026-05-01"))[1] == ["adjuvant"]
    assert settings_of(first, given("capecitabine", "2027-05-01"))[1] is None


@pytest.mark.parametrize(
    ("end", "found", "setting"),
    [
        (None, "2023-01-10", ["adjuvant", "metastatic"]),
        ("2022-01-10", "2023-01-10", ["adjuvant"]),
        (None, "2020-06-10", None),
    ],
)
def test_what_began_long_before_spread_was_not_begun_for_it(end, found, setting) -> None:
    assert settings_of(given("letrozole", "2020-04-10", end), course=spread(found)) == [setting]


def test_without_rules_nothing_is_concluded() -> None:
    chemo = given("docetaxel", "2020-03-10", "2020-08-01")
    settled, messages = settings_from_dates([chemo], NO_SPREAD, LineRules(), KNOWLEDGE.drugs)
    assert (settled, messages) == ([chemo], [])


def test_the_order_of_the_list_changes_nothing() -> None:
    chemo, hormone = (
        given("docetaxel", "2020-03-10", "2020-08-01"),
        given("letrozole", "2020-10-01"),
    )
    assert settings_of(hormone, RADIATION, chemo)[0] == ["adjuvant"]
