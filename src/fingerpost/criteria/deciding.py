"""Which missing values could change an answer: exactly those, and not merely those it mentions.

Kleene's logic leaves a few answers unknown that are in fact settled (`hr positive, or hr negative and
...` when both ways lead to the same). A table over all values of all missing facts finds them: a fact
matters when two rows that differ only there have different answers.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

from fingerpost.criteria.case import Case
from fingerpost.criteria.planes import Kernel, Planes
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

    The kernel should hold only what is below the node: the table is evaluated for all of it. Rows
    whose values would contradict what the record says cannot come about and are left out.
    """
    if math.prod(len(unknown.cells) for unknown in missing) > MOST_WORLDS:
        return Deciding(tuple(missing), None, exact=False)
    worlds, [(_, size)] = worlds_of([missing])
    planes = kernel.evaluate(case, worlds)
    possible = worlds.every & ~contradictory(kernel, planes, kernel.evaluate(case))
    sure, maybe = planes.definitely(number), planes.possibly(number)
    if sure & possible == possible:
        return Deciding((), Answer.YES, exact=True)
    if maybe & possible == 0:
        return Deciding((), Answer.NO, exact=True)
    matter = _that_matter(missing, size, (sure, maybe), possible)
    return Deciding(tuple(matter), None, exact=True)


def contradictory(kernel: Kernel, planes: Planes, base: Planes) -> int:
    """Worlds in which a value would contradict something the record says: they cannot be."""
    found = 0
    for number in kernel.agreements:
        parts = kernel.graph.parts[number]
        if not _quarrels(parts, base):
            found |= _quarrels(parts, planes)
    return found


def _quarrels(parts: Sequence[int], planes: Planes) -> int:
    some_yes, none_no = 0, planes.every
    for part in parts:
        some_yes |= planes.definitely(part)
        none_no &= planes.possibly(part)
    return some_yes & ~none_no


def _that_matter(
    missing: Sequence[Unknown], size: int, answers: tuple[int, int], possible: int
) -> list[Unknown]:
    found: list[Unknown] = []
    stride = size
    for unknown in missing:
        count = len(unknown.cells)
        stride //= count
        rows = _rows_of_first_cell(stride, stride * count, size)
        # For each cell its rows, moved over those of the first: rows alike but for this value.
        cells = [
            tuple(plane >> (place * stride) & rows for plane in (*answers, possible))
            for place in range(count)
        ]
        if any(
            ((one[0] ^ other[0]) | (one[1] ^ other[1])) & one[2] & other[2]
            for one, other in itertools.combinations(cells, 2)
        ):
            found.append(unknown)
    return found


def _rows_of_first_cell(stride: int, period: int, size: int) -> int:
    return ((1 << stride) - 1) * (((1 << size) - 1) // ((1 << period) - 1))
