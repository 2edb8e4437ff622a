"""Several records of one person: named together, merged into a form, or refused."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from fingerpost.cli import main

EXPORT, NOTES = "examples/amina_fhir.json", "examples/amina_notes.yaml"
ON = ("--on", "2026-11-22")


@pytest.fixture
def run():
    """Run the program on the whole knowledge: the examples name its facts."""
    return lambda *words, given=None: CliRunner().invoke(main, words, given, prog_name="fingerpost")


@pytest.mark.parametrize("command", ["options", "facts", "missing"])
def test_several_records_answer_as_one(run, command):
    one = run(command, EXPORT, NOTES, *ON)
    other = run(command, NOTES, EXPORT, *ON)
    assert one.exit_code == 0
    assert one.stdout == other.stdout


def test_what_only_one_of_them_knows_is_known(run):
    alone = json.loads(run("facts", EXPORT, *ON, "--format", "json").stdout)
    both = json.loads(run("facts", EXPORT, NOTES, *ON, "--format", "json").stdout)
    assert alone["facts"]["treatments_complete"] == "unknown"
    assert both["facts"]["treatments_complete"] == "yes"
    assert len(both["facts"]["treatments"]) == 1


def test_every_place_of_a_finding_is_named_in_json(run):
    document = json.loads(run("facts", EXPORT, NOTES, *ON, "--format", "json").stdout)
    (finding,) = document["facts"]["base"]["er_percent"]["findings"]
    assert finding["source"] == "amina_fhir.json: Observation/er"
    assert finding["also_in"] == [
        {"source": "amina_notes.yaml: facts.er_percent", "words": "estrogen 60 %"}
    ]


def test_a_record_alone_is_shown_as_ever(run):
    document = json.loads(run("facts", EXPORT, *ON, "--format", "json").stdout)
    (finding,) = document["facts"]["base"]["er_percent"]["findings"]
    assert finding["source"] == "Observation/er"
    assert "also_in" not in finding


def test_the_merged_form_answers_as_the_records_do(run, tmp_path):
    form = str(tmp_path / "merged.yaml")
    assert run("record", "merge", EXPORT, NOTES, *ON, "-o", form).exit_code == 0
    for command in ("options", "facts", "missing"):
        records, merged = run(command, EXPORT, NOTES, *ON), run(command, form, *ON)
        assert merged.stdout == records.stdout
    as_json = str(tmp_path / "merged.json")
    assert run("record", "merge", EXPORT, NOTES, *ON, "-o", as_json).exit_code == 0
    assert run("facts", as_json, *ON).stdout == run("facts", form, *ON).stdout


def test_a_merged_form_with_its_own_sources_counts_nothing_twice(run, tmp_path):
    form = str(tmp_path / "merged.yaml")
    run("record", "merge", EXPORT, NOTES, *ON, "-o", form)
    again = run("facts", form, EXPORT, NOTES, *ON)
    assert again.stdout == run("facts", EXPORT, NOTES, *ON).stdout


def test_the_summary_says_what_is_double_and_what_contradicts(run, tmp_path):
    other = tmp_path / "letter.yaml"
    other.write_text(
        "fingerpost: 1\nfacts: {birth_date: 1975, er_percent: {value: 0, date: 2026-02}}\n"
    )
    done = run("record", "merge", EXPORT, str(other), *ON)
    assert "Told in several places, kept once" in done.stdout
    assert "two results on er_percent contradict each other" in " ".join(done.stdout.split())
    assert "amina_fhir.json: 20 findings, 1 treatment" in done.stdout


def test_records_of_two_people_are_refused_and_no_value_is_told(run):
    done = run("options", EXPORT, "examples/maria.yaml", *ON)
    assert done.exit_code == 10
    assert "different-people" in done.stderr
    assert "amina_fhir.json, maria.yaml" in done.stderr
    assert "1975" not in done.stderr
    assert "1968" not in done.stderr
    assert run("facts", EXPORT, "examples/maria.yaml", *ON, "--same-person").exit_code == 0


def test_the_problems_of_all_records_are_told_at_once(run, tmp_path):
    for name in ("one.yaml", "two.yaml"):
        (tmp_path / name).write_text("fingerpost: 1\nfacts: {er_percent: 140}\n")
    done = run("facts", str(tmp_path / "one.yaml"), str(tmp_path / "two.yaml"), *ON)
    assert done.exit_code == 10
    assert "one.yaml" in done.stderr
    assert "two.yaml" in done.stderr


def test_files_of_one_name_are_told_by_their_folders(run, tmp_path):
    for folder, value in (("a", 90), ("b", "'>50'")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "form.yaml").write_text(
            f"fingerpost: 1\nfacts: {{er_percent: {value}}}\n"
        )
    paths = [str(tmp_path / folder / "form.yaml") for folder in ("a", "b")]
    document = json.loads(run("facts", *paths, *ON, "--format", "json").stdout)
    (finding,) = document["facts"]["base"]["er_percent"]["findings"]
    assert finding["source"] == f"{paths[0]}: facts.er_percent"


def test_a_record_is_written_as_a_form_from_standard_input(run):
    done = run("record", "write", "-", *ON, given="fingerpost: 1\nfacts: {er_percent: 90}\n")
    assert done.exit_code == 0
    assert "er_percent: 90" in done.stdout


@pytest.mark.parametrize(
    "command",
    ["options", "facts", "missing", "record write", "record merge", "record lines", "record check"],
)
def test_no_record_is_written_over_by_what_is_read_from_it(run, tmp_path, command):
    notes, form = tmp_path / "notes.yaml", tmp_path / "form.yaml"
    for path in (notes, form):
        path.write_text("fingerpost: 1\nfacts: {sex: female}\n# mine\n", encoding="utf-8")
    done = run(*command.split(), str(notes), str(form), *ON, "-o", str(form))
    assert done.exit_code == 12
    assert "unwritable-file" in done.stderr
    assert form.read_text(encoding="utf-8").endswith("# mine\n")


@pytest.mark.parametrize(
    "words",
    [
        ["name", "--file", "NAMED"],
        ["read", "NAMED"],
        ["table", "map", "NAMED"],
        ["table", "check", "NAMED"],
        ["table", "read", "NAMED"],
    ],
)
def test_nothing_that_is_read_is_written_over(run, tmp_path, words):
    path = tmp_path / "people.csv"
    path.write_text("patient,drug\n1,letrozole\n", encoding="utf-8")
    given = [str(path) if word == "NAMED" else word for word in words]
    done = run(*given, "-o", str(path))
    assert done.exit_code == 12
    assert path.read_text(encoding="utf-8") == "patient,drug\n1,letrozole\n"


@pytest.mark.parametrize(
    "records",
    [[NOTES], [NOTES, NOTES], ["examples/report.txt"], [NOTES, "examples/report.txt"], ["-"]],
)
@pytest.mark.parametrize("command", ["facts", "record lines"])
def test_a_person_who_could_not_be_chosen_is_not_passed_over(run, records, command):
    given = "fingerpost: 1\nfacts: {sex: female}\n"
    done = run(*command.split(), *records, "--patient", "somebody", *ON, given=given)
    assert done.exit_code == 12
    assert "none of these records says whose it is" in done.stderr
    assert "somebody" not in done.stderr


def test_a_person_is_chosen_of_the_export_beside_notes(run):
    done = run("facts", EXPORT, NOTES, "--patient", "amina", *ON)
    assert done.exit_code == 0
    assert done.stdout == run("facts", EXPORT, NOTES, *ON).stdout


def test_the_name_of_a_file_is_told_as_it_is(run, tmp_path):
    paths = []
    for name, drug in (("one.yaml", "letrozole"), ("two.yaml", "paclitaxel")):
        path = tmp_path / name
        text = f"fingerpost: 1\ntreatments: [{{drugs: [{drug}], start: 2020}}]\ntreatments_complete: true\n"
        path.write_text(text, encoding="utf-8")
        paths.append(str(path))
    for command in ("facts", "record lines", "record merge"):
        output = run(*command.split(), *paths, *ON).stdout
        assert "one.yaml" in output
        assert "One.yaml" not in output


@pytest.mark.parametrize("command", ["facts", "options", "record check", "record lines"])
def test_no_birth_date_stands_in_what_contradicts(run, tmp_path, command):
    paths = []
    for name, born in (("a.yaml", "1968-05-03"), ("b.yaml", "1969-07-09")):
        path = tmp_path / name
        path.write_text(f"fingerpost: 1\nfacts: {{birth_date: {born}}}\n", encoding="utf-8")
        paths.append(str(path))
    done = run(*command.split(), *paths, "--same-person", *ON, "--format", "json")
    messages = json.loads(done.stdout)
    told = [each for part in ("messages", "contradictions") for each in messages.get(part, [])]
    (quarrel,) = [each for each in told if each["code"] == "contradicts"]
    assert "1968" not in quarrel["what"]
    assert "1969" not in quarrel["what"]
    assert "contradict each other" in quarrel["what"]
