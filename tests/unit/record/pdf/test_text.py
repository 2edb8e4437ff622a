"""PDFs with text in them: pages, tables, columns, turned pages."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
import pytest

from fingerpost.errors import RecordError
from fingerpost.record.dictionaries import dictionaries_for
from fingerpost.record.pathology.read import read_report
from fingerpost.record.pdf.layout import Piece, page_text
from fingerpost.record.source_text import load
from tests.unit.record.pdf.made import REPORT, Page, pdf, written
from tests.whole import whole_knowledge


def text_of(data: bytes) -> str:
    return load(data, "report.pdf").text


def test_the_text_comes_line_by_line_as_it_was_written():
    assert text_of(pdf(Page(written(REPORT)))) == REPORT


def test_a_file_and_its_bytes_give_the_same(tmp_path: Path):
    file = tmp_path / "report.pdf"
    file.write_bytes(pdf(Page(written(REPORT))))
    assert load(file, None).text == text_of(file.read_bytes())
    assert list(tmp_path.iterdir()) == [file]


def test_pages_are_kept_apart():
    data = pdf(Page(written("ER: positive")), Page(b""), Page(written("PR: negative")))
    assert text_of(data) == "ER: positive\f\fPR: negative"


def test_a_table_drawn_column_by_column_keeps_each_value_beside_its_name():
    names = written("Test\nEstrogen receptor\nProgesterone receptor\nHER2 (IHC)")
    values = written("Result\nPositive 95%\nNegative 0%\n2+", x=300)
    assert text_of(pdf(Page(names + values))).splitlines() == [
        "Test   Result",
        "Estrogen receptor   Positive 95%",
        "Progesterone receptor   Negative 0%",
        "HER2 (IHC)   2+",
    ]


def test_an_empty_cell_does_not_move_the_values_below_it():
    names = written("ER\nPR\nHER2")
    values = written("95%", x=300) + written("3+", x=300, y=710)
    assert text_of(pdf(Page(names + values))).splitlines() == ["ER   95%", "PR", "HER2   3+"]


def test_columns_of_prose_are_read_one_after_the_other():
    left = [
        Piece(0, -12.0 * n, 90, 10 - 12.0 * n, f"left column, a line of prose {n}")
        for n in range(6)
    ]
    right = [each._replace(left=110, right=200, words=f"right{each.words[4:]}") for each in left]
    said = page_text([*left, *right]).splitlines()
    assert said == [each.words for each in [*left, *right]]


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_turned_page_reads_the_same(angle: int):
    document = pypdfium2.PdfDocument(pdf(Page(written(REPORT))))
    document[0].set_rotation(angle)
    saved = io.BytesIO()
    document.save(saved)
    turned = text_of(saved.getvalue())
    if angle == 180:
        assert sorted(turned.splitlines()) == sorted(REPORT.splitlines())
    assert "ER" in turned


def test_a_page_whose_corner_is_elsewhere_reads_the_same():
    data = pdf(Page(written(REPORT))).replace(b"MediaBox[0 0 612 792]", b"MediaBox[9 9 612 792]")
    assert text_of(data) == REPORT


def test_text_beside_the_page_is_not_read_for_nobody_sees_it():
    data = pdf(Page(written("ER: positive") + written("ER: negative", y=900)))
    assert text_of(data) == "ER: positive"


def test_a_word_parted_at_the_end_of_a_line_keeps_a_hyphen():
    assert "\x02" not in text_of(pdf(Page(written("metas-\ntasis in one node"))))


def test_a_few_letters_in_front_of_the_file_do_no_harm():
    assert text_of(b"\r\n junk \n" + pdf(Page(written(REPORT)))) == REPORT


def test_the_same_bytes_always_give_the_same_text():
    data = pdf(Page(written(REPORT)))
    assert text_of(data) == text_of(data)


def test_what_was_typed_into_form_fields_is_said_to_be_unread():
    field = b"/Annots[<</Type/Annot/Subtype/Widget/FT/Tx/T(er)/V(positive)/Rect[9 9 99 29]>>]"
    found = load(pdf(Page(written(REPORT), more=field)), "form.pdf")
    assert [message.code for message in found.messages] == ["page_not_read"]
    assert "positive" not in found.messages[0].what


def test_an_empty_pdf_says_that_there_is_nothing():
    with pytest.raises(RecordError) as error:
        load(pdf(Page(b"")), "empty.pdf")
    assert [problem.code for problem in error.value.problems] == ["no-text-in-pdf"]


@pytest.mark.parametrize("empty", range(3))
def test_a_row_whose_cell_is_empty_takes_nothing_from_the_next(empty):
    names = ["Estrogen receptor", "Progesterone receptor", "HER2 IHC"]
    values = ["Positive (95%)", "Negative (0%)", "2+"]
    facts = ["er_percent", "pr_percent", "her2_ihc"]
    left = b"".join(written(name, 50, 700 - 20 * row) for row, name in enumerate(names))
    right = b"".join(
        written(value, 300, 700 - 20 * row) for row, value in enumerate(values) if row != empty
    )
    data = load(pdf(Page(left + right)), "report.pdf")
    found = {
        each.fact
        for each in read_report(data, dictionaries_for(whole_knowledge(), None)).statements
    }
    assert {fact for fact in facts if fact in found} == {*facts} - {facts[empty]}


@pytest.mark.parametrize(
    "kind", ["FreeText", "Text", "StrikeOut", "Stamp", "Ink", "Redact", "Caret", "Square"]
)
def test_notes_and_marks_on_a_page_are_told(kind):
    mark = b"/Annots[<</Type/Annot/Subtype/%s/Rect[50 735 400 750]/Contents(SECRET)>>]"
    data = pdf(Page(written("ER: positive"), more=mark % kind.encode()), Page(written("PR: 0%")))
    (message,) = load(data, "report.pdf").messages
    assert (message.code, message.what[:6]) == ("page_not_read", "page 1")
    assert "SECRET" not in str(message)


@pytest.mark.parametrize("kind", ["Link", "Popup", "Highlight"])
def test_what_changes_nothing_of_the_text_is_not(kind):
    mark = b"/Annots[<</Type/Annot/Subtype/%s/Rect[50 735 400 750]>>]" % kind.encode()
    assert load(pdf(Page(written("ER: positive"), more=mark)), "report.pdf").messages == ()
