"""The whole trace of a condition: its answer, and the answers of everything it is made of.

A derived fact (`her2 is negative`) is made of much, and many conditions read it; so a trace stops at
it, and each derived value that was reached is traced once, under `derivations`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fingerpost.criteria.evaluate import Remembered
from fingerpost.criteria.explain import slots_of
from fingerpost.criteria.nodes import (
    ATOM_CLASSES,
    Agree,
    All,
    AnyOf,
    AtLeast,
    CountTreatments,
    Named,
    Node,
    Not,
    parts_of,
)
from fingerpost.criteria.wording import Lexicon, say
from fingerpost.messages import gettext as _
from fingerpost.messages import ngettext

if TYPE_CHECKING:
    from fingerpost.criteria.case import Case
    from fingerpost.report.contract import Because, Trace
    from fingerpost.report.reasons import Reasons


class Tracer:
    """Traces the conditions of one answer, by the reference evaluator."""

    def __init__(self, case: Case, lexicon: Lexicon, reasons: Reasons) -> None:
        """Begin with nothing traced."""
        self._case = case
        self._lexicon = lexicon
        self._reasons = reasons
        self._reached: dict[str, Named] = {}
        self._remembered = Remembered(case)

    def trace(self, node: Node, treatment: int | None = None) -> Trace:
        """The answers below a condition, as far as the next derived fact."""
        name = None
        if isinstance(node, Named):
            name = f"{node.fact} is {node.value}"
            self._reached.setdefault(name, node)
        return {
            "says": _says(node, self._lexicon),
            "answer": self._remembered.answer(node, treatment).value,
            "derived": name,
            "because": self._because(node, treatment),
            "parts": [] if name else self._parts(node, treatment),
        }

    def derivations(self) -> dict[str, Trace]:
        """Every derived value that was reached, each once, with those that it is made of."""
        found: dict[str, Trace] = {}
        while len(found) < len(self._reached):
            for name, node in list(self._reached.items()):
                if name not in found:
                    found[name] = {**self.trace(node), "parts": [self.trace(node.part)]}
        return dict(sorted(found.items()))

    def _because(self, node: Node, treatment: int | None) -> list[Because]:
        if not isinstance(node, ATOM_CLASSES):
            return []
        return [self._reasons.of(slot) for slot in slots_of(node, treatment)]

    def _parts(self, node: Node, treatment: int | None) -> list[Trace]:
        if not isinstance(node, CountTreatments):
            return [self.trace(part, treatment) for part in parts_of(node)]
        parts = [self.trace(node.where, index) for index in range(len(self._case.treatments))]
        for number, part in enumerate(parts, 1):
            part["says"] = _("treatment %(number)s: %(says)s", number=number, says=part["says"])
        return parts


def _says(node: Node, lexicon: Lexicon) -> str:
    """A condition in words; one with parts below it only says how they are joined."""
    match node:
        case All():
            return _("all of these")
        case AnyOf():
            return _("at least one of these")
        case AtLeast():
            return ngettext("at least %(num)s of these", "at least %(num)s of these", node.count)
        case Not():
            return _("not this")
        case Agree():
            return _("several ways of knowing one thing, none against another")
        case _:
            return say(node, lexicon)
