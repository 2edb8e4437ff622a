"""Every curator case: invented people, and the verdicts that the labels' text makes right.

A case is never edited merely to pass: either the knowledge is wrong, or the case's ruling is.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from fingerpost.options.cases import CaseRunner, CuratorCase, read_cases
from fingerpost.report.text.cases import result_lines
from tests.whole import whole_knowledge

FILES = sorted(Path(__file__).parent.glob("*.yaml"))
CASES = [
    pytest.param(case, id=f"{path.stem}:{case.id}") for path in FILES for case in read_cases(path)
]


@pytest.fixture(scope="module")
def runner() -> CaseRunner:
    return CaseRunner(whole_knowledge())


@pytest.mark.parametrize("case", CASES)
def test_case(runner: CaseRunner, case: CuratorCase):
    result = runner.run(case)
    assert not result.different, "\n" + "\n".join(result_lines(result))


def test_no_id_stands_in_two_files():
    ids = [param.values[0].id for param in CASES]
    assert sorted({each for each in ids if ids.count(each) > 1}) == []
