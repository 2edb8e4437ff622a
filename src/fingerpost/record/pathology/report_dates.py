"""The dates that a report gives: when the sample was taken, when an addendum was written."""

from __future__ import annotations

import re

from fingerpost.record.pathology.sections import Section
from fingerpost.record.written.date_text import read_date
from fingerpost.values import Days

_DATE = (
    r"(\d{4}-\d{2}-\d{2}|\d{1,2} [a-z]{3,9} \d{4}|[a-z]{3,9} \d{1,2}, \d{4}"
    r"|\d{1,2}[./]\d{1,2}[./]\d{4})"
)
_COLLECTED = re.compile(
    r"\b(?:date )?(?:of )?(?:collect(?:ed|ion)|received|taken|procedure|biopsy|sampl\w+)"
    r"(?: on| date| date/time)?\s?[:=]?\s{0,3}" + _DATE
)
_ANY = re.compile(_DATE)


def collection_date(folded: str) -> Days | None:
    """The day the sample was taken, or received.

    >>> collection_date("date collected: 2024-03-05").known.isoformat()
    '2024-03-05'
    >>> collection_date("collected: 03/05/2024") is None
    True
    """
    match = _COLLECTED.search(folded)
    return _read(match[1]) if match else None


def addendum_date(folded: str, section: Section) -> Days | None:
    """The day that stands near the head of an addendum."""
    match = _ANY.search(folded, section.start, min(section.end, section.start + 120))
    return _read(match[1]) if match else None


def _read(written: str) -> Days | None:
    return read_date(written)
