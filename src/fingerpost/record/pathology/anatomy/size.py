"""How large the invasive tumor is: not the specimen, not carcinoma in situ, not a node, not a margin."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from fingerpost.record.dictionaries import Dictionaries
from fingerpost.record.pathology.anatomy.scope import (
    AND_NOT_GROSS,
    PRELIMINARY,
    found,
    nearest,
    sentence_after,
    sentence_before,
)
from fingerpost.record.pathology.anatomy.tumor_words import (
    EDGE,
    IN_SITU,
    INVASIVE,
    NODE,
    PIECE,
    TUMOR,
    is_after_medicine,
)
from fingerpost.record.pathology.anatomy.written_numbers import SIZE, largest_in_millimeters
from fingerpost.record.pathology.report_text import ReportText, not_counting
from fingerpost.record.pathology.statement import Statement
from fingerpost.values import Interval

_WHERE = r"(?:\s?\([^)]{0,60}\)|\s(?:of|in|for)\s(?:the\s)?[a-z ]{0,40}|\s(?:greatest|largest|maxim\w+) (?:dimension|diameter))?"
_HEADED = re.compile(
    rf"\b(?:(?:size|greatest dimension|largest dimension|maxim\w+ (?:dimension|diameter)) of (?:the )?(?:largest )?(?:invasive|tumou?r)[a-z ]{{0,30}}"
    rf"|(?:invasive )?(?:tumou?r|carcinoma|component) (?:size|diameter)|tumou?r (?:measures|measuring)"
    rf"|invasive (?:tumou?r|carcinoma|component)(?: size)?(?: measures| measuring|,? ?size|:))"
    rf"{_WHERE}[\s:=.,(-]{{0,5}}(?:(?:greatest|largest) (?:single )?(?:dimension|diameter)[^:.;\d>]{{0,50}}(?:(?:over|>|greater than) ?(?:0?.1 ?cm|1 ?mm))?[\s:]{{1,3}}|size\s|approximately |up to |at least |about |is ){{0,2}}[<>~\u2264\u2265]?=?\s?(?P<size>{SIZE})"
)
_IN_WORDS = re.compile(
    rf"\b(?:invasive|infil/?trati(?:ng|ve)|idc|ilc)\b(?P<between>[^.;]{{0,110}}?(?:\.\s?(?:\d[^.;]{{0,30}}?)?)?)(?<![\d.])(?P<size>{SIZE})"
)
# A line of its own below the invasive cancer: "Size: 34 mm".
_BARE = re.compile(rf"(?:^|(?<=\n)|(?<=[.;] ))[ *-]{{0,4}}size\s?[:=]\s?(?P<size>{SIZE})")
_FARTHEST = 200
_NEXT_ITEM = re.compile(r"\n\s{0,4}[-*\u2022]")
_ANOTHER_LUMP = re.compile(
    r"\b(?:fibroadenoma|papilloma|cyst|polyp|lipoma|hamartoma|lesion|nodule|mass|benign)s?\b"
)
_NO_SIZE = re.compile(
    r"\d\s?(?:cm|mm)|\b(?:mitos\w*|area|field|hpf|by|over|than|margins?|in[\s.-]{1,2}situ|dcis)\b|[<>]"
)
_FROM = re.compile(
    r"\s?:\s?\d|\s?(?:\(?\s?)?(?:from|of (?:the )?(?:\w+ )?margin|to (?:the )?(?:\w+ )?margin|away|fn\b|deep to|distal|lateral to|medial to)"
)
_NOT_ITS_OWN = re.compile(r"\bby\s?$|\d\s?(?:-|to)\s?$|\b(?:grade|score)[\s:]{0,3}$")
_NO_EXACT_SIZE = re.compile(
    r"\b(?:at least|minimum(?: of)?|up to|(?:less|more|greater|larger|smaller) than|over|under|approximately|approx\.?|circa|ca\.?|about|around|estimated(?: at)?)\s?$"
    r"|[<>~\u2264\u2265]=?\s?$"
)
# "Three foci of 12, 8 and 5 mm": the numbers before and the sizes after belong to it.
_LISTED_BEFORE = re.compile(
    r"(?<![\d.])(?:\d{1,3}(?:\.\d{1,2})?\s?(?:[cm]m)?(?:,\s|\s?&\s?|,?\sand\s)){1,8}$"
)
_FOCI = re.compile(r"\bfoci\b|\bmulti-?(?:focal|centric)\b|\btumou?rs\b|\blesions\b|\bmasses\b")
_LISTED_AFTER = re.compile(rf"(?:(?:,\s|\s?&\s?|,?\sand\s)(?:and\s)?{SIZE}){{1,8}}")
_CORE = re.compile(
    r"\bcores?\b(?! (?:biopsy )?site)|\bneedle\b(?![\s-]{1,2}(?:loc|wire|guid|direct))|\bvacuum|\bpunch\b"
)
_IN_A_CORE = re.compile(
    r"[\s,]{0,2}\(?(?:in|on|within) (?:the |one |a |this )?(?:\w+ )?(?:needle |biopsy )?cores?\b"
)
_OPERATED = re.compile(
    r"\b(?:\w*mastectomy|lumpectomy|segmentectomy|quadrantectomy|\w{0,2}excision|resection|tumorectomy)\b"
)
# What a report calls the whole size holds the carcinoma in situ as well; the invasive part decides.
_WHOLE = re.compile(r"\b(?:whole|total|overall|entire|combined)\W{0,3}$")
_WITH_IN_SITU = re.compile(r"dcis|in[\s.-]{1,2}situ")
_AFTER = "medicine was given before: it is not the size of the tumor at the beginning"
_SMALLER = "another tumor is larger, and that one counts"
_NOT_EXACT = "it is a limit or an estimate, not the size itself"
_OF_A_CORE = "a needle takes a part of the tumor, so it is at least this size"
_LIMIT = 300.0


def read_size(report: ReportText, dictionaries: Dictionaries) -> Iterator[Statement]:
    """Every size of an invasive tumor; the largest counts, the others are told."""
    said = {(each.start, each.end): each for each in _sizes(report)}
    # Where two patterns find one size, the longer stretch of words is shown.
    earliest: dict[int, int] = {}
    for start, end in said:
        earliest[end] = min(start, earliest.get(end, start))
    unique = [each for at, each in said.items() if earliest[at[1]] == at[0]]
    if is_after_medicine(report.folded):
        unique = [not_counting(each, _AFTER) for each in unique]
    largest: dict[str, float] = {}
    for each in unique:
        if each.counts:
            largest[_side(each)] = max(_high(each), largest.get(_side(each), 0.0))
    for each in unique:
        smaller = each.counts and _high(each) < largest[_side(each)]
        yield not_counting(each, _SMALLER) if smaller else each


def _side(statement: Statement) -> str:
    """The breast it is of, as the title of its part says: a tumor of each side stays one of its own."""
    named = re.search(r"\b(?:left|right)\b", (statement.site or "").lower())
    return named[0] if named else ""


def _high(statement: Statement) -> float:
    return statement.value.low if isinstance(statement.value, Interval) else 0.0


def _sizes(report: ReportText) -> Iterator[Statement]:
    for match in found(report, _HEADED, AND_NOT_GROSS):
        before = sentence_before(report, match.start())
        if _WHOLE.search(before) or _WITH_IN_SITU.search(match[0]):
            continue
        if nearest(before[-70:], TUMOR, IN_SITU, NODE, EDGE) not in (1, 2, 3):
            yield from _stated(report, match)
    for match in found(report, _BARE, AND_NOT_GROSS):
        above = report.folded[max(0, match.start() - _FARTHEST) : match.start()]
        if nearest(above, INVASIVE, IN_SITU, NODE, EDGE, PIECE, _ANOTHER_LUMP) == 0:
            yield from _stated(report, match)
    for match in found(report, _IN_WORDS, AND_NOT_GROSS):
        if _is_its_size(match["between"]):
            yield from _stated(report, match)


def _is_its_size(between: str) -> bool:
    """Whether nothing between the cancer and the size claims the size for itself."""
    others = [each.search(between) for each in (NODE, EDGE, PIECE)]
    return not any(others) and not _NO_SIZE.search(between)


def _stated(report: ReportText, match: re.Match[str]) -> Iterator[Statement]:
    start, end = match.span("size")
    behind = _NEXT_ITEM.split(sentence_after(report, end, 16))[0]
    if _FROM.match(report.folded, end) or EDGE.search(behind):
        return
    before = report.folded[max(0, start - 40) : start]
    largest, end = _largest_of_all(report, match, before)
    if largest is None or not 0 < largest <= _LIMIT or _NOT_ITS_OWN.search(before):
        return
    begin = match.start() if start - match.start() < 60 else start
    statement = report.statement("tumor_size", Interval(largest, largest), begin, end)
    why = _why_not(report, statement, before)
    yield replace(not_counting(statement, why) if why else statement, basis="pathologic")


def _largest_of_all(
    report: ReportText, match: re.Match[str], before: str
) -> tuple[float | None, int]:
    """The largest of the sizes that stand in a list, and where the list ends."""
    size, end = match["size"], match.end("size")
    largest = largest_in_millimeters(size)
    if largest is None or not _FOCI.search(match[0]):
        return largest, end
    listed = _LISTED_BEFORE.search(before)
    if listed:
        unit = "cm" if re.search(r"c(?:m|enti)[^\d]*$", size) else "mm"
        numbers = re.findall(r"\d+(?:\.\d+)?", listed[0])
        largest = max([largest, *(largest_in_millimeters(f"{n} {unit}") or 0.0 for n in numbers)])
    after = _LISTED_AFTER.match(report.folded, end)
    if after and not re.match(r"\s\w+ in[\s.-]situ|\s(?:of )?dcis", report.folded[after.end() :]):
        sizes = [largest_in_millimeters(each[0]) for each in re.finditer(SIZE, after[0])]
        largest, end = max([largest, *(each or 0.0 for each in sizes)]), after.end()
    return largest, end


def _why_not(report: ReportText, statement: Statement, before: str) -> str | None:
    """Why a size is told and does not count, if so."""
    if statement.section == "intraoperative":
        return PRELIMINARY
    if _NO_EXACT_SIZE.search(before):
        return _NOT_EXACT
    return _OF_A_CORE if _is_of_a_core(report, statement) else None


def _is_of_a_core(report: ReportText, statement: Statement) -> bool:
    before, after = (
        sentence_before(report, statement.start, 80),
        sentence_after(report, statement.end, 30),
    )
    near = nearest(before, _CORE, _OPERATED) == 0 or _IN_A_CORE.match(after) is not None
    return near or _only_cores(report.folded)


@lru_cache(maxsize=8)
def _only_cores(folded: str) -> bool:
    """Whether a report names a needle and no operation."""
    return _CORE.search(folded) is not None and _OPERATED.search(folded) is None
