"""Whether a result told in the history is plainly one of the cancer that the report is about."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fingerpost.record.pathology.report_text import ReportText

_YEAR = re.compile(r"(?<![\d.-])(?:19[5-9]|20[0-4])\d(?![\d%]|\.\d)|\b['\u2019]\d\d\b")
_SIDE = re.compile(r"\b(left|right)\b")
_OLD = re.compile(
    r"\b(?:mother|sister|aunt|grandmother|daughter|family|years? ago|contralateral|former|remote"
    r"|previously treated|recurren\w+)\b"
    r"|\b(?:prior|previous)\b(?!\s(?:\w+\s){0,2}(?:core|needle|biops))|\b(?:history|h/o|hx) of\b|\bs/p\b"
)
_PRESENT = re.compile(
    r"\b(?:core|needle|recent|recently|newly|now|current|currently)\b|\bdiagnostic biops"
    r"|\b(?:stereotactic|ultrasound|us|mri)[ -]guided\b|\bbiopsy.proven|\bpre-?\s?op"
    r"|\bpresent(?:s|ing|ed)\b"
)
# "2019: ER positive", "Breast cancer 2012": a year before a colon or straight behind a cancer, anywhere in a report.
_CANCER_OF = re.compile(
    r"\b(?:cancer|carcinoma|dcis|idc|ilc|breast)[\s,(]{1,2}(?:\w{1,12}[\s,(]{1,2}){0,2}"
    r"(?P<year>(?:19|20)\d\d)\b(?!\s?[-/.]\d)|^\s{0,3}(?P<label>(?:19|20)\d\d)\s?:"
)
_SENTENCE_END = re.compile(r"\.\s|\n|;")


@dataclass(frozen=True, slots=True)
class Present:
    """The year and the sides that a report names outside its history."""

    year: str | None
    sides: frozenset[str]


def present_of(report: ReportText) -> Present:
    """What a report is about: its last year and its sides, without what its history tells."""
    text = "\n".join(
        report.folded[section.start : section.end]
        for section in report.sections
        if section.kind not in ("clinical_history", "previous_reports")
    )
    years = [found for found in _YEAR.findall(text) if len(found) == 4]
    return Present(max(years, default=None), frozenset(_SIDE.findall(text)))


def is_plainly_of_this_cancer(text: str, since: int, end: int, present: Present) -> bool:
    """Whether the nearest sentence of a history that tells whose a result is tells: of this cancer.

    >>> here = Present("2026", frozenset({"left"}))
    >>> one = "history: core biopsy of the left breast: er positive"
    >>> is_plainly_of_this_cancer(one, 0, len(one), here)
    True
    >>> other = "history: right breast cancer 2012, er positive"
    >>> is_plainly_of_this_cancer(other, 0, len(other), here)
    False
    """
    after = _SENTENCE_END.search(text, end, min(len(text), end + 120))
    until = after.start() if after else min(len(text), end + 120)
    for sentence in reversed(_SENTENCE_END.split(text[since:until])):
        if _is_of_another(sentence, present):
            return False
        if _PRESENT.search(sentence):
            return True
    return False


def is_of_a_dated_cancer(text: str, start: int, present: Present) -> bool:
    """Whether the line before a result names a cancer of a year that is past for this report."""
    sentence = _SENTENCE_END.split(text[max(0, start - 160) : start])[-1]
    return any(
        present.year is not None and (found["year"] or found["label"]) < present.year
        for found in _CANCER_OF.finditer(sentence)
    )


def _is_of_another(sentence: str, present: Present) -> bool:
    if _OLD.search(sentence):
        return True
    if any(year != present.year for year in _YEAR.findall(sentence)):
        return True
    sides = set(_SIDE.findall(sentence))
    return bool(sides and present.sides) and not sides & present.sides
