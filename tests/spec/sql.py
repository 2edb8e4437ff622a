"""A second, independent evaluator: criteria as three-valued SQL on DuckDB.

It shares nothing with the planes or the reference but the nodes. It is here to keep them honest, and
it shows what a pure-SQL export has to watch: EXISTS and FILTER drop unknowns, `greatest` and `bool_or`
ignore NULL, and NOT does not bring a dropped row back.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from typing import Any

import duckdb

from fingerpost.criteria import Case, Node, Vocabulary
from fingerpost.criteria.nodes import (
    Agree,
    All,
    AnyOf,
    AtLeast,
    CompareDates,
    CompareNumber,
    Constant,
    CountTreatments,
    DateLiteral,
    FactTerm,
    Includes,
    IsOneOf,
    Named,
    Not,
    Today,
)
from fingerpost.terms import Answer
from fingerpost.values import Choice, Days, Interval, Members


def evaluate_in_sql(node: Node, cases: Sequence[Case], words: Vocabulary) -> list[Answer]:
    """The answers of one criterion for all these people."""
    return evaluate_all_in_sql([node], cases, words)[0]


def evaluate_all_in_sql(
    nodes: Sequence[Node], cases: Sequence[Case], words: Vocabulary
) -> list[list[Answer]]:
    """The answers of several criteria for all these people, in one query."""
    writer = Writer(words)
    with duckdb.connect() as database:
        _fill(database, "people", words.facts, [_row(i, c.facts, c) for i, c in enumerate(cases)])
        rows = [_row(i, t, c) for i, c in enumerate(cases) for t in c.treatments]
        _fill(database, "treatments", words.attributes, rows)
        columns = ", ".join(f"{writer.write(node, 'p')} AS c{i}" for i, node in enumerate(nodes))
        found = database.execute(f"SELECT {columns} FROM people p ORDER BY id").fetchall()
    names = {True: Answer.YES, False: Answer.NO, None: Answer.UNKNOWN}
    return [[names[row[index]] for row in found] for index in range(len(nodes))]


class Writer:
    """Writes a node as a SQL expression that is TRUE, FALSE or NULL."""

    def __init__(self, words: Vocabulary) -> None:
        """Remember the order of values, which gives each its bit."""
        self._facts = words.facts
        self._attributes = words.attributes

    def write(self, node: Node, row: str) -> str:
        match node:
            case Constant():
                return "TRUE" if node.holds else "FALSE"
            case Not():
                return f"(NOT {self.write(node.part, row)})"
            case Named():
                return self.write(node.part, row)
            case All():
                return "(" + " AND ".join(self.write(part, row) for part in node.parts) + ")"
            case AnyOf():
                return "(" + " OR ".join(self.write(part, row) for part in node.parts) + ")"
            case AtLeast():
                return self._at_least(node, row)
            case Agree():
                return self._agree(node, row)
            case CountTreatments():
                return self._count(node)
            case IsOneOf():
                column, order = self._column(node.subject, row)
                mask = sum(1 << order.index(value) for value in node.values)
                return self._decide(f"({column} & ~{mask}) = 0", f"({column} & {mask}) = 0")
            case Includes():
                column, order = self._column(node.subject, row)
                bit = 1 << order.index(node.member)
                return self._decide(f"({column}_in & {bit}) <> 0", f"({column}_out & {bit}) <> 0")
            case CompareNumber():
                return self._number(node, row)
            case CompareDates():
                return self._dates(node, row)

    def _column(self, subject: Any, row: str) -> tuple[str, list[str]]:
        if isinstance(subject, FactTerm):
            return f"p.{subject.name}", list(self._facts[subject.name].values)
        return f"t.{subject.name}", list(self._attributes[subject.name].values)

    @staticmethod
    def _decide(yes: str, no: str) -> str:
        return f"(CASE WHEN {yes} THEN TRUE WHEN {no} THEN FALSE END)"

    def _at_least(self, node: AtLeast, row: str) -> str:
        parts = [self.write(part, row) for part in node.parts]
        sure = " + ".join(f"(CASE WHEN {part} THEN 1 ELSE 0 END)" for part in parts)
        maybe = " + ".join(f"(CASE WHEN NOT {part} THEN 0 ELSE 1 END)" for part in parts)
        return self._decide(f"({sure}) >= {node.count}", f"({maybe}) < {node.count}")

    def _agree(self, node: Agree, row: str) -> str:
        parts = [self.write(part, row) for part in node.parts]
        yes = "(" + " OR ".join(f"({part}) IS TRUE" for part in parts) + ")"
        no = "(" + " OR ".join(f"({part}) IS FALSE" for part in parts) + ")"
        return self._decide(f"{yes} AND NOT {no}", f"{no} AND NOT {yes}")

    def _count(self, node: CountTreatments) -> str:
        where = self.write(node.where, "t")
        rows = f"(SELECT ({where}) AS w FROM treatments t WHERE t.id = p.id)"
        sure = f"(SELECT count(*) FROM {rows} WHERE w)"
        maybe = f"(SELECT count(*) FROM {rows} WHERE w IS NOT FALSE)"
        needed = node.at_least
        return self._decide(f"{sure} >= {needed}", f"p.complete AND {maybe} < {needed}")

    def _number(self, node: CompareNumber, row: str) -> str:
        column, _ = self._column(node.subject, row)
        number = f"{node.number!r}::DOUBLE"
        below = f"({column}_high < {number} OR ({column}_high = {number} AND {column}_high_open))"
        above = f"({column}_low > {number} OR ({column}_low = {number} AND {column}_low_open))"
        at_least, at_most = f"{column}_low >= {number}", f"{column}_high <= {number}"
        yes, no = {
            ">=": (at_least, below),
            ">": (above, at_most),
            "<": (below, at_least),
            "<=": (at_most, above),
        }[node.operator]
        return self._decide(yes, no)

    def _dates(self, node: CompareDates, row: str) -> str:
        left_first, left_last = self._ends(node.left)
        right_first, right_last = (self._moved(end, node) for end in self._ends(node.right))
        yes, no = {
            "<=": (f"{left_last} <= {right_first}", f"{left_first} > {right_last}"),
            "<": (f"{left_last} < {right_first}", f"{left_first} >= {right_last}"),
            ">=": (f"{left_first} >= {right_last}", f"{left_last} < {right_first}"),
            ">": (f"{left_first} > {right_last}", f"{left_last} <= {right_first}"),
        }[node.operator]
        return self._decide(yes, no)

    @staticmethod
    def _ends(term: Any) -> tuple[str, str]:
        match term:
            case Today():
                return "p.today", "p.today"
            case DateLiteral():
                return (f"DATE '{term.day}'",) * 2
            case FactTerm():
                return f"p.{term.name}_first", f"p.{term.name}_last"
            case _:
                return f"t.{term.name}_first", f"t.{term.name}_last"

    @staticmethod
    def _moved(end: str, node: CompareDates) -> str:
        # DATE + INTERVAL is a timestamp in DuckDB; the cast makes it a day again.
        return f"({end} + INTERVAL ({node.offset}) {node.unit})::DATE" if node.offset else end


def _fill(database: Any, table: str, types: Any, rows: list[dict[str, Any]]) -> None:
    columns = {"id": "INTEGER", "today": "DATE", "complete": "BOOLEAN"}
    for name, fact in types.items():
        match fact.type:
            case "category" | "flag":
                columns[name] = "INTEGER"
            case "number":
                columns |= {f"{name}_low": "DOUBLE", f"{name}_high": "DOUBLE"}
                columns |= {f"{name}_low_open": "BOOLEAN", f"{name}_high_open": "BOOLEAN"}
            case "date":
                columns |= {f"{name}_first": "DATE", f"{name}_last": "DATE"}
            case "set":
                columns |= {f"{name}_in": "INTEGER", f"{name}_out": "INTEGER"}
    declared = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
    database.execute(f"CREATE TABLE {table} ({declared})")
    marks = ", ".join("?" for _ in columns)
    orders = {name: list(fact.values) for name, fact in types.items()}
    for row in rows:
        plain = {key: row.get(key) for key in ("id", "today", "complete")}
        for name, value in row["values"].items():
            plain |= _plain(name, value, orders.get(name, []))
        database.execute(f"INSERT INTO {table} VALUES ({marks})", [plain.get(c) for c in columns])


def _row(number: int, values: Any, case: Case) -> dict[str, Any]:
    complete = case.treatments_complete is Answer.YES
    return {"id": number, "today": case.today, "complete": complete, "values": values}


def _plain(name: str, value: Any, order: list[str]) -> dict[str, Any]:
    match value:
        case Choice():
            return {name: sum(1 << order.index(v) for v in value.possible)}
        case Interval():
            return {
                f"{name}_low": value.low if value.low != -math.inf else -1e300,
                f"{name}_high": value.high if value.high != math.inf else 1e300,
                f"{name}_low_open": value.low_open,
                f"{name}_high_open": value.high_open,
            }
        case Days():
            first, last = value.first or dt.date(1, 1, 1), value.last or dt.date(9000, 1, 1)
            return {f"{name}_first": first, f"{name}_last": last}
        case Members():
            return {
                f"{name}_in": sum(1 << order.index(v) for v in value.present),
                f"{name}_out": sum(1 << order.index(v) for v in value.absent),
            }
    return {}
