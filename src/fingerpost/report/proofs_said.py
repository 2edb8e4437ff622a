"""What the proofs showed, counted, as data and in a few lines."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from fingerpost.options.cases import NOT_LISTED
from fingerpost.options.match import verdicts
from fingerpost.options.people import Inventor
from fingerpost.options.rule_set import RuleSet
from fingerpost.report.text.layout import counted, item, wrap

if TYPE_CHECKING:
    from fingerpost.knowledge.model import Knowledge
    from fingerpost.options.proofs import Proofs, Shown

_NUMBERS = "Invented people were run below, at and above each number that criteria compare with"


def proofs_said(proofs: Proofs) -> dict[str, object]:
    """The counts, the overlaps and the thresholds with the answer on each side."""
    return {
        "shown": dict(sorted(Counter(each.what for each in proofs.shown).items())),
        "overlaps": [
            {"first": each.first, "second": each.second, "record": each.person.record}
            for each in proofs.overlaps
        ],
        "thresholds": [
            {
                "fact": each.fact,
                "number": each.number,
                "option": each.option,
                "answers": {f"{value:g}": answer.value for value, answer in each.answers.items()},
            }
            for each in proofs.thresholds
        ],
        "day_limits": [
            {
                "fact": each.fact,
                "distance": each.distance,
                "option": each.option,
                "answers": {day.isoformat(): answer.value for day, answer in each.answers.items()},
            }
            for each in proofs.day_limits
        ],
    }


def proofs_lines(proofs: Proofs, *, listing: bool) -> list[str]:
    """What was shown; with `listing` also which options of one medicine one person can fit together."""
    count = Counter(each.what for each in proofs.shown)
    lines = wrap(
        f"Shown by invented people, each read like anybody's record: {count['matches']} wordings "
        f"matched, {count['misses']} conditions missed alone, {count['open']} wordings left open."
    )
    lines += wrap(f"{_NUMBERS}: {counted(len(proofs.thresholds), 'number')} decide an option.")
    lines += wrap(f"{counted(len(proofs.day_limits), 'distance')} of time decide one to the day.")
    if not proofs.overlaps:
        return lines
    told = counted(len(proofs.overlaps), "pair")
    if not listing:
        return [
            *lines,
            *wrap(f"{told} of options of one medicine can fit one person (--overlaps)."),
        ]
    lines += wrap(f"Options of one medicine that one person can fit together ({told}):")
    for overlap in proofs.overlaps:
        lines += item(f"{overlap.first} and {overlap.second}", 2)
    return lines


def cases_text(proofs: Proofs, knowledge: Knowledge) -> str:
    """The people who show an option as a case file, in YAML that a curator can go on from."""
    lines = [
        "# Invented by the solver from the knowledge files. Hold each against the label before you keep it.",
        "cases:" if proofs.shown else "cases: []",
    ]
    inventor = Inventor(knowledge)
    for number, each in enumerate(proofs.shown, 1):
        option = knowledge.options[each.option]
        window = next(window for window in option.windows if window.start == each.start)
        criterion = None if each.criterion is None else window.criteria[each.criterion]
        what = criterion.label if criterion else "every condition holds"
        verdict = _verdict(each, inventor)
        lines += [
            f"  - id: {option.id.replace('.', '-').replace('_', '-')}-{number}",
            f"    title: {json.dumps(f'{_HOW[each.what]}: {what}', ensure_ascii=False)}",
            f"    on: {each.person.on}",
            f"    authority: {option.authority}",
            f"    record: {json.dumps(each.person.record, ensure_ascii=False)}",
            "    expect:",
            f"      {option.id}: {verdict}",
        ]
    return "\n".join(lines) + "\n"


_HOW = {"matches": "Matches", "open": "Left open", "misses": "Misses by this alone"}


def _verdict(each: Shown, inventor: Inventor) -> str:
    """What the whole reading answers for the person, cautions left aside."""
    option = inventor.knowledge.options[each.option]
    rules = RuleSet(inventor.knowledge, each.person.on, option.authority)
    facts = inventor.facts_of(each.person.record, each.person.on)
    return str(verdicts(facts, rules).get(option.id, NOT_LISTED))
