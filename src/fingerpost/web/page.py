"""The templates of the pages: those of the web on top of those of the reports."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment


@cache
def environment() -> Environment:
    """The templates, every value escaped, every missing name an error."""
    from jinja2 import ChoiceLoader, PackageLoader

    from fingerpost.facts.derive import closed
    from fingerpost.report.conditions_said import written
    from fingerpost.report.html.pages import environment as of_reports
    from fingerpost.report.kinds_said import kind_words
    from fingerpost.report.plan_sources import weakest
    from fingerpost.report.plan_words import often_marked
    from fingerpost.report.text.layout import full_stop, partial_day
    from fingerpost.report.verdicts_said import MARKS, answer_words, section_words, verdict_words
    from fingerpost.web.told import in_english, placed, told

    loader = ChoiceLoader(
        [
            PackageLoader("fingerpost.web", "templates"),
            PackageLoader("fingerpost.report", "html"),
        ]
    )
    made = of_reports().overlay(loader=loader)
    # An overlay shares its filters with the reports; the words of the pages are ours alone.
    made.filters = {
        **made.filters,
        "answer": answer_words,
        "in_english": in_english,
        "kind": kind_words,
        "closed": closed,
        "full_stop": full_stop,
        "named": _named,
        "often": often_marked,
        "weakest": weakest,
        "partly": partial_day,
        "placed": placed,
        "section": section_words,
        "told": told,
        "verdict": verdict_words,
        "verdict_sign": MARKS.__getitem__,
        "written": written,
    }
    return made


def _named(name: str, names: Mapping[str, str]) -> str:
    return names.get(name, name)
