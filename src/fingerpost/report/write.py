"""The whole way from an answer to text or JSON, for those who do not need the document between."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fingerpost.report.documents import (
    as_json,
    facts_document,
    missing_document,
    options_document,
)

if TYPE_CHECKING:
    from fingerpost.options.model import Options
    from fingerpost.report.option_said import Audience


def options_as_json(
    options: Options, *, explain: bool = False, audience: Audience = "professional"
) -> str:
    """Every option and its reasons as JSON; with `explain` each condition's whole trace."""
    return as_json(options_document(options, explain=explain, audience=audience))


def options_as_text(
    options: Options,
    *,
    explain: bool = False,
    brief: bool = False,
    audience: Audience = "professional",
) -> str:
    """Every option and its reasons as text for people.

    With `explain` nothing is left out; `brief` is the answer at a glance. For a patient, figures
    that nobody has verified are left out, and counted.
    """
    if brief:
        from fingerpost.report.text.brief import brief_text

        return brief_text(options_document(options, audience=audience))
    from fingerpost.report.text.options import options_text

    document = options_document(options, explain=explain, audience=audience)
    return options_text(document, explain=explain)


def facts_as_json(options: Options) -> str:
    """What was understood of the record, as JSON."""
    return as_json(facts_document(options))


def facts_as_text(options: Options) -> str:
    """What was understood of the record, as text for people."""
    from fingerpost.report.text.facts import facts_text

    return facts_text(facts_document(options))


def missing_as_json(options: Options) -> str:
    """What to find out, as JSON."""
    return as_json(missing_document(options))


def missing_as_text(options: Options) -> str:
    """What to find out, as text for people."""
    from fingerpost.report.text.missing import missing_text

    return missing_text(missing_document(options))


def review_as_json(options: Options) -> str:
    """What to look at in these records before a visit, as JSON."""
    from fingerpost.report.review_said import review_document

    return as_json(review_document(options))


def review_as_text(options: Options) -> str:
    """What to look at in these records before a visit, as text for people."""
    from fingerpost.report.review_said import review_document
    from fingerpost.report.text.review import review_text

    return review_text(review_document(options))
