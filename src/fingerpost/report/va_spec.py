"""Options that ask for a gene change as GA4GH VA-Spec statements, for knowledge bases that speak it.

VA-Spec has statements about variants, so only conditions on gene changes can be told; the receptors,
PD-L1, earlier treatment and the rest of an option stand as text in an extension, and the option's own
id leads back to all of it. A statement says that a label names the change for this treatment; it makes
no claim of strength. Source: GA4GH Variant Annotation Specification 1.0 (model of `ga4gh.va_spec` 0.4).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from fingerpost.criteria.nodes import FactTerm, IsOneOf
from fingerpost.knowledge.as_of import window_on
from fingerpost.report.conditions_said import written
from fingerpost.report.option_said import first_day, heading_of

if TYPE_CHECKING:
    from fingerpost.knowledge.model import Criterion, Drug, Knowledge, Option, Window

Json = dict[str, Any]
_SYSTEMS = {
    "rxnorm": "http://www.nlm.nih.gov/research/umls/rxnorm",
    "ncit": "http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl",
    "snomed": "http://snomed.info/sct",
    "atc": "http://www.whocc.no/atc",
}
_HGNC = "http://www.genenames.org"
_THERE = frozenset(("present", "pathogenic"))


def va_spec_statements(knowledge: Knowledge, on: dt.date) -> list[Json]:
    """One statement for each option in force on the day and each gene change it asks for."""
    return [
        statement
        for option in knowledge.options.values()
        if (window := window_on(option, on)) is not None and window.opens
        for statement in _statements(option, window, knowledge)
    ]


def _statements(option: Option, window: Window, knowledge: Knowledge) -> Iterator[Json]:
    for criterion in window.criteria:
        for fact in _changes_asked_for(criterion, knowledge):
            yield _statement(option, window, criterion, fact, knowledge)


def _changes_asked_for(criterion: Criterion, knowledge: Knowledge) -> list[str]:
    """The gene changes of which one is asked for by a condition on biomarkers."""
    if criterion.kind != "biomarker":
        return []
    genes = _genes(knowledge)
    nodes = (knowledge.graph.nodes[n] for n in knowledge.graph.below([criterion.node]))
    return [
        node.subject.name
        for node in nodes
        if isinstance(node, IsOneOf)
        and isinstance(node.subject, FactTerm)
        and node.subject.name in genes
        and node.values & _THERE
    ]


def _genes(knowledge: Knowledge) -> dict[str, list[tuple[str, str]]]:
    """The genes (HGNC number, symbol) that each fact about a gene change speaks of."""
    found: dict[str, list[tuple[str, str]]] = {}
    for code, meanings in knowledge.codes["hgnc"].codes.items():
        for meaning in meanings:
            if code.isdigit() and meaning.fact is not None:
                symbol = meaning.display or meanings[0].display or code
                found.setdefault(meaning.fact, []).append((code, symbol))
    return found


def _statement(
    option: Option, window: Window, criterion: Criterion, fact: str, knowledge: Knowledge
) -> Json:
    source = knowledge.sources[criterion.source]
    document: Json = {"type": "Document", "title": source.title, "urls": [source.url]}
    return {
        "id": f"fingerpost:{option.id}:{fact}",
        "type": "Statement",
        "description": heading_of(option, knowledge),
        "direction": "supports",
        "proposition": _proposition(option, fact, knowledge),
        "reportedIn": [document],
        "extensions": [
            {"name": "option", "value": option.id},
            {"name": "authority", "value": option.authority},
            {"name": "status", "value": window.status},
            {"name": "inForceFrom", "value": first_day(window)},
            {"name": "state", "value": criterion.state},
            {"name": "allConditions", "value": [written(c.when) for c in window.criteria]},
        ],
    }


def _proposition(option: Option, fact: str, knowledge: Knowledge) -> Json:
    proposition: Json = {
        "type": "VariantTherapeuticResponseProposition",
        "predicate": "predictsSensitivityTo",
        "subjectVariant": {"type": "CategoricalVariant", "name": knowledge.facts[fact].label},
        "objectTherapeutic": _therapeutic(option, knowledge),
        "conditionQualifier": {"conceptType": "Disease", "name": "Breast cancer"},
        "alleleOriginQualifier": {"name": "germline" if fact.startswith("germline") else "somatic"},
    }
    genes = _genes(knowledge)[fact]
    if len(genes) == 1:
        code, symbol = genes[0]
        coding = {"system": _HGNC, "code": f"HGNC:{code}"}
        proposition["geneContextQualifier"] = {
            "conceptType": "Gene",
            "name": symbol,
            "primaryCoding": coding,
        }
    return proposition


def _therapeutic(option: Option, knowledge: Knowledge) -> Json:
    therapies = [_therapy(name, knowledge) for name in option.drugs]
    if len(therapies) == 1:
        return therapies[0]
    return {"therapies": therapies, "membershipOperator": "AND"}


def _therapy(name: str, knowledge: Knowledge) -> Json:
    drug = knowledge.drugs.get(name)
    if drug is None:
        return {"conceptType": "TherapyClass", "name": knowledge.classes[name].label}
    therapy: Json = {"conceptType": "Therapy", "name": drug.name}
    mappings = [_mapping(system, code) for system, code in _codes(drug)]
    return {**therapy, "mappings": mappings} if mappings else therapy


def _codes(drug: Drug) -> Iterator[tuple[str, str]]:
    yield from ((code.system, code.code) for code in drug.codes if code.system in _SYSTEMS)


def _mapping(system: str, code: str) -> Json:
    return {"coding": {"system": _SYSTEMS[system], "code": code}, "relation": "exactMatch"}
