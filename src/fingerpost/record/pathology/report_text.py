"""The text of a report, verbatim, and where in it a reader is: line, section, part."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from fingerpost.record.pathology.boxes import without_unticked
from fingerpost.record.pathology.fold import fold
from fingerpost.record.pathology.parts import Part, find_parts
from fingerpost.record.pathology.report_dates import addendum_date, collection_date
from fingerpost.record.pathology.sections import Section, find_sections
from fingerpost.record.pathology.statement import Statement
from fingerpost.values import Absent, Days, Value

_DISTANT = re.compile(
    r"\b(?:liver|bone|lung|brain|pleura\w{0,6}|ascit\w{1,6}|peritone\w{1,6}|vertebra\w{0,6}|skin metasta\w{1,6})\b"
    r"[^.\n]{0,40}\b(?:biops|core|fluid|excision|resection)"
)
_BREAST_SPECIMEN = re.compile(
    r"\bbreast\b[^.\n]{0,60}\b(?:biops|core|excision|lumpectomy|mastectomy|resection)"
)


@dataclass(frozen=True)
class ReportText:
    r"""A report as it came; all offsets are into `text`.

    >>> report = ReportText("FINAL DIAGNOSIS:\nA. Left breast, biopsy:\n- ER: positive")
    >>> at = report.folded.index("er: positive")
    >>> report.section_at(at).kind, report.part_at(at).label, report.line_of(at)
    ('final_diagnosis', 'A', 3)
    """

    text: str

    @cached_property
    def folded(self) -> str:
        """The text in lower case, with plain dashes and blanks; offsets are the same."""
        return fold(self.text)

    @cached_property
    def chosen(self) -> str:
        """The folded text without the options of a form whose box is empty; offsets are the same."""
        return without_unticked(self.folded)

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The sections in their order; together they are the whole text."""
        return find_sections(self.text, self.folded)

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """The parts (specimens) that are spoken of, each stretch of text that is about one."""
        return find_parts(self.text, self.folded, self.sections)

    @cached_property
    def collected(self) -> Days | None:
        """The day on which the sample was taken or received, where the report says it."""
        return collection_date(self.folded)

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(at + 1 for at, sign in enumerate(self.text) if sign == "\n")]

    @cached_property
    def _section_starts(self) -> list[int]:
        return [section.start for section in self.sections]

    def line_of(self, offset: int) -> int:
        """The number of the line, as people count."""
        return bisect_right(self._line_starts, offset)

    def section_at(self, offset: int) -> Section:
        """The section in which this place lies."""
        return self.sections[bisect_right(self._section_starts, offset) - 1]

    def part_at(self, offset: int) -> Part | None:
        """The part that the text speaks of there, or None."""
        at = bisect_right(self._part_starts, offset) - 1
        return self.parts[at] if at >= 0 and offset < self.parts[at].end else None

    @cached_property
    def _part_starts(self) -> list[int]:
        return [part.start for part in self.parts]

    @cached_property
    def distant_site(self) -> str | None:
        """The organ, where the report is of a sample from far away and of none from the breast."""
        distant = _DISTANT.search(self.folded)
        if distant is None or _BREAST_SPECIMEN.search(self.folded) is not None:
            return None
        return distant[0].split()[0].strip(",;:.")

    def statement(self, fact: str, value: Value | Absent, start: int, end: int) -> Statement:
        """What is said of a fact between two places, with all that the place tells of it."""
        section, part = self.section_at(start), self.part_at(start)
        date = self.collected
        if section.kind == "addendum":
            date = addendum_date(self.folded, section) or date
        return Statement(
            fact=fact,
            value=value,
            start=start,
            end=end,
            words=self.text[start:end],
            line=self.line_of(start),
            section=section.kind,
            part=part.label if part is not None else None,
            site=part.title if part is not None else None,
            specimen=part.specimen if part is not None else None,
            date=date,
        )


def in_order(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """Statements as they stand in the text, each only once."""
    found = {(each.fact, each.start, each.end, repr(each.value)): each for each in statements}
    return tuple(sorted(found.values(), key=lambda each: (each.start, each.end, each.fact)))


def not_counting(statement: Statement, why: str) -> Statement:
    """The statement, kept and told, but no answer for this cancer."""
    return replace(statement, counts=False, note=why)
