"""From pieces of text, each with its place on the page, to lines as a person reads them.

A PDF may draw a table column by column; read in that order, every value would lose its name. So
pieces at one height make one line, unless the page is set in columns like a newspaper.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

# Between cells of one line: wider than a space in a sentence, so that it can be told from one.
CELL = "   "
# In columns of prose a line has about this many letters or more; cells of tables have fewer.
PROSE = 30


class Piece(NamedTuple):
    """Letters that stand together, and the box they fill; heights are counted from below."""

    left: float
    bottom: float
    right: float
    top: float
    words: str

    @property
    def middle(self) -> float:
        """Half its height."""
        return (self.bottom + self.top) / 2


def page_text(pieces: Sequence[Piece]) -> str:
    """The lines of a page, top to bottom.

    >>> table = [Piece(0, 20, 9, 30, "ER"), Piece(0, 5, 9, 15, "PR"), Piece(50, 20, 90, 30, "95 %")]
    >>> print(page_text(table))
    ER   95 %
    PR
    """
    upright = [piece for piece in pieces if not _sideways(piece)]
    edge = None if _runs_down(upright) else _gutter(upright)
    lines = _lines(upright) if edge is None else _columns(upright, edge)
    margin = [piece.words for piece in pieces if _sideways(piece)]
    return "\n".join([*_spaced(lines), *margin])


def _sideways(piece: Piece) -> bool:
    """Text along the edge of the page, as filing stamps have it."""
    return len(piece.words) > 3 and piece.top - piece.bottom > 3 * (piece.right - piece.left)


def _runs_down(pieces: Sequence[Piece]) -> bool:
    """Whether the pieces come in the order they are read: along a line, then to a lower one."""
    return all(
        after.middle < before.bottom or (_level(before, after) and after.left >= before.left)
        for before, after in pairwise(pieces)
    )


def _level(one: Piece, other: Piece) -> bool:
    return one.bottom <= other.middle <= one.top or other.bottom <= one.middle <= other.top


def _lines(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Pieces at one height together, top to bottom, and left to right in each line."""
    lines: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda each: -each.middle):
        if lines and _level(lines[-1][0], piece):
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return [sorted(line) for line in lines]


def _gutter(pieces: Sequence[Piece]) -> float | None:
    """Where an empty strip parts two columns of prose; None if there is none."""
    if len(pieces) < 8:
        return None
    for edge in sorted({piece.left for piece in pieces})[1:]:
        left = [piece for piece in pieces if piece.right < edge]
        right = [piece for piece in pieces if piece.left >= edge]
        crossing = len(pieces) - len(left) - len(right)
        if crossing * 5 <= len(pieces) and _prose(left) and _prose(right):
            return edge
    return None


def _prose(pieces: Sequence[Piece]) -> bool:
    return len(pieces) >= 3 and median(len(piece.words) for piece in pieces) >= PROSE


def _columns(pieces: Sequence[Piece], edge: float) -> list[list[Piece]]:
    """The left column before the right one, between the lines that cross both."""
    found: list[list[Piece]] = []
    left: list[Piece] = []
    right: list[Piece] = []
    for piece in sorted(pieces, key=lambda each: -each.middle):
        if piece.right < edge:
            left.append(piece)
        elif piece.left >= edge:
            right.append(piece)
        else:
            found += [*_lines(left), *_lines(right), [piece]]
            left, right = [], []
    return [*found, *_lines(left), *_lines(right)]


def _spaced(lines: Sequence[Sequence[Piece]]) -> list[str]:
    """The lines as text, with an empty one where the page has a gap."""
    said: list[str] = []
    for number, line in enumerate(lines):
        before = lines[number - 1][0] if number else line[0]
        if before.bottom - line[0].top > 1.2 * (line[0].top - line[0].bottom):
            said.append("")
        said.append(CELL.join(piece.words for piece in line))
    return said
