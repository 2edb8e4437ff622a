"""The command that reads the text of a report."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fingerpost.cli.about import knowledge_option
from fingerpost.cli.shell import example, format_options, is_json, keep_inputs, on_option, write

if TYPE_CHECKING:
    from fingerpost.knowledge.model import Knowledge
    from fingerpost.record.pathology.read import Reading


@click.command(
    epilog=example("fingerpost read examples/report.txt"),
    short_help="Read the text of a pathology report, and show what was read where.",
)
@click.argument("report", metavar="REPORT")
@click.option("--show", is_flag=True, help="Print the text, with what was read marked.")
@on_option
@format_options
@knowledge_option
def read(report: str, show: bool, on: dt.date, form: str | None, output: Path | None) -> None:
    """Read the text of a pathology report or a letter: receptors, and the words they were read from.

    REPORT is a text; `-` reads standard input. Every finding stands with its words and its line.
    What the report leaves open (pending, done elsewhere) stays open, and results of the history, of
    carcinoma in situ or of controls are no answer. The same file can be given to `fingerpost options`.
    """
    from fingerpost.cli.about import known

    keep_inputs(output, [report])
    knowledge = known()
    reading = _reading(report, knowledge, on)
    if show:
        write(_shown(reading, colours=output is None and sys.stdout.isatty()), output)
        return
    from fingerpost.facts.receptor_status import statuses_of
    from fingerpost.report.reading_said import read_document

    document = read_document(reading, statuses_of(reading, knowledge, on), knowledge, on)
    if is_json(form, output):
        from fingerpost.report.documents import as_json

        write(as_json(document), output)
        return
    from fingerpost.report.text.reading import reading_text

    write(reading_text(document), output)


def _reading(report: str, knowledge: Knowledge, on: dt.date) -> Reading:
    from fingerpost.record.dictionaries import dictionaries_for
    from fingerpost.record.read import read_report_file

    source, name = (
        (sys.stdin.buffer.read(), "standard input") if report == "-" else (Path(report), None)
    )
    dictionaries = dictionaries_for(knowledge, max(on, dt.date.today()))
    reading = read_report_file(source, dictionaries, name)
    # Beside the answer, so that neither the marked text nor the JSON changes.
    for message in reading.messages:
        advice = (
            f" {message.try_this[:1].upper()}{message.try_this[1:]}." if message.try_this else ""
        )
        click.echo(f"note: {message.where}: {message.what}.{advice}", err=True)
    return reading


def _shown(reading: Reading, *, colours: bool) -> str:
    """The report with what was read marked: in colour on a terminal, in brackets elsewhere."""
    from fingerpost.report.text.reading import marked

    text, statements = reading.report.text, reading.statements
    before, after = ("\x1b[7m", "\x1b[0m") if colours else ("\u27e6", "\u27e7")
    # A report may hold signs that steer a terminal: what is shown has none.
    plain = "".join(sign if sign.isprintable() or sign in "\n\t" else " " for sign in text)
    shown = marked(plain, [(each.start, each.end) for each in statements], before, after)
    return shown if shown.endswith("\n") else f"{shown}\n"
