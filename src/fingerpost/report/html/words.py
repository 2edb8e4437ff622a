"""Words explained where they stand: the first time a page uses one, it leads to its explanation."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from fingerpost.messages.spelling import kept_part

if TYPE_CHECKING:
    from fingerpost.knowledge.plan_model import Term

# Tags, and titles that are kept as they are written: nothing is linked within either.
_TAG = re.compile(rf"(<[^>]+>|{kept_part()})")
_WHOLE = re.compile(kept_part())
_NAME = re.compile(r"</?([a-z0-9]+)")
# Within these nothing is linked: headings stand for themselves, drawings and styles are no text, and a
# link inside a label or a button would take away what it is there for.
_CLOSED = frozenset(
    (
        *("a", "h1", "h2", "h3", "th", "style", "title", "svg", "head", "script"),
        *("label", "legend", "button", "summary", "option", "textarea", "nav"),
    )
)
_WORD = re.compile(r"(?<![\w&#-])\w+")
_GOES_ON = re.compile(r"[\w-]")


class _Spelling(NamedTuple):
    """One way to write a word; `any_letters` is None where only these letters count."""

    name: str
    any_letters: str | None
    term: Term


# A word by which spellings begin -> each of them, the longest first.
_ByFirst = Mapping[str, Sequence[_Spelling]]


def linked_words(
    page: str, terms: Iterable[Term], to: str = "#word-"
) -> tuple[str, Sequence[Term]]:
    """The page with the first use of each word as a link, and the words that were found.

    Only the text between tags is looked at; nothing else of the page changes. Abbreviations count
    only as they are written, other words in small and large letters. `to` stands before the id of a
    word where the link leads.

    >>> from fingerpost.knowledge.plan_model import Term
    >>> term = Term("biomarker", "Biomarker", "What a test finds.", (), None, "unverified", "")
    >>> linked_words("<p>A biomarker, a biomarker</p>", [term])[0]
    '<p>A <a class="word" href="#word-biomarker">biomarker</a>, a biomarker</p>'
    """
    known = _by_first_word(tuple(terms))
    if not known:
        return page, ()
    found: dict[str, Term] = {}
    parts, closed = [], 0
    for part in _TAG.split(page):
        name = _NAME.match(part)
        if name is not None:
            if name[1] in _CLOSED:
                closed += -1 if part.startswith("</") else 1
            parts.append(part)
        else:
            whole = closed or _WHOLE.fullmatch(part)
            parts.append(part if whole else _linked(part, known, to, found))
    return "".join(parts), sorted(found.values(), key=lambda term: term.term.casefold())


def _linked(text: str, known: _ByFirst, to: str, found: dict[str, Term]) -> str:
    pieces, start, end = [], 0, 0
    for word in _WORD.finditer(text):
        at = word.start()
        spellings = known.get(word[0].lower())
        # Inside a longer word that was found, nothing begins.
        if spellings is None or at < end:
            continue
        spelling = _spelling_at(text, at, spellings)
        if spelling is None:
            continue
        end = at + len(spelling.name)
        term = spelling.term
        if term.id not in found:
            found[term.id] = term
            link = f'<a class="word" href="{to}{term.id}">{text[at:end]}</a>'
            pieces += [text[start:at], link]
            start = end
    return "".join([*pieces, text[start:]]) if pieces else text


def _spelling_at(text: str, at: int, spellings: Sequence[_Spelling]) -> _Spelling | None:
    """The longest spelling that stands here as a whole word."""
    for spelling in spellings:
        end = at + len(spelling.name)
        written = text[at:end]
        same = written == spelling.name or written.lower() == spelling.any_letters
        if same and not _GOES_ON.match(text, end):
            return spelling
    return None


@lru_cache(maxsize=8)
def _by_first_word(terms: tuple[Term, ...]) -> _ByFirst:
    """Each spelling under the word that it begins with, so that a page is looked through once."""
    spellings = {name: term for term in terms for name in (term.term, *term.also_written)}
    found: dict[str, list[_Spelling]] = defaultdict(list)
    for name in sorted(spellings, key=len, reverse=True):
        first = re.match(r"\w+", name)
        if first is not None and len(name) > 1:
            any_letters = None if _is_abbreviation(name) else name.lower()
            found[first[0].lower()].append(_Spelling(name, any_letters, spellings[name]))
    return found


def _is_abbreviation(name: str) -> bool:
    return sum(letter.isupper() or letter.isdigit() for letter in name) > 1
