"""The commands about the knowledge: check, show, list."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fingerpost.cli.shell import example, format_options, is_json, on_option, write

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fingerpost.errors import Problem
    from fingerpost.knowledge.model import Knowledge

_KINDS = (
    *("options", "drugs", "facts", "tests", "sources", "cautions"),
    *("notices", "presumptions"),
)


@click.group(
    epilog=example("fingerpost knowledge list --kind drugs"),
    short_help="Check, show and list what is known.",
)
def knowledge() -> None:
    """Look into the knowledge: approved uses, medicines, facts, tests, sources, cautions."""


@knowledge.command(
    epilog=example("fingerpost knowledge check"),
    short_help="Check every knowledge file and say what is wrong.",
)
@click.option(
    "--knowledge",
    "directory",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Check the files in this folder instead of the project's own.",
)
@on_option
@format_options
def check(directory: Path | None, on: dt.date, form: str | None, output: Path | None) -> None:
    """Check every knowledge file and name file and line of what is wrong.

    Problems make the command fail; warnings are for a person to judge.
    """
    problems, read = _problems(directory, on)
    errors = sum(problem.severity == "error" for problem in problems)
    if is_json(form, output):
        from fingerpost.report.documents import as_json
        from fingerpost.report.knowledge_said import plain

        write(as_json({"ok": not errors, "problems": plain(problems)}), output)
    else:
        write("".join(f"{line}\n" for line in _lines(problems, errors, read)), output)
    click.get_current_context().exit(11 if errors else 0)


def _problems(directory: Path | None, on: dt.date) -> tuple[Sequence[Problem], Knowledge | None]:
    from fingerpost.errors import KnowledgeError
    from fingerpost.knowledge.check import check as look
    from fingerpost.knowledge.load import load_knowledge

    try:
        # Read anew, not from the cache: this is the command that must not trust it.
        read = load_knowledge(directory)
    except KnowledgeError as error:
        return error.problems, None
    return look(read, on), read


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
