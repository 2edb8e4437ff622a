"""What matches and why: the answer for one person, one day and one authority."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from fingerpost.criteria.explain import Explainer
from fingerpost.criteria.planes import Slot
from fingerpost.criteria.worlds import Unknown
from fingerpost.facts.model import Facts
from fingerpost.knowledge.model import Caution, Criterion, Knowledge, Option, TrialLimit, Window
from fingerpost.terms import Answer, Verdict

if TYPE_CHECKING:
    from fingerpost.options.rule_set import Rule


class CriterionAnswer(NamedTuple):
    """One condition of a label, its answer, and the places in the record that decided it."""

    criterion: Criterion
    answer: Answer
    explainer: Explainer

    @property
    def reasons(self) -> tuple[Slot, ...]:
        """What decided the answer, or whose absence keeps it open; worked out when asked for."""
        return self.explainer.reasons(self.criterion.node)


class CautionAnswer(NamedTuple):
    """A caution that applies (yes) or that nobody has asked about yet (unknown)."""

    caution: Caution
    answer: Answer
    explainer: Explainer

    @property
    def reasons(self) -> tuple[Slot, ...]:
        """What decided it; for a test to be done first, the fact that it would answer."""
        if self.caution.node is not None:
            return self.explainer.reasons(self.caution.node)
        return (Slot(self.caution.needs),) if self.caution.needs is not None else ()


class TrialNote(NamedTuple):
    """A limit of the trial behind an option, and whether this person was within it."""

    limit: TrialLimit
    answer: Answer


class OptionAnswer(NamedTuple):
    """One option: its verdict, every criterion, and what would have to be otherwise.

    `deciding` are the places (in `criteria`) of those that say no. `changes` are the smallest sets of
    facts that would have to differ before the option were no longer ruled out; empty when it is not.
    `unsettled` are the missing values whose absence keeps the option open. `state` is that of the
    least checked of its conditions and dates.
    """

    option: Option
    window: Window
    verdict: Verdict
    criteria: tuple[CriterionAnswer, ...]
    cautions: tuple[CautionAnswer, ...]
    trial_notes: tuple[TrialNote, ...]
    deciding: tuple[int, ...]
    state: str
    explainer: Explainer

    @property
    def unsettled(self) -> tuple[Slot, ...]:
        """The missing values whose absence keeps the option open; worked out when asked for."""
        open_ones = (c.reasons for c in self.criteria if c.answer is Answer.UNKNOWN)
        return tuple(dict.fromkeys(slot for reasons in open_ones for slot in reasons))

    @property
    def changes(self) -> tuple[frozenset[Slot], ...]:
        """The smallest sets of facts that would have to differ; worked out when asked for."""
        if self.verdict in (Verdict.MATCHES, Verdict.MIGHT_MATCH):
            return ()
        return self.explainer.changes(self.window.together, to=True)


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdicts of one person under the rules of one day, ready to be set beside another's."""

    rules: tuple[Rule, ...]
    verdicts: Mapping[str, Verdict]
    cautions: Mapping[str, CautionAnswer]
    explainer: Explainer


@dataclass(frozen=True, slots=True)
class NotInForce:
    """An option of the authority that is not to be had on this day, and why.

    `population` says whether the person is of those whom the wording is about, where the authority
    has looked at the use and did not recommend it; None where it is not in force for another reason.
    """

    option: Option
    window: Window
    reason: str
    population: Answer | None = None


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What another authority's use is for the same person on the same day."""

    option: Option
    window: Window
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Outcome:
    """One way a missing value may turn out, and the options it would decide."""

    label: str
    matches: tuple[str, ...]
    ruled_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """A missing test or answer, and what it would decide.

    `gain` is the number of options decided, averaged over the ways the result may turn out; each way
    counts alike, because how likely it is for one person is not ours to say. `always` are the
    options decided whatever the result; `options` those that some result decides.
    """

    id: str
    kind: str
    facts: tuple[str, ...]
    slots: tuple[Slot, ...]
    gain: float
    always: tuple[str, ...]
    options: tuple[str, ...]
    _outcomes: Callable[[], tuple[Outcome, ...]]

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """Each way the result may turn out and what it decides; worked out when asked for.

        Empty where a test has more results than anybody would read.
        """
        return self._outcomes()


@dataclass(frozen=True, slots=True)
class Pair:
    """Two missing tests that together decide more than each alone."""

    first: str
    second: str
    gain: float
    only_together: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MissingTests:
    """What to find out: one by one (the most deciding first), in pairs, and all that it takes."""

    single: tuple[Missing, ...]
    pairs: tuple[Pair, ...] = ()
    settles_all: tuple[str, ...] = ()
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Options:
    """The whole answer: every option of an authority on a day, for one person's facts.

    `elsewhere` and `guideline` are filled by `look_beside`.
    """

    knowledge: Knowledge
    facts: Facts
    on: dt.date
    authority: str
    options: tuple[OptionAnswer, ...]
    not_in_force: tuple[NotInForce, ...]
    derived: Mapping[str, Mapping[str, Answer]]
    derived_reasons: Mapping[tuple[str, str], tuple[Slot, ...]]
    missing: MissingTests
    unknowns: tuple[Unknown, ...]
    elsewhere: tuple[Elsewhere, ...] = ()
    guideline: tuple[OptionAnswer, ...] = ()
