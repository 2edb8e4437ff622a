"""What is odd about a record as a whole: ways of knowing one thing that contradict, and rare sights."""

from __future__ import annotations

from collections.abc import Sequence

from fingerpost.criteria.explain import Explainer
from fingerpost.criteria.nodes import Constant
from fingerpost.criteria.planes import Planes, Slot
from fingerpost.facts.model import Facts
from fingerpost.facts.words import words_of
from fingerpost.knowledge.model import Knowledge
from fingerpost.options.editions import older_rules
from fingerpost.options.rule_set import RuleSet
from fingerpost.options.samples import differing_samples
from fingerpost.record.model import Message


def second_looks(
    rules: RuleSet, planes: Planes, explainer: Explainer, facts: Facts
) -> list[Message]:
    """Messages for quarrels between two ways of knowing, samples that differ, and notices."""
    said: dict[frozenset[Slot], Message] = {}
    for number, parts in quarrelling(rules, planes):
        slots = frozenset(
            slot
            for part in parts
            if planes.is_yes(part) or planes.is_no(part)
            for slot in explainer.reasons(part)
        )
        if slots not in said:
            said[slots] = _contradiction(explainer.reasons(number), facts, rules.knowledge)
    return [
        *_least(said),
        *differing_samples(rules, facts),
        *older_rules(facts, rules.knowledge),
        *_notices(rules, planes),
    ]


def told_once(messages: Sequence[Message]) -> tuple[Message, ...]:
    """The messages without those on another sample that a comparison of the samples tells better."""
    compared = [set(m.where.split(", ")) for m in messages if m.code == "samples_differ"]
    return tuple(
        message
        for message in messages
        if message.code != "other_sample"
        or not any(set(message.where.split(", ")) <= places for places in compared)
    )


def quarrelling(rules: RuleSet, planes: Planes) -> list[tuple[int, Sequence[int]]]:
    """The `agree` nodes of which one part says yes and another no, in the record as it stands."""
    found: list[tuple[int, Sequence[int]]] = []
    graph = rules.graph
    for number in rules.full_kernel.agreements:
        parts = graph.parts[number]
        # "always" against "never" is how the knowledge writes "nobody settles this".
        settled = [part for part in parts if not isinstance(graph.nodes[part], Constant)]
        if any(map(planes.is_yes, settled)) and any(map(planes.is_no, settled)):
            found.append((number, parts))
    return found


def _least(said: dict[frozenset[Slot], Message]) -> list[Message]:
    """One quarrel makes others that rest on it; those with more slots than another are left out."""
    return [m for slots, m in said.items() if not any(other < slots for other in said)]


def _contradiction(slots: Sequence[Slot], facts: Facts, knowledge: Knowledge) -> Message:
    names = list(dict.fromkeys(_said(slot, facts, knowledge) for slot in slots))
    where = ", ".join(dict.fromkeys(_where(slot, facts) for slot in slots))
    what = f"these do not fit together: {'; '.join(names)}. What depends on them stays unknown"
    return Message("contradicts", where, what, "Ask your team which one is right.", "warning")


def _said(slot: Slot, facts: Facts, knowledge: Knowledge) -> str:
    if slot.treatment is not None:
        return f"treatment {slot.treatment + 1}"
    fact = knowledge.facts.get(slot.name)
    value = facts.case.facts.get(slot.name)
    if fact is None or value is None:
        return slot.name.replace("_", " ")
    return f"{fact.label}: {words_of(value, fact.values, fact.unit)}"


def _where(slot: Slot, facts: Facts) -> str:
    if slot.treatment is not None:
        return ", ".join(facts.treatments[slot.treatment].places)
    chosen = facts.chosen.get(slot.name)
    references = [p for f in chosen.findings for p in f.places] if chosen is not None else []
    return ", ".join(references) or slot.name


def _notices(rules: RuleSet, planes: Planes) -> list[Message]:
    return [
        Message(
            f"notice:{notice.id}",
            "record",
            notice.text,
            notice.try_this or "",
            "warning" if notice.contradicts else "info",
            source=notice.source,
            state=notice.state,
        )
        for notice in rules.knowledge.notices.values()
        if planes.is_yes(notice.node)
    ]
