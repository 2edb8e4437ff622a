"""What files say of each other: every id must lead somewhere, and nothing may be said twice.

This looks at the files as they were read, not at their models, so that one wrong key in a file does
not hide its other faults, nor make its id seem missing everywhere else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from fingerpost.criteria.problems import nearest
from fingerpost.errors import Problem
from fingerpost.knowledge.kinds import id_of, kind_of
from fingerpost.knowledge.yaml_source import Document, Path, as_map

Place = tuple[Document, Path]

# Which key points to what, by the kind of file it stands in.
_POINTERS: Mapping[tuple[str, str], str] = {
    ("options", "drug"): "drug",
    ("options", "drugs"): "drug or class",
    ("options", "trials"): "trial",
    ("tests", "companion_for"): "drug",
    ("drug", "classes"): "class",
    ("drug", "components"): "drug",
    ("classes", "parents"): "class",
    ("cautions", "drugs"): "drug",
    ("cautions", "classes"): "class",
    ("cautions", "needs"): "fact",
    ("cautions", "unless_with"): "drug or class",
    ("tests", "answers"): "fact",
    ("facts", "test"): "test",
    ("facts", "fact"): "fact",
    ("review", "shown_by"): "fact",
    ("review", "each_of"): "fact",
    ("review", "about"): "fact",
    ("review", "status"): "fact",
    ("lines", "drugs"): "drug",
    ("lines", "classes"): "class",
    ("lines", "one_of"): "class",
    ("lines", "after"): "class",
    ("lines", "adds"): "class",
    ("checks", "fact"): "fact",
    ("monitoring", "drugs"): "drug",
    ("monitoring", "classes"): "class",
    ("monitoring", "together_with"): "drug or class",
    ("monitoring", "begins_after"): "drug or class",
    ("monitoring", "check"): "check",
    ("side_effects", "drugs"): "drug",
    ("side_effects", "classes"): "class",
    ("effects", "symptom"): "symptom",
    ("urgency", "first"): "symptom",
    ("symptom", "group"): "group of symptoms",
    ("explainer", "drugs"): "drug",
    ("explainer", "classes"): "class",
    ("explainer", "tests"): "test",
    ("codes", "fact"): "fact",
    ("codes", "attribute"): "attribute",
    ("codes", "drug"): "drug",
    ("codes", "test"): "test",
}
# The kind of file that gives each kind of id.
_GIVEN_BY = {
    "source": "source",
    "drug": "drug",
    "trial": "trial",
    "class": "classes",
    "test": "tests",
    "fact": "facts",
    "attribute": "facts",
    "check": "checks",
    "effect": "effects",
    "symptom": "symptom",
    "group of symptoms": "urgency",
}
# The sections of a kind of file whose keys are ids.
_SECTIONS: Mapping[str, Mapping[str, str]] = {
    "classes": {"classes": "class"},
    "tests": {"tests": "test"},
    "checks": {"checks": "check"},
    "effects": {"effects": "effect"},
    "urgency": {
        "levels": "level",
        "groups": "group of symptoms",
        "emergency_numbers": "number",
        "urgency": "rule",
    },
    "facts": {"facts": "fact", "derived": "fact", "treatment_attributes": "attribute"},
}
_WRITTEN_IN = {
    "check": "checks.yaml",
    "effect": "effects.yaml",
    "symptom": "symptoms/",
    "group of symptoms": "urgency.yaml",
    "source": "sources/",
    "drug": "drugs/",
    "trial": "trials/",
    "drug or class": "drugs/",
    "class": "classes.yaml",
    "test": "tests.yaml",
    "fact": "facts/",
}
# Attributes of a treatment whose values are what the catalogues list.
CATALOGUED = frozenset({"drug", "class"})
# Below these keys stand words of the file's own, and criteria.
_OWN_WORDS = frozenset({"when", "unless", "values", "groups", "also_written"})


@dataclass(slots=True)
class Names:
    """Every id that some file gives, and where.

    Sources, drugs and trials are named by their files. `unread` are the kinds of files of which one could
    not be read: what it gives is not known, so nothing is said of ids of its kind.
    """

    sources: set[str]
    drugs: set[str]
    trials: set[str]
    unread: set[str]
    places: dict[str, dict[str, Place]] = field(default_factory=lambda: defaultdict(dict))
    problems: list[Problem] = field(default_factory=list)

    def give(self, what: str, name: str, place: Place) -> None:
        """Note that this id is given here; a second giver is a problem."""
        first = self.places[what].setdefault(name, place)
        if first is not place:
            document, path = place
            told = f"the {what} `{name}` is already given at {first[0].where(first[1])}"
            why = "Criteria and reports could not tell the two apart"
            where = document.where(path)
            self.problems.append(Problem("twice", where, told, why, "rename or remove one"))

    def ids(self, what: str) -> set[str]:
        """All ids of a kind; `drug or class` are the ids of both."""
        found = {name for part in what.split(" or ") for name in self.places[part]}
        found |= self.sources if what == "source" else set()
        found |= self.trials if what == "trial" else set()
        found |= CATALOGUED if what == "attribute" else set()
        return found | (self.drugs if what.startswith("drug") else set())

    def knows_all(self, what: str) -> bool:
        """Whether every file that gives ids of this kind could be read."""
        return self.unread.isdisjoint(_GIVEN_BY[part] for part in what.split(" or "))


def gather(files: Iterable[str], documents: Mapping[str, Document]) -> Names:
    """The ids that the files give; `documents` are those of them that could be read."""
    kinds = {name: kind.name for name in files if (kind := kind_of(name))}
    names = Names(
        sources={id_of(name) for name, kind in kinds.items() if kind == "source"},
        drugs={id_of(name) for name, kind in kinds.items() if kind == "drug"},
        trials={id_of(name) for name, kind in kinds.items() if kind == "trial"},
        unread={kind for name, kind in kinds.items() if name not in documents},
    )
    for name, document in documents.items():
        match kinds[name]:
            case "symptom":
                names.give("symptom", id_of(name), (document, ()))
            case "options":
                _give_options(names, document)
            case section if section in _SECTIONS:
                _give_keys(names, document, _SECTIONS[section])
    return names


def _give_keys(names: Names, document: Document, sections: Mapping[str, str]) -> None:
    for section, what in sections.items():
        for key in as_map(as_map(document.tree).get(section)):
            names.give(what, key, (document, (section, key)))


def _give_options(names: Names, document: Document) -> None:
    tree = as_map(document.tree)
    for key in as_map(tree.get("options")):
        full = f"{tree.get('authority')}.{tree.get('drug')}.{key}"
        names.give("option", full, (document, ("options", key)))


def unresolved(documents: Iterable[Document], names: Names) -> Iterator[Problem]:
    """Every pointer that leads nowhere, with the closest ids that exist."""
    none_at_all: set[str] = set()
    for document in documents:
        kind = kind_of(document.name)
        for path, key, target in pointers(document):
            if kind is None or not isinstance(target, str):
                continue  # the shape has told that text belongs here
            what = _pointed_at(kind.name, key, path)
            if what is None or target in names.ids(what) or not names.knows_all(what):
                continue
            if not names.ids(what):
                none_at_all.add(what)
            else:
                told = f"there is no {what} `{target}`"
                advice = nearest(target, names.ids(what))
                if what in ("source", "drug", "trial"):
                    advice = f"write {what}s/{target}.yaml, or {advice}"
                yield Problem("unknown-id", document.where(path), told, "", advice)
    for what in sorted(none_at_all):
        told = f"no file gives any {what}, and files point to some"
        where = _WRITTEN_IN[what]
        yield Problem("missing-file", where, told, "None of them can be followed", f"write {where}")


def pointers(document: Document) -> Iterator[tuple[Path, str, object]]:
    """Every value of the file that may point to something: its path, its key, itself."""
    yield from _walk(document.tree, (), "")


def _walk(tree: object, path: Path, key: str) -> Iterator[tuple[Path, str, object]]:
    if isinstance(tree, dict):
        for name, value in tree.items():
            if name not in _OWN_WORDS:
                yield from _walk(value, (*path, name), name)
    elif isinstance(tree, list):
        for index, item in enumerate(tree):
            yield from _walk(item, (*path, index), key)
    else:
        yield path, key, tree


def _pointed_at(kind: str, key: str, path: Path) -> str | None:
    if key == "source":
        return "source"
    if kind == "products" and path[0] == "products":
        return "drug"
    return _POINTERS.get((kind, key))


def misnamed(documents: Iterable[Document]) -> Iterator[Problem]:
    """Option files whose folder or name is not what stands in them."""
    for document in documents:
        kind = kind_of(document.name)
        if kind is None or kind.name != "options":
            continue
        _, folder, _ = document.name.split("/")
        tree = as_map(document.tree)
        for key, expected in (("authority", folder), ("drug", id_of(document.name))):
            written = tree.get(key)
            # A drug's uses may fill several files: pembrolizumab.yaml, pembrolizumab_early.yaml.
            if isinstance(written, str) and not f"{expected}_".startswith(f"{written}_"):
                what = f"`{key}: {written}` stands in the file {document.name}"
                advice = f"`{key}: {expected}`, or move the file"
                why = "The path is the name"
                yield Problem("misnamed-file", document.where((key,)), what, why, advice)


def entries(
    documents: Iterable[Document], section: str
) -> Iterator[tuple[Document, str, Mapping[str, object]]]:
    """The entries under that top-level key of all files, by their ids: facts, tests, classes ..."""
    for document in documents:
        for name, entry in as_map(as_map(document.tree).get(section)).items():
            if isinstance(entry, dict):
                yield document, name, entry
