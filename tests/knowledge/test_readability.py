"""What patients read is short and plain, as far as counting can tell."""

from __future__ import annotations

import pytest

from tests.whole import whole_knowledge
from tools import readability


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
