"""`fingerpost record write`: what was read of a record, as a form."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from fingerpost.cli.about import knowledge_option
from fingerpost.cli.reading import Whose, read_all, whose_records
from fingerpost.cli.shell import example, format_options, is_json, on_option, write


@click.command(
    "write",
    epilog=example("fingerpost record write examples/amina_fhir.json --on 2026-11-22"),
    short_help="Write what was read of a record as a form.",
)
@whose_records
@on_option
@format_options
@knowledge_option
def write_form(
    whose: Whose,
    on: dt.date,
    form: str | None,
    output: Path | None,
) -> None:
    """Write what was read of a record as a form: to check, correct by hand, and keep.

    RECORD is whatever `fingerpost options` reads; `-` reads standard input. Every finding keeps its
    words and the place where it stood. The form reads back to the same findings and treatments.
    """
    from fingerpost.cli.about import known
    from fingerpost.record.form.write import record_as_json, record_as_yaml

    knowledge = known()
    read = read_all(whose, knowledge, on)
    write((record_as_json if is_json(form, output) else record_as_yaml)(read, knowledge), output)
