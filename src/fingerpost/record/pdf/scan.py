"""Reading a picture of a page with Tesseract, where that program is installed.

Tesseract is a program of its own; nothing is sent anywhere. A word it is not sure of becomes
UNREADABLE: a wrong number in a report would be worse than a missing one.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from fingerpost.record.pdf import confine
from fingerpost.record.pdf.layout import Piece, page_text

# Stands for a word that could not be read.
UNREADABLE = "\u25af"
# Tesseract says of each word how sure it is, from 0 to 100.
SURE = 70
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


class _Word(NamedTuple):
    """A word, the line it is on by Tesseract's count, and its box; heights counted from above."""

    line: tuple[str, ...]
    left: int
    top: int
    width: int
    height: int
    sureness: float
    letters: str

    @property
    def shown(self) -> str:
        """The word, if Tesseract is sure enough of it."""
        return self.letters if self.sureness >= SURE else UNREADABLE


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
    """The words of Tesseract's table: level, page, block, paragraph, line, word, box, sureness."""
    for row in table.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) == 12 and cells[0] == "5" and cells[11].strip():
            left, top, width, height = map(int, cells[6:10])
            line = tuple(cells[1:5])
            yield _Word(line, left, top, width, height, float(cells[10]), cells[11].strip())


def _seen(words: list[_Word]) -> Seen:
    pieces = [
        piece for _, on_it in groupby(words, lambda word: word.line) for piece in _pieces(on_it)
    ]
    unsure = sum(word.sureness < SURE for word in words)
    mean = sum(word.sureness for word in words) / len(words) if words else 0.0
    return Seen(page_text(pieces), mean, unsure)


def _pieces(line: Iterable[_Word]) -> Iterator[Piece]:
    """The words of a line, parted where a gap is as wide as between the cells of a table."""
    together: list[_Word] = []
    for word in line:
        before = together[-1] if together else word
        if word.left - before.left - before.width > 1.5 * max(word.height, before.height):
            yield _piece(together)
            together = []
        together.append(word)
    if together:
        yield _piece(together)


def _piece(words: list[_Word]) -> Piece:
    return Piece(
        left=min(word.left for word in words),
        bottom=-max(word.top + word.height for word in words),
        right=max(word.left + word.width for word in words),
        top=-min(word.top for word in words),
        words=" ".join(word.shown for word in words),
    )
