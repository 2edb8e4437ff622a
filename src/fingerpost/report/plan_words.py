"""Sentences that a plan says alike in text and on its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fingerpost.messages import gettext as _
from fingerpost.messages import kept
from fingerpost.report.plan_sources import marks_of, weakest
from fingerpost.report.text.head import mark_of, whose_mark

if TYPE_CHECKING:
    from fingerpost.report.contract import CautionSaid
    from fingerpost.report.plan_contract import (
        CheckReasonSaid,
        EffectSaid,
        EffectSourceSaid,
        LaterSaid,
        PlanDocument,
        PlanExplainerSaid,
    )


def wording_words(document: PlanDocument) -> str:
    """Where the option stands, for whoever wants to read it there; only for professionals."""
    option, mark = document["option"], marks_of(document)
    if document["audience"] == "patient":
        return ""
    where = _("Its wording%(mark)s.", mark=mark(option))
    if option["section"] is None:
        return where
    return _(
        "Its wording: section %(section)s%(mark)s.", section=option["section"], mark=mark(option)
    )


def caution_words(caution: CautionSaid, document: PlanDocument) -> str:
    """A caution, whose it is where that is another authority, and its source.

    For how long contraception is needed carries the name of its source for patients, too: labels differ.
    """
    whose = whose_mark(caution["authority"], document["authority"])
    source = document["sources"].get(caution["source"] or "")
    mark = marks_of(document)(caution)
    # Its source may say the same of itself.
    said = f"{caution['text']}{whose}{mark.removeprefix(whose)}"
    if caution["tells"] is None or source is None or document["audience"] == "professional":
        return said
    title = _("From: %(title)s.", title=kept(source["title"]))
    return f"{said} {title}"


def explainer_words(explainer: PlanExplainerSaid) -> str:
    """What an explanation is called, and how to have it."""
    command = f"fingerpost explain {explainer['id']}"
    return _("%(title)s: %(command)s", title=explainer["title"], command=command)


def effect_claims(effect: EffectSaid) -> list[EffectSourceSaid]:
    """Who says that an effect is as common as is told: the best checked, because one is enough to say it."""
    same = [each for each in effect["by"] if each["how_common"] == effect["how_common"]]
    states = {each["state"] for each in same}
    best = next((s for s in ("verified", "weak") if s in states), "unverified")
    return [each for each in same if each["state"] == best]


def often_marked(effect: EffectSaid) -> str:
    """How common an effect is, with the mark of whoever says so."""
    return f"{effect['words']}{mark_of(weakest(effect_claims(effect)))}"


class WatchedCheck:
    """A check of the plan with all its reasons, and its times that have no day."""

    def __init__(self, label: str) -> None:
        """Nothing is known of it yet but its name."""
        self.label = label
        self.reasons: list[CheckReasonSaid] = []
        self.later: list[LaterSaid] = []


def watched(document: PlanDocument) -> list[WatchedCheck]:
    """Every check once, with each reason once, in the order of the days: the page of a professional."""
    found: dict[str, WatchedCheck] = {}
    for day in document["days"]:
        for check in day["checks"]:
            one = found.setdefault(check["id"], WatchedCheck(check["label"]))
            # Two medicines can share a reason that was written of both: it is told once.
            one.reasons += [why for why in check["why"] if why not in one.reasons]
    for later in document["later"]:
        found.setdefault(later["id"], WatchedCheck(later["label"])).later.append(later)
    return list(found.values())
