"""Findings of several records: one result told several times becomes one, with every place named.

1. A finding that says nothing that another does not say at least as exactly (value, day, sample, site,
   basis, reason) is a restatement of it.
2. The same value on the same day, of a sample and a site that can be the same, is one result; each may
   know something of the sample.

Everything else stays. Nothing is put together of two values or two days: a result that nobody found
could outrank all that were.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from fingerpost.record.merging.order import finding_key, source_key, value_key
from fingerpost.record.merging.sameness import days_within, same_text, says_no_more, site_words
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
        for finding in sorted(_of_one_day(_merged(several, lasting=lasting(fact))), key=finding_key)
    ]


def restates(less: Finding, more: Finding, *, lasting: bool) -> bool:
    """Whether the first finding says nothing that the second does not say at least as exactly."""
    return (
        _date_fits(less.date, more.date, lasting=lasting)
        and less.specimen in (None, more.specimen)
        and less.basis in (None, more.basis)
        and more.status in ("final", less.status)
        and _site_fits(less.site, more.site)
        and _text_fits(less.because, more.because)
        and says_no_more(less.value, more.value)
    )


def _date_fits(less: Days | None, more: Days | None, *, lasting: bool) -> bool:
    if less is None or more is None:
        return less is None and (lasting or more is None)
    return days_within(more, less)


def _site_fits(less: str | None, more: str | None) -> bool:
    return less is None or (more is not None and site_words(less) <= site_words(more))


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


# --- the same value on the same day -------------------------------------------------------


def _of_one_day(findings: Iterable[Finding]) -> list[Finding]:
    """The findings, those of one value and one day put together where they can be one result."""
    groups: dict[tuple[str, Days | None], list[Finding]] = defaultdict(list)
    for finding in findings:
        groups[value_key(finding.value), finding.date].append(finding)
    found: list[Finding] = []
    for (_, day), several in groups.items():
        known = day is not None and day.known is not None
        found += _put_together(several) if known and len(several) > 1 else several
    return found


def _put_together(findings: Sequence[Finding]) -> list[Finding]:
    found = sorted(findings, key=finding_key)
    while True:
        pairs = [pair for pair in combinations(found, 2) if can_be_one_result(*pair)]
        pair = next((each for each in pairs if not any(_torn(one, pairs) for one in each)), None)
        if pair is None:
            return found
        rest = [each for each in found if each is not pair[0] and each is not pair[1]]
        found = sorted([*rest, _as_one(*pair)], key=finding_key)


def _torn(finding: Finding, pairs: Sequence[tuple[Finding, Finding]]) -> bool:
    """Whether a finding could be either of two that are not one themselves."""
    near = [pair for pair in pairs if finding is pair[0] or finding is pair[1]]
    partners = [two if finding is one else one for one, two in near]
    return any(not can_be_one_result(*pair) for pair in combinations(partners, 2))


def can_be_one_result(one: Finding, other: Finding) -> bool:
    """Whether nothing that two findings say of sample, site, basis and reason speaks against it."""
    samples = None in (one.specimen, other.specimen) or one.specimen == other.specimen
    bases = None in (one.basis, other.basis) or one.basis == other.basis
    sites = _site_fits(one.site, other.site) or _site_fits(other.site, one.site)
    reasons = _text_fits(one.because, other.because) or _text_fits(other.because, one.because)
    return samples and bases and sites and reasons


def _as_one(one: Finding, other: Finding) -> Finding:
    """One finding that says of the sample what either says."""
    sites = [each.site for each in (one, other) if each.site is not None]
    source = min(one.source, other.source, key=source_key)
    return replace(
        one,
        source=source,
        site=max(sites, key=lambda site: (len(site_words(site)), site), default=None),
        specimen=one.specimen or other.specimen,
        basis=one.basis or other.basis,
        status="final" if "final" in (one.status, other.status) else one.status,
        because=one.because if one.because is not None else other.because,
        also_in=others(source, {*one.sources, *other.sources}),
    )
