"""What is there in somebody's records before a visit, what is awaited, and what to ask for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from fingerpost.criteria.evaluate import evaluate
from fingerpost.facts.model import Facts
from fingerpost.knowledge.model import Knowledge, Paper
from fingerpost.options.model import Options
from fingerpost.record.model import Finding
from fingerpost.terms import AbsenceKind, Answer
from fingerpost.values import Absent

Holding = Literal[
    "there", "in_part", "awaited", "out_of_date", "not_tested", "not_known", "missing"
]
_HOLDINGS: tuple[tuple[AbsenceKind, Holding], ...] = (
    (AbsenceKind.PENDING, "awaited"),
    (AbsenceKind.STALE, "out_of_date"),
    (AbsenceKind.NOT_TESTED, "not_tested"),
    (AbsenceKind.NOT_KNOWN, "not_known"),
)


@dataclass(frozen=True, slots=True)
class PaperFound:
    """One thing that a record should hold: whether it matters for this person, and is there.

    `matters` is unknown when the record cannot tell; it is never no. `findings` are those that show
    it, or say why it is not there.
    """

    paper: Paper
    matters: Answer
    holding: Holding
    findings: tuple[Finding, ...]


def review_records(options: Options) -> tuple[PaperFound, ...]:
    """Everything that these records should hold, in the order of the catalogue of papers.

    A thing that certainly does not matter for this person is left out. Something that may have been
    tested, and whose result is not in the records, is missing: nothing is concluded from that.
    """
    facts, knowledge = options.facts, options.knowledge
    found: list[PaperFound] = []
    for paper in knowledge.papers.values():
        matters = evaluate(knowledge.graph.nodes[paper.node], facts.case)
        if matters is not Answer.NO:
            holding, findings = _holding(paper, facts, knowledge)
            found.append(PaperFound(paper, matters, holding, findings))
    return tuple(found)


def _holding(
    paper: Paper, facts: Facts, knowledge: Knowledge
) -> tuple[Holding, tuple[Finding, ...]]:
    if paper.treatments:
        stated = bool(facts.treatments) or facts.case.treatments_complete is Answer.YES
        return ("there" if stated else "missing"), ()
    named = (*paper.shown_by, *paper.each_of)
    own = [f for f in facts.findings if f.fact in named and _is_of(paper, f)]
    stale = {name for name in named if _is_stale(name, facts)}
    told = [f for f in own if not isinstance(f.value, Absent)]
    current = tuple(f for f in told if f.fact not in stale)
    stated = {f.fact for f in current}
    if stated and not stated & set(paper.shown_by) and not stated >= set(paper.each_of):
        return "in_part", tuple(own)
    if current or ("treatment_list_complete" in paper.shown_by and _is_complete(facts)):
        return "there", current
    if told:
        return "out_of_date", tuple(told)
    return _why_not(own)


def _why_not(findings: Sequence[Finding]) -> tuple[Holding, tuple[Finding, ...]]:
    for kind, holding in _HOLDINGS:
        said = tuple(f for f in findings if isinstance(f.value, Absent) and f.value.kind is kind)
        if said:
            return holding, said
    return "missing", ()


def _is_of(paper: Paper, finding: Finding) -> bool:
    return paper.specimen is None or finding.specimen == paper.specimen


def _is_stale(name: str, facts: Facts) -> bool:
    value = facts.chosen[name].value
    return isinstance(value, Absent) and value.kind is AbsenceKind.STALE


def _is_complete(facts: Facts) -> bool:
    return facts.case.treatments_complete is Answer.YES
