"""Curator cases: what they take over, and how strictly they are held to what came."""

from __future__ import annotations

from pathlib import Path

import pytest

from fingerpost.errors import KnowledgeError
from fingerpost.knowledge.load import load_knowledge
from fingerpost.options.cases import CaseRunner, flat, merge, read_cases
from tests.doors.conftest import SMALL

EARLY_AND_NEGATIVE = """\
cases:
  - id: one
    on: 2024-05-01
    record: {fingerpost: 1, facts: {er_percent: 0, extent_reported: metastatic}}
    expect:
      fda.gammastrant.early: {verdict: does_not_match, deciding: [DECIDING]}
"""


@pytest.fixture(scope="module")
def runner() -> CaseRunner:
    return CaseRunner(load_knowledge(SMALL))


def cases_of(text: str, folder: Path):
    path = folder / "cases.yaml"
    path.write_text(text, encoding="utf-8")
    return read_cases(path)


@pytest.mark.parametrize(
    ("base", "changes", "merged"),
    [
        ({"a": {"b": 1}}, {"a": {"c": 2}}, {"a": {"b": 1, "c": 2}}),
        ({"a": {"b": 1}}, {"a": 2}, {"a": 2}),
        ({"a": 1}, {"a": {"absent": "pending"}}, {"a": {"absent": "pending"}}),
        ({"treatments": [1, 2]}, {"treatments": [3]}, {"treatments": [3]}),
        ({"a": 1, "b": 2}, {"a": None}, {"b": 2}),
        ({"a": 1}, {"b": None}, {"a": 1}),
    ],
)
def test_a_record_with_some_things_changed(base, changes, merged):
    assert merge(base, changes) == merged


def test_the_case_it_is_like_is_not_changed():
    base = {"facts": {"a": 1}}
    merge(base, {"facts": {"a": None}})
    assert base == {"facts": {"a": 1}}


def test_a_nested_condition_is_searched_as_one_line():
    assert flat({"at_least": 2, "of": ["a is yes", {"any": ["b is no"]}]}) == "a is yes; b is no"


def test_day_authority_and_record_are_taken_over(tmp_path):
    text = EARLY_AND_NEGATIVE.replace("DECIDING", "x")
    text += "  - {id: two, like: one, on: 2024-05-02, but: {facts: {er_percent: 50}}, facts: {adult: unknown}}\n"
    _, two = cases_of(text, tmp_path)
    assert two.on.isoformat() == "2024-05-02"
    assert two.record["facts"] == {"er_percent": 50, "extent_reported": "metastatic"}
    assert dict(two.expect) == {}


@pytest.mark.parametrize(
    ("deciding", "right"),
    [
        ("hormone_receptor is positive, extent is early", True),
        ("hormone_receptor", False),  # the other condition that says no is not named
        ("hormone_receptor, extent, adult", False),
    ],
)
def test_the_conditions_that_say_no_are_all_named_and_no_others(tmp_path, runner, deciding, right):
    (case,) = cases_of(EARLY_AND_NEGATIVE.replace("DECIDING", deciding), tmp_path)
    assert (not runner.run(case).different) is right


@pytest.mark.parametrize(
    ("facts", "right"),
    [
        ("{her2: unknown}", True),
        ("{her2: {positive: unknown, low: unknown}}", True),
        ("{hormone_receptor: negative}", True),
        ("{hormone_receptor: {not: positive}}", True),
        ("{hormone_receptor: unknown}", False),
        ("{adult: unknown}", True),
        ("{adult: yes}", False),
        ("{her2_ihc: unknown}", True),
        ("{extent_reported: metastatic}", True),
        ("{extent_reported: {not: early}}", True),
        ("{er_percent: 0}", True),
        ("{shoe_size: 38}", False),
    ],
)
def test_facts_are_compared(tmp_path, runner, facts, right):
    text = EARLY_AND_NEGATIVE.partition("    expect:")[0] + f"    facts: {facts}\n"
    (case,) = cases_of(text, tmp_path)
    assert (not runner.run(case).different) is right


def test_faults_of_a_file_are_told_at_once(tmp_path):
    text = "cases:\n  - {id: a}\n  - {id: a, on: 2024-01-01, record: {}, expect: {x: perhaps}}\n  - 7\n"
    with pytest.raises(KnowledgeError) as caught:
        cases_of(text, tmp_path)
    said = str(caught.value)
    for part in ("needs a day", "no record", "stands twice", "no verdict", "needs an `id`"):
        assert part in said


def test_a_file_that_holds_no_cases(tmp_path):
    with pytest.raises(KnowledgeError, match="no file of cases"):
        cases_of("people: []\n", tmp_path)
