"""Rows of a CDM that contradict themselves or belong to nobody: never one half taken for the whole."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from fingerpost.errors import RecordError
from fingerpost.record.dictionaries import Dictionaries
from fingerpost.record.omop.read import open_omop
from fingerpost.record.table.workspace import Workspace
from tests.unit.record.omop.test_omop import dictionaries, make
from tests.unit.record.said import codes, findings, one, short

__all__ = ["dictionaries"]

NEGATIVE, PERCENT, MISSING = 31, 20, 9999
ER, HER2, KI67, BONE = 10, 11, 12, 41
_MEASUREMENT = (
    "measurement_id, person_id, measurement_concept_id, measurement_date, operator_concept_id, "
    "value_as_number, value_as_concept_id, unit_concept_id, measurement_source_concept_id, "
    "value_source_value"
)


@pytest.fixture
def cdm(tmp_path: Path, dictionaries: Dictionaries):
    """The invented CDM without results, and what is read of person 2 after some SQL."""

    def _read(*statements: str):
        (tmp_path / "cdm.duckdb").unlink(missing_ok=True)
        source = make(tmp_path / "cdm.duckdb")
        database = duckdb.connect(str(source))
        database.execute("DELETE FROM measurement; DELETE FROM drug_exposure")
        for statement in statements:
            database.execute(statement)
        database.close()
        with Workspace() as workspace:
            omop = open_omop(source, dictionaries, workspace)
            return next(omop.people("2")).record, omop.orphans

    return _read


def measured(concept: int, number: object = "NULL", **more: object) -> str:
    words = f"'{more['words']}'" if "words" in more else "NULL"
    values = (
        f"7, {more.get('person', 2)}, {concept}, '{more.get('day', '2024-01-05')}', "
        f"{more.get('operator', 0)}, {number}, {more.get('said', 0)}, "
        f"{more.get('unit', PERCENT)}, 0, {words}"
    )
    return f"INSERT INTO measurement ({_MEASUREMENT}) VALUES ({values})"


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("<1 %", (0, 1)),
        ("< 1", (0, 1)),
        ("90", (1, 90)),
        ("1 %", 1),
        ("1", 1),
        ("a remark that is no value", 1),
        ("pending", "absent: pending"),
        ("not done", "absent: not_tested"),
        ("unknown", "absent: not_known"),
    ],
)
def test_a_number_is_held_against_the_words_it_was_made_of(cdm, words, left):
    record, _ = cdm(measured(ER, 1, words=words))
    found = one(record, "er_percent").value
    assert short(found) == left or (found.low, found.high) == left
    assert ("contradicts" in codes(record)) == (left != 1)


def test_a_number_and_a_concept_that_contradict_it_both_count(cdm):
    record, _ = cdm(measured(HER2, 3, said=NEGATIVE, unit=0))
    assert short(one(record, "her2_ihc").value) == {"0", "1+", "3+"}
    record, _ = cdm(measured(ER, 90, said=NEGATIVE))
    assert short(one(record, "er_reported").value) == "negative"
    assert short(one(record, "er_percent").value) == 90


@pytest.mark.parametrize("words", ["Positive", "pending", "Not done", "3+"])
def test_a_concept_is_held_against_the_words(cdm, words):
    record, _ = cdm(measured(HER2, said=NEGATIVE, unit=0, words=words))
    assert short(one(record, "her2_ihc").value) != {"0", "1+"}
    assert "contradicts" in codes(record)


@pytest.mark.parametrize("name", ["approximately", "\u2264", "~", "not equal", None])
def test_an_operator_that_is_not_known_leaves_the_number_open(cdm, name):
    concept = f"INSERT INTO concept VALUES (77, '{name}', 'Meas Value Operator', 'Meas Value', 'x')"
    record, _ = cdm(*([concept] if name else []), measured(ER, 1, operator=77))
    assert short(one(record, "er_percent").value) == "absent: not_understood"


def test_equal_is_an_operator_that_is_known(cdm):
    concept = "INSERT INTO concept VALUES (77, '=', 'Meas Value Operator', 'Meas Value', 'x')"
    record, _ = cdm(concept, measured(ER, 1, operator=77))
    assert short(one(record, "er_percent").value) == 1


def test_a_unit_that_is_not_in_the_vocabulary_is_not_the_same_as_none(cdm):
    record, _ = cdm(measured(KI67, 20, unit=MISSING))
    assert short(one(record, "ki67_percent").value) == "absent: not_understood"
    written = "ALTER TABLE measurement ADD COLUMN unit_source_value VARCHAR"
    same = "UPDATE measurement SET unit_source_value = 'percent'"
    record, _ = cdm(measured(KI67, 20), written, same)
    assert short(one(record, "ki67_percent").value) == 20
    record, _ = cdm(measured(KI67, 20), written, same.replace("percent", "mm"))
    assert short(one(record, "ki67_percent").value) == "absent: not_understood"


@pytest.mark.parametrize(
    "status",
    [
        *("Ruled out", "Cancelled", "Family history", "Condition to be diagnosed by procedure"),
        *("Working diagnosis", "Not confirmed", "Probable", "Risk of"),
    ],
)
def test_a_condition_that_is_not_sure_or_not_theirs_is_none(cdm, status):
    record, _ = cdm(
        f"INSERT INTO concept VALUES (77, '{status}', 'Condition Status', 'Condition Status', 'x')",
        "DELETE FROM condition_occurrence",
        f"INSERT INTO condition_occurrence VALUES (9, 2, {BONE}, '2024-01-01', 77, 0)",
    )
    assert findings(record, "metastatic_sites") == []
    assert "not_confirmed" in codes(record)


@pytest.mark.parametrize("table", ["person", "concept"])
def test_people_and_concepts_that_stand_twice_are_refused(cdm, table):
    with pytest.raises(RecordError) as error:
        cdm(f"INSERT INTO {table} SELECT * FROM {table} LIMIT 2")
    assert [each.code for each in error.value.problems] == ["duplicate-id"]
    with pytest.raises(RecordError) as error:
        cdm(f"UPDATE {table} SET {table}_id = NULL WHERE {table}_id = 1")
    assert [each.code for each in error.value.problems] == ["missing-id"]


@pytest.mark.parametrize("person", [8, "NULL"])
def test_rows_of_nobody_are_counted(cdm, person):
    drug = f"INSERT INTO drug_exposure (drug_exposure_id, person_id) VALUES (1, {person})"
    _, orphans = cdm(measured(ER, 1, person=person), drug)
    assert orphans == {"drug": 1, "measurement": 1}


@pytest.mark.parametrize("born", ["1968, 13, 2", "1968, 2, 31", "2199, 1, 1", "19, 1, 1"])
def test_a_day_of_birth_that_cannot_be_is_told(cdm, born):
    year, month, day = born.split(", ")
    record, _ = cdm(
        f"UPDATE person SET year_of_birth = {year}, month_of_birth = {month}, day_of_birth = {day}"
    )
    assert short(one(record, "birth_date").value) == "absent: not_understood"
    assert "not_understood" in codes(record)


def test_what_lies_in_the_future_is_left_out_and_told(cdm):
    record, _ = cdm(
        measured(ER, 1, day="2099-01-05"),
        "INSERT INTO drug_exposure (drug_exposure_id, person_id, drug_concept_id, "
        "drug_exposure_start_date) VALUES (1, 2, 51, '2099-01-05')",
    )
    assert (findings(record, "er_percent"), record.treatments) == ([], ())
    assert codes(record).count("not_read") == 2


def test_a_treatment_that_ends_before_it_starts_has_neither_day(cdm):
    record, _ = cdm(
        "INSERT INTO drug_exposure (drug_exposure_id, person_id, drug_concept_id, "
        "drug_exposure_start_date, verbatim_end_date) VALUES (1, 2, 51, '2024-05-05', '2023-05-05')"
    )
    assert not {"start", "end"} & set(record.treatments[0].attributes)
    assert "contradicts" in codes(record)


@pytest.mark.parametrize("sign", ["\t", ";", "|", ","])
def test_the_columns_of_a_folder_may_be_parted_by_other_signs(tmp_path, dictionaries, sign):
    source = make(tmp_path / "cdm.duckdb")
    folder = tmp_path / "tables"
    folder.mkdir()
    database = duckdb.connect(str(source))
    for name in ("person", "concept", "measurement"):
        target = folder / f"{name}.csv"
        database.execute(f"COPY {name} TO '{target}' (HEADER, DELIMITER '{sign}')")
    with Workspace() as workspace:
        people = {
            each.id: each.record for each in open_omop(folder, dictionaries, workspace).people()
        }
    assert len(findings(people["1"], "er_percent")) == 2


@pytest.mark.parametrize("table", ["person", "concept", "measurement"])
def test_a_table_without_its_key_is_refused(tmp_path, dictionaries, table):
    text = {"person": "person_id\n1\n", "concept": "concept_id\n1\n", "measurement": "a\n1\n"}
    for name, rows in text.items():
        broken = "something else\n1\n" if name == table else rows
        if name != "measurement" or table == "measurement":
            (tmp_path / f"{name}.csv").write_text(broken)
    with Workspace() as workspace, pytest.raises(RecordError) as error:
        open_omop(tmp_path, dictionaries, workspace)
    assert {each.code for each in error.value.problems} == {"missing-column"}


def test_two_files_for_one_table_are_refused(tmp_path, dictionaries):
    for name in ("person.csv", "person.tsv", "concept.csv"):
        (tmp_path / name).write_text(f"{name[:-4]}_id\n1\n")
    with Workspace() as workspace, pytest.raises(RecordError) as error:
        open_omop(tmp_path, dictionaries, workspace)
    assert [each.code for each in error.value.problems] == ["which-table"]
