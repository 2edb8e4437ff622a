"""Give the readers broken records, as many as the time allows, and keep the one that breaks a reader.

    python -m tools.fuzz --minutes 10 --reader fhir

The example records are changed in bytes and in structure: parts left out, doubled, moved, or replaced
by values of another type, huge numbers and odd letters. A reader must answer each with a record or with
a `RecordError` in words that can be printed. Anything else ends the run, and the record that did it is
written to a file. A new reader is a new row of READERS.
"""

from __future__ import annotations

import argparse
import copy
import datetime as dt
import gzip
import json
import random
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from fingerpost.errors import RecordError
from fingerpost.knowledge import load_knowledge
from fingerpost.record.dictionaries import Dictionaries, dictionaries_for
from fingerpost.record.model import Record
from fingerpost.record.read import read_text
from fingerpost.record.source_text import load

ROOT = Path(__file__).parent.parent
DAY = dt.date(2026, 11, 22)
# A record of these sizes takes milliseconds; one that takes longer than this is a fault too.
SLOWEST = 20.0


@cache
def dictionaries() -> Dictionaries:
    """What records are read against, made once."""
    return dictionaries_for(load_knowledge(), DAY)


def one_record(data: bytes) -> list[Record]:
    """Read a record as the commands do."""
    return [read_text(load(data, "fuzz"), dictionaries())]


def bulk_export(data: bytes) -> list[Record]:
    """Read everybody in a file, which may be no export at all."""
    from fingerpost.record.people import read_each

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "fuzz.ndjson"
        path.write_bytes(data)
        return [record for _, record in read_each([path], dictionaries())]


@dataclass(frozen=True)
class Reader:
    """A reader, and the examples whose broken copies it is given."""

    read: Callable[[bytes], list[Record]]
    examples: tuple[str, ...]


READERS = {
    "fhir": Reader(one_record, ("examples/*fhir*.json", "tests/fixtures/fhir/*")),
    "form": Reader(one_record, ("examples/*.yaml", "examples/nora.json")),
    "bulk": Reader(bulk_export, ("tests/fixtures/fhir/*", "examples/export/*")),
}

ODD: tuple[Any, ...] = (
    *(
        None,
        True,
        False,
        0,
        -1,
        1.5,
        1e308,
        -1e308,
        10**30,
        2**63,
        1e-320,
        "",
        " ",
        "\x00",
        "\u202e",
    ),
    *("\ud800", "\U0001f600", "é" * 300, "9" * 400, "1e999", "<1", ">=", "1-", "-5", "NaN", "null"),
    *("2024-13-40", "0000-00-00", "9999-12-31", "2024-02-30T99:99", "Patient/", "#", "urn:uuid:"),
    *(
        "positive",
        "negative",
        "unknown",
        "pending",
        "final",
        "entered-in-error",
        "Bundle",
        "Patient",
    ),
    *([], {}, [[]], [{}], {"": ""}, [None], {"coding": {}}, {"coding": [None]}, {"reference": 5}),
    *({"value": "x"}, {"value": {}}, {"low": {"value": 5}, "high": {"value": 1}}, {"system": []}),
)


# --- breaking -----------------------------------------------------------------------------


def broken(example: bytes, chance: random.Random) -> bytes:
    """The example with something else in a few places: in its structure, its bytes, or both."""
    data = example
    if chance.random() < 0.7:
        data = in_structure(data, chance)
    if chance.random() < 0.4:
        data = in_bytes(data, chance)
    if chance.random() < 0.03:
        data = gzip.compress(data)[: chance.choice((None, -5, 30))]
    return data


def in_structure(data: bytes, chance: random.Random) -> bytes:
    """Break the tree of a JSON text; the text itself if it is none."""
    try:
        tree = json.loads(data)
    except ValueError:
        lines = data.split(b"\n")
        return b"\n".join(_broken_line(line, chance) for line in lines)
    for _ in range(chance.randint(1, 4)):
        _break_one_place(tree, chance)
    return json.dumps(tree).encode()


def _broken_line(line: bytes, chance: random.Random) -> bytes:
    """A line of NDJSON or YAML with another value, twice, or not at all."""
    match chance.randrange(30):
        case 0:
            return b""
        case 1:
            return line + b"\n" + line
        case 2 if b": " in line:
            return line.partition(b": ")[0] + b": " + json.dumps(chance.choice(ODD)).encode()
        case 3 if line[:1] == b"{":
            return in_structure(line, chance)
        case 4:
            return b" " * chance.randrange(6) + line.lstrip()
    return line


def _places(tree: Any) -> Iterable[tuple[Any, Any]]:  # noqa: ANN401 - any JSON
    todo = [tree]
    while todo:
        each = todo.pop()
        keys: Iterable[Any] = each if isinstance(each, dict) else range(len(each))
        for key in keys:
            yield each, key
            if isinstance(each[key], dict | list):
                todo.append(each[key])


def _break_one_place(tree: Any, chance: random.Random) -> None:  # noqa: ANN401 - any JSON
    places = list(_places(tree)) if isinstance(tree, dict | list) else []
    if not places:
        return
    holder, key = chance.choice(places)
    match chance.randrange(6):
        case 0:
            del holder[key]
        case 1 if isinstance(holder, list):
            holder.append(copy.deepcopy(holder[key]))
        case 2:
            other, name = chance.choice(places)
            holder[key] = copy.deepcopy(other[name]) if len(places) < 5000 else None
        case 3:
            holder[key] = [holder[key]]
        case 4 if isinstance(holder, dict):
            holder[chance.choice(("value", "code", "valueString", "status", key))] = holder.pop(key)
        case _:
            holder[key] = copy.deepcopy(chance.choice(ODD))


def in_bytes(data: bytes, chance: random.Random) -> bytes:
    """Some bytes changed, left out, doubled, or cut off at the end."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 5)):
        at = chance.randrange(len(changed) or 1)
        match chance.randrange(5):
            case 0:
                changed[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del changed[at : at + chance.randrange(1, 40)]
            case 2:
                changed[at:at] = changed[at : at + chance.randrange(1, 40)]
            case 3:
                changed[at:at] = chance.choice(
                    (b'"', b"{", b"[", b"\\u", b"\n", b"\xff", b"\x00", b": ")
                )
            case _ if chance.random() < 0.2:
                del changed[at:]
    return bytes(changed)


# --- judging ------------------------------------------------------------------------------


def judge(reader: Reader, data: bytes) -> str | None:
    """What is wrong with how a reader took this; None if it did well."""
    started = time.perf_counter()
    try:
        said = [each for record in reader.read(data) for each in sayings(record)]
    except RecordError as error:
        said = [str(problem) for problem in error.problems]
        if not said:
            return "a refusal without a problem"
    except Exception:  # noqa: BLE001 (whatever it is, it is what we look for)
        return traceback.format_exc()
    took = time.perf_counter() - started
    if took > SLOWEST:
        return f"it took {took:.0f} seconds"
    return next((f"cannot be printed: {text!a}" for text in said if not printable(text)), None)


def sayings(record: Record) -> Iterable[str]:
    """Everything of a record that somebody may be shown."""
    for message in record.messages:
        yield f"{message.where}{message.what}{message.try_this}"
    for finding in record.findings:
        yield f"{finding.source.reference}{finding.source.words}{finding.value}{finding.site}"
    for treatment in record.treatments:
        yield f"{treatment.unresolved}{treatment.words}{dict(treatment.attributes)}"


def printable(text: str) -> bool:
    """Whether a text can be written to any file, as UTF-8."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def run(name: str, seconds: float, seed: int) -> int:
    """Break records until the time is over; gives how many, or ends at the first fault."""
    from tqdm import tqdm

    reader = READERS[name]
    examples = [
        p.read_bytes() for glob in reader.examples for p in sorted(ROOT.glob(glob)) if p.is_file()
    ]
    until, count = time.monotonic() + seconds, 0
    with tqdm(desc=f"Broken records for {name}", unit="", leave=False) as bar:
        while time.monotonic() < until:
            chance = random.Random(f"{seed}/{count}")  # noqa: S311 (not a secret; repeatable)
            data = broken(chance.choice(examples), chance)
            fault = judge(reader, data)
            if fault is not None:
                path = Path(tempfile.gettempdir()) / f"fingerpost-fuzz-{name}-{seed}-{count}.bin"
                path.write_bytes(data)
                sys.exit(f"{name}, seed {seed}, record {count} ({path}):\n{fault}")
            count += 1
            bar.update()
    return count


def main() -> None:
    """Run the readers that were asked for, each for its share of the time."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--reader", choices=sorted(READERS), action="append")
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    names = asked.reader or sorted(READERS)
    for name in names:
        seconds = asked.minutes * 60 / len(names)
        count = run(name, seconds, asked.seed)
        print(
            f"{name}: {count} broken records in {seconds / 60:.1f} minutes, none broke the reader"
        )


if __name__ == "__main__":
    main()
