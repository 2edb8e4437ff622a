"""The rules by which drug events become regimens, and regimens become lines of therapy.

Numbers and groups of drugs stand in `data/lines/`, each with its source; the code only applies them.
A rule that the files leave out does not apply, and what it would have settled stays unknown.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from fingerpost.dates import shift

State = Literal["verified", "weak", "unverified"]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """How another published rule set answers the same question."""

    source: str
    says: str
    state: State


@dataclass(frozen=True, slots=True)
class Rule:
    """What every rule says of itself: in plain words, and where it comes from."""

    id: str
    plain: str
    source: str | None
    state: State
    note: str | None
    elsewhere: tuple[Elsewhere, ...]
    place: str


@dataclass(frozen=True, slots=True)
class LinePeriod(Rule):
    """A number of days, months or years that decides something, and where it comes from."""

    amount: int
    unit: str

    def after(self, day: dt.date) -> dt.date:
        """The last day that is still within the period after a day.

        >>> LinePeriod("x", "", None, "weak", None, (), "", 28, "days").after(dt.date(2024, 1, 1))
        datetime.date(2024, 1, 29)
        """
        return shift(day, self.amount, self.unit)

    def before(self, day: dt.date) -> dt.date:
        """The first day that is still within the period before a day."""
        return shift(day, -self.amount, self.unit)

    @property
    def words(self) -> str:
        """The period as people say it: "28 days", "1 year"."""
        return f"{self.amount} {self.unit if self.amount != 1 else self.unit.removesuffix('s')}"


@dataclass(frozen=True, slots=True)
class LineGroup(Rule):
    """Drugs, or drugs of some families, that a rule treats alike."""

    drugs: tuple[str, ...]
    classes: tuple[str, ...]

    def holds(self, drug: str, classes: frozenset[str]) -> bool:
        """Whether a drug with these families belongs to the group."""
        return drug in self.drugs or not classes.isdisjoint(self.classes)


@dataclass(frozen=True, slots=True)
class Maintenance(Rule):
    """What may be added after a treatment has ended, and still belongs to its line."""

    after: tuple[str, ...]
    adds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phase:
    """What the drugs of one phase of a regimen must hold: each of these drugs and families."""

    drugs: tuple[str, ...]
    classes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sequence(Rule):
    """Two phases, given one after the other, that are one regimen around surgery."""

    first: Phase
    second: Phase
    either_order: bool


@dataclass(frozen=True, slots=True)
class RegimenName:
    """What a set of drugs is called: the drugs, one of some family, and no others."""

    id: str
    drugs: tuple[str, ...]
    one_of: tuple[str, ...]
    state: State
    source: str | None
    place: str


@dataclass(frozen=True, slots=True)
class Growth:
    """A fact that says that the cancer has grown: by its date, or by one of some values.

    With `settings` it says so only of treatment of one of them.
    """

    id: str
    values: tuple[str, ...]
    settings: tuple[str, ...]
    plain: str
    state: State
    source: str | None
    place: str


_EMPTY: Mapping[str, LinePeriod] = MappingProxyType({})
_NO_GROUPS: Mapping[str, LineGroup] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class LineRules:
    """All rules; those of several files together."""

    periods: Mapping[str, LinePeriod] = field(default_factory=lambda: _EMPTY)
    never_new: Mapping[str, LineGroup] = field(default_factory=lambda: _NO_GROUPS)
    swaps: Mapping[str, LineGroup] = field(default_factory=lambda: _NO_GROUPS)
    maintenance: Mapping[str, Maintenance] = field(default_factory=lambda: MappingProxyType({}))
    sequences: Mapping[str, Sequence] = field(default_factory=lambda: MappingProxyType({}))
    names: Mapping[str, RegimenName] = field(default_factory=lambda: MappingProxyType({}))
    growth: Mapping[str, Growth] = field(default_factory=lambda: MappingProxyType({}))
