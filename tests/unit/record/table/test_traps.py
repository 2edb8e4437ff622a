"""What looks like an answer and is none: fractions for percentages, days for no day, plans."""

from __future__ import annotations

import pytest

from fingerpost.errors import RecordError
from fingerpost.terms import Answer
from tests.unit.record.said import codes, one, value
from tests.unit.record.table.conftest import mapping

ER = mapping("er: {fact: er_percent}")
GIVEN = """fingerpost_mapping: 1
name: invented
tables:
  given:
    id: id
    rows: several
    treatment_rows: {drug: drug, attributes: {start: {column: start}, end: {column: end}}}
    treatments_are_all: true
"""
COLUMN = """fingerpost_mapping: 1
name: invented
tables:
  given:
    id: id
    treatments:
      - column: tam
        yes: "YES"
        no: "NO"
        drugs: [tamoxifen]
        attributes: {start: {column: start}, end: {column: end}}
    treatments_are_all: true
"""


def table(*cells: str) -> dict[str, str]:
    return {"a.csv": "id;er\n" + "".join(f"p{n};{cell}\n" for n, cell in enumerate(cells))}


@pytest.mark.parametrize(
    "cells",
    [
        ("0.9", "0.45", "1", "0"),
        ("0,9", "NA", ""),
        ("0.90", "0.00", "1.00"),
        (".9", "pending"),
        ("0.05",),
        (" 0.9 ", "1.0", "not done"),
    ],
)
def test_a_column_of_fractions_is_asked_about(read, cells):
    with pytest.raises(RecordError) as error:
        read(table(*cells), ER)
    (problem,) = error.value.problems
    assert (problem.code, problem.where) == ("possible-fraction", "a.csv, column er")
    assert "unit: fraction" in problem.try_this


def test_so_is_one_of_parquet_and_its_way_out_is_the_unit(read):
    as_fraction = mapping("er: {fact: er_percent, unit: fraction}")
    people = read(table("0.9", "1", "0", "0.005", "90%", "90"), as_fraction)
    said = [value(people[f"p{n}"], "er_percent") for n in range(6)]
    assert said == [90, 100, 0, 0.5, "absent: not_understood", "absent: not_understood"]
    as_percent = mapping('er: {fact: er_percent, unit: "%"}')
    assert value(read(table("0.9"), as_percent)["p0"], "er_percent") == 0.9


@pytest.mark.parametrize(
    "cells", [("0.9", "45"), ("0.9%", "0.5%"), ("<1", "0.5"), ("0", "1"), ("0", "0.0"), ("", "NA")]
)
def test_a_column_that_holds_percentages_is_read_as_it_stands(read, cells):
    assert codes(read(table(*cells), ER)["p0"]) == []


@pytest.mark.parametrize(
    "day", ["1900-01-01", "1900-01-01 00:00:00", "1 January 1900", "01/01/1900"]
)
def test_the_day_that_stands_for_none_makes_no_result_the_oldest(read, day):
    text = mapping("er: {fact: er_reported, date: day}", table="dates: day_first")
    record = read({"a.csv": f"id,er,day\np,positive,{day}\n"}, text)["p"]
    assert (one(record, "er_reported").date, codes(record)) == (None, ["not_understood"])
    born = read(
        {"a.csv": f"id,b\np,{day}\n"}, mapping("b: {fact: birth_date}", table="dates: day_first")
    )
    assert value(born["p"], "birth_date") == "absent: not_understood"


def test_the_mapping_may_say_that_it_is_one(read):
    text = mapping("er: {fact: er_reported, date: day}", "absent: {1900-01-01: not_stated}")
    record = read({"a.csv": "id,er,day\np,positive,1900-01-01\n"}, text)["p"]
    assert (one(record, "er_reported").date, codes(record)) == (None, [])


@pytest.mark.parametrize("start", ["2099-01-01", "2027-01", "2028", "9999-12-31"])
def test_a_treatment_that_begins_in_the_future_was_not_given(read, start):
    record = read({"a.csv": f"id,drug,start,end\np,letrozole,{start},\n"}, GIVEN)["p"]
    assert (record.treatments, record.treatments_complete) == ((), Answer.UNKNOWN)
    assert "not_read" in codes(record)
    record = read({"a.csv": f"id,tam,start,end\np,YES,{start},\n"}, COLUMN)["p"]
    assert (record.treatments, record.treatments_complete) == ((), Answer.UNKNOWN)
    assert "not_read" in codes(record)


@pytest.mark.parametrize("start", ["2024-01-01", "", "NA", "2024", "soon"])
def test_one_that_may_have_begun_is_one(read, start):
    for text, head in (
        (GIVEN, "id,drug,start,end\np,letrozole"),
        (COLUMN, "id,tam,start,end\np,YES"),
    ):
        record = read({"a.csv": f"{head},{start},\n"}, text)["p"]
        assert len(record.treatments) == 1
        assert record.treatments_complete is Answer.YES


@pytest.mark.parametrize("text", [GIVEN, COLUMN], ids=["rows", "columns"])
def test_one_that_ends_before_it_starts_has_neither_day(read, text):
    head = "id,drug,tam,start,end\np,letrozole,YES"
    record = read({"a.csv": f"{head},2024-05-01,2024-04-01\n"}, text)["p"]
    assert not {"start", "end"} & set(record.treatments[0].attributes)
    assert "contradicts" in codes(record)


@pytest.mark.parametrize(
    ("size", "unit", "left"),
    [
        ("2", "cm", 20),
        ("2", "", "absent: not_understood"),
        ("2", "  ", "absent: not_understood"),
        ("1-2", "", "absent: not_understood"),
        ("2 cm", "", 20),
        ("2cm", "", 20),
    ],
)
def test_an_empty_cell_in_the_column_of_units_names_no_unit(read, size, unit, left):
    text = mapping("s: {fact: tumor_size, unit_column: u}")
    assert value(read({"a.csv": f"id,s,u\np,{size},{unit}\n"}, text)["p"], "tumor_size") == left


@pytest.mark.parametrize(
    ("born", "day", "kept"),
    [
        ("1970-05-02", "1960-01-01", False),
        ("1970-05-02", "1970-05-01", False),
        ("1970", "1969", False),
        ("1970", "1970", True),
        ("1970-05-02", "2020-01-01", True),
        ("", "1960-01-01", True),
        ("?", "1960-01-01", True),
    ],
)
def test_a_day_before_the_birth_is_not_used_and_told(read, born, day, kept):
    text = mapping(
        "er: {fact: er_reported, date: day}\nborn: {fact: birth_date}",
        table="treatments:\n  - {column: tam, yes: 'y', no: 'n', drugs: [tamoxifen], "
        "attributes: {start: {column: day}}}",
    )
    record = read({"a.csv": f"id,er,born,day,tam\np,positive,{born},{day},y\n"}, text)["p"]
    assert (one(record, "er_reported").date is not None) is kept
    assert ("start" in record.treatments[0].attributes) is kept
    assert codes(record).count("contradicts") == (0 if kept else 2)


REGIMEN = GIVEN.replace(
    "{drug: drug, attributes: {", "{drug: drug, regimen: r, attributes: {setting: {column: set}, "
)


@pytest.mark.parametrize(
    ("rows", "left", "told"),
    [
        ("2024-06,adjuvant;2024-06,adjuvant", {"start", "end", "setting"}, 0),
        ("2024-06,adjuvant;2024-06,metastatic", {"start", "end"}, 1),
        ("2024-06,adjuvant;,adjuvant", {"start", "setting"}, 0),
        ("2024-06,adjuvant;2024-07,", {"start", "setting"}, 1),
        ("2024-06,adjuvant;2024-07,metastatic", {"start"}, 1),
    ],
)
def test_rows_of_one_regimen_that_differ_leave_it_open_and_are_told(read, rows, left, told):
    first, second = rows.split(";")
    table = f"id,r,drug,start,end,set\np,A,letrozole,2024-01,{first}\np,A,palbociclib,2024-01,{second}\n"
    record = read({"a.csv": table}, REGIMEN)["p"]
    assert len(record.treatments) == 1
    assert set(record.treatments[0].attributes) == left
    assert codes(record).count("contradicts") == told


def test_a_column_without_a_name_is_told_by_its_place(tmp_path, dictionaries):
    from fingerpost.record.table.mapping_file import parse_mapping
    from fingerpost.record.table.people import open_tables
    from fingerpost.record.table.workspace import Workspace

    (tmp_path / "a.csv").write_text("id,er,,\np,90,3+,\n")
    shape = parse_mapping(ER.encode(), "m.yaml", dictionaries)
    with Workspace() as workspace:
        (plan,) = open_tables([tmp_path / "a.csv"], shape, dictionaries, workspace).plans
    assert plan.unmapped == ("column 3, which has no name", "column 4, which has no name")
