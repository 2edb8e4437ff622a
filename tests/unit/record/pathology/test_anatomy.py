"""Invented snippets of reports, and what they say besides the receptors."""

from __future__ import annotations

from typing import Any

import pytest

from fingerpost.record.dictionaries import Dictionaries
from fingerpost.record.pathology.read import read_report
from fingerpost.record.pathology.statement import Statement
from fingerpost.record.source_text import Text
from fingerpost.values import Absent, Choice, Interval


def read(dictionaries: Dictionaries, text: str) -> tuple[Statement, ...]:
    return read_report(Text(text, "report.txt"), dictionaries).statements


def short(value: Any) -> Any:
    match value:
        case Choice(possible):
            return "|".join(sorted(possible))
        case Interval(low, high):
            return low if low == high else (low, high)
        case Absent(kind):
            return f"absent: {kind}"
    return value


def said(dictionaries: Dictionaries, text: str, fact: str) -> list[Any]:
    """What counts of a fact, in the order of the text, each value once."""
    found = [short(s.value) for s in read(dictionaries, text) if s.fact == fact and s.counts]
    return list(dict.fromkeys(found))


IDC = "FINAL DIAGNOSIS: Left breast, lumpectomy: invasive ductal carcinoma"

SNIPPETS = [
    # --- grade ---
    ("grade", "Invasive ductal carcinoma, Nottingham grade 2 (score 7/9).", ["2"]),
    ("grade", "INVASIVE DUCTAL CARCINOMA, SBR GRADE III/III.", ["3"]),
    ("grade", "Histologic grade (Nottingham Score): 1 of 3", ["1"]),
    ("grade", "Invasive carcinoma. Total Nottingham score: 8/9.", ["3"]),
    ("grade", "Invasive carcinoma. Nottingham score: 6 of 9", ["2"]),
    ("grade", "Nottingham score 3, invasive carcinoma", []),
    ("grade", "Invasive ductal carcinoma, grade 2-3.", ["2|3"]),
    ("grade", "Poorly differentiated infiltrating ductal carcinoma.", ["3"]),
    ("grade", "Invasive carcinoma, moderately to poorly differentiated.", ["2|3"]),
    ("grade", "NOS, G III, pT2 pN0 MX", ["3"]),
    ("grade", "(NHG2, pT3, pN1a)", ["2"]),
    ("grade", "Ductal carcinoma in situ, nuclear grade 3.", []),
    ("grade", "Invasive ductal carcinoma, grade 1, with DCIS grade 3.", ["1"]),
    ("grade", "Invasive ductal carcinoma, nuclear grade 3.", []),
    ("grade", "Grade I 3-5 points. Grade II 6-7 points. Grade III 8-9 points.", []),
    ("grade", "Total score 7. Nottingham grade (1, 2, 3): 2", ["2"]),
    ("grade", "Histologic grade: cannot be determined", ["absent: not_stated"]),
    ("grade", "CLINICAL HISTORY: invasive ductal carcinoma, grade 3, in 2009.", []),
    # --- histology ---
    ("histology", "Invasive ductal carcinoma.", ["ductal"]),
    ("histology", "Infiltrating lobular carcinoma, classical type.", ["lobular"]),
    ("histology", "Invasive carcinoma of no special type (NST).", ["ductal"]),
    ("histology", "Invasive mucinous carcinoma.", ["other"]),
    ("histology", "Invasive metaplastic carcinoma.", ["metaplastic"]),
    ("histology", "Invasive ductal and lobular carcinoma.", ["mixed"]),
    ("histology", "Histologic type: invasive lobular carcinoma", ["lobular"]),
    ("histology", "Invasive mammary carcinoma.", []),
    ("histology", "Ductal carcinoma in situ.", []),
    ("histology", "No invasive ductal carcinoma is seen.", []),
    ("histology", "Negative for invasive lobular carcinoma.", []),
    (
        "histology",
        "A: invasive ductal carcinoma. B: invasive lobular carcinoma.",
        ["ductal", "lobular"],
    ),
    # --- invasive and inflammatory ---
    ("invasive", "Invasive ductal carcinoma.", ["yes"]),
    ("invasive", "Lumpectomy: DCIS. No invasive carcinoma identified.", ["no"]),
    ("invasive", "Core biopsy: DCIS. No invasive carcinoma identified.", []),
    ("invasive", "Lumpectomy after neoadjuvant therapy: DCIS. No invasive carcinoma.", []),
    ("inflammatory", "Findings of inflammatory breast carcinoma.", ["yes"]),
    ("inflammatory", "No evidence of inflammatory carcinoma.", ["no"]),
    # --- size ---
    ("tumor_size", f"{IDC}. Tumor size: 1.8 x 1.5 x 1.2 cm", [18.0]),
    ("tumor_size", f"{IDC}, measuring 2.4 cm.", [24.0]),
    ("tumor_size", "Size of invasive component: 27 mm", [27.0]),
    ("tumor_size", "Invasive tumour size: 17 mm. Whole tumour size (incl DCIS): 24 mm.", [17.0]),
    ("tumor_size", f"{IDC}, invasive 17 mm. Total tumor size including DCIS 44 mm.", [17.0]),
    ("tumor_size", "Invasive ductal carcinoma (3 x 2.5 x 1.5 cm).", [30.0]),
    ("tumor_size", f"{IDC}, 4 mm from the deep margin.", []),
    ("tumor_size", f"{IDC}. DCIS measuring 35 mm.", []),
    ("tumor_size", f"{IDC} with metastasis of 8 mm in a node.", []),
    ("tumor_size", "Invasive carcinoma, specimen of 8 x 6 x 3 cm", []),
    ("tumor_size", "GROSS DESCRIPTION: a specimen of 8.0 x 6.5 cm.", []),
    ("tumor_size", "Primary tumor: pT2: Tumor > 20 mm but <= 50 mm", []),
    ("tumor_size", f"{IDC}, 2.4 cm. Second focus: invasive carcinoma, 0.6 cm.", [24.0]),
    ("tumor_size", "Neoadjuvant chemotherapy given. Tumor size: 0.4 cm. ypT1a", []),
    # --- nodes ---
    ("positive_nodes", "Two of fourteen lymph nodes positive for carcinoma (2/14).", [2.0]),
    ("positive_nodes", "0 of 3 sentinel lymph nodes.", [0.0]),
    ("positive_nodes", "Three lymph nodes, negative for carcinoma (0/3).", [0.0]),
    ("positive_nodes", "No evidence of metastasis in one lymph node (0/1).", [0.0]),
    ("positive_nodes", "Lymph nodes positive: 3. Lymph nodes examined: 12", [3.0]),
    ("positive_nodes", "Cancer metastases in axillary lymph nodes (No VI/XVIII).", [6.0]),
    ("positive_nodes", "pT2, pN0 (0/11), MX", [0.0]),
    (
        "positive_nodes",
        "Number of lymph nodes with macrometastases: 1. Number of lymph nodes with micrometastases: 2",
        [3.0],
    ),
    (
        "positive_nodes",
        "FINAL DIAGNOSIS: A. Lymph node, sentinel #1: One lymph node positive for carcinoma (1/1). "
        "B. Lymph node, sentinel #2: negative lymph nodes (0/2). C. Lymph nodes, axillary: (3/11)",
        [4.0],
    ),
    ("positive_nodes", "Isolated tumor cells in one of two lymph nodes (1/2). pN0(i+)", []),
    ("positive_nodes", "Lymph nodes (2/14) positive. pT1c pN0", []),
    ("positive_nodes", "Invasive carcinoma, grade 3/3, tubules 2/3.", []),
    ("positive_nodes", "FROZEN SECTION DIAGNOSIS: lymph node positive (1/1).", []),
    ("positive_nodes", "Lymph nodes: page 2 / 2", []),
    # --- stage ---
    ("t_category", "pT1c N0(sn) MX", ["T1c"]),
    ("n_category", "pT1c N0(sn) MX", ["N0"]),
    ("m_category", "pT1c N0(sn) MX", ["absent: not_known"]),
    ("n_category", "pT1c pNO (i-)", ["N0"]),
    ("t_category", "AJCC pTlc", ["T1c"]),
    ("t_category", "pT2LOVORO", ["T2"]),
    ("n_category", "pT2LOVORO", []),
    ("t_category", "pT 3N2a", ["T3"]),
    ("n_category", "pT 3N2a", ["N2"]),
    ("n_category", "pT2, pN1mi", ["N1mi"]),
    ("t_category", "mpT2(m) pN1a", ["T2"]),
    ("t_category", "Stage: T4b, N2a, MX", ["T4b"]),
    ("t_category", "T2-weighted images show no mass", []),
    ("n_category", "FAT N 2 x 3. NO tumor", []),
    ("m_category", "pT2 pN1 M0", ["M0"]),
    ("t_category", "pT1: Tumor <= 20 mm. pT2: Tumor > 20 mm. pT3: Tumor > 50 mm", []),
    ("t_category", "[ ] pT1c [x] pT2", ["T2"]),
    ("yp_t_category", "ypT0/is ypN0", ["T0|Tis"]),
    ("yp_n_category", "ypT1a ypN1a", ["N1"]),
    ("t_category", "ypT1a ypN1a", []),
    ("t_category", "rpT2: recurrence", []),
    ("stage_reported", "AJCC Stage: IIIA", ["IIIA"]),
    ("stage_reported", "pathologic stage group IIB", ["IIB"]),
    ("stage_reported", "survival in stage II, node-positive breast cancer patients", []),
    ("prognostic_stage_reported", "Pathological prognostic stage: IA", ["IA"]),
    # --- margins ---
    ("surgical_margins", "Margins are free of carcinoma.", ["negative"]),
    ("surgical_margins", "Margins: negative", ["negative"]),
    ("surgical_margins", "Posterior margin: positive", ["positive"]),
    ("surgical_margins", "Margins are not involved.", ["negative"]),
    ("surgical_margins", "Margins: close", ["close"]),
    # --- what medicine left ---
    ("residual_disease", "Pathologic complete response after neoadjuvant therapy.", ["none"]),
    ("residual_disease", "No pathologic complete response after neoadjuvant therapy.", []),
    ("residual_disease", "ypT0 ypN0", ["none"]),
    ("residual_disease", "ypT0 ypN0(i+)", []),
    ("residual_disease", "ypT0 ypN1a", ["present"]),
    ("residual_disease", "Residual cancer burden: class II", ["present"]),
    ("residual_disease", "RCB-0", ["none"]),
    ("residual_disease", "No residual invasive carcinoma after the biopsy.", []),
    # --- surgery, history ---
    ("breast_surgery", IDC, ["done"]),
    ("breast_surgery", "Left breast, core biopsy: invasive carcinoma. Mastectomy is planned.", []),
    ("breast_surgery", "Breast, prior mastectomy scar: invasive carcinoma", []),
    ("menopausal_status_reported", "History: a postmenopausal woman.", ["postmenopausal"]),
    ("menopausal_status_reported", "Used in postmenopausal women.", []),
    # --- genes ---
    ("germline_brca1", "Germline: no pathogenic variant detected in BRCA1, BRCA2.", ["negative"]),
    ("germline_palb2", "Germline: no pathogenic variant detected in BRCA1, BRCA2.", []),
    ("germline_brca1", "Germline: no evidence of a pathogenic BRCA1 variant.", ["negative"]),
    (
        "germline_brca2",
        "Germline panel. BRCA1: negative, BRCA2: pathogenic variant.",
        ["pathogenic"],
    ),
    ("germline_palb2", "Germline: variant of uncertain significance in PALB2.", ["uncertain"]),
    ("germline_brca1", "Germline testing of BRCA1 and BRCA2 is pending.", ["absent: pending"]),
    ("germline_brca1", "Germline testing: BRCA1 not tested.", ["absent: not_tested"]),
    ("germline_brca1", "BRCA1 pathogenic mutation detected.", []),
    ("germline_brca1", "Germline: patients with BRCA1 pathogenic variants have a higher risk.", []),
    ("germline_brca1", "Germline: her mother has a BRCA1 pathogenic variant.", []),
    ("germline_brca1", "Germline: pathogenic variant among BRCA1, BRCA2, PALB2.", []),
    ("somatic_brca_mutation", "Somatic BRCA2 pathogenic variant of the tumor.", ["present"]),
    ("pik3ca_mutation", "Tumor NGS: PIK3CA p.H1047R detected.", ["present"]),
    ("pik3ca_mutation", "Tumor NGS: PIK3CA wild type.", ["absent"]),
    (
        "pik3ca_mutation",
        "Tumor NGS.\nPIK3CA p.H1047R (VAF 23%)\nBRCA2 p.S1982fs (germline?)",
        ["present"],
    ),
    ("akt1_alteration", "Tumor NGS. Pertinent negatives: No AKT1 E17K.", []),
    ("esr1_mutation", "Tumor NGS. Pertinent negatives: ESR1 Y537S, PIK3CA H1047R.", []),
    ("pik3ca_mutation", "Tumor NGS: PIK3CA variant of uncertain significance.", []),
    ("esr1_mutation", "Liquid biopsy: ESR1 D538G detected.", ["present"]),
    ("ntrk_fusion", "No NTRK1/2/3 fusion detected.", ["absent"]),
    ("ntrk_fusion", "NTRK1 detected.", []),
    ("ret_fusion", "Tumor NGS: RET fusion not detected.", ["absent"]),
    ("pten_alteration", "Germline panel: PTEN negative.", []),
    ("pten_alteration", "Tumor tissue sequencing: PTEN loss.", ["present"]),
    # --- assays ---
    ("mmr", "Intact nuclear expression of MLH1, PMS2, MSH2 and MSH6.", ["proficient"]),
    ("mmr", "Intact nuclear expression of MLH1 and PMS2.", []),
    ("mmr", "MLH1: loss of nuclear expression.", ["deficient"]),
    ("mmr", "No loss of expression of MLH1, PMS2, MSH2, MSH6.", ["proficient"]),
    ("msi", "MSI-High.", ["high"]),
    ("msi", "Low probability of MSI-H.", []),
    ("msi", "Microsatellite stable (MSS).", ["stable"]),
    ("tmb", "Tumor mutational burden: 12.6 mut/Mb", [12.6]),
    ("oncotype_score", "Oncotype DX Breast Recurrence Score: 18", [18.0]),
    ("oncotype_score", "Recurrence score 0-25 is low.", []),
    ("genomic_risk_reported", "MammaPrint: Low Risk", ["low"]),
]


@pytest.mark.parametrize(("fact", "text", "values"), SNIPPETS)
def test_a_snippet_says(dictionaries: Dictionaries, fact: str, text: str, values: list[Any]):
    assert said(dictionaries, text, fact) == values


@pytest.mark.parametrize(
    ("text", "fact", "basis"),
    [
        ("pT2 pN0", "t_category", "pathologic"),
        ("cT2 cN1", "n_category", "clinical"),
        ("ypT1a ypN0", "yp_t_category", "post_neoadjuvant"),
        ("T2 N0", "t_category", None),
    ],
)
def test_a_category_keeps_what_it_rests_on(dictionaries: Dictionaries, text, fact, basis):
    assert [s.basis for s in read(dictionaries, text) if s.fact == fact] == [basis]


def test_a_result_of_a_liquid_biopsy_is_one_of_blood(dictionaries: Dictionaries):
    found = read(dictionaries, "Liquid biopsy (plasma ctDNA): PIK3CA mutation not detected.")
    assert [(s.fact, s.specimen) for s in found] == [("pik3ca_mutation", "blood")]


def test_a_smaller_tumor_is_told_and_does_not_count(dictionaries: Dictionaries):
    found = read(dictionaries, f"{IDC}, 2.4 cm. Invasive carcinoma, second focus, 0.6 cm.")
    sizes = [(short(s.value), s.counts) for s in found if s.fact == "tumor_size"]
    assert sizes == [(24.0, True), (6.0, False)]


def test_a_variant_of_unsaid_origin_is_told_and_does_not_count(dictionaries: Dictionaries):
    (found,) = read(dictionaries, "BRCA2 pathogenic variant detected.")
    assert (found.fact, found.counts) == ("germline_brca2", False)
    assert "inherited" in (found.note or "")


def test_the_final_diagnosis_wins_over_the_frozen_section_and_both_are_told(dictionaries):
    text = (
        "FROZEN SECTION DIAGNOSIS: invasive lobular carcinoma.\n\n"
        "FINAL DIAGNOSIS: invasive ductal carcinoma."
    )
    found = read(dictionaries, text)
    types = [(short(s.value), s.counts) for s in found if s.fact == "histology"]
    assert types == [("lobular", False), ("ductal", True)]


def test_words_are_those_of_the_text_at_that_place(dictionaries: Dictionaries):
    text = "\n".join(snippet for _, snippet, _ in SNIPPETS[:60])
    for each in read(dictionaries, text):
        assert text[each.start : each.end] == each.words


def test_counts_of_parts_that_may_overlap_are_left_open_upwards(dictionaries: Dictionaries):
    text = "Axillary lymph nodes: 2/9 with metastases. Further lymph nodes: 1/4 with metastases."
    assert said(dictionaries, text, "positive_nodes") == [(2.0, 80.0)]
