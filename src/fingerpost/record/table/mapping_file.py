"""Reading a mapping file: every fault with its line, and every name held against the catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fingerpost.errors import Problem, RecordError
from fingerpost.knowledge.validation import validate
from fingerpost.knowledge.yaml_source import Document, read_yaml
from fingerpost.record.dictionaries import Dictionaries
from fingerpost.record.form.context import closest, shown
from fingerpost.record.model import SPECIMENS
from fingerpost.record.table.cells import folded
from fingerpost.record.table.mapping import (
    AttributeShape,
    ColumnShape,
    MappingShape,
    TableShape,
    TreatmentColumnShape,
    TreatmentRowsShape,
    WordsFromShape,
)
from fingerpost.record.written.attributes import ATTRIBUTES
from fingerpost.record.written.value_reader import NotRead, ValueReader

_SHIPPED = Path(__file__).parent / "mappings"
At = tuple[str | int, ...]


@cache
def shipped_mappings() -> Mapping[str, Path]:
    """The mappings that come with Fingerpost, by name."""
    return {path.stem: path for path in sorted(_SHIPPED.glob("*.yaml"))}


def read_mapping(named: str, dictionaries: Dictionaries) -> MappingShape:
    """A mapping: one that is shipped, by its name, or a file.

    Raises:
        RecordError: there is none, or with everything that is wrong with it.
    """
    path = shipped_mappings().get(named) or Path(named)
    try:
        data = path.read_bytes()
    except OSError:
        known = ", ".join(shipped_mappings())
        what = "there is no such mapping"
        advice = f"the name of a file, or one of {known}"
        raise RecordError([Problem("unreadable-file", shown(named), what, "", advice)]) from None
    return parse_mapping(data, path.name, dictionaries)


def parse_mapping(data: bytes, name: str, dictionaries: Dictionaries) -> MappingShape:
    """The mapping that a YAML text holds.

    Raises:
        RecordError: with everything that is wrong with it, and where.
    """
    document, problems = read_yaml(data, name)
    if document is None:
        raise RecordError(problems)
    shape, faults = validate(document, MappingShape)
    problems = [*problems, *faults]
    if shape is not None:
        problems += _Lint(document, dictionaries).problems(shape)
    if problems or shape is None:
        raise RecordError(problems)
    return shape


@dataclass(frozen=True, slots=True)
class _Lint:
    """Holds the names of a mapping against the fact catalogue, the drugs and the classes."""

    document: Document
    dictionaries: Dictionaries

    def problems(self, shape: MappingShape) -> list[Problem]:
        """Everything that the shape alone cannot tell."""
        found: list[Problem] = []
        for name, table in shape.tables.items():
            at: At = ("tables", name)
            found += self._table(table, at)
        return found

    def _refuse(self, at: At, code: str, what: str, try_this: str = "") -> Problem:
        return Problem(code, self.document.where(at), what, "", try_this)

    def _table(self, table: TableShape, at: At) -> Iterator[Problem]:
        if table.id is None and table.sample is None:
            what = "this table names neither `id` nor `sample`, so its rows belong to nobody"
            yield self._refuse(at, "missing-key", what, "id: the column with the person's id")
        yield from self._specimen(table, at)
        for column, answers in table.columns.items():
            yield from self._answers(answers, table, (*at, "columns", column))
            if column in table.not_used:
                what = "this column stands under `columns` and under `not_used`"
                yield self._refuse((*at, "not_used", column), "contradiction", what, "keep one")
        for index, treatment in enumerate(table.treatments):
            yield from self._treatment(treatment, (*at, "treatments", index))
        if table.treatment_rows is not None:
            yield from self._rows(table.treatment_rows, (*at, "treatment_rows"))
        if table.variants is not None:
            changes = [(w, kind) for kind, words in table.variants.changes.items() for w in words]
            yield from self._one_meaning(changes, (*at, "variants", "changes"))
        if table.treatments_are_all and not (table.treatments or table.treatment_rows):
            what = "`treatments_are_all` is said of a table without treatments"
            yield self._refuse((*at, "treatments_are_all"), "contradiction", what, "leave it out")

    def _answers(self, answers: list[ColumnShape], table: TableShape, at: At) -> Iterator[Problem]:
        several = isinstance(_value_at(self.document, at), list)
        for index, answer in enumerate(answers):
            yield from self._column(answer, table, (*at, index) if several else at)

    def _treatment(self, treatment: TreatmentColumnShape, at: At) -> Iterator[Problem]:
        yield from self._attributes(treatment.attributes, (*at, "attributes"))
        yield from self._names(treatment.classes, treatment.drugs, at)
        said = [(word, "yes") for word in treatment.yes] + [(word, "no") for word in treatment.no]
        yield from self._one_meaning([*said, *treatment.absent.items()], at)

    def _rows(self, rows: TreatmentRowsShape, at: At) -> Iterator[Problem]:
        yield from self._attributes(rows.attributes, (*at, "attributes"))
        if rows.classes is None:
            return
        place = (*at, "classes")
        yield from self._names(rows.classes.value or [], [], (*place, "value"))
        yield from self._meanings(rows.classes, place)
        for word, named in rows.classes.values.items():
            yield from self._names(named, [], (*place, "values", word))

    def _meanings(self, shape: ColumnShape | AttributeShape, at: At) -> Iterator[Problem]:
        """A word is a value or says why there is none, and has one meaning."""
        yield from self._one_meaning([*shape.values.items(), *shape.absent.items()], at)

    def _one_meaning(self, said: Iterable[tuple[str, object]], at: At) -> Iterator[Problem]:
        """Words that differ only in capitals and spaces are the same word of a cell."""
        known: dict[str, object] = {}
        for word, meaning in said:
            if known.setdefault(folded(word), meaning) != meaning:
                what = f"the word `{shown(word)}` stands here with two meanings"
                yield self._refuse(at, "contradiction", what, "keep one")

    def _column(self, column: ColumnShape, table: TableShape, at: At) -> Iterator[Problem]:
        catalogue = self.dictionaries.reader.catalogue
        yield from self._meanings(column, at)
        if column.fact == "age":
            if column.date is None and table.date is None:
                what = "an age needs the column with the day on which it was true"
                yield self._refuse((*at, "fact"), "missing-key", what, "date: ...")
            return
        if column.fact not in catalogue:
            what = f"there is no fact `{column.fact}`"
            advice = closest(column.fact, (*catalogue, "age"))
            yield self._refuse((*at, "fact"), "unknown-fact", what, advice)
            return
        yield from self._specimen(column, at)
        if column.member is not None:
            yield from self._member(column, at)
            return
        for word, meaning in column.values.items():
            yield from self._value(
                self.dictionaries.reader, column.fact, meaning, (*at, "values", word)
            )

    def _member(self, column: ColumnShape, at: At) -> Iterator[Problem]:
        entry = self.dictionaries.reader.catalogue[column.fact]
        if entry.type != "set" or column.member not in entry.values:
            what = f"`{column.member}` is not a member of {column.fact}"
            advice = closest(column.member or "", entry.values)
            yield self._refuse((*at, "member"), "unknown-value", what, advice)
        for word, meaning in column.values.items():
            if meaning not in (["present"], ["absent"], ["yes"], ["no"]):
                what = "a word of a member means `present` or `absent`"
                yield self._refuse((*at, "values", word), "unknown-value", what)

    def _specimen(self, shape: ColumnShape | TableShape, at: At) -> Iterator[Problem]:
        named = shape.specimen
        words = named.values.values() if isinstance(named, WordsFromShape) else [named]
        for word in words:
            if word is not None and word not in SPECIMENS:
                what = f"`{shown(word)}` is not a kind of specimen"
                advice = f"one of {', '.join(SPECIMENS)}"
                yield self._refuse((*at, "specimen"), "unknown-value", what, advice)

    def _value(
        self, reader: ValueReader, fact: str, meaning: list[str], at: At
    ) -> Iterator[Problem]:
        entry = reader.catalogue[fact]
        raw: object = meaning[0] if len(meaning) == 1 else list(meaning)
        try:
            reader.read(fact, raw)
        except NotRead as fault:
            yield self._refuse(at, fault.code, fault.what, fault.try_this)
            return
        if entry.type == "category" and not set(meaning) <= {*entry.values, *entry.groups}:
            what = f"a mapping names the values of {fact} as the catalogue does"
            yield self._refuse(at, "unknown-value", what, f"one of {', '.join(entry.values)}")

    def _attributes(self, attributes: Mapping[str, AttributeShape], at: At) -> Iterator[Problem]:
        reader = ValueReader(ATTRIBUTES, None)
        for name, shape in attributes.items():
            place = (*at, name)
            yield from self._meanings(shape, place)
            if name not in ATTRIBUTES:
                what = f"a treatment has no attribute `{name}`"
                yield self._refuse(place, "unknown-key", what, closest(name, ATTRIBUTES))
                continue
            if (shape.column is None) == (shape.value is None):
                what = "an attribute has either a `column` or a `value`"
                yield self._refuse(place, "missing-key", what, "keep one of the two")
            if shape.value is not None:
                yield from self._value(reader, name, shape.value, (*place, "value"))
            for word, meaning in shape.values.items():
                yield from self._value(reader, name, meaning, (*place, "values", word))

    def _names(self, classes: list[str], drugs: list[str], at: At) -> Iterator[Problem]:
        known = self.dictionaries.classes
        for index, name in enumerate(classes):
            if name not in known:
                what = f"there is no family of drugs `{name}`"
                yield self._refuse(
                    (*at, "classes", index), "unknown-value", what, closest(name, known)
                )
        for index, name in enumerate(drugs):
            if not self.dictionaries.names.read(name).drugs:
                what = f"no drug is known by the name `{shown(name)}`"
                yield self._refuse((*at, "drugs", index), "unknown-value", what)


def _value_at(document: Document, path: At) -> object:
    here: object = document.tree
    for part in path:
        if isinstance(here, dict):
            here = here.get(part)
        elif isinstance(here, list) and isinstance(part, int):
            here = here[part]
        else:
            return None
    return here
