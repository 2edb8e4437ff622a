"""`fingerpost explain`: a treatment, a test or a word, from the keyboard."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from fingerpost.cli import about, main
from tests.whole import whole_knowledge


@pytest.fixture(scope="module")
def knowledge():
    return whole_knowledge()


@pytest.fixture
def explain(monkeypatch, knowledge):
    monkeypatch.setattr(about, "known", lambda: knowledge)

    def explaining(*words, exit_code=0):
        done = CliRunner().invoke(main, ["explain", *map(str, words)], prog_name="fingerpost")
        assert done.exit_code == exit_code, done.output
        return done.output

    return explaining


def test_without_a_word_everything_is_listed(explain, knowledge):
    text = explain()
    for explainer in knowledge.following.explainers:
        assert f"- {explainer}: " in text
    said = " ".join(text.split())
    assert not [t.term for t in knowledge.following.terms.values() if t.term not in said]


@pytest.mark.parametrize(
    ("word", "title"),
    [
        ("checkpoint_inhibitor", "How a checkpoint inhibitor works"),
        ("pembrolizumab", "How a checkpoint inhibitor works"),
        ("Keytruda", "How a checkpoint inhibitor works"),
        ("CDK4/6", "How a CDK4/6 inhibitor works"),
        ("hormone therapy", "How hormone therapy works"),
        ("esr1_plasma", "ESR1: a change learned"),
        ("ER", "ER and PR: the hormone receptors"),
        ("line of therapy", "Line of therapy:"),
        ("TNBC", "Triple-negative:"),
    ],
)
def test_it_is_found_by_any_of_its_names(explain, word, title):
    assert title in explain(word)
    assert title in explain(*word.split())


def test_every_word_listed_can_be_asked_for(explain, knowledge):
    for term in knowledge.following.terms.values():
        for name in (term.id, term.term, *term.also_written):
            assert term.plain[:20] in " ".join(explain(name).split())


def test_an_unknown_word_names_the_nearest(explain):
    told = explain("neutropenja", exit_code=12)
    assert "nothing here explains this" in told
    assert "neutropenia" in told


def test_the_page_holds_the_drawing_and_its_words_and_nothing_from_outside(
    explain, knowledge, tmp_path
):
    for explainer in knowledge.following.explainers.values():
        page = tmp_path / f"{explainer.id}.html"
        explain(explainer.id, "-o", page)
        html = page.read_text(encoding="utf-8")
        drawing = re.search(r"<svg.*?</svg>", html, re.DOTALL)
        assert drawing is not None, explainer.id
        ElementTree.fromstring(drawing[0])
        assert "<script" not in html
        assert not re.search(r'(src|href)="', html)
        assert "<figcaption" in html


def test_a_drawing_that_could_run_never_reaches_a_page(knowledge):
    from dataclasses import replace

    from fingerpost.report.explained import Explained
    from fingerpost.report.html.pages import explained_as_html

    explainer = knowledge.following.explainers["esr1"]
    bad = replace(explainer, drawing=str(explainer.drawing).replace("<text", "<script/><text", 1))
    html = explained_as_html(Explained("x", (bad,), ()), knowledge)
    assert "<svg" not in html
    assert "<script" not in html
