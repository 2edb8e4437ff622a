"""The examples of CURATING.md are knowledge files that load, and people who come out as it says."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from pathlib import Path

import pytest

from fingerpost.knowledge.check import check
from fingerpost.knowledge.load import DATA, load_knowledge
from fingerpost.options.cases import CaseRunner, read_cases
from fingerpost.report.text.cases import result_lines
from tests.docs.examples import ROOT

PAGE = (ROOT / "CURATING.md").read_text(encoding="utf-8")
EXAMPLES = dict(re.findall(r'^```yaml title="([^"]+)"\n(.*?)^```$', PAGE, re.M | re.S))
CASES = "tests/cases/example.yaml"


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's knowledge with each example in the place that its title names."""
    folder = tmp_path_factory.mktemp("curating") / "data"
    shutil.copytree(DATA, folder)
    for name, text in EXAMPLES.items():
        if name != CASES:
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_there_is_an_example_of_each_kind_and_authority():
    folders = {name.rpartition("/")[0] for name in EXAMPLES}
    authorities = {f"options/{name}" for name in ("fda", "ema", "nice", "guideline", "local")}
    assert folders == {"sources", "drugs", "trials", "tests/cases", *authorities}


def test_the_examples_are_sound_and_their_people_come_out_as_said(copied: Path, tmp_path: Path):
    knowledge = load_knowledge(copied)
    wrong = [each for each in check(knowledge, dt.date(2026, 11, 25)) if each.severity == "error"]
    assert wrong == []
    path = tmp_path / "example.yaml"
    path.write_text(EXAMPLES[CASES], encoding="utf-8")
    runner = CaseRunner(knowledge)
    results = [runner.run(case) for case in read_cases(path)]
    assert results
    for result in results:
        assert not result.different, "\n" + "\n".join(result_lines(result))


@pytest.mark.parametrize("name", [name for name in EXAMPLES if (DATA / name).exists()])
def test_what_stands_in_a_real_file_is_said_as_it_stands_there(name: str):
    """Numbers, addresses and quotations are the file's own; a state that was raised does no harm."""
    text = (DATA / name).read_text(encoding="utf-8")
    wanted = r'(?:nct|url|code|section|hazard_ratio): [^,}\n]+|\[[\d., ]+\]|label: "[^"]+"'
    said = re.findall(wanted, EXAMPLES[name])
    missing = [each for each in said if each.replace('"', "") not in text.replace('"', "")]
    assert missing == []
