"""Whether what is known of visits, side effects and symptoms is whole: every name leads somewhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

from fingerpost.criteria.problems import nearest
from fingerpost.errors import Problem

if TYPE_CHECKING:
    from fingerpost.knowledge.model import Knowledge


def effects_are_known(knowledge: Knowledge, _: dt.date) -> Iterator[Problem]:
    """Side effects of drugs that the list of effects does not explain."""
    known = knowledge.following.effects
    for side_effect in knowledge.following.side_effects.values():
        if side_effect.effect not in known:
            what = f"there is no effect `{side_effect.effect}`"
            advice = f"add it to effects.yaml, or {nearest(side_effect.effect, known)}"
            yield Problem("unknown-id", side_effect.place, what, "", advice)


def drugs_are_followed(knowledge: Knowledge, _: dt.date) -> Iterator[Problem]:
    """Medicines of options of which nobody could say how they are given, or what they do to a person."""
    following = knowledge.following
    named = {drug for option in knowledge.options.values() for drug in option.drugs}
    for drug in sorted(named & set(knowledge.drugs)):
        found = knowledge.drugs[drug]
        families = {drug, *found.classes, *found.components}
        families |= {c for part in found.components for c in knowledge.drugs[part].classes}
        for what, things in (
            ("how it is given", following.given),
            ("its side effects", following.side_effects),
        ):
            if not any(families & {*t.drugs, *t.classes} for t in things.values()):
                told = f"nothing says {what}"
                advice = "monitoring/<id>.yaml, side_effects/<id>.yaml"
                yield Problem("not-followed", found.place, told, "", advice, "warning")
