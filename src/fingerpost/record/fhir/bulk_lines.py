"""The lines of a bulk export (NDJSON, also compressed), read one after the other in bounded memory.

A line that cannot be read is told with its number, and the lines after it are read all the same.
"""

from __future__ import annotations

import json
import math
import zlib
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from fingerpost.errors import Problem, RecordError
from fingerpost.record.gunzip import PIECE, Gunzip
from fingerpost.record.source_text import (
    MAX_BYTES,
    Text,
    broken_json,
    load,
    parse_json,
    unbearable_json,
    without_half_characters,
)

# No resource of one person is this long; a line that is longer is passed over without being kept.
LONGEST_LINE = 64 * 1024 * 1024
# Records shrink to about a twentieth; what unpacks to far more than that was made to do harm.
_MOST_UNPACKED = 250
_GZIP = b"\x1f\x8b"

Tell = Callable[[Problem], object]
Progress = Callable[[int], object]


class Line(NamedTuple):
    """One line: where it stands, its bytes, and the tree they hold."""

    where: str
    raw: bytes
    tree: object


def _nobody(_: int) -> None:
    """Nobody watches the progress."""


def read_lines(
    path: Path, tell: Tell, *, only_with: tuple[bytes, ...] = (), progress: Progress = _nobody
) -> Iterator[Line]:
    """Every line that can be read; `tell` is given a problem for each that cannot.

    Args:
        path: An NDJSON file, or a gzip of one. A file with one JSON document will do if it is small.
        tell: Called with each problem, which names the file and the line.
        only_with: Pass over lines that hold none of these bytes, without parsing them.
        progress: Called with the number of bytes that were read of the file.
    """
    if _is_document(path):
        yield from _document(path, tell, progress)
        return
    for number, raw in _numbered(path, tell, progress):
        if raw.strip() and (not only_with or any(each in raw for each in only_with)):
            line = _parsed(f"{path.name}:{number}", raw, tell)
            if line is not None:
                yield line


class _NotANumberError(ValueError):
    """NaN or Infinity, which JSON does not have."""


def _no_constant(_: str) -> NoReturn:
    raise _NotANumberError


def _finite(text: str) -> float:
    """A number; one that is too large for a computer (1e999) would become Infinity."""
    number = float(text)
    if math.isinf(number):
        raise _NotANumberError
    return number


class _TwiceError(ValueError):
    """A key that stands twice in one map."""


def _once(entries: list[tuple[str, Any]]) -> dict[str, Any]:
    """A map; with a key that stands twice nobody knows which was meant, as whose record this is."""
    tree = dict(entries)
    if len(tree) != len(entries):
        raise _TwiceError
    return tree


_DECODER = json.JSONDecoder(
    parse_constant=_no_constant, parse_float=_finite, object_pairs_hook=_once
)
_LEFT_OUT = "This line was left out"


def _parsed(where: str, raw: bytes, tell: Tell) -> Line | None:
    try:
        text = without_half_characters(Text(raw.decode("utf-8-sig").strip(), where)).text
        return Line(where, text.encode(), _DECODER.decode(text))
    except UnicodeDecodeError:
        problem = Problem("not-text", where, "this is not UTF-8 text", "", "export it as UTF-8")
    except json.JSONDecodeError as error:
        found = broken_json("", error, 1)
        problem = Problem(found.code, where, found.what, _LEFT_OUT, found.try_this)
    except _NotANumberError:
        what = "NaN, Infinity and numbers as large as that are no numbers in JSON"
        problem = Problem("not-a-number", where, what, _LEFT_OUT, "leave the value out")
    except _TwiceError:
        what = "a key stands twice in one map, and only one could be read"
        problem = Problem("duplicate-key", where, what, _LEFT_OUT, "export it again")
    except (RecursionError, ValueError, MemoryError) as error:
        found = unbearable_json(where, error)
        problem = Problem(found.code, where, found.what, _LEFT_OUT, found.try_this)
    tell(problem)
    return None


# --- one document -------------------------------------------------------------------------


def _is_document(path: Path) -> bool:
    """Whether a file is one JSON document over several lines, rather than one resource a line."""
    lines = (raw.strip() for _, raw in _numbered(path, lambda _: None, _nobody))
    two = list(islice(filter(None, lines), 2))
    if len(two) < 2:
        return False
    first = two[0].removeprefix(b"\xef\xbb\xbf")
    unfinished = first[:1] in (b"{", b"[") and first[-1:] not in (b"}", b"]")
    return first == b"[" or (unfinished and two[1][:1] != b"{")


def _document(path: Path, tell: Tell, progress: Progress) -> Iterator[Line]:
    try:
        tree = parse_json(load(path, None))
    except RecordError as error:
        for problem in error.problems:
            tell(problem)
        return
    progress(path.stat().st_size)
    raw = json.dumps(tree, separators=(",", ":")).encode()
    yield Line(path.name, raw, tree)


# --- bytes --------------------------------------------------------------------------------


def _numbered(path: Path, tell: Tell, progress: Progress) -> Iterator[tuple[int, bytes]]:
    """Lines with their numbers; one that is too long is told, and not kept in memory."""
    number, kept, too_long = 1, bytearray(), False
    for piece in _pieces(path, tell, progress):
        *ended, rest = piece.split(b"\n")
        for part in ended:
            if not too_long and len(kept) + len(part) <= LONGEST_LINE:
                yield number, bytes(kept) + part if kept else part
            else:
                _too_long(f"{path.name}:{number}", tell)
            kept, too_long, number = bytearray(), False, number + 1
        too_long = too_long or len(kept) + len(rest) > LONGEST_LINE
        if too_long:
            kept = bytearray()
        else:
            kept += rest
    if too_long:
        _too_long(f"{path.name}:{number}", tell)
    elif kept:
        yield number, bytes(kept)


def _too_long(where: str, tell: Tell) -> None:
    what = f"this line is longer than {LONGEST_LINE // 1024 // 1024} MB"
    why = "No resource is so long; it was left out"
    tell(Problem("too-large", where, what, why, "one resource a line (NDJSON)"))


def _pieces(path: Path, tell: Tell, progress: Progress) -> Iterator[bytes]:
    """The bytes of a file, unpacked if it is a gzip, a piece at a time."""
    try:
        with path.open("rb") as file:
            first = file.read(PIECE)
            progress(len(first))
            packed = _rest(first, iter(lambda: file.read(PIECE), b""), progress)
            if first[:2] == _GZIP:
                yield from _unpacked(path.name, packed, tell)
            else:
                yield from packed
    except OSError as error:
        what = f"the file cannot be read ({error.strerror})"
        tell(Problem("unreadable-file", path.name, what, "", "check the name and the folder"))


def _rest(first: bytes, more: Iterator[bytes], progress: Progress) -> Iterator[bytes]:
    yield first
    for piece in more:
        progress(len(piece))
        yield piece


def _unpacked(name: str, packed: Iterator[bytes], tell: Tell) -> Iterator[bytes]:
    """What a gzip of one or several parts holds; it ends where the file is damaged or harmful."""
    taken = given = 0
    gunzip = Gunzip()
    for piece in packed:
        taken += len(piece)
        try:
            for text in gunzip.feed(piece):
                given += len(text)
                if given > MAX_BYTES and given > taken * _MOST_UNPACKED:
                    tell(_bomb(name))
                    return
                yield text
        except zlib.error:
            tell(_broken_gzip(name, "this gzip file is damaged"))
            return
    if gunzip.inside:
        tell(_broken_gzip(name, "this gzip file ends too early"))


def _broken_gzip(name: str, what: str) -> Problem:
    return Problem("broken-gzip", name, what, "Only what came before was read", "fetch it again")


def _bomb(name: str) -> Problem:
    what = f"this gzip file unpacks to more than {_MOST_UNPACKED} times its size"
    why = "No record does that; only what came before was read"
    return Problem("too-large", name, what, why, "fetch it again from where it came from")
