"""Reading what a person brings: a form, or an export of a hospital's record (FHIR).

`read_record` gives a `Record`: findings and treatments as they were stated, each with the place it
stood at, and messages about what was odd. Nothing is decided here.
"""

from __future__ import annotations

from fingerpost.record.model import Finding, Message, Record, Source, Treatment
from fingerpost.record.read import read_record

__all__ = ["Finding", "Message", "Record", "Source", "Treatment", "read_record"]
