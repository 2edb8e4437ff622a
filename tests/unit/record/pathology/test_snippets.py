"""What pieces of reports say, in the wordings of many places and years."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from fingerpost.knowledge.model import Knowledge
from fingerpost.record.dictionaries import Dictionaries
from tests.unit.record.pathology.reading import read, values, words

FILES = ("snippets.yaml", "snippets_of_others.yaml")
SNIPPETS = [
    snippet
    for name in FILES
    for snippet in yaml.safe_load((Path(__file__).parent / name).read_text(encoding="utf-8"))
]


def name_of(snippet: dict[str, Any]) -> str:
    return " ".join(snippet["text"].split())[:60]


@pytest.mark.parametrize("snippet", SNIPPETS, ids=name_of)
def test_a_snippet_says_this_and_no_more(
    snippet: dict[str, Any], dictionaries: Dictionaries, knowledge: Knowledge
) -> None:
    reading = read(snippet["text"], dictionaries)
    expected = {name: snippet.get(name, "unknown") for name in ("er", "pr", "her2")}
    assert words(reading, knowledge) == expected
    found = values(reading)
    for fact, value in snippet.get("facts", {}).items():
        assert alike(value) in [alike(each) for each in found.get(fact, [])], fact
    for fact in snippet.get("not_facts", []):
        assert all(str(each).startswith("absent") for each in found.get(fact, [])), fact


def alike(value: object) -> object:
    """A list of the table, and the set or pair that was read, in one shape."""
    if isinstance(value, set | frozenset | list | tuple):
        return sorted(value, key=str)
    return value


def test_there_are_enough_snippets() -> None:
    assert len(SNIPPETS) >= 60
