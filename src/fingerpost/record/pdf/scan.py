"""Reading a picture of a page with Tesseract, where that program is installed.

Tesseract is a program of its own; nothing is sent anywhere. A word it is not sure of becomes
UNREADABLE: a wrong number in a report would be worse than a missing one.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from fingerpost.record.pdf import confine

# Stands for a word that could not be read.
UNREADABLE = "\u25af"
# Tesseract says of each word how sure it is, from 0 to 100.
SURE = 50
# Below this on average, the page may lie on its side or upside down.
PAGE_SURE = 60
HOW_TO_GET_IT = (
    "install Tesseract (`apt-get install tesseract-ocr`, `brew install tesseract`, or "
    "https://tesseract-ocr.github.io on Windows), or ask for the report as text"
)
_LIMITS = confine.Limits(memory=1536 * confine.MEGABYTE, seconds=90, output=4 * confine.MEGABYTE)


@dataclass(frozen=True, slots=True)
class Seen:
    """The text of a picture, how sure Tesseract is of it, and how many words it gave up on."""

    text: str
    sureness: float
    unreadable: int


@dataclass(frozen=True, slots=True)
class _Word:
    line: tuple[str, ...]
    sureness: float
    letters: str


def tesseract() -> str | None:
    """The program, if it is installed."""
    return shutil.which("tesseract")


def read_picture(program: str, picture: bytes) -> Seen | None:
    """The text in a gray picture (PGM); None if Tesseract failed on it or took too long."""
    # Mode 4: one column whose lines may differ in size, which keeps the rows of a table together.
    command = [program, "stdin", "stdout", "-l", "eng", "--psm", "4", "--dpi", "300", "tsv"]
    outcome = confine.run(command, picture, _LIMITS)
    if not outcome.ended_well:
        return None
    return _seen(list(_words(outcome.output.decode("utf-8", "replace"))))


def _words(table: str) -> Iterator[_Word]:
    """The words in the table that Tesseract writes: page, block, paragraph, line, word, box, sureness."""
    for row in table.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) == 12 and cells[0] == "5" and cells[11].strip():
            yield _Word(tuple(cells[1:5]), float(cells[10]), cells[11].strip())


def _seen(words: list[_Word]) -> Seen:
    """Words put together to lines, a new paragraph after an empty line."""
    lines: list[str] = []
    paragraph: tuple[str, ...] = ()
    for line, on_it in groupby(words, lambda word: word.line):
        if lines and line[:3] != paragraph:
            lines.append("")
        paragraph = line[:3]
        lines.append(" ".join(_certain(word) for word in on_it))
    unsure = sum(word.sureness < SURE for word in words)
    mean = sum(word.sureness for word in words) / len(words) if words else 0.0
    return Seen("\n".join(lines), mean, unsure)


def _certain(word: _Word) -> str:
    return word.letters if word.sureness >= SURE else UNREADABLE
