"""What the person brought, verbatim and with where it stood; nothing is concluded here.

Record
├── findings     one for each thing that was said or measured; two biopsies give two findings
├── treatments   one for each regimen, with what is known of it
├── treatments_complete   whether the list is said to be all treatment ever had
└── messages     what was odd on the way: told to the owner of the record, never logged
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from fingerpost.terms import Answer
from fingerpost.values import Absent, Days, Value

SourceKind = Literal["form", "fhir", "text", "table", "presumed"]
RecordKind = SourceKind | Literal["merged"]
Basis = Literal["clinical", "pathologic", "post_neoadjuvant"]
MessageSeverity = Literal["info", "warning"]

# What a sample can be: a result on a metastasis may count before one on the first tumor.
SPECIMENS = ("primary", "recurrence", "metastasis", "blood", "saliva")
# A result may still change until it is signed off.
STATUSES = ("final", "preliminary")
BASES: tuple[Basis, ...] = ("clinical", "pathologic", "post_neoadjuvant")


@dataclass(frozen=True, slots=True)
class Source:
    """Where a finding stood: the kind of record, the place in it, and the words as written.

    `reference` is a path in a form ("facts.er_percent") or a resource ("Observation/abc"). `file` is
    the record that it stood in, where several records were brought together.
    """

    kind: SourceKind
    reference: str
    words: str | None = None
    file: str | None = None

    @property
    def place(self) -> str:
        """The place as it is shown: with its file, where there are several.

        >>> Source("fhir", "Observation/abc", file="portal.json").place
        'portal.json: Observation/abc'
        """
        return f"{self.file}: {self.reference}" if self.file else self.reference


class _Told:
    """Something that one place of the records tells, or several alike."""

    __slots__ = ()
    source: Source
    also_in: tuple[Source, ...]

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every place that tells it, the first one first."""
        return (self.source, *self.also_in)

    @property
    def places(self) -> tuple[str, ...]:
        """Every place that tells it, as it is shown."""
        return tuple(source.place for source in self.sources)


@dataclass(frozen=True, slots=True)
class Finding(_Told):
    """One thing that was found or said, on one day, at one place of the record.

    `specimen` is one of SPECIMENS (a sample taken from a metastatic site is a "metastasis"); `site`
    is the place in the body as written. `status` is "preliminary" for a result not yet signed off.
    `also_in` are the other places that tell the same result.
    """

    fact: str
    value: Value | Absent
    date: Days | None
    source: Source
    site: str | None = None
    specimen: str | None = None
    basis: Basis | None = None
    status: str = "final"
    because: str | None = None
    also_in: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Treatment(_Told):
    """One regimen: drugs given together, when, what for, and how it ended.

    `unresolved` are names no drug was found for: they may be any drug. `classes` are only those that
    were stated; those of the drugs are in the drug catalogue. `attributes` hold what is known of
    setting, start, end, ongoing, end_reason, progression, best_response, line, cycles, kind,
    new_line; what is missing is unknown. `also_in` are the other places that tell of it.
    """

    drugs: tuple[str, ...]
    unresolved: tuple[str, ...]
    classes: tuple[str, ...]
    attributes: Mapping[str, Value]
    source: Source
    words: str | None = None
    also_in: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Message:
    """Something the owner of the record should know about how it was read.

    It may name values, so it is shown to the owner and never written to a log. `file` is the record
    it is about, where several records were brought together. `source` and `state` are those of the
    rule of the knowledge that says it, where one does.
    """

    code: str
    where: str
    what: str
    try_this: str = ""
    severity: MessageSeverity = "info"
    file: str | None = None
    source: str | None = None
    state: str | None = None

    @property
    def place(self) -> str:
        """The place as it is shown: with its file, where there are several."""
        return f"{self.file}: {self.where}" if self.file else self.where

    @property
    def places(self) -> tuple[str, ...]:
        """Each place by itself; a message about two results names two."""
        several = self.where.split(", ")
        return tuple(f"{self.file}: {each}" for each in several) if self.file else tuple(several)


@dataclass(frozen=True, slots=True)
class Record:
    """Everything that one record says of one person."""

    findings: tuple[Finding, ...]
    treatments: tuple[Treatment, ...]
    treatments_complete: Answer
    messages: tuple[Message, ...]
    kind: RecordKind
    name: str = field(default="record")
