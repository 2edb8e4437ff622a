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
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True, slots=True)
class Text:
    """The text of a record and the name it is known by in messages."""

    text: str
    name: str


def refuse(code: str, where: str, what: str, try_this: str = "", why: str = "") -> NoReturn:
    """Say the one thing that makes the whole record unreadable."""
    raise RecordError([Problem(code, where, what, why, try_this)])


def load(source: Path | bytes, name: str | None) -> Text:
    """The text of a record from a file or from bytes; gzip is unpacked.

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
    return Text(_decoded(data, name), name)


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
    parts: list[bytes] = []
    room = MAX_BYTES + 1
    # Several gzips one after the other are one file: some software writes them so.
    while data:
        machine = zlib.decompressobj(wbits=31)
        try:
            parts.append(machine.decompress(data, max(room, 1)))
        except zlib.error:
            refuse("broken-gzip", name, "this gzip file is damaged", "fetch it again")
        room -= len(parts[-1])
        if room <= 0:
            _too_large(name)
        if not machine.eof:
            refuse("broken-gzip", name, "this gzip file ends too early", "fetch it again")
        data = machine.unused_data.lstrip(b"\x00")
    return b"".join(parts)


def _decoded(data: bytes, name: str) -> str:
    encoding = "utf-16" if data.startswith(_UTF16) else "utf-8-sig"
    if encoding == "utf-8-sig" and b"\x00" in data[:4096]:
        _binary(data, name)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        if _looks_binary(data):
            _binary(data, name)
        line = data.count(b"\n", 0, error.start) + 1
        where = f"{name}:{line}"
        refuse("not-text", where, "this is not UTF-8 text", "save or export it as UTF-8")
    if not text.strip():
        refuse("empty-record", name, "this record is empty", "see examples/ for one to start from")
    return text


def _looks_binary(data: bytes) -> bool:
    sample = data[:4096]
    odd = sum(byte < 9 or 13 < byte < 32 for byte in sample)
    return odd > len(sample) // 50


def _binary(data: bytes, name: str) -> NoReturn:
    if data.startswith(b"%PDF"):
        what, advice = "this is a PDF", "copy its text, or fill in the form (see examples/)"
    elif data.startswith(b"PK"):
        what, advice = "this is a zip file", "unpack it, and name one file in it"
    else:
        what, advice = "this is no text", "a form (YAML or JSON) or a FHIR export (JSON)"
    refuse("not-text", name, what, advice)


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
