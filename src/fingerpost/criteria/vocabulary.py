"""The names a criterion may use, and their types: what the fact catalogue promises the language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

TypeName = Literal["category", "flag", "number", "date", "set", "elapsed", "family"]

FLAG_VALUES = ("yes", "no")


@dataclass(frozen=True, slots=True)
class FactType:
    """The type of a fact or of a treatment attribute.

    `values` are all values of a category or members of a set; `groups` are names for several of
    them (`T1` for `T1mi`, `T1a` ...). An `elapsed` fact is the time from the date fact `since` to
    `until` (a date fact or `today`) in whole `unit`s. A `family` is derived: each value is a
    condition of its own (see `Vocabulary.derived`).
    """

    type: TypeName
    values: tuple[str, ...] = ()
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unit: str | None = None
    since: str | None = None
    until: str | None = None

    def expand(self, value: str) -> tuple[str, ...] | None:
        """The values that `value` stands for: itself, a group's members, or None if unknown."""
        if value in self.groups:
            return self.groups[value]
        return (value,) if value in self.values else None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Facts of the person, attributes of a treatment, and what each derived value means.

    `derived[fact][value]` is the condition as written in the knowledge files: text, or a nested
    mapping. The parser turns it into nodes when a criterion first uses it.
    """

    facts: Mapping[str, FactType]
    attributes: Mapping[str, FactType]
    derived: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
