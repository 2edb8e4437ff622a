"""What the value of an observation says of a fact: codes first, then words, then numbers in words.

The same fact comes in many encodings (a LOINC answer, a SNOMED CT qualifier, a text, a quantity).
What is not understood becomes a finding without a value, and is told; it is never guessed.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from fingerpost.record.code_index import Meaning
from fingerpost.record.fhir.chart import Chart
from fingerpost.record.fhir.shape import Coding, Resource, code_of, codings, items, part, text
from fingerpost.record.written import units
from fingerpost.record.written.number_text import Written, read_number
from fingerpost.record.written.value_reader import NotRead, convert, within
from fingerpost.terms import AbsenceKind
from fingerpost.values import Absent, Choice, Interval, Value

# FHIR's data-absent-reason and HL7's null flavors: why a value is missing.
_REASONS: Mapping[str, AbsenceKind] = {
    "unknown": AbsenceKind.NOT_KNOWN,
    "asked-unknown": AbsenceKind.NOT_KNOWN,
    "asked-declined": AbsenceKind.NOT_KNOWN,
    "temp-unknown": AbsenceKind.PENDING,
    "not-asked": AbsenceKind.NOT_STATED,
    "masked": AbsenceKind.NOT_STATED,
    "not-permitted": AbsenceKind.NOT_STATED,
    "not-applicable": AbsenceKind.NOT_APPLICABLE,
    "not-performed": AbsenceKind.NOT_TESTED,
    "unk": AbsenceKind.NOT_KNOWN,
    "asku": AbsenceKind.NOT_KNOWN,
    "nask": AbsenceKind.NOT_STATED,
    "nav": AbsenceKind.PENDING,
    "na": AbsenceKind.NOT_APPLICABLE,
    "ni": AbsenceKind.NOT_STATED,
    "msk": AbsenceKind.NOT_STATED,
}
_NO_VALUE_SYSTEMS = ("data-absent-reason", "nullflavor")
# Words of words.yaml that stand for a missing value.
_ABSENT_WORDS: Mapping[str, AbsenceKind] = {
    "not_known": AbsenceKind.NOT_KNOWN,
    "not_applicable": AbsenceKind.NOT_APPLICABLE,
    "indeterminate": AbsenceKind.NOT_KNOWN,
    "not_assessed": AbsenceKind.NOT_KNOWN,
}
_VALUES = ("CodeableConcept", "Quantity", "String", "Integer", "Boolean", "Range", "Decimal")
# HL7's own letters for an interpretation.
_INTERPRETATIONS: Mapping[str, str] = {
    "pos": "positive",
    "neg": "negative",
    "ind": "indeterminate",
    "e": "equivocal",
    "det": "detected",
    "nd": "not detected",
}
_COMPARATORS = {"<": "<", "<=": "<=", ">": ">", ">=": ">="}
_SEGMENTS = re.compile(r"[()\[\];:]|\s-\s|,(?!\d)")


@dataclass(frozen=True, slots=True)
class Told:
    """What a value says: for each fact its value, or why there is none; or that it is not clear."""

    values: Mapping[str, Value]
    absent: AbsenceKind | None = None
    problem: NotRead | None = None


NOTHING = Told({})
_UNCLEAR = NotRead("not-understood", "this value is not understood")


def absent_reason(concept: object) -> AbsenceKind | None:
    """Why there is no value, if the concept says so."""
    return _reason(codings(concept)) if concept else None


def _reason(several: list[Coding]) -> AbsenceKind | None:
    for coding in several:
        if any(name in coding.system for name in _NO_VALUE_SYSTEMS):
            return _REASONS.get(coding.code.casefold(), AbsenceKind.NOT_UNDERSTOOD)
    return None


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

    None if there is no value at all, nor a reason for that.
    """
    for kind in _VALUES:
        value = resource.get(f"value{kind}")
        if value is not None and value != "":
            return _by_kind(chart, kind, value, facts, where)
    reason = absent_reason(resource.get("dataAbsentReason"))
    if reason is None and "dataAbsentReason" in resource:
        reason = _REASONS.get(code_of(resource.get("dataAbsentReason")), AbsenceKind.NOT_UNDERSTOOD)
    if reason is not None:
        return Told({}, reason)
    said = read_concept(chart, resource.get("interpretation"), facts, where)
    return said if said.values else None


def _by_kind(chart: Chart, kind: str, value: object, facts: tuple[str, ...], where: str) -> Told:
    match kind:
        case "CodeableConcept":
            return read_concept(chart, value, facts, where)
        case "Quantity":
            return read_quantity(chart, part(value), facts)
        case "String":
            return read_words(chart, value, facts) if isinstance(value, str) else _unclear()
        case "Integer" | "Decimal":
            return read_quantity(chart, {"value": value}, facts)
        case "Boolean":
            return _boolean(chart, value, facts)
        case _:
            return _range(chart, part(value), facts)


def _unclear(fault: NotRead = _UNCLEAR) -> Told:
    return Told({}, problem=fault)


# --- concepts and words -------------------------------------------------------------------


def read_concept(chart: Chart, concept: object, facts: tuple[str, ...], where: str) -> Told:
    """What the codes of a value say; where several say something, what they agree on."""
    found = codings(concept)
    reason = _reason(found)
    if reason is not None:
        return Told({}, reason)
    several = [_coding(chart, coding, facts, where) for coding in found]
    understood = [told for told in several if told.values]
    if understood:
        return understood[0] if len(understood) == 1 else _agreed(chart, understood, where)
    missing = [told.absent for told in several if told.absent is not None]
    return Told({}, missing[0]) if missing else _unclear()


def _coding(chart: Chart, coding: Coding, facts: tuple[str, ...], where: str) -> Told:
    meanings = chart.dictionaries.codes.code(coding.system, coding.code) if coding.code else ()
    told = read_meanings(chart, meanings, facts)
    if told.values and _display_says_otherwise(chart, told, coding, facts):
        what = "a code and the words beside it mean different things; the result was not used"
        chart.warn("code_display_mismatch", where, what, "Ask which one is right.")
        return NOTHING
    if told.values or told.absent is not None:
        return told
    if coding.code and not meanings:
        chart.look_at(coding, where)
    if "observationinterpretation" in coding.system:
        word = _INTERPRETATIONS.get(coding.code.casefold(), "")
        return read_words(chart, word, facts) if word else NOTHING
    words = read_words(chart, coding.display, facts) if coding.display else NOTHING
    if words.values or words.absent is not None or coding.display or "http" in coding.system:
        return words
    # A bare code such as "POS" or "2+" can be a word by itself.
    return read_words(chart, coding.code, facts) if coding.code else NOTHING


def _display_says_otherwise(
    chart: Chart, told: Told, coding: Coding, facts: tuple[str, ...]
) -> bool:
    """Whether the display, read by itself, leaves nothing of what the code says."""
    words = read_words(chart, coding.display, facts) if coding.display else NOTHING
    return any(
        isinstance(value, Choice)
        and isinstance(other := words.values.get(fact), Choice)
        and value.possible.isdisjoint(other.possible)
        for fact, value in told.values.items()
    )


def read_meanings(chart: Chart, meanings: Iterable[Meaning], facts: tuple[str, ...]) -> Told:
    """What the meanings of a code say of these facts; a word is looked up in words.yaml."""
    values: dict[str, set[str]] = {}
    absent: AbsenceKind | None = None
    for meaning in meanings:
        if meaning.fact in facts and meaning.fact is not None and meaning.value is not None:
            values.setdefault(meaning.fact, set()).add(meaning.value)
        elif meaning.fact is None and meaning.value is not None and meaning.attribute is None:
            absent = absent or _ABSENT_WORDS.get(meaning.value)
            for each in chart.dictionaries.codes.word(meaning.value.replace("_", " ")):
                if each.fact in facts and each.fact is not None and each.value is not None:
                    values.setdefault(each.fact, set()).add(each.value)
    return _typed(chart, values, absent)


def _typed(chart: Chart, values: Mapping[str, set[str]], absent: AbsenceKind | None) -> Told:
    """Values of categories as choices, and of numbers (ECOG 1) as numbers."""
    found: dict[str, Value] = {}
    for fact, possible in values.items():
        entry = chart.dictionaries.reader.catalogue.get(fact)
        if entry is not None and entry.type == "number":
            numbers = [float(value) for value in possible]
            found[fact] = Interval(min(numbers), max(numbers))
        elif entry is not None and entry.type in ("category", "flag"):
            found[fact] = Choice(frozenset(possible))
    return Told(found, None if found else absent)


def _agreed(chart: Chart, several: list[Told], where: str) -> Told:
    """What all codings leave possible; where they contradict each other, all of it, and it is told."""
    values: dict[str, Value] = {}
    for told in several:
        for fact, value in told.values.items():
            before = values.get(fact)
            if not isinstance(before, Choice) or not isinstance(value, Choice):
                values.setdefault(fact, value)
                continue
            common = before.possible & value.possible
            if not common:
                what = f"the codes of one value contradict each other on {fact}"
                chart.warn("contradicts", where, what, "ask whoever exported the record")
            values[fact] = Choice(common or before.possible | value.possible)
    return Told(values)


def read_words(chart: Chart, words: str, facts: tuple[str, ...]) -> Told:
    """What a text says: as a whole, or in parts that are all understood ("Positive (95 %)")."""
    whole = _phrase(chart, words, facts)
    if whole.values or whole.absent is not None:
        return whole
    parts = [part_ for part_ in _SEGMENTS.split(words[:400]) if part_.strip()]
    if len(parts) < 2:
        return _unclear()
    several = [_phrase(chart, part_, facts) for part_ in parts]
    if all(told.values for told in several):
        return _agreed_quietly(several)
    return _unclear()


def _agreed_quietly(several: list[Told]) -> Told:
    values: dict[str, Value] = {}
    for told in several:
        for fact, value in told.values.items():
            before = values.get(fact)
            if isinstance(before, Choice) and isinstance(value, Choice):
                common = before.possible & value.possible
                if not common:
                    return _unclear()
                value = Choice(common)
            values[fact] = value
    return Told(values)


def _phrase(chart: Chart, words: str, facts: tuple[str, ...]) -> Told:
    reader = chart.dictionaries.reader
    values: dict[str, Value] = {}
    absent: AbsenceKind | None = None
    # "Negative (qualifier value)", "Stage 2A (finding)": SNOMED CT's own note on what it is.
    words = re.sub(r"\s*\((?:qualifier value|finding|disorder|situation)\)\s*$", "", words)
    for fact in facts:
        entry = reader.catalogue.get(fact)
        if entry is None or entry.type in ("set", "date"):
            continue
        if entry.type == "number":
            number = _number(fact, words, chart)
            if number is not None:
                values[fact] = number
            continue
        said = reader.words.say(fact, words)
        if said is not None and said.values:
            values[fact] = Choice(said.values)
        elif said is not None:
            absent = absent or said.absent
    if not values:
        told = read_meanings(chart, chart.dictionaries.codes.word(words), facts)
        return told if told.values or told.absent else Told({}, absent)
    return Told(values)


def _number(fact: str, words: str, chart: Chart) -> Interval | None:
    """A number in words; without its unit it counts only where no unit is possible."""
    written = read_number(words)
    if written is None:
        return None
    entry = chart.dictionaries.reader.catalogue[fact]
    if entry.unit and not units.unit_named(written.unit):
        return None
    try:
        return within(fact, entry, convert(fact, entry, written))
    except NotRead:
        return None


# --- numbers ------------------------------------------------------------------------------


def read_quantity(chart: Chart, quantity: Mapping[str, Any], facts: tuple[str, ...]) -> Told:
    """What a number with a unit says: of the first fact that can be measured in that unit."""
    number = finite(quantity.get("value"))
    if number is None:
        return _unclear()
    unit = _unit(quantity)
    sign = _COMPARATORS.get(text(quantity.get("comparator")))
    fault = _UNCLEAR
    catalogue = chart.dictionaries.reader.catalogue
    for index, fact in enumerate(facts):
        entry = catalogue.get(fact)
        if entry is None:
            continue
        try:
            if entry.type == "number":
                _needs_unit(fact, entry.unit, unit, number, first=index == 0)
                written = Written(_compared(number, sign), unit)
                return Told({fact: within(fact, entry, convert(fact, entry, written))})
            if entry.type in ("category", "flag") and index == 0 and not units.unit_named(unit):
                said = chart.dictionaries.reader.words.say(fact, f"{number:g}")
                if said is not None and said.values and sign is None:
                    return Told({fact: Choice(said.values)})
        except NotRead as error:
            fault = error if error.code == "out-of-range" or fault is _UNCLEAR else fault
    return _unclear(fault)


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


def _compared(number: float, sign: str | None) -> Interval:
    match sign:
        case "<":
            return Interval(high=number, high_open=True)
        case "<=":
            return Interval(high=number)
        case ">":
            return Interval(low=number, low_open=True)
        case ">=":
            return Interval(low=number)
        case _:
            return Interval(number, number)


def _range(chart: Chart, value: Mapping[str, Any], facts: tuple[str, ...]) -> Told:
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
                    return _unclear()
                interval = Interval(before.low, interval.high)
            found[fact] = interval
    return Told(found) if found else _unclear()


def _boolean(chart: Chart, value: object, facts: tuple[str, ...]) -> Told:
    if not isinstance(value, bool):
        return _unclear()
    entry = chart.dictionaries.reader.catalogue.get(facts[0]) if facts else None
    if entry is not None and entry.type == "flag":
        return Told({facts[0]: Choice(frozenset({"yes" if value else "no"}))})
    word = chart.dictionaries.codes.word("positive" if value else "negative")
    told = read_meanings(chart, word, facts)
    return told if told.values else _unclear()


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


def as_absent(told: Told) -> Absent:
    """The missing value of a finding whose value says nothing."""
    return Absent(told.absent or AbsenceKind.NOT_UNDERSTOOD)


def upper_limit(resource: Resource) -> float | None:
    """The upper end of the normal range of a result."""
    for each in items(resource.get("referenceRange")):
        kind = code_of(each.get("type"))
        high = finite(part(each.get("high")).get("value"))
        if kind in ("", "normal") and high is not None and high > 0:
            return high
    return None
