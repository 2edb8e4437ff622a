"""All people that can be invented, for a solver: what may be known of them, and what hangs together.

What the solver finds is only a candidate: `people` writes it as a record and reads it again. Two limits
are on purpose. Invented people have a few treatments at most, and no date on the 29th to 31st of a
month; so a shift by months is exact, and "nobody" means nobody of these.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fingerpost.criteria.formulas import (
    HUNDREDTHS,
    LAST_DAY,
    MONTH,
    YEAR,
    Formula,
    Formulas,
    day_number,
    day_of_number,
)
from fingerpost.criteria.nodes import Subject, TreatmentTerm
from fingerpost.options.treatment_rules import (
    NEEDED,
    WORKED_OUT,
    Drugs,
    TreatmentRules,
    treatment_exists,
)
from fingerpost.terms import Answer

if TYPE_CHECKING:
    from fingerpost.criteria.graph import Graph
    from fingerpost.criteria.vocabulary import FactType, Vocabulary

MOST_TREATMENTS = 4
# How far the solver goes: in steps of its own and not in seconds, so that a busy machine finds the
# same. The longest search over the project's options takes a twentieth of it.
_STEPS = 20_000_000
_GROWN = 15
_BORN = dt.date(1930, 1, 1)


@dataclass(frozen=True, slots=True)
class Invented:
    """What is said of an invented person: plain values by name, and nothing else is known."""

    today: dt.date
    facts: Mapping[str, object]
    treatments: tuple[Mapping[str, object], ...]
    treatments_complete: bool


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Nobody: `together` are the wanted conditions that exclude each other, by their places.

    Empty when the solver gave up; then nothing is shown.
    """

    together: tuple[int, ...]
    gave_up: bool = False


@dataclass(frozen=True, slots=True)
class Turned:
    """That a condition would have another answer if one fact were otherwise.

    A number is `now` the one and would be the `other`; a date would be moved by `days`.
    """

    number: int
    answer: Answer
    fact: str
    now: float | None = None
    other: float | None = None
    days: int = 0


@dataclass(frozen=True, slots=True)
class Request:
    """Whom to find.

    `wanted` are numbers of conditions with the answer each must have, `avoid` conditions that say a
    record is odd, `stated` facts of which the record says something. `turned` asks for a person whom
    another number of one fact would turn. With
    `explain`, a contradiction names the fewest conditions that it needs, which takes longer. Another
    `seed` proposes somebody else where there are several, and with `ended` no treatment goes on.
    """

    wanted: Sequence[tuple[int, Answer]]
    today: dt.date
    avoid: Iterable[int] = ()
    stated: Iterable[str] = ()
    turned: Turned | None = None
    explain: bool = True
    seed: int = 1
    ended: bool = False


@dataclass(slots=True)
class PeopleSpace:
    """All people that can be invented in the terms of a vocabulary.

    `ranges` are the ends between which a number can be measured. Believable people, who are looked
    for first, had no results that are `details`.
    """

    graph: Graph
    vocabulary: Vocabulary
    drugs: Drugs
    ranges: Mapping[str, tuple[float | None, float | None]]
    details: frozenset[str]
    treatments: int = MOST_TREATMENTS
    _formulas: Formulas = field(init=False)
    _rules: dict[str, list[Formula]] = field(default_factory=dict)
    _solver: Formula = None
    _seed: int = 1
    _asserted: dict[str, int] = field(default_factory=dict)
    _values: dict[tuple[str, int | None], Formula] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Prepare for formulas; without the words for treatments nobody has any."""
        self._formulas = Formulas(self.graph, self)
        if not self.vocabulary.attributes.keys() >= NEEDED:
            self.treatments = 0

    def find(self, request: Request) -> Invented | Contradiction:
        """A person as requested, or the wanted conditions that contradict each other."""
        import z3

        formulas = [self._formulas.wanted(*each) for each in request.wanted]
        aside = [self._avoided(number) for number in request.avoid]
        aside += [self._fact(name)[0] for name in request.stated]
        if request.ended:
            aside += [self._ended(slot) for slot in range(self.treatments)]
        if request.turned is not None:
            aside += self._turned(request.turned)
        solver = self._with_rules()
        if request.seed != self._seed:
            # Told only when it changes: the solver forgets what it has learned.
            solver.set("random_seed", request.seed)
            self._seed = request.seed
        solver.push()
        try:
            solver.add(z3.Int("today") == day_number(request.today), *aside)
            marks = [z3.Bool(f"wanted {place}") for place in range(len(formulas))]
            for mark, formula in zip(marks, formulas, strict=True):
                solver.add(z3.Implies(mark, formula))
            return self._answer(solver, marks, request)
        finally:
            solver.pop()

    def _with_rules(self) -> Formula:
        """The solver, told every rule made since it was last asked."""
        import z3

        if self._solver is None:
            self._solver = z3.Solver()
            self._solver.set("rlimit", _STEPS)
            self._solver.set("random_seed", self._seed)
            self._solver.set("phase_selection", 0)  # what need not be known stays unknown
        for label, rules in self._rules.items():
            told = self._asserted.get(label, 0)
            if told < len(rules):
                self._solver.add(*rules[told:])
                self._asserted[label] = len(rules)
        return self._solver

    def _avoided(self, number: int) -> Formula:
        """A mark under which the condition is not yes; the formula itself is told once."""
        import z3

        mark = z3.Bool(f"avoided {number}")
        label = f"the rule that avoids {number}"
        if label not in self._rules:
            self._rules[label] = [z3.Implies(mark, z3.Not(self._formulas.pair(number).yes))]
        return mark

    def _ended(self, slot: int) -> Formula:
        import z3

        going = self._attribute("ongoing", slot)[1]
        words = self.vocabulary.attributes["ongoing"].values
        return z3.Implies(self.exists(slot), going == words.index("no"))

    def _turned(self, turned: Turned) -> list[Formula]:
        import z3

        known, value = self._fact(turned.fact)
        wanted = self._formulas.wanted(turned.number, turned.answer)
        if turned.now is None or turned.other is None:
            # Not over the end of a month, whose days are numbers of their own.
            inside = z3.And(value % MONTH > 0, value % MONTH < LAST_DAY - 1)
            moved = value + turned.days
            return [known, inside, moved <= z3.Int("today"), z3.substitute(wanted, (value, moved))]
        now, other = (z3.IntVal(round(n * HUNDREDTHS)) for n in (turned.now, turned.other))
        return [known, value == now, z3.substitute(wanted, (value, other))]

    def _answer(
        self, solver: Formula, marks: list[Formula], request: Request
    ) -> Invented | Contradiction:
        import z3

        # Believable people with few treatments first, and nobody measures 37.13 % without need.
        neat, believable = z3.Bool("neat"), z3.Bool("believable")
        few = [z3.Not(treatment_exists(slot)) for slot in range(self.treatments)]
        tries = [[neat, believable, *few[count:]] for count in range(self.treatments + 1)]
        for assumed in (*tries, [neat], []):
            found = solver.check(*marks, *assumed)
            if found == z3.sat:
                return self._invented(solver.model(), request.today)
        # Where no treatment can be invented, it may have taken one.
        if found == z3.unknown or not self.treatments:
            return Contradiction((), gave_up=True)
        core = {str(mark) for mark in solver.unsat_core()}
        together = [place for place, mark in enumerate(marks) if str(mark) in core]
        if request.explain:
            together = _smallest(solver, marks, together)
        return Contradiction(tuple(together))

    # --- the variables --------------------------------------------------------------------

    def subject(self, subject: Subject, slot: int | None) -> tuple[Formula, Formula]:
        """Whether a value is known, and the value; `slot` is the treatment looked at."""
        if isinstance(subject, TreatmentTerm) and slot is not None:
            self.exists(slot)
            return self._attribute(subject.name, slot)
        return self._fact(subject.name)

    def exists(self, slot: int) -> Formula:
        """Whether the person has a treatment of that number; the rules of treatments come with it."""
        name = f"the rules of treatment {slot}"
        if name not in self._rules:
            self._rules[name] = []
            rules = TreatmentRules(slot, self.vocabulary, self.drugs, self._attribute)
            self._rules[name] += rules.rules()
            self._rules[name] += self._grown_up(slot)
        return treatment_exists(slot)

    def _grown_up(self, slot: int) -> list[Formula]:
        """Nobody believable was treated as a child, or before surgery for after it."""
        import z3

        if "birth_date" not in self.vocabulary.facts:
            return []
        known, born = self._fact("birth_date")
        start, end = self._attribute("start", slot)[1], self._attribute("end", slot)[1]
        believable = z3.Bool("believable")
        rules = [z3.Implies(z3.And(believable, known), start > born + _GROWN * YEAR)]
        if "surgery_date" in self.vocabulary.facts:
            operated, day = self._fact("surgery_date")
            setting = self._attribute("setting", slot)[1]
            words = self.vocabulary.attributes["setting"].values
            before = z3.Implies(setting == words.index("neoadjuvant"), end <= day)
            after = z3.Implies(setting == words.index("adjuvant"), start >= day)
            rules.append(z3.Implies(z3.And(believable, operated), z3.And(before, after)))
        return rules

    def _fact(self, name: str) -> tuple[Formula, Formula]:
        import z3

        known = z3.Bool(f"known: {name}")
        if (name, None) not in self._values:
            value = self._new(name, name, self.vocabulary.facts[name])
            believable, rules = z3.Bool("believable"), self._rules[name]
            if self.vocabulary.facts[name].type == "date":
                rules += [value <= z3.Int("today")]
                rules += [z3.Implies(believable, _believable_day(name, value))]
                if name != "birth_date" and "birth_date" in self.vocabulary.facts:
                    both = z3.And(believable, z3.Bool("known: birth_date"))
                    rules.append(z3.Implies(both, value > z3.Int("birth_date") + _GROWN * YEAR))
            if name in self.details:
                rules.append(z3.Implies(believable, z3.Not(known)))
            self._values[name, None] = value
        return known, self._values[name, None]

    def _attribute(self, name: str, slot: int) -> tuple[Formula, Formula]:
        import z3

        label = f"{name} of treatment {slot}"
        if (name, slot) not in self._values:
            self._values[name, slot] = self._new(label, name, self.vocabulary.attributes[name])
        known = z3.And() if name in WORKED_OUT else z3.Bool(f"known: {label}")
        return known, self._values[name, slot]

    def _new(self, label: str, name: str, kind: FactType) -> Formula:
        """A variable of that type, with the rules of its values."""
        import z3

        rules = self._rules.setdefault(label, [])
        if kind.type == "set":
            return {member: z3.Bool(f"{label}: {member}") for member in kind.values}
        value = z3.Int(label)
        match kind.type:
            case "category" | "flag":
                rules += [value >= 0, value < len(kind.values)]
            case "number":
                rules += _in_range(value, self.ranges.get(name, (None, None)))
                rules.append(z3.Implies(z3.Bool("neat"), value % HUNDREDTHS == 0))
            case "date":
                rules += [value % MONTH < LAST_DAY]
                rules += [value >= day_number(_BORN), value <= day_number(dt.date.max)]
            case _:
                msg = f"{name} is {kind.type}, which no condition can read"
                raise TypeError(msg)
        return value

    # --- from a solution to a person ------------------------------------------------------

    def _invented(self, model: Formula, today: dt.date) -> Invented:
        import z3

        def true(formula: Formula) -> bool:
            return bool(z3.is_true(model.eval(formula, model_completion=True)))

        facts: dict[str, object] = {}
        there = [slot for slot in range(self.treatments) if true(treatment_exists(slot))]
        treatments: dict[int, dict[str, object]] = {slot: {} for slot in there}
        for name, slot in sorted(self._values, key=_in_order):
            # A treatment that the person has not had says nothing, and classes follow from drugs.
            if name == "class" or (slot is not None and slot not in treatments):
                continue
            known, value = self._fact(name) if slot is None else self._attribute(name, slot)
            if true(known):
                types = self.vocabulary.facts if slot is None else self.vocabulary.attributes
                target = facts if slot is None else treatments[slot]
                target[name] = _plain(model, value, types[name])
        kept = tuple(said for said in treatments.values() if said)
        return Invented(today, facts, kept, true(z3.Bool("complete")))


def _in_order(key: tuple[str, int | None]) -> tuple[str, int]:
    name, slot = key
    return name, -1 if slot is None else slot


def _smallest(solver: Formula, marks: list[Formula], together: list[int]) -> list[int]:
    """The wanted conditions without those that the contradiction does not need."""
    import z3

    kept = list(together)
    for place in together:
        fewer = [each for each in kept if each != place]
        if solver.check(*[marks[each] for each in fewer]) == z3.unsat:
            kept = fewer
    return kept


def _plain(model: Formula, value: Formula, kind: FactType) -> object:
    import z3

    def number(formula: Formula) -> int:
        return int(model.eval(formula, model_completion=True).as_long())

    match kind.type:
        case "set":
            shown = {m: model.eval(f, model_completion=True) for m, f in value.items()}
            return frozenset(member for member, found in shown.items() if z3.is_true(found))
        case "date":
            return day_of_number(number(value))
        case "number":
            hundredths = number(value)
            whole, rest = divmod(hundredths, HUNDREDTHS)
            return hundredths / HUNDREDTHS if rest else whole
        case _:
            return kind.values[number(value)]


def _believable_day(name: str, value: Formula) -> Formula:
    """Grown up, and not older than people are; whatever else has a day was in the last twelve years."""
    import z3

    today = z3.Int("today")
    if name == "birth_date":
        grown = z3.Or(value <= today - 30 * YEAR, value > today - 18 * YEAR)
        return z3.And(grown, value > today - 85 * YEAR)
    return value > today - 12 * YEAR


def _in_range(value: Formula, ends: tuple[float | None, float | None]) -> list[Formula]:
    low, high = ends
    rules = [value >= int((0 if low is None else low) * HUNDREDTHS)]
    return rules if high is None else [*rules, value <= int(high * HUNDREDTHS)]
