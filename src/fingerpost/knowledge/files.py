"""The shape of every kind of knowledge file: which keys it has, and what may stand under them.

The shapes are strict: an unknown key, a number where text belongs or a day that does not exist is
refused. They say nothing of other files; what names point to is looked at in `references`.
"""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import Annotated, Any, Literal, Self, cast

from pydantic import (
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    StringConstraints,
    Tag,
    field_validator,
    model_validator,
)

from fingerpost.knowledge.fields import (
    Authority,
    Day,
    Interval,
    KebabId,
    Nct,
    SnakeId,
    SnakeIds,
    SourceId,
    State,
    Status,
    Text,
    Url,
    Value,
    Values,
    When,
    Words,
    day,
    in_order,
    refusal,
)
from fingerpost.knowledge.period import Period
from fingerpost.terms import NEVER_GIVEN, STATUSES

MAX_QUOTED_WORDS = 30


class Shape(BaseModel):
    """What all shapes share: no unknown keys, no guessing of types, nothing can be changed."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, validate_by_name=False)


# --- about.yaml, sources ------------------------------------------------------------------


class ReviewerShape(Shape):
    """Somebody who read part of the knowledge and signs for it."""

    name: Text
    role: Text
    on: Day
    scope: Text


class AboutFile(Shape):
    """about.yaml: which state of the knowledge this is."""

    knowledge_version: Annotated[str, StringConstraints(pattern=r"^\d{4}\.\d{2}\.\d{2}$")]
    verified_through: Day
    licence: Text
    reviewed_by: list[ReviewerShape]

    @field_validator("knowledge_version")
    @classmethod
    def _is_a_day(cls, version: str) -> str:
        day(version.replace(".", "-"))
        return version


class SourceFile(Shape):
    """sources/<id>.yaml: a document that says something, and when somebody last looked."""

    title: Text
    publisher: Text
    kind: Literal[
        "label",
        "approval_notice",
        "trial_report",
        "guideline",
        "registry",
        "review",
        "news",
        "knowledge_base",
    ]
    url: Url
    published: Day | None = None
    checked_on: Day
    checked_how: Literal["full", "excerpt", "secondary", "not_read"]
    authority: Literal["fda", "ema", "nice"] | None = None
    note: Text | None = None


# --- classes.yaml, drugs, tests.yaml ------------------------------------------------------


class ClassShape(Shape):
    """A family of drugs."""

    label: Text
    plain: Text | None = None
    parents: SnakeIds = []
    family: bool = False


class ClassesFile(Shape):
    """classes.yaml: the closed list of drug classes."""

    classes: dict[SnakeId, ClassShape]


class BiosimilarShape(Shape):
    """Another make of the same antibody."""

    name: Text
    brand: Text | None = None


class DrugCodeShape(Shape):
    """A code that stands for the drug."""

    code: Text
    state: State
    source: SourceId | None = None


class DrugFile(Shape):
    """drugs/<id>.yaml: a medicine, its names, classes and what it does."""

    name: Text
    brands: Words = []
    biosimilars: list[BiosimilarShape] = []
    also_written: Words = []
    classes: Annotated[SnakeIds, Field(min_length=1)]
    target: Text | None = None
    route: list[Literal["oral", "intravenous", "subcutaneous", "intramuscular", "implant"]] = []
    what_it_does: Text | None = None
    codes: dict[Literal["rxnorm", "snomed", "ncit", "atc", "unii"], list[DrugCodeShape]] = {}
    state: State
    source: SourceId | None = None
    components: SnakeIds = []
    note: Text | None = None


class AssayShape(Shape):
    """One make of a test; where an authority named it the companion of some medicines, which."""

    name: Text
    companion_for: SnakeIds = []
    authority: Literal["fda", "ema", "nice"] | None = None
    source: SourceId | None = None
    state: State
    note: Text | None = None

    @model_validator(mode="after")
    def _somebody_named_it(self) -> Self:
        if bool(self.companion_for) != (self.authority is not None):
            what = "`companion_for` and `authority` go together"
            advice = "say which authority named this assay for which medicines, or leave both out"
            raise refusal("missing-key", what, advice)
        return self


class TurnaroundShape(Shape):
    """How long a result usually takes, where a source says so."""

    text: Text
    source: SourceId | None = None
    state: State


class TestShape(Shape):
    """An examination, and which facts its result answers."""

    label: Text
    plain: Text | None = None
    specimen: Text | None = None
    answers: Annotated[SnakeIds, Field(min_length=1)]
    how: Text | None = None
    assays: list[AssayShape] = []
    turnaround: TurnaroundShape | None = None
    repeat_at: list[Literal["spread", "recurrence", "progression", "before_treatment"]] = []
    source: SourceId | None = None
    state: State
    note: Text | None = None


class TestsFile(Shape):
    """tests.yaml: the tests that answer facts."""

    tests: dict[SnakeId, TestShape]


# --- facts --------------------------------------------------------------------------------


class PeriodShape(Shape):
    """A length of time: one of days, weeks, months, years."""

    days: Annotated[int, Field(gt=0)] | None = None
    weeks: Annotated[int, Field(gt=0)] | None = None
    months: Annotated[int, Field(gt=0)] | None = None
    years: Annotated[int, Field(gt=0)] | None = None

    @model_validator(mode="after")
    def _exactly_one(self) -> Self:
        if len(self.model_fields_set) != 1:
            what = "a period has exactly one of days, weeks, months, years"
            raise refusal("wrong-value", what, "{months: 3}")
        return self

    def period(self) -> Period:
        """The length of time that is written here."""
        unit = next(iter(self.model_fields_set))
        return Period(getattr(self, unit), cast("Any", unit))


class WorryingShape(Shape):
    """Which results are bad news, and for how long such a one is kept, if longer than others."""

    results: Values = []
    below: float | int | None = None
    at_most: float | int | None = None
    at_least: float | int | None = None
    above: float | int | None = None
    kept_for: PeriodShape | None = None


class FactCodesShape(Shape):
    """Codes that mean this fact."""

    loinc: Words = []
    snomed: Words = []
    ncit: Words = []


class _AnyFact(Shape):
    """What every fact of a record can say about itself."""

    label: Text
    plain: Text | None = None
    question: Text | None = None
    where: Text | None = None
    test: SnakeId | None = None
    detail: bool = False
    current_for: PeriodShape | None = None
    worrying: WorryingShape | None = None
    which: (
        Literal[
            "newest_metastatic_else_newest",
            "newest",
            "pathologic_else_clinical",
            "any_positive",
            "earliest",
        ]
        | None
    ) = None
    absent_means: Literal["unknown", "no"] = "unknown"
    changes_with_treatment: bool = False
    panel: SnakeId | None = None
    said_by: Literal["person", "team"] = "person"
    negative_expires: Literal["progression"] | None = None
    negative_not_from: Literal["blood"] | None = None
    codes: FactCodesShape = FactCodesShape()
    also_written: dict[Text, Value] = {}
    state: State
    source: SourceId | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _worry_has_a_limit(self) -> Self:
        if self.worrying is not None and self.current_for is None:
            what = "`worrying` says what a limit of time is not for, and there is no `current_for`"
            raise refusal("missing-key", what, "current_for: {months: 3}", at=("worrying",))
        return self


class _Valued(_AnyFact):
    """A fact with a list of possible values."""

    values: Annotated[dict[Value, Text], Field(min_length=1)]
    groups: dict[Value, Values] = {}

    @model_validator(mode="after")
    def _names_resolve(self) -> Self:
        known = set(self.values)
        _values_known(self.groups, known)
        for spelling, value in self.also_written.items():
            if value not in known:
                what = f"`{value}` is not one of the values above"
                raise refusal("unknown-value", what, at=("also_written", spelling))
        return self


def _values_known(groups: dict[str, list[str]], known: set[str]) -> None:
    for group, members in groups.items():
        if group in known:
            what = f"`{group}` is a value already, so it cannot name a group"
            raise refusal("twice", what, at=("groups", group))
        for index, member in enumerate(members):
            if member not in known:
                what = f"`{member}` is not one of the values above"
                raise refusal("unknown-value", what, at=("groups", group, index))


class CategoryShape(_Valued):
    """A fact with exactly one of several values."""

    type: Literal["category"]


class SetShape(_Valued):
    """A fact that may hold several of its members."""

    type: Literal["set"]


class FlagShape(_AnyFact):
    """A fact that is yes or no; the plain words for each may be given."""

    type: Literal["flag"]
    values: dict[Literal["yes", "no"], Text] = {}


class NumberShape(_AnyFact):
    """A measured number, its unit, and the range in which it can be right.

    Of a scale of few whole numbers, `steps` says what each means to the person, to choose from.
    """

    type: Literal["number"]
    unit: Text | None = None
    range: Annotated[list[float | int | None], Field(min_length=2, max_length=2)] | None = None
    steps: dict[Annotated[str, Field(pattern=r"^\d+$")], Text] = {}

    @field_validator("range")
    @classmethod
    def _rises(cls, range_: list[float | None] | None) -> list[float | None] | None:
        if range_ and None not in range_ and range_[0] >= range_[1]:  # type: ignore[operator]
            raise refusal("wrong-value", "a range goes from the lower number to the higher")
        return range_


class DateShape(_AnyFact):
    """A day, or the month or year in which it lies."""

    type: Literal["date"]


FactShape = Annotated[
    CategoryShape | SetShape | FlagShape | NumberShape | DateShape, Field(discriminator="type")
]


class FamilyValueShape(Shape):
    """One value of a derived fact, and the condition that it means."""

    plain: Text | None = None
    when: When
    since: Day | None = Field(default=None, alias="from")
    note: Text | None = None


class _AnyDerived(Shape):
    label: Text
    plain: Text | None = None
    source: SourceId | None = None
    state: State
    note: Text | None = None


class FamilyShape(_AnyDerived):
    """A derived fact with a condition for each value."""

    type: Literal["family"]
    values: Annotated[dict[Value, FamilyValueShape], Field(min_length=1)]
    groups: dict[Value, Values] = {}

    @model_validator(mode="after")
    def _names_resolve(self) -> Self:
        _values_known(self.groups, set(self.values))
        return self


class DerivedFlagShape(_AnyDerived):
    """A derived fact that is yes under a condition, and no under its opposite."""

    type: Literal["flag"]
    when: When
    since: Day | None = Field(default=None, alias="from")


class ElapsedShape(_AnyDerived):
    """The whole months or years from one date to another."""

    type: Literal["elapsed"]
    unit: Literal["days", "weeks", "months", "years"]
    since: SnakeId
    until: SnakeId


DerivedShape = Annotated[FamilyShape | DerivedFlagShape | ElapsedShape, Field(discriminator="type")]


class NoticeShape(Shape):
    """Something in a record that is worth a second look, though nothing contradicts."""

    when: When
    contradicts: bool = False
    plain: Text
    try_this: Text | None = None
    source: SourceId | None = None
    state: State
    note: Text | None = None


class PresumptionShape(Shape):
    """A value that a silent record is read to have, said openly wherever it counts."""

    fact: SnakeId
    value: Value
    when: When
    unless: When
    plain: Text
    source: SourceId | None = None
    state: State
    note: Text | None = None


class FactsFile(Shape):
    """facts/<group>.yaml: what a record can say, and what follows from it."""

    facts: dict[SnakeId, FactShape] = {}
    treatment_attributes: dict[SnakeId, FactShape] = {}
    derived: dict[SnakeId, DerivedShape] = {}
    notices: dict[SnakeId, NoticeShape] = {}
    presumptions: dict[SnakeId, PresumptionShape] = {}


# --- record_review.yaml -------------------------------------------------------------------


class PaperShape(Shape):
    """Something that a record should hold before a visit, and what to ask for when it does not."""

    plain: Text
    when: When
    shown_by: SnakeIds = []
    each_of: SnakeIds = []
    specimen: Literal["primary", "metastasis"] | None = None
    treatments: bool = False
    why: Text
    try_this: Text
    source: SourceId | None = None
    state: State
    note: Text | None = None

    @model_validator(mode="after")
    def _is_shown_by_something(self) -> Self:
        if bool(self.shown_by or self.each_of) == self.treatments:
            what = "this says by nothing, or by two things, how one sees that it is there"
            raise refusal(
                "wrong-value", what, "`shown_by: [...]`, `each_of: [...]`, or `treatments: true`"
            )
        return self


class EditionShape(Shape):
    """A result of before a day on which the rules for such results changed."""

    about: Annotated[SnakeIds, Field(min_length=1)]
    results: Words = []
    before: Day
    plain: Text
    try_this: Text
    source: SourceId | None = None
    state: State
    note: Text | None = None


class ComparedShape(Shape):
    """A status that is worked out for each sample by itself, and held against the other samples."""

    status: SnakeId
    panel: Text
    plain: Text
    try_this: Text
    source: SourceId | None = None
    state: State
    note: Text | None = None


class ReviewFile(Shape):
    """record_review.yaml: what to look at in somebody's records before a visit."""

    papers: dict[SnakeId, PaperShape] = {}
    editions: dict[SnakeId, EditionShape] = {}
    compared: dict[SnakeId, ComparedShape] = {}


# --- options ------------------------------------------------------------------------------


class CriterionShape(Shape):
    """One condition of the label, with the label's own words or ours."""

    when: When
    label: Text
    quoted: bool
    kind: Literal["disease", "biomarker", "setting", "sequence", "person", "partner"]
    note: Text | None = None
    source: SourceId
    state: State

    @model_validator(mode="after")
    def _quotes_are_short(self) -> Self:
        words = len(self.label.split())
        if self.quoted and words > MAX_QUOTED_WORDS:
            what = f"this quotation has {words} words, and {MAX_QUOTED_WORDS} are allowed"
            advice = "quote the words that decide, or say it in our own words with quoted: false"
            raise refusal("long-quotation", what, advice, ("label",))
        return self


class WindowShape(Shape):
    """A span of days during which the option read so; `until` is its last day."""

    start: Day = Field(alias="from", default=dt.date.min)
    until: Day | None = None
    ended: Literal["replaced", "withdrawn", "revoked", "narrowed", "widened"] | None = None
    date_state: State
    expected: bool = False
    status: Status
    source: SourceId
    section: Text | None = None
    criteria: list[CriterionShape] = []
    note: Text | None = None

    @model_validator(mode="after")
    def _says_for_whom(self) -> Self:
        if not self.criteria and self.status not in NEVER_GIVEN:
            what = "this window has no criteria"
            raise refusal("missing-key", what, "say for whom it is, one condition an entry")
        return self

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.until is not None and self.until < self.start:
            what = f"this window ends on {self.until}, before it begins on {self.start}"
            raise refusal("window-order", what, "correct one of the two days", ("until",))
        if (self.until is None) != (self.ended is None):
            there, missing = ("until", "ended") if self.until else ("ended", "until")
            what = f"this window has `{there}` and no `{missing}`"
            advice = "give the last day in force, and how it ended, or neither"
            raise refusal("window-end", what, advice, (there,))
        return self


class TrialLimitShape(Shape):
    """Whom the trial took; informs, never decides."""

    when: When | None = None
    text: Text
    source: SourceId | None = None
    state: State


class LicenceShape(Shape):
    """Whether the medicine may be sold for this use, apart from who pays for it."""

    authority: Literal["mhra"]
    status: Literal["licensed", "not_licensed", "not_found"]
    since: Day | None = None
    source: SourceId | None = None
    state: State
    note: Text | None = None


class OptionShape(Shape):
    """One approved use, with all its dated wordings."""

    row: Text | None = None
    title: Text
    drugs: Annotated[SnakeIds, Field(min_length=1)]
    setting: Literal[
        "neoadjuvant",
        "adjuvant",
        "post_neoadjuvant",
        "perioperative",
        "extended_adjuvant",
        "advanced",
        "supportive",
        "any",
    ]
    windows: Annotated[list[WindowShape], Field(min_length=1)]
    licence: LicenceShape | None = None
    trial_only: list[TrialLimitShape] = []
    trials: SnakeIds = []
    note: Text | None = None

    @field_validator("windows")
    @classmethod
    def _in_order_and_apart(cls, windows: list[WindowShape]) -> list[WindowShape]:
        for index, (window, following) in enumerate(pairwise(windows), 1):
            if window.until is None or following.start <= window.until:
                end = f"until {window.until}" if window.until else "without an end"
                what = (
                    f"this window begins on {following.start}, while the one before it, "
                    f"from {window.start} {end}, is in force"
                )
                advice = "put windows in the order of time; `until` is the last day in force"
                raise refusal("window-overlap", what, advice, (index,))
            if window.ended == "replaced" and following.start - window.until > dt.timedelta(days=1):
                what = f"the window before was replaced on {window.until}, and this begins later"
                advice = "`replaced` means the next begins the day after; else say how it ended"
                raise refusal("window-gap", what, advice, (index,))
        return windows


class OptionsFile(Shape):
    """options/<authority>/<drug>.yaml: every approved use of one drug by one authority."""

    drug: SnakeId
    authority: Authority
    options: Annotated[dict[KebabId, OptionShape], Field(min_length=1)]

    @model_validator(mode="after")
    def _speaks_as_its_authority(self) -> Self:
        allowed = STATUSES[self.authority]
        for name, option in self.options.items():
            for index, window in enumerate(option.windows):
                if window.start == dt.date.min and self.authority != "guideline":
                    what = "the key `from` is missing"
                    advice = "the first day in force"
                    raise refusal("missing-key", what, advice, ("options", name, "windows", index))
                if window.status not in allowed:
                    what = f"`{window.status}` is no status that `{self.authority}` gives"
                    at = ("options", name, "windows", index, "status")
                    raise refusal("wrong-value", what, " or ".join(allowed), at)
            if option.licence is not None and self.authority != "nice":
                what = "`licence` stands only beside guidance that is no licence itself"
                raise refusal("unknown-key", what, "leave it out", ("options", name, "licence"))
        return self


# --- trials -------------------------------------------------------------------------------


class FiguresShape(Shape):
    """What was measured in both groups, as numbers that can be drawn.

    `treated` and `compared` are medians or shares in the `unit`, `hazard_ratio` the ratio between
    the groups, and the intervals are of 95 %. `not_reached` says whose median had not come.
    """

    treated: float | int | None = None
    compared: float | int | None = None
    unit: Literal["months", "weeks", "years", "percent"] | None = None
    at: Text | None = None
    treated_interval: Interval | None = None
    compared_interval: Interval | None = None
    hazard_ratio: float | int | None = None
    interval: Interval | None = None
    not_reached: Literal["treated", "compared", "both"] | None = None
    remark: Text | None = None

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        measured = self.treated is not None or self.compared is not None
        if measured != (self.unit is not None):
            what = "`treated` or `compared` and their `unit` go together"
            raise refusal("missing-key", what, "unit: months")
        if self.interval is not None and self.hazard_ratio is None:
            what = "`interval` belongs to `hazard_ratio`, which is missing"
            raise refusal("missing-key", what, "give the ratio, or leave the interval out")
        if not measured and self.hazard_ratio is None:
            raise refusal("missing-key", "there is no figure here", "`words` instead of `figures`")
        self._within(self.hazard_ratio, self.interval, "interval")
        self._within(self.treated, self.treated_interval, "treated_interval")
        self._within(self.compared, self.compared_interval, "compared_interval")
        return self

    @staticmethod
    def _within(value: float | None, interval: list[float | int] | None, key: str) -> None:
        if interval is not None and value is not None and not interval[0] <= value <= interval[1]:
            what = f"{value:g} lies outside its own interval"
            raise refusal("wrong-value", what, "look at the source again", (key,))


class ResultShape(Shape):
    """One thing the trial found: in whom, what was measured, the figures or the words."""

    endpoint: Text
    population: Text | None = None
    figures: FiguresShape | None = None
    words: Text | None = None
    source: SourceId | None = None
    state: State
    note: Text | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if (self.figures is None) == (self.words is None):
            what = "a result has either `figures` or `words`"
            raise refusal(
                "missing-key", what, "figures: {treated: 24.8, compared: 14.5, unit: months}"
            )
        return self


class TrialFile(Shape):
    """trials/<id>.yaml: a trial that options rest on, whom it took, what it found."""

    name: Text
    nct: Nct | None = None
    nct_state: State | None = None
    population: Text | None = None
    against: Text | None = None
    results: list[ResultShape] = []
    source: SourceId | None = None
    state: State
    note: Text | None = None

    @model_validator(mode="after")
    def _number_has_a_state(self) -> Self:
        if (self.nct is None) != (self.nct_state is None):
            what = "`nct` and `nct_state` go together"
            raise refusal("missing-key", what, "give both, or neither")
        return self


# --- cautions -----------------------------------------------------------------------------


class AppliesToShape(Shape):
    """Which drugs, or drugs of which classes, are meant."""

    drugs: SnakeIds = []
    classes: SnakeIds = []

    def of_somebody(self, what: str) -> Self:
        """Itself, if it names any drug or class; `what` applies to nobody otherwise."""
        if not self.drugs and not self.classes:
            raise refusal("missing-key", f"{what} to no drug and no class")
        return self


# What a caution can tell of one medicine, so that a general "ask the team" is not needed for it.
ToldOfMedicine = Literal["contraception_women", "contraception_men"]


class CautionShape(Shape):
    """Something to discuss, test or avoid."""

    authority: Literal["fda", "ema", "nice", "guideline", "local", "any"]
    effect: Literal[
        "contraindicated",
        "boxed",
        "avoid",
        "not_studied",
        "caution",
        "dose_adjust",
        "test_first",
        "info",
    ]
    when: When | None = None
    needs: SnakeId | None = None
    text: Text
    asks: Text | None = None
    about_children: bool = False
    tells: ToldOfMedicine | None = None
    unless_told: ToldOfMedicine | None = None
    unless_with: SnakeIds = []
    start: Day | None = Field(default=None, alias="from")
    until: Day | None = None
    source: SourceId | None = None
    state: State
    note: Text | None = None

    @model_validator(mode="after")
    def _one_trigger(self) -> Self:
        if (self.when is None) == (self.needs is None):
            what = "a caution has either `when` (a condition) or `needs` (a fact)"
            raise refusal("missing-key", what, "`when: always` for one that is always shown")
        return self

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        in_order(self.start, self.until)
        return self


class CautionsFile(Shape):
    """cautions/<id>.yaml: what to discuss, test or avoid with some drugs."""

    applies_to: AppliesToShape
    cautions: Annotated[dict[KebabId, CautionShape], Field(min_length=1)]

    @field_validator("applies_to")
    @classmethod
    def _somebody(cls, applies_to: AppliesToShape) -> AppliesToShape:
        return applies_to.of_somebody("these cautions apply")


# --- codes --------------------------------------------------------------------------------


class CodeMeaningShape(Shape):
    """What a code says."""

    display: Text | None = None
    fact: SnakeId | None = None
    attribute: SnakeId | None = None
    drug: SnakeId | None = None
    test: SnakeId | None = None
    value: Value | None = None
    source: SourceId | None = None
    state: State
    note: Text | None = None


def _how_many(meanings: object) -> str:
    return "several" if isinstance(meanings, list) else "one"


class CodesFile(Shape):
    """codes/<system>.yaml: the codes of one system that we understand."""

    system: Text
    name: Text
    check: Literal["loinc", "snomed", "none"] = "none"
    codes: dict[
        Text,
        Annotated[
            Annotated[CodeMeaningShape, Tag("one")]
            | Annotated[list[CodeMeaningShape], Tag("several"), Field(min_length=1)],
            Discriminator(_how_many),
        ],
    ]


class ProductCodesFile(Shape):
    """codes/<system>_products.yaml: product codes, and the medicines in each product."""

    system: Text
    source: SourceId
    state: State
    note: Text | None = None
    products: dict[Text, Annotated[SnakeIds, Field(min_length=1)]]


class LookAlikesFile(Shape):
    """codes/<which>_look_alikes.yaml: names of other medicines, so that none is taken for ours."""

    system: Text
    name: Text
    source: SourceId
    state: State
    note: Text | None = None
    names: Annotated[list[Text], Field(min_length=1)]
