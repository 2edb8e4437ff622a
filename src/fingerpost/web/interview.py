"""Which question comes next: the first of the list that could still change what is shown.

The list, its order and its words stand in `interview.yaml`; whether a question can change anything is
worked out by the same function that ranks missing tests.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from fingerpost.criteria.evaluate import evaluate
from fingerpost.report.spoken import spoken
from fingerpost.terms import Answer, Verdict

if TYPE_CHECKING:
    from fingerpost.knowledge.plan_model import Ask
    from fingerpost.options.model import Missing, Options
    from fingerpost.record.model import Finding
    from fingerpost.web.answers import Answers


def asks_in_order(options: Options) -> Sequence[Ask]:
    """Every question of the list, in its order and the reader's language."""
    return sorted(spoken(options.knowledge).following.interview.values(), key=lambda ask: ask.order)


def open_asks(options: Options, answers: Answers) -> Iterator[Ask]:
    """The questions that are not answered yet and could change what is shown."""
    deciding = facts_that_decide(options)
    answered = {finding.fact for finding in _findings(answers)} | answers.facts.keys()
    for ask in asks_in_order(options):
        if ask.id in answers.done or answered & {ask.fact, ask.coarser}:
            continue
        if not _concerns(ask, options):
            continue
        if ask.always or deciding & {ask.fact, ask.coarser}:
            yield ask


def next_ask(options: Options, answers: Answers) -> Ask | None:
    """The question to ask now; None when no answer to any could change anything."""
    return next(open_asks(options, answers), None)


def facts_that_decide(options: Options) -> frozenset[str]:
    """The facts that could still decide an option, or whether a caution is about this person."""
    found = {fact for missing in options.missing.single for fact in _deciding(missing, options)}
    for answer in options.options:
        if answer.verdict is Verdict.DOES_NOT_MATCH:
            continue
        for caution in answer.cautions:
            if caution.answer is Answer.UNKNOWN:
                found.update(slot.name for slot in caution.reasons)
    return frozenset(found)


def _deciding(missing: Missing, options: Options) -> Iterable[str]:
    """The facts of a missing test that could decide an option by themselves.

    One test of many genes answers many facts at once, and is ranked as one. A person is asked gene by
    gene, and only for those on which an option that is still open waits.
    """
    if len(missing.facts) == 1:
        return missing.facts
    waiting = {
        slot.name
        for answer in options.options
        if answer.option.id in missing.options
        for slot in answer.unsettled
    }
    return [fact for fact in missing.facts if fact in waiting]


def _concerns(ask: Ask, options: Options) -> bool:
    """Whether the question may be for this person: what is not known is asked."""
    if ask.node is None:
        return True
    node = options.knowledge.graph.nodes[ask.node]
    return evaluate(node, options.facts.case) is not Answer.NO


def _findings(answers: Answers) -> Iterator[Finding]:
    for record in answers.brought:
        yield from record.findings
