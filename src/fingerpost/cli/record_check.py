"""The command that looks over somebody's records before a visit."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from fingerpost.cli.about import knowledge_option
from fingerpost.cli.person import answer_of
from fingerpost.cli.reading import Whose, whose_records
from fingerpost.cli.shell import example, format_options, is_json, on_option, write


@click.command(
    epilog=example("fingerpost record check examples/maria.yaml --on 2026-11-22"),
    short_help="Say what contradicts, is too old or is missing, before a visit.",
)
@whose_records
@on_option
@format_options
@knowledge_option
def check(
    whose: Whose,
    on: dt.date,
    form: str | None,
    output: Path | None,
) -> None:
    """Look over the records of one person before a visit: one list, and what to ask for.

    It tells what does not fit together (two results, a status that its own measurements
    contradict, receptors that changed), what is too old or was named by older rules, what is
    awaited, and what is missing. That something is missing says nothing about whether it was tested.
    """
    found = answer_of(whose, on)
    from fingerpost.report.write import review_as_json, review_as_text

    write((review_as_json if is_json(form, output) else review_as_text)(found), output)
