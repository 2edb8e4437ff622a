"""Tables with markers in their head: which cells of the lines below belong to which marker."""

from __future__ import annotations

import re

from fingerpost.record.pathology.receptors.groups import Group

Span = tuple[int, int]
_SEPARATORS = ("|", ";", ",")
_SAMPLE = re.compile(
    r"[\s|\"*-]{0,4}(?:primary|metasta\w+|recurren\w+|relapse|core|biops\w+|excision|resection|left|right|previous|prior|current"
    r"|(?:liver|bone|lung|node|breast)|(?:tumou?r|lesion|focus|specimen|nodule|part|block)\s#?(?:\d|[a-d]\b)|[a-d]\d?\b|(?:19|20)\d\d)[^,;|\n]{0,20}[,;|]"
)
# A cell that is longer is prose with commas in it, not a table.
_LONGEST_CELL = 40


def columns_of(text: str, group: Group) -> list[list[Span]] | None:
    r"""The cells under each marker of a head, or None where no table stands.

    A line that has not as many cells as the head ends the table: whose its cells are, nobody can tell.

    >>> head = "er,pr\npending,negative"
    >>> [[head[a:b] for a, b in cells] for cells in columns_of(head, Group(("er", "pr"), 0, 5))]
    [['pending'], ['negative']]
    """
    start = text.rfind("\n", max(0, group.start - 200), group.start) + 1
    end = text.find("\n", group.end, group.end + 200)
    if end < 0 or "\n" in text[group.start : group.end]:
        return None
    for sign in _SEPARATORS:
        head = _cells(text, start, end, sign)
        named = [i for i, (a, b) in enumerate(head) if a < group.end and b > group.start]
        if len(named) == len(group.markers) and _are_short(head):
            rows = _rows(text, end + 1, sign, len(head))
            return [[row[i] for row in rows] for i in named] if rows else None
    return None


def are_of_samples(text: str, group: Group) -> bool:
    r"""Whether two rows below a head begin with two samples: "primary", then "metastasis".

    >>> are_of_samples("site,er,pr\nprimary,+,+\nmetastasis,-,-", Group(("er", "pr"), 5, 10))
    True
    """
    end = text.find("\n", group.end, group.end + 200)
    if end < 0:
        return False
    lines = text[end + 1 : end + 600].split("\n\n")[0].split("\n")[:6]
    return sum(_SAMPLE.match(line) is not None for line in lines) > 1


def _rows(text: str, start: int, sign: str, count: int) -> list[list[Span]]:
    rows: list[list[Span]] = []
    while start < len(text):
        end = text.find("\n", start, start + 400)
        end = min(len(text), start + 400) if end < 0 else end
        row = _cells(text, start, end, sign)
        if len(row) != count or not _are_short(row):
            break
        rows.append(row)
        start = end + 1
    return rows


def _cells(text: str, start: int, end: int, sign: str) -> list[Span]:
    ends = [start + m.start() for m in re.finditer(re.escape(sign), text[start:end])]
    return list(zip([start, *(at + 1 for at in ends)], [*ends, end], strict=True))


def _are_short(cells: list[Span]) -> bool:
    return all(end - start <= _LONGEST_CELL for start, end in cells)
