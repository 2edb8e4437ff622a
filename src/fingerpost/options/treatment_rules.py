"""What hangs together in one treatment of an invented person, as rules for the solver.

Each rule mirrors what the reading makes of a treatment (`facts.treatments`): classes follow from drugs,
an end from its reason, a line from what was before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from fingerpost.criteria.formulas import HUNDREDTHS, MONTH, YEAR, Formula
from fingerpost.criteria.vocabulary import Vocabulary

# What the rules read; a vocabulary without them has no treatments that can be invented.
NEEDED = frozenset(
    (
        *("drug", "class", "kind", "setting", "start", "end", "ongoing", "end_reason"),
        *("progression", "best_response", "line", "new_line", "cycles", "chemotherapy_drugs"),
    )
)
# What the reading works out of the drugs, so that it is always known; the number of chemotherapy
# drugs only where there are drugs.
WORKED_OUT = ("drug", "class", "kind")
MOST_DRUGS = 4
_ENDINGS = ("completed", "progression", "recurrence", "toxicity")


@dataclass(frozen=True, slots=True)
class Drugs:
    """What the solver has to know of drugs: their classes, what they hold, which are in use.

    `together` are the sets of drugs that are given together; others are given alone.
    """

    classes_of: Mapping[str, frozenset[str]]
    components: Mapping[str, frozenset[str]]
    usual: frozenset[str]
    together: frozenset[frozenset[str]]


@dataclass(frozen=True, slots=True)
class TreatmentRules:
    """The rules of the treatment with the number `slot`.

    `variable` gives whether an attribute of a treatment is known, and its value.
    """

    slot: int
    vocabulary: Vocabulary
    drugs: Drugs
    variable: Callable[[str, int], tuple[Formula, Formula]]

    def rules(self) -> Iterator[Formula]:
        """Every rule."""
        yield from self._of_drugs()
        yield from self._of_time()
        yield from self._of_growth()
        yield from self._of_lines()
        yield from self._in_order()
        yield from self._believable()

    def _known(self, name: str) -> Formula:
        return self.variable(name, self.slot)[0]

    def _value(self, name: str, slot: int | None = None) -> Formula:
        return self.variable(name, self.slot if slot is None else slot)[1]

    def _is(self, name: str, *words: str, slot: int | None = None) -> Formula:
        import z3

        values = self.vocabulary.attributes[name].values
        value = self._value(name, slot)
        return z3.Or([value == values.index(word) for word in words])

    def _early(self, slot: int | None = None) -> Formula:
        groups = self.vocabulary.attributes["setting"].groups
        return self._is("setting", *groups["early"], slot=slot)

    def _of_class(self, name: str) -> list[Formula]:
        chosen = self._value("drug")
        return [chosen[drug] for drug, own in self.drugs.classes_of.items() if name in own]

    def _of_drugs(self) -> Iterator[Formula]:
        """Classes and kind follow from the drugs; bone medicines stand alone; radiation has none."""
        import z3

        chosen = self._value("drug")
        local = self._is("kind", "radiotherapy", "surgery")
        yield z3.Or(list(chosen.values())) == z3.Not(local)
        yield z3.AtMost(*chosen.values(), MOST_DRUGS)
        for drug, parts in self.drugs.components.items():
            yield from (z3.Implies(chosen[drug], chosen[part]) for part in sorted(parts))
        for name, inside in self._value("class").items():
            yield inside == z3.Or(self._of_class(name))
        bones = z3.Or(self._of_class("bone_agent"))
        others = z3.Or(
            [chosen[d] for d, own in self.drugs.classes_of.items() if "bone_agent" not in own]
        )
        yield z3.Not(z3.And(bones, others))
        yield self._is("kind", "systemic") == others
        yield self._is("kind", "supportive") == bones
        cytotoxic = [z3.If(drug, 1, 0) for drug in self._of_class("chemotherapy")]
        yield self._known("chemotherapy_drugs") == z3.Not(local)
        yield self._value("chemotherapy_drugs") == HUNDREDTHS * z3.Sum([z3.IntVal(0), *cytotoxic])

    def _of_time(self) -> Iterator[Formula]:
        """It began before today, and goes on or has ended for a reason."""
        import z3

        # Written out, so that the reading has nothing to conclude.
        yield from (self._known(name) for name in ("setting", "start", "ongoing", "end"))
        start, end, today = self._value("start"), self._value("end"), z3.Int("today")
        reason = self._known("end_reason")
        yield from (start <= today, start <= end)
        yield z3.Implies(self._is("ongoing", "no"), z3.And(end <= today, reason))
        yield z3.Implies(self._is("ongoing", "yes"), z3.And(end >= today, z3.Not(reason)))
        yield z3.Implies(reason, self._is("end_reason", *_ENDINGS))
        yield from (z3.Not(self._known(name)) for name in ("best_response", "cycles"))

    def _of_growth(self) -> Iterator[Formula]:
        """Whether the cancer grew is what the reason for ending says."""
        import z3

        grew = self._is("end_reason", "progression", "recurrence")
        said = z3.And(self._known("progression"), self._is("progression", "yes") == grew)
        yield z3.Implies(self._is("ongoing", "no"), said)
        yield z3.Implies(self._is("end_reason", "recurrence"), self._early())
        yield z3.Implies(z3.Not(self._is("kind", "systemic")), z3.Not(grew))

    def _of_lines(self) -> Iterator[Formula]:
        """Each treatment of advanced disease is a line with its number; all of early disease is one."""
        import z3

        before = [
            (z3.And(there, self._is("kind", "systemic", slot=at)), self._early(at))
            for at, there in enumerate(map(treatment_exists, range(self.slot)))
        ]
        lines = [z3.If(z3.And(counts, z3.Not(early)), 1, 0) for counts, early in before]
        systemic, early = self._is("kind", "systemic"), self._early()
        counts = z3.And(systemic, z3.Not(early))
        number = HUNDREDTHS * (z3.Sum([z3.IntVal(0), *lines]) + 1)
        yield self._known("line") == counts
        yield self._known("new_line") == systemic
        yield z3.Implies(counts, z3.And(self._value("line") == number, self._is("new_line", "yes")))
        first = z3.Not(z3.Or([z3.And(*pair) for pair in before]))
        yield z3.Implies(z3.And(systemic, early), self._is("new_line", "yes") == first)

    def _in_order(self) -> Iterator[Formula]:
        """One after the other, and what is given for early cancer before what is given for spread."""
        import z3

        if self.slot == 0:
            return
        previous, there = self.slot - 1, treatment_exists(self.slot)
        yield z3.Implies(there, treatment_exists(previous))
        both = (self._is("kind", "systemic"), self._is("kind", "systemic", slot=previous))
        follows = self._value("start") > self._value("end", previous)
        yield z3.Implies(z3.And(there, *both), follows)
        yield z3.Implies(z3.And(there, self._early()), self._early(previous))

    def _believable(self) -> Iterator[Formula]:
        """A medicine or a combination in use, given for some months of the last twelve years."""
        import z3

        chosen = self._value("drug")
        start, end, today = self._value("start"), self._value("end"), z3.Int("today")
        rare = [formula for drug, formula in chosen.items() if drug not in self.drugs.usual]
        number = z3.Int(f"drugs of treatment {self.slot}")
        yield number == z3.Sum([z3.If(drug, 1, 0) for drug in chosen.values()])
        known = [
            z3.And(*[chosen[drug] for drug in sorted(drugs)], number == len(drugs))
            for drugs in sorted(self.drugs.together, key=sorted)
        ]
        lasting = z3.And(end >= start + 3 * MONTH, end <= start + 6 * YEAR)
        rules = [
            z3.Or(number <= 1, *known),
            z3.Not(z3.Or(rare)),
            z3.Not(self._is("kind", "surgery")),
            z3.And(start >= today - 12 * YEAR, start <= today - 2 * MONTH),
            z3.Implies(self._is("ongoing", "no"), lasting),
        ]
        yield from (z3.Implies(z3.Bool("believable"), rule) for rule in rules)


def treatment_exists(slot: int) -> Formula:
    """Whether the person has a treatment of that number."""
    import z3

    return z3.Bool(f"treatment {slot}")
