"""The sentences that people read, in the language of the reader: gettext, two catalogues for each language.

`fingerpost` holds the sentences of the program, `knowledge` the words of the knowledge files. A sentence is
written in US English and is its own name in the catalogue. Names in it stand as `%(name)s`, a percent sign
as `%%`. What language is spoken, and how it is spelled, is set once by whoever writes a report
(`speaking`); everything else asks here.
"""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from functools import cache
from gettext import GNUTranslations, NullTranslations
from typing import TYPE_CHECKING, Literal

from fingerpost.messages.spelling import Speller, kept_as_it_is

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

ENGLISH = "en-US"
Domain = Literal["fingerpost", "knowledge"]
# A thing by its number, the thing itself (so that the number stays its own), and the thing translated.
Memory = MutableMapping[int, tuple[object, object]]


@dataclass(frozen=True, slots=True)
class Speech:
    """A language by its tag, its sentences, its words of the knowledge, and a spelling of its own.

    `memory` holds what has been translated already, `written` the English behind a translated text.
    """

    language: str
    sentences: NullTranslations
    knowledge: NullTranslations
    speller: Speller | None = None
    memory: Memory = field(default_factory=dict)
    written: MutableMapping[str, str] = field(default_factory=dict)


_AS_WRITTEN = Speech(ENGLISH, NullTranslations(), NullTranslations())
_speech: ContextVar[Speech] = ContextVar("speech", default=_AS_WRITTEN)


@contextmanager
def speaking(
    language: str,
    words: Mapping[str, str] | None = None,
    *,
    sentences: NullTranslations | None = None,
    knowledge: NullTranslations | None = None,
) -> Iterator[None]:
    """Everything written inside is in this language.

    `words` are US words in British spelling, for `en-GB`; `sentences` and `knowledge` are catalogues that
    are not the package's.

    >>> with speaking("en-GB", {"color": "colour"}):
    ...     language(), respelled("gray color")
    ('en-GB', 'gray colour')
    """
    with saying(speech_in(language, words, sentences=sentences, knowledge=knowledge)):
        yield


def speech_in(
    language: str,
    words: Mapping[str, str] | None = None,
    *,
    sentences: NullTranslations | None = None,
    knowledge: NullTranslations | None = None,
) -> Speech:
    """A language to be spoken more than once: what it has translated is kept with it."""
    return Speech(
        language,
        sentences or catalogue(language),
        knowledge or catalogue(language, "knowledge"),
        Speller(words) if words and language == "en-GB" else None,
    )


@contextmanager
def saying(speech: Speech) -> Iterator[None]:
    """Everything written inside is in this language, as `speech_in` made it."""
    before = _speech.set(speech)
    try:
        yield
    finally:
        _speech.reset(before)


def once(speech: Speech) -> Speech:
    """The same language for one answer: what was translated is at hand, and what is added is forgotten."""
    return replace(speech, memory=ChainMap({}, speech.memory), written=ChainMap({}, speech.written))


@cache
def catalogue(language: str, domain: Domain = "fingerpost") -> NullTranslations:
    """The sentences of a language; those of US English, where the package has no file of it.

    >>> type(catalogue("en-GB")).__name__
    'NullTranslations'
    """
    for name in (language, language.partition("-")[0]):
        file = _folder().joinpath(f"{domain}.{name}.mo")
        if file.is_file():
            with file.open("rb") as read:
                return GNUTranslations(read)
    return NullTranslations()


def offered() -> tuple[str, ...]:
    """The languages that are whole: only then is there a compiled file, and both must be there.

    English is always one.
    """
    names = {each.name for each in _folder().iterdir()}
    found = (each.split(".")[1] for each in names if re.fullmatch(r"fingerpost\.[\w-]+\.mo", each))
    return (ENGLISH, *sorted(name for name in found if f"knowledge.{name}.mo" in names))


def _folder() -> Traversable:
    from importlib import resources

    return resources.files(__name__)


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


class Sentence(str):
    """A sentence in English that is said in the reader's language only where it is shown.

    What is found out about a record is kept for every reader; so it remembers its message and the values.
    """

    __slots__ = ("message", "values")
    message: str
    values: Mapping[str, object]


def later(message: str, /, **values: object) -> Sentence:
    """The sentence in English, with the values in their places; `resaid` says it to the reader.

    >>> later("%(what)s needs a number", what="age")
    'age needs a number'
    """
    made = Sentence(message % values)
    made.message, made.values = message, values
    return made


def resaid(text: str) -> str:
    """A text that was kept in English, in the reader's language, as far as anybody translated it.

    >>> resaid(later("%(what)s needs a number", what="age"))
    'age needs a number'
    """
    if isinstance(text, Sentence):
        values = {
            name: resaid(value) if isinstance(value, str) else value
            for name, value in text.values.items()
        }
        return gettext(text.message, **values)
    said = told(text)
    return translated(text) if text and said == text else said


def translated(message: str) -> str:
    """The sentence in the reader's language, its places still open."""
    return _speech.get().sentences.gettext(message)


def translated_number(one: str, many: str, number: int) -> str:
    """The sentence for a number in the reader's language, its places still open."""
    return _speech.get().sentences.ngettext(one, many, number)


def told(text: str) -> str:
    """Words of the knowledge in the reader's language; as they are written, where nobody translated them."""
    speech = _speech.get()
    if not text or speech is _AS_WRITTEN:
        return text
    said = speech.knowledge.gettext(text)
    if said != text:
        speech.written[said] = text
    return said


def as_written(text: str) -> str:
    """The English behind words that `told` gave, for what is decided by them."""
    return _speech.get().written.get(text, text)


def memory() -> Memory | None:
    """Where things of the knowledge are kept once their words are translated; None where none are."""
    speech = _speech.get()
    return None if type(speech.knowledge) is NullTranslations else speech.memory


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
