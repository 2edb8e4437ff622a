"""The page of commands, read from the program's own help."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from tools.docs.markdown import page

WIDTH = 80
INTRO = """
Every command, as its own `--help` says it. The result goes to standard output, everything else to
standard error. A problem with the record ends with exit code 10, with the knowledge files 11, with
the way the program was called 12: see [Errors](errors.md).
"""


def all_commands() -> Iterator[click.Context]:
    """Give every command in the context that knows its full name, groups before what is in them."""
    from fingerpost.cli import main  # here, so that the other pages can be made without the program

    yield from walk(main, "fingerpost", None)


def walk(
    command: click.Command, name: str, parent: click.Context | None
) -> Iterator[click.Context]:
    """Give a command and all below it; hidden ones are left out."""
    settings = {**command.context_settings, "terminal_width": WIDTH, "max_content_width": WIDTH}
    context = click.Context(command, info_name=name, parent=parent, **settings)
    yield context
    if isinstance(command, click.Group):
        for word, below in sorted(command.commands.items()):
            if not below.hidden:
                yield from walk(below, word, context)


def command_pages(_root: Path) -> dict[Path, str]:
    """Write the page of all commands."""
    parts = [
        f"## `{context.command_path}`\n\n```text\n{context.get_help()}\n```"
        for context in all_commands()
    ]
    text = page("Commands", "src/fingerpost/cli", INTRO, *parts)
    return {Path("reference/cli.md"): text}
