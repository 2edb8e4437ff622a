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
from fingerpost.record.pathology.anatomy.tumor_words import is_after_medicine
from fingerpost.record.pathology.report_text import ReportText, not_counting
from fingerpost.record.pathology.statement import Statement
from fingerpost.values import Absent, Choice

# The c of "T1cN0" belongs to the T, where T has such a part.
_PREFIX = r"(?:(?P<prefix>y\s?p|y\s?c|rp|[pr]|(?<!t1)(?<!t4)c)\s?)?"
_T = r"t\s?(?P<t>is|x|[0-4]|(?<=pt)o|[li](?=[abc]|mi))\s?(?P<ts>mic?|[a-d](?![a-z])|(?<=t[14])[a-d](?=(?:yp|[cp])?n\s?[0-3xo]))?(?P<tis>/\s?t?is)?"
_N = (
    r"n\s?(?P<n>x|[0-3o]|[li](?=[abc]|mi))\s?(?P<ns>mic?|[abc](?![a-z]))?"
    r"(?:\s?\((?:i[+-]|sn|mol[+-]|f)\)){0,3}"
)
_M = r"m\s?(?P<m>x|[01o])(?![a-z\d])"
# "mpT2" tells that there are several; categories may also be written without a blank between them.
_START = r"(?:(?<![a-z\d])m?|(?<=ajcc))"
_JOINED = r"(?:(?<![a-z\d])|(?<=ajcc)|(?<=[\da-dx)]))"
_TUMOR = re.compile(
    rf"{_START}{_PREFIX}{_T}(?:-t?(?P<upto>[1-4])(?![\d.]|\s?[cm]m))?(?!\s?[-/]\s?\d)(?!(?!(?:yp|[cp])n\s?[0-3xo])[a-fh-ko-z\d])"
)
_NODES = re.compile(rf"{_JOINED}{_PREFIX}{_N}(?![-/\d])")
_DISTANT = re.compile(rf"{_JOINED}{_PREFIX}{_M}")
_N_AFTER = re.compile(r"[\s,;.()]{0,4}(?:\([^)]{1,12}\)\s?,?\s?)?p?n\s?[0-3xo]")
_T_BEFORE = re.compile(
    r"(?:[cpy]|(?<![a-z]))t\s?(?:is|x|[0-4]|[li](?=[abc]))[abcd]?(?:mi)?[^.;a-z]{0,12}(?:m?,?\s)?$|\bpn?\s?[:)][^.;\w]{0,8}$"
)
_T_JUST_BEFORE = re.compile(r"t\s?(?:is|x|[0-4])(?:[abcd]|mi)?\s?(?:\([^)]{0,12}\))?[\s,;]{0,3}$")
# No letter stands before that N: "carcinoma" holds none.
_N_BEFORE = re.compile(
    r"(?:(?<![a-z])[cpry]{0,2}|(?<=t[0-4])[cp]?|(?<=t[14][abcd])[cp]?|(?<=mi|is)[cp]?)n\s?(?:x|[0-3]|o(?![a-z]))[^.;]{0,24}$|\bpm?\s?[:)][^.;]{0,8}$"
)
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
# "Grade 2 (T3 N2 M1)" are the parts of the grade: tubules, nuclei, mitoses; so is what has a P or M2.
_PARTS_OF_GRADE = re.compile(
    r"t\s?[1-3][\s,;+/]{0,3}(?:p\s?[1-3][\s,;+/]{0,3}m\s?[1-3]|n\s?[1-3][\s,;+/]{0,3}m\s?[23]|n\s?[1-3][\s,;+/]{0,3}m\s?1)(?!\d)"
)
_GRADE_BEFORE = re.compile(
    r"\b(?:grad(?:e|ing)|nhg|nottingham|elston|bloom|score)\b[^()\n;]{0,20}[(:=]\s?$"
)
_SUM_AFTER = re.compile(r"\s?\)?\s?=\s?[3-9]\b")
# An N without a letter of its own is told of the same operation as the T right before it.
_T_OF_SAME = re.compile(
    r"(?P<prefix>y\s?p|[cp])\s?t\s?(?:is|x|[0-4o])(?:[a-d]|mi)?(?:/\s?t?is)?(?P<apart>(?:\s?\([^)]{0,12}\))?[\s,;]{0,3})$"
)
_GONE = re.compile(r"\bt\s?(?:0|is)(?:[\s,(/)a-z]{0,8}n\s?[0-3x]\S{0,8})?$")
_PERHAPS_AFTER = "medicine was given before, and it may be what medicine left"
_NOT_SURE = re.compile(r"\b(?:at least|minimum|minimal|up to)[\s:]{0,2}$")
_UNSURE = "the report is not sure of it"
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
    # "pCR no" names no N, and "1.2 cm x 8 mm" no M.
    loose = " " in match[0].strip() and (axis == "m" or (axis == "n" and match["n"] == "o"))
    if prefix and not loose:
        return True
    if _is_part_of_grade(report.folded, match.start()):
        return False
    before = report.folded[max(0, match.start() - 40) : match.start()]
    if axis == "n" and match["n"] == "o":
        return _T_JUST_BEFORE.search(before) is not None
    if axis == "n":
        return (_T_BEFORE.search(before) or _T_OF_SAME.search(before)) is not None
    if axis == "m":
        return _N_BEFORE.search(before) is not None
    return _N_AFTER.match(report.folded, match.end()) is not None


def _is_part_of_grade(folded: str, place: int) -> bool:
    """Whether the letters there are the parts of a Nottingham grade and no stage.

    >>> _is_part_of_grade("grade 2 (t3 n2 m1)", 9), _is_part_of_grade("grade 2, t3 n2 m1", 9)
    (True, False)
    """
    for trio in _PARTS_OF_GRADE.finditer(folded, max(0, place - 20), place + 20):
        if trio.start() <= place < trio.end():
            could_be_stage = trio[0].endswith("1") and "n" in trio[0]
            return not could_be_stage or bool(
                _GRADE_BEFORE.search(folded[max(0, trio.start() - 40) : trio.start()])
                or _SUM_AFTER.match(folded, trio.end())
            )
    return False


def _prefix(report: ReportText, match: re.Match[str], axis: str) -> str:
    """The letters before a category; an N without any follows a ypT, or a T that it is glued to."""
    if match["prefix"] or axis != "n":
        return re.sub(r"\s", "", match["prefix"] or "")
    same = _T_OF_SAME.search(report.folded[max(0, match.start() - 30) : match.start()])
    prefix = re.sub(r"\s", "", same["prefix"]) if same else ""
    return prefix if same and (prefix == "yp" or not same["apart"]) else ""


def _category(
    report: ReportText, dictionaries: Dictionaries, match: re.Match[str], axis: str
) -> Iterator[Statement]:
    prefix = _prefix(report, match, axis)
    if prefix == "yc":
        return
    fact = f"yp_{axis}_category" if prefix == "yp" and axis != "m" else f"{axis}_category"
    said = dictionaries.reader.words.say(fact, _spelled(match, axis))
    if said is None:
        return
    values = said.values | _up_to(dictionaries, fact, match)
    values |= {"Tis"} if axis == "t" and match["tis"] else frozenset()
    value = Choice(values) if values else Absent(said.absent) if said.absent else None
    if value is None:
        return
    statement = report.statement(fact, value, match.start(), _end(match))
    basis = _BASES.get(prefix) or _said_basis(report, match.start())
    statement = replace(statement, basis=basis)
    why = _why_not(report, statement, prefix)
    yield not_counting(statement, why) if why else statement


def _up_to(dictionaries: Dictionaries, fact: str, match: re.Match[str]) -> frozenset[str]:
    """The other categories of a range: "pT2-3" may be T3."""
    upto = match.groupdict().get("upto")
    if upto is None or not match["t"].isdigit():
        return frozenset()
    numbers = range(int(match["t"]) + 1, int(upto) + 1)
    said = [dictionaries.reader.words.say(fact, f"t{number}") for number in numbers]
    return frozenset().union(*(each.values for each in said if each is not None))


def _why_not(report: ReportText, statement: Statement, prefix: str) -> str | None:
    """Why a category is told and does not count, if so."""
    if prefix in ("r", "rp"):
        return _OF_A_RETURN
    if statement.section == "intraoperative":
        return PRELIMINARY
    before = report.folded[max(0, statement.start - 12) : statement.start]
    # "After chemotherapy T0 N0" is what was left, though the y is missing.
    gone = _GONE.search(before + report.folded[statement.start : statement.end])
    if not prefix and gone and is_after_medicine(report.folded):
        return _PERHAPS_AFTER
    unsure = _NOT_SURE.search(before) or re.match(
        r"\s?\)?\s?(?:\?|vs\b|versus\b)", report.folded[statement.end :]
    )
    return _UNSURE if unsure else None


def _end(match: re.Match[str]) -> int:
    return match.start() + len(match[0].rstrip())


def _spelled(match: re.Match[str], axis: str) -> str:
    """The category as the catalogue spells it."""
    number = {"o": "0", "l": "1", "i": "1"}.get(match[axis], match[axis])
    part = (match[f"{axis}s"] or "") if axis != "m" else ""
    # In "cT1cN0" the second c may be that of the N.
    if (
        axis == "t"
        and part == "c"
        and match["prefix"] == "c"
        and match.string[match.end() :][:1] == "n"
    ):
        part = ""
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
