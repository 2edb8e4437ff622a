"""What changed between two days, and for whom: uses that came, changed or went."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from fingerpost.knowledge.as_of import window_on
from fingerpost.knowledge.model import Criterion, Knowledge, Option, Window
from fingerpost.options.compare import fits_only
from fingerpost.options.people import Inventor, Person
from fingerpost.terms import Answer

Kind = Literal["appeared", "changed", "left"]


@dataclass(frozen=True, slots=True)
class Change:
    """One use that is not on the later day what it was on the earlier one.

    A use that an authority no longer gives has left, whether or not its no has a wording of its own.
    `gone` and `new` are the conditions that only the earlier or only the later wording has. `gains`
    is a person whom the use fits on the later day only, `loses` one whom it fitted on the earlier
    day only; for a use that appeared or left it is a person it fits. `steps` are the wordings that
    began in between, the earlier one left out.
    """

    kind: Kind
    option: Option
    before: Window | None
    after: Window | None
    gone: tuple[Criterion, ...]
    new: tuple[Criterion, ...]
    gains: Person | None
    loses: Person | None
    steps: tuple[Window, ...]


def changes_between(
    knowledge: Knowledge,
    earlier: dt.date,
    later: dt.date,
    *,
    authority: str | None = None,
    drug: str | None = None,
) -> tuple[Change, ...]:
    """Every use that appeared, changed or left from one day to another, with people who show it.

    Args:
        knowledge: What is known.
        earlier: The first day.
        later: The second day; not before the first.
        authority: Only this authority's uses.
        drug: Only uses of this medicine.
    """
    inventor = Inventor(knowledge)
    options = (
        option
        for option in knowledge.options.values()
        if authority in (None, option.authority) and drug in (None, option.drug, *option.drugs)
    )
    return tuple(change for option in options for change in _of(inventor, option, earlier, later))


def _of(inventor: Inventor, option: Option, earlier: dt.date, later: dt.date) -> Iterator[Change]:
    before, after = window_on(option, earlier), window_on(option, later)
    if before is after:
        return
    steps = tuple(
        window
        for window in option.windows
        if earlier < window.start <= later and not window.expected
    )
    if before is None or after is None or before.opens is not after.opens:
        kind = _kind(before, after)
        window = after if kind == "appeared" else before
        person = None if window is None else _anybody(inventor, window, later)
        gains, loses = (person, None) if kind == "appeared" else (None, person)
        yield Change(kind, option, before, after, (), (), gains, loses, steps)
        return
    old, new = {c.node for c in before.criteria}, {c.node for c in after.criteria}
    # A no fits nobody, before or after.
    same = before.together == after.together or not after.opens
    yield Change(
        "changed",
        option,
        before,
        after,
        tuple(c for c in before.criteria if c.node not in new),
        tuple(c for c in after.criteria if c.node not in old),
        None if same else fits_only(inventor, after, before, later),
        None if same else fits_only(inventor, before, after, later),
        steps,
    )


def _kind(before: Window | None, after: Window | None) -> Kind:
    if before is None or after is None:
        return "appeared" if before is None else "left"
    return "appeared" if after.opens else "left"


def _anybody(inventor: Inventor, window: Window, on: dt.date) -> Person | None:
    if not window.criteria or not window.opens:
        return None
    found = inventor.find([(window.together, Answer.YES)], on, short=True)
    return found if isinstance(found, Person) else None
