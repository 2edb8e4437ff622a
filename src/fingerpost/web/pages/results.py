"""What was found: which options fit, which might, which do not, and what to find out first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, cast

from fingerpost.errors import Problem
from fingerpost.messages import gettext as _
from fingerpost.messages import marked
from fingerpost.report.documents import options_document
from fingerpost.report.sheet_said import immunotherapy_said
from fingerpost.web import found
from fingerpost.web.exchange import Page
from fingerpost.web.glance import glance_of, seated_words

if TYPE_CHECKING:
    from starlette.responses import Response

    from fingerpost.report.contract import MissingSaid, OptionSaid, OptionsDocument
    from fingerpost.web.exchange import Exchange

# What is asked for first: three are heard, nine are not.
MOST_FIRST = 3
# Nobody reads more cards than this; with so many open, an answer helps more than a card.
_MOST_CARDS = 40
AUTHORITIES = {
    "fda": marked("United States (FDA)"),
    "ema": marked("European Union (EMA)"),
    "nice": marked("England (NICE)"),
}


class Group(NamedTuple):
    """Options with one answer, and what that answer means."""

    id: str
    title: str
    says: str
    options: Sequence[OptionSaid]


class ToFindOut(NamedTuple):
    """Something missing, the names of what it would decide, and the question that asks for it."""

    missing: MissingSaid
    decides: Sequence[str]
    ask: str | None


_GROUPS = (
    (
        "fits",
        marked("Fits what could be checked"),
        marked("Every point of the label that could be checked is answered yes."),
    ),
    (
        "fits_with_care",
        marked("Fits, with something to talk about"),
        marked("The points of the label fit, and there is a strong warning that is about you."),
    ),
    (
        "might_match",
        marked("Might fit: something is not known yet"),
        marked("No point of the label says no. At least one needs an answer."),
    ),
    (
        "not_yet",
        marked("Not yet"),
        marked("The label asks for other treatment first."),
    ),
    (
        "does_not_match",
        marked("Does not fit"),
        marked("At least one point of the label is answered no."),
    ),
)


def document_of(exchange: Exchange) -> OptionsDocument:
    """The whole answer in words, worked out once until an answer changes."""
    audience = found.audience_of(exchange)
    return found.kept(
        exchange,
        "document",
        lambda: options_document(found.options_of(exchange), audience=audience),
    )


def overview(exchange: Exchange) -> Response:
    """Everything at a glance."""
    document = document_of(exchange)
    return exchange.page(
        "results.html.jinja",
        document=document,
        groups=list(groups_of(document["options"])),
        guideline=[
            o for o in document["guideline_based"] if o["verdict"] in ("matches", "might_match")
        ],
        first=to_find_out(exchange, document)[:MOST_FIRST],
        more=len(document["missing"]) - MOST_FIRST,
        immunotherapy=found.kept(
            exchange, "immunotherapy", lambda: immunotherapy_said(found.saying(exchange))
        ),
        authorities={name: _(label) for name, label in AUTHORITIES.items()},
        chosen=exchange.session.answers.compare,
        empty=exchange.session.answers.is_empty,
        glance_of=glance_of,
        most_cards=_MOST_CARDS,
    )


def groups_of(options: Sequence[OptionSaid]) -> Iterator[Group]:
    """The options by what was found of each; the order within a group is that of the knowledge."""
    for name, title, says in _GROUPS:
        members = [option for option in options if _group_of(option) == name]
        if members:
            yield Group(name, _(title), _(says), members)


def _group_of(option: OptionSaid) -> str:
    if option["verdict"] != "matches":
        return option["verdict"]
    return "fits_with_care" if option["strong_warning"] else "fits"


def to_find_out(exchange: Exchange, document: OptionsDocument) -> list[ToFindOut]:
    """What is missing, the most deciding first, each with the names of the options it decides."""
    names = {each["id"]: each["medicines"] for each in document["options"]}
    asks = _asks(exchange)
    return [
        ToFindOut(
            missing,
            sorted({names[name] for name in missing["decides"]["some"] if name in names}),
            next((asks[fact] for fact in missing["facts"] if fact in asks), None),
        )
        for missing in document["missing"]
    ]


def _asks(exchange: Exchange) -> Mapping[str, str]:
    """For each fact the question of the interview that asks for it."""
    interview = exchange.engine.knowledge.following.interview.values()
    coarser = {ask.coarser: ask.id for ask in interview if ask.coarser}
    return cast("Mapping[str, str]", coarser | {ask.fact: ask.id for ask in interview if ask.fact})


def other_authority(exchange: Exchange) -> Response:
    """Look at the same answers under another authority."""
    name = exchange.text("authority")
    if name in AUTHORITIES:
        exchange.session.answers.authority = name
        exchange.session.changed()
    return exchange.go("/results")


def all_tests(exchange: Exchange) -> Response:
    """Everything that is missing, and what each result would decide."""
    document = document_of(exchange)
    names = {each["id"]: each["medicines"] for each in document["options"]}
    return exchange.page(
        "tests.html.jinja", items=to_find_out(exchange, document), names=names, document=document
    )


def choose(exchange: Exchange) -> Response:
    """Take two or three options to be set beside each other."""
    known = found.answers_by_id(exchange)
    chosen = [each for each in dict.fromkeys(exchange.texts("option")) if each in known]
    if not 2 <= len(chosen) <= 3:
        problem = Problem("wrong-number", "compare", _("tick two or three treatments"), "", "")
        return _compare_page(exchange, chosen, [problem])
    exchange.session.answers.compare = tuple(chosen)
    return exchange.go("/compare")


def compare(exchange: Exchange) -> Response:
    """Two or three options beside each other, the same rows for each."""
    known = found.answers_by_id(exchange)
    chosen = [each for each in exchange.session.answers.compare if each in known]
    return _compare_page(exchange, chosen, ())


def _compare_page(
    exchange: Exchange, chosen: Sequence[str], problems: Sequence[Problem]
) -> Response:
    names = {each["id"]: each["heading"] for each in document_of(exchange)["options"]}
    possible = {
        name: heading
        for name, heading in names.items()
        if found.answers_by_id(exchange)[name].verdict.value != "does_not_match"
    }
    ready = not problems and 2 <= len(chosen) <= 3
    return exchange.page(
        "compare.html.jinja",
        status=422 if problems else 200,
        problems=problems,
        options=[found.said(exchange, name) for name in chosen] if ready else [],
        plans=[found.plan(exchange, name) for name in chosen] if ready else [],
        possible=possible,
        chosen=chosen,
        seated=seated_words,
        glance_of=glance_of,
    )


PAGES: Sequence[Page] = (
    Page("/results", overview),
    Page("/results/authority", overview, other_authority),
    Page("/tests", all_tests),
    Page("/compare", compare, choose),
)
