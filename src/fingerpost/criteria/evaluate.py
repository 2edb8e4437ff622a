"""The reference evaluator: slow, obvious and short. It is the definition of what a node means.

Every other engine is held to this one by the spec cases and by random criteria over random people.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import assert_never

from fingerpost.criteria.case import NOT_STATED, Case
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
    DateTerm,
    FactTerm,
    Includes,
    IsOneOf,
    Named,
    Node,
    Not,
    Subject,
    Today,
    TreatmentTerm,
    parts_of,
)
from fingerpost.dates import shift
from fingerpost.terms import Answer
from fingerpost.values import Absent, Choice, Days, Interval, Members, Value

Treatment = Mapping[str, Value | Absent]
_YES, _NO, _UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN


def evaluate(node: Node, case: Case, treatment: Treatment | None = None) -> Answer:
    """Answer a criterion for one person; `treatment` is the one that a `where` is looking at."""
    match node:
        case IsOneOf() | Includes() | CompareNumber():
            return answer_of_value(node, _value(node.subject, case, treatment))
        case CompareDates():
            left, right = _days(node.left, case, treatment), _days(node.right, case, treatment)
            return compare_days(node, left, right)
        case CountTreatments():
            answers = [evaluate(node.where, case, each) for each in case.treatments]
            return _count(node, case, answers)
        case _:
            return _joined(node, [evaluate(part, case, treatment) for part in parts_of(node)])


class Remembered:
    """The same answers about one person, each worked out once, for whoever asks again and again."""

    def __init__(self, case: Case) -> None:
        """Begin with nothing worked out."""
        self._case = case
        # By identity: equal conditions are one node of the graph, and nodes are slow to compare. The
        # node is kept beside its answer, so that no other can come to have its identity.
        self._known: dict[tuple[int, int | None], tuple[Node, Answer]] = {}

    def answer(self, node: Node, treatment: int | None = None) -> Answer:
        """The answer; `treatment` is the place of the one that a `where` is looking at."""
        key = (id(node), treatment)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = (node, self._work_out(node, treatment))
        return found[1]

    def _work_out(self, node: Node, treatment: int | None) -> Answer:
        match node:
            case IsOneOf() | Includes() | CompareNumber() | CompareDates():
                own = None if treatment is None else self._case.treatments[treatment]
                return evaluate(node, self._case, own)
            case CountTreatments():
                listed = range(len(self._case.treatments))
                answers = [self.answer(node.where, index) for index in listed]
                return _count(node, self._case, answers)
            case _:
                return _joined(node, [self.answer(part, treatment) for part in parts_of(node)])


def _joined(  # noqa: PLR0911 - one branch for each node
    node: Constant | All | AnyOf | AtLeast | Not | Agree | Named, answers: list[Answer]
) -> Answer:
    """Answer what is made of parts, from the answers of its parts."""
    match node:
        case Constant():
            return _YES if node.holds else _NO
        case All():
            return _at_least(len(answers), answers)
        case AnyOf():
            return _at_least(1, answers)
        case AtLeast():
            return _at_least(node.count, answers)
        case Not():
            return answers[0].not_()
        case Agree():
            return _agree(answers)
        case Named():
            return answers[0]
        case _:
            assert_never(node)


def answer_of_value(node: IsOneOf | Includes | CompareNumber, value: Value | Absent) -> Answer:
    """Answer a condition on one value, given what is known of that value."""
    match node, value:
        case _, Absent():
            return _UNKNOWN
        case IsOneOf(), Choice():
            return Answer.of(
                definitely=value.possible <= node.values,
                possibly=bool(value.possible & node.values),
            )
        case Includes(), Members():
            return Answer.of(
                definitely=node.member in value.present, possibly=node.member not in value.absent
            )
        case CompareNumber(), Interval():
            return _compare_number(node, value)
        case _:
            msg = f"{type(node).__name__} cannot read a {type(value).__name__}"
            raise TypeError(msg)


def compare_days(node: CompareDates, left: Days, right: Days) -> Answer:
    """Compare two spans of days, the right one moved; unknown when the spans leave both possible."""
    first = None if right.first is None else shift(right.first, node.offset, node.unit)
    last = None if right.last is None else shift(right.last, node.offset, node.unit)
    match node.operator:
        case "<=":
            return _before(left.first, left.last, first, last, or_same=True)
        case "<":
            return _before(left.first, left.last, first, last, or_same=False)
        case ">=":
            return _before(left.first, left.last, first, last, or_same=False).not_()
        case ">":
            return _before(left.first, left.last, first, last, or_same=True).not_()
        case _:
            assert_never(node.operator)


def _before(
    left_first: dt.date | None,
    left_last: dt.date | None,
    right_first: dt.date | None,
    right_last: dt.date | None,
    *,
    or_same: bool,
) -> Answer:
    if (
        left_last is not None
        and right_first is not None
        and (left_last < right_first or (or_same and left_last == right_first))
    ):
        return _YES
    if (
        left_first is not None
        and right_last is not None
        and (left_first > right_last or (not or_same and left_first == right_last))
    ):
        return _NO
    return _UNKNOWN


def _compare_number(node: CompareNumber, value: Interval) -> Answer:
    number = node.number
    below = value.high < number or (value.high == number and value.high_open)
    above = value.low > number or (value.low == number and value.low_open)
    at_most = value.high <= number
    at_least = value.low >= number
    match node.operator:
        case ">=":
            return Answer.of(definitely=at_least, possibly=not below)
        case ">":
            return Answer.of(definitely=above, possibly=not at_most)
        case "<":
            return Answer.of(definitely=below, possibly=not at_least)
        case "<=":
            return Answer.of(definitely=at_most, possibly=not above)
        case _:
            assert_never(node.operator)


def _at_least(count: int, answers: list[Answer]) -> Answer:
    certain = answers.count(_YES)
    return Answer.of(
        definitely=certain >= count, possibly=certain + answers.count(_UNKNOWN) >= count
    )


def _agree(answers: list[Answer]) -> Answer:
    if _YES in answers:
        return _UNKNOWN if _NO in answers else _YES
    return _NO if _NO in answers else _UNKNOWN


def _count(node: CountTreatments, case: Case, answers: list[Answer]) -> Answer:
    if case.treatments_complete is _YES:
        return _at_least(node.at_least, answers)
    # A list that may be incomplete may hold any number more, so it can confirm but never rule out.
    return _YES if answers.count(_YES) >= node.at_least else _UNKNOWN


def _value(subject: Subject, case: Case, treatment: Treatment | None) -> Value | Absent:
    if isinstance(subject, FactTerm):
        return case.facts.get(subject.name, NOT_STATED)
    if treatment is None:
        msg = f"{subject.name} is an attribute of a treatment, and no treatment is being looked at"
        raise TypeError(msg)
    return treatment.get(subject.name, NOT_STATED)


def _days(term: DateTerm, case: Case, treatment: Treatment | None) -> Days:
    match term:
        case Today():
            return Days(case.today, case.today)
        case DateLiteral():
            return Days(term.day, term.day)
        case FactTerm() | TreatmentTerm():
            value = _value(term, case, treatment)
            return value if isinstance(value, Days) else Days()
