"""What the proofs showed, counted, as data and in a few lines."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from fingerpost.report.text.layout import counted, item, wrap

if TYPE_CHECKING:
    from fingerpost.knowledge.model import Criterion, Knowledge
    from fingerpost.options.proofs import Proofs

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
    }


def proofs_lines(proofs: Proofs, knowledge: Knowledge) -> list[str]:
    """What was shown, and the options of one medicine that one person can fit together."""
    count = Counter(each.what for each in proofs.shown)
    lines = wrap(
        f"Shown by invented people, each read like anybody's record: {count['matches']} wordings "
        f"matched, {count['misses']} conditions missed alone, {count['open']} wordings left open."
    )
    lines += wrap(f"{_NUMBERS}: {counted(len(proofs.thresholds), 'number')} decide an option.")
    if proofs.overlaps:
        told = counted(len(proofs.overlaps), "pair")
        lines += wrap(f"Options of one medicine that one person can fit together ({told}):")
        for overlap in proofs.overlaps:
            lines += item(f"{overlap.first} and {overlap.second.partition('.')[2]}", 2)
    return lines


_VERDICTS = {"matches": "matches", "open": "might_match", "misses": "does_not_match"}


def cases_text(proofs: Proofs, knowledge: Knowledge) -> str:
    """The people who show an option as a case file, in YAML that a curator can go on from."""
    lines = [
        "# Invented by the solver from the knowledge files. Hold each against the label before you keep it.",
        "cases:" if proofs.shown else "cases: []",
    ]
    for number, each in enumerate(proofs.shown, 1):
        option = knowledge.options[each.option]
        window = next(window for window in option.windows if window.start == each.start)
        criterion = None if each.criterion is None else window.criteria[each.criterion]
        what = criterion.label if criterion else "every condition holds"
        verdict = _verdict(each.what, criterion)
        lines += [
            f"  - id: {option.id.replace('.', '-').replace('_', '-')}-{number}",
            f"    title: {json.dumps(f'{_HOW[each.what]}: {what}', ensure_ascii=False)}",
            f"    on: {each.person.on}",
            f"    authority: {option.authority}",
            f"    record: {json.dumps(each.person.record, ensure_ascii=False)}",
            f"    expect: {{{option.id}: {verdict}}}",
        ]
    return "\n".join(lines) + "\n"


_HOW = {"matches": "Matches", "open": "Left open", "misses": "Misses by this alone"}


def _verdict(what: str, criterion: Criterion | None) -> str:
    """A condition on earlier treatment that fails may mean "not yet"; both are told to the curator."""
    verdict = _VERDICTS[what]
    if what == "misses" and criterion is not None and criterion.kind == "sequence":
        return f"{verdict}  # or not_yet, if later treatment can turn it"
    return verdict
