"""What the value of an observation says of a fact: codes first, then words, then numbers in words.

The same fact comes in many encodings (a LOINC answer, a SNOMED CT qualifier, a text, a quantity).
What is not understood becomes a finding without a value, and is told; it is never guessed.
"""

from __future__ import annotations

from fingerpost.record.fhir.chart import Chart
from fingerpost.record.fhir.concepts import agreed, read_concept, read_meanings, read_words
from fingerpost.record.fhir.quantities import read_quantity, read_range
from fingerpost.record.fhir.shape import Resource, code_of, codings, part
from fingerpost.record.fhir.told import REASONS, Told, absent_reason, unclear
from fingerpost.terms import AbsenceKind
from fingerpost.values import Choice

_VALUES = ("CodeableConcept", "Quantity", "String", "Integer", "Boolean", "Range", "Decimal")


def value_words(resource: Resource) -> str:
    """The value of an observation as written, for the owner to recognize."""
    for kind in _VALUES:
        value = resource.get(f"value{kind}")
        if value is None:
            continue
        if kind == "Quantity":
            quantity = part(value)
            parts = (quantity.get("comparator"), quantity.get("value"), quantity.get("unit"))
            return " ".join(str(each) for each in parts if each not in (None, ""))[:120]
        named = codings(value)
        return (named[-1].display or named[-1].code)[:120] if named else str(value)[:120]
    return ""


def read_value(chart: Chart, resource: Resource, facts: tuple[str, ...], where: str) -> Told | None:
    """What the value of an observation (or of a part of one) says of these facts.

    A value, another value beside it and its interpretation are read together: where they contradict
    each other, all of it stays possible. None if there is no value at all, nor a reason for that.
    """
    kinds = [kind for kind in _VALUES if resource.get(f"value{kind}") not in (None, "")]
    reason = _no_value(resource)
    interpreted = read_concept(chart, resource.get("interpretation"), facts, where)
    if not kinds:
        if reason is not None:
            return Told({}, reason)
        return interpreted if interpreted.values else None
    if reason is not None:
        what = "this result has a value and a reason why it has none; the value was not used"
        chart.warn("contradicts", where, what, "ask whoever exported the record")
        return Told({}, reason)
    told = [_by_kind(chart, kind, resource[f"value{kind}"], facts, where) for kind in kinds]
    if not told[0].values or (len(told) == 1 and not interpreted.values):
        return told[0]
    return agreed(chart, [*told, interpreted], where)


def _no_value(resource: Resource) -> AbsenceKind | None:
    """Why there is no value, in a code of the list or in one that software took for it."""
    concept = resource.get("dataAbsentReason")
    if concept is None:
        return None
    return absent_reason(concept) or REASONS.get(code_of(concept), AbsenceKind.NOT_UNDERSTOOD)


def _by_kind(chart: Chart, kind: str, value: object, facts: tuple[str, ...], where: str) -> Told:
    match kind:
        case "CodeableConcept":
            return read_concept(chart, value, facts, where)
        case "Quantity":
            return read_quantity(chart, part(value), facts)
        case "String":
            return read_words(chart, value, facts) if isinstance(value, str) else unclear()
        case "Integer" | "Decimal":
            return read_quantity(chart, {"value": value}, facts)
        case "Boolean":
            return _boolean(chart, value, facts)
        case _:
            return read_range(chart, part(value), facts)


def _boolean(chart: Chart, value: object, facts: tuple[str, ...]) -> Told:
    if not isinstance(value, bool):
        return unclear()
    entry = chart.dictionaries.reader.catalogue.get(facts[0]) if facts else None
    if entry is not None and entry.type == "flag":
        return Told({facts[0]: Choice(frozenset({"yes" if value else "no"}))})
    word = chart.dictionaries.codes.word("positive" if value else "negative")
    told = read_meanings(chart, word, facts)
    return told if told.values else unclear()
