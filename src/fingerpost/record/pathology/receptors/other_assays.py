"""Results of tests on which no label rests: the expression of genes, and tests for research only."""

from __future__ import annotations

import re

BY_EXPRESSION = "it was measured by the expression of a gene, not by a stain or a gene test (ISH)"
FOR_RESEARCH = "it is a test for research only"

_EXPRESSION = re.compile(
    r"\bm-?rna\b|\brt-?q?-?pcr\b|\bqrt-?pcr\b|\brna-?\s?seq\w*|\btarget\s?print\b|\btranscript\w*|\bsingle[\s-]gene\b|\bgene\sscores?\b"
    r"|\bmass\sspectrometr\w+|\bmicro-?array\b|\bgene[\s-]expression\s?(?::|profil|assay|test|analys|panel)"
)
_STAINED = re.compile(
    r"\bihc\b|\bimmuno|\bstain|%|\ballred\b|\bh-?score|\bnucle[ia]|\bfish\b|\bc?ish\b|\bsish\b|\bamplif|\bin[\s-]situ\b"
)
_RESEARCH = re.compile(
    r"\bresearch[\s-](?:use[\s-])?only\b|\bfor\sresearch\b|\bresearch\s(?:assay|test|use|purposes?)\b|\bruo\b"
    r"|\binvestigational\s(?:use|assay|test)\b|\bnot\s(?:been\s)?(?:clinically\s)?validated\b"
)
# The sentence that laboratories must print says the contrary.
_NOT_RESEARCH = re.compile(r"\bnot\s(?:to\s)?be\s(?:regarded|considered)\sas\b")
_PANEL = re.compile(r"\boncotype\b|\bsingle[\s-]gene\b|\bgene\sscores?\b|\brecurrence\sscore\b")
_GENE_SCORE = re.compile(r"(?<![\d.])\d{1,2}\.\d(?![\d%]|\s?%)")
_OWN_SCALE = re.compile(r"\bratio\b|\bcop(?:y|ies)\b|\bfish\b|\bacis\b|\bihc\b|%")
_PANEL_WITHIN = 400


def other_assay(text: str, start: int, end: int) -> str | None:
    """Why a result is of no test that counts here, or None.

    >>> text = "by rt-pcr the tumor is er positive"
    >>> other_assay(text, 23, 34) == BY_EXPRESSION
    True
    """
    sentence = _sentence(text, start, end)
    if _RESEARCH.search(sentence) and not _NOT_RESEARCH.search(sentence):
        return FOR_RESEARCH
    if _EXPRESSION.search(sentence) and not _STAINED.search(sentence):
        return BY_EXPRESSION
    said = text[start : end + 1]
    if _GENE_SCORE.search(said) and not _OWN_SCALE.search(said):
        near = text[max(0, start - _PANEL_WITHIN) : end]
        if _PANEL.search(near):
            return BY_EXPRESSION
    return None


def _sentence(text: str, start: int, end: int) -> str:
    low, high = max(0, start - 160), min(len(text), end + 100)
    begins = max(text.rfind(sign, low, start) + 1 for sign in (". ", "\n", ";"))
    ends = [at for sign in (". ", "\n", ";") if (at := text.find(sign, end, high)) >= 0]
    return text[max(low, begins) : min(ends, default=high)]
