"""PDFs made by hand, so that no test needs a file from anywhere: a few objects, and their places."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import pypdfium2

REPORT = """SURGICAL PATHOLOGY REPORT
Patient: Testperson, Invented
FINAL DIAGNOSIS:
A. Left breast, lumpectomy:
- Invasive ductal carcinoma, Nottingham grade 2 (score 7 of 9)
- Tumor size: 1.8 x 1.5 x 1.2 cm
Pathologic stage: pT1c pN1a MX
ESTROGEN RECEPTOR: Positive (95%, strong)
PROGESTERONE RECEPTOR: Negative (0%)
HER2 (IHC): Equivocal (2+)
Ki-67: 18%"""


@dataclass(frozen=True)
class Picture:
    """A gray picture, row by row."""

    width: int
    height: int
    data: bytes


@dataclass(frozen=True)
class Page:
    """What is drawn on a page, its picture, its size, and what else its dictionary says."""

    drawn: bytes
    picture: Picture | None = None
    size: tuple[float, float] = (612, 792)
    more: bytes = b""


def stream(data: bytes, more: bytes = b"") -> bytes:
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(data), more, data)


def pdf_of(objects: list[bytes], trailer: bytes = b"") -> bytes:
    """A whole file; object 1 is the catalog."""
    out, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return (
        out
        + b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, rows)
        + b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, len(out))
    )


def pdf(*pages: Page, catalog: bytes = b"") -> bytes:
    """A file of some pages; the font is one that every reader has."""
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
    objects = [b"", b"", font]
    kids = []
    for page in pages:
        resources = b"/Font<</F 3 0 R>>"
        if page.picture:
            kind = b"/Type/XObject/Subtype/Image/ColorSpace/DeviceGray/BitsPerComponent 8"
            size = b"/Width %d/Height %d" % (page.picture.width, page.picture.height)
            objects.append(stream(page.picture.data, kind + size))
            resources += b"/XObject<</I %d 0 R>>" % len(objects)
        objects.append(stream(page.drawn))
        contents = len(objects)
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %g %g]/Contents %d 0 R/Resources<<%s>>%s>>"
            % (*page.size, contents, resources, page.more)
        )
        kids.append(len(objects))
    objects[0] = b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog
    named = b" ".join(b"%d 0 R" % kid for kid in kids)
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), named)
    return pdf_of(objects)


def written(text: str, x: float = 50, y: float = 740, step: float = 15) -> bytes:
    """Lines of text, downwards from a place."""
    out = b""
    for number, line in enumerate(text.split("\n")):
        letters = line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)").encode("cp1252")
        place = b"1 0 0 1 %g %g Tm" % (x, y - step * number)
        out += b"BT /F 11 Tf %s (%s) Tj ET\n" % (place, letters)
    return out


@cache
def scanned(text: str = REPORT, dpi: int = 200, rotation: int = 0) -> bytes:
    """The same text as a scanner would give it: a picture and nothing else."""
    return pdf(scanned_page(text, dpi, rotation))


@cache
def scanned_page(text: str = REPORT, dpi: int = 200, rotation: int = 0) -> Page:
    document = pypdfium2.PdfDocument(pdf(Page(written(text))))
    bitmap = document[0].render(scale=dpi / 72, grayscale=True, rotation=rotation)
    rows = memoryview(bitmap.buffer).cast("B")
    starts = range(0, bitmap.height * bitmap.stride, bitmap.stride)
    data = b"".join(bytes(rows[start : start + bitmap.width]) for start in starts)
    size = (792, 612) if rotation in (90, 270) else (612, 792)
    drawn = b"%d 0 0 %d 0 0 cm /I Do" % size
    return Page(drawn, Picture(bitmap.width, bitmap.height, data), size)
