"""Figures of side effects in words: one denominator, the trial and the people named."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal

from fingerpost.messages import gettext as _
from fingerpost.messages import ngettext
from fingerpost.messages.phrases import number as digits
from fingerpost.report.evidence_said import unit_words
from fingerpost.report.text.layout import full_stop

if TYPE_CHECKING:
    from fingerpost.report.contract import EvidenceSaid
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
    whom = _arm_and_people(figure)
    return _("%(where)s: %(found)s.", where=_in_trial(figure["trial"], whom), found=_share(figure))


def _arm_and_people(figure: EffectFigureSaid) -> str:
    if not figure["people"]:
        return figure["arm"]
    return f"{figure['arm']}, {_people(figure['people'])}"


def _people(number: int) -> str:
    return ngettext("%(many)s person", "%(many)s people", number, many=digits(number, ","))


def _in_trial(trial: str, whom: str) -> str:
    """In which trial and of whom; several trials, or what was studied, are no name of a trial.

    >>> _in_trial("KEYNOTE-355", "x"), _in_trial("pooled trials of the label", "x")
    ('In the trial KEYNOTE-355 (x)', 'In trials (pooled trials of the label; x)')
    """
    if _is_named(trial):
        return _("In the trial %(trial)s (%(whom)s)", trial=trial, whom=whom)
    return _("In trials (%(trial)s; %(whom)s)", trial=trial, whom=whom)


def _is_named(trial: str) -> bool:
    return not re.search(r"\b[a-z]{2,}\b", trial)


def _share(figure: EffectFigureSaid) -> str:
    parts = []
    if figure["any_grade"] is not None:
        parts.append(of_hundred(figure["any_grade"]))
    severe = figure["severe"]
    if severe == 0:
        parts.append(_("severe in nobody"))
    elif severe is not None:
        parts.append(_("severe in %(how_many)s", how_many=of_hundred(severe)))
    return ", ".join(parts)


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


def found_words(evidence: EvidenceSaid) -> str:
    """What a trial found, without the shorthand of its report; that stands where this has no words.

    >>> figures = {"treated": 13.2, "compared": 8.1, "unit": "months", "at": None, "remark": None}
    >>> found_words({"figures": figures, "result": "13.2 v 8.1 months"})
    'For half of the people it was 13.2 months or more with it, and 8.1 months or more compared.'
    >>> found_words({"figures": figures | {"remark": "no difference"}, "result": ""})[-14:]
    'No difference.'
    """
    figures = evidence["figures"]
    if figures is None or figures["treated"] is None or figures["compared"] is None:
        return f"{evidence['result'] or ''}."
    treated, compared = digits(figures["treated"]), digits(figures["compared"])
    if figures["unit"] == "percent":
        found = _(
            "%(treated)s of 100 people with it, and %(compared)s of 100 compared.",
            treated=treated,
            compared=compared,
        )
    else:
        found = _(
            "For half of the people it was %(treated)s %(unit)s or more with it, and %(compared)s "
            "%(unit)s or more compared.",
            treated=treated,
            compared=compared,
            unit=unit_words(figures["unit"]),
        )
    if figures["at"]:
        found = _("At %(time)s: %(found)s", time=figures["at"], found=found)
    remark = figures["remark"]
    # That a difference may be chance matters to everybody; the number that says so, to few.
    if remark is None or remark.startswith("P="):
        return found
    return f"{found} {full_stop(remark[:1].upper() + remark[1:])}"


def hazard_words(said: Iterable[str]) -> str:
    """What a hazard ratio is, for a list of results that names one; else nothing.

    >>> hazard_words(["hazard ratio 0.79 (0.70-0.90)"])[:14], hazard_words(["8 months"])
    ('A hazard ratio', '')
    """
    name = _("hazard ratio %(ratio)s", ratio="").strip()
    if not any(name in each.lower() for each in said):
        return ""
    return _(
        "A hazard ratio compares how often something happened in two groups over time. Under 1: less "
        "often with the treatment. 1: no difference. Over 1: more often."
    )


def measured_words(evidence: EvidenceSaid) -> str:
    """What the numbers of a trial's table are.

    >>> figures = {
    ...     "unit": "months",
    ...     "at": None,
    ...     "treated_interval": [11.4, 15.2],
    ...     "compared_interval": None,
    ... }
    >>> measured_words({"figures": figures, "endpoint": "overall survival"})
    'overall survival: so long or longer for half of the people (in brackets: 95 % interval)'
    """
    figures = evidence["figures"]
    if figures is None:
        return evidence["endpoint"] or ""
    what = _("so long or longer for half of the people")
    if figures["unit"] == "percent":
        what = _("of 100 people")
    if figures["at"]:
        what = _("%(what)s, at %(time)s", what=what, time=figures["at"])
    if figures["treated_interval"] or figures["compared_interval"]:
        what = _("%(what)s (in brackets: 95 %% interval)", what=what)
    return _("%(endpoint)s: %(what)s", endpoint=evidence["endpoint"], what=what)


def group_words(evidence: EvidenceSaid, group: Literal["treated", "compared"]) -> str:
    """What was measured in one group of a trial, with its interval.

    >>> figures = {"unit": "months", "treated": 13.2, "treated_interval": [11.4, 15.2]}
    >>> group_words({"figures": figures}, "treated")
    '13.2 months (11.4 to 15.2)'
    """
    figures = evidence["figures"]
    value = None if figures is None else figures[group]
    if figures is None or value is None:
        return _("not known")
    unit = "" if figures["unit"] == "percent" else f" {unit_words(figures['unit'])}"
    interval = figures["treated_interval" if group == "treated" else "compared_interval"]
    if interval is None:
        return f"{value:g}{unit}"
    low, high = (f"{end:g}" for end in interval)
    return _("%(value)s (%(low)s to %(high)s)", value=f"{value:g}{unit}", low=low, high=high)
