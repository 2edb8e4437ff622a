"""The person as they will be once an option has started, and whose medicine a rule is about.

What to call for changes on the day a treatment begins. Nothing of the record is taken away for that:
the option's medicines are added as a treatment that began on the day and goes on, so no level falls.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from fingerpost.criteria.case import Case
from fingerpost.criteria.evaluate import evaluate
from fingerpost.criteria.nodes import Node
from fingerpost.criteria.problems import nearest
from fingerpost.errors import Problem, UsageError
from fingerpost.facts.model import Facts
from fingerpost.facts.treatments import Attributes, attributes_of
from fingerpost.knowledge.model import Knowledge, Option
from fingerpost.record.model import Source, Treatment
from fingerpost.terms import Answer
from fingerpost.values import Choice, Days, Members, Value

_YES = Choice(frozenset({"yes"}))


def option_named(name: str, knowledge: Knowledge) -> Option:
    """The option with this id.

    Raises:
        UsageError: no authority has such an option.
    """
    if name in knowledge.options:
        return knowledge.options[name]
    what = f"there is no option `{name}`"
    advice = nearest(name, knowledge.options)
    raise UsageError([Problem("unknown-option", "--option", what, "", advice)])


def once_started(facts: Facts, option: Option, knowledge: Knowledge, on: dt.date) -> Facts:
    """The same person on the first day of an option: its medicines are one treatment more."""
    added = attributes_of([_treatment(option.drugs, knowledge, on)], knowledge, on)
    case = replace(facts.case, treatments=(*facts.case.treatments, *added))
    return replace(facts, case=case)


def medicines_behind(node: Node, case: Case, knowledge: Knowledge) -> tuple[str, ...]:
    """The medicines of a person for each of which alone a condition holds; none if it needs none.

    They are ids, in the order of the treatments.
    """
    nobody = replace(case, treatments=(), treatments_complete=Answer.YES)
    if evaluate(node, nobody) is Answer.YES:
        return ()
    found: dict[str, None] = {}
    for drug, alone in _each_alone(case, knowledge):
        if drug not in found and evaluate(node, replace(nobody, treatments=(alone,))) is Answer.YES:
            found[drug] = None
    return tuple(found)


def _each_alone(case: Case, knowledge: Knowledge) -> Iterator[tuple[str, Attributes]]:
    """Each medicine that is named in a treatment, as a treatment with the same days of its own."""
    for treatment in case.treatments:
        drugs = treatment.get("drug")
        if not isinstance(drugs, Members):
            continue
        for drug in sorted(drugs.present):
            own = attributes_of([_treatment((drug,), knowledge, case.today)], knowledge, case.today)
            yield drug, {**treatment, "drug": own[0]["drug"], "class": own[0]["class"]}


def _treatment(names: tuple[str, ...], knowledge: Knowledge, on: dt.date) -> Treatment:
    """A treatment with these medicines or families of which it is one, from this day on."""
    drugs = tuple(name for name in names if name in knowledge.drugs)
    families = tuple(name for name in names if name in knowledge.classes)
    attributes: dict[str, Value] = {"start": Days(on, on), "ongoing": _YES}
    return Treatment(
        source=Source("form", "option"),
        drugs=drugs,
        unresolved=(),
        classes=families,
        attributes=attributes,
    )
