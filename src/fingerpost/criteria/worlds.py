"""The ways in which missing values may turn out: cells that no criterion can tell apart, and their products.

A missing number has infinitely many values but only a handful that matter: those between the
thresholds that some criterion names. Each such cell is one world. So an analysis over cells is exact,
not sampled.
"""

from __future__ import annotations

import datetime as dt
import itertools
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from fingerpost.criteria.case import NOT_STATED, Case
from fingerpost.criteria.evaluate import answer_of_value, compare_days
from fingerpost.criteria.nodes import (
    Atom,
    CompareDates,
    CompareNumber,
    DateLiteral,
    DateTerm,
    FactTerm,
    Includes,
    Today,
    TreatmentTerm,
    terms_of,
)
from fingerpost.criteria.planes import COMPLETE, Kernel, Slot, Worlds
from fingerpost.criteria.vocabulary import FactType, Vocabulary
from fingerpost.dates import shift
from fingerpost.messages import gettext as _
from fingerpost.messages import marked
from fingerpost.messages.phrases import number
from fingerpost.terms import Answer
from fingerpost.values import Absent, Choice, Days, Interval, Members, Value


@dataclass(frozen=True, slots=True)
class Cell:
    """Values that no criterion tells apart: one of them, and all of them in words."""

    value: Value
    label: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """A slot whose value is missing or only partly known, and the cells it may fall in."""

    slot: Slot
    cells: tuple[Cell, ...]


def unknowns(kernel: Kernel, vocabulary: Vocabulary, case: Case) -> list[Unknown]:
    """Every slot that some criterion reads and whose value is not settled, with its cells.

    A slot with one cell left cannot change any answer and is left out.
    """
    found: list[Unknown] = []
    for reader in _readers(kernel, vocabulary):
        indexes = range(len(case.treatments)) if reader.inside else (None,)
        for index in indexes:
            found.extend(_unsettled(reader, index, case))
    return found


@dataclass(frozen=True, slots=True)
class Reader:
    """A fact or attribute that some criterion reads, by whom, and its cells while nothing is known."""

    name: str
    inside: bool
    fact: FactType
    atoms: Sequence[Atom]
    cells_of_nothing: tuple[Cell, ...]


def _readers(kernel: Kernel, vocabulary: Vocabulary) -> Sequence[Reader]:
    """Everything that the kernel's criteria read; the same for everybody, so found once."""
    if "readers" not in kernel.memo:
        atoms: dict[tuple[str, bool], list[Atom]] = {}
        for number in (*kernel.person_atoms, *kernel.treatment_atoms):
            node = kernel.graph.nodes[number]
            for term in terms_of(node):
                if isinstance(term, FactTerm | TreatmentTerm):
                    key = (term.name, isinstance(term, TreatmentTerm))
                    atoms.setdefault(key, []).append(node)  # type: ignore[arg-type]
        kernel.memo["readers"] = [
            _reader(name, inside, own, vocabulary) for (name, inside), own in atoms.items()
        ]
    return kernel.memo["readers"]  # type: ignore[no-any-return]


def _reader(name: str, inside: bool, atoms: Sequence[Atom], vocabulary: Vocabulary) -> Reader:
    fact = (vocabulary.attributes if inside else vocabulary.facts)[name]
    cells: tuple[Cell, ...] = ()
    if fact.type == "number":
        cells = _number_cells(Interval(), atoms)
    elif fact.type in ("category", "flag"):
        cells = _merge([(Choice(frozenset({v})), v) for v in fact.values], atoms)
    return Reader(name, inside, fact, atoms, cells)


def _unsettled(reader: Reader, treatment: int | None, case: Case) -> Iterable[Unknown]:
    source = case.facts if treatment is None else case.treatments[treatment]
    value = source.get(reader.name, NOT_STATED)
    slot = Slot(reader.name, treatment)
    if isinstance(value, Absent) and reader.fact.type in ("category", "flag", "number"):
        cells = reader.cells_of_nothing
        return (Unknown(slot, cells),) if len(cells) > 1 else ()
    found = _cells(slot, reader.fact, value, reader.atoms, case)
    return [unknown for unknown in found if len(unknown.cells) > 1]


def worlds_of(blocks: Sequence[Sequence[Unknown]]) -> tuple[Worlds, list[tuple[int, int]]]:
    """One world per combination of cells within each block, blocks side by side.

    Returns the worlds, and for each block the number of its first world and how many it has. Within
    a block the last unknown turns fastest.
    """
    alternatives: dict[Slot, list[tuple[int, Value | Absent]]] = {}
    places: list[tuple[int, int]] = []
    offset = 0
    complete_in = 0
    for block in blocks:
        size = math.prod(len(unknown.cells) for unknown in block)
        stride = size
        for unknown in block:
            stride //= len(unknown.cells)
            for index, cell in enumerate(unknown.cells):
                mask = _pattern(index * stride, stride, stride * len(unknown.cells), size) << offset
                if unknown.slot.name == COMPLETE:
                    complete_in |= mask if cell.label == "yes" else 0
                else:
                    alternatives.setdefault(unknown.slot, []).append((mask, cell.value))
        places.append((offset, size))
        offset += size
    return Worlds(max(offset, 1), alternatives, complete_in=complete_in), places


def cells_of_world(block: Sequence[Unknown], index: int) -> tuple[Cell, ...]:
    """The cell of each unknown of a block in its world number `index`."""
    chosen: list[Cell] = []
    for unknown in reversed(block):
        index, digit = divmod(index, len(unknown.cells))
        chosen.append(unknown.cells[digit])
    return tuple(reversed(chosen))


def _pattern(start: int, width: int, period: int, size: int) -> int:
    """Bits `start .. start+width` repeated every `period` up to `size`."""
    once = ((1 << width) - 1) << start
    repeats = ((1 << size) - 1) // ((1 << period) - 1)
    return once * repeats


def _cells(
    slot: Slot, fact: FactType, value: Value | Absent, atoms: Sequence[Atom], case: Case
) -> Iterable[Unknown]:
    match fact.type:
        case "category" | "flag":
            possible = value.possible if isinstance(value, Choice) else frozenset(fact.values)
            ordered = [v for v in fact.values if v in possible]
            yield Unknown(slot, _merge([(Choice(frozenset({v})), v) for v in ordered], atoms))
        case "number":
            bounds = value if isinstance(value, Interval) else Interval()
            yield Unknown(slot, _number_cells(bounds, atoms))
        case "date":
            span = value if isinstance(value, Days) else Days()
            if span.known is None:
                yield Unknown(slot, _date_cells(slot, span, atoms, case))
        case _:
            yield from _member_cells(
                slot, value if isinstance(value, Members) else Members(), atoms
            )


def _merge(candidates: Sequence[tuple[Value, str]], atoms: Sequence[Atom]) -> tuple[Cell, ...]:
    """Join the candidates that every atom answers alike."""
    groups: dict[tuple[Answer, ...], list[tuple[Value, str]]] = {}
    for value, label in candidates:
        signature = tuple(
            answer_of_value(atom, value) for atom in atoms if not isinstance(atom, CompareDates)
        )
        groups.setdefault(signature, []).append((value, label))
    return tuple(
        Cell(members[0][0], " or ".join(label for _, label in members))
        for members in groups.values()
    )


def _number_cells(bounds: Interval, atoms: Sequence[Atom]) -> tuple[Cell, ...]:
    thresholds = sorted({atom.number for atom in atoms if isinstance(atom, CompareNumber)})
    pieces: list[Interval] = []
    edges = [-math.inf, *thresholds, math.inf]
    for low, high in itertools.pairwise(edges):
        pieces.append(Interval(low, high, low_open=True, high_open=True))
        if high != math.inf:
            pieces.append(Interval(high, high))
    inside = [piece for piece in (_meet(piece, bounds) for piece in pieces) if piece is not None]
    groups: list[tuple[tuple[Answer, ...], Interval]] = []
    for piece in inside:
        signature = tuple(
            answer_of_value(atom, piece) for atom in atoms if isinstance(atom, CompareNumber)
        )
        if groups and groups[-1][0] == signature:
            piece = Interval(groups[-1][1].low, piece.high, groups[-1][1].low_open, piece.high_open)
            groups[-1] = (signature, piece)
        else:
            groups.append((signature, piece))
    return tuple(Cell(piece, interval_words(piece)) for _, piece in groups)


def _meet(one: Interval, other: Interval) -> Interval | None:
    low, low_open = max((one.low, one.low_open), (other.low, other.low_open))
    high, high_closed = min((one.high, not one.high_open), (other.high, not other.high_open))
    try:
        return Interval(low, high, low_open=low_open, high_open=not high_closed)
    except ValueError:
        return None


def interval_words(piece: Interval) -> str:
    """An interval as a person writes it.

    >>> interval_words(Interval(1, 10, high_open=False))
    '1 to 10'
    >>> interval_words(Interval(high=1, high_open=True))
    'below 1'
    """
    low, high = number(piece.low), number(piece.high)
    if piece.known is not None:
        return low
    if piece.low == -math.inf:
        return _(_BELOW[piece.high_open], high=high)
    if piece.high == math.inf:
        return _(_ABOVE[piece.low_open], low=low)
    return _(_BETWEEN[piece.low_open, piece.high_open], low=low, high=high)


_BELOW = {True: marked("below %(high)s"), False: marked("%(high)s or below")}
_ABOVE = {True: marked("above %(low)s"), False: marked("%(low)s or above")}
_BETWEEN = {
    (False, False): marked("%(low)s to %(high)s"),
    (False, True): marked("%(low)s to below %(high)s"),
    (True, False): marked("above %(low)s to %(high)s"),
    (True, True): marked("above %(low)s to below %(high)s"),
}


def _date_cells(slot: Slot, span: Days, atoms: Sequence[Atom], case: Case) -> tuple[Cell, ...]:
    """Runs of days that every comparison with a known date answers alike; no day lies ahead."""
    compared = [atom for atom in atoms if isinstance(atom, CompareDates)]
    turning = {
        day.toordinal() + step
        for atom in compared
        for day in _turning_days(slot, atom, case)
        for step in (-1, 0, 1)
    }
    today = case.today.toordinal()
    last = min(span.last.toordinal() if span.last else today, today)
    first = span.first.toordinal() if span.first else min(turning | {last})
    days = sorted({day for day in turning if first <= day <= last and day > 0} | {first, last})
    runs: list[tuple[tuple[Answer, ...], dt.date, dt.date]] = []
    sides = (side for atom in compared for side in _other_sides(slot, atom, case))
    # Compared with a date of which nothing is known, every day is answered alike; and equal
    # comparisons of several treatments answer alike as well.
    against = {
        (atom.operator, atom.offset, atom.unit, on_left, other): (atom, on_left, other)
        for atom, on_left, other in sides
        if other != Days()
    }.values()
    for day in map(dt.date.fromordinal, days):
        exact = Days(day, day)
        signature = tuple(
            compare_days(atom, exact, other) if on_left else compare_days(atom, other, exact)
            for atom, on_left, other in against
        )
        if runs and runs[-1][0] == signature:
            runs[-1] = (signature, runs[-1][1], day)
        else:
            runs.append((signature, day, day))
    return tuple(
        Cell(Days(begin, end), _run_words(begin, end, span, place == 0, place == len(runs) - 1))
        for place, (_, begin, end) in enumerate(runs)
    )


def _run_words(begin: dt.date, end: dt.date, span: Days, is_first: bool, is_last: bool) -> str:
    if is_first and span.first is None:
        return f"{end} or earlier"
    if is_last and span.last is None:
        return f"{begin} or later"
    return begin.isoformat() if begin == end else f"{begin} to {end}"


def _other_sides(
    slot: Slot, atom: CompareDates, case: Case
) -> Iterable[tuple[CompareDates, bool, Days]]:
    """What a missing date is compared with, and whether it stands on the left."""
    on_left = _is_slot(atom.left, slot)
    other = atom.right if on_left else atom.left
    if not isinstance(other, TreatmentTerm):
        yield atom, on_left, _span(other, case, None)
        return
    for treatment in range(len(case.treatments)):
        if slot.treatment is None or slot.treatment == treatment:
            yield atom, on_left, _span(other, case, treatment)


def _is_slot(term: DateTerm, slot: Slot) -> bool:
    kind = FactTerm if slot.treatment is None else TreatmentTerm
    return isinstance(term, kind) and term.name == slot.name


def _span(term: DateTerm, case: Case, treatment: int | None) -> Days:
    match term:
        case Today():
            return Days(case.today, case.today)
        case DateLiteral():
            return Days(term.day, term.day)
        case FactTerm():
            value = case.facts.get(term.name)
        case TreatmentTerm():
            value = case.treatments[treatment].get(term.name) if treatment is not None else None
    return value if isinstance(value, Days) else Days()


def _turning_days(slot: Slot, atom: CompareDates, case: Case) -> Iterable[dt.date]:
    for mine, other, sign in ((atom.left, atom.right, 1), (atom.right, atom.left, -1)):
        if not isinstance(mine, FactTerm | TreatmentTerm) or mine.name != slot.name:
            continue
        for day in _known_days(other, case):
            yield shift(day, sign * atom.offset, atom.unit)


def _known_days(term: DateTerm, case: Case) -> Iterable[dt.date]:
    match term:
        case Today():
            yield case.today
        case DateLiteral():
            yield term.day
        case FactTerm():
            yield from _ends(case.facts.get(term.name))
        case TreatmentTerm():
            for treatment in case.treatments:
                yield from _ends(treatment.get(term.name))


def _ends(value: Value | Absent | None) -> Iterable[dt.date]:
    if isinstance(value, Days):
        yield from (day for day in (value.first, value.last) if day is not None)


def _member_cells(slot: Slot, members: Members, atoms: Sequence[Atom]) -> Iterable[Unknown]:
    asked = {atom.member for atom in atoms if isinstance(atom, Includes)}
    for member in sorted(asked - members.present - members.absent):
        cells = (
            Cell(Members(members.present | {member}, members.absent), f"{member}: yes"),
            Cell(Members(members.present, members.absent | {member}), f"{member}: no"),
        )
        yield Unknown(Slot(slot.name, slot.treatment, member), cells)


def fill(case: Case, choices: Mapping[Slot, Value]) -> Case:
    """The same person with some missing values filled in (for what-ifs and for tests)."""
    facts = dict(case.facts)
    treatments = [dict(treatment) for treatment in case.treatments]
    for slot, value in choices.items():
        if slot.treatment is None:
            facts[slot.name] = value
        else:
            treatments[slot.treatment][slot.name] = value
    return Case(case.today, facts, treatments, case.treatments_complete)
