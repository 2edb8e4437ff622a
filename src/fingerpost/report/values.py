"""Values as JSON holds them, and as words with the catalogue's labels."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from fingerpost.facts.words import words_of
from fingerpost.messages import gettext as _
from fingerpost.messages import ngettext
from fingerpost.terms import AbsenceKind
from fingerpost.values import Absent, Choice, Days, Interval, Members, Value

if TYPE_CHECKING:
    import datetime as dt

    from fingerpost.knowledge.model import Fact
    from fingerpost.report.contract import Between, Known

_EXPLANATION = re.compile(r" \([^()]*\)$")
_MANY = 3


def known_of(value: Value | Absent) -> Known:
    """A value as JSON: itself when it is known, else what is still possible.

    >>> known_of(Choice(frozenset({"0", "1+"})))
    {'possible': ['0', '1+']}
    >>> known_of(Interval(90, 90))
    90
    """
    match value:
        case Absent():
            return None
        case Choice():
            return value.known or {"possible": sorted(value.possible)}
        case Interval():
            return value.known if value.known is not None else _between(value)
        case Days():
            return iso_of(value) or _days_between(value)
        case Members():
            return {"present": sorted(value.present), "absent": sorted(value.absent)}


def _between(value: Interval) -> Between:
    return {
        "low": None if value.low == -math.inf else value.low,
        "high": None if value.high == math.inf else value.high,
        "low_included": not value.low_open and value.low != -math.inf,
        "high_included": not value.high_open and value.high != math.inf,
    }


def _days_between(value: Days) -> Between:
    return {
        "low": value.first.isoformat() if value.first else None,
        "high": value.last.isoformat() if value.last else None,
        "low_included": value.first is not None,
        "high_included": value.last is not None,
    }


def iso_of(days: Days | None) -> str | None:
    """A day, month or year as people and ISO 8601 write it; None when it is neither.

    >>> import datetime as dt
    >>> iso_of(Days(dt.date(2021, 2, 1), dt.date(2021, 2, 28)))
    '2021-02'
    """
    if days is None or days.first is None or days.last is None:
        return None
    first, last = days.first, days.last
    if first == last:
        return first.isoformat()
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        return f"{first.year:04}"
    if first.day == 1 and (first.year, first.month) == (last.year, last.month) and _ends(last):
        return f"{first.year:04}-{first.month:02}"
    return None


def _ends(day: dt.date) -> bool:
    import calendar

    return day.day == calendar.monthrange(day.year, day.month)[1]


def absence_of(value: Value | Absent | None) -> AbsenceKind | None:
    """Why a value is missing; None when there is one."""
    if value is None:
        return AbsenceKind.NOT_STATED
    return value.kind if isinstance(value, Absent) else None


def short(label: str) -> str:
    """A value's label without the explanation in brackets at its end.

    >>> short("1+ (faint, incomplete staining)")
    '1+'
    """
    return _EXPLANATION.sub("", label) or label


def value_words(value: Value | Absent, fact: Fact | None) -> str:
    """A value in a few words: the catalogue's own, without their explanations."""
    if fact is None:
        return words_of(value)
    if isinstance(value, Members):
        return members_words(value, fact)
    labels = {name: short(label) for name, label in fact.values.items()}
    if isinstance(value, Choice) and fact.values and value.possible >= set(fact.values):
        return _("not known")
    return words_of(value, labels, fact.unit)


def members_words(value: Members, fact: Fact) -> str:
    """What a set certainly holds, and what it certainly does not."""
    present = [label for name, label in fact.values.items() if name in value.present]
    absent = [label for name, label in fact.values.items() if name in value.absent]
    said = [", ".join(map(short, present))] if present else []
    if absent and len(absent) + len(present) == len(fact.values):
        said.append(_("no others") if present else _("none"))
    elif absent:
        said.append(_not_these(list(map(short, absent))))
    return "; ".join(said) or _("not known")


def _not_these(absent: list[str]) -> str:
    names = ", ".join(absent[:_MANY])
    left = len(absent) - _MANY
    if left > 0:
        return ngettext(
            "not %(names)s and %(num)s more", "not %(names)s and %(num)s more", left, names=names
        )
    return _("not %(what)s", what=names)
