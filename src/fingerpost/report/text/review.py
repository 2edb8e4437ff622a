"""What to look at in somebody's records before a visit, as text for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from fingerpost.report.option_said import sentence
from fingerpost.report.text.head import STATE, cancer, closing, message_text, opening, states_legend
from fingerpost.report.text.layout import day, full_stop, items, partial_day, section, wrap

if TYPE_CHECKING:
    from fingerpost.report.contract import MessageSaid, PaperSaid, ReviewDocument

_NOTHING = (
    "Nothing was found that contradicts, is too old, or is missing. That says only that these "
    "records hold what is looked for here; your team may need more."
)
_MISSING = "Not in these records. It may well have been tested; then the report is what is missing."
_TEST_NOW = "Ask your team whether to test it now."
_REASONS = {
    "in_part": "not all of it is in these records",
    "out_of_date": "too old to rely on, or of a day that is not known",
    "not_tested": "recorded as not tested",
    "not_known": "recorded as not known",
}


def review_text(document: ReviewDocument) -> str:
    """Contradictions, what is too old, what is awaited, what is missing, and what is there."""
    papers = document["papers"]
    title = f"Fingerpost: your records, before a visit, as of {day(document['on'])}"
    matters = [each for each in papers if each["matters"] == "yes"]
    parts = [
        *section("What does not fit together", _messages(document["contradictions"])),
        *section("What may be out of date", _messages(document["out_of_date"])),
        *section("What is awaited", items(map(_short, _of(papers, "awaited")))),
        *section("What to ask for", *_wanted(matters)),
        *section("What may matter, once more is known", items(map(_perhaps, _open(papers)))),
        *section("Also worth a look", _messages(document["messages"])),
    ]
    lines = [
        *opening(title, document["knowledge"]),
        *cancer(document["subtype"]),
        *(parts or section("What to ask for", wrap(_NOTHING, 2))),
        *section("What is there", items(map(_short, _of(papers, "there")))),
    ]
    return "\n".join([*lines, *states_legend(lines), *closing()]) + "\n"


def _messages(messages: Sequence[MessageSaid]) -> list[str]:
    return items(map(message_text, messages))


def _of(papers: Sequence[PaperSaid], holding: str) -> list[PaperSaid]:
    return [each for each in papers if each["holding"] == holding]


def _open(papers: Sequence[PaperSaid]) -> list[PaperSaid]:
    settled = ("there", "awaited")
    return [p for p in papers if p["matters"] == "unknown" and p["holding"] not in settled]


def _wanted(papers: Sequence[PaperSaid]) -> tuple[list[str], list[str]]:
    """What is missing, with why it matters and what to do; first those that nothing is said of."""
    missing = _of(papers, "missing")
    others = [each for each in papers if each["holding"] in _REASONS]
    intro = wrap(_MISSING, 2) if missing else []
    return [*intro, *items(map(_asked, missing))], items(map(_asked, others))


def _asked(paper: PaperSaid) -> str:
    reason = _REASONS.get(paper["holding"])
    state = f" ({reason})" if reason else ""
    advice = _TEST_NOW if paper["holding"] == "not_tested" else paper["try_this"]
    return f"{paper['text']}{state}. {full_stop(paper['why'])} {full_stop(advice)}{_origin(paper)}"


def _perhaps(paper: PaperSaid) -> str:
    return f"{paper['text']}. {full_stop(paper['why'])}{_origin(paper)}"


def _origin(paper: PaperSaid) -> str:
    """Where the claim was read, or that nobody has looked it up."""
    source = f" [{paper['source']}]" if paper["source"] else ""
    return f"{source}{STATE[paper['state']]}"


def _short(paper: PaperSaid) -> str:
    found = paper["findings"]
    days = [each["date"] for each in found if each["date"]]
    sources = list(dict.fromkeys(each["source"] for each in found))
    when = f", {partial_day(max(days)[:10])}" if days else ""
    where = f" [{', '.join(sources[:4])}{', ...' if len(sources) > 4 else ''}]" if sources else ""
    return sentence(f"{paper['text']}{when}{where}")
