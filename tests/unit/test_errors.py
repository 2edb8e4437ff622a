from __future__ import annotations

import pytest

from fingerpost.errors import FingerpostError, KnowledgeError, Problem, RecordError, UsageError


@pytest.mark.parametrize(
    ("problem", "line"),
    [
        (Problem("c", "f:1", "w", "y", "t"), "f:1: w. y. Try: t [c]"),
        (Problem("c", "f:1", "w.", "y.", "t."), "f:1: w. y. Try: t [c]"),
        (Problem("c", "f:1", "w"), "f:1: w. [c]"),
        (Problem("c", "", "w", try_this="t"), "w. Try: t [c]"),
        (Problem("c", "f\n:1", "w\nx", "y\ty", "t\n"), "f :1: w x. y y. Try: t [c]"),
    ],
)
def test_a_problem_is_one_line(problem, line):
    assert str(problem) == line


def test_an_error_has_one_line_for_each_problem():
    error = RecordError(Problem("c", f"f:{number}", "w") for number in range(3))
    assert str(error) == "f:0: w. [c]\nf:1: w. [c]\nf:2: w. [c]"
    assert len(error.problems) == 3


@pytest.mark.parametrize(
    ("error", "code"), [(RecordError, 10), (KnowledgeError, 11), (UsageError, 12)]
)
def test_the_exit_code_says_who_can_mend_it(error, code):
    assert error.exit_code == code
    assert issubclass(error, FingerpostError)
