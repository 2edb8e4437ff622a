"""Every reader of report text, in one place."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from fingerpost.record.dictionaries import Dictionaries
from fingerpost.record.pathology.receptors.read import read_receptors
from fingerpost.record.pathology.report_text import ReportText
from fingerpost.record.pathology.statement import Statement

Reader = Callable[[ReportText, Dictionaries], Iterable[Statement]]

READERS: tuple[Reader, ...] = (read_receptors,)
