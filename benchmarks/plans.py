"""How long a plan, its document and the page to bring take, beside finding the options of one person.

    .venv/bin/python -m benchmarks.plans

The six invented people with plans of every open option; all figures come from one run on one core.
"""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path

import fingerpost
from fingerpost.knowledge.load import load_knowledge
from fingerpost.plan.make import make_plan
from fingerpost.plan.symptoms import when_to_call
from fingerpost.report.html.pages import report_as_html
from fingerpost.report.plan_said import plan_document
from fingerpost.report.sheet_said import sheet_document
from fingerpost.terms import Verdict

ON = dt.date(2026, 11, 22)
PEOPLE = ("nora.json", "maria.yaml", "ines.yaml", "hanna.yaml", "beth.yaml", "sam.yaml")


def main() -> None:
    """Print milliseconds of each step, and each as a ratio to finding the options."""
    knowledge = load_knowledge()
    rules = fingerpost.RuleSet(knowledge, ON, "fda")
    spent = dict.fromkeys(("options", "plan", "document", "when to call", "page"), 0.0)
    count = dict.fromkeys(spent, 0)

    def measured(name: str, since: float) -> None:
        spent[name] += time.perf_counter() - since
        count[name] += 1

    for name in PEOPLE:
        record = fingerpost.read_record(Path("examples") / name, knowledge, on=ON)
        facts = fingerpost.derive(record, knowledge, ON)
        fingerpost.find_options(facts, rules)
        start = time.perf_counter()
        found = fingerpost.find_options(facts, rules)
        measured("options", start)
        for answer in found.options:
            if answer.verdict in (Verdict.MATCHES, Verdict.MIGHT_MATCH):
                start = time.perf_counter()
                plan = make_plan(found, answer.option.id, start=ON)
                measured("plan", start)
                start = time.perf_counter()
                plan_document(plan, found, audience="patient")
                measured("document", start)
        start = time.perf_counter()
        when_to_call(facts, knowledge, on=ON, authority="fda")
        measured("when to call", start)
        start = time.perf_counter()
        report_as_html(sheet_document(found))
        measured("page", start)
    whole = spent["options"] / count["options"]
    for name, seconds in spent.items():
        each = seconds / count[name]
        print(f"{name:<14} {each * 1000:7.2f} ms   {each / whole:6.2f} x finding the options")


if __name__ == "__main__":
    main()
