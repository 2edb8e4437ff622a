"""The command that shows what would follow from an option."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fingerpost.cli.about import knowledge_option
from fingerpost.cli.person import answer_of, authority_option
from fingerpost.cli.reading import Whose, whose_records
from fingerpost.cli.shell import Day, example, on_option, output_option, write
from fingerpost.cli.spelling import spelled, spelling_option

if TYPE_CHECKING:
    from fingerpost.messages.spelling import Spelling
    from fingerpost.options.model import Options
    from fingerpost.report.option_said import Audience
    from fingerpost.report.plan_contract import PlanDocument

_FORMATS = {".json": "json", ".ics": "ics", ".csv": "csv"}


@click.command(
    epilog=example(
        "fingerpost plan examples/maria.yaml --option fda.ribociclib.advanced-with-fulvestrant "
        "--on 2026-11-22 --start 2026-12-01"
    ),
    short_help="Show what would follow from an option: visits, tests, side effects, when to call.",
)
@whose_records
@on_option
@authority_option
@click.option("--option", "option", metavar="ID", help="The option. Without it, all are listed.")
@click.option(
    "--start",
    type=Day(),
    metavar="DAY",
    help="The first day of treatment. Without it: week 1, week 2.",
)
@click.option(
    "--weeks", type=int, default=26, show_default=True, help="How far to look ahead (1 to 260)."
)
@click.option(
    "--audience",
    type=click.Choice(["patient", "professional"]),
    default="professional",
    show_default=True,
    help="For a patient: no doses, no thresholds, no figures that nobody has verified.",
)
@click.option("--explain", is_flag=True, help="Every side effect, also the rare ones.")
@click.option(
    "--name-medicines",
    is_flag=True,
    help="In a calendar file, name medicines and tests. Without it, titles are neutral.",
)
@click.option("--remind", is_flag=True, help="In a calendar file, a reminder the day before.")
@spelling_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "ics", "csv"]),
    help="Without it, the ending of --output says so: .json, .ics or .csv; else text.",
)
@output_option("Write there instead of to the screen.")
@knowledge_option
def plan(  # noqa: PLR0913, PLR0917 (click hands over each option by name)
    whose: Whose,
    on: dt.date,
    authority: str,
    option: str | None,
    start: dt.date | None,
    weeks: int,
    audience: Audience,
    explain: bool,
    name_medicines: bool,
    remind: bool,
    spelling: Spelling | None,
    form: str | None,
    output: Path | None,
) -> None:
    """Show what would follow from an option: visits, tests, side effects, when to call.

    RECORD is read as by `fingerpost options`. The plan is a typical course from what labels say of the
    medicines; tests of one day stand together. Your team's written plan wins.
    """
    found = with_guidelines(answer_of(whose, on, authority=authority))
    if option is None:
        from fingerpost.report.text.choices import choices_text

        with spelled(spelling, authority, found.knowledge):
            text = choices_text(found)
        write(text, output)
        return
    from fingerpost.plan.make import make_plan
    from fingerpost.report.documents import as_json
    from fingerpost.report.plan_said import plan_document

    made = make_plan(found, option, start=start, weeks=weeks)
    document = plan_document(made, found, audience=audience)
    chosen = form or _FORMATS.get(output.suffix.lower() if output else "", "text")
    if chosen == "json":
        text = as_json(document)
    else:
        with spelled(spelling, authority, found.knowledge):
            match chosen:
                case "ics":
                    text = _calendar(document, name_medicines=name_medicines, remind=remind)
                case "csv":
                    text = _table(document)
                case _:
                    text = _text(document, explain=explain)
    write(text, output)


def _calendar(document: PlanDocument, *, name_medicines: bool, remind: bool) -> str:
    from fingerpost.report.calendar import plan_as_calendar

    return plan_as_calendar(document, name_medicines=name_medicines, remind=remind)


def _table(document: PlanDocument) -> str:
    from fingerpost.report.calendar import plan_as_csv

    return plan_as_csv(document)


def _text(document: PlanDocument, *, explain: bool) -> str:
    from fingerpost.report.text.plan import plan_text

    return plan_text(document, explain=explain)


def with_guidelines(options: Options) -> Options:
    """The answer with the guidelines' regimens beside it: they can be planned too."""
    import fingerpost

    if options.authority == "guideline":
        return options
    rules = fingerpost.RuleSet(options.knowledge, options.on, "guideline")
    return fingerpost.look_beside(options, [rules])
