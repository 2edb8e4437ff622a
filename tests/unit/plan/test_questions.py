"""The questions to bring: what everybody asks, and what is asked of whom."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

import fingerpost as fp
from fingerpost.cli.report import MATTERS
from fingerpost.plan.questions import MOST, questions_for

ROOT = Path(__file__).resolve().parents[3]
ON = dt.date(2026, 11, 22)
EVERYBODY = {"goal", "is-it-working", "same-day-call", "written-schedule", "what-next", "trial"}
NOBODY_KNOWN = b"fingerpost: 1\nfacts: {}\n"


def options_of(content: bytes, knowledge):
    record = fp.read_record(content, knowledge, on=ON)
    facts = fp.derive(record, knowledge, ON)
    return fp.find_options(facts, fp.RuleSet(knowledge, ON, "fda"))


@pytest.fixture(scope="module", params=["maria.yaml", "nora.json", "sam.yaml", "grace.yaml", None])
def options(request, knowledge):
    content = NOBODY_KNOWN
    if request.param is not None:
        content = (ROOT / "examples" / request.param).read_bytes()
    return options_of(content, knowledge)


def ids(asked):
    return [each.question.id for each in asked]


def test_the_six_that_everybody_asks_are_among_the_first_eight(options):
    assert set(ids(questions_for(options, most=8))) >= EVERYBODY
    assert 8 <= len(questions_for(options)) <= MOST


def test_nobody_is_asked_twice_and_no_template_is_left_open(options):
    texts = [each.text for each in questions_for(options, most=100)]
    assert len(texts) == len(set(texts))
    assert not [text for text in texts if "{" in text]


def test_what_matters_is_asked_only_by_those_who_said_so(options):
    for matter in MATTERS:
        because = [q.question.because for q in questions_for(options, matters=[matter], most=8)]
        assert [each for each in because if each is not None] == [matter]
    assert not [q for q in questions_for(options, most=100) if q.question.because]


def test_what_the_record_holds_is_asked_about_and_what_it_lacks_is_not(knowledge):
    record = (ROOT / "examples" / "maria.yaml").read_bytes()
    assert "caution" not in ids(questions_for(options_of(record, knowledge), most=100))
    diabetic = record.replace(b"facts:\n", b"facts:\n  diabetes: type_2\n", 1)
    asked = questions_for(options_of(diabetic, knowledge))
    cautions = [each.text for each in asked if each.question.id == "caution"]
    assert any("iabetes" in text for text in cautions)


@pytest.mark.parametrize(("er", "asked"), [(5, True), (60, False), (0, False)])
def test_a_low_estrogen_receptor_is_asked_about(er, asked, knowledge):
    facts = f"sex: female\n  er_percent: {er}\n  pr_percent: 0\n  her2_ihc: '1+'"
    form = f"fingerpost: 1\nfacts:\n  {facts}\n  extent_reported: metastatic\n"
    found = ids(questions_for(options_of(form.encode(), knowledge)))
    assert ("er-low" in found) is asked


@pytest.mark.parametrize(
    ("facts", "is_asked"),
    [
        ("{birth_date: 1988, er_percent: 0, pr_percent: 0, her2_ihc: '0'}", True),
        ("{birth_date: 1988, er_percent: 90, germline_brca_reported: negative}", False),
        ("{birth_date: 1988, er_percent: 90, germline_brca_reported: positive}", False),
        ("{birth_date: 1940, sex: female, er_percent: 90, her2_ihc: '0'}", False),
        ("{birth_date: 1940, sex: male, er_percent: 90, her2_ihc: '0'}", True),
        ("{birth_date: 1940, sex: female, er_percent: 0, pr_percent: 0, her2_ihc: '0'}", True),
        ("{}", True),
    ],
)
def test_whoever_guidelines_offer_a_test_of_inherited_genes_is_told_to_ask(
    knowledge, facts, is_asked
):
    asked = ids(questions_for(options_of(f"fingerpost: 1\nfacts: {facts}\n".encode(), knowledge)))
    assert ("inherited-genes" in asked) is is_asked
