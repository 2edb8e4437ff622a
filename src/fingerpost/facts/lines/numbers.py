"""Numbers of lines that the record gives, held against its days: where they disagree, neither is believed.

A record that calls a treatment of 2024 the second line and one of 2025 the first has one of the two wrong.
The days still tell what came before what; the numbers are taken as not known, and the owner is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations
from typing import TYPE_CHECKING

from fingerpost.facts.lines.regimen import Regimen, before_by_days, regimens
from fingerpost.messages import later, marked
from fingerpost.record.model import Message

if TYPE_CHECKING:
    from fingerpost.facts.treatments import Attributes
    from fingerpost.knowledge.model import Knowledge
    from fingerpost.record.model import Treatment


def without_wrong_numbers(
    treatments: Sequence[Treatment], said: Sequence[Attributes], knowledge: Knowledge
) -> list[Message]:
    """Take out the numbers that contradict the days, and tell of each pair."""
    numbered = [each for each in regimens(treatments, said, knowledge) if each.line and each.counts]
    pairs = [pair for pair in permutations(numbered, 2) if _disagree(*pair)]
    messages = [_told(*pair) for pair in pairs]
    for pair in pairs:
        for each in pair:
            said[each.number].pop("line", None)
    return messages


def _disagree(one: Regimen, other: Regimen) -> bool:
    """Whether one certainly came first by its days, and has the higher number of the same count."""
    if one.settings != other.settings or not one.line or not other.line:
        return False
    return one.line > other.line and before_by_days(one, other)


def _told(one: Regimen, other: Regimen) -> Message:
    what = later(
        "%(one)s is numbered line %(first)s and %(other)s line %(second)s, and by their days they came "
        "the other way round; the numbers were not used",
        one=one.name,
        first=f"{one.line:g}",
        other=other.name,
        second=f"{other.line:g}",
    )
    where = ", ".join((*one.treatment.places, *other.treatment.places))
    return Message("contradicts", where, what, marked("Correct the number or the days."), "warning")
