"""How many written names of medicines are read in a second, beside comparing two strings by Python.

    python benchmarks/names.py

Each kind of name is read fresh, so nothing is remembered from one to the next. The names are made from
the catalogue: as they are, joined by a plus, with one letter missing, and of letters that fit nothing.
"""

from __future__ import annotations

import difflib
import time
from itertools import pairwise

from fingerpost.knowledge.load import load_knowledge
from fingerpost.record.code_index import CodeIndex
from fingerpost.record.drugs.names import DrugNames


def main() -> None:
    """Measure each kind of name and print one table."""
    knowledge = load_knowledge()
    codes = CodeIndex(knowledge.codes.values())
    start = time.perf_counter()
    reader = DrugNames(knowledge.drugs, codes)
    # Its tables are made when the first name is read.
    reader.read("letrozole 2.5 mg")
    made = time.perf_counter() - start
    reader.read("herceptn")
    first = time.perf_counter() - start - made
    own = [name for drug in knowledge.drugs.values() for name in (drug.name, *drug.brands)]
    kinds = {
        "known names": own,
        "two names joined": [f"{a} + {b}" for a, b in pairwise(own)],
        "one letter missing": [name[:3] + name[4:] for name in own if len(name) > 6],
        "no name at all": [f"{name[::-1]}" for name in own if len(name) > 6],
    }
    start = time.perf_counter()
    for name in own:
        difflib.SequenceMatcher(None, name, "trastuzumab").ratio()
    beside = (time.perf_counter() - start) / len(own)
    print(f"names in the catalogue: {len(own)}; one comparison by difflib: {beside * 1e6:.0f} us")
    print(
        f"making the reader: {made * 1000:.0f} ms; its first misspelled name: {first * 1000:.0f} ms"
    )
    for kind, names in kinds.items():
        fresh = dict.fromkeys(names)
        start = time.perf_counter()
        for name in fresh:
            reader.read(name)
        each = (time.perf_counter() - start) / len(fresh)
        print(f"{kind:<20}{1 / each:>10.0f} names/s {each / beside:>10.1f} x one comparison")


if __name__ == "__main__":
    main()
