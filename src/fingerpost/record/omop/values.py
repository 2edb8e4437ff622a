"""The value of a row of a CDM as FHIR says it: number, concept and words are held against each other.

A site fills `value_as_number` from the words of its laboratory, and often drops what is no number:
"<1 %" becomes 1, "pending" becomes 0. So nothing that stands in a row is passed over.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fingerpost.record.omop.codes import SYSTEMS
from fingerpost.record.written.category_text import absence_named
from fingerpost.record.written.number_text import read_number
from fingerpost.record.written.units import unit_named
from fingerpost.terms import AbsenceKind

Row = Mapping[str, Any]
_NO_VALUE = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
_REASONS: Mapping[AbsenceKind, str] = {
    AbsenceKind.PENDING: "temp-unknown",
    AbsenceKind.NOT_TESTED: "not-performed",
    AbsenceKind.NOT_APPLICABLE: "not-applicable",
    AbsenceKind.NOT_STATED: "not-asked",
}


def value_of(row: Row) -> dict[str, Any]:
    """Everything that a row says as its value; what reads it tells where the parts disagree."""
    concept, words = _concept(row), str(row["value_text"] or "").strip()
    said: dict[str, Any] = {}
    if row["value_number"] is not None:
        said["valueQuantity"] = _quantity(row)
        if concept is not None:
            said["interpretation"] = [concept]
    elif concept is not None:
        said["valueCodeableConcept"] = concept
    absent = absence_named(words) if words else None
    if said and absent is not None:
        code = _REASONS.get(absent, "unknown")
        said["dataAbsentReason"] = {"coding": [{"system": _NO_VALUE, "code": code}]}
    elif words:
        said["valueString"] = _with_unit(words, row)
    return said


def _with_unit(words: str, row: Row) -> str:
    """The words, and beside a bare number the unit that the row has for it."""
    written = read_number(words)
    unit = str(row["unit_code"] or row["unit_text"] or "")
    return f"{words} {unit}" if written is not None and not written.unit and unit else words


def _concept(row: Row) -> dict[str, Any] | None:
    if not row["value_code"]:
        return None
    system = SYSTEMS.get(row["value_vocabulary_id"] or "", "")
    return {"coding": [{"system": system, "code": row["value_code"], "display": row["value_name"]}]}


def _quantity(row: Row) -> dict[str, Any]:
    number = float(row["value_number"])
    quantity: dict[str, Any] = {"value": int(number) if number.is_integer() else number}
    operator = str(row["operator"] or "").strip()
    if operator not in ("", "="):
        # One that is not known leaves the number open; without it, it would be exact.
        quantity["comparator"] = operator
    coded, written = str(row["unit_code"] or "").strip(), str(row["unit_text"] or "").strip()
    if unit_named(coded) and unit_named(written) and unit_named(coded) != unit_named(written):
        return {**quantity, "unit": f"{coded} or {written}"}
    unit = coded or written
    return {**quantity, "unit": unit, "code": coded} if unit else quantity
