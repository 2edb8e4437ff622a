"""How fast tables become records, beside what DuckDB needs to read the same file, in one run.

.venv/bin/python benchmarks/tables.py [rows]
"""

from __future__ import annotations

import datetime as dt
import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

from fingerpost.knowledge import load_knowledge
from fingerpost.knowledge.model import Knowledge
from fingerpost.record.dictionaries import Dictionaries, dictionaries_for
from fingerpost.record.form.write import form_tree
from fingerpost.record.table.mapping_file import read_mapping
from fingerpost.record.table.people import open_tables
from fingerpost.record.table.workspace import Workspace

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples" / "tables" / "cohort.csv"
ON = dt.date(2026, 11, 22)


def repeated(target: Path, rows: int) -> None:
    """The example cohort again and again, each row with an id of its own."""
    header, *people = EXAMPLE.read_text(encoding="utf-8").splitlines()
    rests = [line.partition(";")[2] for line in people]
    with target.open("w", encoding="utf-8") as file:
        file.write(f"{header}\n")
        for number in range(rows):
            file.write(f"P{number:08d};{rests[number % len(rests)]}\n")


def seconds(action: Callable[[], object]) -> float:
    """How long an action takes."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def read_with_duckdb(path: Path) -> None:
    """Read every cell as text and hand every row to Python, and no more."""
    query = f"SELECT * FROM read_csv('{path}', all_varchar = true, delim = ';')"  # noqa: S608
    cursor = duckdb.connect().execute(query)
    while cursor.fetchmany(2048):
        pass


def read_as_records(path: Path, dictionaries: Dictionaries, known: Knowledge | None = None) -> None:
    """Read every row as a record of a person, and write it as a line of NDJSON if `known` is there to write it with."""
    mapping = read_mapping(str(ROOT / "examples" / "tables" / "cohort.mapping.yaml"), dictionaries)
    with Workspace() as workspace:
        tables = open_tables([path], mapping, dictionaries, workspace)
        for person in tables.people():
            if known is not None:
                json.dumps({"patient": person.id, "record": form_tree(person.record, known)})


def main() -> None:
    """Print each figure with its ratio to DuckDB."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    knowledge = load_knowledge()
    known = dictionaries_for(knowledge, ON)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cohort.csv"
        repeated(path, rows)
        base = seconds(lambda: read_with_duckdb(path))
        print(f"{rows} rows, {path.stat().st_size / 1e6:.1f} MB, 13 columns read")
        for what, took in (
            ("DuckDB reads the file, rows to Python", base),
            ("fingerpost: records", seconds(lambda: read_as_records(path, known))),
            (
                "fingerpost: records, written as NDJSON",
                seconds(lambda: read_as_records(path, known, knowledge)),
            ),
        ):
            print(f"{what:<42}{rows / took:>12,.0f} rows/s{took / base:>9.1f} x")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {memory:,.0f} MB")


if __name__ == "__main__":
    main()
