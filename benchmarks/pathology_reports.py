"""How fast report text is read, and how often rightly, where somebody has written down what is right.

    python -m benchmarks.pathology_reports
    python -m benchmarks.pathology_reports --reports FOLDER --labels FILE

Speed stands beside reading the same text from the disk and decoding it. A label file is a CSV with
the columns `barcode` (the name of the text without .txt), `er`, `pr`, `her2`: what the text itself
says, `unknown` where it gives no result. Precision is of what was answered; "answered" is of the
reports that state a result; "invented" are answers where the text gives none.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

from fingerpost.facts.receptor_status import statuses_of
from fingerpost.knowledge import load_knowledge
from fingerpost.knowledge.model import Knowledge
from fingerpost.record.dictionaries import Dictionaries, dictionaries_for
from fingerpost.record.pathology.read import Reading, read_report
from fingerpost.record.source_text import Text

DAY = dt.date(2026, 11, 22)
EXAMPLE = Path(__file__).parent.parent / "examples" / "report.txt"
MARKERS = ("er", "pr", "her2")


def main() -> None:
    """Measure, and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--reports", type=Path, help="a folder of .txt files")
    parser.add_argument("--labels", type=Path, help="what they say, as CSV")
    asked = parser.parse_args()
    knowledge = load_knowledge()
    dictionaries = dictionaries_for(knowledge, DAY)
    paths = sorted(asked.reports.glob("*.txt")) if asked.reports else [EXAMPLE]
    speed(paths, dictionaries)
    if asked.labels:
        labels = list(csv.DictReader(asked.labels.read_text(encoding="utf-8").splitlines()))
        accuracy(labels, asked.reports, dictionaries, knowledge)


def seconds(action: Callable[[], object], rounds: int = 5) -> float:
    """The median time of an action."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def speed(paths: list[Path], dictionaries: Dictionaries) -> None:
    """Reports per second, beside reading their text."""
    texts = [Text(path.read_text(encoding="utf-8"), path.name) for path in paths]
    times = max(1, 50 // len(paths))
    loading = seconds(lambda: [p.read_text(encoding="utf-8") for p in paths * times])
    reading = seconds(lambda: [read_report(text, dictionaries) for text in texts * times])
    size = sum(len(text.text) for text in texts) * times
    count = len(texts) * times
    print(f"reports: {len(texts)}, {size // count} characters each")
    print(f"read: {count / reading:,.0f} reports a second, {size / reading / 1e6:.2f} MB a second")
    print(f"      {reading / loading:,.0f} x the time to load the text")


def accuracy(
    labels: Iterable[dict[str, str]],
    folder: Path,
    dictionaries: Dictionaries,
    knowledge: Knowledge,
) -> None:
    """Precision, answered and invented for each receptor, and every difference."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in MARKERS}
    for label in labels:
        path = folder / f"{label['barcode']}.txt"
        reading = read_report(Text(path.read_text(encoding="utf-8"), path.name), dictionaries)
        for name, got in _words(reading, knowledge).items():
            kind = _compared(label[name], got)
            counts[name][kind] += 1
            if kind not in ("right", "rightly silent"):
                print(f"{path.name}: {name} is {label[name]}, read as {got}")
    print(f"{'':6}{'precision':>10}{'answered':>10}{'invented':>10}{'silent':>10}")
    for name, found in counts.items():
        answered = found["right"] + found["wrong"]
        stated = answered + found["missed"]
        precision = found["right"] / max(1, answered + found["invented"])
        print(
            f"{name:6}{precision:>10.3f}{answered / max(1, stated):>10.3f}"
            f"{found['invented']:>10}{found['rightly silent']:>10}"
        )


def _words(reading: Reading, knowledge: Knowledge) -> dict[str, str]:
    found = statuses_of(reading, knowledge, DAY).overall
    return {name: found[name].status for name in MARKERS}


def _compared(wanted: str, got: str) -> str:
    if wanted == "unknown":
        return "rightly silent" if got == "unknown" else "invented"
    if got == "unknown":
        return "missed"
    return "right" if got == wanted else "wrong"


if __name__ == "__main__":
    main()
