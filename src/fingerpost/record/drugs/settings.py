"""What a treatment was for, as far as dates tell; every conclusion is told in a message.

A record of orders says when drugs were given and seldom why. The periods are rules of the knowledge
(data/lines/). Systemic therapy that began

* on or after the day spread was known: *metastatic*;
* after breast surgery and soon after it, or soon after the end of other treatment after surgery,
  in a record without any sign of spread, or if it ended before the first sign: *adjuvant*; if it
  began long before the first sign and may have gone on, adjuvant or metastatic;
* as hormone therapy, years after the first hormone therapy after surgery: *extended adjuvant*;
* after diagnosis and before the first breast surgery, soon enough and without any sign of spread until
  it ended: *neoadjuvant*; if it went on after surgery, neoadjuvant or adjuvant.

A setting that the record states is kept; intent ("curative") that leaves several settings is
narrowed, and left alone if dates and intent disagree.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from fingerpost.knowledge.line_rules import LineRules
from fingerpost.record.catalogue import Drugs
from fingerpost.record.drugs.regimens import begin_of, days_of, is_medicine, known_choice
from fingerpost.record.model import Message, Treatment
from fingerpost.values import Choice, Days

_AFTER_SURGERY = frozenset({"adjuvant", "extended_adjuvant"})
Settings = frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Course:
    """The days that tell what a treatment was for; `metastasis_known` is the first sign of spread.

    `metastasis_somewhere` is true if the record holds any sign of spread, dated or not; `recurred`
    if it holds any sign that the cancer came back.
    """

    diagnosed: Days | None
    surgery: tuple[Days, ...]
    metastasis_known: Days | None
    metastasis_somewhere: bool
    # The first day on which any of the signs can have been there; None if one of them has no date.
    metastasis_not_before: dt.date | None = None
    recurred: bool = False


def settings_from_dates(
    treatments: Iterable[Treatment], course: Course, rules: LineRules, drugs: Drugs
) -> tuple[list[Treatment], list[Message]]:
    """The treatments with `setting` where the dates leave no doubt, and a message for each."""
    in_order = list(treatments)
    settling = _Settling(course, rules, drugs)
    settled = {index: settling.settle(one) for index, one in _by_start(in_order)}
    return [settled[index] for index in range(len(in_order))], settling.messages


def _by_start(treatments: list[Treatment]) -> list[tuple[int, Treatment]]:
    return sorted(enumerate(treatments), key=lambda pair: begin_of(pair[1]))


@dataclass(slots=True)
class _Settling:
    """What has been settled so far, from the earliest treatment on."""

    course: Course
    rules: LineRules
    drugs: Drugs
    messages: list[Message] = field(default_factory=list)
    # Treatment after surgery so far, radiation too: what follows its end may belong to it.
    after_surgery: list[Treatment] = field(default_factory=list)

    def settle(self, treatment: Treatment) -> Treatment:
        """The treatment with its setting, if dates tell it."""
        possible = self._by_dates(treatment)
        stated = treatment.attributes.get("setting")
        if isinstance(stated, Choice) and possible is not None:
            agreed = stated.possible & possible
            possible = agreed if agreed and agreed != stated.possible else None
        if possible is not None:
            attributes = {**treatment.attributes, "setting": Choice(possible)}
            treatment = replace(treatment, attributes=attributes)
            self.messages.append(_told(treatment, possible))
        if self._is_after_surgery(treatment):
            self.after_surgery.append(treatment)
        return treatment

    def _is_after_surgery(self, treatment: Treatment) -> bool:
        setting = treatment.attributes.get("setting")
        if isinstance(setting, Choice):
            return setting.possible <= _AFTER_SURGERY
        local = known_choice(treatment, "kind") == "radiotherapy"
        return local and self._after(treatment, "adjuvant_start", self.course.surgery)

    def _by_dates(self, treatment: Treatment) -> Settings:
        start = days_of(treatment, "start")
        if not is_medicine(treatment) or start is None or start.first is None or start.last is None:
            return None
        if self.course.metastasis_somewhere and not self._over_before_spread(treatment):
            return self._about_spread(treatment, start)
        return self._without_spread(treatment, start)

    def _about_spread(self, treatment: Treatment, start: Days) -> Settings:
        """What began after spread was known, or long before it and may have gone on."""
        known, margin = self.course.metastasis_known, self.rules.periods.get("before_spread")
        first = self.course.metastasis_not_before
        if (
            known is not None
            and known.last is not None
            and start.first
            and start.first >= known.last
        ):
            return frozenset({"metastatic"})
        if (
            margin is None
            or first is None
            or start.last is None
            or margin.after(start.last) >= first
        ):
            return None
        begun_for = self._without_spread(treatment, start)
        after = begun_for is not None and begun_for <= _AFTER_SURGERY
        return begun_for | {"metastatic"} if begun_for and after else None

    def _without_spread(self, treatment: Treatment, start: Days) -> Settings:
        extended = self._extended(treatment, start)
        if extended is not None:
            return extended
        if self._after(treatment, "adjuvant_start", self.course.surgery):
            return frozenset({"adjuvant"})
        if self._in_chain(treatment, start):
            return frozenset({"adjuvant"})
        return _before_surgery(treatment, start, self.course, self.rules)

    def _over_before_spread(self, treatment: Treatment) -> bool:
        """Whether it had ended before the first sign of spread: it was not given for that."""
        end, spread = days_of(treatment, "end"), self.course.metastasis_not_before
        over = end is not None and end.last is not None and spread is not None
        return over and end.last < spread  # type: ignore[union-attr,operator]

    def _after(self, treatment: Treatment, rule: str, days: Iterable[Days | None]) -> bool:
        """Whether it certainly began within a period after one of these days."""
        period, start = self.rules.periods.get(rule), days_of(treatment, "start")
        if period is None or start is None or start.first is None or start.last is None:
            return False
        return any(
            one is not None
            and one.first is not None
            and one.last is not None
            and start.first >= one.last
            and start.last <= period.after(one.first)
            for one in days
        )

    def _in_chain(self, treatment: Treatment, start: Days) -> bool:
        """Whether it followed other treatment after surgery, in a record without any return."""
        if self.course.recurred or start.first is None:
            return False
        ends = [days_of(each, "end") for each in self.after_surgery]
        return self._after(treatment, "adjuvant_chain", ends)

    def _extended(self, treatment: Treatment, start: Days) -> Settings:
        """Hormone therapy years after the first hormone therapy after surgery, and with no return."""
        period = self.rules.periods.get("extended_adjuvant")
        if period is None or self.course.recurred or not self._is_hormone_therapy(treatment):
            return None
        earlier = [each for each in self.after_surgery if self._is_hormone_therapy(each)]
        begun = [days.first for each in earlier if (days := days_of(each, "start")) and days.first]
        first_start = min(begun, default=None)
        if first_start is None or len(begun) < len(earlier) or start.first is None:
            return None
        ends = [days_of(each, "end") for each in earlier]
        if start.first < period.after(first_start) or not self._after(
            treatment, "adjuvant_chain", ends
        ):
            return None
        return frozenset({"extended_adjuvant"})

    def _is_hormone_therapy(self, treatment: Treatment) -> bool:
        known = [self.drugs[drug] for drug in treatment.drugs if drug in self.drugs]
        whole = bool(known) and not treatment.unresolved
        return whole and all("endocrine_therapy" in drug.classes for drug in known)


def _told(treatment: Treatment, possible: frozenset[str]) -> Message:
    what = (
        f"from the dates, this treatment was taken to be {' or '.join(sorted(possible))}; "
        "the record does not say what it was for"
    )
    return Message("inferred", treatment.source.reference, what, "check it with the care team")


def _before_surgery(
    treatment: Treatment, start: Days, course: Course, rules: LineRules
) -> Settings:
    period = rules.periods.get("neoadjuvant_start")
    firsts = [days.first for days in course.surgery if days.first is not None]
    diagnosed = course.diagnosed
    if period is None or not firsts or diagnosed is None or diagnosed.first is None:
        return None
    surgery = min(firsts)
    if start.first is None or start.last is None:
        return None
    if start.last >= surgery or start.first < diagnosed.first:
        return None
    if period.after(start.first) < surgery:
        return None
    end = days_of(treatment, "end")
    if end is not None and end.last is not None and end.last <= surgery:
        return frozenset({"neoadjuvant"})
    return frozenset({"neoadjuvant", "adjuvant"})
