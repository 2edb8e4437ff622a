from __future__ import annotations

import json

import jsonschema
import pytest

from fingerpost.knowledge.kinds import KINDS, kind_of
from fingerpost.knowledge.schema import main, outdated, schema_of, schemas
from fingerpost.knowledge.yaml_source import read_yaml


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_each_schema_is_a_schema(kind):
    jsonschema.Draft202012Validator.check_schema(schema_of(kind))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_what_the_loader_reads_fits_the_schema(small, kind):
    validator = jsonschema.Draft202012Validator(schema_of(kind))
    names = [name for name in small if kind_of(name) is kind]
    assert names
    for name in names:
        document, _ = read_yaml(small[name].encode(), name)
        assert [error.message for error in validator.iter_errors(document.tree)] == []


@pytest.mark.parametrize(
    ("when", "fits"),
    [
        ("always", True),
        ({"all": ["always", {"not": "never"}]}, True),
        ({"at_least": 2, "of": ["always", "never"]}, True),
        ({"at_least": 2}, False),
        ({"al": ["always"]}, False),
        ({"any": []}, False),
        (True, False),
    ],
)
def test_criteria_have_a_shape(when, fits):
    (options,) = (kind for kind in KINDS if kind.name == "options")
    schema = {"$ref": "#/$defs/When", "$defs": schema_of(options)["$defs"]}
    assert jsonschema.Draft202012Validator(schema).is_valid(when) is fits


def test_what_is_out_of_date_is_named(tmp_path, capsys):
    assert main([str(tmp_path / "schema"), "--write"]) == 0
    assert outdated(tmp_path / "schema") == []
    (tmp_path / "schema" / "about.json").write_text("{}")
    (tmp_path / "schema" / "old.json").write_text("{}")
    (tmp_path / "schema" / "drug.json").unlink()
    assert main([str(tmp_path / "schema")]) == 1
    assert outdated(tmp_path / "schema") == ["about.json", "drug.json", "old.json"]
    assert "--write" in capsys.readouterr().out


def test_schemas_are_plain_json():
    assert all(json.loads(text)["$schema"] for text in schemas().values())
