"""Findings of one record that cannot both be true: told, and never resolved here."""

from __future__ import annotations

from itertools import combinations

from fingerpost.record.fhir.chart import Chart
from fingerpost.record.merging.sameness import disagree
from fingerpost.record.model import Finding
from fingerpost.values import Days

# More findings of one fact than this (a blood count over years) are not compared with each other.
_MOST = 40


def tell_contradictions(chart: Chart) -> None:
    """Tell of each pair of findings that are about the same thing and day, and disagree."""
    by_fact: dict[str, list[Finding]] = {}
    for finding in chart.findings:
        by_fact.setdefault(finding.fact, []).append(finding)
    for fact, findings in by_fact.items():
        for one, other in combinations(findings[:_MOST], 2):
            if _same_thing(one, other) and disagree(one.value, other.value):
                where = f"{one.source.reference}, {other.source.reference}"
                what = f"two results on {fact} contradict each other: {_said(one)}; {_said(other)}"
                chart.warn("contradicts", where, what, "ask which one is right")


def _same_thing(one: Finding, other: Finding) -> bool:
    """Same day (or one undated), same basis (or one unsaid), same sample (or one unsaid).

    Of dates there can be several: two are no contradiction.
    """
    if isinstance(one.value, Days):
        return False
    if one.date is not None and other.date is not None and one.date != other.date:
        return False
    if one.basis is not None and other.basis is not None and one.basis != other.basis:
        return False
    return one.specimen == other.specimen or None in (one.specimen, other.specimen)


def _said(finding: Finding) -> str:
    words = finding.source.words or finding.fact
    return f'"{words[:120]}"'
