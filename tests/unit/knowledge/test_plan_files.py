"""Symptoms and their rules: a level that could fall, or a name that leads nowhere, is refused."""

from __future__ import annotations

import pytest

from fingerpost.errors import KnowledgeError


def test_symptoms_levels_and_rules_are_there(read, small):
    following = read(small).following
    assert following.symptoms["stools"].answers["many"].level == "tell_team_soon"
    assert following.symptoms["stools"].rules[0].answers == {"many": "same_day_call"}
    assert following.levels["emergency_now"].plain == "Call {number} now."
    assert following.emergency_numbers["nice"].number == "999"
    assert following.urgency["two"].make == "same_day_call"
    assert following.urgency["positive"].node is not None
    assert following.urgency["worry"].node is None


def test_spellings_of_all_files_are_there(read, small):
    more = {**small, "spelling_more.yaml": "spelling: {gray: grey}\n"}
    assert read(more).following.spelling == {"gray": "grey", "tumor": "tumour"}


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("tumor: tumour", "tumor: the tumor", "has the US word `tumor` in it"),
        ("tumor: tumour", "tumor: tumour, tumour: tumor", "has the US word `tumo"),
        ("tumor: tumour", "Tumor: tumour", "Tumor"),
        ("tumor: tumour", "tumor_size: tumour size", "tumor_size"),
    ],
)
def test_a_spelling_that_would_not_end_or_is_no_word_is_refused(read, small, *, old, new, told):
    changed = {**small, "spelling.yaml": small["spelling.yaml"].replace(old, new)}
    with pytest.raises(KnowledgeError) as refused:
        read(changed)
    assert any(told in str(problem) for problem in refused.value.problems)


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("symptoms/stools.yaml", "level: next_visit", "level: emergency_now", "a level falls"),
        ("symptoms/stools.yaml", "{many: same_day_call}", "{many: next_visit}", "never lower it"),
        ("symptoms/stools.yaml", "{many: same_day_call}", "{lots: same_day_call}", "is none of"),
        ("symptoms/stools.yaml", "{many: same_day_call}", "{}", "gives no answer a level"),
        (
            "symptoms/stools.yaml",
            "level: tell_team_soon}",
            "level: tell_team_soon, more_of: lots}",
            "is none of the milder answers",
        ),
        ("urgency.yaml", "make: same_day_call", "make: tell_team_soon", "never lower it"),
        ("urgency.yaml", "of: tell_team_soon, ", "", "go together"),
        ("urgency.yaml", "worried: 1, ", "", "has one of"),
        ("urgency.yaml", "worried: 1", "worried: 1, every: next_visit", "has one of"),
        ("urgency.yaml", "  next_visit:", "  never:", "never"),
    ],
)
def test_a_rule_that_could_lower_a_level_is_refused(read, small, *, name, old, new, told):
    assert old in small[name]
    changed = {**small, name: small[name].replace(old, new)}
    with pytest.raises(KnowledgeError) as refused:
        read(changed)
    assert any(told in str(p) and p.where.startswith(name) for p in refused.value.problems)
