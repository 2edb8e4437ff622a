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
    rf"(?P<system>{_SYSTEM})\b(?:grad(?:e|ing)|nhg|gr(?=\.?\s?[1-3]\b))[\s:.(]{{0,4}} {{0,80}}(?P<named>\(?[^)]{{1,30}}\)[\s:.]{{0,3}} {{0,40}}|grade[\s:]{{1,3}}|is )?"
    rf"(?P<grade>{_ONE}(?:\s?(?:-|to|/)\s?{_ONE}(?!\s?(?:\)|of)))?){_OF_THREE}(?![\w%]|\.\d|\s?[-:=(]{{0,2}}\s?[3-8]\s?-\s?[579]|\s?points|,\s?(?:2|ii)\b)"
)
_LETTER = re.compile(rf"(?<![\w.])(?:nh)?g\s?(?P<grade>{_ONE})(?![\w%]|\.\d)")
_BESIDE_STAGE = re.compile(r"\bp?t\s?[0-4]|\bpn\s?[0-3]|\bnos\b|8\d{3}/3|\b(?:idc|ilc)\b")
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
# "3+2+2=7/9", "Nottingham 8/9": sums without the word.
_ADDED = re.compile(
    r"(?<![\d+])(?P<first>[1-3])\s?\+\s?(?P<second>[1-3])\s?\+\s?(?P<third>[1-3])\s?=\s?(?P<sum>[3-9])(?![\d.%])"
)
_OUT_OF_NINE = re.compile(
    r"\b(?:nottingham|sbr|elston|ellis|bloom|richardson|nhg|score|total)[\s:,(=]{1,3}(?P<sum>[3-9])\s?(?:/|out of|of)\s?9(?![\d.])"
)
_SCORED = re.compile(r"\b(?:nottingham|score|grade|sbr|elston|bloom|nhg)\b")
# "Grade: 2 (T3 P2 M1)": the parts that follow say which grade it is.
_PARTS = re.compile(r"\s?[\s,:(]{1,2}t\s?[1-3][\s,;+/]{0,3}[np]\s?[1-3][\s,;+/]{0,3}m\s?[1-3]\b")
_AT_LEAST = re.compile(r"\bat least\s(?:\w+\s)?$")
_IN_WORDS = re.compile(r"\b(?P<word>low|intermediate|high)[\s-]grade\b")
_WORDS = {"low": "1", "intermediate": "2", "high": "3"}
_NO_NUMBER = "a grade in words may mean the nuclei only; it gives no number"
_NUCLEAR = re.compile(r"nuclear[\s.]{1,2}$")
# "Grade 2 neuropathy": how bad an effect of a medicine was.
_OF_AN_EFFECT = re.compile(
    r"[ )]{1,2}(?:\w+\s)?(?:neuropath\w*|toxicit\w*|diarrh\w*|rash|fatigue|nause\w*|vomit\w*|mucositis|stomatitis|neutropeni\w*|an(?:a)?emi\w*|thrombocytopeni\w*|hypertension"
    r"|colitis|hepatitis|pneumonitis|arthralgia|myalgia|reaction|syndrome|lymph(?:o)?edema|oedema|edema|dermatitis|adverse|events?|side effects?|transaminitis|cytopenia|pain|hair|alopecia|hot flush\w*|ascites|prolapse|murmur|varices|tear|sprain|injury)\b"
)
_OTHER = re.compile(
    r"\b(?:papilloma|lymphoma|dysplasia|atypia|vin|cin|necrosis|inflammation|prostat|gleason)\b"
)


def read_grade(report: ReportText, dictionaries: Dictionaries) -> Iterator[Statement]:
    """Grades as named, then sums of the score; how it is differentiated only where neither is."""
    named = [*_named(report), *_beside_stage(report)]
    sums = list(_sums(report, dictionaries))
    # A sum that agrees with a grade says nothing more; one that does not leaves it open.
    said = [*named, *(each for each in sums if not _agrees(each, named))]
    said = said or list(_differentiated(report, dictionaries))
    yield from said
    if not said:
        yield from _in_words(report)
        for match in found(report, _NOT_GIVEN):
            absent = Absent(AbsenceKind.NOT_STATED)
            yield report.statement("grade", absent, match.start(), match.end())


def _named(report: ReportText) -> Iterator[Statement]:
    for match in found(report, _GRADED):
        if _is_of_the_invasive(report, match):
            value = _values(match["grade"])
            if _AT_LEAST.search(report.folded[max(0, match.start() - 24) : match.start()]):
                value = _upwards(value)
            yield _stated(report, value, match.start(), match.end())


def _upwards(value: Choice) -> Choice:
    """What "at least" this grade may be.

    >>> sorted(_upwards(Choice(frozenset({"2"}))).possible)
    ['2', '3']
    """
    return Choice(frozenset(each for each in ("1", "2", "3") if each >= min(value.possible)))


def _agrees(summed: Statement, named: list[Statement]) -> bool:
    """Whether one of the grades named is the one of this sum."""
    return any(
        isinstance(each.value, Choice)
        and isinstance(summed.value, Choice)
        and summed.value.possible & each.value.possible
        for each in named
    )


def _in_words(report: ReportText) -> Iterator[Statement]:
    """A "high grade" of the invasive cancer: told, for it may be of its nuclei."""
    for match in found(report, _IN_WORDS):
        before = sentence_before(report, match.start())
        after = sentence_after(report, match.end(), 40)
        of_invasive = nearest(before, INVASIVE, IN_SITU) == 0 or INVASIVE.match(after.lstrip())
        if of_invasive and not IN_SITU.search(after[:30]) and not negated(before[-30:]):
            value = Choice(frozenset({_WORDS[match["word"]]}))
            statement = _stated(report, value, match.start(), match.end())
            yield not_counting(statement, _NO_NUMBER)


def _values(words: str) -> Choice:
    """The grades a word may mean.

    >>> sorted(_values("ii-iii").possible), _values("il").known
    (['2', '3'], '2')
    >>> sorted(_values("i-iii").possible)
    ['1', '2', '3']
    """
    grades = [
        len(each.replace("l", "i")) if each[0] in "il" else int(each)
        for each in re.findall(r"[il]+|\d", words)
    ]
    if re.search(r"-|to", words):
        grades = list(range(min(grades), max(grades) + 1))
    return Choice(frozenset(map(str, grades)))


def _is_of_the_invasive(report: ReportText, match: re.Match[str]) -> bool:
    """Whether the grade is that of the invasive cancer: by its system, or by what stands before."""
    before = sentence_before(report, match.start())
    if _OF_AN_EFFECT.match(report.folded, match.end()):
        return False
    if _NUCLEAR.search(before) or _OTHER.search(before[-60:]) or negated(before[-30:]):
        return False
    last = nearest(before, INVASIVE, IN_SITU)
    if last == 1 or re.match(
        r"[ ,]{0,2}(?:dcis|ductal carcinoma.in.situ|in.situ)", report.folded[match.end() :]
    ):
        return False
    if bool(match["system"].strip(" .")) or last == 0:
        return True
    return _follows_the_invasive(report, match, before)


def _follows_the_invasive(report: ReportText, match: re.Match[str], before: str) -> bool:
    """Whether a sentence "Grade: 2" comes after the invasive cancer, or gives the parts of the grade."""
    if _PARTS.match(report.folded, match.end()):
        return True
    if before.strip(" \n-*") or ":" not in match[0]:
        return False
    earlier = report.folded[max(0, match.start() - 200) : match.start()]
    return nearest(earlier, INVASIVE, IN_SITU) == 0 and not _OTHER.search(earlier)


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
        yield from _of_sum(report, dictionaries, match)
    for match in found(report, _ADDED):
        added = sum(int(match[part]) for part in ("first", "second", "third"))
        near = sentence_before(report, match.start(), 80)
        if added == int(match["sum"]) and _SCORED.search(near):
            yield from _of_sum(report, dictionaries, match)
    for match in found(report, _OUT_OF_NINE):
        yield from _of_sum(report, dictionaries, match)


def _of_sum(
    report: ReportText, dictionaries: Dictionaries, match: re.Match[str]
) -> Iterator[Statement]:
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
