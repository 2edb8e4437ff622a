"""The sentences that people read, in the language of the reader: gettext, one catalogue for each language.

A sentence is written here in US English and is its own name in the catalogue. Names in it stand as
`%(name)s`, a percent sign as `%%`. What language is spoken, and how it is spelled, is set once by whoever
writes a report (`speaking`); everything below asks here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from gettext import GNUTranslations, NullTranslations

from fingerpost.report.spelling import Speller, kept_as_it_is

ENGLISH = "en-US"


@dataclass(frozen=True, slots=True)
class Speech:
    """A language by its tag, its sentences, and a spelling if it is not the one they are written in."""

    language: str
    sentences: NullTranslations
    speller: Speller | None = None


_AS_WRITTEN = Speech(ENGLISH, NullTranslations())
_speech: ContextVar[Speech] = ContextVar("speech", default=_AS_WRITTEN)


@contextmanager
def speaking(
    language: str,
    words: Mapping[str, str] | None = None,
    *,
    sentences: NullTranslations | None = None,
) -> Iterator[None]:
    """Everything written inside is in this language.

    `words` are US words in British spelling, for `en-GB`; `sentences` a catalogue that is not the package's.

    >>> with speaking("en-GB", {"color": "colour"}):
    ...     language(), respelled("gray color")
    ('en-GB', 'gray colour')
    """
    speller = Speller(words) if words and language == "en-GB" else None
    spoken = Speech(language, sentences or catalogue(language), speller)
    before = _speech.set(spoken)
    try:
        yield
    finally:
        _speech.reset(before)


@cache
def catalogue(language: str) -> NullTranslations:
    """The sentences of a language; those of US English, where the package has no file of it.

    >>> type(catalogue("en-GB")).__name__
    'NullTranslations'
    """
    from importlib import resources

    folder = resources.files(__name__)
    for name in (language, language.partition("-")[0]):
        file = folder.joinpath(f"{name}.mo")
        if file.is_file():
            with file.open("rb") as read:
                return GNUTranslations(read)
    return NullTranslations()


def language() -> str:
    """The tag of the language that is spoken, as HTML names it."""
    return _speech.get().language


def gettext(message: str, /, **values: object) -> str:
    """The sentence in the reader's language, with the values in their places.

    >>> gettext("Known: %(what)s.", what="ER positive")
    'Known: ER positive.'
    """
    return translated(message) % values


def ngettext(one: str, many: str, number: int, /, **values: object) -> str:
    """The sentence for a number, which is `%(num)s` in it; some languages have more than two forms.

    >>> ngettext("%(num)s week", "%(num)s weeks", 1)
    '1 week'
    """
    return translated_number(one, many, number) % {"num": number, **values}


def marked(message: str) -> str:
    """The sentence as it is, for the catalogue: it is said later, by `gettext`."""
    return message


def translated(message: str) -> str:
    """The sentence in the reader's language, its places still open."""
    return _speech.get().sentences.gettext(message)


def translated_number(one: str, many: str, number: int) -> str:
    """The sentence for a number in the reader's language, its places still open."""
    return _speech.get().sentences.ngettext(one, many, number)


def respelled(text: str) -> str:
    """A text of the knowledge as the reader spells it."""
    speller = _speech.get().speller
    return text if speller is None else speller.text(text)


def kept(text: str) -> str:
    """A title or name that is not spelled in another way, whatever words it has."""
    return text if _speech.get().speller is None else kept_as_it_is(text)


def respelled_page(page: str) -> str:
    """A page of HTML as the reader spells it."""
    speller = _speech.get().speller
    return page if speller is None else speller.html(page)
