"""What to find out, as the reports say it: which test or question, and what it would decide."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fingerpost.criteria.planes import COMPLETE, Slot
from fingerpost.criteria.worlds import Cell, Unknown, cells_of_world
from fingerpost.facts.words import plain_value, treatment_name, words_of
from fingerpost.messages import gettext as _
from fingerpost.messages import marked
from fingerpost.messages.phrases import listed, small
from fingerpost.report.values import short
from fingerpost.values import Choice, Days

if TYPE_CHECKING:
    from fingerpost.knowledge.model import Fact
    from fingerpost.options.model import Missing
    from fingerpost.report.contract import MissingSaid, Named
    from fingerpost.report.option_said import Saying

_ALL_TREATMENTS = marked("Is this every treatment there has been for breast cancer?")
_DONE = marked("Has this test been done, and what did it show?")


def missing_said(missing: Missing, saying: Saying) -> MissingSaid:
    """One missing test or answer."""
    results = _results(missing, saying)
    asked = asked_of(missing, saying)
    return {
        "id": missing.id,
        "kind": missing.kind,  # type: ignore[typeddict-item]
        "label": asked.label,
        "question": asked.question,
        "where": asked.where,
        "how": asked.how,
        "specimen": asked.specimen,
        "facts": list(missing.facts),
        "judgement": _is_judgement(missing, saying),
        "now": [saying.reasons.of(slot) for slot in missing.slots],
        "decides": {
            "average": round(missing.gain, 3),
            "always": list(missing.always),
            "some": list(missing.options),
        },
        "outcomes": [
            {
                "result": results.get(outcome.label, outcome.label),
                "matches": list(outcome.matches),
                "rules_out": list(outcome.ruled_out),
            }
            for outcome in missing.outcomes
        ],
    }


def _is_judgement(missing: Missing, saying: Saying) -> bool:
    """Whether only the team can say it."""
    facts = saying.options.knowledge.facts
    return any(facts[name].said_by == "team" for name in missing.facts if name in facts)


@dataclass(frozen=True, slots=True)
class Asked:
    """How something missing is called, asked for, found and tested."""

    label: str
    question: str | None = None
    where: str | None = None
    how: str | None = None
    specimen: str | None = None


def asked_of(missing: Missing, saying: Saying) -> Asked:
    """How something missing is called and asked for, without what each result would decide."""
    knowledge = saying.options.knowledge
    label = label_of(missing.id, saying)
    test = knowledge.tests.get(missing.id.partition(":")[0])
    if missing.id == COMPLETE:
        return Asked(label, _(_ALL_TREATMENTS))
    if test is None:
        return Asked(label, *_of_slot(missing.slots[0], saying))
    facts = [knowledge.facts[fact] for fact in missing.facts if fact in knowledge.facts]
    if len(facts) == 1:
        return Asked(label, facts[0].question, facts[0].where, test.how, test.specimen)
    return Asked(label, _(_DONE), None, test.how, test.specimen)


def named(question: str, saying: Saying) -> Named:
    """Something that can be asked, by its id and by its name."""
    return {"id": question, "label": label_of(question, saying)}


def label_of(question: str, saying: Saying) -> str:
    """How a question is called, from its id: `test`, `test:fact`, `fact: member`, `treatment 2: end`."""
    knowledge = saying.options.knowledge
    if question == COMPLETE:
        return _("All treatments so far")
    test, _colon, of_panel = question.partition(":")
    if test in knowledge.tests:
        own = f": {label_of(of_panel, saying)}" if of_panel else ""
        return f"{knowledge.tests[test].label}{own}"
    name, *rest = question.split(": ")
    if name.startswith("treatment "):
        return _of_treatment(int(name.removeprefix("treatment ")) - 1, rest, saying)
    fact = knowledge.facts.get(name)
    if fact is None:
        return question.replace("_", " ")
    return f"{fact.label}: {_member(fact, rest[0])}" if rest else fact.label


def _of_treatment(index: int, rest: Sequence[str], saying: Saying) -> str:
    knowledge = saying.options.knowledge
    attribute = knowledge.attributes.get(rest[0])
    asked = small(attribute.label) if attribute else rest[0].replace("_", " ")
    name = treatment_name(saying.options.facts.treatments[index], knowledge)
    return ": ".join([name, asked, *(each.replace("_", " ") for each in rest[1:])])


def _of_slot(slot: Slot, saying: Saying) -> tuple[str | None, str | None]:
    """The question, and where its answer is found."""
    knowledge = saying.options.knowledge
    if slot.treatment is None:
        fact = knowledge.facts.get(slot.name)
        return (fact.question, fact.where) if fact else (None, None)
    attribute = knowledge.attributes.get(slot.name)
    if attribute is None:
        return None, None
    plain = attribute.plain if (attribute.plain or "").endswith("?") else None
    return attribute.question or plain, None


def _member(fact: Fact, member: str) -> str:
    return short(fact.values.get(member, member))


def _results(missing: Missing, saying: Saying) -> Mapping[str, str]:
    """The results in words, by the label that the ranking gave them."""
    by_slot = {unknown.slot: unknown for unknown in saying.options.unknowns}
    block = [by_slot[slot] for slot in missing.slots if slot in by_slot]
    if len(block) != len(missing.slots):
        return {"yes": _("it is complete")} if missing.id == COMPLETE else {}
    found: dict[str, str] = {}
    for world in range(math.prod(len(unknown.cells) for unknown in block)):
        cells = cells_of_world(block, world)
        label = "; ".join(cell.label for cell in cells)
        words = [
            _result(unknown, cell, saying, alone=len(block) == 1)
            for unknown, cell in zip(block, cells, strict=True)
        ]
        found[label] = "; ".join(words)
    return found


def _result(unknown: Unknown, cell: Cell, saying: Saying, *, alone: bool) -> str:
    slot, knowledge = unknown.slot, saying.options.knowledge
    catalogue = knowledge.facts if slot.treatment is None else knowledge.attributes
    fact = catalogue.get(slot.name)
    if fact is None:
        return cell.label
    words = _cell_words(cell, fact, slot.member)
    return words if alone or slot.member else f"{fact.label}: {words}"


def _cell_words(cell: Cell, fact: Fact, member: str | None) -> str:
    if member is not None:
        answer = _("yes") if cell.label.endswith(": yes") else _("no")
        return f"{_member(fact, member)}: {answer}"
    if isinstance(cell.value, Choice):
        # A cell holds one value and names all that no criterion tells apart.
        values = cell.label.split(" or ")
        return listed(
            [short(fact.values.get(value) or plain_value(value)) for value in values], "or"
        )
    if isinstance(cell.value, Days):
        return words_of(cell.value)
    return words_of(cell.value, unit=fact.unit)
