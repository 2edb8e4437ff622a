"""Invented people who show a rule: made by the solver, written as records, run like anybody's record.

The solver only proposes. Whoever is shown was written as a form record, read, understood and matched by
the same code that answers for a real person, and came out as wanted.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fingerpost.criteria.case import Case
from fingerpost.criteria.evaluate import evaluate
from fingerpost.criteria.nodes import Node
from fingerpost.errors import RecordError
from fingerpost.facts.derive import derive
from fingerpost.facts.model import Facts
from fingerpost.facts.treatments import with_parents
from fingerpost.knowledge.model import Knowledge
from fingerpost.options.space import Contradiction, Invented, PeopleSpace, Request, Turned
from fingerpost.options.treatment_rules import MOST_DRUGS, Drugs
from fingerpost.record.code_index import CodeIndex
from fingerpost.record.dictionaries import Dictionaries
from fingerpost.record.drugs.names import DrugNames
from fingerpost.record.form.read import read_form
from fingerpost.record.written.value_reader import ValueReader
from fingerpost.terms import Answer

Wanted = Sequence[tuple[int, Answer]]
Record = dict[str, Any]

# Seeds, and whether every treatment has ended. The solver takes the end of a treatment that goes on for
# a day, the reader for any day from today on; and who is proposed first depends on what was asked before.
_PROPOSALS = ((1, False), (1, True), (2, True), (3, True))

# What a form says of a treatment; the rest follows from it when it is read.
_WRITTEN = ("setting", "start", "end", "end_reason", "ongoing", "progression", "line")


@dataclass(frozen=True, slots=True)
class Person:
    """An invented person as a form record, for whom every wanted condition was answered as wanted."""

    record: Record
    on: dt.date


@dataclass(slots=True)
class Inventor:
    """Invents people for conditions of one state of the knowledge."""

    knowledge: Knowledge
    _space: PeopleSpace = field(init=False)
    _names: DrugNames = field(init=False)
    _codes: CodeIndex = field(init=False)
    _odd: list[int] = field(init=False)
    _dictionaries: dict[dt.date, Dictionaries] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Tell the solver which drugs and measurements there are."""
        knowledge = self.knowledge
        measured = {**knowledge.facts, **knowledge.attributes}
        drugs = Drugs(
            {drug: frozenset(with_parents(drug, knowledge)) for drug in knowledge.drugs},
            {d: frozenset(k.components) for d, k in knowledge.drugs.items() if k.components},
            _usual(knowledge),
            frozenset(_given_together(knowledge)),
        )
        self._space = PeopleSpace(
            knowledge.graph,
            knowledge.vocabulary,
            drugs,
            ranges={name: fact.range or (None, None) for name, fact in measured.items()},
            details=frozenset(name for name, fact in knowledge.facts.items() if fact.detail),
        )
        self._codes = CodeIndex(knowledge.codes.values())
        self._names = DrugNames(knowledge.drugs, self._codes)
        self._odd = [notice.node for notice in knowledge.notices.values()]

    def find(
        self,
        wanted: Wanted,
        on: dt.date,
        *,
        short: bool = False,
        turned: Turned | None = None,
        explain: bool = True,
    ) -> Person | Contradiction:
        """A person for whom each condition answers as wanted on that day, or what contradicts.

        Args:
            wanted: Numbers of conditions in the graph, each with its answer.
            on: The day that is asked about.
            short: Whether to leave out of the record what the answers do not need.
            turned: A condition that another number of one fact would turn.
            explain: Whether a contradiction is told with as few conditions as it needs.
        """
        told = Contradiction((), gave_up=True)
        # A silent record may be presumed to say something, so at last it says it itself.
        presumed = {rule.fact for rule in self.knowledge.presumptions.values()}
        for avoid, stated in ((self._odd, ()), ([], ()), ([], presumed)):
            for seed, ended in _PROPOSALS:
                request = Request(wanted, on, avoid, sorted(stated), turned, explain, seed, ended)
                found = self._space.find(request)
                if isinstance(found, Contradiction):
                    told = told if ended else found
                    break
                record = self._record(found)
                if self.holds(wanted, record, on):
                    return Person(self._shortened(wanted, record, on) if short else record, on)
                told = Contradiction((), gave_up=True)
        return told

    def holds(self, wanted: Wanted, record: Record, on: dt.date) -> bool:
        """Whether the record, read like anybody's, answers every condition as wanted."""
        try:
            case = self.case_of(record, on)
        except RecordError:
            return False  # nobody could write that, such as half a node
        nodes = self.knowledge.graph.nodes
        return all(evaluate(nodes[number], case) is answer for number, answer in wanted)

    def answer(self, node: Node, record: Record, on: dt.date) -> Answer:
        """What one condition answers for a record, by the reference evaluator."""
        return evaluate(node, self.case_of(record, on))

    def case_of(self, record: Record, on: dt.date) -> Case:
        """What criteria may read of a form record on a day."""
        return self.facts_of(record, on).case

    def facts_of(self, record: Record, on: dt.date) -> Facts:
        """What may be said of a form record on a day."""
        if on not in self._dictionaries:
            reader = ValueReader(self.knowledge.facts, on)
            drugs = self.knowledge.drugs
            self._dictionaries[on] = Dictionaries(reader, self._names, self._codes, drugs, on)
        read = read_form(record, self._dictionaries[on], lambda path: "invented", "invented")
        return derive(read, self.knowledge, on)

    def _record(self, found: Invented) -> Record:
        facts = {name: self._fact(name, value) for name, value in sorted(found.facts.items())}
        record: Record = {"fingerpost": 1, "facts": facts}
        record["treatments"] = [dict(self._treatment(each)) for each in found.treatments]
        record["treatments_complete"] = found.treatments_complete
        return record

    def _fact(self, name: str, value: object) -> object:
        if isinstance(value, frozenset):
            absent = sorted(set(self.knowledge.facts[name].values) - value)
            return {"present": sorted(value), "absent": absent, "complete": True}
        return value.isoformat() if isinstance(value, dt.date) else value

    def _treatment(self, said: Mapping[str, object]) -> Iterator[tuple[str, object]]:
        drugs: frozenset[str] = said["drug"]  # type: ignore[assignment]
        parts = {p for drug in drugs for p in self.knowledge.drugs[drug].components}
        if drugs:
            yield "drugs", [self.knowledge.drugs[drug].name for drug in sorted(drugs - parts)]
        else:
            yield "kind", said["kind"]
        going = said.get("ongoing") == "yes"
        for name in _WRITTEN:
            value = said.get(name)
            if value is None or (name == "end" and going) or (name == "ongoing" and not going):
                continue
            if name == "progression" and not going:
                continue  # the reason for ending says it
            if isinstance(value, dt.date):
                yield name, value.isoformat()
            else:
                yield name, True if name == "ongoing" else value

    def _shortened(self, wanted: Wanted, record: Record, on: dt.date) -> Record:
        """The record without whatever can be left out while every answer stays as wanted."""
        short = {**record, "facts": {**record["facts"]}}
        for name in list(short["facts"]):
            fewer = {key: value for key, value in short["facts"].items() if key != name}
            if self.holds(wanted, {**short, "facts": fewer}, on):
                short["facts"] = fewer
        for place in range(len(short["treatments"]) - 1, -1, -1):
            left = [each for at, each in enumerate(short["treatments"]) if at != place]
            if self.holds(wanted, {**short, "treatments": left}, on):
                short["treatments"] = left
        return short


def _usual(knowledge: Knowledge) -> frozenset[str]:
    """The drugs that everybody knows: several authorities have a use for them."""
    having: dict[str, set[str]] = {}
    for option in knowledge.options.values():
        for drug in option.drugs:
            having.setdefault(drug, set()).add(option.authority)
    several = frozenset(drug for drug, names in having.items() if len(names) > 1)
    return several or frozenset(having)


def _given_together(knowledge: Knowledge) -> Iterator[frozenset[str]]:
    """The combinations that options name; for a family of drugs its first member stands."""
    usual = _usual(knowledge)
    for option in knowledge.options.values():
        drugs: set[str] = set()
        for name in option.drugs:
            members = [d for d in sorted(usual) if name in with_parents(d, knowledge)]
            drugs.update([name] if name in knowledge.drugs else members[:1])
            if name in knowledge.drugs:
                drugs.update(knowledge.drugs[name].components)
        if 1 < len(drugs) <= MOST_DRUGS:
            yield frozenset(drugs)
