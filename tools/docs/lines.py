"""The page of the rules of regimens and lines: every number and group, its source and its state."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from fingerpost.knowledge.load import load_knowledge
from tools.docs.drugs import sourced
from tools.docs.markdown import code, page, table

if TYPE_CHECKING:
    from fingerpost.knowledge.line_rules import Elsewhere, LineGroup, Phase, Sequence
    from fingerpost.knowledge.model import Knowledge

FILE = Path("src/fingerpost/knowledge/data/lines/breast.yaml")
INTRO = """
How these rules work together, and how others count, is explained in
[Regimens and lines of therapy](../explanation/lines-of-therapy.md). A rule without a source is a
working rule of this project.
"""
HEAD = ("rule", "what it says", "source and state", "note", "elsewhere")


def line_pages(_: Path) -> dict[Path, str]:
    """Write the page of all rules."""
    knowledge = load_knowledge()
    parts = [
        "## Periods\n\n" + table(("rule", "period", *HEAD[1:]), periods(knowledge)),
        "## Drugs that begin no line beside others\n\n"
        + table(HEAD, groups(knowledge.lines.never_new.values(), knowledge)),
        "## Drugs that stand in for each other\n\n"
        + table(HEAD, groups(knowledge.lines.swaps.values(), knowledge)),
        "## Maintenance\n\n" + table(HEAD, maintenance(knowledge)),
        "## Regimens in phases\n\n" + table(HEAD, sequences(knowledge)),
        "## Names of regimens\n\n" + table(("name", "medicines", "state"), names(knowledge)),
        "## What says that the cancer grew\n\n"
        + table(
            ("fact", "values", "only on treatment of", "what it is", "state"), growth(knowledge)
        ),
    ]
    return {Path("reference/lines.md"): page("Rules of lines", FILE.as_posix(), INTRO, *parts)}


def elsewhere(others: Iterable[Elsewhere]) -> str:
    """Say how other rule sets answer the same question."""
    return "; ".join(f"{each.says} ({each.state}{sourced(each.source)})" for each in others)


def periods(knowledge: Knowledge) -> list[tuple[str, ...]]:
    """Describe each period."""
    return [
        (
            code(rule.id),
            rule.words,
            rule.plain,
            f"{rule.state}{sourced(rule.source)}",
            rule.note or "",
            elsewhere(rule.elsewhere),
        )
        for rule in knowledge.lines.periods.values()
    ]


def groups(rules: Iterable[LineGroup], knowledge: Knowledge) -> list[tuple[str, ...]]:
    """Describe each group of drugs."""
    return [
        (
            code(rule.id),
            f"{rule.plain} ({medicines(rule.drugs, rule.classes, knowledge)})",
            f"{rule.state}{sourced(rule.source)}",
            rule.note or "",
            elsewhere(rule.elsewhere),
        )
        for rule in rules
    ]


def medicines(drugs: Iterable[str], classes: Iterable[str], knowledge: Knowledge) -> str:
    """Name drugs and families."""
    named = [f"[{knowledge.drugs[d].name}](drugs.md#{d})" for d in drugs]
    return ", ".join([*named, *(f"any {knowledge.classes[c].label}" for c in classes)])


def maintenance(knowledge: Knowledge) -> list[tuple[str, ...]]:
    """Describe what may follow within a line."""
    return [
        (
            code(rule.id),
            rule.plain,
            f"{rule.state}{sourced(rule.source)}",
            rule.note or "",
            elsewhere(rule.elsewhere),
        )
        for rule in knowledge.lines.maintenance.values()
    ]


def sequences(knowledge: Knowledge) -> list[tuple[str, ...]]:
    """Describe regimens in phases."""
    return [
        (
            code(rule.id),
            f"{rule.plain} ({phases(rule, knowledge)})",
            f"{rule.state}{sourced(rule.source)}",
            rule.note or "",
            elsewhere(rule.elsewhere),
        )
        for rule in knowledge.lines.sequences.values()
    ]


def phases(rule: Sequence, knowledge: Knowledge) -> str:
    """Name the two phases."""

    def named(phase: Phase) -> str:
        return medicines(phase.drugs, phase.classes, knowledge)

    joint = "before or after" if rule.either_order else "then"
    return f"{named(rule.first)}; {joint} {named(rule.second)}"


def names(knowledge: Knowledge) -> list[tuple[str, ...]]:
    """Give each name with its drugs."""
    return [
        (
            rule.id,
            medicines(rule.drugs, rule.one_of, knowledge),
            f"{rule.state}{sourced(rule.source)}",
        )
        for rule in knowledge.lines.names.values()
    ]


def growth(knowledge: Knowledge) -> list[tuple[str, ...]]:
    """Give each sign of growth."""
    return [
        (
            f"[{sign.id}](facts.md#{sign.id})",
            ", ".join(sign.values),
            ", ".join(name.replace("_", " ") for name in sign.settings),
            sign.plain,
            f"{sign.state}{sourced(sign.source)}",
        )
        for sign in knowledge.lines.growth.values()
    ]
