"""Drugs by the names people give them; never a wrong one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fingerpost.record.dictionaries import Dictionaries
from fingerpost.record.drugs.names import DrugNames


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
    found = names.read("letrasol")
    assert found.drugs == ()
    assert "letrozole" in found.parts[0].candidates
    assert "letrozole" in names.close_to("letrasol")


def test_every_own_name_of_every_drug_finds_it(dictionaries: Dictionaries) -> None:
    for drug, entry in dictionaries.drugs.items():
        for name in (entry.name, *entry.brands, *entry.also_written):
            assert dictionaries.names.drug(name) == drug, name


@given(st.text(max_size=80))
def test_no_text_breaks_the_reader(dictionaries: Dictionaries, text: str) -> None:
    dictionaries.names.read(text)


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


@pytest.mark.parametrize(
    ("written", "drugs", "families", "left_open"),
    [
        ("cytoxan and taxotere", ["cyclophosphamide", "docetaxel"], [], []),
        ("Adria/Cytoxan", ["doxorubicin", "cyclophosphamide"], [], []),
        ("AC->T", ["doxorubicin", "cyclophosphamide"], ["taxane", "chemotherapy"], []),
        ("AC x4 then T x4", ["doxorubicin", "cyclophosphamide"], ["taxane", "chemotherapy"], []),
        ("AC x4 then weekly taxol x12", ["doxorubicin", "cyclophosphamide", "paclitaxel"], [], []),
        ("ACx4", ["doxorubicin", "cyclophosphamide"], [], []),
        ("TCH-P", ["docetaxel", "carboplatin", "trastuzumab", "pertuzumab"], [], []),
        (
            "FEC 100 - Docetaxel",
            ["fluorouracil", "epirubicin", "cyclophosphamide", "docetaxel"],
            [],
            [],
        ),
        ("letrozole/ribociclib (Kisqali Femara Co-Pack)", ["ribociclib_letrozole"], [], []),
        ("CDK4/6i + AI", [], ["cdk4_6_inhibitor", "targeted_therapy", "aromatase_inhibitor",
                              "endocrine_therapy"], []),
        ("OFS + AI", [], ["endocrine_therapy", "aromatase_inhibitor"], []),
        ("AC-T (paclitaxel)", ["doxorubicin", "cyclophosphamide", "paclitaxel"],
         ["taxane", "chemotherapy"], []),
        ("TC (docetaxel/cyclophosphamide)", ["docetaxel", "cyclophosphamide"], [], []),
        ("paclitaxel + xyzab", ["paclitaxel"], [], ["xyzab"]),
        ("chemo NOS", [], ["chemotherapy"], []),
        ("hormonal therapy, NOS", [], ["endocrine_therapy"], []),
        ("DD AC followed by DD Taxol", ["doxorubicin", "cyclophosphamide", "paclitaxel"], [], []),
    ],
)  # fmt: skip
def test_combinations(
    names: DrugNames, written: str, drugs: list[str], families: list[str], left_open: list[str]
) -> None:
    found = names.read(written)
    assert list(found.drugs) == drugs
    assert list(found.classes) == families
    assert list(found.unresolved) == left_open


@pytest.mark.parametrize(
    ("written", "drug"),
    [
        ("nab paclitaxel", "nab_paclitaxel"),
        ("paclitaxel (albumin-bound)", "nab_paclitaxel"),
        ("paclitaxel, protein-bound", "nab_paclitaxel"),
        ("Doxil (doxorubicin)", "pegylated_liposomal_doxorubicin"),
        ("trastuzumab (emtansine)", "trastuzumab_emtansine"),
        ("letrozole Sandoz", "letrozole"),
        ("trastuzumab (Celltrion)", "trastuzumab"),
        ("tamoxifen (novadex)", "tamoxifen"),
        ("Herceptin biosimilar (Ogivri)", "trastuzumab"),
        ("DS-8201a", "trastuzumab_deruxtecan"),
        ("IMMU-132", "sacituzumab_govitecan"),
        ("MK-3475", "pembrolizumab"),
        ("LY2835219", "abemaciclib"),
        ("PD-0332991", "palbociclib"),
        ("BYL719", "alpelisib"),
        ("TDM-1", "trastuzumab_emtansine"),
    ],
)
def test_words_beside_a_name_say_which_form_it_is(
    names: DrugNames, written: str, drug: str
) -> None:
    assert names.read(written).drugs == (drug,)
    assert names.read(written).unresolved == ()


def test_liposomal_doxorubicin_is_not_doxorubicin(names: DrugNames) -> None:
    for written in ("doxorubicin (liposomal)", "doxorubicin, liposomal", "liposomal doxorubicin"):
        found = names.read(written)
        assert found.drugs == ()
        assert found.classes == ("anthracycline", "chemotherapy")


@pytest.mark.parametrize(
    "written",
    [
        "trastuzumab/emtansine",
        "trastuzumab + emtansin",
        "Kadcyla (trastuzumab)",
        "tamoxifen (declined)",
        "tamoxifen, declined",
        "Herceptin - patient refused",
        "declined tamoxifen",
        "tamoxifen (planned)",
        "tamoxifen, will start 2020",
        "non-tamoxifen",
        "trastuzumab-mmae",
        "trastuzumab-pert",
        "pegylated doxorubicin",
        "pertuzumab adn trastuzumab",
        "paclitaxel ,ab",
        "ep-doxorubicin",
        "ACTH",
        "KEYNOTE-522",
    ],
)
def test_a_word_that_may_change_or_take_back_a_name_leaves_all_open(
    names: DrugNames, written: str
) -> None:
    found = names.read(written)
    assert found.drugs == ()
    assert found.unresolved == (written,)


@pytest.mark.parametrize(
    ("written", "drugs", "left_open"),
    [
        ("ribociclib or placebo", (), ("ribociclib or placebo",)),
        ("tamoxifen/placebo", (), ("tamoxifen/placebo",)),
        ("ribociclib (or placebo)", (), ("ribociclib (or placebo)",)),
        ("blinded ribociclib", (), ("blinded ribociclib",)),
        ("letrozole + ribociclib/placebo", ("letrozole",), ("ribociclib/placebo",)),
        ("letrozole + placebo", ("letrozole",), ()),
        ("placebo", (), ()),
    ],
)
def test_a_placebo_controlled_medicine_never_counts_as_given(
    names: DrugNames, written: str, drugs: tuple[str, ...], left_open: tuple[str, ...]
) -> None:
    found = names.read(written)
    assert found.drugs == drugs
    assert found.unresolved == left_open
    assert not left_open or found.parts[-1].candidates


def test_one_or_the_other_gives_what_both_share(names: DrugNames) -> None:
    found = names.read("paclitaxel or docetaxel")
    assert found.drugs == ()
    assert {"taxane", "chemotherapy"} <= set(found.classes)
    assert found.parts[0].candidates == ("paclitaxel", "docetaxel")


def test_short_letters_with_several_meanings_stay_open_with_all_of_them(names: DrugNames) -> None:
    (part,) = names.read("TC").parts
    assert part.how == "several_medicines"
    assert "docetaxel and cyclophosphamide" in part.candidates
    assert names.read("TC").classes == ("chemotherapy", "taxane")


def test_trial_medicines_are_open_and_explained(names: DrugNames) -> None:
    found = names.read("AE-37")
    assert found.unresolved == ("AE-37",)
    assert found.classes == ("immunotherapy",)
    assert "HER2" in found.parts[0].why
    assert "trial" in names.read("AZD9999").parts[0].why


@pytest.mark.parametrize("written", ["aloxi", "mesna-1", "Zofran 8 mg", "metformin", "none", "XRT"])
def test_what_is_no_cancer_medicine_is_set_aside(names: DrugNames, written: str) -> None:
    found = names.read(written)
    assert found.set_aside == (written,)
    assert found.drugs == found.classes == found.unresolved == ()


def test_readings_that_differ_in_words_only_are_equal(names: DrugNames) -> None:
    assert names.read("Cytoxan") == names.read("cyclophosphamide")


@pytest.mark.parametrize(
    "written",
    [
        *("?letrozole", "letrozole (?) 2.5 mg", "letrozole? + palbociclib", "\u00bfTamoxifeno?"),
        *("AC x0", "ACx0", "0 cycles AC", "TCHP x 0/6", "paclitaxel 0 doses", "T-DM1 0 of 14"),
        *(
            "carboplatin 0 mg",
            "0mg letrozole",
            "denosumab 0.0 mg",
            "letrozole 0,0 mg",
            "letrozole 0",
        ),
        *("letrozole \u00d7 0 months", "letrozole (0)", "letrozole, dose 0%", "fulvestrant 00 mg"),
    ],
)
def test_what_asks_or_counts_none_was_not_certainly_given(names: DrugNames, written: str) -> None:
    found = names.read(written)
    assert (found.drugs, found.classes) == ((), ())
    assert found.unresolved == (written,)


@pytest.mark.parametrize(
    ("written", "drug"),
    [
        ("l?trozole", "letrozole"),
        ("letrozole 1 - 0 - 0", "letrozole"),
        ("cisplatin day 0", "cisplatin"),
        ("carboplatin AUC 5 d0", "carboplatin"),
        ("capecitabine 1 000 mg", "capecitabine"),
        ("trastuzumab 2.0 mg/kg x 10", "trastuzumab"),
        ("RAD 001", "everolimus"),
        ("letrozole 2.50 mg x 30", "letrozole"),
    ],
)
def test_a_nought_in_a_number_counts_nothing(names: DrugNames, written: str, drug: str) -> None:
    assert names.read(written).drugs == (drug,)


@pytest.mark.parametrize("written", ["Herceptin?", "tamoxifen (?)", "tamoxifen ? "])
def test_a_name_that_its_writer_doubts_stays_open(names: DrugNames, written: str) -> None:
    found = names.read(written)
    assert found.drugs == ()
    assert found.unresolved == (written.strip(),)
    assert found.parts[0].candidates
