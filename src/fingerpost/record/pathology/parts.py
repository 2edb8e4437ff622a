"""The parts of a report: which specimen the text speaks of, and from where to where."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fingerpost.record.pathology.sections import Section

# A letter or number begins a part only before what can be sent in: a place, a side, a quotation.
_PLACE = (
    r"(?:\"|'|left|right|lt\b|rt\b|l\. |r\. |breast|axill|sentinel|non-?sentinel|lymph|node|skin|"
    r"nipple|margin|new |soft tissue|liver|bone|lung|brain|chest wall|pleura|ovary|mastectomy|"
    r"lumpectomy|additional|superior|inferior|medial|lateral|deep|anterior|posterior|wide)"
)
_NAMED = re.compile(
    r"(?:^|(?<=\n)|(?<=[.;:)] )|(?<=- ))[ ]{0,8}"
    r"(?:parts?|specimens?|container|sample)\s{1,3}#?\s?\(?(?P<named>[a-z]|\d{1,2})\)?"
    rf"(?:\s?[:.,-]|(?=\s{_PLACE}))"
)
_LETTERED = re.compile(
    r"(?:^|(?<=\n)|(?<=[.;:\"] )|(?<=- ))[ ]{0,8}(?P<label>[a-z]|\d{1,2})\s?[.):]\s{0,3}"
    rf"(?={_PLACE})"
)
# A list of findings may be lettered too: what was sent in is quoted, or named with how it was taken.
_SENT_IN = re.compile(
    r"[\"']|[^\n;]{0,90}?(?:biops|excis|ectomy|dissection|resection|core|needle|contents|:)"
)
_DISTANT = re.compile(
    r"\b(?:liver|bone|lung|brain|pleura|pleural|vertebra\w*|ascites|peritone\w+)\b"
)
# Without letters or numbers, two sides are told apart by their names alone.
_SIDED = re.compile(
    r"(?:^|(?<=\n)|(?<=[.;:] ))[ *-]{0,8}(?P<side>left|right)\b"
    r"(?=\s?:|[ ](?:breast|tumou?r|cancer|carcinoma|mastectomy|lumpectomy|axilla\w*|sentinel)\b)"
)
_SIDES = frozenset({"left", "right"})
_TITLE = re.compile(r"[^\n.:;]{0,80}")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of text about one specimen."""

    label: str
    title: str
    start: int
    end: int
    specimen: str | None


def find_parts(text: str, folded: str, sections: tuple[Section, ...]) -> tuple[Part, ...]:
    """The parts in their order. A part ends where the next begins, or with its section.

    >>> from fingerpost.record.pathology.sections import find_sections
    >>> text = "diagnosis: a. left breast, biopsy: cancer. b. left axilla: benign. comment: none"
    >>> [(p.label, p.title) for p in find_parts(text, text, find_sections(text, text))]
    [('A', 'left breast, biopsy'), ('B', 'left axilla')]
    """
    named = [(m.start(), m.end(), m["named"]) for m in _NAMED.finditer(folded)]
    lettered = [(m.start(), m.end(), m["label"]) for m in _LETTERED.finditer(folded)]
    # Where parts are called "PART 1", letters number the findings of each.
    lettered = [each for each in lettered if _SENT_IN.match(folded, each[1])]
    found = named if len(named) > 1 else sorted(named + lettered)
    found = [each for each in found if each[2] != "0"] or _sides(folded)
    ends = [*(start for start, _, _ in found), len(text)][1:]
    parts = []
    for (start, after, label), end in zip(found, ends, strict=True):
        section_end = next((s.end for s in sections if s.start <= start < s.end), len(text))
        at = start if label in _SIDES else after
        title = (_TITLE.match(text, at) or [""])[0].strip(" \"'-,*\n")
        specimen = "metastasis" if _DISTANT.search(title.lower()) else None
        parts.append(Part(label.upper(), title, start, min(end, section_end), specimen))
    return tuple(parts)


def _sides(folded: str) -> list[tuple[int, int, str]]:
    """Where the left and the right side begin; nothing where only one of them is named."""
    found = [(m.start(), m.end(), m["side"]) for m in _SIDED.finditer(folded)]
    return found if {side for _, _, side in found} == _SIDES else []
