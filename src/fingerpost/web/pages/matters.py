"""What matters most to the person: it changes no option, and adds questions for the visit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from fingerpost.errors import Problem
from fingerpost.messages import gettext as _
from fingerpost.web.exchange import Page

if TYPE_CHECKING:
    from starlette.responses import Response

    from fingerpost.web.exchange import Exchange

MOST = 3


def show(exchange: Exchange) -> Response:
    """Everything that may matter, with what was ticked before."""
    return _page(exchange, exchange.session.answers.matters, ())


def answer(exchange: Exchange) -> Response:
    """Take up to three; none is an answer too."""
    known = exchange.knowledge.following.matters
    ticked = tuple(each for each in dict.fromkeys(exchange.texts("matters")) if each in known)
    if len(ticked) > MOST:
        what = _("Tick three at most. You can change them at any time.")
        return _page(exchange, ticked, [Problem("too-many", "matters", what)])
    session = exchange.session
    with session.lock:
        session.answers.matters = ticked
        session.answers.done.add("matters")
        session.changed()
    return exchange.go("/check")


def _page(exchange: Exchange, ticked: Sequence[str], problems: Sequence[Problem]) -> Response:
    following = exchange.knowledge.following
    ask = next(each for each in following.interview.values() if each.page == "matters")
    matters = sorted(following.matters.values(), key=lambda each: each.order)
    return exchange.page(
        "matters.html.jinja",
        status=422 if problems else 200,
        ask=ask,
        matters=matters,
        ticked=ticked,
        problems=problems,
    )


PAGES: Sequence[Page] = (Page("/matters", show, answer),)
