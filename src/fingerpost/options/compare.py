"""One medicine with several authorities side by side: where their conditions differ, and for whom.

Conditions are compared by their meaning, not by their words: equal conditions are one node of the graph.
A person whom one wording fits and another does not shows the difference, or there is none.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from fingerpost.knowledge.as_of import window_on
from fingerpost.knowledge.model import Criterion, Knowledge, Option, Window
from fingerpost.options.people import Inventor, Person
from fingerpost.options.uses import COMPARED, Uses
from fingerpost.terms import Answer, Authority


@dataclass(frozen=True, slots=True)
class Wording:
    """What one authority says of a use on the day; `window` is None where nothing was in force."""

    authority: str
    option: Option
    window: Window | None


@dataclass(frozen=True, slots=True)
class Fits:
    """A person whom one wording fits, and what the other answers for the same person: no or unknown."""

    person: Person
    other: Answer


@dataclass(frozen=True, slots=True)
class Difference:
    """How two wordings of one use differ.

    `only_first` and `only_second` are the conditions that one has and the other has not; `fits_first`
    is a person whom the first fits and the second does not, `fits_second` the other way round. Both
    are None where no such person was found; `unsettled` says that the solver gave up on the way, so
    that there may be one.
    """

    first: str
    second: str
    only_first: tuple[Criterion, ...]
    only_second: tuple[Criterion, ...]
    fits_first: Fits | None
    fits_second: Fits | None
    unsettled: bool


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a medicine: each authority's wording, what all ask, and how each two differ."""

    title: str
    row: str | None
    wordings: tuple[Wording, ...]
    in_common: tuple[Criterion, ...]
    differences: tuple[Difference, ...]


def compare(knowledge: Knowledge, drug: str, on: dt.date) -> tuple[Use, ...]:
    """Every use of a medicine on a day, with the wordings of all authorities that have it.

    Args:
        knowledge: What is known.
        drug: The id of a medicine; uses in which it is a partner are among them.
        on: The day that is asked about.
    """
    inventor = Inventor(knowledge)
    return tuple(_use(inventor, group, on) for group in _groups(knowledge, drug))


def _groups(knowledge: Knowledge, drug: str) -> list[list[Option]]:
    """The uses of the medicine, its own before those in which it is a partner."""
    found = [
        sorted(use, key=lambda o: (COMPARED.index(Authority(o.authority)), o.id))
        for use in Uses(knowledge).all()
        if any(drug in (option.drug, *option.drugs) for option in use)
    ]
    return sorted(found, key=lambda use: (use[0].drug != drug, use[0].id))


def _use(inventor: Inventor, options: Sequence[Option], on: dt.date) -> Use:
    wordings = [Wording(o.authority, o, window_on(o, on)) for o in options]
    # What is not recommended fits nobody, whatever it would ask.
    there = [w for w in wordings if w.window is not None and w.window.opens]
    return Use(
        options[0].title,
        options[0].row,
        tuple(wordings),
        tuple(_in_common(there)),
        tuple(
            _difference(inventor, first, second, on)
            for first, second in combinations(there, 2)
            if first.authority != second.authority
        ),
    )


def _in_common(wordings: Sequence[Wording]) -> Iterator[Criterion]:
    """The conditions that every wording has, in the words of the first."""
    sets = [{c.node for c in w.window.criteria} for w in wordings if w.window is not None]
    if len(sets) > 1 and wordings[0].window is not None:
        shared = set.intersection(*sets)
        yield from (c for c in wordings[0].window.criteria if c.node in shared)


def _difference(inventor: Inventor, first: Wording, second: Wording, on: dt.date) -> Difference:
    one, other = first.window, second.window
    if one is None or other is None:
        msg = "only wordings in force can be compared"
        raise ValueError(msg)
    fits_first, open_first = fits_only(inventor, one, other, on)
    fits_second, open_second = fits_only(inventor, other, one, on)
    return Difference(
        first.option.id,
        second.option.id,
        tuple(_only(one, other)),
        tuple(_only(other, one)),
        fits_first,
        fits_second,
        unsettled=open_first or open_second,
    )


def _only(one: Window, other: Window) -> Iterator[Criterion]:
    theirs = {criterion.node for criterion in other.criteria}
    return (criterion for criterion in one.criteria if criterion.node not in theirs)


def fits_only(
    inventor: Inventor, one: Window, other: Window, on: dt.date
) -> tuple[Fits | None, bool]:
    """A person whom one wording fits and the other does not, told in few facts; and whether it gave up.

    Where the other leaves everybody open whom it does not fit, somebody left open is taken.
    """
    gave_up = False
    for answer in (Answer.NO, Answer.UNKNOWN):
        wanted = [(one.together, Answer.YES), (other.together, answer)]
        found = inventor.find(wanted, on, short=True, explain=False)
        if isinstance(found, Person):
            return Fits(found, answer), False
        gave_up = gave_up or found.gave_up
    return None, gave_up
