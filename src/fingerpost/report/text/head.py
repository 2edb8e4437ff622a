"""What every text report begins and ends with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from fingerpost.messages import gettext as _
from fingerpost.messages import marked
from fingerpost.report.option_said import sentence
from fingerpost.report.text.because import because_texts
from fingerpost.report.text.layout import day, full_stop, items, listed, section, wrap

if TYPE_CHECKING:
    from fingerpost.report.contract import KnowledgeSaid, MessageSaid, SubtypeSaid

_TITLES = {
    "fda": marked("approved by the US Food and Drug Administration (FDA)"),
    "ema": marked(
        "licensed in the European Union, on the advice of the European Medicines Agency (EMA)"
    ),
    "nice": marked("that NICE recommends for the NHS in England"),
    "guideline": marked("that guidelines describe and no single label"),
    "local": marked("of the hospital's own list"),
}
# What each authority is called at the head of a line, where several stand side by side.
AUTHORITIES = {
    "fda": marked("US (FDA)"),
    "ema": marked("EU (EMA)"),
    "nice": marked("England (NICE)"),
    "guideline": marked("Guidelines"),
    "local": marked("The hospital's own list"),
}
# Whose words a claim is, beside options of another authority.
_WHOSE = {
    "fda": marked("US label"),
    "ema": marked("EU label"),
    "nice": marked("NICE"),
    "guideline": marked("guideline"),
    "local": marked("the hospital's own rule"),
}
# What each authority's wording is called.
PAPERS = {
    "nice": marked("recommendation"),
    "guideline": marked("guideline"),
    "local": marked("hospital's rule"),
}
_ANSWERS = {"yes": marked("yes"), "no": marked("no"), "unknown": marked("unknown")}
# How a claim that is not verified is marked.
_MARKS = {"verified": "", "weak": marked("[weak source]"), "unverified": marked("[unverified]")}
STATE = {state: f" {mark}" if mark else "" for state, mark in _MARKS.items()}
_STATES = marked(
    "[weak source] was read in a second-hand place; [unverified] has not been looked up by anybody. "
    "What carries no mark was checked against its source."
)
_SUPPORTS = marked(
    "This is for research and education. It supports decisions; it does not make them."
)
CLOSING = marked(
    "This is decision support, not a decision. It compares a record with labels and cannot see what "
    "your team sees. Supportive care (relief of pain, sickness, tiredness and worry) is always a part of "
    "care, with or without any of these medicines."
)


def title_of(authority: str, on: str, about: str | None = None) -> str:
    """What the answer is about: whose options, and of which day."""
    whose = (
        _(_TITLES[authority])
        if authority in _TITLES
        else _("approved by %(authority)s", authority=authority.upper())
    )
    return _(
        "Fingerpost: %(about)s %(whose)s, as of %(day)s",
        about=about or _("breast cancer treatment options"),
        whose=whose,
        day=day(on),
    )


def answer_word(answer: str) -> str:
    """Yes, no or unknown in the reader's language.

    >>> answer_word("unknown")
    'unknown'
    """
    return _(_ANSWERS[answer])


def paper(authority: str) -> str:
    """What the authority's wording is called: a label, a recommendation, a guideline.

    >>> paper("fda"), paper("nice")
    ('label', 'recommendation')
    """
    return _(PAPERS[authority]) if authority in PAPERS else _("label")


def opening(title: str, knowledge: KnowledgeSaid) -> list[str]:
    """The title, the state of the knowledge, and what this is not."""
    checked = _(
        "Knowledge %(version)s, checked through %(day)s.",
        version=knowledge["version"],
        day=day(knowledge["verified_through"]),
    )
    if knowledge["day_after_verified"]:
        later = _("The day asked about is later: newer approvals or withdrawals may be missing.")
        checked = f"{checked} {later}"
    signed = _("No clinician has reviewed it yet.")
    if knowledge["reviewed_by"]:
        signed = _("Reviewed by %(names)s.", names=listed(knowledge["reviewed_by"]))
    local = knowledge["local_files"]
    on_top = _(
        "Files that are not the project's own are used as well: %(names)s.", names=listed(local)
    )
    lines = [*wrap(title), "", *wrap(checked, 2), *wrap(f"{_(_SUPPORTS)} {signed}", 2)]
    return [*lines, *(wrap(on_top, 2) if local else [])]


def cancer(subtype: SubtypeSaid) -> list[str]:
    """The kind of cancer, what it follows from, and what is missing."""
    because = because_texts(subtype["because"])
    lines = wrap(subtype["sentence"], 2)
    if because:
        lines += [*wrap(_("This follows from:"), 2), *items(because, 4)]
    open_ = [full_stop(sentence(text)) for text in subtype["not_known"]]
    return section(_("The cancer, from this record"), lines, *(wrap(text, 2) for text in open_))


def to_look_at(messages: Sequence[MessageSaid]) -> list[str]:
    """Contradictions first, then conclusions that were drawn."""
    warnings = [m for m in messages if m["severity"] == "warning"]
    others = [m for m in messages if m["severity"] != "warning"]
    return section(
        _("Worth a look in the record"),
        items([message_text(m) for m in [*warnings, *others]], 2),
    )


def message_text(message: MessageSaid) -> str:
    """What is odd, where, and what to do about it."""
    where = f" [{message['where']}]" if message["where"] else ""
    advice = f" {full_stop(sentence(message['try_this']))}" if message["try_this"] else ""
    what = sentence(message["what"])
    state = mark_of(message["state"])
    return f"{full_stop(what.rstrip('.') + where)}{advice}{state}"


def whose_mark(said_by: str, authority: str) -> str:
    """Whose claim it is, where that is another authority than the one that was asked.

    >>> whose_mark("fda", "ema"), whose_mark("any", "ema"), whose_mark("ema", "ema")
    (' (US label)', '', '')
    """
    whose = _WHOSE.get(said_by, said_by.upper())
    return "" if said_by in ("any", authority) else f" ({_(whose)})"


def mark_of(state: str | None) -> str:
    """The mark of a claim, in the reader's language; nothing where it is verified.

    >>> mark_of("weak"), mark_of("verified")
    (' [weak source]', '')
    """
    mark = _MARKS[state or "verified"]
    return f" {_(mark)}" if mark else ""


def states_legend(lines: Sequence[str]) -> list[str]:
    """What the marks of claims that are not verified mean, where one of them stands."""
    text = "\n".join(lines)
    used = any(mark_of(state) in text for state, mark in _MARKS.items() if mark)
    return ["", *wrap(_(_STATES))] if used else []


def closing() -> list[str]:
    """The last words of every report about a person."""
    return ["", *wrap(_(CLOSING))]
