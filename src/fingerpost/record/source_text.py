"""From a file or bytes to a tree: unpacked, decoded and parsed, with clear words when that fails."""

from __future__ import annotations

import codecs
import json
import re
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from fingerpost.errors import Problem, RecordError
from fingerpost.record.form.context import shown
from fingerpost.record.gunzip import PIECE, Gunzip
from fingerpost.record.model import Message
from fingerpost.record.other_formats import named_format

# A bundle of this size takes about 2 GB of memory and some seconds; the record of one person is
# rarely over 50 MB.
MAX_BYTES = 256 * 1024 * 1024
# What the parser makes of a literal that JSON does not have, so that it can be found again.
_NOT_JSON = re.compile(r"(?<![\w\"])(-?Infinity|NaN)(?![\w\"])")
# One half of a surrogate pair without the other.
_HALF = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F][0-9a-fA-F]{2})"
    r"|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2}"
)
# How a form or FHIR begins.
_STRUCTURED = re.compile(rb"(?s)\s*(?:[\[{]|#|---|fingerpost)")
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True, slots=True)
class Text:
    """The text of a record and the name it is known by in messages.

    The text of a PDF has a form feed between its pages; it is prose, never a form or FHIR.
    `messages` tell what the owner should know of how the text was come by.
    """

    text: str
    name: str
    messages: tuple[Message, ...] = ()
    from_pdf: bool = False


def refuse(code: str, where: str, what: str, try_this: str = "", why: str = "") -> NoReturn:
    """Say the one thing that makes the whole record unreadable."""
    raise RecordError([Problem(code, where, what, why, try_this)])


def load(source: Path | bytes, name: str | None) -> Text:
    """The text of a record from a file or from bytes; gzip is unpacked, a PDF is read.

    Raises:
        RecordError: it cannot be read, is empty, too large, or no text.
    """
    if isinstance(source, Path):
        name = name or source.name
        data = _read(source, name)
    else:
        name, data = name or "record", source
    if len(data) > MAX_BYTES:
        _too_large(name)
    if data[:2] == b"\x1f\x8b":
        data = _unpacked(data, name)
    # Some programs write a few bytes of their own before a PDF.
    if b"%PDF-" in data[:1024] and not data.lstrip().startswith((b"{", b"[")):
        return _from_pdf(data, name)
    return _decoded(data, name)


def _from_pdf(data: bytes, name: str) -> Text:
    # Only here: nothing else needs it.
    from fingerpost.record.pdf.read import read_pdf

    found = read_pdf(data, name)
    return Text(found.text, name, found.messages, from_pdf=True)


def _read(path: Path, name: str) -> bytes:
    try:
        if path.is_file() and path.stat().st_size > MAX_BYTES:
            _too_large(name)
        return path.read_bytes()
    except FileNotFoundError:
        refuse("unreadable-file", name, "there is no such file", "check the name and the folder")
    except IsADirectoryError:
        refuse("unreadable-file", name, "this is a folder", "name the file in it")
    except OSError as error:
        refuse("unreadable-file", name, f"the file cannot be read ({error.strerror})")


def _too_large(name: str) -> NoReturn:
    what = f"this record is larger than {MAX_BYTES // 1024 // 1024} MB"
    advice = (
        "for an export of many people, name one of them (`--patient ID`) or take it apart "
        "(`fingerpost record split`); for one person, ask only for Patient, Condition, Observation, "
        "Procedure, Specimen, DiagnosticReport and Medication resources"
    )
    refuse("too-large", name, what, advice, "It would not fit into the memory of a usual computer")


def _unpacked(data: bytes, name: str) -> bytes:
    """What a gzip holds; one that unpacks to too much is refused as soon as that is seen."""
    gunzip = Gunzip()
    parts: list[bytes] = []
    room = MAX_BYTES
    try:
        for at in range(0, len(data), PIECE):
            for part in gunzip.feed(data[at : at + PIECE]):
                parts.append(part)
                room -= len(part)
                if room < 0:
                    _too_large(name)
    except zlib.error:
        refuse("broken-gzip", name, "this gzip file is damaged", "fetch it again")
    if gunzip.inside:
        refuse("broken-gzip", name, "this gzip file ends too early", "fetch it again")
    return b"".join(parts)


def _decoded(data: bytes, name: str) -> Text:
    """The text in whichever encoding it is written in; anything but plain text is refused."""
    other = named_format(data[:4096])
    if other is not None:
        refuse("not-text", name, f"this is {other.what}", other.try_this)
    encoding = _encoding(data)
    if encoding == "utf-8-sig" and b"\x00" in data[:4096]:
        _binary(name)
    messages: tuple[Message, ...] = ()
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        if _looks_binary(data):
            _binary(name)
        text, messages = _western(data, name, error.start)
    if not text.strip():
        refuse("empty-record", name, "this record is empty", "see examples/ for one to start from")
    return Text(text, name, messages)


def _encoding(data: bytes) -> str:
    """UTF-16 by its mark, or by every other byte being zero; UTF-8 otherwise."""
    if data.startswith(_UTF16):
        return "utf-16"
    sample = data[:4096]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if len(sample) >= 8 and max(even, odd) * 10 >= len(sample) * 4 and min(even, odd) == 0:
        return "utf-16-le" if odd else "utf-16-be"
    return "utf-8-sig"


def _western(data: bytes, name: str, at: int) -> tuple[str, tuple[Message, ...]]:
    """Prose in Windows-1252, as older programs save it; a form or FHIR in it is refused.

    Those say nothing in doubt, so whoever wrote them can save them again; a report cannot be asked.
    """
    if not _STRUCTURED.match(data):
        try:
            text = data.decode("cp1252")
        except UnicodeDecodeError:
            pass
        else:
            what = "this text is not in UTF-8; it was read as Windows-1252 (Western European)"
            advice = "look whether letters with accents and signs such as >= are right"
            return text, (Message("guessed_encoding", name, what, advice),)
    where = f"{name}:{data.count(bytes([10]), 0, at) + 1}"
    refuse("not-text", where, "this is not UTF-8 text", "save or export it as UTF-8")


def _looks_binary(data: bytes) -> bool:
    sample = data[:4096]
    odd = sum(byte < 9 or 13 < byte < 32 for byte in sample)
    return odd > len(sample) // 50


def _binary(name: str) -> NoReturn:
    advice = "a form (YAML or JSON), a FHIR export (JSON), or a report as text or PDF"
    refuse("not-text", name, "this is no text", advice)


# --- JSON ---------------------------------------------------------------------------------


def parse_json(source: Text) -> object:
    """The tree of a JSON text; a list, if it is NDJSON (one resource a line).

    Raises:
        RecordError: it is not JSON, with line and column.
    """
    source = without_half_characters(source)
    constants: list[str] = []
    try:
        tree = json.loads(source.text, parse_constant=constants.append)
    except json.JSONDecodeError as error:
        if error.msg == "Extra data":
            return _parse_lines(source)
        raise RecordError([broken_json(source.name, error)]) from None
    except (RecursionError, ValueError, MemoryError) as error:
        raise RecordError([unbearable_json(source.name, error)]) from None
    if constants:
        raise RecordError(_constants(source))
    return tree


def without_half_characters(source: Text) -> Text:
    """Escapes of half a character become the sign for an unreadable one: no output could hold them."""
    text = source.text
    if "\\u" not in text or ("\\ud" not in text and "\\uD" not in text):
        return source
    return Text(_HALF.sub(r"\\ufffd", source.text), source.name)


def _parse_lines(source: Text) -> list[Any]:
    """NDJSON: one resource a line. All broken lines are told at once."""
    found: list[Any] = []
    problems: list[Problem] = []
    constants: list[str] = []
    for number, line in enumerate(source.text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            found.append(json.loads(line, parse_constant=constants.append))
        except json.JSONDecodeError as error:
            problems.append(broken_json(source.name, error, number))
        except (RecursionError, ValueError) as error:
            problems.append(unbearable_json(f"{source.name}:{number}", error))
        if len(problems) >= 20:
            break
    if problems:
        raise RecordError(problems)
    if constants:
        raise RecordError(_constants(source))
    return found


def broken_json(name: str, error: json.JSONDecodeError, line: int | None = None) -> Problem:
    """What is told of JSON that is broken or was cut off."""
    where = f"{name}:{line or error.lineno}:{error.colno}"
    cut_off = error.pos >= len(error.doc.rstrip())
    cut_off |= error.msg.startswith("Unterminated string")
    if cut_off:
        what, advice = (
            "this JSON ends too early, as if it had been cut off",
            "export or copy it again",
        )
    else:
        what, advice = f"this is not JSON: {error.msg[:1].lower()}{error.msg[1:]}", ""
    return Problem("broken-json", where, what, "Nothing was read from it", advice)


def unbearable_json(where: str, error: Exception) -> Problem:
    """What is told of JSON that no computer should be made to read."""
    if isinstance(error, MemoryError):
        what, advice = "this computer has too little memory for it", "export fewer resources"
    elif isinstance(error, RecursionError):
        what, advice = "this JSON is nested too deeply to be a record", "export it again"
    else:
        what, advice = "this JSON holds a number that is too long", "export it again"
    return Problem("broken-json", where, what, "Nothing was read from it", advice)


def _constants(source: Text) -> list[Problem]:
    """Where NaN and Infinity stand; they are no JSON, and no number that can be compared."""
    problems = []
    for match in _NOT_JSON.finditer(source.text):
        line = source.text.count("\n", 0, match.start()) + 1
        column = match.start() - source.text.rfind("\n", 0, match.start())
        where = f"{source.name}:{line}:{column}"
        what = "NaN and Infinity are no numbers in JSON"
        problems.append(Problem("not-a-number", where, what, "", "leave the value out"))
    return problems[:20] or [Problem("not-a-number", source.name, "NaN is no number in JSON")]


def duplicate_keys(source: Text) -> list[Problem]:
    """Every key that stands twice in one map of a JSON text: only one of them could be read."""
    problems: list[Problem] = []

    def pairs(entries: list[tuple[str, Any]]) -> dict[str, Any]:
        seen: dict[str, Any] = {}
        for key, value in entries:
            if key in seen:
                what = f"the key `{shown(key)}` stands twice in one map"
                problems.append(
                    Problem(
                        "duplicate-key", source.name, what, "Only one could be read", "remove one"
                    )
                )
            seen[key] = value
        return seen

    json.loads(source.text, object_pairs_hook=pairs, parse_constant=str)
    return problems
