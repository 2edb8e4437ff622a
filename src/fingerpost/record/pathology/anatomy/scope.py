"""Which places of a report speak of this cancer as it was found, and what stands round a place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fingerpost.record.pathology.other_people import is_of_another_person
from fingerpost.record.pathology.report_text import ReportText

# What is told there was found earlier, or is a method.
NO_RESULTS = frozenset({"clinical_history", "previous_reports", "methodology"})
# What the eye saw is replaced by what the microscope showed.
AND_NOT_GROSS = NO_RESULTS | {"gross"}
# A history is short. Where no heading follows it, the rest of the report stands under it.
_LONGEST = {"clinical_history": 700, "previous_reports": 700, "methodology": 1500}
PRELIMINARY = "it was said during the operation; the final diagnosis counts"

_SENTENCE = re.compile(r"[.;]\s(?!\d)|\n\s*\n|\f")
_EARLIER = re.compile(
    r"\b(?:history|hx) of\b|\bh/o\b|\b(?:previous|prior|earlier|outside|former)(?:ly)?\b|\bper (?:report|history)\b"
    r"|\b(?:in|since) (?:19|20)\d\d\b|\byears ago\b|\bcontralateral\b"
)
_OPEN = re.compile(
    r"\b(?:pending|to follow|will be|if\b|suspicious for|suggest\w*|cannot (?:be )?(?:exclude|rule)\w*"
    r"|rule out|r/o|favou?r\w*|concerning for|worrisome for|possible|probable|\?|versus|vs\.?|assum\w+)[\s\"'(]*$"
)
_BOX = re.compile(r"(?:\[\s{0,2}\]|\u2610|\u25a1|\(\s{1,2}\)|(?<![\w_])_{2,6})\s{0,2}$")
_NOT = re.compile(
    r"\b(?:no|not|without|negative for|free of|absen(?:ce|t)(?: of)?|neither|nor|rather than|"
    r"exclude[sd]?|against)\b(?:\s(?:\w+\s){0,4})?$"
)


def found(
    report: ReportText, pattern: re.Pattern[str], besides: frozenset[str] = NO_RESULTS
) -> Iterator[re.Match[str]]:
    """The places where a pattern fits and a result may stand: no history, no method, no empty box."""
    for match in pattern.finditer(report.chosen):
        if _is_under(report, match.start(), besides):
            continue
        before = sentence_before(report, match.start())
        box = report.chosen[max(0, match.start() - 12) : match.start()]
        if is_of_another_person(report.folded, *match.span()):
            continue
        if _EARLIER.search(before) or _OPEN.search(before) or _BOX.search(box):
            continue
        yield match


def _is_under(report: ReportText, place: int, kinds: frozenset[str]) -> bool:
    section = report.section_at(place)
    return section.kind in kinds and place - section.start < _LONGEST.get(
        section.kind, len(report.text)
    )


def sentence_before(report: ReportText, place: int, most: int = 160) -> str:
    """What stands before a place in the same sentence.

    >>> sentence_before(ReportText("Benign. No invasive carcinoma"), 11)
    'no '
    """
    window = report.folded[max(0, place - most) : place]
    ends = [match.end() for match in _SENTENCE.finditer(window)]
    return window[ends[-1] :] if ends else window


def sentence_after(report: ReportText, place: int, most: int = 160) -> str:
    """What stands after a place in the same sentence."""
    window = report.folded[place : place + most]
    end = _SENTENCE.search(window)
    return window[: end.start()] if end else window


def negated(before: str) -> bool:
    """Whether the words before a place turn it round.

    >>> negated("there is no residual "), negated("no tumor in the skin; ")
    (True, False)
    """
    return _NOT.search(before) is not None


def nearest(before: str, *patterns: re.Pattern[str]) -> int | None:
    """Which of the patterns stands last in the words before a place; None if none does."""
    last = [max((m.end() for m in each.finditer(before)), default=-1) for each in patterns]
    return last.index(max(last)) if max(last) >= 0 else None
