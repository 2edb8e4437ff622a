"""`fingerpost record merge`: several records of one person as one form."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from fingerpost.cli.about import knowledge_option
from fingerpost.cli.reading import Whose, read_each, whose_records
from fingerpost.cli.shell import example, is_json, on_option, output_option, write


@click.command(
    epilog=example(
        "fingerpost record merge examples/amina_fhir.json examples/amina_notes.yaml --on 2026-11-22"
    ),
    short_help="Bring several records of one person together.",
)
@whose_records
@on_option
@output_option("Write the merged form to this file: YAML, or JSON if it ends in .json.")
@knowledge_option
def merge(
    whose: Whose,
    on: dt.date,
    output: Path | None,
) -> None:
    """Bring several records of one person together, and say what was found.

    Told are what each record holds, what several tell alike, and what contradicts. With -o the
    merged record is written as a form, in which every finding names the records it is from.
    """
    import fingerpost
    from fingerpost.cli.about import known

    knowledge = known()
    read = read_each(whose, knowledge, on)
    merged = fingerpost.merge_records(read, knowledge, same_person=whose.same_person)
    if output is not None:
        as_form = fingerpost.record_as_json if is_json(None, output) else fingerpost.record_as_yaml
        write(as_form(merged, knowledge), output)
    from fingerpost.report.text.merged import merged_text

    click.echo(merged_text(read, merged, knowledge), nl=False)
