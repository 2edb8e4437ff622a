"""What the trials behind an option found, in words and as figures that can be drawn."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from fingerpost.messages import gettext as _
from fingerpost.messages import marked
from fingerpost.messages.phrases import folded, signed_digits

if TYPE_CHECKING:
    from fingerpost.knowledge.model import Figures, Knowledge, Option, Result, Trial
    from fingerpost.report.contract import EvidenceSaid, FiguresSaid


# A population that says by itself who the people are.
_ARE_PEOPLE = re.compile(r"((post|pre)menopausal )?(women|men|people)\b")
_UNITS = {"weeks": marked("weeks"), "months": marked("months"), "years": marked("years")}
# Two groups of a trial, the medicine's first.
_AGAINST = marked("%(first)s v %(last)s")


def evidence_said(option: Option, knowledge: Knowledge) -> list[EvidenceSaid]:
    """Every result of every trial that the option rests on."""
    trials = (knowledge.trials[name] for name in option.trials)
    return [said for trial in trials for said in trial_said(trial)]


def trial_said(trial: Trial) -> list[EvidenceSaid]:
    """Each thing that a trial found; a trial without results is named all the same."""
    if not trial.results:
        return [_said(trial, None)]
    return [_said(trial, result) for result in trial.results]


def _said(trial: Trial, result: Result | None) -> EvidenceSaid:
    figures = result.figures if result else None
    return {
        "trial": trial.name,
        "nct": trial.nct,
        "nct_state": trial.nct_state,
        "endpoint": result.endpoint if result else None,
        "population": _people(trial, result),
        "against": trial.against,
        "result": result_words(result) if result else None,
        "figures": None if figures is None else figures_said(figures),
        "source": (result.source if result else None) or trial.source,
        "state": result.state if result else trial.state,
    }


def _people(trial: Trial, result: Result | None) -> str | None:
    """Of whom a result is: the people of the trial, and which part of them or which comparison.

    What a result says of itself is often no people ("against chemotherapy", "after endocrine therapy")
    or only what sets a part of them apart, and alone it would not say who they are.
    """
    own = result.population if result else None
    if own is None or trial.population is None:
        return own or trial.population
    if _ARE_PEOPLE.match(own) or trial.population in own:
        return own
    return f"{trial.population}; {own}"


def figures_said(figures: Figures) -> FiguresSaid:
    """The figures as numbers."""
    return {
        "treated": figures.treated,
        "compared": figures.compared,
        "unit": figures.unit,
        "at": figures.at,
        "treated_interval": _pair(figures.treated_interval),
        "compared_interval": _pair(figures.compared_interval),
        "hazard_ratio": figures.hazard_ratio,
        "hazard_ratio_interval": _pair(figures.interval),
        "not_reached": figures.not_reached,
        "remark": figures.remark,
    }


def unit_words(unit: str | None) -> str:
    """A unit of time in the reader's language.

    >>> unit_words("months")
    'months'
    """
    return _(_UNITS[unit]) if unit in _UNITS else unit or ""


def _pair(interval: tuple[float, float] | None) -> list[float] | None:
    return None if interval is None else list(interval)


def result_words(result: Result) -> str:
    """A result in one line, the medicine's group first.

    Intervals in brackets are of 95 %.
    """
    if result.figures is None:
        return result.words or ""
    return ", ".join(_parts(result.figures))


def _parts(figures: Figures) -> Iterator[str]:
    if figures.treated is not None or figures.compared is not None:
        groups = [
            _group(figures, "treated", figures.treated, figures.treated_interval),
            _group(figures, "compared", figures.compared, figures.compared_interval),
        ]
        unit = "%" if figures.unit == "percent" else unit_words(figures.unit)
        found = f"{folded([each for each in groups if each], _AGAINST)} {unit}"
        yield _("at %(time)s %(found)s", time=figures.at, found=found) if figures.at else found
    if figures.hazard_ratio is not None:
        yield _(
            "hazard ratio %(ratio)s",
            ratio=f"{_ratio(figures.hazard_ratio)}{_interval(figures.interval, _ratio)}",
        )
    if figures.remark:
        yield figures.remark


def _group(
    figures: Figures, name: str, value: float | None, interval: tuple[float, float] | None
) -> str:
    if figures.not_reached in (name, "both"):
        return _("not reached")
    return "" if value is None else f"{_number(value)}{_interval(interval)}"


def _interval(
    interval: tuple[float, float] | None, write: Callable[[float], str] | None = None
) -> str:
    write = write or _number
    return f" ({write(interval[0])}-{write(interval[1])})" if interval else ""


def _number(value: float) -> str:
    """A number as it was written: 53.0 stays 53.0, because the digit was measured.

    >>> _number(1.7), _number(12), _number(53.0)
    ('1.7', '12', '53.0')
    """
    return signed_digits(str(value))


def _ratio(value: float) -> str:
    """A ratio, with at least the two places that it is always given with.

    >>> _ratio(0.5), _ratio(0.848), _ratio(1)
    ('0.50', '0.848', '1.00')
    """
    return signed_digits(max(f"{value:.2f}", str(value), key=len))
