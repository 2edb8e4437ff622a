"""Rules that bind several keys or files: no date ahead of the knowledge, no name for two drugs.

Like `references`, they look at the files as they were read, so that every fault is told at once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator

from fingerpost.errors import Problem
from fingerpost.knowledge.kinds import id_of
from fingerpost.knowledge.references import entries, pointers
from fingerpost.knowledge.yaml_source import Document, Path, as_list, as_map

# For whom files on top may speak.
_OWN_AUTHORITIES = ("local", "guideline")
_DATES = frozenset({"from", "until", "published", "checked_on", "verified_through", "on"})


def version_day(documents: Iterable[Document]) -> dt.date | None:
    """The day of the knowledge version, as far as about.yaml says it."""
    for document in documents:
        if document.name == "about.yaml":
            version = str(as_map(document.tree).get("knowledge_version", ""))
            return _day(version.replace(".", "-"))
    return None


def dates_ahead(documents: Iterable[Document], version: dt.date) -> Iterator[Problem]:
    """Days after the knowledge version: nobody can have seen them."""
    for document in documents:
        for path, key, value in pointers(document):
            day = _day(value) if key in _DATES else None
            expected = bool(as_map(_at(document.tree, path[:-1])).get("expected"))
            if day is None or expected == (day > version) or (expected and key != "from"):
                continue
            what = f"`{key}: {day}` lies after the knowledge version, {version}"
            advice = "correct the day; a window that is announced says `expected: true`"
            if expected:
                what = f"this window is marked as expected, but {day} has come"
                advice = "look whether it happened, then correct the day and remove `expected`"
            yield Problem("date-ahead", document.where(path), what, "", advice)


def oversteps(documents: Iterable[Document], local: Collection[str]) -> Iterator[Problem]:
    """What files on top of the project's would change of its answers, rather than add to them."""
    for document in documents:
        if document.name not in local:
            continue
        folder, _, rest = document.name.partition("/")
        authority = rest.partition("/")[0]
        if folder == "options" and authority not in _OWN_AUTHORITIES:
            what = f"a use of `{authority}` stands in a folder of your own"
            why = f"It would be told as the word of {authority.upper()}"
            advice = "options/local/<drug>.yaml with `authority: local`"
            yield Problem("oversteps", document.where(()), what, why, advice)
        for name in as_map(as_map(document.tree).get("presumptions")):
            what = f"the presumption `{name}` would read silence in every record"
            where = document.where(("presumptions", name))
            advice = "write what is known into the record"
            yield Problem("oversteps", where, what, "It changes the answers of all options", advice)
        for name, caution in as_map(as_map(document.tree).get("cautions")).items():
            said = as_map(caution).get("authority")
            if said not in _OWN_AUTHORITIES:
                what = f"the caution `{name}` speaks for `{said}`"
                where = document.where(("cautions", name))
                advice = "`authority: local`: it is shown, and decides nothing for the others"
                yield Problem("oversteps", where, what, "It is not theirs", advice)


def missing_questions(documents: Iterable[Document]) -> Iterator[Problem]:
    """Facts of a person that nobody could ask for."""
    for document, name, fact in entries(documents, "facts"):
        if not fact.get("question"):
            where = document.where(("facts", name))
            what = f"the fact `{name}` has no `question`"
            yield Problem("missing-key", where, what, "Nobody could ask for it", "add one")


def elapsed_ends(documents: list[Document]) -> Iterator[Problem]:
    """Elapsed facts that do not run from a date to a date."""
    dates = {name for _, name, fact in entries(documents, "facts") if fact.get("type") == "date"}
    for document, name, fact in entries(documents, "derived"):
        if fact.get("type") != "elapsed":
            continue
        for key, allowed in (("since", dates), ("until", dates | {"today"})):
            if fact.get(key) not in allowed:
                what = f"`{key}` of `{name}` must be the id of a date fact"
                where = document.where(("derived", name, key))
                yield Problem("wrong-value", where, what, "", "a fact of `type: date`")


def missing_parents(documents: list[Document]) -> Iterator[Problem]:
    """Drugs that are of a class without being of the class above it."""
    parents = {
        name: [parent for parent in as_list(entry.get("parents")) if isinstance(parent, str)]
        for _, name, entry in entries(documents, "classes")
    }
    for document in documents:
        if not document.name.startswith("drugs/"):
            continue
        carried = [str(name) for name in as_list(as_map(document.tree).get("classes"))]
        for index, name in enumerate(carried):
            for parent in parents.get(name, []):
                if parent not in carried:
                    what = f"a drug of class `{name}` is of class `{parent}` as well"
                    why = "`class is ...` sees only what is listed"
                    where = document.where(("classes", index))
                    yield Problem("missing-class", where, what, why, f"add `{parent}`")


def names_of_two_drugs(documents: Iterable[Document]) -> Iterator[Problem]:
    """Names that would lead to more than one drug."""
    first: dict[str, str] = {}
    for document in documents:
        if not document.name.startswith("drugs/"):
            continue
        drug = id_of(document.name)
        for path, name in [((), drug), *_names(document)]:
            other = first.setdefault(plain_name(name), drug)
            if other != drug:
                what = f"`{name}` is also a name of `{other}`"
                why = "A record that says it could mean either"
                where = document.where(path)
                yield Problem("twice", where, what, why, "leave it with one of the two")


def plain_name(name: str) -> str:
    """A drug's name without what people write differently: case, hyphens, spaces.

    >>> plain_name("5-Fluorouracil") == plain_name("5 fluorouracil")
    True
    """
    return "".join(character for character in name.casefold() if character.isalnum())


def _names(document: Document) -> Iterator[tuple[Path, str]]:
    for path, _, value in pointers(document):
        if path[0] in ("name", "brands", "biosimilars") and isinstance(value, str):
            yield path, value
    for index, name in enumerate(as_list(as_map(document.tree).get("also_written"))):
        if isinstance(name, str):
            yield ("also_written", index), name


def _day(value: object) -> dt.date | None:
    try:
        return dt.date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _at(tree: object, path: Path) -> object:
    for part in path:
        tree = tree[part]  # type: ignore[index]
    return tree
