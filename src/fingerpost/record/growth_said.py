"""Whether a treatment says that the cancer grew on it, or that it did not: from what it says of itself.

Both can be said at once, by one record or by two; then neither is an answer.
"""

from __future__ import annotations

from collections.abc import Mapping

from fingerpost.values import Absent, Choice, Value

_GREW = frozenset({"progression", "recurrence"})
_NO = Choice(frozenset({"no"}))

Attributes = Mapping[str, Value | Absent]


def says_grown(said: Attributes) -> bool:
    """Whether it ended because the cancer grew, or growth was the best that it did."""
    reason, response = said.get("end_reason"), said.get("best_response")
    ended = isinstance(reason, Choice) and reason.possible <= _GREW
    return ended or (isinstance(response, Choice) and response.known == "progression")


def says_not_grown(said: Attributes) -> bool:
    """Whether it is said that it did not grow, or the treatment ended for a reason that says so."""
    if isinstance(said.get("progression"), Choice):
        return said["progression"] == _NO
    reason = said.get("end_reason")
    return isinstance(reason, Choice) and reason.possible.isdisjoint(_GREW | {"other"})
