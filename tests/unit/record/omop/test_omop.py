"""An invented OMOP CDM 5.4, made in the test: each path from a table of the CDM to a record.

The concepts are made up of codes that Fingerpost's own knowledge names; their ids are invented.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import duckdb
import pytest

from fingerpost.errors import RecordError
from fingerpost.record.dictionaries import Dictionaries, dictionaries_of
from fingerpost.record.omop.codes import codes_as_csv
from fingerpost.record.omop.read import open_omop
from fingerpost.record.omop.tables import VIEWS
from fingerpost.record.table.workspace import Workspace
from fingerpost.terms import Answer
from tests.unit.record.said import attribute, findings, told, value
from tests.whole import whole_knowledge

ON = dt.date(2026, 11, 22)
CONCEPTS = [
    (1, "FEMALE", "Gender", "Gender", "F"),
    (10, "ER percent", "LOINC", "Lab Test", "85329-1"),
    (11, "HER2 by stain", "LOINC", "Lab Test", "85319-2"),
    (12, "Ki-67", "LOINC", "Lab Test", "85330-9"),
    (13, "ECOG performance status", "LOINC", "Survey", "89247-1"),
    (14, "Something else", "LOINC", "Lab Test", "718-7"),
    (20, "percent", "UCUM", "Unit", "%"),
    (30, "<", "Meas Value Operator", "Meas Value", "276136004"),
    (31, "Negative", "SNOMED", "Qualifier Value", "260385009"),
    (40, "Malignant neoplasm of breast", "SNOMED", "Disorder", "254837009"),
    (41, "Secondary malignant neoplasm of bone", "SNOMED", "Disorder", "94222008"),
    (42, "Secondary malignant neoplasm of liver", "ICD10CM", "Code", "C78.7"),
    (43, "Preliminary diagnosis", "Condition Status", "Condition Status", "OMOP4"),
    (50, "letrozole 2.5 MG Oral Tablet", "RxNorm", "Clinical Drug", "200064"),
    (51, "letrozole", "RxNorm", "Ingredient", "72965"),
    (52, "a trial drug", "RxNorm Extension", "Clinical Drug", "OMOP99"),
    (53, "tamoxifen", "RxNorm", "Ingredient", "10324"),
]
PEOPLE = [(1, 1, 1968, 4, 2), (2, 0, 1970, None, None), (3, 1, 1971, 5, None)]
MEASUREMENTS = [
    # id, person, concept, day, operator, number, value concept, unit, source concept, text
    (1, 1, 10, "2020-01-05", 0, 90.0, 0, 20, 0, None),
    (2, 1, 10, "2024-01-05", 30, 1.0, 0, 20, 0, None),
    (3, 1, 11, "2020-01-05", 0, None, 31, 0, 0, None),
    (4, 1, 12, "2020-01-05", 0, None, 0, 0, 0, "22 %"),
    (5, 1, 0, "2021-01-05", 0, 30.0, 0, 20, 12, None),
    (6, 1, 14, "2021-01-05", 0, 13.0, 0, 0, 0, None),
    (7, 2, 0, "2021-01-05", 0, 13.0, 0, 0, 0, None),
]


def make(target: Path) -> Path:
    database = duckdb.connect(str(target))
    tables = {
        "concept": (
            "concept_id INTEGER, concept_name VARCHAR, vocabulary_id VARCHAR, "
            "concept_class_id VARCHAR, concept_code VARCHAR",
            CONCEPTS,
        ),
        "person": (
            "person_id INTEGER, gender_concept_id INTEGER, year_of_birth INTEGER, "
            "month_of_birth INTEGER, day_of_birth INTEGER",
            PEOPLE,
        ),
        "measurement": (
            "measurement_id INTEGER, person_id INTEGER, measurement_concept_id INTEGER, "
            "measurement_date DATE, operator_concept_id INTEGER, value_as_number DOUBLE, "
            "value_as_concept_id INTEGER, unit_concept_id INTEGER, "
            "measurement_source_concept_id INTEGER, value_source_value VARCHAR",
            MEASUREMENTS,
        ),
        "observation": (
            "observation_id INTEGER, person_id INTEGER, observation_concept_id INTEGER, "
            "observation_date DATE, value_as_number DOUBLE",
            [(1, 1, 13, "2024-02-01", 1.0)],
        ),
        "condition_occurrence": (
            "condition_occurrence_id INTEGER, person_id INTEGER, condition_concept_id INTEGER, "
            "condition_start_date DATE, condition_status_concept_id INTEGER, "
            "condition_source_concept_id INTEGER",
            [
                (1, 1, 40, "2020-01-01", 0, 0),
                (2, 1, 41, "2023-12-01", 0, 0),
                (3, 3, 0, "2023-12-01", 0, 42),
                (4, 2, 41, "2023-12-01", 43, 0),
            ],
        ),
        "procedure_occurrence": (
            "procedure_occurrence_id INTEGER, person_id INTEGER, procedure_concept_id INTEGER, "
            "procedure_date DATE",
            [],
        ),
        "drug_exposure": (
            "drug_exposure_id INTEGER, person_id INTEGER, drug_concept_id INTEGER, "
            "drug_exposure_start_date DATE, drug_exposure_end_date DATE, verbatim_end_date DATE, "
            "stop_reason VARCHAR, drug_source_value VARCHAR",
            [
                (1, 1, 50, "2024-01-10", "2024-04-10", None, None, "x"),
                (2, 1, 50, "2024-04-12", "2024-07-12", None, "progression", "x"),
                (3, 1, 52, "2025-03-01", None, None, None, "x"),
                (4, 3, 53, "2024-01-01", "2024-02-01", "2024-06-30", None, "x"),
                (5, 3, 0, "2025-01-01", None, None, None, "Xyzamab 5 mg"),
            ],
        ),
        "concept_ancestor": (
            "ancestor_concept_id INTEGER, descendant_concept_id INTEGER",
            [(51, 50), (51, 51)],
        ),
        "cohort": (
            "cohort_definition_id INTEGER, subject_id INTEGER, cohort_start_date DATE",
            [(7, 1, "2021-06-01")],
        ),
    }
    for name, (columns, rows) in tables.items():
        database.execute(f"CREATE TABLE {name} ({columns})")
        for row in rows:
            marks = ", ".join("?" for _ in row)
            database.execute(f"INSERT INTO {name} VALUES ({marks})", list(row))
    database.close()
    return target


@pytest.fixture(scope="session")
def dictionaries() -> Dictionaries:
    knowledge = whole_knowledge()
    return dictionaries_of(knowledge.facts, knowledge.drugs, knowledge.codes, ON)


@pytest.fixture(scope="module")
def database(tmp_path_factory) -> Path:
    return make(tmp_path_factory.mktemp("cdm") / "cdm.duckdb")


def people_of(source: Path, dictionaries: Dictionaries, **more):
    with Workspace() as workspace:
        omop = open_omop(source, dictionaries, workspace, **more)
        people = {person.id: person.record for person in omop.people()}
        assert omop.count() == len(people)
        return people


@pytest.fixture(scope="module")
def people(database, dictionaries):
    return people_of(database, dictionaries)


def test_everybody_is_read(people):
    assert list(people) == ["1", "2", "3"]
    assert {record.kind for record in people.values()} == {"table"}


def test_birth_and_sex(people):
    assert str(value(people["1"], "birth_date").known) == "1968-04-02"
    assert value(people["1"], "sex") == "female"
    born = value(people["2"], "birth_date")
    assert (str(born.first), str(born.last)) == ("1970-01-01", "1970-12-31")
    assert findings(people["2"], "sex") == []


def test_a_number_with_its_unit_and_its_operator(people):
    first, second = findings(people["1"], "er_percent")
    assert first.value.known == 90
    assert (second.value.high, second.value.high_open) == (1, True)
    assert first.source.reference == "measurement 1"
    assert str(second.date.known) == "2024-01-05"


def test_a_value_that_is_a_concept(people):
    assert value(people["1"], "her2_ihc") == {"0", "1+"}


def test_a_value_in_words_and_a_code_of_the_source_only(people):
    first, second = findings(people["1"], "ki67_percent")
    assert (first.value.known, second.value.known) == (22, 30)


def test_an_observation(people):
    assert value(people["1"], "ecog") == 1


def test_conditions_by_snomed_and_by_icd_10(people):
    assert value(people["1"], "metastatic_sites") == ({"bone"}, set())
    assert value(people["3"], "metastatic_sites") == ({"liver"}, set())


def test_a_preliminary_diagnosis_is_none(people):
    assert findings(people["2"], "metastatic_sites") == []


def test_exposures_become_courses_of_ingredients(people):
    letrozole = [each for each in people["1"].treatments if each.drugs == ("letrozole",)]
    assert len(letrozole) == 1
    assert str(attribute(letrozole[0], "start").known) == "2024-01-10"


def test_an_end_that_was_written_down_counts_and_a_calculated_one_does_not(people):
    (tamoxifen,) = [each for each in people["3"].treatments if each.drugs == ("tamoxifen",)]
    assert str(attribute(tamoxifen, "end").known) == "2024-06-30"


def test_line_reason_and_completeness_stay_unknown(people):
    for record in people.values():
        assert record.treatments_complete is Answer.UNKNOWN
        for treatment in record.treatments:
            assert not {"line", "end_reason"} & set(treatment.attributes)


def test_a_drug_without_ingredient_may_be_any_drug(people):
    assert [each.unresolved for each in people["1"].treatments if each.unresolved] == [
        ("a trial drug",)
    ]
    assert "Xyzamab" in told(people["3"], "unresolved_drug")


def test_a_cohort_is_a_filter_and_its_start_the_last_day(database, dictionaries):
    people = people_of(database, dictionaries, cohort=7)
    assert list(people) == ["1"]
    assert len(findings(people["1"], "er_percent")) == 1
    assert people["1"].treatments == ()
    with pytest.raises(RecordError, match="cohort is empty"):
        people_of(database, dictionaries, cohort=8)


def test_one_person(database, dictionaries):
    with Workspace() as workspace:
        omop = open_omop(database, dictionaries, workspace)
        assert [person.id for person in omop.people("3")] == ["3"]
        assert findings(next(omop.people("3")).record, "metastatic_sites")
        assert list(omop.people("99")) == []


@pytest.mark.parametrize("ending", ["parquet", "csv"])
def test_a_folder_of_tables(ending, database, dictionaries, people, tmp_path):
    connection = duckdb.connect(str(database), read_only=True)
    for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall():
        connection.table(name)
        connection.execute(f"COPY {name} TO '{tmp_path / name}.{ending}'")
    connection.close()
    again = people_of(tmp_path, dictionaries)
    assert [each.findings for each in again.values()] == [each.findings for each in people.values()]


def test_what_is_missing_is_told(dictionaries, tmp_path):
    (tmp_path / "person.csv").write_text("person_id,year_of_birth\n1,1968\n")
    with pytest.raises(RecordError) as error:
        people_of(tmp_path, dictionaries)
    assert [each.code for each in error.value.problems] == ["missing-table"]
    (tmp_path / "concept.csv").write_text("concept_id,concept_name\n1,FEMALE\n")
    record = people_of(tmp_path, dictionaries)["1"]
    assert "drug_exposure" in told(record, "not_read")


def test_cells_that_are_not_of_their_type_are_told_and_not_lost(dictionaries, tmp_path):
    (tmp_path / "person.csv").write_text("person_id,year_of_birth\n1,SECRET\n")
    (tmp_path / "concept.csv").write_text("concept_id,concept_name\n1,FEMALE\n")
    with pytest.raises(RecordError) as error:
        people_of(tmp_path, dictionaries)
    (problem,) = error.value.problems
    assert (problem.code, "SECRET" in str(problem)) == ("broken-column", False)


@pytest.mark.parametrize("name", ["nothing.duckdb", "text.duckdb"])
def test_what_is_no_database(name, dictionaries, tmp_path):
    (tmp_path / "text.duckdb").write_text("no database")
    with pytest.raises(RecordError):
        people_of(tmp_path / name, dictionaries)


def test_an_empty_folder(dictionaries, tmp_path):
    with pytest.raises(RecordError, match="no table of the CDM"):
        people_of(tmp_path, dictionaries)


def test_the_codes_are_those_of_the_knowledge(dictionaries):
    lines = codes_as_csv(dictionaries.codes).splitlines()
    assert lines[0] == "vocabulary_id,concept_code"
    assert "LOINC,85329-1" in lines
    assert "SNOMED,94222008" in lines
    assert len(lines) == len(set(lines))


def test_the_views_name_no_concept_of_any_vocabulary():
    import re

    sql = "\n".join(line.partition("--")[0] for line in VIEWS.read_text().splitlines())
    assert not re.findall(r"concept_id\s*(?:=|<>|IN)\s*\(?\s*[1-9]", sql)
