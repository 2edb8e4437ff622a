"""How many courses of treatment a second are put into lines, beside parsing the JSON that tells of them.

    .venv/bin/python benchmarks/lines.py

Invented courses of one to eight drugs, as single doses. Both figures come from one run on one core.
"""

from __future__ import annotations

import datetime as dt
import json
import random
import time

from fingerpost.facts.lines.find import find_lines
from fingerpost.facts.treatments import attributes_of
from fingerpost.knowledge.load import load_knowledge
from fingerpost.record.drugs.events import DrugEvent, treatments_of
from fingerpost.record.drugs.names import NamedDrugs
from fingerpost.record.model import Source
from fingerpost.values import Days

COURSES = 1000
ON = dt.date(2026, 6, 1)
DRUGS = ("letrozole", "palbociclib", "fulvestrant", "capecitabine", "docetaxel", "trastuzumab")


def course(chance: random.Random) -> list[dict[str, str]]:
    """One invented person: some drugs, each given every three weeks for a while."""
    rows = []
    day = dt.date(2018, 1, 1)
    for _ in range(chance.randint(1, 8)):
        drug = chance.choice(DRUGS)
        day += dt.timedelta(chance.randint(0, 120))
        rows += [
            {"drug": drug, "day": (day + dt.timedelta(21 * dose)).isoformat()}
            for dose in range(chance.randint(1, 12))
        ]
    return rows


def main() -> None:
    """Print courses per second, and the time of parsing the same courses beside it."""
    knowledge = load_knowledge()
    chance = random.Random(1)  # noqa: S311 (the same courses every time)
    text = [json.dumps(course(chance)) for _ in range(COURSES)]
    start = time.perf_counter()
    parsed = [json.loads(each) for each in text]
    parsing = time.perf_counter() - start
    start = time.perf_counter()
    for rows in parsed:
        events = [event(row) for row in rows]
        treatments = treatments_of(events, knowledge.lines)
        find_lines(treatments, attributes_of(treatments, knowledge, ON), knowledge)
    finding = time.perf_counter() - start
    doses = sum(map(len, parsed))
    print(f"{COURSES} courses with {doses} doses")
    print(
        f"events to lines: {COURSES / finding:8.0f} courses/s   {finding / parsing:6.1f} x parsing"
    )
    print(f"parsing JSON:    {COURSES / parsing:8.0f} courses/s")


def event(row: dict[str, str]) -> DrugEvent:
    """A dose as the rules read it."""
    day = dt.date.fromisoformat(row["day"])
    named, source = NamedDrugs(drugs=(row["drug"],)), Source("table", row["day"])
    setting = frozenset({"metastatic"})
    return DrugEvent(named, "dose", Days(day, day), None, source, setting=setting)


if __name__ == "__main__":
    main()
