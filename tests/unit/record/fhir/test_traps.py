"""Every trap that was found in real bundles, each with small invented resources.

The real records are not part of the project (test_records.py reads them where they are at hand).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from fingerpost.record.dictionaries import Dictionaries
from fingerpost.record.model import Record
from fingerpost.record.read import read_text
from fingerpost.record.source_text import Text
from tests.unit.record.said import (
    HGNC,
    LOINC,
    MCODE,
    RXNORM,
    SNOMED,
    attribute,
    breast_cancer,
    coded,
    codes,
    concept,
    condition,
    findings,
    medicine,
    observation,
    one,
    patient,
    quantity,
    short,
    told,
    value,
)

Fhir = Callable[..., Record]
NULL = "http://terminology.hl7.org/CodeSystem/v3-NullFlavor"
DAR = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
AJCC = "http://cancerstaging.org"


def gene(name: dict[str, Any], origin: str, said: str = "LA9633-4", **more: Any) -> dict[str, Any]:
    """A variant of a gene."""
    parts = [
        {"code": concept(LOINC, "48018-6"), "valueCodeableConcept": name},
        {"code": concept(LOINC, "48002-0"), **coded(LOINC, origin)},
    ]
    return observation("69548-6", component=parts, **coded(LOINC, said), **more)


GERMLINE, SOMATIC = "LA6683-2", "LA6684-0"


# --- mCODE's extended example ---------------------------------------------------------------


def test_the_stage_in_the_condition_and_the_one_it_refers_to_differ(fhir: Fhir) -> None:
    stage = observation(
        concept(SNOMED, "399588009"), **coded(SNOMED, "1222769001", "Stage IIB"), id="stage"
    )
    summary = concept(SNOMED, "1222806003", "Stage IIIC")
    cancer = breast_cancer(
        stage=[{"summary": summary, "assessment": [{"reference": "Observation/stage"}]}]
    )
    record = fhir(patient(), cancer, stage)
    assert {short(each.value) for each in findings(record, "stage_reported")} == {"IIB", "IIIC"}
    assert "stage_reported" in told(record, "contradicts")


def test_a_t3_of_25_millimeters_keeps_both_as_they_were_written(fhir: Fhir) -> None:
    category = observation(
        concept(SNOMED, "399504009"), **coded(SNOMED, "1228938002", "cT3"), id="t"
    )
    record = fhir(patient(), category, observation("21889-1", **quantity(2.5, "cm"), id="size"))
    assert value(record, "t_category") == "T3"
    assert value(record, "tumor_size") == 25


def test_a_somatic_palb2_variant_is_not_an_inherited_one(fhir: Fhir) -> None:
    record = fhir(patient(), gene(concept(HGNC, "HGNC:26144", "PALB2"), SOMATIC))
    assert findings(record, "germline_palb2") == []


@pytest.mark.parametrize("number", ["HGNC:26144", "26144", "hgnc:26144"])
def test_a_gene_is_written_with_and_without_the_name_of_its_list(fhir: Fhir, number: str) -> None:
    record = fhir(patient(), gene(concept(HGNC, number), GERMLINE))
    assert value(record, "germline_palb2") == {"pathogenic", "uncertain"}


def test_three_thousand_times_a_thousand_neutrophils_are_none(fhir: Fhir) -> None:
    record = fhir(patient(), observation("26499-4", **quantity(3000, "10*3/uL")))
    assert value(record, "neutrophils") == "absent: not_understood"
    assert "neutrophils" in told(record, "out_of_range")


def test_a_reason_for_a_missing_value_stands_as_the_value(fhir: Fhir) -> None:
    category = observation(concept(SNOMED, "371497001"), **coded(DAR, "not-applicable"))
    assert value(fhir(patient(), category), "m_category") == "absent: not_applicable"


# --- Synthea --------------------------------------------------------------------------------


def test_a_cancer_without_receptors_or_stage_says_nothing_of_either(fhir: Fhir) -> None:
    record = fhir(patient(), breast_cancer(onsetDateTime="2020-03-01"))
    assert {each.fact for each in record.findings} == {"sex", "diagnosis_date"}


def test_a_snomed_code_under_loinc_is_told_and_read_by_its_name(fhir: Fhir) -> None:
    name = "Hormone receptor positive malignant neoplasm of breast (disorder)"
    record = fhir(patient(), condition(concept(LOINC, "417181009", name)))
    assert "wrong_system" in codes(record)
    assert "no_breast_cancer" not in codes(record)
    assert findings(record, "er_reported") == []


def test_a_stain_that_is_only_negative_is_no_score(fhir: Fhir) -> None:
    negative = coded(SNOMED, "260385009", "Negative (qualifier value)")
    stain = observation("85319-2", **negative, id="ihc")
    record = fhir(patient(), stain, observation("85318-4", **negative, id="ish"))
    assert value(record, "her2_ihc") == {"0", "1+"}
    assert value(record, "her2_ish") == "negative"


def test_a_stage_that_is_given_as_a_group_and_a_part_of_it_is_the_part(fhir: Fhir) -> None:
    both = {
        "coding": [
            {"system": SNOMED, "code": "258215001", "display": "Stage 1 (qualifier value)"},
            {"system": AJCC, "code": "1A", "display": "IA"},
        ]
    }
    record = fhir(patient(), observation("21908-9", valueCodeableConcept=both))
    assert value(record, "stage_reported") == "IA"
    assert "contradicts" not in codes(record)


def test_a_part_of_a_lymph_node_cannot_be(fhir: Fhir) -> None:
    record = fhir(patient(), observation("85343-2", **quantity(15.858, "{#}")))
    assert value(record, "positive_nodes") == "absent: not_understood"
    assert "lymph nodes" in told(record, "out_of_range")


@pytest.mark.parametrize(
    ("words", "ratio"),
    [("greater than 2.2", (2.2, float("inf"))), ("less than 1.8", (0, 1.8)), (">2.2", None)],
)
def test_an_ish_result_in_words_is_a_ratio_and_told(fhir: Fhir, words: str, ratio: Any) -> None:
    record = fhir(patient(), observation("85318-4", valueString=words))
    assert value(record, "her2_cep17_ratio") == (ratio or (2.2, float("inf")))
    assert "ratio" in told(record, "inferred")


# --- patients of a trial matching application -------------------------------------------------


@pytest.mark.parametrize(
    "system",
    ["http://www.genenames.org/geneId", "https://www.genenames.org/geneid", "geneId", ""],
)
def test_a_gene_stands_under_another_system(fhir: Fhir, system: str) -> None:
    record = fhir(patient(), gene(concept(system, "HGNC:8975", "PIK3CA"), SOMATIC))
    assert value(record, "pik3ca_mutation") == "present"


@pytest.mark.parametrize(("code", "display"), [("4", "IV"), ("IV", "IV"), ("4", ""), ("IV", "")])
def test_an_ajcc_stage_is_a_digit_or_a_number_in_letters(
    fhir: Fhir, code: str, display: str
) -> None:
    record = fhir(patient(), observation("21908-9", **coded(AJCC, code, display)))
    assert value(record, "stage_reported") == "IV"


def test_instability_by_stain_that_is_positive_is_told_as_a_conclusion(fhir: Fhir) -> None:
    record = fhir(patient(), observation("62862-8", **coded(LOINC, "LA6576-8", "Positive")))
    assert value(record, "mmr") == "deficient"
    assert findings(record, "msi") == []
    assert "by stain" in told(record, "inferred")


def test_medicines_without_dates_or_line_stay_apart_and_without_a_setting(fhir: Fhir) -> None:
    names = {"72965": "letrozole", "258494": "exemestane", "282357": "fulvestrant"}
    drugs = [medicine("MedicationStatement", code, name, code) for code, name in names.items()]
    record = fhir(patient(), breast_cancer(), *drugs)
    # Without dates there is no order: neither the order of the record nor of its codes says one.
    assert {each.drugs for each in record.treatments} == {(name,) for name in names.values()}
    assert len(record.treatments) == 3
    assert [attribute(each, "start") for each in record.treatments] == [None] * 3
    assert [attribute(each, "line") for each in record.treatments] == [None] * 3
    assert [attribute(each, "setting") for each in record.treatments] == [None] * 3


def test_a_product_of_a_dose_form_group_is_its_ingredient(fhir: Fhir) -> None:
    for name in ("fulvestrant Injectable Product", ""):
        drug = medicine("MedicationStatement", "1156671", name, "m")
        assert fhir(patient(), drug).treatments[0].drugs == ("fulvestrant",)


@pytest.mark.parametrize(
    ("code", "name", "drug"),
    [
        ("198240", "Tamoxifen 10 MG Oral Tablet", "tamoxifen"),
        ("1873983", "ribociclib 200 MG Oral Tablet", "ribociclib"),
        ("1946840", "Verzenio 100 MG Oral Tablet", "abemaciclib"),
        ("1601380", "palbociclib 100 MG Oral Capsule", "palbociclib"),
        ("2119714", "trastuzumab and hyaluronidase", "trastuzumab"),
    ],
)
def test_a_product_is_its_ingredient(fhir: Fhir, code: str, name: str, drug: str) -> None:
    for written in (name, ""):
        record = fhir(patient(), medicine("MedicationRequest", code, written, "m"))
        assert record.treatments[0].drugs == (drug,)


def test_a_code_that_one_public_list_gives_to_another_medicine_follows_its_name(fhir: Fhir) -> None:
    record = fhir(patient(), medicine("MedicationRequest", "1045453", "eribulin", "m"))
    assert record.treatments[0].drugs == ("eribulin",)


# --- codes that are none ----------------------------------------------------------------------


def test_a_code_that_is_none_is_told_and_nothing_read_from_it(fhir: Fhir) -> None:
    record = fhir(patient(), observation(concept(LOINC, "34566"), **coded(SNOMED, "TEST")))
    assert "34566" in told(record, "bad_check_digit")
    assert {each.fact for each in record.findings} == {"sex"}


def test_a_value_of_a_code_that_is_none_is_told(fhir: Fhir) -> None:
    record = fhir(patient(), observation("85337-4", **coded(SNOMED, "TEST")))
    assert value(record, "er_reported") == "absent: not_understood"
    assert "TEST" in told(record, "bad_check_digit")


def test_four_codes_that_are_all_called_paclitaxel_are_paclitaxel(fhir: Fhir) -> None:
    written = [("56946", "m1"), ("583214", "m2"), ("1163532", "m3"), ("1663180", "m4")]
    drugs = [
        medicine("MedicationRequest", code, "Paclitaxel", name, authoredOn=f"2020-01-0{name[1]}")
        for code, name in written
    ]
    record = fhir(patient(), breast_cancer(), *drugs)
    assert {each.drugs for each in record.treatments} == {("paclitaxel",)}


@pytest.mark.parametrize("made_up", ["1222593007", "1222594001", "1222806001"])
def test_a_stage_code_that_was_made_up_is_told_and_its_words_are_read(
    fhir: Fhir, made_up: str
) -> None:
    record = fhir(
        patient(), observation(concept(SNOMED, "399390009"), **coded(SNOMED, made_up, "Stage IIIC"))
    )
    assert made_up in told(record, "bad_check_digit")
    assert value(record, "stage_reported") == "IIIC"
    alone = fhir(patient(), observation(concept(SNOMED, "399390009"), **coded(SNOMED, made_up)))
    assert value(alone, "stage_reported") == "absent: not_understood"


def test_a_code_that_software_rounded_is_told(fhir: Fhir) -> None:
    """JavaScript cannot hold all digits of 353431000119107."""
    record = fhir(patient(), condition(concept(SNOMED, "353431000119100", "Breast cancer")))
    assert "353431000119100" in told(record, "bad_check_digit")


def test_the_stage_of_another_tumor_is_not_stage_four(fhir: Fhir) -> None:
    for display in ("", "Stage IV", "American Joint Committee on Cancer stage IV:0"):
        record = fhir(
            patient(),
            observation(concept(SNOMED, "399390009"), **coded(SNOMED, "1222843001", display)),
        )
        assert value(record, "stage_reported") == "absent: not_understood"


def test_the_code_of_er_is_called_ki67(fhir: Fhir) -> None:
    record = fhir(patient(), observation(concept(LOINC, "85329-1", "Ki-67"), **quantity(80, "%")))
    assert findings(record, "er_percent") == findings(record, "ki67_percent") == []
    assert "different tests" in told(record, "code_display_mismatch")


def test_a_stage_code_and_its_words_are_different_stages(fhir: Fhir) -> None:
    stage = coded(SNOMED, "1222769001", "Stage IIIC")
    record = fhir(patient(), observation(concept(SNOMED, "399390009"), **stage))
    assert value(record, "stage_reported") == "absent: not_understood"
    assert "different stages" in told(record, "code_display_mismatch")


# --- ICHOM ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "finding", "fact", "expected"),
    [
        ("16112-5", "416053008", "er_reported", "positive"),
        ("16112-5", "441117001", "er_reported", "negative"),
        ("16113-3", "416561008", "pr_reported", "positive"),
        ("16113-3", "441118006", "pr_reported", "negative"),
        ("48676-1", "427685000", "her2_reported", "positive"),
        ("48676-1", "431396003", "her2_reported", "negative"),
    ],
)
def test_a_receptor_is_said_as_a_finding(
    fhir: Fhir, code: str, finding: str, fact: str, expected: str
) -> None:
    as_value = fhir(patient(), observation(code, **coded(SNOMED, finding)))
    assert value(as_value, fact) == expected
    asserted = concept("http://terminology.hl7.org/CodeSystem/v3-ActCode", "ASSERTION")
    assert value(fhir(patient(), observation(asserted, **coded(SNOMED, finding))), fact) == expected
    as_code = observation(concept(SNOMED, finding))
    assert value(fhir(patient(), as_code), fact) == expected


def test_a_null_flavor_is_no_value(fhir: Fhir) -> None:
    record = fhir(patient(), observation("16113-3", **coded(NULL, "UNK")))
    assert value(record, "pr_reported") == "absent: not_known"


def test_a_value_under_status_unknown_is_not_used(fhir: Fhir) -> None:
    before = coded(SNOMED, "309606002", "Before menopause")
    record = fhir(patient(), observation(concept(SNOMED, "161712005"), status="unknown", **before))
    assert value(record, "menopausal_status_reported") == "absent: not_known"
    assert "unknown_status" in codes(record)


def test_spread_found_twice_beside_a_cancer_in_situ_is_all_kept(fhir: Fhir) -> None:
    record = fhir(
        patient(),
        observation(concept(SNOMED, "399387003"), **coded(SNOMED, "1229903009"), id="cm"),
        observation(concept(SNOMED, "371497001"), **coded(SNOMED, "1229916009"), id="pm"),
        observation(concept(SNOMED, "399504009"), **coded(SNOMED, "1228884006"), id="ct"),
    )
    assert [short(each.value) for each in findings(record, "m_category")] == ["M1", "M1"]
    assert value(record, "t_category") == "Tis"


def test_more_nodes_are_positive_than_were_looked_at(fhir: Fhir) -> None:
    positive = observation(concept(SNOMED, "443527007"), valueInteger=28, id="positive")
    looked_at = observation(concept(SNOMED, "444025001"), valueInteger=11, id="looked-at")
    record = fhir(patient(), positive, looked_at)
    assert value(record, "positive_nodes") == "absent: not_understood"
    assert "more lymph nodes" in told(record, "contradicts")
    enough = fhir(patient(), {**positive, "valueInteger": 3}, looked_at)
    assert value(enough, "positive_nodes") == 3


def test_a_height_in_inches_is_no_result_of_the_cancer(fhir: Fhir) -> None:
    record = fhir(patient(), observation("8302-2", **quantity(48, "[in_i]")))
    assert {each.fact for each in record.findings} == {"sex"}


# --- older shapes -----------------------------------------------------------------------------


def test_orders_of_dstu2_are_read(fhir: Fhir) -> None:
    order = {
        "resourceType": "MedicationOrder",
        "id": "order",
        "status": "completed",
        "dateWritten": "2015-02-03",
        "patient": {"reference": "Patient/p"},
        "medicationCodeableConcept": concept(RXNORM, "72965", "letrozole"),
        "reasonEnded": concept(SNOMED, "407563006"),
    }
    old = patient(name=[{"family": ["Example"], "given": ["Maureen"]}])
    record = fhir(old, order)
    (treatment,) = record.treatments
    assert treatment.drugs == ("letrozole",)
    assert attribute(treatment, "start").first.isoformat() == "2015-02-03"
    assert attribute(treatment, "end_reason") == "toxicity"
    assert "DSTU2" in told(record, "older_version")
    assert fhir(old, {**order, "status": "entered-in-error"}).treatments == ()


def test_doses_of_dstu2_have_their_dates(fhir: Fhir) -> None:
    dose = medicine(
        "MedicationAdministration", "72965", "letrozole", "m", effectiveTimeDateTime="2015-02-03"
    )
    (treatment,) = fhir(patient(), dose).treatments
    assert attribute(treatment, "start").first.isoformat() == "2015-02-03"


def test_a_list_is_read_as_a_bundle_is(dictionaries: Dictionaries) -> None:
    er = observation("85337-4", **coded(LOINC, "LA6577-6", "Negative"))
    record = read_text(Text(json.dumps([patient(), er]), "T0.json"), dictionaries)
    assert value(record, "er_reported") == "negative"


@pytest.mark.parametrize("as_list", [True, False])
def test_a_reason_is_an_object_where_a_list_belongs(fhir: Fhir, as_list: bool) -> None:
    target = {"reference": "Condition/cancer"}
    drug = medicine(
        "MedicationRequest",
        "0",
        "Something new",
        "m",
        reasonReference=[target] if as_list else target,
    )
    record = fhir(patient(), breast_cancer(), drug)
    assert record.treatments[0].unresolved == ("Something new",)


# --- what a CDS Hooks client sends ------------------------------------------------------------


def test_an_order_without_intent_and_without_a_medicine_is_told(fhir: Fhir) -> None:
    order = {
        "resourceType": "MedicationRequest",
        "id": "x",
        "status": "active",
        "subject": {"reference": "Patient/p"},
    }
    record = fhir(patient(), order)
    assert record.treatments == ()
    assert "neither a name nor a code" in told(record, "no_value")


def test_a_bundle_without_a_type_is_one(dictionaries: Dictionaries) -> None:
    er = observation("85337-4", **coded(LOINC, "LA6577-6", "Negative"))
    bundle = {"resourceType": "Bundle", "entry": [{"resource": patient()}, {"resource": er}]}
    sent = {"patient": patient(), "observations": bundle, "conditions": None}
    record = read_text(Text(json.dumps(sent), "prefetch.json"), dictionaries)
    assert value(record, "er_reported") == "negative"


@pytest.mark.parametrize(
    "nothing",
    [None, {"resourceType": "OperationOutcome", "issue": [{"severity": "error"}]}, {}, []],
)
def test_a_prefetch_that_failed_is_no_answer(dictionaries: Dictionaries, nothing: Any) -> None:
    sent = {"patient": patient(), "observations": nothing}
    record = read_text(Text(json.dumps(sent), "prefetch.json"), dictionaries)
    assert {each.fact for each in record.findings} == {"sex"}


# --- menopause, in all encodings ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "more", "expected"),
    [
        ("161712005", coded(SNOMED, "309606002"), "premenopausal"),
        ("161712005", coded(SNOMED, "307429007"), "postmenopausal"),
        ("161712005", coded(NULL, "ASKU"), "absent: not_known"),
        ("161712005", coded(SNOMED, "22636003"), "premenopausal"),
        ("161712005", coded(SNOMED, "161541000119104"), "perimenopausal"),
        ("161712005", coded(SNOMED, "289904000"), "premenopausal"),
        ("76498008", {}, "postmenopausal"),
        ("76498008", {"valueBoolean": True}, "postmenopausal"),
        ("76498008", {"valueBoolean": False}, {"premenopausal", "perimenopausal"}),
        ("76498008", {"valueString": "maybe"}, "absent: not_understood"),
        ("76498008", {"dataAbsentReason": concept(DAR, "asked-unknown")}, "absent: not_known"),
        ("76498008", {"status": "registered"}, "absent: pending"),
        ("289903006", coded(SNOMED, "373067005", "No"), {"premenopausal", "perimenopausal"}),
    ],
)
def test_menopause_in_every_encoding(
    fhir: Fhir, code: str, more: dict[str, Any], expected: Any
) -> None:
    record = fhir(patient(), observation(concept(SNOMED, code), **more))
    assert value(record, "menopausal_status_reported") == expected


# --- lines of therapy of the MOPA draft ---------------------------------------------------------

MOPA = "http://hl7.org/fhir/us/codex-mopa/CodeSystem/"


def line(code: str, start: str, **more: Any) -> dict[str, Any]:
    return observation(
        concept(f"{MOPA}ocpa-codes", "line-of-therapy", "Line of Therapy"),
        **coded(f"{MOPA}treatment-line-cs", code),
        id=f"line-{code}",
        effectivePeriod={"start": start},
        **more,
    )


def treated(fhir: Fhir, *more: dict[str, Any], intent: str = "") -> Record:
    extension = {"url": f"{MCODE}mcode-procedure-intent", **coded(SNOMED, intent)}
    drug = medicine(
        "MedicationRequest",
        "72965",
        "letrozole",
        "m",
        authoredOn="2021-03-01",
        extension=[extension] if intent else [],
    )
    spread = condition(
        concept(SNOMED, "94222008", "Metastasis to bone"), onsetDateTime="2021-01-01"
    )
    return fhir(patient(), breast_cancer(onsetDateTime="2021-01-01"), spread, drug, *more)


@pytest.mark.parametrize(
    ("code", "expected"), [("1L", 1), ("2L", 2), ("3L-plus", (3, float("inf")))]
)
def test_a_stated_line_is_that_of_the_metastatic_treatment_of_its_time(
    fhir: Fhir, code: str, expected: Any
) -> None:
    record = treated(fhir, line(code, "2021-03-03"), intent="363676003")
    (treatment,) = record.treatments
    assert attribute(treatment, "setting") == "metastatic"
    assert attribute(treatment, "line") == expected


@pytest.mark.parametrize(("code", "start"), [("maintenance", "2021-03-03"), ("1L", "2019-03-03")])
def test_maintenance_and_a_line_of_another_time_are_no_line(
    fhir: Fhir, code: str, start: str
) -> None:
    record = treated(fhir, line(code, start), intent="363676003")
    assert attribute(record.treatments[0], "line") is None
    assert "line of therapy" in told(record, "not_used")


def test_a_first_line_before_surgery_is_not_one_for_metastatic_disease(fhir: Fhir) -> None:
    drug = medicine(
        "MedicationRequest",
        "72965",
        "letrozole",
        "m",
        authoredOn="2021-03-01",
        category=[{"text": "neoadjuvant"}],
    )
    record = fhir(patient(), breast_cancer(), drug, line("1L", "2021-03-01"))
    assert attribute(record.treatments[0], "setting") == "neoadjuvant"
    assert attribute(record.treatments[0], "line") is None


def test_two_lines_for_one_treatment_leave_both_possible(fhir: Fhir) -> None:
    lines = (line("1L", "2021-03-01"), line("2L", "2021-03-01"))
    record = treated(fhir, *lines, intent="363676003")
    assert attribute(record.treatments[0], "line") == (1, 2)
    assert "two lines" in told(record, "contradicts")


# --- history of metastasis ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, ({"liver"}, set())),
        ({"valueBoolean": True}, ({"liver"}, set())),
        ({"valueBoolean": False}, (set(), {"liver"})),
        (coded(SNOMED, "373067005", "No"), (set(), {"liver"})),
        (coded(SNOMED, "373066001", "Yes"), ({"liver"}, set())),
    ],
)
def test_a_history_of_spread_is_one_unless_it_says_no(
    fhir: Fhir, more: dict[str, Any], expected: Any
) -> None:
    record = fhir(
        patient(), breast_cancer(), observation(concept(SNOMED, "1098951000119108"), **more)
    )
    assert value(record, "metastatic_sites") == expected


@pytest.mark.parametrize(
    "more",
    [
        {"dataAbsentReason": concept(DAR, "unknown")},
        coded(NULL, "UNK"),
        {"valueString": "see letter"},
        {"valueBoolean": True, "valueString": "no"},
        {"status": "preliminary"},
    ],
)
def test_a_history_of_spread_that_is_not_answered_says_nothing(
    fhir: Fhir, more: dict[str, Any]
) -> None:
    history = observation(concept(SNOMED, "1098951000119108"), **more)
    record = fhir(patient(), breast_cancer(), history)
    assert findings(record, "metastatic_sites") == []
    assert value(record, "extent_reported").startswith("absent")


# --- a value, another value, an interpretation ----------------------------------------------------

INTERPRETED = "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation"


@pytest.mark.parametrize(
    "more",
    [
        {"interpretation": [concept(INTERPRETED, "NEG")]},
        {"valueString": "negative"},
    ],
)
def test_a_result_that_contradicts_itself_answers_nothing(fhir: Fhir, more: dict[str, Any]) -> None:
    er = observation("85337-4", **coded(LOINC, "LA6576-8", "Positive"), **more)
    record = fhir(patient(), er)
    assert value(record, "er_reported") == {"positive", "negative"}
    assert "er_reported" in told(record, "contradicts")


def test_a_value_beside_a_reason_why_there_is_none_is_not_used(fhir: Fhir) -> None:
    er = observation(
        "85337-4",
        **coded(LOINC, "LA6576-8", "Positive"),
        dataAbsentReason=concept(DAR, "not-performed"),
    )
    record = fhir(patient(), er)
    assert value(record, "er_reported") == "absent: not_tested"
    assert "reason why it has none" in told(record, "contradicts")


def test_an_ecog_number_and_another_in_its_interpretation_leave_both(fhir: Fhir) -> None:
    record = fhir(
        patient(),
        observation("89247-1", valueInteger=1, interpretation=[concept(LOINC, "LA9624-3")]),
    )
    assert value(record, "ecog") == (1, 2)
    assert "ecog" in told(record, "contradicts")


@pytest.mark.parametrize(
    "words", ["90 %; 10 %", "90 % (<1 %)", "<1 % (1 %)", "Positive (90 %), 10 %"]
)
def test_two_numbers_in_one_text_that_contradict_each_other_are_not_read(
    fhir: Fhir, words: str
) -> None:
    record = fhir(patient(), observation("85329-1", valueString=words))
    assert value(record, "er_percent") == "absent: not_understood"
    assert findings(record, "er_reported") == []


@pytest.mark.parametrize("words", ["90 % (>80 %)", ">80 %; 90 %"])
def test_of_two_numbers_that_agree_the_narrower_is_read(fhir: Fhir, words: str) -> None:
    assert value(fhir(patient(), observation("85329-1", valueString=words)), "er_percent") == 90


def test_less_than_one_beside_one_is_a_contradiction(fhir: Fhir) -> None:
    below, one_percent = quantity(1, "%", comparator="<"), quantity(1, "%")
    record = fhir(patient(), observation("85329-1", valueString="1 %", **below))
    assert value(record, "er_percent") == (0, 1)
    assert "er_percent" in told(record, "contradicts")
    apart = fhir(
        patient(),
        observation("85329-1", id="one", **below),
        observation("85329-1", id="other", **one_percent),
    )
    assert "er_percent" in told(apart, "contradicts")


def test_a_percentage_and_its_interpretation_are_both_read(fhir: Fhir) -> None:
    record = fhir(
        patient(),
        observation("85329-1", **quantity(5, "%"), interpretation=[concept(INTERPRETED, "POS")]),
    )
    assert value(record, "er_percent") == 5
    assert value(record, "er_reported") == "positive"


# --- statuses -------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["unknown", "draft", "no idea"])
def test_a_status_that_does_not_say_that_a_result_counts_makes_it_unknown(
    fhir: Fhir, status: str
) -> None:
    er = observation("85337-4", status=status, **coded(LOINC, "LA6576-8", "Positive"))
    record = fhir(patient(), er)
    assert value(record, "er_reported") == "absent: not_known"
    assert "unknown_status" in codes(record)


@pytest.mark.parametrize("status", ["registered", "preliminary", "Preliminary"])
def test_a_result_that_is_not_signed_off_is_marked(fhir: Fhir, status: str) -> None:
    er = observation("85337-4", status=status, **coded(LOINC, "LA6576-8", "Positive"))
    assert one(fhir(patient(), er), "er_reported").status == "preliminary"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (concept("x", "confirmed"), ({"bone"}, set())),
        (None, ({"bone"}, set())),
        (concept("x", "refuted"), (set(), {"bone"})),
        ("refuted", (set(), {"bone"})),
        ({"text": "Refuted"}, (set(), {"bone"})),
        (concept("x", "entered-in-error"), None),
        ({"text": "Entered in error"}, None),
        (concept("x", "differential"), None),
        (concept("x", "provisional"), None),
        (concept("x", "something else"), None),
        ({"coding": [{"code": "confirmed"}, {"code": "refuted"}]}, None),
        ({"coding": [{"code": "confirmed"}, {"code": "entered-in-error"}]}, None),
    ],
)
def test_a_condition_is_as_sure_as_it_says(fhir: Fhir, said: Any, expected: Any) -> None:
    bone = condition(concept(SNOMED, "94222008", "Metastasis to bone"), verificationStatus=said)
    record = fhir(patient(), breast_cancer(), bone)
    found = [short(each.value) for each in findings(record, "metastatic_sites")]
    assert found == ([] if expected is None else [expected])


# --- a gene is negative only if it was looked at --------------------------------------------------


def region(**more: Any) -> dict[str, Any]:
    parts = [
        {
            "code": concept(LOINC, "48018-6"),
            "valueCodeableConcept": concept(HGNC, "HGNC:8975", "PIK3CA"),
        },
        {"code": concept(LOINC, "48002-0"), **coded(LOINC, SOMATIC)},
    ]
    return observation("53041-0", component=parts, id="region", **more)


def test_a_gene_in_the_region_studied_and_without_a_variant_is_negative(fhir: Fhir) -> None:
    assert value(fhir(patient(), region()), "pik3ca_mutation") == "absent"


@pytest.mark.parametrize(
    "more",
    [
        {"status": "unknown"},
        {"status": "registered"},
        {"status": "preliminary"},
        {"dataAbsentReason": concept(DAR, "not-performed")},
    ],
)
def test_a_region_that_is_no_final_result_clears_no_gene(fhir: Fhir, more: dict[str, Any]) -> None:
    record = fhir(patient(), region(**more))
    assert findings(record, "pik3ca_mutation") == []
    assert "final" in told(record, "unknown_status")


@pytest.mark.parametrize("status", ["preliminary", "partial", "registered", "entered-in-error"])
def test_a_region_of_a_report_that_is_not_final_clears_no_gene(fhir: Fhir, status: str) -> None:
    report = {
        "resourceType": "DiagnosticReport",
        "id": "report",
        "status": status,
        "subject": {"reference": "Patient/p"},
        "result": [{"reference": "Observation/region"}],
    }
    assert findings(fhir(patient(), region(), report), "pik3ca_mutation") == []
    assert value(fhir(patient(), region(), {**report, "status": "final"}), "pik3ca_mutation")


@pytest.mark.parametrize(
    "more",
    [
        {"status": "unknown"},
        {"status": "cancelled"},
        {"status": "entered-in-error"},
        {"dataAbsentReason": concept(DAR, "unknown")},
        {"modifierExtension": [{"url": "http://x", "valueBoolean": True}]},
    ],
)
def test_a_variant_that_was_taken_back_neither_counts_nor_clears_its_gene(
    fhir: Fhir, more: dict[str, Any]
) -> None:
    variant = gene(concept(HGNC, "HGNC:8975", "PIK3CA"), SOMATIC, id="variant", **more)
    assert findings(fhir(patient(), region(), variant), "pik3ca_mutation") == []


def test_a_gene_that_nobody_looked_at_is_not_negative(fhir: Fhir) -> None:
    assert findings(fhir(patient(), region()), "esr1_mutation") == []


@pytest.mark.parametrize("said", ["LA11884-6", "LA18198-4"])
def test_a_variant_that_could_not_be_called_is_not_absent(fhir: Fhir, said: str) -> None:
    record = fhir(patient(), region(), gene(concept(HGNC, "8975"), SOMATIC, said, id="variant"))
    assert findings(record, "pik3ca_mutation") == []


# --- what is only told ----------------------------------------------------------------------------


def test_kinds_of_resources_that_are_not_read_are_told(fhir: Fhir) -> None:
    dispense = {"resourceType": "MedicationDispense", "subject": {"reference": "Patient/p"}}
    assert "MedicationDispense" in told(fhir(patient(), dispense), "not_read")


@pytest.mark.parametrize("code", ["6875-9", "17842-6", "2039-6"])
def test_tumor_markers_in_blood_are_told_once(fhir: Fhir, code: str) -> None:
    markers = [observation(code, **quantity(30, "U/mL"), id=str(number)) for number in range(3)]
    assert "(3)" in told(fhir(patient(), *markers), "not_read")
