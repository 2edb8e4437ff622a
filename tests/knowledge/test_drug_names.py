"""The drug catalogue: every name that people write leads to its drug, and every entry is whole."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fingerpost.knowledge.check_digits import valid_snomed
from fingerpost.knowledge.yaml_source import as_list, as_map, read_yaml
from fingerpost.record.code_index import CodeIndex
from fingerpost.record.drugs.names import DrugNames
from tests.whole import whole_knowledge

LIST = Path(__file__).with_name("drug_names.yaml")
# How a code of each system looks.
FORMS = {
    "rxnorm": r"[1-9]\d{1,7}",
    "snomed": r"[1-9]\d{5,17}",
    "ncit": r"C[1-9]\d{2,6}",
    "atc": r"[A-Z]\d{2}[A-Z]{2}\d{2}",
    "unii": r"[A-Z0-9]{10}",
}
KNOWLEDGE = whole_knowledge()
DRUGS = KNOWLEDGE.drugs


def _list():
    document, problems = read_yaml(LIST.read_bytes(), LIST.name)
    assert document is not None, problems
    return as_map(document.tree)


NAMES = {str(name): str(drug) for name, drug in as_map(_list()["names"]).items()}
NO_DRUG = [str(name) for name in as_list(_list()["no_drug"])]


@pytest.fixture(scope="module")
def names():
    return DrugNames(DRUGS, CodeIndex(KNOWLEDGE.codes.values()))


def test_the_list_is_long_enough_and_knows_every_drug():
    assert len(NAMES) >= 250
    assert set(NAMES.values()) == set(DRUGS)


@pytest.mark.parametrize("written", NAMES)
def test_the_name_leads_to_its_drug_and_to_nothing_else(names, written):
    found = names.read(written)
    assert found.drugs == (NAMES[written],)
    assert found.classes == ()
    assert found.unresolved == ()


@pytest.mark.parametrize("written", NO_DRUG)
def test_a_name_that_fits_several_leads_to_no_drug(names, written):
    assert names.read(written).drugs == ()


@pytest.mark.parametrize("drug", DRUGS)
def test_every_brand_and_biosimilar_stands_in_the_list(drug):
    entry = DRUGS[drug]
    makes = [name for make in entry.biosimilars for name in (make.name, make.brand) if name]
    missing = [name for name in (entry.name, *entry.brands, *makes) if NAMES.get(name) != drug]
    assert not missing


@pytest.mark.parametrize("drug", DRUGS)
def test_every_name_of_the_drug_leads_to_it(names, drug):
    entry = DRUGS[drug]
    for name in (drug.replace("_", " "), entry.name, *entry.brands, *entry.also_written):
        assert names.read(name).drugs == (drug,), name


@pytest.mark.parametrize("drug", DRUGS)
def test_the_entry_is_whole(drug):
    entry = DRUGS[drug]
    assert entry.what_it_does
    assert entry.what_it_does.rstrip().endswith(".")
    assert entry.classes
    assert entry.target
    assert entry.route
    assert set(entry.components) <= set(DRUGS)


def test_every_code_has_the_form_of_its_system_and_belongs_to_one_drug():
    owners: dict[tuple[str, str], str] = {}
    for drug, entry in DRUGS.items():
        for each in entry.codes:
            assert re.fullmatch(FORMS[each.system], each.code), f"{drug}: {each.code}"
            assert each.system != "snomed" or valid_snomed(each.code), f"{drug}: {each.code}"
            assert each.source, f"{drug}: {each.code} says not where it was seen"
            owner = owners.setdefault((each.system, each.code), drug)
            assert owner == drug, f"{each.code} stands for {owner} and {drug}"


def test_a_class_is_used_or_stands_for_what_is_no_drug():
    used = {name for entry in DRUGS.values() for name in entry.classes}
    assert set(KNOWLEDGE.classes) - used == {"ovarian_ablation"}


def test_a_fixed_combination_is_of_every_class_of_its_parts():
    for drug, entry in DRUGS.items():
        parts = {name for part in entry.components for name in DRUGS[part].classes}
        assert parts <= set(entry.classes), drug
