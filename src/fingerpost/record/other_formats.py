"""Files that hold a report in a way that is not read here: what they are, and how to save them.

Only the first bytes are looked at. None of these is opened: each can carry programs, outside
references or bombs, and every program that shows one can also save it as text or PDF.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OtherFormat:
    """A kind of file, and what to do with it."""

    what: str
    try_this: str


_SAVE = "open it and save it as plain text (.txt) or as PDF"
_PICTURE = "print or save it as PDF: a picture in a PDF can be read where Tesseract is installed"
_WORD = OtherFormat("a Word or office document", _SAVE)
_ZIP = OtherFormat("a zip file", "unpack it, and name one file in it")
_MAPPING = (
    "if it is a table of people, --mapping NAME or FILE says how to read it, and `fingerpost table map` "
    "proposes one; if it holds a report, open it and save that as plain text (.txt) or as PDF"
)

_STARTS: tuple[tuple[bytes, OtherFormat], ...] = (
    (rb"\{\\rtf", OtherFormat("a rich text document (RTF)", _SAVE)),
    (rb"\xd0\xcf\x11\xe0", _WORD),
    (
        rb"(?s)PK\x03\x04.*xl/(?:_rels|workbook|worksheets|styles|theme)",
        OtherFormat("an Excel file", _MAPPING),
    ),
    (rb"PAR1\x15", OtherFormat("a Parquet file", _MAPPING)),
    (
        rb"(?s)PK\x03\x04.*(?:word/|\[Content_Types\]\.xml|opendocument|xl/|_rels/)",
        _WORD,
    ),
    (rb"PK", _ZIP),
    (
        rb"\xff\xd8\xff|\x89PNG|GIF8|II\*\x00|MM\x00\*|....ftyp(?:heic|heix|mif1)",
        OtherFormat("a picture", _PICTURE),
    ),
)


def named_format(start: bytes) -> OtherFormat | None:
    r"""What a file is by its first bytes, if it is one of those that are not read.

    >>> named_format(b"{\\rtf1 ER positive}").what
    'a rich text document (RTF)'
    >>> named_format(b"ER: positive") is None
    True
    """
    return next((other for pattern, other in _STARTS if re.match(pattern, start)), None)
