"""One order for findings, treatments and sources, so that the order of the records cannot matter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from fingerpost.record.model import Finding, Message, Record, Source, Treatment
from fingerpost.values import Absent, Choice, Days, Interval, Members, Value

Key = tuple[str, ...]
# What was measured and exported stands before what was written down about it.
_KINDS = ("fhir", "text", "table", "form", "presumed")


def source_key(source: Source) -> Key:
    """Where a source stands among others."""
    rank = str(_KINDS.index(source.kind))
    return rank, source.file or "", source.reference, source.words or ""


def finding_key(finding: Finding) -> Key:
    """Where a finding stands among others of its fact: by day, then by what it says."""
    texts = (finding.specimen, finding.site, finding.basis, finding.status, finding.because)
    said = tuple("" if text is None else f"={text}" for text in texts)
    return date_key(finding.date), value_key(finding.value), *said, *sources_key(finding.sources)


def treatment_key(treatment: Treatment) -> Key:
    """Where a treatment stands among others: by when it began, then by what it was."""
    start = treatment.attributes.get("start")
    begun = date_key(start if isinstance(start, Days) else None)
    names = ("|".join(each) for each in (treatment.drugs, treatment.unresolved, treatment.classes))
    said = attributes_key(treatment.attributes)
    return begun, *names, said, treatment.words or "", *sources_key(treatment.sources)


def attributes_key(attributes: Mapping[str, Value]) -> str:
    """What is known of a treatment, as text."""
    return ";".join(f"{name}={value_key(attributes[name])}" for name in sorted(attributes))


def sources_key(sources: tuple[Source, ...]) -> Key:
    """Several sources, as they stand."""
    return tuple("\x00".join(source_key(source)) for source in sources)


def message_key(message: Message) -> Key:
    """Where a message stands among others: with the record it is about."""
    return message.file or "", message.where, message.code, message.what, message.try_this


def record_key(record: Record) -> tuple[str, tuple[Key, ...], tuple[Key, ...]]:
    """Where a record stands among others: by its name, then by what it says."""
    return (
        record.name,
        tuple(sorted((finding.fact, *finding_key(finding)) for finding in record.findings)),
        tuple(sorted(treatment_key(treatment) for treatment in record.treatments)),
    )


def date_key(days: Days | None) -> str:
    """A date as text that sorts by time; what has no date comes first."""
    if days is None:
        return ""
    first, last = days.first or dt.date.min, days.last or dt.date.max
    return f"{first.isoformat()}/{last.isoformat()}"


def value_key(value: Value | Absent) -> str:
    """A value as text, the same for the same value."""
    match value:
        case Absent():
            return f"absent {value.kind}"
        case Choice():
            return "|".join(sorted(value.possible))
        case Interval():
            low, high = "(" if value.low_open else "[", ")" if value.high_open else "]"
            return f"{low}{float(value.low)},{float(value.high)}{high}"
        case Days():
            return date_key(value)
        case Members():
            return f"{'|'.join(sorted(value.present))}/{'|'.join(sorted(value.absent))}"
