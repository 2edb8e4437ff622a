"""Which explanations belong to a plan: of how its medicines work, and of what its tests show.

Which kind of medicine or which test an explainer is about stands on the explainer itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fingerpost.criteria.nodes import FactTerm, terms_of
from fingerpost.facts.treatments import class_with_parents, with_parents

if TYPE_CHECKING:
    from fingerpost.knowledge.model import Knowledge
    from fingerpost.knowledge.plan_model import Explainer
    from fingerpost.plan.model import Plan


@dataclass(frozen=True, slots=True)
class PlannedExplainer:
    """An explanation, and the medicines or tests of the plan that it is about, by id."""

    explainer: Explainer
    drugs: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()


def explainers_of(plan: Plan) -> Iterator[PlannedExplainer]:
    """The explanations of the medicines' mechanisms first, then those of the tests."""
    known = plan.knowledge
    families = {drug.id: families_of(drug.id, known) for drug in plan.drugs}
    tests = set(_tests(plan))
    found = [_about(each, families, tests) for each in known.following.explainers.values()]
    yield from (each for each in found if each.drugs)
    yield from (each for each in found if each.tests and not each.drugs)


def _about(
    explainer: Explainer, families: Mapping[str, set[str]], tests: set[str]
) -> PlannedExplainer:
    own = {*explainer.drugs, *explainer.classes}
    drugs = tuple(drug for drug, names in families.items() if own & names)
    return PlannedExplainer(explainer, drugs, tuple(t for t in explainer.tests if t in tests))


def families_of(drug: str, knowledge: Knowledge) -> set[str]:
    """A medicine or family with its parts and everything that it is a kind of."""
    memo, key = knowledge.following.memo, ("families", drug)
    if key not in memo:
        memo[key] = _families(drug, knowledge)
    # A set of one's own, so that nobody changes what is remembered.
    return set(memo[key])


def _families(drug: str, knowledge: Knowledge) -> set[str]:
    known = knowledge.drugs.get(drug)
    if known is None:
        return {drug, *class_with_parents(drug, knowledge)}
    return {drug, *known.components, *with_parents(drug, knowledge)}


def _tests(plan: Plan) -> Iterator[str]:
    """The tests that answer what the option asks for, or what is looked at while it is given."""
    wanted = {*_asked(plan), *_looked_at(plan)}
    for test in plan.knowledge.tests.values():
        if wanted.intersection(test.answers):
            yield test.id


def _asked(plan: Plan) -> Iterator[str]:
    """The facts that the conditions of the option read."""
    graph = plan.knowledge.graph
    for number in graph.below([each.criterion.node for each in plan.answer.criteria]):
        for term in terms_of(graph.nodes[number]):
            if isinstance(term, FactTerm):
                yield term.name


def _looked_at(plan: Plan) -> Iterator[str]:
    checks = [planned.check for day in plan.days for planned in day.checks]
    for check in (*checks, *(later.check for later in plan.later)):
        if check.fact is not None:
            yield check.fact
