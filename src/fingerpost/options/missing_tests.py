"""Which missing test would decide most: every missing fact, every way it may turn out, all options.

Exact, not sampled: the ways a value may turn out are cut where some criterion's threshold lies, and
all of them are tried at once.
"""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from fingerpost.criteria.deciding import contradictory, deciding_unknowns
from fingerpost.criteria.explain import Explainer
from fingerpost.criteria.planes import COMPLETE, Kernel, Planes, Slot
from fingerpost.criteria.worlds import Cell, Unknown, cells_of_world, worlds_of
from fingerpost.facts.model import Facts
from fingerpost.options.model import Missing, MissingTests, Outcome, Pair
from fingerpost.options.rule_set import Rule, RuleSet
from fingerpost.terms import Answer
from fingerpost.values import Choice

_MOST_WORLDS_OF_ONE = 512
_SHOWN_OUTCOMES = 16
# "The list is not whole" is no answer to weigh (it asks for the rest of the list), but in a table of
# everything that may matter it stands beside "it is".
_WHOLE_OR_NOT = Unknown(
    Slot(COMPLETE), (Cell(Choice(frozenset({"yes"})), "yes"), Cell(Choice(frozenset({"no"})), "no"))
)
_PAIRED = 8


@dataclass(frozen=True, slots=True)
class Question:
    """Something that can be found out: one test with its results, or one answer of the person."""

    id: str
    kind: str
    unknowns: tuple[Unknown, ...]


@dataclass(frozen=True, slots=True)
class Weighing:
    """One evaluation of all worlds: what it decides for every option that is still open."""

    planes: Planes
    possible: int
    rules: Sequence[Rule]
    decided: Sequence[int]

    @classmethod
    def of(
        cls,
        facts: Facts,
        kernel: Kernel,
        blocks: Sequence[Sequence[Unknown]],
        rules: Sequence[Rule],
        base: Planes,
    ) -> tuple[Weighing, list[tuple[int, int]]]:
        """Evaluate the blocks' worlds; the places tell where each block's worlds are."""
        worlds, places = worlds_of(blocks)
        planes = kernel.evaluate(facts.case, worlds)
        possible = planes.every & ~contradictory(kernel, planes, base)
        decided = [planes.decided(rule.root) & possible for rule in rules]
        return cls(planes, possible, rules, decided), places


def missing_tests(
    facts: Facts, rules: RuleSet, missing: Sequence[Unknown], *, pairs: bool = False
) -> MissingTests:
    """Rank what is missing by the number of options it would decide."""
    kernel = rules.verdict_kernel
    base = kernel.evaluate(facts.case)
    open_rules = [rule for rule in rules.rules if base.answer(rule.root) is Answer.UNKNOWN]
    questions = _questions(facts, rules, missing)
    if not open_rules or not questions:
        return MissingTests(())
    blocks = [q.unknowns for q in questions]
    weighing, places = Weighing.of(facts, kernel, blocks, open_rules, base)
    weighed = [_weigh(q, place, weighing) for q, place in zip(questions, places, strict=True)]
    team = {name for name, fact in rules.knowledge.facts.items() if fact.said_by == "team"}
    # Only the team can say these, and mostly after everything else is known: they come last.
    ranked = sorted(
        (m for m in weighed if m.options),
        key=lambda m: (not team.isdisjoint(m.facts), -m.gain, -len(m.options), m.id),
    )
    if not pairs:
        return MissingTests(tuple(ranked))
    by_id = {q.id: q for q in questions}
    together = _pairs(facts, kernel, [by_id[m.id] for m in ranked[:_PAIRED]], ranked, open_rules)
    settling, exact = _settles_all(facts, rules, open_rules, questions)
    return MissingTests(tuple(ranked), together, settling, exact)


def _questions(facts: Facts, rules: RuleSet, missing: Sequence[Unknown]) -> list[Question]:
    """Missing values grouped by the test that answers them; the rest asked one by one."""
    catalogue = rules.knowledge.facts
    tests: dict[str, list[Unknown]] = defaultdict(list)
    alone: list[Question] = []
    for unknown in missing:
        fact = catalogue.get(unknown.slot.name) if unknown.slot.treatment is None else None
        if fact is not None and fact.detail:
            continue
        if fact is not None and fact.test is not None:
            tests[fact.test].append(unknown)
        else:
            alone.append(Question(_slot_id(unknown.slot), "question", (unknown,)))
    for test, unknowns in tests.items():
        alone.extend(_of_test(test, unknowns))
    if facts.case.treatments_complete is Answer.UNKNOWN:
        whole = Unknown(Slot(COMPLETE), _WHOLE_OR_NOT.cells[:1])
        alone.append(Question(COMPLETE, "question", (whole,)))
    return alone


def _of_test(test: str, unknowns: Sequence[Unknown]) -> list[Question]:
    if math.prod(len(u.cells) for u in unknowns) <= _MOST_WORLDS_OF_ONE:
        return [Question(test, "test", tuple(unknowns))]
    # A panel with too many results at once is weighed result by result.
    return [Question(f"{test}:{_slot_id(u.slot)}", "test", (u,)) for u in unknowns]


def _slot_id(slot: Slot) -> str:
    parts = (
        [slot.name] if slot.treatment is None else [f"treatment {slot.treatment + 1}", slot.name]
    )
    return ": ".join([*parts, slot.member] if slot.member else parts)


def _weigh(question: Question, place: tuple[int, int], weighing: Weighing) -> Missing:
    offset, size = place
    block = ((1 << size) - 1) << offset
    ways = (block & weighing.possible).bit_count()
    gained = 0
    always: list[str] = []
    some: list[str] = []
    for rule, decided in zip(weighing.rules, weighing.decided, strict=True):
        count = (decided & block).bit_count()
        if count:
            gained += count
            some.append(rule.option.id)
            if count == ways:
                always.append(rule.option.id)
    return Missing(
        question.id,
        question.kind,
        tuple(dict.fromkeys(u.slot.name for u in question.unknowns)),
        tuple(u.slot for u in question.unknowns),
        gained / ways if ways else 0.0,
        tuple(always),
        tuple(some),
        lambda: _outcomes(question, place, weighing),
    )


def _outcomes(
    question: Question, place: tuple[int, int], weighing: Weighing
) -> tuple[Outcome, ...]:
    offset, size = place
    if size > _SHOWN_OUTCOMES:
        return ()
    planes, rules = weighing.planes, weighing.rules
    found: list[Outcome] = []
    for index in range(size):
        world = offset + index
        if weighing.possible >> world & 1:
            label = "; ".join(cell.label for cell in cells_of_world(question.unknowns, index))
            yes = tuple(r.option.id for r in rules if planes.is_yes(r.root, world))
            no = tuple(r.option.id for r in rules if planes.is_no(r.root, world))
            found.append(Outcome(label, yes, no))
    return tuple(found)


def _pairs(
    facts: Facts,
    kernel: Kernel,
    questions: Sequence[Question],
    ranked: Sequence[Missing],
    rules: Sequence[Rule],
) -> tuple[Pair, ...]:
    alone = {m.id: set(m.options) for m in ranked}
    blocks: list[tuple[Question, Question]] = []
    for one, other in itertools.combinations(questions, 2):
        if math.prod(len(u.cells) for u in (*one.unknowns, *other.unknowns)) <= _MOST_WORLDS_OF_ONE:
            blocks.append((one, other))
    if not blocks:
        return ()
    both = [(*one.unknowns, *other.unknowns) for one, other in blocks]
    base = kernel.evaluate(facts.case)
    weighing, places = Weighing.of(facts, kernel, both, rules, base)
    found: list[Pair] = []
    for (one, other), place in zip(blocks, places, strict=True):
        pair = Question(f"{one.id} + {other.id}", "pair", (*one.unknowns, *other.unknowns))
        weighed = _weigh(pair, place, weighing)
        extra = tuple(o for o in weighed.options if o not in alone[one.id] | alone[other.id])
        found.append(Pair(one.id, other.id, weighed.gain, extra))
    return tuple(sorted(found, key=lambda p: (-p.gain, p.first, p.second)))


def _settles_all(
    facts: Facts, rules: RuleSet, open_rules: Sequence[Rule], questions: Sequence[Question]
) -> tuple[tuple[str, ...], bool]:
    """The smallest set of tests after which nothing is open, whatever they show.

    A value that can change some answer cannot be left out (take the case where the others leave it
    to that one), and values that can change none need not be asked; so the set is their union.
    """
    explainer = Explainer(rules.graph, rules.verdict_kernel.evaluate(facts.case), facts.case)
    asked = {u.slot: u for question in questions for u in question.unknowns}
    asked[_WHOLE_OR_NOT.slot] = _WHOLE_OR_NOT
    needed: set[Slot] = set()
    exact = True
    for rule in open_rules:
        # Only what keeps the option open can matter; of that, the table finds what really does.
        mine = [asked[slot] for slot in explainer.reasons(rule.root) if slot in asked]
        deciding = deciding_unknowns(rules.kernel_of(rule.root), rule.root, facts.case, mine)
        exact = exact and deciding.exact
        needed |= {u.slot for u in deciding.unknowns}
    ids = [q.id for q in questions if any(u.slot in needed for u in q.unknowns)]
    return tuple(dict.fromkeys(ids)), exact
