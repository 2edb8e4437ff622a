"""Several samples side by side: what each says of each fact, and which of them counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from fingerpost.messages import resaid
from fingerpost.report.kinds_said import kind_words
from fingerpost.report.text.layout import partial_day
from fingerpost.report.values import iso_of, value_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fingerpost.facts.model import Facts
    from fingerpost.knowledge.model import Knowledge
    from fingerpost.record.model import Finding

# Where a sample is from is named as the places that cancer has spread to are.
_SITES = "metastatic_sites"


class Sample(NamedTuple):
    """A sample as a column is headed: what it was, from where, of which day."""

    specimen: str | None
    site: str | None
    date: str | None

    @property
    def words(self) -> str:
        """The sample in a few words, only what the record says.

        >>> Sample("metastasis", "liver", "2024-02").words
        'metastasis, liver, February 2024'
        """
        day = partial_day(self.date) if self.date else None
        return ", ".join(part for part in (kind_words(self.specimen), self.site, day) if part)


class Cell(NamedTuple):
    """What one sample says of one fact, and whether that is what counts."""

    value: str
    source: str
    counts: bool


class Row(NamedTuple):
    """One fact across the samples; `note` says why one result counts rather than another."""

    fact: str
    label: str
    cells: Sequence[Sequence[Cell]]
    note: str | None


class Samples(NamedTuple):
    """The table: samples as columns, the latest first, and facts as rows."""

    samples: Sequence[Sample]
    rows: Sequence[Row]


def samples_said(facts: Facts, knowledge: Knowledge) -> Samples:
    """What every sample says; without rows where the record knows of one sample only."""
    found = [each for each in facts.findings if each.specimen or each.site]
    samples = sorted(
        {_sample(each, knowledge) for each in found}, key=lambda s: s.date or "", reverse=True
    )
    if len(samples) < 2:
        return Samples((), ())
    names = [name for name in knowledge.facts if any(each.fact == name for each in found)]
    return Samples(samples, [_row(name, samples, found, facts, knowledge) for name in names])


def _sample(finding: Finding, knowledge: Knowledge) -> Sample:
    sites = knowledge.facts[_SITES].values if _SITES in knowledge.facts else {}
    site = sites.get(finding.site or "", finding.site)
    return Sample(finding.specimen, site, iso_of(finding.date))


def _row(
    name: str,
    samples: Sequence[Sample],
    found: Sequence[Finding],
    facts: Facts,
    knowledge: Knowledge,
) -> Row:
    fact, chosen = knowledge.facts[name], facts.chosen.get(name)
    counting = chosen.findings if chosen else ()
    own = [each for each in found if each.fact == name]
    cells = [
        [
            Cell(value_words(each.value, fact), each.source.place, each in counting)
            for each in own
            if _sample(each, knowledge) == sample
        ]
        for sample in samples
    ]
    return Row(name, fact.label, cells, resaid(chosen.note) if chosen and chosen.note else None)
