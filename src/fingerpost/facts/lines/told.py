"""What the owner of a record is told of the decisions on lines."""

from __future__ import annotations

from collections.abc import Sequence

from fingerpost.facts.lines.model import Decision, Lines
from fingerpost.messages import marked
from fingerpost.record.model import Message, Treatment

# Decisions that say no more than the list of treatments does.
_PLAIN = frozenset({"first", "early_is_one_line", "setting_unknown", "order_unknown"})


def told_of(lines: Lines, treatments: Sequence[Treatment]) -> list[Message]:
    """A message for each thing that was concluded, and for what contradicts it."""
    return [
        _message(each, ", ".join(treatments[each.treatment].places))
        for each in lines.decisions
        if not each.stated and each.rule not in _PLAIN and _is_told(each)
    ]


def _is_told(decision: Decision) -> bool:
    return decision.answer != "unknown" or _contradicts(decision)


def _contradicts(decision: Decision) -> bool:
    return decision.attribute == "progression" or decision.rule == "contradiction"


def _message(decision: Decision, where: str) -> Message:
    if decision.answer == "unknown":
        advice = marked("Ask your team which one is right.")
        return Message("contradicts", where, decision.words, advice, "warning")
    return Message("inferred", where, decision.words, marked("Say so if it is otherwise."), "info")
