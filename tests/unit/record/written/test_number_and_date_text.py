"""Numbers, units and dates as people write them."""

from __future__ import annotations

import datetime as dt
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fingerpost.record.written.date_text import after, read_date
from fingerpost.record.written.number_text import read_counted, read_number, scaled
from fingerpost.record.written.units import factor, unit_named
from fingerpost.values import Days, Interval


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("90", 90, 90, None),
        ("90 %", 90, 90, "%"),
        ("90%", 90, 90, "%"),
        ("<1", -math.inf, 1, None),
        ("< 1 %", -math.inf, 1, "%"),
        ("less than 1.8", -math.inf, 1.8, None),
        ("greater than 2.2", 2.2, math.inf, None),
        ("at least 10", 10, math.inf, None),
        (">=10", 10, math.inf, None),
        ("≥ 10", 10, math.inf, None),
        ("1-10 %", 1, 10, "%"),
        ("1\u201310%", 1, 10, "%"),
        ("1 to 10", 1, 10, None),
        ("20 mm - 30 mm", 20, 30, "mm"),
        ("2.5 cm", 2.5, 2.5, "cm"),
        ("2,5 cm", 2.5, 2.5, "cm"),
        ("3.2 x10^9/L", 3.2, 3.2, "x10^9/l"),
        ("3.2 10^9/L", 3.2, 3.2, "10^9/l"),
        ("-3", -3, -3, None),
    ],
)
def test_a_number_is_read_as_written(text: str, low: float, high: float, unit: str | None) -> None:
    written = read_number(text)
    assert written is not None
    assert (written.interval.low, written.interval.high) == (low, high)
    assert written.unit == unit


def test_a_bound_leaves_itself_out_where_the_sign_says_so() -> None:
    assert read_number("<1").interval.high_open
    assert not read_number("<=1").interval.high_open
    assert read_number(">1").interval.low_open


@pytest.mark.parametrize("text", ["", "about ten", "1,200", "10-1", "<1-10", "1.2.3", "ten", "%"])
def test_what_could_mean_two_things_is_not_a_number(text: str) -> None:
    assert read_number(text) is None


@given(st.text(max_size=60))
def test_no_text_breaks_the_number_reader(text: str) -> None:
    read_number(text)


@given(st.text(max_size=60))
def test_no_text_breaks_the_date_reader(text: str) -> None:
    read_date(text)


def test_units_are_known_by_many_names() -> None:
    assert {unit_named(each) for each in ("10*3/uL", "K/uL", "10^9/L", "x10³/µL")} == {"10^9/L"}
    assert unit_named("1/1000000{Base}") == unit_named("mutations per megabase") == "mut/Mb"
    assert unit_named("{score}") == unit_named("Recurrence score") == unit_named("1") == ""
    assert unit_named("furlong") is None
    assert factor("/uL", "10^9/L") == 0.001
    assert factor("mg/dL", "mm") is None


def test_scaling_leaves_no_dust_of_binary_fractions() -> None:
    assert scaled(Interval(2.3, 2.3), 10.0) == Interval(23.0, 23.0)


@pytest.mark.parametrize(
    "text",
    ["2021-03", "2021-3", "3/2021", "03.2021", "March 2021", "mar 2021", "Mar. 2021"],
)
def test_a_month_may_be_written_in_many_ways(text: str) -> None:
    assert read_date(text) == Days(dt.date(2021, 3, 1), dt.date(2021, 3, 31))


@pytest.mark.parametrize(
    "text", ["2021-03-09", "9 March 2021", "March 9, 2021", "9th Mar 2021", "2021-03-09T08:00:00Z"]
)
def test_a_day_may_be_written_in_many_ways(text: str) -> None:
    assert read_date(text) == Days(dt.date(2021, 3, 9), dt.date(2021, 3, 9))


@pytest.mark.parametrize(
    "text", ["3/4/2021", "2021-13", "2021-02-30", "1850", "soon", "0001-01-01", "\u0663/2021", ""]
)
def test_what_is_no_date_or_could_be_two_is_refused(text: str) -> None:
    assert read_date(text) is None


def test_a_year_that_has_begun_is_not_ahead() -> None:
    on = dt.date(2026, 3, 1)
    assert not after(read_date("2026"), on)
    assert after(read_date("2026-03-02"), on)
    assert not after(read_date("2090"), None)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("3/14", 3),
        ("3 / 14", 3),
        ("0 of 3", 0),
        ("1 out of 2 nodes", 1),
        ("3/14 nodes positive", 3),
        ("2 of 9 positive lymph nodes", 2),
        ("4/2", None),
        ("3/14 negative", None),
        ("3/4/2024", None),
        ("3", None),
    ],
)
def test_nodes_are_counted_as_a_share_of_those_looked_at(text: str, count: int | None) -> None:
    written = read_counted(text)
    assert (written and written.interval.known) == count
