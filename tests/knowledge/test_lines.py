"""The rules of lines: each is sourced or says it is ours, each is explained, and each does something."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from fingerpost.errors import KnowledgeError
from fingerpost.knowledge.check import lines_are_whole
from fingerpost.knowledge.load import DATA, read_files
from fingerpost.knowledge.strict import read_strictly
from tests.whole import whole_knowledge

KNOWLEDGE = whole_knowledge()
PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "lines-of-therapy.md"
FILE = "lines/breast.yaml"


@pytest.mark.parametrize("name", KNOWLEDGE.lines.periods)
def test_a_period_is_explained(name) -> None:
    explained = PAGE.read_text(encoding="utf-8")
    assert f"`{name}`" in explained or name == "sequence_gap"


def test_nothing_is_called_verified_without_a_source() -> None:
    lines = KNOWLEDGE.lines
    rules = [
        rule
        for section in (lines.periods, lines.never_new, lines.swaps)
        for rule in section.values()
    ]
    rules += [*lines.maintenance.values(), *lines.sequences.values(), *lines.names.values()]
    assert all(rule.source for rule in rules if rule.state == "verified")
    assert all(rule.note for rule in rules if rule in lines.periods.values() and not rule.source)


@pytest.mark.parametrize("section", [field.name for field in fields(KNOWLEDGE.lines)])
def test_what_rests_on_no_source_is_unverified(section) -> None:
    """Weak means that it was read somewhere, if only at second hand; our own rules were read nowhere."""
    rules = getattr(KNOWLEDGE.lines, section).values()
    assert {rule.state for rule in rules if rule.source is None} <= {"unverified"}


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("  course_gap:", "  course_gaps:", "wrong-value"),
        ("drugs: [cisplatin, carboplatin]", "drugs: [cisplatine]", "unknown-id"),
        ("after: [chemotherapy]", "after: [chemo]", "unknown-id"),
        ("    period: {days: 7}", "    period: {days: 7, weeks: 1}", "wrong-value"),
    ],
)
def test_a_wrong_rule_is_refused(old, new, code) -> None:
    contents = read_files(DATA)
    text = contents[FILE].decode()
    assert old in text
    contents[FILE] = text.replace(old, new).encode()
    with pytest.raises(KnowledgeError) as caught:
        read_strictly(contents)
    assert code in {problem.code for problem in caught.value.problems}


def test_a_sign_of_growth_that_no_record_can_give_is_told() -> None:
    contents = read_files(DATA)
    text = contents[FILE].decode().replace("values: [progressing]", "values: [growing]")
    contents[FILE] = text.replace("  last_progression_date: {plain", "  grade: {plain").encode()
    problems = list(lines_are_whole(read_strictly(contents), KNOWLEDGE.about.version_day))
    assert {problem.code for problem in problems} == {"unknown-value", "missing-key"}
