"""The commands about tables, end to end."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from fingerpost.cli import about, main
from fingerpost.record.omop.tables import VIEWS
from tests.unit.record.omop.test_omop import make
from tests.whole import whole_knowledge

ROOT = Path(__file__).parents[2]
COHORT = ROOT / "examples" / "tables" / "cohort.csv"
MAPPING = ROOT / "examples" / "tables" / "cohort.mapping.yaml"
CANARY = "QUOKKA"


@pytest.fixture(scope="module")
def shipped():
    return whole_knowledge()


@pytest.fixture
def run(monkeypatch, shipped):
    """Run the program on the shipped knowledge, whose facts the example names."""
    monkeypatch.setattr(about, "known", lambda: shipped)

    def _run(*arguments, code=0):
        done = CliRunner().invoke(main, [str(each) for each in arguments], prog_name="fingerpost")
        assert done.exit_code == code, done.stderr or repr(done.exception)
        return done

    return _run


def test_check_counts_columns_and_names_the_words_that_were_not_understood(run):
    said = run("table", "check", COHORT, "--mapping", MAPPING).stdout
    assert "6 people" in said
    assert "ER % -> er_percent: read 5, not understood 1" in said
    assert "words not understood: see report (1)" in said
    assert "not used: Remarks (free text)" in said


def test_check_as_json(run):
    said = json.loads(
        run("table", "check", COHORT, "--mapping", MAPPING, "--format", "json").stdout
    )
    (file,) = said["files"]
    er = next(each for each in file["columns"] if each["column"] == "ER %")
    assert (said["people"], er["read"], er["words_not_understood"]) == (6, 5, {"see report": 1})


def test_read_writes_a_line_for_each_person(run, tmp_path):
    target = tmp_path / "people.ndjson"
    done = run("table", "read", COHORT, "--mapping", MAPPING, "-o", target)
    lines = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert [line["patient"] for line in lines] == [f"P-0{n}" for n in range(1, 7)]
    assert {line["record"]["fingerpost"] for line in lines} == {1}
    assert "6 people read" in done.stderr
    assert "ER %: 1 cells were not understood" in done.stderr


def test_a_form_that_was_written_answers_like_the_table(run, tmp_path):
    form = tmp_path / "p.json"
    run("table", "read", COHORT, "--mapping", MAPPING, "--patient", "P-02", "-o", form)
    told = [
        run("options", *words, "--on", "2026-11-22", "--format", "json").stdout
        for words in ((form,), (COHORT, "--mapping", MAPPING, "--patient", "P-02"))
    ]
    verdicts = [
        {each["id"]: each["verdict"] for each in json.loads(text)["options"]} for text in told
    ]
    assert verdicts[0] == verdicts[1]


@pytest.mark.parametrize("command", ["facts", "missing"])
def test_the_ordinary_doors_take_a_table(run, command):
    words = (COHORT, "--mapping", MAPPING, "--patient", "P-04", "--on", "2026-11-22")
    assert run(command, *words).stdout


def test_a_table_of_several_people_asks_whom(run):
    done = run("facts", COHORT, "--mapping", MAPPING, code=10)
    assert "[several-people]" in done.stderr


@pytest.mark.parametrize(
    "words", [("table", "read", COHORT), ("facts", COHORT)], ids=["read", "facts"]
)
def test_nobody_of_this_id(run, words):
    done = run(*words, "--mapping", MAPPING, "--patient", CANARY, code=10)
    assert "[no-such-person]" in done.stderr
    assert CANARY not in done.stderr


def test_map_can_be_used_as_it_is(run, tmp_path):
    target = tmp_path / "m.yaml"
    done = run("table", "map", COHORT, "-o", target)
    assert "columns placed" in done.stderr
    assert "6 people" in run("table", "check", COHORT, "--mapping", target).stdout


@pytest.mark.parametrize(
    "words",
    [
        ("check", COHORT),
        ("read",),
        ("read", COHORT, "--mapping", MAPPING, "--cohort", "1"),
        ("read", COHORT, "--omop", COHORT),
        ("read", COHORT, "--mapping", MAPPING, "-o", "no folder/x"),
    ],
)
def test_wrong_calls(run, words):
    run("table", *words, code=12)


def test_no_value_reaches_standard_error(run, tmp_path):
    table = tmp_path / "a.csv"
    table.write_text(f"Person;ER %\n{CANARY};{CANARY}\n{CANARY};1;2\n;{CANARY}\n")
    done = run("table", "read", table, "--mapping", MAPPING, code=10)
    assert "[broken-row]" in done.stderr
    assert CANARY not in done.stderr
    table.write_text(f"id;er\n{CANARY};{CANARY}\n")
    mapping = tmp_path / "m.yaml"
    mapping.write_text(
        "fingerpost_mapping: 1\nname: x\ntables: {t: {id: id, columns: {er: {fact: er_reported}}}}\n"
    )
    done = run("table", "read", table, "--mapping", mapping)
    assert "1 cells were not understood" in done.stderr
    assert CANARY not in done.stderr


def test_an_omop_database(run, tmp_path):
    database = make(tmp_path / "cdm.duckdb")
    lines = run("table", "read", "--omop", database).stdout.splitlines()
    assert [json.loads(line)["patient"] for line in lines] == ["1", "2", "3"]
    one = json.loads(run("table", "read", "--omop", database, "--patient", "1").stdout)
    assert {"er_percent", "her2_ihc"} <= {
        *one["facts"],
        *(each["fact"] for each in one["findings"]),
    }


def test_what_a_site_needs_for_its_own_database(run):
    assert run("table", "omop-sql").stdout == VIEWS.read_text(encoding="utf-8")
    assert run("table", "omop-codes").stdout.startswith("vocabulary_id,concept_code\n")


def test_the_schema_of_a_mapping(run):
    schema = json.loads(run("schema", "mapping").stdout)
    assert schema == json.loads((ROOT / "schema" / "mapping.json").read_text(encoding="utf-8"))


def test_help_loads_no_database():
    code = (
        "from fingerpost.cli import main\nimport sys\n"
        "try: main(['table', '--help'])\nexcept SystemExit: pass\n"
        "assert not {'duckdb', 'rapidfuzz', 'python_calamine', 'yaml'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)


def test_a_table_without_a_mapping_is_told_how_it_can_be_read(run, tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("id,er,pr,her2,age\n1,+,+,-,60\n2,+,+,-,61\n", encoding="utf-8")
    done = run("options", path, code=10)
    assert "this looks like a table" in done.stderr
    assert "--mapping" in done.stderr
