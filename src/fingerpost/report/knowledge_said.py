"""One thing of the knowledge, or the list of all, as plain data for JSON."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from fingerpost.report.option_said import heading_of

if TYPE_CHECKING:
    from fingerpost.knowledge.model import (
        Caution,
        Compared,
        DerivedFact,
        Drug,
        Edition,
        Fact,
        Knowledge,
        Notice,
        Option,
        Paper,
        Presumption,
        Source,
        Test,
    )

    Rule = Caution | Notice | Presumption | Paper | Edition | Compared
    Thing = Option | Drug | Fact | DerivedFact | Test | Source | Rule

KINDS = (
    *("options", "drugs", "facts", "tests", "sources", "cautions"),
    *("notices", "presumptions", "papers", "editions", "compared"),
)


def things_of(kind: str, knowledge: Knowledge) -> Mapping[str, Thing]:
    """All things of one kind, by their ids; base and derived facts are one kind."""
    if kind == "facts":
        return {**knowledge.facts, **knowledge.derived}
    found: Mapping[str, Thing] = getattr(knowledge, kind)
    return found


def find(name: str, knowledge: Knowledge) -> list[tuple[str, Thing]]:
    """Everything that has this id; a drug is also found by any of its names."""
    found = [
        (kind, things_of(kind, knowledge)[name])
        for kind in KINDS
        if name in things_of(kind, knowledge)
    ]
    if not found:
        wanted = name.casefold()
        found = [("drugs", d) for d in knowledge.drugs.values() if wanted in _names(d)]
    return found


def _names(drug: Drug) -> set[str]:
    makes = [part for make in drug.biosimilars for part in (make.name, make.brand) if part]
    names = (drug.name, *drug.brands, *drug.also_written, *makes)
    return {each.casefold() for each in names}


def title_of(thing: Thing, knowledge: Knowledge) -> str:
    """What a thing is called in a list."""
    from fingerpost.knowledge.model import Drug, Option, Source

    match thing:
        case Option():
            return heading_of(thing, knowledge)
        case Drug():
            brands = f" ({', '.join(thing.brands)})" if thing.brands else ""
            return f"{thing.name}{brands}"
        case Source():
            return f"{thing.title} ({thing.publisher})"
        case _:
            # Rules are known by what they say, everything else by its label.
            title: str = getattr(thing, "text", "") or getattr(thing, "label", "")
            return title


def plain(value: object) -> object:
    """A thing as JSON can hold it; the numbers of conditions mean nothing outside and are left out.

    >>> plain({"a": (1, 2)})
    {'a': [1, 2]}
    """
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: plain(getattr(value, field.name))
            for field in dataclasses.fields(value)
            if field.name not in ("node", "unless_node")
        }
    if isinstance(value, Mapping):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [plain(part) for part in value]
    return value.isoformat() if isinstance(value, dt.date) else value
