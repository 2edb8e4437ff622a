"""Names of medicines from a file: one a line, or one column of a table."""

from __future__ import annotations

import csv
import difflib
import io
import sys
from pathlib import Path
from typing import NoReturn

from fingerpost.errors import Problem, UsageError

_TABLES = {".csv": ",", ".tsv": "\t", ".tab": "\t"}
# What separates the cells where the header says: spreadsheets of many countries write `;`.
_SEPARATORS = "\t;,"


def names_in(source: Path | None, column: str | None) -> list[str]:
    """The names in a file, in its order, empty lines left out.

    Raises:
        UsageError: the file is no text, is a damaged table, or has no such column.
    """
    if source is None:
        return []
    text = _text(source)
    own = _TABLES.get(source.suffix.casefold())
    if own is None and column is None:
        return [line.strip() for line in text.splitlines() if line.strip()]
    rows = _rows(text, _separator(text, own), str(source))
    header = rows[0] if rows else []
    at = _column(header, column, str(source))
    return [row[at].strip() for row in rows[1:] if len(row) > at and row[at].strip()]


def _text(source: Path) -> str:
    try:
        if str(source) == "-":
            return sys.stdin.read()
        return source.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        _refuse(
            str(source),
            "this file is not text in UTF-8",
            "save it as text (UTF-8), one name a line, or as CSV",
        )


def _rows(text: str, separator: str, where: str) -> list[list[str]]:
    """The rows of a table; a line break inside quotation marks belongs to its cell."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        return list(reader)
    except csv.Error:
        fault = "quotation marks that do not match, or a cell far too long"
        what = f"line {reader.line_num} of this table cannot be read: {fault}"
        _refuse(where, what, "mend that line, or give the names one a line in a text file")


def _separator(text: str, own: str | None) -> str:
    """What separates the cells: what most often stands in the header, and else the usual one."""
    header = text.split("\n", 1)[0]
    if own == "\t" or not any(each in header for each in _SEPARATORS):
        return own or ","
    return max(_SEPARATORS, key=header.count)


def _column(header: list[str], column: str | None, where: str) -> int:
    if column is None:
        return 0
    count = header.count(column)
    if count == 1:
        return header.index(column)
    if count > 1:
        _refuse(where, f"{count} columns are called `{column}`", "give each a name of its own")
    # The first row of a table without a header holds somebody's values: only a near name is shown.
    near = difflib.get_close_matches(column, header, n=1, cutoff=0.6)
    advice = near[0] if near else "the name as it stands in the first row of the table"
    _refuse(where, f"the table has no column `{column}`", advice)


def _refuse(where: str, what: str, advice: str) -> NoReturn:
    raise UsageError([Problem("wrong-usage", where, what, "", advice)])
