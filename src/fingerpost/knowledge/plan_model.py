"""What is known of what follows an option: visits, checks, side effects, symptoms, questions, words.

Frozen like the rest of the knowledge, and made only by the loader. A `node` is the number of a
condition in the graph of all criteria; None where something holds for everybody.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from fingerpost.knowledge.period import Period

State = Literal["verified", "weak", "unverified"]
Level = Literal["next_visit", "tell_team_soon", "same_day_call", "emergency_now"]


@dataclass(frozen=True, slots=True)
class Check:
    """An examination that is done because of a treatment; `neutral` names it without saying what for."""

    id: str
    label: str
    plain: str
    neutral: str
    fact: str | None
    prepare: str | None
    source: str | None
    state: State
    place: str


@dataclass(frozen=True, slots=True)
class Given:
    """One way in which a drug is given: on which days of its cycle, and for how many minutes.

    It holds beside all of `together_with`. A later part of a treatment `begins_after` a medicine or a
    family of the same plan has ended, with a `gap` between them, or `after_surgery`.
    """

    id: str
    drugs: tuple[str, ...]
    classes: tuple[str, ...]
    authority: str
    start: dt.date | None
    until: dt.date | None
    node: int | None
    together_with: tuple[str, ...]
    how: str
    plain: str
    cycle_days: int | None
    days: tuple[int, ...]
    first_cycle_days: tuple[int, ...]
    first_minutes: tuple[int, ...] | None
    later_minutes: tuple[int, ...] | None
    observe_minutes: tuple[int, ...] | None
    cycles: int | None
    lasts: Period | None
    begins_after: str | None
    gap: Period | None
    after_surgery: bool
    dose: str | None
    usual: bool
    source: str | None
    state: State
    note: str | None
    place: str


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of time in which a check is repeated; without `until` it goes on."""

    every: Period | None
    each: Literal["dose", "cycle"] | None
    until: Period | None


@dataclass(frozen=True, slots=True)
class After:
    """How a check goes on when the treatment is over."""

    every: Period
    lasts: Period


@dataclass(frozen=True, slots=True)
class Monitoring:
    """One check that a drug asks for: before it, while it is given, and after it."""

    id: str
    drugs: tuple[str, ...]
    classes: tuple[str, ...]
    authority: str
    start: dt.date | None
    until: dt.date | None
    node: int | None
    check: str
    purpose: str
    before: Literal["required", "recommended", "if_indicated", "none"]
    on_days: tuple[int, ...]
    phases: tuple[Phase, ...]
    then: Literal["as_indicated"] | None
    at_end: bool
    after: After | None
    gate: str | None
    source: str | None
    state: State
    note: str | None
    place: str


@dataclass(frozen=True, slots=True)
class Help:
    """What helps against an effect: whichever drug does it, or these drugs and families only."""

    text: str
    drugs: tuple[str, ...]
    classes: tuple[str, ...]
    not_with: tuple[str, ...]
    source: str | None
    state: State


@dataclass(frozen=True, slots=True)
class Effect:
    """Something that a treatment can do to a person, in plain words, whichever drug does it."""

    id: str
    label: str
    plain: str
    group: str
    feels: str | None
    helps: tuple[Help, ...]
    symptom: str | None
    also_written: tuple[str, ...]
    source: str | None
    state: State
    place: str


@dataclass(frozen=True, slots=True)
class Figure:
    """How many of 100 people had an effect in one arm of one trial."""

    trial: str
    arm: str
    people: int | None
    any_grade: float | None
    severe: float | None
    source: str
    state: State


@dataclass(frozen=True, slots=True)
class SideEffect:
    """One effect of a drug: how common and how serious it is, and whether to call at once."""

    id: str
    drugs: tuple[str, ...]
    classes: tuple[str, ...]
    effect: str
    authority: str
    start: dt.date | None
    until: dt.date | None
    how_common: str
    serious: bool
    call_at_once: bool
    figures: tuple[Figure, ...]
    source: str | None
    state: State
    note: str | None
    place: str


@dataclass(frozen=True, slots=True)
class Boxed:
    """A boxed warning of a label, in our own words."""

    id: str
    drugs: tuple[str, ...]
    classes: tuple[str, ...]
    authority: str
    start: dt.date | None
    until: dt.date | None
    text: str
    source: str | None
    state: State
    note: str | None
    place: str


@dataclass(frozen=True, slots=True)
class SymptomAnswer:
    """One answer to the question about a symptom, or one sign beside it, and its lowest level."""

    id: str
    plain: str
    level: Level
    more_of: str | None = None
    stands_alone: bool = False


@dataclass(frozen=True, slots=True)
class SymptomRule:
    """A higher level for some people: those of whom `node` is not a no."""

    id: str
    node: int | None
    authority: str
    start: dt.date | None
    until: dt.date | None
    answers: Mapping[str, Level]
    signs: Mapping[str, Level]
    sign_of: str
    say: str | None
    source: str | None
    state: State
    note: str | None
    place: str


@dataclass(frozen=True, slots=True)
class Symptom:
    """A symptom: what to ask about it, and how soon to call.

    Answers stand from the mildest to the worst. It concerns everybody of whom `node` is not a no.
    """

    id: str
    label: str
    group: str
    ask: str
    node: int
    answers: Mapping[str, SymptomAnswer]
    signs: Mapping[str, SymptomAnswer]
    sign_of: str
    meanwhile: str | None
    say: str | None
    rules: tuple[SymptomRule, ...]
    also_written: tuple[str, ...]
    source: str | None
    state: State
    note: str | None
    place: str


@dataclass(frozen=True, slots=True)
class LevelWords:
    """What a level is called, and what to do; `{number}` stands for the number of the ambulance.

    `first` are the symptoms that stand on a page where not all have room, `signs` the shortest words
    of what has this level, for a page about something else.
    """

    id: str
    label: str
    plain: str
    first: tuple[str, ...]
    signs: tuple[str, ...]
    place: str


@dataclass(frozen=True, slots=True)
class SymptomGroup:
    """What the symptoms of one part of the body are called together in a long list."""

    id: str
    label: str
    order: int
    place: str


@dataclass(frozen=True, slots=True)
class EmergencyNumber:
    """The number of the ambulance where an authority (the id) speaks."""

    id: str
    number: str
    where: str
    place: str


@dataclass(frozen=True, slots=True)
class UrgencyRule:
    """A rule over all symptoms of a person together, for those of whom `node` is not a no."""

    id: str
    node: int | None
    authority: str
    start: dt.date | None
    until: dt.date | None
    every: Level | None
    several: int | None
    of: Level | None
    make: Level | None
    worried: int | None
    why: str
    say: str | None
    source: str | None
    state: State
    note: str | None
    place: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question to bring to a visit, for those of whom `node` is not a no."""

    id: str
    text: str
    group: str
    order: int
    node: int | None
    for_each: str | None
    because: str | None
    source: str | None
    state: State
    note: str | None
    place: str


@dataclass(frozen=True, slots=True)
class Term:
    """A word that not everybody knows, in plain words."""

    id: str
    term: str
    plain: str
    also_written: tuple[str, ...]
    source: str | None
    state: State
    place: str


@dataclass(frozen=True, slots=True)
class Explainer:
    """How a kind of treatment works, or what a test shows, with a drawing and its words."""

    id: str
    title: str
    kind: Literal["mechanism", "test"]
    drugs: tuple[str, ...]
    classes: tuple[str, ...]
    tests: tuple[str, ...]
    in_short: str
    paragraphs: tuple[str, ...]
    drawing: str | None
    drawing_says: str | None
    source: str | None
    state: State
    note: str | None
    place: str


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the questions that are asked."""

    id: str
    label: str
    order: int
    place: str


@dataclass(frozen=True, slots=True)
class Ask:
    """A question that a person is asked: about a fact, the treatments, or what matters most.

    `coarser` is a fact that says less, for those who were only told so much; `another_result` the words
    of those who were told something that could be taken for the answer and is none; `node` the
    condition that says of whom it is asked, None for everybody.
    """

    id: str
    section: str
    order: int
    page: Literal["fact", "treatments", "matters"]
    fact: str | None
    coarser: str | None
    always: bool
    title: str | None
    why: str
    another_result: str | None
    node: int | None
    place: str


@dataclass(frozen=True, slots=True)
class Matter:
    """Something that may matter most to a person."""

    id: str
    label: str
    order: int
    place: str


@dataclass(frozen=True, slots=True)
class Following:
    """Everything that is known of what follows an option.

    `memo` holds what others work out once for it, such as the entries of each medicine.
    """

    checks: Mapping[str, Check]
    given: Mapping[str, Given]
    monitoring: Mapping[str, Monitoring]
    effects: Mapping[str, Effect]
    side_effects: Mapping[str, SideEffect]
    boxed: Mapping[str, Boxed]
    symptoms: Mapping[str, Symptom]
    levels: Mapping[str, LevelWords]
    symptom_groups: Mapping[str, SymptomGroup]
    emergency_numbers: Mapping[str, EmergencyNumber]
    urgency: Mapping[str, UrgencyRule]
    questions: Mapping[str, Question]
    terms: Mapping[str, Term]
    explainers: Mapping[str, Explainer]
    sections: Mapping[str, Section]
    interview: Mapping[str, Ask]
    matters: Mapping[str, Matter]
    spelling: Mapping[str, str]
    memo: dict[object, Any] = field(default_factory=dict, init=False, repr=False, compare=False)
