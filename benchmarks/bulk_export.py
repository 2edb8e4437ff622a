"""How much memory and time it takes to take a large export apart, and to read one person out of it.

    python benchmarks/bulk_export.py --megabytes 1024

An export of invented people is made first: one kind of resource after the other, so that the
resources of one person are never side by side. Time stands beside parsing the same lines as JSON and
doing nothing else; memory beside the size of the export.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples" / "amina_fhir.json"
KINDS = ("Patient", "Condition", "Observation", "MedicationRequest", "Procedure")
# What one person of this size has; laboratory values make up most of real exports.
LABORATORY = 40


def resources_of(person: int, kind: str) -> Iterator[dict[str, Any]]:
    """The resources of one kind of an invented person, made from an example record."""
    for number, entry in enumerate(json.loads(EXAMPLE.read_bytes())["entry"]):
        each = entry["resource"]
        if each["resourceType"] == kind:
            yield about(each, person, number)
    if kind == "Observation":
        for number in range(LABORATORY):
            yield about(platelets(number), person, 1000 + number)


def about(each: dict[str, Any], person: int, number: int) -> dict[str, Any]:
    """A resource as one of this person."""
    if each["resourceType"] == "Patient":
        return {**each, "id": f"p{person}"}
    return {**each, "id": f"p{person}-{number}", "subject": {"reference": f"Patient/p{person}"}}


def platelets(number: int) -> dict[str, Any]:
    """A blood count."""
    return {
        "resourceType": "Observation",
        "status": "final",
        "code": {
            "coding": [{"system": "http://loinc.org", "code": "777-3", "display": "Platelets"}]
        },
        "effectiveDateTime": f"2024-{1 + number % 12:02}-{1 + number % 28:02}",
        "valueQuantity": {"value": 200 + number, "unit": "10*3/uL"},
    }


def make(path: Path, megabytes: int) -> int:
    """Write an export of about this size; gives the number of people."""
    one = sum(len(json.dumps(each)) + 1 for kind in KINDS for each in resources_of(0, kind))
    people = max(1, megabytes * 1_000_000 // one)
    templates = {
        kind: "".join(json.dumps(each) + "\n" for each in resources_of(0, kind)) for kind in KINDS
    }
    with path.open("w", encoding="ascii") as file:
        for kind in KINDS:
            for person in range(people):
                file.write(
                    templates[kind]
                    .replace('"p0"', f'"p{person}"')
                    .replace('"p0-', f'"p{person}-')
                    .replace('Patient/p0"', f'Patient/p{person}"')
                )
    return people


def parse_only(path: Path) -> float:
    """Seconds to parse each line, and nothing else."""
    started = time.perf_counter()
    with path.open("rb") as file:
        for line in file:
            json.loads(line)
    return time.perf_counter() - started


def run(*arguments: str) -> tuple[float, float]:
    """Seconds and peak memory (MB) of a whole process."""
    started = time.perf_counter()
    subprocess.run(arguments, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    took = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return took, peak


def main() -> None:
    """Make an export, take it apart, read one person, and print what that took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=int, default=1024)
    parser.add_argument("--folder", type=Path, help="where the export goes for the time being")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=asked.folder) as folder:
        path = Path(folder) / "export.ndjson"
        people = make(path, asked.megabytes)
        size = path.stat().st_size / 1_000_000
        parsing = parse_only(path)
        print(f"export of {people} people, {size:.0f} MB; parsing alone {parsing:.1f} s")
        fingerpost = [sys.executable, "-m", "fingerpost"]
        # The smaller first: the peak that is told is the highest of all processes so far.
        last = f"p{people - 1}"
        took, peak = run(*fingerpost, "facts", str(path), "--patient", last, "--on", "2026-11-22")
        print(
            f"one person out of it   {took:7.1f} s  {took / parsing:5.2f} x parsing  {peak:6.0f} MB"
        )
        out = str(Path(folder) / "people.ndjson")
        took, peak = run(*fingerpost, "record", "split", str(path), "-o", out)
        print(
            f"record split           {took:7.1f} s  {took / parsing:5.2f} x parsing  {peak:6.0f} MB"
        )


if __name__ == "__main__":
    main()
