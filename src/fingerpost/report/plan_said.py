"""What follows an option, as a document of the public contract."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import fingerpost
from fingerpost.messages import gettext as _
from fingerpost.messages import marked, told
from fingerpost.messages.phrases import amount
from fingerpost.plan.explainers import explainers_of, families_of
from fingerpost.plan.make import applies
from fingerpost.report.documents import knowledge_said, saying_of
from fingerpost.report.option_said import Audience, Saying, option_said
from fingerpost.report.parts_said import parts_said, without_days_said
from fingerpost.report.plan_sources import sources_said
from fingerpost.report.spoken import spoken
from fingerpost.report.subtype import subtype_said
from fingerpost.report.symptoms_said import emergency_signs
from fingerpost.report.text.layout import listed
from fingerpost.terms import Answer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fingerpost.knowledge.period import Period
    from fingerpost.knowledge.plan_model import After, Figure, Monitoring, SideEffect
    from fingerpost.options.model import Options
    from fingerpost.plan.explainers import PlannedExplainer
    from fingerpost.plan.model import (
        LaterCheck,
        Plan,
        PlanDay,
        PlannedCheck,
        PlannedDrug,
        PlannedEffect,
    )
    from fingerpost.report.plan_contract import (
        CheckReasonSaid,
        CheckSaid,
        DaySaid,
        EffectFigureSaid,
        EffectSaid,
        GivenSaid,
        LaterSaid,
        PlanDocument,
        PlanExplainerSaid,
    )

HOW_COMMON = {
    "very_common": marked("more than 10 in 100 people"),
    "common": marked("up to 10 in 100 people"),
    "uncommon": marked("up to 1 in 100 people"),
    "rare": marked("up to 1 in 1,000 people"),
    "very_rare": marked("up to 1 in 10,000 people"),
    "not_known": marked("how many people is not known"),
}
_COMMON = tuple(HOW_COMMON)


def plan_document(
    plan: Plan,
    options: Options,
    *,
    audience: Audience = "professional",
    saying: Saying | None = None,
) -> PlanDocument:
    """Everything that `fingerpost plan` answers.

    A patient is shown no doses, no thresholds and no figures that nobody verified; figures left out
    are counted. Whoever asks for the plans of many options hands over one `saying` for all of them.
    """
    plan, options = spoken(plan), spoken(options)
    saying = saying or saying_of(options)
    if saying.audience != audience:
        saying = replace(saying, audience=audience)
    said = option_said(plan.answer, saying)
    effects = [effect_said(each, audience) for each in plan.effects]
    shown = sum(len(each["figures"]) for each in effects)
    known = sum(len(entry.figures) for each in plan.effects for _drug, entry in each.by)
    document: PlanDocument = {
        "ok": True,
        "fingerpost": fingerpost.__version__,
        "knowledge": knowledge_said(options),
        "on": options.on.isoformat(),
        "authority": options.authority,
        "audience": audience,
        "subtype": subtype_said(options, saying.reasons),
        "option": {
            "id": said["id"],
            "heading": said["heading"],
            "medicines": said["medicines"],
            "verdict": said["verdict"],
            "setting": said["setting"],
            "authority": said["authority"],
            "source": said["source"],
            "section": said["section"],
            "state": said["state"],
        },
        "start": None if plan.start is None else plan.start.isoformat(),
        "weeks": plan.weeks,
        "emergency": _emergency(options),
        "given": [given_said(each, audience) for each in plan.drugs],
        "parts": parts_said(plan),
        "without_days": without_days_said(plan),
        "days": [_day(each, plan, options, audience) for each in plan.days],
        "later": [_later(each) for each in plan.later],
        "boxed": [
            {
                "drug": told(drug),
                "text": each.text,
                "authority": each.authority,
                "source": each.source,
                "state": each.state,
            }
            for drug, each in plan.boxed
        ],
        "effects": effects,
        "figures_withheld": known - shown,
        "cautions": said["cautions"],
        "evidence": said["evidence"],
        "evidence_withheld": said["evidence_withheld"],
        "explainers": [_explainer(each, plan) for each in explainers_of(plan)],
        "sources": {},
    }
    document["sources"] = sources_said(document, plan.knowledge)
    return document


def _explainer(planned: PlannedExplainer, plan: Plan) -> PlanExplainerSaid:
    known = plan.knowledge
    names = [drug.name for drug in plan.drugs if drug.id in planned.drugs]
    names += [known.tests[test].label for test in planned.tests]
    return {
        "id": planned.explainer.id,
        "title": planned.explainer.title,
        "kind": planned.explainer.kind,
        "about": names,
        "state": planned.explainer.state,
    }


def _emergency(options: Options) -> str:
    """What no team is called for first, with the number of the ambulance."""
    numbers = options.knowledge.following.emergency_numbers
    own = numbers.get(options.authority)
    known = numbers.values() if own is None else (own,)
    numbered = [f"{each.number} ({each.where})" for each in known]
    found = emergency_signs(options.knowledge, options.authority, on=options.on)
    signs = "; ".join(found) or _("an emergency")
    number = listed(numbered, "or") or _("the ambulance")
    return _("Call %(number)s now for: %(signs)s.", number=number, signs=signs)


def given_said(drug: PlannedDrug, audience: Audience) -> GivenSaid:
    """A medicine of the plan and how it is given; a dose for professionals only."""
    given = drug.given
    return {
        "drug": drug.id,
        "name": drug.name,
        "part": drug.part,
        "one_of": list(drug.one_of),
        "how": given.how if given else None,
        "plain": given.plain if given else None,
        "dose": given.dose if given and audience == "professional" else None,
        "applies": "yes" if drug.answer is Answer.YES else "unknown",
        "others": [other.plain for other in drug.others],
        "source": given.source if given else None,
        "state": given.state if given else None,
    }


def _day(day: PlanDay, plan: Plan, options: Options, audience: Audience) -> DaySaid:
    neutral = {each.check.neutral for each in day.checks}
    neutral |= {_("Hospital visit")} if day.doses else set()
    minutes = day.minutes
    return {
        "day": day.number,
        "week": day.week,
        "date": None if day.date is None else day.date.isoformat(),
        "neutral": sorted(neutral),
        "doses": [
            {
                "drug": dose.drug.id,
                "name": dose.drug.name,
                "part": dose.drug.part,
                "cycle": dose.cycle,
                "cycles": dose.drug.given.cycles if dose.drug.given else None,
                "minutes": None if dose.minutes is None else list(dose.minutes),
            }
            for dose in day.doses
        ],
        "checks": [_check(each, plan, options, audience) for each in day.checks],
        "minutes": None if minutes is None else list(minutes),
    }


def _check(each: PlannedCheck, plan: Plan, options: Options, audience: Audience) -> CheckSaid:
    return {
        "id": each.check.id,
        "label": each.check.label,
        "plain": each.check.plain,
        "prepare": each.check.prepare,
        "wish": each.wish,
        "ahead": each.ahead,
        "why": _reasons(each, plan, options, audience),
    }


def _reasons(
    check: PlannedCheck, plan: Plan, options: Options, audience: Audience
) -> list[CheckReasonSaid]:
    """Every reason once, also where it was written of several medicines of the plan together."""
    found: list[CheckReasonSaid] = []
    for each in dict.fromkeys(reason.id for reason in check.reasons):
        reason = next(reason for reason in check.reasons if reason.id == each)
        found.append(_reason(reason, plan, options, audience))
    return found


def _reason(
    reason: Monitoring, plan: Plan, options: Options, audience: Audience
) -> CheckReasonSaid:
    holds = applies(reason.node, plan.answer, options)
    return {
        "drug": _whose(reason, plan),
        "purpose": reason.purpose,
        "gate": reason.gate if audience == "professional" else None,
        "applies": "yes" if holds is Answer.YES else "unknown",
        "note": reason.note if audience == "professional" else None,
        "source": reason.source,
        "state": reason.state,
    }


def _whose(reason: Monitoring, plan: Plan) -> str:
    """The medicine of the plan that a reason is about, also where the reason was written of its family."""
    about = {*reason.drugs, *reason.classes}
    named = next((drug for drug in plan.drugs if drug.id in about), None)
    named = named or next(d for d in plan.drugs if about & families_of(d.id, plan.knowledge))
    return named.name


def _later(later: LaterCheck) -> LaterSaid:
    after = later.reason.after
    text = {
        "as_indicated": _("whenever the team sees a reason"),
        "at_end": _("when the treatment ends"),
        "after": "" if after is None else _after(after),
    }[later.when]
    return {
        "id": later.check.id,
        "label": later.check.label,
        "when": later.when,
        "text": text,
        "purpose": later.reason.purpose,
        "source": later.reason.source,
        "state": later.reason.state,
    }


def _after(after: After) -> str:
    return _(
        "after the treatment every %(every)s, for %(lasts)s",
        every=span_words(after.every),
        lasts=span_words(after.lasts),
    )


def span_words(span: Period) -> str:
    """A length of time in words.

    >>> from fingerpost.knowledge.period import Period
    >>> span_words(Period(1, "years")), span_words(Period(6, "months"))
    ('1 year', '6 months')
    """
    return amount(span.amount, span.unit)


def commonest(entries: Iterable[SideEffect], audience: Audience) -> str | None:
    """How common the entries together say an effect is; None where a patient is told no number."""
    told = [
        entry.how_common
        for entry in entries
        if audience == "professional" or entry.state != "unverified"
    ]
    return min(told, key=_COMMON.index, default=None)


def often_words(how_common: str | None) -> str:
    """How common an effect is, in words.

    >>> often_words("common"), often_words(None)
    ('up to 10 in 100 people', 'how often is not verified yet')
    """
    return _("how often is not verified yet") if how_common is None else _(HOW_COMMON[how_common])


def effect_said(planned: PlannedEffect, audience: Audience) -> EffectSaid:
    """A side effect with how common it is; a patient is shown what was looked up only.

    How often, where nobody has looked it up for any of the medicines, is no number for a patient; of
    figures she is shown the verified ones.
    """
    effect = planned.effect
    common = commonest((entry for _drug, entry in planned.by), audience)
    return {
        "id": effect.id,
        "label": effect.label,
        "plain": effect.plain,
        "group": effect.group,
        "how_common": common or planned.how_common,  # type: ignore[typeddict-item]
        "words": often_words(common),
        "serious": planned.serious,
        "call_at_once": planned.call_at_once,
        "feels": effect.feels,
        "helps": [each.text for each in planned.helps],
        "by": [
            {
                "drug": told(drug),
                "how_common": entry.how_common,  # type: ignore[typeddict-item]
                "note": entry.note if audience == "professional" else None,
                "source": entry.source,
                "state": entry.state,
            }
            for drug, entry in planned.by
        ],
        "figures": [
            _figure(drug, figure)
            for drug, entry in planned.by
            for figure in entry.figures
            if audience == "professional" or figure.state == "verified"
        ],
    }


def _figure(drug: str, figure: Figure) -> EffectFigureSaid:
    return {
        "drug": told(drug),
        "trial": figure.trial,
        "arm": figure.arm,
        "people": figure.people,
        "any_grade": figure.any_grade,
        "severe": figure.severe,
        "source": figure.source,
        "state": figure.state,
    }
