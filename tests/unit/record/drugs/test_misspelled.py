"""A misspelling is read only if it can be one medicine; with one or two slips it is never another."""

from __future__ import annotations

import random
import string
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fingerpost.knowledge.model import Knowledge
from fingerpost.record.code_index import LOOK_ALIKES, OTHER_CANCER_MEDICINES, OTHER_MEDICINES
from fingerpost.record.dictionaries import Dictionaries
from fingerpost.record.drugs.misspelled import allowed
from fingerpost.record.drugs.names import DrugNames

# What slips hold: letters, and the signs that may cut a name in two.
SIGNS = string.ascii_lowercase + " -,/+"
# Pairs and groups that are often taken for each other; no name of one may ever be read as another.
CONFUSED = [
    ["vinblastine", "vincristine", "vinorelbine", "vindesine"],
    ["doxorubicin", "daunorubicin", "epirubicin", "idarubicin", "mitoxantrone"],
    ["paclitaxel", "docetaxel", "cabazitaxel", "nab-paclitaxel"],
    ["cisplatin", "carboplatin", "oxaliplatin"],
    ["trastuzumab", "trastuzumab emtansine", "trastuzumab deruxtecan", "pertuzumab"],
    ["pembrolizumab", "pertuzumab", "atezolizumab", "bevacizumab", "denosumab"],
    ["letrozole", "anastrozole", "exemestane", "vorozole", "fadrozole"],
    ["tamoxifen", "toremifene", "raloxifene"],
    ["fluorouracil", "flucytosine", "floxuridine"],
    ["capecitabine", "gemcitabine", "decitabine", "cytarabine", "azacitidine"],
    ["everolimus", "temsirolimus", "sirolimus", "tacrolimus"],
    ["Taxol", "Taxotere"],
    ["Herceptin", "Perjeta", "Kadcyla", "Enhertu", "Phesgo"],
    ["Xeloda", "Xgeva", "Zoladex", "Zometa", "Faslodex", "Casodex"],
    ["leuprolide", "triptorelin", "goserelin", "buserelin"],
    ["ribociclib", "palbociclib", "abemaciclib"],
    ["olaparib", "talazoparib", "niraparib", "rucaparib"],
    ["zoledronic acid", "alendronic acid", "clodronic acid", "ibandronic acid"],
    ["ifosfamide", "cyclophosphamide", "trofosfamide"],
]


@pytest.fixture
def names(dictionaries: Dictionaries) -> DrugNames:
    return dictionaries.names


def one_slip(name: str) -> Iterator[str]:
    """Every name that is one slip away: a sign missing, wrong, too many, or two swapped."""
    for at in range(len(name) + 1):
        yield from (name[:at] + sign + name[at:] for sign in SIGNS)
        if at < len(name):
            yield name[:at] + name[at + 1 :]
            yield from (name[:at] + sign + name[at + 1 :] for sign in SIGNS)
            yield name[:at] + name[at + 1 : at + 2] + name[at : at + 1] + name[at + 2 :]


def slipped(name: str, slips: int, chance: random.Random) -> str:
    for _ in range(slips):
        at = chance.randrange(len(name) or 1)
        sign = chance.choice(SIGNS)
        name = chance.choice(
            [
                name[:at] + sign + name[at:],
                name[:at] + name[at + 1 :],
                name[:at] + sign + name[at + 1 :],
                name[:at] + name[at + 1 : at + 2] + name[at : at + 1] + name[at + 2 :],
            ]
        )
    return name


def parts_of(drug: str, knowledge: Knowledge) -> set[str]:
    return {drug, *knowledge.drugs[drug].components}


def names_of(drug: str, knowledge: Knowledge) -> list[str]:
    entry = knowledge.drugs[drug]
    makes = [make.brand or make.name for make in entry.biosimilars]
    # Short names and codes (TAM, SB3) differ from others by a letter, and are read as they are.
    also = [name for name in entry.also_written if sum(map(str.isalpha, name)) >= 5]
    return [entry.name, *entry.brands, *makes, *also]


def may_be_read(written: str, drug: str, names: DrugNames, knowledge: Knowledge) -> bool:
    """Whether what was read is this drug, or nothing, or the text is a name of something else."""
    found = names.read(written)
    exact = any(part.certainty == "certain" and part.drugs for part in found.parts)
    return set(found.drugs) <= parts_of(drug, knowledge) or (exact and len(found.parts) == 1)


def test_every_single_slip_in_a_sample_of_names_is_that_drug_or_open(
    names: DrugNames, knowledge: Knowledge
) -> None:
    chance = random.Random(11)
    pairs = [(name, drug) for drug in knowledge.drugs for name in names_of(drug, knowledge)]
    wrong = [
        (name, written)
        for name, drug in chance.sample(pairs, 3)
        for written in one_slip(name.casefold())
        if not may_be_read(written, drug, names, knowledge)
    ]
    assert wrong == []


@settings(max_examples=150, derandomize=True, deadline=None)
@given(st.integers(0, 10**9))
def test_one_or_two_slips_in_any_name_are_never_another_drug(
    dictionaries: Dictionaries, knowledge: Knowledge, seed: int
) -> None:
    chance = random.Random(seed)
    drug = chance.choice(sorted(knowledge.drugs))
    name = chance.choice(names_of(drug, knowledge)).casefold()
    written = slipped(name, chance.choice((1, 2)), chance)
    assert may_be_read(written, drug, dictionaries.names, knowledge), (name, written)


@pytest.mark.parametrize("group", CONFUSED, ids=lambda group: group[0])
def test_names_that_are_taken_for_each_other_stay_apart(names: DrugNames, group: list[str]) -> None:
    chance = random.Random(5)
    owner = {name: names.drug(name) for name in group}
    for name in group:
        allowed_drugs = {owner[name]} if owner[name] else set()
        for slips in (0, 1, 1, 1, 2, 2, 2):
            written = slipped(name.casefold(), slips, chance)
            assert set(names.read(written).drugs) <= allowed_drugs, written


def test_no_name_of_another_medicine_is_read_as_one_of_ours(dictionaries: Dictionaries) -> None:
    names, codes = dictionaries.names, dictionaries.codes
    for system in (LOOK_ALIKES, OTHER_CANCER_MEDICINES, OTHER_MEDICINES):
        assert codes.listed(system)
        listed = codes.listed(system)
        wrong = [n for n in listed if names.read(n).drugs and not names.drug(n)]
        assert wrong == [], system


@settings(max_examples=150, derandomize=True, deadline=None)
@given(st.integers(0, 10**9))
def test_one_slip_in_the_name_of_another_medicine_is_never_one_of_ours(
    dictionaries: Dictionaries, seed: int
) -> None:
    chance = random.Random(seed)
    names, codes = dictionaries.names, dictionaries.codes
    system = chance.choice((LOOK_ALIKES, OTHER_CANCER_MEDICINES, OTHER_MEDICINES))
    name = chance.choice(sorted(n for n in codes.listed(system) if not names.drug(n))).casefold()
    written = slipped(name, 1, chance)
    found = names.read(written)
    exact = any(part.certainty == "certain" and part.drugs for part in found.parts)
    assert not found.drugs or exact, (name, written)


@pytest.mark.parametrize(
    ("written", "drug"),
    [
        ("trustuzumab", "trastuzumab"),
        ("trastuzmab", "trastuzumab"),
        ("pertuzmab", "pertuzumab"),
        ("pembrolizmab", "pembrolizumab"),
        ("tamoxiphene", "tamoxifen"),
        ("leuporeline", "leuprolide"),
        ("cyotxan", "cyclophosphamide"),
        ("adriamyicin", "doxorubicin"),
        ("capecetabine", "capecitabine"),
        ("5-flourouracil", "fluorouracil"),
        ("epirubicoin", "epirubicin"),
        ("gosereline", "goserelin"),
        ("zolodex", "goserelin"),
        ("hercpetin", "trastuzumab"),
        ("herceptn", "trastuzumab"),
        ("femera", "letrozole"),
        ("letrazole", "letrozole"),
        ("arimadex", "anastrozole"),
        ("ibrence", "palbociclib"),
        ("kadcilla", "trastuzumab_emtansine"),
        ("keytuda", "pembrolizumab"),
        ("palcitaxel", "paclitaxel"),
        ("docitaxel", "docetaxel"),
        ("trastuzumab deruxtecn", "trastuzumab_deruxtecan"),
        ("trustuzumab emtansin", "trastuzumab_emtansine"),
        # Other languages: sounds alike, spelled otherwise.
        ("cyklofosfamid", "cyclophosphamide"),
        ("ciclofosfamida", "cyclophosphamide"),
        ("doksorubicyna", "doxorubicin"),
        ("winorelbina", "vinorelbine"),
        ("gemcytabina", "gemcitabine"),
        ("trastuzumabum", "trastuzumab"),
        ("trastuzumabe", "trastuzumab"),
        ("tamoxif\u00e8ne", "tamoxifen"),
    ],
)
def test_a_misspelling_that_can_be_one_drug_only_is_read(
    names: DrugNames, written: str, drug: str
) -> None:
    found = names.read(written)
    assert found.drugs == (drug,)
    assert found.unresolved == ()


@pytest.mark.parametrize(
    "written",
    ["tamoxiphenol", "Taxal", "liarozole", "no tamoxifen", "zoledronic acd", "trastuzumab xyzine", "equivalent",
     "obedience", "carob", "notaxol", "AZD9834"],
)  # fmt: skip
def test_what_may_be_something_else_is_not_read(names: DrugNames, written: str) -> None:
    assert names.read(written).drugs == ()


def test_a_reading_says_what_it_was_read_as(names: DrugNames) -> None:
    (part,) = names.read("herceptn").parts
    assert (part.how, part.known_as, part.certainty) == ("misspelling", "Herceptin", "read_as")
    (part,) = names.read("cyklofosfamid").parts
    assert (part.how, part.known_as) == ("other_spelling", "cyclophosphamide")


def test_short_names_and_codes_have_no_slips() -> None:
    assert allowed("TAN", "TAM") == 0
    assert allowed("LY2835218", "LY2835219") == 0
