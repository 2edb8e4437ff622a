"""Which options read a fact: what a test bears on."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from fingerpost.criteria.nodes import FactTerm, Named, terms_of

if TYPE_CHECKING:
    from fingerpost.knowledge.model import Knowledge, Option


def options_reading(names: Collection[str], knowledge: Knowledge) -> list[Option]:
    """The options whose conditions, of any day, read one of these facts, base or derived."""
    numbers = {
        number
        for number, node in enumerate(knowledge.graph.nodes)
        if (isinstance(node, Named) and node.fact in names)
        or any(isinstance(term, FactTerm) and term.name in names for term in terms_of(node))
    }
    return [
        option
        for option in knowledge.options.values()
        if numbers
        & set(knowledge.graph.below([c.node for window in option.windows for c in window.criteria]))
    ]
