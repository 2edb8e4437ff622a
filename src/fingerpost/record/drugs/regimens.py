"""Which drugs were one regimen, and what a treatment was for, as far as dates tell.

A record of orders says when drugs were given and seldom why. Only what follows from dates without
doubt is concluded here, and every conclusion is told in a message; all else stays unknown.

* **One regimen**: drugs of the same intent that began on the same day or within seven days. Drugs
  of one combination are often ordered or first given some days apart; more than a week apart may as
  well be a change of plan. (Seven days is a working rule of this project, not a published one.)
* **Setting**: see `settings_from_dates`.

Which regimen began a new line of treatment is not said here: the facts of the person tell it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from fingerpost.dates import shift
from fingerpost.record.model import Message, Treatment
from fingerpost.values import Choice, Days, Value

SAME_REGIMEN_DAYS = 7
# Adjuvant therapy starts within months of surgery; later it may be for something else.
ADJUVANT_WITHIN_MONTHS = 6
# Longer before surgery than this, the treatment was hardly given to prepare for it.
NEOADJUVANT_WITHIN_MONTHS = 12


def yes_no(*, yes: bool) -> Choice:
    """A flag's value."""
    return Choice(frozenset({"yes" if yes else "no"}))


def known_choice(treatment: Treatment, attribute: str) -> str | None:
    """The value of an attribute, if there is exactly one."""
    value = treatment.attributes.get(attribute)
    return value.known if isinstance(value, Choice) else None


def days_of(treatment: Treatment, attribute: str) -> Days | None:
    """The days of `start` or `end`, if they are stated."""
    value = treatment.attributes.get(attribute)
    return value if isinstance(value, Days) else None


# --- regimens -----------------------------------------------------------------------------


def _begin(treatment: Treatment) -> dt.date:
    days = days_of(treatment, "start")
    return days.first if days is not None and days.first is not None else dt.date.min


def as_regimens(treatments: Iterable[Treatment]) -> list[Treatment]:
    """Drugs that were given together as one treatment; everything else as it is."""
    regimens: list[Treatment] = []
    for treatment in sorted(treatments, key=_begin):
        partner = next((each for each in reversed(regimens) if _together(each, treatment)), None)
        if partner is None:
            regimens.append(treatment)
        else:
            regimens[regimens.index(partner)] = _merged(partner, treatment)
    return regimens


def is_medicine(treatment: Treatment) -> bool:
    """Whether it is a treatment with medicines: drugs, or families of drugs."""
    return bool(treatment.drugs or treatment.classes or treatment.unresolved)


def _together(one: Treatment, other: Treatment) -> bool:
    if not is_medicine(one) or not is_medicine(other):
        return False
    if one.attributes.get("setting") != other.attributes.get("setting"):
        return False
    first, second = days_of(one, "start"), days_of(other, "start")
    if first is None or second is None or first.known is None or second.known is None:
        return False
    return abs((second.known - first.known).days) <= SAME_REGIMEN_DAYS


def _merged(one: Treatment, other: Treatment) -> Treatment:
    """Two parts of a regimen as one: it lasts as long as its longest part."""
    kept: dict[str, Value] = {"start": one.attributes["start"], **_how_it_ended(one, other)}
    for name in ("kind", "setting", "line", "best_response", "progression"):
        values = {
            repr(each.attributes[name]): each.attributes[name]
            for each in (one, other)
            if name in each.attributes
        }
        if len(values) == 1:
            kept[name] = next(iter(values.values()))
    reference = one.source.reference
    if other.source.reference not in reference.split(", "):
        reference = f"{reference}, {other.source.reference}"
    return Treatment(
        tuple(dict.fromkeys((*one.drugs, *other.drugs))),
        tuple(dict.fromkeys((*one.unresolved, *other.unresolved))),
        tuple(dict.fromkeys((*one.classes, *other.classes))),
        kept,
        replace(one.source, reference=reference),
        "; ".join(dict.fromkeys(text for text in (one.words, other.words) if text)) or None,
    )


def _how_it_ended(one: Treatment, other: Treatment) -> dict[str, Value]:
    """End, reason and whether it goes on, as far as both parts agree or one outlasts the other."""
    if "yes" in (known_choice(one, "ongoing"), known_choice(other, "ongoing")):
        return {"ongoing": yes_no(yes=True)}
    ends = days_of(one, "end"), days_of(other, "end")
    if ends[0] is None or ends[1] is None or ends[0].known is None or ends[1].known is None:
        over = known_choice(one, "ongoing") == known_choice(other, "ongoing") == "no"
        return {"ongoing": yes_no(yes=False)} if over else {}
    longest = one if ends[0].known >= ends[1].known else other
    names = ("end", "end_reason", "ongoing")
    return {name: longest.attributes[name] for name in names if name in longest.attributes}


# --- settings -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Course:
    """The days that tell what a treatment was for; `metastasis_known` is the first sign of spread.

    `metastasis_somewhere` is true if the record holds any sign of spread, dated or not.
    """

    diagnosed: Days | None
    surgery: tuple[Days, ...]
    metastasis_known: Days | None
    metastasis_somewhere: bool
    # The first day on which any of the signs can have been there; None if one of them has no date.
    metastasis_not_before: dt.date | None = None


def settings_from_dates(
    treatments: Iterable[Treatment], course: Course
) -> tuple[list[Treatment], list[Message]]:
    """The treatments with `setting` where the dates leave no doubt, and a message for each.

    Systemic therapy that began

    * on or after the day spread was known: *metastatic*;
    * after breast surgery and within six months of it, in a record without any sign of spread, or
      with signs that are all dated after the treatment had ended: *adjuvant*;
    * after diagnosis and before the first breast surgery, within twelve months of it and without
      any sign of spread until it ended: *neoadjuvant*; if it went on after surgery, neoadjuvant or adjuvant.

    A setting that the record states is kept; intent ("curative") that leaves several settings is
    narrowed, and left alone if dates and intent disagree.
    """
    settled: list[Treatment] = []
    messages: list[Message] = []
    for treatment in treatments:
        possible = _setting_by_dates(treatment, course)
        stated = treatment.attributes.get("setting")
        if isinstance(stated, Choice) and possible is not None:
            agreed = stated.possible & possible
            possible = agreed if agreed and agreed != stated.possible else None
        if possible is None:
            settled.append(treatment)
            continue
        attributes = {**treatment.attributes, "setting": Choice(possible)}
        settled.append(replace(treatment, attributes=attributes))
        messages.append(_told(treatment, possible))
    return settled, messages


def _told(treatment: Treatment, possible: frozenset[str]) -> Message:
    what = (
        f"from the dates, this treatment was taken to be {' or '.join(sorted(possible))}; "
        "the record does not say what it was for"
    )
    return Message("inferred", treatment.source.reference, what, "check it with the care team")


def _setting_by_dates(treatment: Treatment, course: Course) -> frozenset[str] | None:
    start = days_of(treatment, "start")
    if not is_medicine(treatment) or start is None:
        return None
    begin = start.first
    if begin is None or start.last is None:
        return None
    if course.metastasis_somewhere and not _over_before_spread(treatment, course):
        known = course.metastasis_known
        certain = known is not None and known.last is not None and begin >= known.last
        return frozenset({"metastatic"}) if certain else None
    for surgery in sorted(course.surgery, key=lambda days: days.first or dt.date.min):
        if surgery.first is None or surgery.last is None:
            continue
        if begin >= surgery.last and start.last <= shift(
            surgery.first, ADJUVANT_WITHIN_MONTHS, "months"
        ):
            return frozenset({"adjuvant"})
    return _before_surgery(treatment, start, course)


def _over_before_spread(treatment: Treatment, course: Course) -> bool:
    """Whether a treatment had ended before the first sign of spread: it was not given for that."""
    end, spread = days_of(treatment, "end"), course.metastasis_not_before
    return end is not None and end.last is not None and spread is not None and end.last < spread


def _before_surgery(treatment: Treatment, start: Days, course: Course) -> frozenset[str] | None:
    firsts = [days for days in course.surgery if days.first is not None]
    diagnosed = course.diagnosed
    if not firsts or diagnosed is None or diagnosed.first is None or start.first is None:
        return None
    surgery = min(days.first for days in firsts if days.first is not None)
    if start.last is None or start.last >= surgery or start.first < diagnosed.first:
        return None
    if shift(start.first, NEOADJUVANT_WITHIN_MONTHS, "months") < surgery:
        return None
    end = days_of(treatment, "end")
    if end is not None and end.last is not None and end.last <= surgery:
        return frozenset({"neoadjuvant"})
    return frozenset({"neoadjuvant", "adjuvant"})
