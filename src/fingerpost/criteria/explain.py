"""Why a node has its answer: which values decided it, and what could turn it.

Reasons are places in the record (slots), not sentences: the report words them, and the same reasons
serve a person, a clinician and a test. Shared nodes are explained once.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from fingerpost.criteria.case import Case
from fingerpost.criteria.evaluate import Remembered
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
    parts_of,
    terms_of,
)
from fingerpost.criteria.planes import COMPLETE, Planes, Slot
from fingerpost.terms import Answer

_MOST_ALTERNATIVES = 64


@dataclass(frozen=True, slots=True)
class Explanation:
    """A node, its answer, and the same for what is below it: the whole trace, for `--explain`."""

    number: int
    answer: Answer
    parts: tuple[Explanation, ...] = ()


class Explainer:
    """Explains the answers of one evaluation of one person."""

    def __init__(self, graph: Graph, planes: Planes, case: Case) -> None:
        """Keep what is explained; reasons are found when first asked for."""
        self._graph = graph
        self._planes = planes
        self._answers = planes.answers()
        self._case = case
        self._remembered = Remembered(case)
        self._reasons: dict[int, tuple[Slot, ...]] = {}
        self._changes: dict[tuple[int, bool], tuple[frozenset[Slot], ...]] = {}

    def answer(self, number: int) -> Answer:
        """The node's answer in the record as it stands."""
        return self._answers[number]

    def answer_to(self, node: Node) -> Answer:
        """The answer to a condition that may be none of those explained, about the same person."""
        return self._remembered.answer(node)

    def trace(self, number: int) -> Explanation:
        """The tree of answers below a node (not inside a `where`)."""
        node = self._graph.nodes[number]
        inside = () if isinstance(node, CountTreatments) else self._graph.parts[number]
        return Explanation(
            number, self._answers[number], tuple(self.trace(part) for part in inside)
        )

    def reasons(self, number: int) -> tuple[Slot, ...]:
        """The slots whose values decided the answer; for unknown, those whose absence keeps it open.

        Slot(name) is a fact; Slot(name, treatment=i) an attribute of treatment i; Slot("treatment", i)
        the whole treatment; Slot("treatments_complete") the question whether the list is whole.
        """
        found = self._reasons.get(number)
        if found is None:
            found = self._reasons[number] = self._find(number)
        return found

    def _find(self, number: int) -> tuple[Slot, ...]:
        node, parts = self._graph.nodes[number], self._graph.parts[number]
        if not parts:
            return tuple(slots_of(node, None))
        if isinstance(node, CountTreatments):
            return tuple(dict.fromkeys(self._counted(number, node)))
        if len(parts) == 1:
            return self.reasons(parts[0])
        answers = [self._answers[part] for part in parts]
        chosen = deciding_parts(node, self._answers[number], answers)
        if len(chosen) == 1:
            return self.reasons(parts[chosen[0]])
        merged: dict[Slot, None] = {}
        for index in chosen:
            merged.update(dict.fromkeys(self.reasons(parts[index])))
        return tuple(merged)

    def _counted(self, number: int, node: CountTreatments) -> list[Slot]:
        answer = self._answers[number]
        answers = self._planes.of_treatments(number)
        if answer is Answer.UNKNOWN:
            slots = [
                slot
                for index, own in enumerate(answers)
                if own is Answer.UNKNOWN
                for slot in _inside(node.where, self._remembered, index)
            ]
            if self._case.treatments_complete is not Answer.YES:
                slots.append(Slot(COMPLETE))
            return slots
        if answer is Answer.YES:
            return [Slot("treatment", index) for index, own in enumerate(answers) if own is answer]
        missed = self._missed_by_a_date(node)
        if missed:
            return [*missed, Slot(COMPLETE)]
        return [*(Slot("treatment", index) for index in range(len(answers))), Slot(COMPLETE)]

    def _missed_by_a_date(self, node: CountTreatments) -> list[Slot]:
        """The dates, where they alone keep a treatment from counting: that is what one wants to check."""
        missed = (
            _but_for_dates(node.where, self._remembered, i)
            for i in range(len(self._case.treatments))
        )
        return [slot for slots in missed for slot in slots]

    def changes(self, number: int, *, to: bool) -> tuple[frozenset[Slot], ...]:
        """The smallest sets of slots that would have to differ before the answer could be `to`.

        Empty sets mean that nothing has to differ: the answer is open already. Several sets of the
        same size are all given, at most 64.
        """
        key = (number, to)
        if key not in self._changes:
            self._changes[key] = self._search(number, to=to)
        return self._changes[key]

    def _search(  # noqa: PLR0911 - one branch for each node
        self, number: int, *, to: bool
    ) -> tuple[frozenset[Slot], ...]:
        opposite = Answer.NO if to else Answer.YES
        if self._answers[number] is not opposite:
            return (frozenset(),)
        node = self._graph.nodes[number]
        parts = self._graph.parts[number]
        match node:
            case Constant():
                return ()
            case CountTreatments():
                return (frozenset({Slot("treatments")}),)
            case Not():
                return self.changes(parts[0], to=not to)
            case Named():
                return self.changes(parts[0], to=to)
            case All() | AnyOf() | AtLeast() | Agree():
                needed = _needed(node, len(parts), to=to)
                return self._cheapest([self.changes(part, to=to) for part in parts], needed)
            case _:
                return tuple(frozenset({slot}) for slot in slots_of(node, None))

    def _cheapest(
        self, options: Sequence[tuple[frozenset[Slot], ...]], needed: int
    ) -> tuple[frozenset[Slot], ...]:
        found: set[frozenset[Slot]] = set()
        possible = [option for option in options if option]
        free: list[tuple[frozenset[Slot], ...]] = [
            option for option in possible if option == (frozenset(),)
        ]
        costly = [option for option in possible if option != (frozenset(),)]
        for chosen in itertools.combinations(costly, max(needed - len(free), 0)):
            for sets in itertools.islice(itertools.product(*chosen), _MOST_ALTERNATIVES):
                found.add(frozenset().union(*sets))
            if len(found) > _MOST_ALTERNATIVES:
                break
        least = min((len(slots) for slots in found), default=0)
        ordered = sorted((s for s in found if len(s) == least), key=lambda s: sorted(map(repr, s)))
        return tuple(ordered[:_MOST_ALTERNATIVES])


def deciding_parts(node: Node, answer: Answer, answers: Sequence[Answer]) -> Sequence[int]:
    """Which parts, by place, account for the node's answer."""
    kind = type(node)
    if (kind is All and answer is Answer.YES) or (kind is AnyOf and answer is Answer.NO):
        return range(len(answers))
    if kind is Agree and answer is Answer.UNKNOWN:
        spoken = [index for index, own in enumerate(answers) if own is not Answer.UNKNOWN]
        return spoken or range(len(answers))
    if kind is Not:
        return range(len(answers))
    same = [index for index, own in enumerate(answers) if own is answer]
    return same or range(len(answers))


def slots_of(node: Node, treatment: int | None) -> list[Slot]:
    """The places that an atom reads."""
    member = node.member if isinstance(node, Includes) else None
    found: list[Slot] = []
    for term in terms_of(node):
        if isinstance(term, FactTerm):
            found.append(Slot(term.name, None, member))
        elif isinstance(term, TreatmentTerm):
            found.append(Slot(term.name, treatment, member))
    return found


def _but_for_dates(node: Node, person: Remembered, treatment: int) -> list[Slot]:
    """The dates that make the answer no, when nothing else does; else nothing."""
    parts = [p for p in parts_of(node) if person.answer(p, treatment) is Answer.NO]
    match node:
        case CompareDates():
            return slots_of(node, treatment)
        case All():
            found = [_but_for_dates(part, person, treatment) for part in parts]
            return [slot for slots in found for slot in slots] if all(found) else []
        case AnyOf():
            found = [_but_for_dates(part, person, treatment) for part in parts]
            return next((slots for slots in found if slots), [])
        case _:
            return []


def _inside(node: Node, person: Remembered, treatment: int) -> list[Slot]:
    """What keeps a `where` open for one treatment."""
    if isinstance(node, ATOM_CLASSES):
        return slots_of(node, treatment)
    parts = parts_of(node)
    answers = [person.answer(part, treatment) for part in parts]
    chosen = deciding_parts(node, person.answer(node, treatment), answers)
    return [slot for index in chosen for slot in _inside(parts[index], person, treatment)]


def _needed(node: Node, size: int, *, to: bool) -> int:
    """How many parts must be turnable before the node can be."""
    match node:
        case AnyOf():
            return 1 if to else size
        case AtLeast():
            return node.count if to else size - node.count + 1
        case _:
            return size if to or isinstance(node, Agree) else 1
