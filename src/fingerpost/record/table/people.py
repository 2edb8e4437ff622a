"""Tables as records: the rows of each person brought together, whatever files they stand in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from fingerpost.errors import RecordError
from fingerpost.record.dictionaries import Dictionaries
from fingerpost.record.model import Finding, Message, Record, Source
from fingerpost.record.table import excel_file
from fingerpost.record.table.before_birth import without_days_before_birth
from fingerpost.record.table.cells import Cell, Tally, born, says_something
from fingerpost.record.table.faults import Faults, refused
from fingerpost.record.table.fractions import check_fractions
from fingerpost.record.table.mapping import MappingShape, TableShape
from fingerpost.record.table.owners import Unowned, bare, by_person, check_ids
from fingerpost.record.table.panel import read_panel
from fingerpost.record.table.plan import (
    FactRule,
    Planner,
    TablePlan,
    choose_table,
    tallies,
)
from fingerpost.record.table.treatments import NO_MEANING, Treatments, not_understood
from fingerpost.record.table.variants import Sequencing, VariantReader, sequenced_samples
from fingerpost.record.table.workspace import Loaded, Workspace
from fingerpost.record.written import date_text
from fingerpost.terms import AbsenceKind
from fingerpost.values import Absent, Choice, Days, Interval, Value

Row = Sequence[str | None]
Rows = list[tuple[int, Row]]


@dataclass(frozen=True, slots=True)
class Person:
    """One person of a table: the id as written there, and the record."""

    id: str
    record: Record


@dataclass(slots=True)
class Tables:
    """Files that were opened and checked, ready to be read person by person."""

    workspace: Workspace
    dictionaries: Dictionaries
    plans: list[TablePlan]
    unowned: Unowned = field(default_factory=Unowned)
    variants: dict[str, VariantReader] = field(default_factory=dict)
    found: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def tallies(self) -> list[Tally]:
        """What was read of each column so far."""
        return tallies(self.plans)

    def people(self, patient: str | None = None) -> Iterator[Person]:
        """Every person in the order of their ids, or the one that is asked for."""
        sources = [self._stream(plan, patient) for plan in self.plans]
        heads = [next(source, None) for source in sources]
        while any(head is not None for head in heads):
            person = min(head[0] for head in heads if head is not None)
            rows: list[Rows] = [[] for _ in sources]
            for index, source in enumerate(sources):
                while (head := heads[index]) is not None and head[0] == person:
                    rows[index].append((head[1], head[2]))
                    heads[index] = next(source, None)
            yield Person(person, self._record(rows))

    @property
    def orphans(self) -> dict[str, int]:
        """By file, how many rows are of samples that belong to nobody."""
        return self.unowned.orphans

    def count(self) -> int:
        """How many people there are."""
        tables = [f"{plan.loaded.table}_people" for plan in self.plans]
        union = " UNION ".join(f"SELECT person FROM {table}" for table in tables)  # noqa: S608
        found = self.workspace.connection.execute(f"SELECT count(*) FROM ({union})").fetchone()  # noqa: S608
        return int(found[0]) if found else 0

    def _stream(self, plan: TablePlan, patient: str | None) -> Iterator[tuple[str, int, Row]]:
        query = f"SELECT * FROM {plan.loaded.table}_people"  # noqa: S608
        if patient is not None:
            query += " WHERE person = ?"
        parameters = [] if patient is None else [bare(patient)]
        for row in self.workspace.rows(query, parameters):
            yield row[0], row[1], row[2:]

    # --- one person -----------------------------------------------------------------------

    def _record(self, rows: list[Rows]) -> Record:
        findings: list[Finding] = []
        treatments = Treatments(self.dictionaries)
        messages: list[Message] = []
        samples: dict[str, str | None] = {}
        for plan, own in zip(self.plans, rows, strict=True):
            for place, row in own:
                self._facts(plan, place, row, findings, messages)
                treatments.from_columns(plan, place, row)
                if plan.sample is not None and plan.shape.variants is None:
                    samples[bare(row[plan.sample])] = plan.specimen.of(row)
            treatments.from_rows(plan, own)
        for plan, own in zip(self.plans, rows, strict=True):
            if plan.shape.variants is not None:
                found, told = self.variants[plan.loaded.table].read(own, samples)
                findings += found
                messages += told
        messages += treatments.messages
        findings, given, early = without_days_before_birth(findings, treatments.found)
        messages += early
        self.found.update((each.fact, _in_short(each.value)) for each in findings)
        return Record(
            tuple(findings),
            tuple(given),
            treatments.complete,
            tuple(messages),
            "table",
            self.plans[0].loaded.name,
        )

    def _facts(
        self,
        plan: TablePlan,
        place: int,
        row: Row,
        findings: list[Finding],
        messages: list[Message],
    ) -> None:
        for rule in plan.facts:
            if _left_out(rule, row, plan.absent):
                rule.tally.left_out += 1
                continue
            word = row[rule.index]
            cell = rule.cells.read(word, _unit(rule, row, word or ""))
            rule.tally.count(cell, word or "")
            if cell.kind == "empty":
                continue
            where = f"{plan.loaded.name}, row {place}, {rule.column}"
            if cell.kind == "unread":
                messages.append(not_understood(where, word, cell.problem))
            other = rule.specimen.unread(row, plan.absent)
            if other is not None:
                messages.append(not_understood(f"{where} (specimen)", other, NO_MEANING))
            finding = self._finding(rule, row, (cell, where), messages)
            if finding is not None:
                findings.append(finding)

    def _finding(
        self, rule: FactRule, row: Row, told: tuple[Cell, str], messages: list[Message]
    ) -> Finding | None:
        word = row[rule.index] or ""
        cell, where = told
        date = self._date(rule, row, where, messages)
        value = cell.value if cell.value is not None else Absent(AbsenceKind.NOT_UNDERSTOOD)
        fact = rule.shape.fact
        if fact == "age":
            fact = "birth_date"
            if isinstance(value, Interval):
                days = born(value, date) if date is not None else None
                if days is None:
                    what = "its day is not known, so it was not used"
                    messages.append(not_understood(where, word, what))
                value = days if days is not None else Absent(AbsenceKind.NOT_UNDERSTOOD)
        if date is not None and date_text.after(date, self.dictionaries.on):
            what = "left out: a result dated in the future"
            messages.append(Message("not_read", where, what, "correct the date"))
            return None
        return Finding(
            fact,
            value,
            date,
            Source("table", where, " ".join(word.split())[:300]),
            (row[rule.site] or None) if rule.site is not None else None,
            rule.specimen.of(row),
            cell.basis or rule.shape.basis,
            rule.shape.status,
            rule.shape.note,
        )

    def _date(self, rule: FactRule, row: Row, where: str, messages: list[Message]) -> Days | None:
        word = row[rule.date] if rule.date is not None else None
        cell = rule.days.read(word)
        if cell.kind == "unread":
            messages.append(not_understood(f"{where} (date)", word, cell.problem))
        return cell.value if isinstance(cell.value, Days) else None


def _unit(rule: FactRule, row: Row, word: str) -> str | None:
    """The unit of a number: that of the mapping, or of the row, where an empty cell names none."""
    if rule.unit is None:
        return rule.shape.unit
    beside = (row[rule.unit] or "").strip()
    stands_within = any(sign.isalpha() or sign == "%" for sign in word)
    return beside or (None if stands_within else "?")


def _in_short(value: Value | Absent) -> str:
    """A value for counting: a category by its name, anything else only as what kind it is."""
    match value:
        case Choice():
            return value.known or f"one of {', '.join(sorted(value.possible))}"
        case Absent():
            return f"no value: {value.kind.replace('_', ' ')}"
        case Interval():
            return "a number"
        case Days():
            return "a date"
        case _:
            return "members"


def _left_out(rule: FactRule, row: Row, absent: frozenset[str]) -> bool:
    """Whether the mapping says that this column is not read in this row."""
    if rule.when is not None and not rule.when.holds(row):
        return True
    return any(says_something(row[index], absent) for index in rule.unless)


# --- opening ------------------------------------------------------------------------------


def open_tables(  # noqa: PLR0913 (one door, every argument by its name)
    files: Sequence[Path],
    mapping: MappingShape,
    dictionaries: Dictionaries,
    workspace: Workspace,
    *,
    sheet: str | None = None,
    panel: Path | None = None,
) -> Tables:
    """Open the files, match them with the tables of the mapping, and check what can be checked.

    Raises:
        RecordError: with every problem of all files.
    """
    faults = Faults()
    planner = Planner(mapping, dictionaries, faults)
    plans: list[TablePlan] = []
    for path in files:
        try:
            plan = _open_one(path, mapping, planner, workspace, (sheet, faults))
        except RecordError as error:
            faults.problems += error.problems
            continue
        if plan is not None:
            plans.append(plan)
    _refuse_missing_tables(mapping, plans, faults)
    faults.stop()
    tables = Tables(workspace, dictionaries, plans)
    check_ids(workspace, plans, faults)
    check_fractions(workspace, plans, dictionaries.reader.catalogue, faults)
    faults.stop()
    tables.unowned = by_person(workspace, plans, faults)
    faults.stop()
    genes = read_panel(panel) if panel is not None else None
    _prepare(tables, genes)
    return tables


def _open_one(
    path: Path,
    mapping: MappingShape,
    planner: Planner,
    workspace: Workspace,
    more: tuple[str | None, Faults],
) -> TablePlan | None:
    sheet, faults = more
    name = _table_of(path, mapping, workspace, sheet)
    if name is None:
        what = "the mapping has no table for this file"
        advice = "check the name of the file, and its columns"
        raise refused("which-table", path.name, what, advice)
    shape = mapping.tables[name]
    if sheet is not None and excel_file.is_excel(path):
        shape = shape.model_copy(update={"sheet": sheet})
    loaded = workspace.load(path, shape, faults)
    return planner.plan(name, loaded)


def _table_of(
    path: Path, mapping: MappingShape, workspace: Workspace, sheet: str | None
) -> str | None:
    """Which table of the mapping a file is; with only one table it is that."""
    if len(mapping.tables) == 1:
        only = next(iter(mapping.tables))
        pattern = mapping.tables[only].file
        return (
            only
            if pattern is None or not mapping.columns_may_be_missing
            else (choose_table(path.name, header_of(path, workspace, sheet), mapping))
        )
    return choose_table(path.name, header_of(path, workspace, sheet), mapping)


def header_of(path: Path, workspace: Workspace, sheet: str | None = None) -> tuple[str, ...]:
    """The names of the columns of a file, without reading its rows.

    Raises:
        RecordError: it cannot be opened.
    """
    return workspace.header(path, TableShape(sheet=sheet))


def _refuse_missing_tables(mapping: MappingShape, plans: list[TablePlan], faults: Faults) -> None:
    there = {plan.name for plan in plans}
    if mapping.columns_may_be_missing or faults.problems:
        return
    for name, shape in mapping.tables.items():
        if name not in there and not shape.optional:
            what = f"the mapping has a table `{name}`, and no file for it was given"
            faults.add("missing-table", name, what, "name the file, or write `optional: true`")


# --- what a table of changes needs ---------------------------------------------------------


def _prepare(tables: Tables, genes: tuple[str, ...] | None) -> None:
    for plan in tables.plans:
        shape = plan.shape.variants
        if shape is None:
            continue
        samples = (
            sequenced_samples(plan.loaded.comments) if shape.sequenced == "comment" else frozenset()
        )
        who = Sequencing(
            samples, genes or _genes(tables, plan.loaded, plan.rows["gene"], shape.genes_studied)
        )
        reader = VariantReader(plan, shape, tables.dictionaries, who)
        tables.variants[plan.loaded.table] = reader


def _genes(tables: Tables, loaded: Loaded, index: int, studied: str | list[str]) -> tuple[str, ...]:
    if not isinstance(studied, str):
        return tuple(studied)
    query = f"SELECT DISTINCT trim(c{index}) FROM {loaded.table} WHERE c{index} IS NOT NULL"  # noqa: S608
    return tuple(sorted(row[0] for row in tables.workspace.rows(query)))
