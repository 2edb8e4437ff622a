"""Which medicines of a treatment are new beside those given before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fingerpost.facts.lines.regimen import Regimen
from fingerpost.knowledge.line_rules import LineRules, Maintenance
from fingerpost.terms import Answer


@dataclass(frozen=True, slots=True)
class Change:
    """What a treatment brought that the line before did not have.

    `exchanged` are pairs of drugs of which the second stands in for the first.
    """

    new: frozenset[str]
    exchanged: tuple[tuple[str, str], ...]
    brings_new: Answer
    only_beside: bool


def change(before: frozenset[str], whole: bool, after: Regimen, rules: LineRules) -> Change:
    """What is new in a treatment; `whole` says whether the drugs before are all there were."""
    kept = _stand_ins(before, after, rules)
    exchanged = tuple(
        (kept[name], drug)
        for drug in sorted(after.drugs - before)
        if (name := _group(drug, after, rules)) in kept
    )
    beside = {drug for drug in after.drugs if after.within(drug, rules.never_new.values())}
    new = after.drugs - before - {drug for _, drug in exchanged} - beside
    brings = Answer.UNKNOWN
    if new and whole:
        brings = Answer.YES
    elif not new and after.whole and after.drugs:
        brings = Answer.NO
    return Change(new, exchanged, brings, after.whole and bool(beside) and beside == after.drugs)


def _stand_ins(before: frozenset[str], after: Regimen, rules: LineRules) -> Mapping[str, str]:
    """Drugs given before and no longer, by the group of those that could stand in for them."""
    gone = sorted(before - after.drugs)
    return {name: drug for drug in gone if (name := _group(drug, after, rules))}


def _group(drug: str, after: Regimen, rules: LineRules) -> str:
    group = after.within(drug, rules.swaps.values())
    return group.id if group else ""


def maintenance(before: Regimen, new: frozenset[str], rules: LineRules) -> Maintenance | None:
    """The pattern by which all new drugs may follow in the same line, if there is one."""
    given = {name for drug in before.drugs for name in before.classes_of(drug)}
    for pattern in rules.maintenance.values():
        if given.isdisjoint(pattern.after):
            continue
        if all(not before.classes_of(drug).isdisjoint(pattern.adds) for drug in new):
            return pattern
    return None
