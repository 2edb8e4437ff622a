"""Whether cancer reached the edge of what was removed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fingerpost.record.dictionaries import Dictionaries
from fingerpost.record.pathology.anatomy.scope import AND_NOT_GROSS, PRELIMINARY, found
from fingerpost.record.pathology.report_text import ReportText, not_counting
from fingerpost.record.pathology.statement import Statement
from fingerpost.values import Choice

_MARGINS = r"(?:(?:all|surgical|resection|excision|final|inked|specimen|the|deep|new)[\s.]{1,2}){0,4}margins?(?: of (?:resection|excision))?(?:\(s\))?"
# Behind the colon there may be the blanks of a form.
_GAP = r"[\s:,-]{1,3} {0,40}"
_FREE = r"(?:free\b|negative|clear\b|uninvolved|not involved|without (?:tumou?r|carcinoma))"
_PATTERNS = {
    "negative": re.compile(
        rf"\b{_MARGINS}{_GAP}(?:(?:is|are|appear|status)[\s:]{{1,2}}){{0,2}}(?:all )?{_FREE}|\b(?:clear|negative|free|uninvolved) {_MARGINS}"
        rf"|\bno (?:tumou?r|carcinoma|malignancy) (?:at|in|on) (?:the )?{_MARGINS}"
    ),
    "positive": re.compile(
        rf"\b{_MARGINS}{_GAP}(?:(?:is|are|status)[\s:]{{1,2}}){{0,2}}(?:focally )?(?:positive|involved by|involved\b)"
        rf"|\b(?:tumou?r|carcinoma) (?:is )?(?:present|extends?|seen) (?:at|to|on) (?:the )?(?:\w+ ){{0,3}}margins?\b|\bpositive {_MARGINS}"
    ),
    "close": re.compile(
        rf"\b{_MARGINS}{_GAP}(?:(?:is|are)[\s:]{{1,2}})?close\b|\bclose {_MARGINS}"
    ),
}
_NOT = re.compile(r"\b(?:not|no|without|if|whether)\b[^.;:]{0,20}$")
# A printed choice, and what is said of carcinoma in situ alone.
_SCALE = re.compile(r"\s?/\s?(?:positive|negative|involved|free|uninvolved|close)\b")
_OF_IN_SITU = re.compile(
    r"(?:\s(?:of|for|by)|(?<=of|by))\s(?:the )?(?:residual )?(?:dcis|lcis|ductal carcinoma in|carcinoma in|in[\s-]situ)"
)


def read_margins(report: ReportText, dictionaries: Dictionaries) -> Iterator[Statement]:
    """Every margin that is said to be free, close or involved; each stays a finding of its own."""
    if "surgical_margins" not in dictionaries.reader.catalogue:
        return
    for value, pattern in _PATTERNS.items():
        for match in found(report, pattern, AND_NOT_GROSS):
            if _NOT.search(report.folded[max(0, match.start() - 30) : match.start()]):
                continue
            if _SCALE.match(report.chosen, match.end()):
                continue
            if value == "negative" and _OF_IN_SITU.match(report.folded, match.end()):
                continue
            known = Choice(frozenset({value}))
            statement = report.statement("surgical_margins", known, match.start(), match.end())
            if statement.section == "intraoperative":
                statement = not_counting(statement, PRELIMINARY)
            yield statement
