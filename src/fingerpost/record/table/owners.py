"""Whose rows they are: ids that are missing or stand twice, samples, and the order of people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from fingerpost.record.table.cells import NO_VALUE
from fingerpost.record.table.faults import Faults
from fingerpost.record.table.plan import TablePlan
from fingerpost.record.table.workspace import Workspace, quoted

# What nobody sees at the ends of an id: spaces of every kind, ends of lines, and signs of no width.
BLANKS = "".join(
    (
        *("\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680", *map(chr, range(0x2000, 0x200B))),
        *("\u2028\u2029\u202f\u205f\u3000", "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"),
    )
)


@dataclass(frozen=True, slots=True)
class Unowned:
    """Rows that were not joined: by file, those of samples of nobody, and people of no other table."""

    orphans: dict[str, int] = field(default_factory=dict)
    alone: dict[str, int] = field(default_factory=dict)


def bare(text: str | None) -> str:
    r"""An id without what nobody sees at its ends; `bare` of SQL does the same.

    >>> bare(" P-01\t\u200b"), bare(None)
    ('P-01', '')
    """
    return (text or "").strip(BLANKS)


def check_ids(workspace: Workspace, plans: Sequence[TablePlan], faults: Faults) -> None:
    """Rows without an id, and ids that stand twice where each person has one row."""
    blanks = quoted(BLANKS)
    workspace.connection.execute(f"CREATE MACRO bare(said) AS trim(said, {blanks})")
    for plan in plans:
        index = plan.id if plan.id is not None else plan.sample
        if index is None:
            what = "no column of this table says whose row it is"
            faults.add("missing-column", plan.loaded.name, what, "name `id` in the mapping")
            continue
        _without_id(workspace, plan, index, faults)
        if plan.shape.rows == "one" and plan.id is not None and plan.shape.variants is None:
            _twice(workspace, plan, plan.id, faults)
            _in_both(workspace, plan, plans, faults)


def _no_id(plan: TablePlan, column: str) -> str:
    """The condition in SQL that a cell names nobody: it is empty, or says that there is nothing."""
    words = ", ".join(quoted(word) for word in sorted({*NO_VALUE, *plan.absent}))
    return f"(coalesce(bare({column}), '') = '' OR lower(bare({column})) IN ({words}))"


def _without_id(workspace: Workspace, plan: TablePlan, index: int, faults: Faults) -> None:
    table, column = plan.loaded.table, plan.loaded.column(index)
    query = f"SELECT place FROM {table} WHERE {_no_id(plan, column)} ORDER BY place"  # noqa: S608
    for (place,) in workspace.rows(query):
        where = f"{plan.loaded.name}:{place}, column {plan.loaded.header[index]}"
        what = "this row has no id, so nobody knows whose it is"
        faults.add("missing-id", where, what, "add the id, or remove the row")


def _twice(workspace: Workspace, plan: TablePlan, index: int, faults: Faults) -> None:
    table, column = plan.loaded.table, plan.loaded.column(index)
    query = f"""
        SELECT min(place), max(place), count(*) FROM {table}
        WHERE coalesce(bare({column}), '') <> '' GROUP BY bare({column})
        HAVING count(*) > 1 ORDER BY 1
    """  # noqa: S608
    for first, last, count in workspace.rows(query):
        what = f"{count} rows have the same id (the first and the last are rows {first} and {last})"
        advice = "remove one, or write `rows: several` in the mapping if a person has several rows"
        faults.add("duplicate-id", f"{plan.loaded.name}:{last}", what, advice)


def _in_both(
    workspace: Workspace, plan: TablePlan, plans: Sequence[TablePlan], faults: Faults
) -> None:
    """Ids that stand in an earlier file of the same table: two sites may number alike."""
    for other in plans[: plans.index(plan)]:
        if other.name != plan.name or other.id is None:
            continue
        query = f"""
            SELECT max(a.place) FROM {plan.loaded.table} a JOIN {other.loaded.table} b
            ON bare(a.c{plan.id}) = bare(b.c{other.id}) GROUP BY bare(a.c{plan.id}) ORDER BY 1
        """  # noqa: S608
        for (place,) in workspace.rows(query):
            what = f"{other.loaded.name} has a row of the same id, and this may be another person"
            advice = "read the files one by one, or write `rows: several` in the mapping"
            faults.add("duplicate-id", f"{plan.loaded.name}:{place}", what, advice)


def by_person(workspace: Workspace, plans: Sequence[TablePlan], faults: Faults) -> Unowned:
    """Make every table once more, sorted by person; samples are followed to the person they are of.

    Gives back how many rows and people were not joined to anything in the other files.
    """
    connection = workspace.connection
    found = Unowned()
    union = _samples(workspace, plans, faults)
    for plan in plans:
        table = plan.loaded.table
        columns = ", ".join(f"t.c{index}" for index in range(len(plan.loaded.header)))
        if plan.id is not None:
            source = f"SELECT bare(t.c{plan.id}) AS person, t.place, {columns} FROM {table} t"  # noqa: S608
        elif union:
            source = (
                f"SELECT s.person, t.place, {columns} FROM {table} t "  # noqa: S608
                f"JOIN samples s ON s.sample = bare(t.c{plan.sample})"
            )
        else:
            source = f"SELECT bare(t.c{plan.sample}) AS person, t.place, {columns} FROM {table} t"  # noqa: S608
        connection.execute(f"CREATE TABLE {table}_people AS {source} ORDER BY person, place")
        if plan.id is None and union:
            found.orphans[plan.loaded.name] = _orphans(workspace, plan)
    _alone(workspace, plans, found, faults)
    return found


def _samples(workspace: Workspace, plans: Sequence[TablePlan], faults: Faults) -> bool:
    """Make the list of samples, each with its person; whether any table links the two."""
    linked = [plan for plan in plans if plan.id is not None and plan.sample is not None]
    union = " UNION ".join(
        f"SELECT bare(c{plan.sample}) AS sample, bare(c{plan.id}) AS person FROM {plan.loaded.table} "  # noqa: S608
        f"WHERE NOT {_no_id(plan, f'c{plan.sample}')}"
        for plan in linked
    )
    if not union:
        return False
    workspace.connection.execute(f"CREATE TABLE samples AS {union}")
    query = "SELECT count(*) FROM (SELECT sample FROM samples GROUP BY sample HAVING count(*) > 1)"
    count = next(workspace.rows(query))[0]
    if count:
        what = f"{count} samples are said to be of two people or more"
        names = ", ".join(plan.loaded.name for plan in linked)
        faults.add("duplicate-id", names, what, "give each sample an id of its own")
    return True


def _orphans(workspace: Workspace, plan: TablePlan) -> int:
    """How many rows are of a sample that belongs to nobody in the tables."""
    query = f"""
        SELECT count(*) FROM {plan.loaded.table} t
        WHERE bare(t.c{plan.sample}) NOT IN (SELECT sample FROM samples WHERE sample IS NOT NULL)
    """  # noqa: S608
    found = workspace.connection.execute(query).fetchone()
    return int(found[0]) if found else 0


def _alone(
    workspace: Workspace, plans: Sequence[TablePlan], found: Unowned, faults: Faults
) -> None:
    """Count the people of a file that no other table knows; if that is all of them, refuse it."""
    for plan in plans:
        others = [other for other in plans if other.name != plan.name]
        if not others or plan.shape.variants is not None:
            continue
        known = _people(others)
        query = f"""
            SELECT count(DISTINCT person), count(DISTINCT person)
            FILTER (WHERE person NOT IN ({known})) FROM {plan.loaded.table}_people
        """  # noqa: S608
        people, alone = next(workspace.rows(query))
        there = next(workspace.rows(f"SELECT count(*) FROM ({known})"))[0]  # noqa: S608
        if people and people == alone and there:
            what = "no id in this file stands in any file of another table, so nothing belongs together"
            advice = "write the ids in one way, with the same zeros, capitals and endings"
            faults.add("no-common-id", plan.loaded.name, what, advice)
        elif alone:
            found.alone[plan.loaded.name] = alone


def _people(plans: Iterable[TablePlan]) -> str:
    """Everybody in some tables, as SQL."""
    return " UNION ".join(
        f"SELECT person FROM {plan.loaded.table}_people WHERE person IS NOT NULL"  # noqa: S608
        for plan in plans
    )
