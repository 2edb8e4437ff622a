"""One treatment: why it is here, point by point, and what it would be like."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from fingerpost.errors import Problem, UsageError
from fingerpost.messages import gettext as _
from fingerpost.report.calendar import plan_as_calendar, plan_as_csv
from fingerpost.report.option_said import deciding_said
from fingerpost.report.plan_sources import STATES_IN_WORDS
from fingerpost.report.plan_words import effect_claims
from fingerpost.web import found
from fingerpost.web.exchange import Page, file
from fingerpost.web.glance import checks_of, glance_of

if TYPE_CHECKING:
    from starlette.responses import Response

    from fingerpost.web.exchange import Exchange

_CALENDAR = "text/calendar; charset=utf-8"
_TABLE = "text/csv; charset=utf-8"
# So many effects stand on the page in short; all of them stand with the visits.
_MOST_EFFECTS = 8


def show(exchange: Exchange) -> Response:
    """Everything about one option for this person."""
    name = exchange.given["id"]
    plan = found.plan(exchange, name)
    return exchange.page(
        "option.html.jinja",
        option=found.said(exchange, name),
        decides=deciding_said(found.answers_by_id(exchange)[name], found.saying(exchange)),
        plan=plan,
        glance=glance_of(exchange, name),
        effects=plan["effects"][:_MOST_EFFECTS],
    )


def visits(exchange: Exchange) -> Response:
    """The visits and tests that would follow."""
    return _visits(exchange, ())


def start(exchange: Exchange) -> Response:
    """Count from another first day, or take the calendar or the table along."""
    answers = exchange.session.answers
    match exchange.text("wish"):
        case "calendar":
            plan = found.plan(exchange, exchange.given["id"], start=answers.start)
            calendar = plan_as_calendar(
                plan,
                name_medicines=bool(exchange.text("names")),
                remind=bool(exchange.text("remind")),
            )
            return file(calendar, "visits.ics", _CALENDAR)
        case "table":
            plan = found.plan(exchange, exchange.given["id"], start=answers.start)
            return file(plan_as_csv(plan), "visits.csv", _TABLE)
        case "weeks":
            answers.start = None
        case _day:
            problem = _begin(exchange)
            if problem is not None:
                return _visits(exchange, [problem])
    return exchange.go(exchange.path)


def _begin(exchange: Exchange) -> Problem | None:
    """Take the first day, or say what is wrong with it; a day that cannot be planned is not kept."""
    try:
        day = dt.date.fromisoformat(exchange.text("start"))
        found.plan(exchange, exchange.given["id"], start=day)
    except ValueError:
        what = _("write the day as 2026-12-01, or choose it from the calendar")
        return Problem("wrong-date", "start", what, "", "")
    except UsageError:
        what = _("this day lies too far away to be planned; choose a day of these years")
        return Problem("wrong-date", "start", what, "", "")
    exchange.session.answers.start = day
    return None


def _visits(exchange: Exchange, problems: Sequence[Problem]) -> Response:
    name, answers = exchange.given["id"], exchange.session.answers
    plan = found.plan(exchange, name, start=answers.start)
    return exchange.page(
        "visits.html.jinja",
        status=422 if problems else 200,
        problems=problems,
        option=found.said(exchange, name),
        plan=plan,
        start=answers.start,
        checks=checks_of(plan),
        explained={each["id"]: f"/explained/{each['id']}" for each in plan["explainers"]},
        folded=True,
        line=answers.number,
        claims=effect_claims,
        states_in_words=_(STATES_IN_WORDS),
    )


PAGES: Sequence[Page] = (
    Page("/options/{id}", show),
    Page("/options/{id}/visits", visits, start),
)
