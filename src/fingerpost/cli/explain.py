"""The command that explains a treatment, a test or a word."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from fingerpost.cli.about import knowledge_option
from fingerpost.cli.shell import example, output_option, write
from fingerpost.cli.spelling import spelled, spelling_option

if TYPE_CHECKING:
    from fingerpost.messages.spelling import Spelling

_FORMATS = {".html": "html", ".htm": "html", ".pdf": "pdf"}


@click.command(
    epilog=example("fingerpost explain cdk4_6_inhibitor"),
    short_help="Explain a kind of treatment, a test or a word, with a drawing.",
)
@click.argument("words", metavar="[ID]...", nargs=-1)
@spelling_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "html", "pdf"]),
    help="Without it, the ending of --output says so: .html or .pdf; else text.",
)
@output_option("Write there instead of to the screen; .html and .pdf hold the drawing.")
@knowledge_option
def explain(
    words: tuple[str, ...], spelling: Spelling | None, form: str | None, output: Path | None
) -> None:
    """Explain how a kind of treatment works, what a test shows, or what a word means.

    ID is an explainer, a medicine, a kind of medicine, a test or any word of the glossary, such as
    "line of therapy". Without it, everything that can be explained is listed.
    """
    from fingerpost.cli.about import known
    from fingerpost.report.explained import explained, explained_text, list_text

    everything = known()
    if not words:
        with spelled(spelling, None, everything):
            text = list_text(everything)
        write(text, output)
        return
    found = explained(" ".join(words), everything)
    match form or _FORMATS.get(output.suffix.lower() if output else "", "text"):
        case "text":
            with spelled(spelling, None, everything):
                text = explained_text(found, everything)
            write(text, output)
        case kind:
            from fingerpost.cli.report import write_bytes
            from fingerpost.report.html.pages import as_pdf, explained_as_html

            with spelled(spelling, None, everything):
                html = explained_as_html(found, everything)
            if kind == "html":
                write(html, output)
            else:
                write_bytes(as_pdf(html), output)
