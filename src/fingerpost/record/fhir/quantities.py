"""What a number with a unit, or a range of numbers, says of a fact."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from fingerpost.record.fhir.chart import Chart
from fingerpost.record.fhir.shape import Resource, code_of, items, part, text
from fingerpost.record.fhir.told import UNCLEAR, Told, unclear
from fingerpost.record.written import units
from fingerpost.record.written.number_text import Written, read_number, signed
from fingerpost.record.written.value_reader import NotRead, convert, within
from fingerpost.values import Choice, Interval, Value


def read_quantity(chart: Chart, quantity: Mapping[str, Any], facts: tuple[str, ...]) -> Told:
    """What a number with a unit says: of the first fact that can be measured in that unit."""
    number, compared = finite(quantity.get("value")), interval_of(quantity)
    if number is None or compared is None:
        return unclear()
    unit = _unit(quantity)
    fault = UNCLEAR
    catalogue = chart.dictionaries.reader.catalogue
    for index, fact in enumerate(facts):
        entry = catalogue.get(fact)
        if entry is None:
            continue
        try:
            if entry.type == "number":
                _needs_unit(fact, entry.unit, unit, number, first=index == 0)
                written = Written(compared, unit)
                return Told({fact: within(fact, entry, convert(fact, entry, written))})
            if entry.type in ("category", "flag") and index == 0 and not units.unit_named(unit):
                said = chart.dictionaries.reader.words.say(fact, f"{number:g}")
                if said is not None and said.values and compared.known is not None:
                    return Told({fact: Choice(said.values)})
        except NotRead as error:
            fault = error if error.code == "out-of-range" or fault is UNCLEAR else fault
    return unclear(fault)


def _needs_unit(
    fact: str, wanted: str | None, unit: str | None, number: float, *, first: bool
) -> None:
    """Refuse a number whose unit is missing where that may mislead."""
    if units.unit_named(unit) or (unit not in (None, "") and units.unit_named(unit) is None):
        return
    inherent = units.unit_named(wanted) in ("", "%", "mut/Mb")
    fraction = wanted == "%" and 0 < number <= 1
    if not first or not inherent or fraction:
        raise NotRead("not-understood", f"{fact} has no unit here, and could be in several")


def _unit(quantity: Mapping[str, Any]) -> str | None:
    """The unit as coded, else as written."""
    for name in ("code", "unit"):
        unit = text(quantity.get(name))
        if unit and units.unit_named(unit) is not None:
            return unit
    return text(quantity.get("unit")) or text(quantity.get("code")) or None


def interval_of(quantity: Mapping[str, Any]) -> Interval | None:
    """The numbers that a quantity leaves possible; None if it has none, or an unknown comparator."""
    number, sign = finite(quantity.get("value")), quantity.get("comparator")
    if number is None or not isinstance(sign, str | None):
        return None
    return signed(sign.strip() if sign else None, number)


def read_range(chart: Chart, value: Mapping[str, Any], facts: tuple[str, ...]) -> Told:
    """A range from low to high; either may be missing."""
    low, high = part(value.get("low")), part(value.get("high"))
    ends = [
        read_quantity(chart, {**end, "comparator": sign}, facts)
        for end, sign in ((low, ">="), (high, "<="))
        if end
    ]
    found: dict[str, Value] = {}
    for end in ends:
        for fact, interval in end.values.items():
            before = found.get(fact)
            if isinstance(before, Interval) and isinstance(interval, Interval):
                if before.low > interval.high:
                    return unclear()
                interval = Interval(before.low, interval.high)
            found[fact] = interval
    return Told(found) if found else unclear()


def finite(value: object) -> float | None:
    """A number that can be compared; some software writes numbers as text."""
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        written = read_number(value)
        return None if written is None or written.unit else written.interval.known
    if not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None


def upper_limit(resource: Resource) -> float | None:
    """The upper end of the normal range of a result, unless it is in another unit than the value."""
    own = _units(part(resource.get("valueQuantity")))
    for each in items(resource.get("referenceRange")):
        kind = code_of(each.get("type"))
        end = part(each.get("high"))
        high, given = finite(end.get("value")), _units(end)
        other_unit = own and given and own.isdisjoint(given)
        if kind in ("", "normal") and high is not None and high > 0 and not other_unit:
            return high
    return None


def _units(quantity: Mapping[str, Any]) -> frozenset[str]:
    """The unit as coded and as written."""
    named = (text(quantity.get(name)).strip().casefold() for name in ("code", "unit"))
    return frozenset(unit for unit in named if unit)
