"""Figures of side effects in words: one denominator, the trial and the people named."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
    people = f", {figure['people']:,} people" if figure["people"] else ""
    parts = []
    if figure["any_grade"] is not None:
        parts.append(of_hundred(figure["any_grade"]))
    if figure["severe"] is not None:
        parts.append(f"severe in {of_hundred(figure['severe'])}")
    return f"In the trial {figure['trial']} ({figure['arm']}{people}): {', '.join(parts)}."


def of_hundred(percent: float) -> str:
    """A share as people of 100, never with more exactness than a reader can use.

    >>> of_hundred(70.4), of_hundred(0.4), of_hundred(0)
    ('about 70 in 100', 'fewer than 1 in 100', 'none')
    """
    if percent == 0:
        return "none"
    return "fewer than 1 in 100" if percent < 1 else f"about {percent:.0f} in 100"
