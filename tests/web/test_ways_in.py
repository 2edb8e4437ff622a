"""Files that are brought, the page of all answers, and the file that is kept."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

import fingerpost
from tests.web.walking import TODAY, Browser, engine, words

EXAMPLES = Path("examples")
REPORT = (EXAMPLES / "report.txt").read_bytes()
TWO = Path("tests/fixtures/fhir/two_people.json").read_bytes()


def test_a_report_is_shown_in_its_words_and_confirmed_line_by_line() -> None:
    browser = Browser()
    assert browser.post("/upload", files={"r.txt": REPORT}).headers["location"] == "/upload/read"
    page = browser.get("/upload/read")
    assert "<mark>Estrogen receptor: Positive (95%</mark>" in page.text
    said = words(page)
    assert "Histologic type: ductal" in said
    # Nothing counts before it is confirmed.
    assert "You have not answered anything yet" in words(browser.get("/check"))
    assert browser.post("/upload/read", {"leave": ["finding-0"]}).headers["location"] == "/check"
    said = words(browser.get("/check"))
    assert "from r.txt, 2026-03-04" in said
    assert "Ductal" not in said


def test_a_report_keeps_its_spelling_whatever_the_reader_s_is() -> None:
    browser = Browser()
    browser.post("/begin", {"who": "me", "region": "uk", "way": "upload"})
    browser.post("/upload", files={"r.txt": REPORT})
    page = browser.get("/upload/read")
    assert "<mark>Estrogen receptor: Positive</mark>" in page.text
    assert "Oestrogen receptor (ER)" in words(page)
    refused = browser.post("/upload", {"text": "The tumor and the color"})
    assert ">The tumor and the color</textarea>" in refused.text


def test_pasted_text_and_a_packed_file_are_read() -> None:
    browser = Browser()
    browser.post("/upload", {"text": "ER: positive (90 %)"}, {"m.gz": gzip.compress(REPORT)})
    assert "pasted text" in words(browser.get("/upload/read"))
    browser.post("/upload/read")
    assert "This was read from m.gz" in words(browser.get("/upload/read"))
    assert browser.post("/upload/read", {"nothing": "yes"}).headers["location"] == "/check"


def test_a_report_of_carcinoma_in_situ_alone_says_why_nothing_of_it_is_used() -> None:
    refused = Browser().post("/upload", {"text": "No invasive carcinoma seen. ER positive 90%"})
    assert "no invasive cancer was seen" in words(refused)


def test_a_report_that_names_two_dates_of_birth_is_refused() -> None:
    text = "DOB 01/02/1960. ER positive.\nDOB 03/04/1955. ER negative."
    assert "two dates of birth" in words(Browser().post("/upload", {"text": text}))


def test_one_of_several_people_is_chosen() -> None:
    browser = Browser()
    browser.post("/upload", files={"two.json": TWO})
    page = browser.get("/upload/read")
    assert "about several people" in words(page)
    assert browser.post("/upload/read", {"person": "Patient/nobody"}).status_code == 422
    assert browser.post("/upload/read", {"person": "Patient/anna"}).status_code == 303
    assert "bella" not in browser.get("/upload/read").text
    assert browser.post("/upload/read").status_code == 303
    assert "from the record export two.json" in words(browser.get("/check"))


@pytest.mark.parametrize(
    ("content", "advice"),
    [
        (b"", "empty"),
        (b"%PDF-1.4 junk", "PDF is damaged"),
        (b"\x89PNG\r\n\x1a\n....", "picture"),
        (b'{"pages": {', "ends too early"),
        (b'{"fingerpost": 1, "pages": {"answers": {"facts": 3}}}', "changed so that"),
        (b'{"fingerpost": 1, "pages": {"answers": {"facts": {"er_percent": 900}}}}', "0 to 100"),
        (b"fingerpost: 1\nfacts: {er_percent: 900}\n", "0 to 100"),
        (b"We met for tea and talked about the garden.", "no record"),
    ],
)
def test_what_cannot_be_read_is_told_kindly_and_loses_nothing(content: bytes, advice: str) -> None:
    browser = Browser()
    browser.post("/questions/sex", {"answer": "value:female"})
    answer = browser.post("/upload", files={"x": content})
    assert answer.status_code == 422
    assert advice in words(answer)
    assert "Female" in words(browser.get("/check"))


def test_the_page_of_all_answers_says_where_each_is_from() -> None:
    browser = Browser()
    browser.post("/questions/extent", {"answer": "value:metastatic"})
    browser.post("/questions/her2", {"answer": "absent:pending"})
    browser.post("/questions/esr1", {"answer": "absent:not_tested"})
    page = browser.get("/check")
    said = words(page)
    assert "you told us" in said
    assert "Not known yet I am waiting for the result" in said
    assert "Not known yet I have not been tested" in said
    assert 'href="/questions/extent?back=check"' in page.text
    assert "Answer more questions" in said
    back = browser.post("/questions/extent", {"answer": "value:metastatic", "back": "check"})
    assert back.headers["location"] == "/check"


def test_two_results_that_contradict_each_other_stand_on_top() -> None:
    browser = Browser()
    for name, value in (("a.yaml", "positive"), ("b.yaml", "negative")):
        form = f"fingerpost: 1\nfacts: {{er_reported: {{value: {value}, date: 2026-03-01}}}}\n"
        browser.post("/upload", files={name: form.encode()})
        last = browser.post("/upload/read")
    assert last.headers["location"] == "/two-answers?to=check"
    assert "do not go together" in words(browser.get("/check"))


def test_what_matters_is_up_to_three_or_none() -> None:
    browser = Browser()
    four = ["living_long", "feeling_well", "tablets", "keeping_hair"]
    assert browser.post("/matters", {"matters": four}).status_code == 422
    assert browser.post("/matters", {"matters": four[:3]}).headers["location"] == "/check"
    assert "Keeping" not in words(browser.get("/check"))
    assert browser.get("/matters").text.count(" checked") == 3
    assert browser.post("/matters").status_code == 303
    assert "Nothing ticked" in words(browser.get("/check"))


def test_a_saved_file_is_gone_on_with_and_is_a_record_for_every_reader() -> None:
    browser = Browser()
    browser.post("/questions/sex", {"answer": "value:female"})
    browser.post("/treatments/new", {"drugs": "letrozole", "setting": "metastatic"})
    browser.post("/matters", {"matters": ["tablets"]})
    browser.post("/upload", files={"r.txt": REPORT})
    browser.post("/upload/read")
    saved = browser.post("/save")
    assert saved.headers["content-disposition"] == 'attachment; filename="saved-answers.json"'
    record = fingerpost.read_record(saved.content, engine().knowledge, on=TODAY)
    assert {"sex", "er_percent"} <= {each.fact for each in record.findings}
    other = Browser()
    assert other.post("/upload", files={"s.json": saved.content}).headers["location"] == "/check"
    assert words(other.get("/check")) == words(browser.get("/check"))
    again = fingerpost.read_record(other.post("/save").content, engine().knowledge, on=TODAY)
    assert again.findings == record.findings
    assert again.treatments == record.treatments
    assert 'href="/treatments/1"' in other.get("/treatments").text


def test_going_on_with_a_saved_file_loses_nothing_that_was_written_here() -> None:
    """The number of the team, own questions and the diary are no answers, and stay."""
    browser = Browser()
    browser.post("/begin", {"who": "me", "region": "uk", "way": "questions"})
    browser.post("/when-to-call", {"number": "555 0100", "fever": "38.2"})
    browser.post("/questions/sex", {"answer": "value:female"})
    file = browser.post("/save").content
    assert browser.post("/upload", files={"a.json": file}).status_code == 303
    assert "555 0100" in browser.get("/when-to-call").text
    other = Browser()
    other.post("/begin", {"who": "me", "region": "us", "way": "upload"})
    other.post("/upload", files={"a.json": file})
    page = words(other.get("/when-to-call"))
    assert "555 0100" in page
    assert "38.2" in page
    assert "999" in page
    assert "Female" in words(other.get("/check"))
