"""Figures of side effects in words: one denominator, the trial and the people named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fingerpost.report.messages import gettext as _
from fingerpost.report.messages import ngettext

if TYPE_CHECKING:
    from fingerpost.report.plan_contract import EffectFigureSaid


def figure_words(figure: EffectFigureSaid) -> str:
    """How many of 100 people had it, in which trial.

    >>> said = {
    ...     "drug": "x",
    ...     "trial": "T",
    ...     "arm": "x",
    ...     "people": 434,
    ...     "any_grade": 70.0,
    ...     "severe": 2.1,
    ...     "source": "s",
    ...     "state": "verified",
    ... }
    >>> figure_words(said)
    'In the trial T (x, 434 people): about 70 in 100, severe in about 2 in 100.'
    """
    arm = figure["arm"]
    if figure["people"]:
        many = f"{figure['people']:,}"
        people = ngettext("%(many)s person", "%(many)s people", figure["people"], many=many)
        arm = f"{arm}, {people}"
    parts = []
    if figure["any_grade"] is not None:
        parts.append(of_hundred(figure["any_grade"]))
    if figure["severe"] is not None:
        parts.append(_("severe in %(how_many)s", how_many=of_hundred(figure["severe"])))
    return _(
        "In the trial %(trial)s (%(arm)s): %(found)s.",
        trial=figure["trial"],
        arm=arm,
        found=", ".join(parts),
    )


def of_hundred(percent: float) -> str:
    """A share as people of 100, never with more exactness than a reader can use.

    >>> of_hundred(70.4), of_hundred(0.4), of_hundred(0)
    ('about 70 in 100', 'fewer than 1 in 100', 'none')
    """
    if percent == 0:
        return _("none")
    if percent < 1:
        return _("fewer than 1 in 100")
    return _("about %(share)s in 100", share=round(percent))
