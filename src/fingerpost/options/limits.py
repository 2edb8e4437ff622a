"""Limits that decide: numbers and distances of time, each shown by one person on both sides of it.

For each number that criteria compare with, a person is invented for whom an option's answer turns when
that number alone is otherwise. For each distance ("within 12 months"), one whose answer turns when a
single date moves by a day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise, product

from fingerpost.criteria.nodes import CompareDates, CompareNumber, FactTerm
from fingerpost.errors import Problem
from fingerpost.knowledge.as_of import shown_day
from fingerpost.knowledge.model import Fact, Knowledge, Option, Window
from fingerpost.options.people import Inventor, Person
from fingerpost.options.space import Turned
from fingerpost.terms import Answer

# Of the options that read a limit, how many are tried before it is said to decide none.
_MOST_TRIED = 4
_TURNS = (Answer.NO, Answer.UNKNOWN)
_ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Threshold:
    """A number that decides an option: below, at and above it, with the answer for each."""

    fact: str
    number: float
    option: str
    answers: Mapping[float, Answer]


@dataclass(frozen=True, slots=True)
class DayLimit:
    """A distance of time that decides an option to the day: the answer for two days that follow."""

    fact: str
    distance: str
    option: str
    answers: Mapping[dt.date, Answer]


Read = tuple[Option, Window]


def limits(inventor: Inventor) -> Iterator[Threshold | DayLimit | Problem]:
    """Every number and distance that options compare with, and an option that it decides."""
    knowledge = inventor.knowledge
    told: set[tuple[str, str]] = set()
    for number, windows in sorted(_readers(knowledge).items()):
        match knowledge.graph.nodes[number]:
            case CompareNumber(subject=FactTerm(name)) as node:
                yield _threshold(inventor, node, windows) or _decides_nothing(
                    node, knowledge.facts[name]
                )
            case CompareDates(offset=offset, unit=unit) as node if offset:
                for fact in _moved(node):
                    key = (fact, f"{abs(offset)} {unit}")
                    found = None if key in told else _day_limit(inventor, *key, windows)
                    if found is not None:
                        told.add(key)
                        yield found


def _readers(knowledge: Knowledge) -> dict[int, list[Read]]:
    """The wordings that read each node; the latest of each option only."""
    found: dict[int, list[Read]] = {}
    for option in knowledge.options.values():
        window = option.windows[-1]
        if not window.expected and window.criteria:
            for number in knowledge.graph.below([window.together]):
                found.setdefault(number, []).append((option, window))
    return found


# --- numbers ------------------------------------------------------------------------------


def _threshold(inventor: Inventor, node: CompareNumber, windows: list[Read]) -> Threshold | None:
    tries = product(_TURNS, windows[:_MOST_TRIED])
    shown_by = (_turned_by_number(inventor, node, *read, turns=turns) for turns, read in tries)
    return next(filter(None, shown_by), None)


def _turned_by_number(
    inventor: Inventor, node: CompareNumber, option: Option, window: Window, *, turns: Answer
) -> Threshold | None:
    """The option's answer below, at and above the number, for one person who is otherwise the same."""
    fact, number = node.subject.name, node.number
    on = shown_day(window, inventor.knowledge)
    # Counts and scores come as whole numbers only.
    number, step = (int(number), 1) if float(number).is_integer() else (number, 0.01)
    low, high = inventor.knowledge.facts[fact].range or (None, None)
    tried = [
        value
        for value in (number - step, number, number + step)
        if (low is None or value >= low) and (high is None or value <= high)
    ]
    root = window.together
    for yes, no in [*pairwise(tried), *((b, a) for a, b in pairwise(tried))]:
        turned = Turned(root, turns, fact, now=yes, other=no)
        person = inventor.find([(root, Answer.YES)], on, turned=turned, explain=False)
        if isinstance(person, Person):
            whole = inventor.knowledge.graph.nodes[root]
            answers = {v: inventor.answer(whole, _with(person, fact, v), on) for v in tried}
            if answers[no] is turns:
                return Threshold(fact, number, option.id, answers)
    return None


def _decides_nothing(node: CompareNumber, fact: Fact) -> Problem:
    what = f"`{fact.id} {node.operator} {node.number:g}` decides no option on its own"
    advice = "look whether another condition always goes with it"
    return Problem("threshold-never-decides", fact.place, what, "", advice, "warning")


# --- days ---------------------------------------------------------------------------------


def _moved(node: CompareDates) -> list[str]:
    """The dates of the person on either side, which can be moved by a day."""
    return [term.name for term in (node.left, node.right) if isinstance(term, FactTerm)]


def _day_limit(
    inventor: Inventor, fact: str, distance: str, windows: list[Read]
) -> DayLimit | None:
    for turns, (option, window), days in product(_TURNS, windows[:_MOST_TRIED], (1, -1)):
        on = shown_day(window, inventor.knowledge)
        root = window.together
        turned = Turned(root, turns, fact, days=days)
        person = inventor.find([(root, Answer.YES)], on, turned=turned, explain=False)
        if not isinstance(person, Person):
            continue
        day = dt.date.fromisoformat(str(person.record["facts"][fact]))
        whole = inventor.knowledge.graph.nodes[root]
        answers = {
            each: inventor.answer(whole, _with(person, fact, each.isoformat()), on)
            for each in sorted((day, day + days * _ONE_DAY))
        }
        if answers[day + days * _ONE_DAY] is turns:
            return DayLimit(fact, distance, option.id, answers)
    return None


def _with(person: Person, fact: str, value: object) -> dict[str, object]:
    return {**person.record, "facts": {**person.record["facts"], fact: value}}
