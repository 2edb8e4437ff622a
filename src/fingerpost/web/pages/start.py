"""The first page, where somebody says who they are, and the page that deletes everything."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from fingerpost.errors import Problem
from fingerpost.messages import gettext as _
from fingerpost.messages import marked
from fingerpost.report.symptoms_said import emergency_said
from fingerpost.web.exchange import Page
from fingerpost.web.pages.symptoms import region_of

if TYPE_CHECKING:
    from starlette.responses import Response

    from fingerpost.web.exchange import Exchange

# Where somebody is cared for -> whose approvals are looked at first.
REGIONS = {
    "us": ("fda", marked("United States")),
    "uk": ("nice", marked("United Kingdom")),
    "eu": ("ema", marked("A country of the European Union")),
    "other": ("fda", marked("Somewhere else")),
}
WHO = {
    "me": marked("Myself"),
    "someone": marked("Someone I care for"),
    "professional": marked("A patient of mine: I am a health professional"),
}
WAYS = {
    "questions": marked("Answer questions, one at a time"),
    "upload": marked("Read a report or an export of my record"),
    "saved": marked("Go on with a file that I saved"),
}
_LEADS = {"questions": "/questions", "upload": "/upload", "saved": "/upload"}


def show(exchange: Exchange) -> Response:
    """What this is, what it is not, and where to begin."""
    emergency = emergency_said(exchange.knowledge, region_of(exchange), on=exchange.engine.today())
    return exchange.page("start.html.jinja", emergency=emergency, linked=False)


def begin_shown(exchange: Exchange) -> Response:
    """Who it is for, where they are cared for, and how they want to begin."""
    return _begin(exchange, ())


def begin(exchange: Exchange) -> Response:
    """Take the first three answers and go on."""
    who, region, way = (exchange.text(name) for name in ("who", "region", "way"))
    wanted = (("who", who, WHO), ("region", region, REGIONS), ("way", way, WAYS))
    problems = [
        Problem("no-answer", name, _("choose one of these"), "", "")
        for name, given, choices in wanted
        if given not in choices
    ]
    if problems:
        return _begin(exchange, problems)
    answers = exchange.session.answers
    answers.who, answers.authority = who, REGIONS[region][0]
    # Elsewhere nobody knows which number to call, so those of all countries stand there.
    answers.region = None if region == "other" else answers.authority
    exchange.session.after_lost = False
    exchange.session.changed()
    return exchange.go(_LEADS[way])


def _begin(exchange: Exchange, problems: list[Problem] | tuple[()]) -> Response:
    given = {name: exchange.text(name) for name in ("who", "region", "way")}
    return exchange.page(
        "begin.html.jinja",
        status=422 if problems else 200,
        problems=problems,
        given=given,
        who=WHO,
        regions={name: label for name, (_authority, label) in REGIONS.items()},
        ways=WAYS,
    )


def delete_shown(exchange: Exchange) -> Response:
    """Ask once more before everything is deleted."""
    on_disk = exchange.has_session and exchange.session.answers.diary_on_disk
    return exchange.page("delete.html.jinja", on_disk=on_disk)


def delete(exchange: Exchange) -> Response:
    """Delete every answer."""
    exchange.sessions.forget(exchange.session.key)
    exchange.forgotten = True
    return exchange.go("/deleted")


def deleted(exchange: Exchange) -> Response:
    """Say that it is done."""
    return exchange.page("deleted.html.jinja")


PAGES: Sequence[Page] = (
    Page("/", show),
    Page("/begin", begin_shown, begin),
    Page("/delete", delete_shown, delete),
    Page("/deleted", deleted),
)
