"""From decisions on single treatments to lines: numbers, days, why each began and ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fingerpost.facts.lines.model import Decision, Line
from fingerpost.facts.lines.regimen import ADVANCED, EARLY, Regimen, sort_key, surely_before
from fingerpost.knowledge.line_rules import LineRules
from fingerpost.terms import Answer
from fingerpost.values import Choice

_ENDED = {
    "completed": "completed as planned",
    "progression": "the cancer grew",
    "recurrence": "the cancer came back",
    "toxicity": "side effects",
    "choice": "own wish",
    "other": "another reason",
}


def summed_up(
    all_of_them: Sequence[Regimen],
    decisions: Sequence[Decision],
    complete: Answer,
    rules: LineRules,
) -> list[Line]:
    """The lines in the order of time; what has no place in a line is left out."""
    told = {each.treatment: each for each in decisions if each.attribute == "new_line"}
    groups: list[list[Regimen]] = []
    # The line that is going on in each setting, and those that the record numbers.
    latest: dict[bool, list[Regimen]] = {}
    numbered: dict[tuple[bool, float | None], list[Regimen]] = {}
    for one in sorted(all_of_them, key=sort_key):
        if one.number not in told:
            continue
        early = one.is_only(EARLY)
        placed = early or one.is_only(ADVANCED)
        own = numbered.get((early, one.line)) or latest.get(early)
        if placed and told[one.number].answer == "no" and own is not None:
            own.append(one)
            continue
        groups.append([one])
        if placed:
            latest[early] = groups[-1]
            if one.line is not None:
                numbered[early, one.line] = groups[-1]
    unplaced = any(
        one.counts and one.may_be(ADVANCED) and not one.is_only(ADVANCED) for one in all_of_them
    )
    return [
        _line(group, told, rules, *_number(group[0], all_of_them, told, complete, unplaced))
        for group in groups
    ]


def _number(
    first: Regimen,
    all_of_them: Sequence[Regimen],
    told: Mapping[int, Decision],
    complete: Answer,
    unplaced: bool,
) -> tuple[int | None, int | None]:
    """The least and the highest number that the line of a treatment can have in its setting."""
    if first.line is not None:
        return int(first.line), int(first.line)
    if not first.is_only(ADVANCED) or first.number not in told:
        return None, None
    others = [
        one
        for one in all_of_them
        if one is not first and one.is_only(ADVANCED) and one.number in told
    ]
    sure = sum(told[o.number].answer == "yes" and surely_before(o, first) for o in others)
    low = sure + (1 if told[first.number].answer == "yes" or not sure else 0)
    if complete is not Answer.YES or unplaced:
        return low, None
    may = sum(told[o.number].answer != "no" and not surely_before(first, o) for o in others)
    return low, max(low, may + (told[first.number].answer != "no"))


def _line(
    group: Sequence[Regimen],
    told: Mapping[int, Decision],
    rules: LineRules,
    low: int | None,
    high: int | None,
) -> Line:
    first, last = group[0], _last(group)
    settings = sorted({name for one in group for name in one.settings or ()})
    drugs = frozenset(drug for one in group for drug in one.drugs)
    return Line(
        tuple(one.number for one in group),
        tuple(settings),
        first.start,
        None if last.flag("ongoing") == "yes" else last.end,
        told[first.number].answer == "yes",
        told[first.number].words,
        _why_ended(last),
        low,
        high,
        name_of(drugs, group, rules),
    )


def _last(group: Sequence[Regimen]) -> Regimen:
    """The treatment that went on longest, as far as days tell."""
    going = [one for one in group if one.flag("ongoing") == "yes"]
    ended = [one for one in group if one.end is not None and one.end.last is not None]
    longest = max(ended, key=lambda one: one.end.last, default=None)  # type: ignore[union-attr,arg-type,return-value]
    return going[-1] if going else longest if longest and len(ended) == len(group) else group[-1]


def _why_ended(last: Regimen) -> str:
    if last.flag("ongoing") == "yes":
        return "still going on"
    reason = last.said.get("end_reason")
    if isinstance(reason, Choice):
        return " or ".join(words for name, words in _ENDED.items() if name in reason.possible)
    if last.flag("progression") == "yes":
        return "the cancer grew"
    return "not stated"


def name_of(drugs: frozenset[str], group: Sequence[Regimen], rules: LineRules) -> str | None:
    """What exactly these drugs are called together, if they have a name."""
    if not all(one.whole for one in group):
        return None
    for name in rules.names.values():
        left = drugs - set(name.drugs)
        if len(left) != len(drugs) - len(name.drugs) or len(left) != len(name.one_of):
            continue
        families = [group[0].classes_of(drug) for drug in sorted(left)]
        if all(any(each in family for family in families) for each in name.one_of):
            return name.id
    return None
