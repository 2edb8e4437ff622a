"""Numbers as people and laboratories write them: `90`, `<1 %`, `1-10`, `at least 2.5 cm`."""

from __future__ import annotations

import math
import re
from typing import NamedTuple

from fingerpost.values import Interval

_WORDS = (
    ("less than or equal to", "<="),
    ("greater than or equal to", ">="),
    ("no more than", "<="),
    ("no less than", ">="),
    ("at most", "<="),
    ("at least", ">="),
    ("up to", "<="),
    ("less than", "<"),
    ("fewer than", "<"),
    ("lower than", "<"),
    ("greater than", ">"),
    ("more than", ">"),
    ("higher than", ">"),
    ("below", "<"),
    ("under", "<"),
    ("above", ">"),
    ("over", ">"),
    ("equal to", "="),
    ("≤", "<="),
    ("≥", ">="),
    ("=<", "<="),
    ("=>", ">="),
    ("\u2013", "-"),
    ("\u2014", "-"),
    ("\u2212", "-"),
)
_NUMBER = r"-?\d{1,15}(?:[.,]\d{1,15})?"
# "1e999" is a number of another kind, and no "e999" was ever a unit.
_UNIT = r"(?!e[-+]?\d)(?:10[*^e]\d|[a-z%{\[/(#\u00b5\u03bc\u00d7])[^<>=]{0,39}"
_WRITTEN = re.compile(
    rf"(?P<sign><=|>=|<|>|=)?\s*(?P<low>{_NUMBER})\s*(?P<unit_of_low>%|(?:mm|cm)\b)?"
    rf"(?:\s*(?:-|\bto\b)\s*(?P<high>{_NUMBER}))?\s*(?P<unit>{_UNIT})?"
)
# "1,200" may mean twelve hundred or one and a fifth, so it is not read at all.
_THOUSANDS = re.compile(r"\d,\d{3}(?!\d)")


class Written(NamedTuple):
    """A number as written: what it can be, and the unit that stood with it."""

    interval: Interval
    unit: str | None


def read_number(text: str) -> Written | None:
    """The number that a text means, or None.

    >>> read_number("<1 %").interval
    Interval(low=-inf, high=1.0, low_open=False, high_open=True)
    >>> read_number("2,5 cm")
    Written(interval=Interval(low=2.5, high=2.5, low_open=False, high_open=False), unit='cm')
    >>> read_number("1-10 %").interval.high
    10.0
    >>> read_number("about ten") is None
    True
    """
    tidy = text.strip().casefold()[:120]
    for words, sign in _WORDS:
        tidy = tidy.replace(words, sign)
    match = _WRITTEN.fullmatch(tidy)
    if match is None or _THOUSANDS.search(tidy):
        return None
    unit = match["unit"] or match["unit_of_low"]
    interval = _between(match["sign"], match["low"], match["high"])
    return None if interval is None else Written(interval, unit.strip() if unit else None)


_SHARE = re.compile(
    r"(\d{1,4})\s*(?:/|of|out of)\s*(\d{1,4})"
    r"(?:\s*(?:lymph )?nodes?)?(?:\s*(?:positive|involved|with cancer))?(?:\s*(?:lymph )?nodes?)?"
)


def read_counted(text: str) -> Written | None:
    """How many of several, as reports count lymph nodes; None if it is no such share.

    >>> read_counted("3/14 nodes positive").interval.known, read_counted("0 of 3").interval.known
    (3.0, 0.0)
    >>> read_counted("3/2") is None, read_counted("3/14 negative") is None
    (True, True)
    """
    match = _SHARE.fullmatch(" ".join(text.casefold().split())[:120])
    if match is None or int(match[1]) > int(match[2]):
        return None
    return Written(Interval(float(match[1]), float(match[1])), None)


def read_bounds(text: str) -> Written | None:
    """The number that two bounds mean, or None.

    >>> read_bounds(">1 and <=10 %").interval
    Interval(low=1.0, high=10.0, low_open=True, high_open=False)
    """
    parts = [read_number(part) for part in text[:120].split(" and ")]
    below, above = parts if len(parts) == 2 else (None, None)
    if below is None or above is None or below.unit not in (None, above.unit):
        return None
    low, high = below.interval, above.interval
    if not math.isinf(low.high) or not math.isinf(high.low) or low.low >= high.high:
        return None
    return Written(Interval(low.low, high.high, low.low_open, high.high_open), above.unit)


def _between(sign: str | None, low_text: str, high_text: str | None) -> Interval | None:
    low = _decimal(low_text)
    if high_text is not None:
        high = _decimal(high_text)
        return Interval(low, high) if sign is None and low <= high else None
    return signed(sign, low)


def signed(sign: str | None, number: float) -> Interval | None:
    """The numbers that a number with a sign before it may be; None if the sign is not known.

    >>> signed(">", 3.0)
    Interval(low=3.0, high=inf, low_open=True, high_open=False)
    >>> signed("~", 3.0) is None
    True
    """
    match sign:
        case "<":
            return Interval(high=number, high_open=True)
        case "<=":
            return Interval(high=number)
        case ">":
            return Interval(low=number, low_open=True)
        case ">=":
            return Interval(low=number)
        case "=" | "" | None:
            return Interval(number, number)
        case _:
            return None


def _decimal(text: str) -> float:
    return float(text.replace(",", "."))


def scaled(interval: Interval, factor: float) -> Interval:
    """The same amount in another unit, without the dust of binary fractions.

    >>> scaled(Interval(2.3, 2.3), 10.0).low
    23.0
    """
    if factor == 1.0:
        return interval
    low, high = (_clean(end * factor) for end in (interval.low, interval.high))
    return Interval(low, high, interval.low_open, interval.high_open)


def _clean(number: float) -> float:
    return round(number, 9) if math.isfinite(number) else number
