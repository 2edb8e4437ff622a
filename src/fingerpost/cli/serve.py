"""The command that opens the pages in the browser."""

from __future__ import annotations

import click

from fingerpost.cli.about import knowledge_option
from fingerpost.cli.shell import example


@click.command(
    epilog=example("fingerpost serve --no-browser --port 0 --stop-after 1"),
    short_help="Open the pages in the browser: questions, results, a page to print.",
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8300,
    show_default=True,
    help="Where to answer on this computer; 0 takes any free place.",
)
@click.option("--browser/--no-browser", default=True, help="Whether to open the browser.")
@click.option(
    "--stop-after",
    type=click.FloatRange(0),
    metavar="SECONDS",
    help="Stop by itself after so many seconds, to try that it starts.",
)
@knowledge_option
def serve(port: int, browser: bool, stop_after: float | None) -> None:
    """Open Fingerpost in the browser, for a person without any technical skill.

    The pages are answered on this computer only (127.0.0.1) and nothing is sent anywhere. Answers are
    kept in memory, and forgotten after half an hour without use or when this command ends (Ctrl+C).
    """
    from fingerpost.cli.about import known
    from fingerpost.web.serve import serve as run

    def say(address: str) -> None:
        click.echo(f"Fingerpost is open at {address} (Ctrl+C ends it)")

    run(known(), port=port, browser=browser, say=say, stop_after=stop_after)
