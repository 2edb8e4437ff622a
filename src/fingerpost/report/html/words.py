"""Words explained where they stand: the first time a page uses one, it leads to its explanation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from fingerpost.messages.spelling import kept_part

if TYPE_CHECKING:
    from fingerpost.knowledge.plan_model import Term

# Tags, and titles that are kept as they are written: nothing is linked within either.
_TAG = re.compile(rf"(<[^>]+>|{kept_part()})")
_WHOLE = re.compile(kept_part())
_NAME = re.compile(r"</?([a-z0-9]+)")
# Within these nothing is linked: headings stand for themselves, drawings and styles are no text.
_CLOSED = frozenset(("a", "h1", "h2", "h3", "th", "style", "title", "svg", "head"))


def linked_words(page: str, terms: Iterable[Term]) -> tuple[str, Sequence[Term]]:
    """The page with the first use of each word as a link, and the words that were found.

    Only the text between tags is looked at; nothing else of the page changes. Abbreviations count
    only as they are written, other words in small and large letters.

    >>> from fingerpost.knowledge.plan_model import Term
    >>> term = Term("biomarker", "Biomarker", "What a test finds.", (), None, "unverified", "")
    >>> linked_words("<p>A biomarker, a biomarker</p>", [term])[0]
    '<p>A <a class="word" href="#word-biomarker">biomarker</a>, a biomarker</p>'
    """
    spellings = {name: term for term in terms for name in (term.term, *term.also_written)}
    if not spellings:
        return page, ()
    pattern = _pattern(spellings)
    known = {name.casefold(): term for name, term in spellings.items()}
    found: dict[str, Term] = {}

    def link(match: re.Match[str]) -> str:
        written = match[0]
        term = spellings.get(written) or known[written.casefold()]
        if term.id in found:
            return written
        found[term.id] = term
        return f'<a class="word" href="#word-{term.id}">{written}</a>'

    parts, closed = [], 0
    for part in _TAG.split(page):
        name = _NAME.match(part)
        if name is not None:
            if name[1] in _CLOSED:
                closed += -1 if part.startswith("</") else 1
            parts.append(part)
        else:
            whole = closed or _WHOLE.fullmatch(part)
            parts.append(part if whole else pattern.sub(link, part))
    return "".join(parts), sorted(found.values(), key=lambda term: term.term.casefold())


def _pattern(spellings: Mapping[str, Term]) -> re.Pattern[str]:
    """Every spelling as a whole word, the longest first; only abbreviations mind large letters."""
    ordered = sorted((name for name in spellings if len(name) > 1), key=len, reverse=True)
    exact = [re.escape(name) for name in ordered if _is_abbreviation(name)]
    others = [re.escape(name) for name in ordered if not _is_abbreviation(name)]
    either = "|".join(f"(?:{part})" for part in (*exact, *(f"(?i:{each})" for each in others)))
    return re.compile(rf"(?<![\w&#-])(?:{either})(?![\w-])")


def _is_abbreviation(name: str) -> bool:
    return sum(letter.isupper() or letter.isdigit() for letter in name) > 1
