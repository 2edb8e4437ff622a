"""Invented people: run like anybody, and honest about whom nobody can be."""

from __future__ import annotations

import datetime as dt
from functools import cache

import pytest

from fingerpost.criteria.graph import Graph
from fingerpost.options.people import Inventor, Person
from fingerpost.options.space import Contradiction
from fingerpost.terms import Answer
from tests.whole import whole_knowledge

ON = dt.date(2026, 6, 15)


@cache
def inventor() -> Inventor:
    return Inventor(whole_knowledge())


def condition(when) -> int:
    from fingerpost.criteria.parse import Parser

    knowledge = load_knowledge_again()
    graph: Graph = knowledge.graph
    return graph.add(Parser(knowledge.vocabulary).parse(when))


@cache
def load_knowledge_again():
    return inventor().knowledge


def find(*wanted, **more):
    return inventor().find([(condition(when), answer) for when, answer in wanted], ON, **more)


@pytest.mark.parametrize(
    "wanted",
    [
        [("subtype is triple_negative", Answer.YES), ("setting is metastatic", Answer.YES)],
        [("her2 is low", Answer.YES), ("her2 is negative", Answer.YES)],
        [("her2 is positive", Answer.UNKNOWN), ("her2_ihc is 2+", Answer.YES)],
        [("endocrine_resistance is primary", Answer.YES)],
        [("at least 2 treatments where setting is metastatic and new_line is yes", Answer.YES)],
        [("no treatment where class is chemotherapy", Answer.YES)],
        [("any treatment where kind is radiotherapy", Answer.YES)],
        [("stage is IIIC", Answer.YES)],
        [("olympia_high_risk is yes", Answer.YES), ("hormone_receptor is positive", Answer.YES)],
    ],
    ids=str,
)
def test_somebody_answers_as_wanted(wanted):
    found = find(*wanted)
    assert isinstance(found, Person)
    # Asked again, of the record alone.
    numbers = [(condition(when), answer) for when, answer in wanted]
    assert inventor().holds(numbers, found.record, found.on)


def test_a_short_record_says_only_what_is_needed():
    found = find(("her2 is positive", Answer.YES), short=True)
    assert isinstance(found, Person)
    assert len(found.record["facts"]) == 1
    assert found.record["treatments"] == []


def test_what_contradicts_is_named_and_nothing_else():
    found = find(
        ("her2 is positive", Answer.YES),
        ("sex is female", Answer.YES),
        ("subtype is triple_negative", Answer.YES),
    )
    assert found == Contradiction((0, 2))


def test_a_man_has_no_menopause_unless_there_is_nobody_else():
    found = find(("sex is male", Answer.YES), ("adult is yes", Answer.YES))
    assert isinstance(found, Person)
    assert "menopausal_status_reported" not in found.record["facts"]
