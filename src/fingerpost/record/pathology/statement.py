"""One thing that a report says."""

from __future__ import annotations

from dataclasses import dataclass

from fingerpost.record.model import Basis
from fingerpost.values import Absent, Days, Value


@dataclass(frozen=True, slots=True)
class Statement:
    """What a report says of one fact, the words for it, and where they stand.

    `part` is the label of the specimen ("A", "1"), `site` its title as written, and `specimen` what
    it is (one of `SPECIMENS` of the record) where that is certain. `quoted` says that the result is
    repeated from an earlier report. With `counts=False` it is told but answers nothing, and `note`
    says why. `basis` is what a category of the stage rests on ("pT2": pathologic).
    """

    fact: str
    value: Value | Absent
    start: int
    end: int
    words: str
    line: int
    section: str
    part: str | None = None
    site: str | None = None
    specimen: str | None = None
    date: Days | None = None
    quoted: bool = False
    counts: bool = True
    note: str | None = None
    basis: Basis | None = None
