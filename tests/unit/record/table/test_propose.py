"""A proposed mapping: only what is sure is written out, and the rest stands as comments."""

from __future__ import annotations

import pytest

from fingerpost.record.table.faults import Faults
from fingerpost.record.table.mapping import TableShape
from fingerpost.record.table.mapping_file import parse_mapping
from fingerpost.record.table.proposal_text import as_yaml
from fingerpost.record.table.propose import propose
from fingerpost.record.table.workspace import Workspace

TABLE = """\
Patient ID,ER Status,PR Status,HER2 IHC,85330-9,Tumor Size,Tamoxifen,Histologic gradee,Comment,DOB
1,Positive,Positive,1+,20,22,yes,2,first,1960-01-02
2,Negative,negatve,3+,<5,31,no,3,second,1970-02-03
3,NA,NA,0,NA,15,no,2,third,1980-03-04
"""


@pytest.fixture
def proposed(tmp_path, dictionaries) -> str:
    path = tmp_path / "a.csv"
    path.write_text(TABLE)
    with Workspace() as workspace:
        loaded = workspace.load(path, TableShape(), Faults())
        return as_yaml(propose(workspace, loaded, dictionaries), "a")


def test_it_can_be_used_as_it_is(proposed, dictionaries):
    shape = parse_mapping(proposed.encode(), "a.yaml", dictionaries)
    table = shape.tables["people"]
    facts = {column: answers[0].fact for column, answers in table.columns.items()}
    assert facts == {
        "ER Status": "er_reported",
        "HER2 IHC": "her2_ihc",
        "85330-9": "ki67_percent",
        "DOB": "birth_date",
    }
    assert table.id == ["Patient ID"]


def test_a_word_that_is_not_understood_makes_a_column_unsure(proposed):
    assert '# "PR Status": {fact: pr_reported}' in proposed
    assert "not understood: negatve" in proposed


def test_a_number_without_its_unit_is_unsure(proposed):
    assert '# "Tumor Size": {fact: tumor_size}' in proposed
    assert "taken to be in mm" in proposed


def test_a_near_name_is_a_candidate_with_its_reason(proposed):
    assert '# "Histologic gradee": {fact: grade}' in proposed
    assert "near to" in proposed


def test_a_code_in_the_header_is_understood(proposed):
    assert "LOINC 85330-9 stands in its name" in proposed


def test_yes_or_no_to_a_drug_is_a_candidate(proposed):
    assert '#   - {column: "Tamoxifen", yes: "yes", no: "no", drugs: [tamoxifen]}' in proposed


def test_what_could_not_be_placed_is_listed_without_free_text_or_days(proposed):
    assert '"Comment": 3 filled' in proposed
    assert "second" not in proposed
    assert "1970" not in proposed


def proposal_of(table: str, tmp_path, dictionaries) -> str:
    path = tmp_path / "b.csv"
    path.write_text(table)
    with Workspace() as workspace:
        loaded = workspace.load(path, TableShape(), Faults())
        return as_yaml(propose(workspace, loaded, dictionaries), "b")


@pytest.mark.parametrize(
    ("column", "cells"),
    [
        ("date of birth", ["3/4/1970", "5/6/1980", "1960-01-02"]),
        ("date of birth", ["4.3.70", "1970", ""]),
        ("diagnosis date", ["1/2/2020", "1/3/2020", "1/2/2020"]),
        ("ER status", ["Zaphira Q", "Maria O", "Zaphira P"]),
        ("HER2", ["seen by Dr Q", "seen by Dr R", "positive"]),
        ("sex", ["Zaphira", "Maria", ""]),
    ],
)
def test_no_day_and_no_column_of_names_is_shown(column, cells, tmp_path, dictionaries):
    rows = "".join(f"{number},{cell}\n" for number, cell in enumerate(cells))
    said = proposal_of(f"id,{column}\n{rows}", tmp_path, dictionaries)
    shown = [cell for cell in cells if cell and cell != "positive" and cell in said]
    assert shown == []
    assert f'# "{column}": ' in said


@pytest.mark.parametrize("cell", ["a\x1b[31m", "a\x07", "a\u2028b: c", "a\x9bm"])
def test_no_cell_steers_a_terminal_or_ends_a_comment(cell, tmp_path, dictionaries):
    rows = "".join(f"{number},{cell if number == 1 else 'positive'}\n" for number in range(5))
    said = proposal_of(f"id,er\n{rows}", tmp_path, dictionaries)
    assert not [sign for sign in said if not sign.isprintable() and sign != "\n"]
    parse_mapping(said.encode(), "b.yaml", dictionaries)


@pytest.mark.parametrize("column", ["A", "no", "or", "pd", "to"])
def test_a_short_name_is_near_to_no_fact(column, tmp_path, dictionaries):
    said = proposal_of(f"id,{column}\n1,x\n2,y\n", tmp_path, dictionaries)
    assert "{fact:" not in said


@pytest.mark.parametrize("cells", [("0.9", "0.5"), ("0.9", "1"), ("0,9", "0"), ("90", "0.5")])
def test_a_column_that_may_hold_fractions_is_not_sure(cells, tmp_path, dictionaries):
    rows = "".join(f"{number};{cell}\n" for number, cell in enumerate(cells))
    said = proposal_of(f"id;ER %\n{rows}", tmp_path, dictionaries)
    assert '      # "ER %": {fact: er_percent}' in said
    assert "unit: fraction" in said
