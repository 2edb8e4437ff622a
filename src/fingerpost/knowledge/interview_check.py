"""Whether the questions are whole: every name leads somewhere, and none comes at the place of another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

from fingerpost.criteria.problems import nearest
from fingerpost.errors import Problem

if TYPE_CHECKING:
    from fingerpost.knowledge.model import Knowledge


def questions_lead_somewhere(knowledge: Knowledge, _: dt.date) -> Iterator[Problem]:
    """Questions in a section, or about a fact, that nobody knows; facts without words to ask them."""
    following = knowledge.following
    for ask in following.interview.values():
        if ask.section not in following.sections:
            what = f"there is no section `{ask.section}`"
            yield Problem(
                "unknown-id", ask.place, what, "", nearest(ask.section, following.sections)
            )
        for name in (ask.fact, ask.coarser):
            if name is not None and name not in knowledge.facts:
                what = f"there is no fact `{name}`"
                yield Problem("unknown-id", ask.place, what, "", nearest(name, knowledge.facts))
        fact = knowledge.facts.get(ask.fact or "")
        if fact is not None and ask.title is None and fact.question is None:
            what = f"the fact `{fact.id}` has no question to ask"
            yield Problem(
                "missing-key", ask.place, what, "", "`question:` in its file, or `title:`"
            )


def questions_have_one_order(knowledge: Knowledge, _: dt.date) -> Iterator[Problem]:
    """Two questions with one place in the order: which comes first would be chance."""
    following = knowledge.following
    for several in (following.sections, following.interview, following.matters):
        taken: dict[int, str] = {}
        for each in several.values():
            if each.order in taken:
                what = f"`{each.id}` and `{taken[each.order]}` have the same order, {each.order}"
                yield Problem("same-order", each.place, what, "", "a number of its own")
            taken[each.order] = each.id
