"""Whatever happens, no value of a person reaches a log or standard error."""

from __future__ import annotations

import json
import logging

import pytest

CANARY = "Zaphira Quillworth"
NUMBER = "87.6543"

RECORDS = {
    "sound": f'fingerpost: 1\nfacts: {{er_percent: {{value: {NUMBER}, words: "{CANARY}"}}}}\n',
    "an odd drug": f"fingerpost: 1\nfacts: {{}}\ntreatments: [{{drugs: ['{CANARY}']}}]\n",
    "a wrong value": f"fingerpost: 1\nfacts: {{her2_ihc: '{CANARY}', er_percent: 1{NUMBER}}}\n",
    "a wrong date": f"fingerpost: 1\nfacts: {{birth_date: '{CANARY}'}}\n",
    "broken JSON": '{"fingerpost": 1, "facts": {"her2_ihc": "' + CANARY,
    "a patient": '{"resourceType": "Patient", "name": [{"family": "' + CANARY + '"}]}',
}
COMMANDS = [
    ("options",),
    ("options", "--explain"),
    ("options", "--format", "json"),
    ("facts",),
    ("missing",),
    ("symptoms",),
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("name", RECORDS)
def test_no_value_is_logged_or_printed_as_an_error(run, caplog, name, command):
    caplog.set_level(logging.DEBUG)
    done = run(command[0], "-", *command[1:], given=RECORDS[name])
    said = done.stderr + caplog.text
    assert CANARY not in said
    assert NUMBER not in said


def test_nothing_is_written_but_the_file_that_was_named(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    run("options", "-", "-o", "answer.txt", given=RECORDS["sound"])
    assert [path.name for path in tmp_path.iterdir()] == ["answer.txt"]


# --- a hospital's export, with a name everywhere an export can hold one -------------------

_NAMED = {
    "resourceType": "Bundle",
    "type": "collection",
    "entry": [
        {
            "resource": {
                "resourceType": "Patient",
                "id": "p",
                "text": {"status": "generated", "div": f"<div>{CANARY}</div>"},
                "identifier": [{"system": "urn:hospital", "value": NUMBER}],
                "name": [{"text": CANARY, "family": CANARY, "given": [CANARY]}],
                "telecom": [{"system": "phone", "value": NUMBER}],
                "address": [{"text": CANARY, "line": [CANARY], "postalCode": NUMBER}],
                "contact": [{"name": {"text": CANARY}}],
                "birthDate": "1968-05-03",
                "gender": "female",
            }
        },
        {
            "resource": {
                "resourceType": "Observation",
                "id": "er",
                "status": "final",
                "text": {"status": "generated", "div": f"<div>{CANARY}</div>"},
                "identifier": [{"value": NUMBER}],
                "subject": {"reference": "Patient/p", "display": CANARY},
                "performer": [{"display": CANARY}],
                "code": {"coding": [{"system": "http://loinc.org", "code": "85337-4"}]},
                "valueCodeableConcept": {
                    "coding": [{"system": "http://snomed.info/sct", "code": "10828004"}]
                },
                "effectiveDateTime": "2024-05-02",
            }
        },
        {
            "resource": {
                "resourceType": "MedicationStatement",
                "id": "m",
                "status": "active",
                "identifier": [{"value": NUMBER}],
                "subject": {"reference": "Patient/p", "display": CANARY},
                "informationSource": {"display": CANARY},
                "medicationCodeableConcept": {"text": "letrozole"},
                "effectivePeriod": {"start": "2024-06-01"},
            }
        },
    ],
}


@pytest.mark.parametrize(
    "command",
    [("record", "write"), ("record", "merge"), ("facts",), ("options", "--explain")],
    ids=" ".join,
)
def test_no_name_address_or_number_of_a_person_is_told_or_written(run, tmp_path, command):
    export, notes = tmp_path / "export.json", tmp_path / "notes.yaml"
    export.write_text(json.dumps(_NAMED))
    notes.write_text("fingerpost: 1\nfacts: {birth_date: 1968, er_percent: 0}\n")
    written = tmp_path / "form.yaml"
    several = [str(notes)] if command != ("record", "write") else []
    said = run(*command, str(export), *several, "-o", str(written))
    assert said.exit_code == 0
    text = said.stdout + said.stderr + written.read_text()
    assert "letrozole" in text
    assert CANARY not in text
    assert NUMBER not in text


def test_the_words_of_a_result_are_kept_as_they_are(run):
    """They are what the answer rests on; a form must be able to show them."""
    done = run("record", "write", "-", given=RECORDS["sound"])
    assert CANARY in done.stdout


def test_an_error_about_two_people_names_neither(run, tmp_path):
    export, notes = tmp_path / "export.json", tmp_path / "notes.yaml"
    export.write_text(json.dumps(_NAMED))
    notes.write_text("fingerpost: 1\nfacts: {birth_date: 1950, sex: male}\n")
    done = run("facts", str(export), str(notes))
    assert done.exit_code == 10
    for secret in (CANARY, NUMBER, "1968", "1950", "male"):
        assert secret not in done.stderr
