"""The categories T, N and M and the stage group, as a report writes them.

"pT2 N1a MX", "pT1c NO (i-)", "T4b, N2a", "ypT0/is ypN0", "pT2LOVORO": a letter O is a zero, a small
L before a letter is a one. A list of all categories with what they mean is no result.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from fingerpost.record.dictionaries import Dictionaries
from fingerpost.record.model import Basis
from fingerpost.record.pathology.anatomy.scope import NO_RESULTS, PRELIMINARY, found
from fingerpost.record.pathology.report_text import ReportText, not_counting
from fingerpost.record.pathology.statement import Statement
from fingerpost.values import Absent, Choice

_PREFIX = r"(?:(?P<prefix>yp|yc|rp|[cpr])\s?)?"
_T = r"t\s?(?P<t>is|x|[0-4]|(?<=pt)o|[li](?=[abc]|mi))\s?(?P<ts>mic?|[a-d](?![a-z]))?(?P<tis>/\s?is)?"
_N = (
    r"n\s?(?P<n>x|[0-3o]|[li](?=[abc]|mi))\s?(?P<ns>mic?|[abc](?![a-z]))?"
    r"(?:\s?\((?:i[+-]|sn|mol[+-]|f)\)){0,3}"
)
_M = r"m\s?(?P<m>x|[01o])(?![a-z\d])"
# "mpT2" tells that there are several; categories may also be written without a blank between them.
_START = r"(?:(?<![a-z\d])m?|(?<=ajcc))"
_JOINED = r"(?:(?<![a-z\d])|(?<=ajcc)|(?<=[\da-dx)]))"
_TUMOR = re.compile(rf"{_START}{_PREFIX}{_T}(?!\s?[-/]\s?\d)(?![a-fh-ko-z\d])")
_NODES = re.compile(rf"{_JOINED}{_PREFIX}{_N}(?![-/\d])")
_DISTANT = re.compile(rf"{_JOINED}{_PREFIX}{_M}")
_N_AFTER = re.compile(r"[\s,;.()]{0,4}(?:\([^)]{1,12}\)\s?,?\s?)?p?n\s?[0-3xo]")
_T_BEFORE = re.compile(
    r"(?:[cpy]|(?<![a-z]))t\s?(?:is|x|[0-4]|[li](?=[abc]))[abcd]?(?:mi)?[^.;a-z]{0,12}(?:m?,?\s)?$|\bpn?\s?[:)][^.;\w]{0,8}$"
)
_T_JUST_BEFORE = re.compile(r"t\s?(?:is|x|[0-4])(?:[abcd]|mi)?\s?(?:\([^)]{0,12}\))?[\s,;]{0,3}$")
_N_BEFORE = re.compile(r"n\s?(?:x|[0-3o])[^.;]{0,24}$|\bpm?\s?[:)][^.;]{0,8}$")
_LEGEND = re.compile(
    r"p?t\s?(?:is|[0-4])[a-d]?\s?(?:[:=-]|\()\s?(?:tumou?r|invasion|>|<|no evidence)"
)
_GROUP = re.compile(
    r"\b(?P<kind>prognostic |anatomic |ajcc |pathologic(?:al)? |tumou?r |summary |overall |clinical )*"
    r"stage(?: ?group(?:ing)?)?\s?(?:\([^)]{0,30}\))?\s?[:=]?\s{0,2}(?:is |group(?:ing)? |stage )?"
    r"(?P<stage>0|iv|i{1,3}|[1-4])\s?(?P<part>[abc])?(?![\w+/]|\.\d|-\w)"
)
_GROUP_SAID = re.compile(
    r"ajcc|anatomic|prognostic|tumou?r |summary|grouping|stage group|:\s{0,2}(?:stage )?\w{1,5}$"
)
_PATHOLOGIC = re.compile(r"patholog\w+[^.;]{0,60}$|\(pt?n?m?\)[^.;]{0,20}$")
_CLINICAL = re.compile(r"\bclinical(?:ly)?\b[^.;]{0,40}$")
_BASES: dict[str, Basis] = {"c": "clinical", "p": "pathologic", "yp": "post_neoadjuvant"}
_OF_A_RETURN = "it is of a cancer that came back, not of the first tumor"


def read_stage(report: ReportText, dictionaries: Dictionaries) -> Iterator[Statement]:
    """Every T, N and M, with its basis, and the stage group."""
    yield from _categories(report, dictionaries, _TUMOR, "t")
    yield from _categories(report, dictionaries, _NODES, "n")
    yield from _categories(report, dictionaries, _DISTANT, "m")
    yield from _groups(report, dictionaries)


def _categories(
    report: ReportText, dictionaries: Dictionaries, pattern: re.Pattern[str], axis: str
) -> Iterator[Statement]:
    legend = len({match[0] for match in _LEGEND.finditer(report.folded)}) > 2
    for match in found(report, pattern, NO_RESULTS - {"clinical_history"}):
        prefix = match["prefix"] or ""
        if not _certain(report, match, axis, prefix) or (
            legend and axis == "t" and _is_legend(report, match)
        ):
            continue
        if report.section_at(match.start()).kind == "clinical_history" and prefix != "c":
            continue
        yield from _category(report, dictionaries, match, axis)


def _is_legend(report: ReportText, match: re.Match[str]) -> bool:
    return _LEGEND.match(report.folded, match.start()) is not None


def _certain(report: ReportText, match: re.Match[str], axis: str, prefix: str) -> bool:
    """Without a prefix, T counts only before N, N only after T, and M only after N."""
    if prefix:
        return True
    before = report.folded[max(0, match.start() - 40) : match.start()]
    if axis == "n" and match["n"] == "o":
        return _T_JUST_BEFORE.search(before) is not None
    if axis == "n":
        return _T_BEFORE.search(before) is not None
    if axis == "m":
        return _N_BEFORE.search(before) is not None
    return _N_AFTER.match(report.folded, match.end()) is not None


def _category(
    report: ReportText, dictionaries: Dictionaries, match: re.Match[str], axis: str
) -> Iterator[Statement]:
    prefix = match["prefix"] or ""
    if prefix == "yc":
        return
    fact = f"yp_{axis}_category" if prefix == "yp" and axis != "m" else f"{axis}_category"
    said = dictionaries.reader.words.say(fact, _spelled(match, axis))
    if said is None:
        return
    values = said.values | ({"Tis"} if axis == "t" and match["tis"] else frozenset())
    value = Choice(values) if values else Absent(said.absent) if said.absent else None
    if value is None:
        return
    statement = report.statement(fact, value, match.start(), _end(match))
    basis = _BASES.get(prefix) or _said_basis(report, match.start())
    statement = replace(statement, basis=basis)
    if prefix in ("r", "rp"):
        statement = not_counting(statement, _OF_A_RETURN)
    elif statement.section == "intraoperative":
        statement = not_counting(statement, PRELIMINARY)
    yield statement


def _end(match: re.Match[str]) -> int:
    return match.start() + len(match[0].rstrip())


def _spelled(match: re.Match[str], axis: str) -> str:
    """The category as the catalogue spells it."""
    number = {"o": "0", "l": "1", "i": "1"}.get(match[axis], match[axis])
    part = (match[f"{axis}s"] or "") if axis != "m" else ""
    return f"{axis}{number}{'mi' if part.startswith('mi') else part}"


def _said_basis(report: ReportText, place: int) -> Basis | None:
    before = report.folded[max(0, place - 80) : place]
    if _CLINICAL.search(before):
        return "clinical"
    return "pathologic" if _PATHOLOGIC.search(before) else None


def _groups(report: ReportText, dictionaries: Dictionaries) -> Iterator[Statement]:
    """The stage group, unless what is left after medicine is staged: that is another stage."""
    after_medicine = re.search(r"\byp\s?t", report.folded) is not None
    for match in found(report, _GROUP):
        near = report.folded[max(0, match.start() - 30) : match.end() + 20]
        if not (
            _GROUP_SAID.search(match[0])
            or re.search(r"\bp?t\s?[0-4x][abcd]?,?\s{0,2}p?n\s?[0-3x]", near)
        ):
            continue
        if re.match(
            r"[\s,]{1,2}(?:breast|node|disease|cancer|and|or|patients)",
            report.folded[match.end() :],
        ):
            continue
        fact = "prognostic_stage_reported" if "prognostic" in match[0] else "stage_reported"
        said = dictionaries.reader.words.say(fact, f"stage {match['stage']}{match['part'] or ''}")
        if said is None or not said.values:
            continue
        statement = report.statement(fact, Choice(said.values), match.start(), match.end())
        if after_medicine:
            statement = not_counting(
                statement, "it is the stage after medicine, not at the beginning"
            )
        yield statement
