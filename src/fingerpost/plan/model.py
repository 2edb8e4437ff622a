"""What follows one option for one person: plain values, each with the entry of the knowledge it is from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal, NamedTuple

from fingerpost.knowledge.model import Knowledge
from fingerpost.knowledge.plan_model import (
    Boxed,
    Check,
    Effect,
    Given,
    Help,
    Monitoring,
    Question,
    SideEffect,
)
from fingerpost.options.model import CautionAnswer, OptionAnswer
from fingerpost.terms import Answer

Minutes = tuple[int, int]
WithoutDays = Literal["which_medicine", "not_written", "after_surgery", "part_before"]
Wish = Literal["required", "recommended", "if_indicated"]


@dataclass(frozen=True, slots=True)
class PlannedDrug:
    """A medicine of the option, or a family of which one is chosen, and how it is given.

    `given` is the usual way; None where nobody wrote it down. `others` are further ways. `answer` says
    whether the way holds for this person, where that depends on the record. It `begins` on a day of the
    plan, None where nobody can say which; `part` is the number of the part that begins on that day.
    """

    id: str
    name: str
    given: Given | None
    answer: Answer
    others: tuple[Given, ...]
    one_of: tuple[str, ...] = ()
    begins: int | None = 1
    part: int = 1

    @property
    def without_days(self) -> WithoutDays | None:
        """Why the plan has no days for what somebody has to give; None where it has, or at home."""
        given = self.given
        if given is not None and self.begins is None:
            return "after_surgery" if given.after_surgery else "part_before"
        if given is not None and (given.how == "oral" or given.days or given.first_cycle_days):
            return None
        return "which_medicine" if self.one_of else "not_written"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the treatment: what begins on one day, after the part before it."""

    number: int
    drugs: tuple[PlannedDrug, ...]

    @property
    def begins(self) -> int | None:
        """The day of the plan on which it begins; None where nobody can say it."""
        return self.drugs[0].begins

    @property
    def after_surgery(self) -> bool:
        """Whether an operation comes before it."""
        return any(drug.given is not None and drug.given.after_surgery for drug in self.drugs)


class PlannedDose(NamedTuple):
    """One time at which a medicine is given, and how many minutes that takes."""

    drug: PlannedDrug
    cycle: int
    minutes: Minutes | None


class PlannedCheck(NamedTuple):
    """A check, and for which medicines and reasons it is done; `wish` is the most pressing of them.

    What is looked at only because a later part begins is done `ahead`, in the days before.
    """

    check: Check
    reasons: tuple[Monitoring, ...]
    wish: Wish
    ahead: bool = False


@dataclass(frozen=True, slots=True)
class PlanDay:
    """Everything of one day. Day 1 is the first of treatment, day 0 stands for the days before it."""

    number: int
    date: dt.date | None
    doses: tuple[PlannedDose, ...]
    checks: tuple[PlannedCheck, ...]

    @property
    def minutes(self) -> Minutes | None:
        """The minutes in the chair, all medicines one after the other; None where one is not known."""
        known = [dose.minutes for dose in self.doses]
        if not known or any(each is None for each in known):
            return None
        return sum(each[0] for each in known if each), sum(each[1] for each in known if each)

    @property
    def week(self) -> int:
        """The week of treatment; 0 before it.

        >>> [PlanDay(n, None, (), ()).week for n in (0, 1, 7, 8)]
        [0, 1, 1, 2]
        """
        return 0 if self.number < 1 else (self.number - 1) // 7 + 1


class LaterCheck(NamedTuple):
    """A check that has no day yet: when the team sees a reason, at the end, or after the treatment."""

    check: Check
    reason: Monitoring
    when: Literal["as_indicated", "at_end", "after"]


@dataclass(frozen=True, slots=True)
class PlannedEffect:
    """An effect that one or more medicines of the option can have; the most common of them counts."""

    effect: Effect
    by: tuple[tuple[str, SideEffect], ...]
    how_common: str
    serious: bool
    call_at_once: bool
    helps: tuple[Help, ...] = ()


class AskedQuestion(NamedTuple):
    """A question to bring, in its final words, and the entry it is from."""

    question: Question
    text: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What follows an option: a typical course, from what is known of its medicines.

    `start` is the first day of treatment where one was named. `weeks` is how far the days reach.
    """

    knowledge: Knowledge
    answer: OptionAnswer
    on: dt.date
    start: dt.date | None
    weeks: int
    drugs: tuple[PlannedDrug, ...]
    parts: tuple[Part, ...]
    days: tuple[PlanDay, ...]
    later: tuple[LaterCheck, ...]
    effects: tuple[PlannedEffect, ...]
    boxed: tuple[tuple[str, Boxed], ...]
    cautions: tuple[CautionAnswer, ...]
