"""What one person has said so far, and the record that it makes.

The answers are kept as the form of a record has them, so that the page, a saved file and a record on
disk are read by one reader. What was read from a report or an export stays as it was read; an answer
given here stands instead of what such a file says of the same fact.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from fingerpost.messages import marked

if TYPE_CHECKING:
    from fingerpost.knowledge.model import Knowledge
    from fingerpost.plan.diary import Entry
    from fingerpost.plan.symptoms import Told
    from fingerpost.record.dictionaries import Dictionaries
    from fingerpost.record.model import Record
    from fingerpost.record.pathology.read import Reading

OWN = marked("your answers")
Form = dict[str, Any]


def date_written(year: str, month: str, day: str = "") -> str:
    """A date as a form has it, from the fields of a page; empty if nothing was written.

    A day without its month stays one, so that the reader refuses it: 1968 with the day 12 is not
    December 1968.

    >>> date_written("1968", "5"), date_written("1968", "", "12"), date_written("", "")
    ('1968-05', '1968--12', '')
    """
    return "-".join(part and part.zfill(2) for part in (year, month, day)).rstrip("-")


@dataclass(slots=True)
class Brought:
    """A file that was read and not yet confirmed: its record, or the people to choose from.

    `reading` is there for a report, whose text is shown with what was read. `content` is kept only
    until one of several people is chosen.
    """

    name: str
    record: Record | None = None
    reading: Reading | None = None
    people: tuple[str, ...] = ()
    content: bytes = b""


@dataclass(slots=True)
class Answers:
    """The answers of one person, and what they wish to see.

    `facts` are values as a form holds them; `{"absent": "not_known"}` is an answer too. `brought` are
    the files that were read. `who` is "me", "someone" or "professional"; `on` the day asked about,
    today if it is None. `region` is whose numbers to call count, None those of all; `number` and
    `fever` are what the team said. `symptoms` are those that were looked up; `diary` is None as long as
    nobody began one. `waiting` are files that were read and are not confirmed yet; `seen` the
    contradictions that were shown once; `set_aside` the facts of which the files' word does not count.
    """

    who: str = "me"
    authority: str | None = None
    language: str | None = None
    on: dt.date | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    treatments: list[Form] = field(default_factory=list)
    treatments_complete: bool | str | None = None
    brought: list[Record] = field(default_factory=list)
    matters: tuple[str, ...] = ()
    done: set[str] = field(default_factory=set)
    compare: tuple[str, ...] = ()
    start: dt.date | None = None
    number: str = ""
    own_questions: tuple[str, ...] = ()
    hidden_questions: frozenset[str] = frozenset()
    region: str | None = None
    fever: str = ""
    large: bool = False
    symptoms: dict[str, Told] = field(default_factory=dict)
    worried: bool = False
    diary: tuple[Entry, ...] | None = None
    diary_on_disk: bool = False
    waiting: list[Brought] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    set_aside: frozenset[str] = frozenset()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said yet."""
        return not (
            self.facts or self.treatments or self.brought or self.treatments_complete is not None
        )

    def form(self) -> Form:
        """What was answered here, as a form."""
        form: Form = {"fingerpost": 1, "facts": dict(self.facts)}
        if self.treatments:
            form["treatments"] = self.treatments
        elif self.treatments_complete is True and not self._treatments_brought():
            form["treatments"] = "none"
        if self.treatments_complete is not None:
            form["treatments_complete"] = self.treatments_complete
        return form

    def record(self, knowledge: Knowledge, dictionaries: Dictionaries) -> Record:
        """One record of everything: the answers, and what the files say of everything else.

        Raises:
            RecordError: an answer cannot be read, or the files are of different people.
        """
        from fingerpost.record.merge import merge_records
        from fingerpost.record.read import read_text
        from fingerpost.record.source_text import load

        text = load(json.dumps(self.form()).encode(), OWN)
        own = read_text(text, dictionaries)
        if not self.brought:
            return own
        kept = [self._without_answered(record) for record in self.brought]
        return merge_records([*kept, own], knowledge)

    def _treatments_brought(self) -> bool:
        return any(record.treatments for record in self.brought)

    def _without_answered(self, record: Record) -> Record:
        answered = self.facts.keys() | self.set_aside
        findings = tuple(each for each in record.findings if each.fact not in answered)
        return replace(record, findings=findings)
