"""From dated drug events to treatments: single doses, orders with refills, uses from one day to another.

```
events -> courses (one drug, no long pause) -> regimens (drugs begun together) -> Treatments
```

The result does not depend on the order of the events, nor on whether a course is told as one stretch
of time or dose by dose.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from fingerpost.knowledge.line_rules import LinePeriod, LineRules
from fingerpost.record.drugs.names import NamedDrugs
from fingerpost.record.drugs.regimens import as_regimens
from fingerpost.record.model import Source, Treatment
from fingerpost.values import Choice, Days, Value

# A dose is given on its day; an order says when it was written; a use lasts from one day to another.
EventKind = Literal["dose", "order", "use"]


@dataclass(frozen=True, slots=True)
class DrugEvent:
    """One thing that a record says of one medicine, or of a fixed combination, on some days."""

    named: NamedDrugs
    kind: EventKind
    start: Days | None
    end: Days | None
    source: Source
    words: str | None = None
    setting: frozenset[str] = frozenset()
    end_reason: str | None = None


def treatments_of(events: Iterable[DrugEvent], rules: LineRules) -> list[Treatment]:
    """The regimens that the events make up."""
    return as_regimens(courses(events, rules), rules)


def courses(events: Iterable[DrugEvent], rules: LineRules) -> list[Treatment]:
    """One treatment for each drug and run of events without a long pause."""
    gap = rules.periods.get("course_gap")
    groups: dict[tuple[NamedDrugs, frozenset[str]], list[DrugEvent]] = defaultdict(list)
    for event in events:
        groups[event.named, event.setting].append(event)
    found: list[Treatment] = []
    for several in groups.values():
        dated = [each for each in several if each.start is not None or each.end is not None]
        undated = [each for each in several if each.start is None and each.end is None]
        runs = _runs(sorted(dated, key=_order), gap)
        # A mention without a day adds nothing to a single course, and may be any of several.
        if undated and len(runs) != 1:
            runs.append(undated[:1])
        found += [_course(run) for run in runs]
    return found


def _order(event: DrugEvent) -> tuple[dt.date, dt.date, str, str]:
    first, last = _first(event), _last(event)
    return first or last or dt.date.min, last or dt.date.min, event.kind, event.source.reference


def _first(event: DrugEvent) -> dt.date | None:
    return event.start.first if event.start is not None else None


def _last(event: DrugEvent) -> dt.date | None:
    """The last day on which an event may have been, as far as it is told."""
    days = event.end if event.end is not None and event.end.last is not None else event.start
    return days.last if days is not None else None


def _runs(events: Sequence[DrugEvent], gap: LinePeriod | None) -> list[list[DrugEvent]]:
    runs: list[list[DrugEvent]] = []
    latest: dt.date | None = None
    for event in events:
        first, last = _first(event), _last(event)
        near = gap is None or latest is None or first is None or first <= gap.after(latest)
        if runs and near:
            runs[-1].append(event)
            latest = max((day for day in (latest, last) if day), default=None)
        else:
            runs.append([event])
            latest = last
    return runs


def _course(run: Sequence[DrugEvent]) -> Treatment:
    first = run[0]
    attributes: dict[str, Value] = {}
    start, end = _start(run), _end(run)
    if start is not None:
        attributes["start"] = start
    if end is not None:
        attributes["end"] = end
    if first.setting:
        attributes["setting"] = Choice(first.setting)
    reasons = {each.end_reason for each in run if each.end_reason is not None}
    if len(reasons) == 1:
        attributes["end_reason"] = Choice(frozenset({next(iter(reasons))}))
    references = list(dict.fromkeys(each.source.reference for each in run))
    shown = ", ".join(references if len(references) <= 3 else [references[0], references[-1]])
    source = Source(first.source.kind, shown)
    named = first.named
    words = next((each.words for each in run if each.words), None)
    return Treatment(named.drugs, named.unresolved, named.classes, attributes, source, words)


def _start(run: Sequence[DrugEvent]) -> Days | None:
    """The day of the first event; if days are not exact, the first of them may be any."""
    starts = [each.start or Days(None, each.end.last if each.end else None) for each in run]
    firsts = [days.first for days in starts]
    lasts = [days.last for days in starts if days.last is not None]
    first = None if None in firsts else min(day for day in firsts if day is not None)
    last = min(lasts, default=None)
    return Days(first, last) if first or last else None


def _end(run: Sequence[DrugEvent]) -> Days | None:
    """The last day: of a dose, of a use that has ended; an order only says that it went on until then."""
    spans = [each.end or (each.start if each.kind == "dose" else None) for each in run]
    firsts = [days.first for days in (*spans, *(each.start for each in run)) if days]
    known = [day for day in firsts if day is not None]
    lasts = [days.last if days is not None else None for days in spans]
    last = max((day for day in lasts if day is not None), default=None)
    if None in lasts and not _outlasted(run, last):
        last = None
    first = max(known, default=None)
    return Days(first, last) if (first and (last or len(run) > 1)) or last else None


def _outlasted(run: Sequence[DrugEvent], last: dt.date | None) -> bool:
    """Whether everything without an end of its own came before the last day that is known."""
    open_ended = [each for each in run if each.end is None and each.kind != "dose"]
    latest = max((day for each in open_ended if (day := _last(each))), default=None)
    closed = max(
        (day for each in run if each not in open_ended and (day := _first(each))), default=None
    )
    return last is not None and latest is not None and closed is not None and closed >= latest
