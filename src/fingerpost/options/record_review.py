"""What is there in somebody's records before a visit, what is awaited, and what to ask for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from fingerpost.criteria.evaluate import evaluate
from fingerpost.facts.model import Facts
from fingerpost.knowledge.model import Paper
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
_LIST = "treatment_list_complete"


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
            holding, findings = _holding(paper, facts)
            found.append(PaperFound(paper, matters, holding, findings))
    return tuple(found)


def _holding(paper: Paper, facts: Facts) -> tuple[Holding, tuple[Finding, ...]]:
    complete = facts.case.treatments_complete
    if paper.treatments:
        return ("there" if facts.treatments or complete is Answer.YES else "missing"), ()
    # Whether the list is all is said of the record as a whole, and is no finding.
    if _LIST in paper.shown_by and complete is not Answer.UNKNOWN:
        return "there", ()
    named = (*paper.shown_by, *paper.each_of)
    own = tuple(f for f in facts.findings if f.fact in named and _is_of(paper, f))
    told = tuple(f for f in own if not isinstance(f.value, Absent))
    current = tuple(f for f in told if not _is_stale(f.fact, facts))
    if current:
        stated = {f.fact for f in current}
        whole = stated & set(paper.shown_by) or stated >= set(paper.each_of)
        return ("there", current) if whole else ("in_part", own)
    return ("out_of_date", told) if told else _why_not(own)


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
