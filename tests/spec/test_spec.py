"""The specification of the language, case by case, on every evaluator."""

from __future__ import annotations

import inspect

import pytest

from fingerpost.criteria import Graph, Parser, conditions, evaluate, planes, wording
from fingerpost.criteria.nodes import ATOM_CLASSES, NODE_CLASSES, TERM_CLASSES, parts_of, terms_of
from fingerpost.criteria.planes import Kernel
from tests.generative import strategies
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
    found = {type(node).__name__} | {type(term).__name__ for term in terms_of(node)}
    return found.union(*(_classes_in(part) for part in parts_of(node)))


def test_every_node_has_everything() -> None:
    """An evaluator, a type rule, a wording, a place in the fast path, a strategy and a section."""
    sources = {
        "evaluator": inspect.getsource(inspect.getmodule(evaluate)),
        "wording": inspect.getsource(wording),
        "fast path": inspect.getsource(planes),
        "strategy": inspect.getsource(strategies),
    }
    missing = [
        (node.__name__, what)
        for node in NODE_CLASSES
        for what, text in sources.items()
        # Atoms reach the fast path through their own quick tests.
        if node.__name__ not in text and not (what == "fast path" and node in ATOM_CLASSES)
    ]
    assert missing == []
    # The type rule of a node is the parser: every class is made there, and ill-typed use refused.
    made = inspect.getsource(inspect.getmodule(Parser)) + inspect.getsource(conditions)
    assert [node.__name__ for node in NODE_CLASSES if f"{node.__name__}(" not in made] == []
