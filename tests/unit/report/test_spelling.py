"""British spelling: whole words, and nothing else of a text changes."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fingerpost.messages import language, respelled, speaking
from fingerpost.messages.spelling import Speller, whole_words
from tests.whole import whole_knowledge

KNOWN = whole_knowledge()
WORDS = KNOWN.following.spelling
SPELLER = Speller(WORDS)
US = whole_words(WORDS)

kept = st.sampled_from(
    [
        "estradiol",
        "tumor_size",
        "fda.tumor.2024-edema",
        "https://example.org/tumor/color",
        "[label.color]",
        "“tumor”",
        '"gray color"',
        "`color`",
        "--color",
        "edema:more",
        "2026-11-22",
        "38.0",
        "1,000",
        "5%",
        "(7 or more)",
        "FDA",
    ]
)
us_words = st.sampled_from(sorted(WORDS)).flatmap(
    lambda word: st.sampled_from([word, word.upper(), word.capitalize(), f"({word})", f"{word}-x"])
)
texts = st.lists(st.one_of(kept, us_words, st.text(max_size=12)), max_size=12).map(" ".join)


@pytest.mark.parametrize("us", sorted(WORDS))
def test_every_word_of_the_list_is_spelled_and_keeps_its_capitals(us) -> None:
    gb = WORDS[us]
    assert SPELLER.text(us) == gb
    assert SPELLER.text(f"({us}, 5)") == f"({gb}, 5)"
    assert SPELLER.text(us.upper()) == gb.upper()
    assert SPELLER.text(us.capitalize()) == gb[0].upper() + gb[1:]


@given(texts)
def test_twice_is_the_same_as_once(text) -> None:
    once = SPELLER.text(text)
    assert SPELLER.text(once) == once
    page = SPELLER.html(text)
    assert SPELLER.html(page) == page


@given(st.lists(st.one_of(kept, us_words), max_size=12))
def test_numbers_dates_ids_and_quoted_words_stay(pieces) -> None:
    text = " ".join(pieces)
    spelled = SPELLER.text(text)
    assert re.findall(r"\d[\d.,:-]*", spelled) == re.findall(r"\d[\d.,:-]*", text)
    for piece in pieces:
        if SPELLER.text(piece) == piece:
            assert spelled.count(piece) >= text.count(piece)


@given(st.lists(st.one_of(us_words, st.sampled_from(["the", "of", "5"])), max_size=12))
def test_no_us_word_is_left(pieces) -> None:
    assert not US.search(SPELLER.text(" ".join(pieces)))


@given(texts)
def test_of_a_page_only_what_is_read_changes(text) -> None:
    from html import escape

    page = f'<p class="tumor" id="color" title="{escape(text)}"><b>{escape(text)}</b></p>'
    spelled = SPELLER.html(page)
    assert spelled.startswith('<p class="tumor" id="color" title="')
    assert re.sub(r'"[^"]*"|>[^<]*<', "", spelled) == re.sub(r'"[^"]*"|>[^<]*<', "", page)


def test_the_emergency_room_is_called_as_the_british_call_it() -> None:
    text = "go to the emergency\nroom (A&E). In the emergency room (A&amp;E)"
    assert SPELLER.text("go to the emergency\nroom (A&E).") == "go to A&E."
    assert SPELLER.html(text) == "go to A&amp;E. In A&amp;E"


def test_names_of_medicines_trials_and_codes_are_no_words_of_the_list() -> None:
    """What is a name is never changed: a medicine, a brand, a trial, or an id that has to be typed."""
    names = [name for drug in KNOWN.drugs.values() for name in (drug.name, drug.id, *drug.brands)]
    # A trial that has no name of its own is described in words, which are spelled as any others.
    trials = [t.name.partition(",")[0] for t in KNOWN.trials.values()]
    names += [name for name in trials if not name.startswith("Randomized ")]
    names += [*KNOWN.options, *KNOWN.sources]
    names += [answer for each in KNOWN.following.symptoms.values() for answer in each.answers]
    assert [name for name in names if SPELLER.text(name) != name] == []


def test_a_symptom_can_be_named_as_it_is_spelled() -> None:
    for symptom in KNOWN.following.symptoms.values():
        known = [each.casefold() for each in (symptom.label, *symptom.also_written)]
        for name in (symptom.label, *symptom.also_written):
            assert SPELLER.text(name).casefold() in known, symptom.id


def test_only_inside_speaking_is_anything_spelled() -> None:
    assert respelled("gray") == "gray"
    with speaking("en-GB", WORDS):
        assert (respelled("gray"), language()) == ("grey", "en-GB")
    with speaking("en-US", WORDS):
        assert (respelled("gray"), language()) == ("gray", "en-US")
    assert language() == "en-US"
