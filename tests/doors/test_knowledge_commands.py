"""compare, drugs, and the commands about the knowledge: on the real knowledge, as a person would run them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result

from fingerpost.cli import main
from fingerpost.report.export import export_schema
from fingerpost.report.schema import answer_schema

LOCAL = """\
drug: letrozole
authority: local
options:
  house-rule:
    title: Letrozole by the rule of an invented hospital
    drugs: [letrozole]
    setting: advanced
    windows:
      - from: 2024-01-01
        date_state: verified
        status: local
        source: local.house
        criteria:
          - {when: er is positive, label: ER, quoted: false, kind: disease, source: local.house, state: verified}
"""
SOURCE = """\
title: Rules of an invented hospital
publisher: An invented hospital
kind: guideline
url: https://example.org/rules
checked_on: 2026-11-22
checked_how: full
"""

Run = Callable[..., Result]


@pytest.fixture
def run() -> Run:
    def run(*words: object) -> Result:
        return CliRunner().invoke(main, [str(word) for word in words], prog_name="fingerpost")

    return run


@pytest.fixture
def hospital(tmp_path: Path) -> Path:
    folder = tmp_path / "hospital"
    (folder / "options" / "local").mkdir(parents=True)
    (folder / "sources").mkdir()
    (folder / "options" / "local" / "letrozole.yaml").write_text(LOCAL, encoding="utf-8")
    (folder / "sources" / "local.house.yaml").write_text(SOURCE, encoding="utf-8")
    return folder


def ask(done: Result, schema: str) -> dict[str, Any]:
    assert done.exit_code == 0, done.stderr
    document: dict[str, Any] = json.loads(done.stdout)
    jsonschema.Draft202012Validator(answer_schema(schema)).validate(document)
    return document


# --- compare ------------------------------------------------------------------------------


def test_compare_sets_three_authorities_side_by_side(run):
    found = ask(run("compare", "Piqray", "--on", "2026-11-22", "--format", "json"), "compare")
    (use,) = found["uses"]
    told = {wording["authority"]: wording["section"] for wording in use["wordings"]}
    assert set(told) == {"fda", "ema", "nice"}
    assert told["nice"] == "TA816"
    assert found["drug"]["name"] == "alpelisib"


def test_compare_says_in_words_how_they_differ(run):
    words = " ".join(run("compare", "tucatinib", "--on", "2026-11-22").stdout.split())
    assert "US (FDA): regular, section 1" in words
    assert "Only EU (EMA) asks:" in words
    assert "An invented person whom US (FDA) fits and EU (EMA) does not" in words


def test_compare_refuses_a_name_that_is_no_medicine(run):
    done = run("compare", "alpelisip")
    assert done.exit_code == 12
    assert "no medicine is known as `alpelisip`" in done.stderr
    assert "[unknown-drug]" in done.stderr


# --- what changed -------------------------------------------------------------------------


def test_diff_tells_what_appeared_and_for_whom(run):
    done = run(
        "knowledge", "diff", "2026-04-30", "2026-05-01", "--authority", "fda", "--format", "json"
    )
    (change,) = ask(done, "changes")["changes"]
    assert change["id"] == "fda.vepdegestrant.advanced-esr1-after-endocrine"
    assert change["kind"] == "appeared"
    assert change["gains"]["record"]["facts"]["esr1_mutation"] == "present"


def test_diff_in_words_names_the_condition_that_went(run):
    done = run(
        "knowledge", "diff", "2023-03-01", "2023-03-04", "--drug", "Verzenio", "--authority", "fda"
    )
    words = " ".join(done.stdout.split())
    assert "No longer asked:" in words
    assert "An invented person whom it fits only since:" in words


def test_diff_wants_the_earlier_day_first(run):
    done = run("knowledge", "diff", "2026-05-01", "2026-04-30")
    assert done.exit_code == 12
    assert "2026-04-30 lies before 2026-05-01" in done.stderr


def test_the_same_question_has_the_same_answer_to_the_byte():
    command = "knowledge diff 2026-04-30 2026-05-01 --authority fda --format json"
    answers = {
        subprocess.run(
            [sys.executable, "-m", "fingerpost", *command.split()],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(answers) == 1


# --- medicines, coverage, export ----------------------------------------------------------


def test_any_name_finds_a_medicine(run):
    for name in ("Herzuma", "trastuzumab-dttb", "herceptin hylecta"):
        found = ask(run("drugs", name, "--format", "json"), "drugs")
        assert [drug["id"] for drug in found["drugs"]] == ["trastuzumab"]


def test_medicines_are_browsed_by_kind_target_subtype_and_setting(run):
    def ids(*words: str) -> set[str]:
        found = ask(run("drugs", *words, "--on", "2026-11-22", "--format", "json"), "drugs")
        return {drug["id"] for drug in found["drugs"]}

    assert ids("--class", "cdk4_6_inhibitor") >= {"abemaciclib", "palbociclib", "ribociclib"}
    assert {"trastuzumab", "tucatinib"} <= ids("--target", "HER2")
    negative = ids("--subtype", "triple_negative", "--setting", "advanced", "--authority", "fda")
    assert "sacituzumab_govitecan" in negative
    assert negative.isdisjoint({"palbociclib", "tucatinib"})


def test_an_unknown_kind_is_told_with_the_closest(run):
    done = run("drugs", "--class", "cdk_inhibitor")
    assert done.exit_code == 12
    assert "cdk4_6_inhibitor" in done.stderr


def test_coverage_counts_every_authority_and_every_claim(run):
    found = ask(run("knowledge", "coverage", "--on", "2026-11-22", "--format", "json"), "coverage")
    assert [row["authority"] for row in found["authorities"]] == ["fda", "ema", "nice", "guideline"]
    assert all(row["uses"] == sum(row["by_state"].values()) for row in found["authorities"])
    assert set(found["claims"]["criteria"]) == {"verified", "weak", "unverified"}


def test_the_export_is_written_and_keeps_to_the_published_schema(run, tmp_path):
    target = tmp_path / "knowledge.json"
    assert run("knowledge", "export", "-o", target).exit_code == 0
    jsonschema.Draft202012Validator(export_schema()).validate(json.loads(target.read_text()))
    assert json.loads(run("schema", "export").stdout) == export_schema()


# --- a hospital's own files ---------------------------------------------------------------


def test_a_hospitals_files_lie_on_top(run, hospital):
    done = run("options", "examples/maria.yaml", "--authority", "local", "--knowledge", hospital)
    assert done.exit_code == 0, done.stderr
    assert "options of the hospital's own list" in " ".join(done.stdout.split())
    assert "Letrozole by the rule of an invented hospital" in " ".join(done.stdout.split())
    assert "options/local/letrozole.yaml" in done.stderr


def test_a_file_of_the_projects_name_is_refused(run, hospital):
    (hospital / "drugs").mkdir()
    (hospital / "drugs" / "letrozole.yaml").write_text("name: letrozole\n", encoding="utf-8")
    done = run("drugs", "--knowledge", hospital)
    assert done.exit_code == 11
    assert "drugs/letrozole.yaml: the project has a file of this name" in done.stderr
    assert "[taken-name]" in done.stderr


def test_files_that_do_not_check_are_refused_with_every_reason(run, hospital):
    spoiled = LOCAL.replace("er is positive", "er is posative").replace("local.house", "house", 1)
    (hospital / "options" / "local" / "letrozole.yaml").write_text(spoiled, encoding="utf-8")
    done = run("options", "examples/maria.yaml", "--knowledge", hospital)
    assert done.exit_code == 11
    assert "options/local/letrozole.yaml:14" in done.stderr
    assert "did you mean" in done.stderr
    assert "there is no source `house`" in done.stderr


def test_files_on_top_do_not_speak_for_others(run, hospital):
    (hospital / "options" / "fda").mkdir()
    text = LOCAL.replace("authority: local", "authority: fda").replace(
        "status: local", "status: regular"
    )
    (hospital / "options" / "fda" / "letrozole_local.yaml").write_text(text, encoding="utf-8")
    (hospital / "facts").mkdir()
    guess = """\
presumptions:
  guess:
    {fact: sex, value: female, when: always, unless: never, plain: We guess., state: unverified}
"""
    (hospital / "facts" / "house.yaml").write_text(guess, encoding="utf-8")
    done = run("options", "examples/maria.yaml", "--knowledge", hospital)
    assert done.exit_code == 11
    assert done.stderr.count("[oversteps]") == 2
    assert "`authority: local`" in done.stderr


def test_a_rule_that_nobody_can_meet_is_refused(run, hospital):
    line = "          - {when: er is positive"
    no = (
        line.replace("er is positive", "subtype is triple_negative")
        + ", label: TNBC, quoted: false, "
    )
    text = LOCAL + no + "kind: disease, source: local.house, state: verified}\n"
    (hospital / "options" / "local" / "letrozole.yaml").write_text(text, encoding="utf-8")
    done = run("options", "examples/maria.yaml", "--knowledge", hospital)
    assert done.exit_code == 11
    assert "[impossible]" in done.stderr


def test_an_empty_folder_is_no_knowledge(run, tmp_path):
    done = run("drugs", "--knowledge", tmp_path)
    assert done.exit_code == 11
    assert "there is no knowledge file in this folder" in done.stderr


# --- what patients are not shown ----------------------------------------------------------


def test_figures_nobody_verified_are_withheld_from_patients_and_counted(run):
    def answer(audience: str) -> dict[str, Any]:
        words = ("options", "examples/maria.yaml", "--on", "2026-11-22", "--audience", audience)
        return ask(run(*words, "--format", "json"), "options")

    shown = [e for option in answer("patient")["options"] for e in option["evidence"]]
    every = [e for option in answer("professional")["options"] for e in option["evidence"]]
    withheld = sum(option["evidence_withheld"] for option in answer("patient")["options"])
    assert {e["state"] for e in shown} == {"verified"}
    assert any(e["state"] != "verified" for e in every)
    assert len(shown) + withheld == len(every)


def test_other_authorities_and_guidelines_stand_beside_an_answer(run):
    done = run("options", "examples/maria.yaml", "--on", "2026-11-22", "--format", "json")
    found = ask(done, "options")
    alpelisib = next(o for o in found["options"] if o["id"].startswith("fda.alpelisib"))
    assert {e["authority"] for e in alpelisib["elsewhere"]} == {"ema", "nice"}
    assert {o["authority"] for o in found["guideline_based"]} == {"guideline"}
    assert all(not o["id"].startswith("guideline.") for o in found["options"])


def test_what_nice_does_not_recommend_is_said_with_whom_it_is_about(run):
    done = run(
        "options",
        "examples/maria.yaml",
        "--authority",
        "nice",
        "--on",
        "2026-11-22",
        "--format",
        "json",
    )
    found = ask(done, "options")
    refused = {absent["id"]: absent for absent in found["not_in_force"]}
    low = refused["nice.trastuzumab_deruxtecan.her2-low-after-chemotherapy"]
    assert (low["reason"], low["section"]) == ("not recommended", "TA992")
    assert low["population"] in ("yes", "no", "unknown")
    assert low["id"] not in {option["id"] for option in found["options"]}


def test_what_ended_without_a_recommendation_fits_nobody_any_more(run):
    words = ("knowledge", "diff", "2026-01-01", "2026-01-31", "--authority", "nice")
    found = {
        each["id"]: each for each in ask(run(*words, "--format", "json"), "changes")["changes"]
    }
    ended = found["nice.entrectinib.ntrk-fusion-solid-tumor"]
    assert (ended["kind"], ended["how"]) == ("left", "terminated")
    assert ended["loses"]["record"]["facts"]["ntrk_fusion"] == "present"


def test_a_hospital_may_date_its_files_after_the_projects_version(run, hospital):
    path = hospital / "options" / "local" / "letrozole.yaml"
    path.write_text(LOCAL.replace("2024-01-01", "2031-01-01"), encoding="utf-8")
    done = run("options", "examples/maria.yaml", "--authority", "local", "--knowledge", hospital)
    assert done.exit_code == 0, done.stderr


def test_overlaps_need_the_proofs(run):
    done = run("knowledge", "check", "--quick", "--overlaps")
    assert done.exit_code == 12
    assert "leave out --quick" in done.stderr
