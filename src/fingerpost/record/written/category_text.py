"""Words of a category or set as people write them, turned into the values they may mean.

"IHC 2+" is 2+, "Stage 2a" is IIA, "pT2" is T2 (pathologic), "0 or 1+" is one of the two, and "not
done" is no value at all. A word that could mean something else is not understood, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from fingerpost.record.catalogue import Catalogue, FactEntry
from fingerpost.record.model import Basis
from fingerpost.terms import AbsenceKind

_ABSENT: Mapping[str, AbsenceKind] = {
    "pending": AbsenceKind.PENDING,
    "result pending": AbsenceKind.PENDING,
    "results pending": AbsenceKind.PENDING,
    "awaited": AbsenceKind.PENDING,
    "waiting": AbsenceKind.PENDING,
    "waiting for result": AbsenceKind.PENDING,
    "in progress": AbsenceKind.PENDING,
    "sent": AbsenceKind.PENDING,
    "not tested": AbsenceKind.NOT_TESTED,
    "not done": AbsenceKind.NOT_TESTED,
    "not performed": AbsenceKind.NOT_TESTED,
    "untested": AbsenceKind.NOT_TESTED,
    "never tested": AbsenceKind.NOT_TESTED,
    "unknown": AbsenceKind.NOT_KNOWN,
    "not known": AbsenceKind.NOT_KNOWN,
    "don't know": AbsenceKind.NOT_KNOWN,
    "do not know": AbsenceKind.NOT_KNOWN,
    "dont know": AbsenceKind.NOT_KNOWN,
    "not sure": AbsenceKind.NOT_KNOWN,
    "unsure": AbsenceKind.NOT_KNOWN,
    "?": AbsenceKind.NOT_KNOWN,
    "not applicable": AbsenceKind.NOT_APPLICABLE,
    "n/a": AbsenceKind.NOT_APPLICABLE,
    "not stated": AbsenceKind.NOT_STATED,
    "not given": AbsenceKind.NOT_STATED,
    "not reported": AbsenceKind.NOT_STATED,
    "not recorded": AbsenceKind.NOT_STATED,
}
ABSENT_WORDS = frozenset(_ABSENT)
FLAG_WORDS: Mapping[str, str] = {
    "yes": "yes",
    "y": "yes",
    "true": "yes",
    "no": "no",
    "n": "no",
    "false": "no",
}
_FILLERS = frozenset(
    [
        "score",
        "grade",
        "stage",
        "category",
        "status",
        "result",
        "type",
        "group",
        "is",
        "reported",
        "the",
    ]
)
_STAGE = re.compile(r"([0-4])([abc]?)")
_ROMAN = ("0", "i", "ii", "iii", "iv")
_TNM = re.compile(
    r"(yp|yc|c|p)?\s*([tnm])\s*(x|is|[0-4])\s*(mi|\(mi\)|[a-d])?\s*((?:\([^)]{0,20}\)\s*){0,3})"
)
# What may stand in brackets behind a category and leaves it as it is: how it was found, or how often.
_BESIDE_TNM = re.compile(
    r"(?:\((?:sn|i[+-]|mol[+-]|f|s|m|\d{1,2}|m?\s?\d{1,2}\s?/\s?\d{1,2}|dcis|lcis|pagets?|paget's)\)\s*)*"
)
_BASES: Mapping[str, Basis] = {
    "c": "clinical",
    "p": "pathologic",
    "yp": "post_neoadjuvant",
    "yc": "post_neoadjuvant",
}


class Said(NamedTuple):
    """What a word means: the values it may stand for, or why there is none; and the basis."""

    values: frozenset[str] = frozenset()
    absent: AbsenceKind | None = None
    basis: Basis | None = None


def squash(text: str) -> str:
    """A word without what does not matter: capitals, spaces, underscores, punctuation at its ends.

    >>> squash("  Pre-Menopausal. "), squash("ER -"), squash("low_positive")
    ('pre menopausal', 'er -', 'low positive')
    """
    tidy = text.casefold().replace("\u2013", "-").replace("\u2212", "-").replace("\u2019", "'")
    tidy = re.sub(r"[\s_]+", " ", tidy).strip(" .,;:\"'`")
    return re.sub(r"(?<=[a-z0-9])-(?=[a-z0-9])", " ", tidy)


def absence_named(text: str) -> AbsenceKind | None:
    """Why there is no value, if that is what the text says.

    >>> absence_named("Not done"), absence_named("3+")
    (<AbsenceKind.NOT_TESTED: 'not_tested'>, None)
    """
    tidy = squash(text)
    if tidy in _ABSENT:
        return _ABSENT[tidy]
    name = tidy.replace(" ", "_")
    return AbsenceKind(name) if name in list(AbsenceKind) else None


class Words:
    """How the values of every category, flag and set may be written."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._tables: dict[str, Mapping[str, frozenset[str]]] = {}

    def say(self, fact: str, text: str) -> Said | None:
        """What the text says of this fact; None if it is not understood."""
        entry = self._catalogue[fact]
        if found := self._alone(fact, entry, text):
            return found
        kind = absence_named(text)
        if kind is not None:
            return Said(absent=kind)
        parts = [part for part in re.split(r"\s+or\s+|[/,;]", text) if part.strip()]
        if len(parts) < 2:
            return None
        several = [self._alone(fact, entry, part) for part in parts]
        understood = [said.values for said in several if said is not None and said.values]
        if len(understood) < len(parts):
            return None
        bases = {said.basis for said in several if said is not None}
        basis = bases.pop() if len(bases) == 1 else None
        return Said(frozenset().union(*understood), basis=basis)

    def _alone(self, fact: str, entry: FactEntry, text: str) -> Said | None:
        table = self._table(fact, entry)
        for spelling in _spellings(fact, text):
            if spelling in table:
                return Said(table[spelling])
        if fact.endswith("_category"):
            return _tnm(fact, table, squash(text))
        return None

    def _table(self, fact: str, entry: FactEntry) -> Mapping[str, frozenset[str]]:
        if fact not in self._tables:
            self._tables[fact] = _table(entry)
        return self._tables[fact]


def _table(entry: FactEntry) -> Mapping[str, frozenset[str]]:
    """Every spelling of every value; one that would mean two things means either of them."""
    names = tuple(entry.values) or ("yes", "no")
    table = {squash(value): frozenset({value}) for value in names}
    for group, members in entry.groups.items():
        table.setdefault(squash(group), frozenset(members))
    for spelling, value in entry.also_written.items():
        table.setdefault(squash(spelling), frozenset({value}))
    if entry.type == "flag":
        for word, value in FLAG_WORDS.items():
            table.setdefault(word, frozenset({value}))
    for value in names:
        # "2" for "2+", where there is no value 2.
        if re.fullmatch(r"\d\+", value):
            table.setdefault(value[0], frozenset({value}))
    return table


def _spellings(fact: str, text: str) -> Iterator[str]:
    """Ways to look a text up, from as written to what is left without words that say nothing."""
    tidy = squash(text)
    yield tidy
    yield tidy.replace(" ", "")
    empty = _FILLERS | set(fact.split("_"))
    left = " ".join(word for word in tidy.split(" ") if word not in empty)
    if left and left != tidy:
        yield left
        yield left.replace(" ", "")
    if match := _STAGE.fullmatch(left):
        yield _ROMAN[int(match[1])] + match[2]


def _tnm(fact: str, table: Mapping[str, frozenset[str]], text: str) -> Said | None:
    """A category of T, N or M with its prefix: `pT1c`, `cN0`, `ypN1a (sn)`."""
    match = _TNM.fullmatch(text)
    axis = fact.removeprefix("yp_")[0]
    if match is None or match[2] != axis or not _BESIDE_TNM.fullmatch(match[5]):
        return None
    prefix, _, number, part, _ = match.groups()
    part = part.strip("()") if part else None
    after_treatment = prefix in ("yp", "yc")
    if after_treatment != fact.startswith("yp_") and prefix is not None:
        return None
    basis = _BASES.get(prefix or "")
    if number == "x":
        return Said(absent=AbsenceKind.NOT_KNOWN, basis=basis)
    # N1a, N2b and so on are parts of N1, N2: the catalogue goes no further. T1d is a slip.
    whole = f"{axis}{number}{part or ''}"
    for name in (whole,) if axis == "t" else (whole, f"{axis}{number}"):
        if name in table and (part is None or part != "mi" or name.endswith("mi")):
            return Said(table[name], basis=basis)
    return None
