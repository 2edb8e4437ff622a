"""`fingerpost record check`: one list, in plain words, with what to check."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

from fingerpost.cli import about, main
from fingerpost.knowledge.model import Knowledge
from fingerpost.report.schema import answer_schema
from tests.whole import whole_knowledge

RECORD = """\
fingerpost: 1
facts:
  sex: female
  er_reported: {value: negative, date: 2008-03}
  her2_reported: negative
  her2_ihc: "3+"
  extent_reported: metastatic
  pdl1_cps_22c3: pending
  lvef_percent: {value: 62, date: 2025-01-10}
findings:
  - {fact: pr_percent, value: 90, date: 2019-03-01, specimen: primary}
  - {fact: pr_percent, value: 0, date: 2024-05-01, specimen: metastasis}
"""


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return whole_knowledge()


@pytest.fixture
def check(knowledge, monkeypatch, tmp_path: Path):
    monkeypatch.setattr(about, "known", lambda: knowledge)
    path = tmp_path / "record.yaml"
    path.write_text(RECORD, encoding="utf-8")

    def run(*arguments: str):
        words = ["record", "check", str(path), "--on", "2026-11-22", *arguments]
        done = CliRunner().invoke(main, words, prog_name="fingerpost")
        assert done.exit_code == 0, done.stderr
        return done.stdout

    return run


def part(text: str, title: str) -> str:
    """What stands below a heading."""
    return " ".join(text.partition(f"\n{title}\n")[2].partition("\n\n")[0].split())


def test_the_parts_of_the_list(check) -> None:
    text = check()
    quarrels = part(text, "What does not fit together")
    assert "HER2 status as reported: negative" in quarrels
    assert "The progesterone receptor is not the same in all samples" in quarrels
    old = part(text, "What may be out of date")
    assert "Left ventricular ejection fraction" in old
    assert "March 2008" in old
    assert "PD-L1" in part(text, "What is awaited")
    asked = part(text, "What to ask for")
    assert "It may well have been tested" in asked
    assert "The list of treatments so far" in asked
    assert "The result for the estrogen receptor (ER), March 2008" in part(text, "What is there")


def test_as_json_it_fits_its_schema(check) -> None:
    document = json.loads(check("--format", "json"))
    jsonschema.validate(document, answer_schema("review"))
    holdings = {paper["id"]: paper["holding"] for paper in document["papers"]}
    assert holdings["pdl1"] == "awaited"
    assert holdings["treatments"] == "missing"
    assert {m["code"] for m in document["out_of_date"]} == {"out_of_date", "older_rules"}


def test_papers_editions_and_comparisons_can_be_shown(knowledge, monkeypatch) -> None:
    monkeypatch.setattr(about, "known", lambda: knowledge)
    for name, words in [
        ("heart_test", "Shown by: lvef_percent"),
        ("stage_before_2018", "Before: 1 January 2018"),
        ("her2", "Compares: her2, for each sample by itself"),
    ]:
        done = CliRunner().invoke(main, ["knowledge", "show", name], prog_name="fingerpost")
        assert words in done.stdout


def test_every_claim_leads_back_to_its_source_or_says_that_nobody_looked_it_up(
    check, knowledge
) -> None:
    document = json.loads(check("--format", "json"))
    told = [*document["contradictions"], *document["out_of_date"], *document["papers"]]
    for each in told:
        if each.get("state") == "verified":
            assert each["source"] in knowledge.sources
    rules = [m for m in told if m.get("code") in ("older_rules", "samples_differ")]
    assert rules
    assert all(m["source"] in knowledge.sources and m["state"] for m in rules)
    text = check()
    asked = [each for each in document["papers"] if each["holding"] == "missing"]
    assert all(f"[{each['source']}]" in text for each in asked if each["source"])
    assert any(each["source"] for each in asked)
    assert "[unverified] has not been looked up by anybody" in text
