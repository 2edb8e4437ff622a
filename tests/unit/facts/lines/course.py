"""Courses of invented people, from YAML to the lines they make, in one short line each."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import yaml

from fingerpost.dates import parse_partial
from fingerpost.facts.derive import derive
from fingerpost.facts.lines.model import Line
from fingerpost.facts.lines.regimen import EARLY
from fingerpost.facts.model import Facts
from fingerpost.record.code_index import CodeIndex
from fingerpost.record.dictionaries import Dictionaries
from fingerpost.record.drugs.events import DrugEvent, treatments_of
from fingerpost.record.drugs.names import DrugNames
from fingerpost.record.form.read import read_form
from fingerpost.record.model import Record, Source, Treatment
from fingerpost.record.written.value_reader import ValueReader
from fingerpost.terms import Answer
from tests.whole import whole_knowledge

KNOWLEDGE = whole_knowledge()
ON = dt.date(2026, 6, 1)
COURSES = yaml.safe_load((Path(__file__).parent / "courses.yaml").read_text(encoding="utf-8"))
_CODES = CodeIndex(KNOWLEDGE.codes.values())
_NAMES = DrugNames(KNOWLEDGE.drugs, _CODES)
_DICTIONARIES = Dictionaries(
    ValueReader(KNOWLEDGE.facts, ON), _NAMES, _CODES, KNOWLEDGE.drugs, ON, KNOWLEDGE.lines
)


def facts_of(course: dict[str, Any]) -> Facts:
    """What follows from a course."""
    return derive(record_of(course), KNOWLEDGE, ON)


def record_of(course: dict[str, Any]) -> Record:
    """The record that tells of a course."""
    form: dict[str, object] = {"fingerpost": 1}
    for key in ("facts", "findings", "treatments"):
        if key in course:
            form[key] = _plain(course[key])
    if "complete" in course:
        form["treatments_complete"] = course["complete"]
    read = read_form(form, _DICTIONARIES, lambda path: "course", course["id"])
    if "events" not in course:
        return read
    made = treatments_of(events_of(course["events"]), KNOWLEDGE.lines)
    return Record(read.findings, tuple(made), Answer.UNKNOWN, (), "table")


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_plain(part) for part in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def events_of(rows: list[dict[str, Any]]) -> list[DrugEvent]:
    """The single events that the rows of a course stand for."""
    found: list[DrugEvent] = []
    for row in rows:
        named = _NAMES.read(row["drug"])
        setting = frozenset({row["setting"]}) if "setting" in row else frozenset[str]()
        days = [("dose", day, None) for day in row.get("doses", ())]
        days += [("order", day, None) for day in row.get("ordered", ())]
        days += [("use", row["from"], row.get("until"))] if "from" in row else []
        for kind, start, end in days:
            source = Source("table", f"{row['drug']} {start}")
            begun, ended = parse_partial(str(start)), parse_partial(str(end)) if end else None
            found.append(DrugEvent(named, kind, begun, ended, source, row["drug"], setting))
    return found


def short(line: Line, treatments: tuple[Treatment, ...]) -> str:
    """A line in a few words, as `courses.yaml` writes it."""
    settings = set(line.settings)
    if not settings:
        head = "unplaced"
    elif settings <= EARLY:
        head = "early"
    else:
        high = "" if line.high == line.low else "+" if line.high is None else f"-{line.high}"
        head = f"line {line.low}{high}{'' if line.certain else '?'}"
    return f"{head}: {' / '.join(medicines(treatments[n]) for n in line.treatments)}"


def medicines(treatment: Treatment) -> str:
    """The drugs of a treatment, or its families in brackets."""
    names = sorted((*treatment.drugs, *treatment.unresolved))
    return "+".join(names) or f"[{', '.join(sorted(treatment.classes))}]"


def answers(facts: Facts) -> dict[str, str]:
    """What was decided of each treatment, by its medicines."""
    return {
        medicines(facts.treatments[each.treatment]): each.answer
        for each in facts.lines.decisions
        if each.attribute == "new_line"
    }
