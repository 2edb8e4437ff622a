"""Names of medicines from a file: one a line, or one column of a table."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from fingerpost.errors import Problem, UsageError

_TABLES = {".csv": ",", ".tsv": "\t", ".tab": "\t"}


def names_in(source: Path | None, column: str | None) -> list[str]:
    """The names in a file, in its order, empty lines left out.

    Raises:
        UsageError: the file is no text, or has no such column.
    """
    if source is None:
        return []
    lines = _text(source).splitlines()
    separator = _TABLES.get(source.suffix.casefold())
    if separator is None and column is None:
        return [line.strip() for line in lines if line.strip()]
    rows = csv.reader(lines, delimiter=separator or _guessed(lines))
    header = next(rows, [])
    at = _column(header, column, str(source))
    return [row[at].strip() for row in rows if len(row) > at and row[at].strip()]


def _text(source: Path) -> str:
    try:
        if str(source) == "-":
            return sys.stdin.read()
        return source.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        what = "this file is not text in UTF-8"
        advice = "save it as text (UTF-8), one name a line, or as CSV"
        raise UsageError([Problem("wrong-usage", str(source), what, "", advice)]) from None


def _guessed(lines: list[str]) -> str:
    return "\t" if lines and "\t" in lines[0] else ","


def _column(header: list[str], column: str | None, where: str) -> int:
    if column is None:
        return 0
    if column in header:
        return header.index(column)
    what = f"the table has no column `{column}`"
    advice = f"one of {', '.join(header[:12])}" if header else "a table with a header"
    raise UsageError([Problem("wrong-usage", where, what, "", advice)])
