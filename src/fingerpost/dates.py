"""Dates as people know them: a day, a month or only a year; and whole months and years between them."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from functools import lru_cache

from fingerpost.values import Days

_PARTIAL = re.compile(r"^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$")

UNITS = ("days", "weeks", "months", "years")


def parse_partial(text: str) -> Days:
    """Read `2021`, `2021-03` or `2021-03-09` as the days it may mean.

    >>> parse_partial("2021-02")
    Days(first=datetime.date(2021, 2, 1), last=datetime.date(2021, 2, 28))

    Raises:
        ValueError: the text is not such a date, or names a day that does not exist.
    """
    match = _PARTIAL.match(text.strip())
    if match is None:
        msg = f"{text!r} is not a date like 2021, 2021-03 or 2021-03-09"
        raise ValueError(msg)
    year, month, day = match.groups()
    if month is None:
        return Days(dt.date(int(year), 1, 1), dt.date(int(year), 12, 31))
    if day is None:
        last = calendar.monthrange(int(year), int(month))[1] if 1 <= int(month) <= 12 else 0
        return Days(dt.date(int(year), int(month), 1), dt.date(int(year), int(month), last))
    exact = dt.date(int(year), int(month), int(day))
    return Days(exact, exact)


@lru_cache(maxsize=4096)
def shift(day: dt.date, amount: int, unit: str) -> dt.date:
    """The day `amount` days, weeks, months or years later (earlier if negative).

    A month later than 31 January is the last day of February: the calendar's month, not 30 days.
    Past the ends of the calendar the first or last day there is stands in.

    >>> shift(dt.date(2024, 1, 31), 1, "months")
    datetime.date(2024, 2, 29)
    >>> shift(dt.date(2024, 2, 29), -12, "months")
    datetime.date(2023, 2, 28)
    """
    if unit in ("days", "weeks"):
        ordinal = day.toordinal() + amount * (7 if unit == "weeks" else 1)
        return dt.date.fromordinal(min(max(ordinal, 1), dt.date.max.toordinal()))
    months = day.year * 12 + day.month - 1 + amount * (12 if unit == "years" else 1)
    year, month = divmod(months, 12)
    if year < dt.MINYEAR:
        return dt.date.min
    if year > dt.MAXYEAR:
        return dt.date.max
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def whole_units(earlier: dt.date, later: dt.date, unit: str) -> int:
    """How many whole months or years lie between two days, by the calendar and not by division.

    >>> whole_units(dt.date(2023, 12, 31), dt.date(2024, 1, 1), "years")
    0
    >>> whole_units(dt.date(1968, 2, 29), dt.date(2026, 2, 28), "years")
    58
    """
    if later < earlier:
        return -whole_units(later, earlier, unit)
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    if shift(earlier, months, "months") > later:
        months -= 1
    return months // 12 if unit == "years" else months
