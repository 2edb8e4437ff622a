"""The commands about records themselves, before any option is looked for."""

from __future__ import annotations

import click

from fingerpost.cli.record_check import check
from fingerpost.cli.record_lines import lines
from fingerpost.cli.shell import example


@click.group(
    epilog=example("fingerpost record check examples/maria.yaml --on 2026-11-22"),
    short_help="Look over the records of a person.",
)
def record() -> None:
    """Look over somebody's records: what contradicts, what is missing, and the treatments in lines."""


for _command in (check, lines):
    record.add_command(_command)
