"""Reading every knowledge file strictly, and telling every problem of every file at once."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

from fingerpost.errors import KnowledgeError, Problem
from fingerpost.knowledge import files, references, rules
from fingerpost.knowledge.build import Files, build
from fingerpost.knowledge.conditions import Conditions, read_conditions
from fingerpost.knowledge.kinds import kind_of, misplaced
from fingerpost.knowledge.model import Knowledge
from fingerpost.knowledge.validation import validate
from fingerpost.knowledge.yaml_source import Document, read_yaml


def read_strictly(
    contents: Mapping[str, bytes], content: str = "", local: Collection[str] = ()
) -> Knowledge:
    """The knowledge that these files hold.

    Args:
        contents: The bytes of each file by its path below the folder.
        content: A name for this state of the files.
        local: Which of them lie on top of the project's; their days may be later than its version.

    Raises:
        KnowledgeError: with every problem of every file, in the order of files and lines.
    """
    documents, shapes, problems = _read(contents)
    conditions, across = _across(contents, documents, local)
    problems += across
    if "about.yaml" not in contents:
        what = "the file is missing"
        why = "Nothing says which state of the knowledge this is"
        problems.append(Problem("missing-file", "about.yaml", what, why, "write it"))
    if problems:
        raise KnowledgeError(sorted(set(problems), key=_in_order))
    return build(Files(documents, shapes, conditions), content, local)


def _read(
    contents: Mapping[str, bytes],
) -> tuple[dict[str, Document], dict[str, files.Shape], list[Problem]]:
    """Each file for itself: its text, its YAML, its shape."""
    documents: dict[str, Document] = {}
    shapes: dict[str, files.Shape] = {}
    problems: list[Problem] = []
    for name in sorted(contents):
        kind = kind_of(name)
        if kind is None:
            problems.append(misplaced(name))
            continue
        document, faults = read_yaml(contents[name], name)
        problems += faults
        if document is None:
            continue
        documents[name] = document
        shape, faults = validate(document, kind.shape)
        problems += faults
        if shape is not None:
            shapes[name] = shape
    return documents, shapes, problems


def _across(
    names_of_files: Iterable[str], by_name: Mapping[str, Document], local: Collection[str]
) -> tuple[Conditions, list[Problem]]:
    """What the files say of each other."""
    documents = list(by_name.values())
    names = references.gather(names_of_files, by_name)
    conditions = read_conditions(documents, names)
    problems = list(names.problems)
    if not names.ids("fact") and names.knows_all("fact"):
        what = "no file gives any fact"
        problems.append(Problem("missing-file", "facts/", what, "No criterion can be read"))
    elif names.knows_all("fact or class"):
        problems += conditions.problems
    problems += references.unresolved(documents, names)
    problems += references.misnamed(documents)
    problems += rules.missing_questions(documents)
    problems += rules.elapsed_ends(documents)
    problems += rules.missing_parents(documents)
    problems += rules.names_of_two_drugs(documents)
    problems += rules.oversteps(documents, local)
    version = rules.version_day(documents)
    if version is not None:
        own = [document for document in documents if document.name not in local]
        problems += rules.dates_ahead(own, version)
    return conditions, problems


def _in_order(problem: Problem) -> tuple[str, list[int], str]:
    name, *numbers = re.split(r":(?=\d)", problem.where)
    return name, [int(number) for number in numbers], problem.what
