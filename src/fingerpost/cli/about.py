"""Which program and which state of the knowledge this is, and the knowledge itself."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from fingerpost.knowledge.model import Knowledge

Command = TypeVar("Command", bound=Callable[..., Any])
_FOLDER = "fingerpost.knowledge"
_ABOUT = Path(__file__).parent.parent / "knowledge" / "data" / "about.yaml"


def version_line() -> str:
    """Both versions in one line; reads two lines of a file and no knowledge."""
    from fingerpost import __version__

    said = dict(re.findall(r"^(\w+): *(\S+)$", _ABOUT.read_text(encoding="utf-8"), re.MULTILINE))
    return (
        f"fingerpost {__version__}, knowledge {said.get('knowledge_version', 'unknown')} "
        f"(checked through {said.get('verified_through', 'unknown')})"
    )


def knowledge_option(command: Command) -> Command:
    """`--knowledge FOLDER`: a hospital's own files on top of the project's."""
    return click.option(
        "--knowledge",
        type=click.Path(file_okay=False, path_type=Path),
        metavar="FOLDER",
        expose_value=False,
        callback=_keep,
        help="Use the knowledge files of this folder on top of the project's own (or instead of them, "
        "if it has an about.yaml).",
    )(command)


def _keep(context: click.Context, _: click.Parameter, folder: Path | None) -> None:
    context.meta[_FOLDER] = folder


def asked_folder() -> Path | None:
    """The folder that `--knowledge` named, if any."""
    context = click.get_current_context(silent=True)
    return None if context is None else context.meta.get(_FOLDER)


def known() -> Knowledge:
    """The knowledge that was asked for, kept ready in this person's cache folder.

    The first time it takes some seconds, and a bar on the terminal says so. Files of a hospital are
    checked before they are used, and said on standard error.
    """
    from platformdirs import user_cache_path

    from fingerpost.knowledge import compiled
    from fingerpost.knowledge.load import content_of, files_of, local_files

    folder = asked_folder()
    contents = files_of(folder)
    content = content_of(contents)
    cache = user_cache_path("fingerpost", appauthor=False)
    found = compiled.read(cache, content)
    if found is None:
        found = _first_time(contents, content, local_files(contents))
        if folder is not None:
            _refuse_unsound(found, folder)
        compiled.write(cache, found)
    if found.local:
        own = ", ".join(found.local)
        click.echo(f"Knowledge files that are not the project's own: {own}", err=True)
    return found


def check_authority(authority: str, knowledge: Knowledge) -> None:
    """Refuse an authority of which nothing is known."""
    there = sorted({option.authority for option in knowledge.options.values()})
    if authority in there:
        return
    from fingerpost.errors import Problem, UsageError

    what = f"nothing is known of the authority `{authority}`"
    raise UsageError([Problem("unknown-authority", "--authority", what, "", ", ".join(there))])


def drug_named(name: str, knowledge: Knowledge) -> str:
    """The one medicine that has this name, whatever it is called: an id, a brand, another make.

    Raises:
        UsageError: no medicine or more than one has it; the closest names are told.
    """
    if name in knowledge.drugs:
        return name
    from fingerpost.errors import Problem, UsageError
    from fingerpost.record.drugs.names import names_of

    names = names_of(knowledge.drugs, knowledge.codes, knowledge.content)
    found = names.read(name)
    # A command is corrected by who typed it; only a record is read with its misspellings.
    as_it_is = all(part.certainty == "certain" for part in found.parts)
    if len(found.drugs) == 1 and as_it_is:
        return found.drugs[0]
    what = f"no medicine is known as `{name}`"
    if len(found.drugs) > 1 and as_it_is:
        what = f"`{name}` names {len(found.drugs)} medicines"
    advice = " or ".join(found.drugs or names.close_to(name)) or "fingerpost drugs"
    raise UsageError([Problem("unknown-drug", "DRUG", what, "", advice)])


def _refuse_unsound(found: Knowledge, folder: Path) -> None:
    """Files of a folder must pass the same checks as the project's own."""
    from fingerpost.errors import KnowledgeError
    from fingerpost.knowledge.check import check
    from fingerpost.knowledge.load import read_files

    own = set(read_files(folder))
    problems = check(found, found.about.version_day)
    from fingerpost.options.proofs import prove

    for option in found.options.values():
        if option.place.partition(":")[0] in found.local:
            problems += prove(found, only=option.id).problems
    errors = [p for p in problems if p.severity == "error" and p.where.split(":")[0] in own]
    if errors:
        raise KnowledgeError(errors)


def _first_time(
    contents: Mapping[str, bytes], content: str, local: tuple[str, ...] = ()
) -> Knowledge:
    from tqdm import tqdm

    from fingerpost.knowledge.strict import read_strictly

    with tqdm(
        total=len(contents),
        desc="Reading the knowledge (first time only)",
        unit="file",
        leave=False,
        disable=not sys.stderr.isatty(),
    ) as bar:
        return read_strictly(_Watched(contents, bar.update), content, local)


class _Watched(dict[str, bytes]):
    """The files, telling the bar each time one is read."""

    def __init__(self, contents: Mapping[str, bytes], tell: object) -> None:
        super().__init__(contents)
        self._tell = tell

    def __getitem__(self, name: str) -> bytes:
        self._tell(1)  # type: ignore[operator]
        return super().__getitem__(name)
