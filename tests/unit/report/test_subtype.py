"""The kind of cancer in one sentence: true for what is known, silent on what is not."""

from __future__ import annotations

import datetime as dt
import json

import pytest

import fingerpost as fp
from fingerpost.report.documents import options_document
from tests.whole import whole_knowledge

DAY = dt.date(2024, 5, 1)


@pytest.fixture
def subtype(small):
    def subtype(**facts: object) -> dict[str, object]:
        record = json.dumps({"fingerpost": 1, "facts": facts}).encode()
        read = fp.read_record(record, small, on=DAY)
        found = fp.find_options(fp.derive(read, small, DAY), fp.RuleSet(small, DAY, "fda"))
        return options_document(found)["subtype"]

    return subtype


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({}, "Breast cancer."),
        ({"er_percent": 90}, "Hormone receptor-positive breast cancer."),
        ({"her2_ihc": "3+"}, "HER2-positive breast cancer."),
        (
            {"er_percent": 90, "her2_ihc": "1+", "extent_reported": "metastatic"},
            "Hormone receptor-positive, HER2-negative (HER2-low) breast cancer that has spread to other "
            "parts of the body (metastatic).",
        ),
        (
            {"er_percent": 0, "her2_ihc": "0"},
            "Triple-negative breast cancer (no ER, no PR, HER2-negative).",
        ),
        (
            {"er_percent": 0, "her2_ihc": "1+", "extent_reported": "early"},
            "Triple-negative early breast cancer (no ER, no PR, HER2-negative; HER2-low).",
        ),
        (
            {"er_percent": 0, "her2_ihc": "3+"},
            "Hormone receptor-negative, HER2-positive breast cancer.",
        ),
        (
            {"er_percent": 90, "her2_ihc": ["0", "1+"]},
            "Hormone receptor-positive, HER2-negative breast cancer.",
        ),
    ],
)
def test_the_sentence(subtype, facts, sentence):
    assert subtype(**facts)["sentence"] == sentence


@pytest.mark.parametrize(
    ("er", "words"),
    [
        (1, "Hormone receptor-positive (ER low: 1 to 10 of 100 cells), HER2-negative"),
        (10, "Hormone receptor-positive (ER low: 1 to 10 of 100 cells), HER2-negative"),
        (11, "Hormone receptor-positive, HER2-negative"),
        (0, "Triple-negative breast cancer"),
    ],
)
def test_few_stained_cells_are_told(er, words):
    knowledge = whole_knowledge()
    record = {"er_percent": er, "pr_percent": 0, "her2_ihc": "1+"}
    form = json.dumps({"fingerpost": 1, "facts": record}).encode()
    facts = fp.derive(fp.read_record(form, knowledge, on=DAY), knowledge, DAY)
    found = fp.find_options(facts, fp.RuleSet(knowledge, DAY, "fda"))
    assert options_document(found)["subtype"]["sentence"].startswith(words)


def test_what_is_not_known_is_asked_for_with_what_is_known(subtype):
    said = subtype(er_percent=90, her2_ihc="2+", extent_reported="metastatic")
    assert said["not_known"] == [
        "HER2 status is not settled: HER2 stain (IHC score): 2+. Needed: HER2 gene test (ISH) (not stated)."
    ]
    assert said["value"] is None
    assert said["her2"] is None


def test_which_negative_is_asked_where_it_matters(subtype):
    said = subtype(er_percent=90, her2_ihc=["0", "1+"], extent_reported="metastatic")
    assert said["value"] == "hr_positive_her2_negative"
    assert said["not_known"][0].startswith("whether it is HER2-low is not known.")


def test_each_finding_it_follows_from_is_given_once(subtype):
    said = subtype(er_percent=90, her2_ihc="1+")
    assert [each["name"] for each in said["because"]] == ["er_percent", "her2_ihc"]


def _whole_subtype(**facts: object) -> dict[str, object]:
    knowledge = whole_knowledge()
    record = json.dumps({"fingerpost": 1, "facts": facts}).encode()
    found = fp.find_options(
        fp.derive(fp.read_record(record, knowledge, on=DAY), knowledge, DAY),
        fp.RuleSet(knowledge, DAY, "fda"),
    )
    return options_document(found)["subtype"]


def test_who_told_that_it_is_early_reads_only_what_is_open():
    said = [
        each for each in _whole_subtype(extent_reported="early")["not_known"] if "HER2" not in each
    ]
    assert any(
        each.startswith("whether it is invasive, or only in the milk ducts") for each in said
    )
    assert "early, or spread" not in " ".join(said)
    # Nobody told that it has not come back: that is presumed, and not repeated as told.
    assert "come back" not in " ".join(said)


def test_what_is_only_presumed_is_not_repeated_as_told():
    said = " ".join(_whole_subtype(breast_surgery="done", m_category="M0")["not_known"])
    assert "has not come back" not in said
    assert "as the team states it: early" not in said
