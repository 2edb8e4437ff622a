"""What readers of records tell, as pages say it: in the person's language, or marked as English.

Not every message of every reader is translated. One that is not must still be read aloud as English.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from markupsafe import Markup

from fingerpost.errors import Problem
from fingerpost.messages import Sentence, language, later, marked, resaid
from fingerpost.messages import gettext as _
from fingerpost.report.option_said import sentence
from fingerpost.web.answers import OWN

if TYPE_CHECKING:
    from fingerpost.knowledge.model import Knowledge

_RECORD = marked("record")
# What a place begins with, and what stands for all of a record.
_WHOLE = re.compile(rf"{OWN}(?=:|$)|(?<![\w.-]){_RECORD}(?![\w.\[-])")


def told(text: str | None, knowledge: Knowledge | None = None, *, begins: bool = False) -> str:
    """A text that a reader wrote in English, as somebody reads it; `begins` with a large letter.

    A fact that it names stands there under the name that people know it by, if `knowledge` is given.

    >>> told("check it yourself", begins=True)
    'Check it yourself'
    """
    if not text:
        return ""
    said = resaid(text if knowledge is None else _named(text, knowledge))
    shown = sentence(said) if begins else said
    if is_english(text):
        return Markup('<span lang="en">{}</span>').format(shown)
    return shown


def _named(text: str, knowledge: Knowledge) -> str:
    if not isinstance(text, Sentence):
        return text
    facts = {**knowledge.attributes, **knowledge.facts}
    fact = facts.get(str(text.values.get("fact")))
    return (
        text if fact is None else later(text.message, **{**text.values, "fact": f"“{fact.label}”"})
    )


def is_english(text: str) -> bool:
    """Whether somebody reads it in English, and reads the rest of the page in another language."""
    if isinstance(text, Sentence) or language() in ("en-US", "en-GB"):
        return False
    return resaid(text) == text


def in_english(text: str) -> str:
    """English words that no language changes, marked as such where the page is in another language."""
    if language() in ("en-US", "en-GB"):
        return text
    return Markup('<span lang="en">{}</span>').format(text)


def placed(place: str) -> str:
    """A place in a record; the person's own answers are called so in their language.

    >>> placed("your answers: treatments[0]")
    'your answers: treatments[0]'
    """
    return _WHOLE.sub(lambda found: _(found[0]), place)


def told_problems(problems: Iterable[Problem], knowledge: Knowledge) -> list[Problem]:
    """The problems of a reader, each part as somebody reads it."""
    return [
        replace(
            each,
            what=told(each.what, knowledge, begins=True),
            why=told(each.why, knowledge, begins=True),
            try_this=told(each.try_this, knowledge),
        )
        for each in problems
    ]
