"""Conditions: the breast cancer itself, its spread, other cancers, and other illnesses."""

from __future__ import annotations

import re
from dataclasses import replace

from fingerpost.record.code_index import Meaning
from fingerpost.record.fhir.assertions import affirmed, unclear
from fingerpost.record.fhir.chart import Chart, Place, where_of
from fingerpost.record.fhir.shape import (
    Resource,
    code_of,
    codings,
    concept_words,
    date_of,
    extensions,
    items,
    profiles,
    reference,
    references,
    text,
)
from fingerpost.record.fhir.stage import read_condition_stage
from fingerpost.values import Choice, Members

# Conditions that were not confirmed say nothing, in either direction.
_VERIFIED = frozenset({"confirmed", "refuted", "entered-in-error"})
_OVER = frozenset({"inactive", "remission", "resolved"})
# "Suspected breast cancer", "family history of breast cancer": names that hold one and are none.
_DOUBT = re.compile(
    r"\b(?:suspect|screen|histor|famil|risk|heredit|suscept|possib|probab|rule|exclu|fear|concern|"
    r"negative|no evidence|without)",
    re.IGNORECASE,
)
# Facts about now: a condition that is over does not answer them. The others are about "ever".
_NOW = frozenset(
    [
        "heart_failure",
        "active_autoimmune_disease",
        "hypocalcemia",
        "pregnant",
        "breastfeeding",
        "menopausal_status_reported",
    ]
)


def note_cancers(chart: Chart, condition: Resource) -> None:
    """Note which conditions are the breast cancer and which other cancers, before any is read."""
    meanings = _meanings(chart, condition)
    words = {each.value for each in meanings if each.fact is None and each.value}
    verified = verification(condition)
    names = chart.resources.names(condition)
    if "metastasis" in words or verified == "entered-in-error":
        return
    if verified in ("refuted", "unsure"):
        chart.other_cancers.update(names)
    elif words & {"breast_cancer", "breast_in_situ"} or _breast_by_site(chart, condition, words):
        chart.breast_cancers.update(names)
        chart.this_cancer.update(names)
    elif words & {"other_cancer", "cancer_site_unsaid"}:
        chart.other_cancers.update(names)


def verification(condition: Resource) -> str:
    """How sure a condition is: confirmed, refuted, entered-in-error, unsure, or nothing if not said.

    One that is called both, or something we do not know, is unsure; one that was entered in error
    does not count, whatever else is said of it.
    """
    said = condition.get("verificationStatus")
    words = {
        (coding.code or coding.display).strip().casefold().replace(" ", "-")
        for coding in codings(said)
        if coding.code or coding.display
    }
    if "entered-in-error" in words:
        return "entered-in-error"
    if not words:
        return ""
    known = words & _VERIFIED
    return next(iter(known)) if len(known) == 1 and known == words else "unsure"


def _meanings(chart: Chart, condition: Resource) -> tuple[Meaning, ...]:
    """What a condition is: by its code, else by its name, unless the name casts doubt on it."""
    several = codings(condition.get("code"))
    known = chart.meanings_of(several, where_of(condition))
    if known or any(_DOUBT.search(coding.display) for coding in several):
        return known
    return chart.names_of(several)


def read_condition(chart: Chart, condition: Resource) -> None:
    """Read one condition by what it is."""
    where = where_of(condition)
    verified = verification(condition)
    if verified == "entered-in-error":
        chart.not_read["conditions entered in error"] += 1
        return
    meanings = _meanings(chart, condition)
    if not meanings:
        if "secondary-cancer-condition" in profiles(condition):
            what = "this spread of a cancer is not understood; it was not used"
            chart.warn("not_understood", where, what, "state metastatic_sites in a form")
    elif verified == "unsure":
        chart.tell("not_confirmed", where, "this condition is not confirmed, so it was not used")
    else:
        place = Place(where, date_of(condition, "onset"), concept_words(condition.get("code")))
        _by_kind(chart, condition, meanings, place, refuted=verified == "refuted")


def _by_kind(
    chart: Chart, condition: Resource, meanings: tuple[Meaning, ...], place: Place, *, refuted: bool
) -> None:
    words = {each.value for each in meanings if each.fact is None and each.value}
    if refuted:
        _ruled_out(chart, meanings, words, place)
    elif "metastasis" in words:
        _spread(chart, condition, meanings, words, place)
    elif words & {"breast_cancer", "breast_in_situ"} or _breast_by_site(chart, condition, words):
        _breast_cancer(chart, condition, meanings, place)
    elif words & {"other_cancer", "cancer_site_unsaid"}:
        what = "this record holds another cancer; results that belong to it were left out"
        chart.tell("other_cancer", place.where, what)
    else:
        over = code_of(condition.get("clinicalStatus")) in _OVER
        _state(chart, meanings, place, over=over)


def _breast_by_site(chart: Chart, condition: Resource, words: set[str]) -> bool:
    """A cancer whose code does not say where it is, and whose site is the breast."""
    if "cancer_site_unsaid" not in words:
        return False
    for site in items(condition.get("bodySite")):
        for coding in codings(site):
            known = chart.dictionaries.codes.code(coding.system, coding.code)
            if (
                any(each.value == "breast" for each in known)
                or "breast" in coding.display.casefold()
            ):
                return True
    return False


def _state(chart: Chart, meanings: tuple[Meaning, ...], place: Place, *, over: bool) -> None:
    """Facts that the code of a condition states by itself."""
    values: dict[str, set[str]] = {}
    for each in meanings:
        if each.fact and each.value and not (over and each.fact in _NOW):
            values.setdefault(each.fact, set()).add(each.value)
    for fact, possible in values.items():
        if fact == "metastatic_sites":
            chart.find(fact, Members(present=frozenset(possible)), place)
        else:
            chart.find(fact, Choice(frozenset(possible)), place)


def _ruled_out(chart: Chart, meanings: tuple[Meaning, ...], words: set[str], place: Place) -> None:
    """A refuted condition: spread to that place, or that illness, is not there."""
    if words & {"breast_cancer", "breast_in_situ", "other_cancer"}:
        return
    for each in meanings:
        _deny(chart, each, place)


def _deny(chart: Chart, meaning: Meaning, place: Place) -> None:
    entry = chart.dictionaries.reader.catalogue.get(meaning.fact or "")
    if entry is None or meaning.fact is None or meaning.value is None:
        return
    if entry.type == "set":
        chart.find(meaning.fact, Members(absent=frozenset({meaning.value})), place)
    elif entry.type == "flag" and meaning.value == "yes":
        chart.find(meaning.fact, Choice(frozenset({"no"})), place)


# --- the breast cancer --------------------------------------------------------------------


def _breast_cancer(
    chart: Chart, condition: Resource, meanings: tuple[Meaning, ...], place: Place
) -> None:
    _note_side(chart, condition, place)
    if place.date is not None:
        chart.find("diagnosis_date", place.date, replace(place, date=None))
    # When a stage or subtype was found is not when the cancer was: those get no date from here.
    undated = replace(place, date=None)
    _state(chart, meanings, undated, over=False)
    _morphology(chart, condition, undated)
    _clinical_status(chart, condition, undated)
    read_condition_stage(chart, condition, undated)


def _note_side(chart: Chart, condition: Resource, place: Place) -> None:
    """Left or right; results of two cancers cannot be told apart here, so two are told."""
    written = " ".join(
        each.display.casefold()
        for each in (*codings(condition.get("code")), *codings(condition.get("bodySite")))
    )
    for side in ("left", "right"):
        if side in written.split() or side in written.replace("(", " ").split():
            chart.sides.add(side)
    if "bilateral" in written:
        chart.sides.update(("left", "right"))
    if len(chart.sides) > 1:
        what = "this record holds cancers of both breasts; their results cannot be told apart here"
        chart.warn("two_cancers", place.where, what, "make a form for each, with its own results")


def _morphology(chart: Chart, condition: Resource, place: Place) -> None:
    """What the cells look like, from mCODE's extension."""
    for each in extensions(condition, "mcode-histology-morphology-behavior"):
        concept = each.get("valueCodeableConcept")
        meanings = chart.meanings(concept, place.where)
        inner = replace(place, words=concept_words(concept))
        if any(meaning.fact for meaning in meanings):
            _state(chart, meanings, inner, over=False)
            continue
        for coding in codings(concept):
            # The digit after the slash of an ICD-O-3 code says how the tumor behaves.
            behavior = coding.code.rpartition("/")[2] if "icd-o" in coding.system else ""
            if behavior in ("2", "3"):
                value = Choice(frozenset({"yes" if behavior == "3" else "no"}))
                chart.find("invasive", value, inner)


def _clinical_status(chart: Chart, condition: Resource, place: Place) -> None:
    """How the condition stands: "remission" is a cancer that answers or is not seen; never cured."""
    status = code_of(condition.get("clinicalStatus")) or text(condition.get("clinicalStatus"))
    inner = replace(place, words=f"clinical status: {status}")
    if status == "remission":
        answers = Choice(frozenset({"responding", "no_evidence_of_disease"}))
        chart.find("disease_status", answers, inner)
    elif status in ("recurrence", "relapse"):
        chart.find("recurrence", Choice(frozenset({"locoregional", "distant"})), inner)


# --- spread -------------------------------------------------------------------------------


def _spread(
    chart: Chart, condition: Resource, meanings: tuple[Meaning, ...], words: set[str], place: Place
) -> None:
    """A secondary cancer; armpit nodes are regional, and some codes do not say where it is."""
    if _of_other_primary(chart, condition):
        chart.not_read["spread of another cancer"] += 1
        return
    chart.this_cancer.update(chart.resources.names(condition))
    if "regional_nodes" in words:
        what = "spread to the nodes of the armpit is regional; it was not taken for distant spread"
        chart.tell("regional", place.where, what)
    elif "site_unclear" in words:
        what = "this spread may be regional or distant, so nothing was concluded from it"
        chart.warn("not_understood", place.where, what, "state metastatic_sites in a form")
    elif "metastasis_site_unsaid" in words:
        chart.find("extent_reported", Choice(frozenset({"metastatic"})), place)
    else:
        _state(chart, meanings, place, over=False)


def _of_other_primary(chart: Chart, condition: Resource) -> bool:
    """Whether the record says that this spread comes from another cancer than the breast cancer."""
    names = ("mcode-related-primary-cancer-condition", "condition-related")
    targets = {
        reference(each.get("valueReference"))
        for name in names
        for each in extensions(condition, name)
    }
    targets.update(references(condition.get("dueTo")))
    targets.discard("")
    if not targets or targets & chart.breast_cancers:
        return False
    # A primary that is not in the record is another one, if the breast cancer is in it.
    return bool(targets & chart.other_cancers or chart.breast_cancers)


def read_history(chart: Chart, observation: Resource, place: Place) -> None:
    """MCODE's history of metastatic cancer: a value of false turns it into its opposite."""
    if chart.other_cancers and not chart.breast_cancers:
        return
    answer = affirmed(chart, observation)
    sites = {
        each.value
        for each in chart.meanings(observation.get("code"), place.where)
        if each.fact == "metastatic_sites" and each.value
    }
    if answer not in ("yes", "no"):
        unclear(chart, ["extent_reported"], answer, place)
        return
    if answer == "no":
        place = replace(place, words=f"{place.words} (no)")
        entry = chart.dictionaries.reader.catalogue.get("metastatic_sites")
        absent = sites or set(entry.values if entry else ())
        chart.find("metastatic_sites", Members(absent=frozenset(absent)), place)
        extent = chart.dictionaries.reader.catalogue.get("extent_reported")
        if not sites and extent is not None:
            others = frozenset(extent.values) - {"metastatic"}
            chart.find("extent_reported", Choice(others), place)
        return
    if sites:
        chart.find("metastatic_sites", Members(present=frozenset(sites)), place)
    else:
        chart.find("extent_reported", Choice(frozenset({"metastatic"})), place)


# --- other illnesses ----------------------------------------------------------------------


def read_comorbidities(chart: Chart, observation: Resource, place: Place) -> None:
    """MCODE's list of other conditions: those that are there, and those that are said to be absent.

    Silence about a condition says nothing; only what is listed as absent is a no.
    """
    for each in extensions(observation, "mcode-related-condition-absent"):
        concept = each.get("valueCodeableConcept")
        inner = replace(place, words=f"absent: {concept_words(concept)}")
        for meaning in chart.meanings(concept, place.where) or chart.named(concept):
            _deny(chart, meaning, inner)
    for each in extensions(observation, "mcode-related-condition"):
        concept = each.get("valueCodeableConcept")
        if concept is not None:
            inner = replace(place, words=concept_words(concept))
            meanings = chart.meanings(concept, place.where) or chart.named(concept)
            if not any(meaning.value in ("breast_cancer", "metastasis") for meaning in meanings):
                _state(chart, meanings, inner, over=False)
