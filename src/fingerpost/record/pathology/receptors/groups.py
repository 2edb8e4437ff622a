"""Where a report names markers, alone or together: `ER`, `ER/PR/HER2`, `estrogen and progesterone`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fingerpost.record.pathology.receptors.spelling import Mended
from fingerpost.record.pathology.receptors.vocabulary import Vocabulary

# What may stand between two markers that are spoken of together.
_TOGETHER = re.compile(
    r"(?:\s|receptors?\b|status\b|proteins?\b|gene\b|assays?\b|testing\b|ihc\b|[(),/&|]"
    r"|(?<= )\+(?= )|-(?=pr|progest|er)"
    r"|\band\b\.?|\bn?or\b|\bas well as\b|\b(?:immuno)?stains?\b|\bfor\b){0,14}"
)
# Two names that only a new line parts, and what else may stand there without joining them.
_NEW_LINE = re.compile(
    r"(?:[ \t:.|]|receptors?\b|status\b|proteins?\b|gene\b|assays?\b|ihc\b){0,8}\n"
    r"(?:[\s|]|receptors?\b|status\b|proteins?\b|gene\b|assays?\b|ihc\b){0,8}"
)
# Rows of a table read downwards: markers first, then their results.
_STACKED = re.compile(r"[\s.|]{1,4}|;")
# "Positive for ER. PR is negative": with "for" before it, the first one stands in a sentence, not in a column.
_LED = re.compile(r"\b(?:for|of|express\w{0,3})\s(?:(?:the|both)\s)?$")
_OWN_LINE = re.compile(r"(?:\s|receptors?\b|status\b)*?\s?\n\s*")
_DECORATION = re.compile(r"\b(?:receptors?|status|proteins?|gene|assays?|ihc|and|or)\b")
_SINGULAR = re.compile(
    r"\s(?:gene\s|protein\s|status\s|expression\s|oncoprotein\s){0,2}(?:is|was|shows?|showed)\b"
)
# Words after a name that make it something else.
_OTHERWISE = re.compile(
    r"\s(?:replacement|therapy|treatment|use\b|cream|supplement\w*|patch(?:es)?\b|exposure|visit|interval|physician|department|room"
    r"|deprivation|stimulation|team\b|(?:genetic |intratumou?ral )?heterogeneit)|[ ](?:positive )?controls?\b"
)
# "Progesterone level low": the hormone itself, measured in blood.
_HORMONES = frozenset({"estrogen", "oestrogen", "progesterone"})
_IN_BLOOD = re.compile(
    r"\s(?:hormone\s)?(?:levels?|concentrations?|in (?:the )?(?:blood|serum|plasma))\b"
)
# "Seen in the ER" is a department, "best response: PR" an answer to treatment.
_OTHERWISE_BEFORE = re.compile(
    r"\b(?:seen|admitted|admission|present\w{0,3}|sent|came|went|brought|visit\w{0,3}|transferred|discharged|evaluated)\s(?:\w{1,12}\s){0,2}"
    r"(?:in|to|from|at|via|through)\s(?:the\s|our\s)?$|\bvia\s(?:the\s)?$"
    r"|\b(?:best|overall|objective|radiolog\w{1,6}|clinical|metabolic|tumou?r|treatment)\s(?:\w{1,9}\s)?(?:response|remission)\s?(?:was|is|of|on \w{1,6})?[\s:(=-]{0,4}$"
    r"|\bachieved\s(?:an?\s)?$|\b(?:cr|sd|pd)\s?[,/]\s?$|\bresponse\s?:\s?$"
)


@dataclass(frozen=True, slots=True)
class Group:
    """One or several markers named together; `stacked` ones have nothing but line ends between."""

    markers: tuple[str, ...]
    start: int
    end: int
    stacked: bool = False
    last: int | None = None


@dataclass(frozen=True, slots=True)
class _Named:
    marker: str
    start: int
    end: int


def groups_in(mended: Mended, original: str, vocabulary: Vocabulary) -> list[Group]:
    """Every naming of a marker, those that stand together as one group.

    Args:
        mended: The mended text.
        original: The text as it came, with its capitals.
        vocabulary: The names of markers.
    """
    groups: list[Group] = []
    text = mended.text
    for named in _named(mended, original, vocabulary):
        last = groups[-1] if groups else None
        joined = None if last is None else _join(text, last, named)
        if joined is not None:
            groups[-1] = joined
        else:
            groups.append(Group((named.marker,), named.start, named.end))
    return [_without_decoration(each) for group in groups for each in _apart(text, group)]


def _apart(text: str, group: Group) -> list[Group]:
    """With "is" the last one stands alone: "positive for PR, and HER2 is negative"."""
    if len(group.markers) < 2 or group.last is None or not _SINGULAR.match(text, group.end):
        return [group]
    if not re.search(r"[,;)]", text[group.start : group.last]):
        return [group]
    before = Group(group.markers[:-1], group.start, group.last, group.stacked)
    return [before, Group(group.markers[-1:], group.last, group.end)]


def _named(mended: Mended, original: str, vocabulary: Vocabulary) -> list[_Named]:
    found = []
    text = mended.text
    for match in vocabulary.markers.finditer(text):
        start, end = match.span()
        if vocabulary.needs_capitals(match[0]):
            at = mended.original(start)
            if not original[at : at + 2].isupper():
                continue
        if match[0] in _HORMONES and _IN_BLOOD.match(text, end):
            continue
        if _OTHERWISE.match(text, end) or _is_other_abbreviation(text, start, match[0]):
            continue
        meanings = vocabulary.meaning(match[0])
        marker = "phrase" if meanings[0].fact else (meanings[0].value or "").partition("_")[2]
        found.append(_Named(marker, start, end))
    return found


def _is_other_abbreviation(text: str, start: int, name: str) -> bool:
    """Whether "ER" or "PR" stands where a department or an answer to treatment is told."""
    return name in ("er", "pr") and bool(_OTHERWISE_BEFORE.search(text, max(0, start - 50), start))


def _join(text: str, last: Group, named: _Named) -> Group | None:
    if _is_apart(text, last, named):
        return None
    if _TOGETHER.fullmatch(text, last.end, named.start):
        between = text[last.end : named.start]
        if "+" in between and re.match(r"\s?\(?[+-]", text[named.end :][:3]):
            return None
        # "ER PR" in a row of a table, and "HER2 (HER2/neu)". Each on a line of its own is a column.
        markers = _with(last.markers, named.marker)
        stacked = last.stacked or (
            _OWN_LINE.fullmatch(between) and named.marker not in last.markers
        )
        return Group(markers, last.start, named.end, bool(stacked), named.start)
    if not _STACKED.fullmatch(text, last.end, named.start) or named.marker in last.markers:
        return None
    if "." in text[last.end : named.start] and _is_led(text, last.start):
        return None
    markers = _with(last.markers, named.marker)
    return Group(markers, last.start, named.end, stacked=True, last=named.start)


def _is_apart(text: str, last: Group, named: _Named) -> bool:
    """Whether two names never share a result: another's, too far away, or on a row of its own."""
    another = {named.marker, last.markers[-1]} & {"other", "phrase"}
    return bool(another) or named.start - last.end > 60 or _has_own_row(text, last, named)


def _is_led(text: str, start: int) -> bool:
    return _LED.search(text, max(0, start - 30), start) is not None


def _has_own_row(text: str, last: Group, named: _Named) -> bool:
    """Whether it begins a row with its own result, below one whose result was left empty."""
    if not _NEW_LINE.fullmatch(text, last.end, named.start):
        return False
    row = text[named.end :].partition("\n")[0]
    return re.search(r"\d|[a-z]{3}|[+-](?!\w)", _DECORATION.sub("", row)) is not None


def _with(markers: tuple[str, ...], marker: str) -> tuple[str, ...]:
    return markers if marker in markers else (*markers, marker)


def _without_decoration(group: Group) -> Group:
    """ER and PR alone, where "hormone receptors (ER, PR)" stands."""
    if {"er", "pr"} & set(group.markers):
        left = tuple(each for each in group.markers if each != "hormone_receptor")
        return Group(left, group.start, group.end, group.stacked)
    return group
