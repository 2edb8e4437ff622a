"""The symptom diary: off until somebody begins one, and a file of their own.

It is kept in memory, as the answers are, and the person keeps it by saving the file. Only who ticks
that it may be kept on this computer has it in the file that the command line uses as well.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from starlette.datastructures import UploadFile

from fingerpost.errors import Problem, RecordError
from fingerpost.messages import gettext as _
from fingerpost.messages import marked
from fingerpost.plan.diary import SCALES, Entry, diary_as_text, new_entry, read_diary
from fingerpost.plan.diary_file import entries_in, keep_entries, usual_file
from fingerpost.report.html.pages import diary_picture
from fingerpost.report.text.diary import ANSWERS, by_symptom
from fingerpost.web.exchange import Page, file
from fingerpost.web.told import told_problems

if TYPE_CHECKING:
    from starlette.responses import Response

    from fingerpost.web.exchange import Exchange

QUESTIONS = {
    "how_often": marked("How often was it?"),
    "how_bad": marked("How bad was it?"),
    "in_the_way": marked("How much was it in the way of your day?"),
}
NO_ANSWER = "none"
_FIELDS = {"--date": "date", "--note": "note", "--symptom": "symptom", "SYMPTOM": "symptom"}


def show(exchange: Exchange) -> Response:
    """What a diary is, or the diary."""
    return _page(exchange, ())


def _page(exchange: Exchange, problems: Sequence[Problem], *, deleting: bool = False) -> Response:
    answers = exchange.session.answers
    symptoms = by_symptom(answers.diary or ())
    written = {name: exchange.text(name) for name in ("symptom", "date", "note", *SCALES)}
    written["date"] = written["date"] or exchange.engine.today().isoformat()
    known = exchange.knowledge.following.symptoms.values()
    return exchange.page(
        "my_diary.html.jinja",
        status=422 if problems else 200,
        problems=problems,
        linked=False,
        begun=answers.diary is not None,
        deleting=deleting,
        on_disk=answers.diary_on_disk,
        path=str(usual_file()),
        symptoms=symptoms,
        pictures={name: diary_picture(found) for name, found in symptoms.items()},
        questions={name: (_(title), _choices(name)) for name, title in QUESTIONS.items()},
        names=sorted(each.label for each in known),
        written=written,
        today=exchange.engine.today().isoformat(),
    )


def _choices(scale: str) -> dict[str, str]:
    """The answers from 0 to 4 in plain words; what the group asks is not said again in each."""
    said = {str(grade): _(words) for grade, words in enumerate(ANSWERS[scale])}
    plain = {grade: words.partition(": ")[2] or words for grade, words in said.items()}
    return {**plain, NO_ANSWER: _("I would rather not say")}


def change(exchange: Exchange) -> Response:
    """Begin, write into, load, save or delete a diary."""
    doing = {
        "begin": _begin,
        "add": _add,
        "load": _load,
        "save": _save,
        "delete": _delete,
    }.get(exchange.text("do"))
    if doing is None:
        return exchange.go("/diary")
    with exchange.session.lock:
        try:
            return doing(exchange)
        except OSError:
            what = _(
                "The file cannot be written on this computer. Save the diary as a file instead."
            )
            return _page(exchange, [Problem("unwritable", "symptom", what, "", "")])


def _begin(exchange: Exchange) -> Response:
    answers = exchange.session.answers
    # The page of before, sent again: what was written since then stays.
    if answers.diary is not None:
        return exchange.go("/diary")
    on_disk = exchange.text("on_disk") == "yes"
    try:
        entries = entries_in(usual_file()) if on_disk else ()
    except RecordError:
        what = _("The file on this computer is no diary. It is left as it is.")
        return _page(exchange, [Problem("not-a-diary", "on_disk-yes", what, "", "")])
    answers.diary, answers.diary_on_disk = entries, on_disk
    return exchange.go("/diary")


def _add(exchange: Exchange) -> Response:
    answers = exchange.session.answers
    try:
        on = dt.date.fromisoformat(exchange.text("date"))
    except ValueError:
        what = _("Write the day as year, month and day, such as 2026-11-26.")
        return _page(exchange, [Problem("no-day", "date", what, "", "")])
    scales = {name: _grade(exchange.text(name)) for name in SCALES}
    symptom = " ".join(exchange.text("symptom").split())
    entry = Entry(on, symptom, note=exchange.text("note") or None, **scales)
    try:
        before = entries_in(usual_file()) if answers.diary_on_disk else answers.diary or ()
        entries = new_entry(entry, exchange.engine.today(), before)
    except RecordError as error:
        # What to try is said for the command line there.
        found = [
            replace(each, where=_FIELDS.get(each.where, "symptom"), try_this="")
            for each in told_problems(error.problems, exchange.knowledge)
        ]
        return _page(exchange, found)
    _keep(exchange, entries)
    return exchange.go("/diary")


def _grade(written: str) -> int | None:
    return int(written) if written in ("0", "1", "2", "3", "4") else None


def _load(exchange: Exchange) -> Response:
    sent = exchange.form.get("file")
    content = b""
    if isinstance(sent, UploadFile):
        with sent.file as opened:
            content = opened.read()
    try:
        loaded = read_diary(content.decode("utf-8", "replace"), "file")
    except RecordError:
        what = _("This is no diary of Fingerpost, or a part of it is damaged.")
        return _page(exchange, [Problem("not-a-diary", "file", what, "", "")])
    before = exchange.session.answers.diary or ()
    # Loaded twice is the same as once.
    _keep(exchange, tuple(dict.fromkeys((*before, *loaded))))
    return exchange.go("/diary")


def _keep(exchange: Exchange, entries: tuple[Entry, ...]) -> None:
    answers = exchange.session.answers
    if answers.diary_on_disk:
        keep_entries(usual_file(), entries)
    answers.diary = entries


def _save(exchange: Exchange) -> Response:
    entries = exchange.session.answers.diary or ()
    return file(diary_as_text(entries), "my-diary.json", "application/json")


def _delete(exchange: Exchange) -> Response:
    answers = exchange.session.answers
    if answers.diary and not exchange.text("sure"):
        return _page(exchange, (), deleting=True)
    if answers.diary_on_disk:
        usual_file().unlink(missing_ok=True)
    answers.diary, answers.diary_on_disk = None, False
    return exchange.go("/diary")


PAGES: Sequence[Page] = (Page("/diary", show, change),)
