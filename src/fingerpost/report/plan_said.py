"""What follows an option, as a document of the public contract."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import fingerpost
from fingerpost.plan.make import applies
from fingerpost.report.documents import knowledge_said, saying_of
from fingerpost.report.option_said import Audience, option_said
from fingerpost.report.parts_said import parts_said, without_days_said
from fingerpost.report.subtype import subtype_said
from fingerpost.report.text.layout import listed
from fingerpost.terms import Answer

if TYPE_CHECKING:
    from fingerpost.knowledge.period import Period
    from fingerpost.knowledge.plan_model import After, Figure, Monitoring
    from fingerpost.options.model import Options
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
    )

HOW_COMMON = {
    "very_common": "more than 1 in 10 people",
    "common": "up to 1 in 10 people",
    "uncommon": "up to 1 in 100 people",
    "rare": "up to 1 in 1,000 people",
    "very_rare": "up to 1 in 10,000 people",
    "not_known": "how many people is not known",
}


def plan_document(
    plan: Plan, options: Options, *, audience: Audience = "professional"
) -> PlanDocument:
    """Everything that `fingerpost plan` answers.

    A patient is shown no doses, no thresholds and no figures that nobody verified; figures left out
    are counted.
    """
    saying = replace(saying_of(options), audience=audience)
    said = option_said(plan.answer, saying)
    effects = [_effect(each, audience) for each in plan.effects]
    shown = sum(len(each["figures"]) for each in effects)
    known = sum(len(entry.figures) for each in plan.effects for _, entry in each.by)
    return {
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
        },
        "start": None if plan.start is None else plan.start.isoformat(),
        "weeks": plan.weeks,
        "emergency": _emergency(options),
        "given": [_given(each, audience) for each in plan.drugs],
        "parts": parts_said(plan),
        "without_days": without_days_said(plan),
        "days": [_day(each, plan, options, audience) for each in plan.days],
        "later": [_later(each) for each in plan.later],
        "boxed": [
            {
                "drug": drug,
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
    }


def _emergency(options: Options) -> str:
    """What no team is called for first, with the number of the ambulance."""
    numbers = options.knowledge.following.emergency_numbers
    own = numbers.get(options.authority)
    known = numbers.values() if own is None else (own,)
    told = [f"{each.number} ({each.where})" for each in known]
    words = options.knowledge.following.levels.get("emergency_now")
    signs = "; ".join(words.signs) if words and words.signs else "an emergency"
    return f"Call {listed(told, 'or') or 'the ambulance'} now for: {signs}."


def _given(drug: PlannedDrug, audience: Audience) -> GivenSaid:
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
    neutral |= {"Hospital visit"} if day.doses else set()
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
        "why": [_reason(reason, plan, options, audience) for reason in each.reasons],
    }


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
    """The medicine of the plan that a reason is about; its family where that is what was written."""
    named = {drug.id: drug.name for drug in plan.drugs}
    own = [named[name] for name in (*reason.drugs, *reason.classes) if name in named]
    if own:
        return own[0]
    known = plan.knowledge
    names = [known.drugs[name].name for name in reason.drugs if name in known.drugs]
    names += [known.classes[name].label for name in reason.classes]
    return names[0]


def _later(later: LaterCheck) -> LaterSaid:
    after = later.reason.after
    text = {
        "as_indicated": "whenever the team sees a reason",
        "at_end": "when the treatment ends",
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
    return f"after the treatment every {span_words(after.every)}, for {span_words(after.lasts)}"


def span_words(span: Period) -> str:
    """A length of time in words.

    >>> from fingerpost.knowledge.period import Period
    >>> span_words(Period(1, "years")), span_words(Period(6, "months"))
    ('1 year', '6 months')
    """
    unit = span.unit.removesuffix("s") if span.amount == 1 else span.unit
    return f"{span.amount} {unit}"


def _effect(planned: PlannedEffect, audience: Audience) -> EffectSaid:
    effect = planned.effect
    return {
        "id": effect.id,
        "label": effect.label,
        "plain": effect.plain,
        "group": effect.group,
        "how_common": planned.how_common,  # type: ignore[typeddict-item]
        "words": HOW_COMMON[planned.how_common],
        "serious": planned.serious,
        "call_at_once": planned.call_at_once,
        "feels": effect.feels,
        "helps": [each.text for each in planned.helps],
        "by": [
            {
                "drug": drug,
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
        "drug": drug,
        "trial": figure.trial,
        "arm": figure.arm,
        "people": figure.people,
        "any_grade": figure.any_grade,
        "severe": figure.severe,
        "source": figure.source,
        "state": figure.state,
    }
