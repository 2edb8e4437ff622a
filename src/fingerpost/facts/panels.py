"""Results that belong together are taken from one sample together.

The stain of a biopsy of 2024 must not be read with the gene test of the operation of 2019: together
they would say something that no laboratory ever found.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence

from fingerpost.facts.recency import first_day, last_day
from fingerpost.knowledge.model import Knowledge
from fingerpost.record.model import Finding
from fingerpost.values import Absent

_METASTASIS = "metastasis"
# A gene test is done on the same sample some weeks after the stain: its own date may be later.
_SAME_SAMPLE = dt.timedelta(days=60)


def one_sample_for_each_panel(
    grouped: Mapping[str, Sequence[Finding]], knowledge: Knowledge
) -> dict[str, Sequence[Finding]]:
    """Leave of each panel's findings only those of its newest (metastatic) sample, and undated ones."""
    panels: dict[str, list[str]] = defaultdict(list)
    for name, fact in knowledge.facts.items():
        if fact.panel is not None and name in grouped:
            panels[fact.panel].append(name)
    kept = dict(grouped)
    for names in panels.values():
        told = [f for name in names for f in grouped[name] if _is_dated(f)]
        if told:
            metastatic = any(f.specimen == _METASTASIS for f in told)
            newest = max(first_day(f) for f in told if (f.specimen == _METASTASIS) == metastatic)
            for name in names:
                kept[name] = [
                    f
                    for f in grouped[name]
                    if (f.specimen is None or (f.specimen == _METASTASIS) == metastatic)
                    and _within(newest, last_day(f))
                ]
    return kept


def samples_of(findings: Sequence[Finding]) -> list[list[Finding]]:
    """The findings of one panel by the sample they are of, earliest first.

    One sample is of one kind, and its results may have come within two months of each other. An
    undated result makes a sample with others of its kind and place; one that says neither belongs to none.
    """
    dated: list[list[Finding]] = []
    undated: dict[tuple[str | None, str | None], list[Finding]] = defaultdict(list)
    known = [f for f in findings if not isinstance(f.value, Absent)]
    for finding in sorted(known, key=lambda f: (f.specimen == _METASTASIS, first_day(f))):
        if not _is_dated(finding):
            if finding.specimen is not None or finding.site is not None:
                undated[finding.specimen, finding.site].append(finding)
        elif dated and _may_be_one_sample(dated[-1][0], finding):
            dated[-1].append(finding)
        else:
            dated.append([finding])
    return [*undated.values(), *dated]


def _may_be_one_sample(first: Finding, later: Finding) -> bool:
    same_kind = (first.specimen == _METASTASIS) == (later.specimen == _METASTASIS)
    return same_kind and _within(first_day(later), last_day(first))


def _is_dated(finding: Finding) -> bool:
    return not isinstance(finding.value, Absent) and last_day(finding) != dt.date.max


def _within(later: dt.date, earlier: dt.date) -> bool:
    """Whether two days may be of one sample: the later not much after the earlier."""
    return earlier >= later or later - earlier <= _SAME_SAMPLE
