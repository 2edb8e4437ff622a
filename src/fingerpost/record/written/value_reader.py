"""What a record says of a fact, turned into what is possible: for every importer the same way."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

from fingerpost.dates import shift
from fingerpost.messages import later, marked
from fingerpost.record.catalogue import Catalogue, FactEntry
from fingerpost.record.model import Basis
from fingerpost.record.written import date_text, units
from fingerpost.record.written.category_text import Said, Words, absence_named
from fingerpost.record.written.number_text import (
    Written,
    read_bounds,
    read_counted,
    read_number,
    scaled,
)
from fingerpost.values import Absent, Choice, Days, Interval, Members, Value

# Numbers that count something: half a lymph node is a slip.
WHOLE = frozenset({"positive_nodes", "ecog", "neuropathy_grade", "er_allred", "pr_allred"})

# Counts that reports write as a share of those looked at: "3/14", "0 of 3".
OF_SEVERAL = frozenset({"positive_nodes"})

# Dates of what may be planned: only these may lie ahead.
PLANNED = frozenset({"surgery_date"})
# Further ahead than this, a date is a slip of the pen rather than a plan.
PLANNED_WITHIN_MONTHS = 12


class NotRead(Exception):  # noqa: N818 - it is caught where it is thrown and never reaches a user
    """A value that cannot be read: what is wrong and what to try. It never repeats the value."""

    def __init__(self, code: str, what: str, try_this: str = "") -> None:
        super().__init__(what)
        self.code = code
        self.what = what
        self.try_this = try_this


@dataclass(frozen=True, slots=True)
class Reading:
    """A value that was read, and the basis that its way of writing told (`pT2`)."""

    value: Value | Absent
    basis: Basis | None = None


class ValueReader:
    """Reads values of the facts of a catalogue."""

    def __init__(self, catalogue: Catalogue, on: dt.date | None) -> None:
        self.catalogue = catalogue
        self.on = on
        self.words = Words(catalogue)

    def read(self, fact: str, raw: object, unit: str | None = None) -> Reading:
        """What a plain value (text, number, true, list) says of the fact.

        Raises:
            NotRead: it cannot be understood, or cannot be true.
        """
        entry = self.catalogue[fact]
        if isinstance(raw, str) and entry.type in ("number", "date"):
            kind = absence_named(raw)
            if kind is not None:
                return Reading(Absent(kind))
        match entry.type:
            case "number":
                return Reading(self.number(fact, raw, unit))
            case "date":
                return Reading(self.date(fact, raw))
            case "set":
                return self.members(fact, raw)
            case _:
                return self.category(fact, raw)

    def category(self, fact: str, raw: object) -> Reading:
        """One of the values of a category or flag, or several that it may be."""
        entry = self.catalogue[fact]
        if isinstance(raw, bool):
            raw = ("yes" if raw else "no") if entry.type == "flag" else str(raw)
        if isinstance(raw, list):
            return self._one_of_several(fact, raw)
        if not isinstance(raw, str | int | float):
            raise NotRead(
                "wrong-type", later("%(fact)s needs one value", fact=fact), allowed(entry)
            )
        said = self.words.say(fact, _plain(raw))
        if said is None:
            what = later("this is not a value of %(fact)s", fact=fact)
            raise NotRead("unknown-value", what, allowed(entry))
        return _reading(said)

    def _one_of_several(self, fact: str, raw: list[object]) -> Reading:
        """A list of values, one of which is meant."""
        flat = [item for item in raw if not isinstance(item, list)]
        readings = [self.category(fact, item) for item in flat]
        possible = [item.value.possible for item in readings if isinstance(item.value, Choice)]
        if not possible or len(possible) < len(raw):
            what = f"this list must hold values of {fact}, and at least one"
            raise NotRead("unknown-value", what, allowed(self.catalogue[fact]))
        return Reading(Choice(frozenset().union(*possible)), readings[0].basis)

    def number(self, fact: str, raw: object, unit: str | None = None) -> Interval:
        """A number, or the numbers it may be, in the unit of the catalogue."""
        written = _written(fact, raw, unit)
        entry = self.catalogue[fact]
        return within(fact, entry, convert(fact, entry, written))

    def date(self, fact: str, raw: object) -> Days:
        """A day, a month or a year that has already begun, or for which surgery is planned."""
        days = date_text.read_days(str(raw)) if isinstance(raw, str | int) else None
        if days is None or isinstance(raw, bool):
            what = later("%(fact)s needs a date, and this is none, or could be two", fact=fact)
            raise NotRead("wrong-date", what, marked("2021, 2021-03, 2021-03-09 or 9 March 2021"))
        soon = self.on and shift(self.on, PLANNED_WITHIN_MONTHS, "months")
        if fact not in PLANNED or date_text.after(days, soon):
            self.not_ahead(fact, days)
        return days

    def not_ahead(self, fact: str, days: Days) -> None:
        """Refuse a date in the future: what will be cannot be known yet.

        Raises:
            NotRead: it lies ahead.
        """
        if date_text.after(days, self.on):
            what = later("the date of %(fact)s lies in the future", fact=fact)
            raise NotRead(
                "future-date", what, marked("correct the year; leave out what is only planned")
            )

    def members(self, fact: str, raw: object) -> Reading:
        """The members of a set that are there; `none` says that all are ruled out."""
        entry = self.catalogue[fact]
        if isinstance(raw, str):
            kind = absence_named(raw)
            if kind is not None:
                return Reading(Absent(kind))
            if raw.strip().casefold() in ("none", "no"):
                return Reading(Members(absent=frozenset(entry.values)))
            raw = [part for part in raw.replace(";", ",").split(",") if part.strip()]
        return Reading(Members(present=self.some(fact, raw)))

    def some(self, fact: str, raw: object) -> frozenset[str]:
        """Members named in a list, or one by itself.

        Raises:
            NotRead: one of them is not a member.
        """
        entry = self.catalogue[fact]
        names = raw if isinstance(raw, list) else [raw]
        found: set[str] = set()
        for name in names:
            said = self.words.say(fact, name) if isinstance(name, str) else None
            if said is None or len(said.values) != 1:
                what = later("a word in this list is not one of %(fact)s", fact=fact)
                raise NotRead("unknown-value", what, allowed(entry))
            found |= said.values
        return frozenset(found)


def allowed(entry: FactEntry) -> str:
    """The values that may be written, for advice."""
    names = list(entry.values) or ["yes", "no"]
    shown = [*names[:24], *(["..."] if len(names) > 24 else [])]
    return later("one of %(names)s", names=", ".join(shown))


def _plain(raw: str | float) -> str:
    """A number as the text somebody would have written: 2.0 is 2."""
    return str(int(raw)) if isinstance(raw, float) and raw.is_integer() else str(raw)


def _reading(said: Said) -> Reading:
    if said.absent is not None:
        return Reading(Absent(said.absent), said.basis)
    return Reading(Choice(said.values), said.basis)


def _written(fact: str, raw: object, unit: str | None) -> Written:
    """The number as written, with its unit, which may stand in it or beside it."""
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        what = later("%(fact)s needs a number", fact=fact)
        raise NotRead("wrong-type", what, "90, <1, >=10 or 1-10")
    if isinstance(raw, str):
        counted = read_counted(raw) if fact in OF_SEVERAL else None
        written = counted or read_number(raw) or read_bounds(raw)
        if written is None:
            what = later("%(fact)s needs a number, and this cannot be read as one", fact=fact)
            raise NotRead(
                "not-a-number",
                what,
                later(
                    "%(some)s or %(last)s, with or without its unit",
                    some="90, <1, >=10",
                    last="1-10",
                ),
            )
        return Written(written.interval, _one_unit(fact, written.unit, unit))
    try:
        number = float(raw)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        what = later("%(fact)s needs a number that can be compared", fact=fact)
        raise NotRead("not-a-number", what, marked("leave it out"))
    return Written(Interval(number, number), unit)


def _one_unit(fact: str, inside: str | None, beside: str | None) -> str | None:
    """The unit that stands in a number or beside it; two that differ leave open which is right."""
    if beside is None or not beside.strip():
        return inside
    if units.unit_named(inside) not in ("", units.unit_named(beside)):
        what = later(
            "%(fact)s is written with one unit, and another one stands beside it", fact=fact
        )
        raise NotRead("wrong-unit", what, marked("keep the one that is right"))
    return beside


def convert(fact: str, entry: FactEntry, written: Written) -> Interval:
    """The number in the unit of the catalogue; without a unit it is taken to be in that unit.

    Raises:
        NotRead: the unit is not known, or measures something else.
    """
    wanted = units.unit_named(entry.unit) or ""
    given = units.unit_named(written.unit)
    if given in ("", wanted):
        return written.interval
    by = None if given is None else units.factor(given, wanted)
    if by is None:
        what = later("%(fact)s cannot be in this unit", fact=fact)
        advice: str = marked("give it without a unit")
        if entry.unit:
            advice = later("give it in %(unit)s", unit=entry.unit)
        raise NotRead("wrong-unit", what, advice)
    return scaled(written.interval, by)


def within(fact: str, entry: FactEntry, interval: Interval) -> Interval:
    """The part of an interval that can be true.

    Raises:
        NotRead: a bound that was written lies outside of what is possible, or counts in fractions.
    """
    low, high = entry.range or (None, None)
    for end in (interval.low, interval.high):
        if math.isfinite(end) and (
            (low is not None and end < low) or (high is not None and end > high)
        ):
            raise NotRead("out-of-range", _span(fact, low, high), marked("correct it"))
        if fact in WHOLE and math.isfinite(end) and not end.is_integer():
            what = later("%(fact)s counts whole numbers", fact=fact)
            raise NotRead("out-of-range", what, marked("correct it"))
    try:
        return Interval(
            max(interval.low, -math.inf if low is None else low),
            min(interval.high, math.inf if high is None else high),
            interval.low_open,
            interval.high_open,
        )
    except ValueError:
        raise NotRead("out-of-range", _span(fact, low, high), marked("correct it")) from None


def _span(fact: str, low: float | None, high: float | None) -> str:
    """What the number must be."""
    if low is not None and high is not None:
        values = {"low": f"{low:g}", "high": f"{high:g}"}
        return later("%(fact)s must lie from %(low)s to %(high)s", fact=fact, **values)
    if low is not None:
        return later("%(fact)s must lie at %(low)s or above", fact=fact, low=f"{low:g}")
    return later("%(fact)s must lie at %(high)s or below", fact=fact, high=f"{high:g}")
