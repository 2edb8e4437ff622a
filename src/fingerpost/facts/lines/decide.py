"""Whether one treatment began a new line: three-valued, with the reason.

A treatment is held against every treatment that may have come right before it. Only where all of them
give one answer is it an answer. What the rules leave open stays unknown, and why is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from fingerpost.facts.lines.agents import Change, change, maintenance
from fingerpost.facts.lines.growth import Event, days_apart, grew_before
from fingerpost.facts.lines.model import Decision, Told
from fingerpost.facts.lines.regimen import ADVANCED, EARLY, Regimen, surely_before, went_on
from fingerpost.knowledge.line_rules import LineRules
from fingerpost.terms import Answer

Reason = tuple[Told, str, str]


@dataclass(slots=True)
class Deciding:
    """The treatments of one person, what is known of growth, and what was decided so far."""

    regimens: Sequence[Regimen]
    grown: Sequence[Event]
    rules: LineRules
    # The drugs of the line that each treatment belongs to, as far as that is certain.
    drugs_so_far: dict[int, tuple[frozenset[str], bool]] = field(default_factory=dict)

    def decide(self, one: Regimen) -> Decision | None:
        """Whether a treatment began a new line; None for one that belongs to no line."""
        if not one.counts:
            return None
        if one.is_only(EARLY):
            return self._early(one)
        if one.is_only(ADVANCED):
            return self._advanced(one)
        if one.settings is None or one.may_be(ADVANCED):
            what = (
                f"{one.name}: the record does not say whether this was for early or advanced "
                "disease, so it cannot be placed in a line"
            )
            return Decision(one.number, "new_line", "unknown", "setting_unknown", what)
        return None

    # --- early disease --------------------------------------------------------------------

    def _early(self, one: Regimen) -> Decision:
        """All treatment of early disease counts as one line, begun by its first treatment."""
        others = [each for each in self.regimens if each is not one and each.counts]
        others = [each for each in others if each.may_be(EARLY)]
        sure = [e for e in others if e.is_only(EARLY) and e.surely_counts]
        if any(surely_before(each, one) for each in sure):
            what = f"{one.name}: all medicine around surgery counts as one line, and this was not the first"
            return Decision(one.number, "new_line", "no", "early_is_one_line", what)
        if all(surely_before(one, each) for each in others):
            what = f"{one.name}: the first medicine around surgery in this record, the beginning of its line"
            return Decision(one.number, "new_line", "yes", "first", what)
        what = (
            f"{one.name}: the order of the medicines around surgery is not known from their dates"
        )
        return Decision(one.number, "new_line", "unknown", "order_unknown", what)

    # --- advanced disease -----------------------------------------------------------------

    def _advanced(self, one: Regimen) -> Decision:
        candidates, may_be_first = self._before(one)
        reasons = [self.after(each, one) for each in candidates]
        if may_be_first:
            reasons.append(("yes", "first", _first(one)))
        if len(candidates) == 1 and not may_be_first:
            self._note_drugs(one, candidates[0], reasons[0][0])
        else:
            self.drugs_so_far[one.number] = (one.drugs, one.whole)
        answer, rule, words = _agreed(one, reasons, candidates, may_be_first=may_be_first)
        return Decision(one.number, "new_line", answer, rule, words)

    def _before(self, one: Regimen) -> tuple[list[Regimen], bool]:
        """Every treatment that may have come right before; and whether there may be none."""
        others = [e for e in self.regimens if e is not one and e.counts and e.may_be(ADVANCED)]
        sure = [e for e in others if e.is_only(ADVANCED) and e.surely_counts]
        nearer = [each for each in sure if surely_before(each, one)]
        found = [
            each
            for each in others
            if not surely_before(one, each)
            and not any(surely_before(each, near) for near in nearer if near is not each)
        ]
        return found, not nearer

    def _note_drugs(self, one: Regimen, before: Regimen, answer: Told) -> None:
        drugs, whole = one.drugs, one.whole
        if answer == "no":
            earlier, all_known = self.drugs_so_far.get(before.number, (before.drugs, before.whole))
            drugs, whole = drugs | earlier, whole and all_known
        self.drugs_so_far[one.number] = (drugs, whole)

    def after(self, before: Regimen, one: Regimen) -> Reason:
        """What follows if one treatment came right after another."""
        drugs, whole = self.drugs_so_far.get(before.number, (before.drugs, before.whole))
        changed = change(drugs, whole, one, self.rules)
        beside = self._beside(before, one, changed)
        if beside is not None:
            return beside
        grew, event = grew_before(before, one, self.grown, self.rules)
        if grew is Answer.YES:
            return self._after_growth(before, one, changed, event)
        if grew is Answer.NO:
            return self._without_growth(before, one, changed)
        return "unknown", "growth_unknown", _unknown_growth(before, one, changed)

    def _beside(self, before: Regimen, one: Regimen, changed: Change) -> Reason | None:
        """What was added while the earlier treatment went on."""
        if not went_on(before, one):
            return None
        apart = days_apart(before.start, one.start) or "soon"
        if changed.only_beside:
            words = f"{one.name} was given beside {before.name}, and begins no line of its own: the same line"
            return "no", "never_new", words
        window = self.rules.periods.get("joins_line")
        latest = one.start.last if one.start else None
        first = before.start.first if before.start else None
        if window is not None and latest and first and latest <= window.after(first):
            words = f"{one.name} was added {apart} after {before.name} began, and that went on: the same line"
            return "no", "joins_line", words
        return None

    def _after_growth(
        self, before: Regimen, one: Regimen, changed: Change, event: Event | None
    ) -> Reason:
        if before.flag("progression") == "no" and changed.brings_new is not Answer.YES:
            when = event.words if event else "another day"
            words = (
                f"{before.name} is recorded as ended without growth, and growth is recorded on "
                f"{when}: it is not known which holds"
            )
            return "unknown", "contradiction", words
        when = f"after the cancer grew on {event.words}" if event else "on which the cancer grew"
        apart = days_apart(before.start, one.start)
        if event:
            later = (
                f", {apart} after {before.name} had begun" if apart else f" and after {before.name}"
            )
            return "yes", "growth", f"{one.name} began {when}{later}: a new line"
        return "yes", "growth", f"{one.name} came after {before.name}, {when}: a new line"

    def _without_growth(self, before: Regimen, one: Regimen, changed: Change) -> Reason:
        if changed.brings_new is Answer.NO:
            if changed.exchanged:
                known = one.knowledge.drugs
                pairs = " and ".join(
                    f"{known[new].name} replaced {known[old].name}"
                    for old, new in changed.exchanged
                )
                return "no", "swap", f"{pairs} without growth: an exchange within the same line"
            words = (
                f"{one.name} went on after {before.name}, with nothing new and without growth: "
                "the same line (maintenance)"
            )
            return "no", "nothing_new", words
        pattern = None
        if changed.brings_new is Answer.YES and one.whole:
            pattern = maintenance(before, changed.new, self.rules)
        if pattern is not None:
            words = (
                f"{one.name} followed {before.name} at once, without growth: "
                f"{_lower(pattern.plain)}, the same line (maintenance)"
            )
            return "no", pattern.id, words
        words = (
            f"{one.name} came after {before.name} without growth: some rules count such a change "
            "as a new line, others do not"
        )
        return "unknown", "change_without_growth", words


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _unknown_growth(before: Regimen, one: Regimen, changed: Change) -> str:
    what = f"{one.name} came after {before.name}"
    if changed.brings_new is Answer.NO:
        what += " and brought nothing new"
    return f"{what}; the record does not say whether the cancer had grown in between"


def _first(one: Regimen) -> str:
    return f"{one.name}: the first medicine for advanced disease in this record, so a new line"


def _agreed(
    one: Regimen,
    reasons: Sequence[Reason],
    candidates: Sequence[Regimen],
    *,
    may_be_first: bool,
) -> Reason:
    """The answer that all possible orders give; unknown if they differ."""
    answers = {answer for answer, _, _ in reasons}
    if len(reasons) == 1 or (len(answers) == 1 and "unknown" not in answers):
        return reasons[0]
    unsure = sorted({each.name for each in candidates if not each.is_only(ADVANCED)})
    certain = sum(each.is_only(ADVANCED) for each in candidates) + may_be_first
    if unsure and certain == 1:
        # The dates may be as clear as can be: what is open is whether these count.
        named = " and ".join(unsure)
        words = f"{one.name}: whether {named} came before it for advanced disease is not certain"
        return "unknown", "order_unknown", words
    names = ", or ".join([*sorted({each.name for each in candidates}), *["none"] * may_be_first])
    words = f"{one.name}: which treatment came right before it is not certain ({names})"
    return "unknown", "order_unknown", words
