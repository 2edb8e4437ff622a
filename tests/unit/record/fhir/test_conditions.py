"""The breast cancer, its spread, other illnesses, and operations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from fingerpost.record.model import Record
from tests.unit.record.said import (
    MCODE,
    SNOMED,
    attribute,
    breast_cancer,
    codes,
    concept,
    condition,
    findings,
    one,
    patient,
    procedure,
    told,
    value,
)

Fhir = Callable[..., Record]
ICD = "http://hl7.org/fhir/sid/icd-10-cm"
CLINICAL = "http://terminology.hl7.org/CodeSystem/condition-clinical"
VERIFIED = "http://terminology.hl7.org/CodeSystem/condition-ver-status"
LIVER = concept(SNOMED, "94381002", "Secondary malignant neoplasm of liver (disorder)")


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (concept(SNOMED, "408643008"), {"histology": "ductal", "invasive": "yes"}),
        (concept(SNOMED, "254840009"), {"inflammatory": "yes"}),
        (concept(SNOMED, "706970001"), {"er_reported": "negative", "her2_reported": "negative"}),
        (concept(SNOMED, "431396003"), {"her2_reported": "negative"}),
        (concept(SNOMED, "417181009"), {"hormone_receptor_reported": "positive"}),
        (concept(ICD, "C50.912"), {}),
        (concept(ICD, "D05.12"), {"invasive": "no"}),
        (concept("http://x", "1", "Invasive breast cancer, left"), {}),
    ],
)
def test_a_diagnosis_says_what_its_name_says(
    fhir: Fhir, code: Any, expected: dict[str, str]
) -> None:
    record = fhir(patient(), condition(code, onsetDateTime="2021-03"))
    assert one(record, "diagnosis_date").value.first == dt.date(2021, 3, 1)
    assert {fact: value(record, fact) for fact in expected} == expected
    assert "no_breast_cancer" not in codes(record)


@pytest.mark.parametrize(
    "code",
    [
        concept(SNOMED, "718220008", "Hereditary breast and ovarian cancer syndrome (disorder)"),
        concept("http://x", "1", "Family history of breast cancer"),
        concept("http://x", "1", "History of breast cancer"),
        concept("http://x", "1", "Screening for breast cancer"),
        concept(SNOMED, "448449001", "Sarcoma of female breast (disorder)"),
    ],
)
def test_what_only_sounds_like_breast_cancer_is_none(fhir: Fhir, code: Any) -> None:
    record = fhir(patient(), condition(code, onsetDateTime="2021"))
    assert findings(record, "diagnosis_date") == []
    assert "no_breast_cancer" in codes(record)


def test_a_cancer_of_unsaid_site_is_one_of_the_breast_if_its_site_says_so(fhir: Fhir) -> None:
    left = concept(SNOMED, "80248007", "Left breast structure (body structure)")
    generic = concept(SNOMED, "363346000", "Malignant neoplastic disease (disorder)")
    assert findings(
        fhir(patient(), condition(generic, bodySite=[left], onsetDateTime="2019")), "diagnosis_date"
    )
    assert not findings(fhir(patient(), condition(generic, onsetDateTime="2019")), "diagnosis_date")


@pytest.mark.parametrize(
    ("status", "fact", "expected"),
    [
        ("remission", "disease_status", {"responding", "no_evidence_of_disease"}),
        ("recurrence", "recurrence", {"locoregional", "distant"}),
        ("relapse", "recurrence", {"locoregional", "distant"}),
    ],
)
def test_the_clinical_status_says_no_more_than_it_means(
    fhir: Fhir, status: str, fact: str, expected: set[str]
) -> None:
    record = fhir(patient(), breast_cancer(clinicalStatus=concept(CLINICAL, status)))
    assert value(record, fact) == expected


@pytest.mark.parametrize("status", ["active", "resolved", "inactive"])
def test_other_statuses_say_nothing_of_the_cancer_now(fhir: Fhir, status: str) -> None:
    record = fhir(patient(), breast_cancer(clinicalStatus=concept(CLINICAL, status)))
    assert findings(record, "disease_status") == []


@pytest.mark.parametrize(
    ("system", "code", "histology", "invasive"),
    [
        (SNOMED, "82711006", "ductal", "yes"),
        (SNOMED, "77284006", None, "no"),
        ("http://terminology.hl7.org/CodeSystem/icd-o-3", "8520/3", "lobular", "yes"),
        ("http://terminology.hl7.org/CodeSystem/icd-o-3", "8140/3", None, "yes"),
        ("http://terminology.hl7.org/CodeSystem/icd-o-3", "8201/2", None, "no"),
    ],
)
def test_morphology_says_what_kind_and_whether_invasive(
    fhir: Fhir, system: str, code: str, histology: str | None, invasive: str
) -> None:
    extension = {
        "url": MCODE + "mcode-histology-morphology-behavior",
        "valueCodeableConcept": concept(system, code),
    }
    record = fhir(patient(), breast_cancer(extension=[extension]))
    assert value(record, "invasive") == invasive
    assert [each.value.known for each in findings(record, "histology")] == (
        [histology] if histology else []
    )


def test_cancers_of_both_breasts_are_warned_of(fhir: Fhir) -> None:
    left = concept(
        SNOMED, "353431000119107", "Primary malignant neoplasm of female left breast (disorder)"
    )
    right = concept(
        SNOMED, "353511000119101", "Primary malignant neoplasm of female right breast (disorder)"
    )
    assert "two_cancers" in codes(fhir(patient(), condition(left, "a"), condition(right, "b")))
    assert "two_cancers" not in codes(fhir(patient(), condition(left, "a"), condition(left, "b")))


# --- spread ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "site"),
    [
        (LIVER, "liver"),
        (concept(SNOMED, "94222008"), "bone"),
        (concept(ICD, "C79.31"), "brain"),
        (concept(ICD, "C78.02"), "lung"),
        (concept(ICD, "C77.2"), "distant_lymph_nodes"),
        (concept("http://x", "1", "Metastasis to pleura"), "pleura"),
        (
            concept(SNOMED, "94493005", "Secondary malignant neoplasm of peritoneum (disorder)"),
            "peritoneum",
        ),
    ],
)
def test_spread_is_read_with_its_site(fhir: Fhir, code: Any, site: str) -> None:
    record = fhir(patient(), breast_cancer(), condition(code, "m", onsetDateTime="2022-05-03"))
    assert value(record, "metastatic_sites") == ({site}, set())
    assert one(record, "metastatic_date").value.known == dt.date(2022, 5, 3)


@pytest.mark.parametrize(
    ("code", "message"),
    [
        (
            concept(SNOMED, "94181007", "Secondary malignant neoplasm of axillary lymph nodes"),
            "regional",
        ),
        (concept(ICD, "C77.3"), "regional"),
        (
            concept(SNOMED, "94392001", "Secondary malignant neoplasm of lymph node"),
            "not_understood",
        ),
        (
            concept(SNOMED, "94253005", "Secondary malignant neoplasm of chest wall"),
            "not_understood",
        ),
        (concept(ICD, "C77.9"), "not_understood"),
    ],
)
def test_regional_or_unclear_spread_is_not_taken_for_distant(
    fhir: Fhir, code: Any, message: str
) -> None:
    record = fhir(patient(), breast_cancer(), condition(code, "m", onsetDateTime="2022"))
    assert findings(record, "metastatic_sites") == findings(record, "extent_reported") == []
    assert findings(record, "metastatic_date") == []
    assert message in codes(record)


def test_spread_whose_site_is_not_said_is_metastatic_all_the_same(fhir: Fhir) -> None:
    record = fhir(patient(), breast_cancer(), condition(concept(SNOMED, "128462008"), "m"))
    assert value(record, "extent_reported") == "metastatic"
    assert (
        value(
            fhir(patient(), breast_cancer(), condition(concept(ICD, "C79.3"), "m")),
            "extent_reported",
        )
        == "metastatic"
    )


def test_the_date_of_spread_is_the_first_and_only_if_all_are_dated(fhir: Fhir) -> None:
    bone = concept(SNOMED, "94222008")
    dated = fhir(
        patient(),
        breast_cancer(),
        condition(LIVER, "a", onsetDateTime="2022"),
        condition(bone, "b", onsetDateTime="2020-01-02"),
    )
    assert one(dated, "metastatic_date").value.known == dt.date(2020, 1, 2)
    undated = fhir(
        patient(),
        breast_cancer(),
        condition(LIVER, "a", onsetDateTime="2022"),
        condition(bone, "b"),
    )
    assert findings(undated, "metastatic_date") == []


@pytest.mark.parametrize("in_record", [True, False])
def test_spread_of_another_cancer_is_left_out(fhir: Fhir, *, in_record: bool) -> None:
    lung = condition(concept(ICD, "C34.9"), "lung")
    extension = {
        "url": MCODE + "mcode-related-primary-cancer-condition",
        "valueReference": {"reference": "Condition/lung"},
    }
    spread = condition(LIVER, "m", extension=[extension])
    record = fhir(patient(), breast_cancer(), spread, *([lung] if in_record else []))
    assert findings(record, "metastatic_sites") == []
    assert "spread of another cancer" in told(record, "not_read")


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("refuted", [(set(), {"liver"})]),
        ("entered-in-error", []),
        ("provisional", []),
        ("unconfirmed", []),
    ],
)
def test_only_confirmed_spread_counts_and_refuted_spread_is_a_no(
    fhir: Fhir, status: str, expected: list[Any]
) -> None:
    spread = {**condition(LIVER, "m"), "verificationStatus": concept(VERIFIED, status)}
    record = fhir(patient(), breast_cancer(), spread)
    found = [
        (set(each.value.present), set(each.value.absent))
        for each in findings(record, "metastatic_sites")
    ]
    assert found == expected


def test_a_refuted_diagnosis_is_none(fhir: Fhir) -> None:
    refuted = {
        **breast_cancer(onsetDateTime="2020"),
        "verificationStatus": concept(VERIFIED, "refuted"),
    }
    record = fhir(patient(), refuted)
    assert findings(record, "diagnosis_date") == []
    assert "no_breast_cancer" in codes(record)


# --- other illnesses ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "fact", "expected"),
    [
        (concept(SNOMED, "233703007"), "ild_history", "yes"),
        (concept(ICD, "I26.99"), "thromboembolism_history", "yes"),
        (concept(ICD, "E11.9"), "diabetes", "type_2"),
        (concept(ICD, "I50.32"), "heart_failure", "yes"),
        (concept(SNOMED, "91861009"), "mds_aml_history", "yes"),
    ],
)
def test_other_conditions_answer_their_facts(
    fhir: Fhir, code: Any, fact: str, expected: str
) -> None:
    assert value(fhir(patient(), condition(code)), fact) == expected


def test_a_condition_that_is_over_answers_only_facts_about_ever(fhir: Fhir) -> None:
    over = {"clinicalStatus": concept(CLINICAL, "resolved")}
    record = fhir(
        patient(),
        condition(concept(SNOMED, "84114007"), "a", **over),
        condition(concept(SNOMED, "59282003"), "b", **over),
    )
    assert findings(record, "heart_failure") == []
    assert value(record, "thromboembolism_history") == "yes"


# --- operations, radiotherapy, chemotherapy by that name ------------------------------------


def test_surgery_of_the_breast_is_done_on_its_day(fhir: Fhir) -> None:
    record = fhir(
        patient(), procedure("64368001", "Excision of part of breast (procedure)", "2018-04-01")
    )
    assert value(record, "breast_surgery") == "done"
    assert one(record, "surgery_date").value.known == dt.date(2018, 4, 1)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("726636007", "Prophylactic bilateral mastectomy"),
        ("59620004", "Mastectomy for gynecomastia"),
        ("396487001", "Sentinel lymph node biopsy"),
        ("33496007", "Reconstruction of breast"),
        ("122548005", "Biopsy of breast"),
        ("71651007", "Mammography"),
    ],
)
def test_other_procedures_are_no_surgery_of_the_cancer(fhir: Fhir, code: str, name: str) -> None:
    assert findings(fhir(patient(), procedure(code, name, "2018-04-01")), "breast_surgery") == []


def test_a_procedure_that_was_not_done_does_not_count(fhir: Fhir) -> None:
    record = fhir(patient(), procedure("64368001", "Lumpectomy", "2018", status="not-done"))
    assert findings(record, "breast_surgery") == []
    planned = fhir(patient(), procedure("64368001", "Lumpectomy", "2018", status="preparation"))
    assert value(planned, "breast_surgery") == "planned"
    assert findings(planned, "surgery_date") == []


def test_radiotherapy_is_a_treatment(fhir: Fhir) -> None:
    course = procedure(
        "1217123003", "", "", performedPeriod={"start": "2018-08-15", "end": "2018-10-25"}
    )
    course.pop("performedDateTime")
    (treatment,) = fhir(patient(), course).treatments
    assert attribute(treatment, "kind") == "radiotherapy"
    assert attribute(treatment, "end").known == dt.date(2018, 10, 25)


def test_infusions_called_only_chemotherapy_are_courses(fhir: Fhir) -> None:
    days = ["2020-01-01", "2020-01-22", "2020-02-12", "2021-06-01"]
    infusions = [procedure("367336001", "Chemotherapy", day, id=day) for day in days]
    first, second = fhir(patient(), *infusions).treatments
    assert first.classes == ("chemotherapy",)
    assert attribute(first, "start").known == dt.date(2020, 1, 1)
    assert attribute(first, "end").known == dt.date(2020, 2, 12)
    assert attribute(second, "start").known == dt.date(2021, 6, 1)


def test_treatment_of_another_illness_is_left_out(fhir: Fhir) -> None:
    leukemia = condition(
        concept(SNOMED, "91861009", "Acute myeloid leukemia, disease (disorder)"), "aml"
    )
    infusion = procedure(
        "367336001", "Chemotherapy", "2013-02-08", reasonReference=[{"reference": "Condition/aml"}]
    )
    record = fhir(patient(), breast_cancer(), leukemia, infusion)
    assert record.treatments == ()
    assert "another illness" in told(record, "not_read")


def test_transplants_and_removed_ovaries_answer_their_facts(fhir: Fhir) -> None:
    record = fhir(
        patient(),
        procedure("70536003", "Transplant of kidney", "2010"),
        procedure("", "Bilateral salpingo-oophorectomy", "2015"),
    )
    assert value(record, "organ_transplant") == "yes"
    assert value(record, "bilateral_oophorectomy") == "yes"
