"""Reasons: never more than the record says, never a treatment named that does not count."""

from __future__ import annotations

import datetime as dt
import json

import pytest

import fingerpost as fp
from fingerpost.report.documents import options_document
from fingerpost.report.reasons import Reasons

LOW = "fda.alphamab.her2-low"


@pytest.fixture
def because(small):
    """The reasons of one condition for a person with these treatments."""

    def because(option: str, place: int, **record: object) -> list[dict[str, object]]:
        form = {"fingerpost": 1, **record}
        day = dt.date(2024, 5, 1)
        read = fp.read_record(json.dumps(form).encode(), small, on=day)
        found = fp.find_options(fp.derive(read, small, day), fp.RuleSet(small, day, "fda"))
        options = options_document(found)["options"]
        return next(o for o in options if o["id"] == option)["criteria"][place]["because"]

    return because


def phrases(reasons):
    return [f"{reason['label']}: {reason['value']}" for reason in reasons]


def test_a_treatment_that_counts_is_named(because):
    reasons = because(
        LOW,
        2,
        treatments=[
            {"drugs": ["gammastrant"], "setting": "metastatic"},
            {"drugs": ["deltaplatin"], "setting": "metastatic", "start": "2023"},
        ],
    )
    assert phrases(reasons) == ["deltaplatin: for cancer that has spread, from 2023"]
    assert reasons[0]["treatment"] == 2


@pytest.mark.parametrize(
    ("treatments", "value"),
    [
        ([], "no treatment is listed, and the list is stated to be complete"),
        (
            [{"drugs": ["gammastrant"], "setting": "metastatic"}],
            "the one treatment listed does not count, and the list is stated to be complete",
        ),
        (
            [{"drugs": ["gammastrant"], "setting": "metastatic"}] * 2,
            "none of the 2 treatments listed counts, and the list is stated to be complete",
        ),
    ],
)
def test_none_counts_only_when_the_list_is_whole(because, treatments, value):
    reasons = because(LOW, 2, treatments=treatments, treatments_complete=True)
    assert phrases(reasons) == [f"List of treatments: {value}"]


def test_a_list_that_may_have_gaps_is_a_gap(because):
    reasons = because(LOW, 2, treatments=[{"drugs": ["gammastrant"], "setting": "metastatic"}])
    assert phrases(reasons) == ["List of treatments: not stated to be complete"]
    assert reasons[0]["absence"] == "not_stated"


def test_a_treatment_that_may_count_says_what_is_missing_of_it(because):
    reasons = because(LOW, 2, treatments=[{"drugs": ["deltaplatin"]}], treatments_complete=True)
    assert phrases(reasons) == ["deltaplatin: what the treatment was for: not stated"]


def test_a_medicine_that_was_not_recognised_may_be_any(because):
    reasons = because(
        LOW,
        2,
        treatments=[{"drugs": ["wonderdrug"], "setting": "metastatic"}],
        treatments_complete=True,
    )
    assert phrases(reasons) == ["wonderdrug: which medicines it held: not fully known"]
    assert reasons[0]["absence"] == "not_understood"


def test_where_nothing_of_the_person_decides_the_rule_itself_is_named(small):
    day = dt.date(2024, 5, 1)
    read = fp.read_record(b'{"fingerpost": 1, "facts": {}}', small, on=day)
    reasons = Reasons(fp.derive(read, small, day), small)
    assert phrases(reasons.because((), fp.Answer.UNKNOWN, None)) == [
        "The rule itself: the sources leave it open; ask your team"
    ]
    assert phrases(reasons.because((), fp.Answer.YES, None)) == [
        "The rule itself: the same for everybody"
    ]
