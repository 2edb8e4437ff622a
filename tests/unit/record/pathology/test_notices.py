"""What is said of a report as a whole: that it tells of carcinoma in situ, or of nothing that invades."""

from __future__ import annotations

import pytest

from fingerpost.record.dictionaries import Dictionaries
from fingerpost.record.pathology.read import record_of
from tests.unit.record.pathology.reading import read
from tests.unit.record.said import codes, told


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Core biopsy: high grade DCIS. ER positive 90%.", "carcinoma in situ (DCIS)"),
        ("No invasive carcinoma seen. ER positive 90%.", "no invasive cancer was seen"),
    ],
)
def test_a_report_of_no_invasive_cancer_says_so_and_its_receptors_are_not_used(
    text: str, words: str, dictionaries: Dictionaries
) -> None:
    record = record_of(read(text, dictionaries))
    assert words in told(record, "in_situ_only")
    assert "receptor results were not used" in told(record, "in_situ_only")
    assert not [each for each in record.findings if each.fact.startswith("er_")]


def test_without_a_receptor_nothing_is_said_of_receptors(dictionaries: Dictionaries) -> None:
    record = record_of(read("Excision: DCIS, nuclear grade 2. Margins clear.", dictionaries))
    assert "receptor" not in told(record, "in_situ_only")


@pytest.mark.parametrize(
    "text",
    [
        "Invasive ductal carcinoma with DCIS. ER positive 90%.",
        "Residual DCIS. ypTis ypN0. Prior biopsy (S25-77): ER negative, HER2 3+",
        "Margins: no invasive carcinoma at the margins. ER positive 90%",
    ],
)
def test_where_something_invades_or_medicine_came_before_nothing_is_said(
    text: str, dictionaries: Dictionaries
) -> None:
    assert "in_situ_only" not in codes(record_of(read(text, dictionaries)))
