"""Words explained, and how treatments and tests work, with drawings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from fingerpost.errors import UsageError
from fingerpost.messages import gettext as _
from fingerpost.messages import kept, marked
from fingerpost.report.explained import CLOSING, explained, source_words
from fingerpost.report.html.pages import drawing_of
from fingerpost.report.spoken import spoken
from fingerpost.web.exchange import NotThere, Page

if TYPE_CHECKING:
    from starlette.responses import Response

    from fingerpost.knowledge.plan_model import Explainer, Term
    from fingerpost.report.explained import Explained
    from fingerpost.web.exchange import Exchange

KINDS = {"mechanism": marked("How treatments work"), "test": marked("What tests show")}
LONGEST = 80


def words(exchange: Exchange) -> Response:
    """All words by letter."""
    return _list(exchange, "", None)


def look_up(exchange: Exchange) -> Response:
    """Go to the word that was asked for, or show what comes near."""
    asked = " ".join(exchange.text("word").split())[:LONGEST]
    if not asked:
        return exchange.go("/words")
    try:
        found = _explained(exchange, asked)
    except UsageError as error:
        near = [each for problem in error.problems for each in problem.try_this.split(" or ")]
        return _list(exchange, asked, _near(exchange, near))
    if len(found.terms) == 1:
        return exchange.go(f"/words/{found.terms[0].id}")
    if not found.terms and len(found.explainers) == 1:
        return exchange.go(f"/explained/{found.explainers[0].id}")
    return _list(exchange, asked, found)


def _explained(exchange: Exchange, asked: str) -> Explained:
    """What explains a word, which may be written in English or in the person's language.

    Raises:
        UsageError: nothing does.
    """
    found = explained(asked, exchange.engine.knowledge)
    return replace(found, explainers=spoken(found.explainers), terms=spoken(found.terms))


def _near(exchange: Exchange, names: Sequence[str]) -> Explained | None:
    """What the nearest words are, where there are any."""
    from fingerpost.report.explained import Explained

    following = exchange.knowledge.following
    terms: dict[str, Term] = {}
    explainers: dict[str, Explainer] = {}
    for name in names:
        try:
            found = _explained(exchange, name)
        except UsageError:
            continue
        terms |= {each.id: following.terms[each.id] for each in found.terms}
        explainers |= {each.id: each for each in found.explainers}
    if not terms and not explainers:
        return None
    return Explained("", tuple(explainers.values()), tuple(terms.values()))


def _list(exchange: Exchange, asked: str, found: Explained | None) -> Response:
    return exchange.page(
        "words.html.jinja",
        linked=False,
        letters=_by_letter(exchange.knowledge.following.terms.values()),
        asked=asked,
        found=found,
    )


def _by_letter(terms: Iterable[Term]) -> Mapping[str, list[Term]]:
    found: dict[str, list[Term]] = defaultdict(list)
    listed = sorted(terms, key=lambda term: term.term.casefold())
    for term in listed:
        first = term.term[:1].upper()
        found[first if first.isalpha() else "0-9"].append(term)
    return found


def word(exchange: Exchange) -> Response:
    """One word: what it means, and what explains more."""
    knowledge = exchange.knowledge
    term = knowledge.following.terms.get(exchange.given["word"])
    if term is None:
        raise NotThere
    found = knowledge.sources.get(term.source or "")
    source = None if found is None else (kept(found.title), kept(found.publisher))
    return exchange.page(
        "word.html.jinja",
        term=term,
        source=source,
        explainers=_explained(exchange, term.term).explainers,
    )


def explainers(exchange: Exchange) -> Response:
    """What can be explained with a drawing, by kind."""
    found = exchange.knowledge.following.explainers.values()
    groups = {
        _(title): [each for each in found if each.kind == kind] for kind, title in KINDS.items()
    }
    return exchange.page("explainers.html.jinja", linked=False, groups=groups)


def explainer(exchange: Exchange) -> Response:
    """How one kind of treatment works, or what one test shows."""
    knowledge = exchange.knowledge
    found = knowledge.following.explainers.get(exchange.given["explainer"])
    if found is None:
        raise NotThere
    return exchange.page(
        "explainer.html.jinja",
        explainer=found,
        drawing=drawing_of(found),
        source=source_words(found, knowledge),
        closing=_(CLOSING),
    )


PAGES: Sequence[Page] = (
    Page("/words", words, look_up),
    Page("/words/{word}", word),
    Page("/explained", explainers),
    Page("/explained/{explainer}", explainer),
)
