"""A report, an export or a saved file: what was read of it, shown in its text, to be confirmed.

Files are read in memory and never written anywhere; a PDF goes to its reader through a pipe. Only what
was read stays, and the text of a report until it is confirmed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from starlette.datastructures import UploadFile

from fingerpost.errors import Problem, RecordError
from fingerpost.messages import gettext as _
from fingerpost.messages import kept
from fingerpost.record import source_text
from fingerpost.record.form.context import shown
from fingerpost.record.read import read_text
from fingerpost.report.treatments import treatments_said
from fingerpost.report.values import value_words
from fingerpost.web.answers import Brought
from fingerpost.web.exchange import Page
from fingerpost.web.pages import saved
from fingerpost.web.pages.conflict import on_to

if TYPE_CHECKING:
    from starlette.responses import Response

    from fingerpost.record.dictionaries import Dictionaries
    from fingerpost.record.model import Record
    from fingerpost.record.pathology.read import Reading
    from fingerpost.web.exchange import Exchange

_MOST_FILES = 20
# So much of the line stands on either side of what was read.
_AROUND = 60


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


# --- bringing -----------------------------------------------------------------------------


def show(exchange: Exchange) -> Response:
    """Where files are chosen or text is pasted."""
    return _upload(exchange, ())


def bring(exchange: Exchange) -> Response:
    """Read everything that was sent; what cannot be read is told, and the rest goes on."""
    sources = list(_sources(exchange))
    if not sources:
        what = _("Choose a file, or paste the text of a report.")
        return _upload(exchange, [Problem("no-answer", "files", what)])
    problems: list[Problem] = []
    restored = False
    for name, content in sources:
        try:
            restored |= _bring(exchange, name, content)
        except RecordError as error:
            problems += [replace(each, where=name) for each in error.problems]
    if problems:
        return _upload(exchange, problems)
    return exchange.go("/check" if restored and not _waiting(exchange) else "/upload/read")


def _sources(exchange: Exchange) -> Iterator[tuple[str, bytes]]:
    """The name and the content of everything that was sent."""
    pasted = exchange.text("text")
    if pasted:
        yield _("pasted text"), pasted.encode()
    for each in exchange.form.getlist("files")[:_MOST_FILES]:
        if isinstance(each, UploadFile) and (each.filename or each.size):
            content = each.file.read()
            each.file.close()
            yield shown(each.filename or "") or _("a file"), content


def _bring(exchange: Exchange, name: str, content: bytes) -> bool:
    """Read one file; whether it was a saved file of ours, which takes effect at once."""
    dictionaries = _dictionaries(exchange)
    text = source_text.load(content, name)
    if '"pages"' in text.text and not text.from_pdf:
        tree = source_text.parse_json(text)
        if isinstance(tree, dict) and saved.is_saved(tree):
            saved.restore(exchange, tree, read_text(text, dictionaries))
            return True
    waiting = exchange.session.answers.waiting
    try:
        waiting.append(_read(text, dictionaries, None))
    except RecordError as error:
        if not any(each.code == "several-people" for each in error.problems):
            raise
        waiting.append(Brought(name, people=_people(text), content=text.text.encode()))
    return False


def _read(text: source_text.Text, dictionaries: Dictionaries, patient: str | None) -> Brought:
    record = read_text(text, dictionaries, patient)
    reading = None
    if record.kind == "text":
        from fingerpost.record.pathology.read import read_report

        reading = read_report(text, dictionaries)
    if not (record.findings or record.treatments):
        raise RecordError([_nothing_in_it(text.name, record)])
    return Brought(text.name, record, reading)


def _nothing_in_it(name: str, record: Record) -> Problem:
    """Why nothing of a file is used: what it tells is of no invasive cancer, or not understood."""
    told = next((each for each in record.messages if each.code == "in_situ_only"), None)
    what = told.what if told else _("nothing was found in this that Fingerpost knows")
    why = _("That is no answer: it may say it in other words") if told is None else ""
    try_this = _("answer the questions, with the report beside you")
    return Problem("nothing-to-read", name, what, why, told.try_this if told else try_this)


def _people(text: source_text.Text) -> tuple[str, ...]:
    from fingerpost.record.fhir.bundle import everything_in, people_of

    return tuple(people_of(list(everything_in(source_text.parse_json(text)))))


def _dictionaries(exchange: Exchange) -> Dictionaries:
    engine = exchange.engine
    return engine.dictionaries(engine.day(exchange.session.answers))


def _waiting(exchange: Exchange) -> list[Brought]:
    return exchange.session.answers.waiting


def _upload(exchange: Exchange, problems: Sequence[Problem]) -> Response:
    answers = exchange.session.answers
    return exchange.page(
        "upload.html.jinja",
        status=422 if problems else 200,
        text=kept(exchange.text("text")),
        waiting=len(answers.waiting),
        brought=[each.name for each in answers.brought],
        problems=problems,
    )


# --- confirming ---------------------------------------------------------------------------


def confirm_shown(exchange: Exchange) -> Response:
    """What was read from the first file that is not confirmed yet, line by line."""
    return _confirm(exchange, ())


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
        if first.record is None:
            return _choose(exchange, first)
        left = set(exchange.texts("leave"))
        record = replace(
            first.record,
            findings=tuple(
                f for at, f in enumerate(first.record.findings) if f"finding-{at}" not in left
            ),
            treatments=tuple(
                t for at, t in enumerate(first.record.treatments) if f"treatment-{at}" not in left
            ),
        )
        before = list(session.answers.brought)
        session.answers.brought.append(record)
        session.changed()
        try:
            exchange.engine.options(session)
        except RecordError as error:
            session.answers.brought = before
            session.changed()
            return _confirm(exchange, error.problems)
        session.answers.waiting.pop(0)
    return _onward(exchange)


def _onward(exchange: Exchange) -> Response:
    if _waiting(exchange):
        return exchange.go("/upload/read")
    return exchange.go(on_to(exchange, "/check"))


def _choose(exchange: Exchange, first: Brought) -> Response:
    """Read one of several people of an export; the others are forgotten."""
    wanted = exchange.text("person")
    if wanted not in first.people:
        return _confirm(
            exchange, [Problem("no-answer", "person", _("Choose one of these people."))]
        )
    text = source_text.load(first.content, first.name)
    try:
        read = _read(text, _dictionaries(exchange), wanted)
    except RecordError as error:
        return _confirm(exchange, error.problems)
    _waiting(exchange)[0] = read
    return exchange.go("/upload/read")


def _confirm(exchange: Exchange, problems: Sequence[Problem]) -> Response:
    waiting = _waiting(exchange)
    if not waiting:
        return exchange.go("/check")
    first = waiting[0]
    return exchange.page(
        "confirm.html.jinja",
        # A report stands there as it was written.
        linked=False,
        status=422 if problems else 200,
        name=first.name,
        people=first.people if first.record is None else (),
        lines=_lines(exchange, first),
        text=_marked(first.reading) if first.reading is not None else (),
        told=[each for each in first.record.messages if each.code != "not_used"]
        if first.record is not None
        else (),
        left=exchange.texts("leave"),
        more=len(waiting) - 1,
        problems=problems,
    )


def _lines(exchange: Exchange, brought: Brought) -> list[Line]:
    record, knowledge = brought.record, exchange.engine.knowledge
    if record is None:
        return []
    spans = [each for each in brought.reading.statements if each.counts] if brought.reading else []
    found = []
    for at, finding in enumerate(record.findings):
        fact = knowledge.facts[finding.fact]
        line = Line(f"finding-{at}", fact.label, value_words(finding.value, fact), "")
        if at < len(spans) and brought.reading is not None:
            line = _in_text(line, brought.reading, spans[at].start, spans[at].end)
        elif finding.source.words:
            line = replace(line, words=kept(finding.source.words))
        found.append(line)
    import fingerpost

    facts = fingerpost.derive(record, knowledge, exchange.engine.day(exchange.session.answers))
    for at, said in enumerate(treatments_said(facts, knowledge)):
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


PAGES: Sequence[Page] = (
    Page("/upload", show, bring),
    Page("/upload/read", confirm_shown, confirm),
)
