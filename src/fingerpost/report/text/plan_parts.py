"""Parts of a plan in words: which part, how many cycles, and what has no days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from fingerpost.messages import gettext as _
from fingerpost.messages import marked, ngettext
from fingerpost.messages.phrases import amount
from fingerpost.report.text.layout import day, listed

if TYPE_CHECKING:
    from fingerpost.report.plan_contract import (
        DaySaid,
        DoseSaid,
        PartMedicineSaid,
        PartSaid,
        PlanDocument,
        WithoutDaysSaid,
    )

_WHY = {
    "which_medicine": marked("which medicine it is decides the days"),
    "not_written": marked("its days are not in our files yet"),
    "after_surgery": marked("it begins after surgery, and that day is not known"),
    "part_before": marked("it begins after the part before it, and that day is not known"),
}


def part_words(part: PartSaid, of: int) -> str:
    """A part of the treatment: its number, its medicines, its cycles, and when it begins.

    >>> chemo = {"drug": "a", "name": "alphamab", "cycles": 4, "cycle_days": 21, "lasts": None}
    >>> said = {"part": 1, "begins": "first_day", "day": 1, "date": None, "medicines": [chemo]}
    >>> part_words(said, 2)
    'Part 1 of 2, from day 1: alphamab, 4 cycles of 3 weeks'
    """
    words = {"number": part["part"], "of": of, "medicines": "; ".join(_medicines(part))}
    if part["date"] is not None:
        on = day(part["date"])
        return _("Part %(number)s of %(of)s, from %(day)s: %(medicines)s", day=on, **words)
    if part["day"] is not None:
        number = part["day"]
        return _("Part %(number)s of %(of)s, from day %(day)s: %(medicines)s", day=number, **words)
    if part["begins"] == "after_surgery":
        return _("Part %(number)s of %(of)s, after surgery: %(medicines)s", **words)
    return _("Part %(number)s of %(of)s, on a day that is not known: %(medicines)s", **words)


def _medicines(part: PartSaid) -> Iterator[str]:
    """The medicines of a part, those with the same cycles together."""
    found: dict[str, list[str]] = {}
    for medicine in part["medicines"]:
        found.setdefault(cycles_words(medicine), []).append(medicine["name"])
    for cycles, names in found.items():
        if cycles:
            yield _("%(names)s, %(cycles)s", names=listed(names), cycles=cycles)
        else:
            yield listed(names)


def cycles_words(medicine: PartMedicineSaid) -> str:
    """How many cycles of how many weeks; nothing where neither is known.

    >>> cycles_words({"cycles": 12, "cycle_days": 7, "lasts": None})
    '12 cycles of 1 week'
    >>> cycles_words({"cycles": None, "cycle_days": 21, "lasts": {"amount": 52, "unit": "weeks"}})
    'cycles of 3 weeks, for 52 weeks'
    """
    length = medicine["cycle_days"]
    lasts = medicine["lasts"]
    words = "" if length is None else _length(length)
    if words and medicine["cycles"] is not None:
        return ngettext(
            "%(num)s cycle of %(length)s",
            "%(num)s cycles of %(length)s",
            medicine["cycles"],
            length=words,
        )
    if lasts is None:
        return _("cycles of %(length)s", length=words) if words else ""
    span = amount(lasts["amount"], lasts["unit"])
    if not words:
        return _("for %(span)s", span=span)
    return _("cycles of %(length)s, for %(span)s", length=words, span=span)


def _length(days: int) -> str:
    return amount(days // 7, "weeks") if days % 7 == 0 else amount(days, "days")


def treatment_words(said: DaySaid, parts: Sequence[PartSaid]) -> str:
    """What is given on a day; where there are parts, in which of them and in which cycle."""
    if len(parts) < 2:
        return _("Treatment: %(names)s", names=listed([each["name"] for each in said["doses"]]))
    newest = max(each["part"] for each in said["doses"])
    names = "; ".join(_in_cycles(said["doses"]))
    return _(
        "Treatment, part %(number)s of %(of)s: %(names)s", number=newest, of=len(parts), names=names
    )


def doses_words(said: DaySaid, parts: Sequence[PartSaid]) -> str:
    """The same for the cell of a table: the part, and the medicines with their cycles."""
    if len(parts) < 2:
        return ", ".join(each["name"] for each in said["doses"])
    newest = max(each["part"] for each in said["doses"])
    names = "; ".join(_in_cycles(said["doses"]))
    return _("part %(number)s of %(of)s: %(names)s", number=newest, of=len(parts), names=names)


def _in_cycles(doses: Sequence[DoseSaid]) -> Iterator[str]:
    """The medicines of a day, the newest part first, those of the same cycle together."""
    found: dict[tuple[int, str], list[str]] = {}
    for each in doses:
        found.setdefault((-each["part"], cycle_words(each)), []).append(each["name"])
    for (_part, cycle), names in sorted(found.items()):
        yield _("%(names)s, %(cycle)s", names=listed(names), cycle=cycle)


def cycle_words(dose: DoseSaid) -> str:
    """Which cycle a dose is of, and of how many where that is known.

    >>> cycle_words({"cycle": 3, "cycles": 4}), cycle_words({"cycle": 3, "cycles": None})
    ('cycle 3 of 4', 'cycle 3')
    """
    if dose["cycles"] is None:
        return _("cycle %(number)s", number=dose["cycle"])
    return _("cycle %(number)s of %(of)s", number=dose["cycle"], of=dose["cycles"])


def place_words(dose: DoseSaid, parts: Sequence[PartSaid]) -> str:
    """The part and the cycle of a dose; only the cycle where there is one part."""
    if len(parts) < 2:
        return cycle_words(dose)
    return _(
        "part %(number)s of %(of)s, %(cycle)s",
        number=dose["part"],
        of=len(parts),
        cycle=cycle_words(dose),
    )


def without_days_words(each: WithoutDaysSaid) -> str:
    """Why a medicine has no days in the plan."""
    return _(_WHY[each["why"]])


def not_complete(document: PlanDocument) -> str:
    """That days are missing, in words that name no medicine and no operation; nothing if none are."""
    count = len(document["without_days"])
    if not count:
        return ""
    return ngettext(
        "This is not complete: %(num)s part of the plan has no days here. Ask your team for them.",
        "This is not complete: %(num)s parts of the plan have no days here. Ask your team for them.",
        count,
    )
