from __future__ import annotations

import datetime as dt

import pytest

OPTION = "options/fda/fictimab.yaml"


def on(knowledge, day):
    return knowledge.on(dt.date.fromisoformat(day))


@pytest.mark.parametrize(
    ("day", "status"),
    [
        ("2018-01-10", "accelerated"),
        ("2020-02-28", "accelerated"),
        ("2020-02-29", "regular"),
        ("2030-01-01", "regular"),
    ],
)
def test_the_wording_of_the_day_is_in_force(read, small, day, status):
    view = on(read(small), day)
    assert [entry.window.status for entry in view.in_force] == [status]
    assert not view.not_in_force


def not_in_force(knowledge, day):
    (entry,) = on(knowledge, day).not_in_force
    dates = (entry.begins, entry.ended_on)
    return entry.reason, *(date and date.isoformat() for date in dates), entry.how


def test_before_the_first_day_it_is_not_yet_approved(read, small):
    assert not_in_force(read(small), "2018-01-09") == ("not_yet", "2018-01-10", None, None)


def test_after_the_last_day_it_has_ended(read, small):
    text = small[OPTION]
    until = "        until: 2024-05-01\n        ended: withdrawn\n"
    small[OPTION] = text.replace("        section:", f"{until}        section:")
    knowledge = read(small)
    assert len(on(knowledge, "2024-05-01").in_force) == 1
    assert not_in_force(knowledge, "2024-05-02") == ("ended", None, "2024-05-01", "withdrawn")


def test_between_two_approvals_both_days_are_told(read, small):
    small[OPTION] = (
        small[OPTION]
        .replace("until: 2020-02-28", "until: 2019-02-28")
        .replace("replaced", "revoked")
    )
    expected = ("between", "2020-02-29", "2019-02-28", "revoked")
    assert not_in_force(read(small), "2019-06-01") == expected


def announce(small):
    text = small[OPTION].replace("ended: replaced", "ended: withdrawn")
    return text.replace("from: 2020-02-29", "from: 2027-01-01\n        expected: true")


def test_what_is_announced_is_never_in_force(read, small):
    small[OPTION] = announce(small)
    assert not_in_force(read(small), "2027-06-01") == ("ended", None, "2020-02-28", "withdrawn")


def test_what_is_only_announced_says_so(read, small):
    head, _, rest = announce(small).partition("      - from: 2018-01-10")
    small[OPTION] = head + "      - from: 2027" + rest.partition("      - from: 2027")[2]
    assert not_in_force(read(small), "2027-06-01") == ("expected", "2027-01-01", None, None)


@pytest.mark.parametrize(("day", "late"), [("2026-07-01", 0), ("2026-07-02", 0), ("2026-07-04", 2)])
def test_days_beyond_the_last_check_are_counted(read, small, day, late):
    assert on(read(small), day).days_after_verified == late


def test_one_authority_may_be_asked_for(read, small):
    knowledge = read(small)
    day = dt.date(2024, 1, 1)
    assert len(knowledge.on(day, "fda").in_force) == 1
    assert not knowledge.on(day, "ema").in_force
