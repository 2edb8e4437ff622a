"""Several findings of one fact: which counts, and what a quarrel leaves open."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from fingerpost.facts.choose import CONTRADICTION, DAY_NOT_KNOWN, choose
from fingerpost.facts.derive import derive
from fingerpost.facts.panels import one_sample_for_each_panel
from fingerpost.record.model import Finding, Record, Source
from fingerpost.terms import AbsenceKind, Answer
from fingerpost.values import Absent, Choice, Days, Interval, Members
from tests.whole import whole_knowledge

KNOWLEDGE = whole_knowledge()
ON = dt.date(2026, 6, 1)


def day(text: str) -> Days:
    return Days(dt.date.fromisoformat(text), dt.date.fromisoformat(text))


def one(*values: str) -> Choice:
    return Choice(frozenset(values))


def finding(fact: str, value, date: str | None = None, **more) -> Finding:
    source = Source("form", f"{fact} {date}")
    return Finding(fact, value, day(date) if date else None, source, **more)


def chosen(fact: str, *findings: Finding):
    return choose(KNOWLEDGE.facts[fact], findings, ON)


def test_nothing_said_is_unknown_for_want_of_words() -> None:
    assert chosen("er_percent").value == Absent(AbsenceKind.NOT_STATED)


@pytest.mark.parametrize(
    "kind", [AbsenceKind.PENDING, AbsenceKind.NOT_TESTED, AbsenceKind.NOT_KNOWN]
)
def test_the_kind_of_absence_is_kept(kind: AbsenceKind) -> None:
    assert chosen("er_percent", finding("er_percent", Absent(kind))).value == Absent(kind)


def test_a_pending_result_does_not_hide_an_older_one() -> None:
    older = finding("er_percent", Interval(90, 90), "2020-01-01")
    pending = finding("er_percent", Absent(AbsenceKind.PENDING), "2026-05-01")
    assert chosen("er_percent", older, pending).value == Interval(90, 90)


def test_a_metastasis_counts_before_a_newer_sample_of_the_breast() -> None:
    breast = finding("er_percent", Interval(0, 0), "2025-01-01", specimen="primary")
    liver = finding("er_percent", Interval(90, 90), "2024-01-01", specimen="metastasis")
    found = chosen("er_percent", breast, liver)
    assert found.value == Interval(90, 90)
    assert found.passed_over == (breast,)
    assert "newest sample" in str(found.note)


def test_findings_of_the_same_day_narrow_each_other() -> None:
    found = chosen(
        "her2_ihc",
        finding("her2_ihc", one("0", "1+"), "2025-01-01"),
        finding("her2_ihc", one("1+", "2+"), "2025-01-01"),
    )
    assert found.value == one("1+")


def test_a_contradiction_leaves_open_all_that_was_claimed() -> None:
    found = chosen(
        "her2_ihc",
        finding("her2_ihc", one("0"), "2025-01-01"),
        finding("her2_ihc", one("1+"), "2025-01-01"),
    )
    assert found.value == one("0", "1+")
    assert found.note == CONTRADICTION


def test_contradicting_numbers_leave_open_all_between() -> None:
    found = chosen(
        "er_percent",
        finding("er_percent", Interval(5, 5), "2025-01-01"),
        finding("er_percent", Interval(90, 90), "2025-01-01"),
    )
    assert found.value == Interval(5, 90)


def test_a_member_said_to_be_in_and_out_is_unknown() -> None:
    found = chosen(
        "metastatic_sites",
        finding("metastatic_sites", Members(frozenset({"bone", "liver"})), "2025-01-01"),
        finding("metastatic_sites", Members(frozenset(), frozenset({"liver"})), "2025-01-01"),
    )
    assert found.value == Members(frozenset({"bone"}))


def test_a_gene_change_found_once_counts() -> None:
    present = finding("esr1_mutation", one("present"), "2025-01-01")
    absent = finding("esr1_mutation", one("absent"), "2026-01-01")
    assert chosen("esr1_mutation", present, absent).value == one("present")


def test_surgery_counts_before_the_scan() -> None:
    scan = finding("t_category", one("T3"), "2025-03-01", basis="clinical")
    surgery = finding("t_category", one("T2"), "2025-02-01", basis="pathologic")
    assert chosen("t_category", scan, surgery).value == one("T2")


def test_a_result_past_its_time_is_stale_and_not_no() -> None:
    old = finding("lvef_percent", Interval(60, 60), "2025-01-01")
    assert chosen("lvef_percent", old).value == Absent(AbsenceKind.STALE)
    assert chosen("lvef_percent", replace(old, date=day("2026-05-01"))).value == Interval(60, 60)


def test_a_panel_is_taken_from_one_sample() -> None:
    stain = finding("her2_ihc", one("2+"), "2024-05-01", specimen="metastasis")
    gene_test_of_the_first_tumor = finding(
        "her2_ish", one("positive"), "2019-01-01", specimen="primary"
    )
    gene_test_soon_after = finding("her2_ish", one("negative"), "2024-05-20", specimen="metastasis")
    kept = one_sample_for_each_panel(
        {"her2_ihc": [stain], "her2_ish": [gene_test_of_the_first_tumor]}, KNOWLEDGE
    )
    assert kept == {"her2_ihc": [stain], "her2_ish": []}
    kept = one_sample_for_each_panel(
        {"her2_ihc": [stain], "her2_ish": [gene_test_soon_after]}, KNOWLEDGE
    )
    assert kept["her2_ish"] == [gene_test_soon_after]


def test_an_undated_finding_joins_any_sample() -> None:
    stain = finding("her2_ihc", one("2+"), "2024-05-01")
    undated = finding("her2_ish", one("negative"))
    kept = one_sample_for_each_panel({"her2_ihc": [stain], "her2_ish": [undated]}, KNOWLEDGE)
    assert kept["her2_ish"] == [undated]


def test_an_undated_result_may_be_the_newest_and_a_quarrel_with_it_stays_open() -> None:
    dated = finding("er_percent", Interval(0, 0), "2024-05-01")
    undated = finding("er_percent", Interval(90, 90))
    assert chosen("er_percent", dated, undated).note == CONTRADICTION
    assert chosen("er_percent", undated, dated).value == Interval(0, 90)


def test_an_undated_result_of_the_breast_does_not_contradict_one_of_a_metastasis() -> None:
    liver = finding("er_percent", Interval(0, 0), "2024-05-01", specimen="metastasis")
    breast = finding("er_percent", Interval(90, 90), specimen="primary")
    assert chosen("er_percent", liver, breast).value == Interval(0, 0)


def test_an_undated_gene_test_of_the_breast_is_not_read_with_the_stain_of_a_metastasis() -> None:
    stain = finding("her2_ihc", one("2+"), "2024-05-01", specimen="metastasis")
    gene = finding("her2_ish", one("positive"), specimen="primary")
    kept = one_sample_for_each_panel({"her2_ihc": [stain], "her2_ish": [gene]}, KNOWLEDGE)
    assert kept["her2_ish"] == []


def year(number: int) -> Days:
    return Days(dt.date(number, 1, 1), dt.date(number, 12, 31))


def dated(fact: str, value, date: Days, **more) -> Finding:
    return Finding(fact, value, date, Source("form", f"{fact} {date.last}"), **more)


def test_results_whose_days_overlap_have_no_known_order() -> None:
    some_time = dated("er_percent", Interval(0, 0), year(2024))
    in_june = finding("er_percent", Interval(90, 90), "2024-06-01")
    assert chosen("er_percent", some_time, in_june).note == CONTRADICTION
    assert chosen("er_percent", in_june, some_time).value == Interval(0, 90)


def test_a_year_that_is_over_is_older_than_a_day_after_it() -> None:
    before = dated("er_percent", Interval(0, 0), year(2023))
    after = finding("er_percent", Interval(90, 90), "2024-06-01")
    assert chosen("er_percent", before, after).value == Interval(90, 90)


def test_two_years_in_a_row_of_which_the_later_is_exact_only_to_the_year() -> None:
    earlier, later = (
        dated("er_percent", Interval(n, n), year(y)) for n, y in ((0, 2023), (90, 2024))
    )
    assert chosen("er_percent", earlier, later).value == Interval(90, 90)


def test_a_stain_and_a_gene_test_dated_by_the_year_may_be_of_one_sample() -> None:
    stain = finding("her2_ihc", one("2+"), "2024-03-01", specimen="metastasis")
    gene = dated("her2_ish", one("positive"), year(2024), specimen="metastasis")
    kept = one_sample_for_each_panel({"her2_ihc": [stain], "her2_ish": [gene]}, KNOWLEDGE)
    assert kept == {"her2_ihc": [stain], "her2_ish": [gene]}


# --- what changes with time, and of which day -------------------------------------------------


def span(first: str | None, last: str | None) -> Days:
    begins, ends = (None if text is None else dt.date.fromisoformat(text) for text in (first, last))
    return Days(begins, ends)


@pytest.mark.parametrize(
    ("days", "kept"),
    [
        (None, False),
        (span(None, None), False),
        (year(2026), False),
        (span("2026-02-20", "2026-03-10"), False),
        (span("2026-03-01", "2026-03-31"), True),
        (span(None, "2026-05-01"), False),
        (span("2026-05-01", None), True),
        (span("2026-02-28", "2026-05-30"), False),
    ],
)
def test_a_result_counts_only_if_each_of_its_possible_days_is_recent(days, kept) -> None:
    found = chosen(
        "lvef_percent", Finding("lvef_percent", Interval(60, 60), days, Source("form", ""))
    )
    if kept:
        assert found.value == Interval(60, 60)
        return
    assert found.value == Absent(AbsenceKind.STALE)
    assert found.note == DAY_NOT_KNOWN


@pytest.mark.parametrize("fact", ["pregnant", "ecg_done", "eye_exam_done", "pregnancy_test_done"])
def test_a_no_without_a_day_is_not_a_no_of_today(fact) -> None:
    assert chosen(fact, finding(fact, one("no"))).value == Absent(AbsenceKind.STALE)
    assert chosen(fact, finding(fact, one("no"), "2026-05-31")).value == one("no")


def test_what_does_not_change_with_time_needs_no_day() -> None:
    assert chosen("er_percent", finding("er_percent", Interval(90, 90))).value == Interval(90, 90)


def test_a_result_of_an_unknown_day_narrows_no_recent_one() -> None:
    recent = finding("lvef_percent", Interval(50, 70), "2026-05-01")
    undated = finding("lvef_percent", Interval(60, 60))
    assert chosen("lvef_percent", recent, undated).value == Interval(50, 70)
    assert chosen("lvef_percent", undated, recent).value == Interval(50, 70)


@pytest.mark.parametrize("days", [None, year(2026), span(None, "2026-05-30")])
def test_a_result_of_an_unknown_day_may_contradict_a_recent_one(days) -> None:
    recent = finding("lvef_percent", Interval(62, 62), "2026-05-01")
    rough = Finding("lvef_percent", Interval(40, 40), days, Source("form", "rough"))
    for found in (chosen("lvef_percent", recent, rough), chosen("lvef_percent", rough, recent)):
        assert found.value == Interval(40, 62)
        assert found.note == CONTRADICTION


def test_a_result_that_is_surely_too_old_contradicts_no_recent_one() -> None:
    recent = finding("lvef_percent", Interval(62, 62), "2026-05-01")
    old = dated("lvef_percent", Interval(40, 40), year(2024))
    assert chosen("lvef_percent", old, recent).value == Interval(62, 62)


def test_an_undated_result_beside_one_too_old_is_not_taken_for_todays() -> None:
    old = finding("lvef_percent", Interval(40, 40), "2024-05-01")
    undated = finding("lvef_percent", Interval(62, 62))
    assert chosen("lvef_percent", old, undated).value == Absent(AbsenceKind.STALE)


def test_it_is_told_which_day_is_missing() -> None:
    old = finding("lvef_percent", Interval(40, 40), "2024-05-01")
    rough = Finding("lvef_percent", Interval(62, 62), year(2026), Source("form", "rough"))
    for findings, words in (
        ((old, finding("lvef_percent", Interval(62, 62))), "no day is given for it"),
        ((old, rough), "its day is known only roughly (2026)"),
        ((old,), "(of 1 May 2024) is too old"),
    ):
        facts = derive(Record(findings, (), Answer.UNKNOWN, (), "form"), KNOWLEDGE, ON)
        (message,) = [each for each in facts.messages if each.code == "out_of_date"]
        assert words in message.what
