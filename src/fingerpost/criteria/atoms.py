"""Quick tests for single conditions: what one known value answers, as a small number."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fingerpost.criteria.case import Case
from fingerpost.criteria.nodes import (
    DateLiteral,
    FactTerm,
    Includes,
    IsOneOf,
    Node,
    Today,
    TreatmentTerm,
)
from fingerpost.terms import Answer
from fingerpost.values import Days

# No, unknown and yes as 0, 1 and 2: places in a table, never compared by size.
DATE_CODES = {Answer.NO: 0, Answer.UNKNOWN: 1, Answer.YES: 2}


def test_of(node: Node) -> Callable[[Any], int]:
    """A function from a known value to 0 (no), 1 (unknown) or 2 (yes)."""
    if isinstance(node, IsOneOf):
        values = node.values

        def one_of(value: Any) -> int:  # noqa: ANN401 - a value of the fact's own type
            possible = value.possible
            if values.isdisjoint(possible):
                return 0
            return 2 if possible <= values else 1

        return one_of
    if isinstance(node, Includes):
        member = node.member
        return lambda value: 2 if member in value.present else 0 if member in value.absent else 1
    number = node.number  # type: ignore[union-attr]
    return _NUMBER_TESTS[node.operator](number)  # type: ignore[union-attr]


def _at_least(number: float) -> Callable[[Any], int]:
    def test(value: Any) -> int:  # noqa: ANN401 - an Interval
        if value.low >= number:
            return 2
        return 0 if value.high < number or (value.high == number and value.high_open) else 1

    return test


def _more_than(number: float) -> Callable[[Any], int]:
    def test(value: Any) -> int:  # noqa: ANN401 - an Interval
        if value.low > number or (value.low == number and value.low_open):
            return 2
        return 0 if value.high <= number else 1

    return test


def _opposite(test: Callable[[Any], int]) -> Callable[[Any], int]:
    return lambda value: 2 - test(value)


_NUMBER_TESTS: dict[str, Callable[[float], Callable[[Any], int]]] = {
    ">=": _at_least,
    ">": _more_than,
    "<": lambda number: _opposite(_at_least(number)),
    "<=": lambda number: _opposite(_more_than(number)),
}


test_of.__test__ = False  # type: ignore[attr-defined]  # not one of pytest's


def days_of(term: object, case: Case, treatment: int | None) -> Days | None:
    """The days that a term of a date comparison may mean, or None when nothing is known."""
    match term:
        case Today():
            return Days(case.today, case.today)
        case DateLiteral():
            return Days(term.day, term.day)
        case FactTerm():
            value = case.facts.get(term.name)
        case TreatmentTerm():
            value = None if treatment is None else case.treatments[treatment].get(term.name)
        case _:
            return None
    return value if isinstance(value, Days) else None
