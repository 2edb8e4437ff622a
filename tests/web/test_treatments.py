"""Treatments in the person's own words: nothing is guessed in silence, and nothing is trapped."""

from __future__ import annotations

from tests.web.walking import Browser, words


def test_a_treatment_is_added_shown_changed_and_removed() -> None:
    browser = Browser()
    added = {"drugs": "AC", "setting": "adjuvant", "end_year": "2019", "end_reason": "completed"}
    assert browser.post("/treatments/new", added).status_code == 303
    said = words(browser.get("/treatments"))
    assert "Doxorubicin with cyclophosphamide: after surgery" in said
    assert "you told us" in said
    page = browser.get("/treatments/1").text
    assert 'value="AC"' in page
    assert browser.post("/treatments/1", {**added, "drugs": "paclitaxel"}).status_code == 303
    assert "Paclitaxel: after surgery" in words(browser.get("/treatments"))
    assert browser.post("/treatments/1", {"remove": "yes"}).status_code == 303
    assert "No treatment is listed yet" in words(browser.get("/treatments"))
    assert browser.get("/treatments/1").status_code == 404
    assert browser.get("/treatments/0").status_code == 404


def test_a_misspelled_name_is_asked_about_and_kept_as_chosen() -> None:
    browser = Browser()
    sent = {"drugs": "lettrozole, xyzumab", "ongoing": "yes"}
    asked = browser.post("/treatments/new", sent)
    assert asked.status_code == 200
    assert "another spelling of letrozole" in words(asked)
    assert "no medicine is known by this name" in words(asked)
    kept = {**sent, "asked": sent["drugs"], "meant-0": "letrozole", "meant-1": "tamoxifen"}
    assert browser.post("/treatments/new", kept).status_code == 303
    said = words(browser.get("/treatments"))
    # Only what was offered can be chosen.
    assert "Letrozole with xyzumab: still going on" in said
    assert "tamoxifen" not in said


def test_a_wrong_date_is_told_at_its_field_and_nothing_is_lost() -> None:
    browser = Browser()
    answer = browser.post(
        "/treatments/new", {"drugs": "AC", "start_year": "20x", "setting": "adjuvant"}
    )
    assert answer.status_code == 422
    assert 'href="#start_year"' in answer.text
    assert 'value="20x"' in answer.text
    assert browser.post("/treatments/new", {"drugs": ""}).status_code == 422


def test_whether_the_list_is_whole_is_asked() -> None:
    browser = Browser()
    assert browser.post("/treatments").status_code == 422
    assert browser.post("/treatments", {"none": "yes"}).headers["location"] == "/questions"
    assert "None" in words(browser.get("/check"))
    browser.post("/treatments/new", {"drugs": "letrozole"})
    assert browser.post("/treatments", {"none": "yes"}).status_code == 422
    for whole in ("yes", "no", "unknown"):
        assert browser.post("/treatments", {"whole": whole}).status_code == 303
        assert f'value="{whole}" checked' in browser.get("/treatments").text


def test_a_treatment_from_a_file_can_be_left_out() -> None:
    browser = Browser()
    form = b"fingerpost: 1\ntreatments:\n- {drugs: [letrozole], setting: metastatic}\n"
    browser.post("/upload", files={"mine.yaml": form})
    browser.post("/upload/read")
    page = browser.get("/treatments")
    assert "from mine.yaml" in words(page)
    browser.post("/treatments/leave-out", {"which": "0-0"})
    assert "No treatment is listed yet" in words(browser.get("/treatments"))


def test_two_answers_that_do_not_go_together_are_shown_once() -> None:
    browser = Browser()
    browser.post("/treatments/new", {"drugs": "letrozole"})
    browser.post("/questions/er", {"answer": "coarser:negative"})
    answer = browser.post("/questions/pr", {"answer": "coarser:negative"})
    assert answer.headers["location"] == "/two-answers?to=questions"
    page = browser.get(answer.headers["location"])
    assert "do not usually go together" in words(page)
    assert 'href="/treatments?back=check"' in page.text
    assert browser.post("/two-answers", {"to": "questions"}).headers["location"] == "/questions"
    again = browser.post("/questions/pr", {"answer": "coarser:negative"})
    assert again.headers["location"] == "/questions"
    assert "do not go together" in words(browser.get("/check"))
    assert browser.post("/two-answers", {"to": "//a.example"}).headers["location"] == "/check"
