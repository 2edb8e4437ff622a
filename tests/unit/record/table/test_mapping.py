"""Mapping files: faults are told with their line, and the shipped ones are sound."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from fingerpost.errors import RecordError
from fingerpost.record.table.mapping import mapping_schema
from fingerpost.record.table.mapping_file import parse_mapping, read_mapping, shipped_mappings
from tests.unit.record.table.conftest import mapping


@pytest.mark.parametrize("name", shipped_mappings())
def test_the_shipped_mappings_are_sound(name, dictionaries):
    assert read_mapping(name, dictionaries).tables


def test_there_are_mappings_for_cbioportal():
    assert {"cbioportal", "metabric"} <= set(shipped_mappings())


@pytest.mark.parametrize(
    ("columns", "code", "said"),
    [
        ("er: {fact: er_reportd}", "unknown-fact", "er_reported"),
        ("er: {fact: er_reported, vales: {a: positive}}", "unknown-key", "values"),
        ("er: {fact: er_reported, values: {a: maybe}}", "unknown-value", "positive"),
        ("er: {fact: er_reported, values: {a: ER+}}", "unknown-value", "positive"),
        ("er: {fact: er_reported, absent: {a: gone}}", "wrong-value", "not_"),
        ("er: {fact: er_reported, specimen: toe}", "unknown-value", "metastasis"),
        ("x: {fact: metastatic_sites, member: toe}", "unknown-value", "toe"),
        ("a: {fact: age}", "missing-key", "date"),
    ],
)
def test_every_name_is_held_against_the_catalogue(columns, code, said, dictionaries):
    with pytest.raises(RecordError) as error:
        parse_mapping(mapping(columns).encode(), "m.yaml", dictionaries)
    (problem,) = error.value.problems
    assert problem.code == code
    assert problem.where.startswith("m.yaml:")
    assert said in str(problem)


def test_treatments_are_held_against_the_catalogue(dictionaries):
    table = """
treatments:
  - {column: a, yes: y, no: n, classes: [chemotherpy]}
  - {column: b, yes: y, no: n, drugs: [xyzamab], attributes: {seting: {value: adjuvant}}}
  - {column: c, yes: y, no: n, attributes: {setting: {value: someday}, line: {}}}
"""
    with pytest.raises(RecordError) as error:
        parse_mapping(
            mapping("er: {fact: er_reported}", table=table).encode(), "m.yaml", dictionaries
        )
    assert len(error.value.problems) == 5


@pytest.mark.parametrize(
    ("columns", "table", "code", "said"),
    [
        ("er: {fact: er_reported, values: {POS: positive, pos: negative}}", "", "contra", "pos"),
        ("er: {fact: er_reported, values: {x: positive}, absent: {X: pending}}", "", "contra", "X"),
        (
            "a: {fact: age, date: d, values: {x: 5, ' X': 6}}",
            "",
            "contra",
            "two meanings",
        ),
        ("", "treatments: [{column: a, yes: [y, given], no: [n, Y]}]", "contra", "Y"),
        ("", "treatments: [{column: a, yes: y, no: n, absent: {N: not_known}}]", "contra", "N"),
        ("", "variants: {gene: a, change: b, changes: {silent: x, counted: X}}", "contra", "X"),
        (
            "",
            "treatment_rows: {attributes: {line: {column: a, values: {I: 1, i: 2}}}}",
            "contra",
            "i",
        ),
        (
            "",
            "treatment_rows: {classes: {column: a, values: {C: chemotherpy}}}",
            "unknown-value",
            "chemotherapy",
        ),
        ("", "treatment_rows: {classes: {value: chemotherpy}}", "unknown-value", "chemotherapy"),
        ("", "specimen: toe", "unknown-value", "metastasis"),
    ],
)
def test_a_word_has_one_meaning_and_every_name_is_known(columns, table, code, said, dictionaries):
    text = mapping(columns or "er: {fact: er_reported}", table=table)
    with pytest.raises(RecordError) as error:
        parse_mapping(text.encode(), "m.yaml", dictionaries)
    (problem,) = error.value.problems
    assert problem.code.startswith(code)
    assert problem.where.startswith("m.yaml:")
    assert said in str(problem)


def test_a_word_may_stand_twice_with_the_same_meaning(dictionaries):
    text = mapping("er: {fact: er_reported, values: {POS: positive, pos: positive}}")
    assert parse_mapping(text.encode(), "m.yaml", dictionaries).tables


def test_a_mapping_that_is_not_there_names_those_that_are(dictionaries):
    with pytest.raises(RecordError, match="cbioportal"):
        read_mapping("nowhere", dictionaries)


def test_a_table_of_several_is_chosen_by_its_columns_or_refused(read):
    text = """
fingerpost_mapping: 1
name: invented
tables:
  a: {has: [x], id: id, columns: {x: {fact: grade}}}
  b: {has: [y], id: id, columns: {y: {fact: grade}}}
"""
    with pytest.raises(RecordError) as error:
        read({"z.csv": "id,z\np,1\n"}, text)
    assert error.value.problems[0].code == "which-table"
    with pytest.raises(RecordError) as error:
        read({"x.csv": "id,x\np,1\n"}, text)
    assert [each.code for each in error.value.problems] == ["missing-table"]


def test_the_published_schema_is_that_of_the_program():
    published = Path(__file__).parents[4] / "schema" / "mapping.json"
    assert json.loads(published.read_text(encoding="utf-8")) == mapping_schema()


@pytest.mark.parametrize("name", shipped_mappings())
def test_the_shipped_mappings_keep_to_the_schema(name):
    jsonschema.Draft202012Validator.check_schema(mapping_schema())
    tree = yaml.load(shipped_mappings()[name].read_text(encoding="utf-8"), yaml.BaseLoader)
    tree["fingerpost_mapping"] = 1
    assert {"fingerpost_mapping", "name", "tables"} <= set(tree)
