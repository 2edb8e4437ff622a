"""How somebody likes to read: language, spelling, large letters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from markupsafe import Markup

from fingerpost.errors import Problem
from fingerpost.messages import gettext as _
from fingerpost.messages import marked, offered
from fingerpost.web.exchange import Page

if TYPE_CHECKING:
    from starlette.responses import Response

    from fingerpost.web.exchange import Exchange

# Languages call themselves; whoever reads only one of them must find it.
_OWN_NAMES = {
    "en-US": marked("English, as in the United States"),
    "en-GB": marked("English, as in the United Kingdom"),
    "es": "Español",
    "fr": "Français",
    "de": "Deutsch",
    "it": "Italiano",
    "nl": "Nederlands",
    "pl": "Polski",
    "pt": "Português",
}
SIZES = {"usual": marked("Usual"), "large": marked("Large")}


@cache
def languages() -> Mapping[str, str]:
    """Every language that is whole, by its tag; British spelling is made of the sentences themselves."""
    tags = dict.fromkeys(("en-US", "en-GB", *offered()))
    return {tag: _OWN_NAMES.get(tag, tag) for tag in tags}


def show(exchange: Exchange) -> Response:
    """What can be chosen, and what is chosen."""
    large = exchange.has_session and exchange.session.answers.large
    given = {"language": exchange.language(), "size": "large" if large else "usual"}
    return _page(exchange, given, ())


def choose(exchange: Exchange) -> Response:
    """Read on as was chosen."""
    given = {name: exchange.text(name) for name in ("language", "size")}
    wanted = (("language", languages()), ("size", SIZES))
    problems = [
        Problem("no-answer", name, _("choose one of these"), "", "")
        for name, choices in wanted
        if given[name] not in choices
    ]
    if problems:
        return _page(exchange, given, problems)
    answers = exchange.session.answers
    answers.language, answers.large = given["language"], given["size"] == "large"
    exchange.session.changed()
    return exchange.go("/reading")


def _page(exchange: Exchange, given: Mapping[str, str], problems: Sequence[Problem]) -> Response:
    return exchange.page(
        "reading.html.jinja",
        status=422 if problems else 200,
        problems=problems,
        given=given,
        # A voice says the name of another language in that language.
        languages={
            tag: name
            if tag.startswith("en")
            else Markup('<span lang="{}">{}</span>').format(tag, name)
            for tag, name in languages().items()
        },
        sizes=SIZES,
    )


PAGES: Sequence[Page] = (Page("/reading", show, choose),)
