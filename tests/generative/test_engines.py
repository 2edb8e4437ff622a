"""Random criteria over random people: every engine agrees, and no answer is ever taken back."""

from __future__ import annotations

import hypothesis
from hypothesis import given, settings
from hypothesis import strategies as st

from fingerpost.criteria import Case, Graph, evaluate
from fingerpost.criteria.case import NOT_STATED
from fingerpost.criteria.deciding import MOST_WORLDS, deciding_unknowns
from fingerpost.criteria.explain import Explainer
from fingerpost.criteria.nodes import NODE_CLASSES, TERM_CLASSES, parts_of, terms_of
from fingerpost.criteria.planes import Kernel, Slot
from fingerpost.criteria.wording import Lexicon, say
from fingerpost.criteria.worlds import cells_of_world, fill, unknowns, worlds_of
from fingerpost.terms import Answer
from fingerpost.values import Absent, Choice, Days, Interval, Members
from tests.generative.strategies import WORDS, cases, nodes
from tests.spec.sql import evaluate_all_in_sql


def _kernel(node) -> tuple[Kernel, int]:
    graph = Graph()
    number = graph.add(node)
    return Kernel(graph, [number]), number


@given(nodes(), cases())
@settings(max_examples=1500)
def test_the_fast_path_answers_as_the_reference(node, case) -> None:
    kernel, number = _kernel(node)
    assert kernel.evaluate(case).answer(number) is evaluate(node, case)


@given(st.lists(nodes(), min_size=1, max_size=4), st.lists(cases(), min_size=1, max_size=12))
@settings(max_examples=120)
def test_sql_answers_as_the_reference(criteria, people) -> None:
    in_sql = evaluate_all_in_sql(criteria, people, WORDS)
    assert in_sql == [[evaluate(node, case) for case in people] for node in criteria]


def _narrower(value, data):
    """Something that says at least as much as `value`, without contradicting it."""
    match value:
        case Choice():
            kept = data.draw(st.frozensets(st.sampled_from(sorted(value.possible)), min_size=1))
            return Choice(kept)
        case Interval() if value.known is None:
            middle = (value.low + value.high) / 2
            return Interval(middle, middle)
        case Days() if value.first is not None:
            return Days(value.first, value.first)
        case Members():
            return value
    return value


@given(nodes(), cases(), cases(), st.data())
@settings(max_examples=1500)
def test_more_information_never_takes_an_answer_back(node, case, filler, data) -> None:
    before = evaluate(node, case)
    facts = {
        name: _narrower(case.facts[name], data)
        if not isinstance(case.facts.get(name, NOT_STATED), Absent)
        else value
        for name, value in {**filler.facts, **case.facts}.items()
    }
    for name, value in filler.facts.items():
        if isinstance(case.facts.get(name, NOT_STATED), Absent):
            facts[name] = value
    treatments = [
        {n: v if not isinstance(v, Absent) else NOT_STATED for n, v in one.items()}
        for one in case.treatments
    ]
    more = filler.treatments if case.treatments_complete is not Answer.YES else ()
    after = evaluate(node, Case(case.today, facts, (*treatments, *more), case.treatments_complete))
    # Only a contradiction between two ways of knowing (`agree`) may turn an answer to unknown.
    assert after is before or before is Answer.UNKNOWN or after is Answer.UNKNOWN
    if not _has_agree(node):
        assert before in (Answer.UNKNOWN, after)


def _has_agree(node) -> bool:
    return type(node).__name__ == "Agree" or any(_has_agree(part) for part in parts_of(node))


@given(nodes(), cases())
@settings(max_examples=400)
def test_every_world_answers_as_if_its_values_were_recorded(node, case) -> None:
    kernel, number = _kernel(node)
    missing = [u for u in unknowns(kernel, WORDS, case) if u.slot.member is None][:3]
    worlds, places = worlds_of([missing] if missing else [])
    planes = kernel.evaluate(case, worlds)
    for offset, size in places:
        for index in range(size):
            cells = cells_of_world(missing, index)
            chosen = {u.slot: cell.value for u, cell in zip(missing, cells, strict=True)}
            assert planes.answer(number, offset + index) is evaluate(node, fill(case, chosen))


@given(nodes(), cases())
@settings(max_examples=300)
def test_deciding_unknowns_are_exactly_those_that_can_change_the_answer(node, case) -> None:
    kernel, number = _kernel(node)
    missing = [u for u in unknowns(kernel, WORDS, case) if u.slot.member is None][:4]
    worlds, _ = worlds_of([missing])
    hypothesis.assume(worlds.size <= min(MOST_WORLDS, 256))
    found = deciding_unknowns(kernel, number, case, missing)
    rows = {}
    for index in range(worlds.size):
        cells = cells_of_world(missing, index)
        chosen = {u.slot: cell.value for u, cell in zip(missing, cells, strict=True)}
        rows[cells] = evaluate(node, fill(case, chosen))
    possible = {cells for cells in rows if not _newly_contradicts(node, case, missing, cells)}
    for place, unknown in enumerate(missing):
        matters = any(
            answer is not rows[twin] and cells in possible and twin in possible
            for cells, answer in rows.items()
            for other in unknown.cells
            for twin in [(*cells[:place], other, *cells[place + 1 :])]
        )
        assert (unknown in found.unknowns) is matters


def _newly_contradicts(node, case, missing, cells) -> bool:
    """Whether values make two ways of knowing one thing contradict that did not before."""
    filled = fill(case, {u.slot: cell.value for u, cell in zip(missing, cells, strict=True)})
    return any(
        _contradicts(agree, filled) and not _contradicts(agree, case) for agree in _agrees(node)
    )


def _agrees(node) -> list:
    if type(node).__name__ == "CountTreatments":
        return []
    below = [found for part in parts_of(node) for found in _agrees(part)]
    return [node, *below] if type(node).__name__ == "Agree" else below


def _contradicts(node, case) -> bool:
    answers = {evaluate(part, case) for part in node.parts}
    return {Answer.YES, Answer.NO} <= answers


@given(nodes(), cases())
@settings(max_examples=400)
def test_reasons_and_changes_point_at_what_the_criterion_reads(node, case) -> None:
    kernel, number = _kernel(node)
    planes = kernel.evaluate(case)
    explainer = Explainer(kernel.graph, planes, case)
    readable = {*WORDS.facts, *WORDS.attributes, "treatment", "treatments", "treatments_complete"}
    assert {slot.name for slot in explainer.reasons(number)} <= readable
    if planes.answer(number) is not Answer.NO:
        return
    for slots in explainer.changes(number, to=True):
        if Slot("treatments") in slots:
            continue
        # Were these not known, the criterion would no longer be ruled out.
        opened = {Slot(slot.name): Absent() for slot in slots}
        assert evaluate(node, fill(case, opened)) is not Answer.NO  # type: ignore[arg-type]


@given(nodes())
@settings(max_examples=300)
def test_every_criterion_can_be_said_in_words(node) -> None:
    for negated in (False, True):
        words = say(node, Lexicon({}, {}), negated=negated)
        assert words
        assert "_" not in words


def test_every_node_and_term_is_generated() -> None:
    seen: set[str] = set()

    def note(node) -> None:
        seen.add(type(node).__name__)
        seen.update(type(term).__name__ for term in terms_of(node))
        for part in parts_of(node):
            note(part)

    @given(nodes())
    @settings(max_examples=400, database=None)
    def collect(node) -> None:
        note(node)

    collect()
    assert {c.__name__ for c in (*NODE_CLASSES, *TERM_CLASSES)} <= seen
