"""What bringing several records together found: what each holds, what is double, what contradicts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from fingerpost.facts.words import treatment_name
from fingerpost.report.text.layout import counted, full_stop, item, items, section, wrap
from fingerpost.report.values import value_words

if TYPE_CHECKING:
    from fingerpost.knowledge.model import Knowledge
    from fingerpost.record.model import Finding, Message, Record, Treatment

_SILENT = "Nothing was found that contradicts."


def merged_text(records: Sequence[Record], merged: Record, knowledge: Knowledge) -> str:
    """The whole summary; `records` are those that were brought together."""
    double = [_finding(each, knowledge) for each in merged.findings if each.also_in]
    double += [_treatment(each, knowledge) for each in merged.treatments if each.also_in]
    odd = [each for each in merged.messages if each.severity == "warning"]
    rest = [each for each in merged.messages if each.severity == "info"]
    lines = [
        *wrap(f"{counted(len(records), 'record')} brought together."),
        *section("What each holds", items(map(_holds, records))),
        *section("Together", item(_counts(merged))),
        *section("Told in several places, kept once", items(double)),
        *section("What contradicts or needs a look", _told(odd) or wrap(_SILENT, 2)),
        *section("Also worth knowing", _told(rest)),
    ]
    return "\n".join(lines) + "\n"


def _holds(record: Record) -> str:
    return f"{record.name}: {_counts(record)}"


def _counts(record: Record) -> str:
    complete = f"list of treatments complete: {record.treatments_complete.value}"
    found = counted(len(record.findings), "finding")
    return f"{found}, {counted(len(record.treatments), 'treatment')} ({complete})"


def _finding(finding: Finding, knowledge: Knowledge) -> str:
    fact = knowledge.facts[finding.fact]
    return f"{fact.label}: {value_words(finding.value, fact)} [{'; also '.join(finding.places)}]"


def _treatment(treatment: Treatment, knowledge: Knowledge) -> str:
    return f"{treatment_name(treatment, knowledge)} [{'; also '.join(treatment.places)}]"


def _told(messages: Iterable[Message]) -> list[str]:
    return items(
        f"{each.place}: {full_stop(each.what)}"
        + (f" {full_stop(each.try_this[:1].upper() + each.try_this[1:])}" if each.try_this else "")
        for each in messages
    )
