"""The command that writes the page to bring to a visit."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fingerpost.cli.about import knowledge_option
from fingerpost.cli.person import answer_of, authority_option
from fingerpost.cli.plan import with_guidelines
from fingerpost.cli.reading import Whose, whose_records
from fingerpost.cli.shell import Day, example, on_option, output_option, unwritable, write
from fingerpost.cli.spelling import spelled, spelling_option

if TYPE_CHECKING:
    from fingerpost.options.model import Options
    from fingerpost.report.html.pages import Paper
    from fingerpost.report.option_said import Audience
    from fingerpost.report.plan_contract import PlanDocument
    from fingerpost.report.spelling import Spelling
    from fingerpost.report.symptoms_said import SymptomsDocument

_FORMATS = {".json": "json", ".html": "html", ".htm": "html", ".pdf": "pdf"}
MATTERS = (
    "living_long",
    "feeling_well",
    "fewer_visits",
    "tablets",
    "keeping_hair",
    "avoiding_diarrhea",
    "avoiding_nerve_damage",
    "working_caring",
    "joining_trial",
    "having_children",
)


@click.command(
    epilog=example("fingerpost report examples/nora.json --on 2026-11-22"),
    short_help="Write the page to bring to a visit: text, HTML or PDF.",
)
@whose_records
@on_option
@authority_option
@click.option(
    "--option",
    "chosen",
    metavar="ID",
    multiple=True,
    help="Add pages about this option: visits, side effects, what trials found. May be repeated.",
)
@click.option(
    "--start", type=Day(), metavar="DAY", help="The first day of treatment, for the pages."
)
@click.option(
    "--matters",
    type=click.Choice(MATTERS),
    multiple=True,
    help="What matters most to you; it adds questions and changes nothing else. May be repeated.",
)
@click.option(
    "--audience",
    type=click.Choice(["patient", "professional"]),
    default="patient",
    show_default=True,
    help="For a patient: no doses, no thresholds, no figures that nobody has verified.",
)
@click.option(
    "--paper",
    type=click.Choice(["A4", "letter"]),
    default="A4",
    show_default=True,
    help="Page size.",
)
@spelling_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "html", "pdf", "json"]),
    help="Without it, the ending of --output says so: .html, .pdf or .json; else text.",
)
@output_option("Write there instead of to the screen.")
@knowledge_option
def report(  # noqa: PLR0913, PLR0917 (click hands over each option by name)
    whose: Whose,
    on: dt.date,
    authority: str,
    chosen: tuple[str, ...],
    start: dt.date | None,
    matters: tuple[str, ...],
    audience: Audience,
    paper: Paper,
    spelling: Spelling | None,
    form: str | None,
    output: Path | None,
) -> None:
    """Write the page to bring to a visit, on one sheet of paper.

    It says what the cancer is, what is known and not known, which tests to ask about, which options
    there are to talk about, what to ask, and when to call today. Options named with --option follow on
    pages of their own (HTML and PDF), with when to call once they have started.
    """
    found = with_guidelines(answer_of(whose, on, authority=authority))
    from fingerpost.report.sheet_said import sheet_document

    sheet = sheet_document(found, matters=matters)
    chosen_form = form or _FORMATS.get(output.suffix.lower() if output else "", "text")
    match chosen_form:
        case "json":
            from fingerpost.report.documents import as_json

            write(as_json(sheet), output)
        case "text":
            from fingerpost.report.text.sheet import sheet_text

            with spelled(spelling, authority, found.knowledge):
                text = sheet_text(sheet)
            write(text, output)
        case kind:
            from fingerpost.report.html.pages import as_pdf, report_as_html

            plans = [_plan(found, option, start, audience) for option in chosen]
            with spelled(spelling, authority, found.knowledge):
                html = report_as_html(
                    sheet,
                    plans,
                    started=[_started(found, option) for option in chosen],
                    paper=paper,
                    terms=found.knowledge.following.terms.values(),
                )
            if kind == "html":
                write(html, output)
            else:
                write_bytes(as_pdf(html), output)


def _plan(found: Options, option: str, start: dt.date | None, audience: Audience) -> PlanDocument:
    from fingerpost.plan.make import make_plan
    from fingerpost.report.plan_said import plan_document

    return plan_document(make_plan(found, option, start=start), found, audience=audience)


def _started(found: Options, option: str) -> SymptomsDocument:
    """When to call once this option has started."""
    from fingerpost.plan.started import option_named
    from fingerpost.plan.symptoms import Said
    from fingerpost.report.symptoms_said import symptoms_document

    return symptoms_document(
        found.facts,
        found.knowledge,
        said=Said(),
        on=found.on,
        authority=found.authority,
        option=option_named(option, found.knowledge),
    )


def write_bytes(content: bytes, output: Path | None) -> None:
    """What is no text, to the file that was named, or to standard output."""
    if output is None:
        click.echo(content, nl=False)
        return
    try:
        output.write_bytes(content)
    except OSError as error:
        raise unwritable(str(output), error) from None
