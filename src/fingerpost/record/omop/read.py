"""The rows of the views as records: each row becomes the resource that says the same in FHIR.

So a LOINC code, a unit, a "<" or a value that is itself a code mean the same whether they come from
a hospital's FHIR export or from its OMOP database. Each finding names the table and row it stood in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from fingerpost.record.dictionaries import Dictionaries
from fingerpost.record.model import Message, Record
from fingerpost.record.omop.codes import SYSTEMS, known_codes
from fingerpost.record.omop.owners import check_keys, rows_of_nobody
from fingerpost.record.omop.tables import VIEWS, Cdm, open_cdm
from fingerpost.record.omop.values import value_of
from fingerpost.record.table.faults import refused
from fingerpost.record.table.people import Person
from fingerpost.record.table.workspace import Workspace

_UNSURE = (
    *("prelim", "provis", "rule", "suspect", "differential", "possible", "probable", "presum"),
    *("cancel", "refute", "exclu", "not ", "unconfirmed", "error", "to be ", "working", "query"),
    *("history", "family", "risk", "negat"),
)
_TABLES = {
    "measurement": "measurement",
    "observation": "observation",
    "condition": "condition_occurrence",
    "procedure": "procedure_occurrence",
    "drug": "drug_exposure",
}
Row = Mapping[str, Any]


@dataclass(slots=True)
class Omop:
    """A CDM that was opened, ready to be read person by person."""

    workspace: Workspace
    dictionaries: Dictionaries
    cdm: Cdm
    # By kind of row, how many belong to nobody in the table of people.
    orphans: Mapping[str, int] = field(default_factory=dict)

    def count(self) -> int:
        """How many people there are."""
        return int(next(self.workspace.rows("SELECT count(*) FROM chosen"))[0])

    def people(self, patient: str | None = None) -> Iterator[Person]:
        """Every person in the order of their ids, or the one that is asked for."""
        where = "" if patient is None else "WHERE CAST(person_id AS VARCHAR) = ?"
        given = [] if patient is None else [patient]
        streams = [
            self._named(f"SELECT * FROM {table} {where}", given)  # noqa: S608
            for table in ("chosen", "found", "treated")
        ]
        heads = [next(stream, None) for stream in streams]
        while (person := heads[0]) is not None:
            heads[0] = next(streams[0], None)
            rows: list[list[Row]] = [[], []]
            for index in (1, 2):
                while (head := heads[index]) is not None:
                    if head["person_id"] > person["person_id"]:
                        break
                    rows[index - 1].append(head)
                    heads[index] = next(streams[index], None)
            yield Person(str(person["person_id"]), self._record(person, *rows))

    def _named(self, query: str, given: Sequence[Any]) -> Iterator[Row]:
        cursor = self.workspace.connection.cursor()
        cursor.execute(query, list(given))
        names = [each[0] for each in cursor.description or ()]
        while batch := cursor.fetchmany(2048):
            for row in batch:
                yield dict(zip(names, row, strict=True))

    def _record(self, person: Row, found: list[Row], treated: list[Row]) -> Record:
        # Only here: opening a database needs none of it.
        from fingerpost.record.fhir.read import read_fhir

        resources = [_patient(person), *map(_finding, found), *map(_drug, treated)]
        bundle = {
            "resourceType": "Bundle",
            "type": "collection",
            "entry": [{"resource": each} for each in resources],
        }
        record = read_fhir(bundle, self.dictionaries, self.cdm.name)
        return _as_table(record, self.cdm)


def open_omop(
    source: Path, dictionaries: Dictionaries, workspace: Workspace, *, cohort: int | None = None
) -> Omop:
    """Open a CDM and make the views of its findings and treatments.

    With a cohort, only its people are read, and of each only what happened up to the day on which
    they entered it.

    Raises:
        RecordError: it cannot be opened, or has nobody in it.
    """
    cdm = open_cdm(source, workspace)
    connection = workspace.connection
    connection.execute(
        "CREATE TABLE fingerpost_codes (vocabulary_id VARCHAR, concept_code VARCHAR)"
    )
    rows = [[name, code] for name, code in known_codes(dictionaries.codes)]
    connection.executemany("INSERT INTO fingerpost_codes VALUES (?, ?)", rows)
    connection.execute(VIEWS.read_text(encoding="utf-8"))
    check_keys(workspace, cdm.name)
    _choose(workspace, cohort)
    omop = Omop(workspace, dictionaries, cdm, rows_of_nobody(workspace))
    if not omop.count():
        what = "there is nobody in this database" if cohort is None else "this cohort is empty"
        raise refused("empty-table", cdm.name, what, "check the database and the cohort")
    return omop


def _choose(workspace: Workspace, cohort: int | None) -> None:
    """The people who are read, each with the last day that counts, and their rows up to it.

    Without a cohort all rows are handed on: what lies in the future is left out, and told, later.
    """
    if cohort is None:
        chosen = "SELECT p.*, CAST(NULL AS DATE) AS last_day FROM fingerpost_people p"
    else:
        chosen = f"""
            SELECT p.*, c.last_day FROM fingerpost_people p JOIN (
                SELECT subject_id, min(cohort_start_date) AS last_day FROM cohort
                WHERE cohort_definition_id = {int(cohort)} GROUP BY subject_id
            ) c ON c.subject_id = p.person_id
        """  # noqa: S608
    connection = workspace.connection
    connection.execute(f"CREATE TABLE chosen AS {chosen} ORDER BY person_id")
    for table, view, day, order in (
        ("found", "fingerpost_findings", "found_on", "v.kind, v.row_id"),
        ("treated", "fingerpost_treatments", "started_on", "v.row_id, v.ingredient_code"),
    ):
        connection.execute(
            f"CREATE TABLE {table} AS SELECT v.* FROM {view} v "  # noqa: S608
            f"JOIN chosen c ON c.person_id = v.person_id "
            f"WHERE v.{day} IS NULL OR c.last_day IS NULL OR v.{day} <= c.last_day "
            f"ORDER BY v.person_id, {order}"
        )


# --- rows as resources --------------------------------------------------------------------


def _patient(row: Row) -> dict[str, Any]:
    year, month, day = (row[f"{part}_of_birth"] for part in ("year", "month", "day"))
    born = ""
    if year:
        born = f"{int(year):04d}"
        if month:
            born += f"-{int(month):02d}" + (f"-{int(day):02d}" if day else "")
    patient = {"resourceType": "Patient", "id": f"person-{row['person_id']}"}
    gender = str(row["gender"] or "").casefold()
    more = {"birthDate": born, "gender": gender if gender in ("female", "male") else ""}
    return {**patient, **{name: said for name, said in more.items() if said}}


def _finding(row: Row) -> dict[str, Any]:
    kind = row["kind"]
    identifier = f"{_TABLES[kind]}-{row['row_id']}"
    shared: dict[str, Any] = {"id": identifier, "code": _concept(row)}
    day = row["found_on"].isoformat() if row["found_on"] else None
    match kind:
        case "condition":
            resource = {"resourceType": "Condition", **shared, "onsetDateTime": day}
            status = str(row["status"] or "").casefold()
            if any(word in status for word in _UNSURE):
                resource["verificationStatus"] = {"coding": [{"code": "provisional"}]}
        case "procedure":
            resource = {"resourceType": "Procedure", **shared, "status": "completed"}
            resource["performedDateTime"] = day
        case _:
            resource = {"resourceType": "Observation", **shared, "status": "final"}
            resource |= {"effectiveDateTime": day, **value_of(row)}
    return {name: said for name, said in resource.items() if said is not None}


def _concept(row: Row) -> dict[str, Any]:
    """Both codes of a row: the standard one and the one it was translated from."""
    several = []
    for vocabulary, code, name in (
        ("vocabulary_id", "concept_code", "concept_name"),
        ("source_vocabulary_id", "source_code", "source_name"),
    ):
        system = SYSTEMS.get(row[vocabulary] or "")
        coding = {"system": system or "", "code": row[code], "display": row[name]}
        if system and row[code] and coding not in several:
            several.append(coding)
    if several:
        return {"coding": several}
    return {"text": row["concept_name"] or row["source_name"] or ""}


def _drug(row: Row) -> dict[str, Any]:
    """An exposure to one ingredient, as a dose: doses without a long gap become one course."""
    coding = None
    if row["ingredient_code"] and row["ingredient_vocabulary_id"] in SYSTEMS:
        system = SYSTEMS[row["ingredient_vocabulary_id"]]
        name = row["ingredient_name"]
        coding = {"system": system, "code": row["ingredient_code"], "display": name}
    words = row["ingredient_name"] or row["drug_name"] or row["source_text"]
    concept = {"coding": [coding]} if coding else {"text": str(words or "a drug without a name")}
    start = row["started_on"].isoformat() if row["started_on"] else None
    when: dict[str, Any] = {"effectiveDateTime": start} if start else {}
    if start and row["ended_on"]:
        when = {"effectivePeriod": {"start": start, "end": row["ended_on"].isoformat()}}
    return {
        "resourceType": "MedicationAdministration",
        "id": f"drug_exposure-{row['row_id']}",
        "status": "completed",
        "medicationCodeableConcept": concept,
        **when,
    }


# --- as a record --------------------------------------------------------------------------


def _as_table(record: Record, cdm: Cdm) -> Record:
    """The record with the tables and rows of the CDM as the places where things stood."""
    findings = tuple(
        replace(
            each, source=replace(each.source, kind="table", reference=_place(each.source.reference))
        )
        for each in record.findings
    )
    treatments = tuple(
        replace(
            each, source=replace(each.source, kind="table", reference=_place(each.source.reference))
        )
        for each in record.treatments
    )
    messages = [replace(each, where=_place(each.where)) for each in record.messages]
    if cdm.missing:
        what = (
            f"this database has no table {', '.join(cdm.missing)}, so what it would say is unknown"
        )
        messages.append(Message("not_read", cdm.name, what))
    return replace(
        record, findings=findings, treatments=treatments, messages=tuple(messages), kind="table"
    )


def _place(reference: str) -> str:
    """A row of the CDM in place of the resource that stood for it.

    >>> _place("Observation/measurement-7, Observation/measurement-8")
    'measurement 7, measurement 8'
    """
    parts = [part.partition("/")[2] or part for part in reference.split(", ")]
    return ", ".join(_row_name(part) for part in parts)


def _row_name(part: str) -> str:
    table, _, number = part.rpartition("-")
    return f"{table} {number}" if table and number.isdigit() else part
