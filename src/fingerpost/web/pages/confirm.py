"""What was read of a file, line by line beside its words: nothing counts before it is confirmed.

A file that gives another birth date or sex than the answers or the files before it counts only when the
person says that it is of the same person. A saved file takes the place of what was answered here only
when the person says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import fingerpost
from fingerpost.errors import Problem, RecordError
from fingerpost.messages import gettext as _
from fingerpost.messages import kept
from fingerpost.record import source_text
from fingerpost.record.merging.person import differing
from fingerpost.report.treatments import treatments_said
from fingerpost.report.values import value_words
from fingerpost.web.answers import OWN
from fingerpost.web.brought_files import dictionaries_of, read
from fingerpost.web.exchange import Page
from fingerpost.web.file_problems import in_words
from fingerpost.web.pages import saved
from fingerpost.web.pages.conflict import on_to

if TYPE_CHECKING:
    from starlette.responses import Response

    from fingerpost.record.model import Message, Record
    from fingerpost.record.pathology.read import Reading
    from fingerpost.web.answers import Brought
    from fingerpost.web.exchange import Exchange

# So much of the line stands on either side of what was read.
_AROUND = 60
_OTHER_PERSON = "different-people"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was read: what it is, what it says, and the words it was read from."""

    key: str
    label: str
    value: str
    place: str
    before: str = ""
    words: str = ""
    after: str = ""


def show(exchange: Exchange) -> Response:
    """What was read from the first file that is not confirmed yet, line by line."""
    return _page(exchange, ())


def confirm(exchange: Exchange) -> Response:
    """Take what was read, without what was ticked as wrong; or one of several people."""
    session = exchange.session
    with session.lock:
        if not session.answers.waiting:
            return exchange.go("/check")
        first = session.answers.waiting[0]
        if exchange.text("nothing"):
            session.answers.waiting.pop(0)
            return _onward(exchange)
        if first.saved is not None:
            return _go_on_with(exchange, first)
        if first.record is None:
            return _choose(exchange, first)
        problems = _take(exchange, _without_wrong(exchange, first.record))
        if problems:
            return _page(exchange, problems)
        session.answers.waiting.pop(0)
    return _onward(exchange)


def _without_wrong(exchange: Exchange, record: Record) -> Record:
    """What was read without what the person ticked as wrong."""
    left = set(exchange.texts("leave"))
    return replace(
        record,
        findings=tuple(f for at, f in enumerate(record.findings) if f"finding-{at}" not in left),
        treatments=tuple(
            t for at, t in enumerate(record.treatments) if f"treatment-{at}" not in left
        ),
    )


def _take(exchange: Exchange, record: Record) -> Sequence[Problem]:
    """Let a file count, or say why it cannot."""
    session = exchange.session
    answers = session.answers
    others = list(_other_people(exchange, record))
    if others and not exchange.text("same_person"):
        return others
    before = (list(answers.brought), answers.same_person)
    answers.brought.append(record)
    if others:
        answers.same_person |= {record.name}
    session.changed()
    try:
        exchange.engine.options(session)
    except RecordError as error:
        answers.brought, answers.same_person = before
        session.changed()
        return [in_words(each, record.name, exchange.knowledge) for each in error.problems]
    return ()


def _other_people(exchange: Exchange, record: Record) -> Iterator[Problem]:
    """Why a file may be about somebody else than the answers and the files before it."""
    answers = exchange.session.answers
    own = answers.own_record(dictionaries_of(exchange))
    for other in (own, *answers.brought):
        for fact in differing(record, other):
            yield Problem(_OTHER_PERSON, "same_person", _differs(fact, record.name, other.name))


def _differs(fact: str, name: str, other: str) -> str:
    file, before = kept(name), kept(other)
    if other == OWN and fact == "sex":
        return _("“%(file)s” gives another sex than you gave here.", file=file)
    if other == OWN:
        return _("“%(file)s” gives another date of birth than you gave here.", file=file)
    if fact == "sex":
        return _("“%(file)s” gives another sex than “%(other)s”.", file=file, other=before)
    return _("“%(file)s” gives another date of birth than “%(other)s”.", file=file, other=before)


def _onward(exchange: Exchange) -> Response:
    if exchange.session.answers.waiting:
        return exchange.go("/upload/read")
    return exchange.go(on_to(exchange, "/check"))


def _go_on_with(exchange: Exchange, first: Brought) -> Response:
    """Let a saved file take the place of what was answered here."""
    # A form of the page before, sent again, is no yes to this.
    if not exchange.text("replace"):
        return exchange.go("/upload/read")
    if first.record is not None and first.saved is not None:
        saved.restore(exchange, first.saved, first.record)
        waiting = exchange.session.answers.waiting
        exchange.session.answers.waiting = [each for each in waiting if each is not first]
    return _onward(exchange)


def _choose(exchange: Exchange, first: Brought) -> Response:
    """Read one of several people of an export; the others are forgotten."""
    wanted = exchange.text("person")
    if wanted not in first.people:
        return _page(exchange, [Problem("no-answer", "person", _("Choose one of these people."))])
    text = source_text.load(first.content, first.name)
    try:
        found = read(exchange, text, wanted)
    except RecordError as error:
        knowledge = exchange.knowledge
        return _page(exchange, [in_words(each, first.name, knowledge) for each in error.problems])
    exchange.session.answers.waiting[0] = found
    return exchange.go("/upload/read")


def _page(exchange: Exchange, problems: Sequence[Problem]) -> Response:
    waiting = exchange.session.answers.waiting
    if not waiting:
        return exchange.go("/check")
    first = waiting[0]
    if first.saved is not None:
        return exchange.page("replace.html.jinja", linked=False, name=kept(first.name))
    return exchange.page(
        "confirm.html.jinja",
        # A report stands there as it was written.
        linked=False,
        status=422 if problems else 200,
        name=kept(first.name),
        people=first.people if first.record is None else {},
        lines=_lines(exchange, first),
        text=_marked(first.reading) if first.reading is not None else (),
        told=_told(first.record) if first.record is not None else (),
        left=exchange.texts("leave"),
        other_person=any(each.code == _OTHER_PERSON for each in problems),
        more=len(waiting) - 1,
        problems=problems,
    )


def _told(record: Record) -> list[Message]:
    """What to know about how it was read; what is the same of several results is told once."""
    told = [each for each in record.messages if each.code != "not_used"]
    return list({(each.what, each.try_this): each for each in told}.values())


def _lines(exchange: Exchange, brought: Brought) -> list[Line]:
    record, knowledge = brought.record, exchange.engine.knowledge
    if record is None:
        return []
    spans = [each for each in brought.reading.statements if each.counts] if brought.reading else []
    found = []
    for at, finding in enumerate(record.findings):
        fact = exchange.knowledge.facts[finding.fact]
        line = Line(f"finding-{at}", fact.label, value_words(finding.value, fact), "")
        if at < len(spans) and brought.reading is not None:
            line = _in_text(line, brought.reading, spans[at].start, spans[at].end)
        elif finding.source.words:
            line = replace(line, words=kept(finding.source.words))
        found.append(line)
    facts = fingerpost.derive(record, knowledge, exchange.engine.day(exchange.session.answers))
    for at, said in enumerate(treatments_said(facts, exchange.knowledge)):
        found.append(Line(f"treatment-{at}", _("Treatment"), said["words"], ""))
    return found


def _in_text(line: Line, reading: Reading, start: int, end: int) -> Line:
    """The words of the report, with some of the text on either side."""
    text = reading.report.text
    before = text[max(0, start - _AROUND) : start].rpartition("\n")[2]
    after = text[end : end + _AROUND].partition("\n")[0]
    pages = text.count("\f", 0, start) + 1
    place = _("page %(number)s", number=pages) if "\f" in text else ""
    return replace(
        line, place=place, before=kept(before), words=kept(text[start:end]), after=kept(after)
    )


def _marked(reading: Reading) -> list[tuple[str, bool]]:
    """The whole text in pieces, each with whether something was read from it."""
    pieces: list[tuple[str, bool]] = []
    text, done = reading.report.text, 0
    for each in reading.statements:
        if not each.counts or each.start < done:
            continue
        pieces += [
            (kept(text[done : each.start]), False),
            (kept(text[each.start : each.end]), True),
        ]
        done = each.end
    return [*pieces, (kept(text[done:]), False)]


PAGES: Sequence[Page] = (Page("/upload/read", show, confirm),)
