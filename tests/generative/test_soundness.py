"""Over the whole knowledge: filling in a missing value never takes an answer back.

Random people over the real fact catalogue; then every missing value is filled in with every value
that some criterion could tell apart, one at a time, and every option is answered again.
"""

from __future__ import annotations

import datetime as dt
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fingerpost.criteria import Case
from fingerpost.criteria.deciding import contradictory
from fingerpost.criteria.evaluate import evaluate
from fingerpost.criteria.planes import Kernel, Planes
from fingerpost.criteria.vocabulary import FactType
from fingerpost.criteria.worlds import unknowns, worlds_of
from fingerpost.options.rule_set import RuleSet
from fingerpost.terms import Answer
from fingerpost.values import Choice, Days, Interval, Members
from tests.whole import whole_knowledge

ON = dt.date(2026, 6, 30)


AUTHORITIES = ("fda", "ema", "nice", "guideline")


@cache
def rules(authority: str = "fda", on: dt.date = ON) -> RuleSet:
    return RuleSet(whole_knowledge(), on, authority)


def people() -> st.SearchStrategy[Case]:
    words = rules().knowledge.vocabulary
    facts = {
        n: _values(f)
        for n, f in words.facts.items()
        if f.type not in ("family", "elapsed") and n not in words.derived
    }
    attributes = {n: _values(f) for n, f in words.attributes.items()}
    return st.builds(
        Case,
        st.just(ON),
        st.fixed_dictionaries({}, optional=facts),
        st.lists(st.fixed_dictionaries({}, optional=attributes), max_size=3).map(tuple),
        st.sampled_from((Answer.YES, Answer.UNKNOWN)),
    )


def _values(fact: FactType) -> st.SearchStrategy[object]:
    match fact.type:
        case "category" | "flag":
            return st.frozensets(st.sampled_from(fact.values), min_size=1, max_size=2).map(Choice)
        case "number":
            return st.sampled_from((0.0, 0.5, 1.0, 2.0, 4.0, 6.0, 10.0, 20.0, 50.0, 90.0)).map(
                lambda n: Interval(n, n)
            )
        case "date":
            return st.dates(dt.date(2015, 1, 1), ON).map(lambda d: Days(d, d))
        case _:
            return st.frozensets(st.sampled_from(fact.values), max_size=3).map(
                lambda present: Members(present, frozenset(fact.values) - present)
            )


def _taken_back(planes: Planes, base: Planes, number: int, possible: int) -> int:
    """The worlds in which an answer that was yes is no, or one that was no is yes."""
    match base.answer(number):
        case Answer.YES:
            return ~planes.possibly(number) & possible
        case Answer.NO:
            return planes.definitely(number) & possible
        case _:
            return 0


@pytest.mark.parametrize("authority", AUTHORITIES)
@given(data=st.data())
@settings(max_examples=25)
def test_no_filled_in_value_takes_an_answer_back(authority: str, data: st.DataObject) -> None:
    case = data.draw(people())
    own = rules(authority)
    kernel = own.full_kernel
    missing = unknowns(kernel, own.knowledge.vocabulary, case)
    worlds, _ = worlds_of([[unknown] for unknown in missing])
    base, planes = kernel.evaluate(case), kernel.evaluate(case, worlds)
    possible = planes.every & ~contradictory(kernel, planes, base)
    for number in kernel.outer:
        assert not _taken_back(planes, base, number, possible), kernel.graph.nodes[number]


@pytest.mark.parametrize("authority", AUTHORITIES)
@given(data=st.data())
@settings(max_examples=10)
def test_the_fast_path_answers_every_option_as_the_reference(
    authority: str, data: st.DataObject
) -> None:
    case = data.draw(people())
    kernel: Kernel = rules(authority).full_kernel
    planes = kernel.evaluate(case)
    for rule in rules(authority).rules:
        assert planes.answer(rule.root) is evaluate(kernel.graph.nodes[rule.root], case), (
            rule.option.id
        )


@pytest.mark.parametrize("authority", AUTHORITIES)
@pytest.mark.parametrize("on", [dt.date(2010, 6, 1), dt.date(2021, 1, 1), dt.date(2026, 11, 22)])
def test_nobody_known_at_all_is_told_no(authority: str, on: dt.date) -> None:
    """With an empty record no option may be ruled out, and none may match."""
    own = rules(authority, on)
    planes = own.full_kernel.evaluate(Case(on))
    for rule in own.rules:
        assert planes.answer(rule.root) is Answer.UNKNOWN, rule.option.id
