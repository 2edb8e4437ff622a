"""ER, PR and HER2 of a report in one word each, with the reason and the statements it rests on.

No threshold is here: statements become findings, the findings facts, and the word is what the
derived facts of the catalogue say of them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from fingerpost.criteria.case import Case
from fingerpost.criteria.evaluate import evaluate
from fingerpost.facts.derive import derive
from fingerpost.facts.model import Facts
from fingerpost.facts.words import words_of
from fingerpost.knowledge.model import Knowledge
from fingerpost.record.model import Record
from fingerpost.record.pathology.read import Reading, findings_of
from fingerpost.record.pathology.statement import Statement
from fingerpost.terms import AbsenceKind, Answer
from fingerpost.values import Absent

Word = Literal["positive", "negative", "equivocal", "low_positive", "unknown"]
MARKERS = {"er": "ER", "pr": "PR", "her2": "HER2"}
_LETTERS = {"hormone_receptor_reported": ("er", "pr")}
_ABSENT = {
    AbsenceKind.PENDING: "the report says that the result is still to come",
    AbsenceKind.NOT_TESTED: "the report says that this was not tested",
    AbsenceKind.NOT_KNOWN: "the report says that this could not be told",
    AbsenceKind.NOT_STATED: "the report sends the reader to another report",
}


@dataclass(frozen=True, slots=True)
class ReceptorStatus:
    """One receptor: the word for it, why, and the places of its statements in the reading."""

    status: Word
    because: str
    findings: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SpecimenStatuses:
    """The receptors of one part of a report."""

    part: str | None
    site: str | None
    statuses: Mapping[str, ReceptorStatus]


@dataclass(frozen=True, slots=True)
class Statuses:
    """The receptors of a report as a whole, and of each part that speaks of them."""

    overall: Mapping[str, ReceptorStatus]
    specimens: tuple[SpecimenStatuses, ...]


def statuses_of(reading: Reading, knowledge: Knowledge, on: dt.date) -> Statuses:
    """What a report says of ER, PR and HER2, as a whole and part by part.

    Where parts differ, the whole is unknown and says so: which of them counts is for the team.
    """
    chosen = list(enumerate(reading.statements))
    parts = dict.fromkeys(each.part for _, each in chosen if _bears_on_receptors(each))
    specimens = []
    for part in parts:
        own = [(at, each) for at, each in chosen if each.part == part]
        site = next((each.site for _, each in own if each.site), None)
        found = _statuses(own, reading, knowledge, on)
        specimens.append(SpecimenStatuses(part, site, found))
    whole = _statuses(chosen, reading, knowledge, on)
    overall = {name: _unless_parts_differ(name, whole[name], specimens) for name in MARKERS}
    return Statuses(overall, tuple(specimens))


def _bears_on_receptors(statement: Statement) -> bool:
    return statement.counts and bool(_markers_of(statement.fact))


def _markers_of(fact: str) -> tuple[str, ...]:
    if fact in _LETTERS:
        return _LETTERS[fact]
    return tuple(name for name in MARKERS if fact.startswith(f"{name}_"))


def _statuses(
    chosen: Sequence[tuple[int, Statement]], reading: Reading, knowledge: Knowledge, on: dt.date
) -> dict[str, ReceptorStatus]:
    counting = [each for _, each in chosen if each.counts]
    findings = tuple(findings_of(counting, reading.report.collected))
    record = Record(findings, (), Answer.UNKNOWN, (), "text", reading.name)
    facts = derive(record, knowledge, on)
    found = {}
    for name in MARKERS:
        about = [(at, each) for at, each in chosen if name in _markers_of(each.fact)]
        found[name] = _status(name, about, facts, knowledge)
    return found


def _status(
    name: str, about: Sequence[tuple[int, Statement]], facts: Facts, knowledge: Knowledge
) -> ReceptorStatus:
    said = [each for each in about if each[1].counts and not isinstance(each[1].value, Absent)]
    word = _word(name, facts, knowledge) if said else "unknown"
    if len({sign for _, each in said if (sign := _sign(name, each, facts, knowledge))}) > 1:
        word = "unknown"
    places = tuple(at for at, _ in (said or about))
    if word == "unknown":
        return ReceptorStatus(word, _why_unknown(name, said, about), places)
    reason = "; ".join(dict.fromkeys(_told(each, knowledge) for _, each in said))
    return ReceptorStatus(word, reason + _remark(name, word, facts, knowledge), places)


def _sign(name: str, statement: Statement, facts: Facts, knowledge: Knowledge) -> str | None:
    """Positive or negative, as one statement alone has it: two that quarrel settle nothing."""
    if isinstance(statement.value, Absent):
        return None
    alone = replace(facts.case, facts={statement.fact: statement.value})
    for value in ("positive", "negative"):
        if _evaluated(name, value, alone, knowledge) is Answer.YES:
            return value
    return None


def _word(name: str, facts: Facts, knowledge: Knowledge) -> Word:
    if _holds("er_low", "yes", facts, knowledge) and name == "er":
        return "low_positive"
    for value in ("positive", "negative"):
        if _holds(name, value, facts, knowledge):
            return "positive" if value == "positive" else "negative"
    if name == "her2" and _holds("her2_read_as_unclear", "yes", facts, knowledge):
        return "equivocal" if _is_open(name, facts, knowledge) else "unknown"
    return "unknown"


def _holds(derived: str, value: str, facts: Facts, knowledge: Knowledge) -> bool:
    return _answer(derived, value, facts, knowledge) is Answer.YES


def _is_open(name: str, facts: Facts, knowledge: Knowledge) -> bool:
    """Whether nothing contradicts: an unclear result beside a quarrel is no "equivocal"."""
    return not any(
        choice.note is not None and "contradict" in choice.note
        for fact, choice in facts.chosen.items()
        if name in _markers_of(fact)
    )


def _answer(derived: str, value: str, facts: Facts, knowledge: Knowledge) -> Answer:
    return _evaluated(derived, value, facts.case, knowledge)


def _evaluated(derived: str, value: str, case: Case, knowledge: Knowledge) -> Answer:
    """A hospital's own knowledge need not have every derived fact: then nothing follows."""
    fact = knowledge.derived.get(derived)
    if fact is None or value not in fact.values:
        return Answer.UNKNOWN
    return evaluate(knowledge.graph.nodes[fact.values[value].node], case)


def _told(statement: Statement, knowledge: Knowledge) -> str:
    fact = knowledge.facts[statement.fact]
    labels = {value: label.partition(" (")[0] for value, label in fact.values.items()}
    label = fact.label.partition(":")[0] if fact.type == "number" else fact.label
    quoted = ", repeated from an earlier report" if statement.quoted else ""
    words = " ".join(statement.words.split())[:120]
    value = words_of(statement.value, labels, fact.unit)
    return f'{_short(statement.fact, label)} {value} ("{words}", line {statement.line}{quoted})'


def _short(fact: str, label: str) -> str:
    names = {
        "reported": "reported as",
        "percent": "in percent of cells:",
        "allred": "Allred score",
        "h_score": "H-score",
        "ihc": "stain (IHC)",
        "ish": "gene test (ISH)",
        "ratio": "HER2/CEP17 ratio",
    }
    return next((word for end, word in names.items() if fact.endswith(end)), label)


def _remark(name: str, word: Word, facts: Facts, knowledge: Knowledge) -> str:
    if name == "her2" and word == "negative":
        for value in ("ultralow", "low"):
            if _holds("her2", value, facts, knowledge):
                return f". This is called HER2-{value}, which some medicines ask for"
    if name == "her2" and word == "equivocal":
        return _TESTED if _gene_tested(facts) else _NOT_TESTED
    if name == "er" and word == "low_positive":
        return ". Low positive counts as ER-positive"
    return ""


_NOT_TESTED = ". This is unclear until a gene test (ISH) tells"
_TESTED = (
    ". The gene test was done, and must be read together with the stain; "
    "ask for the final HER2 result"
)
_OF_THE_GENE = ("her2_ish", "her2_cep17_ratio", "her2_copies", "her2_copies_single_probe")


def _gene_tested(facts: Facts) -> bool:
    return any(
        fact in facts.case.facts and not isinstance(facts.case.facts[fact], Absent)
        for fact in _OF_THE_GENE
    )


def _why_unknown(
    name: str, said: Sequence[tuple[int, Statement]], about: Sequence[tuple[int, Statement]]
) -> str:
    label = MARKERS[name]
    if said:
        values = " / ".join(dict.fromkeys(" ".join(each.words.split())[:100] for _, each in said))
        return (
            f"what the report says of {label} does not settle it, or contradicts itself: {values}"
        )
    if not about:
        return f"no {label} result was read"
    statement = about[-1][1]
    if not statement.counts:
        return f'"{" ".join(statement.words.split())[:100]}" was not used: {statement.note}'
    reasons = dict.fromkeys(
        _ABSENT.get(each.value.kind, each.note or "no result stands there")
        for _, each in about
        if isinstance(each.value, Absent)
    )
    return "; ".join(reasons)


def _unless_parts_differ(
    name: str, whole: ReceptorStatus, specimens: Sequence[SpecimenStatuses]
) -> ReceptorStatus:
    found = {
        each.part or "no part named": each.statuses[name]
        for each in specimens
        if each.statuses[name].status in ("positive", "negative", "low_positive")
    }
    signs = {status.status == "negative" for status in found.values()}
    if len(signs) < 2:
        return whole
    said = "; ".join(f"{part}: {status.status}" for part, status in found.items())
    because = f"the parts of the report differ ({said}); ask your team which one counts"
    return replace(whole, status="unknown", because=because)
