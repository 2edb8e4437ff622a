"""The page to bring to a visit, as a document of the public contract: short enough for one page."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Literal, TypedDict

import fingerpost
from fingerpost.facts.treatments import with_parents
from fingerpost.messages import gettext as _
from fingerpost.messages import marked, ngettext
from fingerpost.messages.phrases import small_start
from fingerpost.plan.questions import questions_for
from fingerpost.plan.symptoms import Concern, when_to_call
from fingerpost.report.contract import KnowledgeSaid
from fingerpost.report.documents import knowledge_said, options_document
from fingerpost.report.spoken import spoken
from fingerpost.report.text.because import because_texts
from fingerpost.report.text.layout import full_stop, listed
from fingerpost.report.text.option import reason_against
from fingerpost.terms import LEVELS

if TYPE_CHECKING:
    from fingerpost.knowledge.plan_model import Level
    from fingerpost.options.model import Options
    from fingerpost.report.contract import MissingSaid, OptionSaid, OptionsDocument

_CallLevel = Literal["emergency_now", "same_day_call", "tell_team_soon"]
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


def sheet_document(
    options: Options, *, matters: Collection[str] = (), document: OptionsDocument | None = None
) -> SheetDocument:
    """The page to bring; `matters` are ids of what matters to the person, and only add questions."""
    options = spoken(options)
    said = document or options_document(options, audience="patient")
    tests = [each for each in said["missing"] if each["kind"] == "test"]
    treatments = [each["words"] for each in said["facts"]["treatments"]]
    return {
        "ok": True,
        "fingerpost": fingerpost.__version__,
        "knowledge": knowledge_said(options),
        "on": options.on.isoformat(),
        "authority": options.authority,
        "cancer": said["subtype"]["sentence"],
        "known": _known(said, options)[:_MOST_MARKERS],
        "not_known": _not_known(said, options),
        "immunotherapy": _immunotherapy(said["options"], options),
        "treatments": treatments[-_MOST_TREATMENTS:],
        "treatments_left": max(len(treatments) - _MOST_TREATMENTS, 0),
        "tests": [_test(each) for each in tests[:_MOST_TESTS]],
        "tests_left": max(len(tests) - _MOST_TESTS, 0),
        "options": list(_options(said["options"])),
        "questions": [
            {"id": each.question.id, "group": each.question.group, "text": each.text}
            for each in questions_for(options, matters=matters, most=_MOST_QUESTIONS)
        ],
        "calls": list(_calls(options)),
        "unverified": sum(
            criterion["state"] != "verified"
            for option in said["options"]
            if option["verdict"] in ("matches", "might_match")
            for criterion in option["criteria"]
        ),
    }


def _known(said: OptionsDocument, options: Options) -> list[str]:
    """The markers that have a result: what a test of the cancer or of the genes found."""
    return [
        f"{_short(fact['label'])}: {fact['words']}"
        for name, fact in said["facts"]["base"].items()
        if _is_marker(name, options) and fact["value"] is not None
    ]


def _not_known(said: OptionsDocument, options: Options) -> list[str]:
    """The markers without a result that would matter, and why each has none."""
    found = {
        fact["label"]: fact["words"]
        for name, fact in said["facts"]["base"].items()
        if _is_marker(name, options) and fact["value"] is None
    }
    for missing in said["missing"]:
        if missing["kind"] == "test":
            for each in missing["now"]:
                found.setdefault(each["label"], each["value"])
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


def _test(missing: MissingSaid) -> SheetTest:
    decides = missing["decides"]
    sure, some = len(decides["always"]), len(decides["some"])
    why = ngettext("may settle %(num)s open option", "may settle %(num)s open options", some)
    if sure:
        why = ngettext("settles %(num)s open option", "settles %(num)s open options", sure)
    record = "; ".join(because_texts(missing["now"], most=2, brief=True))
    return {"label": missing["label"], "why": why, "record": record}


def _calls(options: Options) -> Iterator[SheetCall]:
    """For each level the symptoms that stand first, as far as they may concern this person."""
    knowledge = options.knowledge
    concerns = {
        each.symptom.id: each
        for each in when_to_call(
            options.facts, knowledge, on=options.on, authority=options.authority
        )
    }
    number = knowledge.following.emergency_numbers.get(options.authority)
    levels: tuple[_CallLevel, ...] = ("emergency_now", "same_day_call", "tell_team_soon")
    for level in levels:
        words = knowledge.following.levels.get(level)
        if words is None:
            continue
        signs = [
            _sign(concerns[name], level)
            for name in words.first
            if name in concerns and any(e.level == level for e in concerns[name].entries)
        ]
        if signs:
            numbers = [each.number for each in knowledge.following.emergency_numbers.values()]
            told = number.number if number is not None else listed(numbers, "or")
            title = f"{words.label} ({told})" if level == "emergency_now" else words.label
            yield {"level": level, "title": f"{title}:", "signs": signs}


def _sign(concern: Concern, level: Level) -> str:
    """The symptom, with the mildest answer or sign that has this level; alone where any has it."""
    label = small_start(concern.symptom.label)
    answers = [each for each in concern.entries if each.kind == "answer"]
    if all(LEVELS.index(each.level) >= LEVELS.index(level) for each in answers):
        return label
    entry = next(each for each in concern.entries if each.level == level)
    return f"{label} ({small_start(entry.plain)})"


_TITLES = {
    "matches": marked("Fit the label, as far as the record tells"),
    "might_match": marked("Might fit: something is not known"),
    "not_yet": marked("Not yet, as the label asks for other treatment first"),
}


def _options(options: Sequence[OptionSaid]) -> Iterator[SheetOptions]:
    for verdict, title in _TITLES.items():
        found = sorted({each["medicines"] for each in options if each["verdict"] == verdict})
        if found:
            yield {"verdict": verdict, "title": _(title), "count": len(found), "names": found}


def _immunotherapy(said: Iterable[OptionSaid], options: Options) -> ImmunotherapySaid:
    """The word on checkpoint inhibitors: an option that fits, one that might, or the nearest miss."""
    knowledge = options.knowledge
    found = [
        option
        for option in said
        if any(
            drug == _CHECKPOINT or _CHECKPOINT in with_parents(drug, knowledge)
            for answer in options.options
            if answer.option.id == option["id"]
            for drug in answer.option.drugs
        )
    ]
    if not found:
        text = _(
            "No immunotherapy of this kind has an option for breast cancer under this authority."
        )
        return {"verdict": "none", "text": text}
    order = ("matches", "might_match", "not_yet", "does_not_match")
    best = min(found, key=lambda o: (order.index(o["verdict"]), len(o["deciding"])))
    same = sorted({o["medicines"] for o in found if o["verdict"] == best["verdict"]})
    match best["verdict"]:
        case "matches":
            text = _("Fits the label now: %(medicines)s.", medicines=listed(same))
        case "might_match":
            text = _(
                "Not settled: %(medicines)s might fit. To find out: %(missing)s",
                medicines=listed(same, "or"),
                missing=_missing(best),
            )
        case _:
            text = _(
                "Does not fit now (%(medicines)s). %(reason)s",
                medicines=best["medicines"],
                reason=reason_against(best),
            )
    return {"verdict": best["verdict"], "text": text}


def _missing(option: OptionSaid) -> str:
    open_ones = [c for c in option["criteria"] if c["answer"] == "unknown"]
    texts = [text for c in open_ones for text in because_texts(c["because"], most=2, brief=True)]
    return full_stop("; ".join(dict.fromkeys(texts)))
