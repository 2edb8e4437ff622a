"""Invented courses of treatment, and the lines and reasons that come out."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from fingerpost.dates import parse_partial
from fingerpost.facts.derive import derive
from tests.unit.facts.lines.course import (
    COURSES,
    KNOWLEDGE,
    ON,
    answers,
    facts_of,
    record_of,
    short,
)

SHOWN = [pytest.param(each, id=each["id"]) for each in COURSES]


def test_there_are_enough_of_them_and_each_has_its_own_name() -> None:
    assert len({each["id"] for each in COURSES}) == len(COURSES) >= 40


@pytest.mark.parametrize("course", SHOWN)
def test_a_course_makes_the_lines_it_should(course) -> None:
    facts = facts_of(course)
    if "answers" in course:
        assert answers(facts) == course["answers"]
    elif "lines" in course:
        assert [short(line, facts.treatments) for line in facts.lines.lines] == course["lines"]


@pytest.mark.parametrize("course", SHOWN)
def test_each_decision_has_its_reason(course) -> None:
    said = "\n".join(each.words for each in facts_of(course).lines.decisions)
    for words in course.get("says", ()):
        assert words in said
    for words in course.get("silent", ()):
        assert words not in said


@pytest.mark.parametrize("course", SHOWN)
def test_the_order_in_which_the_record_tells_it_changes_nothing(course) -> None:
    facts = facts_of(course)
    shuffled = dict(course)
    for key in ("events", "treatments"):
        if key in course:
            shuffled[key] = random.Random(7).sample(course[key], len(course[key]))
    again = facts_of(shuffled)
    lines, others = (
        [short(line, each.treatments) for line in each.lines.lines] for each in (facts, again)
    )
    assert lines == others


@pytest.mark.parametrize("course", [each for each in SHOWN if "treatments" in each.values[0]])
def test_medicine_for_the_bones_changes_no_line(course) -> None:
    bone = {"drugs": ["zoledronic acid"], "setting": "metastatic", "start": "2019-05-01"}
    more = {**course, "treatments": [bone, *course["treatments"]]}
    before, after = facts_of(course), facts_of(more)
    assert [short(line, before.treatments) for line in before.lines.lines] == [
        short(line, after.treatments) for line in after.lines.lines
    ]


@pytest.mark.parametrize(
    ("course", "told"),
    [
        ("numbers-the-wrong-way-round", 1),
        ("a-number-that-comes-back-after-a-higher-one", 1),
        ("numbers-of-one-year-are-believed", 0),
        ("growth-at-an-end-long-after-the-next-began", 0),
    ],
)
def test_numbers_against_the_days_are_told_and_not_used(course, told) -> None:
    facts = facts_of(next(each for each in COURSES if each["id"] == course))
    messages = [each for each in facts.messages if "numbered line" in each.what]
    assert len(messages) == told
    assert all(each.code == "contradicts" for each in messages)


@pytest.mark.parametrize(
    ("start", "told"), [("2026-06-02", 1), ("2027", 1), ("2026", 0), (None, 0)]
)
def test_a_treatment_after_the_day_asked_about_is_told(start, told) -> None:
    record = record_of({"id": "later", "treatments": [{"drugs": ["letrozole"]}]})
    (treatment,) = record.treatments
    attributes = {"start": parse_partial(start)} if start else {}
    record = replace(record, treatments=(replace(treatment, attributes=attributes),))
    messages = derive(record, KNOWLEDGE, ON).messages
    assert sum(each.code == "later_than_day" for each in messages) == told


@pytest.mark.parametrize(
    ("born", "start", "told"),
    [
        ("1990-01", "1985", 1),
        ("1990", "1989-12-31", 1),
        ("1990", "1990-06", 0),
        ("1990-06-01", "1990", 0),
        ("1990", "2020", 0),
    ],
)
def test_a_treatment_before_birth_is_told(born, start, told) -> None:
    entry = {"drugs": ["letrozole"], "start": start}
    facts = facts_of({"id": "born", "facts": {"birth_date": born}, "treatments": [entry]})
    messages = [each for each in facts.messages if "before the date of birth" in each.what]
    assert len(messages) == told
    assert all(born[:4] not in each.what for each in messages)
