"""The rules in force on one day for one authority, compiled once and used for everyone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from fingerpost.criteria.graph import Graph
from fingerpost.criteria.planes import Kernel, Slot
from fingerpost.facts.treatments import class_with_parents
from fingerpost.knowledge.as_of import window_on
from fingerpost.knowledge.model import Caution, Knowledge, Option, Window
from fingerpost.options.model import NotInForce
from fingerpost.terms import Authority

_ORDER = {
    name: place
    for place, name in enumerate(
        (
            "neoadjuvant",
            "perioperative",
            "adjuvant",
            "post_neoadjuvant",
            "extended_adjuvant",
            "advanced",
            "supportive",
            "any",
        )
    )
}


_WEAKEST = ("unverified", "weak", "verified")


@dataclass(frozen=True, slots=True)
class Rule:
    """An option in force; `cautions` are the ids of those that concern it."""

    option: Option
    window: Window
    cautions: tuple[str, ...]
    state: str

    @property
    def root(self) -> int:
        """The number of all conditions together."""
        return self.window.together


@dataclass
class RuleSet:
    """All options of an authority that were in force on a day.

    Its kernels hold only what these options, their cautions and the derived facts need, so that one
    person costs no more than the rules of one day.
    """

    knowledge: Knowledge
    on: dt.date
    authority: str
    rules: tuple[Rule, ...] = ()
    not_in_force: tuple[NotInForce, ...] = ()
    derived: dict[tuple[str, str], int] = field(default_factory=dict)
    cautions: tuple[str, ...] = ()
    verdict_roots: tuple[int, ...] = ()
    changing: tuple[Slot, ...] = ()
    _kernels: dict[str, Kernel] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Collect what is in force."""
        options = [o for o in self.knowledge.options.values() if o.authority == self.authority]
        options.sort(key=lambda o: (_ORDER.get(o.setting, len(_ORDER)), o.drug, o.id))
        rules: list[Rule] = []
        absent: list[NotInForce] = []
        for option in options:
            window = window_on(option, self.on)
            if window is None:
                absent.append(_not_in_force(option, self.on))
            elif not window.opens:
                absent.append(NotInForce(option, window, window.status.replace("_", " ")))
            else:
                rules.append(self._rule(option, window))
        self.rules, self.not_in_force = tuple(rules), tuple(absent)
        windows = (rule.window for rule in rules)
        self.verdict_roots = tuple(
            number for w in windows for number in (w.together, w.sequence, w.not_sequence)
        )
        self.cautions = tuple(dict.fromkeys(name for rule in rules for name in rule.cautions))
        changing = (n for n, fact in self.knowledge.facts.items() if fact.changes_with_treatment)
        self.changing = tuple(map(Slot, changing))
        for name, fact in self.knowledge.derived.items():
            for value, meaning in fact.values.items():
                self.derived[name, value] = meaning.node

    @property
    def graph(self) -> Graph:
        """The one graph that all conditions share."""
        return self.knowledge.graph

    @property
    def verdict_kernel(self) -> Kernel:
        """Only what decides verdicts."""
        return self._kernel("verdicts", self.verdict_roots)

    @property
    def full_kernel(self) -> Kernel:
        """Verdicts, cautions, notices, the trials' limits and every derived fact."""
        roots = list(self.verdict_roots)
        limits = (limit.node for rule in self.rules for limit in rule.option.trial_only)
        roots.extend(absent.window.together for absent in self.not_in_force)
        cautions = (self.knowledge.cautions[name].node for name in self.cautions)
        roots.extend(number for number in (*limits, *cautions) if number is not None)
        roots.extend(notice.node for notice in self.knowledge.notices.values())
        return self._kernel("full", [*roots, *self.derived.values()])

    def kernel_of(self, root: int) -> Kernel:
        """Only what is below one condition, for tables over its missing values."""
        return self._kernel(f"below {root}", [root])

    def _kernel(self, name: str, roots: Sequence[int]) -> Kernel:
        if name not in self._kernels:
            self._kernels[name] = Kernel(self.graph, roots)
        return self._kernels[name]

    def _rule(self, option: Option, window: Window) -> Rule:
        found = {name for drug in option.drugs for name in self._concerning(drug)}
        within = {name for drug in option.drugs for name in self._named(drug)}
        cautions = tuple(
            name
            for name, caution in self.knowledge.cautions.items()
            if name in found and not within.intersection(caution.unless_with)
        )
        return Rule(option, window, cautions, weakest(window))

    def _concerning(self, drug: str) -> set[str]:
        """The ids of the cautions of one medicine or family; what is told of it is not asked as well."""
        ids = {name for each in self._named(drug) for name in self._by_name.get(each, ())}
        cautions = [self.knowledge.cautions[name] for name in ids]
        told = {each.tells for each in cautions if each.tells}
        # Two labels can give two lengths of time: then the one of this authority stands.
        own = {each.tells for each in cautions if each.tells and self._speaks_here(each)}
        return {
            each.id
            for each in cautions
            if (each.unless_told is None or each.unless_told not in told)
            and (each.tells not in own or self._speaks_here(each))
        }

    def _named(self, drug: str) -> set[str]:
        """A medicine or family, the families it belongs to, and the medicines in it."""
        known = self.knowledge.drugs.get(drug)
        families = class_with_parents(drug, self.knowledge) if known is None else known.classes
        return {drug, *families, *(known.components if known else ())}

    def _speaks_here(self, caution: Caution) -> bool:
        return caution.authority in ("any", self.authority, Authority.LOCAL)

    @cached_property
    def _by_name(self) -> Mapping[str, list[str]]:
        """The ids of the cautions of the day for each drug and class, as far as they concern this authority."""
        found: dict[str, list[str]] = {}
        for caution in self.knowledge.cautions.values():
            if not caution.holds_on(self.on):
                continue
            # A label's warning is worth hearing wherever one lives; whether it decides is told in `match`.
            if caution.authority == Authority.FDA or self._speaks_here(caution):
                for name in (*caution.drugs, *caution.classes):
                    found.setdefault(name, []).append(caution.id)
        return found


def weakest(window: Window) -> str:
    """The state of the least checked of a wording's conditions and days."""
    return min((window.date_state, *(c.state for c in window.criteria)), key=_WEAKEST.index)


def _not_in_force(option: Option, on: dt.date) -> NotInForce:
    past = [w for w in option.windows if w.until is not None and w.until < on and not w.expected]
    if past:
        last = max(past, key=lambda w: w.until or on)
        return NotInForce(option, last, f"{last.ended or 'ended'}")
    first = min(option.windows, key=lambda w: w.start)
    # When somebody looked for guidance is no day on which anything began.
    unseen = first.status == "no_guidance_found"
    return NotInForce(option, first, "no guidance found" if unseen else "not approved yet")
