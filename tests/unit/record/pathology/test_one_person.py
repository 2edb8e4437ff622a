"""A file that holds reports of two people is refused: their results are never mixed."""

from __future__ import annotations

import pytest

from fingerpost.errors import RecordError
from fingerpost.record.dictionaries import Dictionaries
from tests.unit.record.pathology.reading import read

TWO = (
    "Patient: A. One, DOB 01/02/1960. Invasive carcinoma, ER positive.\n"
    "Patient: B. Two, DOB 03/04/1955. Invasive carcinoma, ER negative."
)


def test_two_dates_of_birth_are_two_people(dictionaries: Dictionaries) -> None:
    with pytest.raises(RecordError) as refused:
        read(TWO, dictionaries)
    (problem,) = refused.value.problems
    assert problem.code == "different-people"
    assert "1960" not in problem.what + problem.why + problem.try_this


@pytest.mark.parametrize(
    "text",
    [
        "DOB: 01/02/1960. ER positive. Page 2. DOB: 01/02/1960. HER2 negative.",
        "Date of birth: 1 Feb 1960. ER positive. DOB 02/01/60.",
        "DOB: 1960-02-01. ER positive. Born 1 February 1960.",
        "Date of birth: February 1, 1960. Subscriber DOB: 03/04/1955. ER positive.",
        "DOB: 01/02/1960. Mother, born 3 April 1935, had breast cancer. ER positive.",
        "DOB: 01/02/1960. Collected: 03/04/2024. ER positive.",
    ],
)
def test_one_date_of_birth_in_several_forms_is_one_person(
    text: str, dictionaries: Dictionaries
) -> None:
    assert any(each.fact == "er_reported" for each in read(text, dictionaries).statements)
