"""What the importers need to know of facts, drugs and codes, whoever provides it.

`Knowledge.facts`, `Knowledge.drugs` and `Knowledge.codes` fit; a test may bring its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol


class FactEntry(Protocol):
    """A fact as the catalogue describes it: its type, values, unit and range."""

    @property
    def type(self) -> str:
        """category, flag, number, date or set."""
        ...

    @property
    def values(self) -> Mapping[str, str]:
        """Each value, and its plain label."""
        ...

    @property
    def groups(self) -> Mapping[str, tuple[str, ...]]:
        """Names for several values."""
        ...

    @property
    def also_written(self) -> Mapping[str, str]:
        """Other spellings of values."""
        ...

    @property
    def unit(self) -> str | None:
        """The unit of a number."""
        ...

    @property
    def range(self) -> tuple[float | None, float | None] | None:
        """The lowest and highest number that can be true."""
        ...

    @property
    def label(self) -> str:
        """What a clinician calls it."""
        ...

    @property
    def question(self) -> str | None:
        """The question that asks for it."""
        ...

    @property
    def where(self) -> str | None:
        """Where it stands on a report."""
        ...


class BiosimilarEntry(Protocol):
    """Another make of a drug."""

    @property
    def name(self) -> str:
        """Its name."""
        ...

    @property
    def brand(self) -> str | None:
        """The name it is sold under."""
        ...


class DrugCodeEntry(Protocol):
    """A code that stands for a drug."""

    @property
    def system(self) -> str:
        """The code system, by its short name."""
        ...

    @property
    def code(self) -> str:
        """The code."""
        ...


class DrugEntry(Protocol):
    """A drug with its names, classes and codes."""

    @property
    def name(self) -> str:
        """Its name."""
        ...

    @property
    def brands(self) -> Sequence[str]:
        """The names it is sold under."""
        ...

    @property
    def biosimilars(self) -> Sequence[BiosimilarEntry]:
        """Other makes of it."""
        ...

    @property
    def also_written(self) -> Sequence[str]:
        """Other spellings of values."""
        ...

    @property
    def classes(self) -> Sequence[str]:
        """The families it belongs to."""
        ...

    @property
    def codes(self) -> Sequence[DrugCodeEntry]:
        """Its codes."""
        ...

    @property
    def components(self) -> Sequence[str]:
        """The drugs in a fixed combination."""
        ...


Catalogue = Mapping[str, FactEntry]
Drugs = Mapping[str, DrugEntry]
