"""The commands about records themselves."""

from __future__ import annotations

import click

from fingerpost.cli.record_split import split
from fingerpost.cli.shell import example


@click.group(
    epilog=example("fingerpost record split --help"),
    short_help="Take records apart.",
)
def record() -> None:
    """Work with records as they come: one person out of an export of many."""


record.add_command(split)
