"""The few values that a silent record is read to have: rules of the knowledge, said openly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from fingerpost.criteria.case import Case
from fingerpost.criteria.evaluate import evaluate
from fingerpost.facts.model import Chosen
from fingerpost.knowledge.model import Knowledge
from fingerpost.record.model import Finding, Source
from fingerpost.terms import Answer
from fingerpost.values import Choice


def presume(
    case: Case, chosen: Mapping[str, Chosen], knowledge: Knowledge
) -> tuple[Case, dict[str, Chosen]]:
    """The case with what may be presumed, and the facts that this gave a value.

    A fact that any finding speaks of, even "not known", is never presumed.
    """
    made: dict[str, Chosen] = {}
    for rule in knowledge.presumptions.values():
        if rule.fact in case.facts or chosen[rule.fact].findings:
            continue
        holds = evaluate(knowledge.graph.nodes[rule.node], case)
        against = evaluate(knowledge.graph.nodes[rule.unless_node], case)
        if holds is Answer.YES and against is not Answer.YES:
            value = Choice(frozenset({rule.value}))
            source = Source("presumed", f"presumption {rule.id}", rule.text)
            made[rule.fact] = Chosen(
                value, (Finding(rule.fact, value, None, source),), (), rule.text
            )
    if not made:
        return case, made
    facts = {**case.facts, **{name: choice.value for name, choice in made.items()}}
    return replace(case, facts=facts), made
