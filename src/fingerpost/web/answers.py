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

from fingerpost.messages import gettext as _
from fingerpost.messages import kept, marked

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fingerpost.knowledge.model import Knowledge
    from fingerpost.plan.diary import Entry
    from fingerpost.plan.symptoms import Told
    from fingerpost.record.dictionaries import Dictionaries
    from fingerpost.record.model import Message, Record
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
    until one of several people is chosen; `people` names them in words. `saved` is the tree of a file
    that was saved here.
    """

    name: str
    record: Record | None = None
    reading: Reading | None = None
    people: Mapping[str, str] = field(default_factory=dict)
    content: bytes = b""
    saved: Mapping[str, Any] | None = None


@dataclass(slots=True)
class Answers:
    """The answers of one person, and what they wish to see.

    `facts` are values as a form holds them; `{"absent": "not_known"}` is an answer too. `brought` are
    the files that were read. `who` is "me", "someone" or "professional"; `on` the day asked about,
    today if it is None. `region` is whose numbers to call count, None those of all; `number` and
    `fever` are what the team said. `symptoms` are those that were looked up; `diary` is None as long as
    nobody began one. `waiting` are files that were read and are not confirmed yet; `seen` the
    contradictions that were shown once; `set_aside` the facts of which the files' word does not count.
    `same_person` names the files that give another birth date or sex and are the person's all the same.
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
    same_person: frozenset[str] = frozenset()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said yet."""
        return not (
            self.facts or self.treatments or self.brought or self.treatments_complete is not None
        )

    @property
    def is_untouched(self) -> bool:
        """Whether nothing would be lost with these: no answer, file, question, number or diary."""
        also = (self.matters, self.number, self.fever, self.own_questions, self.symptoms)
        return self.is_empty and not (any(also) or self.waiting or self.diary is not None)

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

        own = self.own_record(dictionaries)
        if not self.brought:
            return own
        files = [self._without_answered(record) for record in self.brought]
        merged = merge_records([*files, own], knowledge, same_person=bool(self.same_person))
        return replace(merged, messages=(*merged.messages, *self._differences_for_life(own)))

    def own_record(self, dictionaries: Dictionaries) -> Record:
        """The record of the answers that were given here, without the files.

        Raises:
            RecordError: an answer cannot be read.
        """
        from fingerpost.record.read import read_text
        from fingerpost.record.source_text import load

        return read_text(load(json.dumps(self.form()).encode(), OWN), dictionaries)

    def _differences_for_life(self, own: Record) -> Iterator[Message]:
        """What is told where an answer stands instead of another birth date or sex in a file."""
        from fingerpost.record.merging.person import differing
        from fingerpost.record.model import Message

        advice = _(
            "Look whether it is about the same person. If it is not, leave it out under “Read a report "
            "or a file”."
        )
        for record in self.brought:
            if record.name in self.same_person:
                continue
            file = kept(record.name)
            for fact in differing(record, own):
                if fact == "sex":
                    what = _("“%(file)s” gives another sex than you", file=file)
                else:
                    what = _("“%(file)s” gives another date of birth than you", file=file)
                yield Message("contradicts", f"facts.{fact}", what, advice, "warning")

    def _treatments_brought(self) -> bool:
        return any(record.treatments for record in self.brought)

    def _without_answered(self, record: Record) -> Record:
        answered = self.facts.keys() | self.set_aside
        findings = tuple(each for each in record.findings if each.fact not in answered)
        return replace(record, findings=findings)
