"""Which missing values could change an answer: exactly those, and not merely those it mentions.

Kleene's logic leaves a few answers unknown that are in fact settled (`hr positive, or hr negative and
...` when both ways lead to the same). A table over all values of all missing facts finds them: a fact
matters when two rows that differ only there have different answers.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from fingerpost.criteria.case import Case
from fingerpost.criteria.planes import Kernel
from fingerpost.criteria.worlds import Unknown, worlds_of
from fingerpost.terms import Answer

MOST_WORLDS = 1 << 15


@dataclass(frozen=True, slots=True)
class Deciding:
    """The missing values that could change one answer.

    `settled` is the answer when every way of filling them in gives the same one. `exact` is False
    when there were too many combinations for the table; then `unknowns` may hold some too many.
    """

    unknowns: tuple[Unknown, ...]
    settled: Answer | None
    exact: bool


def deciding_unknowns(
    kernel: Kernel, number: int, case: Case, missing: Sequence[Unknown]
) -> Deciding:
    """The missing values among `missing` that could change the answer of one node.

    The kernel should hold only what is below the node: the table is evaluated for all of it.
    """
    if math.prod(len(unknown.cells) for unknown in missing) > MOST_WORLDS:
        return Deciding(tuple(missing), None, exact=False)
    worlds, [(_, size)] = worlds_of([missing])
    planes = kernel.evaluate(case, worlds)
    sure, maybe = planes.definitely(number), planes.possibly(number)
    every = worlds.every
    if sure == every:
        return Deciding((), Answer.YES, exact=True)
    if maybe == 0:
        return Deciding((), Answer.NO, exact=True)
    return Deciding(tuple(_that_matter(missing, size, sure, maybe)), None, exact=True)


def _that_matter(missing: Sequence[Unknown], size: int, sure: int, maybe: int) -> list[Unknown]:
    found: list[Unknown] = []
    stride = size
    for unknown in missing:
        count = len(unknown.cells)
        stride //= count
        first_row = _rows_of_first_cell(stride, stride * count, size)
        differs = any(
            (plane >> (step * stride)) & first_row != plane & first_row
            for plane in (sure, maybe)
            for step in range(1, count)
        )
        if differs:
            found.append(unknown)
    return found


def _rows_of_first_cell(stride: int, period: int, size: int) -> int:
    return ((1 << stride) - 1) * (((1 << size) - 1) // ((1 << period) - 1))
