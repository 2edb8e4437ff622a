"""Lists of treatment as people write them of themselves: read where they are plain, and left open where not."""

from __future__ import annotations

import pytest

from fingerpost.record.dictionaries import Dictionaries
from fingerpost.record.drugs.names import DrugNames
from fingerpost.record.form.treatments import kinds_named


@pytest.fixture
def names(dictionaries: Dictionaries) -> DrugNames:
    return dictionaries.names


AC = ["doxorubicin", "cyclophosphamide"]
EC = ["epirubicin", "cyclophosphamide"]
TCHP = ["docetaxel", "carboplatin", "trastuzumab", "pertuzumab"]


@pytest.mark.parametrize(
    ("written", "drugs"),
    [
        ("pembrolizumab, EC", ["pembrolizumab", *EC]),
        ("EC, pembrolizumab", [*EC, "pembrolizumab"]),
        ("Keytruda + EC", ["pembrolizumab", *EC]),
        ("pembrolizumab, ec", ["pembrolizumab", *EC]),
        ("AC-T, then letrozole", [*AC, "letrozole"]),
        ("AC-paclitaxel", [*AC, "paclitaxel"]),
        ("AC - paclitaxel", [*AC, "paclitaxel"]),
        ("EC-docetaxel", [*EC, "docetaxel"]),
        ("Keytruda, carbo/taxol, then AC", ["pembrolizumab", "carboplatin", "paclitaxel", *AC]),
        ("4 rounds of AC", AC),
        ("6 rounds of TCHP", TCHP),
        ("4 rounds AC, 12 Taxol", [*AC, "paclitaxel"]),
        ("Herceptin for one year", ["trastuzumab"]),
        ("Lynparza 1 year", ["olaparib"]),
        ("letrozole since 2020", ["letrozole"]),
        ("letrozole from 2019 to 2021", ["letrozole"]),
        ("tamoxifen May 2019 - June 2021", ["tamoxifen"]),
        ("Xeloda 7 days on 7 days off", ["capecitabine"]),
        ("still on Ibrance", ["palbociclib"]),
        ("currently letrozole", ["letrozole"]),
        ("just tamoxifen", ["tamoxifen"]),
        ("Lupron shots", ["leuprolide"]),
        ("Ibrance w/ letrozole", ["palbociclib", "letrozole"]),
        ("tamoxifen switched to letrozole", ["tamoxifen", "letrozole"]),
        ("Aromasin (exemestane) after Arimidex", ["exemestane", "anastrozole"]),
    ],
)
def test_what_people_write_is_read(names: DrugNames, written: str, drugs: list[str]) -> None:
    found = names.read(written)
    assert list(found.drugs) == drugs
    assert found.unresolved == ()


@pytest.mark.parametrize(
    "written",
    [
        "zoledronic acd",
        "zoledronic - acd",
        "not on letrozole",
        "not started letrozole",
        "never had AC",
        "letrozole on hold",
        "letrozole after surgery (planned)",
        "planned AC after surgery",
        "letrozole from 2027",
        "just offered letrozole",
        "trastuzumab w/ emtansine",
        "trastuzumab after emtansine",
    ],
)
def test_what_may_not_have_been_given_stays_open(names: DrugNames, written: str) -> None:
    found = names.read(written)
    assert found.drugs == ()
    assert found.unresolved


@pytest.mark.parametrize(
    ("written", "family"),
    [
        ("hormone blocker", "endocrine_therapy"),
        ("the red devil", "anthracycline"),
        ("bone shots", "bone_agent"),
        ("both ovaries removed", "ovarian_ablation"),
    ],
)
def test_everyday_names_give_the_family(names: DrugNames, written: str, family: str) -> None:
    found = names.read(written)
    assert family in found.classes
    assert found.drugs == found.unresolved == ()


@pytest.mark.parametrize(
    ("written", "kinds"),
    [
        ("radiation 25 sessions", {"radiotherapy"}),
        ("radiotherapy to the chest wall", {"radiotherapy"}),
        ("rads", {"radiotherapy"}),
        ("gamma knife", {"radiotherapy"}),
        ("double mastectomy", {"surgery"}),
        ("lumpectomy with sentinel node biopsy", {"surgery"}),
        ("mastectomy and reconstruction", {"surgery"}),
        ("lumpectomy and radiation", {"surgery", "radiotherapy"}),
        ("radiation and tamoxifen", set()),
        ("radium", set()),
    ],
)
def test_radiation_and_operations_are_known_by_their_words(written: str, kinds: set[str]) -> None:
    assert set(kinds_named(written)) == kinds
