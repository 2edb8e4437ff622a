"""Findings of several records: one result told several times becomes one, with every place named.

A finding is taken for a restatement of another only if it says nothing that the other does not say
at least as exactly: value, day, sample, site, basis, reason. So no finding is ever put together from
parts of two, and the order of the records cannot matter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from fingerpost.record.merging.order import finding_key, source_key
from fingerpost.record.merging.sameness import days_within, same_text, says_no_more
from fingerpost.record.model import Finding, Source
from fingerpost.values import Days

# Whether a result of this fact without a date may be one of an earlier day, told again.
Lasting = Callable[[str], bool]


def merged_findings(findings: Iterable[Finding], lasting: Lasting) -> list[Finding]:
    """All findings, each once, with every place that tells it; in an order of their own."""
    by_fact: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_fact[finding.fact].append(finding)
    return [
        finding
        for fact, several in by_fact.items()
        for finding in sorted(_merged(several, lasting=lasting(fact)), key=finding_key)
    ]


def restates(less: Finding, more: Finding, *, lasting: bool) -> bool:
    """Whether the first finding says nothing that the second does not say at least as exactly."""
    return (
        _date_fits(less.date, more.date, lasting=lasting)
        and less.specimen in (None, more.specimen)
        and less.basis in (None, more.basis)
        and more.status in ("final", less.status)
        and _text_fits(less.site, more.site)
        and _text_fits(less.because, more.because)
        and says_no_more(less.value, more.value)
    )


def _date_fits(less: Days | None, more: Days | None, *, lasting: bool) -> bool:
    if less is None or more is None:
        return less is None and (lasting or more is None)
    return days_within(more, less)


def _text_fits(less: str | None, more: str | None) -> bool:
    return less is None or (more is not None and same_text(less, more))


def _merged(findings: Sequence[Finding], *, lasting: bool) -> list[Finding]:
    """The most exact findings of one fact; those that restate one are named as its other places."""
    ordered = sorted(findings, key=finding_key)
    by_day = _by_day(ordered)
    kept: dict[int, list[Finding]] = {}
    restated: list[tuple[Finding, list[int]]] = []
    for index, finding in enumerate(ordered):
        near = _near(finding, by_day, range(len(ordered)))
        better = [
            other
            for other in near
            if other != index
            and restates(finding, ordered[other], lasting=lasting)
            and (other < index or not restates(ordered[other], finding, lasting=lasting))
        ]
        if better:
            restated.append((finding, better))
        else:
            kept[index] = [finding]
    for finding, better in restated:
        for other in better:
            if other in kept:
                kept[other].append(finding)
    return [_with_places(ordered[index], several, lasting) for index, several in kept.items()]


def _by_day(findings: Sequence[Finding]) -> Mapping[Days, list[int]]:
    days: dict[Days, list[int]] = defaultdict(list)
    for index, finding in enumerate(findings):
        if finding.date is not None and finding.date.known is not None:
            days[finding.date].append(index)
    return days


def _near(
    finding: Finding, by_day: Mapping[Days, list[int]], every: Sequence[int]
) -> Sequence[int]:
    """The findings that can restate this one: of a single day, only those of that day."""
    if finding.date is not None and finding.date.known is not None:
        return by_day[finding.date]
    return every


def _with_places(finding: Finding, several: Sequence[Finding], lasting: bool) -> Finding:
    """A finding with all places of those that tell it; its own place first."""
    alike = [each for each in several if restates(finding, each, lasting=lasting)]
    source = min((each.source for each in alike), key=source_key)
    places = {place for each in several for place in each.sources}
    return replace(finding, source=source, also_in=others(source, places))


def others(source: Source, places: Iterable[Source]) -> tuple[Source, ...]:
    """All places but the first, each once, in an order of their own."""
    return tuple(sorted({place for place in places if place != source}, key=source_key))
