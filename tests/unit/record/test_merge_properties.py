"""Merging, for random records: the order does not matter, nothing is lost, no answer turns in silence.

The pools are narrow on purpose: the same few values, days and samples stand in all records, so that
results are often the same, less exact, or contradict each other.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

import fingerpost as fp
from fingerpost.knowledge.model import Knowledge
from fingerpost.options.rule_set import RuleSet
from fingerpost.record.merge import merge_records
from fingerpost.record.model import Finding, Record, Source, Treatment
from fingerpost.terms import AbsenceKind, Answer, Verdict
from fingerpost.values import Absent, Choice, Days, Interval, Members
from tests.unit.record.conftest import TODAY
from tests.whole import whole_knowledge

DATES = (
    None,
    Days(dt.date(2024, 2, 11), dt.date(2024, 2, 11)),
    Days(dt.date(2024, 2, 1), dt.date(2024, 2, 29)),
    Days(dt.date(2026, 11, 1), dt.date(2026, 11, 1)),
)
PENDING = Absent(AbsenceKind.PENDING)
VALUES = {
    "er_percent": (Interval(0, 0), Interval(90, 90), Interval(10, 100), PENDING),
    "er_reported": (Choice(frozenset({"positive"})), Choice(frozenset({"negative"}))),
    "her2_ihc": (
        Choice(frozenset({"0"})),
        Choice(frozenset({"3+"})),
        Choice(frozenset({"0", "1+"})),
        PENDING,
    ),
    "esr1_mutation": (Choice(frozenset({"present"})), Choice(frozenset({"absent"}))),
    "lvef_percent": (Interval(62, 62), Interval(40, 40), Interval(50, 100)),
    "extent_reported": (Choice(frozenset({"metastatic"})), Choice(frozenset({"early"}))),
    "metastatic_sites": (
        Members(frozenset({"bone"})),
        Members(frozenset({"bone", "liver"})),
        Members(frozenset(), frozenset({"liver"})),
    ),
    "t_category": (Choice(frozenset({"T2"})), Choice(frozenset({"T1a", "T2"}))),
}


@cache
def knowledge() -> Knowledge:
    return whole_knowledge()


@cache
def rules() -> RuleSet:
    return RuleSet(knowledge(), TODAY, "fda")


def findings() -> st.SearchStrategy[Finding]:
    def of(fact: str) -> st.SearchStrategy[Finding]:
        return st.builds(
            Finding,
            st.just(fact),
            st.sampled_from(VALUES[fact]),
            st.sampled_from(DATES),
            st.builds(Source, st.sampled_from(["fhir", "text"]), st.sampled_from("abc")),
            st.sampled_from([None, "liver", "Liver"]),
            st.sampled_from([None, "primary", "metastasis"]),
            st.sampled_from([None, "clinical", "pathologic"]),
            st.sampled_from(["final", "preliminary"]),
        )

    return st.sampled_from(sorted(VALUES)).flatmap(of)


def treatments() -> st.SearchStrategy[Treatment]:
    attributes = st.fixed_dictionaries(
        {},
        optional={
            "start": st.sampled_from(DATES[1:]),
            "setting": st.sampled_from(["adjuvant", "metastatic"]).map(
                lambda name: Choice(frozenset({name}))
            ),
            "end_reason": st.just(Choice(frozenset({"progression"}))),
            "ongoing": st.just(Choice(frozenset({"yes"}))),
        },
    )
    return st.builds(
        Treatment,
        st.sampled_from([(), ("letrozole",), ("letrozole", "palbociclib")]),
        st.just(()),
        st.sampled_from([(), ("chemotherapy",), ("aromatase_inhibitor",)]),
        attributes,
        st.builds(Source, st.just("form"), st.sampled_from(["t0", "t1"])),
        st.sampled_from([None, "as written"]),
    )


def record(name: str) -> st.SearchStrategy[Record]:
    return st.builds(
        Record,
        st.lists(findings(), max_size=5).map(tuple),
        st.lists(treatments(), max_size=2).map(tuple),
        st.sampled_from(Answer),
        st.just(()),
        st.just("form"),
        st.just(name),
    )


THREE = st.tuples(record("a"), record("b"), record("c"))


def merged(*records: Record) -> Record:
    return merge_records(records, knowledge())


def bare(findings_: Iterable[Finding]) -> Counter[Finding]:
    """Findings without where they stood."""
    nowhere = Source("form", "")
    return Counter(
        replace(each, source=nowhere, also_in=(), site=_small(each)) for each in findings_
    )


def _small(finding: Finding) -> str | None:
    return finding.site.casefold() if finding.site else None


def results(of: Record) -> set[tuple[object, ...]]:
    """What was found, and when."""
    return {(each.fact, each.value, each.date) for each in of.findings}


def places(of: Record) -> set[Source]:
    said = [replace(s, words=None) for f in of.findings for s in f.sources]
    return {*said, *(replace(s, words=None) for t in of.treatments for s in t.sources)}


@given(THREE)
@settings(max_examples=150, deadline=None)
def test_the_order_of_the_records_does_not_matter(records: tuple[Record, Record, Record]) -> None:
    one, two, three = records
    whole = merged(one, two, three)
    assert merged(three, one, two) == merged(two, one, three) == whole


@given(THREE)
@settings(max_examples=150, deadline=None)
def test_merging_again_changes_nothing(records: tuple[Record, Record, Record]) -> None:
    whole = merged(*records)
    again = merged(whole)
    assert again.findings == whole.findings
    assert again.treatments == whole.treatments
    assert again.messages == whole.messages
    assert again.treatments_complete is whole.treatments_complete
    assert bare(merged(whole, records[0]).findings) == bare(whole.findings)


@given(THREE)
@settings(max_examples=150, deadline=None)
def test_merging_step_by_step_finds_the_same(records: tuple[Record, Record, Record]) -> None:
    """The same results, from the same places.

    Where a result fits two samples of a day, the one that it is put to may be the one that was there.
    """
    one, two, three = records
    whole = merged(one, two, three)
    left, right = merged(merged(one, two), three), merged(one, merged(two, three))
    for stepwise in (left, right):
        assert results(stepwise) == results(whole)
        assert places(stepwise) == places(whole)


@given(THREE)
@settings(max_examples=100, deadline=None)
def test_no_place_is_lost_and_no_finding_is_made_up(
    records: tuple[Record, Record, Record],
) -> None:
    whole = merged(*records)
    said = {replace(s, file=r.name) for r in records for s in places(r)}
    assert places(whole) == said
    assert results(whole) <= {result for record_ in records for result in results(record_)}


# --- courses of treatment, each seen in part by two records -------------------------------

COURSES = (
    (("docetaxel", "carboplatin"), dt.date(2020, 3, 9), dt.date(2020, 6, 20), "neoadjuvant"),
    (("letrozole",), dt.date(2020, 9, 1), dt.date(2023, 5, 2), "adjuvant"),
    (("letrozole", "palbociclib"), dt.date(2023, 6, 1), dt.date(2024, 8, 1), "metastatic"),
    (("capecitabine",), dt.date(2024, 9, 5), dt.date(2025, 2, 1), "metastatic"),
    # The same medicine again, years later.
    (("letrozole",), dt.date(2025, 3, 1), dt.date(2026, 1, 9), "metastatic"),
)


def _blurred(day: dt.date, how: str) -> Days | None:
    match how:
        case "day":
            return Days(day, day)
        case "year":
            return Days(day.replace(month=1, day=1), day.replace(month=12, day=31))
        case _:
            return None


@st.composite
def views(draw: st.DrawFn, name: str) -> Record:
    """What one record tells of the courses: some of them, none exactly, but with a year at least."""
    seen = []
    for number, (drugs, start, end, setting) in enumerate(COURSES):
        if draw(st.booleans()):
            said = {
                "start": _blurred(start, draw(st.sampled_from(["day", "year"]))),
                "end": _blurred(end, draw(st.sampled_from(["day", "year", "unsaid"]))),
                "setting": Choice(frozenset({setting})) if draw(st.booleans()) else None,
            }
            known = {key: value for key, value in said.items() if value is not None}
            listed = tuple(draw(st.permutations(drugs)))
            seen.append(Treatment(listed, (), (), known, Source("form", f"t{number}")))
    return Record((), tuple(seen), Answer.UNKNOWN, (), "form", name)


@given(st.tuples(views("a"), views("b"), views("c")))
@settings(max_examples=150, deadline=None)
def test_courses_seen_in_part_are_put_together_and_never_mixed(
    records: tuple[Record, Record, Record],
) -> None:
    one, two, three = records
    whole = merged(one, two, three)
    seen = {
        source.reference for record_ in records for t in record_.treatments for source in t.sources
    }
    assert len(whole.treatments) == len(seen)
    for treatment in whole.treatments:
        (number,) = {source.reference for source in treatment.sources}
        drugs, start, end, setting = COURSES[int(number[1:])]
        assert set(treatment.drugs) == set(drugs)
        begun, ended = treatment.attributes["start"], treatment.attributes.get("end")
        assert isinstance(begun, Days)
        assert begun.first <= start <= begun.last
        assert ended is None or ended.first <= end <= ended.last
        assert treatment.attributes.get("setting") in (None, Choice(frozenset({setting})))
    stepwise = merged(merged(one, two), three)
    assert [(set(t.drugs), t.attributes) for t in stepwise.treatments] == [
        (set(t.drugs), t.attributes) for t in whole.treatments
    ]


# --- answers ------------------------------------------------------------------------------

# What tells the owner that a result of another record counts instead, or that one contradicts.
TOLD = {
    *("contradicts", "several_results", "other_sample", "rounded", "negative_not_counted"),
    *("treatments_overlap", "list_not_complete"),
}


def answers(of: Record) -> tuple[dict[tuple[str, int], Answer], set[str], dict[str, Verdict]]:
    options = fp.find_options(fp.derive(of, knowledge(), TODAY), rules())
    said = {
        (each.option.id, place): criterion.answer
        for each in options.options
        for place, criterion in enumerate(each.criteria)
    }
    codes = {message.code for message in options.facts.messages}
    return said, codes, {each.option.id: each.verdict for each in options.options}


@given(record("a"), record("b"))
@settings(max_examples=60, deadline=None)
def test_another_record_never_turns_an_answer_in_silence(one: Record, other: Record) -> None:
    before, _, _ = answers(one)
    after, codes, _ = answers(merged(one, other))
    turned = [
        name for name, answer in before.items() if {answer, after[name]} == {Answer.YES, Answer.NO}
    ]
    assert not turned or codes & TOLD


@st.composite
def restated(draw: st.DrawFn) -> tuple[Record, Record]:
    """A record, and one that tells part of the same, less exactly."""
    one = draw(record("a"))
    less = []
    for finding in one.findings:
        if draw(st.booleans()):
            drop = {name: None for name in ("site", "specimen", "basis") if draw(st.booleans())}
            less.append(replace(finding, **drop))
    told = [
        replace(
            each,
            attributes={
                name: value
                for name, value in each.attributes.items()
                if name == "start" or draw(st.booleans())
            },
        )
        for each in one.treatments
        if draw(st.booleans()) and each.drugs and "start" in each.attributes
    ]
    return one, Record(tuple(less), tuple(told), Answer.UNKNOWN, (), "form", "b")


@given(restated())
@settings(max_examples=60, deadline=None)
def test_a_less_exact_copy_of_a_result_changes_no_answer(pair: tuple[Record, Record]) -> None:
    one, less = pair
    alone = Record(one.findings, (), one.treatments_complete, (), "form", "a")
    copy = replace(less, treatments=())
    before, _, verdicts = answers(merged(alone))
    after, _, again = answers(merged(alone, copy))
    assert before == after
    assert verdicts == again
