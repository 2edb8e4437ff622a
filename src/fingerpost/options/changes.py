"""What changed between two days, and for whom: uses that came, changed or went."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from fingerpost.knowledge.as_of import window_on
from fingerpost.knowledge.model import Criterion, Knowledge, Option, Window
from fingerpost.options.compare import Fits, fits_only
from fingerpost.options.people import Inventor, Person
from fingerpost.terms import Answer

Kind = Literal["appeared", "changed", "refused", "left"]


@dataclass(frozen=True, slots=True)
class Change:
    """One use that is not on the later day what it was on the earlier one.

    `refused` is one that was looked at in between and not recommended, without having been open.

    `gone` and `new` are the conditions that only the earlier or only the later wording has. `gains`
    is a person whom the use fits on the later day only, `loses` one whom it fitted on the earlier
    day only; for a use that appeared or left it is a person it fits, and for one that was refused
    somebody whom that is about. `steps` are the wordings that
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


def changes_between(  # noqa: PLR0913 (each narrows the question, by its name)
    knowledge: Knowledge,
    earlier: dt.date,
    later: dt.date,
    *,
    authority: str | None = None,
    drug: str | None = None,
    only: str | None = None,
    people: bool = True,
) -> tuple[Change, ...]:
    """Every use that appeared, changed or left from one day to another, with people who show it.

    Args:
        knowledge: What is known.
        earlier: The first day.
        later: The second day; not before the first.
        authority: Only this authority's uses.
        drug: Only uses of this medicine.
        only: Only the use with this id.
        people: Whether to invent people; that takes most of the time.
    """
    inventor = Inventor(knowledge) if people else None
    options = (
        option
        for option in knowledge.options.values()
        if authority in (None, option.authority)
        and drug in (None, option.drug, *option.drugs)
        and only in (None, option.id)
    )
    return tuple(change for option in options for change in _of(inventor, option, earlier, later))


def _of(
    inventor: Inventor | None, option: Option, earlier: dt.date, later: dt.date
) -> Iterator[Change]:
    before, after = _said_on(option, earlier), _said_on(option, later)
    if before is after:
        return
    steps = tuple(
        window
        for window in option.windows
        if earlier < window.start <= later and not window.expected
    )
    opened = before is not None and before.opens
    opens = after is not None and after.opens
    if before is None or after is None or not (opened and opens):
        kind: Kind = "appeared" if opens else "left" if opened else "refused"
        window = after if opens else before if opened else after
        if window is not None:
            person = _anybody(inventor, window, later)
            gains, loses = (person, None) if opens else (None, person)
            yield Change(kind, option, before, after, (), (), gains, loses, steps)
        return
    old, new = {c.node for c in before.criteria}, {c.node for c in after.criteria}
    same = before.together == after.together
    yield Change(
        "changed",
        option,
        before,
        after,
        tuple(c for c in before.criteria if c.node not in new),
        tuple(c for c in after.criteria if c.node not in old),
        None if same or inventor is None else _person(fits_only(inventor, after, before, later)),
        None if same or inventor is None else _person(fits_only(inventor, before, after, later)),
        steps,
    )


def _said_on(option: Option, day: dt.date) -> Window | None:
    """The wording of a day; that nobody found guidance is no word of an authority."""
    window = window_on(option, day)
    return None if window is not None and window.status == "no_guidance_found" else window


def _person(found: tuple[Fits | None, bool]) -> Person | None:
    fits, _gave_up = found
    return None if fits is None else fits.person


def _anybody(inventor: Inventor | None, window: Window, on: dt.date) -> Person | None:
    if inventor is None or not window.criteria:
        return None
    wanted = [(window.together, Answer.YES)]
    found = inventor.find(wanted, on, short=True)
    return found if isinstance(found, Person) else None
