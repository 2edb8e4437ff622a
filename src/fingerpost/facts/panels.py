"""Results that belong together are taken from one sample together.

The stain of a biopsy of 2024 must not be read with the gene test of the operation of 2019: together
they would say something that no laboratory ever found.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence

from fingerpost.knowledge.model import Knowledge
from fingerpost.record.model import Finding
from fingerpost.values import Absent

Sample = tuple[int, dt.date]
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
        samples = [s for name in names for f in grouped[name] if (s := _sample(f)) is not None]
        if samples:
            newest = max(samples)
            for name in names:
                kept[name] = [f for f in grouped[name] if _belongs(f, newest)]
    return kept


def samples_of(findings: Sequence[Finding]) -> list[list[Finding]]:
    """The findings of one panel by the sample they are of, earliest first.

    One sample is of one kind, and its results came within two months of each other. An undated result
    makes a sample with others of its kind and place; one that says neither belongs to none.
    """
    dated: list[list[Finding]] = []
    undated: dict[tuple[str | None, str | None], list[Finding]] = defaultdict(list)
    known = [f for f in findings if not isinstance(f.value, Absent)]
    for finding in sorted(known, key=lambda f: _sample(f) or (0, dt.date.min)):
        sample = _sample(finding)
        if sample is None:
            if finding.specimen is not None or finding.site is not None:
                undated[finding.specimen, finding.site].append(finding)
            continue
        last = _sample(dated[-1][0]) if dated else None
        if last and last[0] == sample[0] and sample[1] - last[1] <= _SAME_SAMPLE:
            dated[-1].append(finding)
        else:
            dated.append([finding])
    return [*undated.values(), *dated]


def _sample(finding: Finding) -> Sample | None:
    if isinstance(finding.value, Absent) or finding.date is None or finding.date.last is None:
        return None
    return int(finding.specimen == "metastasis"), finding.date.last


def _belongs(finding: Finding, newest: Sample) -> bool:
    same_kind = finding.specimen is None or int(finding.specimen == "metastasis") == newest[0]
    if finding.date is None or finding.date.last is None:
        return same_kind
    return same_kind and newest[1] - finding.date.last <= _SAME_SAMPLE
