"""What every text report begins and ends with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from fingerpost.report.option_said import sentence
from fingerpost.report.text.because import because_texts
from fingerpost.report.text.layout import day, full_stop, items, listed, section, wrap

if TYPE_CHECKING:
    from fingerpost.report.contract import KnowledgeSaid, MessageSaid, SubtypeSaid

AUTHORITIES = {
    "fda": "the US Food and Drug Administration (FDA)",
    "ema": "the European Medicines Agency (EMA)",
    "nice": "NICE in England",
}
_SUPPORTS = "This is for research and education. It supports decisions; it does not make them."
CLOSING = (
    "This is decision support, not a decision. It compares a record with labels and cannot see what "
    "your team sees. Supportive care (relief of pain, sickness, tiredness and worry) is always a part of "
    "care, with or without any of these medicines."
)


def authority_name(authority: str) -> str:
    """The authority as people call it."""
    return AUTHORITIES.get(authority, authority.upper())


def opening(title: str, knowledge: KnowledgeSaid) -> list[str]:
    """The title, the state of the knowledge, and what this is not."""
    checked = (
        f"Knowledge {knowledge['version']}, checked through {day(knowledge['verified_through'])}."
    )
    if knowledge["day_after_verified"]:
        checked += " The day asked about is later: newer approvals or withdrawals may be missing."
    reviewed = knowledge["reviewed_by"]
    signed = f"Reviewed by {listed(reviewed)}." if reviewed else "No clinician has reviewed it yet."
    return [*wrap(title), "", *wrap(checked, 2), *wrap(f"{_SUPPORTS} {signed}", 2)]


def cancer(subtype: SubtypeSaid) -> list[str]:
    """The kind of cancer, what it follows from, and what is missing."""
    because = because_texts(subtype["because"])
    lines = wrap(subtype["sentence"], 2)
    if because:
        lines += [*wrap("This follows from:", 2), *items(because, 4)]
    open_ = [full_stop(sentence(text)) for text in subtype["not_known"]]
    return section("The cancer, from this record", lines, *(wrap(text, 2) for text in open_))


def to_look_at(messages: Sequence[MessageSaid]) -> list[str]:
    """Contradictions first, then conclusions that were drawn."""
    warnings = [m for m in messages if m["severity"] == "warning"]
    others = [m for m in messages if m["severity"] != "warning"]
    return section(
        "Worth a look in the record",
        items([_message(m) for m in [*warnings, *others]], 2),
    )


def _message(message: MessageSaid) -> str:
    where = f" [{message['where']}]" if message["where"] else ""
    advice = f" {full_stop(sentence(message['try_this']))}" if message["try_this"] else ""
    what = sentence(message["what"])
    return f"{full_stop(what.rstrip('.') + where)}{advice}"


def closing() -> list[str]:
    """The last words of every report about a person."""
    return ["", *wrap(CLOSING)]
