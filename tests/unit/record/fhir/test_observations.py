"""Results: the many encodings of one fact, and the traps of real records."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest

from fingerpost.record.model import Record
from fingerpost.values import Choice
from tests.unit.record.said import (
    LOINC,
    MCODE,
    SNOMED,
    breast_cancer,
    coded,
    codes,
    concept,
    findings,
    observation,
    one,
    patient,
    quantity,
    short,
    told,
    value,
)

Fhir = Callable[..., Record]
POSITIVE = coded(SNOMED, "10828004", "Positive (qualifier value)")
NEGATIVE = coded(SNOMED, "260385009", "Negative (qualifier value)")
DAR = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
INTERPRETED = "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation"
NULL = "http://terminology.hl7.org/CodeSystem/v3-NullFlavor"


def read(fhir: Fhir, code: dict[str, Any] | str, **more: Any) -> Record:
    return fhir(patient(), observation(code, **more))


@pytest.mark.parametrize(
    ("code", "more", "fact", "expected"),
    [
        # ER in six encodings
        ("85337-4", coded(LOINC, "LA6576-8", "Positive"), "er_reported", "positive"),
        ("40556-3", POSITIVE, "er_reported", "positive"),
        ("16112-5", NEGATIVE, "er_reported", "negative"),
        ("16112-5", coded(SNOMED, "416053008"), "er_reported", "positive"),
        ("16112-5", coded(SNOMED, "441117001"), "er_reported", "negative"),
        ("85337-4", {"valueString": "Positive (95%)"}, "er_percent", 95),
        ("85337-4", {"valueString": "Positive (95%)"}, "er_reported", "positive"),
        ("85337-4", {"valueBoolean": True}, "er_reported", "positive"),
        ("85337-4", {"interpretation": [concept(INTERPRETED, "POS")]}, "er_reported", "positive"),
        ("85337-4", quantity(90, "%"), "er_percent", 90),
        ("85329-1", quantity(90, "%"), "er_percent", 90),
        ("85329-1", quantity(90), "er_percent", 90),
        ("85329-1", quantity("90", "%"), "er_percent", 90),
        ("85329-1", quantity(1, "%", comparator="<"), "er_percent", (0, 1)),
        ("85329-1", {"valueString": "<1%"}, "er_percent", (0, 1)),
        ("85329-1", {"valueInteger": 90}, "er_percent", 90),
        (
            "85329-1",
            {"valueRange": {"low": {"value": 1, "unit": "%"}, "high": {"value": 10, "unit": "%"}}},
            "er_percent",
            (1, 10),
        ),
        ("85339-0", coded(LOINC, "LA6577-6", "Negative"), "pr_reported", "negative"),
        ("85325-9", quantity(5, "%"), "pr_percent", 5),
        ("10480-2", POSITIVE, "hormone_receptor_reported", "positive"),
        # HER2
        ("85319-2", coded(LOINC, "LA11842-4", "2+"), "her2_ihc", "2+"),
        ("18474-7", NEGATIVE, "her2_ihc", {"0", "1+"}),
        ("18474-7", POSITIVE, "her2_ihc", "3+"),
        ("85319-2", {"valueString": "Equivocal (2+)"}, "her2_ihc", "2+"),
        ("85319-2", {"valueString": "Negative (Score 0)"}, "her2_ihc", "0"),
        ("85319-2", {"valueString": "1+"}, "her2_ihc", "1+"),
        ("85319-2", {"valueInteger": 1}, "her2_ihc", "1+"),
        ("18474-7", coded(LOINC, "LA9633-4", "Present"), "her2_ihc", {"1+", "2+", "3+"}),
        ("48676-1", NEGATIVE, "her2_reported", "negative"),
        ("48676-1", {"valueString": "HER2-low"}, "her2_reported", "low"),
        ("85318-4", NEGATIVE, "her2_ish", "negative"),
        ("85318-4", {"valueString": "not amplified"}, "her2_ish", "negative"),
        ("85318-4", {"valueString": "less than 1.8"}, "her2_cep17_ratio", (0, 1.8)),
        ("49683-6", quantity(1.4, "{ratio}"), "her2_cep17_ratio", 1.4),
        ("74860-8", quantity(3.1), "her2_copies", 3.1),
        # tumor and person
        ("85330-9", quantity(20, "%"), "ki67_percent", 20),
        ("94076-7", quantity(29.8), "tmb", 29.8),
        ("94076-7", quantity(57.1, None, code="1/1000000{Base}"), "tmb", 57.1),
        ("81695-9", coded(LOINC, "LA26203-2", "MSI-H"), "msi", "high"),
        ("81695-9", coded(LOINC, "LA14122-8", "Stable"), "msi", "stable"),
        ("89247-1", {"valueInteger": 1}, "ecog", 1),
        ("89247-1", coded(LOINC, "LA9623-5"), "ecog", 1),
        ("44648-4", coded(LOINC, "LA27824-4", "Nottingham grade 2"), "grade", "2"),
        ("44648-4", {"valueString": "Grade 3"}, "grade", "3"),
        ("21889-1", quantity(2.5, "cm"), "tumor_size", 25),
        ("97509-4", coded(SNOMED, "271299001"), "disease_status", "progressing"),
        ("97509-4", coded(SNOMED, "550991000124107"), "disease_status", "no_evidence_of_disease"),
        ("26499-4", quantity(3.0, "10*3/uL"), "neutrophils", 3.0),
        ("26499-4", quantity(1800, "cells/uL"), "neutrophils", 1.8),
        ("10230-1", quantity(62, "%"), "lvef_percent", 62),
        ("82810-3", coded(SNOMED, "60001007"), "pregnant", "no"),
        ("58415-1", coded(LOINC, "LA9634-2"), "braf_v600e", "absent"),
    ],
)
def test_one_fact_is_read_from_many_encodings(
    fhir: Fhir, code: str, more: dict[str, Any], fact: str, expected: Any
) -> None:
    assert value(read(fhir, code, **more), fact) == expected


def test_a_receptor_said_by_a_word_we_do_not_know_is_told_and_kept_as_missing(fhir: Fhir) -> None:
    record = read(fhir, "85337-4", valueString="see comment")
    assert value(record, "er_reported") == "absent: not_understood"
    assert "not_understood" in codes(record)


def test_a_value_is_not_read_from_half_a_sentence(fhir: Fhir) -> None:
    record = read(fhir, "85337-4", valueString="Negative; repeat on the metastasis was positive")
    assert value(record, "er_reported") == "absent: not_understood"


# --- why there is no value ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"dataAbsentReason": concept(DAR, "not-performed")}, "absent: not_tested"),
        ({"dataAbsentReason": concept(DAR, "unknown")}, "absent: not_known"),
        ({"dataAbsentReason": concept(DAR, "error")}, "absent: not_understood"),
        (coded(NULL, "UNK", "unknown"), "absent: not_known"),
        (coded(NULL, "NA"), "absent: not_applicable"),
        (coded(SNOMED, "82334004", "Indeterminate"), "absent: not_known"),
        ({"status": "registered"}, "absent: pending"),
    ],
)
def test_a_missing_value_keeps_its_reason(fhir: Fhir, more: dict[str, Any], expected: str) -> None:
    assert value(read(fhir, "85337-4", **more), "er_reported") == expected


@pytest.mark.parametrize("status", ["entered-in-error", "cancelled"])
def test_a_void_result_does_not_count(fhir: Fhir, status: str) -> None:
    record = read(fhir, "85337-4", status=status, **POSITIVE)
    assert findings(record, "er_reported") == []
    assert "cancelled" in told(record, "not_read")


def test_a_result_of_unknown_status_is_not_relied_on(fhir: Fhir) -> None:
    record = read(
        fhir, concept(SNOMED, "161712005"), status="unknown", **coded(SNOMED, "307429007")
    )
    assert value(record, "menopausal_status_reported") == "absent: not_known"
    assert "unknown_status" in codes(record)


def test_a_preliminary_result_is_marked(fhir: Fhir) -> None:
    assert (
        one(read(fhir, "85337-4", status="preliminary", **POSITIVE), "er_reported").status
        == "preliminary"
    )


@pytest.mark.parametrize(
    ("code", "more", "fact"),
    [
        ("26499-4", quantity(3000, "10*3/uL"), "neutrophils"),
        ("85329-1", quantity(140, "%"), "er_percent"),
        ("89247-1", {"valueInteger": 7}, "ecog"),
        ("21893-3", quantity(15.858), "positive_nodes"),
        ("85343-2", quantity(15.858, "{#}"), "positive_nodes"),
    ],
)
def test_a_value_that_cannot_be_is_a_warning_and_no_value(
    fhir: Fhir, code: str, more: dict[str, Any], fact: str
) -> None:
    record = read(fhir, code, **more)
    assert value(record, fact) == "absent: not_understood"
    message = next(each for each in record.messages if each.code == "out_of_range")
    assert message.severity == "warning"


@pytest.mark.parametrize(
    ("code", "more", "fact"),
    [
        ("21889-1", quantity(2.5), "tumor_size"),  # centimeters or millimeters?
        ("85329-1", quantity(0.9), "er_percent"),  # nine tenths of a percent, or ninety?
        ("26499-4", quantity(3), "neutrophils"),
        ("21889-1", quantity(2.5, "kg"), "tumor_size"),
        ("85337-4", quantity(90), "er_reported"),  # 90 of what?
    ],
)
def test_a_number_without_the_unit_it_needs_is_not_used(
    fhir: Fhir, code: str, more: dict[str, Any], fact: str
) -> None:
    assert value(read(fhir, code, **more), fact) == "absent: not_understood"


# --- codes that do not fit ------------------------------------------------------------------


def test_a_code_and_a_name_of_different_tests_are_told_and_not_read(fhir: Fhir) -> None:
    record = read(fhir, concept(LOINC, "85329-1", "Ki-67 labelling index"), **quantity(20, "%"))
    assert findings(record, "er_percent") == findings(record, "ki67_percent") == []
    assert "code_display_mismatch" in codes(record)


def test_a_code_that_was_never_issued_is_told(fhir: Fhir) -> None:
    record = read(fhir, concept(SNOMED, "399537006"), **coded(SNOMED, "1222806001", "x"))
    assert "bad_check_digit" in codes(record)
    assert "1222806001" in told(record, "bad_check_digit")


def test_a_code_of_another_system_is_told_and_its_name_is_read(fhir: Fhir) -> None:
    name = "Estrogen+Progesterone receptor Ag [Presence] in Tissue by Immune stain"
    record = read(fhir, concept(LOINC, "417181009", name), **POSITIVE)
    assert value(record, "hormone_receptor_reported") == "positive"
    assert "wrong_system" in codes(record)


def test_a_local_code_is_read_by_its_name(fhir: Fhir) -> None:
    code = concept("http://hospital.example.org/lab", "ERPCT", "Estrogen receptor percent, breast")
    assert value(read(fhir, code, **quantity(80, "%")), "er_percent") == 80


def test_codings_that_contradict_each_other_leave_both_possible(fhir: Fhir) -> None:
    two = {
        "coding": [
            POSITIVE["valueCodeableConcept"]["coding"][0],
            NEGATIVE["valueCodeableConcept"]["coding"][0],
        ]
    }
    record = read(fhir, "85337-4", valueCodeableConcept=two)
    assert value(record, "er_reported") == {"positive", "negative"}
    assert "contradicts" in codes(record)


@pytest.mark.parametrize(
    "code", ["85310-1", "72382-5", "83053-9", "33729-5", "81706-4", "79207-7", "89243-0"]
)
def test_results_that_say_nothing_we_can_use_are_told_and_not_used(fhir: Fhir, code: str) -> None:
    record = read(fhir, code, **POSITIVE)
    assert all(finding.source.reference != "Observation/o" for finding in record.findings)
    assert "not_used" in codes(record)


# --- PD-L1, mismatch repair ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "more", "fact", "expected"),
    [
        ("83054-7", {"valueString": "PD-L1 22C3: CPS 12, TPS 3%"}, "pdl1_cps_22c3", 12),
        (
            "83054-7",
            {"valueString": "Combined Positive Score (CPS): >=10"},
            "pdl1_cps_22c3",
            (10, 100),
        ),
        ("85149-3", {"valueString": "IC 2%"}, "pdl1_sp142_ic_percent", 2),
        (
            "85147-7",
            {
                "component": [
                    {"code": concept(LOINC, "105302-4"), **coded("http://x", "cps", "CPS")},
                    {"code": {"text": "PD-L1 CPS"}, **quantity(15)},
                ]
            },
            "pdl1_cps_22c3",
            15,
        ),
        ("83052-1", {"status": "registered"}, "pdl1_cps_22c3", "absent: pending"),
    ],
)
def test_pdl1_is_read_only_by_the_name_of_its_score(
    fhir: Fhir, code: str, more: dict[str, Any], fact: str, expected: Any
) -> None:
    assert value(read(fhir, code, **more), fact) == expected


@pytest.mark.parametrize(
    ("code", "more"),
    [
        ("83052-1", POSITIVE),
        ("83054-7", {"valueString": "PD-L1 expressed in 20% of cells"}),
        ("85147-7", quantity(12)),  # CPS or TPS?
        ("85149-3", {"valueString": "CPS 12"}),  # a score of another assay
        ("85147-7", {"valueString": "IC 2%"}),
    ],
)
def test_pdl1_without_its_score_says_nothing(fhir: Fhir, code: str, more: dict[str, Any]) -> None:
    record = read(fhir, code, **more)
    assert [f for f in record.findings if f.fact.startswith("pdl1")] == []
    assert "not_understood" in codes(record)


def test_instability_by_stain_is_deficient_repair_and_a_warning(fhir: Fhir) -> None:
    record = read(fhir, "62862-8", **POSITIVE)
    assert value(record, "mmr") == "deficient"
    assert findings(record, "msi") == []
    assert next(m for m in record.messages if m.code == "inferred").severity == "warning"


# --- nodes, liver values, components --------------------------------------------------------


def test_sentinel_nodes_examined_without_a_count_say_nothing(fhir: Fhir) -> None:
    component = {"code": concept(LOINC, "92833-3"), **quantity(3, "Count")}
    record = read(fhir, "92832-5", component=[component])
    assert findings(record, "positive_nodes") == []
    assert "no_value" in codes(record)


@pytest.mark.parametrize(
    ("code", "count", "expected"),
    [("92832-5", 0, 0), ("92832-5", 2, (2, 80)), ("85343-2", 1, (1, 80)), ("21893-3", 3, 3)],
)
def test_counts_of_nodes_say_at_least_or_exactly(
    fhir: Fhir, code: str, count: int, expected: Any
) -> None:
    found = value(read(fhir, code, **quantity(count)), "positive_nodes")
    if isinstance(expected, tuple):
        assert found[0] == expected[0]
        assert found[1] > 50
    else:
        assert found == expected


@pytest.mark.parametrize(
    ("code", "comparator", "count", "expected"),
    [
        ("92832-5", ">", 0, (1, math.inf)),
        ("92832-5", ">=", 0, (0, math.inf)),
        ("92832-5", ">=", 3, (3, math.inf)),
        ("92832-5", "<", 1, "absent: not_understood"),
        ("92832-5", "~", 0, "absent: not_understood"),
        ("85343-2", ">", 3, (4, math.inf)),
        ("85343-2", "<", 4, "absent: not_understood"),
    ],
)
def test_a_sign_before_a_count_of_nodes_is_read_with_it(
    fhir: Fhir, code: str, comparator: str, count: int, expected: Any
) -> None:
    record = read(fhir, code, **quantity(count, comparator=comparator))
    assert value(record, "positive_nodes") == expected


@pytest.mark.parametrize(("comparator", "positive"), [(None, "absent: not_understood"), (">=", 12)])
def test_more_positive_nodes_than_exactly_as_many_as_were_looked_at(
    fhir: Fhir, comparator: str | None, positive: Any
) -> None:
    sign = {"comparator": comparator} if comparator else {}
    record = fhir(
        patient(),
        observation("21894-1", id="looked", **quantity(10, **sign)),
        observation("21893-3", id="positive", **quantity(12)),
    )
    assert value(record, "positive_nodes") == positive


@pytest.mark.parametrize("comparator", ["~", "ad", "sign", ["<"], 5])
def test_a_number_with_a_sign_that_is_not_known_is_not_understood(
    fhir: Fhir, comparator: Any
) -> None:
    record = read(fhir, "85329-1", **quantity(10, "%", comparator=comparator))
    assert value(record, "er_percent") == "absent: not_understood"
    assert "not_understood" in codes(record)


def test_a_size_in_a_component_is_read(fhir: Fhir) -> None:
    parts = [
        {"code": concept(LOINC, "33728-7"), **quantity(2.5, "cm")},
        {"code": concept(LOINC, "33729-5"), **quantity(4, "cm")},
    ]
    assert value(read(fhir, "21889-1", component=parts), "tumor_size") == 25


def test_liver_values_are_read_against_their_own_upper_limit(fhir: Fhir) -> None:
    limits = {"referenceRange": [{"high": {"value": 40, "unit": "U/L"}}]}
    assert value(read(fhir, "1920-8", **quantity(120, "U/L"), **limits), "ast_alt_times_uln") == 3
    assert findings(read(fhir, "1920-8", **quantity(120, "U/L")), "ast_alt_times_uln") == []


@pytest.mark.parametrize(
    ("high", "times"),
    [
        ({"value": 40}, 3),
        ({"value": 40, "unit": "IU/L", "code": "U/L"}, 3),
        ({"value": 0.7, "unit": "ukat/L"}, None),
    ],
)
def test_an_upper_limit_in_another_unit_is_none(
    fhir: Fhir, high: dict[str, Any], times: int | None
) -> None:
    record = read(fhir, "1920-8", **quantity(120, "U/L"), referenceRange=[{"high": high}])
    found = findings(record, "ast_alt_times_uln")
    assert [short(each.value) for each in found] == ([] if times is None else [times])


# --- stage ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "more", "fact", "expected", "basis"),
    [
        (
            "21908-9",
            coded("http://cancerstaging.org", "4", "IV"),
            "stage_reported",
            "IV",
            "clinical",
        ),
        ("21908-9", coded("http://cancerstaging.org", "4"), "stage_reported", "IV", "clinical"),
        ("21908-9", coded(SNOMED, "261614003", "Stage 2A"), "stage_reported", "IIA", "clinical"),
        (
            "21902-2",
            coded("http://x", "y", "Stage group IIB"),
            "stage_reported",
            "IIB",
            "pathologic",
        ),
        ("21914-7", coded(SNOMED, "258219007"), "stage_reported", {"IIA", "IIB"}, None),
        ("21905-5", coded("http://cancerstaging.org", "c1A"), "t_category", "T1a", "clinical"),
        (
            "21905-5",
            coded(SNOMED, "23351008"),
            "t_category",
            {"T1mi", "T1a", "T1b", "T1c"},
            "clinical",
        ),
        ("21899-0", coded("http://x", "y", "pT2"), "t_category", "T2", "pathologic"),
        ("21900-6", coded("http://x", "y", "pN1mi"), "n_category", "N1mi", "pathologic"),
        ("21906-3", coded(SNOMED, "1229981009"), "n_category", "N2", "clinical"),
        ("21907-1", coded(SNOMED, "1229903009"), "m_category", "M1", "clinical"),
        (
            "21899-0",
            coded(SNOMED, "1228897008", "ypT1b"),
            "yp_t_category",
            "T1b",
            "post_neoadjuvant",
        ),
        ("21906-3", coded(SNOMED, "1229966003"), "n_category", "absent: not_known", "clinical"),
        (
            "21901-4",
            coded(DAR, "not-applicable"),
            "m_category",
            "absent: not_applicable",
            "pathologic",
        ),
    ],
)
def test_stage_is_read_with_how_it_was_found(
    fhir: Fhir, *, code: str, more: dict[str, Any], fact: str, expected: Any, basis: str | None
) -> None:
    record = read(fhir, code, **more)
    assert value(record, fact) == expected
    assert one(record, fact).basis == basis


def test_a_group_and_a_part_of_it_in_one_value_leave_the_part(fhir: Fhir) -> None:
    both = {
        "coding": [
            {"system": SNOMED, "code": "258215001"},
            {"system": "http://cancerstaging.org", "code": "c1A"},
        ]
    }
    assert value(read(fhir, "21908-9", valueCodeableConcept=both), "stage_reported") == "IA"


def test_the_stage_in_the_condition_and_in_an_observation_are_both_kept(fhir: Fhir) -> None:
    stage = {
        "summary": concept(SNOMED, "1222806003", "AJCC stage IIIC"),
        "assessment": [{"reference": "Observation/o"}],
    }
    seen = observation(
        concept(SNOMED, "399537006"), **coded(SNOMED, "1222769001", "AJCC stage IIB")
    )
    record = fhir(patient(), breast_cancer(stage=[stage]), seen)
    assert {each.value.known for each in findings(record, "stage_reported")} == {"IIIC", "IIB"}
    assert "IIIC" in told(record, "contradicts")


def test_a_stage_that_is_not_understood_is_told(fhir: Fhir) -> None:
    record = read(fhir, "21908-9", **coded("http://x", "y", "advanced"))
    assert value(record, "stage_reported") == "absent: not_understood"


# --- what a sample, a sheet of conditions and a history say ---------------------------------


def test_a_sample_of_the_liver_is_one_of_a_metastasis(fhir: Fhir) -> None:
    specimen = {
        "resourceType": "Specimen",
        "id": "s",
        "collection": {"bodySite": concept(SNOMED, "10200004", "Liver structure (body structure)")},
    }
    finding = one(
        fhir(
            patient(),
            specimen,
            observation("85337-4", specimen={"reference": "Specimen/s"}, **POSITIVE),
        ),
        "er_reported",
    )
    assert (finding.specimen, finding.site) == ("metastasis", "Liver structure")


def test_conditions_listed_as_absent_are_a_no_and_silence_is_not(fhir: Fhir) -> None:
    absent = {
        "url": MCODE + "mcode-related-condition-absent",
        "valueCodeableConcept": concept(SNOMED, "84114007"),
    }
    present = {
        "url": MCODE + "mcode-related-condition",
        "valueCodeableConcept": concept(SNOMED, "44054006"),
    }
    record = read(fhir, concept(SNOMED, "398192003"), extension=[absent, present])
    assert value(record, "heart_failure") == "no"
    assert value(record, "diabetes") == "type_2"
    assert findings(record, "ild_history") == []


def test_a_general_absence_does_not_rule_out_a_history(fhir: Fhir) -> None:
    """No disorder of the lung now does not mean that there never was one."""
    absent = {
        "url": MCODE + "mcode-related-condition-absent",
        "valueCodeableConcept": concept(SNOMED, "19829001", "Disorder of lung (disorder)"),
    }
    assert read(fhir, concept(SNOMED, "398192003"), extension=[absent]).findings[1:] == ()


def test_no_history_of_metastasis_is_the_opposite_of_one(fhir: Fhir) -> None:
    record = read(fhir, concept(SNOMED, "1287652008"), valueBoolean=False)
    present, absent = value(record, "metastatic_sites")
    assert (present, "liver" in absent, "brain" in absent) == (set(), True, True)
    assert "metastatic" not in value(record, "extent_reported")
    assert (
        value(read(fhir, concept(SNOMED, "1287652008"), valueBoolean=True), "extent_reported")
        == "metastatic"
    )
    liver = read(fhir, concept(SNOMED, "1098951000119108"))
    assert value(liver, "metastatic_sites") == ({"liver"}, set())


def test_results_of_another_cancer_are_left_out(fhir: Fhir) -> None:
    lung = {
        "resourceType": "Condition",
        "id": "lung",
        "code": concept("http://hl7.org/fhir/sid/icd-10-cm", "C34.9"),
        "subject": {"reference": "Patient/p"},
    }
    of_lung = observation("94076-7", focus=[{"reference": "Condition/lung"}], **quantity(20))
    record = fhir(patient(), breast_cancer(), lung, of_lung)
    assert findings(record, "tmb") == []
    assert "other_cancer" in codes(record)


def test_two_biopsies_are_two_findings(fhir: Fhir) -> None:
    first = observation("85329-1", id="a", effectiveDateTime="2019-01-05", **quantity(90, "%"))
    second = observation("85329-1", id="b", effectiveDateTime="2023-01-05", **quantity(5, "%"))
    record = fhir(patient(), first, second)
    assert [each.value.known for each in findings(record, "er_percent")] == [90, 5]
    assert "contradicts" not in codes(record)


@pytest.mark.parametrize(
    ("name", "said", "fact", "expected"),
    [
        ("ER", "strongly positive (Allred 8/8)", "er_allred", 8),
        ("ER", "strongly positive (Allred 8/8)", "er_reported", "positive"),
        ("PgR", "80%", "pr_percent", 80),
        ("Grade", "G3", "grade", "3"),
        ("PD-L1 22C3 Combined Positive Score (CPS)", "15", "pdl1_cps_22c3", 15),
        ("PD-L1 CPS 22C3", "15", "pdl1_cps_22c3", 15),
        ("PD-L1 SP142 IC", "5 %", "pdl1_sp142_ic_percent", 5),
    ],
)
def test_a_result_that_has_only_a_name(
    fhir: Fhir, name: str, said: str, fact: str, expected: object
) -> None:
    number = {"valueInteger": int(said)} if said.isdigit() else {"valueString": said}
    record = fhir(patient(), observation({"text": name}, **number))
    assert value(record, fact) == expected


def test_results_that_are_not_recognized_are_named_without_their_values(fhir: Fhir) -> None:
    interval = observation({"text": "PR"}, valueString="160 ms")
    record = fhir(patient(), interval, observation({"text": "Moon phase"}, valueString="waxing"))
    assert "2 results with names that were not recognized: PR; Moon phase" in told(
        record, "not_read"
    )
    assert "waxing" not in told(record, "not_read")
    assert not findings(record, "pr_percent")


def test_a_code_and_words_that_contradict_are_not_read(fhir: Fhir) -> None:
    coding = {"system": "http://snomed.info/sct", "code": "10828004", "display": "Negative"}
    record = fhir(patient(), observation("85337-4", valueCodeableConcept={"coding": [coding]}))
    assert [
        f for f in record.findings if f.fact == "er_reported" and isinstance(f.value, Choice)
    ] == []
    assert "code_display_mismatch" in [message.code for message in record.messages]


def test_what_is_about_another_person_or_marked_is_left_out(fhir: Fhir) -> None:
    positive = {"coding": [{"system": "http://snomed.info/sct", "code": "10828004"}]}
    for extra in (
        {"focus": [{"reference": "RelatedPerson/mother"}]},
        {"modifierExtension": [{"url": "http://example.org/not", "valueBoolean": True}]},
    ):
        record = fhir(patient(), observation("85337-4", valueCodeableConcept=positive, **extra))
        assert [f for f in record.findings if f.fact == "er_reported"] == []
        assert "not_used" in [message.code for message in record.messages]
