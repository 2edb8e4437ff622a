"""One question on one page, and the answer that comes back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fingerpost.errors import Problem, RecordError
from fingerpost.messages import gettext as _
from fingerpost.messages.phrases import amount
from fingerpost.web.exchange import NotThere, Page
from fingerpost.web.interview import asks_in_order, next_ask, open_asks
from fingerpost.web.pages.conflict import contradicted, on_to
from fingerpost.web.pages.given import (
    ABSENT,
    EMPTY,
    OF_ANOTHER,
    choices,
    given_in,
    is_measured,
    refused,
    sent_in,
    units_to_choose,
    written_before,
)
from fingerpost.web.pages.origins import from_files

if TYPE_CHECKING:
    from starlette.responses import Response

    from fingerpost.knowledge.model import Fact
    from fingerpost.knowledge.plan_model import Ask
    from fingerpost.web.exchange import Exchange

_OF_A_TEST = frozenset({"not_tested", "pending"})
# Where a question was opened from, and so where its answer leads back to.
_BACK = {"check": "/check", "results": "/results"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as its page shows it."""

    ask: Ask
    title: str
    where: str | None
    kind: str
    unit: str | None
    choices: Mapping[str, str]
    coarser: Mapping[str, str]
    absent: Mapping[str, str]
    units: Sequence[str]
    kept_for: str


def next_question(exchange: Exchange) -> Response:
    """Go to the first question that could still change something, or to what was found."""
    options = exchange.engine.options(exchange.session)
    ask = next_ask(options, exchange.session.answers)
    return exchange.go("/check" if ask is None else f"/questions/{ask.id}")


def show(exchange: Exchange) -> Response:
    """The page of a question, with what was answered before."""
    ask = _ask(exchange)
    if ask.page != "fact":
        return exchange.go(f"/{ask.page}")
    return _page(exchange, ask, written_before(exchange, ask), ())


def answer(exchange: Exchange) -> Response:
    """Take an answer, and go on to the next question."""
    ask = _ask(exchange)
    answers = exchange.session.answers
    if exchange.text("skip"):
        answers.done.add(ask.id)
        return exchange.go(_next(exchange))
    given, problem = given_in(exchange, ask, written_before(exchange, ask))
    if problem is not None:
        return _page(exchange, ask, sent_in(exchange), [problem])
    before = dict(answers.facts)
    for fact in (ask.fact, ask.coarser):
        answers.facts.pop(fact or "", None)
    answers.facts |= given
    answers.done.add(ask.id)
    exchange.session.changed()
    try:
        exchange.engine.options(exchange.session)
    except RecordError as error:
        answers.facts = before
        answers.done.discard(ask.id)
        exchange.session.changed()
        return _page(
            exchange, ask, sent_in(exchange), refused(error.problems, ask.fact or "", exchange)
        )
    _settle(exchange, ask)
    return exchange.go(on_to(exchange, _next(exchange)))


def _settle(exchange: Exchange, ask: Ask) -> None:
    """Let go what files say of the same thing in other words, where the answer settles a quarrel with it."""
    answers = exchange.session.answers
    others = {ask.fact, ask.coarser} - {None} - answers.facts.keys()
    against = contradicted(exchange, {each for each in others if each is not None})
    if against:
        answers.set_aside |= against
        exchange.session.changed()


def _next(exchange: Exchange) -> str:
    back = exchange.text("back")
    return _BACK.get(back, "/questions")


def _ask(exchange: Exchange) -> Ask:
    ask = exchange.knowledge.following.interview.get(exchange.given["ask"])
    if ask is None:
        raise NotThere
    return ask


def _page(
    exchange: Exchange, ask: Ask, written: Mapping[str, Any], problems: Sequence[Problem]
) -> Response:
    options = exchange.engine.options(exchange.session)
    still_open = sum(1 for _each in open_asks(options, exchange.session.answers))
    following = exchange.knowledge.following
    return exchange.page(
        "question.html.jinja",
        status=422 if problems else 200,
        asked=asked(exchange, ask),
        section=following.sections[ask.section].label,
        written={**EMPTY, **written},
        problems=problems,
        still_open=still_open,
        back=exchange.text("back") or exchange.query("back"),
        previous=previous(exchange, ask),
        told=from_files(exchange, ask),
    )


def previous(exchange: Exchange, ask: Ask) -> str:
    """The question before this one that was answered; the beginning, if there is none."""
    answers = exchange.session.answers
    options = exchange.engine.options(exchange.session)
    before = [
        each
        for each in asks_in_order(options)
        if each.order < ask.order and (each.id in answers.done or each.fact in answers.facts)
    ]
    return f"/questions/{before[-1].id}" if before else "/begin"


def asked(exchange: Exchange, ask: Ask) -> Asked:
    """What the page of a question says."""
    facts = exchange.knowledge.facts
    fact = facts[ask.fact or ""]
    coarser = facts[ask.coarser] if ask.coarser else None
    return Asked(
        ask=ask,
        title=ask.title or fact.question or fact.label,
        where=fact.where,
        kind="category" if fact.steps else fact.type,
        unit=fact.unit,
        choices=choices(fact),
        coarser=choices(coarser) if coarser else {},
        absent={
            name: _(label)
            for name, label in (OF_ANOTHER if exchange.is_about_another else ABSENT).items()
            if fact.test is not None or name not in _OF_A_TEST
        },
        units=units_to_choose(fact),
        kept_for=_kept_for(fact),
    )


def _kept_for(fact: Fact) -> str:
    """For how long a result of it counts, in words; empty where its day does not matter."""
    if fact.current_for is None or not is_measured(fact):
        return ""
    return amount(fact.current_for.amount, fact.current_for.unit)


PAGES: Sequence[Page] = (
    Page("/questions", next_question),
    Page("/questions/{ask}", show, answer),
)
