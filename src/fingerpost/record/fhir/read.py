"""FHIR R4 (mCODE STU1 to STU4, US Core, and what real systems make of them) as a record.

The reader is tolerant: it looks for what it understands, tells what it does not, keeps every
finding, and never turns silence into a no. It works on plain maps; a library of FHIR models refuses
about one in seven real exports and takes thirty times as long.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from fingerpost.record.dictionaries import Dictionaries
from fingerpost.record.drugs.regimens import as_regimens
from fingerpost.record.drugs.settings import Course, settings_from_dates
from fingerpost.record.fhir.bundle import collect
from fingerpost.record.fhir.chart import Chart, Place, where_of
from fingerpost.record.fhir.conditions import note_cancers, read_condition
from fingerpost.record.fhir.contradictions import tell_contradictions
from fingerpost.record.fhir.genomics import read_genomics
from fingerpost.record.fhir.medications import read_medications
from fingerpost.record.fhir.nodes import more_positive_than_examined
from fingerpost.record.fhir.observations import keep_void_variant, read_observation
from fingerpost.record.fhir.patient import read_patient
from fingerpost.record.fhir.procedures import read_procedures
from fingerpost.record.fhir.shape import items, text
from fingerpost.record.fhir.stated_lines import with_lines
from fingerpost.record.form.context import shown
from fingerpost.record.model import Finding, Record, Treatment
from fingerpost.terms import Answer
from fingerpost.values import Choice, Days, Members


def read_fhir(
    tree: object, dictionaries: Dictionaries, name: str, patient: str | None = None
) -> Record:
    """The record of one person.

    Raises:
        RecordError: there is nothing to read, or it is about several people.
    """
    chart = Chart(dictionaries, collect(tree, name, patient))
    chart.messages += chart.resources.messages
    for each in chart.resources.of("Patient")[:1]:
        read_patient(chart, each)
    for each in chart.resources.of("Condition"):
        note_cancers(chart, each)
    for each in chart.resources.of("Condition"):
        read_condition(chart, each)
    for each in chart.resources.of("Observation"):
        read_observation(chart, each)
    for each in chart.resources.marked:
        keep_void_variant(chart, each, where_of(each))
    more_positive_than_examined(chart)
    read_genomics(chart)
    read_procedures(chart, chart.resources.of("Procedure"))
    read_medications(chart)
    _date_of_spread(chart)
    treatments = _treatments(chart)
    _told_at_the_end(chart)
    tell_contradictions(chart)
    return Record(
        tuple(chart.findings), treatments, Answer.UNKNOWN, tuple(chart.messages), "fhir", name
    )


# --- treatments ---------------------------------------------------------------------------


def _treatments(chart: Chart) -> tuple[Treatment, ...]:
    """Treatments as regimens, with the setting that the dates tell."""
    on = chart.dictionaries.on
    past = [each for each in chart.treatments if not _ahead(each, on)]
    if len(past) < len(chart.treatments):
        chart.not_read["treatments dated in the future"] += len(chart.treatments) - len(past)
    rules, drugs = chart.dictionaries.line_rules, chart.dictionaries.drugs
    regimens = as_regimens(_absorbed(chart, past), rules)
    settled, messages = settings_from_dates(regimens, _course(chart.findings), rules, drugs)
    chart.messages += messages
    return tuple(with_lines(chart, settled))


def _ahead(treatment: Treatment, on: dt.date | None) -> bool:
    start = treatment.attributes.get("start")
    return (
        on is not None and isinstance(start, Days) and start.first is not None and start.first > on
    )


def _absorbed(chart: Chart, treatments: list[Treatment]) -> list[Treatment]:
    """Without courses called only "chemotherapy" that drugs given on those days explain."""
    drugs = chart.dictionaries.drugs
    named = [
        each
        for each in treatments
        if any("chemotherapy" in drugs[drug].classes for drug in each.drugs)
        or (each.drugs == () and len(each.classes) > 1)
    ]
    kept = []
    for each in treatments:
        unnamed = not each.drugs and not each.unresolved and each.classes == ("chemotherapy",)
        if unnamed and any(_meet(each, other) for other in named):
            continue
        kept.append(each)
    return kept


def _meet(one: Treatment, other: Treatment) -> bool:
    """Whether two treatments overlap in time, or begin within a month of each other."""
    starts = one.attributes.get("start"), other.attributes.get("start")
    if not isinstance(starts[0], Days) or not isinstance(starts[1], Days):
        return False
    if starts[0].first is None or starts[1].first is None:
        return False
    if abs((starts[0].first - starts[1].first).days) <= 31:
        return True
    end = other.attributes.get("end")
    return (
        isinstance(end, Days)
        and end.last is not None
        and starts[1].first <= starts[0].first <= end.last
    )


# --- spread -------------------------------------------------------------------------------


def _signs_of_spread(findings: Iterable[Finding]) -> list[Finding]:
    signs = []
    for each in findings:
        value = each.value
        if (each.fact == "metastatic_sites" and isinstance(value, Members) and value.present) or (
            isinstance(value, Choice)
            and (each.fact, value.known)
            in (
                ("m_category", "M1"),
                ("stage_reported", "IV"),
                ("extent_reported", "metastatic"),
                ("recurrence", "distant"),
            )
        ):
            signs.append(each)
    return signs


def _course(findings: list[Finding]) -> Course:
    signs = _signs_of_spread(findings)
    dates = [each.date for each in signs if each.date is not None and each.date.last is not None]
    diagnosed = [
        each.value
        for each in findings
        if each.fact == "diagnosis_date" and isinstance(each.value, Days)
    ]
    surgery = [
        each.value
        for each in findings
        if each.fact == "surgery_date" and isinstance(each.value, Days)
    ]
    return Course(
        min(diagnosed, key=_first, default=None),
        tuple(surgery),
        min(dates, key=lambda days: days.last or dt.date.max, default=None),
        bool(signs),
        min(map(_first, dates), default=None) if len(dates) == len(signs) else None,
        any(_came_back(each) for each in findings),
    )


def _came_back(finding: Finding) -> bool:
    """Whether a finding says, or leaves open, that the cancer has come back."""
    if finding.fact == "recurrence":
        return not isinstance(finding.value, Choice) or finding.value.known != "none"
    return finding.fact == "recurrence_date"


def _first(days: Days) -> dt.date:
    return days.first or dt.date.min


def _date_of_spread(chart: Chart) -> None:
    """The day spread was first known, if every condition that tells of it says when it began."""
    sites = [
        each
        for each in _signs_of_spread(chart.findings)
        if each.source.reference.startswith("Condition/")
        and each.fact in ("metastatic_sites", "extent_reported")
    ]
    dates = [each.date for each in sites if each.date is not None]
    if sites and len(dates) == len(sites):
        first = min(dates, key=_first)
        source = next(each for each in sites if each.date == first)
        words = f"{source.source.words or ''} (onset)".strip()
        chart.find("metastatic_date", first, Place(source.source.reference, words=words))


# Kinds of resources that may say something of the cancer or its treatment, in a way not read here.
_NOT_READ = (
    *("MedicationDispense", "AllergyIntolerance", "QuestionnaireResponse", "ClinicalImpression"),
    *("CarePlan", "RequestGroup", "MolecularSequence", "ImagingStudy"),
)
# --- what is told at the end --------------------------------------------------------------


def _told_at_the_end(chart: Chart) -> None:
    for what, count in chart.not_read.items():
        chart.tell("not_read", "record", f"left out: {what} ({count})")
    _told_of_unnamed(chart)
    for kind in _NOT_READ:
        count = len(chart.resources.of(kind))
        if count:
            chart.tell(
                "not_read", kind, f"left out: {kind} resources, which are not read ({count})"
            )
    families = len(chart.resources.of("FamilyMemberHistory"))
    if families:
        what = f"left out: histories of family members, who are other people ({families})"
        chart.tell("not_read", "FamilyMemberHistory", what)
    narrative = [
        each
        for each in chart.resources.of("DiagnosticReport")
        if text(each.get("conclusion")) or items(each.get("presentedForm"))
    ]
    if narrative:
        what = f"left out: reports that hold only text ({len(narrative)})"
        chart.tell("not_read", "DiagnosticReport", what, "read them beside this result")
    if not chart.breast_cancers:
        what = "this record holds no diagnosis of breast cancer"
        advice = "check that it is the right record; everything shown assumes breast cancer"
        chart.warn("no_breast_cancer", "record", what, advice)


# More names than this are not listed: a long record holds hundreds of laboratory values.
_NAMES_SHOWN = 20


def _told_of_unnamed(chart: Chart) -> None:
    """One line for all results that were not recognized, with what they are called."""
    if not chart.unnamed:
        return
    names = [shown(name) or "without a name" for name in chart.unnamed]
    more = len(names) - _NAMES_SHOWN
    listed = "; ".join(names[:_NAMES_SHOWN]) + (f"; and {more} more names" if more > 0 else "")
    count = chart.unnamed.total()
    what = f"{count} results with names that were not recognized: {listed}"
    chart.tell("not_read", "Observation", what, "state one that matters in a form")
