"""The lines of one person: what the record numbers, what follows, and what stays open."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from fingerpost.facts.lines.decide import Deciding
from fingerpost.facts.lines.growth import Event, growth_decisions
from fingerpost.facts.lines.model import Decision, Line, Lines, Told
from fingerpost.facts.lines.phases import phase_decisions
from fingerpost.facts.lines.regimen import ADVANCED, EARLY, Regimen, regimens, sort_key
from fingerpost.facts.lines.summary import summed_up
from fingerpost.terms import Answer
from fingerpost.values import Choice, Interval

if TYPE_CHECKING:
    from fingerpost.facts.treatments import Attributes
    from fingerpost.knowledge.model import Knowledge
    from fingerpost.record.model import Treatment


def find_lines(
    treatments: Sequence[Treatment],
    said: Sequence[Attributes],
    knowledge: Knowledge,
    *,
    grown: Sequence[Event] = (),
    complete: Answer = Answer.UNKNOWN,
) -> Lines:
    """Decide which treatments began a new line, write it to their attributes, and tell why.

    Args:
        treatments: The treatments of the record.
        said: Their attributes; `new_line`, and `progression` where dates make it certain, are added.
        knowledge: The rules of lines, and the drugs.
        grown: When the cancer was found to have grown.
        complete: Whether the list holds all treatment there ever was.
    """
    all_of_them = regimens(treatments, said, knowledge)
    decisions = growth_decisions(all_of_them, grown)
    for each in decisions:
        if each.answer == "yes":
            said[each.treatment]["progression"] = Choice(frozenset({"yes"}))
    decisions += phase_decisions(all_of_them, knowledge.lines)
    decisions += _new_lines(all_of_them, said, Deciding(all_of_them, grown, knowledge.lines))
    lines = summed_up(all_of_them, decisions, complete, knowledge.lines)
    _write_numbers(all_of_them, said, lines)
    return Lines(tuple(lines), tuple(decisions))


def _write_numbers(
    all_of_them: Sequence[Regimen], said: Sequence[Attributes], lines: Sequence[Line]
) -> None:
    """Write which line a treatment begins, as far as that is certain: "at least the second".

    Lines are numbered in their setting; where one list holds several, the record must number them.
    """
    settings = {one.settings for one in all_of_them if one.counts and one.is_only(ADVANCED)}
    if len(settings) != 1:
        return
    for line in lines:
        if line.low is not None and line.certain:
            high = math.inf if line.high is None else float(line.high)
            said[line.treatments[0]].setdefault("line", Interval(float(line.low), high))


def _new_lines(
    all_of_them: Sequence[Regimen], said: Sequence[Attributes], deciding: Deciding
) -> list[Decision]:
    found: list[Decision] = []
    stated = _numbered(all_of_them)
    for one in sorted(all_of_them, key=sort_key):
        decision = _stated(one) or stated.get(one.number)
        worked_out = deciding.decide(one)
        decision = decision or worked_out
        if decision is None:
            continue
        found.append(decision)
        if decision.answer != "unknown":
            said[one.number].setdefault("new_line", Choice(frozenset({decision.answer})))
    return found


def _stated(one: Regimen) -> Decision | None:
    """What the record itself says of it."""
    answer = one.flag("new_line")
    if answer not in ("yes", "no") or not one.counts:
        return None
    words = f"{one.name}: the record says that this {'began' if answer == 'yes' else 'did not begin'} a new line"
    return Decision(one.number, "new_line", answer, "stated", words, stated=True)  # type: ignore[arg-type]


def _numbered(all_of_them: Sequence[Regimen]) -> dict[int, Decision]:
    """Treatments of which the record gives the number of the line: the first of each begins it."""
    groups: dict[tuple[object, float], list[Regimen]] = defaultdict(list)
    for one in all_of_them:
        if one.counts and one.line is not None and (one.is_only(ADVANCED) or one.is_only(EARLY)):
            groups[one.is_only(EARLY), one.line].append(one)
    found: dict[int, Decision] = {}
    for (_, line), members in groups.items():
        ordered = sorted(members, key=lambda one: sort_key(one)[:2])
        for place, one in enumerate(ordered):
            begins = "began" if place == 0 else "went on with"
            words = f"{one.name}: the record numbers this line {line:g}, and this {begins} it"
            answer: Told = "yes" if place == 0 else "no"
            found[one.number] = Decision(
                one.number, "new_line", answer, "numbered", words, stated=True
            )
    return found
