"""The commands about one person: options, facts, missing."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fingerpost.cli.about import knowledge_option
from fingerpost.cli.reading import Whose, read_all, whose_records
from fingerpost.cli.shell import example, format_options, is_json, on_option, write
from fingerpost.cli.spelling import language_option

if TYPE_CHECKING:
    from fingerpost.options.model import Options
    from fingerpost.report.option_said import Audience

authority_option = click.option(
    "--authority",
    metavar="NAME",
    default="fda",
    show_default=True,
    help="Whose approvals to look at.",
)


@click.command(
    epilog=example("fingerpost options examples/maria.yaml --on 2026-11-22"),
    short_help="Show every approved option: which match, which do not, and why.",
)
@whose_records
@language_option
@on_option
@authority_option
@click.option("--explain", is_flag=True, help="Leave nothing out: every condition of every option.")
@click.option(
    "--audience",
    type=click.Choice(["patient", "professional"]),
    default="professional",
    show_default=True,
    help="For a patient, figures that nobody has verified are left out.",
)
@click.option("--brief", is_flag=True, help="The answer at a glance, as text.")
@format_options
@knowledge_option
def options(  # noqa: PLR0913, PLR0917 (click hands over each option by name)
    whose: Whose,
    on: dt.date,
    authority: str,
    explain: bool,
    audience: Audience,
    brief: bool,
    form: str | None,
    output: Path | None,
) -> None:
    """Show every approved treatment option for a record: which match, which do not, and why.

    RECORD is a form (YAML or JSON), a FHIR export, a pathology report (text or PDF), or a table with
    --mapping; `-` reads standard input. Several records of one person are brought together, and every
    finding names the record it is from. Every condition of a label is answered yes, no or unknown, with
    the label's words and what in the record answered it.
    The order is not a ranking, and the answer is not a decision.
    """
    found = _beside(answer_of(whose, on, authority=authority))
    from fingerpost.report.write import options_as_json, options_as_text

    if is_json(form, output):
        write(options_as_json(found, explain=explain, audience=audience), output)
    else:
        at_a_glance = brief and not explain
        text = options_as_text(found, explain=explain, brief=at_a_glance, audience=audience)
        write(text, output)


@click.command(
    epilog=example("fingerpost facts examples/maria.yaml --on 2026-11-22"),
    short_help="Show what was understood of a record.",
)
@whose_records
@language_option
@on_option
@format_options
@knowledge_option
def facts(
    whose: Whose,
    on: dt.date,
    form: str | None,
    output: Path | None,
) -> None:
    """Show what was understood of a record, and what follows from it.

    Every fact stands with the finding that counts, the findings that were passed over, and why.
    Look at this before you read the options.
    """
    found = answer_of(whose, on)
    from fingerpost.report.write import facts_as_json, facts_as_text

    write((facts_as_json if is_json(form, output) else facts_as_text)(found), output)


@click.command(
    epilog=example("fingerpost missing examples/maria.yaml --on 2026-11-22"),
    short_help="Show which missing tests and answers would settle most.",
)
@whose_records
@language_option
@on_option
@authority_option
@format_options
@knowledge_option
def missing(
    whose: Whose,
    on: dt.date,
    authority: str,
    form: str | None,
    output: Path | None,
) -> None:
    """Show which missing tests and answers would settle most of the open options.

    Every way a result may turn out is tried, none is guessed to be likelier. At the end stands what
    it takes until nothing is open.
    """
    found = answer_of(whose, on, authority=authority, pairs=True)
    from fingerpost.report.write import missing_as_json, missing_as_text

    write((missing_as_json if is_json(form, output) else missing_as_text)(found), output)


def answer_of(whose: Whose, on: dt.date, *, authority: str = "fda", pairs: bool = False) -> Options:
    """Read the records and look for the options: what every command about a person begins with."""
    from fingerpost.cli.about import check_authority, known

    knowledge = known()
    check_authority(authority, knowledge)

    import fingerpost

    read = read_all(whose, knowledge, on)
    rules = fingerpost.RuleSet(knowledge, on, authority)
    return fingerpost.find_options(fingerpost.derive(read, knowledge, on), rules, pairs=pairs)


def _beside(options: Options) -> Options:
    """The answer with the other authorities' word and the guidelines' regimens beside it."""
    import fingerpost
    from fingerpost.options.beside import BESIDE

    others = [
        fingerpost.RuleSet(options.knowledge, options.on, authority)
        for authority in BESIDE
        if authority != options.authority
    ]
    return fingerpost.look_beside(options, others)
