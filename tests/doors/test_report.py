"""`fingerpost report`: the page to bring, from the keyboard."""

from __future__ import annotations

import importlib.util
import io
import json
import re
from html.parser import HTMLParser

import jsonschema
import pytest
from click.testing import CliRunner

from fingerpost.cli import main
from fingerpost.report.schema import answer_schema


def _draws() -> bool:
    try:
        import weasyprint
    except OSError:
        return False
    return bool(weasyprint)


needs_pango = pytest.mark.skipif(
    importlib.util.find_spec("weasyprint") is None or not _draws(),
    reason="a PDF needs Pango on the machine (make system-parts)",
)
ON = ("--on", "2026-11-22")
# Everything that can be known and unknown, with long lists.
WORST = """
fingerpost: 1
facts:
  birth_date: 1961
  sex: female
  menopausal_status_reported: postmenopausal
  er_percent: 90
  pr_percent: 60
  her2_ihc: 1+
  ki67_percent: 30
  esr1_mutation: {absent: pending}
  pik3ca_mutation: {absent: pending}
  germline_brca_reported: {absent: not_tested}
  extent_reported: metastatic
  metastatic_sites: {present: [bone, liver, lung, brain, skin], absent: []}
treatments:
  - {drugs: [doxorubicin, cyclophosphamide], setting: adjuvant, start: 2012-01, end: 2012-03}
  - {drugs: [paclitaxel], setting: adjuvant, start: 2012-03, end: 2012-06}
  - {drugs: [letrozole], setting: adjuvant, start: 2012-07, end: 2017-07}
  - {drugs: [palbociclib, letrozole], setting: metastatic, start: 2019-02, end: 2021-03, end_reason: progression}
  - {drugs: [fulvestrant, everolimus], setting: metastatic, start: 2021-04, end: 2022-03, end_reason: progression}
  - {drugs: [capecitabine], setting: metastatic, start: 2022-04, end: 2023-03, end_reason: progression}
  - {drugs: [eribulin], setting: metastatic, start: 2023-04, end: 2024-03, end_reason: progression}
  - {drugs: [denosumab], setting: metastatic, start: 2019-03, ongoing: true}
treatments_complete: false
"""


def run(*arguments: object, binary: bool = False):
    result = CliRunner().invoke(main, ["report", *map(str, arguments)])
    assert result.exit_code == 0, result.output
    return result.stdout_bytes if binary else result.output


@pytest.fixture
def worst(tmp_path):
    path = tmp_path / "worst.yaml"
    path.write_text(WORST, encoding="utf-8")
    return path


def pages(content: bytes) -> int:
    import pypdfium2

    return len(pypdfium2.PdfDocument(io.BytesIO(content)))


def test_the_page_says_what_it_is_for() -> None:
    text = " ".join(run("examples/nora.json", *ON).split())
    assert "Triple-negative breast cancer" in text
    assert "PD-L1 combined positive score (22C3): 12" in text
    assert "Immunotherapy: Fits the label now" in text
    assert "The order is not a ranking" in text or "the order is not a ranking" in text
    assert "24-hour cancer line" in text
    assert "This list is for today. Make it again when a treatment starts or ends." in text


def test_why_no_immunotherapy_is_said_too(tmp_path) -> None:
    path = tmp_path / "record.yaml"
    facts = (
        "{er_percent: 0, pr_percent: 0, her2_ihc: '0', extent_reported: metastatic, "
        "pdl1_cps_22c3: 3, tmb: 2, mmr: proficient, msi: stable}"
    )
    path.write_text(f"fingerpost: 1\nfacts: {facts}\ntreatments: []\ntreatments_complete: true\n")
    document = json.loads(run(path, *ON, "--format", "json"))
    assert document["immunotherapy"]["verdict"] in ("does_not_match", "not_yet")
    assert "Does not fit now" in document["immunotherapy"]["text"]


def test_the_json_is_as_published(worst) -> None:
    document = json.loads(run(worst, *ON, "--format", "json"))
    jsonschema.validate(document, answer_schema("sheet"))
    assert len(document["questions"]) <= 8
    assert document["treatments_left"] == 2


def test_what_settles_immunotherapy_is_short_also_for_an_empty_record(tmp_path) -> None:
    path = tmp_path / "record.yaml"
    path.write_text("fingerpost: 1\nfacts: {}\ntreatments: []\n")
    text = json.loads(run(path, *ON, "--format", "json"))["immunotherapy"]["text"]
    assert "The test that answers it: Mismatch repair IHC or MSI." in text
    assert len(text.split()) < 50


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag, attrs) -> None:
        self.tags.append(tag)
        self.found += [value for name, value in attrs if name in ("src", "href") and value]


def test_the_html_asks_for_nothing_from_outside(worst) -> None:
    html = run(
        worst, *ON, "--format", "html", "--option", "fda.ribociclib.advanced-with-fulvestrant"
    )
    parser = _Links()
    parser.feed(html)
    assert [each for each in parser.found if not each.startswith("#word-")] == []
    assert "script" not in parser.tags
    assert parser.tags.count("h1") == 3
    assert "When to call once treatment with ribociclib with fulvestrant has started" in html
    assert re.search(r"url\(|@import", html) is None


def test_what_a_record_holds_is_escaped(tmp_path) -> None:
    path = tmp_path / "record.yaml"
    path.write_text(
        "fingerpost: 1\nfacts: {er_percent: 90}\n"
        "treatments: [{drugs: ['<script>alert(1)</script>'], setting: metastatic}]\n"
    )
    assert "<script>" not in run(path, *ON, "--format", "html")


@needs_pango
@pytest.mark.parametrize("paper", ["A4", "letter"])
def test_the_page_is_one_page_at_its_worst(worst, paper) -> None:
    assert pages(run(worst, *ON, "--format", "pdf", "--paper", paper, binary=True)) == 1


@needs_pango
def test_each_option_begins_on_a_page_of_its_own(worst) -> None:
    option = "fda.ribociclib.advanced-with-fulvestrant"
    content = run(worst, *ON, "--format", "pdf", "--option", option, binary=True)
    assert pages(content) >= 2


def test_the_ending_of_the_file_chooses_the_form(tmp_path, worst) -> None:
    path = tmp_path / "sheet.html"
    run(worst, *ON, "-o", path)
    assert path.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_what_matters_adds_questions_and_changes_nothing_else(worst) -> None:
    plain = json.loads(run(worst, *ON, "--format", "json"))
    told = json.loads(run(worst, *ON, "--format", "json", "--matters", "keeping_hair"))
    assert plain["options"] == told["options"]
    assert plain["tests"] == told["tests"]


def test_no_pango_is_told_kindly(monkeypatch, worst) -> None:
    import sys

    class Missing:
        def __getattr__(self, name: str) -> object:
            raise OSError(name)

    class Finder:
        @staticmethod
        def find_spec(name: str, *_: object) -> None:
            if name == "weasyprint":
                raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Finder, *sys.meta_path])
    result = CliRunner().invoke(main, ["report", str(worst), *ON, "--format", "pdf"])
    assert result.exit_code == 12
    assert "Pango" in result.output
    assert "no-pdf" in result.output
