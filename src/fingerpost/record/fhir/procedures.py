"""Procedures: surgery of the breast, radiotherapy, chemotherapy that is only called that."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from fingerpost.record.code_index import Meaning
from fingerpost.record.fhir.chart import Chart, Place, where_of
from fingerpost.record.fhir.shape import (
    Resource,
    codings,
    concept_words,
    date_of,
    extensions,
    items,
    period_of,
    references,
    text,
)
from fingerpost.record.model import Source, Treatment
from fingerpost.values import Choice, Days, Value

_NOT_DONE = frozenset({"not-done", "entered-in-error", "unknown"})
_PLANNED = frozenset({"preparation"})
_THIS_CANCER = frozenset({"breast_cancer", "breast_in_situ", "metastasis", "cancer_site_unsaid"})
# Names of a reason that may mean this cancer, or its spread, or the way it is treated.
_MAY_BE_CANCER = re.compile(
    r"breast|cancer|neoplas|carcinom|tumou?r|metasta|malignan|adjuvant|chemo"
)
# Where the drafts of HL7 CodeX (MOPA) write the intent of a regimen.
_DRAFTS = ("ocpa-regimen-intent", "ext-request-category")
# Infusions further apart than this are another course.
COURSE_GAP_DAYS = 60


def read_procedures(chart: Chart, procedures: Iterable[Resource]) -> None:
    """Read every procedure; infusions of one course become one treatment."""
    infusions: list[tuple[Days, str, str]] = []
    for procedure in procedures:
        where = where_of(procedure)
        code = procedure.get("code")
        meanings = chart.meanings(code, where) or chart.named(code)
        status = text(procedure.get("status")).casefold()
        if not meanings:
            continue
        if status in _NOT_DONE:
            chart.not_read["procedures that were not done, or may not have been"] += 1
        elif other_disease(chart, procedure):
            chart.not_read["treatments of another illness"] += 1
        else:
            infusions += _read_procedure(chart, procedure, meanings, planned=status in _PLANNED)
    chart.treatments += courses(infusions, chart.dictionaries.on)


def _read_procedure(
    chart: Chart, procedure: Resource, meanings: tuple[Meaning, ...], *, planned: bool
) -> list[tuple[Days, str, str]]:
    """Read one procedure; gives the day of an infusion of chemotherapy, to be joined with others."""
    where = where_of(procedure)
    words = {each.value for each in meanings if each.fact is None and each.attribute is None}
    if "chemotherapy_procedure" in words:
        start, _ = period_of(procedure, "performed")
        named = concept_words(procedure.get("code"))
        return [(start, where, named)] if start is not None and not planned else []
    if any(each.attribute == "kind" for each in meanings):
        if not planned:
            _radiotherapy(chart, procedure, where)
    elif "not_for_this_cancer" not in words:
        _operation(chart, procedure, meanings, where, planned=planned)
    return []


def other_disease(chart: Chart, resource: Resource) -> bool:
    """Whether a treatment was given for something that is certainly not this cancer.

    A reason that may be this cancer under another name ("malignant tumor") leaves that open.
    """
    targets = references(resource.get("reasonReference"))
    if chart.this_cancer & set(targets):
        return False
    conditions = [chart.resources.by_reference.get(target) for target in targets]
    known = [each.get("code") for each in conditions if each is not None]
    reasons = [*known, *items(resource.get("reasonCode"))]
    if not reasons or len(known) < len(targets):
        return chart.about_other_cancer(resource, "reasonReference")
    return all(_is_other(chart, reason) for reason in reasons)


def _is_other(chart: Chart, reason: object) -> bool:
    named = codings(reason)
    words: set[str] = set()
    for coding in named:
        meanings = chart.dictionaries.codes.code(coding.system, coding.code) if coding.code else ()
        words |= {each.value for each in meanings if each.fact is None and each.value}
    if "other_cancer" in words:
        return True
    if words & _THIS_CANCER:
        return False
    written = " ".join(coding.display for coding in named).casefold()
    return bool(written) and not _MAY_BE_CANCER.search(written)


def _operation(
    chart: Chart, procedure: Resource, meanings: tuple[Meaning, ...], where: str, *, planned: bool
) -> None:
    date = date_of(procedure, "performed")
    place = Place(where, date, concept_words(procedure.get("code")))
    for each in meanings:
        if each.fact == "breast_surgery":
            value = "planned" if planned else "done"
            chart.find("breast_surgery", Choice(frozenset({value})), place)
            if date is not None and not planned:
                chart.find("surgery_date", date, place)
        elif each.fact and each.value and not planned:
            chart.find(each.fact, Choice(frozenset({each.value})), place)


def _radiotherapy(chart: Chart, procedure: Resource, where: str) -> None:
    start, end = period_of(procedure, "performed")
    attributes: dict[str, Value] = {"kind": Choice(frozenset({"radiotherapy"}))}
    status = text(procedure.get("status")).casefold()
    if start is not None:
        attributes["start"] = start
    if end is not None:
        attributes["end"] = end
    if status in ("completed", "stopped") or end is not None:
        attributes["ongoing"] = Choice(frozenset({"no"}))
    elif status == "in-progress":
        attributes["ongoing"] = Choice(frozenset({"yes"}))
    possible = intent(chart, procedure, where)
    if possible:
        attributes["setting"] = Choice(possible)
    words = concept_words(procedure.get("code"))
    chart.treatments.append(Treatment((), (), (), attributes, Source("fhir", where), words or None))


def intent(chart: Chart, resource: Resource, where: str) -> frozenset[str]:
    """The settings that the stated intent leaves open: "curative" rules out metastatic."""
    found: set[str] = set()
    for name in ("mcode-procedure-intent", "mcode-treatment-intent", *_DRAFTS):
        for each in extensions(resource, name):
            concept = each.get("valueCodeableConcept")
            meanings = chart.meanings(concept, where)
            found |= {m.value for m in meanings if m.attribute == "setting" and m.value}
    return frozenset(found)


def courses(infusions: list[tuple[Days, str, str]], on: dt.date | None) -> list[Treatment]:
    """Courses of chemotherapy that is not named further, from the days of its infusions."""
    found: list[Treatment] = []
    group: list[tuple[Days, str, str]] = []
    for each in sorted(infusions, key=lambda infusion: infusion[0].first or dt.date.min):
        if group and _gap(group[-1][0], each[0]) > COURSE_GAP_DAYS:
            found.append(_course(group))
            group = []
        if on is None or (each[0].first is not None and each[0].first <= on):
            group.append(each)
    return [*found, _course(group)] if group else found


def _gap(before: Days, after: Days) -> int:
    if before.first is None or after.first is None:
        return 0
    return (after.first - before.first).days


def _course(group: list[tuple[Days, str, str]]) -> Treatment:
    attributes: dict[str, Value] = {
        "start": group[0][0],
        "end": group[-1][0],
    }
    source = Source("fhir", ", ".join(dict.fromkeys(where for _, where, _ in group[:3])))
    return Treatment((), (), ("chemotherapy",), attributes, source, group[0][2] or None)
