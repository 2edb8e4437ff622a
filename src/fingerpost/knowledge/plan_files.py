"""The shapes of the files about what follows an option: visits, checks, side effects, symptoms, questions."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator

from fingerpost.knowledge.fields import (
    Day,
    KebabId,
    SnakeId,
    SnakeIds,
    SourceId,
    State,
    Text,
    UsWords,
    When,
    Words,
    in_order,
    refusal,
)
from fingerpost.knowledge.files import AppliesToShape, PeriodShape, Shape
from fingerpost.messages.spelling import whole_words
from fingerpost.terms import LEVELS

AnyAuthority = Literal["any", "fda", "ema", "nice", "guideline", "local"]
Level = Literal["emergency_now", "same_day_call", "tell_team_soon", "next_visit"]
Minutes = Annotated[list[Annotated[int, Field(ge=0, le=1440)]], Field(min_length=1, max_length=2)]
DayNumbers = list[Annotated[int, Field(ge=1, le=3660)]]


class Claimed(Shape):
    """What every entry says of itself: who says so, from when to when, and how well it was checked."""

    authority: AnyAuthority = "any"
    start: Day | None = Field(default=None, alias="from")
    until: Day | None = None
    source: SourceId | None = None
    state: State
    note: Text | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        in_order(self.start, self.until)
        return self


class _ForDrugs(Shape):
    """A file about some drugs, or drugs of some classes."""

    applies_to: AppliesToShape

    @field_validator("applies_to")
    @classmethod
    def _somebody(cls, applies_to: AppliesToShape) -> AppliesToShape:
        return applies_to.of_somebody("this file applies")


# --- checks.yaml, monitoring --------------------------------------------------------------


class CheckShape(Shape):
    """An examination that is done because of a treatment."""

    label: Text
    plain: Text
    neutral: Literal["Blood test", "Scan", "Hospital visit", "Check-up", "Eye test", "Dentist"]
    fact: SnakeId | None = None
    prepare: Text | None = None
    source: SourceId | None = None
    state: State


class ChecksFile(Shape):
    """checks.yaml: the examinations that are done because of a treatment."""

    checks: Annotated[dict[SnakeId, CheckShape], Field(min_length=1)]


class GivenShape(Claimed):
    """One way in which a drug is given: how, on which days, how long it takes.

    `days` are the days of the cycle on which somebody gives it; tablets taken at home have none. It is
    the way beside all of `together_with`. A later part of a treatment `begins_after` a medicine or a
    family has ended, with a `gap` between them if there is one; `after_surgery`, on a day that nobody
    knows. Its cycles are counted from its own first.
    """

    when: When | None = None
    together_with: SnakeIds = Field(default_factory=list)
    how: Literal["intravenous", "subcutaneous", "intramuscular", "oral", "implant"]
    plain: Text
    cycle_days: Annotated[int, Field(ge=1, le=366)] | None = None
    days: DayNumbers = Field(default_factory=list)
    first_cycle_days: DayNumbers = Field(default_factory=list)
    first_minutes: Minutes | None = None
    later_minutes: Minutes | None = None
    observe_minutes: Minutes | None = None
    cycles: Annotated[int, Field(ge=1)] | None = None
    lasts: PeriodShape | None = None
    begins_after: SnakeId | None = None
    gap: PeriodShape | None = None
    after_surgery: bool = False
    dose: Text | None = None
    usual: bool = True

    @model_validator(mode="after")
    def _days_within_cycle(self) -> Self:
        if self.days and self.cycle_days is None:
            what = "`days` are days of a cycle, and `cycle_days` is missing"
            raise refusal("missing-key", what, "cycle_days: 21")
        if self.cycle_days is not None and any(day > self.cycle_days for day in self.days):
            what = f"a day lies behind the end of the cycle of {self.cycle_days} days"
            raise refusal("wrong-value", what, at=("days",))
        return self

    @model_validator(mode="after")
    def _follows_something(self) -> Self:
        if self.begins_after is None and (self.gap is not None or self.after_surgery):
            what = "what comes later comes after something, and `begins_after` is missing"
            raise refusal("missing-key", what, "begins_after: doxorubicin")
        if self.gap is not None and self.after_surgery:
            what = "the day of an operation is not known, and so no gap either"
            raise refusal("wrong-value", what, at=("gap",))
        return self


class PhaseShape(Shape):
    """A stretch of time in which a check is repeated: every so often, or with each dose or cycle."""

    every: PeriodShape | None = None
    each: Literal["dose", "cycle"] | None = None
    until: PeriodShape | None = None

    @model_validator(mode="after")
    def _one_rhythm(self) -> Self:
        if (self.every is None) == (self.each is None):
            what = "a phase has either `every` or `each`"
            raise refusal("missing-key", what, "every: {weeks: 2}")
        return self


class AfterShape(Shape):
    """How a check goes on when the treatment is over."""

    every: PeriodShape
    lasts: PeriodShape = Field(alias="for")


class MonitoringShape(Claimed):
    """One check that a drug asks for: before, while and after it is given.

    `on_days` are days counted from the first (day 1). A `gate` is what a team looks for before it
    goes on, and is shown to professionals only.
    """

    check: SnakeId
    when: When | None = None
    purpose: Text
    before: Literal["required", "recommended", "if_indicated", "none"]
    on_days: DayNumbers = Field(default_factory=list)
    phases: list[PhaseShape] = Field(default_factory=list)
    then: Literal["as_indicated"] | None = None
    at_end: bool = False
    after: AfterShape | None = None
    gate: Text | None = None

    @model_validator(mode="after")
    def _phases_follow(self) -> Self:
        if any(phase.until is None for phase in self.phases[:-1]):
            what = "only the last phase may go on without an end"
            raise refusal("missing-key", what, "until: {months: 2}", ("phases",))
        never = self.before == "none" and not self.on_days and not self.phases
        if never and not self.at_end and self.after is None and self.then is None:
            raise refusal("missing-key", "this check is never done")
        return self


class MonitoringFile(_ForDrugs):
    """monitoring/<id>.yaml: how a drug is given, and which checks it asks for."""

    given: dict[KebabId, GivenShape] = Field(default_factory=dict)
    monitoring: dict[KebabId, MonitoringShape] = Field(default_factory=dict)


# --- effects.yaml, side effects -----------------------------------------------------------


class HelpShape(Shape):
    """What helps against an effect.

    With `drugs` or `classes` it is told only where one of these does it; `not_with` are families beside
    which it is not told.
    """

    text: Text
    drugs: SnakeIds = Field(default_factory=list)
    classes: SnakeIds = Field(default_factory=list)
    not_with: SnakeIds = Field(default_factory=list)
    source: SourceId | None = None
    state: State


class EffectShape(Shape):
    """Something that a treatment can do to a person, whichever drug does it."""

    label: Text
    plain: Text
    group: Literal[
        "blood",
        "heart",
        "lungs",
        "gut",
        "liver",
        "kidneys",
        "skin",
        "nerves",
        "hormones",
        "eyes",
        "bones",
        "infection",
        "immune",
        "general",
    ]
    feels: Text | None = None
    helps: list[HelpShape] = Field(default_factory=list)
    symptom: SnakeId | None = None
    also_written: Words = Field(default_factory=list)
    state: State
    source: SourceId | None = None


class EffectsFile(Shape):
    """effects.yaml: the effects that drugs can have, in plain words, once for all drugs."""

    effects: Annotated[dict[SnakeId, EffectShape], Field(min_length=1)]


class FigureShape(Shape):
    """How many of 100 people had an effect in one arm of one trial."""

    trial: Text
    arm: Text
    people: Annotated[int, Field(gt=0)] | None = None
    any_grade: Annotated[float | int, Field(ge=0, le=100)] | None = None
    severe: Annotated[float | int, Field(ge=0, le=100)] | None = None
    source: SourceId
    state: State

    @model_validator(mode="after")
    def _some_figure(self) -> Self:
        if self.any_grade is None and self.severe is None:
            raise refusal("missing-key", "there is no figure here", "any_grade: 34")
        return self


class SideEffectShape(Claimed):
    """One effect of a drug: how common, how serious, and whether to call at once."""

    how_common: Literal["very_common", "common", "uncommon", "rare", "very_rare", "not_known"]
    serious: bool = False
    call_at_once: bool = False
    figures: list[FigureShape] = Field(default_factory=list)


class BoxedShape(Claimed):
    """A boxed warning of a label, in our own words."""

    text: Text


class SideEffectsFile(_ForDrugs):
    """side_effects/<id>.yaml: what a drug can do to a person."""

    boxed: dict[KebabId, BoxedShape] = Field(default_factory=dict)
    side_effects: dict[SnakeId, SideEffectShape] = Field(default_factory=dict)


# --- symptoms -----------------------------------------------------------------------------


class SymptomAnswerShape(Shape):
    """One answer to the question about a symptom; they stand from the mildest to the worst.

    `more_of` names a milder answer that this one is more of (38 degrees of 37.5): a list of what to
    call for leaves it out where both have the same level. What `stands_alone` is understood without
    the name of the symptom before it, so that a short list names it only.
    """

    plain: Text
    level: Level
    more_of: SnakeId | None = None
    stands_alone: bool = False


class SymptomRuleShape(Claimed):
    """For some people an answer or a sign beside it calls for a higher level.

    `when` is a condition on the record: a rule that may hold counts like one that does.
    """

    when: When | None = None
    answers: dict[SnakeId, Level] = Field(default_factory=dict)
    signs: dict[SnakeId, Level] = Field(default_factory=dict)
    sign_of: Text
    say: Text | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.answers and not self.signs:
            raise refusal("missing-key", "this rule gives no answer a level")
        return self


class SignShape(Shape):
    """Something beside the symptom that makes it more urgent."""

    plain: Text
    level: Level


class SymptomFile(Shape):
    """symptoms/<id>.yaml: a symptom, what to ask about it, and whom to call.

    `when` says whose list it stands in; whoever has the symptom is answered, whatever it says. `say` is
    what is worth telling on the phone, `group` where it stands in a long list.
    """

    label: Text
    group: SnakeId
    ask: Text
    when: When
    answers: Annotated[dict[SnakeId, SymptomAnswerShape], Field(min_length=2)]
    signs: dict[SnakeId, SignShape] = Field(default_factory=dict)
    sign_of: Text
    meanwhile: Text | None = None
    say: Text | None = None
    rules: dict[KebabId, SymptomRuleShape] = Field(default_factory=dict)
    also_written: Words = Field(default_factory=list)
    source: SourceId | None = None
    state: State
    note: Text | None = None

    @model_validator(mode="after")
    def _from_mild_to_worst(self) -> Self:
        order = [LEVELS.index(answer.level) for answer in self.answers.values()]
        if order != sorted(order):
            what = "answers stand from the mildest to the worst, and a level falls"
            raise refusal("wrong-value", what, at=("answers",))
        before: list[str] = []
        for key, answer in self.answers.items():
            if answer.more_of is not None and answer.more_of not in before:
                what = f"`{answer.more_of}` is none of the milder answers"
                raise refusal("unknown-value", what, at=("answers", key, "more_of"))
            before.append(key)
        for name, rule in self.rules.items():
            self._rule_hangs_together(name, rule)
        return self

    def _rule_hangs_together(self, name: str, rule: SymptomRuleShape) -> None:
        for key, own in (("answers", self.answers), ("signs", self.signs)):
            for answer, level in getattr(rule, key).items():
                at = ("rules", name, key, answer)
                if answer not in own:
                    raise refusal("unknown-value", f"`{answer}` is none of the {key} above", at=at)
                if LEVELS.index(level) < LEVELS.index(own[answer].level):
                    what = "a rule may raise a level and never lower it"
                    raise refusal("wrong-value", what, "the lowest level stands at the answer", at)
        raised = [
            max(LEVELS.index(a.level), LEVELS.index(rule.answers.get(key, a.level)))
            for key, a in self.answers.items()
        ]
        if raised != sorted(raised):
            what = "with this rule a worse answer has a lower level than a milder one"
            raise refusal("wrong-value", what, at=("rules", name, "answers"))


# --- urgency ------------------------------------------------------------------------------


class LevelShape(Shape):
    """What a level is called, and what to do. `{number}` stands for the number of the ambulance.

    `first` are the symptoms that stand on a page where not all have room, `signs` the shortest words
    of what has this level, for a page about something else.
    """

    label: Text
    plain: Text
    first: SnakeIds = Field(default_factory=list)
    signs: Words = Field(default_factory=list)


class SymptomGroupShape(Shape):
    """What the symptoms of one part of the body are called together, and which group it is in a list."""

    label: Text
    order: Annotated[int, Field(ge=1)]


class EmergencyNumberShape(Shape):
    """The number of the ambulance where an authority speaks."""

    number: Text
    where: Text


class UrgencyRuleShape(Claimed):
    """A rule over all symptoms of a person together. It raises a level and never lowers one.

    `every` is the lowest level of any symptom at all; with `several`, so many symptoms `of` a level
    `make` another; `worried` is by how many levels great worry raises it.
    """

    when: When | None = None
    every: Level | None = None
    several: Annotated[int, Field(ge=2)] | None = None
    of: Level | None = None
    make: Level | None = None
    worried: Annotated[int, Field(ge=1, le=3)] | None = None
    why: Text
    say: Text | None = None

    @model_validator(mode="after")
    def _does_one_thing(self) -> Self:
        told = [self.every, self.several, self.worried]
        if sum(each is not None for each in told) != 1:
            what = "a rule has one of `every`, `several` and `worried`"
            raise refusal("missing-key", what, "every: tell_team_soon")
        if (self.several is None) != (self.of is None) or (self.of is None) != (self.make is None):
            what = "`several`, `of` and `make` go together"
            raise refusal("missing-key", what, "of: tell_team_soon, make: same_day_call")
        if self.of and self.make and LEVELS.index(self.make) <= LEVELS.index(self.of):
            what = "a rule may raise a level and never lower it"
            raise refusal("wrong-value", what, at=("make",))
        return self


class UrgencyFile(Shape):
    """urgency.yaml: what the levels are called, and the rules over all symptoms together.

    `groups` stand in a long list by their `order`, the most dangerous first.
    """

    levels: dict[Level, LevelShape] = Field(default_factory=dict)
    groups: dict[SnakeId, SymptomGroupShape] = Field(default_factory=dict)
    emergency_numbers: dict[AnyAuthority, EmergencyNumberShape] = Field(default_factory=dict)
    urgency: dict[KebabId, UrgencyRuleShape] = Field(default_factory=dict)


# --- spelling ---------------------------------------------------------------------------


class SpellingFile(Shape):
    """spelling.yaml: how words of the knowledge, which are US English, are spelled in British English."""

    spelling: Annotated[dict[UsWords, Text], Field(min_length=1)]

    @model_validator(mode="after")
    def _once_is_enough(self) -> Self:
        us_words = whole_words(self.spelling)
        for us, gb in self.spelling.items():
            again = us_words.search(gb)
            if again is not None:
                what = f"the British `{gb}` has the US word `{again[0]}` in it"
                raise refusal("wrong-value", what, "a word that stays as it is", ("spelling", us))
        return self


# --- questions, glossary, explainers ------------------------------------------------------


class QuestionShape(Shape):
    """A question to bring to a visit.

    `for_each` makes one of every missing test, open option or caution; `{name}` is what it is about.
    """

    text: Text
    group: Literal["cancer", "options", "living", "later"]
    order: Annotated[int, Field(ge=0, le=100)]
    when: When | None = None
    for_each: Literal["missing_test", "missing_answer", "open_option", "caution"] | None = None
    because: SnakeId | None = None
    source: SourceId | None = None
    state: State
    note: Text | None = None


class QuestionsFile(Shape):
    """questions.yaml: the questions to bring."""

    questions: Annotated[dict[KebabId, QuestionShape], Field(min_length=1)]


class SectionShape(Shape):
    """A part of the questions that are asked."""

    label: Text
    order: Annotated[int, Field(ge=0, le=100)]


class AskShape(Shape):
    """A question that a person is asked, one at a time: about a fact, the treatments, or what matters.

    `coarser` is a fact that says less, for those who were only told so much. What is asked `always`
    is asked also where no answer could change an option. `when` says of whom it is asked. Who was told
    something that could be taken for the answer says so with `another_result`: the fact is not known then.
    """

    section: SnakeId
    order: Annotated[int, Field(ge=0, le=1000)]
    page: Literal["fact", "treatments", "matters"] = "fact"
    fact: SnakeId | None = None
    coarser: SnakeId | None = None
    always: bool = False
    title: Text | None = None
    why: Text
    another_result: Text | None = None
    when: When | None = None

    @model_validator(mode="after")
    def _asks_something(self) -> Self:
        if (self.page == "fact") != (self.fact is not None):
            raise refusal(
                "missing-key", "a question about a fact names it, and no other does", "fact"
            )
        return self


class MatterShape(Shape):
    """Something that may matter most to a person."""

    label: Text
    order: Annotated[int, Field(ge=0, le=100)]


class InterviewFile(Shape):
    """interview.yaml: which questions a person is asked, in which order, and why."""

    sections: Annotated[dict[SnakeId, SectionShape], Field(min_length=1)]
    asks: Annotated[dict[KebabId, AskShape], Field(min_length=1)]
    matters: dict[SnakeId, MatterShape] = Field(default_factory=dict)


class TermShape(Shape):
    """A word that not everybody knows, in plain words."""

    term: Text
    plain: Text
    also_written: Words = Field(default_factory=list)
    source: SourceId | None = None
    state: State


class GlossaryFile(Shape):
    """glossary.yaml: words explained."""

    terms: Annotated[dict[SnakeId, TermShape], Field(min_length=1)]


class ExplainerFile(Shape):
    """explainers/<id>.yaml: how a kind of treatment works, or what a test shows, with its drawing."""

    title: Text
    kind: Literal["mechanism", "test"]
    drugs: SnakeIds = Field(default_factory=list)
    classes: SnakeIds = Field(default_factory=list)
    tests: SnakeIds = Field(default_factory=list)
    in_short: Text
    paragraphs: Annotated[list[Text], Field(min_length=1)]
    drawing: Text | None = None
    drawing_says: Text | None = None
    source: SourceId | None = None
    state: State
    note: Text | None = None

    @model_validator(mode="after")
    def _drawing_is_told(self) -> Self:
        if (self.drawing is None) != (self.drawing_says is None):
            what = "a drawing and its words for those who cannot see it go together"
            raise refusal("missing-key", what, "drawing_says: ...")
        return self
