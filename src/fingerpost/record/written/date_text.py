"""Dates as people write them: 2021, 2021-03, 2021-03-09, 3/2021, March 2021, 9 March 2021.

Where a day is known only roughly: 2021-03 to 2021-05, from 2021, until 9 March 2021.
"""

from __future__ import annotations

import datetime as dt
import re

from fingerpost.dates import parse_partial
from fingerpost.values import Days

# Nobody alive was born before this year, and a slip of the finger often makes such a date.
FIRST_YEAR = 1900

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_MONTH_YEAR = re.compile(r"(\d{1,2})[/.](\d{4})")
_NAMED = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th)?\.?\s+)?([a-z]{3,9})\.?\s+(\d{4})")
_NAMED_US = re.compile(r"([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_SPAN = re.compile(r"(?:from\s+)?(.{4,40}?)\s+(?:to|until)\s+(.{4,40})")
_WITH_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})[t ]\d{2}:.*", re.DOTALL)


def read_date(text: str) -> Days | None:
    """The days a text may mean; None if it is no date, or could be two (3/4/2021).

    >>> read_date("March 2021") == read_date("2021-03") == read_date("3/2021")
    True
    >>> read_date("2018-04-01T00:00:00Z").known
    datetime.date(2018, 4, 1)
    >>> read_date("3/4/2021") is None
    True
    """
    if not text.isascii():
        return None
    tidy = text.strip().casefold()[:60]
    try:
        days = parse_partial(_numeric(tidy) or tidy)
    except ValueError:
        return None
    return days if days.first is not None and days.first.year >= FIRST_YEAR else None


def read_days(text: str) -> Days | None:
    """The days a date may mean, or the days between two dates, both included.

    >>> read_days("2021-03-09 to 2021-05") == read_days("from 9 March 2021 until May 2021")
    True
    >>> read_days("until 2021").first is None
    True
    """
    tidy = text.strip().casefold()[:90]
    if match := _SPAN.fullmatch(tidy):
        return _between(read_date(match[1]), read_date(match[2]))
    word, _, rest = tidy.partition(" ")
    if word not in ("from", "until"):
        return read_date(text)
    days = read_date(rest)
    if days is None:
        return None
    return Days(days.first, None) if word == "from" else Days(None, days.last)


def _between(begin: Days | None, end: Days | None) -> Days | None:
    if begin is None or end is None or begin.first is None or end.last is None:
        return None
    return Days(begin.first, end.last) if begin.first <= end.last else None


def _numeric(tidy: str) -> str | None:
    if match := _WITH_TIME.fullmatch(tidy):
        return match[1]
    if match := _MONTH_YEAR.fullmatch(tidy):
        return f"{match[2]}-{match[1]}"
    if match := _NAMED.fullmatch(tidy):
        day, month, year = match.groups()
    elif match := _NAMED_US.fullmatch(tidy):
        month, day, year = match.groups()
    else:
        return None
    number = _month(month)
    if number is None:
        return None
    return f"{year}-{number}-{day}" if day else f"{year}-{number}"


def _month(name: str) -> int | None:
    full = [number for number, month in enumerate(_MONTHS, 1) if month.startswith(name)]
    return full[0] if len(full) == 1 else None


def after(days: Days, on: dt.date | None) -> bool:
    """Whether all the days lie after the day that is asked about."""
    return on is not None and days.first is not None and days.first > on
