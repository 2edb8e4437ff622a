"""What medicine before the operation left behind: only where the report says so in so many words.

"No residual carcinoma" after a biopsy without medicine says nothing of a response, and a response in
the breast alone is none in the nodes: both are left open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from fingerpost.record.dictionaries import Dictionaries
from fingerpost.record.pathology.anatomy.scope import (
    AND_NOT_GROSS,
    found,
    negated,
    sentence_before,
)
from fingerpost.record.pathology.anatomy.stage import read_stage
from fingerpost.record.pathology.anatomy.tumor_words import is_after_medicine
from fingerpost.record.pathology.report_text import ReportText
from fingerpost.record.pathology.statement import Statement
from fingerpost.values import Choice

_COMPLETE = re.compile(
    r"\b(?:patholog\w+ complete|complete patholog\w+) (?:response|remission)\b|\bpcr\b(?=[^.;]{0,20}(?:achieved|yes|confirmed))"
)
# "Near complete", "the rate of complete response", "expected": none of them is one.
_NOT_COMPLETE_BEFORE = re.compile(
    r"\b(?:near|nearly|near-|almost|incomplete|partial|non|probability|chance|likelihood|odds|rates?|predict\w*|goal|aim|expected|achieve|if|possible|probable|likely|less than|criteria for|defined)\b[^.;]{0,30}$"
)
_NOT_COMPLETE_AFTER = re.compile(
    r"\s?(?:\([^)]{0,12}\))?[\s:,-]{0,3}(?:(?:is|was|were|has|had|have|been|could|can|be)\s){0,3}(?:not\b|no\b(?!\s(?:residual|evidence|tumou?r|carcinoma|invasive|viable|malignan\w+))|absent|none\b|negative"
    r"|expected|anticipated|pending|unlikely|rates?\b|defined|cannot|unknown|\?|(?:is |was |achieved |seen |present )?(?:in|of|within) (?:the )?(?:left |right )?(?:breast|nodes?|lymph|axilla))"
)
_BURDEN = re.compile(
    r"(?<!\bor )(?<!\bto )(?<!\bvs )(?<!/)\b(?:rcb|residual cancer burden)(?:[ ,]{1,2}(?:class|category|index|score|[\d.]+(?=[ ,]))){0,3}[\s:,(=-]{1,4} {0,40}(?:class |category |rcb[\s-]?)?(?P<class>0|iii|ii|i|[123])(?![\w.]\d|\.\d|\w|\s?(?:[-/]|or|to|vs\.?)\s?(?:rcb[\s-]?)?[0-3i])"
)
_LEFT = re.compile(
    r"\bresidual (?:invasive|infil/?trating)[\s\w-]{0,40}?(?:carcinoma|cancer|tumou?r|disease)\b"
)
_ABSENT = re.compile(
    r"[\s:,]{0,3}(?:is |are )?(?:not (?:identified|present|seen|found)|absent|none|negative)\b"
)
_LEFT_T = frozenset({"T1mi", "T1a", "T1b", "T1c", "T2", "T3", "T4a", "T4b", "T4c", "T4d"})
_LEFT_N = frozenset({"N1mi", "N1", "N2", "N3"})


def read_residual(report: ReportText, dictionaries: Dictionaries) -> Iterator[Statement]:
    """Whether invasive cancer was left, where medicine was given before the operation."""
    if not is_after_medicine(report.folded):
        return
    for match in found(report, _COMPLETE, AND_NOT_GROSS):
        if _is_complete(report, match):
            yield _said(report, "none", match.start(), match.end())
    for match in found(report, _BURDEN, AND_NOT_GROSS):
        yield _said(
            report, "none" if match["class"] == "0" else "present", match.start(), match.end()
        )
    for match in found(report, _LEFT, AND_NOT_GROSS):
        before = sentence_before(report, match.start())
        if not negated(before) and not _ABSENT.match(report.folded, match.end()):
            yield _said(report, "present", match.start(), match.end())
    yield from _from_categories(report, dictionaries)


def _is_complete(report: ReportText, match: re.Match[str]) -> bool:
    """Whether it says that there was a complete response, not how likely one is or that there was none."""
    before = sentence_before(report, match.start())
    # The other "PCR" is a method of laboratories.
    named = match[0] != "pcr" or report.text[match.start() : match.end()] == "pCR"
    turned = negated(before) or _NOT_COMPLETE_BEFORE.search(before)
    return named and not turned and not _NOT_COMPLETE_AFTER.match(report.folded, match.end())


def _said(report: ReportText, value: str, start: int, end: int) -> Statement:
    return report.statement("residual_disease", Choice(frozenset({value})), start, end)


def _from_categories(report: ReportText, dictionaries: Dictionaries) -> Iterator[Statement]:
    """ypT1 or ypN1 and above is cancer that was left; none was, only with ypT0 or ypTis and ypN0."""
    stated = [
        each
        for each in read_stage(report, dictionaries)
        if each.fact.startswith("yp_") and each.counts
    ]
    tumors = [
        each for each in stated if each.fact == "yp_t_category" and isinstance(each.value, Choice)
    ]
    nodes = [
        each for each in stated if each.fact == "yp_n_category" and isinstance(each.value, Choice)
    ]
    for each in (*tumors, *nodes):
        if isinstance(each.value, Choice) and each.value.possible <= _LEFT_T | _LEFT_N:
            yield _said(report, "present", each.start, each.end)
    if len(tumors) != 1 or len(nodes) != 1:
        return
    (tumor,), (node,) = tumors, nodes
    gone = isinstance(tumor.value, Choice) and tumor.value.possible <= {"T0", "Tis"}
    clear = (
        isinstance(node.value, Choice)
        and node.value.possible == {"N0"}
        and not re.search(r"i\s?\+|mol\s?\+", node.words.lower())
    )
    if gone and clear and 0 <= node.start - tumor.end < 60:
        yield _said(report, "none", tumor.start, node.end)
