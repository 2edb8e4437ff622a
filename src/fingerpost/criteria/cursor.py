"""Walking through the words of one line, and failing at the right column."""

from __future__ import annotations

from typing import Never

from fingerpost.criteria.problems import CriterionError, CriterionProblem
from fingerpost.criteria.tokens import Token, tokens

TIME_UNITS = {"day": "days", "week": "weeks", "month": "months", "year": "years"}
FORMS = (
    "a line reads like 'her2 is positive', 'grade is one of 2, 3', 'ki67_percent >= 20 %' "
    "or 'any treatment where class is taxane'"
)


class Cursor:
    """The words of a line and how far it has been read."""

    def __init__(self, text: str) -> None:
        """Cut the text into words and stand before the first."""
        self._text = text
        self._tokens = tokens(text)
        self._at = 0

    def _operator(self) -> str:
        token = self._peek()
        if token is None or token.kind != "operator":
            self._fail("a <, <=, > or >= is missing here", "two things are to be compared", FORMS)
        self._at += 1
        return token.text

    def _peek(self) -> Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _skip(self, text: str) -> bool:
        token = self._peek()
        if token is not None and token.text == text:
            self._at += 1
            return True
        return False

    def _expect(self, text: str) -> None:
        if not self._skip(text):
            self._fail(f"'{text}' is missing here", "without it the line has no meaning", FORMS)

    def _word(self, wanted: str) -> Token:
        token = self._peek()
        if token is None or token.kind != "word":
            self._fail(
                f"{wanted} is missing here",
                "the line breaks off" if token is None else f"'{token.text}' stands in its place",
                FORMS,
            )
        self._at += 1
        return token

    def _fail(self, what: str, why: str, try_this: str, column: int | None = None) -> Never:
        if column is None:
            token = self._peek()
            column = token.column if token is not None else len(self._text)
        raise CriterionError([CriterionProblem((), column, what, why, try_this)])

    def _duration(self) -> tuple[int, str]:
        count = self._word("a whole number")
        if not count.text.isdigit():
            self._fail(
                f"'{count.text}' is not a whole number",
                "dates are moved by whole units",
                "write '6 months'",
                count.column,
            )
        unit = self._word("days, weeks, months or years")
        plural = TIME_UNITS.get(unit.text, unit.text)
        if plural not in TIME_UNITS.values():
            self._fail(
                f"'{unit.text}' is not a unit of time",
                "dates are moved by days, weeks, months or years",
                "write '6 months'",
                unit.column,
            )
        return int(count.text), plural
