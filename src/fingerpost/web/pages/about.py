"""How this works, and what is true of a person's privacy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import fingerpost
from fingerpost.options.coverage import claims
from fingerpost.report.coverage_said import STATES
from fingerpost.web.exchange import Page
from fingerpost.web.sessions import IDLE_SECONDS

if TYPE_CHECKING:
    from starlette.responses import Response

    from fingerpost.knowledge.model import Knowledge
    from fingerpost.web.exchange import Exchange


def how(exchange: Exchange) -> Response:
    """What it does, how, on what it rests, and what it cannot do."""
    knowledge = exchange.engine.knowledge
    return exchange.page(
        "how_this_works.html.jinja",
        version=fingerpost.__version__,
        sources=len(knowledge.sources),
        options=len(knowledge.options),
        states=exchange.engine.once("states", lambda: _by_state(knowledge)),
        local=knowledge.local,
    )


def _by_state(knowledge: Knowledge) -> Mapping[str, int]:
    """How many statements have each state."""
    counts = claims(knowledge).values()
    return {state: sum(count[state] for count in counts) for state in STATES}


def privacy(exchange: Exchange) -> Response:
    """What happens to what a person writes here: exactly what is true."""
    return exchange.page("privacy.html.jinja", linked=False, minutes=IDLE_SECONDS // 60)


PAGES: Sequence[Page] = (Page("/how-this-works", how), Page("/privacy", privacy))
