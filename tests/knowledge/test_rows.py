"""Every use in the fact base's tables has its options with every authority, or a stated reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from fingerpost.knowledge.yaml_source import as_list, as_map, read_yaml
from tests.whole import whole_knowledge

LISTS = Path(__file__).with_name("rows")
# How many rows each table has: a row that somebody drops from the list is missed.
TABLES = {"H": 23, "E": 7, "B": 3, "P": 15, "Q": 8, "L": 1, "T": 7, "N": 1, "C": 6, "A": 7}
NUMBERED = {f"{table}{n}" for table, last in TABLES.items() for n in range(1, last + 1)}
STANDARDS = {
    *("S-AC-T", "S-EC-P / FEC-D", "S-TC", "S-CMF", "S-KN522", "S-TCHP", "S-AC-THP", "S-APT"),
    *("S-THP", "S-ET-PM", "S-ET-pre", "S-ET-men", "S-CREATE-X", "S-PLAT", "S-SEQ", "S-CDK1L"),
    *("S-BONE-MET", "S-BONE-ADJ", "S-TRAS-1Y", "S-RISK", "S-BRAIN", "S-LOCAL", "S-PALB2"),
}


def _lists():
    """The rows of all lists, by authority (the beginning of the file's name) and row.

    And, by authority, the rows that a list names as its own beside the tables (`more_rows`).
    """
    rows: dict[tuple[str, str], dict] = {}
    more: dict[str, set[str]] = {}
    for path in sorted(LISTS.glob("*.yaml")):
        document, problems = read_yaml(path.read_bytes(), path.name)
        assert document is not None, problems
        authority = path.stem.partition("_")[0]
        tree = as_map(document.tree)
        more.setdefault(authority, set()).update(map(str, as_list(tree.get("more_rows"))))
        for row, entry in as_map(tree["rows"]).items():
            key = (authority, row)
            assert key not in rows, f"{key} stands in two lists"
            rows[key] = as_map(entry)
    return rows, more


ROWS, MORE = _lists()
# A hospital's own list has the rows it likes.
WANTED = {
    name: more | (STANDARDS if name == "guideline" else NUMBERED)
    for name, more in MORE.items()
    if name != "local"
}
CASES = [pytest.param(key, id="-".join(key)) for key in ROWS]


@pytest.fixture(scope="module")
def options():
    """The first days of each option's wordings, by authority and row."""
    by_row: dict[tuple[str, str], dict[str, list[str]]] = {}
    for option in whole_knowledge().options.values():
        starts = [str(window.start) for window in option.windows]
        by_row.setdefault((option.authority, option.row or ""), {})[option.id] = starts
    return by_row


@pytest.mark.parametrize("authority", WANTED)
def test_no_row_of_the_tables_is_forgotten(authority):
    assert {row for name, row in ROWS if name == authority} == WANTED[authority]


@pytest.mark.parametrize("key", CASES)
def test_the_row_has_options_or_a_reason(key):
    entry = ROWS[key]
    assert set(entry) <= {"use", "options", "reason", "left_out"}
    assert entry.get("use")
    assert bool(entry.get("options")) != bool(entry.get("reason")), "options, or a reason, not both"
    for word in ("reason", "left_out"):
        assert word not in entry or len(str(entry[word]).split()) > 4, f"{word} says too little"


@pytest.mark.parametrize("key", CASES)
def test_the_options_of_the_row_are_those_in_the_knowledge(key, options):
    assert set(as_map(ROWS[key].get("options"))) == set(options.get(key, {}))


@pytest.mark.parametrize("key", CASES)
def test_the_windows_begin_on_the_days_listed(key, options):
    for name, days in as_map(ROWS[key].get("options")).items():
        listed = [str(day) for day in as_list(days)]
        assert listed == options[key][name], f"{name}: a first day changed; say why in the option"


def test_no_option_stands_outside_the_tables(options):
    outside = {key: list(ids) for key, ids in options.items() if key not in ROWS}
    assert not outside
