"""PDFs made to do harm: each ends in a clear error, in little time, and leaves nothing behind."""

from __future__ import annotations

import sys
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fingerpost.errors import RecordError
from fingerpost.record.pdf import confine
from fingerpost.record.source_text import load
from tests.unit.record.pdf.made import REPORT, Page, Picture, pdf, pdf_of, stream, written

WHOLE = pdf(Page(written(REPORT)))
CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
ONE_PAGE = b"<</Type/Pages/Count 1/Kids[3 0 R]>>"
FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>"
LIMITS = confine.Limits(memory=400 * confine.MEGABYTE, seconds=2, output=1000)


def with_contents(contents: bytes, *others: bytes) -> bytes:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
    return pdf_of(
        [CATALOG, ONE_PAGE, page + b"/Resources<</XObject<</X 5 0 R>>>>>>", contents, *others]
    )


def deflated(data: bytes, times: int) -> bytes:
    for _ in range(times):
        data = zlib.compress(data, 9)
    return stream(data, b"/Filter[%s]" % (b"/FlateDecode" * times))


def doubling(depth: int) -> bytes:
    """Forms that each draw the next one twenty times."""
    forms = [stream(b"/X Do " * 20, FORM % (number + 6)) for number in range(depth)]
    return with_contents(stream(b"/X Do"), *forms, stream(b"0 0 m 1 1 l S", FORM % 99))


HOSTILE = {
    "bomb": with_contents(deflated(b"q " * (100 << 20), 1)),
    "bomb in a bomb": with_contents(deflated(bytes(300 << 20), 3)),
    "form that draws itself": with_contents(stream(b"/X Do"), stream(b"/X Do " * 1000, FORM % 5)),
    "forms that double": doubling(10),
    "pages that hold themselves": pdf_of([CATALOG, b"<</Type/Pages/Count 2/Kids[2 0 R 2 0 R]>>"]),
    "a count that lies": pdf_of([CATALOG, b"<</Type/Pages/Count 2000000000/Kids[]>>"]),
    "page without end": pdf(Page(b"0 0 m 1 1 l S", size=(1e30, 1e30))),
    "picture without end": pdf(Page(b"9 0 0 9 0 0 cm /I Do", Picture(60_000, 60_000, b"0"))),
    "thousands of pages": pdf(*[Page(written("x"))] * 1001),
    "wrong places": WHOLE[: WHOLE.index(b"xref")] + b"xref\n0 1\nstartxref\n99999999\n%%EOF",
    "cut off": WHOLE[: len(WHOLE) // 2],
    "head only": b"%PDF-1.7 \x00\x01",
    "locked": pdf_of(
        [CATALOG, b"<</Type/Pages/Count 0/Kids[]>>"],
        b"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O(%s)/U(%s)>>/ID[(a)(a)]"
        % (b"o" * 32, b"u" * 32),
    ),
}
CODES = {"broken-pdf", "locked-pdf", "too-large", "no-text-in-pdf"}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_pdf_ends_in_a_clear_error(name: str, tmp_path: Path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    with pytest.raises(RecordError) as error:
        load(HOSTILE[name], "report.pdf")
    (problem,) = error.value.problems
    assert problem.code in CODES
    assert problem.where == "report.pdf"
    assert problem.try_this
    assert list(tmp_path.iterdir()) == []


def test_a_locked_pdf_says_so():
    with pytest.raises(RecordError, match="password"):
        load(HOSTILE["locked"], "report.pdf")


def test_scripts_files_and_links_in_a_pdf_do_nothing(tmp_path: Path):
    touched = tmp_path / "touched"
    more = (
        b"/OpenAction<</S/JavaScript/JS(while\\(1\\){})>>"
        b"/Names<</EmbeddedFiles<</Names[(a)<</F(%s)>>]>>>>/AA<</WC<</S/Launch/F(%s)>>>>"
    ) % (str(touched).encode(), str(touched).encode())
    link = b"/Annots[<</Type/Annot/Subtype/Link/A<</S/URI/URI(http://localhost:1/)>>>>]"
    assert load(pdf(Page(written(REPORT), more=link), catalog=more), "report.pdf").text == REPORT
    assert not touched.exists()


def test_a_huge_page_is_read_all_the_same():
    data = pdf(Page(written("ER: positive"), size=(14400, 14400)))
    assert load(data, "report.pdf").text == "ER: positive"


@settings(max_examples=25, deadline=None)
@given(at=st.integers(0, len(WHOLE) - 1), other=st.binary(max_size=12))
def test_a_pdf_damaged_anywhere_gives_text_or_an_error(at: int, other: bytes):
    try:
        found = load(WHOLE[:at] + other + WHOLE[at + len(other) :], "report.pdf")
    except RecordError:
        return
    assert found.text.strip()


def python(program: str) -> list[str]:
    return [sys.executable, "-I", "-c", program]


@pytest.mark.parametrize(
    "program",
    {
        "never ends": "while True: pass",
        "sleeps": "import time; time.sleep(60)",
        "talks without end": "while True: print('x' * 1000)",
        "eats memory": "x = bytearray(2 ** 30); print(len(x))",
        "stays after its last word": "import os, time; os.close(1); time.sleep(60)",
    }.values(),
)
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")
def test_a_program_that_takes_too_much_is_ended(program: str, tmp_path: Path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    outcome = confine.run(python(program), b"", LIMITS)
    assert not outcome.ended_well
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")
def test_a_program_can_write_to_no_file(tmp_path: Path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    outcome = confine.run(python("open('left', 'wb', 0).write(b'x'); print('done')"), b"", LIMITS)
    assert outcome == confine.Outcome(b"", ended_well=False)
    assert [file.stat().st_size for file in tmp_path.iterdir()] == [0]


def test_a_program_gets_its_input_and_is_heard():
    echo = "import sys; sys.stdout.write(sys.stdin.read().upper())"
    assert confine.run(python(echo), b"words", LIMITS) == confine.Outcome(b"WORDS", ended_well=True)


def test_a_program_that_does_not_listen_is_no_problem():
    outcome = confine.run(python("print('done')"), bytes(10**7), LIMITS)
    assert outcome == confine.Outcome(b"done\n", ended_well=True)
