"""How fast FHIR bundles are read, beside parsing the same bytes as JSON and doing nothing else.

    python benchmarks/fhir.py

Public example bundles are measured too where they are at hand (see tests/unit/record/said.py).
"""

from __future__ import annotations

import datetime as dt
import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
DAY = dt.date(2026, 11, 22)


def median_ms(action: Callable[[], object], seconds: float = 2.0) -> float:
    """The median time of an action in milliseconds, in as many rounds as fit."""
    times: list[float] = []
    until = time.perf_counter() + seconds
    while len(times) < 5 or time.perf_counter() < until:
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1000


def bundles() -> list[Path]:
    """The example of the project, the invented records of the tests, and public ones."""
    from tests.unit.record.said import public_data

    found = [ROOT / "examples" / "amina_fhir.json", ROOT / "tests/fixtures/fhir/edith_early.json"]
    public = public_data() / "fhir"
    found += sorted(public.glob("mcode_stu4_examples/Bundle-mcode*.json"))
    return [*found, *sorted(public.glob("synthea_mcode/*.json"))]


def main() -> None:
    """Measure each bundle and print one line for it."""
    from fingerpost.knowledge import load_knowledge
    from fingerpost.record.dictionaries import dictionaries_for
    from fingerpost.record.read import read_text
    from fingerpost.record.source_text import load

    dictionaries = dictionaries_for(load_knowledge(), DAY)
    for path in bundles():
        data = path.read_bytes()
        parsing = median_ms(lambda data=data: json.loads(data))  # type: ignore[misc]
        reading = median_ms(lambda data=data: read_text(load(data, "r"), dictionaries))  # type: ignore[misc]
        print(
            f"{path.name[:40]:<42}{len(data) / 1000:>8.0f} kB {1000 / reading:>8.0f} bundles/s "
            f"{reading / parsing:>6.2f} x parsing its JSON"
        )


if __name__ == "__main__":
    main()
