"""What is decided about the treatments of a person, each decision with its reason."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from fingerpost.values import Days

Told = Literal["yes", "no", "unknown"]


@dataclass(frozen=True, slots=True)
class Decision:
    """One thing that was decided about one treatment: by which rule, and in words.

    `treatment` is its place in the list of treatments, from 0; `stated` is true when the record says so itself.
    """

    treatment: int
    attribute: Literal["new_line", "progression", "regimen"]
    answer: Told
    rule: str
    words: str
    stated: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line of therapy: its treatments in order, when it was, why it began and why it ended.

    `certain` is false when its first treatment may also belong to the line before. `low` and `high`
    are the ends of its number in its setting; no high end means that earlier ones may be missing.
    """

    treatments: tuple[int, ...]
    settings: tuple[str, ...]
    start: Days | None
    end: Days | None
    certain: bool
    why_began: str
    why_ended: str
    low: int | None = None
    high: int | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of one person, and every decision that led to them."""

    lines: tuple[Line, ...] = ()
    decisions: tuple[Decision, ...] = field(default=())
