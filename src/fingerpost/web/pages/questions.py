"""One question on one page, and the answer that comes back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fingerpost.errors import Problem, RecordError
from fingerpost.messages import gettext as _
from fingerpost.messages import marked
from fingerpost.web.answers import date_written
from fingerpost.web.exchange import NotThere, Page
from fingerpost.web.interview import asks_in_order, next_ask, open_asks
from fingerpost.web.pages.conflict import on_to
from fingerpost.web.told import told_problems

if TYPE_CHECKING:
    from starlette.responses import Response

    from fingerpost.knowledge.model import Fact
    from fingerpost.knowledge.plan_model import Ask
    from fingerpost.web.exchange import Exchange

# Not tested and not known are different answers, and lead to different advice.
ABSENT = {
    "not_tested": marked("I have not been tested"),
    "pending": marked("I am waiting for the result"),
    "not_known": marked("I do not know"),
}
# The same, said by somebody who answers for the person.
_OF_ANOTHER = {
    "not_tested": marked("Not tested"),
    "pending": marked("The result is not there yet"),
    "not_known": marked("I do not know"),
}
_OF_A_TEST = frozenset({"not_tested", "pending"})
EMPTY: Mapping[str, Any] = {
    **dict.fromkeys(("answer", "number", "year", "month", "day", "none", "complete"), ""),
    "member": (),
}
_FLAG = {"yes": marked("Yes"), "no": marked("No")}
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
    given, problem = given_in(exchange, ask)
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
            exchange, ask, sent_in(exchange), told_problems(error.problems, exchange.knowledge)
        )
    return exchange.go(on_to(exchange, _next(exchange)))


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
        kind=fact.type,
        unit=fact.unit,
        choices=choices(fact),
        coarser=choices(coarser) if coarser else {},
        absent={
            name: _(label)
            for name, label in (_OF_ANOTHER if exchange.is_about_another else ABSENT).items()
            if fact.test is not None or name not in _OF_A_TEST
        },
    )


def choices(fact: Fact) -> Mapping[str, str]:
    """The values that a person can choose from, in words."""
    if fact.type == "flag":
        return {name: _(label) for name, label in _FLAG.items()}
    return fact.values


# --- from a form to an answer -------------------------------------------------------------


def given_in(exchange: Exchange, ask: Ask) -> tuple[dict[str, Any], Problem | None]:
    """The facts that a form states, or why it states none."""
    fact = exchange.knowledge.facts[ask.fact or ""]
    choice = exchange.text("answer")
    kind, _colon, value = choice.partition(":")
    written = _value(exchange, fact)
    ticked_both = exchange.text("none") and exchange.texts("member")
    if written is not None and (choice or ticked_both):
        return {}, _problem(_("Two answers were given here. Keep the one that is right."))
    if written is not None:
        return {fact.id: written}, None
    if kind == "absent" and value in ABSENT:
        return {fact.id: {"absent": value}}, None
    if kind == "coarser" and ask.coarser is not None:
        return {ask.coarser: value}, None
    if kind == "value" and value in choices(fact):
        return {fact.id: value}, None
    return {}, _problem(_("Choose an answer. “I do not know” is fine."))


def _problem(what: str) -> Problem:
    return Problem("no-answer", "answer", what, "", "")


def _value(exchange: Exchange, fact: Fact) -> object:
    """What was written or ticked, apart from the choices; None if nothing was."""
    if fact.type == "number":
        return exchange.text("number") or None
    if fact.type == "date":
        return date_written(*(exchange.text(name) for name in ("year", "month", "day"))) or None
    if fact.type == "set":
        return _members(exchange, fact)
    return None


def _members(exchange: Exchange, fact: Fact) -> object:
    ticked = [each for each in exchange.texts("member") if each in fact.values]
    if exchange.text("none"):
        return "none"
    if not ticked:
        return None
    return {"present": ticked, "complete": exchange.text("complete") == "yes"}


def sent_in(exchange: Exchange) -> Mapping[str, Any]:
    """What was sent, to be shown again beside what is wrong with it."""
    texts = {name: exchange.text(name) for name in EMPTY if name != "member"}
    return {**texts, "member": exchange.texts("member")}


def written_before(exchange: Exchange, ask: Ask) -> Mapping[str, Any]:
    """What was answered before, as the fields of the form."""
    facts = exchange.session.answers.facts
    if ask.coarser in facts:
        return {"answer": f"coarser:{facts[ask.coarser]}"}
    value = facts.get(ask.fact or "")
    if value is None:
        return {}
    if isinstance(value, dict) and set(value) == {"absent"} and value["absent"] in ABSENT:
        return {"answer": f"absent:{value['absent']}"}
    return _fields(exchange.knowledge.facts[ask.fact or ""], value)


def _fields(fact: Fact, value: object) -> Mapping[str, Any]:
    if isinstance(value, dict) and "value" in value:
        value = value["value"]
    match fact.type:
        case "number":
            return {"number": str(value)}
        case "date":
            names = ("year", "month", "day")
            return dict(zip(names, str(value).split("-"), strict=False))
        case "set":
            if isinstance(value, dict):
                complete = "yes" if value.get("complete") else "no"
                return {"member": list(value.get("present", ())), "complete": complete}
            return {"none": "yes"}
        case _:
            return {"answer": f"value:{value}"}


PAGES: Sequence[Page] = (
    Page("/questions", next_question),
    Page("/questions/{ask}", show, answer),
)
