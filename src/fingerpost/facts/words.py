"""Values in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from fingerpost.criteria.worlds import interval_words
from fingerpost.facts.treatments import class_with_parents, with_parents
from fingerpost.messages import gettext as _
from fingerpost.messages import marked
from fingerpost.messages.phrases import day_words, either, listed, month_words
from fingerpost.values import Absent, Choice, Days, Interval, Members, Value

if TYPE_CHECKING:
    import datetime as dt

    from fingerpost.knowledge.model import Knowledge
    from fingerpost.record.model import Treatment

_ABSENT = {
    "not_stated": marked("not stated"),
    "not_tested": marked("not tested"),
    "pending": marked("result pending"),
    "not_known": marked("not known"),
    "not_applicable": marked("does not apply"),
    "stale": marked("too old to rely on, or of a day that is not known"),
    "conflicting": marked("contradictory"),
    "not_understood": marked("written in a way that was not understood"),
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
            return _(_ABSENT[value.kind])
        case Choice():
            ordered = [v for v in labels if v in value.possible] or sorted(value.possible)
            return either([labels.get(v) or plain_value(v) for v in ordered])
        case Interval():
            return interval_words(value) + (f" {unit}" if unit else "")
        case Days():
            return days_words(value)
        case Members():
            present = ", ".join(labels.get(v) or plain_value(v) for v in sorted(value.present))
            return present or _("none of those asked about")


def plain_value(value: str) -> str:
    """A value that has no label.

    >>> plain_value("not_done")
    'not done'
    """
    return _(_ANSWERS[value]) if value in _ANSWERS else value.replace("_", " ")


_ANSWERS = {"yes": marked("yes"), "no": marked("no")}


def days_words(days: Days) -> str:
    """A day, month, year or span of days, as exactly as it is known.

    >>> import datetime as dt
    >>> days_words(Days(dt.date(2021, 1, 1), dt.date(2021, 12, 31)))
    '2021'
    """
    first, last = days.first, days.last
    if first is None or last is None:
        return _open_words(first, last)
    if first == last:
        return day_words(first)
    if first.day == 1 and (first.month, first.year) == (last.month, last.year):
        return month_words(first)
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        return str(first.year)
    return _("between %(first)s and %(last)s", first=day_words(first), last=day_words(last))


def _open_words(first: dt.date | None, last: dt.date | None) -> str:
    if first is not None:
        return _("not before %(day)s", day=day_words(first))
    return _("not after %(day)s", day=day_words(last)) if last is not None else _("not stated")


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
            _("%(family)s (not said which)", family=_in_a_row(_family(name, knowledge)))
            for name in _unnamed(treatment, knowledge)
        ]
    if len(names) > 2:
        return listed(names)
    if len(names) == 2:
        return _("%(first)s with %(other)s", first=names[0], other=names[1])
    return "".join(names) or treatment.words or _kind_words(treatment)


_KINDS = {"radiotherapy": marked("radiation"), "surgery": marked("an operation")}


def _kind_words(treatment: Treatment) -> str:
    """What a treatment without a medicine was, if its kind says so."""
    kind = treatment.attributes.get("kind")
    if isinstance(kind, Choice) and kind.known in _KINDS:
        return _(_KINDS[kind.known])
    return _("a treatment whose medicine is not stated")
