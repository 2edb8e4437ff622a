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
    assert [each for each in parser.found if not each.startswith(("#word-", "#explain-"))] == []
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


RIBOCICLIB = "fda.ribociclib.advanced-with-fulvestrant"


def test_a_professional_reads_the_source_beside_each_claim() -> None:
    told = ("examples/maria.yaml", *ON, "--format", "html", "--option", RIBOCICLIB)
    page = run(*told, "--audience", "professional")
    assert "What is looked at, why, and who says so" in page
    assert re.search(r"Its wording: section 1 \[1, of 2024-09-17: verified\]", page)
    assert re.search(r"450 ms before the start\) \[\d+, read [\d-]+: weak source\]", page)
    assert "Kisqali (ribociclib) label as of 17 September 2024" in page


def test_a_patient_reads_no_threshold_and_no_list_of_sources() -> None:
    page = run("examples/maria.yaml", *ON, "--format", "html", "--option", RIBOCICLIB)
    assert "QTcF" not in page
    assert "600 mg" not in page
    assert "<h2>Sources</h2>" not in page


def test_explanations_follow_with_their_drawings_and_words_lead_to_them() -> None:
    page = run(
        *("examples/maria.yaml", *ON, "--format", "html", "--option", RIBOCICLIB, "--explain")
    )
    parser = _Links()
    parser.feed(page)
    led = {each for each in parser.found if each.startswith("#explain-")}
    assert {"#explain-cdk4_6_inhibitor", "#explain-estrogen_blockade"} <= led
    for each in led:
        assert page.count(f'id="{each[1:]}"') == 1
    assert page.count("<figure>") == len(led)
    found = page.partition("Words explained")[2]
    assert '<a class="see" href="#explain-estrogen_blockade">' in found


def test_explanations_are_of_the_options_that_are_named() -> None:
    result = CliRunner().invoke(main, ["report", "examples/maria.yaml", *ON, "--explain"])
    assert result.exit_code == 12
    assert "--option" in result.output


def test_the_text_has_the_pages_of_an_option_too() -> None:
    text = run("examples/maria.yaml", *ON, "--option", RIBOCICLIB, "--explain")
    assert "My questions" in text
    assert "what would follow from ribociclib with fulvestrant" in text
    assert "How a CDK4/6 inhibitor works" in text


def test_a_table_stands_before_each_picture_and_both_name_the_trial() -> None:
    option = "fda.trastuzumab_deruxtecan.hr-positive-her2-low-or-ultralow-after-endocrine"
    page = run("examples/hanna.yaml", *ON, "--format", "html", "--option", option)
    trials = page.partition("What trials found")[2]
    assert trials.index("Group of the trial DESTINY-Breast06") < trials.index("<svg")
    assert 'aria-label="Trial DESTINY-Breast06, progression-free survival' in trials
    figures = re.findall(r'<span class="note">([^<]*)</span><svg[^>]*aria-label="(.*?)"', page)
    assert figures
    for told, drawn in figures:
        assert "DESTINY-Breast06 (trastuzumab deruxtecan, 434 people)" in told
        assert told == drawn
