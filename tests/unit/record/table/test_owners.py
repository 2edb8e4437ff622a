"""Whose row it is: nobody's rows become nobody's record, and no two people become one."""

from __future__ import annotations

import pytest

from fingerpost.errors import RecordError
from fingerpost.terms import Answer
from tests.unit.record.said import findings
from tests.unit.record.table.conftest import mapping

ER = mapping("er: {fact: er_reported}")
SEVERAL = mapping("er: {fact: er_reported}", table="rows: several")
TWO = """fingerpost_mapping: 1
name: invented
tables:
  people: {has: [er], id: id, columns: {er: {fact: er_reported}}}
  given:
    {has: [drug], id: id, rows: several, treatment_rows: {drug: drug}, treatments_are_all: true}
"""
SAMPLES = """fingerpost_mapping: 1
name: invented
tables:
  samples: {has: [id, sample], id: id, sample: sample, rows: several, columns: {er: {fact: er_reported}}}
  tests: {has: [grade], sample: sample, rows: several, columns: {grade: {fact: grade}}}
"""


def codes(read, files, text):
    with pytest.raises(RecordError) as error:
        read(files, text)
    said = " ".join(str(each) for each in error.value.problems)
    assert "SECRET" not in said
    return [each.code for each in error.value.problems]


@pytest.mark.parametrize(
    "word",
    ["NA", "n/a", "null", "NULL", "nan", "?", "-", "unknown", "Not available", " ", "\u00a0"],
)
@pytest.mark.parametrize("text", [ER, SEVERAL], ids=["one", "several"])
def test_a_word_for_nothing_is_no_id(read, word, text):
    table = {"a.csv": f"id,er\n{word},positive\np,negative\n{word},negative\n"}
    assert set(codes(read, table, text)) >= {"missing-id"}


def test_nor_is_a_word_that_the_mapping_calls_absent(read):
    text = mapping("er: {fact: er_reported}", "absent: {'999': not_known}", "rows: several")
    assert codes(read, {"a.csv": "id,er\n999,positive\n999,negative\n"}, text) == ["missing-id"] * 2


@pytest.mark.parametrize(
    "written", ["p\t", "\u00a0p", "p\u200b", "\ufeffp", '"p\n"', "\u3000p", "p "]
)
def test_what_nobody_sees_makes_no_other_person(read, written):
    table = {"a.csv": f"id,er\np,positive\n{written},negative\n"}
    assert list(read(table, SEVERAL)) == ["p"]
    assert codes(read, table, ER) == ["duplicate-id"]


@pytest.mark.parametrize("same", ["SECRET", "SECRET ", "SECRET\t"])
def test_two_files_of_one_table_may_number_two_people_alike(read, same):
    table = {"a.csv": "id,er\nSECRET,positive\n", "b.csv": f"id,er\nq,negative\n{same},negative\n"}
    assert codes(read, table, ER) == ["duplicate-id"]
    assert len(findings(read(table, SEVERAL)["SECRET"], "er_reported")) == 2


@pytest.mark.parametrize("ids", ["1\n2", "P-001\nP-002", "001 a\n002 a", "x\ny"])
def test_tables_that_have_no_id_in_common_are_refused(read, ids):
    one, two = ids.split("\n")
    table = {"a.csv": "id,er\n001,positive\n002,negative\n", "b.csv": f"id,drug\n{one},letrozole\n"}
    assert codes(read, table, TWO) == ["no-common-id"] * 2
    table["b.csv"] += f"{two},letrozole\n001,tamoxifen\n"
    people = read(table, TWO)
    assert people["001"].treatments_complete is Answer.YES
    assert people["001"].treatments[0].drugs == ("tamoxifen",)


def test_a_sample_of_two_people_is_nobodys(read):
    table = {"a.csv": "id,sample,er\np,SECRET,\nq,SECRET,\n", "b.csv": "sample,grade\nSECRET,3\n"}
    assert codes(read, table, SAMPLES) == ["duplicate-id"]


@pytest.mark.parametrize("word", ["NA", "", "unknown", "-"])
def test_a_word_for_nothing_is_no_sample(read, word):
    table = {
        "a.csv": f"id,sample,er\np,{word},\nq,{word},\nr,s1,\n",
        "b.csv": "sample,grade\ns1\u00a0,3\n",
    }
    assert [key for key, record in read(table, SAMPLES).items() if record.findings] == ["r"]
    table["b.csv"] += f"{word},2\n"
    assert codes(read, table, SAMPLES) == ["missing-id"]
