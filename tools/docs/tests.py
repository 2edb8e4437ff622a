"""The page of tests: what each is, what it answers, which make a regulator named, how long it takes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from fingerpost.knowledge.load import load_knowledge
from tools.docs.drugs import sourced
from tools.docs.markdown import code, page, table

if TYPE_CHECKING:
    from fingerpost.knowledge.model import Assay, Knowledge, Test

FILE = Path("src/fingerpost/knowledge/data/tests.yaml")
INTRO = """
A result that is missing from a record is shown as one of these tests, with the options that it
would decide. Whether a test makes sense for one person is for the care team to say; this supports
decisions and does not make them. A *companion test* is the make that a regulator named for finding
out who may get a medicine. No condition asks which make was used. PD-L1 measured by 22C3 and by
SP142 are different facts, and one never answers for the other.
"""
AGAIN = {
    "spread": "when the cancer has spread",
    "recurrence": "when it has come back",
    "progression": "when it has grown",
    "before_treatment": "before each treatment that needs it",
}


def pages_of_tests(_: Path) -> dict[Path, str]:
    """Write the page of all tests, each with an anchor of its own."""
    knowledge = load_knowledge()
    tests = sorted(knowledge.tests.values(), key=lambda test: test.label.casefold())
    sections = [section(test, knowledge) for test in tests]
    return {Path("reference/tests.md"): page("Tests", FILE.as_posix(), INTRO, *sections)}


def section(test: Test, knowledge: Knowledge) -> str:
    """Describe one test."""
    rows = [
        ("id", code(test.id)),
        ("sample", test.specimen or ""),
        ("when and why", test.how or ""),
        ("done again", " or ".join(AGAIN[each] for each in test.repeat_at)),
        ("takes", takes(test)),
        ("answers", ", ".join(f"[{name}](facts.md#{name})" for name in test.answers)),
        ("state", f"{test.state}{sourced(test.source)}"),
    ]
    head = ("make", "companion test of", "named by", "state", "note")
    parts = [
        f"## {test.label} {{ #{test.id} }}",
        f"{test.plain}." if test.plain else "",
        table(("", ""), [row for row in rows if row[1]]),
        table(head, [assay(each, knowledge) for each in test.assays]),
        test.note or "",
    ]
    return "\n\n".join(filter(None, parts))


def takes(test: Test) -> str:
    """Say how long a result usually takes, and who says so."""
    usual = test.turnaround
    return f"{usual.text} ({usual.state}{sourced(usual.source)})" if usual else ""


def assay(each: Assay, knowledge: Knowledge) -> tuple[str, ...]:
    """Describe one make of a test."""
    drugs = ", ".join(f"[{knowledge.drugs[d].name}](drugs.md#{d})" for d in each.companion_for)
    named = each.authority.upper() if each.authority else ""
    return each.name, drugs, named, f"{each.state}{sourced(each.source)}", each.note or ""
