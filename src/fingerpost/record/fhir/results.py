"""What all results share: which facts they are about, what they are called, where and when."""

from __future__ import annotations

from fingerpost.record.code_index import Meaning
from fingerpost.record.fhir.chart import Chart, Place
from fingerpost.record.fhir.shape import (
    Resource,
    codings,
    date_of,
    days,
    status_of,
    text,
    words_of_codings,
)
from fingerpost.record.fhir.told import Told, absent_reason, as_absent
from fingerpost.record.fhir.values import value_words

# Statuses under which a result does not count.
VOID = frozenset({"entered-in-error", "cancelled"})
# Those under which it does; some software leaves the status out.
_RELIED_ON = frozenset({"", "final", "amended", "corrected", "appended"})
_NOT_YET = frozenset({"preliminary", "registered"})


def usable(resource: Resource) -> bool:
    """Whether a result may be relied on, now or as preliminary, by its status and its value."""
    known = status_of(resource) in _RELIED_ON | _NOT_YET
    return known and absent_reason(resource.get("dataAbsentReason")) is None


def final(resource: Resource) -> bool:
    """Whether a result or report is finished and not taken back."""
    return status_of(resource) in _RELIED_ON


def of_unknown_status(resource: Resource) -> bool:
    """Whether it is not said, or not in a way that we know, whether a result counts."""
    return status_of(resource) not in _RELIED_ON | _NOT_YET | VOID


def facts_of(meanings: tuple[Meaning, ...]) -> tuple[str, ...]:
    """The facts that are measured, without those that a code states by itself."""
    found = (each.fact for each in meanings if each.fact and each.value is None)
    return tuple(dict.fromkeys(fact for fact in found if fact))


def words_of(meanings: tuple[Meaning, ...]) -> frozenset[str]:
    """The words (see names of codes/*.yaml) that say what kind of observation this is."""
    return frozenset(each.value for each in meanings if each.fact is None and each.value)


def name_of(observation: Resource, label: str) -> str:
    """The name of a result as written, or else what we call it."""
    named = codings(observation.get("code"))
    written = words_of_codings(named)
    return label if label and not any(coding.display for coding in named) else written


def place_of(chart: Chart, observation: Resource, where: str, label: str = "") -> Place:
    """What all findings of an observation share."""
    site, specimen = chart.sample(observation)
    named = name_of(observation, label)
    said = value_words(observation)
    date = date_of(observation, "effective") or days(text(observation.get("issued")))
    return Place(
        where,
        date,
        f"{named}: {said}" if said else named,
        site,
        specimen,
        status="preliminary" if status_of(observation) in _NOT_YET else "final",
    )


def note(chart: Chart, fact: str, told: Told, place: Place) -> None:
    """Note what a value says, or that it says nothing, and why."""
    for found, value in told.values.items():
        chart.find(found, value, place)
    if told.values:
        return
    if told.problem is not None and told.problem.code == "out-of-range":
        what = f"{told.problem.what}, and this result does not; it was not used"
        chart.warn("out_of_range", place.where, what, "check the result and its unit")
    elif told.absent is None:
        reason = told.problem.what if told.problem else "this value is not understood"
        chart.warn(
            "not_understood", place.where, f"{reason}; it was not used", f"state {fact} in a form"
        )
    chart.find(fact, as_absent(told), place)
