"""Scanned reports: read with Tesseract where it is installed, and told plainly where it is not."""

from __future__ import annotations

import difflib

import pytest
from click.testing import CliRunner

from fingerpost.cli import main
from fingerpost.errors import RecordError
from fingerpost.record.pdf import scan
from fingerpost.record.pdf.scan import UNREADABLE
from fingerpost.record.source_text import load
from tests.unit.record.pdf.made import REPORT, Page, pdf, scanned, scanned_page, written

needs_tesseract = pytest.mark.skipif(
    scan.tesseract() is None,
    reason="Tesseract is not installed (make system-parts, or apt-get install tesseract-ocr)",
)


def likeness(text: str) -> float:
    """The share of the words of the report that stand in a text, in their order."""
    wanted, found = REPORT.split(), text.split()
    blocks = difflib.SequenceMatcher(None, wanted, found, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / len(wanted)


@needs_tesseract
@pytest.mark.parametrize("dpi", [150, 200, 300])
def test_a_scanned_report_is_read(dpi: int):
    found = load(scanned(dpi=dpi), "scan.pdf")
    assert likeness(found.text) >= 0.9
    assert "(95%, strong)" in found.text
    (message,) = found.messages
    assert (message.code, message.severity) == ("read_from_picture", "warning")
    assert "page 1" in message.what


@needs_tesseract
@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_page_scanned_the_wrong_way_up_is_read(rotation: int):
    assert likeness(load(scanned(rotation=rotation), "scan.pdf").text) >= 0.9


@needs_tesseract
def test_the_same_scan_always_gives_the_same_text():
    assert load(scanned(), "scan.pdf") == load(scanned(), "scan.pdf")


@needs_tesseract
def test_pages_with_text_and_pages_with_pictures_keep_their_order():
    data = pdf(Page(written("ER: see page 2")), scanned_page())
    first, second = load(data, "both.pdf").text.split("\f")
    assert first == "ER: see page 2"
    assert likeness(second) >= 0.9


@needs_tesseract
def test_the_stamp_of_a_scanner_does_not_hide_the_picture():
    page = scanned_page()
    stamped = Page(page.drawn + b"\n" + written("Page 1 of 3", y=20), page.picture)
    assert likeness(load(pdf(stamped), "scan.pdf").text) >= 0.9


def test_a_word_that_is_not_certain_is_shown_as_unreadable():
    head = [f"column {number}" for number in range(12)]
    rows = ["5 1 1 1 1 1 0 0 20 10 96 ER", "5 1 1 1 1 2 25 0 20 10 31 95%"]
    table = "\n".join("\t".join(row) for row in [head, *map(str.split, rows)])
    seen = scan._seen(list(scan._words(table)))
    assert (seen.text, seen.unreadable) == (f"ER {UNREADABLE}", 1)


def test_without_tesseract_a_scan_says_how_to_get_it(monkeypatch):
    monkeypatch.setattr(scan, "tesseract", lambda: None)
    with pytest.raises(RecordError) as error:
        load(scanned(), "scan.pdf")
    (problem,) = error.value.problems
    assert problem.code == "no-text-in-pdf"
    assert "page 1" in problem.what
    assert "apt-get install tesseract-ocr" in problem.try_this


def test_without_tesseract_the_pages_that_have_text_are_read_and_the_others_named(monkeypatch):
    monkeypatch.setattr(scan, "tesseract", lambda: None)
    found = load(pdf(Page(written(REPORT)), scanned_page(), scanned_page()), "both.pdf")
    assert found.text == f"{REPORT}\f\f"
    (message,) = found.messages
    assert (message.code, message.severity) == ("page_not_read", "warning")
    assert "pages 2-3" in message.what


def test_a_tesseract_that_fails_is_told(monkeypatch):
    monkeypatch.setattr(scan, "tesseract", lambda: "/bin/false")
    found = load(pdf(Page(written(REPORT)), scanned_page()), "both.pdf")
    assert found.text == f"{REPORT}\f"
    assert [message.code for message in found.messages] == ["page_not_read"]


def test_the_command_tells_which_pages_were_not_read(monkeypatch, tmp_path):
    monkeypatch.setattr(scan, "tesseract", lambda: None)
    file = tmp_path / "both.pdf"
    file.write_bytes(pdf(Page(written(REPORT)), scanned_page()))
    done = CliRunner().invoke(main, ["read", str(file)])
    assert done.exit_code == 0
    assert "note: both.pdf: page 2 of this PDF: only a picture" in done.stderr


@pytest.mark.parametrize("hidden", [b"", b"3 Tr "], ids=["seen", "hidden"])
def test_text_that_a_scanner_laid_over_its_picture_is_told(hidden):
    page = scanned_page()
    layer = hidden + written(REPORT + "\nThe block was kept for later tests." * 9)
    data = pdf(Page(b"q " + page.drawn + b" Q " + layer, page.picture))
    (message,) = load(data, "scan.pdf").messages
    assert (message.code, message.severity) == ("read_from_picture", "warning")
    assert "page 1" in message.what


def test_text_beside_a_small_picture_is_not():
    page = scanned_page()
    logo = page.drawn.replace(b"612 0 0 792", b"90 0 0 60")
    data = pdf(Page(b"q " + logo + b" Q " + written(REPORT), page.picture))
    assert load(data, "report.pdf").messages == ()
