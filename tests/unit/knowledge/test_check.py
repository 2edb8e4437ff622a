from __future__ import annotations

import datetime as dt

import pytest

from fingerpost.criteria.nodes import AnyOf, FactTerm, IsOneOf, Not
from fingerpost.errors import Problem
from fingerpost.knowledge.check import asked_both_ways, check, thresholds

OPTION = "options/fda/fictimab.yaml"
FACTS = "facts/receptors.yaml"
TODAY = dt.date(2026, 11, 22)


@pytest.fixture
def checked(read):
    """What the check says of such files, and how severe it is."""

    def checking(contents, on=TODAY):
        return [f"{problem.severity}: {problem}" for problem in check(read(contents), on)]

    return checking


def test_the_small_set_has_nothing_to_mend(checked, small):
    assert checked(small) == []


# Each row: the file, what is written instead of what, and what is said.
SPOILED = {
    "a panel that no fact is of": (
        "record_review.yaml",
        "panel: her2",
        "panel: her3",
        "error: record_review.yaml:19:3: no fact is of the panel `her3`. Try: did you mean her2? [unknown-id]",
    ),
    "a status that is measured": (
        "record_review.yaml",
        "status: her2",
        "status: her2_ihc",
        "error: record_review.yaml:19:3: `her2_ihc` is measured, and only what is derived can be compared. "
        "Try: the name of a derived fact [unknown-id]",
    ),
    "a result that no fact can have": (
        "record_review.yaml",
        'results: ["0"]',
        'results: ["9"]',
        "error: record_review.yaml:10:3: none of the facts named here can be `9`. "
        "Try: known here: 0, 1+, 2+, 3+ [unknown-value]",
    ),
    "a test that does not name its fact": (
        FACTS,
        "    question: What was Ki-67?\n",
        "    question: What was Ki-67?\n    test: her2_stain\n",
        "error: facts/receptors.yaml:22:3: `ki67_percent` is answered by the test `her2_stain`, "
        "which does not name it. Try: add it to `answers` at tests.yaml:2:3 [one-sided]",
    ),
    "a fact that does not name its test": (
        FACTS,
        "    test: her2_stain\n",
        "",
        "error: tests.yaml:2:3: the test answers `her2_ihc`, which names no test. "
        "Try: `test: her2_stain` at facts/receptors.yaml:7:3 [one-sided]",
    ),
    "a test that answers what is derived": (
        "tests.yaml",
        "answers: [her2_ihc]",
        "answers: [her2_ihc, her2]",
        "error: tests.yaml:2:3: the test answers `her2`, which is not measured but derived. "
        "Try: name the facts it rests on [one-sided]",
    ),
    "a mistyped code of a fact": (
        FACTS,
        "85319-2",
        "85319-3",
        "error: facts/receptors.yaml:7:3: `85319-3` is not a LOINC code: its check digit is "
        "wrong. Try: look it up again; never guess a code [check-digit]",
    ),
    "a mistyped code of a system": (
        "codes/loinc.yaml",
        "LA6111-4",
        "LA6111-5",
        "error: codes/loinc.yaml:6:3: `LA6111-5` is not a LOINC code: its check digit is "
        "wrong. Try: look it up again; never guess a code [check-digit]",
    ),
    "a code for a value that the fact cannot have": (
        "codes/loinc.yaml",
        'value: "0"',
        'value: "4+"',
        "error: codes/loinc.yaml:6:3: `her2_ihc` cannot be `4+`. "
        "Try: known here: 0, 1+, 2+, 3+, low_scores [unknown-value]",
    ),
    "a code for a drug that nobody wrote": (
        "codes/loinc.yaml",
        "{value: score_zero",
        "{attribute: drug, value: fictimib",
        "error: codes/loinc.yaml:6:3: `drug` cannot be `fictimib`. "
        "Try: did you mean fictimab? [unknown-value]",
    ),
    "a threshold out of reach": (
        FACTS,
        "range: [0, 100]",
        "range: [0, 10]",
        "error: facts/receptors.yaml:22:3: a criterion compares `ki67_percent` with 20, outside "
        "its range. Try: between 0 and 10 [threshold]",
    ),
    "a source that nothing rests on": (
        "sources/spare.yaml",
        "",
        "title: t\npublisher: p\nkind: review\nurl: https://example.org\n"
        "checked_on: 2026-11-01\nchecked_how: full\n",
        "warning: sources/spare.yaml:1:1: no claim rests on the source `spare`. "
        "Try: use it, or remove the file [unused-source]",
    ),
    "a source that nobody looked at for long": (
        "sources/guide.one.yaml",
        "checked_on: 2026-11-20",
        "checked_on: 2025-11-21",
        "warning: sources/guide.one.yaml:1:1: this source was last looked at on 2025-11-21. Try: "
        "look whether it still says the same, and date `checked_on` again [stale-source]",
    ),
    "a verified claim with an unread source": (
        "sources/label.one.2020.yaml",
        "checked_how: excerpt",
        "checked_how: not_read",
        "warning: cautions/fictimab.yaml:3:3: this is marked as verified, but nobody has read its "
        "source `label.one.2020`. Try: `state: unverified`, or read the source [unread-source]",
    ),
    "a word that sounds easy": (
        "cautions/fictimab.yaml",
        "asks: Are you pregnant?",
        "asks: Are you Just pregnant?",
        "warning: cautions/fictimab.yaml:3:3: `asks` says `Just`. Try: leave it out [unkind-word]",
    ),
    "a word that promises": (
        OPTION,
        "label: HER2-positive",
        "label: eligible people",
        "warning: options/fda/fictimab.yaml:35:13: `label` says `eligible`. "
        "Try: `matches the label` [unkind-word]",
    ),
    "a formula that asks both ways": (
        OPTION,
        "{any: [her2 is positive, {not: her2_ihc is one of low_scores}]}",
        "{any: [pregnant is yes, {all: [{not: pregnant is yes}, her2 is low]}]}",
        "warning: options/fda/fictimab.yaml:35:13: this asks both for and against `pregnant is "
        "yes`. When it is unknown the whole stays unknown, even if every value gives one answer. "
        "Try: say it without the repetition, where the label allows it [both-polarities]",
    ),
}


@pytest.mark.parametrize("spoiled", SPOILED.values(), ids=SPOILED)
def test_one_fault_is_told(checked, small, spoiled):
    name, old, new, said = spoiled
    small[name] = small.get(name, "").replace(old, new, 1)
    assert said in checked(small)


def test_a_source_is_stale_after_a_year_and_a_day(checked, small):
    assert checked(small, dt.date(2027, 11, 20)) == []
    assert len(checked(small, dt.date(2027, 11, 21))) == 2


def test_the_words_of_a_label_are_not_ours_to_change(checked, small):
    small[OPTION] = small[OPTION].replace("label: adult patients", "label: eligible patients")
    assert checked(small) == []


def test_a_scale_has_a_code_for_each_number(checked, small):
    meanings = "    - {fact: ki67_percent, value: 100, state: weak}\n"
    small["codes/loinc.yaml"] += meanings
    assert checked(small) == []
    small["codes/loinc.yaml"] += meanings.replace("100", "101")
    assert len(checked(small)) == 1


def test_errors_come_first(checked, small):
    small["sources/guide.one.yaml"] = small["sources/guide.one.yaml"].replace("2026", "2020")
    small[FACTS] = small[FACTS].replace("85319-2", "85319-3")
    assert [line.partition(":")[0] for line in checked(small)] == ["error", "warning"]


def test_rooms_above_may_add_checks(read, small):
    def nobody_matches(knowledge, on):
        yield Problem("never", knowledge.options["fda.fictimab.advanced"].place, f"none on {on}")

    (problem,) = check(read(small), TODAY, nobody_matches)
    assert str(problem) == "options/fda/fictimab.yaml:4:3: none on 2026-11-22. [never]"


def test_thresholds_are_listed_for_each_measured_fact(read, small):
    assert thresholds(read(small)) == {"ki67_percent": {20.0}}


def test_two_negations_are_none():
    green = IsOneOf(FactTerm("colour"), frozenset({"green"}))
    assert asked_both_ways(AnyOf((green, Not(Not(green))))) == []
    assert asked_both_ways(AnyOf((green, Not(green)))) == ["colour is green"]
