"""The commands about records themselves, before any option is looked for."""

from __future__ import annotations

import click

from fingerpost.cli.record_merge import merge
from fingerpost.cli.record_write import write_form
from fingerpost.cli.shell import example


@click.group(
    epilog=example("fingerpost record write examples/amina_fhir.json --on 2026-11-22"),
    short_help="Look over the records of a person.",
)
def record() -> None:
    """Look over somebody's records, bring them together, and write what was read as a form."""


record.add_command(merge)
record.add_command(write_form)
