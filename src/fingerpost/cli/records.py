"""The commands about records themselves, before any option is looked for."""

from __future__ import annotations

import click

from fingerpost.cli.record_check import check
from fingerpost.cli.record_lines import lines
from fingerpost.cli.record_merge import merge
from fingerpost.cli.record_split import split
from fingerpost.cli.record_write import write_form
from fingerpost.cli.shell import example


@click.group(
    epilog=example("fingerpost record check examples/maria.yaml --on 2026-11-22"),
    short_help="Look over, write, merge and take apart records.",
)
def record() -> None:
    """Work with records themselves: what contradicts, what is too old, what is missing, and more."""


for _command in (check, write_form, merge, lines, split):
    record.add_command(_command)
