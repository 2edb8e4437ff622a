"""The histologic grade of the invasive cancer; the nuclear grade of carcinoma in situ is another."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fingerpost.record.dictionaries import Dictionaries
from fingerpost.record.pathology.anatomy.scope import (
    PRELIMINARY,
    found,
    nearest,
    negated,
    sentence_after,
    sentence_before,
)
from fingerpost.record.pathology.anatomy.tumor_words import IN_SITU, INVASIVE
from fingerpost.record.pathology.report_text import ReportText, not_counting
from fingerpost.record.pathology.statement import Statement
from fingerpost.terms import AbsenceKind
from fingerpost.values import Absent, Choice

_ONE = r"(?:iii|ii|il|i|[1-3])"
_OF_THREE = r"(?:\s{0,2}(?:/|\(?\s?of)\s?(?:3|iii)\)?)?"
_SYSTEM = (
    r"(?:(?:modified )?(?:nottingham|elston|ellis|scarff|bloom|richardson|sbr|nsabp|n\.s\.a\.b\.p\.|nhg|combined|"
    r"histolog(?:ic(?:al)?|y)|overall|tumou?r|composite|malignancy)[\s.,/&-]{0,3}(?:and )?){0,8}"
)
_GRADED = re.compile(
    rf"(?P<system>{_SYSTEM})\b(?:grad(?:e|ing)|nhg)[\s:.(]{{0,4}}(?P<named>\(?[^)]{{1,30}}\)[\s:.]{{0,3}}|grade[\s:]{{1,3}}|is )?"
    rf"(?P<grade>{_ONE}(?:\s?(?:-|to|/)\s?{_ONE}(?!\s?(?:\)|of)))?){_OF_THREE}(?![\w%]|\.\d|\s?[-:=(]{{0,2}}\s?[3-8]\s?-\s?[579]|\s?points|,\s?(?:2|ii)\b)"
)
_LETTER = re.compile(rf"(?<![\w.])(?:nh)?g\s?(?P<grade>{_ONE})(?![\w%]|\.\d)")
_BESIDE_STAGE = re.compile(r"\bp?t\s?[0-4]|\bpn\s?[0-3]|\bnos\b|8\d{3}/3")
_SUM = re.compile(
    r"(?:(?:nottingham|sbr|elston|bloom|richardson|combined|total|histologic|overall)[\s.,-]{1,2}){1,4}(?:grade[\s:.]{1,3})?"
    r"(?:score|sum)[\s:=.-]{0,4}(?P<sum>[3-9])(?P<nine>\s?(?:/|of|out of)\s?9)?(?![\d/]|\.\d|\s?(?:-|or|of 3|/\s?3))"
)
_DIFFERENTIATED = re.compile(
    r"\b(?P<low>well|moderately|poorly)(?:[ -]{1,3}(?:to|-|and)[ -]{1,2}(?P<high>moderately|poorly))?[ -]{1,2}differentiated\b"
)
_NOT_GIVEN = re.compile(
    r"\b(?:histologic(?:al)?|nottingham|overall|tumou?r)[\s\w()/]{0,24}grade[^.;:\n]{0,24}[:)]\s{0,2}"
    r"(?:not (?:specified|stated|given|applicable|reported)|n/a|cannot (?:be )?(?:determined|assessed)|not (?:determined|assessed))"
)
_NUCLEAR = re.compile(r"nuclear[\s.]{1,2}$")
_OTHER = re.compile(
    r"\b(?:papilloma|lymphoma|dysplasia|atypia|vin|cin|necrosis|inflammation|prostat|gleason)\b"
)


def read_grade(report: ReportText, dictionaries: Dictionaries) -> Iterator[Statement]:
    """Grades as named, then sums of the score; how it is differentiated only where neither is."""
    named = [*_named(report), *_beside_stage(report)]
    sums = [] if named else list(_sums(report, dictionaries))
    said = named or sums
    yield from said or _differentiated(report, dictionaries)
    if not said:
        for match in found(report, _NOT_GIVEN):
            absent = Absent(AbsenceKind.NOT_STATED)
            yield report.statement("grade", absent, match.start(), match.end())


def _named(report: ReportText) -> Iterator[Statement]:
    for match in found(report, _GRADED):
        if _is_of_the_invasive(report, match):
            yield _stated(report, _values(match["grade"]), match.start(), match.end())


def _values(words: str) -> Choice:
    """The grades a word may mean.

    >>> sorted(_values("ii-iii").possible), _values("il").known
    (['2', '3'], '2')
    """
    grades = [
        len(each.replace("l", "i")) if each[0] in "il" else int(each)
        for each in re.findall(r"[il]+|\d", words)
    ]
    return Choice(frozenset(map(str, grades)))


def _is_of_the_invasive(report: ReportText, match: re.Match[str]) -> bool:
    """Whether the grade is that of the invasive cancer: by its system, or by what stands before."""
    before = sentence_before(report, match.start())
    if _NUCLEAR.search(before) or _OTHER.search(before[-60:]) or negated(before[-30:]):
        return False
    last = nearest(before, INVASIVE, IN_SITU)
    if last == 1 or re.match(
        r"[\s,]{0,2}(?:dcis|ductal carcinoma.in.situ|in.situ)", report.folded[match.end() :]
    ):
        return False
    return bool(match["system"].strip(" .")) or last == 0


def _stated(report: ReportText, value: Choice, start: int, end: int) -> Statement:
    statement = report.statement("grade", value, start, end)
    if statement.section == "intraoperative":
        return not_counting(statement, PRELIMINARY)
    return statement


def _beside_stage(report: ReportText) -> Iterator[Statement]:
    """A "G2" among the letters of the stage, where it can mean nothing else."""
    for match in found(report, _LETTER):
        near = report.folded[max(0, match.start() - 40) : match.end() + 40]
        before = sentence_before(report, match.start())
        if _BESIDE_STAGE.search(near) and nearest(before[-60:], INVASIVE, IN_SITU) != 1:
            yield _stated(report, _values(match["grade"]), match.start(), match.end())


def _sums(report: ReportText, dictionaries: Dictionaries) -> Iterator[Statement]:
    """The sum of the three scores; "Nottingham score 3" may be a grade as well, and is not read."""
    for match in found(report, _SUM):
        if match["sum"] == "3" and not match["nine"]:
            continue
        said = dictionaries.reader.words.say("grade", f"Nottingham score {match['sum']}")
        if said is not None and said.values:
            yield _stated(report, Choice(said.values), match.start(), match.end())


def _differentiated(report: ReportText, dictionaries: Dictionaries) -> Iterator[Statement]:
    for match in found(report, _DIFFERENTIATED):
        before, after = (
            sentence_before(report, match.start()),
            sentence_after(report, match.end(), 60),
        )
        near = nearest(before, INVASIVE, IN_SITU) == 0 or INVASIVE.search(after)
        if not near or IN_SITU.search(after[:30]) or negated(before[-30:]):
            continue
        values: frozenset[str] = frozenset()
        for word in (match["low"], match["high"]):
            said = (
                dictionaries.reader.words.say("grade", f"{word} differentiated") if word else None
            )
            values |= said.values if said is not None else frozenset()
        if values:
            yield _stated(report, Choice(values), match.start(), match.end())
