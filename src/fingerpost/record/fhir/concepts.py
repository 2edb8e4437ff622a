"""What the codes and the words of a value say of a fact."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from fingerpost.record.code_index import Meaning
from fingerpost.record.fhir.chart import Chart
from fingerpost.record.fhir.shape import Coding, codings
from fingerpost.record.fhir.told import NOTHING, Told, reason_of, unclear
from fingerpost.record.merging.sameness import disagree, says_no_more
from fingerpost.record.written import units
from fingerpost.record.written.number_text import read_number
from fingerpost.record.written.value_reader import NotRead, convert, within
from fingerpost.terms import AbsenceKind
from fingerpost.values import Choice, Interval, Value

# Words of words.yaml that stand for a missing value.
_ABSENT_WORDS: Mapping[str, AbsenceKind] = {
    "not_known": AbsenceKind.NOT_KNOWN,
    "not_applicable": AbsenceKind.NOT_APPLICABLE,
    "indeterminate": AbsenceKind.NOT_KNOWN,
    "not_assessed": AbsenceKind.NOT_KNOWN,
}
# HL7's own letters for an interpretation.
_INTERPRETATIONS: Mapping[str, str] = {
    "pos": "positive",
    "neg": "negative",
    "ind": "indeterminate",
    "e": "equivocal",
    "det": "detected",
    "nd": "not detected",
}
_SEGMENTS = re.compile(r"[()\[\];:]|\s-\s|,(?!\d)")


def read_concept(chart: Chart, concept: object, facts: tuple[str, ...], where: str) -> Told:
    """What the codes of a value say; where several say something, what they agree on."""
    found = codings(concept)
    reason = reason_of(found)
    if reason is not None:
        return Told({}, reason)
    several = [_coding(chart, coding, facts, where) for coding in found]
    understood = [told for told in several if told.values]
    if understood:
        return understood[0] if len(understood) == 1 else agreed(chart, understood, where)
    missing = [told.absent for told in several if told.absent is not None]
    return Told({}, missing[0]) if missing else unclear()


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


def agreed(chart: Chart, several: list[Told], where: str) -> Told:
    """What all parts of a value leave possible; where they contradict, all of it, and it is told."""
    values: dict[str, Value] = {}
    for told in several:
        for fact, value in told.values.items():
            before = values.get(fact)
            both = value if before is None else _both(before, value)
            if both is None and before is not None:
                what = f"the parts of one value contradict each other on {fact}"
                chart.warn("contradicts", where, what, "ask whoever exported the record")
                both = either(before, value)
            values[fact] = both or value
    return Told(values)


def _both(one: Value, other: Value) -> Value | None:
    """What two values of one fact leave possible together; None if they contradict each other."""
    if disagree(one, other):
        return None
    if isinstance(one, Choice) and isinstance(other, Choice):
        return Choice(one.possible & other.possible)
    # The narrower of two numbers; where they only overlap, the one that stood first.
    return other if says_no_more(one, other) else one


def either(one: Value, other: Value) -> Value:
    """All that two values which contradict each other leave possible."""
    if isinstance(one, Choice) and isinstance(other, Choice):
        return Choice(one.possible | other.possible)
    if isinstance(one, Interval) and isinstance(other, Interval):
        return Interval(min(one.low, other.low), max(one.high, other.high))
    return one


def read_words(chart: Chart, words: str, facts: tuple[str, ...]) -> Told:
    """What a text says: as a whole, or in parts that are all understood ("Positive (95 %)")."""
    whole = _phrase(chart, words, facts)
    if whole.values or whole.absent is not None:
        return whole
    parts = [part_ for part_ in _SEGMENTS.split(words[:400]) if part_.strip()]
    if len(parts) < 2:
        return unclear()
    several = [_phrase(chart, part_, facts) for part_ in parts]
    if all(told.values for told in several):
        return _agreed_quietly(several)
    return unclear()


def _agreed_quietly(several: list[Told]) -> Told:
    values: dict[str, Value] = {}
    for told in several:
        for fact, value in told.values.items():
            before = values.get(fact)
            both = value if before is None else _both(before, value)
            if both is None:
                return unclear()
            values[fact] = both
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
