"""What patients read is short and plain, as far as counting can tell."""

from __future__ import annotations

import re

import pytest

from tests.whole import whole_knowledge
from tools import readability

# No order, no promise and no fight: neither in the knowledge nor on a page.
UNKIND = re.compile(
    r"nothing to do|no action|do nothing|no need to|stop (?:taking|your|the medicine)|start taking"
    r"|you have an? |(?:you )?should take|failed|fight|battle|attack\w*|\bbest\b|\bsafe\b|\bcures?\b"
    r"|recommended for you|\bjust\b|\bsimply\b|\bobviously\b|diarrhoea|anaemia|oestr|tumour|oedema|haemo",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def knowledge():
    return whole_knowledge()


def test_no_kind_of_text_and_no_explainer_is_too_hard(knowledge):
    assert readability.too_hard(knowledge) == []


def test_names_of_medicines_and_tests_do_not_count(knowledge):
    explainers = {each.what: each.text for each in readability.measured(knowledge)}
    assert "pembrolizumab" not in explainers["explainers/pdl1_cps"]
    assert "PD-L1" not in explainers["explainers/pdl1_cps"]


def test_hard_words_in_long_sentences_are_hard():
    hard = "Concomitant administration of myelosuppressive antineoplastic agents necessitates evaluation."
    assert readability.grade(hard) > readability.HARDEST_GRADE
    assert readability.grade("Tell your team. They can help.") < 4


def test_every_explainer_has_a_drawing_and_its_words(knowledge):
    assert [e.id for e in knowledge.following.explainers.values() if not e.drawing_says] == []


def test_each_word_is_explained_once(knowledge):
    names = [
        name.casefold()
        for term in knowledge.following.terms.values()
        for name in (term.term, *term.also_written)
    ]
    assert sorted({name for name in names if names.count(name) > 1}) == []


# --- the pages in the browser ---------------------------------------------------------------


def test_every_page_is_measured(knowledge):
    measured = {each.what for each in readability.measured_pages(knowledge)}
    assert {
        "templates/start.html.jinja",
        "templates/privacy.html.jinja",
        "pages/upload.py",
    } <= measured
    assert len(list(readability.sentences_of_pages())) > 800


def test_a_hard_sentence_of_a_page_is_found(knowledge, monkeypatch):
    hard = (
        "Concomitant administration of antineoplastic agents necessitates multidisciplinary "
        "evaluation before every subsequent administration."
    )
    place = "templates/start.html.jinja"
    monkeypatch.setattr(readability, "sentences_of_pages", lambda: [(place, hard)])
    assert readability.too_hard(knowledge)[0].startswith(place)


def test_pages_are_kind():
    """Calm, plain and true: nothing is promised, nobody is told what to take, and nothing is a battle."""
    unkind = [
        (place, text) for place, text in readability.sentences_of_pages() if UNKIND.search(text)
    ]
    assert unkind == []


def test_an_unkind_word_is_found():
    for said in (
        "Just try it",
        "This is the best one",
        "The treatment failed",
        "There is nothing to do",
    ):
        assert UNKIND.search(said)
    for said in ("adjust the dose", "unsafe to say", "It could not be read"):
        assert not UNKIND.search(said)
