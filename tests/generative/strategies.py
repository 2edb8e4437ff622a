"""Random legal criteria and random people over the specification's small world.

The pools of values are narrow on purpose: the same few numbers and days stand in criteria and in
people, so that thresholds are met exactly and not only passed.
"""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from fingerpost.criteria import Case, Vocabulary
from fingerpost.criteria.nodes import (
    Agree,
    All,
    AnyOf,
    AtLeast,
    CompareDates,
    CompareNumber,
    Constant,
    CountTreatments,
    DateLiteral,
    FactTerm,
    Includes,
    IsOneOf,
    Named,
    Not,
    Today,
    TreatmentTerm,
)
from fingerpost.criteria.vocabulary import FactType
from fingerpost.terms import AbsenceKind, Answer
from fingerpost.values import Absent, Choice, Days, Interval, Members
from tests.spec.suite import vocabulary

WORDS: Vocabulary = vocabulary()
TODAY = dt.date(2026, 1, 1)
NUMBERS = (0.0, 1.0, 2.0, 10.0)
DAYS = (
    dt.date(2023, 12, 31),
    dt.date(2024, 1, 31),
    dt.date(2024, 2, 29),
    dt.date(2024, 6, 30),
    dt.date(2025, 1, 1),
    dt.date(2026, 1, 1),
)
OPERATORS = ("<", "<=", ">", ">=")


def _names(types, kinds) -> list[str]:
    return [name for name, fact in types.items() if fact.type in kinds]


def _subjects(kinds, inside: bool):
    subjects = [FactTerm(name) for name in _names(WORDS.facts, kinds)]
    if inside:
        subjects += [TreatmentTerm(name) for name in _names(WORDS.attributes, kinds)]
    return st.sampled_from(subjects)


def _type(subject) -> FactType:
    own = WORDS.facts if isinstance(subject, FactTerm) else WORDS.attributes
    return own[subject.name]


def atoms(inside: bool):
    """A condition that reads one value (or two dates)."""
    category = _subjects(("category", "flag"), inside).flatmap(
        lambda s: st.builds(
            IsOneOf,
            st.just(s),
            st.frozensets(st.sampled_from(_type(s).values), min_size=1),
        )
    )
    member = _subjects(("set",), inside).flatmap(
        lambda s: st.builds(Includes, st.just(s), st.sampled_from(_type(s).values))
    )
    number = st.builds(
        CompareNumber,
        _subjects(("number",), inside),
        st.sampled_from(OPERATORS),
        st.sampled_from(NUMBERS),
    )
    term = st.one_of(
        _subjects(("date",), inside),
        st.builds(DateLiteral, st.sampled_from(DAYS)),
        st.just(Today()),
    )
    date = st.builds(
        CompareDates,
        term,
        st.sampled_from(OPERATORS),
        term,
        st.sampled_from((-12, -1, 0, 1, 6)),
        st.sampled_from(("days", "weeks", "months", "years")),
    )
    return st.one_of(category, member, number, date, st.builds(Constant, st.booleans()))


def _combined(parts):
    some = st.lists(parts, min_size=1, max_size=4).map(tuple)
    return st.one_of(
        st.builds(All, some),
        st.builds(AnyOf, some),
        st.builds(Not, parts),
        st.builds(Agree, some),
        some.flatmap(lambda p: st.builds(AtLeast, st.integers(1, len(p)), st.just(p))),
        st.builds(Named, st.just("status"), st.just("positive"), parts),
    )


def nodes():
    """A legal criterion of any shape."""
    where = st.recursive(atoms(inside=True), _combined, max_leaves=4)
    counted = st.builds(CountTreatments, st.integers(1, 3), where)
    return st.recursive(st.one_of(atoms(inside=False), counted), _combined, max_leaves=8)


def values(fact: FactType):
    """What may be known of a fact: all, part or nothing of it."""
    match fact.type:
        case "category" | "flag":
            known = st.frozensets(st.sampled_from(fact.values), min_size=1).map(Choice)
        case "number":
            known = st.tuples(
                st.sampled_from(NUMBERS), st.sampled_from(NUMBERS), st.booleans()
            ).map(_interval)
        case "date":
            known = st.tuples(st.sampled_from(DAYS), st.sampled_from(DAYS), st.booleans()).map(
                _days
            )
        case _:
            known = st.lists(
                st.sampled_from(("present", "absent", "unknown")),
                min_size=len(fact.values),
                max_size=len(fact.values),
            ).map(lambda said: _members(fact, said))
    return st.one_of(known, st.builds(Absent, st.sampled_from(AbsenceKind)))


def _interval(ends) -> Interval:
    low, high = sorted(ends[:2])
    return Interval(low, high, low_open=ends[2] and low < high, high_open=ends[2] and low < high)


def _days(ends) -> Days:
    first, last = sorted(ends[:2])
    return Days(first, None if ends[2] else last)


def _members(fact: FactType, said) -> Members:
    pairs = list(zip(fact.values, said, strict=True))
    return Members(
        frozenset(v for v, s in pairs if s == "present"),
        frozenset(v for v, s in pairs if s == "absent"),
    )


def _some(types):
    return st.fixed_dictionaries(
        {},
        optional={
            name: values(fact)
            for name, fact in types.items()
            if fact.type not in ("elapsed", "family") and name not in WORDS.derived
        },
    )


def cases():
    """A person: some facts, some treatments, a list that may or may not be whole."""
    return st.builds(
        Case,
        st.just(TODAY),
        _some(WORDS.facts),
        st.lists(_some(WORDS.attributes), max_size=3).map(tuple),
        st.sampled_from((Answer.YES, Answer.UNKNOWN, Answer.NO)),
    )
