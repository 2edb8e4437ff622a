"""What was read from the text of a report, as a document of the public contract."""

from __future__ import annotations

from typing import TYPE_CHECKING

import fingerpost
from fingerpost.report.documents import state_of
from fingerpost.report.values import absence_of, iso_of, known_of, value_words

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from fingerpost.facts.receptor_status import ReceptorStatus, Statuses
    from fingerpost.knowledge.model import Knowledge
    from fingerpost.record.pathology.read import Reading
    from fingerpost.record.pathology.statement import Statement
    from fingerpost.report.contract import (
        ReadDocument,
        StatementSaid,
        StatusesSaid,
        StatusSaid,
    )


def read_document(
    reading: Reading, statuses: Statuses, knowledge: Knowledge, on: dt.date
) -> ReadDocument:
    """Everything that `fingerpost read` answers."""
    return {
        "ok": True,
        "fingerpost": fingerpost.__version__,
        "knowledge": state_of(knowledge, on),
        "on": on.isoformat(),
        "name": reading.name,
        "characters": len(reading.report.text),
        "findings": [_statement(each, knowledge) for each in reading.statements],
        "statuses": _statuses(statuses.overall),
        "specimens": [
            {"part": each.part, "site": each.site, "statuses": _statuses(each.statuses)}
            for each in statuses.specimens
        ],
    }


def _statement(statement: Statement, knowledge: Knowledge) -> StatementSaid:
    fact = knowledge.facts[statement.fact]
    absence = absence_of(statement.value)
    return {
        "fact": statement.fact,
        "label": fact.label,
        "value": known_of(statement.value),
        "value_words": value_words(statement.value, fact),
        "absence": absence.value if absence else None,
        "words": statement.words,
        "span": [statement.start, statement.end],
        "line": statement.line,
        "section": statement.section,
        "part": statement.part,
        "site": statement.site,
        "specimen": statement.specimen,
        "date": iso_of(statement.date),
        "quoted": statement.quoted,
        "counts": statement.counts,
        "note": statement.note,
    }


def _statuses(found: Mapping[str, ReceptorStatus]) -> StatusesSaid:
    return {"er": _status(found["er"]), "pr": _status(found["pr"]), "her2": _status(found["her2"])}


def _status(status: ReceptorStatus) -> StatusSaid:
    return {
        "status": status.status,
        "because": status.because,
        "findings": list(status.findings),
    }
