"""Conditions of a wording apart from any person: in plain words, and as they are written."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from fingerpost.criteria.wording import say
from fingerpost.report.lexicon import lexicon_of
from fingerpost.report.option_said import sentence

if TYPE_CHECKING:
    from fingerpost.knowledge.model import Criterion, Knowledge
    from fingerpost.report.contract import ConditionSaid


def conditions_said(criteria: Iterable[Criterion], knowledge: Knowledge) -> list[ConditionSaid]:
    """Every condition, in the order of the file."""
    lexicon = lexicon_of(knowledge)
    return [
        {
            "says": sentence(say(knowledge.graph.nodes[criterion.node], lexicon)),
            "label": criterion.label,
            "quoted": criterion.quoted,
            "condition": written(criterion.when),
            "kind": criterion.kind,
            "source": criterion.source,
            "state": criterion.state,
        }
        for criterion in criteria
    ]


def written(when: object) -> str:
    """A condition as it is written, on one line.

    >>> written({"any": ["a is yes", {"not": "b is no"}]})
    'any of (a is yes; not (b is no))'
    """
    match when:
        case {"at_least": count, "of": list() as parts}:
            return f"at least {count} of ({'; '.join(map(written, parts))})"
        case {"not": part}:
            return f"not ({written(part)})"
        case dict():
            ((word, parts),) = when.items()
            return f"{word} of ({'; '.join(map(written, parts))})"
        case _:
            return str(when)
