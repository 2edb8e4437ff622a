"""How soon to speak to somebody about a symptom, and which rule says so.

It only ever raises. The worst counts, a condition that the record cannot settle counts as if it
held, and a question that nobody answered counts as the worst answer it has. The lowest answer there
is says "at the next visit"; none says that there is nothing to do. A sign that nobody named is not
taken to be there; what it would change is told beside (`would_raise`).

Which symptoms there are, their levels and all rules, also those over several symptoms, are
knowledge (`symptoms/`, `urgency.yaml`). No clinician has signed the levels.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from fingerpost.criteria.case import Case
from fingerpost.criteria.evaluate import evaluate
from fingerpost.criteria.problems import nearest
from fingerpost.errors import Problem, UsageError
from fingerpost.facts.model import Facts
from fingerpost.knowledge.model import Knowledge
from fingerpost.knowledge.plan_model import Level, Symptom, SymptomRule, UrgencyRule
from fingerpost.terms import LEVELS, Answer

Kind = Literal["answer", "sign", "rule", "every", "several", "worried"]
_LOWEST: Level = "next_visit"
# So many names are told whole; of more, the nearest.
_FEW = 12


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody says of one symptom; without `answer` its severity is not known."""

    symptom: str
    answer: str | None = None
    signs: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Said:
    """Everything that somebody says: their symptoms, and whether they are very worried."""

    symptoms: tuple[Told, ...] = ()
    worried: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that calls for a level.

    `about` is the answer or the sign it speaks of, `rule` the rule that says so; `holds` is unknown
    where the record cannot tell whether the rule is about this person, and then it counts.
    """

    kind: Kind
    level: Level
    about: str | None
    rule: str | None
    holds: Answer
    why: str
    say: str | None
    source: str | None
    state: str
    place: str


@dataclass(frozen=True, slots=True)
class SymptomLevel:
    """How soon for one symptom: its level, everything that calls for one, and what would raise it.

    `would_raise` are signs that were not named, `worse` the answers that would bring a higher level.
    """

    symptom: Symptom
    answer: str | None
    signs: tuple[str, ...]
    level: Level
    reasons: tuple[Reason, ...]
    would_raise: Mapping[str, Level] = field(default_factory=dict)
    worse: Mapping[str, Level] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Urgency:
    """How soon in all. `reasons` are those over all symptoms: several at once, great worry."""

    level: Level
    symptoms: tuple[SymptomLevel, ...]
    worried: bool
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One answer or sign of a list of when to call, with its level and what calls for it."""

    kind: Literal["answer", "sign"]
    id: str
    plain: str
    level: Level
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Concern:
    """A symptom that this person should know of; `concerns` is unknown where the record cannot tell."""

    symptom: Symptom
    concerns: Answer
    entries: tuple[Entry, ...]


def how_soon(
    facts: Facts | None, knowledge: Knowledge, *, said: Said, on: dt.date, authority: str | None
) -> Urgency:
    """How soon to speak to somebody about these symptoms.

    Args:
        facts: What may be said of the person; None if there is no record, and then every rule counts.
        knowledge: What is known.
        said: The symptoms and answers.
        on: The day.
        authority: Whose numbers count (of a fever); None or one of no country counts those of all.

    Raises:
        UsageError: a symptom, answer or sign that the knowledge does not have.
    """
    _refuse_unknown(said, knowledge)
    rules = _Rules.of(facts, knowledge, on, authority)
    symptoms = tuple(_level(told, rules) for told in said.symptoms)
    level = _worst(each.level for each in symptoms)
    over = [*_several(symptoms, rules)]
    level = _worst([level, *(reason.level for reason in over)])
    if said.worried:
        worry = list(_worry(level, rules))
        over += worry
        level = _worst([level, *(reason.level for reason in worry)])
    return Urgency(level, symptoms, said.worried, tuple(over))


def when_to_call(
    facts: Facts | None,
    knowledge: Knowledge,
    *,
    on: dt.date,
    authority: str | None,
    among: Collection[str] | None = None,
) -> tuple[Concern, ...]:
    """What this person should call for, and how soon: every symptom that may concern them.

    The arguments are those of `how_soon`; `among` are ids of symptoms, where only some are asked about.
    Only what the record rules out is left out.
    """
    rules = _Rules.of(facts, knowledge, on, authority)
    found = []
    for symptom in knowledge.following.symptoms.values():
        if among is not None and symptom.id not in among:
            continue
        concerns = rules.holds(symptom.node)
        if concerns is not Answer.NO:
            found.append(Concern(symptom, concerns, tuple(_entries(symptom, rules))))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Rules:
    """The knowledge, as one person's record answers its conditions on one day."""

    knowledge: Knowledge
    case: Case
    counts_here: Callable[[SymptomRule | UrgencyRule], bool]
    answers: dict[int, Answer] = field(default_factory=dict)

    @staticmethod
    def of(facts: Facts | None, knowledge: Knowledge, on: dt.date, authority: str | None) -> _Rules:
        """The rules of this day, place and person; without a record nothing is known of them."""
        case = Case(on) if facts is None else replace(facts.case, today=on)
        countries = knowledge.following.emergency_numbers

        def counts_here(rule: SymptomRule | UrgencyRule) -> bool:
            in_force = (rule.start is None or rule.start <= on) and (
                rule.until is None or on <= rule.until
            )
            # Where somebody lives may be unknown too; then the rules of every country count.
            here = authority not in countries or rule.authority in ("any", "local", authority)
            return in_force and here

        return _Rules(knowledge, case, counts_here)

    def holds(self, node: int | None) -> Answer:
        """Whether a condition holds for the person; None is no condition."""
        if node is None:
            return Answer.YES
        if node not in self.answers:
            self.answers[node] = evaluate(self.knowledge.graph.nodes[node], self.case)
        return self.answers[node]

    def of_symptom(self, symptom: Symptom) -> Iterator[tuple[SymptomRule, Answer]]:
        """The rules of a symptom that hold or may hold."""
        for rule in symptom.rules:
            holds = self.holds(rule.node) if self.counts_here(rule) else Answer.NO
            if holds is not Answer.NO:
                yield rule, holds

    def over_all(self) -> Iterator[tuple[UrgencyRule, Answer]]:
        """The rules over all symptoms that hold or may hold."""
        for rule in self.knowledge.following.urgency.values():
            holds = self.holds(rule.node) if self.counts_here(rule) else Answer.NO
            if holds is not Answer.NO:
                yield rule, holds


def _level(told: Told, rules: _Rules) -> SymptomLevel:
    symptom = rules.knowledge.following.symptoms[told.symptom]
    answers = symptom.answers if told.answer is None else (told.answer,)
    reasons = list(_of_every(rules))
    for answer in answers:
        reasons += _of_answer(symptom, answer, rules)
    for sign in sorted(told.signs):
        reasons += _of_sign(symptom, sign, rules)
    level = _worst(reason.level for reason in reasons)
    others = {
        sign: _worst(reason.level for reason in _of_sign(symptom, sign, rules))
        for sign in symptom.signs
        if sign not in told.signs
    }
    above = {s: worse for s, worse in others.items() if LEVELS.index(worse) > LEVELS.index(level)}
    signs = tuple(sign for sign in symptom.signs if sign in told.signs)
    worse = {
        answer: higher
        for answer in symptom.answers
        if LEVELS.index(higher := _worst(r.level for r in _of_answer(symptom, answer, rules)))
        > LEVELS.index(level)
    }
    return SymptomLevel(symptom, told.answer, signs, level, tuple(reasons), above, worse)


def _entries(symptom: Symptom, rules: _Rules) -> Iterator[Entry]:
    for key, answer in symptom.answers.items():
        reasons = (*_of_answer(symptom, key, rules), *_of_every(rules))
        level = _worst(reason.level for reason in reasons)
        yield Entry("answer", key, answer.plain, level, reasons)
    for key, sign in symptom.signs.items():
        reasons = (*_of_sign(symptom, key, rules), *_of_every(rules))
        level = _worst(reason.level for reason in reasons)
        yield Entry("sign", key, sign.plain, level, reasons)


def _of_answer(symptom: Symptom, answer: str, rules: _Rules) -> Iterator[Reason]:
    yield _own(symptom, "answer", answer, symptom.answers[answer].level)
    for rule, holds in rules.of_symptom(symptom):
        if answer in rule.answers:
            yield _by(rule, answer, rule.answers[answer], holds)


def _of_sign(symptom: Symptom, sign: str, rules: _Rules) -> Iterator[Reason]:
    yield _own(symptom, "sign", sign, symptom.signs[sign].level)
    for rule, holds in rules.of_symptom(symptom):
        if sign in rule.signs:
            yield _by(rule, sign, rule.signs[sign], holds)


def _own(symptom: Symptom, kind: Kind, about: str, level: Level) -> Reason:
    said = (symptom.sign_of, symptom.say, symptom.source, symptom.state, symptom.place)
    return Reason(kind, level, about, None, Answer.YES, *said)


def _by(rule: SymptomRule, about: str, level: Level, holds: Answer) -> Reason:
    said = (rule.sign_of, rule.say, rule.source, rule.state, rule.place)
    return Reason("rule", level, about, rule.id, holds, *said)


def _over(rule: UrgencyRule, kind: Kind, level: Level, holds: Answer) -> Reason:
    said = (rule.why, rule.say, rule.source, rule.state, rule.place)
    return Reason(kind, level, None, rule.id, holds, *said)


def _of_every(rules: _Rules) -> Iterator[Reason]:
    for rule, holds in rules.over_all():
        if rule.every is not None:
            yield _over(rule, "every", rule.every, holds)


def _several(symptoms: Sequence[SymptomLevel], rules: _Rules) -> Iterator[Reason]:
    """Rules over several symptoms at once; a worse one counts among those of a level too."""
    for rule, holds in rules.over_all():
        if rule.several is not None and rule.of is not None and rule.make is not None:
            least = LEVELS.index(rule.of)
            those = {s.symptom.id for s in symptoms if LEVELS.index(s.level) >= least}
            if len(those) >= rule.several:
                yield _over(rule, "several", rule.make, holds)


def _worry(level: Level, rules: _Rules) -> Iterator[Reason]:
    for rule, holds in rules.over_all():
        if rule.worried is not None:
            raised = min(LEVELS.index(level) + rule.worried, len(LEVELS) - 1)
            yield _over(rule, "worried", _at(raised), holds)


def _worst(levels: Iterable[Level]) -> Level:
    return _at(max((LEVELS.index(level) for level in levels), default=LEVELS.index(_LOWEST)))


def _at(place: int) -> Level:
    levels: tuple[Level, ...] = ("next_visit", "tell_team_soon", "same_day_call", "emergency_now")
    return levels[place]


def _refuse_unknown(said: Said, knowledge: Knowledge) -> None:
    known = knowledge.following.symptoms
    problems = []
    for told in said.symptoms:
        if told.symptom not in known:
            problems.append(_unknown("symptom", told.symptom, known))
            continue
        symptom = known[told.symptom]
        if told.answer is not None and told.answer not in symptom.answers:
            problems.append(_unknown(f"answer of {symptom.id}", told.answer, symptom.answers))
        wrong = sorted(told.signs - set(symptom.signs))
        problems += [_unknown(f"sign of {symptom.id}", sign, symptom.signs) for sign in wrong]
    if problems:
        raise UsageError(problems)


def _unknown(kind: str, name: str, known: Mapping[str, object]) -> Problem:
    listed = ", ".join(known) if len(known) < _FEW else nearest(name, known)
    return Problem("unknown-symptom", kind, f"there is no {kind} `{name}`", "", listed)
