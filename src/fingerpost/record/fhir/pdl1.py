"""PD-L1: a number counts only for the score and the assay that a label asks for."""

from __future__ import annotations

import re

from fingerpost.record.fhir.chart import Chart, Place
from fingerpost.record.fhir.concepts import read_words
from fingerpost.record.fhir.results import note
from fingerpost.record.fhir.shape import Resource, concept_words, items, text
from fingerpost.record.fhir.values import read_value, value_words
from fingerpost.terms import AbsenceKind
from fingerpost.values import Absent

FACTS = frozenset({"pdl1_cps_22c3", "pdl1_sp142_ic_percent"})
_CLONES = re.compile(r"\b(?:22\s?C3|28[-\s]8|SP\s?142|SP\s?263|73[-\s]10)\b", re.I)
_CPS = re.compile(
    r"\b(?:cps|combined positive score)\b\s*(?:\([^)]*\))?\s*(?:of|is|=|:)?\s*([<>]=?\s*)?"
    r"(\d{1,3}(?:\.\d+)?)(?![A-Za-z0-9])",
    re.I,
)
_IC = re.compile(
    r"\b(?:ic|immune cells?)\b\s*(?:\([^)]*\))?\s*(?:of|is|=|:)?\s*([<>]=?\s*)?(\d{1,3}(?:\.\d+)?)\s*%",
    re.I,
)


def read_pdl1(chart: Chart, observation: Resource, fact: str, place: Place) -> None:
    """PD-L1: only a number that is called by the name of its score; scores of assays never mix."""
    parts = [observation, *items(observation.get("component"))]
    pattern = _CPS if fact == "pdl1_cps_22c3" else _IC
    texts = [f"{concept_words(each.get('code'))}: {value_words(each)}" for each in parts]
    texts += [text(note_.get("text")) for note_ in items(observation.get("note"))]
    for each in texts:
        # The names of antibodies hold numbers: "CPS 22C3: 3" is a score of 3.
        if match := pattern.search(_CLONES.sub(" ", each)):
            unit = " %" if fact == "pdl1_sp142_ic_percent" else ""
            told = read_words(chart, f"{match[1] or ''}{match[2]}{unit}", (fact,))
            note(chart, fact, told, place)
            return
    named = " ".join(texts).casefold()
    scored = (
        "cps" in named or "combined positive" in named
        if fact == "pdl1_cps_22c3"
        else re.search(r"\bic\b|immune", named) is not None
    )
    quantities = [each for each in parts if "valueQuantity" in each or "valueInteger" in each]
    if scored and len(quantities) == 1:
        told_ = read_value(chart, quantities[0], (fact,), place.where)
        if told_ is not None:
            note(chart, fact, told_, place)
        return
    told_ = read_value(chart, observation, (fact,), place.where)
    if told_ is not None and told_.absent is not None:
        chart.find(fact, Absent(told_.absent), place)
    elif text(observation.get("status")).casefold() == "registered":
        chart.find(fact, Absent(AbsenceKind.PENDING), place)
    else:
        what = "this PD-L1 result does not name the score that labels ask for, so it was not used"
        name = "the CPS" if fact == "pdl1_cps_22c3" else "the percentage of immune cells (IC)"
        chart.warn("not_understood", place.where, what, f"ask for {name}, and state it in a form")


def without_assay(chart: Chart, _: Resource, place: Place) -> None:
    """Tell of a score that does not say by which assay it was found."""
    what = "this PD-L1 score does not name its assay (22C3, SP142 ...), so it was not used"
    chart.warn(
        "not_understood", place.where, what, "ask which assay it was, and state it in a form"
    )
