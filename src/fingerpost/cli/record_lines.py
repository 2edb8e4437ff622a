"""The command that shows the lines of therapy of a record."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import click

from fingerpost.cli.about import knowledge_option
from fingerpost.cli.reading import Whose, read_all, whose_records
from fingerpost.cli.shell import example, format_options, is_json, on_option, write


@click.command(
    epilog=example("fingerpost record lines examples/maria.yaml --on 2026-11-22"),
    short_help="Show the lines of therapy of a record, and why each began and ended.",
)
@whose_records
@on_option
@click.option("--ascii", "plain", is_flag=True, help="Draw the time line with plain signs only.")
@format_options
@knowledge_option
def lines(
    whose: Whose,
    on: dt.date,
    plain: bool,
    form: str | None,
    output: Path | None,
) -> None:
    """Show which treatments were one line of therapy, and every decision that led there.

    RECORD is a form (YAML or JSON) or a FHIR export; `-` reads standard input. What the rules cannot
    settle from the record stays open, and what is missing is said. The rules and their sources are in
    docs/reference/lines.md; how they work together is told in docs/explanation/lines-of-therapy.md.
    """
    import fingerpost
    from fingerpost.cli.about import known
    from fingerpost.report.documents import as_json
    from fingerpost.report.lines_said import lines_document
    from fingerpost.report.text.lines import lines_text

    knowledge = known()
    read = read_all(whose, knowledge, on)
    document = lines_document(fingerpost.derive(read, knowledge, on), knowledge, on)
    if is_json(form, output):
        write(as_json(document), output)
    else:
        write(lines_text(document, blocks=not plain and _can_draw(output)), output)


def _can_draw(output: Path | None) -> bool:
    """Whether blocks can be written there; a file is UTF-8."""
    if output is not None:
        return True
    try:
        "\N{FULL BLOCK}\N{LIGHT SHADE}\N{BLACK UP-POINTING TRIANGLE}".encode(
            sys.stdout.encoding or "ascii"
        )
    except (UnicodeEncodeError, LookupError):
        return False
    return True
