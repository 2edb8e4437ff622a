"""The short list of when to call: a fever has the number at which each level begins."""

from __future__ import annotations

import pytest

from fingerpost.plan.symptoms import when_to_call
from fingerpost.report.sheet_said import calls_said
from fingerpost.report.symptoms_said import sign_words
from tests.unit.plan.conftest import TODAY, taking
from tests.whole import whole_knowledge


def calls(drug: str, authority: str | None) -> dict[str, str]:
    knowledge = whole_knowledge()
    found = calls_said(taking(knowledge, drug), knowledge, on=TODAY, authority=authority)
    return {each["level"]: "; ".join(each["signs"]) for each in found}


@pytest.mark.parametrize("authority", ["fda", "ema", "nice"])
def test_on_hormone_tablets_alone_a_fever_is_told_within_a_day(authority):
    found = calls("letrozole", authority)
    assert "38.0 C (100.4 F) or more" in found["tell_team_soon"]
    assert "38.0 C" not in found["same_day_call"]


@pytest.mark.parametrize(
    ("authority", "same_day", "soon"),
    [
        ("fda", "38.0 C (100.4 F) or more", "37.5 C (99.5 F) or more"),
        ("nice", "37.5 C (99.5 F) or more", None),
    ],
)
def test_while_the_white_cells_may_be_low_it_is_the_number_of_the_country(
    authority, same_day, soon
):
    found = calls("paclitaxel", authority)
    assert f"fever or shivering ({same_day}" in found["same_day_call"]
    assert ("fever" in found["tell_team_soon"]) is (soon is not None)
    assert soon is None or f"fever or shivering ({soon}" in found["tell_team_soon"]


def test_the_card_of_emergencies_names_swelling_and_thoughts_of_harm():
    found = calls("letrozole", "fda")["emergency_now"]
    assert "swollen lips, tongue or throat" in found
    assert "thoughts of harming yourself" in found


def test_what_stands_alone_has_no_symptom_before_it():
    knowledge = whole_knowledge()
    found = {
        each.symptom.id: sign_words(each, "emergency_now")
        for each in when_to_call(None, knowledge, on=TODAY, authority="fda")
        if any(entry.level == "emergency_now" for entry in each.entries)
    }
    assert found["bleeding"] == "heavy bleeding that does not stop"
    assert found["fainting_palpitations"] == "I fainted"
    # This does not say what it is of.
    assert found["back_pain"].startswith("new back or neck pain (")
