"""Several findings of one fact: which of them counts, and what is left possible when they differ.

The catalogue says for each fact which finding wins (the newest metastatic biopsy, the pathologist's
category, any positive gene test). Findings of equal rank are all believed: what remains possible is
what all of them allow. When nothing remains they contradict each other; then everything that any of
them claims stays possible, so that whatever does not depend on the quarrel is still answered.

A fact that changes with time says for how long a result is kept (`recency.py`). A result that may be
older, because its day is not known or only its year, answers nothing by itself, unless it is bad news.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import reduce
from itertools import combinations

from fingerpost.facts.model import Chosen
from fingerpost.facts.recency import first_day, is_over, is_recent, last_day
from fingerpost.knowledge.model import Fact
from fingerpost.messages import marked
from fingerpost.record.merging.sameness import is_rounded
from fingerpost.record.model import Finding
from fingerpost.terms import AbsenceKind
from fingerpost.values import Absent, Choice, Days, Interval, Members, Value

_POSITIVE = frozenset({"present", "pathogenic", "positive", "high", "deficient"})


def choose(fact: Fact, findings: Sequence[Finding], on: dt.date) -> Chosen:
    """The one value that the findings of a fact allow on a day."""
    usable = [f for f in findings if not isinstance(f.value, Absent)]
    if not usable:
        return _why_absent(findings)
    possible = [f for f in usable if not is_over(fact, f, usable, on)]
    if not possible:
        return Chosen(Absent(AbsenceKind.STALE), (), tuple(usable), TOO_OLD)
    chosen = (
        _any_positive(possible) if fact.which == "any_positive" else _ranked(fact, usable, possible)
    )
    return _recent(chosen, usable, [f for f in possible if is_recent(fact, f, on)])


def _ranked(fact: Fact, usable: Sequence[Finding], possible: Sequence[Finding]) -> Chosen:
    """What the findings of the highest rank say together; the others are passed over."""
    winners = _counting(fact, possible)
    others = tuple(f for f in usable if f not in winners)
    value, agreed = combine([f.value for f in winners])  # type: ignore[misc]
    if not agreed:
        note = ROUNDED if _only_rounded(winners) else CONTRADICTION
        return Chosen(value, tuple(winners), others, note)
    return Chosen(value, tuple(winners), others, _note(fact, winners, others))


def _recent(chosen: Chosen, usable: Sequence[Finding], recent: Sequence[Finding]) -> Chosen:
    """What is certain although some results may be too old: no more than the recent ones say."""
    sure = [f for f in chosen.findings if f in recent]
    if not sure:
        return Chosen(Absent(AbsenceKind.STALE), (), tuple(usable), DAY_NOT_KNOWN)
    if len(sure) == len(chosen.findings) or chosen.note in (CONTRADICTION, ROUNDED):
        return chosen
    value, _ = combine([f.value for f in sure])  # type: ignore[misc]
    return replace(chosen, value=value)


TOO_OLD = marked("the newest result is too old to rely on")
DAY_NOT_KNOWN = marked(
    "the day of the result is not known well enough to tell whether it is too old"
)
CONTRADICTION = marked("these findings contradict each other")
# A threshold may lie between 19.6 and the 20 that a letter made of it, so neither is taken.
ROUNDED = marked(
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
    newest = max(findings, key=lambda f: (f.date and f.date.last) or dt.date.min)
    return Chosen(newest.value, tuple(findings))


def _any_positive(findings: Sequence[Finding]) -> Chosen:
    positive = [
        f for f in findings if isinstance(f.value, Choice) and f.value.possible <= _POSITIVE
    ]
    winners = positive or list(findings)
    others = tuple(f for f in findings if f not in winners)
    value, agreed = combine([f.value for f in winners])  # type: ignore[misc]
    note = (
        marked("a change that was found once counts, even when another sample did not show it")
        if others
        else None
    )
    return Chosen(value, tuple(winners), others, note if agreed else CONTRADICTION)


def _counting(fact: Fact, findings: Sequence[Finding]) -> list[Finding]:
    """The findings of which none is certainly passed over: of the most telling kind, and maybe the newest.

    Two results whose days overlap ("2024" and 1 June 2024), or of which one has no day, have no known
    order: both count.
    """
    if fact.which == "earliest":
        first = min(map(_earliest, findings))
        return [f for f in findings if _earliest(f) == first]
    telling = _TELLING.get(fact.which or "", _alike)
    several = [f for f in findings if telling(f)]
    pool = [f for f in findings if not several or telling(f) or _may_be_of_metastasis(fact, f)]
    newest = max(first_day(f) for f in pool)
    return [f for f in pool if last_day(f) >= newest]


def _alike(_: Finding) -> bool:
    return True


def _may_be_of_metastasis(fact: Fact, finding: Finding) -> bool:
    """Whether a result that says neither its day nor its sample may be of the metastasis itself."""
    unsaid = finding.specimen is None and last_day(finding) == dt.date.max
    return unsaid and fact.which == "newest_metastatic_else_newest"


def _earliest(finding: Finding) -> dt.date:
    value = finding.value
    return (isinstance(value, Days) and value.first) or dt.date.max


_TELLING: dict[str, Callable[[Finding], bool]] = {
    "newest_metastatic_else_newest": lambda finding: finding.specimen == "metastasis",
    "pathologic_else_clinical": lambda finding: finding.basis == "pathologic",
}


def _note(fact: Fact, winners: Sequence[Finding], others: Sequence[Finding]) -> str | None:
    if all(other.value == winners[0].value for other in others):
        return None
    match fact.which:
        case "pathologic_else_clinical":
            return marked("what was found at surgery counts before what was felt or seen on scans")
        case "newest_metastatic_else_newest":
            return marked(
                "the newest sample counts, and one from where the cancer has spread before one from the breast"
            )
        case "earliest":
            return marked("the earliest date counts")
        case _:
            return marked("the newest result counts")
