"""The documentation tells the truth: its examples run, its generated pages are current."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import fingerpost
from tests.docs.examples import ROOT, Example, examples_in, run, shown_in
from tools.docs.__main__ import generated_pages, out_of_date

ABOUT = ROOT / "src" / "fingerpost" / "knowledge" / "data" / "about.yaml"
WRITTEN_BY_US = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
EXAMPLES = [
    example
    for page in WRITTEN_BY_US
    if "project" not in page.parts  # copies of the pages at the top
    for example in examples_in(page)
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.where)
def test_an_example_runs_and_prints_what_the_page_shows(example: Example, tmp_path: Path):
    done = run(example.command, tmp_path)
    assert done.returncode == 0, done.stderr
    assert shown_in(example.output, done.stdout.splitlines()), done.stdout


def test_the_example_of_the_library_runs(tmp_path: Path):
    code = re.search(r"```python\n(.*?)```", fingerpost.__doc__ or "", re.DOTALL)
    assert code
    (tmp_path / "example.py").write_text(code[1], encoding="utf-8")
    done = run("python example.py", tmp_path)
    assert done.returncode == 0, done.stderr
    assert "The cancer, from this record" in done.stdout


FORM_PAGE = ROOT / "docs" / "how-to" / "write-a-form-record.md"
FORMS = re.findall(r"^```yaml\n(.*?)^```$", FORM_PAGE.read_text(encoding="utf-8"), re.M | re.S)


@pytest.mark.parametrize("form", FORMS)
def test_a_form_on_the_page_about_forms_can_be_read(form: str, tmp_path: Path):
    whole = form if form.startswith("fingerpost:") else f"fingerpost: 1\n{form}"
    (tmp_path / "record.yaml").write_text(whole, encoding="utf-8")
    done = run("fingerpost facts record.yaml --on 2026-11-22", tmp_path)
    assert done.returncode == 0, done.stderr


FOLDER_PAGE = ROOT / "docs" / "how-to" / "bring-your-own-knowledge.md"
FILES = re.findall(
    r'^```yaml title="([^"]+)"\n(.*?)^```$', FOLDER_PAGE.read_text(encoding="utf-8"), re.M | re.S
)


def test_the_example_folder_is_shown_whole():
    shown = {name for name, _ in FILES}
    there = {path.relative_to(ROOT).as_posix() for path in ROOT.glob("examples/hospital/**/*.*")}
    assert shown == there


@pytest.mark.parametrize(("name", "text"), FILES, ids=[name for name, _ in FILES])
def test_a_file_of_the_example_folder_is_shown_as_it_stands(name: str, text: str):
    assert text == (ROOT / name).read_text(encoding="utf-8")


LIBRARY_PAGE = ROOT / "docs" / "reference" / "library.md"


def test_the_example_on_the_page_of_the_library_runs(tmp_path: Path):
    code = re.search(r"```python\n(.*?)```", LIBRARY_PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert code
    (tmp_path / "example.py").write_text(code[1], encoding="utf-8")
    done = run("python example.py", tmp_path)
    assert done.returncode == 0, done.stderr
    assert "In force elsewhere" in done.stdout


def test_generated_pages_are_current():
    assert out_of_date(generated_pages()) == []


@pytest.mark.parametrize("page", WRITTEN_BY_US, ids=lambda page: page.name)
def test_prose_keeps_to_our_words(page: Path):
    text = re.sub(
        r"```.*?```|`[^`]*`|<https?:[^>]*>", "", page.read_text(encoding="utf-8"), flags=re.DOTALL
    )
    if page.stem in {"CONTRIBUTING", "contributing"}:
        text = text.split("**Prose.**")[0]  # the line that lists them
    assert re.findall(r"\b(?:simply|obviously|of course|eligible)\b", text, re.IGNORECASE) == []


def test_pages_give_the_day_the_knowledge_ends():
    day = re.search(r"^verified_through: (.+)$", ABOUT.read_text(encoding="utf-8"), re.MULTILINE)
    assert day
    for page in ("README.md", "REGULATORY.md", "docs/explanation/states-of-knowledge.md"):
        assert day[1] in (ROOT / page).read_text(encoding="utf-8"), page


def test_pages_say_that_nobody_signed_as_long_as_nobody_did():
    nobody = "reviewed_by: []" in ABOUT.read_text(encoding="utf-8")
    for page in ("README.md", "REGULATORY.md"):
        said = "No clinician has reviewed" in (ROOT / page).read_text(encoding="utf-8")
        assert said is nobody, page


@pytest.mark.parametrize(
    ("expected", "printed", "shown"),
    [
        (["a", "b"], ["x", "a", "b", "y"], True),
        (["a", "b"], ["a", "x", "b"], False),
        (["a", "...", "b"], ["a", "x", "b"], True),
        (["a", "...", "b"], ["b", "a"], False),
        (["a (...)"], ["a (12)"], True),
        ([], ["a"], True),
    ],
)
def test_shown_output_is_looked_for_in_order(expected, printed, shown):
    assert shown_in(expected, printed) is shown
