"""Showing of every wording that it can be met, missed by each condition alone, and left open.

A condition that nobody can meet makes an option that is never anybody's; one that nobody can miss alone
says nothing. Both are found by a solver, with the conditions that contradict each other, and everything
shown is an invented person who was run through the whole reading.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from itertools import combinations
from multiprocessing import get_context

from fingerpost.criteria.nodes import Agree, Constant
from fingerpost.errors import Problem
from fingerpost.knowledge.as_of import shown_day, window_on
from fingerpost.knowledge.model import Criterion, Knowledge, Option, Window
from fingerpost.options.limits import DayLimit, Threshold, limits
from fingerpost.options.people import Inventor, Person
from fingerpost.options.space import Contradiction
from fingerpost.terms import Answer

_YES, _NO, _UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN
Tell = Callable[[int], object]
# Of the options that read a number, how many are tried before it is said to decide none.
_MOST_TRIED = 4


@dataclass(frozen=True, slots=True)
class Shown:
    """A person who shows one thing of one wording: `matches`, `misses` or `open` (by a criterion)."""

    option: str
    start: dt.date
    what: str
    criterion: int | None
    person: Person


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two options of one drug and authority that one person fits both."""

    first: str
    second: str
    person: Person


@dataclass(frozen=True, slots=True)
class Proofs:
    """All that was shown, and all that could not be."""

    shown: tuple[Shown, ...]
    overlaps: tuple[Overlap, ...]
    thresholds: tuple[Threshold, ...]
    day_limits: tuple[DayLimit, ...]
    problems: tuple[Problem, ...]


def prove(
    knowledge: Knowledge, *, tell: Tell | None = None, processes: int = 1, only: str | None = None
) -> Proofs:
    """Show everything that can be shown of the options, and tell what cannot.

    Args:
        knowledge: What is known.
        tell: Called with the number of wordings done since the last call, for a progress bar.
        processes: How many to work at once.
        only: One option's id, to show only that one.
    """
    options = [o for o in knowledge.options.values() if only in (None, o.id)]
    work: list[Work] = [partial(_of_option, option.id) for option in options]
    steps = [len(option.windows) for option in options]
    if only is None:
        # Longest first, so that nobody waits for it at the end.
        work = [_all_limits, _all_overlaps, *work]
        steps = [0, 0, *steps]
    _AT_WORK["inventor"] = Inventor(knowledge)
    found = _Found()
    for part, step in zip(_done(work, processes), steps, strict=True):
        found.add(part)
        if tell is not None:
            tell(step)
    return Proofs(
        tuple(found.shown),
        tuple(found.overlaps),
        tuple(found.thresholds),
        tuple(found.day_limits),
        tuple(found.problems),
    )


def wordings(knowledge: Knowledge) -> int:
    """How many wordings there are to show."""
    return sum(len(option.windows) for option in knowledge.options.values())


# --- the work, one piece after the other or several at once --------------------------------

Piece = Shown | Overlap | Threshold | DayLimit | Problem
Work = Callable[[], "list[Piece]"]
_AT_WORK: dict[str, Inventor] = {}


@dataclass(slots=True)
class _Found:
    shown: list[Shown] = field(default_factory=list)
    overlaps: list[Overlap] = field(default_factory=list)
    thresholds: list[Threshold] = field(default_factory=list)
    day_limits: list[DayLimit] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def add(self, pieces: list[Piece]) -> None:
        """Put each piece with its like."""
        for piece in pieces:
            match piece:
                case Shown():
                    self.shown.append(piece)
                case Overlap():
                    self.overlaps.append(piece)
                case Threshold():
                    self.thresholds.append(piece)
                case DayLimit():
                    self.day_limits.append(piece)
                case Problem():
                    self.problems.append(piece)


def _done(work: Sequence[Work], processes: int) -> Iterator[list[Piece]]:
    if processes == 1:
        yield from (do() for do in work)
        return
    # Forked, so that the knowledge is there without being sent.
    with ProcessPoolExecutor(processes, mp_context=get_context("fork")) as pool:
        yield from pool.map(_do, work)


def _do(work: Work) -> list[Piece]:
    return work()


def _all_limits() -> list[Piece]:
    return list(limits(_AT_WORK["inventor"]))


def _all_overlaps() -> list[Piece]:
    return list(overlaps(_AT_WORK["inventor"]))


# --- one option ---------------------------------------------------------------------------


def _of_option(name: str) -> list[Piece]:
    inventor = _AT_WORK["inventor"]
    option = inventor.knowledge.options[name]
    return [
        piece
        for window in option.windows
        if window.criteria and not window.expected
        for piece in _of_window(inventor, option, window)
    ]


def _of_window(inventor: Inventor, option: Option, window: Window) -> Iterator[Shown | Problem]:
    on = shown_day(window, inventor.knowledge)
    criteria = window.criteria
    found = inventor.find([(c.node, _YES) for c in criteria], on)
    if isinstance(found, Contradiction):
        yield _impossible(option, window, found, inventor.knowledge)
        return
    yield Shown(option.id, window.start, "matches", None, found)
    for place, criterion in enumerate(criteria):
        wanted = [(c.node, _NO if at == place else _YES) for at, c in enumerate(criteria)]
        explain = not left_open_on_purpose(inventor.knowledge, criterion)
        found = inventor.find(wanted, on, explain=explain)
        if not isinstance(found, Contradiction):
            yield Shown(option.id, window.start, "misses", place, found)
        elif explain:
            yield _never_alone(option, window, criterion, found)
    yield from _left_open(inventor, option, window, on)


def _left_open(
    inventor: Inventor, option: Option, window: Window, on: dt.date
) -> Iterator[Shown | Problem]:
    """Somebody of whom one condition is not known and all others hold."""
    gave_up = False
    for place in range(len(window.criteria)):
        wanted = [
            (c.node, _UNKNOWN if at == place else _YES) for at, c in enumerate(window.criteria)
        ]
        found = inventor.find(wanted, on, explain=False)
        if isinstance(found, Person):
            yield Shown(option.id, window.start, "open", place, found)
            return
        gave_up = gave_up or found.gave_up
    if gave_up:
        what = f"nobody was found whom `{option.id}` leaves open"
        yield Problem("not-shown", window.place, what, "", "look at its conditions", "warning")
        return
    what = f"nobody is left open by `{option.id}`: it would answer without knowing"
    yield Problem("never-open", window.place, what, "", "look at what its conditions read")


# --- what cannot be shown -----------------------------------------------------------------


def left_open_on_purpose(knowledge: Knowledge, criterion: Criterion) -> bool:
    """Whether a condition rests on "no rule settles this", so that it may never say no, or yes."""
    graph = knowledge.graph
    return any(
        isinstance(node, Agree)
        and {part.holds for part in node.parts if isinstance(part, Constant)} == {True, False}
        for node in (graph.nodes[number] for number in graph.below([criterion.node]))
    )


def _impossible(
    option: Option, window: Window, why: Contradiction, knowledge: Knowledge
) -> Problem:
    if why.gave_up:
        what = f"nobody was found whom `{option.id}` fits, and it is not shown that nobody can"
        return Problem("not-shown", window.place, what, "", "look at its conditions", "warning")
    against = [window.criteria[place] for place in why.together]
    together = _words(against)
    if any(left_open_on_purpose(knowledge, each) for each in against):
        what = f"nobody can match `{option.id}` for certain: {together} leaves it open on purpose"
        advice = "leave it if no record can settle it"
        return Problem("never-certain", window.place, what, "", advice, "warning")
    what = f"nobody can match `{option.id}`: these contradict each other: {together}"
    return Problem("impossible", window.place, what, "", "read the label again")


def _never_alone(
    option: Option, window: Window, criterion: Criterion, why: Contradiction
) -> Problem:
    at = window.criteria.index(criterion)
    others = [window.criteria[place] for place in why.together if place != at]
    if why.gave_up:
        what = f"nobody was found who misses `{option.id}` by this condition alone"
        return Problem("not-shown", criterion.place, what, "", "look at the others", "warning")
    what = "nobody misses by this condition alone"
    reason = f"It follows from {_words(others)}" if others else "It holds of everybody"
    advice = "leave it if the label says both"
    return Problem("never-decides", criterion.place, what, reason, advice, "warning")


def _words(criteria: Sequence[Criterion]) -> str:
    from fingerpost.options.cases import flat

    return " and ".join(f"`{flat(each.when)}`" for each in criteria)


# --- overlaps -----------------------------------------------------------------------------


def overlaps(inventor: Inventor) -> Iterator[Overlap]:
    """Options of one drug and authority, in force together, that one person fits both."""
    knowledge = inventor.knowledge
    on = knowledge.about.version_day
    for first, second in combinations(knowledge.options.values(), 2):
        if (first.authority, first.drug) != (second.authority, second.drug):
            continue
        windows = (window_on(first, on), window_on(second, on))
        if None in windows:
            continue
        wanted = [(window.together, _YES) for window in windows if window is not None]
        found = inventor.find(wanted, on, explain=False)
        if isinstance(found, Person):
            yield Overlap(first.id, second.id, found)
