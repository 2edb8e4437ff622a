"""Verdicts, what would have to differ, and the missing test that decides most."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from fingerpost.facts import derive
from fingerpost.knowledge.model import Knowledge
from fingerpost.options import Options, RuleSet, find_options, verdicts
from fingerpost.options.proofs import left_open_on_purpose
from fingerpost.record.model import Finding, Record, Source, Treatment
from fingerpost.terms import AbsenceKind, Answer, Verdict
from fingerpost.values import Absent, Choice, Days, Interval, Members
from tests.whole import whole_knowledge

ON = dt.date(2026, 6, 30)


@cache
def knowledge() -> Knowledge:
    return whole_knowledge()


@cache
def rules(on: dt.date = ON) -> RuleSet:
    return RuleSet(knowledge(), on, "fda")


def value(written: Any) -> Any:
    match written:
        case str():
            return Choice(frozenset({written}))
        case int() | float():
            return Interval(written, written)
        case dt.date():
            return Days(written, written)
        case set():
            return Members(frozenset(written))
        case _:
            return written


def record(treatments=(), complete=Answer.YES, **facts) -> Record:
    findings = tuple(
        Finding(name, value(written), None, Source("form", f"facts.{name}"))
        for name, written in facts.items()
    )
    made = tuple(
        Treatment(
            tuple(drugs),
            (),
            (),
            {k: value(v) for k, v in own.items()},
            Source("form", "treatments"),
        )
        for drugs, own in treatments
    )
    return Record(findings, made, complete, (), "form")


def answer(made: Record, on: dt.date = ON, **more) -> Options:
    return find_options(derive(made, knowledge(), on), rules(on), **more)


def option(found: Options, id_: str):
    return next(o for o in found.options if o.option.id == id_)


def derived(found: Options, fact: str, val: str = "yes") -> Answer:
    return found.derived[fact][val]


TRIPLE_NEGATIVE = {
    "birth_date": dt.date(1970, 1, 1),
    "sex": "female",
    "er_percent": 0,
    "pr_percent": 0,
    "her2_ihc": "0",
    "extent_reported": "metastatic",
}


def test_stain_two_plus_without_gene_test_leaves_her2_open_and_asks_for_it() -> None:
    made = record(
        **{
            **TRIPLE_NEGATIVE,
            "her2_ihc": "2+",
            "metastatic_at_diagnosis": "yes",
            "breast_surgery": "not_planned",
        }
    )
    found = answer(made)
    for val in ("positive", "negative", "low"):
        assert derived(found, "her2", val) is Answer.UNKNOWN
    tests = [m.id for m in found.missing.single if m.kind == "test"]
    assert tests[0] == "her2_ish_test"
    said_no = [
        c.criterion.when
        for o in found.options
        for c in o.criteria
        if c.answer is Answer.NO and c.criterion.kind == "disease"
    ]
    assert [when for when in said_no if "her2 is" in str(when)] == []


def test_stain_zero_without_more_is_not_low_and_perhaps_ultralow() -> None:
    found = answer(record(**TRIPLE_NEGATIVE))
    assert derived(found, "her2", "low") is Answer.NO
    assert derived(found, "her2", "ultralow") is Answer.UNKNOWN


def test_zero_or_one_plus_is_not_positive_while_low_is_open() -> None:
    found = answer(record(**{**TRIPLE_NEGATIVE, "her2_ihc": Choice(frozenset({"0", "1+"}))}))
    assert derived(found, "her2", "positive") is Answer.NO
    assert derived(found, "her2", "negative") is Answer.YES
    assert derived(found, "her2", "low") is Answer.UNKNOWN


def test_pd_l1_decides_between_the_first_treatments_of_triple_negative_disease() -> None:
    well = dict.fromkeys(
        ("active_autoimmune_disease", "organ_transplant", "allogeneic_stem_cell_transplant"), "no"
    )
    low, high, pending = (
        answer(record(**TRIPLE_NEGATIVE, **well, pdl1_cps_22c3=cps))
        for cps in (9, 10, Absent(AbsenceKind.PENDING))
    )
    with_pembrolizumab = [o.option.id for o in high.options if o.option.row == "T6"]
    without = [o.option.id for o in low.options if o.option.row == "T5"]
    assert option(high, with_pembrolizumab[0]).verdict is Verdict.MATCHES
    assert option(low, with_pembrolizumab[0]).verdict is Verdict.DOES_NOT_MATCH
    assert option(low, without[0]).verdict is Verdict.MATCHES
    assert option(high, without[0]).verdict is Verdict.DOES_NOT_MATCH
    assert option(pending, with_pembrolizumab[0]).verdict is Verdict.MIGHT_MATCH
    assert "pdl1_22c3" in [m.id for m in pending.missing.single]


def test_not_yet_is_only_what_later_treatment_can_turn() -> None:
    untreated = answer(record(**TRIPLE_NEGATIVE))
    later_line = next(o for o in untreated.options if o.option.row == "T4")
    assert later_line.verdict is Verdict.NOT_YET
    treated = answer(
        record([(["paclitaxel"], {"setting": "metastatic"})], **TRIPLE_NEGATIVE, pdl1_cps_22c3=20)
    )
    first_line = next(o for o in treated.options if o.option.row == "T6")
    assert first_line.verdict is Verdict.DOES_NOT_MATCH


def test_a_list_that_may_be_incomplete_rules_nothing_out() -> None:
    whole = answer(record(**TRIPLE_NEGATIVE, pdl1_cps_22c3=20))
    perhaps = answer(record(complete=Answer.UNKNOWN, **TRIPLE_NEGATIVE, pdl1_cps_22c3=20))
    first = next(o.option.id for o in whole.options if o.option.row == "T6")
    assert option(whole, first).verdict is Verdict.MATCHES
    assert option(perhaps, first).verdict is Verdict.MIGHT_MATCH
    assert "treatments_complete" in [m.id for m in perhaps.missing.single]


def test_what_would_have_to_differ_is_the_smallest_set() -> None:
    found = answer(record(**TRIPLE_NEGATIVE, pdl1_cps_22c3=3))
    denied = next(o for o in found.options if o.option.row == "T6")
    assert {slot.name for slots in denied.changes for slot in slots} == {"pdl1_cps_22c3"}
    assert [denied.criteria[i].criterion.kind for i in denied.deciding] == ["biomarker"]


def test_every_no_and_yes_names_what_decided_it() -> None:
    found = answer(record([(["paclitaxel"], {"setting": "metastatic"})], **TRIPLE_NEGATIVE))
    for one in found.options:
        for criterion in one.criteria:
            # What no rule settles stays open although nothing is missing.
            on_purpose = left_open_on_purpose(found.knowledge, criterion.criterion)
            open_on_purpose = criterion.answer is Answer.UNKNOWN and on_purpose
            assert criterion.reasons or open_on_purpose, (one.option.id, criterion.criterion.when)


def test_the_quick_verdicts_are_those_of_the_whole_answer() -> None:
    made = record([(["paclitaxel"], {"setting": "metastatic"})], **TRIPLE_NEGATIVE)
    facts = derive(made, knowledge(), ON)
    whole = {o.option.id: o.verdict for o in find_options(facts, rules()).options}
    quick = verdicts(facts, rules())
    differ = {id_ for id_, verdict in quick.items() if whole[id_] is not verdict}
    # Only a caution may add to the quick answer.
    assert all(option(answer(made), id_).cautions for id_ in differ)


def test_early_is_presumed_openly_and_never_against_a_sign_of_spread() -> None:
    staged = {"m_category": "M0", "t_category": "T2", "n_category": "N0", "sex": "female"}
    found = answer(record(**staged))
    assert derived(found, "extent", "early") is Answer.YES
    assert "presumed" in [m.code for m in found.facts.messages]
    spread = answer(record(**staged, metastatic_sites={"liver"}))
    assert derived(spread, "extent", "early") is not Answer.YES
    silent = answer(record(sex="female"))
    assert derived(silent, "extent", "early") is Answer.UNKNOWN


def test_contradicting_ways_of_knowing_are_reported_and_leave_it_open() -> None:
    found = answer(record(**{**TRIPLE_NEGATIVE, "er_percent": 80, "er_reported": "negative"}))
    assert derived(found, "er", "positive") is Answer.UNKNOWN
    told = [m for m in found.facts.messages if m.code == "contradicts"]
    assert len(told) == 1
    assert "facts.er_percent" in told[0].where


def test_pairs_and_what_settles_everything() -> None:
    found = answer(record(**{**TRIPLE_NEGATIVE, "her2_ihc": "2+"}), pairs=True)
    assert found.missing.pairs
    assert "her2_ish_test" in found.missing.settles_all


@pytest.mark.parametrize(
    ("on", "listed"), [(dt.date(2026, 6, 23), False), (dt.date(2026, 6, 24), True)]
)
def test_an_option_is_listed_from_its_first_day(on: dt.date, listed: bool) -> None:
    rows = {rule.option.row for rule in rules(on).rules}
    assert ("T6" in rows) is listed


def test_a_withdrawn_option_says_so() -> None:
    late = rules(dt.date(2021, 9, 1))
    gone = [n for n in late.not_in_force if n.option.row == "T3"]
    assert gone
    assert gone[0].reason == "withdrawn"


def test_a_gene_test_from_before_the_growth_or_of_blood_is_no_lasting_no() -> None:
    grew = [
        (
            ["letrozole", "palbociclib"],
            {
                "setting": "metastatic",
                "start": dt.date(2024, 3, 1),
                "end": dt.date(2026, 1, 10),
                "end_reason": "progression",
            },
        )
    ]

    def found(fact: str, date: str, specimen: str) -> Options:
        day = dt.date.fromisoformat(date)
        tested = Finding(
            fact, value("absent"), Days(day, day), Source("form", fact), specimen=specimen
        )
        made = record(grew, sex="female", extent_reported="metastatic", er_percent=90)
        return answer(replace(made, findings=(*made.findings, tested)))

    def row(options: Options, name: str) -> Answer:
        one = next(o for o in options.options if o.option.row == name)
        return next(c.answer for c in one.criteria if c.criterion.kind == "biomarker")

    assert row(found("esr1_mutation", "2024-01-05", "blood"), "H15") is Answer.UNKNOWN
    assert row(found("esr1_mutation", "2026-02-05", "blood"), "H15") is Answer.NO
    assert row(found("pik3ca_mutation", "2026-02-05", "blood"), "H11") is Answer.UNKNOWN
    assert row(found("pik3ca_mutation", "2026-02-05", "metastasis"), "H11") is Answer.NO
    told = [m.code for m in found("esr1_mutation", "2024-01-05", "blood").facts.messages]
    assert "negative_not_counted" in told


@pytest.mark.parametrize(
    ("drug", "ingredient"),
    [("docetaxel", "polysorbate_80"), ("ixabepilone", "polyoxyl_castor_oil")],
)
def test_an_allergy_to_what_a_medicine_is_made_with_rules_it_out(
    drug: str, ingredient: str
) -> None:
    made = record(sex="female", severe_allergy_to={ingredient})
    of_drug = [o for o in answer(made).options if o.option.drug == drug]
    assert of_drug
    assert {o.verdict for o in of_drug} == {Verdict.DOES_NOT_MATCH}


def test_insulin_was_not_studied_with_capivasertib() -> None:
    made = record(sex="female", diabetes="type_2", takes_insulin="yes")
    (found,) = [o for o in answer(made).options if o.option.drug == "capivasertib"]
    said = {c.caution.id: c.answer for c in found.cautions}
    assert said["capivasertib.diabetes"] is Answer.YES
    assert found.verdict is not Verdict.MATCHES


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        (dt.date(2025, 9, 30), {"dpd-test-before-2025", "dpd-missing-before-2025"}),
        (dt.date(2025, 10, 1), {"dpd-test-first", "dpd-missing"}),
    ],
)
def test_a_caution_counts_from_its_first_day_to_its_last(day: dt.date, shown: set[str]) -> None:
    dated = {f"fluoropyrimidine.{key}" for key, entry in _dated_of_fluorouracil().items() if entry}
    assert dated >= {f"fluoropyrimidine.{key}" for key in shown}
    assert {*rules(day).cautions} & dated == {f"fluoropyrimidine.{key}" for key in shown}


def _dated_of_fluorouracil() -> dict[str, bool]:
    return {
        id_.partition(".")[2]: caution.start is not None or caution.until is not None
        for id_, caution in knowledge().cautions.items()
        if id_.startswith("fluoropyrimidine.") and caution.authority == "fda"
    }


def test_a_caution_that_is_over_changes_no_verdict_and_is_not_shown() -> None:
    known = knowledge()
    name = "megestrol.severe-allergy"
    over = replace(known.cautions[name], until=dt.date(2025, 12, 31))
    changed = replace(known, cautions={**known.cautions, name: over})
    made = record(sex="female", severe_allergy_to={"megestrol"})
    found = {}
    for on in (dt.date(2025, 12, 31), dt.date(2026, 1, 1)):
        answered = find_options(derive(made, changed, on), RuleSet(changed, on, "fda"))
        found[on] = next(o for o in answered.options if o.option.drug == "megestrol")
    last, after = found.values()
    assert last.verdict is Verdict.DOES_NOT_MATCH
    assert after.verdict is not Verdict.DOES_NOT_MATCH
    assert name in {c.caution.id for c in last.cautions}
    assert name not in {c.caution.id for c in after.cautions}
