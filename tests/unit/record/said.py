"""Small ways to look into a record that was read, and to write FHIR resources by hand."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from fingerpost.record.model import Finding, Record, Treatment
from fingerpost.values import Absent, Choice, Interval, Members

LOINC = "http://loinc.org"
SNOMED = "http://snomed.info/sct"
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
HGNC = "http://www.genenames.org"
MCODE = "http://hl7.org/fhir/us/mcode/StructureDefinition/"


def public_data() -> Path:
    """Where the public example records are, if they are: they are no part of the project.

    FINGERPOST_PUBLIC_DATA names the folder; without it, one beside the project that has data/fhir.
    """
    named = os.environ.get("FINGERPOST_PUBLIC_DATA")
    if named:
        return Path(named)
    beside = Path(__file__).parents[4].glob("*/data/fhir")
    return next((folder.parent for folder in beside), Path("no public data"))


def findings(record: Record, fact: str) -> list[Finding]:
    """The findings of one fact."""
    return [finding for finding in record.findings if finding.fact == fact]


def one(record: Record, fact: str) -> Finding:
    """The only finding of one fact."""
    found = findings(record, fact)
    assert len(found) == 1, f"{fact}: {found}"
    return found[0]


def value(record: Record, fact: str) -> Any:
    """The value of the only finding of a fact, in the shortest form that tests can compare."""
    return short(one(record, fact).value)


def short(found: object) -> Any:
    """A category as its value or the set of values, a number as itself or (low, high), and so on."""
    match found:
        case Choice():
            return found.known or set(found.possible)
        case Interval():
            return found.known if found.known is not None else (found.low, found.high)
        case Members():
            return set(found.present), set(found.absent)
        case Absent():
            return f"absent: {found.kind}"
        case _:
            return found


def codes(record: Record) -> list[str]:
    """The codes of all messages."""
    return [message.code for message in record.messages]


def told(record: Record, code: str) -> str:
    """What all messages of a code say, in one text."""
    return "\n".join(f"{m.where}: {m.what}" for m in record.messages if m.code == code)


def attribute(treatment: Treatment, name: str) -> Any:
    """An attribute of a treatment in its shortest form, or None."""
    found = treatment.attributes.get(name)
    return None if found is None else short(found)


# --- FHIR by hand -------------------------------------------------------------------------


def concept(system: str, code: str, display: str = "") -> dict[str, Any]:
    """A concept with one code."""
    coding = {"system": system, "code": code, **({"display": display} if display else {})}
    return {"coding": [coding]}


def patient(identifier: str = "p", **more: Any) -> dict[str, Any]:
    """An invented woman."""
    return {"resourceType": "Patient", "id": identifier, "gender": "female", **more}


def observation(code: dict[str, Any] | str, **more: Any) -> dict[str, Any]:
    """A final observation of the invented patient; a code alone is one of LOINC."""
    if isinstance(code, str):
        code = concept(LOINC, code)
    return {
        "resourceType": "Observation",
        "id": "o",
        "status": "final",
        "code": code,
        "subject": {"reference": "Patient/p"},
        "effectiveDateTime": "2024-05-02",
        **more,
    }


def coded(system: str, code: str, display: str = "") -> dict[str, Any]:
    """A coded value of an observation."""
    return {"valueCodeableConcept": concept(system, code, display)}


def quantity(number: Any, unit: str | None = None, **more: Any) -> dict[str, Any]:
    """A measured value of an observation."""
    return {"valueQuantity": {"value": number, **({"unit": unit} if unit else {}), **more}}


def condition(code: dict[str, Any], identifier: str = "c", **more: Any) -> dict[str, Any]:
    """A confirmed condition of the invented patient."""
    return {
        "resourceType": "Condition",
        "id": identifier,
        "code": code,
        "verificationStatus": concept(
            "http://terminology.hl7.org/CodeSystem/condition-ver-status", "confirmed"
        ),
        "subject": {"reference": "Patient/p"},
        **more,
    }


def breast_cancer(**more: Any) -> dict[str, Any]:
    """The breast cancer itself."""
    code = concept(SNOMED, "254837009", "Malignant neoplasm of breast (disorder)")
    return condition(code, "cancer", **more)


def medicine(kind: str, code: str, name: str, identifier: str, **more: Any) -> dict[str, Any]:
    """A request, statement or administration of a medicine."""
    return {
        "resourceType": kind,
        "id": identifier,
        "status": "completed",
        "medicationCodeableConcept": concept(RXNORM, code, name),
        "subject": {"reference": "Patient/p"},
        **more,
    }


def procedure(code: str, name: str, day: str, **more: Any) -> dict[str, Any]:
    """A completed procedure with a SNOMED CT code."""
    return {
        "resourceType": "Procedure",
        "id": "proc",
        "status": "completed",
        "code": concept(SNOMED, code, name),
        "subject": {"reference": "Patient/p"},
        "performedDateTime": day,
        **more,
    }
