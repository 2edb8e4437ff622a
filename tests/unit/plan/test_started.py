"""When to call once an option has started: nothing gets lost or lower, and its medicines are named."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fingerpost.errors import UsageError
from fingerpost.plan.started import medicines_behind, once_started, option_named
from fingerpost.plan.symptoms import Said, Told, how_soon, when_to_call
from fingerpost.report.symptoms_said import symptoms_document
from fingerpost.report.text.symptoms import grouped, symptoms_text
from fingerpost.terms import LEVELS
from tests.unit.plan.conftest import TODAY, person, taking
from tests.whole import whole_knowledge

KNOWN = whole_knowledge()
WHOLE = person(KNOWN)
some = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)
options = st.sampled_from(sorted(KNOWN.options)).map(KNOWN.options.__getitem__)
records = st.sampled_from(
    (
        WHOLE,
        taking(KNOWN, "pembrolizumab"),
        taking(KNOWN, "letrozole", facts="extent_reported: metastatic"),
    )
)


def ranks(who):
    return {
        (concern.symptom.id, entry.kind, entry.id): LEVELS.index(entry.level)
        for concern in when_to_call(who, KNOWN, on=TODAY, authority="fda")
        for entry in concern.entries
    }


def document(who, option=None):
    return symptoms_document(who, KNOWN, said=Said(), on=TODAY, authority="fda", option=option)


@some
@given(records, options)
def test_a_treatment_that_starts_lowers_nothing_and_takes_nothing_away(who, option):
    before, after = ranks(who), ranks(once_started(who, option, KNOWN, TODAY))
    assert before.keys() <= after.keys()
    assert all(after[line] >= rank for line, rank in before.items())


@some
@given(records, st.none() | options)
def test_grouping_drops_no_sign(who, option):
    told = document(who, option)
    shown = " ".join(
        row for level in told["levels"] for _, rows in grouped(told, level) for row in rows
    ).casefold()
    for symptom in told["symptoms"]:
        same = {(e["id"], e["level"]) for e in symptom["entries"] if e["kind"] == "answer"}
        for entry in symptom["entries"]:
            # A milder answer of the same level stands for what is more of it.
            if (entry["more_of"], entry["level"]) not in same:
                assert entry["plain"].casefold() in shown, (symptom["id"], entry["id"])
    count = sum(len(rows) for level in told["levels"] for _, rows in grouped(told, level))
    assert count == len({(s["id"], e["level"]) for s in told["symptoms"] for e in s["entries"]})


@some
@given(records, st.none() | options)
def test_every_sign_of_the_rules_is_in_the_document(who, option):
    started = who if option is None else once_started(who, option, KNOWN, TODAY)
    told = {
        (symptom["id"], entry["kind"], entry["id"]): LEVELS.index(entry["level"])
        for symptom in document(who, option)["symptoms"]
        for entry in symptom["entries"]
    }
    assert told == ranks(started)


def test_the_fever_to_call_at_is_that_of_the_treatment_to_come():
    option = option_named("fda.trastuzumab_deruxtecan.her2-low-after-chemotherapy", KNOWN)
    fever = Said((Told("fever", "fever"),))
    now, then = (
        how_soon(who, KNOWN, said=fever, on=TODAY, authority="fda").level
        for who in (WHOLE, once_started(WHOLE, option, KNOWN, TODAY))
    )
    assert (now, then) == ("tell_team_soon", "same_day_call")
    text = " ".join(symptoms_text(document(WHOLE, option)).split())
    assert "once treatment with trastuzumab deruxtecan has started" in text
    assert re.search(r"38\.0 C \(100\.4 F\) or more \(trastuzumab deruxtecan\)", text)


def test_a_sign_is_said_once_with_each_medicine_it_is_of():
    who = once_started(
        taking(KNOWN, "docetaxel"),
        option_named("fda.capecitabine.advanced-single-agent", KNOWN),
        KNOWN,
        TODAY,
    )
    rules = KNOWN.following.symptoms["diarrhea"].rules
    chemotherapy = next(rule for rule in rules if rule.id == "chemotherapy")
    node = KNOWN.graph.nodes[chemotherapy.node]
    assert medicines_behind(node, who.case, KNOWN) == ("docetaxel", "capecitabine")


def test_a_rule_that_needs_no_medicine_names_none():
    who = taking(KNOWN, "docetaxel", facts="extent_reported: metastatic")
    spread = next(r for r in KNOWN.following.symptoms["back_pain"].rules if r.id == "spread")
    assert medicines_behind(KNOWN.graph.nodes[spread.node], who.case, KNOWN) == ()


def test_an_option_that_is_not_there_is_told_with_the_nearest():
    with pytest.raises(UsageError) as refused:
        option_named("fda.capecitabin.advanced-single-agent", KNOWN)
    assert refused.value.problems[0].code == "unknown-option"
