"""The commands about records themselves, before any option is looked for."""

from __future__ import annotations

import click

from fingerpost.cli.record_lines import lines
from fingerpost.cli.shell import example


@click.group(
    epilog=example("fingerpost record lines examples/grace.yaml --on 2026-11-22"),
    short_help="Look over the records of a person.",
)
def record() -> None:
    """Look over somebody's records: the treatments so far, and what was made of them."""


record.add_command(lines)
