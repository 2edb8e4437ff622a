"""What is known of the person, as the reports say it: base facts, what follows, treatments."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from fingerpost.dates import whole_units
from fingerpost.messages import gettext as _
from fingerpost.messages import marked, resaid
from fingerpost.messages.phrases import either, span
from fingerpost.report.reasons import Reasons
from fingerpost.report.treatments import treatments_said
from fingerpost.report.values import absence_of, iso_of, known_of, value_words
from fingerpost.terms import Answer
from fingerpost.values import Absent, Days

if TYPE_CHECKING:
    from fingerpost.criteria.planes import Slot
    from fingerpost.facts.model import Chosen, Facts
    from fingerpost.knowledge.model import DerivedFact, Fact
    from fingerpost.options.model import Options
    from fingerpost.record.model import Finding
    from fingerpost.report.contract import Because, DerivedSaid, FactSaid, FactsSaid, FindingSaid


def facts_said(options: Options, reasons: Reasons) -> FactsSaid:
    """Every fact with a finding, every derived fact, every treatment."""
    facts, knowledge = options.facts, options.knowledge
    return {
        "base": {
            name: fact_said(knowledge.facts[name], chosen)
            for name, chosen in facts.chosen.items()
            if chosen.findings or chosen.passed_over or not isinstance(chosen.value, Absent)
        },
        "derived": {
            name: _derived(fact, options, reasons) for name, fact in knowledge.derived.items()
        },
        "treatments": treatments_said(facts, knowledge),
        "treatments_complete": facts.case.treatments_complete.value,
    }


def fact_said(fact: Fact, chosen: Chosen) -> FactSaid:
    """One fact: its value, the findings that count and those that do not."""
    absence = absence_of(chosen.value)
    return {
        "label": fact.label,
        "value": known_of(chosen.value),
        "unit": fact.unit,
        "words": value_words(chosen.value, fact),
        "absence": absence.value if absence else None,
        "findings": [finding_said(each, fact) for each in chosen.findings],
        "passed_over": [finding_said(each, fact) for each in chosen.passed_over],
        "note": resaid(chosen.note) if chosen.note else chosen.note,
    }


def finding_said(finding: Finding, fact: Fact) -> FindingSaid:
    """One finding, with where it stood."""
    said: FindingSaid = {
        "value": value_words(finding.value, fact),
        "date": iso_of(finding.date),
        "site": finding.site,
        "specimen": finding.specimen,
        "basis": finding.basis,
        "words": finding.source.words,
        "source": finding.source.place,
        "presumed": finding.source.kind == "presumed",
    }
    if finding.also_in:
        said["also_in"] = [{"source": each.place, "words": each.words} for each in finding.also_in]
    return said


def _derived(fact: DerivedFact, options: Options, reasons: Reasons) -> DerivedSaid:
    answers = options.derived.get(fact.id, {})
    if fact.type == "elapsed":
        return _elapsed(fact, options.facts)
    value = _narrowest(fact, answers)
    return {
        "label": fact.label,
        "value": value,
        "words": _words(fact, value, answers),
        "answers": {name: answer.value for name, answer in answers.items()},
        "because": _because(fact, options, reasons, answers),
    }


def _narrowest(fact: DerivedFact, answers: Mapping[str, Answer]) -> str | None:
    """The value that says most among those that certainly hold: later ones are narrower."""
    if fact.type == "flag":
        answer = answers.get("yes", Answer.UNKNOWN)
        return None if answer is Answer.UNKNOWN else answer.value
    certain = [value for value in fact.values if answers.get(value) is Answer.YES]
    return certain[-1] if certain else None


def _words(fact: DerivedFact, value: str | None, answers: Mapping[str, Answer]) -> str:
    if fact.type == "flag":
        return _(_ANSWERS[value or "not known"])
    certain = [v for v in fact.values if answers.get(v) is Answer.YES]
    if certain:
        return "; ".join(fact.values[v].plain or v.replace("_", " ") for v in certain)
    still = [v for v in fact.values if answers.get(v) is Answer.UNKNOWN]
    if still and len(still) < len(fact.values):
        said = [fact.values[v].plain or v.replace("_", " ") for v in still]
        return _("not known; still possible: %(values)s", values=either(said))
    return _("not known") if still else _("none of its values")


_ANSWERS = {"yes": marked("yes"), "no": marked("no"), "not known": marked("not known")}


def _because(
    fact: DerivedFact, options: Options, reasons: Reasons, answers: Mapping[str, Answer]
) -> list[Because]:
    """From what certain values follow; else what keeps the others open."""
    certain = [v for v in fact.values if answers.get(v) is Answer.YES]
    wanted = certain or [v for v in fact.values if answers.get(v) is Answer.UNKNOWN]
    if fact.type == "flag":
        wanted = ["yes"]
    slots: dict[Slot, None] = {}
    for value in wanted:
        slots.update(dict.fromkeys(options.derived_reasons.get((fact.id, value), ())))
    if len(wanted) == 1:
        node = options.knowledge.graph.nodes[fact.values[wanted[0]].node]
        return reasons.because(slots, answers.get(wanted[0], Answer.UNKNOWN), node)
    return reasons.because(slots, Answer.YES if certain else Answer.UNKNOWN, None)


def _elapsed(fact: DerivedFact, facts: Facts) -> DerivedSaid:
    """The whole months or years between two days, as exactly as the days are known."""
    today = facts.case.today
    start = facts.case.facts.get(fact.start or "")
    end = Days(today, today) if fact.end == "today" else facts.case.facts.get(fact.end or "")
    words, value = _("not known"), None
    if isinstance(start, Days) and isinstance(end, Days) and _bounded(start) and _bounded(end):
        unit = fact.unit or "years"
        least = whole_units(start.last or today, end.first or today, unit)
        most = whole_units(start.first or today, end.last or today, unit)
        words = span(least, most, unit)
        value = str(least) if least == most else None
    return {"label": fact.label, "value": value, "words": words, "answers": {}, "because": []}


def _bounded(days: Days) -> bool:
    return days.first is not None and days.last is not None
