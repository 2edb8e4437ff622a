"""Hard wordings: each class of them, with the answer that a careful reader would give."""

from __future__ import annotations

from typing import Any

import pytest

from fingerpost.record.dictionaries import Dictionaries
from tests.unit.record.pathology.test_anatomy import read, said, short

IDC = "FINAL DIAGNOSIS: Left breast, lumpectomy: invasive ductal carcinoma"

SIZES = [
    # A grade before a comma is no part of the size: this once gave 1.12 mm.
    ("Left breast: invasive ductal carcinoma, grade 1, 12 mm", [12.0]),
    ("Invasive lobular carcinoma, grade 3, 30 mm, ER negative", [30.0]),
    ("Invasive lobular carcinoma, score 7, 2.1 cm", [21.0]),
    ("Invasive ductal carcinoma grade 2. 5 mm", []),
    ("Invasive ductal carcinoma, 2. 5 cm", [25.0]),
    ("Invasive ductal carcinoma, 1,8 x 1,5 cm", [18.0]),
    # The largest of several, in whatever order they stand.
    (f"{IDC}, two foci, 1.2 cm and 2.5 cm", [25.0]),
    (f"{IDC}, multifocal: 8 mm, 12 mm and 5 mm", [12.0]),
    (f"{IDC}, three foci measuring 12, 8 and 5 mm", [12.0]),
    (f"{IDC}, two tumors, 9 and 21 mm", [21.0]),
    (f"{IDC}, 17 mm and 40 mm of DCIS", [17.0]),
]


@pytest.mark.parametrize(("text", "sizes"), SIZES)
def test_a_size_is_the_number_that_is_written(dictionaries: Dictionaries, text, sizes: list[Any]):
    assert said(dictionaries, text, "tumor_size") == sizes


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Tumor size: up to 24 mm", "a limit"),
        ("Tumor size: at least 22 mm", "a limit"),
        ("Invasive carcinoma, at least 2.2 cm in greatest dimension", "a limit"),
        ("Size of tumor: approximately 2 cm", "an estimate"),
        ("Tumour size: < 2 cm", "a limit"),
        ("Tumor size: > 5 cm", "a limit"),
        ("Left breast core biopsy: invasive ductal carcinoma, 7 mm in core", "needle"),
        ("Breast, needle biopsy: invasive carcinoma, 9 mm", "needle"),
        (f"{IDC}. Tumor size: 18 mm on core", "needle"),
    ],
)
def test_a_size_that_is_not_exact_is_told_and_does_not_count(dictionaries, text: str, why: str):
    sizes = [s for s in read(dictionaries, text) if s.fact == "tumor_size"]
    assert [s.counts for s in sizes] == [False]
    assert why in (sizes[0].note or "")
    assert short(sizes[0].value) > 1
