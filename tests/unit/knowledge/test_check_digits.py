from __future__ import annotations

import pytest

from fingerpost.knowledge.check_digits import valid_loinc, valid_snomed


@pytest.mark.parametrize("code", ["85319-2", "16112-5", "LA6576-8", "LA6577-6", "LA11842-4"])
def test_loinc_codes_that_are(code):
    assert valid_loinc(code)


@pytest.mark.parametrize(
    "code",
    ["85319-3", "85391-2", "LA6576-7", "85319", "85319-", "-2", "", "x-1", "85319-22", "٣-1"],
)
def test_loinc_codes_that_are_not(code):
    assert not valid_loinc(code)


@pytest.mark.parametrize("code", ["254837009", "10828004", "260385009", "353431000119107"])
def test_snomed_codes_that_are(code):
    assert valid_snomed(code)


@pytest.mark.parametrize(
    "code",
    # One digit changed, two neighbours exchanged, rounded by a program, too short, not digits.
    ["254837008", "254873009", "353431000119100", "00108280", "12345", "", "10828004 ", "1e8"],
)
def test_snomed_codes_that_are_not(code):
    assert not valid_snomed(code)
