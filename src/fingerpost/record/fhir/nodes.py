"""Lymph nodes: how many were positive, from counts of several kinds."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import NamedTuple

from fingerpost.record.fhir.chart import Chart, Place
from fingerpost.record.fhir.quantities import interval_of
from fingerpost.record.fhir.shape import Resource, part
from fingerpost.terms import AbsenceKind
from fingerpost.values import Absent, Interval

FACT = "positive_nodes"


class _Count(NamedTuple):
    """How many nodes; more may be meant, unless it is exact."""

    least: int
    exact: bool


def sentinel_positive(chart: Chart, resource: Resource, place: Place) -> None:
    """Positive sentinel nodes: none means none; some means at least these, more may be removed later.

    Without a count (only "examined" was given) nothing follows.
    """
    count = _count(chart, resource, place)
    if count is None:
        if not _has_value(resource):
            chart.tell(
                "no_value", place.where, "the number of positive sentinel nodes is not given"
            )
        return
    none = count == _Count(0, exact=True)
    chart.find(FACT, Interval(0, 0) if none else Interval(count.least, math.inf), place)


def macrometastases(chart: Chart, resource: Resource, place: Place) -> None:
    """Nodes with larger deposits: at least these are positive, smaller deposits count as well."""
    _at_least(chart, resource, place)


def micrometastases(chart: Chart, resource: Resource, place: Place) -> None:
    """Nodes with small deposits: at least these are positive."""
    _at_least(chart, resource, place)


def _at_least(chart: Chart, resource: Resource, place: Place) -> None:
    count = _count(chart, resource, place)
    if count is not None:
        chart.find(FACT, Interval(count.least, math.inf), place)


def examined(chart: Chart, resource: Resource, place: Place) -> None:
    """Nodes that were looked at: by itself it says nothing of how many were positive."""
    count = _count(chart, resource, place, fact=None)
    if count is not None:
        most = count.least if count.exact else math.inf
        chart.examined.append((place.date, most, place.where))


def more_positive_than_examined(chart: Chart) -> None:
    """Take no count of positive nodes for an answer that is higher than all that were looked at."""
    for index, finding in enumerate(chart.findings):
        value = finding.value
        if finding.fact != FACT or not isinstance(value, Interval):
            continue
        same_day = [each for each in chart.examined if each[0] == finding.date]
        if same_day and value.low > sum(count for _, count, _ in same_day):
            where = f"{finding.source.reference}, {same_day[0][2]}"
            what = (
                "more lymph nodes are called positive than were looked at; the number was not used"
            )
            chart.warn("contradicts", where, what, "check both against the report")
            chart.findings[index] = replace(finding, value=Absent(AbsenceKind.NOT_UNDERSTOOD))


def _has_value(resource: Resource) -> bool:
    return any(str(name).startswith("value") for name in resource)


def _count(
    chart: Chart, resource: Resource, place: Place, fact: str | None = FACT
) -> _Count | None:
    """A whole number of nodes; half a node, or "fewer than four", is told and not used."""
    quantity = part(resource.get("valueQuantity"))
    if resource.get("valueInteger") is not None:
        quantity = {"value": resource["valueInteger"]}
    if quantity.get("value") is None:
        return None
    number = None if isinstance(quantity["value"], str) else interval_of(quantity)
    low = -1.0 if number is None else number.low
    if number is None or not 0 <= low <= 200 or not low.is_integer():
        what = "this number of lymph nodes cannot be; it was not used"
        chart.warn("out_of_range", place.where, what, "check the result")
        if fact is not None:
            chart.find(fact, Absent(AbsenceKind.NOT_UNDERSTOOD), place)
        return None
    return _Count(int(low) + number.low_open, exact=number.known is not None)
