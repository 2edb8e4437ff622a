"""A made-up language: every sentence of both catalogues in letters that nobody types, between brackets.

Only what is in a catalogue is put into it, so whatever is left in plain letters cannot be translated.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from gettext import NullTranslations
from html import unescape
from pathlib import Path

from fingerpost import messages
from fingerpost.knowledge.model import Knowledge
from fingerpost.messages import speaking

FOLDER = Path(messages.__file__).parent
# The wide form of every letter: it can be read, has small and large ones, and no sentence here is written in it.
_WIDE = str.maketrans({letter: chr(ord(letter) + 0xFEE0) for letter in string.ascii_letters})
# What may stand in plain letters on any page, apart from names: the program, its options, whose word it is.
ALLOWED = (
    *("Fingerpost", "FDA", "EMA", "NICE", "NHS", "MHRA", "HER2", "HR", "ID"),
    # Signs that follow no word: units of a label as they are, and how a record is referred to.
    *("mL/min", "mm", "mg/dL", "ms", "ULN", "mut/Mb"),
)
# Ids and places of a record: joined by points, slashes or low lines, or a field with a number in brackets.
IDS = re.compile(
    # A condition as it is written in the files, before the trace that follows it; else only a name.
    r"\b\w+ is\s+\w+(?=:)|\b[\w-]+(?:\[\d+\])?(?:[._/][\w-]+(?:\[\d+\])?)+|\b\w+\[\d+\]"
    r"|fingerpost explain \w+|--[\w-]+|“[^“”]*”|\[[^\[\]⟦⟧]*\]"
)
_PLACES = re.compile(r"(%\(\w+\)s|%%|\{\w+\})")


def strange(text: str) -> str:
    """The text in wide letters between brackets; places stay as they are."""
    parts = _PLACES.split(text)
    parts[::2] = [part.translate(_WIDE) for part in parts[::2]]
    return f"⟦{''.join(parts)}⟧"


class Strange(NullTranslations):
    """The made-up language, as far as a catalogue has its sentences."""

    def __init__(self, domain: str) -> None:
        super().__init__()
        self._known = known(domain)

    def gettext(self, message: str) -> str:
        return strange(message) if message in self._known else message

    def ngettext(self, one: str, many: str, number: int) -> str:
        return self.gettext(one if number == 1 else many)


@cache
def known(domain: str) -> frozenset[str]:
    """Every sentence of a catalogue, in English."""
    text = FOLDER.joinpath(f"{domain}.pot").read_text(encoding="utf-8")
    found = re.findall(r'^msgid(?:_plural)? ((?:"(?:[^"\\]|\\.)*"\n?)+)', text, flags=re.MULTILINE)
    return frozenset(_unquoted(each) for each in found)


def _unquoted(quoted: str) -> str:
    parts = re.findall(r'"((?:[^"\\]|\\.)*)"', quoted)
    return re.sub(r"\\(.)", lambda sign: "\n" if sign[1] == "n" else sign[1], "".join(parts))


def names_in(knowledge: Knowledge) -> set[str]:
    """Names, which no language changes: medicines, brands, trials, sources, and labels in their own words."""
    found = {*ALLOWED}
    for drug in knowledge.drugs.values():
        makes = [part for make in drug.biosimilars for part in (make.name, make.brand) if part]
        found |= {drug.name, *drug.brands, *drug.also_written, *makes}
        found |= {code.system for code in drug.codes}
    found |= {trial.name for trial in knowledge.trials.values()}
    found |= {trial.nct for trial in knowledge.trials.values() if trial.nct}
    found |= {
        figure.trial
        for each in knowledge.following.side_effects.values()
        for figure in each.figures
    }
    found |= {assay.name for test in knowledge.tests.values() for assay in test.assays}
    for source in knowledge.sources.values():
        # What a curator wrote about a copy belongs to the title, and is for professionals only.
        found |= {source.id, source.title, source.publisher, source.note or ""}
    for option in knowledge.options.values():
        for window in option.windows:
            found |= {window.section or "", option.row or ""}
            found |= {each.label.removesuffix(".") for each in window.criteria if each.quoted}
    return found - {""}


def whole(names: set[str]) -> re.Pattern[str]:
    """A pattern of any of the names, as whole words and whatever their case."""
    ordered = sorted(names, key=len, reverse=True)
    joined = "|".join(r"\s+".join(map(re.escape, name.split())) for name in ordered)
    return re.compile(rf"(?<![A-Za-z])(?=[!-~])(?:{joined})(?![A-Za-z])", re.IGNORECASE)


@contextmanager
def pseudo() -> Iterator[None]:
    """Everything inside is said in the made-up language."""
    with speaking("en-XA", sentences=Strange("fingerpost"), knowledge=Strange("knowledge")):
        yield


def plain_runs(page: str) -> list[str]:
    """Runs of words in plain letters that somebody would read or hear: text, labels and titles."""
    page = re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)
    heard = re.findall(r'(?:aria-label|alt|title)="([^"]*)"', page)
    shown = re.sub(r"<[^>]*>", " ", page)
    text = unescape(" ".join([shown, *heard]))
    return re.findall(r"[A-Za-z]{2,}", text)
