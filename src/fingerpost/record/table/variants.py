"""Changes in genes, one a row, as in a MAF file: told to the same rules that read a FHIR report.

Rows are turned into the resources of a genomics report and read by `record/fhir`, so that a change
means the same whichever way it came. What is particular to a table is decided here: which words of
the change column leave the protein as it is, and whose genes were looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from fingerpost.record.code_index import HGNC, LOINC
from fingerpost.record.dictionaries import Dictionaries
from fingerpost.record.model import Finding, Message, Source
from fingerpost.record.table.cells import says_something
from fingerpost.record.table.mapping import VariantsShape
from fingerpost.record.table.owners import bare
from fingerpost.record.table.plan import TablePlan
from fingerpost.record.table.treatments import NO_MEANING, not_understood

Row = Sequence[str | None]
_SEQUENCED = re.compile(r'"?#\s*sequenced_samples\s*:?', re.I)
# LOINC codes of HL7's genomics reporting guide; mCODE uses the same (standards.md, section 2.1).
_VARIANT, _REGION = "69548-6", "53041-0"
_GENE, _PROTEIN, _CODING = "48018-6", "48005-3", "48004-6"
_SOURCE, _SIGNIFICANCE = "48002-0", "53037-8"
_PRESENT = "LA9633-4"
_ORIGINS = {"germline": "LA6683-2", "somatic": "LA6684-0"}
# What the FHIR reader tells of a whole record, and has no meaning for a list of changes.
_ABOUT_RECORDS = frozenset({"no_breast_cancer"})


@dataclass(frozen=True, slots=True)
class Sequencing:
    """Who was sequenced for which genes, as far as the table and its mapping tell."""

    samples: frozenset[str]
    genes: tuple[str, ...]


def sequenced_samples(comments: Iterable[str]) -> frozenset[str]:
    """The samples that a `#Sequenced_Samples:` line names.

    >>> sorted(sequenced_samples(["#version 2.4", "#Sequenced_Samples: a b c"]))
    ['a', 'b', 'c']
    """
    found: set[str] = set()
    for line in comments:
        match = _SEQUENCED.match(line)
        if match is not None:
            found |= set(line[match.end() :].strip('"').split())
    return frozenset(found)


class VariantReader:
    """Reads the rows of one table of changes, one person at a time."""

    def __init__(
        self, plan: TablePlan, shape: VariantsShape, dictionaries: Dictionaries, who: Sequencing
    ) -> None:
        self._plan = plan
        self._shape = shape
        self._dictionaries = dictionaries
        self._who = who
        self._known: dict[tuple[object, ...], tuple[list[Finding], list[Message]]] = {}
        self._effects = {
            word.casefold(): effect for effect, words in shape.changes.items() for word in words
        }

        self._origins = {
            word.casefold(): meaning
            for word, meaning in (shape.origin.values if shape.origin else {}).items()
        }

    def read(
        self, rows: Iterable[tuple[int, Row]], samples: Mapping[str, str | None]
    ) -> tuple[list[Finding], list[Message]]:
        """What the changes of one person say; `samples` are this person's, with what they are of."""
        by_sample: dict[str, list[tuple[int, Row]]] = {sample: [] for sample in samples}
        messages: list[Message] = []
        for place, row in rows:
            by_sample.setdefault(self._sample(row), []).append((place, row))
            word = self._odd_origin(row)
            if word:
                where = f"{self._plan.loaded.name}, row {place} (origin)"
                messages.append(not_understood(where, word, NO_MEANING))
        findings: list[Finding] = []
        for sample, own in by_sample.items():
            found, told = self._of_sample(own, sequenced=sample in self._who.samples)
            findings += [replace(each, specimen=samples.get(sample)) for each in found]
            messages += told
        return findings, messages

    def _sample(self, row: Row) -> str:
        index = self._plan.sample
        return bare(row[index]) if index is not None else ""

    def _of_sample(
        self, rows: list[tuple[int, Row]], *, sequenced: bool
    ) -> tuple[list[Finding], list[Message]]:
        """The changes of one sample; most samples without a change of interest are alike."""
        resources = [
            resource for place, row in rows if (resource := self._variant(place, row)) is not None
        ]
        if sequenced and self._who.genes:
            resources.append(self._region())
        if not resources:
            return [], []
        key = tuple(repr(resource) for resource in resources)
        if key not in self._known:
            if len(self._known) > 5_000:
                self._known.clear()
            self._known[key] = self._read(resources)
        return self._known[key]

    def _read(self, resources: list[dict[str, Any]]) -> tuple[list[Finding], list[Message]]:
        # Only here: a table without changes in genes needs none of FHIR.
        from fingerpost.record.fhir.read import read_fhir

        patient = {"resourceType": "Patient", "id": "p"}
        bundle = {
            "resourceType": "Bundle",
            "type": "collection",
            "entry": [{"resource": each} for each in (patient, *resources)],
        }
        record = read_fhir(bundle, self._dictionaries, self._plan.loaded.name)
        findings = [replace(each, source=self._source(each.source)) for each in record.findings]
        messages = [
            replace(each, where=self._place(each.where))
            for each in record.messages
            if each.code not in _ABOUT_RECORDS
        ]
        return findings, messages

    def _source(self, source: Source) -> Source:
        return Source("table", self._place(source.reference), source.words)

    def _place(self, reference: str) -> str:
        name, number = self._plan.loaded.name, reference.rpartition("row-")[2]
        return f"{name}, row {number}" if number.isdigit() else name

    # --- resources ------------------------------------------------------------------------

    def _cell(self, row: Row, name: str) -> str:
        index = self._plan.rows.get(name)
        return (row[index] or "").strip() if index is not None else ""

    def _variant(self, place: int, row: Row) -> dict[str, Any] | None:
        """A row as a resource; None if it leaves the protein as it is."""
        effect = self._effects.get(self._cell(row, "change").casefold(), "unclear")
        # "Wildtype" stands in this column where a change was looked for and not found.
        effect = "unclear" if effect == "counted" and self._odd_origin(row) else effect
        gene = self._cell(row, "gene")
        if effect == "silent" or not self._dictionaries.codes.code(HGNC, gene):
            return None
        parts = [_part(_GENE, HGNC, gene)]
        for name, code in (("protein", _PROTEIN), ("coding", _CODING)):
            said = self._cell(row, name)
            if said:
                parts.append(_part(code, "http://varnomen.hgvs.org", said))
        origin = self._origin(row)
        if origin is not None:
            parts.append(_part(_SOURCE, LOINC, origin))
        if effect == "unclear":
            parts.append({"code": _concept(LOINC, _SIGNIFICANCE), "valueString": "uncertain"})
        return {
            **_observation(_VARIANT, f"row-{place}"),
            "valueCodeableConcept": _concept(LOINC, _PRESENT),
            "component": parts,
        }

    def _origin(self, row: Row) -> str | None:
        said = self._cell(row, "origin").casefold()
        return _ORIGINS.get(self._origins.get(said, self._shape.origin_otherwise))

    def _odd_origin(self, row: Row) -> str:
        """The word for the origin of a change, if it says something that the mapping does not know."""
        said = self._cell(row, "origin")
        known = said.casefold() in self._origins or not says_something(said, self._plan.absent)
        return "" if known else said

    def _region(self) -> dict[str, Any]:
        """The genes that were looked at in the tumor: without a change there, they have none."""
        parts = [_part(_GENE, HGNC, gene) for gene in self._who.genes]
        return {
            **_observation(_REGION, "sequenced"),
            "component": [*parts, _part(_SOURCE, LOINC, _ORIGINS["somatic"])],
        }


def _observation(code: str, name: str) -> dict[str, Any]:
    return {
        "resourceType": "Observation",
        "id": name,
        "status": "final",
        "code": _concept(LOINC, code),
        "subject": {"reference": "Patient/p"},
    }


def _concept(system: str, code: str) -> dict[str, Any]:
    return {"coding": [{"system": system, "code": code}]}


def _part(code: str, system: str, value: str) -> dict[str, Any]:
    return {"code": _concept(LOINC, code), "valueCodeableConcept": _concept(system, value)}
