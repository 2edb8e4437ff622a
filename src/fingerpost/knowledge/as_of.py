"""What held on a day: for each option the wording in force, and for the others why not."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from fingerpost.knowledge.model import Knowledge, Option, Window

Reason = Literal["not_yet", "expected", "ended", "between", "not_given"]


@dataclass(frozen=True, slots=True)
class OptionInForce:
    """An option that was approved on the day, in the wording of that day."""

    option: Option
    window: Window


@dataclass(frozen=True, slots=True)
class OptionNotInForce:
    """An option that was not approved on the day, and why.

    `not_yet`: approved only from `begins` on. `expected`: announced, and not approved so far.
    `ended`: over since the day after `ended_on`, in the way that `how` says. `between`: over, and
    approved again from `begins` on. `not_given`: looked at, and not recommended since `begins`; `how`
    is the authority's word.
    """

    option: Option
    reason: Reason
    begins: dt.date | None
    ended_on: dt.date | None
    how: str | None


@dataclass(frozen=True, slots=True)
class KnowledgeOn:
    """The knowledge as it held on `day`.

    `days_after_verified` says how many days beyond the last check of approvals the day lies; 0 on
    or before it. Beyond it, approvals and withdrawals may be missing.
    """

    knowledge: Knowledge
    day: dt.date
    authority: str | None
    in_force: tuple[OptionInForce, ...]
    not_in_force: tuple[OptionNotInForce, ...]
    days_after_verified: int


def view(knowledge: Knowledge, day: dt.date, authority: str | None = None) -> KnowledgeOn:
    """What held on `day`, of one authority or of all."""
    in_force: list[OptionInForce] = []
    not_in_force: list[OptionNotInForce] = []
    for option in knowledge.options.values():
        if authority is not None and option.authority != authority:
            continue
        window = window_on(option, day)
        if window is None:
            not_in_force.append(_why_not(option, day))
        elif not window.opens:
            entry = OptionNotInForce(option, "not_given", window.start, None, window.status)
            not_in_force.append(entry)
        else:
            in_force.append(OptionInForce(option, window))
    late = max((day - knowledge.about.verified_through).days, 0)
    return KnowledgeOn(knowledge, day, authority, tuple(in_force), tuple(not_in_force), late)


def window_on(option: Option, day: dt.date) -> Window | None:
    """The wording of an option that was in force on a day, if any: there is at most one."""
    return next((window for window in option.windows if window.holds_on(day)), None)


def shown_day(window: Window, knowledge: Knowledge) -> dt.date:
    """A day on which a wording is shown: its last, or that of the knowledge.

    Days after the 28th are moved back, where a month can be added without a doubt.
    """
    last = min(window.until or knowledge.about.version_day, knowledge.about.version_day)
    return max(last.replace(day=min(last.day, 28)), window.start)


def _why_not(option: Option, day: dt.date) -> OptionNotInForce:
    """Windows stand in the order of time: the last before the day and the first after it count."""
    real = [window for window in option.windows if not window.expected]
    past = [window for window in real if window.start <= day]
    ahead = [window for window in real if window.start > day]
    last = past[-1] if past else None
    if ahead:
        reason: Reason = "between" if last else "not_yet"
        begins: dt.date | None = ahead[0].start
    else:
        reason = "ended" if last else "expected"
        begins = None if last else option.windows[0].start
    ended_on, how = (last.until, last.ended) if last else (None, None)
    return OptionNotInForce(option, reason, begins, ended_on, how)
