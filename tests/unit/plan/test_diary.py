"""The diary: what is written reads back, and what is not answered stays open."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fingerpost.errors import RecordError
from fingerpost.plan.diary import Entry, diary_as_text, new_entry, read_diary
from fingerpost.report.text.diary import diary_text

TODAY = dt.date(2026, 11, 26)
scale = st.none() | st.integers(0, 4)
entries = st.lists(
    st.builds(
        Entry,
        st.dates(dt.date(2020, 1, 1), TODAY),
        st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1).filter(
            str.strip
        ),
        scale,
        scale,
        scale,
        st.none() | st.text(st.characters(codec="utf-8", exclude_categories=["Cs"])),
    ),
    max_size=8,
)


@given(entries)
def test_what_is_written_reads_back(written) -> None:
    found = read_diary(diary_as_text(written), "diary.json")
    assert sorted(found, key=repr) == sorted(written, key=repr)


@given(entries)
def test_any_diary_can_be_shown(written) -> None:
    assert diary_text(written)
    assert diary_text(written, blocks=False).isascii() or any(
        not (each.symptom + (each.note or "")).isascii() for each in written
    )


def test_what_was_not_answered_is_not_zero() -> None:
    assert Entry(TODAY, "nausea").worst is None
    assert Entry(TODAY, "nausea", how_bad=0).worst == 0
    assert Entry(TODAY, "nausea", 1, 3, 0).worst == 3
    text = diary_text([Entry(TODAY, "nausea")])
    assert "?" in text
    assert "noted" in text


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "{}", '{"fingerpost_diary": 2, "entries": []}', "[" * 100_000, "null", "hello"],
)
def test_what_is_no_diary_is_refused(text) -> None:
    with pytest.raises(RecordError) as caught:
        read_diary(text, "diary.json")
    assert caught.value.problems[0].code == "not-a-diary"


@pytest.mark.parametrize(
    "changed",
    [
        {"on": "2026-13-01"},
        {"on": None},
        {"symptom": ""},
        {"symptom": 3},
        {"note": 3},
        {"how_bad": 5},
        {"how_bad": -1},
        {"how_bad": True},
        {"how_often": "often"},
        {"in_the_way": 1.5},
    ],
    ids=str,
)
def test_an_entry_that_cannot_be_read_is_told_with_its_place(changed) -> None:
    good = json.loads(diary_as_text([Entry(TODAY, "nausea")]))
    bad = {**good, "entries": [good["entries"][0], {**good["entries"][0], **changed}]}
    with pytest.raises(RecordError) as caught:
        read_diary(json.dumps(bad), "diary.json")
    [problem] = caught.value.problems
    assert problem.where == "diary.json: entries[1]"


def test_all_that_is_wrong_with_a_new_entry_is_told_at_once() -> None:
    entry = Entry(dt.date(2027, 1, 1), " ", note="x" * 3000)
    with pytest.raises(RecordError) as caught:
        new_entry(entry, TODAY, [])
    assert {problem.code for problem in caught.value.problems} == {
        "future-date",
        "missing-key",
        "out-of-range",
    }


def test_one_symptom_in_two_spellings_is_one() -> None:
    text = diary_text([Entry(TODAY, "Nausea", how_bad=1), Entry(TODAY, "nausea", how_bad=3)])
    assert text.count("\n\nNausea\n") == 1
    assert "nausea\n" not in text.replace("Nausea", "")
