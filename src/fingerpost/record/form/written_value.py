"""Values as a form writes them, so that they read back as they are: `90`, `">1 and <=10"`, `2021-03`."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Any

from fingerpost.dates import parse_partial
from fingerpost.record.catalogue import FactEntry
from fingerpost.values import Choice, Days, Interval, Members, Value


def value_written(value: Value, entry: FactEntry) -> dict[str, Any]:
    """The keys that say a value: `value`, or `present`, `absent` and `complete` of a set."""
    match value:
        case Choice():
            return {"value": _choice(value, entry)}
        case Interval():
            return {"value": interval_written(value, entry.range or (None, None))}
        case Days():
            return {"value": days_written(value)}
        case Members():
            return _members(value, entry)


def _choice(value: Choice, entry: FactEntry) -> object:
    if value.known is not None:
        return value.known
    names = list(entry.values)
    order = [name for name in names if name in value.possible]
    return [*order, *sorted(value.possible.difference(names))]


def _members(value: Members, entry: FactEntry) -> dict[str, Any]:
    present = [name for name in entry.values if name in value.present]
    absent = [name for name in entry.values if name in value.absent]
    if not absent:
        return {"value": present} if present else {"present": []}
    if len(present) + len(absent) < len(entry.values):
        return ({"present": present} if present else {}) | {"absent": absent}
    return {"present": present, "complete": True} if present else {"value": "none"}


def interval_written(value: Interval, limits: tuple[float | None, float | None]) -> object:
    """A number, a bound or a range; a limit that holds anyway is not said.

    >>> interval_written(Interval(90, 90), (0, 100)), interval_written(Interval(1, 10), (0, 100))
    (90, '1-10')
    >>> interval_written(Interval(0, 1, high_open=True), (0, 100))
    '<1'
    >>> interval_written(Interval(1, 10, low_open=True), (0, 100))
    '>1 and <=10'
    """
    if value.known is not None:
        number = float(value.known)
        return int(number) if number.is_integer() else number
    least = -math.inf if limits[0] is None else limits[0]
    most = math.inf if limits[1] is None else limits[1]
    low = "" if value.low == least and not value.low_open else _digits(value.low)
    high = "" if value.high == most and not value.high_open else _digits(value.high)
    if low and high and not (value.low_open or value.high_open):
        return f"{low} to {high}" if "-" in low + high else f"{low}-{high}"
    if not low and not high:
        return f">={_digits(least)}" if math.isfinite(least) else f"<={_digits(most)}"
    above = f">{'' if value.low_open else '='}{low}" if low else ""
    below = f"<{'' if value.high_open else '='}{high}" if high else ""
    return f"{above} and {below}" if above and below else above or below


def _digits(number: float) -> str:
    """A number in digits alone, without an exponent."""
    return f"{Decimal(repr(float(number))):f}".removesuffix(".0")


def days_written(days: Days) -> object:
    """A date as exactly as it is known, or the days between two dates.

    >>> import datetime as dt
    >>> days_written(parse_partial("2021-03")), days_written(parse_partial("2021"))
    ('2021-03', 2021)
    >>> days_written(Days(dt.date(2021, 3, 9), dt.date(2021, 5, 1)))
    '2021-03-09 to 2021-05-01'
    >>> days_written(Days(dt.date(2021, 3, 9)))
    'from 2021-03-09'
    """
    first, last = days.first, days.last
    if first is None or last is None:
        return f"from {first}" if first else f"until {last}"
    for text in (f"{first:%Y}", f"{first:%Y-%m}", f"{first}"):
        if parse_partial(text) == days:
            return int(text) if len(text) == len("2021") else text
    return f"{first} to {last}"
