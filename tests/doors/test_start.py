"""What a start loads, and the library's door."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import fingerpost
from fingerpost.cli import main

BUNDLE = '{"resourceType": "Bundle", "type": "collection", "entry": []}'


def loaded_by(code: str, **environment: str) -> set[str]:
    """The modules that are there after running some code in a new interpreter."""
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; sys.stderr.write('\\n'.join(sys.modules))"],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | environment,
    )
    return set(done.stderr.splitlines())


def running(*arguments: str) -> str:
    return f"""
from fingerpost.cli import main
try: main({list(arguments)!r})
except SystemExit as end: assert not end.code, end.code
"""


def test_importing_the_library_loads_nothing_below_it():
    assert not [name for name in loaded_by("import fingerpost") if name.startswith("fingerpost.")]


@pytest.mark.parametrize("arguments", [("--help",), ("--version",), ("options", "--help")])
def test_help_and_version_load_no_knowledge(arguments):
    loaded = loaded_by(running(*arguments))
    heavy = {"yaml", "pydantic", "tqdm", "fingerpost.knowledge.model", "fingerpost.criteria"}
    assert loaded & heavy == set()


def test_options_of_a_bundle_need_neither_yaml_nor_pydantic(tmp_path):
    bundle = tmp_path / "bundle.json"
    bundle.write_text(
        BUNDLE.replace("[]", '[{"resource": {"resourceType": "Patient", "id": "p"}}]')
    )
    # The first start compiles the knowledge; from then on it is read ready-made.
    command = running("options", str(bundle), "--on", "2026-06-30", "-o", str(tmp_path / "a.txt"))
    cache = {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    loaded_by(command, **cache)
    assert loaded_by(command, **cache) & {"yaml", "pydantic", "tqdm"} == set()


def test_version_names_program_and_knowledge(run):
    said = run("--version").stdout
    assert re.fullmatch(
        r"fingerpost \S+, knowledge \d{4}\.\d\d\.\d\d \(checked through \d{4}-\d\d-\d\d\)\n", said
    )


def test_everything_at_the_door_is_there():
    for name in fingerpost.__all__:
        assert getattr(fingerpost, name) is not None
    with pytest.raises(AttributeError):
        fingerpost.prescribe  # noqa: B018


def test_the_bare_command_shows_its_help():
    for arguments in ((), ("knowledge",)):
        done = CliRunner().invoke(main, list(arguments), prog_name="fingerpost")
        assert done.exit_code == 0
        assert done.output.startswith("Usage: fingerpost")


def test_signs_that_steer_a_terminal_do_not_reach_it(run, tmp_path):
    record = tmp_path / "record.yaml"
    words = r'"ER 90 \u001b[2J\u202e"'
    record.write_text(
        f"fingerpost: 1\nfacts:\n  er_percent: {{value: 90, words: {words}}}\n", encoding="utf-8"
    )
    text = run("options", record).stdout
    assert "ER 90" in text
    assert "\x1b" not in text
    assert "\u202e" not in text


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is always full")
@pytest.mark.parametrize("words", [["--version"], ["schema", "options"]])
def test_a_full_disk_is_told_in_one_line(words):
    command = [sys.executable, "-m", "fingerpost", *words]
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 12
    assert done.stderr.startswith("standard output: the answer cannot be written there")
