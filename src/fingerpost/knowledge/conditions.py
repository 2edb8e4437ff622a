"""Reading every criterion of the files into one graph, and telling every fault of every one.

The names that criteria may use are taken from the files as they were read: a fact with a wrong key
somewhere is still a fact, and must not make every criterion that names it look wrong as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import cast, get_args

from fingerpost.criteria.graph import Graph
from fingerpost.criteria.nodes import Constant, Named, Node
from fingerpost.criteria.parse import Parser
from fingerpost.criteria.problems import (
    CircularDefinitionError,
    CriterionError,
    CriterionProblem,
)
from fingerpost.criteria.vocabulary import FLAG_VALUES, FactType, TypeName, Vocabulary
from fingerpost.errors import Problem
from fingerpost.knowledge.references import Names, entries
from fingerpost.knowledge.yaml_source import Document, Path, as_map


@dataclass(frozen=True, slots=True)
class Definition:
    """One value of a derived fact: where its condition stands, and the condition."""

    document: Document
    path: Path
    fact: str
    value: str
    tree: object
    since: object

    @property
    def dated(self) -> object:
        """The condition, which means nothing before the day it was defined."""
        return {"all": [f"today >= {self.since}", self.tree]} if self.since else self.tree


@dataclass(slots=True)
class Conditions:
    """All criteria of the files: their numbers in one graph, by file and path."""

    vocabulary: Vocabulary
    graph: Graph = field(default_factory=Graph)
    numbers: dict[tuple[str, Path], int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def tell(self, document: Document, path: Path, fault: CriterionProblem, code: str) -> None:
        """Note a fault of the criterion that stands at `path`."""
        where = document.where_in((*path, *fault.path), fault.column)
        self.problems.append(Problem(code, where, fault.what, fault.why, fault.try_this))


@dataclass(slots=True)
class _Reader(Parser):
    """A parser that tells a faulty definition once, and not again for all that rests on it."""

    faulty: dict[tuple[str, str], CriterionError] = field(default_factory=dict)

    def define(self, fact: str, value: str) -> Node:
        """The condition, or one that stands in for it where the definition is faulty."""
        if (fact, value) not in self.faulty:
            try:
                return Parser.define(self, fact, value)
            except CriterionError as error:
                self.faulty[fact, value] = error
        # Never answered: with a fault anywhere, nothing is built from this graph.
        return Named(fact, value, Constant(holds=False))


_BESIDE_DERIVED = ("notices", "presumptions")


def read_conditions(documents: list[Document], names: Names) -> Conditions:
    """Parse every definition and every `when`; the graph does not depend on the order of files."""
    definitions = sorted(_definitions(documents), key=lambda entry: (entry.fact, entry.value))
    found = Conditions(_vocabulary(documents, definitions, names))
    reader = _Reader(found.vocabulary)
    for entry in definitions:
        number = found.graph.add(reader.define(entry.fact, entry.value))
        found.numbers[entry.document.name, entry.path] = number
    for entry in definitions:
        _tell_definition(found, entry, reader.faulty.get((entry.fact, entry.value)))
    for document in sorted(documents, key=lambda document: document.name):
        tree = document.tree
        if document.name.startswith("facts/"):
            # What stands under `derived` was read above, and is named there.
            tree = {key: value for key, value in as_map(tree).items() if key in _BESIDE_DERIVED}
        for path, when in _whens(tree, ()):
            _read_one(found, reader, document, path, when)
    return found


def _tell_definition(found: Conditions, entry: Definition, error: CriterionError | None) -> None:
    if error is None:
        return
    code = "circular" if isinstance(error, CircularDefinitionError) else "criterion"
    for fault in error.problems:
        # A dated definition is read inside an `all` that does not stand in the file.
        inside = fault.path[2:] if entry.since else fault.path
        found.tell(entry.document, entry.path, replace(fault, path=inside), code)


def _read_one(
    found: Conditions, reader: Parser, document: Document, path: Path, tree: object
) -> None:
    try:
        found.numbers[document.name, path] = found.graph.add(reader.parse(tree))
    except CriterionError as error:
        for fault in error.problems:
            found.tell(document, path, fault, "criterion")


def _definitions(documents: list[Document]) -> Iterator[Definition]:
    for document, name, entry in entries(documents, "derived"):
        path: Path = ("derived", name)
        if "when" in entry:
            since = entry.get("from")
            yield Definition(document, (*path, "when"), name, "yes", entry["when"], since)
        for value, part in as_map(entry.get("values")).items():
            if isinstance(part, dict) and "when" in part:
                place = (*path, "values", value, "when")
                yield Definition(document, place, name, value, part["when"], part.get("from"))


def _whens(tree: object, path: Path) -> Iterator[tuple[Path, object]]:
    if isinstance(tree, dict):
        for name, value in tree.items():
            if name in ("when", "unless"):
                yield (*path, name), value
            else:
                yield from _whens(value, (*path, name))
    elif isinstance(tree, list):
        for index, item in enumerate(tree):
            yield from _whens(item, (*path, index))


def _vocabulary(
    documents: list[Document], definitions: list[Definition], names: Names
) -> Vocabulary:
    derived: dict[str, dict[str, object]] = {}
    for definition in definitions:
        derived.setdefault(definition.fact, {})[definition.value] = definition.dated
    facts = {name: _type(entry) for _, name, entry in entries(documents, "facts")}
    facts |= {name: _type(entry) for _, name, entry in entries(documents, "derived")}
    attributes = {
        name: _type(entry) for _, name, entry in entries(documents, "treatment_attributes")
    }
    # What a treatment can hold is what the catalogues list.
    attributes["drug"] = FactType("set", tuple(sorted(names.ids("drug"))))
    attributes["class"] = FactType("set", tuple(sorted(names.ids("class"))))
    return Vocabulary(facts, attributes, derived)


def _type(entry: Mapping[str, object]) -> FactType:
    written = entry.get("type")
    kind = cast("TypeName", written if written in get_args(TypeName) else "category")
    groups = {
        name: tuple(str(value) for value in values)
        for name, values in as_map(entry.get("groups")).items()
        if isinstance(values, list)
    }
    return FactType(
        kind,
        FLAG_VALUES if kind == "flag" else tuple(as_map(entry.get("values"))),
        groups,
        *(_text(entry.get(key)) for key in ("unit", "since", "until")),
    )


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
