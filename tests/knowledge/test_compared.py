"""Medicines set side by side over the whole knowledge: the people named are what is said of them."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from functools import cache

import pytest

from fingerpost.knowledge.model import Knowledge
from fingerpost.options.changes import changes_between
from fingerpost.options.compare import compare
from fingerpost.options.coverage import SUBTYPES
from fingerpost.options.people import Inventor
from fingerpost.report.changed import changes_document, changes_text
from fingerpost.report.compared import compare_document, compare_text
from fingerpost.report.va_spec import va_spec_statements
from fingerpost.terms import Answer
from tests.whole import whole_knowledge

LAST_OF_MAY = dt.date(2026, 5, 31)


@cache
def knowledge() -> Knowledge:
    return whole_knowledge()


@pytest.mark.parametrize("drug", ["exemestane", "anastrozole"])
def test_people_are_right_on_the_day_asked_about_also_at_the_end_of_a_month(drug):
    inventor = Inventor(knowledge())
    wordings = {}
    people = []
    for use in compare(knowledge(), drug, LAST_OF_MAY):
        wordings |= {wording.option.id: wording.window for wording in use.wordings}
        for each in use.differences:
            people += [(each.first, each.second, each.fits_first and each.fits_first.person)]
            people += [(each.second, each.first, each.fits_second and each.fits_second.person)]
    found = [each for each in people if each[2] is not None]
    assert found
    for fits, other, person in found:
        assert person.on == LAST_OF_MAY
        yes = [(wordings[fits].together, Answer.YES)]
        assert inventor.holds(yes, person.record, LAST_OF_MAY), (fits, person.record)
        yes = [(wordings[other].together, Answer.YES)]
        assert not inventor.holds(yes, person.record, LAST_OF_MAY), (other, person.record)


def test_people_of_a_change_are_right_on_the_later_day_also_at_the_end_of_a_month():
    inventor = Inventor(knowledge())
    found = []
    for change in changes_between(knowledge(), dt.date(2024, 1, 1), LAST_OF_MAY, authority="fda"):
        window = change.before if change.kind == "left" else change.after
        person = change.loses if change.kind == "left" else change.gains
        if person is not None and window is not None:
            found.append(change.option.id)
            assert person.on == LAST_OF_MAY
            yes = [(window.together, Answer.YES)]
            assert inventor.holds(yes, person.record, LAST_OF_MAY), (
                change.option.id,
                person.record,
            )
    assert found


def test_the_last_day_there_is_can_be_asked_about():
    assert compare(knowledge(), "alpelisib", dt.date.max)


def test_a_no_of_nice_fits_nobody():
    text = compare_text(compare_document(knowledge(), "lapatinib", LAST_OF_MAY))
    words = " ".join(text.split())
    assert "England (NICE): not recommended" in words
    assert "whom England (NICE) fits" not in words


def test_the_same_command_gives_the_same_people():
    command = [sys.executable, "-m", "fingerpost", "compare", "alpelisib", "--on", "2026-11-22"]
    said = {
        subprocess.run(
            command, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("0", "7")
    }
    assert len(said) == 1


def test_a_use_older_than_anybody_wrote_down_has_no_first_day():
    days = {
        extension["value"]
        for statement in va_spec_statements(knowledge(), LAST_OF_MAY)
        for extension in statement["extensions"]
        if extension["name"] == "inForceFrom"
    }
    assert None in days
    assert "0001-01-01" not in days


def test_the_door_asks_for_the_subtypes_there_are():
    from fingerpost.cli.medicines import _SUBTYPES

    assert set(_SUBTYPES) == set(SUBTYPES)


def test_a_no_in_place_of_a_yes_is_a_use_that_left():
    days = dt.date(2026, 1, 1), dt.date(2026, 7, 2)
    changes = changes_between(knowledge(), *days, authority="nice", drug="entrectinib")
    (change,) = changes
    assert (change.kind, change.gains) == ("left", None)
    assert change.loses is not None
    words = changes_text(changes_document(knowledge(), *days, authority="nice", drug="entrectinib"))
    assert "terminated" in words
    assert "fits only since" not in words


def test_nobody_is_named_whom_a_no_fits():
    for change in changes_between(
        knowledge(), dt.date(2010, 1, 1), dt.date(2026, 7, 2), authority="nice", drug="lapatinib"
    ):
        assert change.gains is None or (change.after is not None and change.after.opens)
