"""A status worked out for each sample by itself: has the cancer changed, or has a test missed?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from fingerpost.criteria.case import Case
from fingerpost.criteria.evaluate import evaluate
from fingerpost.facts.choose import choose
from fingerpost.facts.model import Facts
from fingerpost.facts.panels import samples_of
from fingerpost.facts.words import days_words
from fingerpost.knowledge.model import Compared, DerivedFact
from fingerpost.options.rule_set import RuleSet
from fingerpost.record.model import Finding, Message
from fingerpost.terms import Answer
from fingerpost.values import Absent

# What each kind of sample is called in a sentence.
_SAMPLES = {
    "primary": "a sample from the first tumor",
    "recurrence": "a sample from where it came back nearby",
    "metastasis": "a sample from where it has spread",
    "blood": "a blood sample",
    "saliva": "a saliva sample",
}


def differing_samples(rules: RuleSet, facts: Facts) -> list[Message]:
    """A message for each status that one sample answers yes, and another no."""
    found: list[Message] = []
    for compared in rules.knowledge.compared.values():
        samples = samples_of([f for f in facts.findings if _is_of(f, compared, rules)])
        if len(samples) < 2:
            continue
        answers = [_answers(sample, compared, rules, facts) for sample in samples]
        if any(_differ(one, other) for one, other in combinations(answers, 2)):
            found.append(_told(compared, samples, answers, rules))
    return found


def _is_of(finding: Finding, compared: Compared, rules: RuleSet) -> bool:
    fact = rules.knowledge.facts.get(finding.fact)
    return fact is not None and fact.panel == compared.panel


def _answers(
    sample: Sequence[Finding], compared: Compared, rules: RuleSet, facts: Facts
) -> Mapping[str, Answer]:
    """Each value of the status, as this sample alone answers it."""
    values = {}
    for name in {finding.fact for finding in sample}:
        own = [finding for finding in sample if finding.fact == name]
        value = choose(rules.knowledge.facts[name], own, rules.on).value
        if not isinstance(value, Absent):
            values[name] = value
    case = Case(rules.on, values, (), facts.case.treatments_complete)
    nodes = rules.graph.nodes
    return {
        value: evaluate(nodes[meaning.node], case)
        for value, meaning in _status(compared, rules).values.items()
    }


def _status(compared: Compared, rules: RuleSet) -> DerivedFact:
    return rules.knowledge.derived[compared.status]


def _differ(one: Mapping[str, Answer], other: Mapping[str, Answer]) -> bool:
    return any({one[value], other[value]} == {Answer.YES, Answer.NO} for value in one)


def _told(
    compared: Compared,
    samples: Sequence[Sequence[Finding]],
    answers: Sequence[Mapping[str, Answer]],
    rules: RuleSet,
) -> Message:
    status = _status(compared, rules)
    said = [
        f"{words} in {_named(sample)}"
        for sample, each in zip(samples, answers, strict=True)
        if (words := _most_exact(each, status))
    ]
    where = ", ".join(dict.fromkeys(_references(samples)))
    what = f"{compared.text}: {'; '.join(said)}"
    return Message(
        "samples_differ",
        where,
        what,
        compared.try_this,
        "warning",
        source=compared.source,
        state=compared.state,
    )


def _most_exact(answers: Mapping[str, Answer], status: DerivedFact) -> str | None:
    """The last value that holds: the catalogue names the wide ones first."""
    held = [value for value, answer in answers.items() if answer is Answer.YES]
    return status.values[held[-1]].plain if held else None


def _named(sample: Sequence[Finding]) -> str:
    kind = next((f.specimen for f in sample if f.specimen is not None), None)
    site = next((f.site for f in sample if f.site is not None), None)
    day = next((f.date for f in sample if f.date is not None), None)
    parts = [_SAMPLES.get(kind or "", "a sample"), site, days_words(day) if day else "no date"]
    return f"{parts[0]}" + f" ({', '.join(part for part in parts[1:] if part)})"


def _references(samples: Sequence[Sequence[Finding]]) -> Iterator[str]:
    for sample in samples:
        for finding in sample:
            yield from finding.places
