"""Results of one marker side by side in a row of a table: of two samples, or before and after.

A PDF keeps the cells of a row on one line, some blanks apart. Of two that contradict each other
neither can be chosen: which column is this cancer stands in a header that may say anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from fingerpost.record.pathology.receptors.marks import Mark
from fingerpost.record.pathology.receptors.mentions import Mention
from fingerpost.values import Choice, Interval

SIDE_BY_SIDE = "two results stand side by side in this row, and which is of this cancer is not said"
_GAP = re.compile(r"\t+| {3,}")
_COMPARED = re.compile(r"[<>\u2264\u2265]|\b(?:cut-?off|reference|range|normal)\b")
_NOT_OVEREXPRESSED = frozenset({"0", "1+"})
# From 1 % on ER and PR are called positive (facts/receptors.yaml).
_STAINED = 1
_BOTH_WAYS = ({"positive"}, {"negative"})


def stand_side_by_side(text: str, mention: Mention) -> bool:
    """Whether two cells of the row of one marker contradict each other."""
    if len(mention.group.markers) != 1 or mention.group.markers[0] not in (
        "er",
        "pr",
        "ki67",
        "her2",
    ):
        return False
    cells = list(_cells(text, mention))
    stain = mention.group.markers[0] in ("er", "pr")
    return any(_contradict(one, other, stain=stain) for one, other in combinations(cells, 2))


def _cells(text: str, mention: Mention) -> Iterator[Sequence[Mark]]:
    """The marks of each cell; a cell that compares ("<1 %") may be one of reference, and is left out."""
    start = mention.group.end
    end = text.find("\n", start)
    end = len(text) if end < 0 else end
    edges = [start, *(gap.end() for gap in _GAP.finditer(text, start, end)), end]
    marks = (*mention.results, *mention.numbers)
    for left, right in pairwise(edges):
        own = [mark for mark in marks if left <= mark.start < right]
        if own and not _COMPARED.search(text, left, right):
            yield own


def _contradict(one: Sequence[Mark], other: Sequence[Mark], *, stain: bool) -> bool:
    said = [{e.value for mark in each for e in mark.meanings} for each in (one, other)]
    if said[0] in _BOTH_WAYS and said[1] in _BOTH_WAYS and said[0] != said[1]:
        return True
    pairs = ((a.number, b.number) for a in one for b in other)
    return any(
        a is not None and b is not None and a.scale == b.scale and _differ(a.value, b.value, stain)
        for a, b in pairs
    )


def _differ(one: Interval | Choice, other: Interval | Choice, stain: bool) -> bool:
    """Whether no value fits both; two samples that are both stained, or both not, may differ in how much."""
    if isinstance(one, Choice) and isinstance(other, Choice):
        both = one.possible | other.possible
        return not one.possible & other.possible and not both <= _NOT_OVEREXPRESSED
    if isinstance(one, Interval) and isinstance(other, Interval):
        apart = one.high < other.low or other.high < one.low
        return apart and not (stain and min(one.low, other.low) >= _STAINED)
    return False
