"""The lines of therapy of one person as a document, and the shapes of that document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, TypedDict

import fingerpost
from fingerpost.facts.lines.growth import events
from fingerpost.facts.lines.regimen import regimens
from fingerpost.facts.lines.summary import name_of
from fingerpost.report.contract import KnowledgeSaid, MessageSaid, Yes3
from fingerpost.report.documents import messages_said, state_of
from fingerpost.report.treatments import treatment_words
from fingerpost.values import Choice, Days, Value

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from fingerpost.facts.lines.growth import Event
    from fingerpost.facts.lines.model import Decision, Line
    from fingerpost.facts.lines.regimen import Regimen
    from fingerpost.facts.model import Facts
    from fingerpost.knowledge.model import Knowledge
    from fingerpost.values import Absent


class SpanSaid(TypedDict):
    """The days on which something may have been; null where one side is open."""

    first: str | None
    last: str | None


class DecisionSaid(TypedDict):
    """One thing that was decided about a treatment."""

    about: Annotated[
        Literal["new_line", "progression", "regimen"],
        "whether it began a new line; whether the cancer grew on it; whether it was a phase of a regimen",
    ]
    answer: Yes3
    rule: Annotated[str, "id of the rule; see the page of rules"]
    stated: Annotated[bool, "the record says so itself"]
    words: str


class LineTreatmentSaid(TypedDict):
    """One treatment of a line."""

    number: Annotated[int, "its place in the record, counted from 1"]
    name: str
    regimen: Annotated[str | None, "what these medicines are called together"]
    drugs: list[str]
    not_recognised: list[str]
    words: Annotated[str, "what it was for, when, and how it ended"]
    setting: Annotated[list[str], "the settings it may have had; empty if nothing is known"]
    start: SpanSaid | None
    end: SpanSaid | None
    ongoing: Yes3
    source: str
    decisions: list[DecisionSaid]


class LineSaid(TypedDict):
    """One line of therapy."""

    name: Annotated[str | None, "what all its medicines are called together"]
    setting: list[str]
    begins: Annotated[
        Yes3, "yes: a line of its own; unknown: it may also belong to the line before"
    ]
    number_low: Annotated[int | None, "the least number it can have in advanced disease"]
    number_high: Annotated[
        int | None, "the highest; null if earlier lines may be missing from the record"
    ]
    start: SpanSaid | None
    end: SpanSaid | None
    why_began: str
    why_ended: str
    treatments: list[LineTreatmentSaid]


class GrowthSaid(TypedDict):
    """A day on which the cancer was found to have grown."""

    days: SpanSaid
    words: str
    source: str


class LinesDocument(TypedDict):
    """The whole answer of `fingerpost record lines`."""

    ok: Literal[True]
    fingerpost: str
    knowledge: KnowledgeSaid
    on: str
    treatments_complete: Yes3
    lines: list[LineSaid]
    other_treatments: Annotated[
        list[LineTreatmentSaid],
        "what counts as no line: radiation, operations, supportive medicine",
    ]
    growth: list[GrowthSaid]
    messages: list[MessageSaid]


def lines_document(facts: Facts, knowledge: Knowledge, on: dt.date) -> LinesDocument:
    """Everything that `fingerpost record lines` answers."""
    seen = regimens(facts.treatments, facts.case.treatments, knowledge)
    decided = facts.lines.decisions
    placed = {number for line in facts.lines.lines for number in line.treatments}
    grown = events(facts.findings, knowledge.lines)
    return {
        "ok": True,
        "fingerpost": fingerpost.__version__,
        "knowledge": state_of(knowledge, on),
        "on": on.isoformat(),
        "treatments_complete": facts.case.treatments_complete.value,
        "lines": [_line(line, seen, decided, knowledge) for line in facts.lines.lines],
        "other_treatments": [
            _treatment(one, decided, knowledge) for one in seen if one.number not in placed
        ],
        "growth": [_growth(each) for each in grown],
        "messages": messages_said(facts),
    }


def _line(
    line: Line, seen: Sequence[Regimen], decided: Sequence[Decision], knowledge: Knowledge
) -> LineSaid:
    return {
        "name": line.name,
        "setting": list(line.settings),
        "begins": "yes" if line.certain else "unknown",
        "number_low": line.low,
        "number_high": line.high,
        "start": _span(line.start),
        "end": _span(line.end),
        "why_began": line.why_began,
        "why_ended": line.why_ended,
        "treatments": [_treatment(seen[number], decided, knowledge) for number in line.treatments],
    }


def _treatment(
    one: Regimen, decided: Sequence[Decision], knowledge: Knowledge
) -> LineTreatmentSaid:
    ongoing = one.flag("ongoing")
    return {
        "number": one.number + 1,
        "name": one.name,
        "regimen": name_of(one.drugs, (one,), knowledge.lines),
        "drugs": list(one.treatment.drugs),
        "not_recognised": list(one.treatment.unresolved),
        "words": treatment_words(one.said),
        "setting": _setting(one.said),
        "start": _span(one.start),
        "end": None if ongoing == "yes" else _span(one.end),
        "ongoing": "yes" if ongoing == "yes" else "no" if ongoing == "no" else "unknown",
        "source": ", ".join(one.treatment.places),
        "decisions": [_decision(each) for each in decided if each.treatment == one.number],
    }


def _setting(said: Mapping[str, Value | Absent]) -> list[str]:
    setting = said.get("setting")
    return sorted(setting.possible) if isinstance(setting, Choice) else []


def _decision(decision: Decision) -> DecisionSaid:
    return {
        "about": decision.attribute,
        "answer": decision.answer,
        "rule": decision.rule,
        "stated": decision.stated,
        "words": decision.words,
    }


def _growth(event: Event) -> GrowthSaid:
    days = _span(event.days) or {"first": None, "last": None}
    return {"days": days, "words": event.words, "source": event.reference}


def _span(days: Days | None) -> SpanSaid | None:
    if days is None or (days.first is None and days.last is None):
        return None
    first, last = days.first, days.last
    return {
        "first": first.isoformat() if first else None,
        "last": last.isoformat() if last else None,
    }
