"""What the record says of each treatment, and what may be concluded from it."""

from __future__ import annotations

import datetime as dt

import pytest

from fingerpost.facts.lines.find import find_lines
from fingerpost.facts.treatments import attributes_of, growth_quarrels, read_status
from fingerpost.facts.words import treatment_name
from fingerpost.record.model import Source, Treatment
from fingerpost.report.treatments import treatment_words
from fingerpost.values import Choice, Days, Interval, Members
from tests.whole import whole_knowledge

KNOWLEDGE = whole_knowledge()
ON = dt.date(2026, 6, 1)


def one(value: str) -> Choice:
    return Choice(frozenset({value}))


def treatment(*drugs: str, unresolved=(), classes=(), **attributes) -> Treatment:
    values = {k: one(v) if isinstance(v, str) else v for k, v in attributes.items()}
    return Treatment(drugs, tuple(unresolved), tuple(classes), values, Source("form", "treatments"))


def attributes(*treatments: Treatment):
    found = attributes_of(treatments, KNOWLEDGE, ON)
    find_lines(treatments, found, KNOWLEDGE)
    return found


def on(*day: int) -> Days:
    return Days(dt.date(*day), dt.date(*day))


def test_drugs_bring_their_classes_and_rule_out_the_others() -> None:
    (own,) = attributes(treatment("letrozole", "palbociclib"))
    assert {"aromatase_inhibitor", "endocrine_therapy", "cdk4_6_inhibitor"} <= own["class"].present
    assert "chemotherapy" in own["class"].absent
    assert own["chemotherapy_drugs"] == Interval(0, 0)
    assert own["kind"] == one("systemic")


def test_a_name_that_was_not_understood_may_be_any_drug() -> None:
    (own,) = attributes(treatment("letrozole", unresolved=["study drug"]))
    assert own["drug"] == Members(frozenset({"letrozole"}))
    assert own["class"].absent == frozenset()
    assert "chemotherapy_drugs" not in own


def test_a_family_beside_drugs_may_be_any_drug_of_it() -> None:
    (own,) = attributes(
        treatment("doxorubicin", "cyclophosphamide", classes=["taxane", "chemotherapy"])
    )
    assert "paclitaxel" not in own["drug"].absent
    assert "letrozole" in own["drug"].absent
    assert "epothilone" in own["class"].absent
    assert "cdk4_6_inhibitor" in own["class"].absent


def test_a_family_alone_rules_nothing_out() -> None:
    (own,) = attributes(treatment(classes=["chemotherapy"]))
    assert own["class"] == Members(frozenset({"chemotherapy"}))


def test_a_fixed_combination_holds_its_parts() -> None:
    combination = next(d for d in KNOWLEDGE.drugs.values() if d.components)
    (own,) = attributes(treatment(combination.id))
    assert {combination.id, *combination.components} <= own["drug"].present


def test_bone_medicine_is_no_treatment_of_the_cancer() -> None:
    (own,) = attributes(treatment("zoledronic_acid", setting="metastatic"))
    assert own["kind"] == one("supportive")
    assert "new_line" not in own


def test_why_it_ended_says_whether_the_cancer_grew() -> None:
    grew, done, other, silent = attributes(
        treatment("letrozole", end_reason="progression"),
        treatment("letrozole", end_reason="toxicity"),
        treatment("letrozole", end_reason="other"),
        treatment("letrozole"),
    )
    assert grew["progression"] == one("yes")
    assert done["progression"] == one("no")
    assert "progression" not in other
    assert "progression" not in silent


def test_what_goes_on_has_not_ended_yet() -> None:
    going, ended, unsaid = attributes(
        treatment("letrozole", ongoing="yes"),
        treatment("letrozole", end=Days(dt.date(2025, 1, 1), dt.date(2025, 1, 31))),
        treatment("letrozole", start=Days(dt.date(2025, 1, 1), dt.date(2025, 1, 31))),
    )
    assert going["end"] == Days(ON, None)
    assert ended["ongoing"] == one("no")
    assert "ongoing" not in unsaid


def test_a_line_begins_first_and_after_growth_and_is_else_unknown() -> None:
    first, second, third = attributes(
        treatment(
            "letrozole",
            setting="metastatic",
            start=on(2021, 1, 1),
            end_reason="progression",
        ),
        treatment(
            "fulvestrant",
            setting="metastatic",
            start=on(2022, 1, 1),
            end_reason="toxicity",
        ),
        treatment("exemestane", setting="metastatic", start=on(2023, 1, 1)),
    )
    assert first["new_line"] == second["new_line"] == one("yes")
    assert "new_line" not in third


def test_numbered_lines_are_believed() -> None:
    first, again, second = attributes(
        treatment("letrozole", setting="metastatic", line=Interval(1, 1)),
        treatment("exemestane", setting="metastatic", line=Interval(1, 1)),
        treatment("fulvestrant", setting="metastatic", line=Interval(2, 2)),
    )
    assert (first["new_line"], again["new_line"], second["new_line"]) == (
        one("yes"),
        one("no"),
        one("yes"),
    )


def test_lines_are_not_counted_while_a_setting_is_unknown() -> None:
    known, unknown = attributes(
        treatment("letrozole", setting="metastatic"), treatment("fulvestrant")
    )
    assert "new_line" not in known
    assert "new_line" not in unknown


def test_treatment_around_surgery_counts_once() -> None:
    before, after = attributes(
        treatment("docetaxel", setting="neoadjuvant", start=on(2021, 1, 1)),
        treatment("capecitabine", setting="adjuvant", start=on(2021, 8, 1)),
    )
    assert (before["new_line"], after["new_line"]) == (one("yes"), one("no"))


def test_radiation_is_no_medicine_and_leaves_none_open() -> None:
    (own,) = attributes(treatment(kind="radiotherapy"))
    assert own["drug"].present == frozenset()
    assert "letrozole" in own["drug"].absent
    assert "chemotherapy" in own["class"].absent


def test_going_on_with_fewer_of_the_same_medicines_is_the_same_line() -> None:
    both, one_left = attributes(
        treatment(
            "docetaxel",
            "trastuzumab",
            setting="metastatic",
            start=on(2023, 1, 1),
            end=on(2023, 5, 20),
            end_reason="completed",
        ),
        treatment("trastuzumab", setting="metastatic", start=on(2023, 6, 1)),
    )
    assert (both["new_line"], one_left["new_line"]) == (one("yes"), one("no"))


def test_after_a_pause_of_unknown_length_it_may_have_grown() -> None:
    _, one_left = attributes(
        treatment(
            "docetaxel",
            "trastuzumab",
            setting="metastatic",
            start=on(2023, 1, 1),
            end_reason="completed",
        ),
        treatment("trastuzumab", setting="metastatic", start=on(2023, 6, 1)),
    )
    assert "new_line" not in one_left


def test_the_status_of_the_disease_speaks_of_the_treatment_that_goes_on() -> None:
    for status, expected in (("progressing", "yes"), ("stable", "no")):
        (own,) = going = attributes(treatment("letrozole", ongoing="yes"))
        assert [m.code for m in read_status(going, one(status))] == ["inferred"]
        assert own["progression"] == one(expected)
    two = attributes(treatment("letrozole", ongoing="yes"), treatment("goserelin", ongoing="yes"))
    assert read_status(two, one("progressing")) == []
    assert all("progression" not in own for own in two)


@pytest.mark.parametrize(
    "said",
    [
        {"end_reason": "completed", "best_response": "progression"},
        {"end_reason": "toxicity", "best_response": "progression"},
        {"end_reason": "progression", "progression": "no"},
        {"end_reason": "recurrence", "progression": "no"},
        {"best_response": "progression", "progression": "no"},
    ],
)
def test_growth_that_is_said_and_denied_is_unknown_and_told(said) -> None:
    entry = treatment("letrozole", **said)
    (own,) = attributes(entry)
    assert "progression" not in own
    (message,) = growth_quarrels([entry])
    assert message.code == "contradicts"


@pytest.mark.parametrize(
    ("said", "grew"),
    [
        ({"end_reason": "completed"}, "no"),
        ({"end_reason": "completed", "best_response": "partial"}, "no"),
        ({"end_reason": "progression", "best_response": "partial"}, "yes"),
        ({"end_reason": "toxicity", "progression": "yes"}, "yes"),
        (
            {
                "end_reason": "toxicity",
                "best_response": Choice(frozenset({"stable", "progression"})),
            },
            None,
        ),
        ({"end_reason": "other"}, None),
    ],
)
def test_growth_follows_only_from_what_fits_together(said, grew) -> None:
    entry = treatment("letrozole", **said)
    (own,) = attributes(entry)
    assert own.get("progression") == (one(grew) if grew else None)
    assert growth_quarrels([entry]) == []


@pytest.mark.parametrize(
    ("drugs", "classes", "unresolved", "name"),
    [
        (
            ["doxorubicin", "cyclophosphamide"],
            ["taxane", "chemotherapy"],
            [],
            "doxorubicin, cyclophosphamide and taxane (not said which)",
        ),
        (
            ["letrozole"],
            ["cdk4_6_inhibitor"],
            [],
            "letrozole with CDK4/6 inhibitor (not said which)",
        ),
        (["letrozole"], ["endocrine_therapy", "aromatase_inhibitor"], [], "letrozole"),
        (["paclitaxel"], ["chemotherapy"], [], "paclitaxel"),
        ([], ["chemotherapy"], [], "Chemotherapy"),
        (["letrozole"], ["targeted_therapy"], ["ABC-1"], "letrozole with ABC-1"),
    ],
)
def test_a_family_without_a_medicine_is_named_beside_the_medicines(
    drugs, classes, unresolved, name
) -> None:
    entry = treatment(*drugs, classes=classes, unresolved=unresolved)
    assert treatment_name(entry, KNOWLEDGE) == name


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({}, "nothing more is stated"),
        ({"best_response": "progression"}, "the cancer grew during it"),
        ({"cycles": Interval(4, 4)}, "4 cycles"),
        ({"progression": "no"}, "the cancer did not grow during it"),
        ({"end_reason": "toxicity", "best_response": "partial"}, "stopped because of side effects"),
    ],
)
def test_nothing_more_is_said_only_if_nothing_is(said, words) -> None:
    (own,) = attributes(treatment("letrozole", **said))
    assert treatment_words(own) == words


@pytest.mark.parametrize(
    ("start", "check", "expected"),
    [
        (on(2024, 3, 1), None, "yes"),
        (None, None, "yes"),
        (on(2024, 3, 1), on(2024, 9, 1), "yes"),
        (on(2024, 3, 1), on(2024, 3, 1), "yes"),
        (on(2024, 3, 1), on(2019, 9, 1), None),
        (on(2024, 3, 1), Days(dt.date(2024, 1, 1), dt.date(2024, 12, 31)), None),
        (Days(dt.date(2024, 1, 1), dt.date(2024, 12, 31)), on(2024, 9, 1), None),
        (None, on(2024, 9, 1), None),
    ],
)
def test_a_check_before_a_treatment_says_nothing_of_it(start, check, expected) -> None:
    given = {"start": start} if start else {}
    (own,) = going = attributes(treatment("letrozole", ongoing="yes", **given))
    told = read_status(going, one("progressing"), [check])
    assert own.get("progression") == (one(expected) if expected else None)
    assert bool(told) is bool(expected)
