"""Every use in the fact base's tables has its options, or a stated reason why it has none."""

from __future__ import annotations

from pathlib import Path

import pytest

from fingerpost.knowledge.load import load_knowledge
from fingerpost.knowledge.yaml_source import as_list, as_map, read_yaml

LIST = Path(__file__).with_name("rows_us.yaml")
# How many rows each table has: a row that somebody drops from the list is missed.
TABLES = {"H": 23, "E": 7, "B": 3, "P": 15, "Q": 8, "L": 1, "T": 7, "N": 1, "C": 6, "A": 7, "X": 8}
# Rows without a number.
ALONE = {"BONE"}


def _rows():
    document, problems = read_yaml(LIST.read_bytes(), LIST.name)
    assert document is not None, problems
    return as_map(as_map(document.tree)["rows"])


ROWS = _rows()


@pytest.fixture(scope="module")
def options():
    """The options of the US authority, by their row."""
    by_row: dict[str, dict[str, list[str]]] = {}
    for option in load_knowledge().options.values():
        if option.authority == "fda":
            starts = [str(window.start) for window in option.windows]
            by_row.setdefault(option.row or "", {})[option.id] = starts
    return by_row


def test_no_row_of_the_tables_is_forgotten():
    wanted = {f"{table}{n}" for table, last in TABLES.items() for n in range(1, last + 1)}
    assert set(ROWS) == wanted | ALONE


@pytest.mark.parametrize("row", ROWS)
def test_the_row_has_options_or_a_reason(row):
    entry = as_map(ROWS[row])
    assert set(entry) <= {"use", "options", "reason", "left_out"}
    assert entry.get("use")
    assert bool(entry.get("options")) != bool(entry.get("reason")), "options, or a reason, not both"
    for key in ("reason", "left_out"):
        assert key not in entry or len(str(entry[key]).split()) > 4, f"{key} says too little"


@pytest.mark.parametrize("row", ROWS)
def test_the_options_of_the_row_are_those_in_the_knowledge(row, options):
    listed = as_map(as_map(ROWS[row]).get("options"))
    assert set(listed) == set(options.get(row, {}))


@pytest.mark.parametrize("row", ROWS)
def test_the_windows_begin_on_the_days_listed(row, options):
    for name, days in as_map(as_map(ROWS[row]).get("options")).items():
        listed = [str(day) for day in as_list(days)]
        assert listed == options[row][name], f"{name}: a first day changed; say why in the option"


def test_no_option_stands_outside_the_tables(options):
    outside = {row: list(ids) for row, ids in options.items() if row not in ROWS}
    assert not outside
