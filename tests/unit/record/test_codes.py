"""The code files: digits that check, facts and values that exist, words that lead somewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from fingerpost.knowledge.check_digits import valid_loinc, valid_snomed
from fingerpost.knowledge.model import Knowledge
from fingerpost.record.code_index import SNOMED, CodeIndex, regimen_key, system_named
from fingerpost.record.dictionaries import Dictionaries
from fingerpost.record.fhir import conditions, genomics, observations, procedures, values
from fingerpost.record.written.attributes import ATTRIBUTES

ROOM = Path(values.__file__).parents[1]


@pytest.mark.parametrize(("system", "valid"), [("loinc", valid_loinc), ("snomed", valid_snomed)])
def test_every_code_has_its_check_digit(knowledge: Knowledge, system: str, valid: object) -> None:
    wrong = [code for code in knowledge.codes[system].codes if not valid(code)]
    assert wrong == []


def test_codes_that_public_software_made_up_are_seen() -> None:
    for made_up in ("1222593007", "1222594001", "1222806001", "1080161000119100"):
        assert not valid_snomed(made_up)


def test_every_fact_and_value_of_a_code_is_in_the_catalogue(knowledge: Knowledge) -> None:
    for system in knowledge.codes.values():
        for code, meanings in system.codes.items():
            for meaning in meanings:
                where = f"{system.id} {code}"
                if meaning.fact is not None:
                    fact = knowledge.facts[meaning.fact]
                    if meaning.value is not None and fact.type != "number":
                        assert meaning.value in (fact.values or ("yes", "no")), where
                elif meaning.attribute == "class":
                    assert meaning.value in knowledge.classes, where
                elif meaning.attribute is not None:
                    assert meaning.value in ATTRIBUTES[meaning.attribute].values, where
                elif meaning.drug is not None:
                    assert meaning.drug in knowledge.drugs, where


def test_every_word_of_a_code_is_one_that_the_importer_knows(knowledge: Knowledge) -> None:
    """A word that nothing reads would be a silent hole."""
    text = "".join(path.read_text(encoding="utf-8") for path in sorted(ROOM.rglob("*.py")))
    words = {
        meaning.value
        for system in knowledge.codes.values()
        # The words of reports have a test of their own: record/pathology/test_words.py.
        if system.id != "report_words"
        for meanings in system.codes.values()
        for meaning in meanings
        if meaning.fact is None and meaning.attribute is None and meaning.drug is None
    }
    spelled = {word.replace(" ", "_") for word in knowledge.codes["words"].codes}
    # Words that only say what a code is, so that it is neither unknown nor another cancer.
    only_named = {"transcript", "variant_id", "allele_fraction", "genetic_report", "gene_not_used",
                  "tissue", "plasma", "supportive", "yes_answer", "no_answer"}  # fmt: skip
    unread = {word for word in words if word and f'"{word}"' not in text} - spelled - only_named
    assert unread == set()


def test_facts_that_the_rooms_name_exist(knowledge: Knowledge) -> None:
    named = (
        *genomics.GENE_FACTS,
        *observations._PDL1,
        *observations._RATIOS,
        *conditions._NOW,
    )
    assert {fact for fact in named if fact not in knowledge.facts} == set()
    assert procedures.COURSE_GAP_DAYS > 21


def test_the_attributes_of_a_form_are_those_of_the_knowledge(knowledge: Knowledge) -> None:
    for name, attribute in ATTRIBUTES.items():
        known = knowledge.attributes[name]
        assert known.type == attribute.type, name
        assert set(attribute.values) == set(known.values), name
        assert attribute.range == known.range, name
        assert dict(attribute.groups) == {
            group: tuple(each) for group, each in known.groups.items()
        }, name
    # Counted from the drug catalogue, never stated.
    assert set(knowledge.attributes) - set(ATTRIBUTES) == {"chemotherapy_drugs"}


def test_systems_are_known_by_every_way_to_write_them() -> None:
    for written in (
        "http://snomed.info/sct",
        "HTTP://snomed.info/sct/",
        "http://snomed.info/sct/731000124108",
        "urn:oid:2.16.840.1.113883.6.96",
    ):
        assert system_named(written) == SNOMED


def test_icd_codes_stand_for_all_below_them(dictionaries: Dictionaries) -> None:
    index = dictionaries.codes
    icd = "http://hl7.org/fhir/sid/icd-10-cm"
    assert index.code(icd, "C50.912") == index.code(icd, "C50")
    assert index.code(icd, "C78.02")[0].value == "lung"
    assert index.code(icd, "Z00.00") == ()


def test_the_longest_name_wins(dictionaries: Dictionaries) -> None:
    index: CodeIndex = dictionaries.codes
    assert index.name("Estrogen+Progesterone receptor Ag")[0].fact == "hormone_receptor_reported"
    assert index.name("Estrogen receptor Ag [Presence]")[0].fact == "er_reported"
    assert index.name("Cholesterol") == ()
    assert regimen_key("dd-AC / T") == "ddact"
