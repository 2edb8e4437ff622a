"""How long one answer takes: whole processes, and inside one process, all in one run.

    make bench

Figures depend on the machine, so each stands beside something measured in the same run: a Python
process that does nothing, the reference evaluator, reading the same knowledge from its YAML files.
"""

from __future__ import annotations

import datetime as dt
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples" / "maria.yaml"
ON = "2026-11-22"


def median_ms(action: Callable[[], object], rounds: int) -> float:
    """The median time of an action in milliseconds."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1000


def process(*arguments: str) -> Callable[[], object]:
    """An action that runs a whole process."""
    return lambda: subprocess.run(arguments, check=True, capture_output=True, cwd=ROOT)


def row(what: str, ms: float, beside: str, other: float, goal: str = "") -> None:
    """Print one figure and its ratio to the one beside it."""
    print(f"{what:<58}{ms:>10.3f} ms   {ms / other:>8.2f} x {beside:<34}{goal}")


def whole_processes() -> None:
    """Start-up and one whole answer, as somebody at a keyboard meets them."""
    python = sys.executable
    nothing = median_ms(process(python, "-c", "pass"), 11)
    beside = "a Python process that does nothing"
    fingerpost = [python, "-m", "fingerpost"]
    row(
        "process: fingerpost --help", median_ms(process(*fingerpost, "--help"), 11), beside, nothing
    )
    options = [*fingerpost, "options", str(EXAMPLE), "--on", ON, "--format", "json"]
    process(*options)()
    row(
        "process: fingerpost options (compiled knowledge)",
        median_ms(process(*options), 11),
        beside,
        nothing,
    )


def proving() -> None:
    """One invented person, beside reading a record like hers and judging it by the reference."""
    from fingerpost.knowledge.load import load_knowledge
    from fingerpost.options.people import Inventor, Person
    from fingerpost.terms import Answer

    knowledge = load_knowledge()
    inventor = Inventor(knowledge)
    day = dt.date.fromisoformat(ON)
    windows = [option.windows[-1] for option in knowledge.options.values()][::12]
    wishes = [[(c.node, Answer.YES) for c in window.criteria] for window in windows]
    found = [inventor.find(wish, day, explain=False) for wish in wishes]
    people = [(w, p) for w, p in zip(wishes, found, strict=True) if isinstance(p, Person)]
    inventing = median_ms(lambda: [inventor.find(w, day, explain=False) for w, _ in people], 3)
    judging = median_ms(lambda: [inventor.holds(w, p.record, day) for w, p in people], 3)
    row(
        "one invented person for a wording",
        inventing / len(people),
        "reading and judging her record",
        judging / len(people),
    )


def loading() -> None:
    """The knowledge from its compiled form, beside the same from YAML."""
    from fingerpost.knowledge.load import load_knowledge

    with tempfile.TemporaryDirectory() as folder:
        cache = Path(folder)
        yaml_ms = median_ms(lambda: load_knowledge(), 3)
        load_knowledge(cache=cache)
        compiled = median_ms(lambda: load_knowledge(cache=cache), 15)
    row(
        "loading the knowledge, compiled",
        compiled,
        "reading its YAML files",
        yaml_ms,
        "goal < 150 ms",
    )


def one_answer() -> None:
    """One person, all options in force, in one process after loading."""
    import fingerpost
    from fingerpost.criteria.evaluate import evaluate
    from fingerpost.facts import derive
    from fingerpost.knowledge.load import load_knowledge
    from fingerpost.options import RuleSet, find_options, verdicts

    knowledge = load_knowledge()
    on = dt.date.fromisoformat(ON)
    record = fingerpost.read_record(EXAMPLE, knowledge, on=on)
    rules = RuleSet(knowledge, on, "fda")
    facts = derive(record, knowledge, on)
    nodes = [rules.graph.nodes[rule.root] for rule in rules.rules]
    find_options(facts, rules, pairs=True)
    slow = median_ms(lambda: [evaluate(node, facts.case) for node in nodes], 15)
    beside = "the reference evaluator"
    print(f"\none person, {len(rules.rules)} options in force, {len(rules.graph.nodes)} conditions")
    row("verdicts", median_ms(lambda: verdicts(facts, rules), 500), beside, slow, "goal < 0.2 ms")
    full = median_ms(lambda: find_options(facts, rules), 200)
    row("verdicts, every trace, missing tests", full, beside, slow, "goal < 3 ms")
    pairs = median_ms(lambda: find_options(facts, rules, pairs=True), 20)
    row("the same with pairs and what settles everything", pairs, beside, slow)
    row("record -> facts", median_ms(lambda: derive(record, knowledge, on), 200), beside, slow)


def main() -> None:
    """Measure everything and print one table."""
    print(json.dumps({"python": sys.version.split()[0], "on": ON}))
    whole_processes()
    loading()
    one_answer()
    proving()


if __name__ == "__main__":
    main()
