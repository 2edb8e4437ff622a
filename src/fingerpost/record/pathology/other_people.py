"""Whether a sentence tells of somebody else: a relative, a friend, a patient of a study.

"Her mother's cancer was ER positive", "ER positive cancer in her sister", and "Her aunt had breast
cancer. It was HER2 positive": the last one by the word that points back.
"""

from __future__ import annotations

import re
from functools import lru_cache

_PERSON = (
    r"(?:(?:grand|step|god)?(?:mother|father|parent|daughter|son|child(?:ren)?)s?|mum|mom|mam|dad|(?:half-?\s?)?(?:sister|brother|sibling)s?|(?:great-?\s?)?(?:aunt|uncle)s?"
    r"|niece|nephew|cousin|twin|relative|husband|wife|friend|neighbou?r|maternal|paternal|family|fhx?|kindred)"
)
_PEOPLE = re.compile(
    rf"\b{_PERSON}(?:'s|s)?\b(?!\s(?:doctor|physician|practi\w+|medicine|planning))"
)
# "Her own is ER negative", "the patient herself": from here on it is the person of the report again.
# "She has no family history", "a mother of three", "seen with her husband": nothing is told of them.
_NOTHING_OF_THEM = re.compile(
    rf"\b(?:no|nil|negative|without|denies)\s(?:\w{{1,14}}\s){{0,2}}family\b|\bfamily history\s?:?\s?(?:is\s|was\s)?(?:nil|none|negative|unremarkable|no\b)|\bfhx?:?\s(?:nil|none|negative)"
    r"|\b(?:mother|mum|mom|father|parent)\s(?:of|to)\s(?:\d|one|two|three|four|five|six|an?\b|young|small)"
    rf"|\b(?:discussed with|explained to|informed|told|spoke (?:to|with)|met with|conversation with)\s(?:(?:the|her|his|patient|and)\s){{0,4}}(?:\w{{1,12}}\s)?{_PERSON}\b(?!'s)"
    rf"|\b(?:accompanied by|attended with|together with|lives with|brought by|with|and)\s(?:her|his)\s(?:\w{{1,12}}\s)?{_PERSON}\b(?!'s?|\s(?:who|whose|which|had|has|having|was|is|were|are|also|too|both|carr|test|posit|neg))"
)
_OF_CANCER = re.compile(
    r"cancer|carcinoma|tumou?r|dcis|malignan|disease|brca|leuk|lymphoma|myeloma|melanoma"
)
_BACK = re.compile(r"\b(?:patient(?:'s)?|own|herself|himself|proband|index case)\b")
_IN_PEOPLE = re.compile(
    rf"[\s-]{{1,2}}(?:mother|sister|aunt|grandmother|daughter|mum|mom|cousin|niece|father|brother|son|relative)\b|[^.;:\n]{{0,40}}?\b(?:in|of|for|by|with)\s(?:(?:her|his|the|an?|my|their)\s)?(?:\w{{1,12}}\s)?{_PERSON}\b"
)
_POINTS_BACK = re.compile(
    r"\s{0,3}(?:it|its|hers|theirs|that|this|they|both|(?:her|his|the|their|that|this)\s(?:\w{1,12}\s)?(?:tumou?r|cancer|disease|carcinoma)\s(?:was|were|had))\b"
)
_ENDS = re.compile(r"[.;]\s|\n")
_FURTHEST = 240


def is_of_another_person(text: str, start: int, end: int) -> bool:
    """Whether what stands between two places is told of somebody else.

    Args:
        text: The text in lower case.
        start: Where the words of a result begin.
        end: Where they end.

    >>> text = "her aunt had breast cancer. it was her2 positive. her own is her2 negative."
    >>> [is_of_another_person(text, at, at + 13) for at in (35, 62)]
    [True, False]
    """
    if not _names_anybody(text):
        return False
    ends = [match.end() for match in _ENDS.finditer(text, max(0, start - _FURTHEST), start)]
    begins = ends[-1] if ends else max(0, start - _FURTHEST)
    if _names_people(text[begins:end]) or _IN_PEOPLE.match(text, end):
        return True
    before = text[ends[-2] if len(ends) > 1 else max(0, start - _FURTHEST) : begins]
    points_back = _POINTS_BACK.match(text, begins) is not None
    return points_back and _OF_CANCER.search(before) is not None and _names_people(before)


@lru_cache(maxsize=8)
def _names_anybody(text: str) -> bool:
    """A first look at the whole text, for most reports name nobody else."""
    return _PEOPLE.search(text) is not None


def _names_people(sentence: str) -> bool:
    sentence = _NOTHING_OF_THEM.sub(" ", sentence)
    last = max((match.start() for match in _PEOPLE.finditer(sentence)), default=-1)
    return last >= 0 and _BACK.search(sentence, last) is None
