"""Tests of one gene, such as "BRCA1 gene mutations found"."""

from __future__ import annotations

from fingerpost.record.code_index import Meaning
from fingerpost.record.fhir.chart import GENE_FACTS, Chart, Place, where_of
from fingerpost.record.fhir.gene_parts import ORIGINS, first_word, parts_of
from fingerpost.record.fhir.results import facts_of, of_unknown_status, place_of, words_of
from fingerpost.record.fhir.shape import Resource, concept_words
from fingerpost.record.fhir.told import Told, as_absent
from fingerpost.record.fhir.values import read_value
from fingerpost.values import Choice


def read_gene_test(chart: Chart, observation: Resource, meanings: tuple[Meaning, ...]) -> None:
    """A test such as "BRCA1 gene mutations found": its codes leave open whether blood was tested."""
    where = where_of(observation)
    facts = tuple(fact for fact in facts_of(meanings) if fact in GENE_FACTS)
    if not facts or "genetic_variant" in words_of(meanings) or of_unknown_status(observation):
        return
    place = place_of(chart, observation, where)
    told = read_value(chart, observation, facts, where)
    if told is not None and told.values:
        _gene_test_said(chart, facts, told, _origin_of_test(chart, observation, place), place)
    elif told is not None:
        chart.find(facts[0], as_absent(told), place)
        if told.absent is None:
            what = "the result of this gene test is not understood; it was not used"
            chart.warn("not_understood", where, what, f"state {facts[0]} in a form")


def _gene_test_said(
    chart: Chart, facts: tuple[str, ...], told: Told, origin: str | None, place: Place
) -> None:
    for fact, value in told.values.items():
        if fact == "somatic_brca_mutation":
            _somatic_test(chart, value, facts, origin, place)
        elif origin == "germline" or not fact.startswith("germline_"):
            chart.find(fact, value, place)
    if origin is None and any(fact.startswith("germline_") for fact in facts):
        what = "this test does not say whether blood or tumor was tested; nothing was concluded"
        advice = "ask whether the result is inherited (germline)"
        chart.warn("origin_unsaid", place.where, what, advice)


def _somatic_test(
    chart: Chart, value: object, facts: tuple[str, ...], origin: str | None, place: Place
) -> None:
    """Only a test of both genes, of the tumor, that found nothing: a change found may be inherited."""
    both = "germline_brca_reported" in facts
    if both and origin == "somatic" and isinstance(value, Choice) and value.known == "absent":
        chart.find("somatic_brca_mutation", value, place)


def _origin_of_test(chart: Chart, observation: Resource, place: Place) -> str | None:
    stated = first_word(chart, parts_of(chart, observation)["source_class"], ORIGINS)
    if stated is not None:
        return stated
    named = f"{concept_words(observation.get('code'))} {concept_words(observation.get('method'))}"
    if "germline" in named.casefold():
        return "germline"
    if place.specimen in ("blood", "saliva"):
        return "germline"
    return "somatic" if place.specimen in ("metastasis", "primary") else None
