"""The CDM tables of a site, wherever they lie, in the shape that the views expect.

A DuckDB file is attached for reading only. In a folder, each table is a Parquet or CSV file of its
name. A column that a site does not have is empty; a table that is needed and missing is told.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from fingerpost.record.table.faults import Faults, refused
from fingerpost.record.table.workspace import Workspace, named, quoted

VIEWS = Path(__file__).parent / "views.sql"
_INT, _DAY, _TEXT, _NUMBER = "BIGINT", "DATE", "VARCHAR", "DOUBLE"
_CONCEPTS = "concept_id:i concept_name:t vocabulary_id:t concept_class_id:t concept_code:t"
_TYPES = {"i": _INT, "d": _DAY, "t": _TEXT, "n": _NUMBER}


def _columns(text: str) -> dict[str, str]:
    return {name: _TYPES[kind] for name, _, kind in (each.partition(":") for each in text.split())}


# The columns of CDM 5.4 that the views read, by table.
TABLES: Mapping[str, dict[str, str]] = {
    "person": _columns(
        "person_id:i gender_concept_id:i year_of_birth:i month_of_birth:i day_of_birth:i"
    ),
    "condition_occurrence": _columns(
        "condition_occurrence_id:i person_id:i condition_concept_id:i condition_start_date:d "
        "condition_status_concept_id:i condition_source_concept_id:i"
    ),
    "measurement": _columns(
        "measurement_id:i person_id:i measurement_concept_id:i measurement_date:d "
        "operator_concept_id:i value_as_number:n value_as_concept_id:i unit_concept_id:i "
        "measurement_source_concept_id:i unit_source_value:t value_source_value:t"
    ),
    "observation": _columns(
        "observation_id:i person_id:i observation_concept_id:i observation_date:d "
        "value_as_number:n value_as_string:t value_as_concept_id:i unit_concept_id:i "
        "observation_source_concept_id:i unit_source_value:t"
    ),
    "procedure_occurrence": _columns(
        "procedure_occurrence_id:i person_id:i procedure_concept_id:i procedure_date:d "
        "procedure_source_concept_id:i"
    ),
    "drug_exposure": _columns(
        "drug_exposure_id:i person_id:i drug_concept_id:i drug_exposure_start_date:d "
        "verbatim_end_date:d drug_source_value:t"
    ),
    "concept": _columns(_CONCEPTS),
    "concept_ancestor": _columns("ancestor_concept_id:i descendant_concept_id:i"),
    "drug_strength": _columns("drug_concept_id:i ingredient_concept_id:i"),
    "cohort": _columns("cohort_definition_id:i subject_id:i cohort_start_date:d"),
}
NEEDED = ("person", "concept")
_ENDINGS = ("parquet", "pq", "csv", "csv.gz", "tsv", "tsv.gz")
# Without the column that says whose or what its rows are, a table would be read as empty.
_KEYS = frozenset(
    {
        *("person_id", "subject_id", "concept_id", "condition_concept_id", "drug_concept_id"),
        *("measurement_concept_id", "observation_concept_id", "procedure_concept_id"),
        *("ancestor_concept_id", "descendant_concept_id", "ingredient_concept_id"),
    }
)
# Without one of these nothing can be found, or nobody's treatment is known: each is told of.
USUAL = (
    *("condition_occurrence", "measurement", "observation", "procedure_occurrence"),
    *("drug_exposure", "concept_ancestor"),
)


@dataclass(frozen=True, slots=True)
class Cdm:
    """The tables that were found, and those that were not."""

    name: str
    missing: tuple[str, ...]


def open_cdm(source: Path, workspace: Workspace) -> Cdm:
    """Make every table of the CDM a view of the workspace.

    Raises:
        RecordError: it cannot be opened, or a table that is needed is not there.
    """
    found = _in_folder(source) if source.is_dir() else _in_database(source, workspace)
    missing = tuple(name for name in (*NEEDED, *USUAL) if name not in found)
    faults = Faults()
    for name in NEEDED:
        if name not in found:
            what = f"there is no table `{name}`"
            faults.add("missing-table", source.name, what, "a CDM 5.4 with its vocabulary tables")
    faults.stop()
    for name, columns in TABLES.items():
        _align(workspace, name, columns, found.get(name), faults)
    faults.stop()
    return Cdm(source.name, missing)


def _in_folder(source: Path) -> dict[str, str]:
    """The files of a folder that are tables of the CDM, as something to select from."""
    found: dict[str, str] = {}
    for path in sorted(source.iterdir()):
        name, _, ending = path.name.casefold().partition(".")
        if name not in TABLES:
            continue
        if name in found and ending in _ENDINGS:
            what = f"there are two files for the table `{name}`"
            raise refused("which-table", source.name, what, "keep one of them in the folder")
        if ending in ("parquet", "pq"):
            found[name] = f"read_parquet({named(path)})"
        elif ending in _ENDINGS:
            delimiter = _delimiter(path)
            found[name] = (
                f"read_csv({named(path)}, header = true, all_varchar = true, "
                f"delim = {quoted(delimiter)}, quote = '\"', escape = '\"')"
            )
    if not found:
        what = "this folder holds no table of the CDM"
        advice = "person.parquet, concept.csv ...: one file for each table"
        raise refused("missing-table", source.name, what, advice)
    return found


def _delimiter(path: Path) -> str:
    """What parts the names of the columns: the files of the vocabularies use tabs, and are .csv."""
    try:
        with gzip.open(path) if path.suffix.casefold() == ".gz" else path.open("rb") as file:
            first = file.readline(1 << 16)
    except (OSError, EOFError, zlib.error):
        first = b""
    return max(",\t;|", key=lambda sign: first.count(sign.encode()))


def _in_database(source: Path, workspace: Workspace) -> dict[str, str]:
    import duckdb

    if not source.is_file():
        raise refused("unreadable-file", source.name, "there is no such file or folder")
    try:
        workspace.connection.execute(f"ATTACH {quoted(str(source))} AS cdm (READ_ONLY)")
    except duckdb.Error:
        what = "this is no DuckDB database that can be opened"
        advice = "a .duckdb file that no other program has open, or a folder of tables"
        raise refused("broken-table", source.name, what, advice) from None
    query = (
        "SELECT lower(table_name), table_schema, table_name FROM information_schema.tables "
        "WHERE table_catalog = 'cdm'"
    )
    return {
        name: f'cdm."{schema}"."{table}"'
        for name, schema, table in workspace.rows(query)
        if name in TABLES
    }


def _align(
    workspace: Workspace, name: str, columns: dict[str, str], source: str | None, faults: Faults
) -> None:
    """One table of the CDM as a view with exactly the columns that are read, in their types."""
    import duckdb

    try:
        there = set(_present(workspace, source)) if source is not None else set()
        _refuse_without_key(name, columns, there, faults)
        parts = [_typed(column, kind, there) for column, kind in columns.items()]
        origin = f"FROM {source}" if source is not None else "WHERE false"
        workspace.connection.execute(f"CREATE VIEW {name} AS SELECT {', '.join(parts)} {origin}")
        for column, kind in columns.items():
            if source is not None and column in there and kind != _TEXT:
                _refuse_other_type(workspace, name, column, (kind, source), faults)
    except duckdb.Error:
        what = "this table cannot be read"
        faults.add("broken-table", name, what, "export it again")


def _refuse_without_key(
    name: str, columns: dict[str, str], there: set[str], faults: Faults
) -> None:
    """A table without the column that says whose or what its rows are would be read as empty."""
    keys = [each for each in columns if each in _KEYS] or [next(iter(columns))]
    for key in keys:
        if there and key not in there:
            what = f"there is no column `{key}` in this table"
            faults.add(
                "missing-column", name, what, "a table of CDM 5.4, its columns parted by commas"
            )


def _present(workspace: Workspace, source: str) -> Iterator[str]:
    for row in workspace.rows(f"DESCRIBE SELECT * FROM {source}"):  # noqa: S608
        yield str(row[0]).casefold()


def _typed(column: str, kind: str, there: set[str]) -> str:
    if column not in there:
        return f"CAST(NULL AS {kind}) AS {column}"
    return f"TRY_CAST({column} AS {kind}) AS {column}"


def _refuse_other_type(
    workspace: Workspace, name: str, column: str, more: tuple[str, str], faults: Faults
) -> None:
    """A cell that is not of its column's type would be lost: it is told of instead."""
    kind, source = more
    # An empty text is how CSV writes that there is nothing.
    query = (
        f"SELECT count(*) FROM {source} WHERE {column} IS NOT NULL "  # noqa: S608
        f"AND trim(CAST({column} AS VARCHAR)) <> '' AND TRY_CAST({column} AS {kind}) IS NULL"
    )
    count = next(workspace.rows(query))[0]
    if count:
        what = f"{count} cells of the column `{column}` are not of the type that CDM 5.4 asks for"
        faults.add("broken-column", name, what, f"make the column {kind.lower()}")
