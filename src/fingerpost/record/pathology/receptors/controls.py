"""What is stated of a control or of benign tissue, before its name or after it: no result of the cancer."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

Span = tuple[int, int]

_KIND = r"(?:(?:positive|negative|internal|external|built-in|on-slide|known|batch|tissue|and|the|all)\s{1,2})"
# "Internal control: PR positive", "Positive control for HER2: 3+".
_HEAD = re.compile(
    rf"(?:^|(?<=\n)|(?<=[.;(]\s)|(?<=[.;(]))[ *-]{{0,6}}{_KIND}{{0,5}}controls?"
    r"(?:\s(?:tissues?|sections?|slides?|cells?|blocks?))?(?:\s(?:for|on|of)\s[^.;:\n]{1,30}?)?"
    r"(?:\s?[:=]|\s(?=(?:is|are|was|were)\s(?:positive|negative|reactive))|\s(?=(?:er|pr|pgr|her-?2|estrogen|progesterone)\b))"
)
_REST = re.compile(r"(?:\s{0,3}\n)?(?:[^.;\n]|\.(?=\d)){0,200}")
# "ER and PR positive in internal control", "0 % of normal, 95 % of tumor".
_STATED_OF = re.compile(
    rf"\b(?:in|of|on)\s{{1,2}}{_KIND}{{0,4}}controls?\b(?:\s(?:tissues?|sections?|slides?|cells?))?"
    r"|\((?:positive\s)?(?:internal|external)\scontrols?\)"
    r"|\b(?:in|of)\s(?:the\s)?(?:benign|normal|non-?neoplastic|adjacent|background|surrounding)"
    r"(?:\s(?:breast|mammary|ductal|glands?|epithelium|epithelial cells|ducts?|acini|tissue|cells"
    r"|lobules|elements|structures|stroma)){1,3}|\bof\s(?:the\s)?(?:normal|stroma)(?=\s?[,.;)])"
)
_CUT = re.compile(r"(?P<strong>;|\b(?:but|while|whereas|although|with)\b)|,\s|\band\b")
_SAYS = re.compile(r"\b(?:positive|negative)\b|\d\s?%|\d\+")
_TUMOR = re.compile(r"\b(?:tumou?r|carcinoma|invasive|cancer)\b")
_TUMOR_NEXT = re.compile(
    r"[\s)]{0,2}(?:,|\band\b|\bbut\b)[^.;\n]{0,40}?\b(?:tumou?r|carcinoma|invasive)"
)
_FURTHEST = 160


def control_zones(text: str, groups: Sequence[Span]) -> Iterator[Span]:
    """Every stretch that speaks of controls or benign tissue; nothing outside of it."""
    for match in _HEAD.finditer(text):
        rest = _REST.match(text, match.end())
        yield match.start(), rest.end() if rest else match.end()
    for match in _STATED_OF.finditer(text):
        start = _from(text, match.start(), groups)
        yield start, match.end()


def _from(text: str, place: int, groups: Sequence[Span]) -> int:
    """Where what is stated begins: with its sentence, or with its own clause of it."""
    start = _sentence_start(text, place)
    last = _last_group(groups, start, place)
    for cut in reversed(list(_CUT.finditer(text, start, place))):
        said = text[start : cut.start()]
        named = last is not None and last[0] >= cut.start()
        if _SAYS.search(said) and (cut["strong"] or not named or _TUMOR.search(said)):
            return cut.start()
    # "ER 0 % in benign ducts, 90 % in the carcinoma": the marker is that of both.
    if last is not None and _TUMOR_NEXT.match(text, _end_of_name(text, place)):
        return last[1]
    return start


def _end_of_name(text: str, place: int) -> int:
    match = _STATED_OF.match(text, place)
    return match.end() if match else place


def _last_group(groups: Sequence[Span], start: int, place: int) -> Span | None:
    at = bisect_left(groups, (place, place)) - 1
    return groups[at] if at >= 0 and groups[at][0] >= start else None


def _sentence_start(text: str, place: int) -> int:
    low = max(0, place - _FURTHEST)
    line = text.rfind("\n", low, place)
    if line >= 0 and not text[line:place].strip():
        line = text.rfind("\n", low, line)
    return max(low, line + 1, text.rfind(". ", low, place) + 1)
