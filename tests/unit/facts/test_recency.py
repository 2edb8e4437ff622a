"""Bad news counts although nobody wrote down its day; good news does not."""

from __future__ import annotations

import datetime as dt

import pytest

import fingerpost
from fingerpost.criteria.nodes import CompareNumber, FactTerm, IsOneOf
from fingerpost.facts.choose import choose
from fingerpost.record.model import Finding, Record, Source
from fingerpost.terms import AbsenceKind, Answer
from fingerpost.values import Absent, Choice, Days, Interval
from tests.whole import whole_knowledge

KNOWLEDGE = whole_knowledge()
ON = dt.date(2026, 6, 1)
YES, NO = Choice(frozenset({"yes"})), Choice(frozenset({"no"}))
STALE = Absent(AbsenceKind.STALE)


def found(fact: str, value, date: str | None = None) -> Finding:
    day = dt.date.fromisoformat(date) if date else None
    return Finding(fact, value, Days(day, day) if day else None, Source("form", f"{fact} {date}"))


def chosen(fact: str, *findings: Finding):
    return choose(KNOWLEDGE.facts[fact], findings, ON).value


@pytest.mark.parametrize(
    ("fact", "worrying", "good"),
    [
        ("lvef_percent", 35, 60),
        ("platelets", 60, 250),
        ("neutrophils", 0.8, 3),
        ("bilirubin_times_uln", 3, 1),
        ("ast_alt_times_uln", 5, 1),
        ("hba1c_percent", 9, 5),
        ("fasting_glucose", 300, 90),
    ],
)
def test_a_worrying_number_without_a_day_counts_and_a_good_one_does_not(
    fact: str, worrying: float, good: float
) -> None:
    assert chosen(fact, found(fact, Interval(worrying, worrying))) == Interval(worrying, worrying)
    assert chosen(fact, found(fact, Interval(good, good))) == STALE
    assert chosen(fact, found(fact, Interval(min(worrying, good), max(worrying, good)))) == STALE
    assert chosen(fact, found(fact, Interval(worrying, worrying), "2020-01-01")) == STALE


def test_a_pregnancy_counts_without_a_day_and_until_it_must_be_over() -> None:
    assert chosen("pregnant", found("pregnant", YES)) == YES
    assert chosen("pregnant", found("pregnant", YES, "2026-01-10")) == YES
    assert chosen("pregnant", found("pregnant", YES, "2025-06-01")) == STALE
    assert chosen("pregnant", found("pregnant", NO, "2026-04-01")) == STALE


def test_a_newer_answer_ends_what_worried() -> None:
    yes, no = found("pregnant", YES, "2026-01-10"), found("pregnant", NO, "2026-04-01")
    assert chosen("pregnant", yes, no) == STALE
    assert chosen("pregnant", yes, found("pregnant", NO, "2026-05-30")) == NO


def test_a_weak_heart_and_a_pregnancy_without_a_day_reach_the_cautions() -> None:
    said = (
        found("sex", Choice(frozenset({"female"}))),
        found("birth_date", Days(dt.date(1990, 1, 1), dt.date(1990, 1, 1))),
        found("extent_reported", Choice(frozenset({"metastatic"}))),
        found("pregnant", YES),
        found("lvef_percent", Interval(35, 35)),
    )
    facts = fingerpost.derive(Record(said, (), Answer.UNKNOWN, (), "form"), KNOWLEDGE, ON)
    options = fingerpost.find_options(facts, fingerpost.RuleSet(KNOWLEDGE, ON, "fda"))
    answers = {c.caution.id: c.answer for each in options.options for c in each.cautions}
    assert answers["pregnancy.pregnant"] is Answer.YES
    assert answers["anthracycline.heart"] is Answer.YES


def test_whatever_a_caution_reads_as_bad_news_is_kept_as_bad_news() -> None:
    """A limit of a new caution must lie within `worrying` of its fact, or it is lost without a day."""
    for node in _read_by_cautions():
        fact = KNOWLEDGE.facts[node.subject.name]
        worrying = fact.worrying
        assert worrying is not None, f"{fact.id} is read by a caution and has a limit of time"
        if isinstance(node, IsOneOf):
            assert set(node.values) <= set(worrying.results), fact.id
            continue
        bad = Interval(-99, node.number, high_open=node.operator == "<")
        if node.operator.startswith(">"):
            bad = Interval(node.number, 9999, low_open=node.operator == ">")
        assert chosen(fact.id, found(fact.id, bad)) == bad, fact.id


def _read_by_cautions():
    graph = KNOWLEDGE.graph
    seen: set[int] = set()
    waiting = [caution.node for caution in KNOWLEDGE.cautions.values() if caution.node is not None]
    while waiting:
        number = waiting.pop()
        if number in seen:
            continue
        seen.add(number)
        node = graph.nodes[number]
        waiting += graph.parts[number]
        subject = getattr(node, "subject", None)
        known = isinstance(subject, FactTerm) and KNOWLEDGE.facts.get(subject.name)
        if known and known.current_for and isinstance(node, IsOneOf | CompareNumber):
            yield node


def test_the_catalogue_tells_which_results_count_without_a_day() -> None:
    from fingerpost.report.text.knowledge import thing_text

    assert "Counts without a day: at most 55" in thing_text(
        KNOWLEDGE.facts["lvef_percent"], KNOWLEDGE
    )
