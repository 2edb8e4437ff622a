"""What the reports hold, as a public contract: the JSON is these shapes, and the text is written from them.

The published JSON Schema (`fingerpost schema options`) is made from these classes, their docstrings
and the sentences beside the fields, so that the three cannot drift apart. A key may be added in a
later version; none is taken away or given another meaning.
"""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired, TypedDict

Yes3 = Literal["yes", "no", "unknown"]
State = Literal["verified", "weak", "unverified"]
AbsenceKind = Literal[
    "not_stated",
    "not_tested",
    "pending",
    "not_known",
    "not_applicable",
    "stale",
    "conflicting",
    "not_understood",
]
VerdictName = Literal["matches", "might_match", "not_yet", "does_not_match"]


class OneOf(TypedDict):
    """A category of which several values are still possible."""

    possible: list[str]


class Between(TypedDict):
    """A number, or a day, of which only the ends are known; null leaves that side open."""

    low: float | str | None
    high: float | str | None
    low_included: bool
    high_included: bool


class Parts(TypedDict):
    """A set: what is certainly in it and what is certainly not; all else is unknown."""

    present: list[str]
    absent: list[str]


Known = str | float | OneOf | Between | Parts | None


class Because(TypedDict):
    """What decided an answer: a finding, a treatment, or what is missing."""

    kind: Annotated[
        Literal["fact", "treatment", "treatment_detail", "treatment_list", "rule"],
        "a fact of the person; a whole treatment; one thing about a treatment; the list itself; the "
        "condition, where nothing of the person decides it",
    ]
    name: Annotated[str, "id of the fact or of the treatment's attribute"]
    treatment: Annotated[int | None, "which treatment of the record, counted from 1"]
    label: Annotated[str, "what it is, in words"]
    value: Annotated[str, "what is known of it, in words"]
    absence: Annotated[AbsenceKind | None, "why it is not known; null when it is"]
    words: Annotated[str | None, "the record's own words"]
    source: Annotated[str | None, "where in the record it stands"]
    date: Annotated[str | None, "when it was found: a year, a month or a day"]
    presumed: Annotated[bool, "not stated, but read so by a rule that the messages name"]
    detail: Annotated[bool, "a detail that is not asked for first"]


class Trace(TypedDict):
    """A condition, its answer, and the same for what it is made of; with `--explain` only."""

    says: str
    answer: Yes3
    derived: Annotated[str | None, "the derived value that this is; look it up in `derivations`"]
    because: list[Because]
    parts: list[Trace]


class CriterionSaid(TypedDict):
    """One condition of the label and its answer."""

    when: Annotated[object, "the condition as the knowledge files write it: text, or a nested map"]
    says: Annotated[str, "the condition in plain English"]
    label: Annotated[str, "the label's words, or ours when `quoted` is false"]
    quoted: bool
    kind: Literal["disease", "biomarker", "setting", "sequence", "person", "partner"]
    answer: Yes3
    because: list[Because]
    note: str | None
    source: Annotated[str, "id of the source; see `sources`"]
    state: Annotated[State, "how far the condition was checked against its source"]
    trace: NotRequired[Trace]


class CautionSaid(TypedDict):
    """Something to discuss, test or avoid with this option."""

    id: str
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
    text: str
    answer: Annotated[Yes3, "yes: it applies; unknown: nobody has said yet, so it is asked"]
    because: list[Because]
    asks: Annotated[str | None, "the question that settles it"]
    about_children: Annotated[
        bool, "about pregnancy, contraception, breastfeeding or having children"
    ]
    tells: Annotated[
        str | None, "contraception_women or contraception_men: for how long, of its medicine"
    ]
    authority: Annotated[str, "whose label says it; `any` for all"]
    source: str | None
    state: State


class TrialLimitSaid(TypedDict):
    """Whom the trial took. It informs and never decides."""

    text: str
    answer: Annotated[Yes3, "whether this person was within it"]
    source: str | None
    state: State


class FiguresSaid(TypedDict):
    """What was measured in both groups; intervals are of 95 %."""

    treated: float | None
    compared: float | None
    unit: Annotated[str | None, "months, weeks, years or percent"]
    at: str | None
    treated_interval: list[float] | None
    compared_interval: list[float] | None
    hazard_ratio: float | None
    hazard_ratio_interval: list[float] | None
    not_reached: Annotated[str | None, "whose median had not come: treated, compared or both"]
    remark: str | None


class EvidenceSaid(TypedDict):
    """A trial behind the option and what it found in its group of people."""

    trial: str
    nct: str | None
    nct_state: State | None
    endpoint: str | None
    population: str | None
    against: Annotated[str | None, "what it was compared with"]
    result: str | None
    figures: FiguresSaid | None
    source: str | None
    state: State


class DrugSaid(TypedDict):
    """A medicine of the option, or a class of medicines where the label names only that."""

    id: str
    name: str
    brands: list[str]
    is_class: bool
    what_it_does: str | None


class Difference(TypedDict):
    """One thing that would have to be otherwise."""

    name: str
    treatment: int | None
    label: str
    is_now: str


class ConditionsSaid(TypedDict):
    """The conditions and cautions of one option, and which of them decided."""

    criteria: list[CriterionSaid]
    deciding: list[int]
    deciding_cautions: list[str]
    cautions: list[CautionSaid]


class DecidingSaid(TypedDict):
    """Why one option does not fit: what decided it, and nothing else."""

    criteria: list[CriterionSaid]
    cautions: list[CautionSaid]


class OptionSaid(TypedDict):
    """One approved use, and how the record compares with its conditions."""

    id: str
    row: Annotated[str | None, "the row of the project's fact base"]
    title: str
    heading: Annotated[str, "the title with the medicine's name in front"]
    medicines: Annotated[str, "its medicines only, for lists"]
    drugs: Annotated[list[str], "generic names; the class where the label names a class"]
    drug_details: list[DrugSaid]
    authority: str
    setting: str
    verdict: VerdictName
    status: Annotated[str, "the kind of approval: regular, accelerated or conditional"]
    in_force_from: Annotated[
        str | None, "since when this wording holds; null where no day is known"
    ]
    in_force_until: Annotated[str | None, "its last day, when it has ended since"]
    in_force_state: Annotated[State, "how sure the days are"]
    criteria: list[CriterionSaid]
    deciding: Annotated[list[int], "places in `criteria`, from 0, of those answered no"]
    deciding_cautions: Annotated[list[str], "ids of the cautions that changed the verdict"]
    would_have_to_differ: Annotated[
        list[list[Difference]], "the smallest sets of things that would have to be otherwise"
    ]
    cautions: list[CautionSaid]
    trial_only: list[TrialLimitSaid]
    evidence: Annotated[
        list[EvidenceSaid], "for patients only what is verified: see `evidence_withheld`"
    ]
    evidence_withheld: Annotated[
        int, "figures not shown because nobody has verified them; 0 for professionals"
    ]
    had_before: Annotated[
        list[str], "treatments with one of these medicines that the record names, in words"
    ]
    had_family_before: Annotated[
        list[str],
        "treatments with another medicine of the same family that the record names, in words",
    ]
    to_discuss: Annotated[
        list[str],
        "ids of the cautions that something in this record calls up, whatever their strength",
    ]
    strong_warning: Annotated[
        bool, "a boxed warning, something to avoid or a contraindication applies to this record"
    ]
    note: str | None
    source: Annotated[str, "id of the source of this wording"]
    section: str | None
    state: Annotated[State, "the weakest state of its conditions and days"]
    licence: Annotated[LicenceSaid | None, "beside guidance that is no licence itself"]
    approved_elsewhere: Annotated[
        list[str], "other authorities with this use in force; may be empty"
    ]
    elsewhere: Annotated[
        list[ElsewhereSaid], "what the others' wordings of this use answer for this record"
    ]


class LicenceSaid(TypedDict):
    """Whether the medicine may be sold for the use, apart from who pays for it."""

    authority: str
    status: Annotated[str, "licensed, not_licensed or not_found"]
    since: str | None
    source: str | None
    state: State


class ElsewhereSaid(TypedDict):
    """What another authority's word on the same use is for this record on this day."""

    authority: str
    id: str
    heading: str
    medicines: Annotated[str, "its medicines only, for lists"]
    status: str
    verdict: VerdictName


class NotInForceSaid(TypedDict):
    """A use that is not in force on the day, or that the authority does not recommend."""

    id: str
    row: str | None
    title: str
    heading: str
    reason: Annotated[
        str,
        "not approved yet, expected, replaced, withdrawn, revoked, narrowed, widened, "
        "not recommended, terminated or no guidance found",
    ]
    population: Annotated[
        Yes3 | None, "whether this record is of those an appraisal that said no was about"
    ]
    section: str | None
    licence: LicenceSaid | None
    in_force_from: str | None
    in_force_until: str | None
    status: str
    source: str
    state: State


class OutcomeSaid(TypedDict):
    """One way a missing result may turn out, and what it would decide."""

    result: str
    matches: list[str]
    rules_out: list[str]


class Decides(TypedDict):
    """Which open options a missing result would decide."""

    average: Annotated[float, "options decided, averaged over the ways it may turn out"]
    always: Annotated[list[str], "decided whatever the result"]
    some: Annotated[list[str], "decided by some result"]


class MissingSaid(TypedDict):
    """A missing test or answer, and what it would decide."""

    id: str
    kind: Literal["test", "question"]
    label: str
    question: str | None
    where: Annotated[str | None, "where a person finds it"]
    how: Annotated[str | None, "how and when the test is done"]
    specimen: str | None
    facts: list[str]
    judgement: Annotated[bool, "only the treating team can say this; no test shows it"]
    now: Annotated[list[Because], "what the record says of it now"]
    decides: Decides
    outcomes: list[OutcomeSaid]


class Named(TypedDict):
    """An id, and what it is called."""

    id: str
    label: str


class PairSaid(TypedDict):
    """Two missing results that decide more together than each alone."""

    first: Named
    second: Named
    average: float
    only_together: list[str]


class MessageSaid(TypedDict):
    """Something in the record to look at: a contradiction, a conclusion, a doubt."""

    code: str
    where: str
    what: str
    try_this: str
    severity: Literal["info", "warning"]
    source: Annotated[
        str | None, "where the rule of the knowledge that says it was read, if one does"
    ]
    state: State | None


class PlaceSaid(TypedDict):
    """A place that tells the same finding, and its words."""

    source: str
    words: str | None


class FindingSaid(TypedDict):
    """One finding of the record."""

    value: str
    date: str | None
    site: str | None
    specimen: str | None
    basis: str | None
    words: str | None
    source: str
    presumed: bool
    also_in: NotRequired[
        Annotated[list[PlaceSaid], "the other places that tell it, where there are several records"]
    ]


class FactSaid(TypedDict):
    """What may be said of one fact, and from which findings."""

    label: str
    value: Annotated[Known, "the value, or what is still possible; null when nothing is known"]
    unit: str | None
    words: str
    absence: AbsenceKind | None
    findings: Annotated[list[FindingSaid], "the findings that count"]
    passed_over: Annotated[
        list[FindingSaid], "findings that do not count, and why stands in `note`"
    ]
    note: str | None


class DerivedSaid(TypedDict):
    """What follows from other facts."""

    label: str
    value: Annotated[str | None, "the narrowest value that is certain; null when none is"]
    words: str
    answers: Annotated[dict[str, Yes3], "the answer for each value"]
    because: list[Because]


class TreatmentSaid(TypedDict):
    """One treatment of the record, as it was understood."""

    number: int
    drugs: list[str]
    not_recognised: Annotated[list[str], "names that no medicine of the catalogue has"]
    words: Annotated[str, "the treatment in words"]
    source: str
    attributes: dict[str, Known]


class FactsSaid(TypedDict):
    """Everything known of the person: what the record says and what follows."""

    base: dict[str, FactSaid]
    derived: dict[str, DerivedSaid]
    treatments: list[TreatmentSaid]
    treatments_complete: Yes3


class SubtypeSaid(TypedDict):
    """What kind of breast cancer this is, as far as the record tells."""

    value: str | None
    sentence: str
    not_known: Annotated[list[str], "sentences that say what is missing"]
    because: list[Because]
    hormone_receptor: str | None
    her2: Annotated[str | None, "the narrowest HER2 category that is certain"]
    her2_answers: dict[str, Yes3]
    setting: str | None
    extent: str | None
    stage_possible: list[str]


class SourceSaid(TypedDict):
    """A document that was relied on."""

    title: str
    publisher: str
    kind: str
    url: str
    published: str | None
    checked_on: str
    checked_how: str


class KnowledgeSaid(TypedDict):
    """Which state of the knowledge answered."""

    version: str
    verified_through: str
    day_after_verified: Annotated[bool, "the day asked about is later: decisions may be missing"]
    reviewed_by: Annotated[list[str], "clinicians who signed for it"]
    content: Annotated[str, "names the exact files"]
    local_files: Annotated[list[str], "files that are not the project's own"]


class OptionsDocument(TypedDict):
    """The whole answer of `fingerpost options`: decision support, never a decision."""

    ok: Literal[True]
    fingerpost: Annotated[str, "version of the program"]
    knowledge: KnowledgeSaid
    on: Annotated[str, "the day asked about"]
    authority: str
    audience: Literal["patient", "professional"]
    subtype: SubtypeSaid
    options: Annotated[list[OptionSaid], "every use in force; the order is not a ranking"]
    not_in_force: list[NotInForceSaid]
    only_elsewhere: Annotated[
        list[ElsewhereSaid],
        "uses that fit or might fit elsewhere, and that this authority does not have in force",
    ]
    guideline_based: Annotated[
        list[OptionSaid], "regimens that guidelines describe and no single label; never mixed in"
    ]
    missing: Annotated[list[MissingSaid], "what to find out, the most deciding first"]
    messages: list[MessageSaid]
    facts: FactsSaid
    sources: dict[str, SourceSaid]
    derivations: NotRequired[
        Annotated[dict[str, Trace], "what each derived value is made of; with `--explain` only"]
    ]


class FactsDocument(TypedDict):
    """The whole answer of `fingerpost facts`."""

    ok: Literal[True]
    fingerpost: str
    knowledge: KnowledgeSaid
    on: str
    subtype: SubtypeSaid
    facts: FactsSaid
    messages: list[MessageSaid]


class PaperSaid(TypedDict):
    """One thing that the records should hold before a visit."""

    id: str
    text: str
    matters: Annotated[Literal["yes", "unknown"], "whether it matters for this person"]
    holding: Annotated[
        Literal["there", "in_part", "awaited", "out_of_date", "not_tested", "not_known", "missing"],
        "what the records have of it; `missing` says nothing about whether it was ever tested",
    ]
    why: str
    try_this: str
    findings: Annotated[list[FindingSaid], "what shows it, or why it is not there"]
    source: str | None
    state: State


class ReviewDocument(TypedDict):
    """The whole answer of `fingerpost record check`."""

    ok: Literal[True]
    fingerpost: str
    knowledge: KnowledgeSaid
    on: str
    subtype: SubtypeSaid
    contradictions: Annotated[list[MessageSaid], "what cannot all be true, or differs by sample"]
    out_of_date: Annotated[list[MessageSaid], "results too old, or named by older rules"]
    messages: Annotated[list[MessageSaid], "everything else that is worth a look"]
    papers: list[PaperSaid]


class MissingDocument(TypedDict):
    """The whole answer of `fingerpost missing`."""

    ok: Literal[True]
    fingerpost: str
    knowledge: KnowledgeSaid
    on: str
    authority: str
    open_options: Annotated[list[str], "ids of the options that are still open"]
    headings: Annotated[dict[str, str], "the heading of every option named here"]
    names: Annotated[dict[str, str], "its medicines only"]
    missing: list[MissingSaid]
    pairs: list[PairSaid]
    settles_all: Annotated[list[Named], "after these nothing is open, whatever they show"]
    exact: Annotated[bool, "false when there were too many combinations to try them all"]


class PersonSaid(TypedDict):
    """An invented person who shows something: in words, and as a form record that can be run."""

    on: Annotated[str, "the day asked about"]
    words: list[str]
    record: dict[str, object]


class ConditionSaid(TypedDict):
    """One condition of a wording."""

    says: Annotated[str, "the condition in plain words"]
    label: Annotated[str, "the authority's words, or ours when `quoted` is false"]
    quoted: bool
    condition: Annotated[str, "as written in the criteria language, on one line"]
    kind: str
    source: str
    state: State


class WordingSaid(TypedDict):
    """What one authority says of a use on the day; everything after `id` is null where it says nothing."""

    authority: str
    id: str
    title: str
    status: str | None
    in_force_from: str | None
    in_force_until: str | None
    section: str | None
    source: str | None
    state: State | None
    licence: LicenceSaid | None
    criteria: list[ConditionSaid]


class FitsSaid(PersonSaid):
    """Somebody whom one wording fits, and what the other answers for the same record."""

    other: Yes3


class DifferenceSaid(TypedDict):
    """How two wordings of one use differ, with people whom only one of them fits."""

    first: Annotated[str, "id of an option"]
    second: str
    only_first: Annotated[list[ConditionSaid], "conditions that only the first has"]
    only_second: list[ConditionSaid]
    fits_only_first: FitsSaid | None
    fits_only_second: FitsSaid | None
    unsettled: Annotated[bool, "whether there may be such a person although none was found"]


class UseSaid(TypedDict):
    """One use of a medicine, with every authority's wording of it."""

    title: str
    row: str | None
    wordings: list[WordingSaid]
    missing: Annotated[list[str], "authorities of which no such use is known"]
    in_common: Annotated[list[ConditionSaid], "conditions that all wordings in force have"]
    differences: list[DifferenceSaid]


class CompareDocument(TypedDict):
    """The whole answer of `fingerpost compare`."""

    ok: Literal[True]
    fingerpost: str
    knowledge: KnowledgeSaid
    on: str
    drug: DrugSaid
    uses: list[UseSaid]


class ChangeSaid(TypedDict):
    """One use that is not on the later day what it was on the earlier one."""

    kind: Literal["appeared", "changed", "refused", "left"]
    id: str
    heading: str
    authority: str
    row: str | None
    on: Annotated[str | None, "the day it changed, the last where there were several"]
    on_state: State
    status_before: str | None
    status_after: str | None
    how: Annotated[str | None, "how it ended, where it did"]
    conditions: Annotated[list[ConditionSaid], "all conditions, of a use that appeared or left"]
    gone: Annotated[list[ConditionSaid], "conditions that only the earlier wording has"]
    new: Annotated[list[ConditionSaid], "conditions that only the later wording has"]
    gains: Annotated[PersonSaid | None, "somebody whom it fits on the later day only"]
    loses: Annotated[PersonSaid | None, "somebody whom it fitted on the earlier day only"]
    steps: Annotated[int, "wordings that began in between"]
    source: str


class ChangesDocument(TypedDict):
    """The whole answer of `fingerpost knowledge diff`."""

    ok: Literal[True]
    fingerpost: str
    knowledge: KnowledgeSaid
    earlier: str
    later: str
    changes: list[ChangeSaid]


class CoverageRow(TypedDict):
    """How much is known of one authority."""

    authority: str
    uses: Annotated[int, "uses in force on the day"]
    not_given: Annotated[int, "uses looked at and not recommended, ended, or without guidance"]
    past: Annotated[int, "uses that are over, not approved yet or only expected"]
    by_setting: dict[str, int]
    by_subtype: Annotated[dict[str, int], "a use may be open to several subtypes"]
    by_state: Annotated[dict[str, int], "uses in force by their least checked claim"]


class CoverageDocument(TypedDict):
    """The whole answer of `fingerpost knowledge coverage`."""

    ok: Literal[True]
    fingerpost: str
    knowledge: KnowledgeSaid
    on: str
    authorities: list[CoverageRow]
    claims: Annotated[dict[str, dict[str, int]], "claims by kind and state"]
    things: Annotated[dict[str, int], "how many there are of each kind"]


class DrugEntry(TypedDict):
    """A medicine of the catalogue."""

    id: str
    name: str
    brands: list[str]
    other_makes: list[str]
    also_written: list[str]
    classes: list[str]
    target: str | None
    route: list[str]
    what_it_does: str | None
    codes: dict[str, list[str]]
    state: State
    uses: Annotated[list[str], "ids of the options in force on the day that name it"]


class DrugsDocument(TypedDict):
    """The whole answer of `fingerpost drugs`."""

    ok: Literal[True]
    fingerpost: str
    knowledge: KnowledgeSaid
    on: str
    drugs: list[DrugEntry]


class NamePart(TypedDict):
    """One name in a text, and how it was read."""

    words: str
    how: Annotated[str, "name, brand, misspelling, short_name, trial_medicine, not_known ..."]
    certainty: Annotated[
        Literal["certain", "read_as", "open"],
        "known as it is; read as the name it can only be; left open, no drug taken",
    ]
    known_as: Annotated[str | None, "the name that the words were read as"]
    drugs: Annotated[list[str], "ids in the drug catalogue"]
    families: Annotated[list[str], "families of drugs that are certain, beside those of the drugs"]
    candidates: Annotated[list[str], "what else may be meant; none of these was taken"]
    why: str


class NameRead(TypedDict):
    """One text, as it was written, and what it stands for."""

    as_written: str
    drugs: list[str]
    families: list[str]
    left_open: Annotated[list[str], "names that may be any medicine"]
    set_aside: Annotated[list[str], "names that are certainly none against cancer"]
    parts: list[NamePart]


class NamesDocument(TypedDict):
    """The whole answer of `fingerpost name`."""

    ok: Literal[True]
    fingerpost: str
    knowledge: Annotated[str, "version of the knowledge"]
    names: list[NameRead]


class ErrorSaid(TypedDict):
    """One problem of what was given."""

    code: str
    where: str
    what: str
    why: str
    try_this: str


class StatementSaid(TypedDict):
    """One thing that the text of a report says, with the words it was read from."""

    fact: Annotated[str, "id of the fact, as in the catalogue"]
    label: str
    value: Annotated[Known, "null where there is no value; `absence` says why"]
    value_words: str
    absence: AbsenceKind | None
    words: Annotated[str, "the words as they stand in the text"]
    span: Annotated[list[int], "first character and the one after the last, counted from 0"]
    line: Annotated[int, "line of the text, counted from 1"]
    section: Annotated[str, "final_diagnosis, synoptic, addendum, comment, clinical_history ..."]
    part: Annotated[str | None, "label of the part: A, 1 ..."]
    site: Annotated[str | None, "what the report calls that part"]
    specimen: Annotated[str | None, "metastasis, where the report says that it is one"]
    date: Annotated[str | None, "day of the addendum or of the sample, where the report gives it"]
    quoted: Annotated[bool, "whether the report repeats it from an earlier report"]
    counts: Annotated[bool, "false: told, but no answer for this cancer; `note` says why"]
    note: str | None


class StatusSaid(TypedDict):
    """One receptor in one word, and why."""

    status: Literal["positive", "negative", "equivocal", "low_positive", "unknown"]
    because: str
    findings: Annotated[list[int], "which of `findings` it rests on, counted from 0"]


class StatusesSaid(TypedDict):
    """The receptors of a report, or of one part of it."""

    er: StatusSaid
    pr: StatusSaid
    her2: StatusSaid


class SpecimenStatusesSaid(TypedDict):
    """The receptors of one part of a report."""

    part: str | None
    site: str | None
    statuses: StatusesSaid


class ReadDocument(TypedDict):
    """The whole answer of `fingerpost read`."""

    ok: Literal[True]
    fingerpost: str
    knowledge: KnowledgeSaid
    on: str
    name: str
    characters: Annotated[int, "how long the text is; spans count its characters"]
    findings: list[StatementSaid]
    statuses: Annotated[StatusesSaid, "of the whole report; unknown where its parts differ"]
    specimens: Annotated[list[SpecimenStatusesSaid], "each part that speaks of receptors"]


class ErrorsDocument(TypedDict):
    """The answer of every command to what it cannot read."""

    ok: Literal[False]
    errors: list[ErrorSaid]
