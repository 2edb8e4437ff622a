"""Hard wordings: each class of them, with the answer that a careful reader would give."""

from __future__ import annotations

from typing import Any

import pytest

from fingerpost.record.dictionaries import Dictionaries
from tests.unit.record.pathology.test_anatomy import read, said, short

IDC = "FINAL DIAGNOSIS: Left breast, lumpectomy: invasive ductal carcinoma"

SIZES = [
    # A grade before a comma is no part of the size: this once gave 1.12 mm.
    ("Left breast: invasive ductal carcinoma, grade 1, 12 mm", [12.0]),
    ("Invasive lobular carcinoma, grade 3, 30 mm, ER negative", [30.0]),
    ("Invasive lobular carcinoma, score 7, 2.1 cm", [21.0]),
    ("Invasive ductal carcinoma grade 2. 5 mm", []),
    ("Invasive ductal carcinoma, 2. 5 cm", [25.0]),
    ("Invasive ductal carcinoma, 1,8 x 1,5 cm", [18.0]),
    # The largest of several, in whatever order they stand.
    (f"{IDC}, two foci, 1.2 cm and 2.5 cm", [25.0]),
    (f"{IDC}, multifocal: 8 mm, 12 mm and 5 mm", [12.0]),
    (f"{IDC}, three foci measuring 12, 8 and 5 mm", [12.0]),
    (f"{IDC}, two tumors, 9 and 21 mm", [21.0]),
    (f"{IDC}, 17 mm and 40 mm of DCIS", [17.0]),
]


@pytest.mark.parametrize(("text", "sizes"), SIZES)
def test_a_size_is_the_number_that_is_written(dictionaries: Dictionaries, text, sizes: list[Any]):
    assert said(dictionaries, text, "tumor_size") == sizes


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Tumor size: up to 24 mm", "a limit"),
        ("Tumor size: at least 22 mm", "a limit"),
        ("Invasive carcinoma, at least 2.2 cm in greatest dimension", "a limit"),
        ("Size of tumor: approximately 2 cm", "an estimate"),
        ("Tumour size: < 2 cm", "a limit"),
        ("Tumor size: > 5 cm", "a limit"),
        ("Left breast core biopsy: invasive ductal carcinoma, 7 mm in core", "needle"),
        ("Breast, needle biopsy: invasive carcinoma, 9 mm", "needle"),
        (f"{IDC}. Tumor size: 18 mm on core", "needle"),
    ],
)
def test_a_size_that_is_not_exact_is_told_and_does_not_count(dictionaries, text: str, why: str):
    sizes = [s for s in read(dictionaries, text) if s.fact == "tumor_size"]
    assert [s.counts for s in sizes] == [False]
    assert why in (sizes[0].note or "")
    assert short(sizes[0].value) > 1


GENES = [
    # One result is not that of the next gene.
    ("akt1_alteration", "FoundationOne: PIK3CA E545K, AKT1 E17K, BRCA1 no alteration", ["present"]),
    ("pik3ca_mutation", "FoundationOne: PIK3CA E545K, AKT1 E17K, BRCA1 no alteration", ["present"]),
    ("pik3ca_mutation", "ESR1 wildtype, PIK3CA p.E542K", ["present"]),
    ("esr1_mutation", "ESR1 wildtype, PIK3CA p.E542K", ["absent"]),
    ("akt1_alteration", "PIK3CA and ESR1 mutations not detected, AKT1 E17K detected", ["present"]),
    ("esr1_mutation", "PIK3CA and ESR1 mutations not detected, AKT1 E17K detected", ["absent"]),
    ("esr1_mutation", "No mutations in PIK3CA, AKT1 or ESR1 were detected", ["absent"]),
    ("akt1_alteration", "No PIK3CA mutation, AKT1 E17K detected", []),
    # Nor that of a receptor, or of a gene that is none of ours.
    ("pik3ca_mutation", "ER positive, HER2-negative, PIK3CA mutated cancer", ["present"]),
    ("esr1_mutation", "HER2-negative breast cancer, ESR1 testing sent", []),
    ("pik3ca_mutation", "HER2-negative breast cancer with PIK3CA H1047R", ["present"]),
    ("pik3ca_mutation", "TP53 mutation not detected, PIK3CA H1047R", ["present"]),
    # What cannot be told apart stays open.
    ("pik3ca_mutation", "PIK3CA H1047R and ESR1 D538G not detected", []),
    ("pik3ca_mutation", "PIK3CA H1047R detected, E545K not detected", []),
    ("pik3ca_mutation", "PIK3CA not detected, E545K detected", []),
    ("esr1_mutation", "ESR1 D538G not detected", []),
    ("akt1_alteration", "One or more PIK3CA/AKT1/PTEN alterations detected", []),
    ("akt1_alteration", "PIK3CA/AKT1 mutation detected", []),
    ("akt1_alteration", "PIK3CA and AKT1 mutations detected", ["present"]),
    # A word behind the change turns it round.
    ("braf_v600e", "BRAF V600E: absent", ["absent"]),
    ("pik3ca_mutation", "PIK3CA p.H1047R is absent", []),
    ("pik3ca_mutation", "PIK3CA neg", ["absent"]),
    ("pik3ca_mutation", "12 May 2024: PIK3CA H1047R detected", ["present"]),
    # Forms.
    ("pik3ca_mutation", "PIK3CA: [x] detected [ ] not detected", ["present"]),
    ("pik3ca_mutation", "PIK3CA: [ ] detected [x] not detected", ["absent"]),
    ("pik3ca_mutation", "PIK3CA: detected [ ] not detected [x]", ["absent"]),
    ("pik3ca_mutation", "PIK3CA: \u2612 detected \u2610 not detected", ["present"]),
    ("pik3ca_mutation", "PIK3CA: [ ] detected [ ] not detected", []),
    ("pik3ca_mutation", "PIK3CA: detected / not detected", []),
    # PTEN.
    ("pten_alteration", "PTEN loss", []),
    ("pten_alteration", "PTEN loss by IHC", []),
    ("pten_alteration", "FoundationOne CDx: PTEN loss exons 1-9", ["present"]),
    ("pten_alteration", "PTEN: homozygous deletion", ["present"]),
    # Inherited, or not.
    ("germline_brca1", "Germline testing not done. Tumor BRCA1: pathogenic variant", []),
    ("germline_brca1", "Tumor BRCA1 pathogenic variant; germline confirmation recommended", []),
    ("germline_brca1", "Germline testing declined. BRCA1 pathogenic variant in tumor", []),
    ("germline_brca1", "BRCA1 pathogenic variant, VAF 48%, possible germline", []),
    ("germline_brca1", "BRCA1 pathogenic variant (germline?)", []),
    ("germline_brca2", "BRCA2 pathogenic variant; germline origin cannot be excluded", []),
    ("germline_brca1", "Tumor panel: BRCA1: negative; BRCA2: negative", []),
    ("germline_brca1", "BRCA1: negative", []),
    (
        "germline_brca1",
        "CLINICAL HISTORY: germline testing negative.\n\nFINAL DIAGNOSIS: carcinoma.\n"
        "BRCA1 pathogenic variant detected.",
        [],
    ),
    (
        "germline_brca1",
        "CLINICAL HISTORY: hereditary cancer suspected.\n\nDIAGNOSIS: cancer.\nBRCA1: pathogenic.",
        [],
    ),
    (
        "germline_brca2",
        "Hereditary Cancer Panel\nBRCA1: negative\nBRCA2: pathogenic",
        ["pathogenic"],
    ),
    ("germline_brca2", "gBRCA2 pathogenic", ["pathogenic"]),
    ("somatic_brca_mutation", "sBRCA2 pathogenic", ["present"]),
    ("germline_brca2", "tBRCA2 pathogenic variant", []),
    # Which of the two it is, "BRCA1/2" does not say.
    ("germline_brca1", "Germline BRCA1/2: pathogenic", []),
    ("germline_brca_reported", "Germline BRCA1/2: pathogenic", ["positive"]),
    ("germline_brca_reported", "Germline BRCA: negative", ["negative"]),
    ("germline_brca_reported", "BRCA: negative", []),
    ("germline_brca1", "Germline BRCA1: pathogenic variant not detected", ["negative"]),
]


@pytest.mark.parametrize(("fact", "text", "values"), GENES)
def test_a_gene_has_the_result_that_is_said_of_it(
    dictionaries: Dictionaries, fact: str, text: str, values: list[Any]
):
    assert said(dictionaries, text, fact) == values


@pytest.mark.parametrize(
    "text",
    [
        "ctDNA: no ESR1 mutation detected; a negative result does not exclude a mutation",
        "Plasma: ESR1 not detected. A negative result cannot rule out a mutation in tissue.",
        "Plasma ctDNA ESR1: not detected (low tumor fraction)",
        "Tumor fraction too low; ESR1 not detected in plasma",
        "Guardant360\nESR1: not detected\nctDNA not detected",
        "Tissue: ESR1 not detected. This does not exclude a mutation.",
    ],
)
def test_finding_nothing_is_no_answer_where_the_report_says_so(dictionaries, text: str):
    found = [s for s in read(dictionaries, text) if s.fact == "esr1_mutation"]
    assert [s.counts for s in found] == [False]
    assert "does not exclude" in (found[0].note or "")


@pytest.mark.parametrize(
    ("text", "specimens"),
    [
        ("Guardant360: PIK3CA not detected", ["blood"]),
        ("Guardant360 TissueNext: PIK3CA not detected", [None]),
        ("cfDNA: PIK3CA not detected", ["blood"]),
        (
            "Plasma ctDNA:\nPIK3CA: not detected\nTissue NGS (FFPE):\nPIK3CA: H1047R",
            ["blood", None],
        ),
        (
            "Tissue (FFPE):\nPIK3CA: wild type\nLiquid biopsy:\nPIK3CA: H1047R",
            [None, "blood"],
        ),
    ],
)
def test_a_result_is_of_the_sample_that_stands_above_it(dictionaries, text: str, specimens):
    found = [s for s in read(dictionaries, text) if s.fact == "pik3ca_mutation"]
    assert [s.specimen for s in found] == specimens


@pytest.mark.parametrize(
    ("text", "fact", "why"),
    [
        ("PIK3CA equivocal", "pik3ca_mutation", "understood"),
        ("ESR1: see separate report", "esr1_mutation", "understood"),
        ("PIK3CA amplification", "pik3ca_mutation", "understood"),
        ("BRCA1 positive", "germline_brca1", "understood"),
        ("NTRK: negative", "ntrk_fusion", "understood"),
        ("Germline: her mother has a BRCA1 pathogenic variant.", "germline_brca1", "others"),
        ("Germline BRCA1 testing was recommended", "germline_brca1", "advice"),
    ],
)
def test_a_gene_without_a_result_that_was_understood_is_told(dictionaries, text, fact, why):
    found = [s for s in read(dictionaries, text) if s.fact == fact]
    assert [(short(s.value), s.counts) for s in found] == [("absent: not_understood", False)]
    assert why in (found[0].note or "")


STAGES = [
    # The parts of a grade are no stage: "M1" of a grade once made spread to distant parts.
    ("m_category", "Invasive ductal carcinoma, Grade: 2 (T3 P2 M1), 18 mm", []),
    ("m_category", "pT2 pN0, grade 2 (T3 P2 M1)", []),
    ("m_category", "pT2 pN0, grade 2 (T3 N2 M1)", []),
    ("t_category", "pT1c pN1a, grade 3 (T3, N3, M2)", ["T1c"]),
    ("n_category", "Nottingham grade 2: T3 N2 M1 = 6/9", []),
    ("t_category", "T3 N2 M2 (7/9)", []),
    ("m_category", "Invasive carcinoma, 18 mm, M1", []),
    ("m_category", "IDC grade 2 (T2 N1 M0)", ["M0"]),
    ("m_category", "Grade 3 cancer, T2 N1 M1", ["M1"]),
    # Written without blanks, the c of T1c is not the letter of N, and yp goes for both.
    ("t_category", "pT1cN0M0", ["T1c"]),
    ("n_category", "pT1cN0M0", ["N0"]),
    ("t_category", "cT1cN0M0", ["T1a|T1b|T1c|T1mi"]),
    ("t_category", "cT2cN1cM0", ["T2"]),
    ("yp_t_category", "cT2cN1cM0, ypT0ypN0", ["T0"]),
    ("yp_n_category", "ypT0N0", ["N0"]),
    ("n_category", "ypT0N0", []),
    ("yp_n_category", "ypT1cN0(i+)", ["N0"]),
    ("n_category", "ypT1c(m), N1mi(sn)", []),
    ("yp_n_category", "ypT1c(m), N1mi(sn)", ["N1mi"]),
    ("t_category", "y pT1a y pN0", []),
    ("yp_t_category", "y pT1a y pN0", ["T1a"]),
    # With letters for several tumors, sentinel nodes, single cells.
    ("t_category", "mpT1c(3) pN1a(sn) cM0", ["T1c"]),
    ("n_category", "pT1c(m,3) pN0(i-)(sn)", ["N0"]),
    ("n_category", "pT1c pN0(mol+)(sn)", ["N0"]),
    # What the report is not sure of does not count.
    ("m_category", "pT2 pN1a M1?", []),
    ("n_category", "cT2 cN1?", []),
    ("t_category", "at least pT2 pN0", []),
    ("n_category", "Neoadjuvant therapy. pCR no", []),
]


@pytest.mark.parametrize(("fact", "text", "values"), STAGES)
def test_a_category_is_the_one_that_is_written(dictionaries, fact, text, values: list[Any]):
    assert said(dictionaries, text, fact) == values


@pytest.mark.parametrize("text", ["pT1cN0", "pT1c N0", "pT2N1a(sn)"])
def test_an_n_glued_to_a_pathologic_t_is_no_clinical_one(dictionaries: Dictionaries, text: str):
    assert all(s.basis != "clinical" for s in read(dictionaries, text))


TYPES = [
    ("histology", "Left breast biopsy: IDC, grade 2", ["ductal"]),
    ("histology", "Right breast: ILC", ["lobular"]),
    ("invasive", "Right breast: ILC", ["yes"]),
    ("histology", "IDC with ILC features", []),
    ("histology", "Mixed IDC/ILC", []),
    ("histology", "IDC vs ILC", []),
    ("histology", "Negative for IDC and ILC", []),
    ("histology", "h/o IDC, now benign", []),
    ("histology", "Invasive carcinoma.\nType: lobular, classical", ["lobular"]),
    ("histology", "Invasive cancer. Tumour type: Ductal/NST", ["ductal"]),
    ("histology", "Invasive tumour type: pleomorphic lobular", ["lobular"]),
    ("histology", "DCIS. Type: ductal", []),
    ("histology", "Specimen type: lobular excision, invasive", []),
    ("histology", "[ ] Invasive ductal carcinoma [x] Invasive lobular carcinoma", ["lobular"]),
    ("histology", "Invasive ductal carcinoma [ ] Invasive lobular carcinoma [x]", ["lobular"]),
    # What cannot be excluded was not found, and what is absent is not there.
    ("invasive", "Invasive carcinoma cannot be excluded", []),
    ("invasive", "Invasive lobular carcinoma ruled out", []),
    ("invasive", "Invasive carcinoma: No", []),
    ("invasive", "Invasive carcinoma: [ ] Present [x] Absent", []),
    ("invasive", "Invasive carcinoma: [x] Present [ ] Absent", ["yes"]),
    ("histology", "Features favor invasive lobular carcinoma", []),
    ("histology", "Invasive ductal carcinoma?", []),
    ("histology", "Invasive ductal carcinoma: no lymphovascular invasion", ["ductal"]),
    ("histology", "Invasive ductal carcinoma cannot be graded", ["ductal"]),
    ("inflammatory", "Inflammatory carcinoma: [ ] yes [x] no", ["no"]),
    ("inflammatory", "Inflammatory carcinoma: [x] yes [ ] no", ["yes"]),
    ("inflammatory", "Inflammatory carcinoma: no", ["no"]),
    ("inflammatory", "Inflammatory carcinoma cannot be excluded", []),
    # Margins.
    ("surgical_margins", "Margins: [ ] positive [x] negative", ["negative"]),
    ("surgical_margins", "Margins: [x] positive [ ] negative", ["positive"]),
    ("surgical_margins", "Margins: \u2610 positive \u2612 negative", ["negative"]),
    ("surgical_margins", "Margins: positive [ ] negative [x]", ["negative"]),
    ("surgical_margins", "Margins: ( ) free (x) involved", ["positive"]),
    ("surgical_margins", "Margins free; lymphovascular invasion [ ] yes [x] no", ["negative"]),
    ("surgical_margins", "Margins: Negative / Positive", []),
    ("surgical_margins", "The margins are negative for DCIS", []),
    ("surgical_margins", "Margins not involved by ductal carcinoma in situ", []),
    ("surgical_margins", "Margins not free of carcinoma", []),
    # What medicine left.
    ("residual_disease", "Neoadjuvant therapy: near pathologic complete response", []),
    ("residual_disease", "Neoadjuvant therapy. pCR not achieved", []),
    ("residual_disease", "Neoadjuvant therapy. pCR: yes", ["none"]),
    ("residual_disease", "PCR confirmed the result. Neoadjuvant therapy was given.", []),
    ("residual_disease", "Pathologic complete response expected after neoadjuvant therapy", []),
    ("residual_disease", "Neoadjuvant: the rate of pathologic complete response is 40%", []),
    ("residual_disease", "Pathologic complete response in breast after neoadjuvant therapy", []),
    ("residual_disease", "ypT0 ypN0(mol+)", []),
    ("residual_disease", "ypT0/Tis ypN0", ["none"]),
    ("residual_disease", "ypT0 ypN0?", []),
    ("residual_disease", "RCB class: [ ] 0 [ ] I [x] II [ ] III", ["present"]),
    ("residual_disease", "RCB score 2.1, class II", ["present"]),
    ("residual_disease", "RCB 0-I", []),
    ("residual_disease", "RCB-0 or RCB-I", []),
    # "Not achieved after neoadjuvant" is no "not neoadjuvant".
    ("tumor_size", "No complete response after neoadjuvant therapy. Tumor size: 0.4 cm.", []),
    ("positive_nodes", "After neoadjuvant therapy no residual carcinoma; nodes 0/3", []),
    ("positive_nodes", "Sentinel nodes 1/3, ypN1", []),
    ("tumor_size", "No history of neoadjuvant therapy. Tumor size: 1.2 cm.", [12.0]),
    ("tumor_size", "Neoadjuvant therapy: not given. Tumor size: 1.2 cm.", [12.0]),
]


@pytest.mark.parametrize(("fact", "text", "values"), TYPES)
def test_a_form_and_a_short_wording_say_this(dictionaries, fact, text, values: list[Any]):
    assert said(dictionaries, text, fact) == values


GRADES = [
    ("Invasive carcinoma of no special type.\nGrade: 2 (T3 P2 M1)\nSize: 18 mm", ["2"]),
    ("Grade: 3 (T3 P3 M2) invasive ductal carcinoma NST", ["3"]),
    ("Invasive ductal carcinoma.\nGrade: 3\nDCIS: present.\nGrade: 2", ["3"]),
    ("DCIS. Grade: 3", []),
    ("Invasive carcinoma. Papilloma. Grade: 2", []),
    ("IDC G3", ["3"]),
    # "II/III" may be II of III or from II to III.
    ("Invasive ductal carcinoma, Grade II/III", ["2|3"]),
    ("Invasive ductal carcinoma, grade I-III", ["1|2|3"]),
    ("Invasive ductal carcinoma, at least grade 2", ["2|3"]),
    # Sums without the word for them.
    ("Invasive ductal carcinoma, Nottingham score 3+2+2=7/9", ["2"]),
    ("Invasive ductal carcinoma, Nottingham 3 + 3 + 2 = 8", ["3"]),
    ("Invasive ductal carcinoma, Nottingham 8/9", ["3"]),
    ("Invasive ductal carcinoma, Nottingham score 3+2+3=7", []),
    # A sum that contradicts the grade leaves both.
    ("Invasive ductal carcinoma. Nottingham grade 2 (3+3+2=8/9)", ["2", "3"]),
    ("Invasive ductal carcinoma. Nottingham grade 3 (score 6/9)", ["3", "2"]),
    ("Invasive ductal carcinoma. Nottingham grade 2 (score 7/9)", ["2"]),
    # Forms.
    ("Histologic grade: [ ] 1 [x] 2 [ ] 3", ["2"]),
    ("Overall grade: ___ Grade 1 ___ Grade 2 _X_ Grade 3", ["3"]),
    # Words without a number.
    ("Invasive ductal carcinoma, high grade.", []),
    ("Invasive ductal carcinoma with high-grade DCIS", []),
]


@pytest.mark.parametrize(("text", "grades"), GRADES)
def test_a_grade_is_that_of_the_invasive_cancer(dictionaries, text: str, grades: list[Any]):
    assert said(dictionaries, text, "grade") == grades


@pytest.mark.parametrize(
    "text",
    [
        "Invasive ductal carcinoma, high grade.",
        "High-grade invasive ductal carcinoma.",
        "Invasive lobular carcinoma, low grade",
        "IDC, intermediate-grade",
    ],
)
def test_a_grade_in_words_is_told_and_does_not_count(dictionaries: Dictionaries, text: str):
    found = [s for s in read(dictionaries, text) if s.fact == "grade"]
    assert [s.counts for s in found] == [False]
    assert "no number" in (found[0].note or "")


NODES = [
    # Short names.
    ("0/3 SLN negative", [0.0]),
    ("SLNB 0/3", [0.0]),
    ("SLN 1/2 positive", [1.0]),
    ("0 of 2 (sentinel)", [0.0]),
    ("Sentinel nodes: 0 of 2", [0.0]),
    ("Axillary nodes clear (0 of 12)", [0.0]),
    ("3 SLNs, all negative", [0.0]),
    ("LN 2/15", [2.0]),
    ("Nodes 4+/12", [4.0]),
    # "At least", a range, and nodes taken earlier.
    ("At least 3 of 14 nodes positive", [(3.0, 80.0)]),
    ("Positive lymph nodes: >= 4", [(4.0, 80.0)]),
    ("Lymph nodes positive: at least 2", [(2.0, 80.0)]),
    ("Positive lymph nodes: 3-4", []),
    ("Previous sentinel biopsy 1/2; now axillary dissection 2/12.", [(2.0, 80.0)]),
    # A core, single cells, the grade and a receptor are no nodes.
    ("Lymph node core biopsy: metastatic carcinoma (1/1 cores)", []),
    ("Lymph nodes: 3 of 5 cores positive", []),
    ("Cytokeratin positive cells in 1/4 sentinel nodes, <0.2mm", []),
    ("Invasive carcinoma, grade 3, lymph nodes positive for carcinoma", []),
    ("ER 3/3, PR 2/3, lymph node negative", []),
    # Two sides are not added up.
    ("Left axilla 2/14 positive; right axilla 0/3.", [2.0]),
    ("Left axilla: 0/3. Right axilla: 0/2.", [0.0]),
    ("A. Left sentinel node: 2/2 positive. B. Right sentinel node: 3/4 positive.", [(3.0, 5.0)]),
    (
        "FINAL DIAGNOSIS: A. Left sentinel node: 1/1. B. Left axillary contents: 2/10. "
        "C. Right sentinel node: 0/2",
        [3.0],
    ),
    ("Left axillary nodes 3/12. Right sentinel nodes 0/2. Another node 1/1", [(3.0, 80.0)]),
]


@pytest.mark.parametrize(("text", "counts"), NODES)
def test_nodes_are_counted_as_the_report_counts_them(dictionaries, text, counts: list[Any]):
    assert said(dictionaries, text, "positive_nodes") == counts


def test_a_count_shows_the_words_that_it_was_read_from(dictionaries: Dictionaries):
    found = [s for s in read(dictionaries, "SLN 1/2 positive") if s.fact == "positive_nodes"]
    assert [s.words for s in found] == ["1/2"]


SIDES = [
    "Left breast: {left} Right breast: {right}",
    "FINAL DIAGNOSIS:\nLeft breast, lumpectomy:\n{left}\nRight breast, lumpectomy:\n{right}",
    "Left: {left} Right: {right}",
    "LEFT BREAST CANCER: {left}\nRIGHT BREAST CANCER: {right}",
    "- Left mastectomy: {left}\n- Right mastectomy: {right}",
]
LEFT = "invasive ductal carcinoma, grade 1, 12 mm. ER positive."
RIGHT = "invasive lobular carcinoma, grade 3, 30 mm. ER negative."


@pytest.mark.parametrize("text", SIDES)
def test_two_tumors_named_by_their_side_alone_stay_two(dictionaries: Dictionaries, text: str):
    found = read(dictionaries, text.format(left=LEFT, right=RIGHT))
    told = {(s.part, s.fact, short(s.value)) for s in found if s.counts}
    for side, kind, grade, size, er in (
        ("LEFT", "ductal", "1", 12.0, "positive"),
        ("RIGHT", "lobular", "3", 30.0, "negative"),
    ):
        assert (side, "histology", kind) in told
        assert (side, "grade", grade) in told
        assert (side, "tumor_size", size) in told
        assert (side, "er_reported", er) in told


@pytest.mark.parametrize(
    "text",
    [
        "Left breast: invasive ductal carcinoma, 12 mm. Left axilla: 0/2.",
        "Left breast lumpectomy: invasive ductal carcinoma, 12 mm.",
        "The right margin is free. Left breast: invasive ductal carcinoma, 12 mm.",
    ],
)
def test_one_side_alone_makes_no_parts(dictionaries: Dictionaries, text: str):
    assert {s.part for s in read(dictionaries, text)} == {None}


def test_the_larger_tumor_counts_within_a_side_and_not_across(dictionaries: Dictionaries):
    text = (
        "A. {} breast: invasive ductal carcinoma, 12 mm. B. {} breast: invasive carcinoma, 30 mm."
    )
    assert said(dictionaries, text.format("Left", "Left"), "tumor_size") == [30.0]
    assert said(dictionaries, text.format("Left", "Right"), "tumor_size") == [12.0, 30.0]


ASSAYS = [
    ("msi", "MSI-H not detected", []),
    ("msi", "MSI-High: negative", []),
    ("msi", "MSI-high tumors may respond", []),
    ("msi", "MSI-H detected", ["high"]),
    ("mmr", "dMMR absent", []),
    ("mmr", "dMMR: negative", []),
    ("mmr", "dMMR/MSI-H solid tumors are approved", []),
    ("mmr", "MMR deficient", ["deficient"]),
    ("tmb", "TMB high (threshold 10 mut/Mb)", []),
    ("tmb", "TMB cut-off: 10 mut/Mb", []),
    ("tmb", "TMB <10 mut/Mb", [(0, 10.0)]),
    ("tmb", "TMB >= 10 mut/Mb", [(10.0, float("inf"))]),
    ("tmb", "bTMB 14 mut/Mb", []),
    ("tmb", "TMB: 12 mut/Mb", [12.0]),
    # The score of carcinoma in situ is another score.
    ("oncotype_score", "Oncotype DX DCIS Score: 45", []),
    ("oncotype_score", "DCIS Oncotype score 30", []),
    ("oncotype_score", "Oncotype DX: RS 0", [0.0]),
    ("genomic_risk_reported", "MammaPrint: not low risk", []),
    ("genomic_risk_reported", "MammaPrint: high risk cut-off", []),
    ("genomic_risk_reported", "MammaPrint: low risk; high risk excluded", ["low"]),
]


@pytest.mark.parametrize(("fact", "text", "values"), ASSAYS)
def test_an_assay_says_what_was_found_and_not_its_scale(dictionaries, fact, text, values):
    assert said(dictionaries, text, fact) == values


MORE = [
    # The loss of a gene that drives cancer is no change that a medicine asks for.
    ("akt1_alteration", "FFPE: AKT1 copy number loss detected", []),
    ("pik3ca_mutation", "FFPE: PIK3CA deletion", []),
    ("pten_alteration", "FFPE: PTEN loss of heterozygosity", []),
    ("pten_alteration", "FFPE: PTEN copy number loss", ["present"]),
    # Without the y, a tumor that is gone after medicine is no T0 of the beginning.
    ("t_category", "After neoadjuvant therapy: T0 N0", []),
    ("n_category", "After neoadjuvant therapy: T0 N0", []),
    ("t_category", "After neoadjuvant therapy: Tis N0", []),
    ("t_category", "T2 N1 M0, then neoadjuvant therapy, ypT0 ypN0", ["T2"]),
    # A needle that marks the place for an operation, or went before one, takes no part of the size.
    ("tumor_size", "Lumpectomy, needle localized: invasive ductal carcinoma, 14 mm", [14.0]),
    ("tumor_size", "Needle-localised wide local excision: invasive carcinoma, 14 mm", [14.0]),
    ("tumor_size", "Mastectomy: invasive carcinoma 13 mm after core biopsy", [13.0]),
    ("tumor_size", "Excisional biopsy: invasive ductal carcinoma, 9 mm", [9.0]),
    ("tumor_size", "Core biopsy: IDC 7 mm. Later lumpectomy: IDC 15 mm", [15.0]),
    ("tumor_size", "Invasive carcinoma, 1.2cm x 1.0 cm x 8 mm", [12.0]),
    ("tumor_size", "Invasive carcinoma, 12 x 10 x 8mm", [12.0]),
    ("tumor_size", "Invasive carcinoma at 10 o'clock 5 cm FN, 8 mm", []),
    ("tumor_size", "Invasive carcinoma 3 cm from the nipple, 1.2 cm", []),
    ("tumor_size", "IDC, grade 2, 18 mm", [18.0]),
    ("m_category", "Invasive carcinoma, 1.2 cm x 8 mm", []),
    ("m_category", "cM0 vs cM1", []),
    ("m_category", "pT2 pN1 pM 1", ["M1"]),
    # More nodes than the N stands for.
    ("positive_nodes", "pN1a, 5/22 nodes positive", []),
    ("positive_nodes", "pN1a, 3/22 nodes positive", [3.0]),
    ("positive_nodes", "pN2a, 12/22 nodes positive", []),
    ("positive_nodes", "pN3a, 12/22 nodes positive", [12.0]),
]


@pytest.mark.parametrize(("fact", "text", "values"), MORE)
def test_places_units_and_counts_do_not_mislead(dictionaries, fact, text, values: list[Any]):
    assert said(dictionaries, text, fact) == values


def test_a_count_that_contradicts_the_n_is_told(dictionaries: Dictionaries):
    found = [s for s in read(dictionaries, "pN0, 2/3 nodes") if s.fact == "positive_nodes"]
    assert [(short(s.value), s.counts) for s in found] == [(2.0, False)]
    assert "go together" in (found[0].note or "")


LISTS = [
    ("pik3ca_mutation", "Variants of Unknown Significance:\nATM X1Y\nPIK3CA Q75E", []),
    ("pik3ca_mutation", "VUS\nPIK3CA Q75E", []),
    (
        "akt1_alteration",
        "Genomic findings\nPIK3CA H1047R\nVariants of uncertain significance\nAKT1 R25H",
        [],
    ),
    ("pik3ca_mutation", "Genomic findings\nPIK3CA H1047R\nVUS\nAKT1 R25H", ["present"]),
    ("esr1_mutation", "Pertinent negatives\nPIK3CA H1047R\nESR1 Y537S", []),
    ("esr1_mutation", "Not detected\nESR1 D538G\nDetected\nPIK3CA H1047R", []),
    ("pik3ca_mutation", "Not detected\nESR1 D538G\nDetected\nPIK3CA H1047R", ["present"]),
    ("pik3ca_mutation", "VUS\nAKT1 R25H\nPathogenic variants\nPIK3CA H1047R", ["present"]),
    ("pik3ca_mutation", "Genes with no reportable alterations\nPIK3CA\nESR1 D538G", []),
]


@pytest.mark.parametrize(("fact", "text", "values"), LISTS)
def test_a_list_is_what_its_heading_says(dictionaries, fact, text, values: list[Any]):
    assert said(dictionaries, text, fact) == values


def test_the_size_of_a_synoptic_report_is_the_number_behind_its_limit(dictionaries: Dictionaries):
    text = "Tumor Size: Greatest dimension of largest invasive focus >1 mm: 14 mm"
    assert said(dictionaries, text, "tumor_size") == [14.0]
