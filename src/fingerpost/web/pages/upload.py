"""A report, an export or a saved file that is brought, or left out again.

Files are read in memory and never written anywhere; a PDF goes to its reader through a pipe. Only what
was read stays, and the text of a report until it is confirmed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from starlette.datastructures import UploadFile

from fingerpost.errors import Problem, RecordError
from fingerpost.messages import gettext as _
from fingerpost.messages import kept
from fingerpost.record import source_text
from fingerpost.record.form.context import shown
from fingerpost.record.read import read_text
from fingerpost.web.answers import Brought
from fingerpost.web.brought_files import dictionaries_of, read
from fingerpost.web.exchange import Page
from fingerpost.web.file_problems import in_words
from fingerpost.web.pages import saved

if TYPE_CHECKING:
    from starlette.responses import Response

    from fingerpost.web.exchange import Exchange

_MOST_FILES = 20


def show(exchange: Exchange) -> Response:
    """Where files are chosen or text is pasted."""
    return _upload(exchange, ())


def bring(exchange: Exchange) -> Response:
    """Read everything that was sent; what cannot be read is told, and the rest goes on."""
    sources = list(_sources(exchange))
    if not sources:
        what = _("Choose a file, or paste the text of a report.")
        return _upload(exchange, [Problem("no-answer", "files", what)])
    knowledge = exchange.knowledge
    problems: list[Problem] = []
    restored = False
    for name, content in sources:
        try:
            restored |= _bring(exchange, name, content)
        except RecordError as error:
            problems += [in_words(each, name, knowledge) for each in error.problems]
    if problems:
        # Several places of one file may have the same fault; it is told once.
        return _upload(exchange, list({each.what: each for each in problems}.values()))
    return exchange.go(
        "/check" if restored and not exchange.session.answers.waiting else "/upload/read"
    )


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
    """Read one file; whether it was a saved file of ours that took effect at once."""
    text = source_text.load(content, name)
    answers = exchange.session.answers
    if '"pages"' in text.text and not text.from_pdf:
        tree = source_text.parse_json(text)
        if isinstance(tree, dict) and saved.is_saved(tree):
            record = read_text(text, dictionaries_of(exchange))
            saved.check(exchange, tree, record)
            if answers.is_empty and not answers.matters:
                saved.restore(exchange, tree, record)
                return True
            # It would take the place of what is here: that is asked first, before files sent with it.
            answers.waiting.insert(0, Brought(name, record, saved=tree))
            return False
    answers.waiting.append(read(exchange, text))
    return False


def leave_out(exchange: Exchange) -> Response:
    """Let a file that was read no longer count."""
    session, which = exchange.session, exchange.text("which")
    with session.lock:
        brought = session.answers.brought
        if which.isdecimal() and len(which) < 4 and int(which) < len(brought):
            del brought[int(which)]
            session.changed()
    return exchange.go("/upload")


def _upload(exchange: Exchange, problems: Sequence[Problem]) -> Response:
    answers = exchange.session.answers
    return exchange.page(
        "upload.html.jinja",
        status=422 if problems else 200,
        text=kept(exchange.text("text")),
        waiting=len(answers.waiting),
        brought=[kept(each.name) for each in answers.brought],
        problems=problems,
    )


PAGES: Sequence[Page] = (
    Page("/upload", show, bring),
    Page("/upload/leave-out", show, leave_out),
)
