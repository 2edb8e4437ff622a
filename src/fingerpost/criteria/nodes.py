"""Every meaning a criterion can have: a small, closed set of frozen nodes.

Meaning lives here and nowhere else. The language (`parse`) only builds nodes; every engine (the
reference evaluator, the planes, the wording, any export) only reads them. A node never holds a
person: it names facts, so one graph serves one person and a million.

    Node
    ├── Constant       always / never
    ├── All, AnyOf     Kleene's and / or
    ├── Not
    ├── AtLeast        at least k of these
    ├── Agree          several ways of knowing one thing
    ├── IsOneOf        a category is one of ...
    ├── Includes       a set has a member
    ├── CompareNumber  a number against a number
    ├── CompareDates   a date against a date, shifted by days, weeks, months or years
    ├── CountTreatments  at least n treatments where ...
    └── Named          one value of a derived fact, with what it is made of

    Term (what a node reads)
    ├── FactTerm        a fact of the person
    ├── TreatmentTerm   an attribute of the treatment looked at, inside `where`
    ├── DateLiteral     a fixed day
    └── Today           the day that is asked about

There is no division, no text function and no arithmetic besides a shift of dates, on purpose: each
of them means something else in some engine.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

Operator = Literal["<", "<=", ">", ">="]
Unit = Literal["days", "weeks", "months", "years"]


@dataclass(frozen=True, slots=True)
class FactTerm:
    """The person's fact of that name."""

    name: str


@dataclass(frozen=True, slots=True)
class TreatmentTerm:
    """An attribute of the treatment that `where` is looking at."""

    name: str


@dataclass(frozen=True, slots=True)
class DateLiteral:
    """A fixed day."""

    day: dt.date


@dataclass(frozen=True, slots=True)
class Today:
    """The day that is asked about; an argument, never the clock."""


Subject = FactTerm | TreatmentTerm
DateTerm = FactTerm | TreatmentTerm | DateLiteral | Today


@dataclass(frozen=True, slots=True)
class Constant:
    """Holds always, or never."""

    holds: bool


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Node


@dataclass(frozen=True, slots=True)
class AtLeast:
    """At least `count` of the parts hold."""

    count: int
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Agree:
    """Several ways of knowing one thing (a measured percentage, a reported status).

    Yes if one says yes and none says no; no if one says no and none says yes; unknown if none
    speaks, or if they contradict each other. `or` would not do: a missing percentage would keep
    "negative" open although the report says positive.
    """

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class IsOneOf:
    """A category has one of the values."""

    subject: Subject
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class Includes:
    """A set has the member."""

    subject: Subject
    member: str


@dataclass(frozen=True, slots=True)
class CompareNumber:
    """A number stands in this relation to a fixed number, in the fact's own unit."""

    subject: Subject
    operator: Operator
    number: float


@dataclass(frozen=True, slots=True)
class CompareDates:
    """`left` stands in this relation to `right` moved by `offset` units of the calendar."""

    left: DateTerm
    operator: Operator
    right: DateTerm
    offset: int = 0
    unit: Unit = "days"


@dataclass(frozen=True, slots=True)
class CountTreatments:
    """At least `at_least` treatments for which `where` holds.

    A treatment for which `where` is unknown may count; a list not stated to be complete may hold
    more. Both keep the answer open until enough treatments are certain.
    """

    at_least: int
    where: Node


@dataclass(frozen=True, slots=True)
class Named:
    """`fact is value` for a derived fact; `part` is the condition that this means."""

    fact: str
    value: str
    part: Node


Node = (
    Constant
    | All
    | AnyOf
    | Not
    | AtLeast
    | Agree
    | IsOneOf
    | Includes
    | CompareNumber
    | CompareDates
    | CountTreatments
    | Named
)
Atom = IsOneOf | Includes | CompareNumber | CompareDates
NODE_CLASSES: tuple[type, ...] = (
    Constant,
    All,
    AnyOf,
    Not,
    AtLeast,
    Agree,
    IsOneOf,
    Includes,
    CompareNumber,
    CompareDates,
    CountTreatments,
    Named,
)
ATOM_CLASSES: tuple[type, ...] = (IsOneOf, Includes, CompareNumber, CompareDates)
TERM_CLASSES: tuple[type, ...] = (FactTerm, TreatmentTerm, DateLiteral, Today)


def parts_of(node: Node) -> tuple[Node, ...]:
    """The nodes directly below this one, in the order they were written."""
    match node:
        case All() | AnyOf() | AtLeast() | Agree():
            return node.parts
        case Not() | Named():
            return (node.part,)
        case CountTreatments():
            return (node.where,)
        case _:
            return ()


def terms_of(node: Node) -> tuple[DateTerm, ...]:
    """What the node itself reads (not what its parts read)."""
    match node:
        case IsOneOf() | Includes() | CompareNumber():
            return (node.subject,)
        case CompareDates():
            return (node.left, node.right)
        case _:
            return ()
