"""What stands in the components of a genetic result: the gene, the change, the origin ..."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from fingerpost.record.fhir.chart import Chart
from fingerpost.record.fhir.shape import Resource, codings, items

_VALUE_NAMES = ("valueCodeableConcept", "valueString", "valueQuantity", "valueInteger")
ORIGINS = ("germline", "somatic")


def kinds_of(chart: Chart, observation: Resource) -> frozenset[str]:
    """What the code of a result or component means, in the words of codes/*.yaml."""
    found = set()
    for coding in codings(observation.get("code")):
        for meaning in chart.dictionaries.codes.code(coding.system, coding.code):
            if meaning.fact is None and meaning.value:
                found.add(meaning.value)
    return frozenset(found)


def parts_of(chart: Chart, observation: Resource) -> defaultdict[str, list[object]]:
    """The values of the components, by what they tell: the gene, the change, the origin ..."""
    found: defaultdict[str, list[object]] = defaultdict(list)
    for component in items(observation.get("component")):
        value = next(
            (component[name] for name in _VALUE_NAMES if component.get(name) is not None), None
        )
        for kind in kinds_of(chart, component):
            found[kind].append(value)
    return found


def first_word(chart: Chart, values: list[object], wanted: Iterable[str]) -> str | None:
    """The first of the wanted words that any of several values means."""
    several = (word_of(chart, value, wanted) for value in values)
    return next((word for word in several if word is not None), None)


def word_of(chart: Chart, value: object, wanted: Iterable[str]) -> str | None:
    """The one of the wanted words that a value means."""
    names = set(wanted)
    for coding in codings(value):
        meanings = (
            *chart.dictionaries.codes.code(coding.system, coding.code),
            *chart.dictionaries.codes.word(coding.display),
        )
        for meaning in meanings:
            if meaning.value in names and meaning.fact is None:
                return meaning.value
        if coding.display.strip().casefold() in names:
            return coding.display.strip().casefold()
    return None
