"""Findings that cannot both be true, or differ only by rounding: both stay, and the owner is told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations

from fingerpost.messages import later, marked
from fingerpost.record.merging.sameness import days_meet, disagree, is_rounded, site_words
from fingerpost.record.model import Finding, Message
from fingerpost.values import Days

# More results of one fact than this (a blood count over years) are not compared with each other.
_MOST = 60
# Dates of which the earliest counts, or of which there can be several: they are no contradiction.
_ONE_DATE = frozenset({"birth_date"})
# Of these it is said that two differ, never what they are: a message is copied more often than a form.
PERSONAL = frozenset({"birth_date", "sex"})


def differences(findings: Iterable[Finding]) -> list[Message]:
    """A message for each pair of results that are about the same thing and day, and differ."""
    by_fact: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_fact[finding.fact].append(finding)
    return [
        told for several in by_fact.values() if len(several) <= _MOST for told in _told(several)
    ]


def _told(findings: Sequence[Finding]) -> Iterable[Message]:
    for one, other in combinations(findings, 2):
        if not about_one_thing(one, other) or not disagree(one.value, other.value):
            continue
        if isinstance(one.value, Days) and one.fact not in _ONE_DATE:
            continue
        yield _rounded(one, other) if is_rounded(one.value, other.value) else _quarrel(one, other)


def about_one_thing(one: Finding, other: Finding) -> bool:
    """Whether two findings can be of one day, one sample, one place and one way to find it."""
    if one.date is not None and other.date is not None and not days_meet(one.date, other.date):
        return False
    if one.site is not None and other.site is not None:
        first, second = site_words(one.site), site_words(other.site)
        if not (first <= second or second <= first):
            return False
    pairs = ((one.basis, other.basis), (one.specimen, other.specimen))
    return all(None in pair or pair[0] == pair[1] for pair in pairs)


def places_of(*findings: Finding) -> str:
    """Every place that tells of the findings, for a message."""
    return ", ".join(dict.fromkeys(s.place for finding in findings for s in finding.sources))


def _quarrel(one: Finding, other: Finding) -> Message:
    what = later("two results on %(fact)s contradict each other", fact=one.fact)
    if one.fact not in PERSONAL:
        what = later(
            "two results on %(fact)s contradict each other: %(one)s; %(other)s",
            fact=one.fact,
            one=_said(one),
            other=_said(other),
        )
    undated = (one.date is None) != (other.date is None)
    advice = marked("ask which one is right")
    if undated:
        advice = marked("give the date of the one that has none, or ask which one is right")
    return Message("contradicts", places_of(one, other), what, advice, "warning")


def _rounded(one: Finding, other: Finding) -> Message:
    what = later(
        "two results on %(fact)s differ only by rounding: %(one)s; %(other)s; what depends on which is "
        "exact stays unknown",
        fact=one.fact,
        one=_said(one),
        other=_said(other),
    )
    return Message("rounded", places_of(one, other), what)


def _said(finding: Finding) -> str:
    words = finding.source.words
    if words:
        return f'"{" ".join(words.split())[:120]}"'
    return later("the one of %(place)s", place=finding.source.place)
