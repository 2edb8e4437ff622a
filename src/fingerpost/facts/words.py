"""Values in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from fingerpost.criteria.wording import day_words
from fingerpost.criteria.worlds import interval_words
from fingerpost.facts.treatments import class_with_parents, with_parents
from fingerpost.values import Absent, Choice, Days, Interval, Members, Value

if TYPE_CHECKING:
    from fingerpost.knowledge.model import Knowledge
    from fingerpost.record.model import Treatment

_ABSENT = {
    "not_stated": "not stated",
    "not_tested": "not tested",
    "pending": "result pending",
    "not_known": "not known",
    "not_applicable": "does not apply",
    "stale": "too old to rely on, or of a day that is not known",
    "conflicting": "contradictory",
    "not_understood": "written in a way that was not understood",
}


def words_of(
    value: Value | Absent, labels: Mapping[str, str] | None = None, unit: str | None = None
) -> str:
    """A value as a person would say it.

    >>> words_of(Choice(frozenset({"0", "1+"})))
    '0 or 1+'
    >>> words_of(Interval(90, 90), unit="%")
    '90 %'
    """
    labels = labels or {}
    match value:
        case Absent():
            return _ABSENT[value.kind]
        case Choice():
            ordered = [v for v in labels if v in value.possible] or sorted(value.possible)
            return " or ".join(labels.get(v, v.replace("_", " ")) for v in ordered)
        case Interval():
            return interval_words(value) + (f" {unit}" if unit else "")
        case Days():
            return days_words(value)
        case Members():
            present = ", ".join(labels.get(v, v.replace("_", " ")) for v in sorted(value.present))
            return present or "none of those asked about"


def days_words(days: Days) -> str:
    """A day, month, year or span of days, as exactly as it is known.

    >>> import datetime as dt
    >>> days_words(Days(dt.date(2021, 1, 1), dt.date(2021, 12, 31)))
    '2021'
    """
    first, last = days.first, days.last
    if first is None or last is None:
        return (
            "not before " + day_words(first)
            if first
            else f"not after {day_words(last)}"
            if last
            else "not stated"
        )
    if first == last:
        return day_words(first)
    if first.day == 1 and (first.month, first.year) == (last.month, last.year):
        return f"{first:%B %Y}"
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        return str(first.year)
    return f"between {day_words(first)} and {day_words(last)}"


def _family(name: str, knowledge: Knowledge) -> str:
    known = knowledge.classes.get(name)
    return known.label if known is not None else name.replace("_", " ")


def _in_a_row(label: str) -> str:
    """A label inside a sentence: "taxane", and "CDK4/6 inhibitor" as it is."""
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


def _unnamed(treatment: Treatment, knowledge: Knowledge) -> list[str]:
    """Families beside the medicines that none of these belongs to: the T of AC-T. The closest only."""
    named = {each for drug in treatment.drugs for each in with_parents(drug, knowledge)}
    left = [name for name in treatment.classes if name not in named]
    above = {each for name in left for each in class_with_parents(name, knowledge) if each != name}
    return [name for name in left if name not in above]


def treatment_name(treatment: Treatment, knowledge: Knowledge) -> str:
    """The medicines (or kinds of medicine) of one treatment, as people call them."""
    names = [
        knowledge.drugs[drug].name if drug in knowledge.drugs else drug.replace("_", " ")
        for drug in treatment.drugs
    ]
    names += treatment.unresolved
    if not names:
        names = [_family(name, knowledge) for name in treatment.classes]
    elif not treatment.unresolved:
        names += [
            f"{_in_a_row(_family(name, knowledge))} (not said which)"
            for name in _unnamed(treatment, knowledge)
        ]
    if len(names) > 2:
        return f"{', '.join(names[:-1])} and {names[-1]}"
    return " with ".join(names) or treatment.words or "a treatment whose medicine is not stated"
