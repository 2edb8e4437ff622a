"""`fingerpost record write`: what was read of a record, as a form."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fingerpost.cli.about import knowledge_option
from fingerpost.cli.shell import example, format_options, is_json, on_option, write

if TYPE_CHECKING:
    from fingerpost.knowledge.model import Knowledge
    from fingerpost.record.model import Record


@click.command(
    "write",
    epilog=example("fingerpost record write examples/amina_fhir.json --on 2026-11-22"),
    short_help="Write what was read of a record as a form.",
)
@click.argument("record", metavar="RECORD")
@on_option
@click.option(
    "--patient",
    metavar="ID",
    help="Whom to read of, where an export holds several people: the id of the Patient.",
)
@format_options
@knowledge_option
def write_form(
    record: str, on: dt.date, patient: str | None, form: str | None, output: Path | None
) -> None:
    """Write what was read of a record as a form: to check, correct by hand, and keep.

    RECORD is whatever `fingerpost options` reads; `-` reads standard input. Every finding keeps its
    words and the place where it stood. The form reads back to the same findings and treatments.
    """
    from fingerpost.cli.about import known
    from fingerpost.record.form.write import record_as_json, record_as_yaml

    knowledge = known()
    read = read_one(record, knowledge, on=on, patient=patient)
    write((record_as_json if is_json(form, output) else record_as_yaml)(read, knowledge), output)


def read_one(record: str, knowledge: Knowledge, *, on: dt.date, patient: str | None) -> Record:
    """The record of a file, or of standard input."""
    import fingerpost

    source, name = (
        (sys.stdin.buffer.read(), "standard input") if record == "-" else (Path(record), None)
    )
    # A record may be asked about an earlier day; only what lies ahead of today cannot have happened.
    latest = max(on, dt.date.today())
    return fingerpost.read_record(source, knowledge, on=latest, name=name, patient=patient)
