"""A file is the one that was named, whatever signs its name holds."""

from __future__ import annotations

import gzip

import duckdb
import pytest

from fingerpost.record.dictionaries import Dictionaries
from fingerpost.record.omop.read import open_omop
from fingerpost.record.table.workspace import Workspace
from tests.unit.record.said import value
from tests.unit.record.table.conftest import mapping

ER = mapping("er: {fact: er_reported}")
# Each of these is a pattern that the name beside it fits as well.
NAMES = [
    ("a[1]", "a1"),
    ("[ab]", "a"),
    ("a*", "ab"),
    ("a?", "ab"),
    ("[!b]", "a"),
    ("a*[b]?", "aabc"),
]


@pytest.mark.parametrize(("name", "other"), NAMES)
@pytest.mark.parametrize("ending", ["csv", "csv.gz", "parquet"])
def test_no_other_file_is_read_in_its_place(read, tmp_path, name, other, ending):
    (tmp_path / f"{other}.{ending}").write_bytes(_table(tmp_path, "other", "negative", ending))
    people = read({f"{name}.{ending}": _table(tmp_path, "own", "positive", ending)}, ER)
    assert list(people) == ["own"]
    assert value(people["own"], "er_reported") == "positive"


@pytest.mark.parametrize("folder", ["[site] 1", "site*", "s?te", "site [1"])
def test_nor_is_it_lost_in_a_folder_of_such_a_name(read, tmp_path, folder):
    (tmp_path / folder).mkdir()
    for ending in ("csv", "parquet"):
        table = _table(tmp_path, "own", "positive", ending)
        assert list(read({f"{folder}/t.{ending}": table}, ER)) == ["own"]


@pytest.mark.parametrize("folder", ["[c]dm", "cdm*", "cdm [2026]"])
def test_a_folder_of_an_omop_database(tmp_path, dictionaries: Dictionaries, folder):
    for name, person in ((folder, 1), ("cdm", 2), ("cdm 2", 3)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "person.csv").write_text(f"person_id\n{person}\n")
        (tmp_path / name / "concept.csv").write_text("concept_id,concept_name\n1,x\n")
    with Workspace() as workspace:
        people = list(open_omop(tmp_path / folder, dictionaries, workspace).people())
    assert [person.id for person in people] == ["1"]


def _table(folder, person: str, er: str, ending: str) -> bytes:
    if ending == "parquet":
        target = folder / "made" / "x.parquet"
        target.parent.mkdir(exist_ok=True)
        duckdb.connect().execute(
            f"COPY (SELECT '{person}' AS id, '{er}' AS er) TO '{target}' (FORMAT parquet)"
        )
        return target.read_bytes()
    text = f"id,er\n{person},{er}\n".encode()
    return gzip.compress(text) if ending.endswith("gz") else text
