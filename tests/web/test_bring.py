"""What a person takes along: questions, the one page, the diary."""

from __future__ import annotations

import io
import json

import pytest

from fingerpost.errors import Problem, UsageError
from fingerpost.plan.diary import read_diary
from tests.web.conftest import PEOPLE


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    """A diary of the tests must never touch anybody's own."""
    monkeypatch.setattr("fingerpost.web.pages.diary.usual_file", lambda: tmp_path / "diary.json")
    return tmp_path


# --- questions ------------------------------------------------------------------------------


def test_questions_are_made_changed_taken_away_and_brought_back(person, knowledge):
    person.begin().bring("nora.json", knowledge)
    html = person.get("/my-questions")
    asked = "Is there a trial that I could join, now or later?"
    assert asked in html
    person.post("/my-questions", question=asked, remove="yes")
    assert asked not in person.get("/my-questions")
    person.post("/my-questions", new="Can I travel <in> May?")
    html = person.get("/my-questions")
    assert "Can I travel &lt;in&gt; May?" in html
    person.post("/my-questions", question="Can I travel <in> May?", new="Can I travel in June?")
    html = person.get("/my-questions")
    assert "May?" not in html
    assert "Can I travel in June?" in person.get("/my-page")
    assert asked not in person.get("/my-page")
    person.post("/my-questions", back="yes")
    assert asked in person.get("/my-questions")


def test_a_question_must_say_something(person):
    person.begin().get("/my-questions")
    assert "Write a question first" in person.post("/my-questions", 422, new=" ").text
    assert "very long" in person.post("/my-questions", 422, new="x" * 400).text
    person.post("/my-questions", question="never made", new="put in its place")
    assert "put in its place" not in person.get("/my-questions")


def test_what_matters_adds_questions(person):
    person.begin().get("/my-questions")
    person.session.answers.matters = ("keeping_hair",)
    html = person.get("/my-questions")
    assert "Keeping my hair matters to me" in html
    assert "Keeping my hair" in person.get("/my-page")


# --- the one page ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.parametrize("paper", ["A4", "letter"])
def test_the_page_is_one_page(person, knowledge, name, paper):
    pdfium = pytest.importorskip("pypdfium2")
    person.begin().bring(name, knowledge)
    person.session.answers.number = "+44 20 7946 0000"
    person.session.answers.fever = "38.0 C"
    person.session.answers.own_questions = ("Can I travel in June, and can I swim in the sea?",)
    person.session.answers.matters = ("keeping_hair", "fewer_visits", "working_caring")
    assert person.get("/my-page").count("<h1") == 1
    answer = person.post("/my-page", 200, form="pdf", paper=paper)
    assert answer.headers["content-type"] == "application/pdf"
    assert len(pdfium.PdfDocument(io.BytesIO(answer.content))) == 1


def test_long_questions_of_ones_own_go_to_a_second_page_and_none_is_lost(person, knowledge):
    pdfium = pytest.importorskip("pypdfium2")
    person.begin().bring("maria.yaml", knowledge)
    own = tuple(
        f"Question {at}: " + "what about the long journey to my sister? " * 6 for at in range(20)
    )
    person.session.answers.own_questions = own
    html = person.get("/my-page")
    assert "This is two pages of paper" in html
    assert all(f"Question {at}:" in html for at in range(20))
    answer = person.post("/my-page", 200, form="pdf", paper="A4")
    assert len(pdfium.PdfDocument(io.BytesIO(answer.content))) == 2
    person.session.answers.own_questions = own[:1]
    assert "This is one page of paper" in person.get("/my-page")


def test_the_file_is_the_persons_own(person, knowledge):
    person.begin().bring("nora.json", knowledge).get("/my-page")
    answer = person.post("/my-page", 200, form="html", paper="A4")
    assert answer.headers["content-disposition"] == 'attachment; filename="my-page.html"'
    assert "My page for the visit" in answer.text
    assert "choose one of these" in person.post("/my-page", 422).text.lower()


def test_without_the_letters_of_a_pdf_the_page_says_what_else_to_do(person, monkeypatch):
    def missing(_html: str) -> bytes:
        raise UsageError([Problem("no-pdf", "-o", "a PDF needs Pango")])

    monkeypatch.setattr("fingerpost.web.pages.my_page.as_pdf", missing)
    person.begin().get("/my-page")
    html = person.post("/my-page", 422, form="pdf", paper="A4").text
    assert "This computer cannot make a PDF" in html
    assert "apt-get" not in html


# --- the diary ------------------------------------------------------------------------------


def test_a_diary_is_off_until_somebody_begins_one_and_then_in_memory_only(person, own_folder):
    assert "Begin a diary" in person.get("/diary")
    person.post("/diary", do="begin")
    person.post("/diary", do="add", symptom="Nausea", date="2026-11-20", how_bad="2", note="noon")
    html = person.get("/diary")
    assert "how bad: medium. noon" in html
    assert "<svg" in html
    saved = person.post("/diary", 200, do="save")
    assert [entry.how_bad for entry in read_diary(saved.text, "file")] == [2]
    assert list(own_folder.iterdir()) == []
    # What was written is deleted only when she says so again.
    assert "Delete everything that you wrote down?" in person.post("/diary", 200, do="delete").text
    assert len(person.session.answers.diary) == 1
    person.post("/diary", do="delete", sure="yes")
    assert "Begin a diary" in person.get("/diary")
    files = {"file": ("mine.json", saved.content, "application/json")}
    person.post("/diary", do="load", files=files)
    person.post("/diary", do="load", files=files)
    assert len(person.session.answers.diary) == 1


def test_a_diary_that_is_begun_again_from_an_old_page_keeps_what_was_written(person):
    person.get("/diary")
    person.post("/diary", do="begin")
    person.post("/diary", do="add", symptom="Nausea", date="2026-11-20")
    person.post("/diary", do="begin")
    assert [each.symptom for each in person.session.answers.diary] == ["Nausea"]


@pytest.mark.parametrize("path", ["/when-to-call", "/my-page"])
def test_the_diary_is_found_from(person, path):
    assert 'href="/diary"' in person.get(path)


def test_only_a_tick_keeps_the_diary_on_this_computer(person, own_folder):
    file = own_folder / "diary.json"
    assert str(file) in person.get("/diary")
    person.post("/diary", do="begin", on_disk="yes")
    person.post("/diary", do="add", symptom="Nausea", date="2026-11-20")
    assert json.loads(file.read_text("utf-8"))["entries"][0]["symptom"] == "Nausea"
    assert file.stat().st_mode & 0o077 == 0
    person.post("/diary", 200, do="delete")
    assert file.exists()
    person.post("/diary", do="delete", sure="yes")
    assert not file.exists()


def test_a_file_that_is_no_diary_is_left_as_it_is(person, own_folder):
    file = own_folder / "diary.json"
    file.write_text("something else", "utf-8")
    person.get("/diary")
    html = person.post("/diary", 422, do="begin", on_disk="yes").text
    assert "It is left as it is" in html
    assert file.read_text("utf-8") == "something else"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"symptom": "", "date": "2026-11-20"}, "no symptom is named"),
        ({"symptom": "x", "date": "2031-01-01"}, "has not come yet"),
        ({"symptom": "x", "date": "yesterday"}, "as year, month and day"),
    ],
)
def test_what_cannot_be_written_is_said_kindly(person, fields, said):
    person.get("/diary")
    person.post("/diary", do="begin")
    html = person.post("/diary", 422, do="add", note="kept as written", **fields).text
    assert said in html.lower() or said in html
    assert "kept as written" in html
    assert "--" not in html.partition('class="problems"')[2].partition("</div>")[0]
    assert person.session.answers.diary == ()


def test_a_damaged_file_is_refused(person):
    person.get("/diary")
    html = person.post("/diary", 422, do="load", files={"file": ("a", b"\xff\x00")}).text
    assert "no diary of Fingerpost" in html
    assert person.session.answers.diary is None
