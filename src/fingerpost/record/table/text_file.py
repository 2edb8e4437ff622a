"""A delimited text file: unpacked, decoded, and told where its header ends.

What comes out is a UTF-8 file that DuckDB can read without guessing: the delimiter, the names of the
columns and the number of lines before the first row are known. The file itself is read where it
lies; a copy is made only where it must be unpacked or decoded, or where it holds quotation marks or
empty lines: DuckDB (2.0.0) passes over some rows with a stray mark and does not say so, and over
empty lines without counting them. Python's reader does both.
"""

from __future__ import annotations

import codecs
import csv
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from fingerpost.record.gunzip import Gunzip
from fingerpost.record.table.faults import Faults, refused
from fingerpost.record.table.mapping import TableShape

DELIMITERS = (",", ";", "\t", "|")
_NAMES = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_CHUNK = 1 << 20
# What is unpacked may be this large in any case, and above it this many times the packed size.
# Tables pack ten- to fortyfold; what packs better was made to fill a disk.
_UNPACKED_ANYWAY = 1 << 30
_UNPACKED_RATIO = 200
_HEAD_BYTES = 1 << 16
SHORT_ROW = (
    "this row has fewer cells than the header",
    "add the missing cells, or write `short_rows: empty` in the mapping if rows end early",
)
LONG_ROW = (
    "this row has more cells than the header",
    "put quotation marks round a cell that holds the delimiter",
)
OPEN_QUOTE = (
    "a quotation mark is not closed, or text follows a closed one",
    "close it; write a quotation mark inside a cell twice",
)
# One cell of a header or of a row longer than this is an unclosed quotation mark.
_LONGEST_CELL = 1 << 20
_PLAIN = ("utf-8", "utf8")
_QUOTE_OR_GAP = re.compile(rb'"|\n\r?\n')
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True, slots=True)
class TextFile:
    """A file that is ready to be read, and what stands before its rows."""

    path: Path
    name: str
    delimiter: str
    skip: int
    above: int
    header: tuple[str, ...]
    comments: tuple[str, ...]
    encoding: str
    # Whether each row begins with the line or row at which it stood in the file itself.
    numbered: bool = False


def open_text(
    path: Path, shape: TableShape, folder: Path, faults: Faults | None = None
) -> TextFile:
    """Look at a delimited text file and make it ready.

    Without `faults` only the header counts, and the rows are not looked at.

    Raises:
        RecordError: it cannot be read, is no text, or has no usable header.
    """
    plain, encoding = _plain_text(path, shape.encoding, folder)
    with plain.open(encoding="utf-8", newline="") as text:
        comments, skip, first = _comments(text, shape.comments)
        if not first.strip():
            raise refused("empty-table", path.name, "this table is empty", "export it again")
        delimiter = shape.delimiter or _delimiter(first)
        header, lines = _header(first, text, delimiter, shape.header_rows, path.name)
    names = joined_header(header)
    above = skip + lines
    ready = TextFile(plain, path.name, delimiter, above, above, names, comments, encoding)
    if faults is None or not _has_quotes_or_gaps(plain):
        return ready
    target = folder / f"rows-{path.name}.csv"
    _rewrite(ready, target, faults, pad=shape.short_rows == "empty")
    return replace(ready, path=target, delimiter=",", skip=0, numbered=True)


def _has_quotes_or_gaps(path: Path) -> bool:
    end = b""
    with path.open("rb") as file:
        for block in _blocks(file):
            if _QUOTE_OR_GAP.search(end + block):
                return True
            end = block[-2:]
    return False


def _rewrite(text: TextFile, target: Path, faults: Faults, *, pad: bool) -> None:
    """The rows with their line, every cell in quotation marks; broken ones are told with theirs."""
    width = len(text.header)
    with (
        text.path.open(encoding="utf-8", newline="") as source,
        target.open("w", encoding="utf-8", newline="") as file,
    ):
        for _ in range(text.skip):
            source.readline()
        reader = csv.reader(source, delimiter=text.delimiter, strict=True)
        writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
        start = text.skip
        try:
            for row in reader:
                if len(row) == width or (pad and 0 < len(row) < width):
                    # DuckDB takes a carriage return within a cell for the end of a row.
                    cells = [cell.replace("\r\n", "\n").replace("\r", "\n") for cell in row]
                    writer.writerow([start + 1, *cells, *[""] * (width - len(row))])
                elif row:
                    what, advice = SHORT_ROW if len(row) < width else LONG_ROW
                    faults.add("broken-row", f"{text.name}:{start + 1}", what, advice)
                start = text.skip + reader.line_num
        except csv.Error:
            what, advice = OPEN_QUOTE
            why = "The rows after it could not be read"
            faults.add("broken-row", f"{text.name}:{start + 1}", what, advice, why)


# --- bytes --------------------------------------------------------------------------------


def _plain_text(path: Path, encoding: str | None, folder: Path) -> tuple[Path, str]:
    """The file itself if it is plain UTF-8, else a copy that is; and the encoding it had."""
    try:
        with path.open("rb") as file:
            start = file.read(4)
    except FileNotFoundError:
        raise refused("unreadable-file", path.name, "there is no such file") from None
    except IsADirectoryError:
        raise refused("unreadable-file", path.name, "this is a folder") from None
    except OSError as error:
        what = f"the file cannot be read ({error.strerror})"
        raise refused("unreadable-file", path.name, what) from None
    if not start:
        raise refused("empty-table", path.name, "this table is empty", "export it again")
    if start[:2] == b"\x1f\x8b":
        path = _unpacked(path, folder)
    found = encoding or _encoding(path)
    if encoding is not None and encoding.casefold() in _PLAIN and not _fits(path, "utf-8"):
        raise _other_encoding(path.name)
    return _as_utf8(path, found, folder), found


def _unpacked(path: Path, folder: Path) -> Path:
    target = folder / f"unpacked-{path.name}"
    limit = max(_UNPACKED_ANYWAY, path.stat().st_size * _UNPACKED_RATIO)
    written = 0
    machine = Gunzip()
    with path.open("rb") as packed, target.open("wb") as plain:
        try:
            for block in _blocks(packed):
                for part in machine.feed(block):
                    written += len(part)
                    if written > limit:
                        what = "this gzip file unpacks to more than a table can sensibly hold"
                        raise refused("too-large", path.name, what, "unpack it, and look at it")
                    plain.write(part)
        except zlib.error:
            what = "this gzip file is damaged"
            raise refused("broken-gzip", path.name, what, "fetch it again") from None
    if machine.inside:
        raise refused("broken-gzip", path.name, "this gzip file ends too early", "fetch it again")
    return target.rename(folder / path.name)


def _blocks(file: IO[bytes]) -> Iterator[bytes]:
    while block := file.read(_CHUNK):
        yield block


def _encoding(path: Path) -> str:
    """UTF-8 if every byte fits, UTF-16 if it says so, else Windows-1252 if every byte fits that."""
    with path.open("rb") as file:
        start = file.read(_HEAD_BYTES)
    if start.startswith(_UTF16):
        return "utf-16"
    _refuse_binary(path, start)
    if _fits(path, "utf-8"):
        return "utf-8"
    if _fits(path, "cp1252"):
        return "cp1252"
    advice = "save it as UTF-8, or name its encoding in the mapping (encoding: ...)"
    raise refused("not-text", path.name, "the encoding of this table is not known", advice)


def _refuse_binary(path: Path, start: bytes) -> None:
    what = ""
    if start.startswith(b"%PDF"):
        what = "this is a PDF, and no table"
    elif b"\x00" in start:
        what = "this is no text"
    if what:
        raise refused("not-text", path.name, what, "CSV, TSV, Parquet or Excel (.xlsx)")


def _fits(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    with path.open("rb") as file:
        try:
            for block in _blocks(file):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _as_utf8(path: Path, encoding: str, folder: Path) -> Path:
    with path.open("rb") as file:
        start = file.read(_HEAD_BYTES)
    marked = start.startswith(codecs.BOM_UTF8)
    old_lines = b"\r" in start and b"\n" not in start
    if encoding.casefold() in _PLAIN and not (marked or old_lines):
        return path
    target = folder / f"text-{path.name}.txt"
    codec = "utf-8-sig" if marked else encoding
    newline = None if old_lines else ""
    try:
        with (
            path.open(encoding=codec, newline=newline) as source,
            target.open("w", encoding="utf-8", newline="") as plain,
        ):
            while text := source.read(_CHUNK):
                plain.write(text)
    except UnicodeError:
        raise _other_encoding(path.name) from None
    except (LookupError, ValueError):
        # A name with a zero in it is a ValueError, of which UnicodeError above is one as well.
        raise refused("not-text", path.name, "there is no such encoding", "utf-8") from None
    return target


def _other_encoding(name: str) -> Exception:
    what = "this table is not in the encoding that is named for it"
    return refused("not-text", name, what, "correct `encoding`, or leave it out")


# --- header -------------------------------------------------------------------------------


def _comments(text: IO[str], comments: str) -> tuple[tuple[str, ...], int, str]:
    """The comment lines at the top, how many lines they take, and the first line after them."""
    found: list[str] = []
    skip = 0
    for line in text:
        blank = not line.strip()
        if not blank and not (comments == "#" and line.lstrip('"').startswith("#")):
            return tuple(found), skip, line
        skip += 1
        if not blank:
            found.append(line.rstrip("\r\n"))
    return tuple(found), skip, ""


def _delimiter(first: str) -> str:
    """The delimiter that gives the header most columns; a comma if there is none."""
    counts = {each: len(_cells(first, each)) for each in DELIMITERS}
    best = max(DELIMITERS, key=lambda each: (counts[each], -DELIMITERS.index(each)))
    return best if counts[best] > 1 else ","


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


def _header(
    first: str, text: IO[str], delimiter: str, rows: int, name: str
) -> tuple[list[list[str]], int]:
    """The rows of the header, and how many lines they take."""

    def lines() -> Iterator[str]:
        yield first
        yield from text

    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(lines(), delimiter=delimiter, strict=True)
    found: list[list[str]] = []
    try:
        for row in reader:
            found.append(row)
            if len(found) == rows:
                return found, reader.line_num
    except csv.Error:
        what = "the header of this table has a quotation mark that is not closed"
        raise refused("broken-table", f"{name}:1", what, "close it, or remove it") from None
    what = "this table ends within its header"
    raise refused("empty-table", name, what, "export it again")


def joined_header(rows: list[list[str]]) -> tuple[str, ...]:
    """One name for each column: the parts of several header rows joined, merged cells carried on.

    >>> joined_header([["ER", "", "HER2"], ["status", "%", "IHC"]])
    ('ER / status', 'ER / %', 'HER2 / IHC')
    """
    width = max((len(row) for row in rows), default=0)
    columns: list[list[str]] = [[] for _ in range(width)]
    for number, row in enumerate(rows):
        carried = ""
        for index in range(width):
            cell = " ".join((row[index] if index < len(row) else "").split())
            if number < len(rows) - 1:
                carried = cell = cell or carried
            if cell and cell not in columns[index]:
                columns[index].append(cell)
    return tuple(" / ".join(parts) for parts in columns)


def parted_by(delimiter: str) -> str:
    """How a delimiter is called in messages.

    >>> parted_by(";")
    'semicolons'
    """
    return _NAMES[delimiter]
