"""Slips of reading by machine, mended: `ncgative`, `estrogeniprogesterone`; with the way back."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property, lru_cache

# Only long words that stand for nothing else: with short ones a mended word could be another word.
_LONG = (
    *("positive", "negative", "estrogen", "oestrogen", "progesterone", "receptor", "receptors"),
    *("equivocal", "amplified", "amplification", "overexpression", "overexpressed", "borderline"),
    *("immunoreactive", "pending", "performed", "control", "controls"),
)
# Words that lie close to one of those and are none of them.
_OTHERS = frozenset(
    {"contrast", "contrasts", "estrogens", "progesterones", "preformed", "positives", "negatives"}
)
# Digits stand for letters: `estr0gen`, `pos1tive`; a word is looked at only where letters prevail.
_WORD = re.compile(
    r"(?=[^\W\d_]{3}|[^\W\d_]{2}[01])(?:[^\W\d_]|(?<=[^\W\d_])[01](?=[^\W\d_])){7,16}"
)
# Signs that stand for others, each mended by as many signs, so that no place moves.
_SIGN_SLIPS = (
    # "90Z", "4O %", and "408 nuclear staining", which can be no number of cells in a hundred.
    (re.compile(r"(?<![\w.])(\d{1,2}|100)z(?=[\s,;.)])"), r"\1%"),
    (re.compile(r"(?<![\w.])(\d)o(?=\s?%)"), r"\g<1>0"),
    (
        re.compile(
            r"(?<![\w.,/])([1-9]\d)8(?=\s(?:nuclear\s(?:stain|positiv|reactiv)"
            r"|of\s(?:the\s)?(?:invasive\s)?(?:tumou?r\s)?(?:cells|nuclei)\b))"
        ),
        r"\1%",
    ),
    # "IER2/neu", "H ER2/neu", "HER2/nen".
    (re.compile(r"(?<![a-z0-9])[il1f|b]er(?=[\s-]?2\s?[/-]?\s?ne[unw]\b)"), "her"),
    (re.compile(r"(?<![a-z0-9])h er(?=[\s-]?2\b)"), " her"),
    (re.compile(r"(?<=her2/)ne[nw](?![a-z0-9])|(?<=her-2/)ne[nw](?![a-z0-9])"), "neu"),
)
# "HER2_STATUS": names of columns, as downloads of tables have them.
_KEY = re.compile(r"(?<=[a-z0-9])_(?=[a-z0-9])")
# "ER . . . . . positive", "PR.........0 %": dots that lead the eye.
_LEADERS = re.compile(r"(?:\.[ ]?){4,}")
_JOINED = re.compile(
    r"(?<=estrogen)[il1!|](?=progest)|(?<=her.2)[il1!|](?=neu)|(?<=her2)[il1!|](?=neu)"
)


@dataclass(frozen=True)
class Mended:
    """A text with slips mended, and the place in the first text of each place in it."""

    text: str
    _places: tuple[int, ...]
    _shifts: tuple[int, ...]

    def original(self, place: int) -> int:
        """Where a place of the mended text stood."""
        return place + self._shifts[bisect_right(self._places, place) - 1]

    def mended(self, place: int) -> int:
        """Where a place of the first text stands in the mended one."""
        return place - self._shifts[max(0, bisect_right(self._came_from, place) - 1)]

    @cached_property
    def _came_from(self) -> list[int]:
        return [place + shift for place, shift in zip(self._places, self._shifts, strict=True)]


def mend(folded: str) -> Mended:
    """The folded text with the long words of receptors as they should be written.

    >>> mended = mend("er: postive. pr: ncgative")
    >>> mended.text
    'er: positive. pr: negative'
    >>> mended.original(len(mended.text))
    25
    """
    pieces: list[str] = []
    places, shifts = [0], [0]
    length = done = 0
    folded = _JOINED.sub("/", folded)
    folded = _KEY.sub(" ", folded)
    folded = _LEADERS.sub(lambda match: " " * len(match[0]), folded)
    for slip, right in _SIGN_SLIPS:
        folded = slip.sub(right, folded)
    for match in _WORD.finditer(folded):
        right = _meant(match[0])
        if right == match[0]:
            continue
        kept = folded[done : match.start()]
        pieces += [kept, right]
        length += len(kept) + len(right)
        done = match.end()
        places.append(length)
        shifts.append(done - length)
    return Mended("".join([*pieces, folded[done:]]), tuple(places), tuple(shifts))


@lru_cache(maxsize=20_000)
def _meant(word: str) -> str:
    """The long word that differs by one letter, or the word itself."""
    if word in _LONG or word in _OTHERS:
        return word
    from rapidfuzz.distance import DamerauLevenshtein

    for right in _LONG:
        near = abs(len(right) - len(word)) <= 1 and _near(word, right)
        if near and DamerauLevenshtein.distance(word, right, score_cutoff=1) <= 1:
            return right
    return word


def _near(word: str, right: str) -> bool:
    """A first look that is cheap: the same beginning or the same end."""
    return word[:3] == right[:3] or word[-4:] == right[-4:]
