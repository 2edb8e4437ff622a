"""Bad input: one line for each problem, an exit code that says who can mend it, never a traceback."""

from __future__ import annotations

import json

import jsonschema
import pytest

from fingerpost.report.schema import answer_schema

BAD = {
    "no such file": (["options", "no/such/file.yaml"], None, 10),
    "a folder": (["options", "."], None, 10),
    "nothing": (["facts", "-"], "", 10),
    "no record": (["facts", "-"], "hello: world\n", 10),
    "broken YAML": (["facts", "-"], "fingerpost: 1\nfacts: [\n", 10),
    "broken JSON": (["missing", "-"], '{"fingerpost": 1, "facts": {', 10),
    "an unknown fact": (["options", "-"], "fingerpost: 1\nfacts: {shoe_size: 38}\n", 10),
    "an impossible value": (["options", "-"], "fingerpost: 1\nfacts: {er_percent: 900}\n", 10),
    "binary": (["options", "-"], b"\x00\x01\x02\xff", 10),
    "no such day": (["options", "-", "--on", "2024-02-30"], "fingerpost: 1\n", 12),
    "no record named": (["options"], None, 12),
    "no such command": (["prescribe"], None, 12),
    "no such option": (["options", "-", "--rank"], "fingerpost: 1\n", 12),
    "no such authority": (
        ["options", "-", "--authority", "nobody"],
        "fingerpost: 1\nfacts: {}\n",
        12,
    ),
    "no such id": (["knowledge", "show", "gamastrant"], None, 12),
    "no such folder": (
        ["options", "-", "-o", "/no/such/folder/a.txt"],
        "fingerpost: 1\nfacts: {}\n",
        12,
    ),
    "no case file": (["case", "no/such/cases.yaml"], None, 11),
}


@pytest.mark.parametrize("name", BAD)
def test_it_is_told_in_lines_and_by_the_exit_code(run, name):
    arguments, given, code = BAD[name]
    done = run(*arguments, given=given)
    assert done.exit_code == code, (done.exit_code, done.output)
    assert done.stdout == ""
    lines = done.stderr.splitlines()
    assert lines
    assert all(line.endswith("]") and ": " in line for line in lines), lines
    assert "Traceback" not in done.output


@pytest.mark.parametrize("name", [name for name in BAD if BAD[name][0][0] in ("options", "facts")])
def test_as_json_it_is_one_envelope_on_standard_output(run, name):
    arguments, given, code = BAD[name]
    done = run(*arguments, "--format", "json", given=given)
    assert done.exit_code == code
    document = json.loads(done.stdout)
    jsonschema.Draft202012Validator(answer_schema("errors")).validate(document)
    assert document["errors"]
    assert done.stderr == ""


def test_all_problems_of_a_record_are_told_at_once(run):
    given = "fingerpost: 1\nfacts: {er_percent: 900, shoe_size: 38, her2_ihc: 9+}\n"
    assert len(run("options", "-", given=given).stderr.splitlines()) == 3


def test_what_was_meant_is_suggested(run):
    assert "gammastrant" in run("knowledge", "show", "gamastrant").stderr


def test_a_case_file_with_faults_names_each_place(run, tmp_path):
    path = tmp_path / "cases.yaml"
    path.write_text(
        "cases:\n  - {id: a, on: someday, expct: {}}\n  - {id: b, like: c}\n", encoding="utf-8"
    )
    done = run("case", path)
    assert done.exit_code == 11
    for said in (
        "cases.yaml:2:",
        "`expct`",
        "needs a day",
        "no earlier case `c`",
        "expects nothing",
    ):
        assert said in done.stderr


def test_a_fault_of_our_own_is_not_hidden(run, record, monkeypatch):
    def fall(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("fingerpost.options.match.find_options", fall)
    assert isinstance(run("options", record).exception, ZeroDivisionError)
