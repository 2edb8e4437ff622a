"""Cutting a text of several names into names, and telling "this and that" from "this or that".

Nothing is cut inside of brackets. A slash joins two names ("letrozole/ribociclib") except in a strength
(50 mg/ml); beside "placebo" it means "or".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from fingerpost.record.drugs.spelling import bare, plain_name

Joined = Literal["first", "and", "slash", "or"]

_JOIN = re.compile(
    r"\s*(?:"
    r"(?P<or>\b(?:or|vs\.?|versus|and/or|oder)\b)"
    r"|(?P<slash>(?<!\d)/(?!\s*(?:ml|m2|hr|kg|day|d)\b))"
    r"|(?P<and>\+|&|,(?!\d)|;|\||\n|\band\b|\bwith\b|\bplus\b|\bund\b|\bet\b|\bfollowed by\b"
    r"|\b(?:then\s+)?(?:switched|changed)\s+to\b|\bafter\b|(?<!\w)w/|\bthen\b|[-=]*>+|\u2192|\s[-\u2013\u2014]\s)"
    r")\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text between two joints, and how it hangs on the one before."""

    start: int
    end: int
    joined: Joined


def pieces(text: str) -> list[Piece]:
    """The stretches of a text between its joints, without those that hold only a dose or route.

    >>> text = "AC x4, then taxol (or docetaxel) / placebo"
    >>> [(text[each.start : each.end], each.joined) for each in pieces(text)]
    [('AC x4', 'first'), ('taxol (or docetaxel)', 'and'), ('placebo', 'slash')]
    """
    found: list[Piece] = []
    start, joined = 0, "first"
    for match in _JOIN.finditer(text):
        if _depth(text[: match.start()]) > 0:
            continue
        _add(found, text, Piece(start, match.start(), joined))  # type: ignore[arg-type]
        # Two joints in a row (", then", "+/-") are the looser of the two.
        before_any = not found or (
            found[-1].end <= start and text[start : match.start()].strip() == ""
        )
        kind = str(match.lastgroup)
        joined = "or" if before_any and joined == "or" else kind
        start = match.end()
    _add(found, text, Piece(start, len(text), joined))  # type: ignore[arg-type]
    return found


def _add(found: list[Piece], text: str, piece: Piece) -> None:
    if bare(plain_name(text[piece.start : piece.end])):
        first: Joined = "first" if not found else piece.joined
        found.append(Piece(piece.start, piece.end, first))


def _depth(text: str) -> int:
    """How many brackets are open at the end of a text."""
    opened = sum(text.count(each) for each in "([")
    return opened - sum(text.count(each) for each in ")]")


def brackets(text: str) -> tuple[str, list[str]]:
    """A text without its brackets, and what stood in them.

    >>> brackets("paclitaxel [Abraxane] (weekly)")
    ('paclitaxel', ['Abraxane', 'weekly'])
    """
    inside = re.findall(r"[\[(]([^\[\]()]{1,120})[\])]", text)
    outside = " ".join(re.sub(r"[\[(][^\[\]()]{1,120}[\])]", " ", text).split())
    return outside, [each.strip() for each in inside]
