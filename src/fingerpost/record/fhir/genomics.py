"""Genes: variants, genes that were studied, and tests of one gene.

* A change counts for a fact about inheritance only if the report says that it is inherited
  (germline), and for a fact about the tumor only if it is not: PALB2 "somatic" is not PALB2 germline.
* A gene that was studied and has no variant is a negative result, and only for the kind of test it
  was: a panel of tumor tissue says nothing of inheritance. A gene in neither was not tested.
* A variant that is called uncertain or benign is no mutation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from fingerpost.record.code_index import HGNC
from fingerpost.record.fhir.chart import Chart, Place, where_of
from fingerpost.record.fhir.gene_parts import ORIGINS, first_word, parts_of, word_of
from fingerpost.record.fhir.gene_tests import read_gene_test
from fingerpost.record.fhir.quantities import interval_of
from fingerpost.record.fhir.results import final, place_of, usable, words_of
from fingerpost.record.fhir.shape import (
    Resource,
    codings,
    date_of,
    references,
)
from fingerpost.values import Choice, Interval

_V600E = re.compile(r"p\.\(?(?:v600e|val600glu)\)?", re.I)
# What is not said any more, or not yet: it is no result, and its gene is not cleared.
_VOID = "void"
_FUSIONS = frozenset({"ntrk_fusion", "ret_fusion"})
_SIGNIFICANCE = ("pathogenic", "uncertain", "benign")
_CHANGES = ("c_hgvs", "p_hgvs", "g_hgvs")


@dataclass(frozen=True, slots=True)
class _Variant:
    """What an observation says of one gene or several."""

    genes: tuple[str, ...]
    said: str | None
    origin: str | None
    significance: str | None
    changes: str
    copies: Interval | None
    named: str


def read_genomics(chart: Chart) -> None:
    """Read everything about genes; it must be read together, because a report is a whole."""
    implied = _implications(chart, [observation for observation, _ in chart.genetic])
    variants = [
        (observation, _variant(chart, observation, implied))
        for observation, meanings in chart.genetic
        if "genetic_variant" in words_of(meanings)
    ]
    for observation, variant in variants:
        _read_variant(chart, observation, variant)
    for observation, meanings in chart.genetic:
        if "region_studied" in words_of(meanings):
            _read_region(chart, observation, variants)
        else:
            read_gene_test(chart, observation, meanings)


# --- variants -----------------------------------------------------------------------------


def _variant(chart: Chart, observation: Resource, implied: dict[str, str]) -> _Variant:
    parts = parts_of(chart, observation)
    genes = [gene for value in parts["gene_studied"] for gene in _genes(value)]
    said = ("present", "absent", "indeterminate")
    implications = [implied[name] for name in chart.resources.names(observation) if name in implied]
    significance = first_word(chart, parts["clinical_significance"], _SIGNIFICANCE)
    named = [*parts["dna_change_type"], observation.get("code"), observation.get("interpretation")]
    return _Variant(
        tuple(dict.fromkeys(genes)),
        word_of(chart, observation.get("valueCodeableConcept"), said)
        if usable(observation)
        else _VOID,
        first_word(chart, parts["source_class"], ORIGINS),
        significance or next(iter(implications), None),
        " ".join(_codes_and_words(value) for name in _CHANGES for value in parts[name]),
        next(
            (copies for value in parts["copy_number"] if (copies := _copies(value)) is not None),
            None,
        ),
        " ".join(_codes_and_words(value) for value in named),
    )


def _copies(value: object) -> Interval | None:
    """How many copies there may be; any number, where the one that is written is not understood."""
    quantity = value if isinstance(value, dict) else {"value": value}
    if not isinstance(quantity.get("value"), int | float):
        return None
    return interval_of(quantity) or Interval()


def _genes(value: object) -> list[str]:
    """The genes of a component; one component may name several. Symbols and numbers both count."""
    found = []
    for coding in codings(value):
        code = coding.code.upper().removeprefix("HGNC:")
        symbol = (
            coding.display.upper() if re.fullmatch(r"[A-Za-z0-9-]{2,12}", coding.display) else ""
        )
        gene = code if code and "genenames" in coding.system else symbol or code
        if gene:
            found.append(gene)
    return found


def _gene_name(chart: Chart, gene: str) -> str:
    """A gene as it may be told: its symbol, or its number with the name of the list."""
    known = [each.display for each in chart.dictionaries.codes.code(HGNC, gene) if each.display]
    return known[0] if known else f"HGNC:{gene}" if gene.isdigit() else gene


def _codes_and_words(value: object) -> str:
    named = (word for each in codings(value) for word in (each.code, each.display) if word)
    return " ".join(dict.fromkeys(named))


def _implications(chart: Chart, observations: Iterable[Resource]) -> dict[str, str]:
    """Clinical significance that stands in an observation derived from the variant."""
    found: dict[str, str] = {}
    for each in observations:
        targets = references(each.get("derivedFrom"))
        if targets:
            values = parts_of(chart, each)["clinical_significance"]
            significance = first_word(chart, values, _SIGNIFICANCE)
            if significance:
                found |= dict.fromkeys(targets, significance)
    return found


def _facts(chart: Chart, gene: str) -> tuple[str, ...]:
    return tuple(each.fact for each in chart.dictionaries.codes.code(HGNC, gene) if each.fact)


def _read_variant(chart: Chart, observation: Resource, variant: _Variant) -> None:
    where = where_of(observation)
    place = _variant_place(chart, observation, variant)
    facts = [(gene, fact) for gene in variant.genes for fact in _facts(chart, gene)]
    if not facts or variant.said == _VOID:
        return
    if variant.said == "indeterminate" or variant.said is None:
        chart.warn("not_understood", where, "this variant does not say whether it is present")
        return
    for _, fact in facts:
        if fact.startswith("germline_"):
            _inherited(chart, fact, variant, place)
        else:
            _of_tumor(chart, fact, variant, place)


def _variant_place(chart: Chart, observation: Resource, variant: _Variant) -> Place:
    place = place_of(chart, observation, where_of(observation))
    parts = (
        "/".join(_gene_name(chart, gene) for gene in variant.genes),
        variant.changes,
        variant.origin or "",
        variant.said or "",
    )
    return replace(place, words=" ".join(each for each in parts if each)[:300])


def _inherited(chart: Chart, fact: str, variant: _Variant, place: Place) -> None:
    if variant.origin is None:
        what = "this variant does not say whether it is inherited, so nothing was concluded on that"
        chart.warn("origin_unsaid", place.where, what, "ask whether blood or tumor was tested")
        return
    if variant.origin != "germline":
        return
    if variant.said == "absent":
        # That one change is absent does not clear the gene.
        if not variant.changes:
            chart.find(fact, Choice(frozenset({"negative"})), place)
        return
    match variant.significance:
        case "pathogenic":
            possible = frozenset({"pathogenic"})
        case "uncertain":
            possible = frozenset({"uncertain"})
        case "benign":
            return
        case _:
            possible = frozenset({"pathogenic", "uncertain"})
            what = "this inherited variant does not say how it is judged: harmful or uncertain"
            chart.warn("significance_unsaid", place.where, what, "ask for its classification")
    chart.find(fact, Choice(possible), place)


def _of_tumor(chart: Chart, fact: str, variant: _Variant, place: Place) -> None:
    if variant.origin == "germline":
        return
    if fact == "somatic_brca_mutation" and variant.origin is None:
        return
    if variant.said == "absent":
        specific = variant.changes and not (fact == "braf_v600e" and _V600E.search(variant.changes))
        if not specific and fact not in _FUSIONS and fact != "somatic_brca_mutation":
            chart.find(fact, Choice(frozenset({"absent"})), place)
        return
    if variant.significance in ("uncertain", "benign"):
        what = f"this variant is called {variant.significance}, so it was not counted as a mutation"
        chart.tell("not_used", place.where, what)
        return
    if _is_the_change(fact, variant):
        chart.find(fact, Choice(frozenset({"present"})), place)
    else:
        what = f"this variant is not the kind of change that {fact} is about"
        chart.tell("not_used", place.where, what)


def _is_the_change(fact: str, variant: _Variant) -> bool:
    """Whether a variant of the right gene is also the right kind of change."""
    if fact == "braf_v600e":
        return _V600E.search(variant.changes) is not None
    if fact in _FUSIONS:
        named = variant.named.casefold()
        return "fusion" in named or "rearrangement" in named or "translocation" in named
    if variant.copies is not None and not variant.changes:
        # Extra copies are no mutation; copies that are lost matter for PTEN.
        most = variant.copies
        fewer = most.high < 2 or (most.high == 2 and most.high_open)
        return fact == "pten_alteration" and fewer
    return True


# --- genes studied ------------------------------------------------------------------------


def _read_region(
    chart: Chart, observation: Resource, variants: list[tuple[Resource, _Variant]]
) -> None:
    """Genes that were looked at: one without a variant was looked at and found unchanged."""
    if not _is_finished(chart, observation):
        return
    parts = parts_of(chart, observation)
    genes = [gene for value in parts["gene_studied"] for gene in _genes(value)]
    origins = {word_of(chart, value, ORIGINS) for value in parts["source_class"]}
    same_report = _same_report(chart, observation, variants)
    if not origins - {None}:
        origins = {variant.origin for _, variant in same_report}
    place = place_of(chart, observation, where_of(observation))
    origin = _one_origin(origins - {None}, place.specimen)
    clear = {_symbol(chart, gene) for gene in genes}
    clear -= {
        _symbol(chart, gene)
        for _, each in same_report
        for gene in each.genes
        if each.said != "absent"
    }
    if origin is None and any(_facts(chart, gene) for gene in genes):
        what = "the report does not say whether inherited or tumor changes were looked for"
        chart.warn("origin_unsaid", place.where, what, "ask whether blood or tumor was tested")
        return
    _note_clear(chart, clear, genes, origin, place)


def _is_finished(chart: Chart, observation: Resource) -> bool:
    """Whether the list of genes is a result, of a report that is finished: else nothing is cleared."""
    reports = _reports(chart, observation)
    if final(observation) and usable(observation) and all(final(each) for each in reports):
        return True
    what = "this list of genes, or its report, is not final, so no gene was called unchanged"
    chart.warn("unknown_status", where_of(observation), what, "ask for the final report")
    return False


def _reports(chart: Chart, observation: Resource) -> list[Resource]:
    """The reports that hold a result."""
    own = set(chart.resources.names(observation))
    reports = chart.resources.of("DiagnosticReport")
    return [each for each in reports if own & set(references(each.get("result")))]


def _one_origin(origins: set[Any], specimen: str | None) -> str | None:
    if len(origins) == 1:
        return str(next(iter(origins)))
    if origins:
        return None
    if specimen == "saliva":
        return "germline"
    return "somatic" if specimen == "metastasis" else None


def _same_report(
    chart: Chart, observation: Resource, variants: list[tuple[Resource, _Variant]]
) -> list[tuple[Resource, _Variant]]:
    """The variants of the reports that hold this observation; of the same day if no report does."""
    members = {
        result
        for report in _reports(chart, observation)
        for result in references(report.get("result"))
    }
    if members:
        return [pair for pair in variants if members & set(chart.resources.names(pair[0]))]
    date = date_of(observation, "effective")
    return [pair for pair in variants if date_of(pair[0], "effective") == date]


def _symbol(chart: Chart, gene: str) -> str:
    """One name for a gene that is written as number here and as symbol there."""
    facts = _facts(chart, gene)
    return "+".join(facts) if facts else gene


def _note_clear(
    chart: Chart, clear: set[str], genes: list[str], origin: str | None, place: Place
) -> None:
    brca: set[str] = set()
    for gene in dict.fromkeys(genes):
        if _symbol(chart, gene) not in clear:
            continue
        inner = replace(place, words=f"{_gene_name(chart, gene)} studied, no variant reported")
        for fact in _facts(chart, gene):
            if fact == "somatic_brca_mutation":
                brca.add(_symbol(chart, gene))
            elif fact.startswith("germline_") and origin == "germline":
                chart.find(fact, Choice(frozenset({"negative"})), inner)
            elif not fact.startswith("germline_") and fact not in _FUSIONS and origin == "somatic":
                chart.find(fact, Choice(frozenset({"absent"})), inner)
    # One of the two genes alone does not clear both.
    if origin == "somatic" and len(brca) > 1:
        inner = replace(place, words="BRCA1 and BRCA2 studied, no variant reported")
        chart.find("somatic_brca_mutation", Choice(frozenset({"absent"})), inner)
