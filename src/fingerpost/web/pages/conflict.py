"""Two answers that do not usually go together: said once, at the moment they are given."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from fingerpost.web.exchange import Page

if TYPE_CHECKING:
    from starlette.responses import Response

    from fingerpost.record.model import Message
    from fingerpost.web.exchange import Exchange

# Where the page may lead on to; nothing else is taken from a form.
_ONWARD = frozenset({"/questions", "/check", "/results", "/treatments"})


def contradictions(exchange: Exchange) -> list[Message]:
    """What does not fit together in the answers as they stand."""
    options = exchange.engine.options(exchange.session)
    return [
        each
        for each in options.facts.messages
        if each.code == "contradicts"
        or (each.code.startswith("notice:") and each.severity == "warning")
    ]


def on_to(exchange: Exchange, to: str) -> str:
    """Where to go after an answer: to the page of this group first, if it does not fit to another."""
    seen = exchange.session.answers.seen
    if all(_key(each) in seen for each in contradictions(exchange)):
        return to
    return f"/two-answers?to={to.removeprefix('/')}"


def show(exchange: Exchange) -> Response:
    """Both answers, with the ways to change them."""
    seen = exchange.session.answers.seen
    fresh = [each for each in contradictions(exchange) if _key(each) not in seen]
    to = _to(exchange.query("to"))
    if not fresh:
        return exchange.go(to)
    told = [(each, _ways(exchange, each)) for each in fresh]
    return exchange.page("conflict.html.jinja", told=told, to=to.removeprefix("/"))


def go_on(exchange: Exchange) -> Response:
    """Leave both as they are, and do not say it again."""
    session = exchange.session
    with session.lock:
        session.answers.seen.update(_key(each) for each in contradictions(exchange))
    return exchange.go(_to(exchange.text("to")))


def _to(name: str) -> str:
    return f"/{name}" if f"/{name}" in _ONWARD else "/check"


def _key(message: Message) -> str:
    return f"{message.code} {message.what}"


def _ways(exchange: Exchange, message: Message) -> list[tuple[str, str]]:
    """The questions that a contradiction may come from: their words and their pages."""
    knowledge = exchange.knowledge
    places = message.where
    found = [
        (knowledge.facts[ask.fact].label, f"/questions/{ask.id}?back=check")
        for ask in knowledge.following.interview.values()
        if ask.fact is not None
        and any(f"facts.{fact}" in places.split(", ") for fact in _names(ask.fact, ask.coarser))
    ]
    if "treatments" in places or not found:
        ask = next(a for a in knowledge.following.interview.values() if a.page == "treatments")
        found.append((ask.title or "", "/treatments?back=check"))
    return found


def _names(*facts: str | None) -> list[str]:
    return [each for each in facts if each is not None]


PAGES: Sequence[Page] = (Page("/two-answers", show, go_on),)
