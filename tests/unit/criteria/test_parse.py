"""What the language refuses, and how it says so."""

from __future__ import annotations

import pytest

from fingerpost.criteria import CriterionError, FactType, Graph, Parser, Vocabulary
from fingerpost.criteria.nodes import NODE_CLASSES
from tests.spec.suite import vocabulary

WORDS = vocabulary()


def problems(tree):
    with pytest.raises(CriterionError) as caught:
        Parser(WORDS).parse(tree)
    return caught.value.problems


@pytest.mark.parametrize(
    ("text", "column", "says", "tries"),
    [
        ("receptor is postive", 12, "cannot be 'postive'", "did you mean positive"),
        ("recptor is positive", 0, "'recptor' is not a fact", "did you mean receptor"),
        ("patients with bad receptors", 0, "is not a criterion", "a line reads like"),
        ("percent is 3", 8, "does not fit percent", "percent >="),
        ("percent >= many", 11, "is not a number", "write digits"),
        ("percent >= 3 mm", 11, "not measured in 'mm'", "3 %"),
        ("receptor >= 3", 0, "not a number or a date", "receptor is positive"),
        ("receptor includes low", 9, "cannot include several", "receptor is"),
        ("surgery_date >= 2024-02-30", 16, "not a day of the calendar", "correct it"),
        ("surgery_date >= percent", 16, "is not a date", ""),
        ("surgery_date = 2024-02-03", 15, "compared with", "<="),
        ("relapse_date <= surgery_date + 6 moons", 33, "not a unit of time", "6 months"),
        ("relapse_date <= surgery_date + six months", 31, "not a whole number", "6 months"),
        ("age >= 18.5 years", 17, "counted in whole years", "whole number"),
        ("any treatment where clas is taxane", 20, "'clas' is not an attribute", "class"),
        ("any treatment where (class is taxane", 36, "')' is missing", ""),
        ("at least 0 treatments where class is taxane", 11, "not a number of treatments", "2"),
        ("at least two treatments", 13, "not a number of treatments", "2"),
        (
            "any tretment where class is taxane",
            4,
            "stands where 'treatment' should",
            "any treatment",
        ),
        ("any treatment where age_at >= 3", 20, "not an attribute", ""),
        ("receptor is positive and grade is 3", 21, "does not belong here", "all:"),
        ("receptor is positive, low", 22, "needs 'is one of'", "is one of"),
        ("receptor is", 11, "is missing here", ""),
        ("receptor", 0, "is missing", ""),
        ("percent", 0, "is missing", ""),
        (
            "relapse within 6 months of middle of treatment where class is taxane",
            27,
            "edge",
            "end of",
        ),
        ("", 0, "is empty", "a line reads like"),
    ],
)
def test_a_fault_is_shown_at_its_column(text, column, says, tries) -> None:
    (problem,) = problems(text)
    assert (problem.column, says in problem.what, tries in problem.try_this) == (column, True, True)
    assert problem.why


@pytest.mark.parametrize(
    ("tree", "path"),
    [
        ({"al": ["always"]}, ()),
        ({"all": [], "any": []}, ()),
        ({"all": "always"}, ("all",)),
        ({"any": []}, ("any",)),
        ({"at_least": 3, "of": ["always", "never"]}, ("at_least",)),
        ({"at_least": True, "of": ["always"]}, ("at_least",)),
        ({"at_least": 1}, ()),
        (3, ()),
        (None, ()),
        ({"all": ["always", {"any": ["always", 7]}]}, ("all", 1, "any", 1)),
    ],
)
def test_a_faulty_nesting_is_shown_with_the_way_to_it(tree, path) -> None:
    assert problems(tree)[0].path == path


def test_all_problems_are_told_at_once() -> None:
    tree = {"all": ["recptor is x", {"any": ["percent >= 3 mm", "grade is 4"]}, "always"]}
    assert [p.path for p in problems(tree)] == [
        ("all", 0),
        ("all", 1, "any", 0),
        ("all", 1, "any", 1),
    ]


def test_a_circle_of_definitions_is_named_whole() -> None:
    flag = FactType("flag", ("yes", "no"))
    words = Vocabulary(
        {"a": flag, "b": flag}, {}, {"a": {"yes": "b is yes"}, "b": {"yes": {"not": "a is yes"}}}
    )
    with pytest.raises(CriterionError, match="a is yes -> b is yes -> a is yes"):
        Parser(words).define("a", "yes")


def test_a_search_inside_a_search_is_refused() -> None:
    flag = FactType("flag", ("yes", "no"))
    words = Vocabulary({"treated": flag}, {}, {"treated": {"yes": "any treatment"}})
    with pytest.raises(CriterionError, match="looks through the treatments itself"):
        Parser(words).parse("any treatment where treated is yes")


def test_equal_conditions_are_one_node() -> None:
    parser, graph = Parser(WORDS), Graph()
    first = graph.add(parser.parse({"all": ["status is positive", "grade is one of 2, 3"]}))
    size = len(graph.nodes)
    again = graph.add(Parser(WORDS).parse({"all": ["status is positive", "grade is one of 3, 2"]}))
    assert (again, len(graph.nodes)) == (first, size)


def test_the_content_hash_names_the_rules() -> None:
    def hash_of(text: str) -> str:
        graph = Graph()
        graph.add(Parser(WORDS).parse(text))
        return graph.content_hash()

    assert hash_of("grade is one of 2, 3") == hash_of("grade is one of 3, 2")
    assert hash_of("percent >= 1 %") != hash_of("percent > 1 %")


def test_nodes_are_frozen_and_closed() -> None:
    for node in NODE_CLASSES:
        assert node.__dataclass_params__.frozen
        assert "__slots__" in vars(node)
