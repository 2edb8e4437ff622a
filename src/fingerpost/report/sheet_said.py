"""The page to bring to a visit, as a document of the public contract: short enough for one page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Literal, TypedDict

import fingerpost
from fingerpost.facts.treatments import with_parents
from fingerpost.messages import gettext as _
from fingerpost.messages import marked, ngettext
from fingerpost.messages.phrases import small, small_start
from fingerpost.plan.questions import questions_for
from fingerpost.plan.symptoms import Concern, when_to_call
from fingerpost.report.contract import KnowledgeSaid
from fingerpost.report.documents import knowledge_said, saying_of
from fingerpost.report.facts_said import fact_said
from fingerpost.report.missing_said import label_of
from fingerpost.report.option_said import (
    conditions_said,
    group_of,
    medicines_of,
    to_discuss,
)
from fingerpost.report.spoken import spoken
from fingerpost.report.subtype import subtype_said
from fingerpost.report.symptoms_said import emergency_signs, sign_words, temperatures
from fingerpost.report.text.because import because_texts
from fingerpost.report.text.head import mark_of
from fingerpost.report.text.layout import full_stop, listed
from fingerpost.report.text.option import reason_against
from fingerpost.report.treatments import treatments_said
from fingerpost.terms import Verdict
from fingerpost.values import Absent

if TYPE_CHECKING:
    import datetime as dt

    from fingerpost.facts.model import Facts
    from fingerpost.knowledge.model import Knowledge
    from fingerpost.knowledge.plan_model import Level
    from fingerpost.options.model import Missing, OptionAnswer, Options
    from fingerpost.report.contract import FactSaid
    from fingerpost.report.option_said import Saying

_CallLevel = Literal["emergency_now", "same_day_call", "tell_team_soon"]
# From the most urgent; what can wait for the next visit needs no page to take along.
_CALLED: tuple[_CallLevel, ...] = ("emergency_now", "same_day_call", "tell_team_soon")
# The symptom that is measured: its numbers are printed.
_FEVER = "fever"
_CHECKPOINT = "pd1_pdl1_inhibitor"
_MOST_MARKERS = 12
# The tests of the cancer or of genes whose results a page calls markers.
_MARKER_TESTS = frozenset(
    (
        *("er_pr_ihc", "her2_ihc_test", "her2_ish_test", "her2_reread", "ki67_test", "msi_mmr"),
        *("pdl1_22c3", "pdl1_sp142", "tumor_ngs", "esr1_plasma", "germline_panel"),
        *("genomic_assay",),
    )
)
_MOST_TESTS, _MOST_QUESTIONS, _MOST_TREATMENTS = 4, 8, 6
_MOST_NAMES, _MOST_UNKNOWN, _MOST_TOLD = 4, 3, 3


class ImmunotherapySaid(TypedDict):
    """Whether immunotherapy is an option now, and the reason: as important as a yes."""

    verdict: Literal["matches", "might_match", "not_yet", "does_not_match", "none"]
    text: str


class SheetTest(TypedDict):
    """A test to ask about."""

    label: str
    why: str
    record: str


class SheetOptions(TypedDict):
    """The medicines of options with one verdict, each once, by name."""

    verdict: str
    title: str
    count: int
    names: list[str]


class SheetQuestion(TypedDict):
    """A question to bring."""

    id: str
    group: str
    text: str


class SheetCall(TypedDict):
    """How soon to call, and for what."""

    level: _CallLevel
    title: str
    signs: list[str]


class SheetDocument(TypedDict):
    """The page to bring to a visit."""

    ok: Literal[True]
    fingerpost: str
    knowledge: KnowledgeSaid
    on: str
    authority: str
    cancer: Annotated[str, "the kind of cancer in one sentence"]
    known: Annotated[list[str], "what the record says of the cancer and its markers"]
    not_known: list[str]
    immunotherapy: ImmunotherapySaid
    treatments: list[str]
    treatments_left: int
    tests: list[SheetTest]
    tests_left: int
    options: list[SheetOptions]
    questions: list[SheetQuestion]
    calls: list[SheetCall]
    unverified: Annotated[int, "claims behind these options that nobody has verified"]


def sheet_document(options: Options, *, matters: Collection[str] = ()) -> SheetDocument:
    """The page to bring; `matters` are ids of what matters to the person, and only add questions.

    Only what the page prints is put into words: the whole answer takes several times as long.
    """
    options = spoken(options)
    saying = replace(saying_of(options), audience="patient")
    tests = [each for each in options.missing.single if each.kind == "test"]
    treatments = [each["words"] for each in treatments_said(options.facts, options.knowledge)]
    markers = list(_markers(options))
    known = _known(markers)[:_MOST_MARKERS]
    return {
        "ok": True,
        "fingerpost": fingerpost.__version__,
        "knowledge": knowledge_said(options),
        "on": options.on.isoformat(),
        "authority": options.authority,
        "cancer": subtype_said(options, saying.reasons)["sentence"],
        "known": [*known, *_told_of_health(options, saying, known)],
        "not_known": _not_known(markers, tests, saying),
        "immunotherapy": immunotherapy_said(saying),
        "treatments": treatments[-_MOST_TREATMENTS:],
        "treatments_left": max(len(treatments) - _MOST_TREATMENTS, 0),
        "tests": [_test(each, saying) for each in tests[:_MOST_TESTS]],
        "tests_left": max(len(tests) - _MOST_TESTS, 0),
        "options": list(_options(options)),
        "questions": [
            {"id": each.question.id, "group": each.question.group, "text": each.text}
            for each in questions_for(options, matters=matters, most=_MOST_QUESTIONS)
        ],
        "calls": calls_said(
            options.facts, options.knowledge, on=options.on, authority=options.authority
        ),
        "unverified": sum(
            answered.criterion.state != "verified"
            for answer in options.options
            if answer.verdict in (Verdict.MATCHES, Verdict.MIGHT_MATCH)
            for answered in answer.criteria
        ),
    }


def _markers(options: Options) -> Iterator[FactSaid]:
    """What the record says of tests of the cancer or of the genes, also that there is no result."""
    for name, chosen in options.facts.chosen.items():
        told = chosen.findings or chosen.passed_over or not isinstance(chosen.value, Absent)
        if told and _is_marker(name, options):
            yield fact_said(options.knowledge.facts[name], chosen)


def _known(markers: Sequence[FactSaid]) -> list[str]:
    """The markers that have a result: what a test of the cancer or of the genes found."""
    return [
        f"{_short(fact['label'])}: {fact['words']}" for fact in markers if fact["value"] is not None
    ]


def _told_of_health(options: Options, saying: Saying, known: Sequence[str]) -> list[str]:
    """What was told, and is not said already, that a caution of an open option hangs on."""
    told = Counter(
        f"{_short(because['label'])}: {because['value']}"
        for answer in options.options
        if answer.verdict in (Verdict.MATCHES, Verdict.MIGHT_MATCH)
        for caution in to_discuss(answer)
        for because in saying.caution(caution)["because"]
        if because["kind"] == "fact" and because["absence"] is None
    )
    return [words for words, _times in told.most_common() if words not in known][:_MOST_TOLD]


def _not_known(markers: Sequence[FactSaid], tests: Sequence[Missing], saying: Saying) -> list[str]:
    """The markers without a result that would matter, and why each has none."""
    found = {fact["label"]: fact["words"] for fact in markers if fact["value"] is None}
    for missing in tests:
        for slot in missing.slots:
            because = saying.reasons.of(slot)
            found.setdefault(because["label"], because["value"])
    by_reason: dict[str, list[str]] = {}
    for label, why in found.items():
        by_reason.setdefault(why, []).append(_short(label).removesuffix(" result").rstrip(","))
    # What was asked for and has no answer yet comes before what nobody speaks of.
    ordered = sorted(by_reason, key=lambda why: why == _("not stated"))
    return [f"{listed(by_reason[why], most=_MOST_MARKERS)} ({why})" for why in ordered]


def _is_marker(name: str, options: Options) -> bool:
    fact = options.knowledge.facts.get(name)
    return fact is not None and fact.test in _MARKER_TESTS


def _short(label: str) -> str:
    """The label without what only says how it is measured.

    >>> _short("Estrogen receptor (ER): percent of tumor nuclei stained")
    'Estrogen receptor (ER)'
    """
    return label.partition(":")[0].replace(" as reported", "")


def _test(missing: Missing, saying: Saying) -> SheetTest:
    sure, some = len(missing.always), len(missing.options)
    why = ngettext("may settle %(num)s open option", "may settle %(num)s open options", some)
    if sure:
        why = ngettext("settles %(num)s open option", "settles %(num)s open options", sure)
    now = [saying.reasons.of(slot) for slot in missing.slots]
    record = "; ".join(because_texts(now, most=2, brief=True))
    return {"label": label_of(missing.id, saying), "why": why, "record": record}


def calls_said(
    facts: Facts | None, knowledge: Knowledge, *, on: dt.date, authority: str | None
) -> list[SheetCall]:
    """For each level the symptoms that stand first, as far as they may concern this person.

    The signs of an emergency are those of everybody. Of a fever, every number that the knowledge gives
    stands with its level. Without a record every symptom may matter; where nobody says which country,
    the numbers of all are told.
    """
    concerns = {
        each.symptom.id: each for each in when_to_call(facts, knowledge, on=on, authority=authority)
    }
    calls: list[SheetCall] = []
    for level in _CALLED:
        words = knowledge.following.levels.get(level)
        if words is None:
            continue
        if level == "emergency_now":
            signs = emergency_signs(knowledge, authority, on=on)
            title = f"{words.label} ({_ambulance(knowledge, authority)})"
        else:
            signs, title = list(_signs(concerns, words.first, level)), words.label
        if signs:
            calls.append({"level": level, "title": f"{title}:", "signs": signs})
    return calls


def _ambulance(knowledge: Knowledge, authority: str | None) -> str:
    numbers = knowledge.following.emergency_numbers
    own = numbers.get(authority or "")
    return listed([each.number for each in numbers.values()], "or") if own is None else own.number


def _signs(concerns: Mapping[str, Concern], first: Sequence[str], level: Level) -> Iterator[str]:
    """What stands first for a level, and a fever wherever a number of it has this level."""
    fever = _fever(concerns.get(_FEVER), level)
    if fever is not None and _FEVER not in first:
        yield fever
    for name in first:
        if name == _FEVER and fever is not None:
            yield fever
        elif name in concerns and any(e.level == level for e in concerns[name].entries):
            yield sign_words(concerns[name], level)


def _fever(concern: Concern | None, level: Level) -> str | None:
    """A fever with each number of the thermometer that has this level; None where none has."""
    if concern is None:
        return None
    # The number that a team gave stands on a line of its own.
    numbers = [each for each in temperatures(concern, level) if re.search(r"\d", each)]
    if not numbers:
        return None
    said = "; ".join(small_start(each) for each in numbers)
    return f"{small_start(concern.symptom.label)} ({said})"


_TITLES = {
    "matches": marked("Fit the label, as far as the record tells"),
    "to_discuss": marked("Fit the label, with something to talk about first"),
    "might_match": marked("Might fit: something is not known"),
    "later": marked("Later, after surgery"),
    "not_yet": marked("Not yet, as the label asks for other treatment first"),
}


def _options(options: Options) -> Iterator[SheetOptions]:
    names: dict[str, list[str]] = {}
    for answer in options.options:
        names.setdefault(group_of(answer, options), []).append(
            medicines_of(answer.option, options.knowledge)
        )
    for group, title in _TITLES.items():
        if group in names:
            found = names[group]
            # As many as the results count; medicines with several uses are named once.
            yield {
                "verdict": "matches" if group == "to_discuss" else group,
                "title": _(title),
                "count": len(found),
                "names": sorted(set(found)),
            }


_MOST_WEIGHED = 2
_NEAREST = ("matches", "might_match", "not_yet", "does_not_match")


def immunotherapy_said(saying: Saying) -> ImmunotherapySaid:
    """The word on checkpoint inhibitors: an option that fits, one that might, or the nearest miss."""
    options, knowledge = saying.options, saying.options.knowledge
    found = [
        answer
        for answer in options.options
        if any(
            drug == _CHECKPOINT or _CHECKPOINT in with_parents(drug, knowledge)
            for drug in answer.option.drugs
        )
    ]
    if not found:
        text = _(
            "No immunotherapy of this kind has an option for breast cancer under this authority."
        )
        return {"verdict": "none", "text": text}
    best = min(found, key=_nearness)
    same = [each for each in found if each.verdict is best.verdict]
    names = sorted({medicines_of(each.option, knowledge) for each in same})
    match best.verdict:
        case Verdict.MATCHES:
            text = _("Fits the label now: %(medicines)s.", medicines=listed(names))
            # What is to be weighed is said where the fit is said.
            cautions = {c.caution.id: c for each in same for c in to_discuss(each)}
            if cautions:
                said = [saying.caution(each) for each in cautions.values()][:_MOST_WEIGHED]
                first = [f"{full_stop(each['text'])}{mark_of(each['state'])}" for each in said]
                weighed = _("To talk about first:")
                text = f"{text} {weighed} {' '.join(first)}"
        case Verdict.MIGHT_MATCH:
            might = _(
                "Not settled: %(medicines)s might fit.", medicines=listed(names, "or", _MOST_NAMES)
            )
            text = f"{might} {_first_to_find_out(same, saying)}"
        case _other:
            text = _(
                "Does not fit now (%(medicines)s). %(reason)s",
                medicines=medicines_of(best.option, knowledge),
                reason=reason_against(conditions_said(best, saying), places=False),
            )
    return {"verdict": best.verdict.value, "text": text}


def _nearness(answer: OptionAnswer) -> tuple[int, int, int]:
    """The order of options by how near they are: of those that do not fit, one for this time of illness."""
    kinds = [answer.criteria[place].criterion.kind for place in answer.deciding]
    return _NEAREST.index(answer.verdict.value), kinds.count("setting"), len(kinds)


def _first_to_find_out(open_ones: Sequence[OptionAnswer], saying: Saying) -> str:
    """What is not known, and the test that answers it; where no test does, the question for the team."""
    ids = {answer.option.id for answer in open_ones}
    about = [m for m in saying.options.missing.single if not ids.isdisjoint(m.options)]
    if not about:
        return _("The team can say what is still open.")
    # A test that is about these options alone says more of them than one that is about many.
    first = min(
        about, key=lambda m: (m.kind != "test", -len(ids.intersection(m.options)) / len(m.options))
    )
    label = label_of(first.id, saying)
    if first.kind != "test":
        return _("First to find out: %(what)s. The team can say it.", what=small(label).rstrip("."))
    labels = dict.fromkeys(
        _short(saying.reasons.of(slot)["label"]).rstrip(",") for slot in first.slots
    )
    unknown = listed([small(each) for each in labels], most=_MOST_UNKNOWN)
    return _(
        "First to find out: %(what)s. The test that answers it: %(test)s.",
        what=unknown,
        test=label.rstrip("."),
    )
