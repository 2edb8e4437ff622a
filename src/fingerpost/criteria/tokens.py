"""Cutting a criterion's text into words, with the column each one stands in."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOKEN = re.compile(r"\s*(?:(?P<operator><=|>=|<|>|=)|(?P<mark>[(),])|(?P<word>[^\s(),<>=]+))")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, an operator or a mark, and the column it begins in (from 0)."""

    text: str
    column: int
    kind: str


def tokens(text: str) -> list[Token]:
    """All words of the text in order.

    >>> [token.text for token in tokens("er_percent >= 1 %")]
    ['er_percent', '>=', '1', '%']
    """
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        kind = str(match.lastgroup)
        found.append(Token(match.group(kind), match.start(kind), kind))
    return found
