"""The questions to bring to a visit: those made from the answers, and the person's own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from fingerpost.errors import Problem
from fingerpost.messages import gettext as _
from fingerpost.messages import marked
from fingerpost.plan.questions import questions_for
from fingerpost.report.spoken import spoken
from fingerpost.web.exchange import Page

if TYPE_CHECKING:
    from starlette.responses import Response

    from fingerpost.web.exchange import Exchange

GROUPS = {
    "own": marked("My own questions"),
    "cancer": marked("About my cancer"),
    "options": marked("My options"),
    "living": marked("Living with it"),
    "later": marked("Later"),
}
LONGEST = 300
MOST_OWN = 20


class ToBring(NamedTuple):
    """A question to bring; `group` is "own" for one that the person wrote."""

    group: str
    text: str


def questions_of(exchange: Exchange) -> list[ToBring]:
    """The person's own questions, then those made from the answers that they did not take away."""
    answers = exchange.session.answers
    options = spoken(exchange.engine.options(exchange.session))
    made = questions_for(options, matters=answers.matters)
    return [
        *(ToBring("own", text) for text in answers.own_questions),
        *(
            ToBring(each.question.group, each.text)
            for each in made
            if each.text not in answers.hidden_questions
        ),
    ]


def matters_of(exchange: Exchange) -> list[str]:
    """What matters most to the person, in words."""
    known = exchange.knowledge.following.matters
    chosen = exchange.session.answers.matters
    return [
        each.label for each in sorted(known.values(), key=lambda m: m.order) if each.id in chosen
    ]


def show(exchange: Exchange) -> Response:
    """All questions by group, each to be changed or taken away."""
    return _page(exchange, ())


def _page(exchange: Exchange, problems: Sequence[Problem]) -> Response:
    found = questions_of(exchange)
    groups = {
        _(title): [each.text for each in found if each.group == name]
        for name, title in GROUPS.items()
    }
    return exchange.page(
        "my_questions.html.jinja",
        status=422 if problems else 200,
        problems=problems,
        groups={title: texts for title, texts in groups.items() if texts},
        hidden=bool(exchange.session.answers.hidden_questions),
        matters=matters_of(exchange),
        written=exchange.text("new") if problems else "",
    )


def change(exchange: Exchange) -> Response:
    """Add, change or take away a question, or bring back what was taken away."""
    with exchange.session.lock:
        answers = exchange.session.answers
        if exchange.text("back"):
            answers.hidden_questions = frozenset()
            return exchange.go("/my-questions")
        old, new = exchange.text("question"), " ".join(exchange.text("new").split())
        problem = None if exchange.text("remove") else _problem(exchange, old, new)
        if problem is not None:
            return _page(exchange, [problem])
        _replace(exchange, old, "" if exchange.text("remove") else new)
    return exchange.go("/my-questions")


def _problem(exchange: Exchange, old: str, new: str) -> Problem | None:
    own = exchange.session.answers.own_questions
    if not new:
        what = _("Write a question first.")
    elif len(new) > LONGEST:
        what = _("This is very long. Write it in up to %(most)s letters.", most=LONGEST)
    elif old not in own and len(own) >= MOST_OWN:
        what = _("The list is full. Take away a question first.")
    else:
        return None
    return Problem("no-answer", "new", what, "", "")


def _replace(exchange: Exchange, old: str, new: str) -> None:
    """Put a question in the place of another; an empty one takes it away, an empty place adds."""
    answers = exchange.session.answers
    own = [new if each == old else each for each in answers.own_questions]
    if old and old not in answers.own_questions:
        made = questions_for(
            spoken(exchange.engine.options(exchange.session)), matters=answers.matters
        )
        if old not in {each.text for each in made}:
            return
        answers.hidden_questions |= {old}
    if old not in answers.own_questions:
        own.append(new)
    answers.own_questions = tuple(dict.fromkeys(each for each in own if each))


PAGES: Sequence[Page] = (Page("/my-questions", show, change),)
