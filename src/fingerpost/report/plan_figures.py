"""Figures of side effects in words: one denominator, the trial and the people named."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fingerpost.report.contract import EvidenceSaid
    from fingerpost.report.plan_contract import EffectFigureSaid, EffectSaid


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
    return f"{_in_trial(figure['trial'], figure['arm'] + people)}: {share_words(figure)}."


def _in_trial(trial: str, whom: str) -> str:
    """In which trial and of whom; several trials, or what was studied, are no name of a trial.

    >>> _in_trial("KEYNOTE-355", "x"), _in_trial("pooled trials of the label", "x")
    ('In the trial KEYNOTE-355 (x)', 'In trials (pooled trials of the label; x)')
    """
    named = not re.search(r"\b[a-z]{2,}\b", trial)
    return f"In the trial {trial} ({whom})" if named else f"In trials ({trial}; {whom})"


def share_words(figure: EffectFigureSaid) -> str:
    """Only the shares of a figure; which trial and how many people has to stand beside them."""
    parts = []
    if figure["any_grade"] is not None:
        parts.append(of_hundred(figure["any_grade"]))
    severe = figure["severe"]
    if severe is not None:
        parts.append("severe in nobody" if severe == 0 else f"severe in {of_hundred(severe)}")
    return ", ".join(parts)


def only_arm(effects: Iterable[EffectSaid]) -> str | None:
    """Of whom all figures are, if they are all of one arm of one trial: then it is said once."""
    arms = {(f["trial"], f["arm"], f["people"]) for each in effects for f in each["figures"]}
    if len(arms) != 1:
        return None
    [(trial, arm, people)] = arms
    many = f"{people:,} people" if people else "the people"
    named = not re.search(r"\b[a-z]{2,}\b", trial)
    return f"{many} given {arm} in {'the trial' if named else 'trials:'} {trial}"


def of_hundred(percent: float) -> str:
    """A share as people of 100, never with more exactness than a reader can use.

    >>> of_hundred(70.4), of_hundred(0.4), of_hundred(0)
    ('about 70 in 100', 'fewer than 1 in 100', 'none')
    """
    if percent == 0:
        return "none"
    return "fewer than 1 in 100" if percent < 1 else f"about {percent:.0f} in 100"


def found_words(evidence: EvidenceSaid) -> str:
    """What a trial found, without the shorthand of its report; that stands where this has no words.

    >>> figures = {"treated": 13.2, "compared": 8.1, "unit": "months", "at": None}
    >>> found_words({"figures": figures, "result": "13.2 v 8.1 months"})
    'For half of the people it was 13.2 months or more with it, and 8.1 months or more compared.'
    """
    figures = evidence["figures"]
    if figures is None or figures["treated"] is None or figures["compared"] is None:
        return f"{evidence['result'] or ''}."
    treated, compared, unit = figures["treated"], figures["compared"], figures["unit"]
    when = f"At {figures['at']}: " if figures["at"] else ""
    if unit == "percent":
        return f"{when}{treated:g} of 100 people with it, and {compared:g} of 100 compared."
    return (
        f"{when}For half of the people it was {treated:g} {unit} or more with it, and {compared:g} "
        f"{unit} or more compared."
    )
