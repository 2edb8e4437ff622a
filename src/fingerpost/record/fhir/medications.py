"""Medicines: requests, statements and administrations, as treatments of this cancer.

A medicine that is not in the drug catalogue stays as a treatment whose drug is open, by its name:
what is not known may have been against the cancer. Only what is certainly not (antibiotics, pain
killers ..., see codes/other_medicines.yaml) is left out and counted. Orders that were only
proposed, drafted, cancelled or not taken are no treatment.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from fingerpost.knowledge.line_rules import LinePeriod
from fingerpost.record.code_index import RXNORM
from fingerpost.record.drugs.model import NamedDrugs
from fingerpost.record.drugs.told import told_of
from fingerpost.record.fhir.chart import Chart, where_of
from fingerpost.record.fhir.procedures import intent, other_disease
from fingerpost.record.fhir.shape import (
    Coding,
    Resource,
    codings,
    concept_words,
    days,
    extensions,
    items,
    part,
    period_of,
    profiles,
    reference,
    references,
    text,
)
from fingerpost.record.model import Source, Treatment
from fingerpost.record.written.date_text import after
from fingerpost.values import Choice, Days, Value

_NOT_GIVEN: Mapping[str, frozenset[str]] = {
    "MedicationRequest": frozenset({"cancelled", "entered-in-error", "draft", "unknown"}),
    "MedicationStatement": frozenset({"not-taken", "entered-in-error", "intended", "unknown"}),
    "MedicationAdministration": frozenset({"not-done", "entered-in-error", "unknown"}),
}
_ONLY_IDEAS = frozenset({"proposal", "plan", "option"})
_OVER = frozenset({"completed", "stopped"})
# A statement older than this no longer tells what somebody takes now.
CURRENT_DAYS = 92


@dataclass(slots=True)
class _Use:
    """One drug (or fixed combination) as one resource tells of it."""

    named: NamedDrugs
    kind: str
    where: str
    words: str
    start: Days | None
    end: Days | None
    status: str
    reason: str | None
    setting: frozenset[str]
    names: list[str]
    request: str
    asserted: Days | None
    doses: list[Days] = field(default_factory=list)


def read_medications(chart: Chart) -> None:
    """Every medicine for this cancer as a treatment, one for each drug and course."""
    uses: list[_Use] = []
    orders = [_as_request(order) for order in chart.resources.of("MedicationOrder")]
    if orders:
        what = f"medication orders of an older version of FHIR (DSTU2) were read ({len(orders)})"
        chart.tell("older_version", "MedicationOrder", what, "an export as FHIR R4 says more")
    for kind in _NOT_GIVEN:
        of_kind = chart.resources.of(kind)
        for resource in [*of_kind, *orders] if kind == "MedicationRequest" else of_kind:
            use = _use(chart, resource, kind)
            if use is not None:
                uses.append(use)
    for use in _joined(uses, chart.dictionaries.line_rules.periods.get("course_gap")):
        chart.treatments.append(_treatment(chart, use))


def _as_request(order: Resource) -> Resource:
    """An order of DSTU2 under the names of R4."""
    return {
        **order,
        "authoredOn": order.get("authoredOn") or order.get("dateWritten"),
        "reasonCode": order.get("reasonCode") or order.get("reasonCodeableConcept"),
        "statusReason": order.get("statusReason") or order.get("reasonEnded"),
    }


def _said_not_taken(resource: Resource) -> bool:
    """Whether it says the opposite of what it names, in the way of R4, STU3 or DSTU2."""
    flags = ("doNotPerform", "wasNotTaken", "wasNotGiven")
    return text(resource.get("taken")) == "n" or any(resource.get(flag) is True for flag in flags)


def _use(chart: Chart, resource: Resource, kind: str) -> _Use | None:
    where = where_of(resource)
    status = text(resource.get("status")).casefold()
    ideas = text(resource.get("intent")).casefold() in _ONLY_IDEAS
    if status in _NOT_GIVEN[kind] or ideas or _said_not_taken(resource):
        chart.not_read["medicines that were not given, or may not have been"] += 1
        return None
    concept = _medicine(chart, resource)
    named = read_drug(chart, concept, where)
    for_cancer = _for_this_cancer(chart, resource)
    if other_disease(chart, resource):
        chart.not_read["treatments of another illness"] += 1
        return None
    if not (named.drugs or named.classes):
        name = (*named.unresolved, *named.set_aside, "")[0]
        if not name:
            chart.warn("no_value", where, "this medicine has neither a name nor a code")
            return None
        apart = not named.unresolved or chart.dictionaries.names.not_against_cancer(name)
        if not for_cancer and apart:
            chart.not_read["medicines that are not against cancer"] += 1
            return None
        # What the record itself calls a medicine for the cancer is no other, whatever its name.
        named = named if named.unresolved else chart.dictionaries.names.left_open(name)
    _tell(chart, where, named)
    start, end = _sound(chart, where, *_dates(resource, kind))
    if start is not None and after(start, chart.dictionaries.on):
        chart.not_read["medicines that begin in the future"] += 1
        return None
    return _Use(
        named,
        kind,
        where,
        concept_words(concept),
        start,
        end,
        status,
        _end_reason(chart, resource, where),
        intent(chart, resource, where) | _category(chart, resource),
        chart.resources.names(resource),
        reference(resource.get("request")) or (references(resource.get("basedOn")) or [""])[0],
        days(text(resource.get("dateAsserted"))),
    )


def _tell(chart: Chart, where: str, named: NamedDrugs) -> None:
    """Tell of names that are not known or were read as others; once, however many doses there were."""
    for message in told_of(named, where):
        before = ((each.code, each.what) for each in chart.messages)
        if message.code != "not_a_cancer_medicine" and (message.code, message.what) not in before:
            chart.messages.append(message)


def _medicine(chart: Chart, resource: Resource) -> object:
    """The medicine itself, wherever it is written: in place, contained, or in a resource."""
    concept = resource.get("medicationCodeableConcept")
    if concept is not None:
        return concept
    target = reference(resource.get("medicationReference"))
    if target.startswith("#"):
        for each in items(resource.get("contained")):
            if text(each.get("id")) == target[1:]:
                return each.get("code")
    pointed = chart.resources.by_reference.get(target)
    if pointed is not None:
        return pointed.get("code")
    return text(part(resource.get("medicationReference")).get("display"))


# --- which drug ---------------------------------------------------------------------------


def read_drug(chart: Chart, concept: object, where: str) -> NamedDrugs:
    """The drugs of a medicine: by code, then by name; nothing if the two name different drugs."""
    by_code: list[NamedDrugs] = []
    by_name: list[NamedDrugs] = []
    for coding in codings(concept):
        coded = _coded(chart, coding)
        if coded is not None:
            by_code.append(coded)
        if coding.display:
            named = chart.dictionaries.names.read(coding.display)
            if named.drugs and not named.unresolved:
                by_name.append(named)
    sets = {frozenset(each.drugs) for each in (*by_code, *by_name) if each.drugs}
    if len(sets) > 1 and not _one_is_kind_of_other(chart, sets):
        what = "the codes and names of this medicine are those of different drugs; it was left open which"
        chart.warn("code_display_mismatch", where, what, "ask whoever exported the record")
        return NamedDrugs(unresolved=(concept_words(concept)[:120],))
    for found in (by_code, by_name):
        if found:
            return max(found, key=lambda each: (len(each.drugs), len(each.classes)))
    return chart.dictionaries.names.read(concept_words(concept))


def _one_is_kind_of_other(chart: Chart, sets: set[frozenset[str]]) -> bool:
    """A fixed combination and one of its parts are named side by side in some records."""
    catalogue = chart.dictionaries.drugs
    widest = max(sets, key=len)
    parts = {part_ for drug in widest for part_ in catalogue[drug].components} | widest
    return all(each <= parts for each in sets)


def _coded(chart: Chart, coding: Coding) -> NamedDrugs | None:
    meanings = chart.dictionaries.codes.code(coding.system, coding.code) if coding.code else ()
    if not meanings and coding.system == RXNORM:
        meanings = chart.dictionaries.codes.code("rxnorm", coding.code)
    drugs = tuple(dict.fromkeys(each.drug for each in meanings if each.drug))
    known = chart.dictionaries.drug_codes.get((coding.system, coding.code))
    if known and known not in drugs:
        drugs = (*drugs, known)
    classes = tuple(each.value for each in meanings if each.attribute == "class" and each.value)
    in_catalogue = tuple(drug for drug in drugs if drug in chart.dictionaries.drugs)
    return NamedDrugs(in_catalogue, classes) if in_catalogue or classes else None


def _for_this_cancer(chart: Chart, resource: Resource) -> bool:
    """Whether the record itself says that this medicine is for the cancer."""
    if "cancer-related-medication" in profiles(resource):
        return True
    targets = set(references(resource.get("reasonReference")))
    if targets & chart.breast_cancers:
        return True
    for reason in items(resource.get("reasonCode")):
        for coding in codings(reason):
            known = chart.dictionaries.codes.code(coding.system, coding.code)
            if any(each.value in ("breast_cancer", "metastasis") for each in known):
                return True
    return False


# --- when, why ----------------------------------------------------------------------------


def _dates(resource: Resource, kind: str) -> tuple[Days | None, Days | None]:
    if kind != "MedicationRequest":
        start, end = period_of(resource, "effective")
        # DSTU2 says when a dose was given under a name of its own.
        return (start, end) if start or end else period_of(resource, "effectiveTime")
    for dosage in items(resource.get("dosageInstruction")):
        bounds = part(part(part(dosage.get("timing")).get("repeat")).get("boundsPeriod"))
        start, end = days(text(bounds.get("start"))), days(text(bounds.get("end")))
        if start is not None:
            return start, end
    return days(text(resource.get("authoredOn"))), None


def _sound(
    chart: Chart, where: str, start: Days | None, end: Days | None
) -> tuple[Days | None, Days | None]:
    """The days of a treatment; one that ends before it starts has one of them wrong."""
    if start is None or end is None or start.first is None or end.last is None:
        return start, end
    if end.last >= start.first:
        return start, end
    what = "this treatment ends before it starts, so neither date was used"
    chart.warn("contradicts", where, what, "ask whoever exported the record")
    return None, None


def _end_reason(chart: Chart, resource: Resource, where: str) -> str | None:
    """Why it was stopped; "no response" is the only coded way to say that the cancer grew."""
    found: set[str] = set()
    for each in items(resource.get("statusReason")):
        for coding in codings(each):
            meanings = (
                *chart.dictionaries.codes.code(coding.system, coding.code),
                *chart.dictionaries.codes.word(coding.display),
            )
            found |= {m.value for m in meanings if m.attribute == "end_reason" and m.value}
    extension = [
        each.get("valueCodeableConcept")
        for each in extensions(resource, "mcode-termination-reason")
    ]
    for concept in extension:
        found |= {
            m.value
            for m in chart.meanings(concept, where)
            if m.attribute == "end_reason" and m.value
        }
    return next(iter(found)) if len(found) == 1 else None


def _category(chart: Chart, resource: Resource) -> frozenset[str]:
    """Adjuvant, neoadjuvant or palliative, where a record writes it as category or reason."""
    found: set[str] = set()
    for name in ("category", "reasonCode"):
        for each in items(resource.get(name)):
            for coding in codings(each):
                meanings = (
                    *chart.dictionaries.codes.code(coding.system, coding.code),
                    *chart.dictionaries.codes.word(coding.display),
                )
                found |= {m.value for m in meanings if m.attribute == "setting" and m.value}
    return frozenset(found)


# --- joining ------------------------------------------------------------------------------


def _joined(uses: Iterable[_Use], gap: LinePeriod | None) -> list[_Use]:
    """Doses as courses, and a course with the order it was given on."""
    several = list(uses)
    doses = [use for use in several if use.kind == "MedicationAdministration"]
    others = [use for use in several if use.kind != "MedicationAdministration"]
    for course in _courses(doses, gap):
        order = next((use for use in others if _is_order_of(use, course, gap)), None)
        if order is None:
            others.append(course)
            continue
        order.doses += course.doses
        order.end = order.end or course.end
    return _without_repeats(others, gap)


def _courses(doses: list[_Use], gap: LinePeriod | None) -> list[_Use]:
    """One course for each drug and run of doses without a long gap."""
    courses: list[_Use] = []
    for dose in sorted(doses, key=lambda use: _first(use.start)):
        last = next((use for use in reversed(courses) if use.named == dose.named), None)
        day = dose.end or dose.start
        if last is not None and dose.start is not None and _follows(last, dose, gap):
            last.doses.append(dose.start)
            last.end = day
            last.names = [*last.names, *dose.names]
            continue
        dose.doses = [dose.start] if dose.start is not None else []
        dose.end = day
        courses.append(dose)
    return courses


def _follows(last: _Use, dose: _Use, gap: LinePeriod | None) -> bool:
    """Whether a dose belongs to the course before it."""
    if last.end is None or dose.start is None:
        return False
    return _near(last.end, dose.start, gap)


def _is_order_of(use: _Use, course: _Use, gap: LinePeriod | None) -> bool:
    if course.request and course.request in use.names:
        return True
    if use.kind != "MedicationRequest" or not set(use.named.drugs) & set(course.named.drugs):
        return False
    return (
        use.start is not None and course.start is not None and _near(use.start, course.start, gap)
    )


def _without_repeats(uses: list[_Use], gap: LinePeriod | None) -> list[_Use]:
    """Renewed orders of one drug as one treatment: from the first to the last."""
    kept: list[_Use] = []
    for use in sorted(uses, key=lambda each: _first(each.start)):
        before = next((each for each in reversed(kept) if _renews(each, use, gap)), None)
        if before is None:
            kept.append(use)
            continue
        before.end = use.end or (use.start if use.status in _OVER else before.end)
        before.status, before.reason = use.status, use.reason or before.reason
        before.doses += use.doses or ([use.start] if use.start else [])
    return kept


def _renews(before: _Use, use: _Use, gap: LinePeriod | None) -> bool:
    if before.named != use.named or before.kind != use.kind or before.setting != use.setting:
        return False
    if before.start is None or use.start is None or before.reason is not None:
        return False
    # A prescription that was used up is renewed; a use that was completed is over.
    if use.kind == "MedicationStatement" and before.status in _OVER:
        return False
    last = before.end or (before.doses[-1] if before.doses else before.start)
    return _near(last, use.start, gap)


def _near(one: Days, other: Days, gap: LinePeriod | None) -> bool:
    """Whether two days are no further apart than doses of one course are."""
    earlier, later = sorted((_first(one), _first(other)))
    return gap is not None and later <= gap.after(earlier)


def _first(value: Days | None) -> dt.date:
    return value.first if value is not None and value.first is not None else dt.date.min


def _treatment(chart: Chart, use: _Use) -> Treatment:
    attributes: dict[str, Value] = {}
    if use.start is not None:
        attributes["start"] = use.start
    if use.end is not None:
        attributes["end"] = use.end
    if use.setting:
        attributes["setting"] = Choice(use.setting)
    if use.reason is not None:
        attributes["end_reason"] = Choice(frozenset({use.reason}))
    going = _ongoing(use, chart.dictionaries.on)
    if going is not None:
        attributes["ongoing"] = Choice(frozenset({going}))
    return Treatment(
        use.named.drugs,
        use.named.unresolved,
        use.named.classes,
        attributes,
        Source("fhir", use.where),
        use.words or None,
    )


def _ongoing(use: _Use, on: dt.date | None) -> str | None:
    """Over if the record says so; going on only if a recent statement says so.

    Orders stay "active" in many systems for years after the last dose.
    """
    if use.reason is not None or (use.status in _OVER and use.kind != "MedicationAdministration"):
        return "no"
    if use.end is not None and on is not None and use.kind != "MedicationAdministration":
        return "no" if use.end.last is not None and use.end.last < on else None
    said = use.asserted.first if use.asserted is not None else None
    if use.status == "active" and use.kind == "MedicationStatement" and said and on:
        return "yes" if 0 <= (on - said).days <= CURRENT_DAYS else None
    return None
