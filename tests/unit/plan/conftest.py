"""The real knowledge, and invented people for whom its rules hold."""

from __future__ import annotations

import datetime as dt

import pytest

import fingerpost as fp
from fingerpost.facts.model import Facts
from fingerpost.knowledge.model import Knowledge
from tests.whole import whole_knowledge

TODAY = dt.date(2026, 11, 22)
# What rules ask beside medicines.
BESIDE = (
    "extent_reported: metastatic\n  metastatic_sites: {present: [bone, liver, brain]}",
    "sex: female\n  menopausal_status_reported: premenopausal",
    "takes_long_term_steroids: yes\n  takes_ace_inhibitor: yes\n  takes_warfarin: yes",
    "sex: male\n  extent_reported: early\n  takes_long_term_steroids: no\n  takes_warfarin: no"
    "\n  takes_other_blood_thinner: no",
)


def person(knowledge: Knowledge, facts: str = "", treatments: str = "[]") -> Facts:
    """Somebody whose list of treatments is whole."""
    record = f"""\
fingerpost: 1
facts:
  birth_date: 1968-05
  {facts}
treatments: {treatments}
treatments_complete: true
"""
    read = fp.read_record(record.encode(), knowledge, on=TODAY)
    return fp.derive(read, knowledge, TODAY)


def taking(knowledge: Knowledge, drug: str, end: str = "ongoing: yes", facts: str = "") -> Facts:
    """Somebody who began one medicine two weeks ago and takes it still, unless told otherwise."""
    start = "2026-11-08" if end.startswith("ongoing") else "2024-01-08"
    return person(knowledge, facts, f"[{{drugs: [{drug}], start: {start}, {end}}}]")


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return whole_knowledge()


@pytest.fixture(scope="session")
def people(knowledge: Knowledge) -> list[Facts]:
    """For every medicine somebody who takes it, and everybody of whom rules ask something else."""
    everybody = [person(knowledge), *(person(knowledge, facts) for facts in BESIDE)]
    everybody += [taking(knowledge, drug) for drug in knowledge.drugs]
    everybody.append(taking(knowledge, "everolimus", facts=BESIDE[2]))
    return everybody
