"""`fingerpost read`: the list, the marked text, the JSON, and what it says to other files."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from fingerpost.cli import about
from fingerpost.report.schema import answer_schema
from tests.whole import whole_knowledge

ROOT = Path(__file__).resolve().parents[2]
REPORT = str(ROOT / "examples" / "report.txt")
TEXT = Path(REPORT).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def whole():
    return whole_knowledge()


@pytest.fixture(autouse=True)
def _the_words_of_reports(run, monkeypatch, whole):
    """The small knowledge has no words of reports: these tests use the project's own."""
    monkeypatch.setattr(about, "known", lambda: whole)


def test_the_list_holds_words_lines_and_statuses(run):
    done = run("read", REPORT, "--on", "2026-11-26")
    assert done.exit_code == 0
    told = " ".join(done.stdout.split())
    assert '"Estrogen receptor: Positive (95%" (line 13' in told
    assert "HER2: negative, because" in told
    assert "HER2-low" in told
    assert "Named, but without a result" in told
    assert "Read, but not used" in told


def test_the_text_is_shown_with_marks(run):
    done = run("read", REPORT, "--show")
    assert "\u27e6Estrogen receptor: Positive (95%\u27e7" in done.stdout
    plain = done.stdout.replace("\u27e6", "").replace("\u27e7", "")
    assert plain == TEXT


def test_the_json_fits_its_schema_and_its_spans_fit_the_text(run):
    done = run("read", REPORT, "--format", "json", "--on", "2026-11-26")
    document = json.loads(done.stdout)
    jsonschema.Draft202012Validator(answer_schema("read")).validate(document)
    for each in document["findings"]:
        start, end = each["span"]
        assert TEXT[start:end] == each["words"]
    statuses = {name: each["status"] for name, each in document["statuses"].items()}
    assert statuses == {"er": "positive", "pr": "positive", "her2": "negative"}
    for each in document["statuses"].values():
        assert each["because"]
        assert each["findings"]


def test_nothing_read_is_said(run):
    done = run("read", "-", given="The weather was fine.\n")
    assert done.exit_code == 0
    assert "Nothing was read" in done.stdout


@pytest.mark.parametrize("given", ['{"resourceType": "Bundle"}', "fingerpost: 1\nfacts: {}\n"])
def test_another_kind_of_record_is_refused(run, given):
    done = run("read", "-", given=given)
    assert done.exit_code == 10
    assert "[not-a-report]" in done.stderr


def test_the_options_take_a_report(run):
    done = run("options", REPORT, "--on", "2026-11-22", "--brief")
    assert done.exit_code == 0
    assert "HER2-low" in done.stdout
