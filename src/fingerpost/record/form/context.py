"""What the parts of the form reader share: the catalogue, the places, and all problems so far."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from fingerpost.errors import Problem
from fingerpost.record.drugs.names import DrugNames
from fingerpost.record.model import Message
from fingerpost.record.written.value_reader import NotRead, ValueReader

Path = tuple[str | int, ...]


@dataclass(slots=True)
class FormContext:
    """One form being read. Problems name keys and places, never what a person wrote there."""

    reader: ValueReader
    attributes: ValueReader
    names: DrugNames
    classes: frozenset[str]
    place: Callable[[Path], str]
    problems: list[Problem] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)

    def refuse(self, path: Path, code: str, what: str, try_this: str = "", why: str = "") -> None:
        """Note a problem and go on, so that all are told at once."""
        self.problems.append(Problem(code, self.place(path), what, why, try_this))

    def refuse_value(self, path: Path, fault: NotRead) -> None:
        """Note why a value could not be read."""
        self.refuse(path, fault.code, fault.what, fault.try_this)

    def unknown_keys(self, path: Path, mapping: dict[str, object], known: Iterable[str]) -> None:
        """Refuse every key that is not known, with the closest that is."""
        names = tuple(known)
        for key in mapping:
            if key not in names:
                what = f"there is no key `{shown(key)}` here"
                self.refuse((*path, key), "unknown-key", what, closest(key, names))


def closest(word: str, known: Iterable[str]) -> str:
    """Advice that names the closest known words, or all if there are few.

    >>> closest("setings", ["setting", "start"])
    'did you mean `setting`?'
    >>> closest("colour", ["setting", "start"])
    'one of setting, start'
    """
    names = sorted(known)
    close = difflib.get_close_matches(word.casefold()[:80], names, n=2, cutoff=0.6)
    if close:
        return f"did you mean {' or '.join(f'`{name}`' for name in close)}?"
    return f"one of {', '.join(names)}" if 0 < len(names) <= 16 else ""


def shown(text: str) -> str:
    """A key as it may stand in a message: short, in one line, and printable everywhere."""
    flat = " ".join(text.split())[:60]
    return flat.encode("utf-8", "replace").decode("utf-8")


def dotted(path: Path) -> str:
    """A place in a form as people read it.

    >>> dotted(("treatments", 0, "drugs"))
    'treatments[0].drugs'
    """
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{shown(part)}"
    return text.removeprefix(".")
