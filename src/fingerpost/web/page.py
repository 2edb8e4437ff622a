"""The templates of the pages: those of the web on top of those of the reports."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment


@cache
def environment() -> Environment:
    """The templates, every value escaped, every missing name an error."""
    from jinja2 import ChoiceLoader, PackageLoader

    from fingerpost.report.html.pages import environment as of_reports

    loader = ChoiceLoader(
        [
            PackageLoader("fingerpost.web", "templates"),
            PackageLoader("fingerpost.report", "html"),
        ]
    )
    return of_reports().overlay(loader=loader)
