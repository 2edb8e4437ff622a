"""What was found: which options fit, which might, which do not, and what to find out first."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, cast

from fingerpost.criteria.planes import COMPLETE
from fingerpost.errors import Problem
from fingerpost.messages import gettext as _
from fingerpost.messages import marked
from fingerpost.report.documents import knowledge_said
from fingerpost.report.missing_said import Asked, asked_of, missing_said
from fingerpost.report.option_said import (
    deciding_said,
    group_of,
    had_before_said,
    had_family_before_said,
    heading_of,
    medicines_of,
    only_elsewhere,
    to_discuss,
)
from fingerpost.report.plan_words import effect_claims
from fingerpost.report.sheet_said import immunotherapy_said
from fingerpost.report.subtype import subtype_said
from fingerpost.report.text.head import mark_of
from fingerpost.terms import Answer, Verdict
from fingerpost.web import found
from fingerpost.web.exchange import NotThere, Page
from fingerpost.web.glance import glance_of, seated_words
from fingerpost.web.interview import facts_that_decide

if TYPE_CHECKING:
    from starlette.responses import Response

    from fingerpost.knowledge.model import Fact
    from fingerpost.options.model import Missing, OptionAnswer, Options
    from fingerpost.report.contract import DecidingSaid, MissingSaid
    from fingerpost.report.option_said import Saying
    from fingerpost.web.exchange import Exchange

    _Missed = MissingSaid | Asked

# What is asked for first: three are heard, nine are not.
MOST_FIRST = 3
# Nobody reads more lines than this; with so many open, an answer helps more than a line.
_MOST_LINES = 40
# As many cards stand on one page.
MOST_CARDS = 12
_DIGITS = 4
AUTHORITIES = {
    "fda": marked("United States (FDA)"),
    "ema": marked("European Union (EMA)"),
    "nice": marked("England (NICE)"),
}


class Line(NamedTuple):
    """An option in a list: its names, how many points were checked, what is open, what to talk about."""

    id: str
    heading: str
    medicines: str
    yes: int
    asked: int
    not_known: Sequence[str]
    to_discuss: Sequence[str]
    had_before: Sequence[str]
    had_family_before: Sequence[str]
    note: str | None


class Group(NamedTuple):
    """Options with one answer, and what that answer means."""

    id: str
    title: str
    says: str
    answers: Sequence[OptionAnswer]


class Way(NamedTuple):
    """A link to where something can be answered, its words, and what they are about."""

    href: str
    words: str
    about: str


class ToFindOut(NamedTuple):
    """Something missing, the names of what it would decide, and where it can be answered."""

    missing: _Missed
    decides: Sequence[str]
    ways: Sequence[Way]


_GROUPS = (
    (
        "fits",
        marked("Fits what could be checked"),
        marked("Every point of the label that could be checked is answered yes."),
    ),
    (
        "fits_with_care",
        marked("Fits, with something to talk about"),
        marked("The points of the label fit. Something that you told is to be weighed first."),
    ),
    (
        "might_match",
        marked("Might fit: something is not known yet"),
        marked(
            "No point of the label says no. At least one needs an answer, or nobody like you was in "
            "the trials."
        ),
    ),
    (
        "later",
        marked("Later: after surgery"),
        marked(
            "The label asks that surgery has been done, and yours still lies ahead. Nothing else that "
            "could be checked says no."
        ),
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
# What a group is called in the address of its page, where that is not its own name.
_ADDRESSES = {"matches": "fits", "to_discuss": "fits_with_care"}
# Of these, a list says each name; why is said on the page of the group.
CLOSED = ("later", "not_yet", "does_not_match")
_OPEN_VERDICTS = ("matches", "might_match")


def overview(exchange: Exchange) -> Response:
    """Everything at a glance."""
    options, saying = found.options_of(exchange), found.saying(exchange)
    missing, groups = options.missing.single, groups_of(options)
    return exchange.page(
        "results.html.jinja",
        options=options,
        subtype=found.kept(exchange, "subtype", lambda: subtype_said(options, saying.reasons)),
        knowledge=knowledge_said(options),
        groups=groups,
        lines=partial(_lines, exchange),
        headings=partial(_headings, exchange),
        guideline=[
            (_line(each, saying), each.verdict.value)
            for each in options.guideline
            if each.verdict.value in _OPEN_VERDICTS
        ],
        elsewhere=only_elsewhere(options),
        first=to_find_out(exchange, missing[:MOST_FIRST], asked_of),
        more=len(missing) - MOST_FIRST,
        immunotherapy=found.kept(exchange, "immunotherapy", lambda: immunotherapy_said(saying)),
        authorities={name: _(label) for name, label in AUTHORITIES.items()},
        chosen=exchange.session.answers.compare,
        empty=exchange.session.answers.is_empty,
        most_lines=_MOST_LINES,
        closed=CLOSED,
        nothing_open=bool(options.options) and all(_is_closed(group) for group in groups),
    )


def _lines(exchange: Exchange, group: Group) -> list[Line]:
    saying = found.saying(exchange)
    return [_line(each, saying) for each in group.answers]


def _line(answer: OptionAnswer, saying: Saying) -> Line:
    knowledge = saying.options.knowledge
    answers = [each.answer for each in answer.criteria]
    return Line(
        answer.option.id,
        heading_of(answer.option, knowledge),
        medicines_of(answer.option, knowledge),
        answers.count(Answer.YES),
        len(answers),
        [
            saying.clause(each.criterion.node)
            for each in answer.criteria
            if each.answer is Answer.UNKNOWN
        ],
        [f"{each.caution.text}{mark_of(each.caution.state)}" for each in to_discuss(answer)],
        had_before_said(answer.option, saying.options),
        had_family_before_said(answer.option, saying.options),
        answer.option.note,
    )


def _is_closed(group: Group) -> bool:
    return group.id in CLOSED


def _headings(exchange: Exchange, group: Group) -> list[tuple[str, str]]:
    knowledge = found.options_of(exchange).knowledge
    return [(each.option.id, heading_of(each.option, knowledge)) for each in group.answers]


def one_group(exchange: Exchange) -> Response:
    """Every option of one group: what it means for daily life, or why it does not fit.

    Raises:
        NotThere: there is no such group, or it is empty.
    """
    groups = {group.id: group for group in groups_of(found.options_of(exchange))}
    group = groups.get(exchange.given["group"])
    if group is None:
        raise NotThere
    pages = math.ceil(len(group.answers) / MOST_CARDS)
    asked = exchange.query("page")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < _DIGITS else 1
    number = min(max(number, 1), pages)
    shown = group.answers[(number - 1) * MOST_CARDS : number * MOST_CARDS]
    return exchange.page(
        "results_group.html.jinja",
        group=group,
        groups=list(groups.values()),
        # Who looks for a name should find it without turning pages; only cards are long.
        cards=[
            (found.said(exchange, answer.option.id), answer.option.note)
            for answer in ([] if group.id in CLOSED else shown)
        ],
        reasons=_with_reasons(exchange, group) if group.id in CLOSED else [],
        number=number,
        pages=1 if group.id in CLOSED else pages,
        chosen=exchange.session.answers.compare,
        glance_of=glance_of,
    )


def _with_reasons(exchange: Exchange, group: Group) -> list[tuple[str, str, DecidingSaid]]:
    saying = found.saying(exchange)
    return [
        (
            each.option.id,
            heading_of(each.option, saying.options.knowledge),
            deciding_said(each, saying),
        )
        for each in group.answers
    ]


def groups_of(options: Options) -> Sequence[Group]:
    """The options by what was found of each; the order within a group is that of the knowledge."""
    members: dict[str, list[OptionAnswer]] = {}
    for each in options.options:
        members.setdefault(_group_of(each, options), []).append(each)
    return [
        Group(name, _(title), _(says), members[name])
        for name, title, says in _GROUPS
        if name in members
    ]


def _group_of(answer: OptionAnswer, options: Options) -> str:
    group = group_of(answer, options)
    return _ADDRESSES.get(group, group)


def to_find_out(
    exchange: Exchange, missing: Sequence[Missing], said: Callable[[Missing, Saying], _Missed]
) -> list[ToFindOut]:
    """What is missing, the most deciding first, each with the names of the options it decides."""
    asks = _asks(exchange)
    deciding = facts_that_decide(found.options_of(exchange))
    saying, names = found.saying(exchange), names_of(exchange)
    return [
        ToFindOut(
            about := said(each, saying),
            sorted({names[name] for name in each.options if name in names}),
            _ways(each, _label(about), asks, deciding, saying.options.knowledge.facts),
        )
        for each in missing
    ]


def names_of(exchange: Exchange) -> Mapping[str, str]:
    """The medicines of each option, by its id."""
    options = found.options_of(exchange)
    return found.kept(
        exchange,
        "names",
        lambda: {
            each.option.id: medicines_of(each.option, options.knowledge) for each in options.options
        },
    )


def _label(said: _Missed) -> str:
    return said.label if isinstance(said, Asked) else said["label"]


def _ways(
    missing: Missing,
    label: str,
    asks: Mapping[str, str],
    deciding: frozenset[str],
    facts: Mapping[str, Fact],
) -> list[Way]:
    """Where something missing can be answered: in the interview, in the list of treatments, or by trying.

    A test of many genes has a question for each, and only those on which an open option waits are named.
    """
    if missing.id == COMPLETE or any(slot.treatment is not None for slot in missing.slots):
        return [Way("/treatments?back=results", _("Answer this"), label)]
    asked = [fact for fact in missing.facts if fact in asks]
    waiting = [fact for fact in asked if fact in deciding] or asked
    if len(waiting) > 1:
        by_ask = {asks[fact]: facts[fact].label for fact in reversed(waiting)}
        return [
            Way(f"/questions/{ask}?back=results", _("Answer: %(what)s", what=name), "")
            for ask, name in reversed(by_ask.items())
        ]
    if waiting:
        return [Way(f"/questions/{asks[waiting[0]]}?back=results", _("Answer this"), label)]
    tried = next((fact for fact in missing.facts if fact in facts), None)
    return [Way(f"/what-if/{tried}", _("Try an answer"), label)] if tried else []


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
    missing = found.options_of(exchange).missing.single
    items = to_find_out(exchange, missing, missing_said)
    return exchange.page("tests.html.jinja", items=items, names=names_of(exchange))


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
    options = found.options_of(exchange)
    possible = {
        each.option.id: heading_of(each.option, options.knowledge)
        for each in options.options
        if each.verdict is not Verdict.DOES_NOT_MATCH
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
        claims=effect_claims,
        glance_of=glance_of,
    )


PAGES: Sequence[Page] = (
    Page("/results", overview),
    Page("/results/authority", overview, other_authority),
    Page("/results/{group}", one_group),
    Page("/tests", all_tests),
    Page("/compare", compare, choose),
)
