"""What reading one value gives: values of facts, or why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fingerpost.record.fhir.shape import Coding, codings
from fingerpost.record.written.value_reader import NotRead
from fingerpost.terms import AbsenceKind
from fingerpost.values import Absent, Value

# FHIR's data-absent-reason and HL7's null flavors: why a value is missing.
REASONS: Mapping[str, AbsenceKind] = {
    "unknown": AbsenceKind.NOT_KNOWN,
    "asked-unknown": AbsenceKind.NOT_KNOWN,
    "asked-declined": AbsenceKind.NOT_KNOWN,
    "temp-unknown": AbsenceKind.PENDING,
    "not-asked": AbsenceKind.NOT_STATED,
    "masked": AbsenceKind.NOT_STATED,
    "not-permitted": AbsenceKind.NOT_STATED,
    "not-applicable": AbsenceKind.NOT_APPLICABLE,
    "not-performed": AbsenceKind.NOT_TESTED,
    "unk": AbsenceKind.NOT_KNOWN,
    "asku": AbsenceKind.NOT_KNOWN,
    "nask": AbsenceKind.NOT_STATED,
    "nav": AbsenceKind.PENDING,
    "na": AbsenceKind.NOT_APPLICABLE,
    "ni": AbsenceKind.NOT_STATED,
    "msk": AbsenceKind.NOT_STATED,
}
_NO_VALUE_SYSTEMS = ("data-absent-reason", "nullflavor")


@dataclass(frozen=True, slots=True)
class Told:
    """What a value says: for each fact its value, or why there is none; or that it is not clear."""

    values: Mapping[str, Value]
    absent: AbsenceKind | None = None
    problem: NotRead | None = None


NOTHING = Told({})
UNCLEAR = NotRead("not-understood", "this value is not understood")


def unclear(fault: NotRead = UNCLEAR) -> Told:
    """A value that is there and says nothing we understand."""
    return Told({}, problem=fault)


def absent_reason(concept: object) -> AbsenceKind | None:
    """Why there is no value, if the concept says so."""
    return reason_of(codings(concept)) if concept else None


def reason_of(several: list[Coding]) -> AbsenceKind | None:
    """Why there is no value, if one of the codings says so."""
    for coding in several:
        if any(name in coding.system for name in _NO_VALUE_SYSTEMS):
            return REASONS.get(coding.code.casefold(), AbsenceKind.NOT_UNDERSTOOD)
    return None


def as_absent(told: Told) -> Absent:
    """The missing value of a finding whose value says nothing."""
    return Absent(told.absent or AbsenceKind.NOT_UNDERSTOOD)
