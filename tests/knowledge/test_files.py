"""The knowledge itself, file by file: what is wrong is told as file:line:column."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from fingerpost.errors import KnowledgeError, Problem
from fingerpost.knowledge.kinds import KINDS, kind_of
from fingerpost.knowledge.load import DATA, load_knowledge, read_files
from fingerpost.knowledge.schema import outdated
from fingerpost.knowledge.yaml_source import read_yaml

SCHEMA = Path(__file__).parents[2] / "schema" / "knowledge"
FILES = sorted(read_files(DATA))


def told(problems: list[Problem]) -> str:
    return "\n".join(str(problem) for problem in problems)


@pytest.fixture(scope="module")
def problems() -> list[Problem]:
    """Every problem of every file, found once for all tests."""
    try:
        load_knowledge()
    except KnowledgeError as error:
        return list(error.problems)
    return []


@pytest.fixture(scope="module")
def validators() -> dict[str, jsonschema.Draft202012Validator]:
    """What an editor would hold each kind of file against."""
    return {
        kind.name: jsonschema.Draft202012Validator(
            json.loads((SCHEMA / f"{kind.name}.json").read_text(encoding="utf-8"))
        )
        for kind in KINDS
    }


@pytest.mark.parametrize("name", FILES)
def test_the_file_is_sound(problems, name):
    own = [problem for problem in problems if problem.where.split(":")[0] == name]
    assert not own, told(own)


@pytest.mark.parametrize("name", FILES)
def test_an_editor_finds_no_fault_either(validators, name):
    document, _ = read_yaml((DATA / name).read_bytes(), name)
    kind = kind_of(name)
    assert document is not None
    assert kind is not None, f"{name} is of no kind"
    faults = [error.message for error in validators[kind.name].iter_errors(document.tree)]
    assert not faults


def test_nothing_else_is_wrong(problems):
    rest = [problem for problem in problems if problem.where.split(":")[0] not in FILES]
    assert not rest, told(rest)


def test_the_published_schemas_are_current():
    late = outdated(SCHEMA)
    assert not late, f"{late}. Try: python -m fingerpost.knowledge.schema --write"
