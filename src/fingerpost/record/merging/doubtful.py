"""Treatments that may be one regimen told twice, and were left two: the owner is told of each."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import TYPE_CHECKING

from fingerpost.messages import later, marked
from fingerpost.record.merging.sameness import disagree
from fingerpost.record.merging.treatments import (
    classes_of,
    files_of,
    over_before,
    quarrels,
    same_medicines,
)
from fingerpost.record.model import Message, Treatment
from fingerpost.values import Days

if TYPE_CHECKING:
    from fingerpost.knowledge.model import Knowledge

# Entries that begin further apart than this are hardly one regimen told twice.
_NEAR_DAYS = 60
_ADVICE = marked(
    "if they are one, take one out of the merged form; as long as both stand, both are counted"
)


def doubtful(treatments: Sequence[Treatment], knowledge: Knowledge) -> list[Message]:
    """A message for each pair from different records that share medicines and a time."""
    return [
        _told(one, other, knowledge)
        for one, other in combinations(treatments, 2)
        if not files_of(one) & files_of(other)
        and _share_medicines(one, other, knowledge)
        and _near(one, other)
    ]


def _share_medicines(one: Treatment, other: Treatment, knowledge: Knowledge) -> bool:
    if same_medicines(one, other, knowledge) or set(one.drugs) & set(other.drugs):
        return True
    return any(
        not less.drugs and set(less.classes) & classes_of(more.drugs, knowledge)
        for less, more in ((one, other), (other, one))
    )


def _near(one: Treatment, other: Treatment) -> bool:
    """Whether the two may have been given at one time and for one purpose."""
    settings = one.attributes.get("setting"), other.attributes.get("setting")
    if settings[0] is not None and settings[1] is not None and disagree(settings[0], settings[1]):
        return False
    if over_before(one, other) or over_before(other, one):
        return False
    first, second = one.attributes.get("start"), other.attributes.get("start")
    if not isinstance(first, Days) or not isinstance(second, Days):
        return True
    return _days_between(first, second) <= _NEAR_DAYS


def _days_between(one: Days, other: Days) -> int:
    """How many days lie between two dates; none if they can be one day."""
    gaps = [
        (later.first - earlier.last).days
        for earlier, later in ((one, other), (other, one))
        if later.first is not None and earlier.last is not None
    ]
    return max([0, *gaps])


def _told(one: Treatment, other: Treatment, knowledge: Knowledge) -> Message:
    where = ", ".join(dict.fromkeys(s.place for each in (one, other) for s in each.sources))
    names = f"{_named(one, knowledge)}; {_named(other, knowledge)}"
    differing = quarrels(one, other)
    if same_medicines(one, other, knowledge) and differing:
        differ = ", ".join(name.replace("_", " ") for name in differing)
        what = later(
            "two records tell of the same medicines and differ in: %(differ)s (%(names)s)",
            differ=differ,
            names=names,
        )
        advice = later("ask which one is right; %(more)s", more=_ADVICE)
        return Message("contradicts", where, what, advice, "warning")
    what = later(
        "two treatments from different records may be one, told twice: %(names)s", names=names
    )
    return Message("treatments_overlap", where, what, _ADVICE, "warning")


def _named(treatment: Treatment, knowledge: Knowledge) -> str:
    known = [knowledge.drugs[d].name if d in knowledge.drugs else d for d in treatment.drugs]
    names = [*known, *treatment.unresolved, *treatment.classes]
    return " + ".join(name.replace("_", " ") for name in names) or "a treatment without a medicine"
