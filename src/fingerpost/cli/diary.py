"""The commands of the symptom diary: a private file on this computer, and nothing else."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fingerpost.cli.shell import Day, example, output_option, unwritable, write

if TYPE_CHECKING:
    from fingerpost.plan.diary import Entry

_FORMATS = {".json": "json", ".html": "html", ".htm": "html", ".pdf": "pdf"}
_SCALE = click.IntRange(0, 4)


def _file() -> Path:
    from fingerpost.plan.diary_file import usual_file

    return usual_file()


file_option = click.option(
    "--file",
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Where the diary is kept. Without it, one file in your own data folder.",
)


@click.group(
    epilog=example("fingerpost diary show"),
    short_help="Keep a private symptom diary on this computer.",
)
def diary() -> None:
    """Keep a private symptom diary on this computer, for the visit.

    It is one file that only you can read. It is sent nowhere, nothing else of Fingerpost reads it, and
    `fingerpost diary delete` removes it.
    """


@diary.command(
    epilog=example('fingerpost diary add nausea --how-bad 2 --note "after lunch"'),
    short_help="Write down a symptom.",
)
@click.argument("symptom")
@click.option(
    "--how-often", type=_SCALE, help="0 never, 1 rarely, 2 now and then, 3 often, 4 almost always."
)
@click.option(
    "--how-bad", type=_SCALE, help="0 not at all, 1 a little, 2 medium, 3 bad, 4 very bad."
)
@click.option(
    "--in-the-way",
    type=_SCALE,
    help="How much in the way of daily life: 0 not at all, 1 a little, 2 somewhat, 3 a lot, 4 I "
    "cannot do my daily things.",
)
@click.option("--note", help="Anything else, in your own words.")
@click.option(
    "--date",
    "on",
    type=Day(),
    metavar="DAY",
    default=lambda: dt.date.today(),
    show_default="today",
    help="The day on which it was so.",
)
@file_option
def add(  # noqa: PLR0913, PLR0917 (click hands over each option by name)
    symptom: str,
    how_often: int | None,
    how_bad: int | None,
    in_the_way: int | None,
    note: str | None,
    on: dt.date,
    file: Path | None,
) -> None:
    """Write down a symptom: what, how often, how bad, how much in the way."""
    from fingerpost.plan.diary import Entry, new_entry

    path = file or _file()
    entry = Entry(on, " ".join(symptom.split()), how_often, how_bad, in_the_way, note)
    _keep(path, new_entry(entry, dt.date.today(), _read(path)))
    click.echo(f"Noted. The diary has {len(_read(path))} entries: {path}")


@diary.command(
    epilog=example("fingerpost diary show --since 2026-11-01"),
    short_help="Show the diary, or print it as a page.",
)
@click.option("--since", type=Day(), metavar="DAY", help="Only entries from this day on.")
@click.option("--ascii", "plain", is_flag=True, help="Draw with plain signs only.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "html", "pdf"]),
    help="Without it, the ending of --output says so: .html, .pdf or .json; else text.",
)
@output_option("Write there instead of to the screen.")
@file_option
def show(
    since: dt.date | None, plain: bool, form: str | None, output: Path | None, file: Path | None
) -> None:
    """Show each symptom over time, as a picture and in words."""
    from fingerpost.plan.diary import diary_as_text

    entries = [e for e in _read(file or _file()) if since is None or e.on >= since]
    match form or _FORMATS.get(output.suffix.lower() if output else "", "text"):
        case "json":
            write(diary_as_text(entries), output)
        case "text":
            from fingerpost.report.text.diary import diary_text

            write(diary_text(entries, blocks=not plain), output)
        case kind:
            from fingerpost.cli.report import write_bytes
            from fingerpost.report.html.pages import as_pdf, diary_as_html

            html = diary_as_html(entries)
            if kind == "html":
                write(html, output)
            else:
                write_bytes(as_pdf(html), output)


@diary.command(
    epilog=example("fingerpost diary delete --yes"),
    short_help="Delete the whole diary.",
)
@click.option("--yes", is_flag=True, help="Do not ask.")
@file_option
def delete(yes: bool, file: Path | None) -> None:
    """Delete the whole diary. It cannot be brought back."""
    path = file or _file()
    count = len(_read(path))
    if not path.exists():
        click.echo("There is no diary.")
        return
    if not yes and not click.confirm(f"Delete the diary with {count} entries ({path})?"):
        click.echo("Nothing was deleted.")
        return
    path.unlink()
    click.echo("The diary is deleted.")


def _read(path: Path) -> tuple[Entry, ...]:
    from fingerpost.plan.diary_file import entries_in

    return entries_in(path)


def _keep(path: Path, entries: tuple[Entry, ...]) -> None:
    from fingerpost.plan.diary_file import keep_entries

    try:
        keep_entries(path, entries)
    except OSError as error:
        raise unwritable(str(path), error) from None
