"""What a card says of an option at a glance: the same for every option, empty where it is not known.

Equal detail for each, so that no option looks better for saying less of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fingerpost.messages import gettext as _
from fingerpost.messages import marked, told
from fingerpost.report.plan_said import effect_said, given_said
from fingerpost.report.plan_words import often_marked
from fingerpost.report.spoken import spoken
from fingerpost.report.text.head import mark_of
from fingerpost.report.text.layout import full_stop
from fingerpost.web import found

if TYPE_CHECKING:
    from fingerpost.plan.model import Plan
    from fingerpost.report.option_said import Audience
    from fingerpost.report.plan_contract import CheckSaid, EffectSaid, GivenSaid, PlanDocument
    from fingerpost.web.exchange import Exchange

# What each authority's word on the same use is called, by its word.
_ELSEWHERE = {
    "fda": {
        "in force": marked("approved in the US, on its own conditions"),
        "withdrawn": marked("withdrawn in the US"),
    },
    "ema": {
        "in force": marked("approved in the EU, on its own conditions"),
        "withdrawn": marked("withdrawn in the EU"),
    },
    "nice": {
        "in force": marked("recommended by NICE, on its own conditions"),
        "not recommended": marked("not recommended by NICE"),
    },
}
_OFTEN = ("very_common", "common")
_MOST_COMMON = 3
_BY_MOUTH = "oral"
_MINUTES_OF_AN_HOUR = 60


@dataclass(frozen=True, slots=True)
class Glance:
    """How an option is given, what is common, one serious thing, the tests, and others' word on it."""

    given: Sequence[str]
    common: Sequence[str]
    serious: str
    tests: Sequence[str]
    elsewhere: Sequence[str]


def glance_of(exchange: Exchange, option: str) -> Glance:
    """What the card of an option says.

    Raises:
        NotThere: there is no such option.
    """
    return found.kept(exchange, f"glance {option}", lambda: _glance(exchange, option))


def _glance(exchange: Exchange, option: str) -> Glance:
    # The whole plan in words takes many times as long as what a card says of it.
    plan = spoken(found.planned(exchange, option))
    audience = found.audience_of(exchange)
    often = [each for each in plan.effects if each.how_common in _OFTEN]
    return Glance(
        [*_given(given_said(each, audience) for each in plan.drugs)],
        [_effect(effect_said(each, audience)) for each in often[:_MOST_COMMON]],
        _serious(plan, audience),
        list(dict.fromkeys(each.check.label for day in plan.days for each in day.checks)),
        elsewhere_words(found.elsewhere(exchange, option)),
    )


def _given(given: Iterable[GivenSaid]) -> Iterator[str]:
    for each in given:
        if each["plain"]:
            name = each["name"][:1].upper() + each["name"][1:]
            yield f"{name}: {full_stop(each['plain'])}{mark_of(each['state'])}"


def _effect(effect: EffectSaid) -> str:
    return f"{effect['plain']} ({often_marked(effect)})"


def _serious(plan: Plan, audience: Audience) -> str:
    """The label's strongest warning; where it has none, the most common of the serious effects.

    Where none is serious, the most common of those to call about.
    """
    for drug, boxed in plan.boxed[:1]:
        name = told(drug)
        return f"{name[:1].upper()}{name[1:]}: {boxed.text}{mark_of(boxed.state)}"
    for name in ("serious", "call_at_once"):
        for each in plan.effects:
            if getattr(each, name):
                return _effect(effect_said(each, audience))
    return ""


def elsewhere_words(words: Mapping[str, str]) -> Sequence[str]:
    """What other authorities say of the same use, in a few words each.

    >>> elsewhere_words({"ema": "in force", "nice": "not recommended"})
    ['approved in the EU, on its own conditions', 'not recommended by NICE']
    """
    return [
        _(said[words[authority]])
        for authority, said in _ELSEWHERE.items()
        if words.get(authority) in said
    ]


def seated_words(plan: PlanDocument, last_day: int) -> str:
    """The time in the chair up to a day; empty unless all of it is known.

    A sum without the medicines whose days or minutes nobody wrote down would make the option look
    easier than it is.
    """
    if all(each["how"] == _BY_MOUTH for each in plan["given"]):
        return _("none: taken at home")
    days = [day for day in plan["days"] if day["doses"] and day["day"] <= last_day]
    minutes = [day["minutes"] for day in days if day["minutes"] is not None]
    if plan["without_days"] or not days or len(minutes) < len(days):
        return ""
    hours = round(sum(most for _least, most in minutes) / _MINUTES_OF_AN_HOUR, 1)
    return _("up to about %(hours)s hours", hours=f"{hours:g}")


def checks_of(plan: PlanDocument) -> Sequence[CheckSaid]:
    """Every check of the plan once, with every reason for it of any day and how to prepare."""
    checks: dict[str, CheckSaid] = {}
    for day in plan["days"]:
        for check in day["checks"]:
            known = checks.get(check["id"], check)
            whys = [*known["why"], *(why for why in check["why"] if why not in known["why"])]
            checks[check["id"]] = {**known, "why": whys}
    return list(checks.values())
