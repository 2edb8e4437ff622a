"""The pages of what follows an option: how medicines are given and watched, effects, symptoms, words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from fingerpost.knowledge.load import load_knowledge
from fingerpost.report.plan_said import HOW_COMMON, span_words
from fingerpost.terms import LEVELS
from tools.docs.drugs import sourced
from tools.docs.markdown import code, page, table

if TYPE_CHECKING:
    from fingerpost.knowledge.model import Knowledge
    from fingerpost.knowledge.plan_model import Given, Monitoring, SideEffect, Symptom

DATA = "src/fingerpost/knowledge/data"
GIVEN = """
How each medicine is given and which checks it asks for, as `fingerpost plan` uses it. What holds for a family of
medicines stands once, under the family. Your team's written plan wins.
"""
EFFECTS = """
Each effect in plain words, what can help, and which medicines have it, with the source and state
of each. How common is told in words: very common means more than 1 in 10 people, common up to 1 in
10, uncommon up to 1 in 100, rare up to 1 in 1,000.
"""
SYMPTOMS = """
How soon to call, as `fingerpost symptoms` uses it. **The levels are our own, and no clinician has
reviewed them yet.** Answers stand from the mildest to the worst. A rule can only raise a level.
"""
WORDS = """
Words that the reports use, in plain words. `fingerpost explain WORD` shows one.
"""


def following_pages(_: Path) -> dict[Path, str]:
    """Write the four pages."""
    knowledge = load_knowledge()
    return {
        Path("reference/monitoring.md"): page(
            "How medicines are given and watched", f"{DATA}/monitoring/", GIVEN, *given(knowledge)
        ),
        Path("reference/side-effects.md"): page(
            "Side effects", f"{DATA}/side_effects/", EFFECTS, *effects(knowledge)
        ),
        Path("reference/symptoms.md"): page(
            "When to call", f"{DATA}/symptoms/", SYMPTOMS, *symptoms(knowledge)
        ),
        Path("reference/glossary.md"): page(
            "Words explained", f"{DATA}/glossary.yaml", WORDS, glossary(knowledge)
        ),
    }


def given(knowledge: Knowledge) -> Iterator[str]:
    """Describe each medicine or family."""
    following = knowledge.following
    names = sorted(
        {
            (*entry.drugs, *entry.classes)
            for entry in chain(following.given.values(), following.monitoring.values())
        }
    )
    for group in names:
        ways = [g for g in following.given.values() if (*g.drugs, *g.classes) == group]
        checks = [m for m in following.monitoring.values() if (*m.drugs, *m.classes) == group]
        parts = [f"## {', '.join(_name(each, knowledge) for each in group)}"]
        if ways:
            head = ("given", "cycle and days", "who says so", "source and state", "note")
            parts.append(table(head, [_way(each) for each in ways]))
        if checks:
            head = ("check", "why", "when", "who says so", "source and state", "note")
            parts.append(table(head, [_check(each, knowledge) for each in checks]))
        yield "\n\n".join(parts)


def _name(each: str, knowledge: Knowledge) -> str:
    drug = knowledge.drugs.get(each)
    return drug.name if drug else knowledge.classes[each].label


def _way(given: Given) -> tuple[str, ...]:
    days = f"days {', '.join(map(str, given.days))}" if given.days else "taken at home"
    cycle = f"{days} of {given.cycle_days}" if given.cycle_days else days
    times = f"{cycle}, {given.cycles} times" if given.cycles else cycle
    return (
        given.plain,
        f"{times}{_after(given)}",
        _who(given),
        f"{given.state}{sourced(given.source)}",
        given.note or "",
    )


def _after(given: Given) -> str:
    """After which medicine or family a later part begins."""
    if given.begins_after is None:
        return ""
    surgery = " and surgery" if given.after_surgery else ""
    gap = f", {given.gap.amount} {given.gap.unit} later" if given.gap else ""
    return f"; after {given.begins_after.replace('_', ' ')}{surgery}{gap}"


def _who(entry: Given | Monitoring) -> str:
    days = [
        f"from {entry.start}" if entry.start else "",
        f"until {entry.until}" if entry.until else "",
    ]
    who = "all" if entry.authority == "any" else entry.authority.upper()
    return " ".join(part for part in (who, *days) if part)


def _check(entry: Monitoring, knowledge: Knowledge) -> tuple[str, ...]:
    return (
        knowledge.following.checks[entry.check].label,
        entry.purpose,
        "; ".join(_when(entry)),
        _who(entry),
        f"{entry.state}{sourced(entry.source)}",
        entry.note or "",
    )


def _when(entry: Monitoring) -> Iterator[str]:
    if entry.before != "none":
        yield f"before the start ({entry.before.replace('_', ' ')})"
    if entry.on_days:
        yield f"day {', '.join(map(str, entry.on_days))}"
    for phase in entry.phases:
        rhythm = f"every {span_words(phase.every)}" if phase.every else f"with each {phase.each}"
        yield rhythm + (f" until {span_words(phase.until)}" if phase.until else "")
    if entry.then:
        yield "then as the team sees fit"
    if entry.at_end:
        yield "at the end"
    if entry.after:
        yield f"afterwards every {span_words(entry.after.every)} for {span_words(entry.after.lasts)}"


def effects(knowledge: Knowledge) -> Iterator[str]:
    """Describe each effect and who has it."""
    following = knowledge.following
    for effect in sorted(following.effects.values(), key=lambda each: each.label):
        having = [s for s in following.side_effects.values() if s.effect == effect.id]
        if not having:
            continue
        helps = " ".join(each.text for each in effect.helps)
        said = [
            f"{effect.plain}.",
            f"It can feel like this: {effect.feels}." if effect.feels else "",
        ]
        said.append(f"What can help: {helps}" if helps else "")
        rows = [_having(each, knowledge) for each in having]
        head = ("medicine", "how common", "call at once", "source and state", "note")
        yield "\n\n".join(
            [f"## {effect.label}", " ".join(part for part in said if part), table(head, rows)]
        )


def _having(entry: SideEffect, knowledge: Knowledge) -> tuple[str, ...]:
    return (
        ", ".join(_name(each, knowledge) for each in (*entry.drugs, *entry.classes)),
        HOW_COMMON[entry.how_common],
        "yes" if entry.call_at_once else "",
        f"{entry.state}{sourced(entry.source)}",
        entry.note or "",
    )


def symptoms(knowledge: Knowledge) -> Iterator[str]:
    """Describe each symptom, its answers and rules."""
    levels = knowledge.following.levels
    rows = [(code(name), levels[name].label, levels[name].plain) for name in reversed(LEVELS)]
    yield "## The levels\n\n" + table(("level", "called", "what to do"), rows)
    for symptom in sorted(knowledge.following.symptoms.values(), key=lambda each: each.label):
        yield "\n\n".join(_symptom(symptom))


def _symptom(symptom: Symptom) -> Iterable[str]:
    yield f"## {symptom.label}"
    yield f"{symptom.ask} It can be a sign of {symptom.sign_of}. State: {symptom.state}{sourced(symptom.source)}."
    rows = [(code(a.id), a.plain, code(a.level)) for a in symptom.answers.values()]
    rows += [(code(s.id), f"with it: {s.plain}", code(s.level)) for s in symptom.signs.values()]
    yield table(("answer", "in words", "level"), rows)
    if symptom.rules:
        yield table(
            ("rule", "raises to", "as a sign of", "source and state", "note"),
            [
                (
                    code(rule.id),
                    ", ".join(
                        f"{name}: {level}" for name, level in {**rule.answers, **rule.signs}.items()
                    ),
                    rule.sign_of,
                    f"{rule.state}{sourced(rule.source)}",
                    rule.note or "",
                )
                for rule in symptom.rules
            ],
        )


def glossary(knowledge: Knowledge) -> str:
    """Every word, in the order of the alphabet."""
    terms = sorted(knowledge.following.terms.values(), key=lambda each: each.term.casefold())
    rows = [(t.term, t.plain, ", ".join(t.also_written), t.state) for t in terms]
    return table(("word", "in plain words", "also written", "state"), rows)
