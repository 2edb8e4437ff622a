"""The door to the knowledge: reads the files, or their compiled form when nothing has changed.

`python -m fingerpost.knowledge.load [DIRECTORY]` prints every problem of every file.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from fingerpost.errors import KnowledgeError, Problem
from fingerpost.knowledge.model import Knowledge

DATA = Path(__file__).parent / "data"


def load_knowledge(directory: Path | None = None, *, cache: Path | None = None) -> Knowledge:
    """Everything that is known, from the project's own files, with those of a folder on top.

    Args:
        directory: A folder of knowledge files. One that has an about.yaml is a knowledge of its own
            and stands instead of the project's; any other lies on top of it (see `files_of`).
        cache: A folder, chosen by a door, where the checked form of the files is kept under a name
            made from their content, and read from as long as nothing changes.

    Raises:
        KnowledgeError: with every problem of every file.
    """
    contents = files_of(directory)
    content = content_of(contents)
    if cache is not None:
        from fingerpost.knowledge import compiled

        found = compiled.read(cache, content)
        if found is not None:
            return found
    # Only here, so that the usual start needs neither YAML nor pydantic.
    from fingerpost.knowledge.strict import read_strictly

    knowledge = read_strictly(contents, content, local_files(contents))
    if cache is not None:
        compiled.write(cache, knowledge)
    return knowledge


def files_of(directory: Path | None) -> dict[str, bytes]:
    """The project's own files, and those of a folder on top; or the folder's alone.

    A folder on top adds files. It cannot stand in for one of the project's: two readings of one
    thing under one name would be told as one.

    Raises:
        KnowledgeError: the folder cannot be read, or has a file that the project has.
    """
    if directory is None:
        return read_files(DATA)
    own = read_files(directory)
    if "about.yaml" in own:
        return own
    base = read_files(DATA)
    problems = [_taken(name) for name in sorted(own.keys() & base.keys())]
    if not own:
        what = "there is no knowledge file in this folder"
        problems.append(
            Problem("missing-file", str(directory), what, "", "options/local/<drug>.yaml")
        )
    if problems:
        raise KnowledgeError(problems)
    return {**base, **own}


def _taken(name: str) -> Problem:
    what = "the project has a file of this name"
    why = "Files on top add to the project's and never stand in for one"
    advice = "give it another name, such as one that ends in _local.yaml"
    return Problem("taken-name", name, what, why, advice)


def local_files(contents: Mapping[str, bytes]) -> tuple[str, ...]:
    """Which of these files lie on top of the project's; none where they stand instead of it."""
    if contents.get("about.yaml") != (DATA / "about.yaml").read_bytes():
        return ()
    return tuple(sorted(name for name in contents if not (DATA / name).is_file()))


def read_files(directory: Path) -> dict[str, bytes]:
    """The content of every file below the folder, by its path in it; hidden files are left out.

    Raises:
        KnowledgeError: there is no such folder, or a file in it cannot be read.
    """
    problems: list[Problem] = []
    contents: dict[str, bytes] = {}
    if not directory.is_dir():
        what = "there is no such folder"
        advice = "a folder of knowledge files, such as options/local/<drug>.yaml"
        problems.append(Problem("unreadable", str(directory), what, "", advice))
    for folder, below, names in os.walk(directory):
        below[:] = [name for name in below if not name.startswith(".")]
        room = Path(folder)
        place = "".join(f"{part}/" for part in room.relative_to(directory).parts)
        for name in names:
            if name.startswith("."):
                continue
            inside = f"{place}{name}"
            try:
                contents[inside] = (room / name).read_bytes()
            except OSError as error:
                what = f"the file cannot be read ({error.strerror})"
                problems.append(Problem("unreadable", inside, what))
    if problems:
        raise KnowledgeError(problems)
    return contents


def content_of(contents: Mapping[str, bytes]) -> str:
    """A name for this state of the files: equal names, equal files.

    >>> content_of({"a.yaml": b"1"}) == content_of({"a.yaml": b"2"})
    False
    """
    digest = hashlib.sha256()
    for name in sorted(contents):
        digest.update(f"{name}\0{len(contents[name])}\0".encode())
        digest.update(contents[name])
    return digest.hexdigest()[:32]


def main(arguments: list[str]) -> int:
    """Print every problem of the files, then what the check says of them; 11 if any is an error."""
    from fingerpost.knowledge.check import check

    try:
        knowledge = load_knowledge(Path(arguments[0]) if arguments else None)
        problems = tuple(check(knowledge, knowledge.about.version_day))
    except KnowledgeError as error:
        problems = error.problems
    errors = sum(problem.severity == "error" for problem in problems)
    for problem in problems:
        sys.stdout.write(f"{'' if problem.severity == 'error' else 'warning: '}{problem}\n")
    sys.stdout.write(f"{errors} errors, {len(problems) - errors} warnings\n")
    return KnowledgeError.exit_code if errors else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
