"""What may be known of one fact: never a guess, always what is still possible.

A category is the set of values it may have, a number an interval, a date a span of days, a set the
members that are certainly in or out. The whole set, or an endless interval, says nothing. More
information only ever makes these smaller, and that is why an answer, once yes or no, stays so.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

from fingerpost.terms import AbsenceKind


@dataclass(frozen=True, slots=True)
class Choice:
    """One of `possible`; known when only one is left.

    >>> Choice(frozenset({"0", "1+"})).known is None
    True
    """

    possible: frozenset[str]

    @property
    def known(self) -> str | None:
        """The one value left, or None."""
        return next(iter(self.possible)) if len(self.possible) == 1 else None


@dataclass(frozen=True, slots=True)
class Interval:
    """A number from `low` to `high`; an open end leaves the end itself out.

    Raises:
        ValueError: NaN, or nothing lies between the ends. NaN is refused because databases sort it
            above every number, so that it would pass `>= 10`.
    """

    low: float = -math.inf
    high: float = math.inf
    low_open: bool = False
    high_open: bool = False

    def __post_init__(self) -> None:
        """Refuse NaN and empty intervals."""
        if math.isnan(self.low) or math.isnan(self.high):
            msg = "NaN is not a number that can be compared"
            raise ValueError(msg)
        if self.low > self.high or (self.low == self.high and (self.low_open or self.high_open)):
            msg = f"no number lies between {self.low} and {self.high}"
            raise ValueError(msg)

    @property
    def known(self) -> float | None:
        """The number, when there is only one."""
        return self.low if self.low == self.high else None


@dataclass(frozen=True, slots=True)
class Days:
    """A day between `first` and `last`, both included; None leaves that side open."""

    first: dt.date | None = None
    last: dt.date | None = None

    def __post_init__(self) -> None:
        """Refuse spans that end before they begin."""
        if self.first is not None and self.last is not None and self.first > self.last:
            msg = f"{self.first} is after {self.last}"
            raise ValueError(msg)

    @property
    def known(self) -> dt.date | None:
        """The day, when there is only one."""
        return self.first if self.first == self.last else None


@dataclass(frozen=True, slots=True)
class Members:
    """A set of which some members are certain, some ruled out, and all others unknown."""

    present: frozenset[str] = frozenset()
    absent: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Absent:
    """No value, and why."""

    kind: AbsenceKind = AbsenceKind.NOT_STATED


Value = Choice | Interval | Days | Members
