"""Words that lead to their explanation: only text changes, and each word once."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fingerpost.knowledge.plan_model import Term
from fingerpost.report.html.words import linked_words


def term(name: str, *more: str) -> Term:
    return Term(name.casefold(), name, f"{name} explained", more, None, "unverified", "here")


TERMS = [term("HER2"), term("HER2-low"), term("ISH", "FISH"), term("Median"), term("ER")]


def without_links(page: str) -> str:
    return re.sub(r'<a class="word" href="#word-[^"]*">([^<]*)</a>', r"\1", page)


def test_the_longest_spelling_counts_and_each_word_is_linked_once() -> None:
    page, found = linked_words("<p>HER2-low, HER2, HER2 and FISH</p>", TERMS)
    assert page.count("<a ") == 3
    assert [each.term for each in found] == ["HER2", "HER2-low", "ISH"]


@pytest.mark.parametrize(
    "page",
    [
        "<h2>HER2</h2>",
        "<style>.HER2 {}</style>",
        "<svg><text>HER2</text></svg>",
        '<p title="HER2">x</p>',
        '<a href="#x">HER2</a>',
        "<p>never over there</p>",
        "<p>er</p>",
        "<p>&ER;</p>",
        "<p>HER23</p>",
    ],
)
def test_what_is_no_text_or_another_word_stays_as_it_is(page) -> None:
    assert linked_words(page, TERMS) == (page, [])


def test_a_plain_word_counts_in_small_letters_and_an_abbreviation_does_not() -> None:
    page, found = linked_words("<p>the median of er</p>", TERMS)
    assert [each.term for each in found] == ["Median"]
    assert ">median</a>" in page


@given(
    st.lists(st.sampled_from(["HER2", "<p>", "</p>", " ", "ER ", "x", "median", "<h2>", "</h2>"]))
)
def test_without_its_links_the_page_is_the_same(parts) -> None:
    page = "".join(parts)
    assert without_links(linked_words(page, TERMS)[0]) == page


def test_without_words_nothing_changes() -> None:
    assert linked_words("<p>HER2</p>", []) == ("<p>HER2</p>", ())
