"""The names that people wrote on real case forms, each with what a careful pharmacist would say it is.

The rulings are our own. `OPEN` stays open: the letters do not tell, or the record says so itself.
"""

from __future__ import annotations

import csv

import pytest

from fingerpost.record.dictionaries import Dictionaries
from fingerpost.record.drugs.names import DrugNames
from tests.unit.record.said import public_data

AS_WRITTEN = public_data() / "drug_names" / "as_written.tsv"
AC = ("doxorubicin", "cyclophosphamide")
DRUGS = {
    "5 fluorouracil": ("fluorouracil",),
    "5-flourouracil": ("fluorouracil",),
    "5-fluorouracil": ("fluorouracil",),
    "abraxane": ("nab_paclitaxel",),
    "adriamicin": ("doxorubicin",),
    "adriamycin": ("doxorubicin",),
    "adriamycin+cuclophosphamide": AC,
    "adriamyicin": ("doxorubicin",),
    "albumin-bound paclitaxel": ("nab_paclitaxel",),
    "anastrozole": ("anastrozole",),
    "arimidex (anastrozole)": ("anastrozole",),
    "aromasin": ("exemestane",),
    "aromasin (exemestane)": ("exemestane",),
    "capecetabine": ("capecitabine",),
    "clodronate": ("clodronate",),
    "cyclophasphamide": ("cyclophosphamide",),
    "cyclophosphamid": ("cyclophosphamide",),
    "cyclophosphamide": ("cyclophosphamide",),
    "cyclophosphamide+methotrexatum+fluorouracillum": (
        "cyclophosphamide",
        "methotrexate",
        "fluorouracil",
    ),
    "cyclophosphamidum": ("cyclophosphamide",),
    "cyclophosphane": ("cyclophosphamide",),
    "cyotxan": ("cyclophosphamide",),
    "cytoxan": ("cyclophosphamide",),
    "cytoxan and taxotere": ("cyclophosphamide", "docetaxel"),
    "doxil": ("pegylated_liposomal_doxorubicin",),
    "doxorubicin hcl": ("doxorubicin",),
    # RxNorm names the pegylated product so; Myocet is not sold under this name.
    "doxorubicin liposome": ("pegylated_liposomal_doxorubicin",),
    "doxorubicin+ cyclophosphamide": AC,
    "doxorubicin+cyclophosphamid": AC,
    "doxorubicine cyclophosphamide tamoxifen": (*AC, "tamoxifen"),
    "doxorubicinum": ("doxorubicin",),
    "epirubicin": ("epirubicin",),
    "epirubicoin": ("epirubicin",),
    "fareston": ("toremifene",),
    "flourouracil": ("fluorouracil",),
    "fluorouracil": ("fluorouracil",),
    "gemcitabine": ("gemcitabine",),
    "herceptin": ("trastuzumab",),
    "letrozol": ("letrozole",),
    "letrozolum": ("letrozole",),
    "leuprolide": ("leuprolide",),
    "lupron": ("leuprolide",),
    "methotrexate": ("methotrexate",),
    "methotrexate+5 fluorouracil+cyclophosphamide": (
        "methotrexate",
        "fluorouracil",
        "cyclophosphamide",
    ),
    "mitoxantrone": ("mitoxantrone",),
    "nolvadex": ("tamoxifen",),
    "paclitaxelum": ("paclitaxel",),
    "tamoxifen": ("tamoxifen",),
    "tamoxifen (novadex)": ("tamoxifen",),
    "tamoxifen citrate": ("tamoxifen",),
    "tamoxiphene": ("tamoxifen",),
    "tamoxiphene+leuporeline+gosereline": ("tamoxifen", "leuprolide", "goserelin"),
    "taxol": ("paclitaxel",),
    "taxotere": ("docetaxel",),
    "trustuzumab": ("trastuzumab",),
    "vinblastine": ("vinblastine",),
    "vinorelbine": ("vinorelbine",),
    "xeloda": ("capecitabine",),
    "zoladex": ("goserelin",),
}
FAMILIES = {"rituximab": ("targeted_therapy",)}
SET_ASIDE = {"aloxi", "mesna-1", "mesna-2", "metformin", "prednisone"}
OPEN = {"[unknown]": "said_unknown", "ae-37": "trial_medicine", "tc": "several_medicines"}
LISTED = {*DRUGS, *FAMILIES, *SET_ASIDE, *OPEN}


@pytest.fixture
def names(dictionaries: Dictionaries) -> DrugNames:
    return dictionaries.names


@pytest.mark.parametrize("written", DRUGS)
def test_it_is_these_drugs_and_nothing_else(names: DrugNames, written: str) -> None:
    found = names.read(written)
    assert found.drugs == DRUGS[written]
    assert found.classes == found.unresolved == found.set_aside == ()


@pytest.mark.parametrize("written", [*FAMILIES, *sorted(SET_ASIDE)])
def test_it_is_known_and_no_drug_of_the_catalogue(names: DrugNames, written: str) -> None:
    found = names.read(written)
    assert found.drugs == found.unresolved == ()
    assert found.classes == FAMILIES.get(written, ())
    assert bool(found.set_aside) is (written in SET_ASIDE)


@pytest.mark.parametrize("written", OPEN)
def test_it_stays_open_and_says_why(names: DrugNames, written: str) -> None:
    found = names.read(written)
    assert found.drugs == ()
    assert found.unresolved == (written,)
    (part,) = found.parts
    assert part.how == OPEN[written]
    assert part.why


@pytest.mark.skipif(not AS_WRITTEN.is_file(), reason="the list of names as written is not here")
def test_every_name_of_the_public_list_has_a_ruling() -> None:
    lines = AS_WRITTEN.read_text(encoding="utf-8").splitlines()
    assert {row["as_written"] for row in csv.DictReader(lines, delimiter="\t")} == LISTED
