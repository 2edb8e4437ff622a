"""Microsatellite instability that was found by a stain of the repair proteins."""

from __future__ import annotations

from fingerpost.record.fhir.chart import Chart, Place
from fingerpost.record.fhir.results import note
from fingerpost.record.fhir.shape import Resource, codings
from fingerpost.record.fhir.values import read_value
from fingerpost.values import Choice


def msi_by_stain(chart: Chart, observation: Resource, place: Place) -> None:
    """A stain looks at the repair proteins: instability by stain means that repair is deficient."""
    told = read_value(chart, observation, ("mmr",), place.where)
    words = {
        meaning.value
        for each in codings(observation.get("valueCodeableConcept"))
        for meaning in (
            *chart.dictionaries.codes.code(each.system, each.code),
            *chart.dictionaries.codes.word(each.display),
        )
    }
    if told is not None and told.values:
        note(chart, "mmr", told, place)
        return
    if words & {"positive", "present"}:
        value = "deficient"
    elif words & {"negative", "absent"}:
        value = "proficient"
    else:
        if told is not None:
            note(chart, "mmr", told, place)
        return
    chart.find("mmr", Choice(frozenset({value})), place)
    what = (
        f"microsatellite instability by stain was read as mismatch repair {value}; in some reports "
        '"positive" means instead that the repair proteins are there'
    )
    chart.warn("inferred", place.where, what, "check it against the pathology report")
