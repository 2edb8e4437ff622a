"""How much is known: uses by authority, setting and subtype, and claims by state."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from fingerpost.criteria.case import Case
from fingerpost.criteria.planes import Kernel
from fingerpost.knowledge.as_of import window_on
from fingerpost.knowledge.model import Knowledge, Option, Window
from fingerpost.options.rule_set import weakest
from fingerpost.values import Choice, Interval

# Somebody of each subtype of whom nothing else is known: a use that does not say no is open to them.
SUBTYPES: Mapping[str, Mapping[str, Choice | Interval]] = {
    "hr_positive_her2_negative": {
        "er_percent": Interval(90, 90),
        "her2_ihc": Choice(frozenset("0")),
    },
    "hr_positive_her2_positive": {
        "er_percent": Interval(90, 90),
        "her2_ihc": Choice(frozenset({"3+"})),
    },
    "hr_negative_her2_positive": {
        "er_percent": Interval(0, 0),
        "pr_percent": Interval(0, 0),
        "her2_ihc": Choice(frozenset({"3+"})),
    },
    "triple_negative": {
        "er_percent": Interval(0, 0),
        "pr_percent": Interval(0, 0),
        "her2_ihc": Choice(frozenset("0")),
    },
    "her2_low": {"her2_ihc": Choice(frozenset({"1+"}))},
}


@dataclass(frozen=True, slots=True)
class Covered:
    """One use in force: for which subtypes it does not say no, and its least checked claim."""

    option: Option
    window: Window
    subtypes: tuple[str, ...]
    state: str


def covered(knowledge: Knowledge, on: dt.date) -> tuple[Covered, ...]:
    """Every use in force on a day, of all authorities."""
    windows = ((o, window_on(o, on)) for o in knowledge.options.values())
    there = [(o, window) for o, window in windows if window is not None and window.opens]
    kernel = Kernel(knowledge.graph, [window.together for _, window in there])
    people = {name: kernel.evaluate(Case(on, facts)) for name, facts in SUBTYPES.items()}
    return tuple(
        Covered(
            option,
            window,
            tuple(name for name, planes in people.items() if not planes.is_no(window.together)),
            weakest(window),
        )
        for option, window in there
    )


def claims(knowledge: Knowledge) -> dict[str, Counter[str]]:
    """How many claims of each kind were verified, are weak, or unverified."""
    found: dict[str, Counter[str]] = {}
    for kind, state in _claims(knowledge):
        found.setdefault(kind, Counter())[state] += 1
    return found


_KINDS: Sequence[tuple[str, str]] = (
    *(("options", "options"), ("trials", "trials"), ("drugs", "medicines"), ("tests", "tests")),
    *(("cautions", "cautions"), ("facts", "facts"), ("derived", "derived facts")),
    *(("notices", "notices"), ("presumptions", "presumptions"), ("codes", "codes")),
    *(("papers", "papers to bring"), ("editions", "changes of rules"), ("compared", "comparisons")),
)
_STATES = frozenset(("state", "date_state", "nct_state"))
_NAMES = {
    "Criterion": "criteria",
    "Window": "days in force",
    "TrialLimit": "trial limits",
    "Result": "trial figures",
    "Trial": "trials",
    "Licence": "licences",
    "Code": "codes of medicines",
    "Assay": "assays",
    "Turnaround": "times of tests",
}


def _claims(knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    for name, kind in _KINDS:
        for thing in getattr(knowledge, name).values():
            yield from _within(thing, kind)


def _within(thing: object, kind: str) -> Iterator[tuple[str, str]]:
    if dataclasses.is_dataclass(thing) and not isinstance(thing, type):
        kind = _NAMES.get(type(thing).__name__, kind)
        values = {field.name: getattr(thing, field.name) for field in dataclasses.fields(thing)}
        for name in values.keys() & _STATES:
            if values[name] is not None:
                yield ("trial numbers" if name == "nct_state" else kind), values[name]
        parts = [value for name, value in values.items() if name not in ("when", *_STATES)]
    else:
        parts = list(thing.values()) if isinstance(thing, Mapping) else []
        parts += thing if isinstance(thing, tuple) else ()
    for part in parts:
        yield from _within(part, kind)
