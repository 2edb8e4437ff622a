"""Reading YAML so that a file means what it seems to say, and every value knows its place.

Plain YAML turns `NO` into false, `12:30:45` into 45045, `010` into 8, and lets the second of two
equal keys win in silence. Here a word stays a word: only `true`, `false`, `null`, whole numbers and
decimals are more than text, keys are always text, dates stay text for the model to read. Duplicate
keys, anchors, aliases, merge keys, tags and second documents are refused, because a reader who does
not know them would misread the file.

Problems name keys and places, never values: the same reader serves records of people.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, cast

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from fingerpost.errors import Problem

Path = tuple[str | int, ...]

# Deeper than any file of ours; a file that goes further is a mistake or an attack.
MAX_DEPTH = 40

# libyaml reads four times as fast; a PyYAML built without it gives the same events.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]{0,17})\.[0-9]{1,17}")
_WORDS: dict[str, object] = {"true": True, "false": False, "null": None, "~": None, "": None}

_ADVICE = {
    "mapping values are not allowed": "put quotation marks round text that holds a colon",
    "expected <block end>": "check the indentation, or put quotation marks round the text",
    "found unexpected end of stream": "close the quotation mark or bracket that is still open",
    "cannot start any token": "put quotation marks round the text; indent with spaces, not tabs",
}


def as_map(value: object) -> Mapping[str, object]:
    """What was read, if it is a map; an empty one in place of anything else."""
    return value if isinstance(value, dict) else {}


def as_list(value: object) -> list[object]:
    """What was read, if it is a list; an empty one in place of anything else."""
    return value if isinstance(value, list) else []


class Mark(NamedTuple):
    """A place in a file; both numbers start at 1."""

    line: int
    column: int


class Span(NamedTuple):
    """Where a value stands: where it begins, and whether it is as written from there on."""

    start: Mark
    verbatim: bool


@dataclass(frozen=True, slots=True)
class Document:
    """What one YAML file says, and where each part of it stands."""

    name: str
    tree: object
    keys: Mapping[Path, Mark]
    values: Mapping[Path, Span]

    def where(self, path: Path) -> str:
        """The place of a key or list item as `name:line:column`; of its nearest parent if absent.

        >>> document, _ = read_yaml(b"list: [1, 2]", "a.yaml")
        >>> document.where(("list", 1)), document.where(("list", "no such"))
        ('a.yaml:1:11', 'a.yaml:1:1')
        """
        return self._show(self.keys[self._known(path)])

    def where_in(self, path: Path, offset: int | None) -> str:
        """The place of a value, or of the character at `offset` in its text if that can be told.

        >>> document, _ = read_yaml(b"when: 'er is green'", "a.yaml")
        >>> document.where_in(("when",), 6)
        'a.yaml:1:14'
        """
        known = self._known(path)
        start, verbatim = self.values[known]
        if offset is None or not verbatim or known != path:
            return self._show(start)
        return self._show(Mark(start.line, start.column + offset))

    def _known(self, path: Path) -> Path:
        while path and path not in self.keys:
            path = path[:-1]
        return path

    def _show(self, mark: Mark) -> str:
        return f"{self.name}:{mark.line}:{mark.column}"


def read_yaml(data: bytes, name: str) -> tuple[Document | None, list[Problem]]:
    """Read one file; gives the document (None where nothing could be read) and every problem.

    A document that comes with problems may be looked at further, so that all faults are told at
    once, but it must not be used.

    >>> document, problems = read_yaml(b"{country: NO, country: 010}", "a.yaml")
    >>> document.tree
    {'country': 'NO'}
    >>> problems[0].what
    'the key `country` stands twice; it stands first in line 1'
    """
    builder = _Builder(name)
    text = _decode(data, builder)
    if text is None:
        return None, builder.problems
    try:
        tree = builder.document(yaml.parse(text, Loader=_LOADER))
    except yaml.YAMLError as error:
        builder.problems.append(_syntax_problem(error, name, text))
        return None, builder.problems
    if not builder.keys:
        return None, builder.problems
    return Document(name, tree, builder.keys, builder.values), builder.problems


def _decode(data: bytes, builder: _Builder) -> str | None:
    if data.startswith(codecs.BOM_UTF8):
        data = data.removeprefix(codecs.BOM_UTF8)
        what = "the file begins with a byte order mark"
        builder.refuse("yaml-encoding", Mark(1, 1), what, "save it as UTF-8 without a mark")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        mark = Mark(before.count(b"\n") + 1, error.start - before.rfind(b"\n"))
        builder.refuse("yaml-encoding", mark, "this is not UTF-8 text", "save the file as UTF-8")
        return None


def _syntax_problem(error: yaml.YAMLError, name: str, text: str) -> Problem:
    if isinstance(error, yaml.MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        said = ", ".join(part for part in (error.problem, error.context) if part)
        where = f"{name}:{mark.line + 1}:{mark.column + 1}" if mark else name
    else:
        # A character that no YAML may hold; the error knows only how far into the text it is.
        position = min(getattr(error, "position", 0), len(text))
        line = text.count("\n", 0, position) + 1
        where = f"{name}:{line}:{position - text.rfind(chr(10), 0, position)}"
        said = "a control character, as in a file that is not text"
    advice = next((tip for sign, tip in _ADVICE.items() if sign in said), "")
    why = "The rest of the file could not be read"
    return Problem("yaml-syntax", where, f"this is not YAML: {said}", why, advice)


@dataclass(slots=True)
class _Builder:
    """Turns the parser's events into a tree, noting places and refusing what may mislead."""

    name: str
    keys: dict[Path, Mark] = field(default_factory=dict)
    values: dict[Path, Span] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, code: str, mark: Mark, what: str, try_this: str, why: str = "") -> None:
        where = f"{self.name}:{mark.line}:{mark.column}"
        self.problems.append(Problem(code, where, what, why, try_this))

    def document(self, events: Iterator[Event]) -> object:
        """The tree of the first document; a second one is refused."""
        tree: object = None
        seen = 0
        for event in events:
            if not isinstance(event, DocumentStartEvent):
                continue
            seen += 1
            self._refuse_directives(event)
            if seen > 1:
                what = "a second document begins here"
                why = "Only the first would be read"
                self.refuse("yaml-documents", _start(event), what, "make two files of it", why)
                return tree
            tree = self._node(next(events), events, ())
        if tree is None and not self.problems:
            self.keys.clear()
            what = "the file is empty"
            self.refuse("yaml-empty", Mark(1, 1), what, "write its content, or remove it")
        return tree

    def _node(self, event: Event, events: Iterator[Event], path: Path) -> object:
        mark = _start(event)
        self.keys.setdefault(path, mark)
        self.values[path] = _span(event)
        self._refuse_extras(event)
        if len(path) > MAX_DEPTH:
            problem = f"nested more than {MAX_DEPTH} deep"
            raise yaml.MarkedYAMLError(problem=problem, problem_mark=_marks(event)[0])
        match event:
            case ScalarEvent():
                return _scalar(event)
            case SequenceStartEvent():
                return self._sequence(events, path)
            case MappingStartEvent():
                return self._mapping(events, path)
            case _:
                return None

    def _sequence(self, events: Iterator[Event], path: Path) -> list[object]:
        items: list[object] = []
        while not isinstance(event := next(events), SequenceEndEvent):
            items.append(self._node(event, events, (*path, len(items))))
        return items

    def _mapping(self, events: Iterator[Event], path: Path) -> dict[str, object]:
        entries: dict[str, object] = {}
        while not isinstance(event := next(events), MappingEndEvent):
            key = self._key(event, events, path)
            if key is None or key in entries:
                if key is not None:
                    self._refuse_twice(key, _start(event), self.keys[(*path, key)])
                self._pass_over(next(events), events, path)
                continue
            self.keys[(*path, key)] = _start(event)
            entries[key] = self._node(next(events), events, (*path, key))
        return entries

    def _key(self, event: Event, events: Iterator[Event], path: Path) -> str | None:
        if isinstance(event, ScalarEvent | AliasEvent):
            self._refuse_extras(event)
        if isinstance(event, ScalarEvent):
            if event.value != "<<" or event.style:
                return str(event.value)
            what = "the merge key `<<` is not allowed"
            self.refuse("yaml-merge", _start(event), what, "write the entries out")
            return None
        if not isinstance(event, AliasEvent):
            what = "a key must be a word, and this is a list or a map"
            self.refuse("yaml-key", _start(event), what, "put quotation marks round the key")
            self._pass_over(event, events, path)
        return None

    def _pass_over(self, event: Event, events: Iterator[Event], path: Path) -> None:
        """Read a value that has no place in the tree, so that its problems are told as well."""
        _Builder(self.name, problems=self.problems)._node(event, events, (*path, "?"))

    def _refuse_twice(self, key: str, mark: Mark, first: Mark) -> None:
        what = f"the key `{key}` stands twice; it stands first in line {first.line}"
        why = "Only one of them could be read"
        self.refuse("yaml-duplicate-key", mark, what, "remove one of them", why)

    def _refuse_extras(self, event: Event) -> None:
        mark = _start(event)
        if isinstance(event, NodeEvent) and event.anchor is not None:
            sign = "alias `*" if isinstance(event, AliasEvent) else "anchor `&"
            what = f"the {sign}{event.anchor}` is not allowed"
            why = "A file must be readable line by line"
            self.refuse("yaml-anchor", mark, what, "write the value out where it is needed", why)
        if getattr(event, "tag", None) is not None:
            what = "tags (`!...`) are not allowed"
            self.refuse("yaml-tag", mark, what, "remove the tag; put quotation marks round text")

    def _refuse_directives(self, event: DocumentStartEvent) -> None:
        if event.version or event.tags:
            what = "directives (`%...`) are not allowed"
            self.refuse("yaml-directive", _start(event), what, "remove the line")


def _marks(event: Event) -> tuple[yaml.Mark, yaml.Mark]:
    """Where an event begins and ends; events that were read from text always know it."""
    return cast("yaml.Mark", event.start_mark), cast("yaml.Mark", event.end_mark)


def _start(event: Event) -> Mark:
    start, _ = _marks(event)
    return Mark(start.line + 1, start.column + 1)


def _span(event: Event) -> Span:
    """Where the text of a scalar begins, and whether it is written there character by character."""
    start, end = _marks(event)
    if not isinstance(event, ScalarEvent):
        return Span(_start(event), verbatim=False)
    quotes = 1 if event.style in ("'", '"') else 0
    length = end.column - start.column - 2 * quotes
    verbatim = start.line == end.line and length == len(event.value)
    return Span(Mark(start.line + 1, start.column + 1 + (quotes if verbatim else 0)), verbatim)


def _scalar(event: ScalarEvent) -> object:
    """The value of a scalar: text, unless it is one of the few plain words or numbers."""
    text: str = event.value
    if event.style:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _WHOLE.fullmatch(text):
        return int(text)
    return float(text) if _DECIMAL.fullmatch(text) else text
