"""The fast path: every node answered in many worlds at once, with `&` and `|` only.

A world is one way the missing values may turn out (world 0 may be the record as it stands). A node's
answers in all worlds are one number, two planes of bits side by side: the lower `size` bits say in
which worlds it is definitely yes, the upper ones in which it is possibly yes (not no). Kleene's "and"
is then `&`, his "or" is `|`, and "not" changes the planes over. So one walk over the graph answers a
whole table of what-ifs; the same walk serves a cohort when the bits are people.

Generated Python runs the walk, because a loop over nodes costs several times what the logic does.
What is not said in a record is never looked at: every atom begins as unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from fingerpost.criteria.atoms import DATE_CODES, days_of, test_of
from fingerpost.criteria.case import Case
from fingerpost.criteria.evaluate import compare_days
from fingerpost.criteria.graph import Graph
from fingerpost.criteria.nodes import (
    ATOM_CLASSES,
    Agree,
    All,
    AnyOf,
    AtLeast,
    CompareDates,
    Constant,
    CountTreatments,
    FactTerm,
    Includes,
    Named,
    Node,
    Not,
    TreatmentTerm,
    terms_of,
)
from fingerpost.terms import Answer
from fingerpost.values import Absent, Days, Value

COMPLETE = "treatments_complete"


class Slot(NamedTuple):
    """A place where a value may be missing: a fact, an attribute of one treatment, a member of a set."""

    name: str
    treatment: int | None = None
    member: str | None = None


Alternatives = Sequence[tuple[int, Value | Absent]]


@dataclass(frozen=True, slots=True)
class Worlds:
    """`size` worlds; each slot's alternatives are (worlds as bits, the value there).

    `unknown_in` are slots with the worlds in which their value is not known although the record says
    it. `complete_in` are worlds in which the list of treatments is whole although the record does
    not say so; `open_in` worlds in which more treatments may come although it does.
    """

    size: int = 1
    alternatives: Mapping[Slot, Alternatives] = field(default_factory=dict)
    unknown_in: Mapping[Slot, int] = field(default_factory=dict)
    complete_in: int = 0
    open_in: int = 0

    @property
    def every(self) -> int:
        """The plane with every world's bit set."""
        return (1 << self.size) - 1


AS_IT_STANDS = Worlds()
_ANY_DAY = Days()


@dataclass(frozen=True, slots=True)
class _Atoms:
    """The atoms of one scope, by the name of what they read; those over dates apart."""

    by_name: Mapping[str, Sequence[tuple[int, Callable[[Any], int], str | None]]]
    dates: Sequence[tuple[int, CompareDates, Sequence[tuple[str, bool]]]]
    readers: Mapping[tuple[str, bool], Sequence[int]]


class Kernel:
    """Evaluates the nodes below some roots of a graph; made once per rule set, used for everyone."""

    def __init__(self, graph: Graph, roots: Iterable[int]) -> None:
        """Compile the walk."""
        roots = list(roots)
        self.graph = graph
        self.numbers = graph.below(roots)
        inside = graph.inside_treatment()
        self._counts = [n for n in self.numbers if isinstance(graph.nodes[n], CountTreatments)]
        counting = (graph.nodes[n] for n in self._counts)
        self._needed = [n.at_least for n in counting if isinstance(n, CountTreatments)]
        # What others work out once for a rule set, such as the cells of a fact nobody has stated.
        self.memo: dict[object, Any] = {}
        atoms = [n for n in self.numbers if isinstance(graph.nodes[n], ATOM_CLASSES)]
        self.person_atoms = tuple(n for n in atoms if not inside[n])
        self.treatment_atoms = tuple(n for n in atoms if inside[n])
        self.outer = self._without_where(roots)
        self.agreements = [n for n in self.outer if isinstance(graph.nodes[n], Agree)]
        self._place = {n: i for i, n in enumerate(self.outer)}
        self._person = self._sorted(self.person_atoms)
        self._treatment = self._sorted(self.treatment_atoms)
        where = [graph.parts[n][0] for n in self._counts]
        self._run_inner = self._compile(graph.below(where), where, "inner")
        self._run_outer = self._compile(self.outer, self.outer, "outer")

    def evaluate(self, case: Case, worlds: Worlds = AS_IT_STANDS) -> Planes:
        """The answers of every node (outside `where`) for one person in these worlds."""
        size, every = worlds.size, worlds.every
        table = [every << size] * len(self.graph.nodes)
        _fill(self._person, table, case.facts, None, worlds)
        self._fill_dates(self._person, table, case, None, worlds)
        _forget(self._person, table, None, worlds)
        inner = self._count(table, case, worlds) if self._counts else {}
        return Planes(self._place, self._run_outer(table, size, every), size, every, inner)

    def _count(self, table: list[int], case: Case, worlds: Worlds) -> Mapping[int, Sequence[int]]:
        size, every = worlds.size, worlds.every
        rows: list[Sequence[int]] = []
        for index, treatment in enumerate(case.treatments):
            own = table.copy()
            _fill(self._treatment, own, treatment, index, worlds)
            self._fill_dates(self._treatment, own, case, index, worlds)
            _forget(self._treatment, own, index, worlds)
            rows.append(self._run_inner(own, size, every))
        whole = every if case.treatments_complete is Answer.YES else worlds.complete_in
        may_hold_more = (every ^ (whole & ~worlds.open_in)) << size
        yes = every | every << size
        columns = list(zip(*rows, strict=True)) if rows else [()] * len(self._counts)
        for number, needed, column in zip(self._counts, self._needed, columns, strict=True):
            found = may_hold_more
            if needed == 1:
                for value in column:
                    found |= value
            else:
                found |= at_least(needed, column, yes)
            table[number] = found
        return dict(zip(self._counts, columns, strict=True))

    def _fill_dates(
        self, atoms: _Atoms, table: list[int], case: Case, treatment: int | None, worlds: Worlds
    ) -> None:
        size, facts = worlds.size, case.facts
        own = case.treatments[treatment] if treatment is not None else {}
        codes = (0, worlds.every << size, worlds.every | worlds.every << size)
        varied = {(slot.name, slot.treatment) for slot in worlds.alternatives}
        for number, node, names in atoms.dates:
            for name, inside in names:
                if name not in (own if inside else facts):
                    break
            else:
                left = days_of(node.left, case, treatment) or _ANY_DAY
                right = days_of(node.right, case, treatment) or _ANY_DAY
                table[number] = codes[DATE_CODES[compare_days(node, left, right)]]
            for name, inside in names if varied else ():
                if (name, treatment if inside else None) in varied:
                    table[number] = self._varied_dates(node, case, treatment, worlds)

    def _varied_dates(
        self, node: CompareDates, case: Case, treatment: int | None, worlds: Worlds
    ) -> int:
        found = 0
        rights = _spans(node.right, case, treatment, worlds)
        for left_mask, left in _spans(node.left, case, treatment, worlds):
            for right_mask, right in rights:
                mask = left_mask & right_mask
                if mask:
                    answer = compare_days(node, left or Days(), right or Days())
                    found |= _planes_of(DATE_CODES[answer], mask, mask << worlds.size)
        return found

    def _sorted(self, numbers: Iterable[int]) -> _Atoms:
        by_name: dict[str, list[tuple[int, Callable[[Any], int], str | None]]] = {}
        readers: dict[tuple[str, bool], list[int]] = {}
        dates: list[tuple[int, CompareDates, Sequence[tuple[str, bool]]]] = []
        for number in numbers:
            node = self.graph.nodes[number]
            for term in terms_of(node):
                if isinstance(term, FactTerm | TreatmentTerm):
                    key = (term.name, isinstance(term, TreatmentTerm))
                    readers.setdefault(key, []).append(number)
            if isinstance(node, CompareDates):
                named = [t for t in terms_of(node) if isinstance(t, FactTerm | TreatmentTerm)]
                dates.append(
                    (number, node, [(t.name, isinstance(t, TreatmentTerm)) for t in named])
                )
                continue
            (term,) = terms_of(node)
            member = node.member if isinstance(node, Includes) else None
            by_name.setdefault(_name_of(term), []).append((number, test_of(node), member))
        return _Atoms(by_name, dates, readers)

    def _without_where(self, roots: Iterable[int]) -> list[int]:
        reached: set[int] = set()
        waiting = list(roots)
        while waiting:
            number = waiting.pop()
            if number not in reached:
                reached.add(number)
                if not isinstance(self.graph.nodes[number], CountTreatments):
                    waiting.extend(self.graph.parts[number])
        return sorted(reached)

    def _compile(
        self, numbers: Sequence[int], results: Sequence[int], name: str
    ) -> Callable[[list[int], int, int], Sequence[int]]:
        names: dict[int, str] = {}
        lines = [f"def {name}(T, W, ALL):", " YES = ALL | ALL << W"]
        for number in numbers:
            parts = [names[part] for part in self.graph.parts[number] if part in names]
            node = self.graph.nodes[number]
            if isinstance(node, Named):
                names[number] = parts[0]
            else:
                names[number] = f"x{number}"
                lines.append(f" x{number} = {_code(number, node, parts)}")
        lines.append(f" return ({''.join(f'{names[n]},' for n in results)})")
        scope: dict[str, Any] = {"at_least": at_least, "agree": _agree}
        # Built from node numbers only: no text of a criterion ever reaches this.
        exec(compile("\n".join(lines), f"<criteria {name}>", "exec"), scope)  # noqa: S102
        return scope[name]  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True)
class Planes:
    """The answers of one evaluation: for each node number, two planes of bits."""

    _place: Mapping[int, int]
    _values: Sequence[int]
    size: int
    every: int
    _inner: Mapping[int, Sequence[int]] = field(default_factory=dict)

    def values(self, numbers: Iterable[int]) -> list[int]:
        """The raw answers of some nodes: definitely in the lower bits, possibly in the upper."""
        place, values = self._place, self._values
        return [values[place[number]] for number in numbers]

    def definitely(self, number: int) -> int:
        """The worlds in which the node is yes."""
        return self._values[self._place[number]] & self.every

    def possibly(self, number: int) -> int:
        """The worlds in which the node is not no."""
        return self._values[self._place[number]] >> self.size

    def decided(self, number: int) -> int:
        """The worlds in which the node is yes or no."""
        value = self._values[self._place[number]]
        return value & self.every | self.every ^ value >> self.size

    def is_no(self, number: int, world: int = 0) -> bool:
        """Whether the node is no in one world."""
        return not self._values[self._place[number]] >> self.size + world & 1

    def is_yes(self, number: int, world: int = 0) -> bool:
        """Whether the node is yes in one world."""
        return bool(self._values[self._place[number]] >> world & 1)

    def answers(self, world: int = 0) -> dict[int, Answer]:
        """The answers of all nodes in one world, by number."""
        low, high = 1 << world, 1 << self.size + world
        return {
            number: Answer.YES if value & low else Answer.UNKNOWN if value & high else Answer.NO
            for number, value in zip(self._place, self._values, strict=True)
        }

    def answer(self, number: int, world: int = 0) -> Answer:
        """The node's answer in one world."""
        return self._answer(self._values[self._place[number]], world)

    def of_treatments(self, number: int, world: int = 0) -> list[Answer]:
        """For a node that counts treatments: what its `where` answers for each of them."""
        return [self._answer(value, world) for value in self._inner[number]]

    def _answer(self, value: int, world: int) -> Answer:
        if value >> world & 1:
            return Answer.YES
        return Answer.UNKNOWN if value >> self.size + world & 1 else Answer.NO


def at_least(count: int, values: Sequence[int], yes: int) -> int:
    """The planes of "at least `count` of these": each world counts for itself."""
    if count == 1:
        found = 0
        for value in values:
            found |= value
        return found
    reached = [yes] + [0] * count
    for value in values:
        for needed in range(count, 0, -1):
            reached[needed] |= reached[needed - 1] & value
    return reached[count]


def _agree(some: int, every_one: int, size: int, every: int) -> int:
    # Yes where someone says yes and nobody says no; not no where nobody says no or someone says yes.
    some_yes, none_no = some & every, every_one >> size
    return some_yes & none_no | (some_yes | none_no) << size


def _code(  # noqa: PLR0911 - one branch for each node
    number: int, node: Node, parts: Sequence[str]
) -> str:
    match node:
        case Constant():
            return "YES" if node.holds else "0"
        case All():
            return " & ".join(parts)
        case AnyOf():
            return " | ".join(parts)
        case Not():
            return f"(ALL ^ {parts[0]} >> W) | (ALL ^ {parts[0]} & ALL) << W"
        case AtLeast():
            return f"at_least({node.count}, ({', '.join(parts)},), YES)"
        case Agree():
            return f"agree({' | '.join(parts)}, {' & '.join(parts)}, W, ALL)"
        case _:
            return f"T[{number}]"


def _planes_of(code: int, mask: int, high_mask: int) -> int:
    return mask | high_mask if code == 2 else high_mask if code else 0


def _fill(
    atoms: _Atoms,
    table: list[int],
    values: Mapping[str, Value | Absent],
    treatment: int | None,
    worlds: Worlds,
) -> None:
    size, every = worlds.size, worlds.every
    codes = (0, every << size, every | every << size)
    by_name = atoms.by_name
    for name, value in values.items():
        if name in by_name and type(value) is not Absent:
            for number, test, _ in by_name[name]:
                table[number] = codes[test(value)]
    for slot, alternatives in worlds.alternatives.items():
        if slot.treatment != treatment:
            continue
        readers = by_name.get(slot.name, ())
        own = [(n, test) for n, test, member in readers if slot.member in (None, member)]
        for mask, value in alternatives if own else ():
            high = mask << size
            both = mask | high
            for number, test in own:
                code = 1 if type(value) is Absent else test(value)
                table[number] = table[number] & ~both | _planes_of(code, mask, high)


def _forget(atoms: _Atoms, table: list[int], treatment: int | None, worlds: Worlds) -> None:
    """Make unknown again what reads a slot that is not known in some worlds."""
    size = worlds.size
    for slot, mask in worlds.unknown_in.items():
        inside = slot.treatment is not None
        if inside and slot.treatment != treatment:
            continue
        high = mask << size
        both = ~(mask | high)
        for number in atoms.readers.get((slot.name, inside), ()):
            table[number] = table[number] & both | high


def _name_of(term: object) -> str:
    if not isinstance(term, FactTerm | TreatmentTerm):
        msg = f"{term} has no name"
        raise TypeError(msg)
    return term.name


def _spans(
    term: object, case: Case, treatment: int | None, worlds: Worlds
) -> list[tuple[int, Days | None]]:
    known = days_of(term, case, treatment)
    if not isinstance(term, FactTerm | TreatmentTerm) or not worlds.alternatives:
        return [(worlds.every, known)]
    own = treatment if isinstance(term, TreatmentTerm) else None
    spans: list[tuple[int, Days | None]] = []
    rest = worlds.every
    for mask, value in worlds.alternatives.get(Slot(term.name, own), ()):
        rest &= ~mask
        spans.append((mask, value if isinstance(value, Days) else None))
    return [*spans, (rest, known)]
