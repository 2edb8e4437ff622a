"""What the words of a cell mean for a fact: each different word is looked at once.

The mapping's own words come first, then those that stand for a missing value, then the reader that
serves every importer. What none of them understands is no value and is told: never "no".
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from fingerpost.record.model import Basis
from fingerpost.record.table.mapping import Wordings
from fingerpost.record.written.category_text import ABSENT_WORDS, absence_named
from fingerpost.record.written.value_reader import NotRead, Reading, ValueReader
from fingerpost.terms import AbsenceKind
from fingerpost.values import Absent, Choice, Days, Interval, Members, Value

CellKind = Literal["read", "absent", "empty", "unread"]
DateOrder = Literal["day_first", "month_first"]

# How programs write "there is nothing here"; only where no other meaning is possible. "None" and "-"
# are not among them: "None" is also an answer, and "-" also stands for "negative".
_NOTHING: Mapping[str, AbsenceKind] = {
    "na": AbsenceKind.NOT_STATED,
    "n.a.": AbsenceKind.NOT_STATED,
    "n/a": AbsenceKind.NOT_STATED,
    "nan": AbsenceKind.NOT_STATED,
    "nat": AbsenceKind.NOT_STATED,
    "<na>": AbsenceKind.NOT_STATED,
    "null": AbsenceKind.NOT_STATED,
    "\\n": AbsenceKind.NOT_STATED,
    ".": AbsenceKind.NOT_STATED,
    "missing": AbsenceKind.NOT_STATED,
    "blank": AbsenceKind.NOT_STATED,
    "not available": AbsenceKind.NOT_STATED,
    "[not available]": AbsenceKind.NOT_STATED,
    "not evaluated": AbsenceKind.NOT_TESTED,
    "[not evaluated]": AbsenceKind.NOT_TESTED,
    "[not applicable]": AbsenceKind.NOT_APPLICABLE,
    "[unknown]": AbsenceKind.NOT_KNOWN,
    "[discrepancy]": AbsenceKind.CONFLICTING,
}
# What stands in place of an id where there is none.
NO_VALUE = frozenset({*_NOTHING, *ABSENT_WORDS, *"-?", "--", "---", "none", "nil", "#n/a"})
# Without a number or a date there is nothing that a dash could mean but a gap.
_GAPS = frozenset({"-", "--", "---", "\u2013", "\u2014"})
# "None" is what some programs write for a gap, and an answer for others: the mapping must say which.
_TWO_MEANINGS = frozenset({"none", "no", "nil", "0"})
_FORMULA = re.compile(r"#(?:N/A|DIV/0!|VALUE!|REF!|NAME\?|NUM!|NULL!|FORMULA!|SPILL!|CALC!)", re.I)
_DATE = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?:[ T].*)?")
# Where a database has no day, this one is often written: it would make a new result the oldest.
_NO_DAY = dt.date(1900, 1, 1)
_NUMBER = re.compile(r"\d[\d.,]*\d|\d")
_REMEMBERED = 50_000


@dataclass(frozen=True, slots=True)
class Cell:
    """What one word means: a value, why there is none, or why it was not understood."""

    kind: CellKind
    value: Value | Absent | None = None
    basis: Basis | None = None
    problem: str = ""
    # The code of the problem, for those who treat one kind apart.
    code: str = ""


EMPTY = Cell("empty")


@dataclass(slots=True)
class Tally:
    """How often a column could be read; the words that could not are kept to be shown."""

    table: str
    column: str
    answers: str
    read: int = 0
    empty: int = 0
    left_out: int = 0
    absent: Counter[str] = field(default_factory=Counter)
    unread: Counter[str] = field(default_factory=Counter)

    def count(self, cell: Cell, word: str) -> None:
        """Count one cell."""
        match cell.kind:
            case "read":
                self.read += 1
            case "empty":
                self.empty += 1
            case "absent":
                kind = cell.value.kind if isinstance(cell.value, Absent) else ""
                self.absent[str(kind)] += 1
            case "unread":
                known = word in self.unread or len(self.unread) < 1000
                self.unread[word if known else "(more words)"] += 1


@dataclass(frozen=True, slots=True)
class Spelling:
    """How the mapping says that the words of a column are to be read."""

    values: Mapping[str, Wordings] = field(default_factory=dict)
    absent: Mapping[str, str] = field(default_factory=dict)
    member: str | None = None
    decimal: str | None = None
    dates: DateOrder | None = None


class CellReader:
    """Reads the cells of one column for one fact, or for one attribute of a treatment."""

    def __init__(self, reader: ValueReader, fact: str, spelling: Spelling | None = None) -> None:
        spelling = spelling or Spelling()
        self._reader = reader
        self._fact = fact
        self._member = spelling.member
        self._decimal = spelling.decimal
        self._dates = spelling.dates
        self._values = {folded(word): meaning for word, meaning in spelling.values.items()}
        self._absent = {folded(word): AbsenceKind(kind) for word, kind in spelling.absent.items()}
        self._known: dict[tuple[str, str | None], Cell] = {}

    def read(self, raw: str | None, unit: str | None = None) -> Cell:
        """What a cell says."""
        if not raw:
            return EMPTY
        found = self._known.get((raw, unit))
        if found is None:
            found = self._look(raw.strip(), unit)
            if len(self._known) < _REMEMBERED:
                self._known[raw, unit] = found
        return found

    def _look(self, word: str, unit: str | None) -> Cell:
        if not word:
            return EMPTY
        key = folded(word)
        try:
            if key in self._values:
                return self._as_mapped(self._values[key])
            kind = self._absent.get(key) or self._gap(key)
            if kind is not None:
                return Cell("absent", Absent(kind))
            return self._as_written(word, key, unit)
        except NotRead as fault:
            return Cell("unread", problem=fault.what, code=fault.code)

    def _gap(self, key: str) -> AbsenceKind | None:
        if key in _NOTHING:
            return _NOTHING[key]
        if key in _GAPS and self._type in ("number", "date"):
            return AbsenceKind.NOT_STATED
        return None

    @property
    def _type(self) -> str:
        return self._reader.catalogue[self._fact].type

    def _as_mapped(self, meaning: Wordings) -> Cell:
        """The values that the mapping gives a word; several are one of these."""
        if self._member is not None:
            return self._of_member(meaning[0])
        raw: object = meaning[0] if len(meaning) == 1 or self._type == "set" else list(meaning)
        if self._type == "set" and len(meaning) > 1:
            raw = list(meaning)
        return _cell(self._reader.read(self._fact, raw))

    def _of_member(self, word: str) -> Cell:
        """One member of a set that is there, or is not."""
        one = frozenset({self._member or ""})
        if word in ("present", "yes"):
            return Cell("read", Members(present=one))
        return Cell("read", Members(absent=one))

    def _as_written(self, word: str, key: str, unit: str | None) -> Cell:
        if _FORMULA.fullmatch(word):
            raise NotRead("unknown-value", "this cell holds the error of a formula")
        absent = absence_named(word)
        if absent is not None:
            return Cell("absent", Absent(absent))
        if self._member is not None:
            what = "the mapping does not say what this word means"
            raise NotRead("unknown-value", what)
        if key in _TWO_MEANINGS and self._could_be_a_gap(key):
            what = "this may be an answer or a gap; the mapping has to say which"
            raise NotRead("unknown-value", what)
        found = _cell(self._reader.read(self._fact, self._tidy(word), unit))
        if isinstance(found.value, Days) and found.value.known == _NO_DAY:
            what = "1 January 1900 is what programs write for no day; the mapping has to say"
            raise NotRead("unknown-value", what)
        return found

    def _could_be_a_gap(self, key: str) -> bool:
        entry = self._reader.catalogue[self._fact]
        if entry.type == "set":
            return True
        return key == "none" and entry.type == "category"

    def _tidy(self, word: str) -> str:
        """A number with the decimal sign, and a date with the order, that the mapping names."""
        if self._type == "number" and self._decimal:
            return _decimal_point(word, self._decimal)
        match = _DATE.fullmatch(word) if self._dates and self._type == "date" else None
        if match is None:
            return word
        first, second, year = match.groups()
        day, month = (first, second) if self._dates == "day_first" else (second, first)
        return f"{year}-{month}-{day}"


def says_something(word: str | None, absent: frozenset[str]) -> bool:
    """Whether a cell holds more than a way to write that there is nothing.

    >>> says_something("Positive", frozenset()), says_something("NA", frozenset())
    (True, False)
    """
    key = folded(word or "")
    return bool(key) and key not in absent and key not in _NOTHING and absence_named(key) is None


def folded(word: str) -> str:
    """A word of a cell without capitals and outer or double spaces; nothing else is taken away."""
    return " ".join(word.casefold().split())


def _decimal_point(word: str, decimal: str) -> str:
    """A number with a point, from the way the mapping says it is written.

    >>> _decimal_point("1.234,5", ","), _decimal_point("2,5", ","), _decimal_point("1,234", ".")
    ('1234.5', '2.5', '1234')
    """
    return _NUMBER.sub(lambda match: _with_point(match[0], decimal), word)


def _with_point(number: str, decimal: str) -> str:
    """One number with a point; its other sign may only part the thousands."""
    whole, sign, fraction = number.partition(decimal)
    first, *thousands = whole.split("." if decimal == "," else ",")
    grouped = len(first) <= 3 and first[0] != "0" and all(len(each) == 3 for each in thousands)
    if (thousands and not grouped) or (sign and not fraction.isdigit()):
        what = "its number is not written with the decimal sign that the mapping names"
        raise NotRead("unknown-value", what)
    return "".join((first, *thousands)) + ("." + fraction if sign else "")


def _cell(reading: Reading) -> Cell:
    if isinstance(reading.value, Absent):
        return Cell("absent", reading.value, reading.basis)
    return Cell("read", reading.value, reading.basis)


def born(age: Interval, on: Days) -> Days | None:
    """The days on which somebody can have been born who was this old on that day."""
    from fingerpost.dates import shift

    if on.first is None or on.last is None or not math.isfinite(age.high + age.low):
        return None
    first = shift(on.first, -(math.floor(age.high) + 1), "years") + dt.timedelta(days=1)
    return Days(first, shift(on.last, -math.floor(age.low), "years"))


def one_of(value: Value | Absent | None) -> frozenset[str]:
    """The values that a category may have; none if there is no category."""
    return value.possible if isinstance(value, Choice) else frozenset()
