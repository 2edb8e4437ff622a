"""Whose rows they are: ids that are missing or stand twice, samples, and the order of people."""

from __future__ import annotations

from collections.abc import Sequence

from fingerpost.record.table.faults import Faults
from fingerpost.record.table.plan import TablePlan
from fingerpost.record.table.workspace import Workspace


def check_ids(workspace: Workspace, plans: Sequence[TablePlan], faults: Faults) -> None:
    """Rows without an id, and ids that stand twice where each person has one row."""
    for plan in plans:
        index = plan.id if plan.id is not None else plan.sample
        if index is None:
            what = "no column of this table says whose row it is"
            faults.add("missing-column", plan.loaded.name, what, "name `id` in the mapping")
            continue
        _without_id(workspace, plan, index, faults)
        if plan.shape.rows == "one" and plan.id is not None and plan.shape.variants is None:
            _twice(workspace, plan, plan.id, faults)


def _without_id(workspace: Workspace, plan: TablePlan, index: int, faults: Faults) -> None:
    table, column = plan.loaded.table, plan.loaded.column(index)
    query = f"SELECT place FROM {table} WHERE coalesce(trim({column}), '') = '' ORDER BY place"  # noqa: S608
    for (place,) in workspace.rows(query):
        where = f"{plan.loaded.name}:{place}, column {plan.loaded.header[index]}"
        what = "this row has no id, so nobody knows whose it is"
        faults.add("missing-id", where, what, "add the id, or remove the row")


def _twice(workspace: Workspace, plan: TablePlan, index: int, faults: Faults) -> None:
    table, column = plan.loaded.table, plan.loaded.column(index)
    query = f"""
        SELECT min(place), max(place), count(*) FROM {table}
        WHERE coalesce(trim({column}), '') <> '' GROUP BY trim({column})
        HAVING count(*) > 1 ORDER BY 1
    """  # noqa: S608
    for first, last, count in workspace.rows(query):
        what = f"{count} rows have the same id (the first and the last are rows {first} and {last})"
        advice = "remove one, or write `rows: several` in the mapping if a person has several rows"
        faults.add("duplicate-id", f"{plan.loaded.name}:{last}", what, advice)


def by_person(workspace: Workspace, plans: Sequence[TablePlan]) -> dict[str, int]:
    """Make every table once more, sorted by person; samples are followed to the person they are of.

    Gives back how many rows of each file are of samples that belong to nobody.
    """
    connection = workspace.connection
    orphans: dict[str, int] = {}
    linked = [plan for plan in plans if plan.id is not None and plan.sample is not None]
    union = " UNION ".join(
        f"SELECT trim(c{plan.sample}) AS sample, trim(c{plan.id}) AS person FROM {plan.loaded.table}"  # noqa: S608
        for plan in linked
    )
    if union:
        connection.execute(f"CREATE TABLE samples AS {union}")
    for plan in plans:
        table = plan.loaded.table
        columns = ", ".join(f"t.c{index}" for index in range(len(plan.loaded.header)))
        if plan.id is not None:
            source = f"SELECT trim(t.c{plan.id}) AS person, t.place, {columns} FROM {table} t"  # noqa: S608
        elif union:
            source = (
                f"SELECT s.person, t.place, {columns} FROM {table} t "  # noqa: S608
                f"JOIN samples s ON s.sample = trim(t.c{plan.sample})"
            )
        else:
            source = f"SELECT trim(t.c{plan.sample}) AS person, t.place, {columns} FROM {table} t"  # noqa: S608
        connection.execute(f"CREATE TABLE {table}_people AS {source} ORDER BY person, place")
        if plan.id is None and union:
            orphans[plan.loaded.name] = _orphans(workspace, plan)
    return orphans


def _orphans(workspace: Workspace, plan: TablePlan) -> int:
    """How many rows are of a sample that belongs to nobody in the tables."""
    query = f"""
        SELECT count(*) FROM {plan.loaded.table} t
        WHERE trim(t.c{plan.sample}) NOT IN (SELECT sample FROM samples WHERE sample IS NOT NULL)
    """  # noqa: S608
    found = workspace.connection.execute(query).fetchone()
    return int(found[0]) if found else 0
