"""Text as it comes: in which encoding, and what is refused with a word on what to do."""

from __future__ import annotations

import codecs
import gzip
import random
import tracemalloc

import pytest

from fingerpost.errors import RecordError
from fingerpost.record import source_text
from fingerpost.record.gunzip import PIECE
from fingerpost.record.source_text import load

PROSE = "Final diagnosis: carcinoma – ER ≥ 90 %, Grad II, M\u00fcller\n"


def refused(data: bytes) -> tuple[str, str, str]:
    with pytest.raises(RecordError) as error:
        load(data, "record")
    (problem,) = error.value.problems
    return problem.code, problem.what, problem.try_this


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_is_read_with_or_without_a_mark(encoding: str):
    found = load(PROSE.encode(encoding), "report.txt")
    assert (found.text, found.messages) == (PROSE, ())


@pytest.mark.parametrize("mark", [codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE])
def test_utf16_that_ends_in_half_a_letter_is_refused(mark: bytes):
    assert refused(mark + b"E\0R")[0] == "not-text"


def test_older_prose_is_read_with_a_note():
    prose = "Final diagnosis: M\u00fcller \u2013 ER 90 %"
    found = load(prose.encode("cp1252"), "report.txt")
    assert found.text == prose
    assert [message.code for message in found.messages] == ["guessed_encoding"]


@pytest.mark.parametrize("start", ["fingerpost: 1\nname: ", '{"name": "', "# form\n", "---\n"])
def test_a_form_or_fhir_in_another_encoding_is_refused(start: str):
    assert refused(f"{start}M\u00fcller".encode("cp1252"))[0] == "not-text"


@pytest.mark.parametrize(
    ("data", "what", "try_this"),
    [
        (rb"{\rtf1\ansi ER: positive}", "RTF", "plain text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 word", "Word", "plain text"),
        (b"PK\x03\x04..[Content_Types].xml..word/document.xml", "Word", "PDF"),
        (b"PK\x03\x04..mimetypeapplication/vnd.oasis.opendocument.text", "office", "PDF"),
        (b"PK\x03\x04..[Content_Types].xml..xl/workbook.xml", "Excel", "--mapping"),
        (b"PAR1\x15\x04\x15\x08", "Parquet", "fingerpost table map"),
        (b"PK\x03\x04..record.json..", "zip", "unpack"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "picture", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "picture", "PDF"),
        (b"II*\x00", "picture", "PDF"),
    ],
)
def test_another_kind_of_file_is_named_with_what_to_do(data: bytes, what: str, try_this: str):
    code, said, advice = refused(data)
    assert code == "not-text"
    assert what in said
    assert try_this in advice


def test_a_report_that_begins_with_a_sign_is_no_xml():
    assert load(b"<1% of cells are positive for ER", "report.txt").text.startswith("<1%")


def test_what_unpacks_to_too_much_is_refused_near_the_limit(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(source_text, "MAX_BYTES", 8 * 1024 * 1024)
    bomb = gzip.compress(bytes(64 * 1024 * 1024))
    tracemalloc.start()
    try:
        assert refused(bomb)[0] == "too-large"
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 12 * 1024 * 1024


@pytest.mark.parametrize("zeros", [1, 512, PIECE, 2 * PIECE + 3])
def test_gzips_with_zeros_after_each_are_one_file(zeros: int):
    noise = random.Random(1).randbytes(PIECE).hex().encode()
    packed = b"".join(gzip.compress(each) + bytes(zeros) for each in (b"ER ", noise, b" end"))
    assert load(packed, "record").text == f"ER {noise.decode()} end"
