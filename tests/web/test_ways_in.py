"""Files that are brought, the page of all answers, and the file that is kept."""

from __future__ import annotations

import gzip
import json
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
    assert "Patient/" not in words(page)
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
        (b"PK\x03\x04" + b"word/document.xml", "save it as PDF"),
        (b"PK\x03\x04" + b"...", "unpack it"),
        (b"<?xml version='1.0'?><ClinicalDocument/>", "FHIR in JSON"),
        (b"fingerpost: 1\nfacts: {er_percent: [", "damaged"),
        (b"fingerpost: 1\nfacts: {sex: {a: 1}}", "“Sex” cannot be read"),
        (b"\x00\x01\x02\x03", "no text that can be read"),
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
    said = words(answer).partition("Read a report")[0]
    assert advice in said
    assert "“x”" in said
    assert not any(word in said for word in ("`", "examples/", "er_percent", "--"))
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
    assert browser.post("/upload/read", {"replace": "yes"}).status_code == 303
    assert "555 0100" in browser.get("/when-to-call").text
    other = Browser()
    other.post("/begin", {"who": "me", "region": "us", "way": "upload"})
    other.post("/upload", files={"a.json": file})
    page = words(other.get("/when-to-call"))
    assert "555 0100" in page
    assert "38.2" in page
    assert "999" in page
    assert "Female" in words(other.get("/check"))


# --- whose a file is ----------------------------------------------------------------------

HERS = b"fingerpost: 1\nfacts: {birth_date: 1968-05, er_percent: 90}\n"
ANOTHERS = b"fingerpost: 1\nfacts: {birth_date: 1941, sex: male, pr_percent: 40}\n"


@pytest.mark.parametrize("before", ["answer", "file", "file and answer"])
def test_a_file_of_another_birth_date_counts_only_if_she_says_so(before: str) -> None:
    browser = Browser()
    if "file" in before:
        browser.post("/upload", files={"hers.yaml": HERS})
        browser.post("/upload/read")
    if "answer" in before:
        browser.post("/questions/birth-date", {"year": "1968"})
    browser.post("/upload", files={"other.yaml": ANOTHERS})
    refused = browser.post("/upload/read")
    assert refused.status_code == 422
    assert "“other.yaml” gives another date of birth than" in words(refused)
    assert "These are of the same person" in words(refused)
    assert "from other.yaml" not in words(browser.get("/check"))
    assert browser.post("/upload/read", {"same_person": "yes"}).status_code == 303
    assert "from other.yaml" in words(browser.get("/check"))


def test_that_one_file_is_hers_says_nothing_of_the_next() -> None:
    browser = Browser()
    browser.post("/questions/birth-date", {"year": "1968"})
    browser.post("/upload", files={"other.yaml": ANOTHERS})
    browser.post("/upload/read", {"same_person": "yes"})
    browser.post("/upload", files={"third.yaml": b"fingerpost: 1\nfacts: {birth_date: 1990}\n"})
    assert "“third.yaml” gives another date of birth" in words(browser.post("/upload/read"))


def test_an_answer_that_a_file_speaks_against_is_told_and_the_file_can_be_left_out() -> None:
    browser = Browser()
    browser.post("/upload", files={"other.yaml": ANOTHERS})
    browser.post("/upload/read")
    answered = browser.post("/questions/birth-date", {"year": "1968", "back": "check"})
    assert answered.headers["location"] == "/two-answers?to=check"
    assert "“other.yaml” gives another date of birth than you" in words(browser.get("/check"))
    browser.post("/upload/leave-out", {"which": "0"})
    said = words(browser.get("/check"))
    assert "another date of birth" not in said
    assert "1968" in said


def test_several_people_are_told_apart_by_birth_year_and_sex() -> None:
    bundle = TWO.replace(
        b'"id": "anna"', b'"id": "anna", "birthDate": "1968-05-02", "gender": "female"'
    )
    browser = Browser()
    browser.post("/upload", files={"two.json": bundle})
    said = words(browser.get("/upload/read"))
    assert "Person 1: born in 1968, female" in said
    assert "Person 2: neither the year of birth nor the sex is given" in said


def test_an_export_advises_what_can_be_done_on_the_pages() -> None:
    browser = Browser()
    export = Path("tests/fixtures/fhir/edith_early.json").read_bytes()
    browser.post("/upload", files={"e.json": export})
    read = words(browser.get("/upload/read"))
    assert "Two results on “Anatomic stage as reported” contradict each other" in read
    assert read.count("this treatment was taken to be adjuvant") == 1
    assert browser.post("/upload/read").status_code == 303
    for said in (read, words(browser.get("/check"))):
        assert not any(word in said for word in (" in a form", "fingerpost ", "--", "`", "stage_r"))


# --- a saved file -------------------------------------------------------------------------


def test_a_saved_file_takes_the_place_of_answers_only_when_she_says_so() -> None:
    browser = Browser()
    browser.post("/questions/sex", {"answer": "value:male"})
    file = browser.post("/save").content
    other = Browser()
    other.post("/questions/birth-date", {"year": "1968"})
    assert other.post("/upload", files={"a.json": file}).headers["location"] == "/upload/read"
    assert "take the place of those that are here" in words(other.get("/upload/read"))
    assert "1968" in words(other.get("/check"))
    # A form of another page that is sent again is no yes.
    other.post("/upload/read")
    assert "1968" in words(other.get("/check"))
    other.post("/upload/read", {"nothing": "yes"})
    assert "Male" not in words(other.get("/check"))
    other.post("/upload", files={"a.json": file})
    assert other.post("/upload/read", {"replace": "yes"}).headers["location"] == "/check"
    said = words(other.get("/check"))
    assert "Male" in said
    assert "1968" not in said


_WRONG = [
    *(("pages", "", value) for value in (7, [], None)),
    *(
        (f"pages.{name}", label, value)
        for name, label in (("who", "who it is for"), ("authority", "whose approvals count"))
        for value in (7, ["fda"], {})
    ),
    ("pages.region", "where the care is given", {}),
    ("pages.number", "the number of your team", "1" * 99),
    ("pages.fever", "the fever to call for", 38),
    ("pages.own_questions", "your own questions", ["x" * 400]),
    ("pages.matters", "what matters most to you", "tablets"),
    ("pages.done", "which questions you have seen", [7]),
    *(("pages.answers", "your answers", value) for value in (7, {}, [], None)),
    ("pages.answers.treatments", "your answers", [{"drugs": ["letrozole"], "start": []}]),
    ("pages.answers.treatments_complete", "your answers", 1),
]


@pytest.mark.parametrize(("place", "part", "value"), _WRONG)
def test_a_saved_file_that_was_changed_is_refused_by_its_parts(
    place: str, part: str, value: object
) -> None:
    browser = Browser()
    browser.post("/questions/sex", {"answer": "value:female"})
    tree = browser.post("/save").json()
    inside = tree
    *way, last = place.split(".")
    for name in way:
        inside = inside[name]
    inside[last] = value
    browser.post("/questions/extent", {"answer": "value:metastatic"})
    refused = browser.post("/upload", files={"s.json": json.dumps(tree).encode()})
    assert refused.status_code == 422
    assert f"“s.json” was changed so that these cannot be read: {part}" in words(refused)
    said = words(browser.get("/check"))
    assert "Female" in said
    assert "A file was read and waits" not in said


def test_a_quote_that_does_not_fit_to_another_is_whole_and_no_mark_stands_twice() -> None:
    liver = b"Liver, core biopsy:\nMetastatic carcinoma.\nER: Positive (90%)\nPR: Negative (0%)\n"
    breast = (
        b"Right breast, core biopsy:\nInvasive carcinoma.\nER: Negative (0%)\nPR: Negative (0%)\n"
    )
    browser = Browser()
    browser.post("/begin", {"who": "professional", "region": "us", "way": "upload"})
    for name, report in (("a.txt", breast), ("b.txt", liver)):
        browser.post("/upload", files={name: report})
        browser.post("/upload/read", {})
    assert "ER: Negative (0%) / ER: Positive (90%)" in words(browser.get("/check"))
    case = words(browser.get("/professional"))
    assert "liver" in case
    for twice in ("liver,", ",,", "more..", ").. "):
        assert twice not in case
