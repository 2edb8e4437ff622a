"""Two phases of one planned regimen, such as AC followed by a taxane.

The phases stay two treatments of the list, because labels ask for the last day of single drugs; that
they were one regimen is told.
"""

from __future__ import annotations

from collections.abc import Sequence

from fingerpost.facts.lines.model import Decision
from fingerpost.facts.lines.regimen import EARLY, Regimen, surely_before
from fingerpost.facts.lines.summary import name_of
from fingerpost.knowledge.line_rules import LinePeriod, LineRules, Phase
from fingerpost.knowledge.line_rules import Sequence as PhaseRule


def phase_decisions(all_of_them: Sequence[Regimen], rules: LineRules) -> list[Decision]:
    """Which treatments were phases of one regimen; told of the later one, where order is known."""
    found: list[Decision] = []
    gap = rules.periods.get("sequence_gap")
    for rule in rules.sequences.values():
        for one in all_of_them:
            for other in all_of_them:
                if one is other or not _fits(one, other, rule) or not _together(one, other):
                    continue
                later = one if surely_before(other, one) else other
                if _apart(one, other, gap) or (later is one and not rule.either_order):
                    continue
                found.append(_told(later, one if later is other else other, rule, rules))
    return found


def _told(later: Regimen, earlier: Regimen, rule: PhaseRule, rules: LineRules) -> Decision:
    name = name_of(later.drugs | earlier.drugs, (later, earlier), rules)
    called = f", {name}" if name else ""
    words = f"{earlier.name}, then {later.name}: two phases of one regimen{called}"
    return Decision(later.number, "regimen", "yes", rule.id, words)


def _fits(one: Regimen, other: Regimen, rule: PhaseRule) -> bool:
    phases = _holds(one, rule.first), _holds(other, rule.second)
    return all(phases) and not _holds(one, rule.second) and not _holds(other, rule.first)


def _holds(one: Regimen, phase: Phase) -> bool:
    families = {name for drug in one.drugs for name in one.classes_of(drug)}
    families.update(one.treatment.classes)
    return one.drugs >= set(phase.drugs) and families >= set(phase.classes)


def _together(one: Regimen, other: Regimen) -> bool:
    """Whether both were for the same setting around surgery, and nothing counts them apart."""
    return one.settings == other.settings and one.is_only(EARLY) and one.line == other.line


def _apart(one: Regimen, other: Regimen, gap: LinePeriod | None) -> bool:
    """Whether they began too far from each other, as far as days are known."""
    if gap is None or one.start is None or other.start is None:
        return gap is None
    starts = sorted((one.start, other.start), key=lambda days: (str(days.first), str(days.last)))
    earlier, later = starts[0].last, starts[1].first
    return earlier is not None and later is not None and later > gap.after(earlier)
