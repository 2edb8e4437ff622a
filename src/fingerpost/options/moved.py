"""Which options another answer, or another day, moves from one group to another, and by what.

Two judgements are set side by side: of the person as they are and with one answer changed, or of the
same person on two days. Nothing is decided here; both sides are verdicts of the engine.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from fingerpost.terms import Answer, Verdict

if TYPE_CHECKING:
    from fingerpost.knowledge.model import Caution, Criterion, Option, Window
    from fingerpost.options.model import CautionAnswer, Judged
    from fingerpost.options.rule_set import Rule


class Turned(NamedTuple):
    """A condition (or a caution) that is answered otherwise than before.

    `before` or `after` is None where that wording does not have it.
    """

    what: Criterion | Caution
    before: Answer | None
    after: Answer | None


class Moved(NamedTuple):
    """An option whose verdict is not the same; a verdict is None where it was not in force."""

    option: Option
    before: Verdict | None
    after: Verdict | None
    window_before: Window | None
    window_after: Window | None
    turned: tuple[Turned, ...]


def moved(before: Judged, after: Judged) -> tuple[Moved, ...]:
    """Every option whose verdict differs, in the order of the options."""
    old = {rule.option.id: rule for rule in before.rules}
    new = {rule.option.id: rule for rule in after.rules}
    found = []
    for name in dict.fromkeys((*new, *old)):
        verdicts = (before.verdicts.get(name), after.verdicts.get(name))
        if verdicts[0] is not verdicts[1]:
            found.append(_moved(old.get(name), new.get(name), before, after))
    return tuple(found)


def _moved(old: Rule | None, new: Rule | None, before: Judged, after: Judged) -> Moved:
    option = new.option if new is not None else old.option  # type: ignore[union-attr]
    turned = () if old is None or new is None else (*_conditions(old, new, before, after),)
    return Moved(
        option,
        before.verdicts.get(option.id),
        after.verdicts.get(option.id),
        old.window if old else None,
        new.window if new else None,
        turned or (*_cautions(old, new, before, after),),
    )


def _conditions(old: Rule, new: Rule, before: Judged, after: Judged) -> Iterator[Turned]:
    """The conditions answered otherwise; those that only one of the wordings has are among them."""
    asked = {criterion.node: criterion for criterion in old.window.criteria}
    asks = {criterion.node: criterion for criterion in new.window.criteria}
    for node, criterion in {**asked, **asks}.items():
        was = before.explainer.answer(node) if node in asked else None
        now = after.explainer.answer(node) if node in asks else None
        if was is not now:
            yield Turned(criterion, was, now)


def _cautions(
    old: Rule | None, new: Rule | None, before: Judged, after: Judged
) -> Iterator[Turned]:
    """The cautions that apply on one side only: they alone can have moved such an option."""
    if old is None or new is None:
        return
    for name in dict.fromkeys((*old.cautions, *new.cautions)):
        was, now = _answer(name, before.cautions), _answer(name, after.cautions)
        if was is not now:
            yield Turned({**before.cautions, **after.cautions}[name].caution, was, now)


def _answer(name: str, cautions: Mapping[str, CautionAnswer]) -> Answer | None:
    found = cautions.get(name)
    return None if found is None else found.answer
