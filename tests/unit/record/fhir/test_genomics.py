"""Genes: inherited or of the tumor, studied or not, and what counts as the change a label asks for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from fingerpost.record.model import Record
from tests.unit.record.said import (
    HGNC,
    LOINC,
    SNOMED,
    coded,
    codes,
    concept,
    findings,
    observation,
    patient,
    value,
)

Fhir = Callable[..., Record]
PRESENT, ABSENT = coded(LOINC, "LA9633-4", "Present"), coded(LOINC, "LA9634-2", "Absent")
GERMLINE, SOMATIC = ("LA6683-2", "Germline"), ("LA6684-0", "Somatic")
PATHOGENIC, UNCERTAIN = ("LA6668-3", "Pathogenic"), ("LA26333-7", "Uncertain significance")
BENIGN = ("LA6675-8", "Benign")


def gene(*codings: tuple[str, str], system: str = HGNC) -> dict[str, Any]:
    listed = [{"system": system, "code": code, "display": display} for code, display in codings]
    return {"code": concept(LOINC, "48018-6"), "valueCodeableConcept": {"coding": listed}}


def part(code: str, answer: tuple[str, str]) -> dict[str, Any]:
    return {"code": concept(LOINC, code), **coded(LOINC, *answer)}


def variant(
    *components: dict[str, Any], found: dict[str, Any] = PRESENT, **more: Any
) -> dict[str, Any]:
    return observation("69548-6", component=list(components), **{"id": "v", **found, **more})


def region(*components: dict[str, Any], **more: Any) -> dict[str, Any]:
    return observation("53041-0", component=list(components), **{"id": "r", **more})


ORIGIN = "48002-0"
SIGNIFICANCE = "53037-8"


@pytest.mark.parametrize(
    "named",
    [
        gene(("HGNC:8975", "PIK3CA")),
        gene(("8975", "PIK3CA")),
        gene(
            ("HGNC:8975", "phosphatidylinositol kinase"), system="http://www.genenames.org/geneId"
        ),
        gene(("", "PIK3CA")),
        {"code": concept(LOINC, "48018-6"), "valueString": "PIK3CA"},
    ],
)
def test_a_gene_is_known_by_number_and_by_symbol(fhir: Fhir, named: dict[str, Any]) -> None:
    assert value(fhir(patient(), variant(named)), "pik3ca_mutation") == "present"


def test_a_somatic_change_is_not_an_inherited_one(fhir: Fhir) -> None:
    record = fhir(patient(), variant(gene(("HGNC:26144", "PALB2")), part(ORIGIN, SOMATIC)))
    assert findings(record, "germline_palb2") == []
    brca = fhir(patient(), variant(gene(("1100", "BRCA1")), part(ORIGIN, SOMATIC)))
    assert findings(brca, "germline_brca1") == []
    assert value(brca, "somatic_brca_mutation") == "present"


@pytest.mark.parametrize(
    ("components", "expected"),
    [
        ([part(SIGNIFICANCE, PATHOGENIC)], "pathogenic"),
        ([part(SIGNIFICANCE, ("LA26332-9", "Likely pathogenic"))], "pathogenic"),
        ([part(SIGNIFICANCE, UNCERTAIN)], "uncertain"),
        ([], {"pathogenic", "uncertain"}),
    ],
)
def test_an_inherited_change_is_as_harmful_as_the_report_says(
    fhir: Fhir, components: list[dict[str, Any]], expected: Any
) -> None:
    record = fhir(patient(), variant(gene(("1101", "BRCA2")), part(ORIGIN, GERMLINE), *components))
    assert value(record, "germline_brca2") == expected
    assert findings(record, "somatic_brca_mutation") == []


def test_significance_may_stand_in_an_observation_of_its_own(fhir: Fhir) -> None:
    implication = observation(
        concept("http://x", "diagnostic-implication"),
        id="i",
        derivedFrom=[{"reference": "Observation/v"}],
        component=[part(SIGNIFICANCE, PATHOGENIC)],
    )
    record = fhir(patient(), variant(gene(("1100", "BRCA1")), part(ORIGIN, GERMLINE)), implication)
    assert value(record, "germline_brca1") == "pathogenic"


def test_a_change_of_unsaid_origin_is_neither_inherited_nor_somatic(fhir: Fhir) -> None:
    record = fhir(patient(), variant(gene(("1100", "BRCA1")), part(SIGNIFICANCE, PATHOGENIC)))
    assert findings(record, "germline_brca1") == findings(record, "somatic_brca_mutation") == []
    assert "origin_unsaid" in codes(record)


@pytest.mark.parametrize("answer", [UNCERTAIN, BENIGN])
def test_an_uncertain_or_benign_change_is_no_mutation(fhir: Fhir, answer: tuple[str, str]) -> None:
    record = fhir(patient(), variant(gene(("8975", "PIK3CA")), part(SIGNIFICANCE, answer)))
    assert findings(record, "pik3ca_mutation") == []
    assert "not_used" in codes(record)


def hgvs(code: str, text: str) -> dict[str, Any]:
    return {"code": concept(LOINC, code), **coded("http://varnomen.hgvs.org", text)}


def copies(number: int, comparator: str) -> dict[str, Any]:
    return {
        "code": concept(LOINC, "82155-3"),
        "valueQuantity": {"value": number, "comparator": comparator},
    }


@pytest.mark.parametrize(
    ("named", "extra", "fact", "expected"),
    [
        (("1097", "BRAF"), [hgvs("48005-3", "NP_004324.2:p.Val600Glu")], "braf_v600e", "present"),
        (("1097", "BRAF"), [hgvs("48005-3", "p.(V600E)")], "braf_v600e", "present"),
        (("1097", "BRAF"), [hgvs("48005-3", "p.V600K")], "braf_v600e", None),
        (("8031", "NTRK1"), [], "ntrk_fusion", None),
        (("8031", "NTRK1"), [part("48019-4", ("LA-x", "Gene fusion"))], "ntrk_fusion", "present"),
        (("9967", "RET"), [part("48019-4", ("LA-x", "Rearrangement"))], "ret_fusion", "present"),
        (
            ("8975", "PIK3CA"),
            [{"code": concept(LOINC, "82155-3"), "valueQuantity": {"value": 8}}],
            "pik3ca_mutation",
            None,
        ),
        (
            ("9588", "PTEN"),
            [{"code": concept(LOINC, "82155-3"), "valueQuantity": {"value": 0}}],
            "pten_alteration",
            "present",
        ),
        (("9588", "PTEN"), [copies(2, "<")], "pten_alteration", "present"),
        (("9588", "PTEN"), [copies(1, "<=")], "pten_alteration", "present"),
        (("9588", "PTEN"), [copies(1, ">")], "pten_alteration", None),
        (("9588", "PTEN"), [copies(1, "~")], "pten_alteration", None),
        (("8975", "PIK3CA"), [copies(4, "~")], "pik3ca_mutation", None),
        (("11998", "TP53"), [], "braf_v600e", None),
    ],
)
def test_the_right_gene_must_have_the_right_kind_of_change(
    fhir: Fhir, named: tuple[str, str], extra: list[dict[str, Any]], fact: str, expected: str | None
) -> None:
    record = fhir(patient(), variant(gene(named), *extra))
    assert [each.value.known for each in findings(record, fact)] == ([expected] if expected else [])


def test_a_gene_said_to_have_no_change_is_negative_for_that_kind_of_test(fhir: Fhir) -> None:
    record = fhir(patient(), variant(gene(("8975", "PIK3CA")), found=ABSENT))
    assert value(record, "pik3ca_mutation") == "absent"
    inherited = fhir(
        patient(), variant(gene(("1100", "BRCA1")), part(ORIGIN, GERMLINE), found=ABSENT)
    )
    assert value(inherited, "germline_brca1") == "negative"


def test_one_change_that_is_absent_does_not_clear_the_gene(fhir: Fhir) -> None:
    one_change = hgvs("48004-6", "NM_006218.4:c.3140A>G")
    record = fhir(patient(), variant(gene(("8975", "PIK3CA")), one_change, found=ABSENT))
    assert findings(record, "pik3ca_mutation") == []
    inherited = variant(gene(("1100", "BRCA1")), part(ORIGIN, GERMLINE), one_change, found=ABSENT)
    assert findings(fhir(patient(), inherited), "germline_brca1") == []


def test_a_variant_that_does_not_say_whether_it_is_there_says_nothing(fhir: Fhir) -> None:
    record = fhir(patient(), variant(gene(("8975", "PIK3CA")), found={}))
    assert findings(record, "pik3ca_mutation") == []
    assert "not_understood" in codes(record)


# --- genes studied --------------------------------------------------------------------------

PANEL = gene(
    ("1100", "BRCA1"), ("1101", "BRCA2"), ("26144", "PALB2"), ("9588", "PTEN"), ("11998", "TP53")
)


def test_several_genes_in_one_component_are_all_studied(fhir: Fhir) -> None:
    record = fhir(patient(), region(PANEL, part(ORIGIN, GERMLINE)))
    for fact in ("germline_brca1", "germline_brca2", "germline_palb2"):
        assert value(record, fact) == "negative"
    assert findings(record, "pten_alteration") == findings(record, "somatic_brca_mutation") == []


def test_a_panel_of_the_tumor_says_nothing_of_inheritance(fhir: Fhir) -> None:
    found = variant(gene(("HGNC:26144", "PALB2")), part(ORIGIN, SOMATIC))
    record = fhir(patient(), found, region(PANEL))
    assert value(record, "pten_alteration") == "absent"
    assert value(record, "somatic_brca_mutation") == "absent"
    assert [f for f in record.findings if f.fact.startswith("germline")] == []
    # A gene that was not on the panel was not tested.
    assert findings(record, "pik3ca_mutation") == []


def test_a_gene_with_a_variant_is_not_cleared_by_the_panel(fhir: Fhir) -> None:
    found = variant(gene(("HGNC:9588", "PTEN")), part(ORIGIN, SOMATIC))
    record = fhir(patient(), found, region(PANEL))
    assert value(record, "pten_alteration") == "present"


def test_one_brca_gene_alone_does_not_clear_both(fhir: Fhir) -> None:
    record = fhir(
        patient(), region(gene(("1100", "BRCA1"), ("9588", "PTEN")), part(ORIGIN, SOMATIC))
    )
    assert value(record, "pten_alteration") == "absent"
    assert findings(record, "somatic_brca_mutation") == []


def test_a_panel_of_unsaid_origin_concludes_nothing_and_is_told(fhir: Fhir) -> None:
    record = fhir(patient(), region(PANEL))
    assert [f.fact for f in record.findings] == ["sex"]
    assert "origin_unsaid" in codes(record)


def test_the_variants_of_the_same_report_tell_its_kind(fhir: Fhir) -> None:
    report = {
        "resourceType": "DiagnosticReport",
        "id": "d",
        "subject": {"reference": "Patient/p"},
        "result": [{"reference": "Observation/r"}, {"reference": "Observation/v"}],
    }
    found = variant(
        gene(("1101", "BRCA2")),
        part(ORIGIN, GERMLINE),
        part(SIGNIFICANCE, PATHOGENIC),
        effectiveDateTime="2020",
    )
    other = variant(gene(("8975", "PIK3CA")), part(ORIGIN, SOMATIC), id="w")
    record = fhir(patient(), report, found, other, region(PANEL))
    assert value(record, "germline_brca1") == "negative"
    assert value(record, "germline_brca2") == "pathogenic"


# --- tests of one gene ----------------------------------------------------------------------

BLOOD = {
    "resourceType": "Specimen",
    "id": "s",
    "type": concept("http://terminology.hl7.org/CodeSystem/v2-0487", "BLD"),
}
ON_BLOOD = {"specimen": {"reference": "Specimen/s"}}
NEGATIVE = coded(SNOMED, "260385009", "Negative")
POSITIVE = coded(SNOMED, "10828004", "Positive")


def test_a_brca_test_of_blood_is_one_of_inheritance(fhir: Fhir) -> None:
    record = fhir(patient(), BLOOD, observation("21636-6", **NEGATIVE, **ON_BLOOD))
    assert value(record, "germline_brca1") == "negative"
    found = fhir(patient(), BLOOD, observation("21636-6", **POSITIVE, **ON_BLOOD))
    assert value(found, "germline_brca1") == {"pathogenic", "uncertain"}


def test_a_brca_test_of_unsaid_sample_concludes_nothing(fhir: Fhir) -> None:
    record = fhir(patient(), observation("50995-0", **NEGATIVE))
    assert (
        findings(record, "germline_brca_reported")
        == findings(record, "somatic_brca_mutation")
        == []
    )
    assert "origin_unsaid" in codes(record)


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        (NEGATIVE, "absent"),
        ({"valueString": "not detected"}, "absent"),
        ({"valueString": "No mutations detected"}, "absent"),
        (POSITIVE, "present"),
        ({"valueString": "H1047R"}, "absent: not_understood"),
    ],
)
def test_a_test_of_a_tumor_gene_is_read(fhir: Fhir, more: dict[str, Any], expected: str) -> None:
    assert value(fhir(patient(), observation("60033-8", **more)), "pik3ca_mutation") == expected
