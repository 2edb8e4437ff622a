"""When the cancer grew, as far as the record tells, and on which treatment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fingerpost.dates import shift
from fingerpost.facts.lines.model import Decision
from fingerpost.facts.lines.regimen import Regimen, went_on
from fingerpost.facts.words import days_words
from fingerpost.knowledge.line_rules import Growth, LineRules
from fingerpost.messages import later
from fingerpost.record.merging.sameness import disagree
from fingerpost.record.model import Finding
from fingerpost.terms import Answer
from fingerpost.values import Choice, Days


@dataclass(frozen=True, slots=True)
class Event:
    """One time that the cancer was found to have grown."""

    days: Days
    sign: Growth
    reference: str

    def tells_of(self, regimen: Regimen) -> bool:
        """Whether it can tell of growth on that treatment: not, if it is what that treatment was for."""
        return not self.sign.settings or regimen.is_only(frozenset(self.sign.settings))

    @property
    def words(self) -> str:
        """When, and what tells it."""
        return f"{days_words(self.days)} ({self.sign.plain})"


def events(findings: Iterable[Finding], rules: LineRules) -> list[Event]:
    """Every dated sign of growth among the findings, the earliest first."""
    found: list[Event] = []
    final = [each for each in findings if each.status != "preliminary"]
    for finding in final:
        sign = rules.growth.get(finding.fact)
        if sign is None:
            continue
        value: object = finding.value
        if sign.values and isinstance(value, Choice) and value.possible <= set(sign.values):
            value = None if any(_denies(other, finding) for other in final) else finding.date
        if isinstance(value, Days) and value.first is not None and value.last is not None:
            found.append(Event(value, sign, ", ".join(finding.places)))
    return sorted(found, key=lambda each: (each.days.first, each.days.last, each.sign.id))


def _denies(other: Finding, finding: Finding) -> bool:
    """Whether another check of the very same day says something that cannot be true beside it."""
    day = finding.date.known if finding.date is not None else None
    same_day = day is not None and other.date is not None and other.date.known == day
    return same_day and other.fact == finding.fact and disagree(other.value, finding.value)


def on_treatment(regimen: Regimen, grown: Sequence[Event]) -> Event | None:
    """The first growth that certainly fell into the time of a treatment."""
    start, end = regimen.start, regimen.end
    if start is None or start.last is None or end is None or end.first is None:
        return None
    for event in grown:
        first, last = event.days.first, event.days.last
        if first and last and start.last < first and last <= end.first and event.tells_of(regimen):
            return event
    return None


def between(before: Regimen, after: Regimen, grown: Sequence[Event]) -> Event | None:
    """The last growth that certainly came after one treatment began, and by the start of the next."""
    start, stop = before.start, after.start
    if start is None or start.last is None or stop is None or stop.first is None:
        return None
    for event in reversed(grown):
        first, last = event.days.first, event.days.last
        if first and last and start.last < first and last <= stop.first and event.tells_of(before):
            return event
    return None


def grew_before(
    before: Regimen, after: Regimen, grown: Sequence[Event], rules: LineRules
) -> tuple[Answer, Event | None]:
    """Whether the cancer grew after one treatment began and before the next one did.

    "It did not grow" is said of a treatment; it covers the time until the next one only if that
    began soon after.
    """
    said = before.flag("progression")
    event = between(before, after, grown)
    if said == "yes" and not went_on(before, after) and not _outlasted(before, after):
        return Answer.YES, event
    if event is not None:
        return Answer.YES, event
    if said == "no" and _soon_after(before, after, rules):
        return Answer.NO, None
    return Answer.UNKNOWN, None


def _outlasted(before: Regimen, after: Regimen) -> bool:
    """Whether it ended only after the next one had begun: its growth may have come after that too."""
    end, start = before.end, after.start
    last = start.last if start is not None else None
    return end is not None and end.first is not None and last is not None and end.first > last


def _soon_after(before: Regimen, after: Regimen, rules: LineRules) -> bool:
    gap = rules.periods.get("same_line_gap")
    end, start = before.end, after.start
    if gap is None or end is None or end.first is None or start is None or start.last is None:
        return False
    return start.last <= gap.after(end.first)


def growth_decisions(all_of_them: Sequence[Regimen], grown: Sequence[Event]) -> list[Decision]:
    """On which treatments the cancer certainly grew, by its days; and where that contradicts."""
    found: list[Decision] = []
    for regimen in all_of_them:
        event = on_treatment(regimen, grown) if regimen.counts else None
        said = regimen.flag("progression")
        if event is None or said == "yes":
            continue
        number, rule = regimen.number, event.sign.id
        if said == "no":
            what = later(
                "%(name)s: the cancer grew on %(day)s, and the reason it ended says that it did not",
                name=regimen.name,
                day=event.words,
            )
            found.append(Decision(number, "progression", "unknown", rule, what))
        elif regimen.said.get("progression") is None:
            what = later(
                "the cancer grew on %(day)s, while %(name)s was given",
                day=event.words,
                name=regimen.name,
            )
            found.append(Decision(number, "progression", "yes", rule, what))
    return found


def days_apart(earlier: Days | None, later: Days | None) -> str:
    """How long after one day another came, in words; nothing if the days are not exact.

    >>> import datetime as dt
    >>> one, two = dt.date(2024, 1, 1), dt.date(2024, 1, 11)
    >>> days_apart(Days(one, one), Days(two, two))
    '10 days'
    """
    if earlier is None or later is None or earlier.known is None or later.known is None:
        return ""
    days = (later.known - earlier.known).days
    if days > 120 and later.known >= shift(earlier.known, 4, "months"):
        months = (later.known.year - earlier.known.year) * 12
        months += later.known.month - earlier.known.month
        months -= 1 if shift(earlier.known, months, "months") > later.known else 0
        return f"{months} months"
    return f"{days} day{'' if days == 1 else 's'}"
