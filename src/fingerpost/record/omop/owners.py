"""Whether each person and each concept stands once, and which rows belong to nobody."""

from __future__ import annotations

from collections.abc import Mapping

from fingerpost.record.table.faults import Faults
from fingerpost.record.table.workspace import Workspace

_KEYS: Mapping[str, str] = {"person": "person_id", "concept": "concept_id"}


def check_keys(workspace: Workspace, name: str) -> None:
    """Refuse people or concepts that stand twice: every row that names them would be doubled.

    Raises:
        RecordError: with each table in which a key stands twice or is missing.
    """
    faults = Faults()
    for table, key in _KEYS.items():
        twice = (
            f"SELECT {key} FROM {table} WHERE {key} IS NOT NULL GROUP BY {key} HAVING count(*) > 1"  # noqa: S608
        )
        count = next(workspace.rows(f"SELECT count(*) FROM ({twice})"))[0]  # noqa: S608
        if count:
            what = f"{count} numbers in `{key}` stand in several rows"
            faults.add("duplicate-id", f"{name}: {table}", what, "keep one row of each")
        empty = next(workspace.rows(f"SELECT count(*) FROM {table} WHERE {key} IS NULL"))[0]  # noqa: S608
        if empty:
            what = f"{empty} rows have no `{key}`"
            faults.add("missing-id", f"{name}: {table}", what, "add it, or remove the rows")
    faults.stop()


def rows_of_nobody(workspace: Workspace) -> dict[str, int]:
    """By kind of row, how many belong to nobody who stands in the table of people."""
    query = """
        SELECT kind, count(*) FROM (
            SELECT kind, person_id FROM fingerpost_findings
            UNION ALL SELECT 'drug', person_id FROM fingerpost_treatments
        ) v
        WHERE v.person_id IS NULL OR v.person_id NOT IN (SELECT person_id FROM person)
        GROUP BY kind ORDER BY kind
    """
    return {str(kind): int(count) for kind, count in workspace.rows(query)}
