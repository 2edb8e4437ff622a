"""The shape of lines/<disease>.yaml: how drug events become regimens and lines of therapy."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from fingerpost.knowledge.fields import SnakeId, SnakeIds, SourceId, State, Text, Words, refusal
from fingerpost.knowledge.files import PeriodShape, Shape

PeriodId = Literal[
    "one_regimen",
    "joins_line",
    "course_gap",
    "same_line_gap",
    "sequence_gap",
    "adjuvant_start",
    "adjuvant_chain",
    "neoadjuvant_start",
    "before_spread",
    "extended_adjuvant",
]


class ElsewhereShape(Shape):
    """How another published rule set answers the same question."""

    source: SourceId
    says: Text
    state: State


class RuleShape(Shape):
    """What every rule says of itself."""

    plain: Text
    source: SourceId | None = None
    state: State
    note: Text | None = None
    elsewhere: list[ElsewhereShape] = Field(default_factory=list)


class LinePeriodShape(RuleShape):
    """A period that decides something."""

    period: PeriodShape


class _Group(RuleShape):
    drugs: SnakeIds = Field(default_factory=list)
    classes: SnakeIds = Field(default_factory=list)

    @model_validator(mode="after")
    def _somebody(self) -> Self:
        if not self.drugs and not self.classes:
            raise refusal("missing-key", "this rule names no drug and no class")
        return self


class LineGroupShape(_Group):
    """Drugs that begin no line beside others."""


class SwapShape(_Group):
    """Drugs that can stand in for each other within a line."""


class MaintenanceShape(RuleShape):
    """What may be added after a treatment has ended, and still belongs to its line."""

    after: Annotated[SnakeIds, Field(min_length=1)]
    adds: Annotated[SnakeIds, Field(min_length=1)]


class PhaseShape(Shape):
    """What the drugs of one phase must hold: each of these drugs and families."""

    drugs: SnakeIds = Field(default_factory=list)
    classes: SnakeIds = Field(default_factory=list)


class SequenceShape(RuleShape):
    """Two phases that are one regimen around surgery."""

    first: PhaseShape
    second: PhaseShape
    either_order: bool = False


class RegimenNameShape(Shape):
    """What a set of drugs is called: these drugs, one of some family, and no others."""

    drugs: SnakeIds = Field(default_factory=list)
    one_of: SnakeIds = Field(default_factory=list)
    state: State
    source: SourceId | None = None


class GrowthShape(Shape):
    """A fact that says that the cancer has grown; without values it is the date of growth."""

    values: Words = Field(default_factory=list)
    settings: SnakeIds = Field(default_factory=list)
    plain: Text
    state: State
    source: SourceId | None = None


class LinesFile(Shape):
    """lines/<disease>.yaml: the rules of regimens and lines of therapy."""

    periods: dict[PeriodId, LinePeriodShape] = Field(default_factory=dict)
    never_new: dict[SnakeId, LineGroupShape] = Field(default_factory=dict)
    swaps: dict[SnakeId, SwapShape] = Field(default_factory=dict)
    maintenance: dict[SnakeId, MaintenanceShape] = Field(default_factory=dict)
    sequences: dict[SnakeId, SequenceShape] = Field(default_factory=dict)
    names: dict[Text, RegimenNameShape] = Field(default_factory=dict)
    growth: dict[SnakeId, GrowthShape] = Field(default_factory=dict)
