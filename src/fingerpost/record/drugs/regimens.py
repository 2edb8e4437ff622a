"""Which drugs were one regimen: those of the same intent that began within some days of each other.

How many days is a rule of the knowledge (`one_regimen` in data/lines/). Which regimen began a new
line of treatment is not said here: `facts.lines` tells it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from fingerpost.knowledge.line_rules import LinePeriod, LineRules
from fingerpost.record.model import Treatment
from fingerpost.values import Choice, Days, Value


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


def begin_of(treatment: Treatment) -> dt.date:
    """The first day on which a treatment may have begun, for putting treatments in order."""
    days = days_of(treatment, "start")
    return days.first if days is not None and days.first is not None else dt.date.min


def _order(treatment: Treatment) -> tuple[dt.date, tuple[str, ...], str]:
    """An order that does not depend on how the record lists the treatments."""
    names = (*treatment.drugs, *treatment.classes, *treatment.unresolved)
    return begin_of(treatment), names, treatment.source.reference


def as_regimens(treatments: Iterable[Treatment], rules: LineRules) -> list[Treatment]:
    """Drugs that were given together as one treatment; everything else as it is."""
    regimens: list[Treatment] = []
    window = rules.periods.get("one_regimen")
    for treatment in sorted(treatments, key=_order):
        partner = next(
            (each for each in reversed(regimens) if window and _together(each, treatment, window)),
            None,
        )
        if partner is None:
            regimens.append(treatment)
        else:
            regimens[regimens.index(partner)] = _merged(partner, treatment)
    return regimens


def is_medicine(treatment: Treatment) -> bool:
    """Whether it is a treatment with medicines: drugs, or families of drugs."""
    return bool(treatment.drugs or treatment.classes or treatment.unresolved)


def _together(one: Treatment, other: Treatment, window: LinePeriod) -> bool:
    if not is_medicine(one) or not is_medicine(other):
        return False
    if one.attributes.get("setting") != other.attributes.get("setting"):
        return False
    first, second = days_of(one, "start"), days_of(other, "start")
    if first is None or second is None or first.known is None or second.known is None:
        return False
    earlier, later = sorted((first.known, second.known))
    return later <= window.after(earlier)


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
        ended: dict[str, Value] = {"ongoing": yes_no(yes=False)} if over else {}
        firsts = [days.first for days in ends if days is not None and days.first is not None]
        return ended | ({"end": Days(max(firsts), None)} if firsts else {})
    longest = one if ends[0].known >= ends[1].known else other
    names = ("end", "end_reason", "ongoing")
    return {name: longest.attributes[name] for name in names if name in longest.attributes}
