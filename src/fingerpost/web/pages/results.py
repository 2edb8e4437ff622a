"""What was found: which options fit, which might, which do not, and what to find out first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from fingerpost.report.documents import options_document
from fingerpost.web.exchange import Page

if TYPE_CHECKING:
    from starlette.responses import Response

    from fingerpost.report.contract import OptionsDocument
    from fingerpost.report.option_said import Audience
    from fingerpost.web.exchange import Exchange


def document_of(exchange: Exchange) -> OptionsDocument:
    """The whole answer in words, worked out once until an answer changes."""
    options = exchange.engine.options(exchange.session)
    audience: Audience = "professional" if exchange.is_professional else "patient"
    key = f"document {audience} {options.authority} {options.on} {exchange.language()}"
    kept = exchange.session.kept
    if key not in kept:
        kept[key] = options_document(options, audience=audience)
    return cast("OptionsDocument", kept[key])


def overview(exchange: Exchange) -> Response:
    """Everything at a glance."""
    return exchange.page("results.html.jinja", document=document_of(exchange))


PAGES: Sequence[Page] = (Page("/results", overview),)
