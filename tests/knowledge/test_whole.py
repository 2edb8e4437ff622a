"""The knowledge as a whole: what one file alone cannot show."""

from __future__ import annotations

import datetime as dt

import pytest

from fingerpost.knowledge.check import check
from fingerpost.knowledge.load import load_knowledge
from tests.whole import whole_knowledge


@pytest.fixture(scope="module")
def knowledge():
    return whole_knowledge()


def test_the_check_finds_no_error(knowledge):
    problems = check(knowledge, knowledge.about.version_day)
    errors = [str(problem) for problem in problems if problem.severity == "error"]
    assert not errors, "\n".join(errors)


def test_what_was_verified_was_known(knowledge):
    assert knowledge.about.verified_through <= knowledge.about.version_day


def test_each_option_has_at_most_one_wording_on_any_day(knowledge):
    for option in knowledge.options.values():
        edges = {window.start for window in option.windows}
        edges |= {window.until for window in option.windows if window.until}
        for edge in edges:
            # A guideline's wording may have no first day.
            around = (-1, 0, 1) if edge > dt.date.min else (0, 1)
            for day in (edge + dt.timedelta(days=each) for each in around):
                held = [window.place for window in option.windows if window.holds_on(day)]
                assert len(held) <= 1, f"{option.id} on {day}: {held}"


def test_every_option_is_in_force_or_says_why_not(knowledge):
    view = knowledge.on(knowledge.about.verified_through, "fda")
    told = [entry.option.id for entry in (*view.in_force, *view.not_in_force)]
    assert sorted(told) == sorted(
        option.id for option in knowledge.options.values() if option.authority == "fda"
    )
    assert view.days_after_verified == 0


def test_the_compiled_form_says_the_same(knowledge, tmp_path):
    load_knowledge(cache=tmp_path)
    again = load_knowledge(cache=tmp_path)
    assert again.options == knowledge.options
    assert again.derived == knowledge.derived
    assert again.cautions == knowledge.cautions
    assert dict(again.codes) == dict(knowledge.codes)
    assert again.graph.content_hash() == knowledge.graph.content_hash()
