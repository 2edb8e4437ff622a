"""The published JSON Schema of the form: current, and true of every example."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from fingerpost.knowledge.model import Knowledge
from fingerpost.record.form import schema as form_schema

ROOT = Path(__file__).parents[4]
EXAMPLES = [*sorted(ROOT.glob("examples/*.yaml")), ROOT / "examples" / "nora.json"]


@pytest.fixture(scope="module")
def schema(knowledge: Knowledge) -> dict[str, object]:
    return form_schema.form_schema(knowledge.facts, knowledge.drugs, knowledge.classes)


def test_the_published_schema_is_current(schema: dict[str, object]) -> None:
    written = form_schema.SCHEMA.read_text(encoding="utf-8")
    assert written == form_schema.as_text(schema), (
        "changed. Try: python -m fingerpost.record.form.schema --write"
    )


def test_the_schema_is_a_schema(schema: dict[str, object]) -> None:
    jsonschema.Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_every_example_fits_the_schema(schema: dict[str, object], path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    # BaseLoader keeps dates as text, as our own reader does; flags and numbers are read back below.
    tree = json.loads(text) if path.suffix == ".json" else _plain(yaml.load(text, yaml.BaseLoader))
    errors = [
        error.json_path for error in jsonschema.Draft202012Validator(schema).iter_errors(tree)
    ]
    assert errors == []


def _plain(node: object) -> object:
    if isinstance(node, dict):
        return {key: _plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_plain(value) for value in node]
    if node in ("true", "false"):
        return node == "true"
    try:
        return json.loads(node) if isinstance(node, str) and node[:1].isdigit() else node
    except ValueError:
        return node


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"fingerpost": 2},
        {"fingerpost": 1, "fact": {}},
        {"fingerpost": 1, "facts": {"er": "positive"}},
        {"fingerpost": 1, "facts": {"er_percent": 140}},
        {"fingerpost": 1, "facts": {"her2_ihc": "4+"}},
        {"fingerpost": 1, "facts": {"her2_ihc": {"value": "2+", "datum": "2020"}}},
        {"fingerpost": 1, "treatments": [{"drug": "letrozole"}]},
        {"fingerpost": 1, "treatments": [{"drugs": ["letrozole"], "setting": "sideways"}]},
    ],
)
def test_what_the_reader_refuses_the_schema_refuses(
    schema: dict[str, object], wrong: dict[str, object]
) -> None:
    assert list(jsonschema.Draft202012Validator(schema).iter_errors(wrong))


def test_every_fact_is_described_by_its_question(
    schema: dict[str, object], knowledge: Knowledge
) -> None:
    facts = schema["properties"]["facts"]["properties"]
    assert set(facts) == {*knowledge.facts, "age"}
    for fact, entry in knowledge.facts.items():
        if entry.question:
            assert entry.question in facts[fact]["description"]


def test_the_command_writes_and_prints(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "deep" / "record.json"
    assert form_schema.main(["--write", str(target)]) == 0
    assert form_schema.main([]) == 0
    assert capsys.readouterr().out == target.read_text(encoding="utf-8")
