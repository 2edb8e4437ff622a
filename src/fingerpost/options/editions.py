"""Results from before a day on which the rules for such results changed."""

from __future__ import annotations

from fingerpost.facts.model import Facts
from fingerpost.facts.words import days_words, words_of
from fingerpost.knowledge.model import Edition, Knowledge
from fingerpost.record.model import Finding, Message
from fingerpost.values import Absent, Choice, Days


def older_rules(facts: Facts, knowledge: Knowledge) -> list[Message]:
    """A message for each result that counts, and that was named by rules of before."""
    found: list[Message] = []
    for edition in knowledge.editions.values():
        counted = [f for name in edition.about for f in facts.chosen[name].findings]
        found += [_told(edition, each, knowledge) for each in counted if _is_older(edition, each)]
    return found


def _is_older(edition: Edition, finding: Finding) -> bool:
    if isinstance(finding.value, Absent) or finding.date is None or finding.date.last is None:
        return False
    if finding.date.last >= edition.before:
        return False
    value = finding.value
    return not edition.results or (
        isinstance(value, Choice) and value.possible <= set(edition.results)
    )


def _told(edition: Edition, finding: Finding, knowledge: Knowledge) -> Message:
    fact = knowledge.facts[finding.fact]
    day = finding.date or Days()
    result = words_of(finding.value, fact.values, fact.unit)
    what = f"{fact.label}: {result}, of {days_words(day)}. {edition.text}"
    return Message(
        "older_rules",
        ", ".join(finding.places),
        what,
        edition.try_this,
        source=edition.source,
        state=edition.state,
    )
