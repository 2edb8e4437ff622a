"""When to call, and how soon for a symptom, as text for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from fingerpost.messages import gettext as _
from fingerpost.messages import marked
from fingerpost.report.text.head import closing, mark_of, opening, states_legend
from fingerpost.report.text.layout import day, full_stop, items, listed, section, wrap

if TYPE_CHECKING:
    from fingerpost.report.symptoms_said import (
        CallEntrySaid,
        CallSymptomSaid,
        LevelName,
        LevelReasonSaid,
        LevelSaid,
        SymptomSaid,
        SymptomsDocument,
        UrgencySaid,
    )

_LEVELS = marked(
    "The levels are our own. No clinician has reviewed these levels yet. What your team told you comes "
    "first. If you are in doubt, call."
)
_NO_RECORD = marked(
    "No record was given, so every rule counts that is about any treatment. With a record the list "
    "is shorter."
)
_OPEN = marked(
    "The record cannot tell whether some rules are about you, so they count as well. The fuller the "
    "record, the better: above all, say whether its list of treatments is whole."
)
_BLANK = "_" * 30
_NOT_ANSWERED = marked("not answered, so it counts as the worst answer")
_IN_ALL = {
    "several": marked("More than one symptom"),
    "worried": marked("You are very worried"),
}


def symptoms_text(document: SymptomsDocument) -> str:
    """How soon, where a symptom was named; else the list of when to call, by level."""
    answer = document["answer"]
    on = day(document["on"])
    title = _("Fingerpost: how soon to call, as of %(day)s", day=on)
    if answer is None:
        title = _("Fingerpost: when to call, as of %(day)s", day=on)
    started = document["once_started"]
    once = [] if started is None else wrap(once_started_words(started["medicines"]), 2)
    # Whoever looks here may be in a hurry: what to do comes first, what this is comes last.
    head = opening(title, document["knowledge"])
    gap = head.index("")
    signed = wrap(signed_words(document["levels_signed_by"]), 2)
    body = _card(document) if answer is None else _answer(answer, document)
    lines = [
        *head[:gap],
        *once,
        *signed,
        *body,
        *_numbers(document),
        *section(_("About this answer"), head[gap + 1 :]),
    ]
    return "\n".join([*lines, *states_legend(lines), *closing()]) + "\n"


def once_started_words(medicines: str) -> str:
    """What a list is that looks ahead to a treatment: whose signs, and that nothing has begun."""
    return _(
        "This is for once treatment with %(medicines)s has started. Until then, the list for today counts.",
        medicines=medicines,
    )


def signed_words(names: Sequence[str]) -> str:
    """Whose levels these are."""
    if not names:
        return _(_LEVELS)
    return _(
        "The levels are our own, reviewed by %(names)s. What your team told you comes first.",
        names=listed(names),
    )


def _numbers(document: SymptomsDocument) -> list[str]:
    numbers = [f"{n['number']} {n['where']}" for n in document["emergency_numbers"]]
    rows = [(_("My team, by day"), _BLANK), (_("24-hour cancer line"), _BLANK)]
    if numbers:
        rows.append((_("Emergency"), listed(numbers, "or")))
    width = max(len(label) for label, _value in rows) + 3
    return section(
        _("Your numbers, to write in"),
        [f"  {f'{label}:':{width}}{value}" for label, value in rows],
    )


# --- the list -----------------------------------------------------------------------------


def _card(document: SymptomsDocument) -> list[str]:
    symptoms = document["symptoms"]
    lines: list[str] = []
    for level in document["levels"]:
        told = [
            [*wrap(f"{label}:", 2), *items(rows, 4)] for label, rows in grouped(document, level)
        ]
        lines += section(level["label"], wrap(level["plain"], 2), *told)
    meanwhile = [f"{s['label']}: {s['meanwhile']}" for s in symptoms if s["meanwhile"]]
    return [
        *lines,
        *section(_("Until you have reached somebody"), items(meanwhile)),
        *_why(document),
    ]


def grouped(document: SymptomsDocument, level: LevelSaid) -> Iterator[tuple[str, list[str]]]:
    """What has this level, by group: the group's name and a row for each symptom."""
    for group in document["groups"]:
        rows = [
            text
            for symptom in document["symptoms"]
            if symptom["group"] == group["id"]
            for text in _at_level(symptom, level)
        ]
        if rows:
            yield group["label"], rows


def _at_level(symptom: CallSymptomSaid, level: LevelSaid) -> Iterator[str]:
    entries = [e for e in symptom["entries"] if e["level"] == level["id"]]
    there = {entry["id"] for entry in entries if entry["kind"] == "answer"}
    told = [entry for entry in entries if not _goes_without_saying(entry, there)]
    if told:
        words = [entry["plain"] for entry in told]
        words = [words[0], *map(_inside, words[1:])]
        row = "; ".join(map(_with_medicines, words, told))
        yield full_stop(f"{symptom['label']}: {row}")


def _with_medicines(words: str, entry: CallEntrySaid) -> str:
    """A sign, said once, with the medicines for which it has this level."""
    own = {reason["level"] for reason in entry["reasons"] if reason["rule"] is None}
    if entry["level"] in own:
        return words
    names = dict.fromkeys(
        name
        for reason in entry["reasons"]
        if reason["level"] == entry["level"]
        for name in reason["medicines"]
    )
    return f"{words} ({listed(list(names))})" if names else words


def _inside(words: str) -> str:
    """Words as they stand inside a sentence."""
    return words if words.startswith("I ") else words[:1].lower() + words[1:]


def _goes_without_saying(entry: CallEntrySaid, there: set[str]) -> bool:
    """Whether a milder answer of the same level stands in the list already."""
    return entry["more_of"] in there


def _why(document: SymptomsDocument) -> list[str]:
    """The rules that raise a level for this person, each once, and what the record leaves open."""
    if not document["record"]:
        return section(_("Why so much is listed"), wrap(_(_NO_RECORD), 2))
    held: dict[str, None] = {}
    open_ = False
    for symptom in document["symptoms"]:
        for reason in _raising(symptom):
            open_ = open_ or reason["holds"] != "yes"
            if reason["holds"] == "yes":
                every = reason["kind"] == "every"
                label = _("Any new symptom") if every else symptom["label"]
                held[f"{label}: {_reason(reason)}"] = None
    lines = section(_("What in this record makes a call more urgent"), items(held))
    return lines + (_left_open() if open_ else [])


def _left_open() -> list[str]:
    return section(_("What the record leaves open"), wrap(_(_OPEN), 2))


def _raising(symptom: CallSymptomSaid) -> Iterator[LevelReasonSaid]:
    """The rules without which an answer or sign of this symptom would have a lower level."""
    for entry in symptom["entries"]:
        own = {reason["level"] for reason in entry["reasons"] if reason["rule"] is None}
        for reason in entry["reasons"]:
            if reason["level"] == entry["level"] and reason["level"] not in own:
                yield reason


# --- one or more symptoms ------------------------------------------------------------------


def _answer(answer: UrgencySaid, document: SymptomsDocument) -> list[str]:
    words = {level["id"]: level for level in document["levels"]}
    level = words[answer["level"]]
    higher = [
        f"{raising['plain']}: {words[raising['level']]['label'].lower()}"
        for symptom in answer["symptoms"]
        for raising in symptom["would_raise"]
        if is_above(raising["level"], answer["level"], document["levels"])
    ]
    meanwhile = [s["meanwhile"] for s in answer["symptoms"] if s["meanwhile"]]
    say = dict.fromkeys(r["say"] for r in reasons_that_hold(answer) if r["say"])
    return [
        *section(level["label"], wrap(level["plain"], 2)),
        *section(_("Why"), items(_reasons(answer, words))),
        *section(_("To answer more exactly"), items(_to_answer(answer))),
        *section(_("It is more urgent if one of these is true"), items(higher)),
        *section(_("Until you have reached somebody"), items(meanwhile)),
        *section(_("On the phone"), items(say)),
        *(_left_open() if _open(answer, document) else []),
    ]


def _to_answer(answer: UrgencySaid) -> Iterator[str]:
    """The answers of each question that was left open, as `--answer` takes them."""
    for symptom in answer["symptoms"]:
        if symptom["answer"] is None:
            answers = [f"{each['id']} ({each['plain']})" for each in symptom["answers"]]
            yield f"{symptom['label']}: {symptom['ask']} {', '.join(answers)}"


def is_above(level: LevelName, than: LevelName, levels: Sequence[LevelSaid]) -> bool:
    """Whether one level is more urgent than another."""
    order = [each["id"] for each in levels]  # the most urgent first
    return order.index(level) < order.index(than)


def _reasons(answer: UrgencySaid, words: dict[LevelName, LevelSaid]) -> Iterator[str]:
    for symptom in answer["symptoms"]:
        told = symptom["answer_words"] or _(_NOT_ANSWERED)
        said = "; ".join([told, *map(_inside, symptom["signs"])])
        label = words[symptom["level"]]["label"].lower()
        yield f"{symptom['label']} ({said}): {label}. {_because(symptom)}"
    for reason in answer["reasons"]:
        label = words[reason["level"]]["label"].lower()
        in_all = _(_IN_ALL[reason["kind"]]) if reason["kind"] in _IN_ALL else _("In all")
        yield f"{in_all}: {label}. {_reason(reason)}"


def _because(symptom: SymptomSaid) -> str:
    texts = dict.fromkeys(_reason(reason) for reason in deciding_reasons(symptom))
    return " ".join(texts)


def deciding_reasons(symptom: SymptomSaid) -> list[LevelReasonSaid]:
    """What decides the level: the rules that reach it, or else the answer itself."""
    deciding = [r for r in symptom["reasons"] if r["level"] == symptom["level"]]
    certain = [r for r in deciding if r["holds"] == "yes"] or deciding
    by_rule = [r for r in certain if r["rule"] is not None and r["kind"] == "rule"]
    return by_rule or certain


def _reason(reason: LevelReasonSaid) -> str:
    source = f" [{reason['source']}]" if reason["source"] else ""
    return full_stop(f"{reason_words(reason)}{source}{mark_of(reason['state'])}")


def reason_words(reason: LevelReasonSaid) -> str:
    """Why something counts, and whether that is sure, without its source."""
    over_all = reason["kind"] in ("every", "several", "worried")
    words = reason["why"]
    if not over_all:
        words = _("It can be a sign of %(what)s", what=words)
    if reason["holds"] != "yes":
        words = _("%(reason)s, if that is about you", reason=words)
    return words


def reasons_that_hold(answer: UrgencySaid) -> Iterator[LevelReasonSaid]:
    """Everything that calls for a level and is surely about this person."""
    for symptom in answer["symptoms"]:
        yield from (r for r in symptom["reasons"] if r["holds"] == "yes")
    yield from answer["reasons"]


def _open(answer: UrgencySaid, document: SymptomsDocument) -> bool:
    reasons = [r for s in answer["symptoms"] for r in s["reasons"]]
    return document["record"] and any(r["holds"] != "yes" for r in reasons)
