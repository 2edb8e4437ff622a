"""The line of therapy, where a record states it (a draft of HL7 CodeX, MOPA, has a result for it).

"First line" is said of every indication, also of treatment before surgery. Labels count the lines
for metastatic disease, so a stated line counts only for a treatment that is certainly one of these.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

from fingerpost.record.fhir.chart import Chart, Place
from fingerpost.record.fhir.concepts import either
from fingerpost.record.fhir.shape import Resource, codings, period_of
from fingerpost.record.model import Treatment
from fingerpost.values import Choice, Days, Interval, Value

# Drugs of one regimen may begin some days apart.
_DAYS_APART = 7
_LINES = {
    "line_1": Interval(1, 1),
    "line_2": Interval(2, 2),
    "line_3_or_later": Interval(3, math.inf),
}


@dataclass(frozen=True, slots=True)
class StatedLine:
    """A line of therapy, when it was, and where that stood."""

    start: Days | None
    end: Days | None
    line: Interval
    where: str


def read_line(chart: Chart, observation: Resource, place: Place) -> None:
    """Note a stated line for the treatments of its time."""
    lines = {
        _LINES[meaning.value]
        for coding in codings(observation.get("valueCodeableConcept"))
        for meaning in chart.dictionaries.codes.code(coding.system, coding.code)
        if meaning.value in _LINES
    }
    if len(lines) != 1:
        what = "this line of therapy is not a number, so it was not used"
        chart.tell("not_used", place.where, what, "state the line in a form")
        return
    start, end = period_of(observation, "effective")
    chart.lines.append(StatedLine(start, end, lines.pop(), place.where))


def with_lines(chart: Chart, treatments: Iterable[Treatment]) -> list[Treatment]:
    """The treatments, each with the one line that was stated for its time, if it is metastatic."""
    found = list(treatments)
    for line in chart.lines:
        fits = [index for index, each in enumerate(found) if _fits(each, line)]
        if not fits:
            what = "this line of therapy fits no treatment for metastatic disease; it was not used"
            chart.tell("not_used", line.where, what, "state the line in a form")
        for index in fits:
            before = found[index].attributes.get("line")
            if before is not None and before != line.line:
                what = "two lines of therapy are stated for one treatment"
                chart.warn("contradicts", line.where, what, "ask which one is right")
                merged: Value = either(before, line.line)
            else:
                merged = line.line
            found[index] = replace(
                found[index], attributes={**found[index].attributes, "line": merged}
            )
    return found


def _fits(treatment: Treatment, line: StatedLine) -> bool:
    setting, start = treatment.attributes.get("setting"), treatment.attributes.get("start")
    if not isinstance(setting, Choice) or setting.known != "metastatic":
        return False
    if not isinstance(start, Days) or start.first is None or line.start is None:
        return False
    if line.start.first is None:
        return False
    apart = (start.first - line.start.first).days
    last = line.end.last if line.end is not None else None
    return abs(apart) <= _DAYS_APART or (apart >= 0 and last is not None and start.first <= last)
