"""What `knowledge check` says of the words patients read, of their numbers, and of drawings."""

from __future__ import annotations

import datetime as dt

import pytest

from fingerpost.knowledge.drawings import LARGEST, faults_of, words_of
from fingerpost.knowledge.plan_check import (
    drawings_are_plain,
    helps_are_known,
    numbers_have_sources,
    parts_follow,
    patient_words,
)
from fingerpost.knowledge.plan_sentences import patient_sentences

TODAY = dt.date(2026, 11, 22)


def question(text: str, source: str = "") -> str:
    more = f", source: {source}" if source else ""
    return (
        f'questions:\n  q: {{text: "{text}", group: living, order: 1{more}, state: unverified}}\n'
    )


@pytest.fixture
def said(read, small):
    """What one check says when the only question reads like this."""

    def saying(check, text, source=""):
        known = read({**small, "questions.yaml": question(text, source)})
        return [problem.what for problem in check(known, TODAY)]

    return saying


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("You should take it.", "You should take"),
        ("This is the best option.", "best"),
        ("It is safe.", "safe"),
        ("It can cure the cancer.", "cure"),
        ("This test detects cancer.", "detects"),
        ("The treatment failed.", "failed"),
        ("It fights the cancer.", "fights"),
        ("Immune cells attack it.", "attack"),
        ("Stop your medicine.", "Stop your medicine"),
        ("There is nothing to do.", "nothing to do"),
        ("It is recommended for you.", "recommended for you"),
    ],
)
def test_a_word_that_no_patient_should_read_is_told(said, text, word):
    assert said(patient_words, text) == [f"`text` says `{word}`"]


@pytest.mark.parametrize(
    "text",
    [
        "It works best when taken with food.",
        "It can bring on a heart attack.",
        "It can be a sign of heart failure.",
        "The ward is open at night.",
    ],
)
def test_words_that_only_look_like_it_are_left_alone(said, text):
    assert said(patient_words, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Fever of 38 °C",
        "20 % of cells",
        "about 3 in 10 people",
        "12 of 100",
        "2 kg in a day",
        "4 percent",
        "1 in 1,000",
    ],
)
def test_a_number_with_a_unit_needs_a_source(said, text):
    assert len(said(numbers_have_sources, text)) == 1
    assert said(numbers_have_sources, text, "guide.one") == []


@pytest.mark.parametrize("text", ["In 24 hours?", "A score of 10", "HER2 2+", "BRCA1 in 2 people"])
def test_times_and_names_need_none(said, text):
    assert said(numbers_have_sources, text) == []


def test_doses_and_notes_are_no_sentences_for_patients(read, small):
    dosed = small["monitoring/fictimab.yaml"].replace(
        "    days: [1]\n", "    days: [1]\n    dose: 600 mg\n    note: 600 mg\n"
    )
    known = read({**small, "monitoring/fictimab.yaml": dosed})
    assert list(numbers_have_sources(known, TODAY)) == []


def test_every_kind_of_plan_file_has_sentences(read, small):
    kinds = {sentence.kind for sentence in patient_sentences(read(small))}
    assert {"checks", "given", "monitoring", "effects", "boxed", "symptoms", "questions"} <= kinds


# --- what helps ---------------------------------------------------------------------------


def helped(read, small, more: str) -> list[str]:
    help_ = f"helps: [{{text: Small meals., {more}, state: unverified}}]"
    effects = small["effects.yaml"].replace(
        "helps: [{text: Small meals., state: unverified}]", help_
    )
    assert more in effects
    known = read({**small, "effects.yaml": effects})
    return [str(problem) for problem in helps_are_known(known, TODAY)]


@pytest.mark.parametrize(
    "more",
    ["drugs: [fictimab]", "classes: [chemotherapy]", "not_with: [anti_her2]"],
)
def test_help_with_known_medicines_and_families_is_fine(read, small, more):
    assert helped(read, small, more) == []


@pytest.mark.parametrize(
    ("more", "name"),
    [
        ("drugs: [fictimap]", "fictimap"),
        ("classes: [chemo_therapy]", "chemo_therapy"),
        ("not_with: [anti_her3]", "anti_her3"),
        # A medicine is no family, and the other way round: such help would never be told.
        ("classes: [fictimab]", "fictimab"),
        ("drugs: [chemotherapy]", "chemotherapy"),
    ],
)
def test_help_with_what_nobody_knows_is_told(read, small, more, name):
    [told] = helped(read, small, more)
    assert told.startswith("effects.yaml")
    assert f"`{name}`" in told


# --- parts that follow one another --------------------------------------------------------


def follows(read, small, more: str, ends: str = "") -> list[str]:
    """What is said of a second medicine that comes after fictimab."""
    first = small["monitoring/fictimab.yaml"].replace(
        "    days: [1]\n", f"    days: [1]\n{ends}", 1
    )
    later = f"""\
applies_to: {{drugs: [inventaxel]}}
given:
  later:
    how: intravenous
    plain: A drip
    cycle_days: 21
    days: [1]
{more}
    state: unverified
monitoring: {{}}
"""
    files = {"monitoring/fictimab.yaml": first, "monitoring/inventaxel.yaml": later}
    known = read({**small, **files})
    return [problem.what for problem in parts_follow(known, TODAY)]


BESIDE = "    together_with: [fictimab]\n    begins_after: fictimab"


def test_a_part_after_one_that_ends_is_fine(read, small):
    assert follows(read, small, BESIDE, "    cycles: 4\n") == []


def test_a_part_after_one_that_never_ends_is_told(read, small):
    assert follows(read, small, BESIDE) == ["it begins after `fictimab`, which never ends"]


def test_a_part_after_surgery_needs_no_end(read, small):
    assert follows(read, small, BESIDE + "\n    after_surgery: true") == []


def test_a_part_after_what_may_not_be_beside_it_is_told(read, small):
    told = follows(read, small, "    begins_after: fictimab", "    cycles: 4\n")
    assert told == ["it begins after `fictimab`, which may not be beside it"]


@pytest.mark.parametrize("more", ["gap: {weeks: 3}", "after_surgery: true"])
def test_what_comes_later_comes_after_something(told, small, more):
    spoilt = small["monitoring/fictimab.yaml"].replace(
        "    days: [1]\n", f"    days: [1]\n    {more}\n", 1
    )
    assert any(
        "begins_after" in line for line in told({**small, "monitoring/fictimab.yaml": spoilt})
    )


# --- drawings -----------------------------------------------------------------------------

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{}</svg>'


def test_shapes_and_words_are_fine():
    drawing = SVG.format(
        '<g stroke="#111"><circle cx="1" cy="1" r="1"/><text x="1">a cell</text></g>'
    )
    assert list(faults_of(drawing)) == []
    assert words_of(drawing) == ("a cell",)


@pytest.mark.parametrize(
    ("drawing", "fault"),
    [
        (SVG.format("<script>x()</script>"), "it holds `script`"),
        (SVG.format('<image href="http://example.org/a.png"/>'), "it holds `image`"),
        (SVG.format('<circle r="1" onclick="x()"/>'), "`circle` has `onclick`"),
        (SVG.format('<a href="x"><text>y</text></a>'), "it holds `a`"),
        (SVG.format('<rect fill="url(#p)"/>'), "`fill` leads elsewhere"),
        (SVG.format('<rect fill="javascript:x"/>'), "`fill` leads elsewhere"),
        (SVG.format('<rect style="fill:red"/>'), "`rect` has `style`"),
        (SVG.format("<foreignObject/>"), "it holds `foreignObject`"),
        (SVG.format("<rect>"), "not well-formed"),
        ('<!DOCTYPE x [<!ENTITY a "b">]>' + SVG.format("&a;"), "not well-formed"),
        ("<svg/>", "does not begin with"),
        (SVG.format("<text>" + "x" * LARGEST + "</text>"), "it is larger than"),
    ],
)
def test_what_runs_fetches_or_is_broken_is_told(drawing, fault):
    assert any(fault in told for told in faults_of(drawing))


def test_the_check_names_the_explainer(read, small):
    explainer = f"""\
title: A drawing
kind: mechanism
in_short: It shows.
paragraphs: [It shows.]
drawing: |
  {SVG.format("<script/>")}
drawing_says: A script.
state: unverified
"""
    known = read({**small, "explainers/drawn.yaml": explainer})
    told = [str(problem) for problem in drawings_are_plain(known, TODAY)]
    assert told
    assert all(text.startswith("explainers/drawn.yaml") for text in told)
