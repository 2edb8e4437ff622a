"""The examples that newcomers try: each is read without a problem and says what its comments say."""

from __future__ import annotations

from pathlib import Path

import pytest

from fingerpost.record.dictionaries import Dictionaries
from fingerpost.record.model import Record
from fingerpost.record.read import read_text
from fingerpost.record.source_text import load
from fingerpost.terms import Answer
from tests.unit.record.said import attribute, findings, value

EXAMPLES = Path(__file__).parents[3] / "examples"


def read(dictionaries: Dictionaries, name: str) -> Record:
    return read_text(load(EXAMPLES / name, None), dictionaries)


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.*")), ids=lambda path: path.name)
def test_every_example_is_read_without_a_warning(dictionaries: Dictionaries, path: Path) -> None:
    record = read_text(load(path, None), dictionaries)
    assert record.findings
    assert [message for message in record.messages if message.severity == "warning"] == []


def test_maria(dictionaries: Dictionaries) -> None:
    record = read(dictionaries, "maria.yaml")
    assert value(record, "esr1_mutation") == "present"
    assert value(record, "pik3ca_mutation") == "absent: pending"
    assert value(record, "germline_brca_reported") == "absent: not_tested"
    assert value(record, "her2_ihc") == "1+"
    (treatment,) = record.treatments
    assert treatment.drugs == ("letrozole", "palbociclib")
    assert attribute(treatment, "end_reason") == "progression"
    assert record.treatments_complete is Answer.YES


def test_grace(dictionaries: Dictionaries) -> None:
    record = read(dictionaries, "grace.yaml")
    assert value(record, "her2_ihc") == "2+"
    assert value(record, "her2_ish") == "absent: pending"


def test_nora(dictionaries: Dictionaries) -> None:
    assert value(read(dictionaries, "nora.json"), "pdl1_cps_22c3") == 12


def test_sam(dictionaries: Dictionaries) -> None:
    record = read(dictionaries, "sam.yaml")
    assert value(record, "sex") == "male"
    assert [each.specimen for each in findings(record, "her2_ihc")] == ["primary", "metastasis"]
    assert record.treatments[0].classes == ("taxane", "chemotherapy")


def test_amina(dictionaries: Dictionaries) -> None:
    record = read(dictionaries, "amina_fhir.json")
    assert value(record, "her2_ihc") == "3+"
    assert value(record, "yp_t_category") == "T1b"
    (treatment,) = record.treatments
    assert set(treatment.drugs) == {"docetaxel", "carboplatin", "trastuzumab", "pertuzumab"}
    assert attribute(treatment, "setting") == "neoadjuvant"
