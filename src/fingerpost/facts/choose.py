"""Several findings of one fact: which of them counts, and what is left possible when they differ.

The catalogue says for each fact which finding wins (the newest metastatic biopsy, the pathologist's
category, any positive gene test). Findings of equal rank are all believed: what remains possible is
what all of them allow. When nothing remains they contradict each other; then everything that any of
them claims stays possible, so that whatever does not depend on the quarrel is still answered.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import reduce
from itertools import combinations

from fingerpost.dates import shift
from fingerpost.facts.model import Chosen
from fingerpost.knowledge.model import Fact
from fingerpost.record.merging.sameness import is_rounded
from fingerpost.record.model import Finding
from fingerpost.terms import AbsenceKind
from fingerpost.values import Absent, Choice, Days, Interval, Members, Value

_POSITIVE = frozenset({"present", "pathogenic", "positive", "high", "deficient"})
_UNDATED = dt.date.min


def choose(fact: Fact, findings: Sequence[Finding], on: dt.date) -> Chosen:
    """The one value that the findings of a fact allow on a day."""
    usable = [f for f in findings if not isinstance(f.value, Absent)]
    if not usable:
        return _why_absent(findings)
    current = [f for f in usable if _is_current(fact, f, on)]
    if not current:
        return Chosen(
            Absent(AbsenceKind.STALE), (), tuple(usable), "the newest result is too old to rely on"
        )
    if fact.which == "any_positive":
        return _any_positive(current)
    rank = _RANKS.get(fact.which or "", _newest)
    best = max(map(rank, current))
    winners = [f for f in current if rank(f) == best or _may_be_newest(fact, f, best)]
    others = tuple(f for f in usable if f not in winners)
    value, agreed = combine([f.value for f in winners])  # type: ignore[misc]
    if not agreed:
        note = ROUNDED if _only_rounded(winners) else CONTRADICTION
        return Chosen(value, tuple(winners), others, note)
    return Chosen(value, tuple(winners), others, _note(fact, winners, others))


CONTRADICTION = "these findings contradict each other"
# A threshold may lie between 19.6 and the 20 that a letter made of it, so neither is taken.
ROUNDED = (
    "the results differ only by rounding, and whatever depends on which is exact stays unknown"
)


def _only_rounded(findings: Sequence[Finding]) -> bool:
    """Whether all findings are one number, written with more or fewer decimals."""
    pairs = combinations([finding.value for finding in findings], 2)
    return all(one == other or is_rounded(one, other) for one, other in pairs)


def combine(values: Sequence[Value]) -> tuple[Value, bool]:
    """What all values together leave possible, and whether they agree.

    >>> combine([Choice(frozenset({"0", "1+"})), Choice(frozenset({"1+"}))])
    (Choice(possible=frozenset({'1+'})), True)
    """
    try:
        return reduce(_meet, values), True
    except ValueError:
        return reduce(_join, values), False


def _meet(one: Value, other: Value) -> Value:
    match one, other:
        case Choice(), Choice():
            both = one.possible & other.possible
            if not both:
                msg = "no value is left"
                raise ValueError(msg)
            return Choice(both)
        case Interval(), Interval():
            low, low_open = max((one.low, one.low_open), (other.low, other.low_open))
            high, closed = min((one.high, not one.high_open), (other.high, not other.high_open))
            return Interval(low, high, low_open=low_open, high_open=not closed)
        case Days(), Days():
            firsts = [d for d in (one.first, other.first) if d is not None]
            lasts = [d for d in (one.last, other.last) if d is not None]
            return Days(max(firsts, default=None), min(lasts, default=None))
        case Members(), Members():
            present, absent = one.present | other.present, one.absent | other.absent
            if present & absent:
                msg = "a member is both in and out"
                raise ValueError(msg)
            return Members(present, absent)
        case _:
            msg = "values of two types"
            raise TypeError(msg)


def _join(one: Value, other: Value) -> Value:
    match one, other:
        case Choice(), Choice():
            return Choice(one.possible | other.possible)
        case Interval(), Interval():
            low, closed = min((one.low, one.low_open), (other.low, other.low_open))
            high, high_closed = max(
                (one.high, not one.high_open), (other.high, not other.high_open)
            )
            return Interval(low, high, low_open=closed, high_open=not high_closed)
        case Days(), Days():
            first = (
                None if one.first is None or other.first is None else min(one.first, other.first)
            )
            last = None if one.last is None or other.last is None else max(one.last, other.last)
            return Days(first, last)
        case Members(), Members():
            present, absent = one.present | other.present, one.absent | other.absent
            quarrel = present & absent
            return Members(present - quarrel, absent - quarrel)
        case _:
            msg = "values of two types"
            raise TypeError(msg)


def _why_absent(findings: Sequence[Finding]) -> Chosen:
    if not findings:
        return Chosen(Absent(AbsenceKind.NOT_STATED))
    newest = max(findings, key=_newest)
    return Chosen(newest.value, tuple(findings))


def _is_current(fact: Fact, finding: Finding, on: dt.date) -> bool:
    if fact.current_for is None or finding.date is None or finding.date.last is None:
        return True
    return shift(finding.date.last, fact.current_for.amount, fact.current_for.unit) >= on


def _any_positive(findings: Sequence[Finding]) -> Chosen:
    positive = [
        f for f in findings if isinstance(f.value, Choice) and f.value.possible <= _POSITIVE
    ]
    winners = positive or list(findings)
    others = tuple(f for f in findings if f not in winners)
    value, agreed = combine([f.value for f in winners])  # type: ignore[misc]
    note = (
        "a change that was found once counts, even when another sample did not show it"
        if others
        else None
    )
    return Chosen(value, tuple(winners), others, note if agreed else CONTRADICTION)


def _may_be_newest(fact: Fact, finding: Finding, best: tuple[int, object]) -> bool:
    """Whether a result without a date may be as new as the newest, of as telling a sample."""
    if finding.date is not None and finding.date.last is not None:
        return False
    match fact.which:
        case "newest" | None:
            return True
        case "newest_metastatic_else_newest":
            return finding.specimen is None or _newest_metastatic(finding)[0] >= best[0]
        case _:
            return False


def _newest(finding: Finding) -> tuple[int, dt.date]:
    day = finding.date.last if finding.date is not None else None
    return 0, day or _UNDATED


def _newest_metastatic(finding: Finding) -> tuple[int, dt.date]:
    return int(finding.specimen == "metastasis"), _newest(finding)[1]


def _pathologic(finding: Finding) -> tuple[int, dt.date]:
    return int(finding.basis == "pathologic"), _newest(finding)[1]


def _earliest(finding: Finding) -> tuple[int, int]:
    value = finding.value
    if isinstance(value, Days) and value.first is not None:
        return 0, -value.first.toordinal()
    return 0, -dt.date.max.toordinal()


_RANKS: dict[str, Callable[[Finding], tuple[int, object]]] = {
    "newest": _newest,
    "newest_metastatic_else_newest": _newest_metastatic,
    "pathologic_else_clinical": _pathologic,
    "earliest": _earliest,
}


def _note(fact: Fact, winners: Sequence[Finding], others: Sequence[Finding]) -> str | None:
    if all(other.value == winners[0].value for other in others):
        return None
    match fact.which:
        case "pathologic_else_clinical":
            return "what was found at surgery counts before what was felt or seen on scans"
        case "newest_metastatic_else_newest":
            return "the newest sample counts, and one from where the cancer has spread before one from the breast"
        case "earliest":
            return "the earliest date counts"
        case _:
            return "the newest result counts"
