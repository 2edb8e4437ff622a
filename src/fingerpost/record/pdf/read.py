"""From a PDF to its text: pages apart, pictures read with Tesseract, and what could not be read told."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from fingerpost.errors import Problem, RecordError
from fingerpost.record.model import Message
from fingerpost.record.pdf import confine, scan
from fingerpost.record.pdf.layout import Piece, page_text

MAX_BYTES = 100 * confine.MEGABYTE
# Each takes some seconds to read.
MAX_SCANNED_PAGES = 50
PAGE_BREAK = "\f"

_TEXT_LIMITS = confine.Limits(
    memory=1536 * confine.MEGABYTE, seconds=120, output=256 * confine.MEGABYTE
)
_PICTURE_LIMITS = confine.Limits(
    memory=1536 * confine.MEGABYTE, seconds=60, output=20 * confine.MEGABYTE
)
# A scanner's own stamp ("page 1 of 3") is no text of the report.
_FEW_LETTERS = 20
# A picture over most of the page with this little text beside it holds the report itself.
_SOME_LETTERS = 300
_MOST_OF_THE_PAGE = 0.4
_SOME_OF_THE_PAGE = 0.1
# Text over a picture of the whole page is what a scanner, or a program after it, read from it.
_ALL_OF_THE_PAGE = 0.8

_REFUSED: Mapping[str, tuple[str, str, str]] = {
    "locked": (
        "locked-pdf",
        "this PDF is protected by a password",
        "open it with the password, print it to a new PDF, and use that",
    ),
    "broken": (
        "broken-pdf",
        "this PDF is damaged or is none",
        "fetch it again, or open it in a viewer and print it to a new PDF",
    ),
    "pages": (
        "too-large",
        "this PDF has more pages than a record of one person",
        "print the pages of the reports to a new PDF",
    ),
    "characters": (
        "too-large",
        "this PDF holds more text than a record of one person",
        "print the pages of the reports to a new PDF",
    ),
}


@dataclass(frozen=True, slots=True)
class PdfText:
    """The text of a PDF, a form feed between its pages, and what there is to say about it."""

    text: str
    messages: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class _Page:
    """What was found on one page; `pictured` if its text is in a picture, `layered` if over one."""

    text: str
    pictured: bool = False
    layered: bool = False
    broken: bool = False
    fields: bool = False
    marks: bool = False


def read_pdf(data: bytes, name: str) -> PdfText:
    """The text of a PDF, page by page.

    The PDF is opened in a process of its own with little memory and time; nothing in it is run,
    nothing is written to a file.

    Raises:
        RecordError: it is locked, damaged, too large, or holds nothing that can be read.
    """
    if len(data) > MAX_BYTES:
        what = f"this PDF is larger than {MAX_BYTES // confine.MEGABYTE} MB"
        _refuse("too-large", name, what, "print the pages of the reports to a new PDF")
    pages = _opened(data, name)
    pictured = [number for number, page in enumerate(pages) if page.pictured]
    program = scan.tesseract()
    if program is None:
        texts = [page.text for page in pages]
        messages = _without_tesseract(texts, pictured, name)
    else:
        texts, messages = _with_tesseract(program, data, pages, name)
    if not any(text.strip() for text in texts):
        what = "there is no text in this PDF, and none could be read from its pictures"
        _refuse("no-text-in-pdf", name, what, "ask for the report as text, or for a clearer scan")
    return PdfText(PAGE_BREAK.join(texts), (*messages, *_oddities(pages, name)))


def _refuse(code: str, name: str, what: str, try_this: str) -> NoReturn:
    raise RecordError([Problem(code, name, what, try_this=try_this)])


# --- Text -----------------------------------------------------------------------------------


def _opened(data: bytes, name: str) -> list[_Page]:
    """What the worker finds in the PDF."""
    outcome = confine.run(_worker("text"), data, _TEXT_LIMITS)
    if not outcome.ended_well:
        what = "this PDF cannot be read within sensible time and memory"
        _refuse("broken-pdf", name, what, _REFUSED["broken"][2])
    found = json.loads(outcome.output)
    if "refused" in found:
        _refuse(*_told(found["refused"], name))
    return [_page(page) for page in found["pages"]]


def _told(reason: str, name: str) -> tuple[str, str, str, str]:
    code, what, try_this = _REFUSED[reason]
    return code, name, what, try_this


def _worker(*arguments: str) -> list[str]:
    """The command of the worker; it is told where PDFium lies, for it sees no other settings."""
    found = importlib.util.find_spec("pypdfium2")
    folder = Path(found.origin).parents[1] if found and found.origin else Path()
    script = Path(__file__).with_name("worker.py")
    return [sys.executable, "-I", "-B", str(script), str(folder), *arguments]


def _page(found: Mapping[str, Any]) -> _Page:
    if "broken" in found:
        return _Page("", broken=True)
    text = page_text([Piece(*piece) for piece in found["pieces"]])
    pictured = found["objects"] and _is_picture(text, found["pictured"])
    layered = not pictured and found["pictured"] >= _ALL_OF_THE_PAGE and bool(text.strip())
    laid_on = found["laid_on"]
    return _Page(text, pictured, layered, fields="fields" in laid_on, marks="marks" in laid_on)


def _is_picture(text: str, covered: float) -> bool:
    """Whether the report on a page is in a picture (or in letters without meaning), not in its text."""
    letters = sum(letter.isalnum() for letter in text)
    senseless = sum(not letter.isprintable() or letter == "\ufffd" for letter in text)
    if letters == 0 or (senseless - text.count("\n")) * 5 > letters:
        return True
    most = _MOST_OF_THE_PAGE if letters >= _FEW_LETTERS else _SOME_OF_THE_PAGE
    return covered > most and letters < _SOME_LETTERS


# --- Pictures -------------------------------------------------------------------------------


def _without_tesseract(texts: Sequence[str], pictured: list[int], name: str) -> list[Message]:
    """Say which pages are pictures; refuse the PDF if nothing else is in it."""
    if not pictured:
        return []
    where = _pages(pictured)
    if sum(letter.isalnum() for text in texts for letter in text) < _FEW_LETTERS:
        what = f"this PDF holds only pictures of text ({where}), and Tesseract is not installed"
        _refuse("no-text-in-pdf", name, what, scan.HOW_TO_GET_IT)
    what = f"{where} of this PDF: only a picture, which was not read"
    return [Message("page_not_read", name, what, scan.HOW_TO_GET_IT, "warning")]


def _with_tesseract(
    program: str, data: bytes, pages: Sequence[_Page], name: str
) -> tuple[list[str], list[Message]]:
    """The texts of all pages, those in pictures read; and what to say about that."""
    texts = [page.text for page in pages]
    pictured = [number for number, page in enumerate(pages) if page.pictured]
    failed = pictured[MAX_SCANNED_PAGES:]
    unreadable = 0
    for number in pictured[:MAX_SCANNED_PAGES]:
        seen = _best(program, data, number)
        if seen is None:
            failed.append(number)
        elif sum(map(str.isalnum, seen.text)) >= sum(map(str.isalnum, texts[number])):
            texts[number] = seen.text
            unreadable += seen.unreadable
    read = [number for number in pictured if number not in failed and texts[number].strip()]
    return texts, [*_read_from_pictures(read, unreadable, name), *_not_read(sorted(failed), name)]


def _best(program: str, data: bytes, number: int) -> scan.Seen | None:
    """The page as Tesseract reads it best: a page that makes no sense is turned."""
    best: scan.Seen | None = None
    for rotation in (0, 180, 90, 270):
        outcome = confine.run(_worker("picture", str(number), str(rotation)), data, _PICTURE_LIMITS)
        picture = outcome.output if outcome.ended_well else b""
        seen = scan.read_picture(program, picture) if picture else None
        if seen is not None and (best is None or seen.sureness > best.sureness):
            best = seen
        if seen is None or seen.sureness >= scan.PAGE_SURE:
            break
    # What makes no sense either way up is no text, and half of its words would be wrong.
    return best if best is not None and (best.sureness >= scan.PAGE_SURE or not best.text) else None


def _read_from_pictures(read: list[int], unreadable: int, name: str) -> list[Message]:
    if not read:
        return []
    what = f"{_pages(read)} of this PDF: read from a picture, where letters can be mistaken"
    if unreadable:
        what += f"; {unreadable} words could not be read, and stand as {scan.UNREADABLE}"
    advice = "hold what was read against the page, number by number"
    return [Message("read_from_picture", name, what, advice, "warning")]


def _not_read(failed: list[int], name: str) -> list[Message]:
    if not failed:
        return []
    what = f"{_pages(failed)} of this PDF: only a picture, which could not be read"
    return [
        Message(
            "page_not_read", name, what, "ask for the report as text, or scan it again", "warning"
        )
    ]


def _oddities(pages: Sequence[_Page], name: str) -> list[Message]:
    """Pages that are damaged, text that a scanner added, and form fields, which are no text of the page."""
    found = []
    layered = [number for number, page in enumerate(pages) if page.layered]
    if layered:
        what = f"{_pages(layered)} of this PDF: the text lies over a picture of the page"
        what += ", as scanners add it, and letters can be mistaken"
        advice = "hold what was read against the page, number by number"
        found.append(Message("read_from_picture", name, what, advice, "warning"))
    broken = [number for number, page in enumerate(pages) if page.broken]
    if broken:
        what = f"{_pages(broken)} of this PDF: damaged, and not read"
        found.append(Message("page_not_read", name, what, "fetch the PDF again", "warning"))
    fields = [number for number, page in enumerate(pages) if page.fields]
    if fields:
        what = f"{_pages(fields)} of this PDF: what was typed into form fields was not read"
        found.append(Message("page_not_read", name, what, "print it to a new PDF", "warning"))
    marked = [number for number, page in enumerate(pages) if page.marks]
    if marked:
        what = (
            f"{_pages(marked)} of this PDF: notes or marks that were put on the page were not read"
        )
        advice = "look whether they change what stands below them"
        found.append(Message("page_not_read", name, what, advice, "warning"))
    return found


def _pages(numbers: Sequence[int]) -> str:
    """Pages as people count them.

    >>> _pages([0]), _pages([0, 1, 2, 6])
    ('page 1', 'pages 1-3, 7')
    """
    spans: list[list[int]] = []
    for number in numbers:
        if spans and spans[-1][1] == number:
            spans[-1][1] = number + 1
        else:
            spans.append([number + 1, number + 1])
    said = ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in spans)
    return f"{'page' if len(numbers) == 1 else 'pages'} {said}"
