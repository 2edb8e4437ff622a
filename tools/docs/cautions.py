"""The page of cautions: what a label warns about, and when a record touches it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tools.docs.markdown import code, criterion, page, read_words, yaml_files
from tools.docs.options import source

FOLDER = Path("src/fingerpost/knowledge/data/cautions")
INTRO = """
A caution stands beside an option; it is something to talk about with the care team. It is shown
when its condition is answered yes, asked about when it is unknown, and left out when it is no.
Only two kinds reach the verdict: *contraindicated* makes it "does not match", and *not studied*
makes a match "might match".
"""


def caution_pages(root: Path) -> dict[Path, str]:
    """Write the page of all cautions, by the medicine or class they belong to."""
    parts = [INTRO]
    for path in yaml_files(root / FOLDER):
        file = read_words(path)
        parts.append(f"## {meant(file['applies_to'])}")
        parts += [caution(each) for each in file["cautions"].values()]
    return {Path("reference/cautions.md"): page("Cautions", f"{FOLDER}/*.yaml", *parts)}


def meant(applies_to: dict[str, list[str]]) -> str:
    """Name the medicines and classes that a file is about."""
    names = [*applies_to.get("drugs", []), *applies_to.get("classes", [])]
    return ", ".join(name.replace("_", " ") for name in names).capitalize()


def caution(each: dict[str, Any]) -> str:
    """Show one caution: what is said, when, and how far it was checked."""
    effect = each["effect"].replace("_", " ")
    effect += "".join(f", {key} {each[key]}" for key in ("from", "until") if key in each)
    claim = f"**{each['text']}** ({effect}; {each['state']}; {source(each, '')})"
    when = criterion(each["when"]) if "when" in each else [f"- needs {code(each['needs'])}"]
    return "\n".join([claim, "", *when])
