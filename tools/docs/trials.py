"""The page of trials: what options rest on, whom each trial took, what it found."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from fingerpost.knowledge.load import load_knowledge
from fingerpost.report.evidence_said import trial_said
from tools.docs.markdown import page, table

if TYPE_CHECKING:
    from fingerpost.knowledge.model import Trial

FOLDER = Path("src/fingerpost/knowledge/data/trials")
INTRO = """
A figure is what happened in the group of people it names; it is not one person's story. *HR* is the
hazard ratio between the two groups; the numbers in brackets after it are its 95 % interval. In
"a v b" the first number is the group that had the medicine. Figures that are not verified are not
shown to patients.
"""
HEAD = ("who took part", "measured", "result", "state", "source")


def trial_pages(_: Path) -> dict[Path, str]:
    """Write the page of all trials, each with an anchor of its own."""
    trials = load_knowledge().trials.values()
    sections = [
        _section(trial) for trial in sorted(trials, key=lambda trial: trial.name.casefold())
    ]
    text = page("Trials", f"{FOLDER.as_posix()}/*.yaml", INTRO, *sections)
    return {Path("reference/trials.md"): text}


def _section(trial: Trial) -> str:
    number = f"{trial.nct} ({trial.nct_state}). " if trial.nct else ""
    against = f"Compared with: {trial.against}. " if trial.against else ""
    note = f"\n\n{trial.note}" if trial.note else ""
    rows = [
        (
            each["population"] or "",
            each["endpoint"] or "",
            each["result"] or "",
            each["state"],
            f"[{each['source']}](sources.md#{each['source']})" if each["source"] else "none yet",
        )
        for each in trial_said(trial)
        if each["result"]
    ]
    return f"## {trial.name} {{ #{trial.id} }}\n\n{number}{against}{note}\n\n{table(HEAD, rows)}"
