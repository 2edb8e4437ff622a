"""The process that opens a PDF: `worker.py text` or `worker.py picture PAGE ROTATION`, PDF on input.

It runs as a script under the limits of `launch.py`, imports nothing of Fingerpost, and says what it
found as JSON, or a page as a gray picture (PGM). No script in the PDF is run, no file in it opened.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage, PdfTextPage

MAX_PAGES = 1000
MAX_CHARACTERS = 3_000_000
DPI = 300
MAX_PIXELS = 16_000_000
# A gap this wide (in heights of a letter) parts two cells of a table.
CELL_GAP = 1.5

Box = tuple[float, float, float, float]


class Turned(NamedTuple):
    """How a page is turned for reading, and its box before that."""

    angle: int
    left: float
    bottom: float
    width: float
    height: float

    @property
    def upright(self) -> tuple[float, float]:
        """Its width and height as it is read."""
        sideways = self.angle in (90, 270)
        return (self.height, self.width) if sideways else (self.width, self.height)


def main(arguments: list[str]) -> None:
    """Do what the arguments ask, for the PDF on standard input."""
    sys.path.append(arguments.pop(0))
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(sys.stdin.buffer.read())
    except pypdfium2.PdfiumError as error:
        _say({"refused": "locked" if "password" in str(error).lower() else "broken"})
        return
    if arguments[0] == "picture":
        _picture(document, int(arguments[1]), int(arguments[2]))
    elif len(document) > MAX_PAGES:
        _say({"refused": "pages"})
    else:
        _say(_all_pages(document))


def _say(found: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(found))


def _all_pages(document: PdfDocument) -> dict[str, Any]:
    pages: list[dict[str, Any]] = []
    letters = 0
    for number in range(len(document)):
        try:
            page = _page(document[number])
        except Exception:  # noqa: BLE001 - whatever is wrong with a page, the others are read
            page = {"broken": True}
        pages.append(page)
        letters += sum(len(piece[4]) for piece in page.get("pieces", ()))
        if letters > MAX_CHARACTERS:
            return {"refused": "characters"}
    return {"pages": pages}


def _page(page: PdfPage) -> dict[str, Any]:
    text = page.get_textpage()
    pieces = list(_pieces(text, _turned(page)))
    return {
        "pieces": pieces,
        "pictured": _pictured(page),
        "objects": next(iter(page.get_objects(max_depth=1)), None) is not None,
        "laid_on": sorted(set(_annotations(page))),
    }


def _turned(page: PdfPage) -> Turned:
    left, bottom, right, top = page.get_bbox()
    return Turned(page.get_rotation() % 360, left, bottom, right - left, top - bottom)


def _pieces(text: PdfTextPage, turned: Turned) -> Iterator[list[Any]]:
    """Runs of letters on one line without a wide gap: their box and their letters."""
    import pypdfium2.raw as pdfium

    letters: list[str] = []
    boxes: list[Box] = []
    for index in range(text.count_chars()):
        letter = _letter(pdfium.FPDFText_GetUnicode(text.raw, index))
        box = _read_upright(text.get_charbox(index), turned)
        made_up = pdfium.FPDFText_IsGenerated(text.raw, index) == 1
        if letter in ("\r", "\n") or (boxes and not made_up and _apart(boxes[-1], box)):
            yield from _piece(letters, boxes, turned)
            letters, boxes = [], []
        if letter not in ("\r", "\n"):
            letters.append(letter)
            if not made_up and letter.strip():
                boxes.append(box)
    yield from _piece(letters, boxes, turned)


def _piece(letters: list[str], boxes: list[Box], turned: Turned) -> Iterator[list[Any]]:
    """The letters with their box, unless they lie beside the page, where nobody sees them."""
    words = "".join(letters).strip()
    if not boxes or not words:
        return
    left, bottom, right, top = zip(*boxes, strict=True)
    box = min(left), min(bottom), max(right), max(top)
    wide, high = turned.upright
    if box[2] > 0 and box[0] < wide and box[3] > 0 and box[1] < high:
        # Characters beyond the first plane come as two halves.
        whole = words.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        yield [*(round(edge, 1) for edge in box), whole]


def _letter(code: int) -> str:
    """U+0002 and U+FFFE are how PDFium writes a hyphen at the end of a line."""
    if code in (0x02, 0xFFFE, 0xAD):
        return "-"
    return "" if code == 0 or code > sys.maxunicode else chr(code)


def _apart(before: Box, box: Box) -> bool:
    height = max(before[3] - before[1], box[3] - box[1], 1.0)
    return box[0] - before[2] > CELL_GAP * height


def _read_upright(box: Box, turned: Turned) -> Box:
    """The box as it lies when the page is turned for reading, counted from its lower left corner."""
    left, right = box[0] - turned.left, box[2] - turned.left
    bottom, top = box[1] - turned.bottom, box[3] - turned.bottom
    if turned.angle == 90:
        return bottom, turned.width - right, top, turned.width - left
    if turned.angle == 180:
        return (
            turned.width - right,
            turned.height - top,
            turned.width - left,
            turned.height - bottom,
        )
    if turned.angle == 270:
        return turned.height - top, left, turned.height - bottom, right
    return left, bottom, right, top


def _pictured(page: PdfPage) -> float:
    """How much of the page pictures cover, from 0 to 1; the largest of them counts."""
    import pypdfium2.raw as pdfium

    left, bottom, right, top = page.get_bbox()
    area = max((right - left) * (top - bottom), 1.0)
    covered = 0.0
    for each in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        west, south, east, north = each.get_bounds()
        wide = min(east, right) - max(west, left)
        high = min(north, top) - max(south, bottom)
        covered = max(covered, max(wide, 0.0) * max(high, 0.0) / area)
    return min(covered, 1.0)


def _annotations(page: PdfPage) -> Iterator[str]:
    """What is laid on the page and is no text of it: form fields that were filled in, and marks.

    A typed note, a stamp or a line drawn through a result may say the opposite of the text below.
    """
    import pypdfium2.raw as pdfium

    marks = {
        *(pdfium.FPDF_ANNOT_TEXT, pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_STRIKEOUT),
        *(pdfium.FPDF_ANNOT_STAMP, pdfium.FPDF_ANNOT_CARET, pdfium.FPDF_ANNOT_INK),
        *(pdfium.FPDF_ANNOT_REDACT, pdfium.FPDF_ANNOT_SQUARE, pdfium.FPDF_ANNOT_CIRCLE),
    }
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page.raw), 2000)):
        annotation = pdfium.FPDFPage_GetAnnot(page.raw, index)
        if not annotation:
            continue
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        is_field = kind == pdfium.FPDF_ANNOT_WIDGET
        filled = is_field and pdfium.FPDFAnnot_HasKey(annotation, b"V")
        pdfium.FPDFPage_CloseAnnot(annotation)
        if filled:
            yield "fields"
        elif kind in marks:
            yield "marks"


def _picture(document: PdfDocument, number: int, rotation: int) -> None:
    """The page in gray, fine enough to read, and never larger than the pixels allowed."""
    page = document[number]
    wide, high = page.get_size()
    if not (0 < wide < math.inf and 0 < high < math.inf):
        return
    scale = min(DPI / 72, math.sqrt(MAX_PIXELS / (wide * high)))
    if min(wide, high) * scale < 1:
        return
    bitmap = page.render(scale=scale, rotation=rotation, grayscale=True, may_draw_forms=False)
    rows = memoryview(bitmap.buffer).cast("B")
    sys.stdout.buffer.write(b"P5 %d %d 255\n" % (bitmap.width, bitmap.height))
    for row in range(bitmap.height):
        start = row * bitmap.stride
        sys.stdout.buffer.write(rows[start : start + bitmap.width])


if __name__ == "__main__":
    main(sys.argv[1:])
