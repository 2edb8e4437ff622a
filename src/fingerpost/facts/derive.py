"""From the record to the facts: one value for each, or unknown and why."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence

from fingerpost.criteria.case import Case
from fingerpost.facts.choose import CONTRADICTION, DAY_NOT_KNOWN, choose
from fingerpost.facts.lines.find import find_lines
from fingerpost.facts.lines.growth import events
from fingerpost.facts.lines.numbers import without_wrong_numbers
from fingerpost.facts.lines.told import told_of
from fingerpost.facts.model import Chosen, Facts
from fingerpost.facts.negatives import counting, last_growth
from fingerpost.facts.panels import one_sample_for_each_panel
from fingerpost.facts.presume import presume
from fingerpost.facts.treatments import Attributes, attributes_of, growth_quarrels, read_status
from fingerpost.facts.words import words_of
from fingerpost.knowledge.model import Knowledge
from fingerpost.messages import later, marked
from fingerpost.record.merging.differences import PERSONAL
from fingerpost.record.model import Finding, Message, Record, Treatment
from fingerpost.terms import AbsenceKind
from fingerpost.values import Absent, Choice, Days, Value

# After medicine before surgery, what the pathologist finds is what is left: another fact.
_AFTER_NEOADJUVANT = {"t_category": "yp_t_category", "n_category": "yp_n_category"}


def derive(record: Record, knowledge: Knowledge, on: dt.date) -> Facts:
    """Everything that criteria may read of this record on a day.

    Values come from the findings by the catalogue's own rules; contradictions and findings passed
    over are reported as messages. Derived facts (HER2-low, stage, setting ...) are not here: they
    are conditions over these values, and every engine evaluates them alike.
    """
    listed = record.treatments
    treatments = attributes_of(listed, knowledge, on)
    spoken = _by_fact(record.findings, treatments)
    grew = events(record.findings, knowledge.lines)
    complete = record.treatments_complete
    numbers = without_wrong_numbers(listed, treatments, knowledge)
    lines = find_lines(listed, treatments, knowledge, grown=grew, complete=complete)
    told: list[Message] = [*growth_quarrels(listed), *numbers, *told_of(lines, listed)]
    if "disease_status" in knowledge.facts:
        status = choose(knowledge.facts["disease_status"], spoken.get("disease_status", ()), on)
        days = [finding.date for finding in status.findings]
        told.extend(read_status(treatments, status.value, days))
    grouped = one_sample_for_each_panel(spoken, knowledge)
    told.extend(_other_samples(spoken, grouped, knowledge))
    grown = last_growth(treatments)
    for name in grouped:
        if name in knowledge.facts:
            grouped[name], messages = counting(knowledge.facts[name], grouped[name], grown)
            told.extend(messages)
    chosen = {
        name: choose(fact, grouped.get(name, ()), on) for name, fact in knowledge.facts.items()
    }
    facts = {name: c.value for name, c in chosen.items() if not isinstance(c.value, Absent)}
    case = Case(on, facts, tuple(treatments), complete)
    case, presumed = presume(case, chosen, knowledge)
    chosen |= presumed
    quarrels = [_references(c) for c in chosen.values() if c.note == CONTRADICTION]
    # Where the importer told of two values and it is told here what follows, once is enough.
    messages = [m for m in record.messages if not _told_again(m, quarrels)]
    messages.extend(told)
    for name, choice in chosen.items():
        messages.extend(_messages(name, choice, knowledge))
    messages.extend(_later_than(record.findings, on))
    messages.extend(_treated_later_than(listed, on))
    messages.extend(_treated_before_birth(listed, facts.get("birth_date")))
    return Facts(case, chosen, listed, tuple(messages), lines, record.findings)


def _references(chosen: Chosen) -> set[str]:
    return {each for finding in chosen.findings for each in ", ".join(finding.places).split(", ")}


def _told_again(message: Message, quarrels: list[set[str]]) -> bool:
    told = set(message.places)
    return message.code == "contradicts" and any(told <= quarrel for quarrel in quarrels)


def _by_fact(
    findings: tuple[Finding, ...], treatments: list[Attributes]
) -> Mapping[str, list[Finding]]:
    neoadjuvant = any(_is_neoadjuvant(treatment) for treatment in treatments)
    grouped: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        name = finding.fact
        if name in _AFTER_NEOADJUVANT and (
            finding.basis == "post_neoadjuvant" or (neoadjuvant and finding.basis == "pathologic")
        ):
            name = _AFTER_NEOADJUVANT[name]
        grouped[name].append(finding)
    return grouped


def _is_neoadjuvant(treatment: Attributes) -> bool:
    setting = treatment.get("setting")
    return isinstance(setting, Choice) and setting.known == "neoadjuvant"


def closed(words: str) -> str:
    """Words of a report, with the bracket closed that was cut off where the reading of them ended.

    >>> closed("ER: Negative (0%"), closed("ER: Negative (0%)")
    ('ER: Negative (0%)', 'ER: Negative (0%)')
    """
    return words + ")" * (words.count("(") - words.count(")"))


def _messages(name: str, chosen: Chosen, knowledge: Knowledge) -> list[Message]:
    if chosen.note is None:
        return []
    if any(finding.source.kind == "presumed" for finding in chosen.findings):
        return [
            Message("presumed", name, chosen.note, marked("Say so if it is otherwise."), "warning")
        ]
    label = knowledge.facts[name].label
    where = ", ".join(
        dict.fromkeys(p for f in (*chosen.findings, *chosen.passed_over) for p in f.places)
    )
    if chosen.note == CONTRADICTION:
        said = " / ".join(
            dict.fromkeys(
                closed(f.source.words) if f.source.words else words_of(f.value)
                for f in chosen.findings
            )
        )
        what = later(
            "%(label)s: two findings contradict each other (%(said)s); whatever depends on which is "
            "right stays unknown",
            label=label,
            said=said,
        )
        if name in PERSONAL:
            what = later(
                "%(label)s: two findings contradict each other; whatever depends on which is right "
                "stays unknown",
                label=label,
            )
        return [
            Message(
                "contradicts", where, what, marked("Ask your team which one is right."), "warning"
            )
        ]
    if isinstance(chosen.value, Absent) and chosen.value.kind is AbsenceKind.STALE:
        return [_out_of_date(label, where, chosen)]
    return [
        Message(
            "several_results",
            where,
            later(
                "%(label)s: there is more than one result; %(note)s", label=label, note=chosen.note
            ),
            "",
            "info",
        )
    ]


def _out_of_date(label: str, where: str, chosen: Chosen) -> Message:
    days = [f.date for f in chosen.passed_over if isinstance(f.date, Days) and f.date.last]
    undated = len(days) < len(chosen.passed_over)
    last = max(days, key=lambda each: each.last or dt.date.min, default=None)
    what = later(
        "%(label)s: the newest result is too old to rely on, so it is taken as not known",
        label=label,
    )
    if last is not None:
        what = later(
            "%(label)s: the newest result (of %(day)s) is too old to rely on, so it is taken as not known",
            label=label,
            day=words_of(last),
        )
    advice = marked("Ask whether it should be measured again.")
    if chosen.note == DAY_NOT_KNOWN:
        day: str = marked("no day is given for it")
        if last is not None and not undated:
            day = later("its day is known only roughly (%(day)s)", day=words_of(last))
        what = later(
            "%(label)s: this changes with time, and %(day)s; it may be too old to rely on, so it is "
            "taken as not known",
            label=label,
            day=day,
        )
        advice = marked(
            "Give the day of the result; if it is old, ask whether it should be measured again."
        )
    return Message("out_of_date", where, what, advice, "warning")


def _other_samples(
    spoken: Mapping[str, Sequence[Finding]],
    kept: Mapping[str, Sequence[Finding]],
    knowledge: Knowledge,
) -> list[Message]:
    """Results of another sample that was not read together with the newest one."""
    found: list[Message] = []
    for name, findings in spoken.items():
        left = [f for f in findings if name in kept and f not in kept[name]]
        if left:
            fact, where = knowledge.facts[name], ", ".join(p for f in left for p in f.places)
            said = " / ".join(words_of(f.value, fact.values, fact.unit) for f in left)
            what = later(
                "%(label)s: another sample said %(said)s; the newest sample counts, and one from a "
                "metastasis first",
                label=fact.label,
                said=said,
            )
            found.append(
                Message(
                    "other_sample",
                    where,
                    what,
                    marked("Ask whether the other result matters."),
                    "info",
                )
            )
    return found


def _later_than(findings: tuple[Finding, ...], on: dt.date) -> list[Message]:
    return [
        Message(
            "later_than_day",
            ", ".join(finding.places),
            later(
                "this finding is dated %(day)s, after the day asked about (%(on)s); it was used all the same",
                day=finding.date.first,
                on=on,
            ),
            marked("Check the date, or ask about a later day."),
            "warning",
        )
        for finding in findings
        if isinstance(finding.date, Days)
        and finding.date.first is not None
        and finding.date.first > on
    ]


def _treated_later_than(treatments: Sequence[Treatment], on: dt.date) -> list[Message]:
    """Treatments that began after the day asked about: they count as given all the same."""
    starts = [(each, each.attributes.get("start")) for each in treatments]
    return [
        Message(
            "later_than_day",
            ", ".join(treatment.places),
            later(
                "this treatment began after the day asked about (%(on)s); it was counted all the same",
                on=on,
            ),
            marked("Check the date, or ask about a later day."),
            "warning",
        )
        for treatment, start in starts
        if isinstance(start, Days) and start.first is not None and start.first > on
    ]


def _treated_before_birth(treatments: Sequence[Treatment], born: Value | None) -> list[Message]:
    """Treatments that began before the person was born: a date is wrong, or two people are mixed."""
    first = born.first if isinstance(born, Days) else None
    starts = [(each, each.attributes.get("start")) for each in treatments]
    return [
        Message(
            "contradicts",
            ", ".join(treatment.places),
            marked(
                "this treatment began before the date of birth in this record; it was counted all the same"
            ),
            marked("Check both dates, and whether all of this is about one person."),
            "warning",
        )
        for treatment, start in starts
        if first is not None
        and isinstance(start, Days)
        and start.last is not None
        and start.last < first
    ]
