"""`fingerpost record split`: an export of many people becomes one bundle for each."""

from __future__ import annotations

import json

import pytest

import fingerpost

PATIENTS = [
    {"resourceType": "Patient", "id": each, "birthDate": "1970"} for each in ("a", "A", "b")
]


@pytest.fixture
def export(tmp_path):
    path = tmp_path / "export.ndjson"
    path.write_text("".join(f"{json.dumps(each)}\n" for each in PATIENTS), encoding="utf-8")
    return path


def test_a_file_for_each_person(run, export, tmp_path):
    folder = tmp_path / "people"
    done = run("record", "split", export, "-o", folder)
    assert done.exit_code == 0, done.stderr
    assert done.stdout == ""
    assert "3 people" in done.stderr
    read = [json.loads(path.read_bytes()) for path in folder.iterdir()]
    assert sorted(each["entry"][0]["resource"]["id"] for each in read) == ["A", "a", "b"]
    assert {each["resourceType"] for each in read} == {"Bundle"}


def test_a_line_for_each_person(run, export, tmp_path):
    place = tmp_path / "people.ndjson"
    assert run("record", "split", export, "-o", place).exit_code == 0
    assert len(place.read_text(encoding="utf-8").splitlines()) == 3


@pytest.mark.parametrize("name", ["../../up", "a/b", "con", "a.", "é", ""])
def test_no_id_chooses_the_place_of_a_file(run, tmp_path, name):
    path = tmp_path / "export.ndjson"
    about = {"subject": {"reference": f"Patient/{name}"}}
    path.write_text(json.dumps({"resourceType": "Observation", "id": "o", **about}), "utf-8")
    folder = tmp_path / "deep" / "people"
    assert run("record", "split", path, "-o", folder).exit_code == 0
    everything = {each for each in tmp_path.rglob("*") if each.is_file()} - {path}
    assert {each.parent for each in everything} <= {folder}
    assert all(each.name.startswith("person-") or name == "" for each in everything)


def test_broken_lines_are_told_and_the_rest_is_written(run, export, tmp_path):
    with export.open("a", encoding="utf-8") as file:
        file.write("{broken\n" * 150)
    place = tmp_path / "people.ndjson"
    done = run("record", "split", export, "-o", place)
    assert done.exit_code == 10
    lines = done.stderr.splitlines()
    assert lines[0].startswith("export.ndjson:4: ")
    assert lines[0].endswith("[broken-json]")
    assert "and 50 more" in lines[100]
    assert len(place.read_text(encoding="utf-8").splitlines()) == 3


def test_a_folder_with_something_in_it_is_not_written_to(run, export, tmp_path):
    done = run("record", "split", export, "-o", tmp_path)
    assert done.exit_code == 12
    assert "new folder" in done.stderr
    assert "[unwritable-file]" in done.stderr


@pytest.mark.parametrize("there", [True, False])
def test_an_export_that_is_not_there_is_told(run, tmp_path, there):
    folder = tmp_path / "export"
    if there:
        folder.mkdir()
    done = run("record", "split", folder, "-o", tmp_path / "people.ndjson")
    assert done.exit_code == 10
    assert "[unreadable-file]" in done.stderr


def test_no_value_of_a_person_is_in_what_is_said(run, tmp_path):
    path = tmp_path / "export.ndjson"
    path.write_text('{"resourceType": "Patient", "id": "canary-1", "name": "canary', "utf-8")
    done = run("record", "split", path, "-o", tmp_path / "people.ndjson")
    assert "canary" not in done.stderr


def test_the_library_gives_everybody_one_after_the_other(export, small):
    found = dict(fingerpost.read_people([export], small))
    assert sorted(found) == ["A", "a", "b"]
    assert all(record.findings for record in found.values())


@pytest.mark.parametrize("name", ["export.ndjson", "./export.ndjson", "link.ndjson"])
def test_an_export_is_never_written_over(run, export, tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "link.ndjson").symlink_to(export)
    before = export.read_bytes()
    done = run("record", "split", export, "-o", name)
    assert done.exit_code == 12
    assert "unwritable-file" in done.stderr
    assert export.read_bytes() == before


def test_a_folder_of_exports_is_not_written_into_one_of_them(run, export, tmp_path):
    before = export.read_bytes()
    assert run("record", "split", tmp_path, "-o", export).exit_code == 12
    assert export.read_bytes() == before


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("[]", "not-a-record"),
        ("null", "not-a-record"),
        ("5", "not-a-record"),
        ('{"a": 1}', "not-a-record"),
        ('{"resourceType": "Patient", "id": "q", "id": "r"}', "duplicate-key"),
        ('{"resourceType": "Patient", "id": "q", "meta": {"x": 1, "x": 2}}', "duplicate-key"),
        ('{"resourceType": "Patient", "id": "q", "x": 1e999}', "not-a-number"),
        ('{"resourceType": "Patient", "id": "q", "x": -1e999}', "not-a-number"),
    ],
)
def test_a_line_that_says_nothing_certain_is_told_and_left_out(run, export, tmp_path, line, code):
    with export.open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")
    place = tmp_path / "people.ndjson"
    done = run("record", "split", export, "-o", place)
    assert done.exit_code == 10
    assert "export.ndjson:4: " in done.stderr
    assert f"[{code}]" in done.stderr
    assert len(place.read_text(encoding="utf-8").splitlines()) == 3


@pytest.mark.parametrize("text", ["", "\n\n", '{"resourceType": "Bundle", "entry": []}\n'])
def test_an_export_without_anybody_is_told(run, tmp_path, text):
    path = tmp_path / "export.ndjson"
    path.write_text(text, encoding="utf-8")
    done = run("record", "split", path, "-o", tmp_path / "people.ndjson")
    assert done.exit_code == 10
    assert "nobody is in this export" in done.stderr
