"""The reports of the examples, whole: read the change with git diff, then `make golden`."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from fingerpost.cli import about, main
from fingerpost.knowledge.model import Knowledge
from tests.whole import whole_knowledge

ROOT = Path(__file__).resolve().parents[2]
REPORTS = {
    "maria_options.txt": ("options", "maria.yaml"),
    "nora_options.txt": ("options", "nora.json"),
    "sam_facts.txt": ("facts", "sam.yaml"),
    "grace_missing.txt": ("missing", "grace.yaml"),
    # What follows: the page to bring, plans, when to call, of six invented people.
    "nora_sheet.txt": ("report", "nora.json"),
    "beth_sheet.html": ("report", "beth.yaml", "--format", "html"),
    "hanna_plan.txt": (
        *("plan", "hanna.yaml", "--start", "2026-12-01", "--audience", "patient", "--option"),
        "fda.trastuzumab_deruxtecan.hr-positive-her2-low-or-ultralow-after-endocrine",
    ),
    "maria_plan.ics": (
        *("plan", "maria.yaml", "--start", "2026-12-01", "--format", "ics", "--option"),
        "fda.ribociclib.advanced-with-fulvestrant",
    ),
    "sam_plan.csv": (
        *("plan", "sam.yaml", "--format", "csv", "--option"),
        "fda.abemaciclib.advanced-after-endocrine-with-fulvestrant",
    ),
    "ines_symptoms.txt": ("symptoms", "ines.yaml", "--authority", "fda"),
}


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return whole_knowledge()


@pytest.mark.parametrize("name", REPORTS)
def test_a_report(name, golden, knowledge, monkeypatch):
    monkeypatch.setattr(about, "known", lambda: knowledge)
    command, record, *more = REPORTS[name]
    arguments = [command, str(ROOT / "examples" / record), "--on", "2026-11-22", *more]
    done = CliRunner().invoke(main, arguments, prog_name="fingerpost")
    assert done.exit_code == 0, done.stderr
    golden(name, done.stdout)
