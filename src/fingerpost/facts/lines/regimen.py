"""One treatment as the rules of lines see it: its drugs, its setting, its days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from fingerpost.facts.treatments import with_parents
from fingerpost.facts.words import treatment_name
from fingerpost.knowledge.line_rules import LineGroup
from fingerpost.knowledge.model import Knowledge
from fingerpost.record.model import Treatment
from fingerpost.values import Absent, Choice, Days, Interval, Members, Value

ADVANCED = frozenset({"locally_advanced", "metastatic"})
EARLY = frozenset({"neoadjuvant", "adjuvant", "extended_adjuvant"})
# Settings in the order in which a cancer meets them.
_RANK = ("neoadjuvant", "adjuvant", "extended_adjuvant", "locally_advanced", "metastatic")


@dataclass(frozen=True)
class Regimen:
    """One treatment, its number in the list, and what is known of it."""

    number: int
    treatment: Treatment
    said: Mapping[str, Value | Absent]
    knowledge: Knowledge

    @cached_property
    def name(self) -> str:
        """The medicines as people call them; of an operation or radiation, what it was."""
        one, kind = self.treatment, self.flag("kind")
        if kind in ("radiotherapy", "surgery") and not (one.drugs or one.unresolved or one.classes):
            return kind
        return treatment_name(one, self.knowledge)

    @cached_property
    def drugs(self) -> frozenset[str]:
        """The drugs that are certain; a fixed combination is the drugs in it."""
        members = self.said.get("drug")
        present = members.present if isinstance(members, Members) else frozenset[str]()
        known = self.knowledge.drugs
        return frozenset(d for d in present if d not in known or not known[d].components)

    @cached_property
    def whole(self) -> bool:
        """Whether these are all its drugs, so that none is left open."""
        members = self.said.get("drug")
        if not isinstance(members, Members) or not members.absent:
            return False
        return members.present | members.absent >= self.knowledge.drugs.keys()

    @property
    def start(self) -> Days | None:
        """The days on which it may have begun."""
        start = self.said.get("start")
        return start if isinstance(start, Days) else None

    @property
    def end(self) -> Days | None:
        """The days on which it may have ended; for one that goes on, none before today."""
        end = self.said.get("end")
        return end if isinstance(end, Days) else None

    @property
    def settings(self) -> frozenset[str] | None:
        """The settings it may have had; None if nothing is said."""
        setting = self.said.get("setting")
        return setting.possible if isinstance(setting, Choice) else None

    @property
    def line(self) -> float | None:
        """The number of its line, if the record gives it."""
        line = self.said.get("line")
        return line.known if isinstance(line, Interval) else None

    def is_only(self, settings: frozenset[str]) -> bool:
        """Whether it was certainly given in one of these settings."""
        return self.settings is not None and self.settings <= settings

    def may_be(self, settings: frozenset[str]) -> bool:
        """Whether it may have been given in one of these settings."""
        return self.settings is None or bool(self.settings & settings)

    @property
    def counts(self) -> bool:
        """Whether it may be medicine against the cancer."""
        kind = self.said.get("kind")
        return not isinstance(kind, Choice) or "systemic" in kind.possible

    @property
    def surely_counts(self) -> bool:
        """Whether it is certainly medicine against the cancer."""
        kind = self.said.get("kind")
        return isinstance(kind, Choice) and kind.known == "systemic"

    def flag(self, name: str) -> str | None:
        """Yes or no, if it is known."""
        value = self.said.get(name)
        return value.known if isinstance(value, Choice) else None

    def classes_of(self, drug: str) -> frozenset[str]:
        """The families of one drug, with those above them."""
        return frozenset(with_parents(drug, self.knowledge))

    def within(self, drug: str, groups: Iterable[LineGroup]) -> LineGroup | None:
        """The first of these groups that a drug belongs to."""
        classes = self.classes_of(drug)
        return next((group for group in groups if group.holds(drug, classes)), None)


def regimens(
    treatments: Sequence[Treatment],
    said: Sequence[Mapping[str, Value | Absent]],
    knowledge: Knowledge,
) -> list[Regimen]:
    """Each treatment as the rules see it, in the order of the list."""
    pairs = enumerate(zip(treatments, said, strict=True))
    return [Regimen(number, one, attributes, knowledge) for number, (one, attributes) in pairs]


def surely_before(one: Regimen, other: Regimen) -> bool:
    """Whether one certainly began before the other: by line number, by days, or by setting."""
    if one.settings == other.settings and one.line and other.line and one.line != other.line:
        return one.line < other.line
    by_days = before_by_days(one, other)
    if by_days or before_by_days(other, one):
        return by_days
    if one.settings is None or other.settings is None:
        return False
    return max(map(_RANK.index, one.settings)) < min(map(_RANK.index, other.settings))


def before_by_days(one: Regimen, other: Regimen) -> bool:
    """Whether the days alone say that one certainly began before the other."""
    if other.start is None or other.start.first is None:
        return False
    latest = one.start.last if one.start is not None else None
    if latest is not None and latest < other.start.first:
        return True
    return one.end is not None and one.end.last is not None and _ended_by(one, other.start.first)


def _ended_by(one: Regimen, day: dt.date) -> bool:
    """Whether it was certainly over by a day; one that begins on that very day is not."""
    last = one.end.last if one.end is not None else None
    begun_then = one.start is not None and one.start.first is not None and one.start.first >= day
    return last is not None and last <= day and not begun_then


def went_on(before: Regimen, after: Regimen) -> bool:
    """Whether the earlier treatment was certainly still given when the later one began.

    One that ended on the very day on which the next began was not: that is a change.
    """
    end, begun, start = before.end, before.start, after.start
    if end is None or end.first is None or start is None or start.last is None:
        return False
    if begun is None or begun.last is None or start.first is None:
        return False
    over = _ended_by(before, start.first)
    return begun.last <= start.first and end.first >= start.last and not over


def sort_key(one: Regimen) -> tuple[dt.date, float, tuple[str, ...], tuple[str, ...]]:
    """An order that does not depend on how the record lists the treatments."""
    first = one.start.first if one.start is not None else None
    words = (*one.treatment.drugs, *one.treatment.classes, *one.treatment.unresolved)
    return first or dt.date.max, one.line or 0.0, tuple(sorted(one.settings or ())), words
