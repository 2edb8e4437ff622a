"""For how long a result is relied on, and why bad news is not lost for want of a day.

How long a result stays current asks for how long good news can be relied on: a negative pregnancy test,
a heart that pumped well. A worrying result whose day is not known counts, since all that it can do is
to raise a caution. One that is certainly too old, or that a newer result answers, does not.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from fingerpost.dates import shift
from fingerpost.knowledge.model import Fact
from fingerpost.knowledge.period import Period
from fingerpost.record.model import Finding
from fingerpost.values import Absent, Choice, Interval, Value


def is_over(fact: Fact, finding: Finding, others: Sequence[Finding], on: dt.date) -> bool:
    """Whether a result is too old to rely on, whichever of its possible days was its own."""
    last = finding.date.last if finding.date else None
    if last is None or _holds_on(fact.current_for, last, on):
        return False
    if not _is_worrying(fact, finding.value) or not _holds_on(_kept(fact), last, on):
        return True
    return any(first_day(each) > last for each in others)


def is_recent(fact: Fact, finding: Finding, on: dt.date) -> bool:
    """Whether a result that is not certainly too old may be relied on.

    One without a day may be of any day: silence does not make good news recent.
    """
    first = finding.date.first if finding.date else None
    if fact.current_for is None or _is_worrying(fact, finding.value):
        return True
    return first is not None and _holds_on(fact.current_for, first, on)


def first_day(finding: Finding) -> dt.date:
    """The first day on which the result can have been had; long ago, if nothing is said."""
    return (finding.date and finding.date.first) or dt.date.min


def last_day(finding: Finding) -> dt.date:
    """The last day on which the result can have been had; far ahead, if nothing is said."""
    return (finding.date and finding.date.last) or dt.date.max


def _holds_on(kept: Period | None, day: dt.date, on: dt.date) -> bool:
    return kept is None or shift(day, kept.amount, kept.unit) >= on


def _kept(fact: Fact) -> Period | None:
    return (fact.worrying and fact.worrying.kept_for) or fact.current_for


def _is_worrying(fact: Fact, value: Value | Absent) -> bool:
    """Whether every value that is possible is bad news."""
    worrying = fact.worrying
    match value:
        case Choice() if worrying is not None:
            return value.possible <= set(worrying.results)
        case Interval() if worrying is not None:
            return any(
                (
                    _lies_below(value, worrying.below, itself=False),
                    _lies_below(value, worrying.at_most, itself=True),
                    _lies_above(value, worrying.at_least, itself=True),
                    _lies_above(value, worrying.above, itself=False),
                )
            )
        case _:
            return False


def _lies_below(value: Interval, limit: float | None, *, itself: bool) -> bool:
    if limit is None:
        return False
    return value.high < limit or (value.high == limit and (itself or value.high_open))


def _lies_above(value: Interval, limit: float | None, *, itself: bool) -> bool:
    if limit is None:
        return False
    return value.low > limit or (value.low == limit and (itself or value.low_open))
