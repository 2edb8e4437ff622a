"""What `fingerpost plan` answers, as a public contract: visits, checks, side effects, what to discuss."""

from __future__ import annotations

from typing import Annotated, Literal, TypedDict

from fingerpost.report.contract import CautionSaid, EvidenceSaid, KnowledgeSaid, State, SubtypeSaid

HowCommon = Literal["very_common", "common", "uncommon", "rare", "very_rare", "not_known"]


class GivenSaid(TypedDict):
    """How one medicine of the option is given."""

    drug: Annotated[str, "id of the medicine, or of the family of which one is chosen"]
    name: str
    part: Annotated[int, "the part of the treatment that begins with it, counted from 1"]
    one_of: Annotated[list[str], "the medicines of the family, where the label names a family"]
    how: Annotated[str | None, "route; null where nobody wrote it down"]
    plain: str | None
    dose: Annotated[str | None, "for professionals only"]
    applies: Annotated[Literal["yes", "unknown"], "whether this way holds for the record"]
    others: Annotated[list[str], "further ways in which it is given"]
    source: str | None
    state: State | None


class LengthSaid(TypedDict):
    """A length of time."""

    amount: int
    unit: Literal["days", "weeks", "months", "years"]


class PartMedicineSaid(TypedDict):
    """A medicine that begins with a part of the treatment, and how often its cycle comes back."""

    drug: str
    name: str
    cycles: Annotated[int | None, "null where nobody wrote down how many"]
    cycle_days: Annotated[int | None, "how many days a cycle has"]
    lasts: Annotated[LengthSaid | None, "for how long, where that is not told in cycles"]


class PartSaid(TypedDict):
    """A part of the treatment; a plan in which everything begins together has one."""

    part: int
    name: Annotated[str, "its medicines"]
    begins: Literal["first_day", "after_part", "after_surgery", "not_known"]
    day: Annotated[int | None, "the day of the plan on which it begins; null where it is not known"]
    date: str | None
    medicines: list[PartMedicineSaid]


class WithoutDaysSaid(TypedDict):
    """What somebody gives on days that are not in the plan: a calendar of it is not complete."""

    drug: str
    name: str
    part: int
    why: Literal["which_medicine", "not_written", "after_surgery", "part_before"]


class DoseSaid(TypedDict):
    """One time at which a medicine is given by somebody."""

    drug: str
    name: str
    part: int
    cycle: Annotated[int, "counted from the first of its part"]
    cycles: Annotated[int | None, "how many there are; null where that is not known"]
    minutes: Annotated[list[int] | None, "from and to, observation included; null where not known"]


class CheckReasonSaid(TypedDict):
    """Why a check is done, and which medicine asks for it."""

    drug: str
    purpose: str
    gate: Annotated[str | None, "what the team looks for; for professionals only"]
    applies: Annotated[Literal["yes", "unknown"], "whether this reason holds for the record"]
    note: str | None
    source: str | None
    state: State


class CheckSaid(TypedDict):
    """A check on a day."""

    id: str
    label: str
    plain: str
    prepare: str | None
    wish: Literal["required", "recommended", "if_indicated"]
    ahead: Annotated[bool, "in the days before this one, on which a later part begins"]
    why: list[CheckReasonSaid]


class DaySaid(TypedDict):
    """Everything of one day; day 0 stands for the days before the start."""

    day: int
    week: int
    date: str | None
    neutral: Annotated[list[str], "what it is in words that name no illness"]
    doses: list[DoseSaid]
    checks: list[CheckSaid]
    minutes: Annotated[list[int] | None, "in the chair, without blood tests and waiting"]


class LaterSaid(TypedDict):
    """A check that has no day yet."""

    id: str
    label: str
    when: Literal["as_indicated", "at_end", "after"]
    text: str
    purpose: str
    source: str | None
    state: State


class EffectFigureSaid(TypedDict):
    """How many of 100 people had an effect in one arm of one trial."""

    drug: str
    trial: str
    arm: str
    people: int | None
    any_grade: float | None
    severe: float | None
    source: str
    state: State


class EffectSourceSaid(TypedDict):
    """Which medicine has an effect, how common it is there, and who says so."""

    drug: str
    how_common: HowCommon
    note: str | None
    source: str | None
    state: State


class EffectSaid(TypedDict):
    """An effect that the medicines of the option can have."""

    id: str
    label: str
    plain: str
    group: str
    how_common: HowCommon
    words: Annotated[str, "how common, in words"]
    serious: bool
    call_at_once: bool
    feels: str | None
    helps: list[str]
    by: list[EffectSourceSaid]
    figures: list[EffectFigureSaid]


class BoxedSaid(TypedDict):
    """A boxed warning, in our own words."""

    drug: str
    text: str
    authority: str
    source: str | None
    state: State


class PlannedOptionSaid(TypedDict):
    """The option that the plan is about."""

    id: str
    heading: str
    medicines: str
    verdict: str
    setting: str


class PlanDocument(TypedDict):
    """What follows one option: a typical course from what is known of its medicines."""

    ok: Literal[True]
    fingerpost: str
    knowledge: KnowledgeSaid
    on: str
    authority: str
    audience: Literal["patient", "professional"]
    subtype: SubtypeSaid
    option: PlannedOptionSaid
    start: str | None
    weeks: int
    emergency: Annotated[str, "what to call the ambulance for, whatever the treatment is"]
    given: list[GivenSaid]
    parts: list[PartSaid]
    without_days: list[WithoutDaysSaid]
    days: list[DaySaid]
    later: list[LaterSaid]
    boxed: list[BoxedSaid]
    effects: list[EffectSaid]
    figures_withheld: Annotated[int, "figures that nobody verified, left out for a patient"]
    cautions: list[CautionSaid]
    evidence: list[EvidenceSaid]
    evidence_withheld: int
