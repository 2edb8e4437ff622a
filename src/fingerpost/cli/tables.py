"""The commands about tables of people: map, check, read, and what an OMOP database needs."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO, TypeVar

import click

from fingerpost.cli.about import knowledge_option
from fingerpost.cli.shell import (
    example,
    format_options,
    is_json,
    keep_inputs,
    on_option,
    output_option,
    unwritable,
    write,
)

if TYPE_CHECKING:
    from fingerpost.record.dictionaries import Dictionaries
    from fingerpost.record.omop.read import Omop
    from fingerpost.record.table.people import Tables

Command = TypeVar("Command", bound=Callable[..., Any])
_FILE = click.Path(path_type=Path)
_mapping = click.option(
    "--mapping",
    metavar="NAME|FILE",
    help="How the table is to be read: a mapping file, or the name of one that is shipped.",
)
_sheet = click.option("--sheet", metavar="NAME", help="Which sheet of an Excel file.")
_panel = click.option(
    "--panel",
    type=_FILE,
    metavar="FILE",
    help="The genes that were sequenced: a gene panel file of cBioPortal, or one gene a line.",
)


@click.group(
    epilog=example(
        "fingerpost table check examples/tables/cohort.csv --mapping examples/tables/cohort.mapping.yaml"
    ),
    short_help="Read tables of people: CSV, TSV, Parquet, Excel, OMOP.",
)
def table() -> None:
    """Read tables of people (CSV, TSV, Parquet, Excel) by a mapping file, and OMOP databases.

    `map` proposes a mapping from what stands in a table, `check` says what can be read with it, and
    `read` writes the records. Nothing leaves this computer.
    """


@table.command(
    "map",
    epilog=example("fingerpost table map examples/tables/cohort.csv"),
    short_help="Propose a mapping file from the header and the words of a table.",
)
@click.argument("file", metavar="FILE", type=_FILE)
@_sheet
@output_option("Write the mapping to this file.")
@knowledge_option
def map_(file: Path, sheet: str | None, output: Path | None) -> None:
    """Propose a mapping file from the header and the words of a table.

    Only columns that are sure are written out: the name is that of one fact, and all words are
    understood. Near ones are listed as comments with what speaks for and against them, and so are
    columns that could not be placed. The proposal shows words of the table, so keep it as you keep
    the table.
    """
    from fingerpost.record.table.faults import Faults
    from fingerpost.record.table.mapping import TableShape
    from fingerpost.record.table.proposal_text import as_yaml
    from fingerpost.record.table.propose import propose
    from fingerpost.record.table.workspace import Workspace

    keep_inputs(output, [file])
    dictionaries = _dictionaries(None)
    faults = Faults()
    with Workspace() as workspace:
        loaded = workspace.load(file, TableShape(sheet=sheet), faults)
        faults.stop()
        proposal = propose(workspace, loaded, dictionaries)
    write(as_yaml(proposal, file.stem), output)
    left = len(proposal.candidates)
    counts = f"{len(proposal.placed)} columns placed, {left} not sure, {len(proposal.unplaced)} not placed"
    click.echo(counts, err=True)


@table.command(
    epilog=example(
        "fingerpost table check examples/tables/cohort.csv --mapping examples/tables/cohort.mapping.yaml"
    ),
    short_help="Say how much of a table can be read with a mapping.",
)
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=_FILE)
@_mapping
@_sheet
@_panel
@on_option
@format_options
@knowledge_option
def check(  # noqa: PLR0913, PLR0917 (click hands over each option by name)
    files: tuple[Path, ...],
    mapping: str | None,
    sheet: str | None,
    panel: Path | None,
    on: dt.date,
    form: str | None,
    output: Path | None,
) -> None:
    """Say how much of a table can be read with a mapping, column by column.

    Each column stands with how many of its cells were read, say that there is no value, are empty,
    or were not understood, and with the words that were not. Those words come from the table.
    """
    keep_inputs(output, [*files, mapping, panel])
    with _tables(files, mapping, on, sheet=sheet, panel=panel) as tables:
        people = sum(1 for _ in _with_bar(tables, None))
        from fingerpost.report.documents import as_json
        from fingerpost.report.text.tables import check_document, check_lines

        if is_json(form, output):
            write(as_json({"ok": True, **check_document(tables, people)}), output)
        else:
            write("".join(f"{line}\n" for line in check_lines(tables, people)), output)


@table.command(
    epilog=example(
        "fingerpost table read examples/tables/cohort.csv --mapping examples/tables/cohort.mapping.yaml --patient P-01"
    ),
    short_help="Write the records of a table: one person as a form, or all as NDJSON.",
)
@click.argument("files", nargs=-1, metavar="[FILE...]", type=_FILE)
@_mapping
@click.option(
    "--omop",
    type=_FILE,
    metavar="DATABASE",
    help="Read an OMOP CDM 5.4 instead: a DuckDB file, or a folder of Parquet or CSV tables.",
)
@click.option(
    "--cohort",
    type=int,
    metavar="NUMBER",
    help="Only people of this cohort_definition_id, up to the day on which they entered it.",
)
@click.option("--patient", metavar="ID", help="Only this person, as a form.")
@_sheet
@_panel
@on_option
@output_option("Write the records to this file.")
@knowledge_option
def read(  # noqa: PLR0913, PLR0917 (click hands over each option by name)
    files: tuple[Path, ...],
    mapping: str | None,
    omop: Path | None,
    cohort: int | None,
    patient: str | None,
    sheet: str | None,
    panel: Path | None,
    on: dt.date,
    output: Path | None,
) -> None:
    """Write the records of a table: one person as a form, or everybody as NDJSON.

    With --patient, the record is a form in JSON that every other command reads. Without, each line
    holds one person: `patient`, `record` (a form) and `messages`. What could not be understood is
    in the record as not understood, never left out. A summary with counts goes to standard error.
    """
    keep_inputs(output, [*files, mapping, panel, omop])
    if omop is not None:
        if files or mapping:
            raise _wrong("--omop reads a whole database, so it takes neither FILE nor --mapping")
        with _omop(omop, on, cohort) as database:
            _write_records(database, patient, output)
            for kind, count in database.orphans.items():
                click.echo(f"{kind}: {count} rows belong to nobody in `person`", err=True)
        return
    if cohort is not None:
        raise _wrong("--cohort is for an OMOP database (--omop)")
    if not files:
        raise _wrong("name the files of the table, or a database with --omop")
    with _tables(files, mapping, on, sheet=sheet, panel=panel) as tables:
        people = _write_records(tables, patient, output)
        from fingerpost.report.text.tables import summary_lines

        for line in summary_lines(tables, people):
            click.echo(line, err=True)


@table.command(
    epilog=example("fingerpost table omop-codes"),
    short_help="Print the codes that the OMOP views join to, as CSV.",
)
@output_option("Write the codes to this file.")
@knowledge_option
def omop_codes(output: Path | None) -> None:
    """Print the codes that Fingerpost understands (vocabulary_id, concept_code), as CSV.

    The views of `omop-sql` join to a table with these, so that they return what can be read.
    """
    from fingerpost.record.omop.codes import codes_as_csv

    write(codes_as_csv(_dictionaries(None).codes), output)


@table.command(
    epilog=example("fingerpost table omop-sql"),
    short_help="Print the SQL views over an OMOP CDM 5.4.",
)
@output_option("Write the SQL to this file.")
def omop_sql(output: Path | None) -> None:
    """Print the SQL views that give findings and treatments of an OMOP CDM 5.4, keyed by person.

    They run on DuckDB, PostgreSQL and Spark over the site's own concept tables.
    """
    from fingerpost.record.omop.tables import VIEWS

    write(VIEWS.read_text(encoding="utf-8"), output)


# --- what the commands share --------------------------------------------------------------


def _dictionaries(on: dt.date | None) -> Dictionaries:
    from fingerpost.cli.about import known
    from fingerpost.record.dictionaries import dictionaries_for

    return dictionaries_for(known(), on)


@contextmanager
def _tables(
    files: tuple[Path, ...],
    mapping: str | None,
    on: dt.date,
    *,
    sheet: str | None,
    panel: Path | None,
) -> Iterator[Tables]:
    from fingerpost.record.table.mapping_file import read_mapping, shipped_mappings
    from fingerpost.record.table.people import open_tables
    from fingerpost.record.table.workspace import Workspace

    if mapping is None:
        names = ", ".join(shipped_mappings())
        raise _wrong(f"say with --mapping how to read this table: a file, or one of {names}")
    dictionaries = _dictionaries(max(on, dt.date.today()))
    shape = read_mapping(mapping, dictionaries)
    with Workspace() as workspace:
        yield open_tables(files, shape, dictionaries, workspace, sheet=sheet, panel=panel)


@contextmanager
def _omop(database: Path, on: dt.date, cohort: int | None) -> Iterator[Omop]:
    from fingerpost.record.omop.read import open_omop
    from fingerpost.record.table.workspace import Workspace

    dictionaries = _dictionaries(max(on, dt.date.today()))
    with Workspace() as workspace:
        yield open_omop(database, dictionaries, workspace, cohort=cohort)


def _with_bar(source: Tables | Omop, patient: str | None) -> Iterator[Any]:
    """Every person, with a bar on the terminal."""
    from tqdm import tqdm

    shown = sys.stderr.isatty()
    total = source.count() if patient is None and shown else None
    yield from tqdm(
        source.people(patient),
        total=total,
        desc="Reading people",
        unit="person",
        leave=False,
        disable=not shown,
    )


def _write_records(source: Tables | Omop, patient: str | None, output: Path | None) -> int:
    """Write one person as a form or everybody as NDJSON, one at a time; and how many there were."""
    import json

    from fingerpost.cli.about import known
    from fingerpost.record.form.write import form_tree, record_as_json

    knowledge = known()
    count = 0
    with _opened(output) as target:
        for person in _with_bar(source, patient):
            count += 1
            if patient is None:
                line = {"patient": person.id, "record": form_tree(person.record, knowledge)}
                said = json.dumps(line, ensure_ascii=False) + "\n"
            else:
                said = record_as_json(person.record, knowledge)
                _tell_notes(len(person.record.messages))
            target.write(said)
    if patient is not None and not count:
        from fingerpost.record.table.faults import refused

        what = "nobody in this table has this id"
        raise refused("no-such-person", "--patient", what, "write the id as the table does")
    return count


def _tell_notes(count: int) -> None:
    if count:
        notes = "1 note" if count == 1 else f"{count} notes"
        click.echo(f"{notes} on how it was read: see `fingerpost facts`", err=True)


@contextmanager
def _opened(output: Path | None) -> Iterator[TextIO]:
    if output is None:
        yield sys.stdout
        return
    try:
        file = output.open("w", encoding="utf-8")
    except OSError as error:
        raise unwritable(str(output), error) from None
    with file:
        yield file


def _wrong(what: str) -> Exception:
    from fingerpost.errors import Problem, UsageError

    return UsageError(
        [Problem("wrong-usage", "fingerpost table", what, "", "fingerpost table --help")]
    )
