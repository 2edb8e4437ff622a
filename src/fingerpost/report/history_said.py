"""All wordings of one option, from the first day to the last: as rows, and as a time line drawn below."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from fingerpost.messages import gettext as _
from fingerpost.report.conditions_said import conditions_said
from fingerpost.report.option_said import first_day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fingerpost.knowledge.model import Knowledge, Option, Window
    from fingerpost.report.contract import ConditionSaid

_WIDTH, _HIGH, _LEFT, _RIGHT = 700, 30, 30, 670
_MOST_TICKS = 12


class Wording(NamedTuple):
    """One wording: its days, how it ended, what it asks, and what it asks that the one before did not."""

    number: int
    start: str | None
    until: str | None
    ended: str | None
    status: str
    state: str
    source: str
    section: str | None
    note: str | None
    holds: bool
    conditions: Sequence[ConditionSaid]
    new: Sequence[ConditionSaid]
    gone: Sequence[ConditionSaid]


def history_said(option: Option, knowledge: Knowledge, on: dt.date) -> Sequence[Wording]:
    """Every wording in the order of time; what came and went with each."""
    found = []
    before: Window | None = None
    for number, window in enumerate(option.windows, 1):
        found.append(_wording(number, window, before, knowledge, on))
        before = window
    return found


def _wording(
    number: int, window: Window, before: Window | None, knowledge: Knowledge, on: dt.date
) -> Wording:
    old = {c.node for c in before.criteria} if before else set()
    own = {c.node for c in window.criteria}
    return Wording(
        number,
        first_day(window),
        window.until.isoformat() if window.until else None,
        window.ended,
        window.status,
        window.date_state,
        window.source,
        window.section,
        window.note,
        window.holds_on(on),
        conditions_said(window.criteria, knowledge),
        conditions_said([c for c in window.criteria if before and c.node not in old], knowledge),
        conditions_said(
            [c for c in before.criteria if c.node not in own] if before else (), knowledge
        ),
    )


def history_drawn(option: Option, on: dt.date) -> str:
    """A bar for each wording under one another, with the years; the rows above say the same in words.

    What is drawn are days and numbers of our own, so nothing in it needs escaping.
    """
    starts = [w.start for w in option.windows if w.start != dt.date.min]
    ends = [w.until for w in option.windows if w.until]
    first = min([*starts, *ends, on]).year
    last = max([*starts, *ends, on]).year + 1
    scale = (_RIGHT - _LEFT) / max((dt.date(last, 1, 1) - dt.date(first, 1, 1)).days, 1)

    def across(day: dt.date) -> float:
        return round(_LEFT + max((day - dt.date(first, 1, 1)).days, 0) * scale, 1)

    high = _HIGH * (len(option.windows) + 1)
    step = -(-(last - first) // _MOST_TICKS)
    parts = [
        f'<line x1="{across(dt.date(y, 1, 1))}" x2="{across(dt.date(y, 1, 1))}" y1="4" '
        f'y2="{high - _HIGH + 6}" stroke="#59636b" stroke-dasharray="2 3"/>'
        f'<text x="{across(dt.date(y, 1, 1))}" y="{high - 6}" font-size="13" text-anchor="middle" '
        f'fill="#14171a">{y}</text>'
        for y in range(first, last + 1, step)
    ]
    parts += [
        _bar(number, across(w.start), across(w.until or on), opens=w.opens)
        for number, w in enumerate(option.windows)
    ]
    title = _("Time line of the wordings; the table above says the same.")
    return (
        f'<svg viewBox="0 0 {_WIDTH} {high}" width="{_WIDTH}" height="{high}" role="img" '
        f'aria-label="{title}">{"".join(parts)}</svg>'
    )


def _bar(number: int, start: float, end: float, *, opens: bool) -> str:
    """A wording in force is a full bar; one that says no is only an outline."""
    fill = "#0b4a82" if opens else "#ffffff"
    top = 6 + number * _HIGH
    return (
        f'<rect x="{start}" y="{top}" width="{max(round(end - start, 1), 3)}" height="18" '
        f'fill="{fill}" stroke="#0b4a82" stroke-width="2"/>'
        f'<text x="{start - 6}" y="{top + 14}" font-size="14" text-anchor="end" '
        f'fill="#14171a">{number + 1}</text>'
    )
