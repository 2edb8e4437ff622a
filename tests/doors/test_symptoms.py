"""`fingerpost symptoms`: when to call, and how soon, in plain words."""

from __future__ import annotations

import json

import jsonschema
import pytest

from fingerpost.cli import about
from fingerpost.report.schema import answer_schema
from tests.doors.conftest import SMALL
from tests.whole import whole_knowledge

CHEMOTHERAPY = """\
fingerpost: 1
facts: {extent_reported: early}
treatments: [{classes: [chemotherapy], start: 2024-05-01, ongoing: true}]
treatments_complete: true
"""
NOTHING = "fingerpost: 1\nfacts: {}\ntreatments: []\ntreatments_complete: true\n"
DAY = ("--on", "2024-06-15")


def said(done) -> str:
    assert done.exit_code == 0, done.stderr
    return " ".join(done.stdout.split())


def test_the_list_stands_by_level_and_follows_the_record(run):
    text = said(run("symptoms", "-", *DAY, "--authority", "fda", given=CHEMOTHERAPY))
    urgent = text.partition("Same day Phone today.")[2].partition("Within 24 hours")[0]
    assert "Loose stools: 4 or more; there is blood in it" in urgent
    assert "No clinician has reviewed these levels yet" in text
    assert "My team, by day: ____" in text
    assert "Emergency: 911 in the US" in text
    assert "It can be a sign of an effect of chemotherapy [unverified]" in text
    calm = said(run("symptoms", "-", *DAY, "--authority", "fda", given=NOTHING))
    soon = calm.partition("Phone within 24 hours.")[2].partition("Next visit")[0]
    assert "Loose stools: 4 or more" in soon
    assert "Loose stools: 1 to 3" in calm.partition("Tell them at the next visit.")[2]


def test_without_a_record_every_rule_counts(run):
    text = said(run("symptoms", *DAY))
    assert "Loose stools: 4 or more; there is blood in it" in text.partition("Phone today.")[2]
    assert "No record was given" in text
    assert "911 in the US or 999 in the UK" in text
    assert "Tell them at the next visit. -" not in text


def test_a_symptom_has_a_level_a_reason_and_what_would_raise_it(run):
    words = ("--symptom", "loose stools", "--answer", "few", "--authority", "fda")
    text = said(run("symptoms", "-", *DAY, *words, given=NOTHING))
    assert "Next visit Tell them at the next visit." in text
    assert "Loose stools (1 to 3): next visit. It can be a sign of" in text
    assert "There is blood in it: same day" in text
    assert "No clinician has reviewed these levels yet" in text
    worried = said(run("symptoms", "-", *DAY, *words, "--worried", given=NOTHING))
    assert "Within 24 hours Phone within 24 hours." in worried
    assert "You are very worried: within 24 hours. Worry counts" in worried


def test_an_answer_that_was_not_given_counts_as_the_worst(run, ask):
    text = said(run("symptoms", "-", *DAY, "--symptom", "stools", given=NOTHING))
    assert "not answered, so it counts as the worst answer" in text
    assert "Loose stools: How many more than usual? few (1 to 3), many (4 or more)" in text
    document = ask("symptoms", "-", *DAY, "--symptom", "stools", given=NOTHING)
    assert document["answer"]["level"] == "tell_team_soon"


def test_as_json_it_fits_its_schema(ask):
    for words in ([], ["--symptom", "stools", "--answer", "many", "--sign", "blood", "--worried"]):
        for record in ([], ["-"]):
            document = ask("symptoms", *record, *DAY, *words, given=CHEMOTHERAPY)
            jsonschema.validate(document, answer_schema("symptoms"))
            assert document["record"] is bool(record)
            assert document["levels_signed_by"] == []
    answer = document["answer"]
    assert answer["level"] == "emergency_now"
    (symptom,) = answer["symptoms"]
    assert {(r["kind"], r["holds"]) for r in symptom["reasons"]} >= {("rule", "yes")}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--symptom", "stool"], "stools"),
        (["--symptom", "stools", "--answer", "awful"], "few, many"),
        (["--symptom", "stools", "--sign", "stars"], "blood"),
        (["--answer", "few"], "--symptom NAME"),
        (["--symptom", "stools", "--answer", "few", "--answer", "many"], "one answer"),
        (["--symptom", "stools", "--answer", "other:few"], "stools"),
    ],
)
def test_what_is_not_known_is_told_with_what_there_is(run, words, told):
    done = run("symptoms", *DAY, *words)
    assert done.exit_code == 12
    assert "[unknown-symptom]" in done.stderr
    assert told in done.stderr


def test_two_symptoms_may_share_the_words_of_their_answers(run, monkeypatch):
    monkeypatch.setattr(about, "known", whole_knowledge)
    words = ("--symptom", "diarrhea", "--symptom", "rash")
    done = run("symptoms", *DAY, *words, "--answer", "more", "--sign", "fever")
    assert done.exit_code == 12
    assert "diarrhea:fever or rash:fever" in done.stderr
    placed = ("--answer", "more", "--answer", "rash:small", "--sign", "rash:blisters")
    done = run("symptoms", *DAY, *words, *placed, "--format", "json")
    document = json.loads(done.stdout)
    assert [each["answer"] for each in document["answer"]["symptoms"]] == ["more", "small"]
    assert document["answer"]["level"] == "emergency_now"


def test_the_list_may_look_ahead_to_an_option(run, monkeypatch):
    monkeypatch.setattr(about, "known", whole_knowledge)
    option = ("--option", "fda.capecitabine.advanced-single-agent")
    text = said(run("symptoms", "-", *DAY, *option, given=NOTHING))
    assert "This is for once treatment with capecitabine has started." in text
    assert (
        "Red, sore palms or soles: Red or tingling, and I can do everything (capecitabine)" in text
    )
    assert "[wrong-usage]" in run("symptoms", *DAY, *option).stderr
    assert "[unknown-option]" in run("symptoms", "-", *DAY, "--option", "x", given=NOTHING).stderr


def test_the_small_knowledge_is_the_one_that_is_asked(run):
    assert SMALL.exists()
    assert "unknown-authority" in run("symptoms", *DAY, "--authority", "moon").stderr
