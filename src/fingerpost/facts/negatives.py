"""When "not found" is no answer: a test from before the cancer grew, or of a sample that can miss it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from fingerpost.facts.treatments import Attributes
from fingerpost.knowledge.model import Fact
from fingerpost.messages import later, marked
from fingerpost.record.model import Finding, Message
from fingerpost.terms import AbsenceKind
from fingerpost.values import Absent, Choice, Days

_NEGATIVE = frozenset({"absent", "negative"})


def last_growth(treatments: Sequence[Attributes]) -> dt.date | None:
    """The last day on which a treatment ended because the cancer grew, as far as is recorded."""
    grew = Choice(frozenset({"yes"}))
    ends = [t.get("end") for t in treatments if t.get("progression") == grew]
    return max((end.first for end in ends if isinstance(end, Days) and end.first), default=None)


def counting(
    fact: Fact, findings: Sequence[Finding], grown: dt.date | None
) -> tuple[list[Finding], list[Message]]:
    """The findings, those that do not count made unknown again, and what to tell about them."""
    kept: list[Finding] = []
    messages: list[Message] = []
    for finding in findings:
        why = _why_not(fact, finding, grown)
        if why is None:
            kept.append(finding)
            continue
        kind, told = why
        kept.append(replace(finding, value=Absent(kind)))
        what = later(
            '%(label)s: "not found" is taken as not known, because %(why)s',
            label=fact.label,
            why=told,
        )
        where = ", ".join(finding.places)
        messages.append(
            Message(
                "negative_not_counted", where, what, marked("Ask whether to test again."), "warning"
            )
        )
    return kept, messages


def _why_not(fact: Fact, finding: Finding, grown: dt.date | None) -> tuple[AbsenceKind, str] | None:
    if not isinstance(finding.value, Choice) or not finding.value.possible <= _NEGATIVE:
        return None
    if fact.negative_not_from is not None and finding.specimen == fact.negative_not_from:
        return AbsenceKind.NOT_TESTED, marked("a blood test can miss it; tumor tissue can tell")
    day = finding.date.last if finding.date is not None else None
    if fact.negative_expires is not None and grown is not None and day is not None and day < grown:
        return AbsenceKind.STALE, marked(
            "the cancer has grown since that test, and can have changed"
        )
    return None
