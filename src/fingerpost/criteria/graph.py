"""One graph under everything: each distinct condition exists once, whoever uses it.

The graph is a list of nodes in which parts come before what is made of them, so that any fold is one
walk from front to back. Its content hash names the rule set: equal hashes, equal rules.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from fingerpost.criteria.nodes import CountTreatments, Node, TreatmentTerm, parts_of, terms_of


class Graph:
    """Nodes without duplicates, each under a number; `parts[n]` are the numbers below node n."""

    def __init__(self) -> None:
        """Begin with no nodes."""
        self.nodes: list[Node] = []
        self.parts: list[tuple[int, ...]] = []
        self._numbers: dict[tuple[object, ...], int] = {}
        self._seen: dict[int, int] = {}
        self._kept: list[Node] = []
        self._inside: list[bool] = []

    def add(self, node: Node) -> int:
        """The number of this node, adding it and what is below it where new."""
        seen = self._seen.get(id(node))
        if seen is not None:
            return seen
        if len(self._numbers) < len(self.nodes):
            self._index()
        below = tuple(self.add(part) for part in parts_of(node))
        key = (type(node).__name__, *_own_fields(node), below)
        number = self._numbers.get(key)
        if number is None:
            number = len(self.nodes)
            self._numbers[key] = number
            self.nodes.append(node)
            self.parts.append(below)
        # Identity is only a shortcut; the node is kept alive so that its id is never another's.
        self._seen[id(node)] = number
        self._kept.append(node)
        return number

    def _index(self) -> None:
        for number, (node, below) in enumerate(zip(self.nodes, self.parts, strict=True)):
            self._numbers[(type(node).__name__, *_own_fields(node), below)] = number

    def below(self, roots: Iterable[int]) -> list[int]:
        """All numbers reachable from the roots, parts first."""
        wanted: set[int] = set()
        waiting = list(roots)
        while waiting:
            number = waiting.pop()
            if number not in wanted:
                wanted.add(number)
                waiting.extend(self.parts[number])
        return sorted(wanted)

    @classmethod
    def restored(cls, nodes: list[Node], parts: list[tuple[int, ...]]) -> Graph:
        """A graph as it once was, from its nodes and parts; quick, for it is seldom added to."""
        graph = cls()
        graph.nodes, graph.parts = nodes, parts
        return graph

    def inside_treatment(self) -> list[bool]:
        """For each node, whether its answer depends on the treatment that a `where` looks at."""
        inside = self._inside
        for number in range(len(inside), len(self.nodes)):
            node = self.nodes[number]
            own = any(isinstance(term, TreatmentTerm) for term in terms_of(node))
            # Counting closes over the treatments: what it says is about the person again.
            counted = isinstance(node, CountTreatments)
            inside.append(own or (not counted and any(inside[part] for part in self.parts[number])))
        return inside

    def content_hash(self) -> str:
        """A name for the rule set: the same rules give the same name on every machine."""
        digest = hashlib.sha256()
        for node, below in zip(self.nodes, self.parts, strict=True):
            digest.update(repr((type(node).__name__, *_own_fields(node), below)).encode())
        return digest.hexdigest()[:16]


def _own_fields(node: Node) -> tuple[object, ...]:
    """The node's fields that are not parts, in a form whose repr does not depend on set order."""
    own: list[object] = []
    for name in node.__dataclass_fields__:
        if name in ("part", "parts", "where"):
            continue
        value = getattr(node, name)
        own.append(tuple(sorted(value)) if isinstance(value, frozenset) else value)
    return tuple(own)
