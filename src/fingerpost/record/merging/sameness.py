"""When one value says no more than another, and when two cannot both be true."""

from __future__ import annotations

import re

from fingerpost.record.written.category_text import squash
from fingerpost.values import Absent, Choice, Days, Interval, Members, Value


def says_no_more(less: Value | Absent, more: Value | Absent) -> bool:
    """Whether everything the first value says, the second says as exactly, or more so.

    >>> says_no_more(Interval(90, 100), Interval(95, 95))
    True
    >>> says_no_more(Choice(frozenset({"1+"})), Choice(frozenset({"0", "1+"})))
    False
    """
    match less, more:
        case Absent(), Absent():
            return less.kind is more.kind
        case Choice(), Choice():
            return more.possible <= less.possible
        case Interval(), Interval():
            above = (less.low, less.low_open) <= (more.low, more.low_open)
            return above and (more.high, not more.high_open) <= (less.high, not less.high_open)
        case Days(), Days():
            return days_within(more, less)
        case Members(), Members():
            return less.present <= more.present and less.absent <= more.absent
        case _:
            return False


def days_within(inner: Days, outer: Days) -> bool:
    """Whether all days of the first are days of the second."""
    starts = outer.first is None or (inner.first is not None and inner.first >= outer.first)
    ends = outer.last is None or (inner.last is not None and inner.last <= outer.last)
    return starts and ends


def days_meet(one: Days, other: Days) -> bool:
    """Whether two dates can be the same day."""
    return not surely_before(one, other) and not surely_before(other, one)


def surely_before(one: Days, other: Days) -> bool:
    """Whether one date can only be before the other."""
    return one.last is not None and other.first is not None and one.last < other.first


def disagree(one: Value | Absent, other: Value | Absent) -> bool:
    """Whether two values of one thing cannot both be true.

    >>> disagree(Choice(frozenset({"0", "1+"})), Choice(frozenset({"1+"})))
    False
    >>> disagree(Interval(0, 1, high_open=True), Interval(1, 1))
    True
    """
    match one, other:
        case Choice(), Choice():
            return not one.possible & other.possible
        case Interval(), Interval():
            return _apart(one, other) or _apart(other, one)
        case Days(), Days():
            return not days_meet(one, other)
        case Members(), Members():
            return bool(one.present & other.absent or other.present & one.absent)
        case _:
            return False


def _apart(low: Interval, high: Interval) -> bool:
    return low.high < high.low or (low.high == high.low and (low.high_open or high.low_open))


def is_rounded(one: Value | Absent, other: Value | Absent) -> bool:
    """Whether one of two numbers is the other, written with fewer decimals.

    >>> is_rounded(Interval(23, 23), Interval(23.4, 23.4))
    True
    >>> is_rounded(Interval(20, 20), Interval(23, 23))
    False
    """
    if not isinstance(one, Interval) or not isinstance(other, Interval):
        return False
    if one.known is None or other.known is None or one.known == other.known:
        return False
    less, more = sorted((float(one.known), float(other.known)), key=_decimals)
    # Half a unit of the last decimal either way: laboratories round halves up, Python to even.
    unit = 10.0 ** -_decimals(less)
    return _decimals(less) < _decimals(more) and abs(less - more) <= unit / 2


def _decimals(number: float) -> int:
    return 0 if number.is_integer() else len(repr(number).partition(".")[2])


# Words that say nothing of where: "Left breast structure (body structure)" is the left breast.
_NOWHERE = frozenset(
    [
        *("structure", "body", "entire", "of", "the", "in", "at", "from"),
        "specimen",
        "sample",
        "biopsy",
    ]
)


def site_words(site: str) -> frozenset[str]:
    """The words of a place in the body that tell where it is.

    >>> sorted(site_words("Left breast structure")) == sorted(site_words("breast, left"))
    True
    """
    words = frozenset(re.findall(r"\w+", site.casefold()))
    return words - _NOWHERE or words


def same_text(one: str, other: str) -> bool:
    """Whether two texts differ only in how they are written."""
    return squash(one) == squash(other)
