"""The commands about the knowledge: check, show, list."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fingerpost.cli.about import knowledge_option
from fingerpost.cli.shell import (
    Day,
    example,
    format_options,
    is_json,
    on_option,
    output_option,
    write,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fingerpost.errors import Problem
    from fingerpost.knowledge.model import Knowledge
    from fingerpost.options.proofs import Proofs

_KINDS = (
    *("options", "drugs", "facts", "tests", "sources", "cautions"),
    *("notices", "presumptions", "papers", "editions", "compared"),
)


@click.group(
    epilog=example("fingerpost knowledge list --kind drugs"),
    short_help="Check, show and list what is known.",
)
def knowledge() -> None:
    """Look into the knowledge: approved uses, medicines, facts, tests, sources, cautions."""


@knowledge.command(
    epilog=example("fingerpost knowledge check --quick"),
    short_help="Check every knowledge file and say what is wrong.",
)
@on_option
@format_options
@click.option("--quick", is_flag=True, help="Leave out the proofs, which take minutes.")
@click.option("--overlaps", is_flag=True, help="List the options that one person can fit together.")
@knowledge_option
def check(on: dt.date, quick: bool, overlaps: bool, form: str | None, output: Path | None) -> None:
    """Check every knowledge file and name file and line of what is wrong.

    Then every wording of every option is proven: that somebody can match it, somebody miss it by
    each condition alone, and somebody be left open; that every number decides; and which options
    of one medicine overlap. Problems make the command fail; warnings are for a person to judge.
    """
    if quick and overlaps:
        from fingerpost.errors import Problem, UsageError

        what = "--overlaps lists what the proofs find, and --quick leaves the proofs out"
        raise UsageError([Problem("wrong-usage", "--overlaps", what, "", "leave out --quick")])
    problems, read = _problems(on)
    proofs = None if quick or read is None else _proofs(read)
    if proofs is not None:
        problems = sorted([*problems, *proofs.problems], key=lambda problem: problem.severity)
    errors = sum(problem.severity == "error" for problem in problems)
    if is_json(form, output):
        from fingerpost.report.documents import as_json
        from fingerpost.report.knowledge_said import plain
        from fingerpost.report.proofs_said import proofs_said

        said = None if proofs is None else proofs_said(proofs)
        answer = {"ok": not errors, "problems": plain(problems), "proofs": said}
        write(as_json(answer), output)
    else:
        lines = _lines(problems, errors, read)
        if proofs is not None:
            from fingerpost.report.proofs_said import proofs_lines

            lines = [*proofs_lines(proofs, listing=overlaps), *lines]
        write("".join(f"{line}\n" for line in lines), output)
    click.get_current_context().exit(11 if errors else 0)


def _problems(on: dt.date) -> tuple[Sequence[Problem], Knowledge | None]:
    from fingerpost.cli.about import asked_folder
    from fingerpost.errors import KnowledgeError
    from fingerpost.knowledge.check import check as look
    from fingerpost.knowledge.load import load_knowledge

    try:
        # Read anew, not from the cache: this is the command that must not trust it.
        read = load_knowledge(asked_folder())
    except KnowledgeError as error:
        return error.problems, None
    return look(read, on), read


def _proofs(read: Knowledge) -> Proofs:
    """Every proof, with a bar on the terminal; as many at once as there are processors."""
    import os
    import sys

    from tqdm import tqdm

    from fingerpost.options.proofs import prove, wordings

    with tqdm(
        total=wordings(read),
        desc="Proving each wording of each option",
        unit="wording",
        leave=False,
        disable=not sys.stderr.isatty(),
    ) as bar:
        return prove(read, tell=bar.update, processes=os.cpu_count() or 1)


def _lines(problems: Sequence[Problem], errors: int, read: Knowledge | None) -> list[str]:
    lines = [
        f"{'' if problem.severity == 'error' else 'warning: '}{problem}" for problem in problems
    ]
    counts = f"{errors} errors, {len(problems) - errors} warnings"
    if read is None:
        return [*lines, counts]
    size = f"{len(read.options)} options, {len(read.drugs)} medicines, {len(read.facts)} facts"
    return [*lines, f"Knowledge {read.about.knowledge_version}: {size}. {counts}."]


@knowledge.command(
    epilog=example("fingerpost knowledge show letrozole"),
    short_help="Show one option, medicine, fact, test, source or rule.",
)
@click.argument("name", metavar="ID")
@format_options
@knowledge_option
def show(name: str, form: str | None, output: Path | None) -> None:
    """Show everything that is known under an id.

    ID is an option, a medicine (any of its names will do), a fact, a test, a source, a caution, a
    notice or a presumption. An option is shown with all its conditions, past ones too, and where each was read.
    """
    from fingerpost.cli.about import known
    from fingerpost.report.knowledge_said import find, plain
    from fingerpost.report.text.knowledge import thing_text

    everything = known()
    found = find(name, everything)
    if not found:
        _not_found(name, everything)
    if is_json(form, output):
        from fingerpost.report.documents import as_json

        things = [{"kind": kind, **_fields(plain(thing))} for kind, thing in found]
        write(as_json({"ok": True, "found": things}), output)
        return
    write("\n".join(thing_text(thing, everything) for _, thing in found), output)


def _fields(thing: object) -> dict[str, object]:
    return thing if isinstance(thing, dict) else {}


def _not_found(name: str, everything: Knowledge) -> None:
    import difflib

    from fingerpost.errors import Problem, UsageError
    from fingerpost.report.knowledge_said import KINDS, things_of

    ids = [each for kind in KINDS for each in things_of(kind, everything)]
    near = difflib.get_close_matches(name, ids, n=3)
    advice = " or ".join(near) or "fingerpost knowledge list"
    raise UsageError([Problem("unknown-id", "ID", f"nothing is known as `{name}`", "", advice)])


@knowledge.command(
    "list",
    epilog=example("fingerpost knowledge list --kind options"),
    short_help="List the ids of everything that is known.",
)
@click.option(
    "--kind",
    type=click.Choice(_KINDS),
    help="List only these.",
)
@format_options
@knowledge_option
def list_(kind: str | None, form: str | None, output: Path | None) -> None:
    """List the ids of everything that is known, each with what it is called."""
    from fingerpost.cli.about import known
    from fingerpost.report.knowledge_said import things_of, title_of
    from fingerpost.report.text.knowledge import list_text

    everything = known()
    titles = {
        each: {name: title_of(t, everything) for name, t in things_of(each, everything).items()}
        for each in ([kind] if kind else _KINDS)
    }
    if is_json(form, output):
        from fingerpost.report.documents import as_json

        write(as_json({"ok": True, **titles}), output)
        return
    blocks = [
        f"{'' if kind else f'{each}:' + chr(10)}{list_text(found)}"
        for each, found in titles.items()
    ]
    write("\n".join(blocks), output)


@knowledge.command(
    epilog=example("fingerpost knowledge diff 2026-01-01 2026-07-02 --authority ema"),
    short_help="Say what appeared, changed and left between two days, and for whom.",
)
@click.argument("earlier", metavar="DAY", type=Day())
@click.argument("later", metavar="DAY", type=Day())
@click.option("--authority", metavar="NAME", help="Only this authority: fda, ema, nice ...")
@click.option(
    "--drug", metavar="NAME", help="Only uses of this medicine; any of its names will do."
)
@knowledge_option
@format_options
def diff(  # noqa: PLR0913, PLR0917 (click hands over each option by name)
    earlier: dt.date,
    later: dt.date,
    authority: str | None,
    drug: str | None,
    form: str | None,
    output: Path | None,
) -> None:
    """Say which uses appeared, changed and left between two days, and for whom.

    Of each change stand the conditions that came and went, and an invented person whose answer it
    changed. Give the earlier DAY first.
    """
    from fingerpost.cli.about import check_authority, drug_named, known

    if later < earlier:
        _not_in_order(earlier, later)
    everything = known()
    if authority is not None:
        check_authority(authority, everything)
    from fingerpost.report.changed import changes_document, changes_text
    from fingerpost.report.documents import as_json

    wanted = None if drug is None else drug_named(drug, everything)
    document = changes_document(everything, earlier, later, authority=authority, drug=wanted)
    write(as_json(document) if is_json(form, output) else changes_text(document), output)


def _not_in_order(earlier: dt.date, later: dt.date) -> None:
    from fingerpost.errors import Problem, UsageError

    what = f"{later} lies before {earlier}"
    raise UsageError([Problem("wrong-usage", "DAY", what, "", f"{later} {earlier}")])


@knowledge.command(
    epilog=example("fingerpost knowledge people fda.elacestrant.advanced-esr1-after-endocrine"),
    short_help="Invent people who show an option's rule, as cases that can be run.",
)
@click.argument("name", metavar="OPTION")
@knowledge_option
@output_option("Write the cases to this file.")
def people(name: str, output: Path | None) -> None:
    """Invent people who show an option's rule, as cases that `fingerpost case` can run.

    Of each wording: somebody who matches, for each condition somebody who misses by it alone, and
    somebody who is left open. Read them against the label before you keep them: they show what the
    files say, which may not be what the label says.
    """
    from fingerpost.cli.about import known
    from fingerpost.options.proofs import prove
    from fingerpost.report.proofs_said import cases_text

    everything = known()
    if name not in everything.options:
        _not_found(name, everything)
    proofs = prove(everything, only=name)
    for problem in proofs.problems:
        click.echo(str(problem), err=True)
    if not proofs.shown and not proofs.problems:
        click.echo(f"{name} has no wording with conditions, so it fits nobody.", err=True)
    write(cases_text(proofs, everything), output)


@knowledge.command(
    epilog=example("fingerpost knowledge export -o knowledge.json"),
    short_help="Write everything that is known as one JSON document.",
)
@click.option(
    "--as",
    "shape",
    type=click.Choice(["fingerpost", "va-spec"]),
    default="fingerpost",
    show_default=True,
    help="fingerpost: everything. va-spec: what asks for a gene change, as GA4GH VA-Spec statements.",
)
@on_option
@knowledge_option
@output_option("Write the document to this file.")
def export(shape: str, on: dt.date, output: Path | None) -> None:
    """Write everything that is known as one JSON document (`fingerpost schema export`).

    VA-Spec statements are those of the options in force on the day; the whole knowledge holds all
    days. The knowledge is under CC BY 4.0.
    """
    from fingerpost.cli.about import known
    from fingerpost.report.documents import as_json

    everything = known()
    if shape == "va-spec":
        from fingerpost.report.va_spec import va_spec_statements

        write(as_json(va_spec_statements(everything, on)), output)
        return
    from fingerpost.report.export import export_document

    write(as_json(export_document(everything)), output)


@knowledge.command(
    epilog=example("fingerpost knowledge coverage"),
    short_help="Say how much is known: uses by authority, subtype and setting, claims by state.",
)
@on_option
@knowledge_option
@format_options
def coverage(on: dt.date, form: str | None, output: Path | None) -> None:
    """Say how much is known, and how far it was checked.

    Uses in force by authority, setting and subtype, and every claim by its state. A use is open to a
    subtype when it does not say no to somebody of whom only that is known.
    """
    from fingerpost.cli.about import known
    from fingerpost.report.coverage_said import coverage_document, coverage_text
    from fingerpost.report.documents import as_json

    document = coverage_document(known(), on)
    write(as_json(document) if is_json(form, output) else coverage_text(document), output)
