"""What was found for one person, kept until an answer changes: options, their words, their plans.

Nothing is decided here. Every page of a group asks for what it shows and nothing else is worked out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar, cast

import fingerpost
from fingerpost.options.uses import COMPARED
from fingerpost.report.documents import saying_of
from fingerpost.report.option_said import option_said
from fingerpost.report.plan_said import plan_document
from fingerpost.report.spoken import spoken
from fingerpost.terms import Authority
from fingerpost.web.exchange import NotThere

if TYPE_CHECKING:
    import datetime as dt

    from fingerpost.options.model import OptionAnswer, Options
    from fingerpost.report.contract import OptionSaid
    from fingerpost.report.option_said import Audience, Saying
    from fingerpost.report.plan_contract import PlanDocument
    from fingerpost.web.exchange import Exchange

Made = TypeVar("Made")


def kept(exchange: Exchange, name: str, make: Callable[[], Made]) -> Made:
    """Something worked out once for these answers, this authority, day, reader and language."""
    session, engine = exchange.session, exchange.engine
    with session.lock:
        options = engine.options(session)
        whose = f"{options.authority} {options.on} {audience_of(exchange)} {exchange.language()}"
        key = f"{name} {whose}"
        if key not in session.kept:
            session.kept[key] = make()
        return cast("Made", session.kept[key])


def options_of(exchange: Exchange) -> Options:
    """The options of the authority, with those that guidelines describe beside them."""

    def make() -> Options:
        options = exchange.engine.options(exchange.session)
        guideline = exchange.engine.rules(options.on, Authority.GUIDELINE)
        return spoken(fingerpost.look_beside(options, [guideline]))

    return kept(exchange, "beside", make)


def saying(exchange: Exchange) -> Saying:
    """What is needed to put an option into words."""
    return kept(
        exchange,
        "saying",
        lambda: replace(saying_of(options_of(exchange)), audience=audience_of(exchange)),
    )


def answers_by_id(exchange: Exchange) -> Mapping[str, OptionAnswer]:
    """Every option that has a page, by its id."""
    options = options_of(exchange)
    return kept(
        exchange,
        "by id",
        lambda: {each.option.id: each for each in (*options.options, *options.guideline)},
    )


def said(exchange: Exchange, option: str) -> OptionSaid:
    """One option in words.

    Raises:
        NotThere: there is no such option of this authority on this day.
    """
    answer = answers_by_id(exchange).get(option)
    if answer is None:
        raise NotThere
    return kept(exchange, f"said {option}", lambda: option_said(answer, saying(exchange)))


def plan(
    exchange: Exchange, option: str, *, start: dt.date | None = None, weeks: int | None = None
) -> PlanDocument:
    """What would follow from one option, in words.

    Raises:
        NotThere: there is no such option of this authority on this day.
        UsageError: a plan cannot begin on that day.
    """
    if option not in answers_by_id(exchange):
        raise NotThere
    settings = {} if weeks is None else {"weeks": weeks}

    def make() -> PlanDocument:
        options = options_of(exchange)
        made = fingerpost.make_plan(options, option, start=start, **settings)
        return plan_document(made, options, audience=audience_of(exchange), saying=saying(exchange))

    return kept(exchange, f"plan {option} {start} {weeks}", make)


def elsewhere(exchange: Exchange, option: str) -> Mapping[str, str]:
    """What the other authorities say of the same use on this day: their word, by authority."""
    uses = saying(exchange).uses
    asked = answers_by_id(exchange)[option].option
    words = dict(_words_elsewhere(exchange))
    return {
        other.authority: words[other.id]
        for other in uses.of(asked)
        if other.authority != asked.authority and other.id in words
    }


def _words_elsewhere(exchange: Exchange) -> Mapping[str, str]:
    def find() -> Iterator[tuple[str, str]]:
        options = options_of(exchange)
        for authority in COMPARED:
            if authority != options.authority:
                rules = exchange.engine.rules(options.on, authority)
                yield from ((absent.option.id, absent.reason) for absent in rules.not_in_force)
                yield from ((rule.option.id, "in force") for rule in rules.rules)

    return kept(exchange, "words elsewhere", lambda: dict(find()))


def audience_of(exchange: Exchange) -> Audience:
    """For whom it is put into words."""
    return "professional" if exchange.is_professional else "patient"
