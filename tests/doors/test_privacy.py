"""Whatever happens, no value of a person reaches a log or standard error."""

from __future__ import annotations

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
