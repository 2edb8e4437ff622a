"""Drugs by the names people give them; never a wrong one."""

from __future__ import annotations

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fingerpost.record.dictionaries import Dictionaries
from fingerpost.record.drugs.names import DrugNames
from tests.unit.record.said import public_data

AS_WRITTEN = public_data() / "drug_names" / "as_written.tsv"


@pytest.fixture
def names(dictionaries: Dictionaries) -> DrugNames:
    return dictionaries.names


@pytest.mark.parametrize(
    ("written", "drugs"),
    [
        ("letrozole", ["letrozole"]),
        ("Létrozole 2.5 mg", ["letrozole"]),
        ("Ibrance", ["palbociclib"]),
        ("T-DXd", ["trastuzumab_deruxtecan"]),
        ("t dxd", ["trastuzumab_deruxtecan"]),
        ("fam-trastuzumab deruxtecan-nxki", ["trastuzumab_deruxtecan"]),
        ("T-DM1", ["trastuzumab_emtansine"]),
        ("ado-trastuzumab emtansine", ["trastuzumab_emtansine"]),
        ("trastuzumab-anns", ["trastuzumab"]),
        ("Herceptin", ["trastuzumab"]),
        ("5-FU", ["fluorouracil"]),
        ("letrozole + palbociclib", ["letrozole", "palbociclib"]),
        ("Ibrance with letrozole", ["palbociclib", "letrozole"]),
        (
            "doxorubicine cyclophosphamide tamoxifen",
            ["doxorubicin", "cyclophosphamide", "tamoxifen"],
        ),
        ("AC", ["doxorubicin", "cyclophosphamide"]),
        ("TCHP", ["docetaxel", "carboplatin", "trastuzumab", "pertuzumab"]),
        ("CMF", ["cyclophosphamide", "methotrexate", "fluorouracil"]),
        ("Tamoxifen 10 MG Oral Tablet", ["tamoxifen"]),
        ("leuprolide Injetable Product", ["leuprolide"]),
        ("10 ML doxorubicin hydrochloride 2 MG/ML Injection", ["doxorubicin"]),
        ("doxorubicin liposome 2 MG/ML", ["pegylated_liposomal_doxorubicin"]),
        ("PACLitaxel 100 MG [Abraxane]", ["nab_paclitaxel"]),
        ("arimidex (anastrozole)", ["anastrozole"]),
        ("doxorubicin 60 mg/m2 IV", ["doxorubicin"]),
        ("paclitaxel 80 mg/m\u00b2 weekly", ["paclitaxel"]),
        ("PACLitaxel 80 mg/m2 IV d1,8,15 q28d", ["paclitaxel"]),
        ("CARBOplatin AUC 6 IV q3wk", ["carboplatin"]),
        ("pembrolizumab 200 mg IV q3w", ["pembrolizumab"]),
        ("abemaciclib 150 mg PO BID", ["abemaciclib"]),
        ("trastuzumab-dkst 6 mg/kg q3wk", ["trastuzumab"]),
        ("T-DM1 3.6 mg/kg q3w", ["trastuzumab_emtansine"]),
        (
            "Pertuzumab/trastuzumab/hyaluronidase-zzxf 600 mg",
            ["pertuzumab_trastuzumab_hyaluronidase"],
        ),
        ("doxorubicin/cyclophosphamide 60/600 mg/m2 q3w", ["doxorubicin", "cyclophosphamide"]),
        ("gemcitabine 1,000 mg/m2 day 1, 8 + carboplatin AUC 2", ["gemcitabine", "carboplatin"]),
        ("FEC-100", ["fluorouracil", "epirubicin", "cyclophosphamide"]),
        ("AC x4 followed by paclitaxel", ["doxorubicin", "cyclophosphamide", "paclitaxel"]),
    ],
)
def test_a_name_finds_its_drug(names: DrugNames, written: str, drugs: list[str]) -> None:
    found = names.read(written)
    assert list(found.drugs) == drugs
    assert found.unresolved == ()


@pytest.mark.parametrize(
    "written",
    [
        "TC x4",
        "60 mg/m2",
        "TC",  # docetaxel or carboplatin: the letters do not tell
        "trastuzumab something",
        "anastrozole (letrozole)",
        "Fluorouracil 50 MG/ML Topical Cream",
        "rituximab",
        "tamoxiphenol",
        "AE-37",
        "",
    ],
)
def test_an_unsure_name_stays_unresolved(names: DrugNames, written: str) -> None:
    assert names.read(written).drugs == ()


def test_a_letter_that_stands_for_several_drugs_gives_their_family(names: DrugNames) -> None:
    found = names.read("AC-T")
    assert found.drugs == ("doxorubicin", "cyclophosphamide")
    assert "taxane" in found.classes
    assert names.read("chemo").classes == ("chemotherapy",)


def test_a_name_that_nearly_fits_is_told_with_candidates(names: DrugNames) -> None:
    assert names.read("letrazole").drugs == ()
    assert "letrozole" in names.close_to("letrazole")


def test_every_own_name_of_every_drug_finds_it(dictionaries: Dictionaries) -> None:
    for drug, entry in dictionaries.drugs.items():
        for name in (entry.name, *entry.brands, *entry.also_written):
            assert dictionaries.names.drug(name) == drug, name


@given(st.text(max_size=80))
def test_no_text_breaks_the_reader(dictionaries: Dictionaries, text: str) -> None:
    dictionaries.names.read(text)


@pytest.mark.skipif(not AS_WRITTEN.is_file(), reason="the list of names as written is not here")
def test_names_on_real_case_forms_are_found_or_left_open(names: DrugNames) -> None:
    """Nine of ten names that people wrote are found; what is not, is no drug of the catalogue."""
    lines = AS_WRITTEN.read_text(encoding="utf-8").splitlines()
    rows = list(csv.DictReader(lines, delimiter="\t"))
    unresolved = {row["as_written"] for row in rows if names.read(row["as_written"]).unresolved}
    assert unresolved == {
        "[unknown]", "ae-37", "aloxi", "mesna-1", "mesna-2", "metformin", "prednisone", "rituximab", "tc",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("written", "other"),
    [
        ("Amoxicillin 500 MG Oral Tablet", True),
        ("insulin aspart, human", True),
        ("Acetaminophen 325 MG / Hydrocodone 5 MG", True),
        ("dexamethasone 10 mg + BNT327", False),
        ("ondansetron with paclitaxel", False),
        ("rituximab", False),
        ("", False),
    ],
)
def test_only_what_is_certainly_not_against_cancer_is_called_so(
    names: DrugNames, written: str, other: bool
) -> None:
    assert names.not_against_cancer(written) is other
