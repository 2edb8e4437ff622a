"""Medicines: which drug, given or only ordered, one regimen or two, before or after surgery."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from fingerpost.record.model import Record
from tests.unit.record.said import (
    MCODE,
    RXNORM,
    SNOMED,
    attribute,
    breast_cancer,
    coded,
    codes,
    concept,
    condition,
    medicine,
    observation,
    patient,
    procedure,
    told,
)

Fhir = Callable[..., Record]
CURATIVE = {
    "extension": [
        {
            "url": MCODE + "mcode-procedure-intent",
            "valueCodeableConcept": concept(SNOMED, "373808002"),
        }
    ]
}
SURGERY = procedure("64368001", "Excision of part of breast", "2020-03-10")


def request(code: str, name: str, day: str, identifier: str = "", **more: Any) -> dict[str, Any]:
    return medicine(
        "MedicationRequest",
        code,
        name,
        identifier or name + day,
        intent="order",
        authoredOn=day,
        **more,
    )


def statement(code: str, name: str, day: str | None, **more: Any) -> dict[str, Any]:
    dated = {"effectiveDateTime": day} if day else {}
    return medicine("MedicationStatement", code, name, f"{name}{day}", **dated, **more)


def dose(code: str, name: str, day: str, **more: Any) -> dict[str, Any]:
    return medicine(
        "MedicationAdministration", code, name, f"{name}{day}", effectiveDateTime=day, **more
    )


@pytest.mark.parametrize(
    ("code", "name", "drugs"),
    [
        ("72965", "letrozole", ("letrozole",)),
        ("72965", "", ("letrozole",)),
        ("198240", "Tamoxifen 10 MG Oral Tablet", ("tamoxifen",)),
        ("", "Ibrance 125 mg capsule", ("palbociclib",)),
        ("1946828", "abemaciclib Oral Product", ("abemaciclib",)),
        ("999999999", "fulvestrant Injectable Product", ("fulvestrant",)),
    ],
)
def test_a_medicine_is_known_by_code_or_by_name(
    fhir: Fhir, code: str, name: str, drugs: tuple[str, ...]
) -> None:
    (treatment,) = fhir(patient(), request(code, name, "2020-01-01")).treatments
    assert treatment.drugs == drugs


def test_a_code_that_fits_two_medicines_gives_what_they_share(fhir: Fhir) -> None:
    """100 mg of "paclitaxel" may be the protein-bound kind."""
    (treatment,) = fhir(patient(), request("583214", "", "2020-01-01")).treatments
    assert treatment.drugs == ()
    assert {"taxane", "chemotherapy"} <= set(treatment.classes)


def test_a_code_and_a_name_of_different_drugs_leave_open_which(fhir: Fhir) -> None:
    record = fhir(
        patient(),
        breast_cancer(),
        request("84857", "letrozole", "2020", reasonReference=[{"reference": "Condition/cancer"}]),
    )
    (treatment,) = record.treatments
    assert treatment.drugs == ()
    assert treatment.unresolved == ("letrozole",)
    assert "code_display_mismatch" in codes(record)


def test_four_codes_with_one_name_are_that_drug(fhir: Fhir) -> None:
    codings = [
        {"system": RXNORM, "code": code, "display": "paclitaxel"}
        for code in ("1", "56946", "2", "3")
    ]
    given = {**request("", "x", "2020-01-01"), "medicationCodeableConcept": {"coding": codings}}
    (treatment,) = fhir(patient(), given).treatments
    assert treatment.drugs == ("paclitaxel",)


@pytest.mark.parametrize("where", ["contained", "resource", "display"])
def test_a_medicine_may_stand_elsewhere(fhir: Fhir, where: str) -> None:
    kept = {"resourceType": "Medication", "id": "m", "code": concept(RXNORM, "72965", "letrozole")}
    given = request("", "x", "2020-01-01")
    del given["medicationCodeableConcept"]
    if where == "contained":
        given |= {"medicationReference": {"reference": "#m"}, "contained": [kept]}
    elif where == "resource":
        given |= {"medicationReference": {"reference": "Medication/m"}}
    else:
        given |= {"medicationReference": {"display": "letrozole 2.5 mg"}}
    (treatment,) = fhir(patient(), kept, given).treatments
    assert treatment.drugs == ("letrozole",)


def test_other_medicines_are_counted_and_left_out(fhir: Fhir) -> None:
    record = fhir(patient(), request("308192", "Amoxicillin 500 MG Oral Tablet", "2020-01-01"))
    assert record.treatments == ()
    assert "not against cancer (1)" in told(record, "not_read")


def test_an_unknown_medicine_for_the_cancer_stays_open(fhir: Fhir) -> None:
    trial = request(
        "",
        "BNT327",
        "2020-01-01",
        meta={"profile": [MCODE + "mcode-cancer-related-medication-request"]},
    )
    record = fhir(patient(), trial)
    (treatment,) = record.treatments
    assert treatment.unresolved == ("BNT327",)
    assert "unresolved_drug" in codes(record)


@pytest.mark.parametrize(
    "more",
    [
        {"status": "cancelled"},
        {"status": "entered-in-error"},
        {"status": "draft"},
        {"status": "unknown"},
        {"intent": "proposal"},
        {"intent": "plan"},
        {"doNotPerform": True},
    ],
)
def test_an_order_that_was_never_given_is_no_treatment(fhir: Fhir, more: dict[str, Any]) -> None:
    record = fhir(patient(), {**request("72965", "letrozole", "2020-01-01"), **more})
    assert record.treatments == ()
    assert "not given" in told(record, "not_read")


@pytest.mark.parametrize("status", ["not-taken", "intended", "unknown", "entered-in-error"])
def test_a_medicine_that_was_not_taken_is_no_treatment(fhir: Fhir, status: str) -> None:
    assert (
        fhir(patient(), {**statement("72965", "letrozole", "2020"), "status": status}).treatments
        == ()
    )


def test_an_order_without_intent_is_read(fhir: Fhir) -> None:
    given = request("72965", "letrozole", "2020-01-01")
    del given["intent"]
    assert len(fhir(patient(), given).treatments) == 1


def test_a_medicine_for_another_illness_is_left_out(fhir: Fhir) -> None:
    endometriosis = condition(concept(SNOMED, "129103003", "Endometriosis"), "e")
    given = request("42375", "leuprolide", "2015", reasonReference=[{"reference": "Condition/e"}])
    assert fhir(patient(), breast_cancer(), endometriosis, given).treatments == ()


def test_older_versions_of_fhir_are_told(fhir: Fhir) -> None:
    order = {"resourceType": "MedicationOrder", "patient": {"reference": "Patient/p"}}
    assert "older_version" in codes(fhir(patient(), order))


# --- when and why ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("266721009", "progression"),
        ("407563006", "toxicity"),
        ("105480006", "choice"),
        ("443729008", "completed"),
        ("419620001", "other"),
    ],
)
def test_why_it_was_stopped_is_why_it_ended(fhir: Fhir, code: str, reason: str) -> None:
    stopped = {
        **request("72965", "letrozole", "2020-01-01"),
        "status": "stopped",
        "statusReason": concept(SNOMED, code),
    }
    (treatment,) = fhir(patient(), stopped).treatments
    assert attribute(treatment, "end_reason") == reason
    assert attribute(treatment, "ongoing") == "no"


def test_an_order_that_is_still_active_does_not_say_that_it_is_taken(fhir: Fhir) -> None:
    (treatment,) = fhir(
        patient(), {**request("72965", "letrozole", "2018-01-01"), "status": "active"}
    ).treatments
    assert attribute(treatment, "ongoing") is None


@pytest.mark.parametrize(
    ("asserted", "expected"), [("2026-10-30", "yes"), ("2024-01-01", None), (None, None)]
)
def test_a_recent_statement_says_that_it_is_taken(
    fhir: Fhir, asserted: str | None, expected: str | None
) -> None:
    more = {"dateAsserted": asserted} if asserted else {}
    (treatment,) = fhir(
        patient(), {**statement("72965", "letrozole", "2023"), "status": "active", **more}
    ).treatments
    assert attribute(treatment, "ongoing") == expected


def test_many_doses_are_one_treatment_from_first_to_last(fhir: Fhir) -> None:
    days = ["2020-04-12", "2020-05-03", "2020-05-24", "2020-06-14"]
    (treatment,) = fhir(patient(), *[dose("3639", "doxorubicin", day) for day in days]).treatments
    assert attribute(treatment, "start").known == dt.date(2020, 4, 12)
    assert attribute(treatment, "end").known == dt.date(2020, 6, 14)
    assert attribute(treatment, "cycles") is None


def test_doses_after_a_long_pause_are_another_treatment(fhir: Fhir) -> None:
    doses = [
        dose("224905", "trastuzumab", day) for day in ("2015-01-01", "2015-01-22", "2019-03-01")
    ]
    assert len(fhir(patient(), *doses).treatments) == 2


def test_doses_belong_to_their_order(fhir: Fhir) -> None:
    order = request("3639", "doxorubicin", "2020-04-10", "order")
    given = dose(
        "3639", "doxorubicin", "2020-04-12", request={"reference": "MedicationRequest/order"}
    )
    (treatment,) = fhir(patient(), order, given).treatments
    assert treatment.source.reference == "MedicationRequest/order"


def test_renewed_prescriptions_are_one_treatment(fhir: Fhir) -> None:
    orders = [
        request("72965", "letrozole", day) for day in ("2020-01-10", "2020-04-09", "2020-07-08")
    ]
    (treatment,) = fhir(patient(), *orders).treatments
    assert attribute(treatment, "start").known == dt.date(2020, 1, 10)
    assert attribute(treatment, "end").known == dt.date(2020, 7, 8)


# --- regimens -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("second", "regimens"),
    [("2020-01-01", 1), ("2020-01-08", 1), ("2020-01-09", 2), ("2020-06-01", 2)],
)
def test_drugs_begun_within_seven_days_are_one_regimen(
    fhir: Fhir, second: str, regimens: int
) -> None:
    record = fhir(
        patient(),
        request("72965", "letrozole", "2020-01-01"),
        request("1601374", "palbociclib", second),
    )
    assert len(record.treatments) == regimens


def test_drugs_without_dates_stay_apart(fhir: Fhir) -> None:
    record = fhir(
        patient(), statement("72965", "letrozole", None), statement("1601374", "palbociclib", None)
    )
    assert len(record.treatments) == 2


def test_two_statements_of_a_drug_in_two_combinations_are_two_regimens(fhir: Fhir) -> None:
    record = fhir(
        patient(),
        statement("1156671", "fulvestrant Injectable Product", "2019-04-01"),
        statement("1946828", "abemaciclib Oral Product", "2019-04-01"),
        statement("1156671", "fulvestrant Injectable Product", "2019-06-01", status="active"),
        statement("1873980", "ribociclib Oral Product", "2019-06-01", status="active"),
    )
    assert [set(each.drugs) for each in record.treatments] == [
        {"fulvestrant", "abemaciclib"},
        {"fulvestrant", "ribociclib"},
    ]


# --- settings -------------------------------------------------------------------------------

EARLY = {"adjuvant", "extended_adjuvant", "locally_advanced", "neoadjuvant"}


@pytest.mark.parametrize(
    ("day", "more", "expected"),
    [
        ("2020-03-10", {}, "adjuvant"),  # the day of surgery
        ("2020-09-10", {}, "adjuvant"),  # six months on
        ("2020-09-11", {}, None),
        ("2020-09-11", CURATIVE, EARLY),
        ("2020-05-01", CURATIVE, "adjuvant"),
        (
            "2020-01-15",
            {},
            {"neoadjuvant", "adjuvant"},
        ),  # nothing says that it ended before surgery
        ("2019-05-01", {}, None),  # before the diagnosis
    ],
)
def test_the_setting_follows_from_dates_only_where_they_leave_no_doubt(
    fhir: Fhir, day: str, more: dict[str, Any], expected: Any
) -> None:
    record = fhir(
        patient(),
        breast_cancer(onsetDateTime="2020-01-02"),
        SURGERY,
        request("72965", "letrozole", day, **{"status": "active", **more}),
    )
    (treatment,) = record.treatments
    assert attribute(treatment, "setting") == expected
    assert ("inferred" in codes(record)) == (expected not in (None, EARLY))


def test_treatment_that_ended_before_surgery_was_before_surgery(fhir: Fhir) -> None:
    bounds = {"timing": {"repeat": {"boundsPeriod": {"start": "2020-01-05", "end": "2020-02-20"}}}}
    given = request("72962", "docetaxel", "2020-01-05", dosageInstruction=[bounds])
    (treatment,) = fhir(
        patient(), breast_cancer(onsetDateTime="2020-01-02"), SURGERY, given
    ).treatments
    assert attribute(treatment, "setting") == "neoadjuvant"


SPREAD = condition(concept(SNOMED, "94381002"), "m", onsetDateTime="2020-04-01")


@pytest.mark.parametrize(
    ("sign", "day", "expected"),
    [
        (SPREAD, "2020-05-01", "metastatic"),
        (SPREAD, "2020-03-20", None),  # before spread was known: may have been for anything
        (condition(concept(SNOMED, "94381002"), "m"), "2020-05-01", None),
        (
            observation(
                "21908-9", effectiveDateTime="2020-01-05", **coded("http://cancerstaging.org", "4")
            ),
            "2020-05-01",
            "metastatic",
        ),
    ],
)
def test_any_sign_of_spread_rules_out_adjuvant(
    fhir: Fhir, sign: dict[str, Any], day: str, expected: str | None
) -> None:
    record = fhir(
        patient(),
        breast_cancer(onsetDateTime="2020-01-02"),
        SURGERY,
        sign,
        request("72965", "letrozole", day),
    )
    (treatment,) = record.treatments
    assert attribute(treatment, "setting") == expected


def test_dates_and_intent_that_disagree_are_left_alone(fhir: Fhir) -> None:
    record = fhir(
        patient(), breast_cancer(), SPREAD, request("72965", "letrozole", "2020-05-01", **CURATIVE)
    )
    assert attribute(record.treatments[0], "setting") == EARLY


def test_a_category_may_say_the_setting(fhir: Fhir) -> None:
    given = request("72965", "letrozole", "2020-05-01", category=[{"text": "Adjuvant"}])
    assert attribute(fhir(patient(), given).treatments[0], "setting") == {
        "adjuvant",
        "extended_adjuvant",
    }


def test_an_unnamed_course_of_chemotherapy_is_explained_by_the_drugs_of_those_days(
    fhir: Fhir,
) -> None:
    infusion = procedure("367336001", "Chemotherapy", "2020-04-12")
    record = fhir(patient(), infusion, dose("3639", "doxorubicin", "2020-04-12"))
    (treatment,) = record.treatments
    assert treatment.drugs == ("doxorubicin",)


def test_treatments_from_after_the_day_are_left_out(fhir: Fhir) -> None:
    record = fhir(patient(), request("72965", "letrozole", "2027-05-01"))
    assert record.treatments == ()
    assert "in the future" in told(record, "not_read")


def test_a_medicine_that_is_not_known_stays_by_name_and_is_told_once(fhir: Fhir) -> None:
    doses = [dose("", "BNT327 20 mg/kg q3w", day) for day in ("2024-01-01", "2024-01-22")]
    record = fhir(patient(), breast_cancer(), *doses)
    (treatment,) = record.treatments
    assert treatment.unresolved == ("BNT327 20 mg/kg q3w",)
    assert codes(record).count("unresolved_drug") == 1


@pytest.mark.parametrize(
    ("spread", "setting"),
    [("2024-01-10", "adjuvant"), ("2021-01-10", {"adjuvant", "metastatic"}), (None, None)],
)
def test_a_spread_after_the_end_does_not_hide_what_a_treatment_was_for(
    fhir: Fhir, spread: str | None, setting: object
) -> None:
    bone = concept("http://hl7.org/fhir/sid/icd-10-cm", "C79.51")
    onset = {"onsetDateTime": spread} if spread else {}
    period = {"effectivePeriod": {"start": "2020-05-01", "end": "2023-05-01"}}
    record = fhir(
        patient(),
        breast_cancer(onsetDateTime="2020-01-10"),
        condition(bone, "bone", **onset),
        SURGERY,
        statement("72965", "letrozole", None, **period),
    )
    (treatment,) = [each for each in record.treatments if each.drugs]
    assert attribute(treatment, "setting") == setting


@pytest.mark.parametrize("flag", ["doNotPerform", "wasNotTaken", "wasNotGiven"])
def test_what_was_not_taken_is_no_treatment(fhir: Fhir, flag: str) -> None:
    record = fhir(patient(), {**request("72965", "letrozole", "2024-05-01"), flag: True})
    assert record.treatments == ()
