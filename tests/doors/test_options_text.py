"""The text of `fingerpost options`: what a person reads."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest


@pytest.fixture
def text(run, record) -> str:
    done = run("options", record)
    assert done.exit_code == 0, done.stderr
    return done.stdout


@pytest.fixture
def words(text) -> str:
    """The text without its line breaks."""
    return " ".join(text.split())


def test_no_line_is_wider_than_100_columns(text):
    assert [line for line in text.splitlines() if len(line) > 100] == []


def test_it_begins_with_day_authority_and_knowledge(words):
    assert "approved by the US Food and Drug Administration (FDA), as of 15 June 2024" in words
    assert "Knowledge 2024.06.30, checked through 31 May 2024." in words


def test_a_day_after_the_last_check_is_said_to_be_so(run, record):
    later = run("options", record, on="2024-06-15").stdout
    assert "newer approvals or withdrawals may be missing" in " ".join(later.split())
    assert "may be missing" not in run("options", record, on="2024-05-31").stdout


def test_it_says_that_nobody_has_reviewed_it(words):
    assert "No clinician has reviewed it yet." in words


def test_the_kind_of_cancer_with_the_findings_it_follows_from(words):
    assert "Hormone receptor-positive breast cancer that has spread" in words
    assert (
        "ER, percent of cells: 90 %, written as “ER 90 %”, February 2024 [facts.er_percent]"
        in words
    )


def test_what_is_missing_for_the_kind_is_said(words):
    assert "HER2 status is not settled: HER2 stain (IHC score): 2+." in words
    assert "Needed: HER2 gene test (ISH) (result pending)." in words


def test_results_that_were_passed_over_are_said(words):
    assert "there is more than one result" in words


def test_what_to_find_out_first_with_its_consequences(words):
    assert "1. HER2 gene test (ISH) (tumor tissue). Settles 2 of the 3 open options" in words
    assert "Ask: What was the result of the HER2 gene test?" in words
    assert "If positive, these would fit: alphamab with chemotherapy" in words


def test_groups_come_with_counts(text):
    for heading in ("Might fit (3)", "Not yet (1)", "Does not fit the label (1)"):
        assert f"\n{heading}\n" in text


def test_each_condition_has_answer_label_and_what_answered_it(text):
    block = text.split("\n  Gammastrant, for hormone")[1].split("\n\n")[0]
    assert "unknown  “HER2-negative”." in block
    assert "Record: HER2 gene test (ISH): result pending." in block
    assert "yes      18 years old or older. Label: “adults”." in block
    assert "Record: Date of birth: 1968 (age 55 to 56) [facts.birth_date]." in block


def test_what_does_not_fit_stands_below_the_reason_that_decides(words):
    assert (
        "Asked for: early, can be removed. Record: Extent of disease, as the team states it: "
        "spread to other parts of the body [facts.extent_reported]. - Gammastrant, after surgery"
    ) in words


def test_a_condition_on_treatments_is_answered_from_the_whole_list(words):
    assert "the one treatment listed does not count, and the list is stated to be complete" in words


def test_states_are_marked_and_explained(words):
    assert "[unverified]" in words
    assert "has not been looked up by anybody" in words


def test_cautions_are_shown_or_asked(words):
    assert "Test first: Blood sugar is measured before the start." in words
    assert 'heart tracing shows a "long QT"?' in words


def test_what_is_not_in_force_is_one_line(words):
    assert "Omeganib alone, for any breast cancer: withdrawn, last day 31 December 2022" in words


def test_the_order_is_no_ranking_and_the_answer_no_decision(words):
    assert "It is not a ranking." in words
    assert "This is decision support, not a decision." in words
    assert "Supportive care" in words.rpartition("decision support")[2]


@pytest.mark.parametrize("arguments", [(), ("--explain",)])
def test_words_that_we_do_not_use(run, record, arguments):
    text = run("options", record, *arguments).stdout
    unkind = r"\b(eligible|simply|just|obviously|should take|recommended|best|failed)\b"
    assert re.findall(unkind, text, re.IGNORECASE) == []


def test_explain_leaves_nothing_out(run, record):
    text = run("options", record, "--explain").stdout
    assert "Before this could fit, one of these would have to be different:" in text
    assert "How the derived facts follow" in text
    assert "her2 is negative: unknown" in text
    assert "What the trials found, in their groups of people, not in one person:" in text
    assert "Source: label.gammastrant" in text
    assert "(--explain)" not in text


def test_a_contraindication_decides_and_is_named(run, record):
    record.write_text(
        record.read_text().replace(
            "  her2_ish: {absent: pending}", "  her2_ish: negative\n  gamma_allergy: yes"
        )
    )
    words = " ".join(run("options", record).stdout.split())
    assert "Do not use after a severe allergic reaction to gammastrant. - Gammastrant, for" in words


def test_a_trial_limit_that_was_crossed_is_said(run, record):
    record.write_text(
        record.read_text().replace("absent: [brain]", "absent: []").replace("[bone]", "[brain]")
    )
    words = " ".join(run("options", record).stdout.split())
    assert "had not reached the brain. [unverified] This record lies outside that." in words


def test_an_empty_record_keeps_everything_open(run):
    words = " ".join(run("options", "-", given="fingerpost: 1\nfacts: {}\n").stdout.split())
    assert "Hormone receptor status (ER and PR) is not known." in words
    assert "Does not fit the label: 0" in words


def test_the_same_answer_is_the_same_text(run, record):
    assert run("options", record).stdout == run("options", record).stdout


def test_what_is_presumed_is_said_wherever_it_counts(run):
    given = "fingerpost: 1\nfacts: {birth_date: 1940, er_percent: 90}\n"
    words = " ".join(run("options", "-", given=given).stdout.split())
    presumed = (
        "early, can be removed, presumed, not stated [presumption early_when_nothing_else_is_said]"
    )
    assert f"Extent of disease, as the team states it: {presumed}" in words
    assert "Read as early breast cancer, because the record says nothing else" in words
    words = " ".join(run("facts", "-", given=given).stdout.split())
    assert "presumed, not stated: Read as early breast cancer" in words


def test_notices_of_the_knowledge_are_said(run):
    given = "fingerpost: 1\nfacts: {er_percent: 5}\n"
    words = " ".join(run("options", "-", given=given).stdout.split())
    assert "Only a few cells have the estrogen receptor" in words


def test_judgements_of_the_team_do_not_come_first(run, small, monkeypatch):
    fact = small.facts["omega_mutation"]
    moved = replace(fact, test=None, place="facts/judgements.yaml:1:1")
    facts = {**small.facts, "omega_mutation": moved}
    monkeypatch.setattr("fingerpost.cli.about.known", lambda: replace(small, facts=facts))
    given = (
        "fingerpost: 1\nfacts: {er_percent: 90, her2_ihc: 2+, extent_reported: metastatic}\n"
        "treatments: [{drugs: [gammastrant], setting: metastatic, end_reason: progression}]\n"
        "treatments_complete: true\n"
    )
    first = run("options", "-", given=given).stdout.partition("\nOptions\n")[0]
    assert first.index("HER2 gene test") < first.index("OMEGA gene change")


def test_the_answer_at_a_glance_leaves_out_conditions_but_no_open_option(run, ask, record):
    """`--brief`: every option that is open by name, what it waits for, and reasons counted."""
    brief = " ".join(run("options", record, "--brief").stdout.split())
    document = ask("options", record)
    for option in document["options"]:
        assert (option["heading"] in brief) is (option["verdict"] != "does_not_match")
    assert "result pending" in brief
    assert "It is not a ranking." in brief
    assert len(brief) < len(" ".join(run("options", record).stdout.split()))
