"""How much is known, as a document and as text."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING

import fingerpost
from fingerpost.knowledge.as_of import window_on
from fingerpost.options.coverage import Covered, claims, covered
from fingerpost.report.documents import state_of
from fingerpost.report.text.head import opening
from fingerpost.report.text.layout import counted, day, section, wrap
from fingerpost.terms import Authority

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fingerpost.knowledge.model import Knowledge
    from fingerpost.report.contract import CoverageDocument, CoverageRow

STATES = ("verified", "weak", "unverified")
SUBTYPE_LABELS = {
    "hr_positive_her2_negative": "HR-positive, HER2-negative",
    "hr_positive_her2_positive": "HR-positive, HER2-positive",
    "hr_negative_her2_positive": "HR-negative, HER2-positive",
    "triple_negative": "triple-negative",
    "her2_low": "HER2-low",
}
_THINGS = ("options", "trials", "drugs", "tests", "cautions", "facts", "derived", "sources")


def coverage_document(knowledge: Knowledge, on: dt.date) -> CoverageDocument:
    """Everything that `fingerpost knowledge coverage` answers."""
    found = covered(knowledge, on)
    there = {option.authority for option in knowledge.options.values()}
    return {
        "ok": True,
        "fingerpost": fingerpost.__version__,
        "knowledge": state_of(knowledge, on),
        "on": on.isoformat(),
        "authorities": [
            _row(name, [each for each in found if each.option.authority == name], knowledge, on)
            for name in Authority
            if name in there
        ],
        "claims": {
            kind: {state: count[state] for state in STATES}
            for kind, count in sorted(claims(knowledge).items())
        },
        "things": {name: len(getattr(knowledge, name)) for name in _THINGS},
    }


def _row(
    authority: str, found: Sequence[Covered], knowledge: Knowledge, on: dt.date
) -> CoverageRow:
    own = [option for option in knowledge.options.values() if option.authority == authority]
    windows = [window_on(option, on) for option in own]
    return {
        "authority": authority,
        "uses": len(found),
        "not_given": sum(window is not None and not window.opens for window in windows),
        "past": sum(window is None for window in windows),
        "by_setting": dict(Counter(each.option.setting for each in found)),
        "by_subtype": dict(Counter(name for each in found for name in each.subtypes)),
        "by_state": {state: sum(each.state == state for each in found) for state in STATES},
    }


def coverage_text(document: CoverageDocument) -> str:
    """The coverage for people."""
    title = f"Fingerpost: what is known, as of {day(document['on'])}"
    lines = opening(title, document["knowledge"])
    for row in document["authorities"]:
        head = f"{row['authority'].upper()}: {counted(row['uses'], 'use')} in force"
        more = (
            f"{row['not_given']} not recommended or without guidance; {row['past']} over or not yet"
        )
        blocks = [
            wrap(f"Besides: {more}.", 2),
            wrap(f"By setting: {_counts(row['by_setting'])}.", 2, 4),
            wrap(f"Open to: {_counts(row['by_subtype'], SUBTYPE_LABELS)}.", 2, 4),
            wrap(f"Least checked claim: {_counts(row['by_state'])}.", 2, 4),
        ]
        lines += section(head, *blocks)
    lines += section("Claims by state (verified, weak, unverified)", _claims(document["claims"]))
    lines += section("In all", wrap(f"{_counts(document['things'])}.", 2))
    return "\n".join(lines) + "\n"


def _claims(claims_by_kind: Mapping[str, Mapping[str, int]]) -> list[str]:
    total: Counter[str] = Counter()
    lines: list[str] = []
    for kind, count in claims_by_kind.items():
        total.update(count)
        lines.append(f"  {kind.ljust(22)}{_three(count)}")
    return [*lines, f"  {'all'.ljust(22)}{_three(total)}"]


def _three(count: Mapping[str, int]) -> str:
    return "".join(str(count[state]).rjust(7) for state in STATES)


def _counts(count: Mapping[str, int], names: Mapping[str, str] | None = None) -> str:
    words = names or {}
    return ", ".join(
        f"{words.get(name, name.replace('_', ' '))} {number}" for name, number in count.items()
    )
