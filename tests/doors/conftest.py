"""The doors are tested on a small knowledge with invented medicines, so that they stand alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from fingerpost.cli import about, main
from fingerpost.knowledge.load import load_knowledge
from fingerpost.knowledge.model import Knowledge

SMALL = Path(__file__).resolve().parents[1] / "fixtures" / "knowledge_small"

# A woman whose cancer has spread: the HER2 stain is 2+ and the gene test is still pending.
RECORD = """\
fingerpost: 1
facts:
  birth_date: 1968
  er_percent: {value: 90, date: 2024-02, words: "ER 90 %"}
  her2_ish: {absent: pending}
  extent_reported: metastatic
  metastatic_sites: {present: [bone], absent: [brain]}
findings:
  - {fact: her2_ihc, value: "2+", site: liver, specimen: metastasis, date: 2024-02-11, words: "HER2 2+ (liver biopsy)"}
  - {fact: her2_ihc, value: "0", site: breast, specimen: primary, date: 2019-03-05}
treatments:
  - {drugs: [gammastrant], setting: metastatic, start: 2022-03, end: 2023-09, end_reason: progression}
treatments_complete: true
"""

Run = Callable[..., Result]
Ask = Callable[..., dict[str, Any]]


@pytest.fixture(scope="session")
def small() -> Knowledge:
    return load_knowledge(SMALL)


@pytest.fixture
def record(tmp_path: Path) -> Path:
    path = tmp_path / "record.yaml"
    path.write_text(RECORD, encoding="utf-8")
    return path


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, small: Knowledge) -> Run:
    """Run the program as a person would, on the small knowledge; 15 June 2024 unless told."""
    monkeypatch.setattr(about, "known", lambda: small)

    def run(*arguments: object, given: str | bytes | None = None, on: str | None = None) -> Result:
        words = [str(argument) for argument in arguments]
        if words and words[0] in ("options", "facts", "missing", "plan") and "--on" not in words:
            words += ["--on", on or "2024-06-15"]
        return CliRunner().invoke(main, words, input=given, prog_name="fingerpost")

    return run


@pytest.fixture
def ask(run: Run) -> Ask:
    """Run the program and give its answer in JSON."""

    def ask(*arguments: object, **settings: Any) -> dict[str, Any]:
        done = run(*arguments, "--format", "json", **settings)
        assert done.exit_code == 0, done.stderr
        document: dict[str, Any] = json.loads(done.stdout)
        return document

    return ask
