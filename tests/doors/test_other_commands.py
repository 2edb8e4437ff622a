"""facts, missing, knowledge, case, schema: what they say."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from fingerpost.report.schema import DOCUMENTS, answer_schema, schema_text
from tests.doors.conftest import SMALL

ROOT = Path(__file__).resolve().parents[2]

CASES = """\
cases:
  - id: right
    title: A woman with hormone receptors whose cancer has spread
    on: 2024-05-01
    authority: fda
    record:
      fingerpost: 1
      facts: {birth_date: 1970, er_percent: 80, her2_ihc: "0", extent_reported: metastatic}
    expect:
      fda.gammastrant.advanced: matches
      fda.gammastrant.early: {verdict: does_not_match, deciding: [extent is early]}
      fda.omeganib.withdrawn: not_listed
    facts: {subtype: hr_positive_her2_negative, her2: {positive: no, low: no}}
    next_test: gene_panel
  - id: also-right
    like: right
    but: {facts: {er_percent: null}}
    expect:
      fda.gammastrant.advanced: {verdict: might_match, unknown: [hormone_receptor]}
"""


def words_of(done) -> str:
    assert done.exit_code == 0, done.stderr
    return " ".join(done.stdout.split())


# --- facts --------------------------------------------------------------------------------


def test_facts_say_which_finding_won_and_which_did_not(run, record):
    words = words_of(run("facts", record))
    assert "2+, 11 February 2024, liver, written as “HER2 2+ (liver biopsy)” [findings[0]]" in words
    assert "Why this one: the newest sample counts" in words
    assert "Not counted: - 0, 5 March 2019, breast [findings[1]]" in words


def test_facts_say_what_follows_and_what_stays_open(run, record):
    words = words_of(run("facts", record))
    assert "Growth on hormone therapy (grew_on_hormone_therapy): yes - gammastrant:" in words
    assert "What stays open" in words
    assert "HER2 status (her2)" in words.partition("What stays open")[2]


def test_facts_as_json_keep_to_the_schema(ask, record):
    jsonschema.Draft202012Validator(answer_schema("facts")).validate(ask("facts", record))


# --- missing ------------------------------------------------------------------------------


def test_missing_ranks_and_says_what_settles_everything(run, record):
    words = words_of(run("missing", record))
    assert "3 options open." in words
    assert words.index("1. HER2 gene test") < words.index("2. Gene test of the tumor")
    assert "After these 2 nothing is open: - HER2 gene test (ISH) - Gene test of the tumor" in words


def test_missing_as_json_keeps_to_the_schema(ask, record):
    document = ask("missing", record)
    jsonschema.Draft202012Validator(answer_schema("missing")).validate(document)
    assert [each["id"] for each in document["settles_all"]] == ["her2_ish_test", "gene_panel"]


def test_nothing_missing_is_said_so(run):
    given = "fingerpost: 1\nfacts: {er_percent: 0, her2_ihc: '0', extent_reported: early}\n"
    assert "nothing is missing for the verdicts" in words_of(run("missing", "-", given=given))


# --- knowledge ----------------------------------------------------------------------------


def test_an_option_is_shown_with_all_its_days(run):
    words = words_of(run("knowledge", "show", "fda.omeganib.withdrawn"))
    assert "From 1 February 2021 to 31 December 2022, then withdrawn: accelerated [" in words
    assert "Condition: adult is yes. Source: label.omeganib." in words
    assert "Label of omeganib (invented). Nobody." in words
    assert "File: options/fda/omeganib.yaml" in words


def test_a_medicine_is_found_by_its_brand(run):
    words = words_of(run("knowledge", "show", "Gammex"))
    assert words.startswith("gammastrant")
    assert "[fda.gammastrant.advanced]" in words


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("her2_ihc", "Question: What was the HER2 IHC score?"),
        ("grew_on_hormone_therapy", "Read by 1 option"),
        ("age", "The years from birth_date to today."),
        ("gene_panel", "OMEGA gene change (omega_mutation)"),
        ("label.alphamab", "read in full, last looked at on 1 June 2024"),
        ("gammastrant.qt", "Effect: caution"),
        ("receptor_low", "When: all of (er_percent >= 1 %; er_percent <= 10 %)"),
        ("early_when_nothing_else_is_said", "Read as: extent_reported is early"),
    ],
)
def test_everything_else_is_shown_too(run, name, said):
    assert said in words_of(run("knowledge", "show", name))


def test_show_as_json(ask):
    document = ask("knowledge", "show", "her2_ihc")
    assert [(each["kind"], each["id"]) for each in document["found"]] == [("facts", "her2_ihc")]


@pytest.mark.parametrize("kind", ["options", "drugs", "facts", "tests", "sources", "cautions"])
def test_list_names_every_id(run, small, kind):
    lines = run("knowledge", "list", "--kind", kind).stdout.splitlines()
    expected = {**small.facts, **small.derived} if kind == "facts" else getattr(small, kind)
    assert {line.partition(": ")[0] for line in lines if not line.startswith(" ")} == set(expected)


def test_list_without_a_kind_lists_all(ask):
    assert set(ask("knowledge", "list")) == {
        *("ok", "options", "drugs", "facts", "tests", "sources", "cautions"),
        *("notices", "presumptions", "papers", "editions", "compared"),
    }


def test_check_of_sound_files(run):
    done = run("knowledge", "check", "--knowledge", SMALL, "--on", "2024-07-01")
    assert done.exit_code == 0
    assert "6 options, 4 medicines" in done.stdout


def test_check_of_faulty_files_names_file_and_line(run, tmp_path):
    (tmp_path / "about.yaml").write_text("knowledge_version: soon\n", encoding="utf-8")
    done = run("knowledge", "check", "--knowledge", tmp_path)
    assert done.exit_code == 11
    assert "about.yaml:1:" in done.stdout


# --- case ---------------------------------------------------------------------------------


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    path = tmp_path / "cases.yaml"
    path.write_text(CASES, encoding="utf-8")
    return path


def test_cases_that_are_right(run, cases):
    done = run("case", cases)
    assert done.exit_code == 0, done.stdout
    assert done.stdout.splitlines()[0].startswith("ok      right: A woman")
    assert done.stdout.splitlines()[-1] == "2 cases: 2 ok, 0 FAILED"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            ("advanced: matches", "advanced: not_yet"),
            "fda.gammastrant.advanced: expected not_yet, came matches",
        ),
        (
            ("extent is early", "hormone_receptor"),
            "fda.gammastrant.early: expected no: hormone_receptor, came no: extent is early",
        ),
        (
            ("withdrawn: not_listed", "withdrawn: matches"),
            "fda.omeganib.withdrawn: expected matches, came not_listed",
        ),
        (("fda.omeganib.withdrawn", "fda.omeganib.unheard-of"), "there is no such option"),
        (("{positive: no, low: no}", "low"), "her2: expected low, came"),
        (
            ("hr_positive_her2_negative", "triple_negative"),
            "subtype: expected triple_negative, came",
        ),
        (
            ("next_test: gene_panel", "next_test: er_test"),
            "next_test: expected er_test, came gene_panel",
        ),
        (("er_percent: 80", "er_percent: 800"), "record: expected a record that can be read"),
    ],
)
def test_a_case_that_is_wrong_fails_and_says_what_came(run, cases, change, said):
    cases.write_text(CASES.replace(*change), encoding="utf-8")
    done = run("case", cases)
    assert done.exit_code == 1
    assert "FAILED  right" in done.stdout
    assert said in " ".join(done.stdout.split())


def test_a_wrong_verdict_comes_with_the_conditions(run, cases):
    cases.write_text(CASES.replace("advanced: matches", "advanced: not_yet"), encoding="utf-8")
    assert "yes      “hormone receptor-positive”." in run("case", cases).stdout


# --- schema -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", DOCUMENTS)
def test_schema_prints_what_is_published(run, name):
    assert json.loads(run("schema", name).stdout) == answer_schema(name)


def test_the_schema_of_a_record_is_a_schema(run):
    schema = json.loads(run("schema", "record").stdout)
    jsonschema.Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_published_file_is_current(name):
    path = ROOT / "schema" / f"{name}.json"
    mend = "python -m fingerpost.report.schema schema"
    assert path.read_text(encoding="utf-8") == schema_text(answer_schema(name)), mend
