"""Where an answer is from, in a few words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from fingerpost.messages import gettext as _
from fingerpost.messages import marked
from fingerpost.report.values import iso_of, value_words
from fingerpost.web.answers import OWN

if TYPE_CHECKING:
    from fingerpost.knowledge.plan_model import Ask
    from fingerpost.record.model import Finding, Source
    from fingerpost.web.exchange import Exchange

_SPECIMEN = {
    "primary": marked("from the breast"),
    "recurrence": marked("from the cancer that came back"),
    "metastasis": marked("from where it has spread to"),
    "blood": marked("from blood"),
    "saliva": marked("from saliva"),
}


def is_own(source: Source) -> bool:
    """Whether the person answered so here."""
    return source.kind == "form" and source.file in (None, OWN)


def origin_of(finding: Finding) -> str:
    """Where an answer is from, in a few words: who said it, of which day, from which sample."""
    source = finding.source
    said = [_("you told us") if is_own(source) else source_named(source.kind, source.file)]
    if source.kind == "presumed":
        said = [_("taken for granted until you say otherwise")]
    if finding.date is not None and (day := iso_of(finding.date)):
        said.append(day)
    if finding.specimen in _SPECIMEN:
        said.append(_(_SPECIMEN[finding.specimen]))
    return ", ".join(said)


def source_named(kind: str, file: str | None) -> str:
    """The file that something is from."""
    if file is None:
        return _("from a file")
    if kind == "fhir":
        return _("from the record export %(file)s", file=file)
    return _("from %(file)s", file=file)


def from_files(exchange: Exchange, ask: Ask) -> Sequence[tuple[str, str]]:
    """What files say that a question is about, and where; it stands until it is answered here."""
    options, found = exchange.engine.options(exchange.session), []
    for name in (ask.fact, ask.coarser):
        chosen = options.facts.chosen.get(name or "")
        if name is None or chosen is None:
            continue
        fact = exchange.knowledge.facts[name]
        for each in chosen.findings or chosen.passed_over:
            if not is_own(each.source):
                found.append((value_words(each.value, fact), origin_of(each)))
    return found
