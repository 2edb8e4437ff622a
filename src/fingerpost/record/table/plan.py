"""A mapping held against the files that were given: which column is which, and what is missing."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from fnmatch import fnmatch

from fingerpost.record.dictionaries import Dictionaries
from fingerpost.record.table.cells import CellReader, Spelling, Tally, folded, says_something
from fingerpost.record.table.faults import Faults
from fingerpost.record.table.mapping import (
    AttributeShape,
    ColumnShape,
    MappingShape,
    TableShape,
    TreatmentColumnShape,
    WhenShape,
    WordsFromShape,
)
from fingerpost.record.table.workspace import Loaded
from fingerpost.record.written.attributes import ATTRIBUTES, Attribute
from fingerpost.record.written.category_text import squash
from fingerpost.record.written.value_reader import ValueReader

# An age has no entry in the catalogue: it is turned into the days of birth it allows.
AGE = Attribute("number", "age", unit="years", range=(0, 130))
_DAY = Attribute("date", "date")


@dataclass(frozen=True, slots=True)
class Words:
    """Where a word of a row comes from: a column with its meanings, or the mapping itself."""

    index: int | None
    values: dict[str, str]
    always: str | None = None

    def of(self, row: Sequence[str | None]) -> str | None:
        """The word for one row, or None."""
        if self.index is None:
            return self.always
        written = folded(row[self.index] or "")
        return self.values.get(written)

    def unread(self, row: Sequence[str | None], absent: frozenset[str]) -> str | None:
        """The word of a row that has no meaning here, and does say something."""
        word = row[self.index] if self.index is not None else None
        return word if self.of(row) is None and says_something(word, absent) else None


@dataclass(frozen=True, slots=True)
class Condition:
    """Whether a row counts, by the word in another column; never if that column is not there."""

    index: int | None
    words: frozenset[str]

    @property
    def known(self) -> bool:
        """Whether the other column is there."""
        return self.index is not None

    def holds(self, row: Sequence[str | None]) -> bool:
        """Whether the row has one of the words."""
        if self.index is None:
            return False
        return folded(row[self.index] or "") in self.words


@dataclass(frozen=True, slots=True)
class FactRule:
    """One column, ready to be read for one fact."""

    index: int
    column: str
    shape: ColumnShape
    cells: CellReader
    tally: Tally
    date: int | None
    days: CellReader
    unit: int | None
    site: int | None
    specimen: Words
    when: Condition | None
    unless: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class AttributeRule:
    """One attribute of a treatment, ready to be read."""

    name: str
    index: int | None
    column: str
    cells: CellReader
    tally: Tally
    always: str | list[str] | None


@dataclass(frozen=True, slots=True)
class TreatmentRule:
    """One yes-or-no column of a treatment."""

    index: int
    column: str
    shape: TreatmentColumnShape
    cells: CellReader
    tally: Tally
    attributes: tuple[AttributeRule, ...]


@dataclass(frozen=True, slots=True)
class TablePlan:
    """One file with its table of the mapping, every column found."""

    name: str
    shape: TableShape
    loaded: Loaded
    id: int | None
    sample: int | None
    specimen: Words
    absent: frozenset[str]
    days: CellReader
    facts: tuple[FactRule, ...] = ()
    treatments: tuple[TreatmentRule, ...] = ()
    rows: dict[str, int] = field(default_factory=dict)
    row_attributes: tuple[AttributeRule, ...] = ()
    row_when: Condition | None = None
    unmapped: tuple[str, ...] = ()


def find_column(header: Sequence[str], names: Iterable[str]) -> int | None:
    """The column of one of these names: as written, else whatever capitals and underscores it has.

    >>> find_column(["PATIENT_ID", "ER_STATUS"], ["ER Status"])
    1
    """
    wanted = list(names)
    for name in wanted:
        if name in header:
            return list(header).index(name)
    loose = [squash(each) for each in header]
    for name in wanted:
        if loose.count(squash(name)) == 1:
            return loose.index(squash(name))
    return None


def choose_table(name: str, header: Sequence[str], mapping: MappingShape) -> str | None:
    """Which table of the mapping a file is: by the pattern of its name, and by its columns."""
    found: list[tuple[int, str]] = []
    for table, shape in mapping.tables.items():
        if shape.file is not None and not fnmatch(name.casefold(), shape.file.casefold()):
            continue
        if all(find_column(header, [column]) is not None for column in shape.has):
            found.append((len(shape.has) + (shape.file is not None), table))
    return max(found, key=lambda pair: pair[0])[1] if found else None


class Planner:
    """Finds every column that a table of the mapping speaks of."""

    def __init__(self, mapping: MappingShape, dictionaries: Dictionaries, faults: Faults) -> None:
        self._mapping = mapping
        self._dictionaries = dictionaries
        self._faults = faults
        self._attributes = ValueReader(ATTRIBUTES, dictionaries.on)
        self._age = ValueReader({"age": AGE}, dictionaries.on)
        self._day = ValueReader({"date": _DAY}, None)

    def plan(self, name: str, loaded: Loaded) -> TablePlan:
        """The table with its columns; those that are missing are noted as problems."""
        shape = self._mapping.tables[name]
        finder = _Finder(loaded, self._faults, missing_ok=self._mapping.columns_may_be_missing)
        absent = self._absences(shape, {})
        plan = TablePlan(
            name,
            shape,
            loaded,
            finder.of(shape.id, needed=shape.id is not None) if shape.id else None,
            finder.of(shape.sample, needed=shape.id is None) if shape.sample else None,
            self._words(finder, shape.specimen),
            frozenset(folded(word) for word in absent),
            CellReader(self._day, "date", Spelling(absent=absent, dates=shape.dates)),
        )
        facts = tuple(
            rule
            for column, answers in shape.columns.items()
            for answer in answers
            if (rule := self._fact(finder, plan, column, answer)) is not None
        )
        treatments = tuple(
            given
            for treatment in shape.treatments
            if (given := self._treatment(finder, plan, treatment)) is not None
        )
        plan = replace(plan, facts=facts, treatments=treatments)
        plan = self._rows(finder, plan)
        for column in shape.not_used:
            finder.quietly(column)
        return replace(plan, unmapped=finder.left())

    def _absences(self, shape: TableShape, own: dict[str, str]) -> dict[str, str]:
        return {**self._mapping.absent, **shape.absent, **own}

    def _fact(
        self, finder: _Finder, plan: TablePlan, column: str, answer: ColumnShape
    ) -> FactRule | None:
        index = finder.of([column, *answer.also])
        if index is None:
            return None
        shape, written = plan.shape, plan.loaded.header[index]
        reader = self._age if answer.fact == "age" else self._dictionaries.reader
        cells = CellReader(
            reader,
            answer.fact,
            Spelling(
                values=answer.values,
                absent=self._absences(shape, dict(answer.absent)),
                member=answer.member,
                decimal=answer.decimal,
                dates=shape.dates,
            ),
        )
        answers = f"{answer.fact}: {answer.member}" if answer.member else answer.fact
        specimen = self._words(finder, answer.specimen) if answer.specimen else plan.specimen
        date = answer.date or shape.date
        return FactRule(
            index,
            written,
            answer,
            cells,
            Tally(plan.loaded.name, written, answers),
            finder.of([date]) if date else None,
            plan.days,
            finder.of([answer.unit_column]) if answer.unit_column else None,
            finder.of([answer.site]) if answer.site else None,
            specimen,
            _condition(finder, answer.when),
            tuple(
                found for name in answer.unless or () if (found := finder.of([name])) is not None
            ),
        )

    def _treatment(
        self, finder: _Finder, plan: TablePlan, shape: TreatmentColumnShape
    ) -> TreatmentRule | None:
        index = finder.of([shape.column, *shape.also])
        if index is None:
            return None
        written = plan.loaded.header[index]
        said = {word: ["yes"] for word in shape.yes} | {word: ["no"] for word in shape.no}
        cells = CellReader(
            self._attributes,
            "ongoing",
            Spelling(values=said, absent=self._absences(plan.shape, dict(shape.absent))),
        )
        named = ", ".join((*shape.classes, *shape.drugs)) or "treatment"
        return TreatmentRule(
            index,
            written,
            shape,
            cells,
            Tally(plan.loaded.name, written, f"treatment: {named}"),
            self._attribute_rules(finder, plan, shape.attributes),
        )

    def _attribute_rules(
        self, finder: _Finder, plan: TablePlan, shapes: dict[str, AttributeShape]
    ) -> tuple[AttributeRule, ...]:
        found = []
        for name, shape in shapes.items():
            index = finder.of([shape.column]) if shape.column else None
            if shape.column is not None and index is None:
                continue
            column = plan.loaded.header[index] if index is not None else ""
            cells = CellReader(
                self._attributes,
                name,
                Spelling(
                    values=shape.values,
                    absent=self._absences(plan.shape, dict(shape.absent)),
                    dates=plan.shape.dates,
                ),
            )
            always: str | list[str] | None = shape.value
            if shape.value is not None and len(shape.value) == 1:
                always = shape.value[0]
            tally = Tally(plan.loaded.name, column, f"treatment {name}")
            found.append(AttributeRule(name, index, column, cells, tally, always))
        return tuple(found)

    def _rows(self, finder: _Finder, plan: TablePlan) -> TablePlan:
        """The columns of a table whose rows are treatments or changes in genes."""
        rows: dict[str, int] = {}
        treatments, variants = plan.shape.treatment_rows, plan.shape.variants
        wanted: dict[str, str | None] = {}
        if treatments is not None:
            classes = treatments.classes.column if treatments.classes else None
            wanted |= {"drug": treatments.drug, "classes": classes, "regimen": treatments.regimen}
        if variants is not None:
            origin = variants.origin.column if variants.origin else None
            wanted |= {"gene": variants.gene, "change": variants.change, "origin": origin}
            wanted |= {"protein": variants.protein, "coding": variants.coding}
        for name, column in wanted.items():
            index = finder.of([column], needed=name in ("gene", "change")) if column else None
            if index is not None:
                rows[name] = index
        if treatments is None:
            return replace(plan, rows=rows)
        attributes = self._attribute_rules(finder, plan, treatments.attributes)
        when = _condition(finder, treatments.when)
        return replace(plan, rows=rows, row_attributes=attributes, row_when=when)

    def _words(self, finder: _Finder, named: str | WordsFromShape | None) -> Words:
        if not isinstance(named, WordsFromShape):
            return Words(None, {}, named)
        values = {folded(word): say for word, say in named.values.items()}
        return Words(finder.of([named.column]), values)


def _condition(finder: _Finder, when: WhenShape | None) -> Condition | None:
    if when is None:
        return None
    words = frozenset(folded(word) for word in when.is_)
    return Condition(finder.of([when.column]), words)


class _Finder:
    """Finds columns, remembers which were spoken of, and notes those that are missing."""

    def __init__(self, loaded: Loaded, faults: Faults, *, missing_ok: bool) -> None:
        self._loaded = loaded
        self._faults = faults
        self._missing_ok = missing_ok
        self._seen: set[int] = set()
        self._told: set[str] = set()

    def of(self, names: Iterable[str | None] | None, *, needed: bool = False) -> int | None:
        """The place of a column; one that is missing is a problem, unless that was to be expected."""
        wanted = [name for name in names or () if name]
        index = find_column(self._loaded.header, wanted)
        if index is not None:
            self._seen.add(index)
        elif wanted and (needed or not self._missing_ok) and wanted[0] not in self._told:
            self._told.add(wanted[0])
            self._missing(wanted[0])
        return index

    def quietly(self, name: str) -> None:
        """Note that a column is spoken of; it need not be there."""
        index = find_column(self._loaded.header, [name])
        if index is not None:
            self._seen.add(index)

    def left(self) -> tuple[str, ...]:
        """The columns that the mapping does not speak of."""
        return tuple(
            name or f"column {index + 1}, which has no name"
            for index, name in enumerate(self._loaded.header)
            if index not in self._seen
        )

    def _missing(self, name: str) -> None:
        near = difflib.get_close_matches(name, self._loaded.header, n=2, cutoff=0.6)
        advice = (
            " or ".join(f"`{each}`" for each in near) or "correct the mapping, or the delimiter"
        )
        what = f"there is no column `{name}`, which the mapping speaks of"
        self._faults.add("missing-column", self._loaded.name, what, advice)


def tallies(plans: Iterable[TablePlan]) -> list[Tally]:
    """The counts of all columns, in the order of the mapping."""
    found: list[Tally] = []
    for plan in plans:
        found += [rule.tally for rule in plan.facts]
        for treatment in plan.treatments:
            found.append(treatment.tally)
            found += [rule.tally for rule in treatment.attributes if rule.index is not None]
        found += [rule.tally for rule in plan.row_attributes if rule.index is not None]
    return found
