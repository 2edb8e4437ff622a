"""What stands behind a category of T, N or M: a mark of the guideline, or a doubt that leaves it open."""

from __future__ import annotations

import pytest

from fingerpost.record.written.category_text import Words
from tests.whole import whole_knowledge


@pytest.fixture(scope="module")
def words() -> Words:
    return Words(whole_knowledge().facts)


@pytest.mark.parametrize(
    ("fact", "text", "value"),
    [
        ("n_category", "pN1(mi)", "N1mi"),
        ("n_category", "pN1mi(sn)", "N1mi"),
        ("n_category", "pN1(mi)(sn)", "N1mi"),
        ("n_category", "pN0(i+)(sn)", "N0"),
        ("n_category", "N0 (mol+)", "N0"),
        ("n_category", "pN1a (2/14)", "N1"),
        ("t_category", "pT1(mi)", "T1mi"),
        ("t_category", "pT2(m)", "T2"),
        ("t_category", "pTis (DCIS)", "Tis"),
        ("t_category", "T4d", "T4d"),
        ("m_category", "cM0(i+)", "M0"),
    ],
)
def test_marks_of_the_guideline(words, fact, text, value):
    said = words.say(fact, text)
    assert said is not None
    assert said.values == {value}


@pytest.mark.parametrize(
    ("fact", "text"),
    [
        ("m_category", "M1 (ruled out)"),
        ("m_category", "M0 (presumed)"),
        ("m_category", "M1 (?)"),
        ("n_category", "N0 (pending)"),
        ("n_category", "N1 (not confirmed)"),
        ("n_category", "N0 (not assessed)"),
        ("t_category", "pT2 (was T1)"),
        ("t_category", "T3 (suspected)"),
        ("t_category", "pT2(m)(pending)"),
        ("t_category", "T1d"),
        ("t_category", "T2b"),
    ],
)
def test_a_doubt_or_a_part_that_there_is_not(words, fact, text):
    said = words.say(fact, text)
    assert said is None or not said.values
