"""Observations: which fact each measures, and what it says of it.

An IHC result that is only called "negative" is a HER2 score of 0 or 1+ (that is what the guideline
calls negative), so it is recorded as one of these two: enough to know that the cancer is not
HER2-positive, and not enough to know whether it is HER2-low. `words.yaml` holds these readings.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from fingerpost.record.code_index import Meaning
from fingerpost.record.fhir import nodes, pdl1, stage
from fingerpost.record.fhir.assertions import read_assertion
from fingerpost.record.fhir.chart import GENE_FACTS, Chart, Place, where_of
from fingerpost.record.fhir.concepts import read_words
from fingerpost.record.fhir.conditions import read_comorbidities, read_history
from fingerpost.record.fhir.mismatch_repair import msi_by_stain
from fingerpost.record.fhir.quantities import finite, upper_limit
from fingerpost.record.fhir.results import (
    VOID,
    facts_of,
    name_of,
    note,
    of_unknown_status,
    place_of,
    words_of,
)
from fingerpost.record.fhir.shape import (
    Resource,
    codings,
    items,
    part,
    status_of,
    text,
    words_of_codings,
)
from fingerpost.record.fhir.stated_lines import read_line
from fingerpost.record.fhir.values import read_value, value_words
from fingerpost.record.written.number_text import read_number
from fingerpost.terms import AbsenceKind
from fingerpost.values import Absent, Interval

# Facts whose results are read by rooms of their own.
_RATIOS = frozenset({"bilirubin_times_uln", "ast_alt_times_uln"})
_GENETIC = frozenset({"genetic_variant", "region_studied"})
# Names so short that they may be something else (a PR interval), unless the value fits.
_RECEPTOR = re.compile(r"%|allred|positiv|negativ", re.I)
_SHORT: Mapping[str, tuple[str, re.Pattern[str]]] = {
    "er": ("estrogen receptor", _RECEPTOR),
    "pr": ("progesterone receptor", _RECEPTOR),
    "pgr": ("progesterone receptor", _RECEPTOR),
    "grade": ("nottingham grade", re.compile(r"^(?:grade\s*|g)?[1-3]$", re.I)),
}
_ALLRED = re.compile(r"\ballred\b[^0-9]{0,12}([0-8])(?:\s*/\s*8)?(?![\d.])", re.I)

Special = Callable[[Chart, Resource, Place], None]


def read_observation(chart: Chart, observation: Resource) -> None:
    """Read one observation, and each of its components as one."""
    where = where_of(observation)
    if status_of(observation) in VOID:
        chart.not_read["results that were cancelled or entered in error"] += 1
        keep_void_variant(chart, observation, where)
        return
    meanings = meaning_of(chart, observation, where)
    if not meanings and "component" not in observation:
        chart.unnamed[words_of_codings(codings(observation.get("code")))] += 1
        return
    if chart.about_other_cancer(observation, "focus"):
        chart.not_read["results of another cancer"] += 1
        return
    _by_meaning(chart, observation, meanings, where)


def keep_void_variant(chart: Chart, observation: Resource, where: str) -> None:
    """A variant that was taken back says nothing, and its gene was not found unchanged either."""
    meanings = chart.meanings(observation.get("code"), where)
    if "genetic_variant" in words_of(meanings):
        chart.genetic.append((observation, meanings))


def _by_meaning(
    chart: Chart, observation: Resource, meanings: tuple[Meaning, ...], where: str
) -> None:
    facts, words = facts_of(meanings), words_of(meanings)
    if words & _GENETIC or GENE_FACTS & set(facts) or "derivedFrom" in observation:
        chart.genetic.append((observation, meanings))
    place = place_of(chart, observation, where, _label(chart, facts))
    if of_unknown_status(observation) and (facts or words or meanings):
        _of_unknown_status(chart, facts, place)
        return
    if words & _GENETIC:
        return
    _one(chart, observation, meanings, place)
    if "comorbidities" not in words:
        _components(chart, observation, facts, place)


def _one(chart: Chart, observation: Resource, meanings: tuple[Meaning, ...], place: Place) -> None:
    """One result, by what its code means."""
    facts, words = facts_of(meanings), words_of(meanings)
    special = next((_SPECIAL[word] for word in words if word in _SPECIAL), None)
    if special is not None:
        special(chart, observation, place)
    elif facts:
        _measured(chart, observation, facts, words, place)
    elif any(each.fact for each in meanings) or "assertion" in words:
        read_assertion(chart, observation, meanings, place)
    elif "nothing_to_conclude" in words:
        for note_ in dict.fromkeys(each.note for each in meanings if each.note):
            chart.tell("not_used", place.where, f"this result was not used: {note_}")
    elif "resourceType" in observation:
        # Its name holds that of something else, such as "DCIS in breast cancer specimen".
        chart.unnamed[words_of_codings(codings(observation.get("code")))] += 1


def meaning_of(chart: Chart, observation: Resource, where: str) -> tuple[Meaning, ...]:
    """What an observation measures: by its code, else by its name; not if the two disagree."""
    several = codings(observation.get("code"))
    by_code = chart.meanings_of(several, where)
    by_name = chart.names_of(several)
    if not by_code:
        return by_name or _by_short_name(chart, observation)
    if not by_name:
        return by_code
    coded, named = facts_of(by_code), facts_of(by_name)
    if (
        coded
        and named
        and not {_family(fact) for fact in coded} & {_family(fact) for fact in named}
    ):
        what = "the code of this result and its name are those of different tests; it was not read"
        chart.warn("code_display_mismatch", where, what, "ask whoever exported the record")
        return ()
    return by_code


def _by_short_name(chart: Chart, observation: Resource) -> tuple[Meaning, ...]:
    """What "ER: 90 %" or "Grade: G3" is: a short name counts only with a value that fits it."""
    name = words_of_codings(codings(observation.get("code"))).strip(" :").casefold()
    if "resourceType" not in observation or name not in _SHORT:
        return ()
    long, fits = _SHORT[name]
    said = value_words(observation).strip()
    return chart.dictionaries.codes.name(long) if fits.search(said) else ()


def _family(fact: str) -> str:
    """The test that a fact is about: er, her2, pdl1 ..."""
    return fact.partition("_")[0]


def _label(chart: Chart, facts: tuple[str, ...]) -> str:
    """How the catalogue calls a fact, for results that come without a name."""
    entry = chart.dictionaries.reader.catalogue.get(facts[0]) if facts else None
    return entry.label if entry is not None else ""


def _of_unknown_status(chart: Chart, facts: tuple[str, ...], place: Place) -> None:
    what = "the status of this result is unknown, so its value was not used"
    chart.warn("unknown_status", place.where, what, "ask whether the result is final")
    for fact in facts[:1]:
        chart.find(fact, Absent(AbsenceKind.NOT_KNOWN), place)


# --- one result ---------------------------------------------------------------------------


def _measured(
    chart: Chart, observation: Resource, facts: tuple[str, ...], words: frozenset[str], place: Place
) -> None:
    if stage.FACTS & set(facts):
        stage.read_category(chart, observation, facts, words, place)
        return
    if pdl1.FACTS & set(facts):
        pdl1.read_pdl1(chart, observation, facts[0], place)
        return
    if _RATIOS & set(facts):
        _times_upper_limit(chart, observation, facts[0], place)
        return
    if facts[0] in GENE_FACTS or _allred(chart, observation, facts[0], place):
        return
    told = read_value(chart, observation, facts, place.where)
    if told is None:
        _without_value(chart, observation, facts, place)
        return
    if not told.values and facts[0] == "her2_ish" and _ratio_in_words(chart, observation, place):
        return
    note(chart, facts[0], told, place)


def _without_value(
    chart: Chart, observation: Resource, facts: tuple[str, ...], place: Place
) -> None:
    """A result that is still awaited, or one whose parts stand in components or members."""
    status = status_of(observation)
    if status == "registered" or (
        status == "preliminary" and not items(observation.get("component"))
    ):
        chart.find(facts[0], Absent(AbsenceKind.PENDING), place)
    elif not items(observation.get("component")) and not items(observation.get("hasMember")):
        chart.tell("no_value", place.where, "this result has no value")


def _components(chart: Chart, observation: Resource, own: tuple[str, ...], place: Place) -> None:
    """Each component is a result by itself, on the same day and sample."""
    for component in items(observation.get("component")):
        meanings = meaning_of(chart, component, place.where)
        facts = facts_of(meanings)
        if not meanings or (pdl1.FACTS & set(own) and pdl1.FACTS & set(facts)):
            continue
        said = value_words(component)
        named = name_of(component, _label(chart, facts))
        words = f"{named}: {said}" if named and said else said or place.words
        _one(chart, component, meanings, replace(place, words=words))


# --- results that need more than a look-up ------------------------------------------------


def _ratio_in_words(chart: Chart, observation: Resource, place: Place) -> bool:
    """Read "less than 1.8" under a FISH code: the HER2/CEP17 ratio in the words of an older guideline."""
    written = read_number(text(observation.get("valueString")))
    if written is None or written.unit or written.interval.known is not None:
        return False
    low, high = max(written.interval.low, 0.0), written.interval.high
    if low >= high:
        return False
    ratio = Interval(low, high, written.interval.low_open, written.interval.high_open)
    chart.find("her2_cep17_ratio", ratio, place)
    what = "a number in words under a HER2 FISH code was taken to be the HER2/CEP17 ratio"
    chart.tell("inferred", place.where, what, "check it against the report")
    return True


def _allred(chart: Chart, observation: Resource, fact: str, place: Place) -> bool:
    """Read "strongly positive (Allred 8/8)": the score, and what stands beside it."""
    said = text(observation.get("valueString"))
    match = _ALLRED.search(said)
    if (
        fact[:3] not in ("er_", "pr_") or match is None or match[1] == "1"
    ):  # there is no Allred score of 1
        return False
    score, receptor = float(match[1]), fact[:2]
    chart.find(f"{receptor}_allred", Interval(score, score), place)
    rest = _ALLRED.sub(" ", said).strip(" ()[],;:")
    told = read_words(chart, rest, (f"{receptor}_reported", f"{receptor}_percent"))
    for found, value in told.values.items():
        chart.find(found, value, place)
    return True


def _times_upper_limit(chart: Chart, observation: Resource, fact: str, place: Place) -> None:
    """Liver values as multiples of the upper limit of normal that stands in the same result."""
    limit = upper_limit(observation)
    quantity = part(observation.get("valueQuantity"))
    number = finite(quantity.get("value"))
    if limit is None or number is None or quantity.get("comparator"):
        what = "this result has no upper limit of normal beside it, in the same unit"
        chart.tell("not_used", place.where, what)
        return
    told = read_value(chart, {"valueDecimal": round(number / limit, 4)}, (fact,), place.where)
    if told is not None:
        note(chart, fact, told, place)


def _not_asked_for(chart: Chart, _: Resource, __: Place) -> None:
    chart.not_read["tumor markers in blood, which no label asks for"] += 1


def _nothing(_: Chart, __: Resource, ___: Place) -> None:
    """Read elsewhere, or only through its components."""


_SPECIAL: Mapping[str, Special] = {
    "panel": _nothing,
    "pdl1_scoring_method": _nothing,
    "pdl1_assay_unsaid": pdl1.without_assay,
    "msi_by_stain": msi_by_stain,
    "comorbidities": read_comorbidities,
    "history_of_metastasis": read_history,
    "line_of_therapy": read_line,
    "not_asked_for": _not_asked_for,
    "sentinel_nodes_positive": nodes.sentinel_positive,
    "nodes_examined": nodes.examined,
    "nodes_macrometastases": nodes.macrometastases,
    "nodes_micrometastases": nodes.micrometastases,
}
