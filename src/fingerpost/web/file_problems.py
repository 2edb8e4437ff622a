"""Why a file could not be read, in words for somebody who only has the pages in front of them.

The readers of records speak to whoever wrote or exported the file: they name keys, options of the command
line and places in a form. Here the same is said with the file's name and the names that the pages use.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from markupsafe import Markup

from fingerpost.errors import Problem
from fingerpost.messages import Sentence, kept
from fingerpost.messages import gettext as _
from fingerpost.record.written.attributes import ATTRIBUTES
from fingerpost.web.told import told

if TYPE_CHECKING:
    from fingerpost.knowledge.model import Knowledge
    from fingerpost.record.model import Message, Record

_PICTURES = frozenset(
    [".jpg", ".jpeg", ".png", ".gif", ".heic", ".heif", ".webp", ".tif", ".tiff", ".bmp"]
)
_OFFICE = frozenset([".doc", ".docx", ".odt", ".rtf", ".pages", ".xls", ".xlsx", ".ods"])
# A saved file that is not as it was saved; the parts that are not stand in its words.
CHANGED = "changed-file"
_DAMAGED = frozenset({"broken-json", "broken-gzip", "duplicate-key", "not-a-number"})
# Advice for whoever writes forms or calls the program by its commands.
_NOT_HERE = re.compile(r"`|--|fingerpost|patient=|\bform\b|examples/|treatments_complete")

# A name with a line in it is no word; where the reader speaks of a value, its name stands first.
_NAME = re.compile(r"`?\b([a-z][a-z0-9]*_[a-z0-9_]+)\b`?")
_FIRST_OR_NAME = re.compile(rf"{_NAME.pattern}|^([a-z]+)\b")


def in_words(problem: Problem, name: str, knowledge: Knowledge) -> Problem:
    """A problem of the reader of records, with the file it is about and what to try on these pages."""
    file = kept(name)
    what, advice = _kind_of_file(problem, file, PurePath(name).suffix.casefold())
    if not what:
        what, advice = _about_a_part(problem, file, knowledge)
    return replace(problem, where=name, what=what, why="", try_this=advice)


def told_here(record: Record, knowledge: Knowledge) -> Record:
    """A record whose messages name what the pages name, and advise what can be done there."""
    return replace(record, messages=tuple(_told(each, knowledge) for each in record.messages))


def _told(message: Message, knowledge: Knowledge) -> Message:
    message = replace(message, what=_with_labels(message.what, knowledge, _NAME))
    if not _NOT_HERE.search(message.try_this):
        return message
    advice = _("look at the report, and answer the question about it here, if there is one")
    return replace(message, try_this=advice)


def _kind_of_file(problem: Problem, file: str, suffix: str) -> tuple[str, str]:
    """What is said of a file that cannot be read as a whole; empty where it is about a part of it."""
    damaged = problem.code in _DAMAGED or problem.code.startswith("yaml-")
    if problem.code == "not-text":
        return _no_text(problem, file, suffix)
    if problem.code == "nothing-to-read" and problem.what:
        return _in_file(file, told(problem.what)), told(problem.try_this)
    said = {
        CHANGED: (
            _(
                "“%(file)s” was changed so that these cannot be read: %(parts)s.",
                file=file,
                parts=problem.what,
            ),
            _("choose a copy of the file that nobody has changed"),
        ),
        "not-a-record": (
            _("“%(file)s” is no record that can be read here.", file=file),
            _other_file(),
        ),
        "nothing-to-read": (
            _("“%(file)s” was read, and nothing was found in it that Fingerpost knows.", file=file),
            _("answer the questions, with the report beside you"),
        ),
        "empty-record": (_("“%(file)s” is empty.", file=file), _other_file()),
        "too-large": (
            _("“%(file)s” is too large to be the record of one person.", file=file),
            _("ask for your own record only, or print the pages with results to a new PDF"),
        ),
        "xml-record": (
            _("“%(file)s” is a web page or an export in XML, which is not read here.", file=file),
            _(
                "save the report as PDF or text, or ask for an export of your record as FHIR in JSON"
            ),
        ),
        "no-text-in-pdf": (
            _("“%(file)s” holds pictures, and no words could be read from them.", file=file),
            _("ask for the report as text, or answer the questions with it beside you"),
        ),
        "broken-json": (
            _("“%(file)s” is damaged, or it ends too early.", file=file),
            _("save or download it again, and choose the new file"),
        ),
    }
    return said.get("broken-json" if damaged else problem.code, ("", ""))


def _no_text(problem: Problem, file: str, suffix: str) -> tuple[str, str]:
    if suffix in _PICTURES or "picture" in problem.what:
        return (
            _("“%(file)s” is a picture: the words on it cannot be read here.", file=file),
            _("ask for the report as PDF, or type its text into the field below"),
        )
    if suffix in _OFFICE or "document" in problem.what or "Excel" in problem.what:
        return (
            _("“%(file)s” was written with Word or another office program.", file=file),
            _("open it there, save it as PDF or as plain text, and choose that file"),
        )
    if "zip" in problem.what:
        return (
            _("“%(file)s” is a zip file, which holds other files.", file=file),
            _("unpack it, and choose the files that were in it"),
        )
    return _("“%(file)s” holds no text that can be read here.", file=file), _other_file()


def _other_file() -> str:
    return _(
        "choose a report as PDF or text, an export of your record (FHIR), or a file that you saved here"
    )


def _about_a_part(problem: Problem, file: str, knowledge: Knowledge) -> tuple[str, str]:
    """What is said of one value: by the name of the question that it answers."""
    # A sentence with places gets the names of facts when it is said.
    said = problem.what
    if not isinstance(said, Sentence):
        said = _with_labels(said, knowledge).rstrip(".")
    if problem.code in ("unknown-key", "unknown-fact") or "`" in said or "map" in said.split():
        label = _label_in(problem.where, knowledge)
        if label:
            what = _("In “%(file)s”, “%(label)s” cannot be read.", file=file, label=label)
        else:
            what = _("“%(file)s” holds a part that Fingerpost does not know.", file=file)
        return what, _("choose a copy of the file that nobody has changed")
    what = _in_file(file, told(said, knowledge))
    return what, "" if _NOT_HERE.search(problem.try_this) else told(problem.try_this, knowledge)


def _in_file(file: str, said: str) -> str:
    # A part that stays English keeps its mark.
    return Markup("{} {}.").format(_("In “%(file)s”:", file=file), said)


def _label_in(place: str, knowledge: Knowledge) -> str:
    """What the pages call the fact that a place in a form is about."""
    names = re.findall(r"\w+", place.rpartition(": ")[2])
    return next((label for each in names if (label := _label(each, knowledge))), "")


def _label(name: str, knowledge: Knowledge) -> str:
    known = knowledge.facts.get(name) or ATTRIBUTES.get(name)
    return known.label if known is not None else ""


def _with_labels(text: str, knowledge: Knowledge, names: re.Pattern[str] = _FIRST_OR_NAME) -> str:
    """A sentence of the reader with the labels of facts for their names."""

    def named(match: re.Match[str]) -> str:
        label = _label(match[match.lastindex or 0], knowledge)
        return f"“{label}”" if label else match[0]

    return names.sub(named, text)
