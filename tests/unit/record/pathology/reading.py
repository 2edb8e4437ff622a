"""Short ways to read a piece of a report and to look at what was read."""

from __future__ import annotations

import datetime as dt
from typing import Any

from fingerpost.facts.receptor_status import Statuses, statuses_of
from fingerpost.knowledge.model import Knowledge
from fingerpost.record.dictionaries import Dictionaries
from fingerpost.record.pathology.read import Reading, read_report
from fingerpost.record.source_text import Text
from tests.unit.record.said import short

DAY = dt.date(2026, 11, 26)


def read(text: str, dictionaries: Dictionaries) -> Reading:
    """A piece of a report, read."""
    return read_report(Text(text, "report.txt"), dictionaries)


def statuses(reading: Reading, knowledge: Knowledge) -> Statuses:
    """The receptors of a reading."""
    return statuses_of(reading, knowledge, DAY)


def words(reading: Reading, knowledge: Knowledge) -> dict[str, str]:
    """ER, PR and HER2 of the whole report, in one word each."""
    found = statuses(reading, knowledge).overall
    return {name: status.status for name, status in found.items()}


def values(reading: Reading) -> dict[str, list[Any]]:
    """The values of each fact that count, in their shortest form."""
    found: dict[str, list[Any]] = {}
    for each in reading.statements:
        if each.counts:
            found.setdefault(each.fact, []).append(short(each.value))
    return found
