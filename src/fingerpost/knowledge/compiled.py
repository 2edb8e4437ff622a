"""The checked form of the knowledge: one JSON file, read in a few hundredths of a second.

It is named by the content of the files it was made from, so a changed file is never answered from an
old one. It begins with the digest of its own body; one that is damaged, or was written by another
version of the reader, is ignored and made again. It is never needed: without it, everything is read
from the files.
"""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import hashlib
import json
import os
import types
import typing
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache as once
from functools import cached_property, partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeAlias

from fingerpost.criteria import nodes
from fingerpost.criteria.graph import Graph
from fingerpost.criteria.nodes import NODE_CLASSES, TERM_CLASSES, Node
from fingerpost.criteria.vocabulary import Vocabulary
from fingerpost.knowledge import model
from fingerpost.knowledge.model import Knowledge
from fingerpost.knowledge.plan_model import Following

# How many states of the knowledge are kept beside each other.
KEPT = 4

# What json.loads gives, and the types that tell what it should become.
Json: TypeAlias = Any
Hint: TypeAlias = Any
_Decoder = Callable[[Json], Any] | None
_FOLLOWING = tuple(field.name for field in dataclasses.fields(Following) if field.init)
_BELOW = ("part", "parts", "where")


def read(folder: Path, content: str) -> Knowledge | None:
    """The knowledge compiled from files of that content, or None if there is none to be trusted."""
    try:
        digest, _, body = (folder / _name(content)).read_bytes().partition(b"\n")
        if digest.decode() != _digest(body):
            return None
        rows, *later = body.split(b"\n")
        return _knowledge(json.loads(rows), later, content)
    except (OSError, ValueError, TypeError, KeyError, IndexError):
        # Damaged, or of another shape: as good as not there.
        return None


def write(folder: Path, knowledge: Knowledge) -> None:
    """Keep the knowledge for the next start; a folder that cannot be written to is no fault."""
    rows: dict[str, Json] = {
        field.name: _plain(getattr(knowledge, field.name))
        for field in dataclasses.fields(Knowledge)
        if field.name not in ("graph", "codes", "following", "content")
    }
    rows["graph"] = _rows_of(knowledge.graph)
    later = [knowledge.codes, *(getattr(knowledge.following, name) for name in _FOLLOWING)]
    body = b"\n".join([_line(rows), *(_line(_plain(each)) for each in later)])
    target = folder / _name(knowledge.content)
    # Written beside and then renamed, so that nobody ever reads half a file.
    draft = target.with_suffix(f".{os.getpid()}.draft")
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(_digest(body).encode() + b"\n" + body)
        draft.replace(target)
        _forget_old(folder)


def _line(rows: Json) -> bytes:
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()


def _name(content: str) -> str:
    return f"knowledge-{content}-{reader()}.json"


@once
def reader() -> str:
    """A name for the code that reads: when it changes, what it once wrote is not used again."""
    digest = hashlib.sha256()
    for package in (Path(nodes.__file__).parent, Path(__file__).parent):
        for path in sorted(package.glob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def _forget_old(folder: Path) -> None:
    found = sorted(folder.glob("knowledge-*.json"), key=lambda path: path.stat().st_mtime)
    for path in found[:-KEPT]:
        path.unlink()


# --- writing ------------------------------------------------------------------------------


def _plain(value: object) -> Json:
    """A value as JSON can hold it; a dataclass becomes the list of its fields."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return [_plain(getattr(value, field.name)) for field in dataclasses.fields(value)]
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(part) for part in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def _rows_of(graph: Graph) -> list[list[Json]]:
    rows = []
    for node, below in zip(graph.nodes, graph.parts, strict=True):
        own = [_own(getattr(node, name)) for name in _own_fields(type(node))]
        rows.append([NODE_CLASSES.index(type(node)), own, list(below)])
    return rows


def _own(value: object) -> Json:
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, TERM_CLASSES):
        return [TERM_CLASSES.index(type(value)), *_plain(value)]
    return value


def _own_fields(node_class: type) -> list[str]:
    return [field.name for field in dataclasses.fields(node_class) if field.name not in _BELOW]


# --- reading ------------------------------------------------------------------------------


class Later(Mapping[str, Json]):
    """Rows that are read when somebody first asks: few starts need codes, or what follows an option."""

    def __init__(self, line: bytes, decode: Callable[[Json], Mapping[str, Json]]) -> None:
        self._line = line
        self._decode = decode

    @cached_property
    def _rows(self) -> Mapping[str, Json]:
        return self._decode(json.loads(self._line))

    def __getitem__(self, key: str) -> Json:
        return self._rows[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


def _knowledge(rows: dict[str, Json], lines: Sequence[bytes], content: str) -> Knowledge:
    names = {"Graph": Graph, "Vocabulary": Vocabulary, "KnowledgeOn": object}
    hints = typing.get_type_hints(Knowledge, vars(model), names)
    graph = _graph(rows.pop("graph"))
    decoded = {name: _decode(hints[name], value) for name, value in rows.items()}
    hints |= typing.get_type_hints(Following)
    found: Json = {
        name: Later(line, partial(_decode, hints[name]))
        for name, line in zip(("codes", *_FOLLOWING), lines, strict=True)
    }
    later = {"codes": found.pop("codes"), "following": Following(**found)}
    return Knowledge(**decoded, **later, graph=graph, content=content)


def _decode(hint: Hint, value: Json) -> Json:
    decode = _decoder(hint)
    return decode(value) if decode else value


@once
def _decoder(hint: Hint) -> _Decoder:
    """What turns JSON back into a value of that type; None where JSON's own value is right."""
    origin: Hint = typing.get_origin(hint)
    arguments = typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        choices = [choice for choice in arguments if choice is not types.NoneType]
        inner = _decoder(choices[0]) if len(choices) == 1 else None
        return None if inner is None else lambda value: None if value is None else inner(value)
    if origin is tuple:
        member = _decoder(arguments[0])
        return tuple if member is None else lambda value: tuple(map(member, value))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _mapping_decoder(_decoder(arguments[1]))
    if hint is dt.date:
        return dt.date.fromisoformat
    return _row_decoder(hint) if dataclasses.is_dataclass(hint) else None


def _mapping_decoder(inner: _Decoder) -> _Decoder:
    if inner is None:
        return MappingProxyType
    return lambda value: MappingProxyType({key: inner(part) for key, part in value.items()})


def _row_decoder(made: Hint) -> _Decoder:
    hints = typing.get_type_hints(made)
    decoders = [_decoder(hints[field.name]) for field in dataclasses.fields(made)]
    places = [(place, decode) for place, decode in enumerate(decoders) if decode is not None]
    width = len(decoders)

    def decode_row(row: list[Json]) -> Json:
        if len(row) != width:
            msg = "a row of another width"
            raise ValueError(msg)
        for place, decode in places:
            row[place] = decode(row[place])
        return made(*row)

    return decode_row


def _graph(rows: list[list[Json]]) -> Graph:
    made: list[Node] = []
    for kind, own, below in rows:
        names, several = _layout(NODE_CLASSES[kind])
        values = [_own_value(name, value) for name, value in zip(names, own, strict=True)]
        parts = [made[number] for number in below]
        made.append(NODE_CLASSES[kind](*values, *([tuple(parts)] if several else parts)))
    return Graph.restored(made, [tuple(below) for _, _, below in rows])


@once
def _layout(node_class: type) -> tuple[tuple[str, ...], bool]:
    """A node's own fields, and whether it has a tuple of parts rather than one or none."""
    several = dataclasses.fields(node_class)[-1].name == "parts"
    return tuple(_own_fields(node_class)), several


def _own_value(name: str, value: Json) -> Json:
    if name == "values":
        return frozenset(value)
    if name not in ("subject", "left", "right"):
        return value
    kind, *fields = value
    if TERM_CLASSES[kind] is nodes.DateLiteral:
        return nodes.DateLiteral(dt.date.fromisoformat(fields[0]))
    return TERM_CLASSES[kind](*fields)
