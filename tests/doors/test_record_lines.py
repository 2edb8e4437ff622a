"""`fingerpost record lines`: the lines of therapy, from the keyboard."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

from fingerpost.cli import main
from fingerpost.report.schema import answer_schema

RECORD = """
fingerpost: 1
facts: {last_progression_date: 2024-03-02}
treatments:
  - {drugs: [letrozole, palbociclib], setting: metastatic, start: 2022-03-01, end: 2024-03-05}
  - {drugs: [denosumab], setting: metastatic, start: 2022-04}
  - {drugs: [fulvestrant, alpelisib], setting: metastatic, start: 2024-03-20, ongoing: true}
treatments_complete: true
"""


@pytest.fixture
def record(tmp_path):
    path = tmp_path / "record.yaml"
    path.write_text(RECORD, encoding="utf-8")
    return path


def run(*arguments: object):
    result = CliRunner().invoke(main, ["record", "lines", *map(str, arguments)])
    assert result.exit_code == 0, result.output
    return result.output


def test_each_line_says_why_it_began_and_ended(record) -> None:
    text = " ".join(run(record, "--on", "2026-06-01").split())
    assert "Advanced disease, line 1: AI with a CDK4/6 inhibitor" in text
    assert "after the cancer grew on 2 March 2024 (the date of the last progression)" in text
    assert "Ended: still going on." in text
    assert "Counted as no line - denosumab" in text


def test_where_the_rules_and_their_sources_stand_is_said(record) -> None:
    text = " ".join(run(record, "--on", "2026-06-01").split())
    for page in ("docs/reference/lines.md", "docs/explanation/lines-of-therapy.md"):
        assert page in text
        assert (Path(__file__).parents[2] / page).is_file()


def test_the_picture_has_a_row_for_each_treatment_and_for_growth(record) -> None:
    rows = run(record, "--on", "2026-06-01").splitlines()
    bars = [row for row in rows if row.endswith("|")]
    assert [row.split("|")[0].strip() for row in bars] == [
        "1 AI with a CDK4/6 inhibitor",
        "2 fulvestrant with alpelisib",
        "- denosumab",
        "the cancer grew",
        "",
    ]
    assert len({len(row) for row in bars}) == 1
    assert "\N{BLACK UP-POINTING TRIANGLE}" in bars[3]


def test_a_plain_terminal_gets_a_plain_picture(record) -> None:
    output = run(record, "--on", "2026-06-01", "--ascii")
    picture = output.split("Lines\n")[0]
    assert picture.isascii()
    assert "####" in picture


def test_json_is_as_its_schema_says(record) -> None:
    answer = json.loads(run(record, "--on", "2026-06-01", "--format", "json"))
    jsonschema.Draft202012Validator(answer_schema("lines")).validate(answer)
    assert [line["number_low"] for line in answer["lines"]] == [1, 2]
    decision = answer["lines"][1]["treatments"][0]["decisions"][-1]
    assert (decision["answer"], decision["rule"]) == ("yes", "growth")


def test_what_was_concluded_is_told_with_the_facts(record) -> None:
    result = CliRunner().invoke(main, ["facts", str(record), "--on", "2026-06-01"])
    told = " ".join(result.output.split())
    assert "while letrozole with palbociclib was given [treatments[0]]" in told
    assert "24 months after letrozole with palbociclib had begun: a new line" in told


def test_only_what_is_certain_is_drawn_as_certain(tmp_path) -> None:
    path = tmp_path / "record.yaml"
    path.write_text(
        "fingerpost: 1\n"
        "treatments:\n"
        "  - {drugs: [capecitabine], setting: metastatic, start: 2024}\n"
        "  - {kind: radiotherapy, start: 2024-03-01, end: 2024-06-01}\n",
        encoding="utf-8",
    )
    rows = run(path, "--on", "2026-06-01", "--ascii").splitlines()
    (year,) = [
        row for row in rows if row.endswith("|") and row.strip().startswith("1 capecitabine")
    ]
    (days,) = [
        row for row in rows if row.endswith("|") and row.strip().startswith("- radiotherapy")
    ]
    assert "." in year
    assert "#" not in year
    assert "###" in days


@pytest.mark.parametrize(
    ("day", "signs"), [("2024", {"."}), ("2024-06-01", {"^"}), ("2024-06", {".", "^"})]
)
def test_growth_of_a_year_is_drawn_on_no_day_of_it(tmp_path, day, signs) -> None:
    path = tmp_path / "record.yaml"
    path.write_text(
        "fingerpost: 1\n"
        f"facts: {{last_progression_date: {day}}}\n"
        "treatments:\n"
        "  - {drugs: [capecitabine], setting: metastatic, start: 2022-01-10, end: 2024-12-01}\n",
        encoding="utf-8",
    )
    text = run(path, "--on", "2026-06-01", "--ascii")
    (grown,) = [row for row in text.splitlines() if row.strip().startswith("the cancer grew  ")]
    drawn = set(grown.split("|")[1]) - {" "}
    assert drawn
    assert drawn <= signs
    assert ("not known which" in text) is ("." in drawn)


def test_a_record_without_dates_or_treatments_is_answered(tmp_path) -> None:
    path = tmp_path / "record.yaml"
    path.write_text("fingerpost: 1\ntreatments: none\n", encoding="utf-8")
    text = " ".join(run(path, "--on", "2026-06-01").split())
    assert "there is nothing to draw" in text
    assert "no treatment that can be placed in a line" in text


def test_a_wrong_record_ends_like_everywhere(tmp_path) -> None:
    path = tmp_path / "record.yaml"
    path.write_text("fingerpost: 1\ntreatments: [{drug: x}]\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["record", "lines", str(path)])
    assert result.exit_code == 10
