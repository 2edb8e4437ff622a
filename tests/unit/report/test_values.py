"""Values as JSON and in words."""

from __future__ import annotations

import datetime as dt

import pytest

from fingerpost.report.text.layout import item, wrap
from fingerpost.report.treatments import treatment_words
from fingerpost.report.values import iso_of, known_of, members_words, short, value_words
from fingerpost.terms import AbsenceKind
from fingerpost.values import Absent, Choice, Days, Interval, Members


def days(first: str | None, last: str | None) -> Days:
    return Days(*(dt.date.fromisoformat(each) if each else None for each in (first, last)))


def choice(*values: str) -> Choice:
    return Choice(frozenset(values))


@pytest.mark.parametrize(
    ("value", "known"),
    [
        (Absent(AbsenceKind.PENDING), None),
        (choice("3+"), "3+"),
        (Interval(low=10), {"low": 10, "high": None, "low_included": True, "high_included": False}),
        (days("2021-01-01", "2021-12-31"), "2021"),
        (
            days("2021-01-01", None),
            {"low": "2021-01-01", "high": None, "low_included": True, "high_included": False},
        ),
        (Members(frozenset({"b", "a"})), {"present": ["a", "b"], "absent": []}),
    ],
)
def test_a_value_as_json(value, known):
    assert known_of(value) == known


@pytest.mark.parametrize(
    ("first", "last", "iso"),
    [
        ("2024-02-01", "2024-02-29", "2024-02"),
        ("2024-02-01", "2024-02-28", None),
        ("2024-02-11", "2024-02-11", "2024-02-11"),
        ("2024-01-01", "2025-12-31", None),
        (None, "2025-12-31", None),
    ],
)
def test_a_span_of_days_as_iso(first, last, iso):
    assert iso_of(days(first, last)) == iso


def test_a_label_that_is_only_an_explanation_stays():
    assert short("(not done)") == "(not done)"


def test_a_category_with_nothing_ruled_out_is_not_known(small):
    fact = small.facts["her2_ish"]
    assert value_words(choice("positive", "negative"), fact) == "not known"
    assert value_words(choice("positive"), fact) == "positive"


@pytest.mark.parametrize(
    ("present", "absent", "words"),
    [
        ({"bone"}, set(), "bones"),
        ({"bone"}, {"brain"}, "bones; not brain"),
        ({"bone"}, {"brain", "liver"}, "bones; no others"),
        (set(), {"bone", "brain", "liver"}, "none"),
        (set(), set(), "not known"),
    ],
)
def test_a_set_says_what_is_in_it_and_what_is_not(small, present, absent, words):
    members = Members(frozenset(present), frozenset(absent))
    assert members_words(members, small.facts["metastatic_sites"]) == words


@pytest.mark.parametrize(
    ("attributes", "words"),
    [
        ({}, "nothing more is stated"),
        (
            {
                "setting": choice("adjuvant"),
                "ongoing": choice("yes"),
                "start": days("2024-03-01", "2024-03-31"),
            },
            "after surgery, since March 2024, still going on",
        ),
        ({"ongoing": choice("yes")}, "still going on"),
        ({"end": days("2024-03-01", "2024-03-31")}, "until March 2024"),
        (
            {"start": days("2024-03-05", "2024-03-05"), "end": days("2024-03-05", "2024-03-05")},
            "5 March 2024",
        ),
        ({"progression": choice("yes")}, "the cancer grew during it"),
        (
            {"end_reason": choice("toxicity", "choice")},
            "stopped because of side effects or stopped by choice",
        ),
    ],
)
def test_a_treatment_says_only_what_is_known(attributes, words):
    assert treatment_words(attributes) == words


def test_a_number_is_not_parted_from_its_per_cent_sign():
    lines = wrap("x" * 96 + " 20 %")
    assert lines == ["x" * 96, "20 %"]


def test_an_entry_hangs_below_its_first_word():
    assert item("a " * 60, 2)[1].startswith("    a")
