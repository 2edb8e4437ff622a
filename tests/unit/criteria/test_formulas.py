"""A solver's formulas mean what the reference evaluator says they mean."""

from __future__ import annotations

import datetime as dt

import pytest
import z3

from fingerpost.criteria.case import Case
from fingerpost.criteria.evaluate import evaluate
from fingerpost.criteria.formulas import HUNDREDTHS, Formulas, day_number, day_of_number
from fingerpost.criteria.graph import Graph
from fingerpost.criteria.nodes import FactTerm
from fingerpost.criteria.parse import Parser
from fingerpost.criteria.vocabulary import FactType, Vocabulary
from fingerpost.terms import Answer
from fingerpost.values import Choice, Days, Interval

TODAY = dt.date(2026, 6, 15)
WORDS = Vocabulary(
    {
        "color": FactType("category", ("red", "green", "blue")),
        "big": FactType("flag", ("yes", "no")),
        "size": FactType("number"),
        "found": FactType("date"),
    },
    {},
)
# What may be known of each fact: nothing, or one value. Together every small person there is.
VALUES = {
    "color": (None, "red", "green"),
    "big": (None, "yes", "no"),
    "size": (None, 2, 2.5),
    "found": (None, dt.date(2025, 6, 14), dt.date(2026, 1, 3)),
}


class Space:
    """Plain variables, and nobody has treatments."""

    vocabulary = WORDS
    treatments = 0

    def subject(self, subject, slot):
        assert isinstance(subject, FactTerm)
        return z3.Bool(f"known {subject.name}"), z3.Int(subject.name)

    def exists(self, slot):
        raise AssertionError(slot)


def people():
    for color in VALUES["color"]:
        for big in VALUES["big"]:
            for size in VALUES["size"]:
                for found in VALUES["found"]:
                    yield {"color": color, "big": big, "size": size, "found": found}


def case_of(person) -> Case:
    made = {
        "color": lambda v: Choice(frozenset({v})),
        "big": lambda v: Choice(frozenset({v})),
        "size": lambda v: Interval(v, v),
        "found": lambda v: Days(v, v),
    }
    return Case(TODAY, {n: made[n](v) for n, v in person.items() if v is not None})


def as_formulas(person):
    numbers = {
        "color": WORDS.facts["color"].values.index,
        "big": WORDS.facts["big"].values.index,
        "size": lambda v: round(v * HUNDREDTHS),
        "found": day_number,
    }
    yield z3.Int("today") == day_number(TODAY)
    for name, value in person.items():
        yield z3.Bool(f"known {name}") == (value is not None)
        if value is not None:
            yield z3.Int(name) == numbers[name](value)


@pytest.mark.parametrize(
    "when",
    [
        "color is red",
        "color is one of red, blue",
        "size >= 2.5",
        "found >= today - 12 months",
        {"all": ["color is red", "big is yes"]},
        {"any": ["color is green", {"not": "size > 2"}]},
        {"none": ["color is red", "big is no"]},
        {"agree": ["color is red", "big is yes"]},
        {"agree": ["always", "never"]},
        {"at_least": 2, "of": ["color is red", "big is yes", "size < 2.2"]},
        {"all": ["found < today - 1 year", {"not": {"agree": ["big is yes", "size > 2"]}}]},
    ],
    ids=str,
)
def test_a_formula_answers_as_the_reference_does(when):
    graph = Graph()
    node = Parser(WORDS).parse(when)
    number = graph.add(node)
    formulas = Formulas(graph, Space())
    for person in people():
        right = evaluate(node, case_of(person))
        for answer in Answer:
            solver = z3.Solver()
            solver.add(*as_formulas(person), formulas.wanted(number, answer))
            can_be = solver.check() == z3.sat
            assert can_be == (answer is right), (when, person, answer)


def test_a_month_can_be_added_to_a_day():
    for day in (dt.date(2024, 1, 28), dt.date(2023, 12, 1), dt.date(1999, 2, 28)):
        assert day_of_number(day_number(day)) == day
    assert day_of_number(day_number(dt.date(2024, 12, 5)) + 31) == dt.date(2025, 1, 5)
