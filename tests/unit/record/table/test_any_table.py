"""Whatever bytes a table holds, it ends in records or in a RecordError, and no row is lost."""

from __future__ import annotations

import csv
import io

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fingerpost.errors import RecordError
from fingerpost.record.table.mapping_file import parse_mapping
from fingerpost.record.table.people import open_tables
from fingerpost.record.table.workspace import Workspace
from tests.unit.record.table.conftest import mapping

TEXT = mapping("er: {fact: er_reported}", table="rows: several")
PIECES = [
    "a",
    "p",
    "positive",
    "NA",
    '"',
    '""',
    ",",
    ";",
    "\t",
    "\n",
    "\r\n",
    "\r",
    " ",
    "#",
    "\x00",
    "é",
]
bodies = st.lists(st.sampled_from(PIECES), max_size=16).map("".join)
seldom = settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def people_of(path, dictionaries, text=TEXT):
    shape = parse_mapping(text.encode(), "m.yaml", dictionaries)
    with Workspace() as workspace:
        tables = open_tables([path], shape, dictionaries, workspace)
        return list(tables.people()), sum(plan.loaded.rows for plan in tables.plans)


@seldom
@given(data=st.binary(max_size=80))
def test_any_bytes_at_all(data, tmp_path, dictionaries):
    for name in ("a.csv", "a.csv.gz", "a.xlsx", "a.parquet"):
        path = tmp_path / name
        path.write_bytes(data)
        try:
            people_of(path, dictionaries)
        except RecordError:
            continue


@seldom
@given(body=bodies)
def test_what_is_read_is_every_row_that_stands_there(body, tmp_path, dictionaries):
    path = tmp_path / "a.csv"
    path.write_bytes(f"id,er\nz,positive\n{body}".encode())
    try:
        people, rows = people_of(path, dictionaries)
    except RecordError:
        return
    expected = [row for row in csv.reader(io.StringIO(f"z,positive\n{body}", newline="")) if row]
    assert rows == len(expected)
    assert {person.id for person in people} == {row[0].strip() for row in expected}


@seldom
@given(
    cells=st.lists(
        st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12),
        min_size=1,
        max_size=6,
    )
)
def test_every_cell_is_read_or_told(cells, tmp_path, dictionaries):
    target = io.StringIO(newline="")
    csv.writer(target, quoting=csv.QUOTE_ALL).writerows([["id", "er"], *(["p", c] for c in cells)])
    path = tmp_path / "a.csv"
    path.write_bytes(target.getvalue().encode())
    (person,), rows = people_of(path, dictionaries)
    assert rows == len(cells)
    filled = [cell for cell in cells if cell.strip()]
    assert len(person.record.findings) == len(filled)
