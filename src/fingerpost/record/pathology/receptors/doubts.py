"""What leaves a result open though its word stands there: doubt, a wish, a result that is not final."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from fingerpost.record.pathology.receptors.divided import DIVIDED, is_divided
from fingerpost.record.pathology.receptors.marks import Mark
from fingerpost.record.pathology.receptors.mentions import Mention
from fingerpost.terms import AbsenceKind
from fingerpost.values import Choice

DOUBTED = "it is doubted, asked or hoped for, not stated"
NOT_FINAL = "the result is preliminary or waits for confirmation"
TURNED = "it says what the result is not, and not what it is"

TAKEN_BACK = "the report says that this result was an error, was taken back or is not valid"

_IN_ERROR = (
    r"(?:\b(?:in|by) (?:error|mistake)\b|\berroneous\w{0,2}\b|\binvalid\w{0,5}\b|\bnot valid\b"
    r"|\b(?:cancel+ed|retracted|withdrawn|voided|revoked|taken back)\b|\b(?:an)?other patient\b|\bwrong patient\b|\bmix(?:ed)?[ -]up\b)"
)
_IN_ERROR_BEFORE = re.compile(_IN_ERROR + r"[^.\n]{0,60}$")
# Up to the end of the next sentence: "ER: positive. This result is invalid."
_IN_ERROR_AFTER = re.compile(
    rf"[^.\n]{{0,80}}?{_IN_ERROR}|[^.\n]{{0,6}}\. (?:this|the|these)\b[^.\n]{{0,30}}?{_IN_ERROR}"
)
_MAY_BE_FALSE = re.compile(
    r"[^.\n]{0,60}?(?:\b(?:may|might|could|can) (?:\w{1,9} )?(?:be )?(?:an? )?false(?:ly)?[ -](?:negative|positive)"
    r"|\bfalse(?:ly)?[ -](?:negative|positive)\w{0,3} (?:\w{1,9} )?cannot be (?:excluded|ruled out)|\bwith caution\b|\bunreliable\b|\bnot reliable\b)"
)
_WITH_CAUTION = re.compile(r"\bwith caution\b[^.;\n]{0,20}$")
_WISHED = re.compile(
    r"\b(?:hop(?:e|es|ed|ing)|wish\w{0,3}|would like|query|quer(?:ied|ies)|suspect\w{0,3}|suspicion"
    r"|suspicious|dos(?:e|es|ing|age) (?:for|in)|indicated (?:for|in)|approved (?:for|in)|question of|rule[ds]? out|exclude|presum\w{2,6}|assum\w{1,3}|(?<!as )expect(?:s|ed)?)\b[^.;:\n]{0,40}$|\?\s?$"
)
_NOT_FINAL_BEFORE = re.compile(
    r"\b(?:preliminar\w{1,3}|provisional\w{0,2}|tentative\w{0,2}|unconfirmed)\b[^.;\n]{0,40}$"
)
_DOUBT_BEFORE = re.compile(
    r"(?:\?|\b(?:assum\w{1,3}|preliminary|provisional|tentative|possibl[ey]|probabl[ey]|(?:un)?likely|presum\w{2,6}|perhaps|maybe|may be|might be|could be"
    r"|suspected|favou?r(?:s|ed)?|query|questionabl[ey]|apparently|seems?|prelim\.?))[\s(:]{0,3}$"
)
# "We disagree with the outside score of 3+".
# Before the name only: "a ratio consistent with no amplification" is an answer.
_OR_ELSE = re.compile(
    r"\b(?:vs\.?|versus|consistent with|compatible with|in keeping with|suggest(?:s|ive of|ing))\s(?:an?\s)?$"
)
_NOT_SHARED = re.compile(
    r"\b(?:disagree\w{0,3}|not agree|discordant|differs?|in contrast|contrary|as opposed|rather than|instead of|other than)\b[^.;:,\n]{0,60}$"
)
# "Not 3+", "not more than 5 %", and a minus before a score.
_NOT = re.compile(
    r"\b(?:not|almost|nearly|approach(?:es|ing)|close to|short of|reach(?:es|ing)?)\s{1,2}$|[:=(]\s?-$"
)
_DOUBTS_BEFORE = (_WISHED, _DOUBT_BEFORE, _NOT_SHARED, _OR_ELSE)
# "Neg/weak": positive or negative, and nobody says which.
_BOTH_WAYS = re.compile(
    r"\bneg\w{0,6}\s?(?:/|to)\s?weak\w{0,2}\b|\bweak\w{0,2}\s?(?:/|to)\s?neg\w{0,6}\b"
)
# "Amplified in 15 % of cells": a part of the tumor, and not the result of the test.
_IN_A_PART = re.compile(
    r"\s(?:gene\s)?in\s(?:only\s|about\s|approximately\s){0,2}(?:[1-4]?\d)(?:\.\d)?\s?%\s(?:of\s)?(?:the\s)?"
    r"(?:invasive\s)?(?:tumou?r\s)?(?:cells|nuclei)"
)
_ASKED_AFTER = re.compile(
    r"[\s\"')%\](/]{0,4}(?:\?|(?:is |was )?(?:favou?red|suspected|presumed|assumed|expected)\b|(?:vs\.?|versus) (?:er|pr|her-?2)\b)"
)
_NOT_FINAL_AFTER = re.compile(
    r"[^.;\n]{0,60}?\b(?:pending (?:\w{1,12} ){0,2}confirm|await\w{0,3} (?:\w{1,12} ){0,2}confirm"
    r"|confirmation (?:\w{1,12} ){0,2}(?:pending|await\w{1,3}|to follow|outstanding)|to be confirmed"
    r"|not (?:yet )?confirmed|unconfirmed|until confirmed|for now|so far|final (?:result|report)s? (?:\w{1,4} )?(?:pending|to follow)|preliminar|provisional|tentative)"
)


def why_open(text: str, mention: Mention, until: int) -> tuple[AbsenceKind, str] | None:
    """Why what a mention says answers nothing, or None; `until` is where the next one begins."""
    if any(mark.left_open for mark in mention.results) or _is_only_denied(text, mention.numbers):
        return AbsenceKind.NOT_KNOWN, TURNED
    if is_divided(text, mention, until) or any(_is_a_part(text, m) for m in mention.results):
        return AbsenceKind.NOT_KNOWN, DIVIDED
    marks = sorted((*mention.results, *mention.numbers), key=lambda mark: mark.start)
    spans = [(mark.start, mark.end) for mark in marks]
    if mention.group.markers == ("phrase",):
        spans = [(mention.group.start, mention.group.end)]
    if not spans:
        return None
    first = min(mention.group.start, spans[0][0])
    before = text[max(0, first - 90) : first]
    lead = before + text[first : spans[0][0]]
    if _is_taken_back(text, spans, lead, until):
        return AbsenceKind.NOT_KNOWN, TAKEN_BACK
    if (
        _WITH_CAUTION.search(lead)
        or any(each.search(before) for each in _DOUBTS_BEFORE)
        or any(_is_doubted(text, *span) for span in spans)
    ):
        return AbsenceKind.NOT_KNOWN, DOUBTED
    return _why_not_final(text, spans, before, until) if not _is_unclear(marks) else None


def _is_only_denied(text: str, numbers: Iterable[Mark]) -> bool:
    """Whether a number is what the result is not; "1+, not 3+" also says what it is."""
    stated: set[str] = set()
    for mark in sorted(numbers, key=lambda mark: mark.start):
        if not _NOT.search(text, max(0, mark.start - 12), mark.start):
            stated.add(mark.scale)
        elif mark.scale not in stated or mark.scale != "ihc":
            return True
    return False


def _is_taken_back(text: str, spans: Sequence[tuple[int, int]], before: str, until: int) -> bool:
    last = spans[-1][1]
    between = text[spans[0][0] : last]
    return bool(
        _IN_ERROR_BEFORE.search(before + between)
        or _IN_ERROR_AFTER.match(text, last, max(until, last))
    )


def _why_not_final(
    text: str, spans: Iterable[tuple[int, int]], before: str, until: int
) -> tuple[AbsenceKind, str] | None:
    after = any(_NOT_FINAL_AFTER.match(text, end, max(until, end)) for _, end in spans)
    if after or _NOT_FINAL_BEFORE.search(before):
        return AbsenceKind.PENDING, NOT_FINAL
    return None


def _is_a_part(text: str, mark: Mark) -> bool:
    """Whether a word says less than it seems: one of two ways, or only of some cells."""
    near = text[max(0, mark.start - 12) : mark.end + 12]
    amplified = any(each.fact == "her2_ish" for each in mark.meanings)
    return bool(_BOTH_WAYS.search(near)) or bool(amplified and _IN_A_PART.match(text, mark.end))


def _is_doubted(text: str, start: int, end: int) -> bool:
    return bool(
        _ASKED_AFTER.match(text, end)
        or _MAY_BE_FALSE.match(text, end)
        or _DOUBT_BEFORE.search(text, max(0, start - 30), start)
    )


def _is_unclear(marks: Iterable[Mark]) -> bool:
    """Whether a stain says itself that it waits for another test."""
    return any(
        mark.score == Choice(frozenset({"2+"}))
        or any(each.value == "equivocal" for each in mark.meanings)
        for mark in marks
    )
