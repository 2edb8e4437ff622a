"""What to look at in somebody's records before a visit, as a document of the public contract."""

from __future__ import annotations

from typing import TYPE_CHECKING

import fingerpost
from fingerpost.options.record_review import PaperFound, review_records
from fingerpost.report.documents import knowledge_said, messages_said, saying_of
from fingerpost.report.facts_said import finding_said
from fingerpost.report.subtype import subtype_said
from fingerpost.terms import Answer

if TYPE_CHECKING:
    from fingerpost.knowledge.model import Knowledge
    from fingerpost.options.model import Options
    from fingerpost.report.contract import MessageSaid, PaperSaid, ReviewDocument

# What cannot all be true; what is too old. Every other message stands below its own heading.
CONTRADICTIONS = frozenset({"contradicts", "samples_differ"})
OUT_OF_DATE = frozenset({"out_of_date", "negative_not_counted", "older_rules", "later_than_day"})


def review_document(options: Options) -> ReviewDocument:
    """Everything that `fingerpost record check` answers."""
    messages = messages_said(options.facts)
    contradictions = [m for m in messages if _contradicts(m)]
    out_of_date = [m for m in messages if m["code"] in OUT_OF_DATE]
    return {
        "ok": True,
        "fingerpost": fingerpost.__version__,
        "knowledge": knowledge_said(options),
        "on": options.on.isoformat(),
        "subtype": subtype_said(options, saying_of(options).reasons),
        "contradictions": contradictions,
        "out_of_date": out_of_date,
        "messages": [m for m in messages if m not in contradictions and m not in out_of_date],
        "papers": [_paper(each, options.knowledge) for each in review_records(options)],
    }


def _contradicts(message: MessageSaid) -> bool:
    """Whether two things cannot both be right: told by a rule of reading, or by a notice that says so."""
    notice = message["code"].startswith("notice:") and message["severity"] == "warning"
    return notice or message["code"] in CONTRADICTIONS


def _paper(found: PaperFound, knowledge: Knowledge) -> PaperSaid:
    paper = found.paper
    return {
        "id": paper.id,
        "text": paper.text,
        "matters": "yes" if found.matters is Answer.YES else "unknown",
        "holding": found.holding,
        "why": paper.why,
        "try_this": paper.try_this,
        "findings": [finding_said(each, knowledge.facts[each.fact]) for each in found.findings],
        "source": paper.source,
        "state": paper.state,
    }
