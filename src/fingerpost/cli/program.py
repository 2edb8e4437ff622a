"""The program and its commands. Everything heavy is imported inside a command, when it runs."""

from __future__ import annotations

import click

from fingerpost.cli.about import version_line
from fingerpost.cli.cases import case
from fingerpost.cli.diary import diary
from fingerpost.cli.explain import explain
from fingerpost.cli.knowledge import knowledge
from fingerpost.cli.medicines import compare, drugs, name
from fingerpost.cli.person import facts, missing, options
from fingerpost.cli.plan import plan
from fingerpost.cli.records import record
from fingerpost.cli.report import report
from fingerpost.cli.reports import read
from fingerpost.cli.schemas import schema
from fingerpost.cli.serve import serve
from fingerpost.cli.shell import Program, example
from fingerpost.cli.symptoms import symptoms
from fingerpost.cli.tables import table


def _print_version(context: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked and not context.resilient_parsing:
        click.echo(version_line())
        context.exit()


@click.group(
    cls=Program,
    epilog=example("fingerpost options examples/maria.yaml --on 2026-11-22"),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Say which version of the program and of the knowledge this is.",
)
def main() -> None:
    """See which approved breast cancer treatments match a record, which do not, and why.

    Fingerpost supports decisions and never makes them. It is for research and education. It runs on
    this computer, sends nothing anywhere and keeps nothing of a record. (A symptom diary is a file of
    your own, if you write one.)
    """


for _command in (
    options,
    facts,
    missing,
    plan,
    report,
    diary,
    explain,
    serve,
    symptoms,
    read,
    record,
    table,
    compare,
    drugs,
    name,
    case,
    knowledge,
    schema,
):
    main.add_command(_command)
