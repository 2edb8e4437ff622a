"""Reading the specification: the cases of `tests/spec/*.yaml`, for tests and for the manual.

The files are plain data, so that another implementer can run them. Values are written as in a form
record: a value, several in a list (one of them, not sure which), `<1` or `1-10`, a date that may
lack day and month, `{absent: pending}`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fingerpost.criteria import Case, FactType, Vocabulary
from fingerpost.dates import parse_partial
from fingerpost.knowledge.yaml_source import read_yaml
from fingerpost.terms import AbsenceKind, Answer
from fingerpost.values import Absent, Choice, Interval, Members, Value

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class SpecTest:
    """One titled case: some people, a criterion, and what it answers for each of them."""

    section: str
    title: str
    text: str
    nodes: tuple[str, ...]
    people: Mapping[str, Case]
    written: Mapping[str, Any]
    when: object
    answers: Mapping[str, Answer]


def read(path: Path) -> Any:
    """A YAML file of the specification as plain data."""
    document, problems = read_yaml(path.read_bytes(), path.name)
    assert document is not None, problems
    assert not problems, problems
    return document.tree


def vocabulary() -> Vocabulary:
    """The small world that every case speaks of."""
    tree = read(FOLDER / "vocabulary.yaml")
    facts = {name: _type(spec) for name, spec in tree["facts"].items()}
    derived = {}
    for name, spec in tree["derived"].items():
        derived[name] = spec["values"]
        values = ("yes", "no") if spec["type"] == "flag" else tuple(spec["values"])
        facts[name] = FactType(spec["type"], values)
    attributes = {name: _type(spec) for name, spec in tree["attributes"].items()}
    return Vocabulary(facts, attributes, derived)


def sections() -> list[dict[str, Any]]:
    """The files of the specification in their order."""
    files = [read(path) for path in FOLDER.glob("*.yaml") if path.name != "vocabulary.yaml"]
    return sorted(files, key=lambda section: section["order"])


def spec_tests() -> list[SpecTest]:
    """Every case of every file."""
    words = vocabulary()
    found = []
    for section in sections():
        for test in section["tests"]:
            people = {name: case_of(spec, words) for name, spec in test["people"].items()}
            for case in test["cases"]:
                answers = {name: Answer(answer) for name, answer in case["answers"].items()}
                found.append(
                    SpecTest(
                        section["section"],
                        test["title"],
                        test.get("text", ""),
                        tuple(test["nodes"]),
                        people,
                        test["people"],
                        case["when"],
                        answers,
                    )
                )
    return found


def case_of(spec: Mapping[str, Any], words: Vocabulary) -> Case:
    """A person of the specification."""
    facts = {
        name: value_of(written, words.facts[name])
        for name, written in spec.items()
        if not name.startswith("treatments")
    }
    treatments = tuple(
        {name: value_of(written, words.attributes[name]) for name, written in one.items()}
        for one in spec.get("treatments", ())
    )
    complete = Answer.YES if spec.get("treatments_complete") is True else Answer.UNKNOWN
    return Case(today(), facts, treatments, complete)


def today() -> dt.date:
    """The day that every case is asked about."""
    return dt.date.fromisoformat(read(FOLDER / "vocabulary.yaml")["today"])


def value_of(written: Any, fact: FactType) -> Value | Absent:
    """A value as it is written in a case."""
    if isinstance(written, dict) and "absent" in written and isinstance(written["absent"], str):
        return Absent(AbsenceKind(written["absent"]))
    match fact.type:
        case "flag":
            return Choice(frozenset({"yes" if written is True else "no"}))
        case "category":
            return Choice(frozenset(map(str, written if isinstance(written, list) else [written])))
        case "number":
            return interval_of(str(written))
        case "date":
            return parse_partial(str(written))
        case _:
            return _members(written, fact)


def interval_of(text: str) -> Interval:
    """`3`, `<1`, `>=10` or `1-10` as an interval."""
    for sign, build in {
        "<=": lambda n: Interval(high=n),
        ">=": lambda n: Interval(low=n),
        "<": lambda n: Interval(high=n, high_open=True),
        ">": lambda n: Interval(low=n, low_open=True),
    }.items():
        if text.startswith(sign):
            return build(float(text.removeprefix(sign)))
    low, _, high = text.partition("-")
    return Interval(float(low), float(high or low))


def _members(written: Any, fact: FactType) -> Members:
    if isinstance(written, list):
        return Members(frozenset(written))
    present = frozenset(written.get("present", ()))
    absent = frozenset(written.get("absent", ()))
    return Members(present, frozenset(fact.values) - present if written.get("complete") else absent)


def _type(spec: Mapping[str, Any]) -> FactType:
    groups = {name: tuple(members) for name, members in spec.get("groups", {}).items()}
    values = ("yes", "no") if spec["type"] == "flag" else tuple(spec.get("values", ()))
    return FactType(
        spec["type"], values, groups, spec.get("unit"), spec.get("since"), spec.get("until")
    )
