"""An Excel sheet as rows of text, opened only after a look at how large it unpacks.

No macro and no formula is run: a cell holds the value that was saved in it. A formula that ended in
an error, or was never calculated, has no such value; its cell says so instead of looking empty. And
a cell that shows 90% holds 0.9: it is read as it is shown. Both can be seen in .xlsx and .xlsm only.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from fingerpost.record.table.faults import refused
from fingerpost.record.table.mapping import TableShape
from fingerpost.record.table.text_file import TextFile, joined_header

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

ENDINGS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
# A sheet of a million cells unpacks to some 40 MB; what is larger belongs in CSV or Parquet.
MAX_UNPACKED = 256 * 1024 * 1024
# Sheets pack tenfold to thirtyfold. What packs a hundredfold and is large was made to do harm.
MAX_RATIO = 100
_RATIO_FROM = 32 * 1024 * 1024
_MAX_PARTS = 10_000
_OLE = b"\xd0\xcf\x11\xe0"
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
_CELL_END = re.compile(rb"</(?:\w+:)?c>")
_PLACE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_ERROR = re.compile(rb'\bt="e"')
_VALUE = re.compile(rb"<(?:\w+:)?v\b[^>]*>([^<]*)</")
_FORMULA = re.compile(rb"<(?:\w+:)?f\b")
_NOT_NUMERIC = re.compile(rb'\bt="(?!n")')
_STYLE = re.compile(rb'\bs="(\d+)"')
# The two formats of percent that every workbook has without naming them.
_PERCENT = frozenset({"9", "10"})
# Between quotation marks or behind a backslash, a sign is only shown and changes no number.
_ONLY_SHOWN = re.compile(r'"[^"]*"|\\.')
# What stands in a cell whose formula has no value; the reader of cells knows these words.
NEVER_CALCULATED = "#FORMULA!"


def is_excel(path: Path) -> bool:
    """Whether a file is named as an Excel (or OpenDocument) workbook."""
    return path.suffix.casefold() in ENDINGS


def sheet_names(path: Path) -> list[str]:
    """The names of the sheets of a workbook.

    Raises:
        RecordError: it cannot be opened safely.
    """
    with _opened(path) as workbook:
        return list(workbook.sheet_names)


def open_sheet(path: Path, shape: TableShape, folder: Path) -> TextFile:
    """One sheet of a workbook, written as a CSV file that is ready to be read.

    Raises:
        RecordError: it cannot be opened safely, or there is no such sheet, or nothing in it.
    """
    with _opened(path) as workbook:
        sheet = _sheet(workbook, shape.sheet, path.name)
        rows = _with_marked(_rows(sheet), _marked(path, sheet.name))
        name = f"{path.name}[{sheet.name}]"
        return _as_text(rows, shape, name, folder)


def _opened(path: Path) -> CalamineWorkbook:
    _look(path)
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        return CalamineWorkbook.from_path(path)
    except CalamineError as error:
        if "password" in f"{type(error).__name__} {error}".casefold():
            raise _locked(path.name) from None
        raise _broken(path.name) from None
    except (OSError, ValueError):
        raise _broken(path.name) from None
    except BaseException as error:
        # A panic of the reader's own language is no Exception; any other kind goes its way.
        if type(error).__name__ == "PanicException":
            raise _broken(path.name) from None
        raise


def _look(path: Path) -> None:
    """Refuse what is locked, damaged, or unpacks to more than a sheet can sensibly hold."""
    try:
        if path.stat().st_size > MAX_UNPACKED:
            what = "this workbook is larger than any sheet should be"
            raise refused("too-large", path.name, what, "save the one sheet as CSV")
        with path.open("rb") as file:
            start = file.read(8)
            whole = start + file.read() if start.startswith(_OLE) else start
    except OSError as error:
        what = f"the file cannot be read ({error.strerror})"
        raise refused("unreadable-file", path.name, what) from None
    if not start:
        raise refused("empty-table", path.name, "this table is empty", "export it again")
    if "EncryptedPackage".encode("utf_16_le") in whole:
        raise _locked(path.name)
    if not start.startswith(_OLE):
        _look_inside(path)


def _look_inside(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        # NotImplementedError is how zipfile says that a file asks for a newer version of the format.
        raise _broken(path.name) from None
    size = sum(part.file_size for part in parts)
    packed_size = max(1, sum(part.compress_size for part in parts))
    bomb = size > _RATIO_FROM and size / packed_size > MAX_RATIO
    if size > MAX_UNPACKED or bomb or len(parts) > _MAX_PARTS:
        what = f"this workbook unpacks to {size // 1024 // 1024} MB"
        advice = "save the one sheet as CSV"
        why = "It would not fit into the memory of a usual computer"
        raise refused("too-large", path.name, what, advice, why)


def _locked(name: str) -> Exception:
    what = "this workbook is protected with a password"
    return refused("locked-table", name, what, "save a copy without a password")


def _broken(name: str) -> Exception:
    what = "this workbook is damaged, or is none"
    return refused("broken-table", name, what, "open it in Excel and save it as .xlsx or CSV")


def _sheet(workbook: CalamineWorkbook, wanted: str | None, name: str) -> CalamineSheet:
    names = list(workbook.sheet_names)
    if wanted is None and len(names) > 1:
        filled = [each for each in names if workbook.get_sheet_by_name(each).height]
        if len(filled) != 1:
            what = f"this workbook has {len(names)} sheets"
            advice = "name one in the mapping (sheet: ...), or with --sheet"
            raise refused("which-sheet", name, what, advice)
        wanted = filled[0]
    wanted = wanted or (names[0] if names else "")
    if wanted not in names:
        advice = f"one of the {len(names)} sheets of this workbook"
        raise refused("which-sheet", name, f"there is no sheet `{wanted}`", advice)
    try:
        return workbook.get_sheet_by_name(wanted)
    except Exception as error:
        if type(error).__module__.startswith(("python_calamine", "_python_calamine")):
            raise _broken(name) from None
        raise


def _rows(sheet: CalamineSheet) -> Iterator[list[str]]:
    """Every row from the first of the sheet, so that its number is the one that Excel shows."""
    first_row, first_column = sheet.start or (0, 0)
    for _ in range(first_row):
        yield []
    for row in sheet.iter_rows():
        yield [""] * first_column + [as_text(cell) for cell in row]


def as_text(cell: Any) -> str:  # noqa: ANN401 (a cell may hold anything)
    """A cell as somebody would write it.

    >>> as_text(7.0), as_text("007"), as_text(dt.datetime(2021, 3, 9)), as_text(True)
    ('7', '007', '2021-03-09', 'true')
    """
    match cell:
        case None:
            return ""
        case bool():
            return "true" if cell else "false"
        case float() if cell.is_integer() and abs(cell) < 1e15:
            return str(int(cell))
        case dt.datetime() if cell.time() == dt.time():
            return cell.date().isoformat()
        case dt.datetime() | dt.date() | dt.time():
            return cell.isoformat()
        case _:
            return str(cell).replace("\r\n", "\n").replace("\r", "\n")


# --- formulas and percent -----------------------------------------------------------------


def _marked(path: Path, name: str) -> Mapping[tuple[int, int], str]:
    """The cells of a sheet that say something else than their value: an error, or a percentage."""
    if path.suffix.casefold() not in (".xlsx", ".xlsm"):
        return {}
    with zipfile.ZipFile(path) as packed:
        part = _part_of(packed, name)
        if part is None:
            return {}
        with packed.open(part) as xml:
            return dict(_marked_cells(xml, _percent_styles(packed)))


def _part_of(packed: zipfile.ZipFile, name: str) -> str | None:
    """The file inside the workbook that holds a sheet; read with patterns, so that no XML is run."""
    try:
        book = packed.read("xl/workbook.xml").decode("utf-8", "replace")
        links = packed.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    except KeyError:
        return None
    from html import unescape

    for sheet in re.findall(r"<(?:\w+:)?sheet\b[^>]*>", book):
        named = re.search(r'\bname="([^"]*)"', sheet)
        linked = re.search(r'\b\w+:id="([^"]*)"', sheet)
        if named is None or linked is None or unescape(named[1]) != name:
            continue
        for link in re.findall(r"<Relationship\b[^>]*>", links):
            target = re.search(r'\bTarget="([^"]*)"', link)
            if f'Id="{linked[1]}"' in link and target is not None:
                inner = target[1].lstrip("/")
                part = inner if inner.startswith("xl/") else f"xl/{inner}"
                return part if part in packed.namelist() else None
    return None


def _percent_styles(packed: zipfile.ZipFile) -> frozenset[bytes]:
    """The styles of cells that show a number a hundredfold, by the number that cells name them with."""
    from html import unescape

    try:
        text = packed.read("xl/styles.xml").decode("utf-8", "replace")
    except KeyError:
        return frozenset()
    formats = set(_PERCENT)
    for named in re.findall(r"<(?:\w+:)?numFmt\b[^>]*>", text):
        number = re.search(r'\bnumFmtId="(\d+)"', named)
        code = re.search(r'\bformatCode="([^"]*)"', named)
        if number and code and "%" in _ONLY_SHOWN.sub("", unescape(code[1])):
            formats.add(number[1])
    styles = re.search(r"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", text, re.DOTALL)
    used = re.findall(r'<(?:\w+:)?xf\b[^>]*?\bnumFmtId="(\d+)"', styles[0]) if styles else []
    return frozenset(str(n).encode() for n, each in enumerate(used) if each in formats)


def _marked_cells(
    xml: IO[bytes], percent: frozenset[bytes]
) -> Iterator[tuple[tuple[int, int], str]]:
    held = b""
    while block := xml.read(1 << 20):
        held += block
        ends = [match.end() for match in _CELL_END.finditer(held)]
        if not ends:
            held = held[-(1 << 16) :]
            continue
        for match in _CELL.finditer(held, 0, ends[-1]):
            place = _PLACE.search(match[1])
            said = _said_instead(match[1], match[2] or b"", percent)
            if place is not None and said:
                yield (int(place[2]) - 1, _column_number(place[1])), said
        held = held[ends[-1] :]


def _said_instead(attributes: bytes, content: bytes, percent: frozenset[bytes]) -> str:
    """What a cell says if that is not its value: the error of a formula, or a percentage."""
    found = _VALUE.search(content)
    value = found[1].decode("utf-8", "replace") if found is not None else ""
    if _ERROR.search(attributes) is not None:
        return value or NEVER_CALCULATED
    if found is None:
        return NEVER_CALCULATED if _FORMULA.search(content) else ""
    style = _STYLE.search(attributes)
    if style is None or style[1] not in percent or _NOT_NUMERIC.search(attributes):
        return ""
    try:
        return f"{float(value) * 100:.10g}%"
    except ValueError:
        return ""


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _with_marked(
    rows: Iterator[list[str]], marked: Mapping[tuple[int, int], str]
) -> Iterator[list[str]]:
    by_row: dict[int, list[tuple[int, str]]] = {}
    for (row, column), said in marked.items():
        by_row.setdefault(row, []).append((column, said))
    for number, cells in enumerate(rows):
        for column, said in by_row.get(number, ()):
            cells += [""] * (column + 1 - len(cells))
            cells[column] = said
        yield cells


# --- as text ------------------------------------------------------------------------------


def _as_text(rows: Iterator[list[str]], shape: TableShape, name: str, folder: Path) -> TextFile:
    """The rows as a CSV file in the folder; empty rows above the header do not count."""
    header: list[list[str]] = []
    numbered = enumerate(rows, 1)
    above = 0
    for above, row in numbered:  # noqa: B007 (the last one counts)
        if not header and not any(row):
            continue
        header.append(row)
        if len(header) == shape.header_rows:
            break
    if len(header) < shape.header_rows:
        raise refused("empty-table", name, "this sheet is empty", "choose another sheet")
    names = joined_header(header)
    target = folder / f"sheet-{abs(hash(name))}.csv"
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
        for number, row in numbered:
            if any(row):
                extra = [""] * (len(names) - len(row))
                writer.writerow([number, *[*row, *extra][: len(names)]])
    return TextFile(target, name, ",", 0, above, names, (), "Excel", numbered=True)
