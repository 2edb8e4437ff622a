"""What is known, once it has been read: facts, drugs, options, cautions, and where each was said.

Everything here is frozen and made only by the loader, which has already refused what is not sound.
Each thing keeps its `place` (file:line:column below the data folder), so that any sentence of a
report can be walked back to the line that says it. A `node` is the number of a condition in the one
graph that all criteria share; `when` is the same condition as it was written.

    Knowledge
    ├── about       version, verified through, licence, who reviewed
    ├── facts       what a record can say            (Fact)
    ├── attributes  what can be said of a treatment  (Fact)
    ├── derived     what follows from facts          (DerivedFact, one condition for each value)
    ├── drugs, classes, tests, sources, codes
    ├── options     approved uses                    (Option > Window > Criterion)
    ├── trials      what they rest on                (Trial > Result > Figures)
    ├── cautions    what to discuss or avoid
    ├── lines       regimens and lines of therapy    (LineRules)
    ├── following   visits, side effects, symptoms   (Following)
    └── graph, vocabulary                            (all conditions, and the names they may use)
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from fingerpost.knowledge.line_rules import LineRules
from fingerpost.knowledge.period import Period
from fingerpost.knowledge.plan_model import Following
from fingerpost.terms import NEVER_GIVEN

if TYPE_CHECKING:
    from fingerpost.criteria.graph import Graph
    from fingerpost.criteria.vocabulary import Vocabulary
    from fingerpost.knowledge.as_of import KnowledgeOn

State = Literal["verified", "weak", "unverified"]
Tree = str | dict[str, object]


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Somebody who read the knowledge, what they read, and when."""

    name: str
    role: str
    on: dt.date
    scope: str


@dataclass(frozen=True, slots=True)
class About:
    """Which state of the knowledge this is, and how far it was checked."""

    knowledge_version: str
    verified_through: dt.date
    licence: str
    reviewed_by: tuple[Reviewer, ...]

    @property
    def version_day(self) -> dt.date:
        """The day the version is named after.

        >>> About("2026.11.22", dt.date(2026, 7, 2), "CC-BY-4.0", ()).version_day
        datetime.date(2026, 11, 22)
        """
        return dt.date.fromisoformat(self.knowledge_version.replace(".", "-"))


@dataclass(frozen=True, slots=True)
class Source:
    """A document that says something we rely on, and when somebody last looked.

    `authority` names whose label or decision it is, where that is certain from the document itself.
    """

    id: str
    title: str
    publisher: str
    kind: str
    url: str
    published: dt.date | None
    checked_on: dt.date
    checked_how: str
    authority: str | None
    note: str | None
    place: str


@dataclass(frozen=True, slots=True)
class DrugClass:
    """A class of drugs; a drug of the class is also of each of its parents.

    The drugs of a `family` work so much alike that whoever had one is told so beside another.
    """

    id: str
    label: str
    plain: str | None
    parents: tuple[str, ...]
    family: bool
    place: str


@dataclass(frozen=True, slots=True)
class Biosimilar:
    """Another make of the same antibody."""

    name: str
    brand: str | None


@dataclass(frozen=True, slots=True)
class Code:
    """A code that stands for a drug in a code system."""

    system: str
    code: str
    state: State
    source: str | None


@dataclass(frozen=True, slots=True)
class Drug:
    """A medicine, its names, its classes, and what it does in plain words."""

    id: str
    name: str
    brands: tuple[str, ...]
    biosimilars: tuple[Biosimilar, ...]
    also_written: tuple[str, ...]
    classes: tuple[str, ...]
    target: str | None
    route: tuple[str, ...]
    what_it_does: str | None
    codes: tuple[Code, ...]
    components: tuple[str, ...]
    state: State
    source: str | None
    note: str | None
    place: str


@dataclass(frozen=True, slots=True)
class Assay:
    """One make of a test, and the medicines whose companion an authority named it."""

    name: str
    companion_for: tuple[str, ...]
    authority: str | None
    source: str | None
    state: State
    note: str | None


@dataclass(frozen=True, slots=True)
class Turnaround:
    """How long a result usually takes."""

    text: str
    source: str | None
    state: State


@dataclass(frozen=True, slots=True)
class Test:
    """An examination, and the facts that its result answers.

    `repeat_at` says when it is done again: when the cancer has spread, come back or grown.
    """

    __test__ = False  # so that pytest does not take it for one of its own

    id: str
    label: str
    plain: str | None
    specimen: str | None
    answers: tuple[str, ...]
    how: str | None
    assays: tuple[Assay, ...]
    turnaround: Turnaround | None
    repeat_at: tuple[str, ...]
    source: str | None
    state: State
    note: str | None
    place: str


@dataclass(frozen=True, slots=True)
class Fact:
    """Something a record can say of a person, or of a treatment.

    `values` maps each value of a category or member of a set to its plain label, `steps` each number of
    a short scale to what it means to the person. `detail` facts are
    not asked first. `which` says which finding counts when there are several. What
    `changes_with_treatment` may be otherwise after the next treatment, or some time later. Facts of
    one `panel` are taken from one sample together. `said_by` tells whom to ask. A gene change that a
    cancer can learn is looked for again when it grows, so a negative test from before does not count
    (`negative_expires`); nor does one from a kind of sample that can miss it (`negative_not_from`).
    """

    id: str
    type: Literal["category", "flag", "number", "date", "set"]
    values: Mapping[str, str]
    groups: Mapping[str, tuple[str, ...]]
    also_written: Mapping[str, str]
    unit: str | None
    range: tuple[float | None, float | None] | None
    steps: Mapping[str, str]
    label: str
    plain: str | None
    question: str | None
    where: str | None
    test: str | None
    detail: bool
    current_for: Period | None
    worrying: Worrying | None
    which: str | None
    absent_means: str
    changes_with_treatment: bool
    panel: str | None
    said_by: Literal["person", "team"]
    negative_expires: Literal["progression"] | None
    negative_not_from: Literal["blood"] | None
    codes: Mapping[str, tuple[str, ...]]
    state: State
    source: str | None
    note: str | None
    place: str


@dataclass(frozen=True, slots=True)
class Worrying:
    """The results that are bad news: these `results`, or numbers on that side of a limit.

    How long a result stays current asks how long good news can be relied on. Bad news counts although
    its day is not known, and for `kept_for` where that is longer.
    """

    results: tuple[str, ...]
    below: float | None
    at_most: float | None
    at_least: float | None
    above: float | None
    kept_for: Period | None


@dataclass(frozen=True, slots=True)
class Notice:
    """Something in a record that is worth a second look; said when `node` answers yes.

    With `contradicts`, two things that can hardly both be right.
    """

    id: str
    text: str
    contradicts: bool
    try_this: str | None
    when: Tree
    node: int
    source: str | None
    state: State
    note: str | None
    place: str


@dataclass(frozen=True, slots=True)
class Paper:
    """Something that a record should hold before a visit, for everybody of whom `node` is not a no.

    It is there when any fact of `shown_by` has a result (of that kind of sample, if one is named), or
    every fact of `each_of`; or, with `treatments`, when the record lists any.
    """

    id: str
    text: str
    when: Tree
    node: int
    shown_by: tuple[str, ...]
    each_of: tuple[str, ...]
    specimen: str | None
    treatments: bool
    why: str
    try_this: str
    source: str | None
    state: State
    note: str | None
    place: str


@dataclass(frozen=True, slots=True)
class Edition:
    """A change of the rules for a result: what to think of results dated before it.

    `results` are the values it is about; without any, it is about all.
    """

    id: str
    about: tuple[str, ...]
    results: tuple[str, ...]
    before: dt.date
    text: str
    try_this: str
    source: str | None
    state: State
    note: str | None
    place: str


@dataclass(frozen=True, slots=True)
class Compared:
    """A status that is worked out for each sample of a panel by itself, and compared."""

    id: str
    status: str
    panel: str
    text: str
    try_this: str
    source: str | None
    state: State
    note: str | None
    place: str


@dataclass(frozen=True, slots=True)
class Presumption:
    """A value that a record is read to have when it is silent, and says so.

    Made when `when` is yes, `unless` is not yes, and no finding speaks of the fact. It is the only
    way in which silence becomes a value, and every message and reason names it.
    """

    id: str
    fact: str
    value: str
    text: str
    when: Tree
    node: int
    unless: Tree
    unless_node: int
    source: str | None
    state: State
    note: str | None
    place: str


@dataclass(frozen=True, slots=True)
class DerivedValue:
    """One value of a derived fact: the condition that it means, from which day on."""

    value: str
    plain: str | None
    when: Tree
    node: int
    since: dt.date | None
    note: str | None
    place: str


@dataclass(frozen=True, slots=True)
class DerivedFact:
    """Something that follows from other facts.

    A `family` has a condition for each value, a `flag` one for yes (no is its opposite), and an
    `elapsed` fact none: it is the time from the date `start` to `end` in whole `unit`s.
    """

    id: str
    type: Literal["family", "flag", "elapsed"]
    label: str
    plain: str | None
    values: Mapping[str, DerivedValue]
    groups: Mapping[str, tuple[str, ...]]
    unit: str | None
    start: str | None
    end: str | None
    source: str | None
    state: State
    note: str | None
    place: str


@dataclass(frozen=True, slots=True)
class Criterion:
    """One condition of a label, with the label's words (or ours, when not `quoted`)."""

    when: Tree
    node: int
    label: str
    quoted: bool
    kind: str
    note: str | None
    source: str
    state: State
    place: str


@dataclass(frozen=True, slots=True)
class Window:
    """A span of days during which an option read so; `until` is its last day.

    `together` is the number of all its conditions at once, `sequence` of those that later treatment
    can turn, `not_sequence` of the others.
    """

    start: dt.date
    until: dt.date | None
    ended: str | None
    date_state: State
    expected: bool
    status: str
    source: str
    section: str | None
    criteria: tuple[Criterion, ...]
    together: int
    sequence: int
    not_sequence: int
    note: str | None
    place: str

    @property
    def opens(self) -> bool:
        """Whether it makes the use an option at all: what is not recommended does not."""
        return self.status not in NEVER_GIVEN

    def holds_on(self, day: dt.date) -> bool:
        """Whether this wording was in force that day; an expected one never is."""
        return not self.expected and self.start <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class TrialLimit:
    """Whom the trial took, where the label does not say so: it informs and never decides."""

    text: str
    when: Tree | None
    node: int | None
    source: str | None
    state: State
    place: str


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured in both groups; intervals are of 95 %."""

    treated: float | None
    compared: float | None
    unit: str | None
    at: str | None
    treated_interval: tuple[float, float] | None
    compared_interval: tuple[float, float] | None
    hazard_ratio: float | None
    interval: tuple[float, float] | None
    not_reached: str | None
    remark: str | None


@dataclass(frozen=True, slots=True)
class Result:
    """One thing a trial found: what was measured, in whom, and the figures or the words."""

    endpoint: str
    population: str | None
    figures: Figures | None
    words: str | None
    source: str | None
    state: State
    note: str | None
    place: str


@dataclass(frozen=True, slots=True)
class Trial:
    """A trial that options rest on, whom it took, and what it found."""

    id: str
    name: str
    nct: str | None
    nct_state: State | None
    population: str | None
    against: str | None
    results: tuple[Result, ...]
    source: str | None
    state: State
    note: str | None
    place: str


@dataclass(frozen=True, slots=True)
class Licence:
    """Whether the medicine may be sold for a use, apart from who pays for it."""

    authority: str
    status: str
    since: dt.date | None
    source: str | None
    state: State
    note: str | None


@dataclass(frozen=True, slots=True)
class Option:
    """One approved use of a medicine or regimen by one authority, with all its dated wordings."""

    id: str
    authority: str
    drug: str
    title: str
    row: str | None
    drugs: tuple[str, ...]
    setting: str
    windows: tuple[Window, ...]
    licence: Licence | None
    trial_only: tuple[TrialLimit, ...]
    trials: tuple[str, ...]
    note: str | None
    place: str


@dataclass(frozen=True, slots=True)
class Caution:
    """Something to discuss, test or avoid when one of these drugs is considered.

    Shown when `node` answers yes, asked when unknown, hidden when no; or, with `needs`, shown until
    that fact is known. What is `about_children` speaks of pregnancy, contraception, breastfeeding or
    having children. It counts from the day `start` to the day `until`; either may be open. What one
    `tells` of its medicines makes one that stands there `unless_told` needless for them. A use that
    itself holds a medicine or kind of `unless_with` does not have it.
    """

    id: str
    drugs: tuple[str, ...]
    classes: tuple[str, ...]
    authority: str
    effect: str
    text: str
    asks: str | None
    when: Tree | None
    node: int | None
    needs: str | None
    about_children: bool
    tells: str | None
    unless_told: str | None
    unless_with: tuple[str, ...]
    start: dt.date | None
    until: dt.date | None
    source: str | None
    state: State
    note: str | None
    place: str

    def holds_on(self, day: dt.date) -> bool:
        """Whether it was in force that day."""
        begun = self.start is None or self.start <= day
        return begun and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class CodeMeaning:
    """What a code of a record says: which fact (or attribute, drug, test), and which value."""

    code: str
    display: str | None
    fact: str | None
    attribute: str | None
    drug: str | None
    test: str | None
    value: str | None
    source: str | None
    state: State
    note: str | None
    place: str


@dataclass(frozen=True, slots=True)
class CodeSystem:
    """The codes of one system that we understand; `names` are known to exist, and no more."""

    id: str
    system: str
    name: str
    check: str
    codes: Mapping[str, tuple[CodeMeaning, ...]]
    place: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Everything that is known, in one frozen piece.

    `content` names the files it was read from; `local` are those that lie on top of the project's.
    """

    about: About
    facts: Mapping[str, Fact]
    attributes: Mapping[str, Fact]
    derived: Mapping[str, DerivedFact]
    drugs: Mapping[str, Drug]
    classes: Mapping[str, DrugClass]
    tests: Mapping[str, Test]
    sources: Mapping[str, Source]
    options: Mapping[str, Option]
    trials: Mapping[str, Trial]
    cautions: Mapping[str, Caution]
    notices: Mapping[str, Notice]
    presumptions: Mapping[str, Presumption]
    papers: Mapping[str, Paper]
    editions: Mapping[str, Edition]
    compared: Mapping[str, Compared]
    codes: Mapping[str, CodeSystem]
    lines: LineRules
    following: Following
    graph: Graph
    vocabulary: Vocabulary
    content: str
    local: tuple[str, ...]

    def on(self, day: dt.date, authority: str | None = None) -> KnowledgeOn:
        """What held on that day: a cheap view, nothing is copied."""
        from fingerpost.knowledge.as_of import view

        return view(self, day, authority)
