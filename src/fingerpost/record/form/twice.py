"""One treatment that a form lists twice, with the same dates: it counts once, and the owner is told.

Counted twice, it would look like two courses, and a label that asks for "two or more" would seem to be
met. Entries without dates stay two: they can be two courses. Entries of other records are left as they
are: `record.merging` has its own rules for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from fingerpost.record.drugs.regimens import days_of, yes_no
from fingerpost.record.form.context import FormContext
from fingerpost.record.form.sources import is_of_this_form
from fingerpost.record.merging.treatments import as_one, quarrels
from fingerpost.record.model import Message, Treatment
from fingerpost.record.written.attributes import ATTRIBUTES

_WHEN = frozenset({"start", "end", "ongoing"})
_TWO_COURSES = "if these were two courses, give each its own dates; if not, take one out"


def listed_once(context: FormContext, treatments: Sequence[Treatment]) -> tuple[Treatment, ...]:
    """The treatments, in their order, each once; a message for each that stood there twice."""
    found: list[Treatment] = []
    for each in treatments:
        at = next((at for at, one in enumerate(found) if _is_same(one, each)), None)
        if at is None:
            found.append(each)
        else:
            context.messages.append(_told(context, found[at], each))
            found[at] = _joined(found[at], each)
    return tuple(found)


def may_be_the_same(one: Treatment, other: Treatment) -> bool:
    """Whether both are of the same medicines, and no date says that they were two courses."""
    return _what(one) == _what(other) and not _WHEN & {*quarrels(one, other)}


def _is_same(one: Treatment, other: Treatment) -> bool:
    if not is_of_this_form(one.source) or not is_of_this_form(other.source):
        return False
    return may_be_the_same(one, other) and _share_a_date(one, other)


def _what(treatment: Treatment) -> tuple[object, ...]:
    """What was given, whatever the order in which it is written."""
    unresolved = frozenset(name.casefold() for name in treatment.unresolved)
    kind = treatment.attributes.get("kind")
    return frozenset(treatment.drugs), unresolved, frozenset(treatment.classes), kind


def _share_a_date(one: Treatment, other: Treatment) -> bool:
    """Whether both say alike when it began or ended, or that it goes on."""
    alike = [
        days_of(one, name) is not None and days_of(one, name) == days_of(other, name)
        for name in ("start", "end")
    ]
    going = one.attributes.get("ongoing") == other.attributes.get("ongoing") == yes_no(yes=True)
    return any(alike) or going


def _joined(one: Treatment, other: Treatment) -> Treatment:
    """Both as one entry; what they tell otherwise of it is left open."""
    differ = quarrels(one, other)
    kept = [
        replace(
            each, attributes={name: v for name, v in each.attributes.items() if name not in differ}
        )
        for each in (one, other)
    ]
    return as_one(*kept)


def _told(context: FormContext, one: Treatment, other: Treatment) -> Message:
    where = ", ".join((*one.places, *other.places))
    catalogue = context.names.catalogue
    names = [catalogue[drug].name if drug in catalogue else drug for drug in one.drugs]
    names += [*one.unresolved, *(name.replace("_", " ") for name in one.classes)]
    name = " + ".join(names) or "the same treatment"
    differ = [ATTRIBUTES[each].label.casefold() for each in quarrels(one, other)]
    if differ:
        what = (
            f"{name} is listed twice with the same dates, and told in two ways ({'; '.join(differ)}); it "
            "counts once, and what differs is left open"
        )
        return Message("contradicts", where, what, _TWO_COURSES, "warning")
    what = f"{name} is listed twice with the same dates; it counts once"
    return Message("listed_twice", where, what, _TWO_COURSES, "warning")
