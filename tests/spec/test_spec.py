"""The specification of the language, case by case, on every evaluator."""

from __future__ import annotations

import pytest

from fingerpost.criteria import Graph, Parser, evaluate
from fingerpost.criteria.nodes import NODE_CLASSES, TERM_CLASSES
from fingerpost.criteria.planes import Kernel
from tests.spec.sql import evaluate_in_sql
from tests.spec.suite import SpecTest, spec_tests, vocabulary

WORDS = vocabulary()
TESTS = spec_tests()
NAMES = [f"{test.section}: {test.title}: {test.when}" for test in TESTS]


def by_reference(node, cases):
    return [evaluate(node, case) for case in cases]


def by_planes(node, cases):
    graph = Graph()
    number = graph.add(node)
    kernel = Kernel(graph, [number])
    return [kernel.evaluate(case).answer(number) for case in cases]


def by_sql(node, cases):
    return evaluate_in_sql(node, cases, WORDS)


@pytest.mark.parametrize("engine", [by_reference, by_planes, by_sql])
@pytest.mark.parametrize("test", TESTS, ids=NAMES)
def test_every_engine_answers_as_the_specification_says(test: SpecTest, engine) -> None:
    node = Parser(WORDS).parse(test.when)
    names = list(test.answers)
    assert dict(zip(names, engine(node, [test.people[n] for n in names]), strict=True)) == dict(
        test.answers
    )


@pytest.mark.parametrize("node", [c.__name__ for c in (*NODE_CLASSES, *TERM_CLASSES)])
def test_every_node_and_term_has_a_section(node: str) -> None:
    named = {name for test in TESTS for name in test.nodes}
    written = {name for test in TESTS for name in _classes_in(Parser(WORDS).parse(test.when))}
    assert node in named | ({"FactTerm", "TreatmentTerm"} & written)
    assert node in written


def _classes_in(node) -> set[str]:
    from fingerpost.criteria.nodes import parts_of, terms_of

    found = {type(node).__name__} | {type(term).__name__ for term in terms_of(node)}
    return found.union(*(_classes_in(part) for part in parts_of(node)))
