"""What is wrong with a criterion, where in it, and what to try: for the person who wrote it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

_SHOWN = 12  # words in a hint before it is cut short

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class CriterionProblem:
    """One fault of a criterion.

    `path` leads from the criterion's root to the line (`("any", 1)`), `column` is the 0-based
    place in that line's text, or None when the structure around it is at fault.
    """

    path: Path
    column: int | None
    what: str
    why: str
    try_this: str


class CriterionError(Exception):
    """A criterion, or several, that cannot be read; all problems at once."""

    def __init__(self, problems: Iterable[CriterionProblem]) -> None:
        """Keep the problems in the order they stand in the text."""
        self.problems = tuple(problems)
        super().__init__("; ".join(problem.what for problem in self.problems))


class CircularDefinitionError(CriterionError):
    """A derived fact that rests on itself; the message names the whole circle."""


def nearest(word: str, known: Iterable[str]) -> str:
    """A hint that names the closest known words, or some of them when none is close.

    >>> nearest("her_2", ["her2", "er"])
    'did you mean her2?'
    """
    words = sorted(known)
    close = difflib.get_close_matches(word, words, n=3, cutoff=0.6)
    if close:
        return f"did you mean {' or '.join(close)}?"
    shown = ", ".join(words[:_SHOWN]) + (" ..." if len(words) > _SHOWN else "")
    return f"known here: {shown}"
