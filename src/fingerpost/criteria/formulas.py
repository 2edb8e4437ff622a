"""Conditions as formulas of a solver: certainly yes, and possibly yes, as in `planes`.

The language is small enough for it: no division, no text, dates only shifted. The variables (what is
known of a person, and the value) come from a `Space`, which also says what can be true of people.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeAlias

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
    Not,
    Subject,
    Today,
)
from fingerpost.terms import Answer

if TYPE_CHECKING:
    from fingerpost.criteria.graph import Graph
    from fingerpost.criteria.vocabulary import FactType, Vocabulary

# z3 has no types of its own that a checker could follow.
Formula: TypeAlias = Any
# A number is held as hundredths, a day as one of a month that always has 31.
HUNDREDTHS = 100
MONTH = 31
YEAR = 12 * MONTH
LAST_DAY = 28


class Pair(NamedTuple):
    """A condition as formulas: certainly yes, and possibly yes."""

    yes: Formula
    possible: Formula


class Space(Protocol):
    """Where the variables come from, and how many treatments a person can have."""

    vocabulary: Vocabulary
    treatments: int

    def subject(self, subject: Subject, slot: int | None) -> tuple[Formula, Formula]:
        """Whether a value is known, and the value; `slot` is the treatment looked at."""

    def exists(self, slot: int) -> Formula:
        """Whether the person has a treatment of that number."""


@dataclass(slots=True)
class Formulas:
    """The conditions of a graph as formulas, each made once."""

    graph: Graph
    space: Space
    _pairs: dict[tuple[int, int | None], Pair] = field(default_factory=dict)

    def pair(self, number: int, slot: int | None = None) -> Pair:
        """The formulas of the condition with that number in the graph."""
        inside = slot if self.graph.inside_treatment()[number] else None
        key = (number, inside)
        if key not in self._pairs:
            self._pairs[key] = self._formulas(number, inside)
        return self._pairs[key]

    def wanted(self, number: int, answer: Answer) -> Formula:
        """That the condition has this answer."""
        import z3

        pair = self.pair(number)
        match answer:
            case Answer.YES:
                return pair.yes
            case Answer.NO:
                return z3.Not(pair.possible)
            case _:
                return z3.And(pair.possible, z3.Not(pair.yes))

    def _formulas(self, number: int, slot: int | None) -> Pair:
        import z3

        node = self.graph.nodes[number]
        match node:
            case Constant():
                return Pair(z3.BoolVal(node.holds), z3.BoolVal(node.holds))
            case CountTreatments():
                return self._counted(node, number)
            case IsOneOf() | Includes() | CompareNumber() | CompareDates():
                return self._atom(node, slot)
            case _:
                return _joined(node, [self.pair(part, slot) for part in self.graph.parts[number]])

    def _counted(self, node: CountTreatments, number: int) -> Pair:
        import z3

        where = self.graph.parts[number][0]
        space = self.space
        if not space.treatments:
            return Pair(z3.Or(), z3.Not(z3.Bool("complete")))
        slots = [(space.exists(slot), self.pair(where, slot)) for slot in range(space.treatments)]
        yes = z3.AtLeast(*[z3.And(there, pair.yes) for there, pair in slots], node.at_least)
        more = z3.AtLeast(*[z3.And(there, pair.possible) for there, pair in slots], node.at_least)
        # A list that may be incomplete may hold any number more.
        return Pair(yes, z3.Or(z3.Not(z3.Bool("complete")), more))

    def _atom(
        self, node: IsOneOf | Includes | CompareNumber | CompareDates, slot: int | None
    ) -> Pair:
        import z3

        match node:
            case IsOneOf():
                known, value = self.space.subject(node.subject, slot)
                kind = self._type(node.subject)
                places = [kind.values.index(each) for each in kind.values if each in node.values]
                holds = z3.Or([value == place for place in places])
            case Includes():
                known, members = self.space.subject(node.subject, slot)
                holds = members[node.member]
            case CompareNumber():
                known, value = self.space.subject(node.subject, slot)
                bound = z3.RealVal(str(node.number)) * HUNDREDTHS
                holds = _compared(value, node.operator, bound)
            case CompareDates():
                left, right = self._date(node.left, slot), self._date(node.right, slot)
                known = z3.And(left[0], right[0])
                holds = _compared(left[1], node.operator, right[1] + _shift(node))
        return Pair(z3.And(known, holds), z3.Or(z3.Not(known), holds))

    def _type(self, subject: Subject) -> FactType:
        words = self.space.vocabulary
        types = words.facts if isinstance(subject, FactTerm) else words.attributes
        return types[subject.name]

    def _date(self, term: DateTerm, slot: int | None) -> tuple[Formula, Formula]:
        import z3

        match term:
            case Today():
                return z3.And(), z3.Int("today")
            case DateLiteral():
                return z3.And(), z3.IntVal(day_number(term.day))
            case _:
                return self.space.subject(term, slot)


def _joined(node: object, parts: Sequence[Pair]) -> Pair:
    import z3

    yes, possible = [part.yes for part in parts], [part.possible for part in parts]
    match node:
        case All():
            return Pair(z3.And(yes), z3.And(possible))
        case AnyOf():
            return Pair(z3.Or(yes), z3.Or(possible))
        case Not():
            return Pair(z3.Not(possible[0]), z3.Not(yes[0]))
        case AtLeast():
            return Pair(z3.AtLeast(*yes, node.count), z3.AtLeast(*possible, node.count))
        case Agree():
            some, none = z3.Or(yes), z3.Or([z3.Not(part) for part in possible])
            return Pair(z3.And(some, z3.Not(none)), z3.Or(some, z3.Not(none)))
        case Named():
            return parts[0]
    msg = f"{type(node).__name__} has no formula"
    raise TypeError(msg)


def _compared(left: Formula, operator: str, right: Formula) -> Formula:
    match operator:
        case "<":
            return left < right
        case "<=":
            return left <= right
        case ">":
            return left > right
        case _:
            return left >= right


def _shift(node: CompareDates) -> int:
    """How far a date is moved; days and weeks are not exact across months, so people are run again."""
    units: Mapping[str, int] = {"months": MONTH, "years": YEAR, "weeks": 7, "days": 1}
    return node.offset * units[node.unit]


def day_number(day: dt.date) -> int:
    """A day as a number in which a month is always 31 days, so that months can be added."""
    return (day.year * 12 + day.month - 1) * MONTH + day.day - 1


def day_of_number(number: int) -> dt.date:
    """The day with that number.

    >>> day_of_number(day_number(dt.date(2024, 2, 28)))
    datetime.date(2024, 2, 28)
    """
    months, day = divmod(number, MONTH)
    year, month = divmod(months, 12)
    return dt.date(year, month + 1, day + 1)
