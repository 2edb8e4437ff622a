"""What may be said of one person on one day, and from which findings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from fingerpost.criteria.case import Case
from fingerpost.facts.lines.model import Lines
from fingerpost.record.model import Finding, Message, Treatment
from fingerpost.values import Absent, Value


@dataclass(frozen=True, slots=True)
class Chosen:
    """The value of one fact, the findings it rests on, and those that were passed over.

    `value` is Absent, with its kind, when nothing may be said. `note` says in words why one finding
    counts rather than another.
    """

    value: Value | Absent
    findings: tuple[Finding, ...] = ()
    passed_over: tuple[Finding, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that the criteria may read of one person, with the way back to the record.

    `findings` are all of the record, those of other samples too.
    """

    case: Case
    chosen: Mapping[str, Chosen]
    treatments: tuple[Treatment, ...]
    messages: tuple[Message, ...]
    lines: Lines = field(default_factory=Lines)
    findings: tuple[Finding, ...] = ()
