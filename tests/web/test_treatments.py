"""Treatments in the person's own words: nothing is guessed in silence, and nothing is trapped."""

from __future__ import annotations

import pytest

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


def test_a_name_that_only_resembles_a_medicine_is_not_taken_for_it() -> None:
    browser = Browser()
    sent = {"drugs": "Ibranse"}
    asked = browser.post("/treatments/new", sent)
    assert "a misspelling of Ibrance" in words(asked)
    assert "checked" not in asked.text.partition("</section>")[0]
    again = browser.post("/treatments/new", {**sent, "asked": "Ibranse"})
    assert again.status_code == 422
    assert 'href="#meant-0"' in again.text
    left = {**sent, "asked": "Ibranse", "meant-0": "written"}
    assert browser.post("/treatments/new", left).status_code == 303
    said = words(browser.get("/treatments"))
    assert "Ibranse: nothing more is stated" in said
    assert "Which medicine it was stays open" in said
    assert "palbociclib" not in said.casefold()
    assert 'value="Ibranse"' in browser.get("/treatments/1").text


@pytest.mark.parametrize(
    ("given", "field", "told"),
    [
        ({"ongoing": "yes", "end_year": "2020"}, "ongoing", "I am still on it"),
        ({"ongoing": "yes", "end_reason": "toxicity"}, "ongoing", "Keep the one that is right"),
        ({"start_year": "21"}, "start_year", "four digits, such as 2021"),
        ({"end_month": "3"}, "end_year", "Write the year too"),
        ({"start_year": "2020", "start_month": "13"}, "start_month", "from 1 to 12"),
        ({"start_year": "2020", "start_month": "March"}, "start_month", "from 1 to 12"),
        ({"start_year": "1020"}, "start_year", "too long ago"),
        ({"start_year": "2026", "start_month": "12"}, "start_year", "in the future"),
        ({"start_year": "2021", "end_year": "2020"}, "end_year", "before it begins"),
    ],
)
def test_what_cannot_be_is_told_in_plain_words_and_not_dropped(
    given: dict[str, str], field: str, told: str
) -> None:
    browser = Browser()
    answer = browser.post("/treatments/new", {"drugs": "letrozole", **given})
    assert answer.status_code == 422
    said = words(answer)
    assert told in said
    assert "Try:" not in said
    assert f'href="#{field}"' in answer.text
    assert "No treatment is listed yet" in words(browser.get("/treatments"))


def test_the_same_treatment_again_is_asked_about() -> None:
    browser = Browser()
    sent = {"drugs": "docetaxel", "start_year": "2020", "setting": "metastatic"}
    browser.post("/treatments/new", sent)
    asked = browser.post("/treatments/new", {**sent, "drugs": "Taxotere"})
    assert asked.status_code == 200
    assert "This is already in your list" in words(asked)
    assert "Docetaxel: for cancer that has spread, from 2020" in words(asked)
    same = {**sent, "drugs": "Taxotere", "twice_of": "Taxotere", "twice": "same"}
    assert browser.post("/treatments/new", same).headers["location"] == "/treatments"
    assert words(browser.get("/treatments")).count("Docetaxel:") == 1
    # A later course is another one, and nobody is asked.
    later = {**sent, "start_year": "2023"}
    assert browser.post("/treatments/new", later).status_code == 303
    assert words(browser.get("/treatments")).count("Docetaxel:") == 2
    # Who says so of the same dates is believed, and told that it counts once.
    other = {**same, "twice": "other"}
    assert browser.post("/treatments/new", other).status_code == 303
    for page in ("/treatments", "/check"):
        assert "listed twice with the same dates; it counts once" in words(browser.get(page))
    # What stands in the list may be saved again without being asked about.
    assert browser.post("/treatments/2", {**later, "setting": ""}).status_code == 303


def test_a_treatment_that_a_file_tells_of_is_asked_about_too() -> None:
    browser = Browser()
    form = b"fingerpost: 1\ntreatments:\n- {drugs: [letrozole], setting: metastatic}\n"
    browser.post("/upload", files={"mine.yaml": form})
    browser.post("/upload/read")
    asked = words(browser.post("/treatments/new", {"drugs": "Femara"}))
    assert "This is already in your list" in asked
    assert "from mine.yaml" in asked


def test_radiation_and_operations_stand_in_the_words_that_were_written() -> None:
    browser = Browser()
    browser.post("/treatments/new", {"drugs": "radiation", "end_year": "2021"})
    browser.post("/treatments/new", {"drugs": "double mastectomy"})
    page = browser.get("/treatments")
    assert "Radiation: until 2021" in words(page)
    assert "Double mastectomy: nothing more is stated" in words(page)
    assert page.text.count('href="/questions/surgery?back=check"') == 1
    browser.post("/treatments/new", {"drugs": "AC, radiation"})
    assert "“radiation” is no medicine and does not count here" in words(browser.get("/treatments"))


@pytest.mark.parametrize("written", ["none", "no treatment", "nothing yet"])
def test_none_is_no_treatment_and_leads_to_the_right_button(written: str) -> None:
    browser = Browser()
    answer = browser.post("/treatments/new", {"drugs": written})
    assert answer.status_code == 422
    assert "press “I have had none”" in words(answer)
    assert "No treatment is listed yet" in words(browser.get("/treatments"))


def test_a_medicine_that_is_not_against_cancer_is_not_listed() -> None:
    answer = Browser().post("/treatments/new", {"drugs": "metformin"})
    assert answer.status_code == 422
    assert "does not belong in this list" in words(answer)


@pytest.mark.parametrize("back", ["check", "results"])
def test_who_came_from_a_page_comes_back_to_it(back: str) -> None:
    browser = Browser()
    page = browser.get(f"/treatments?back={back}").text
    assert f'class="back" href="/{back}"' in page
    assert f'href="/treatments/new?back={back}"' in page
    sent = {"drugs": "letrozole", "back": back}
    listed = browser.post("/treatments/new", sent).headers["location"]
    assert listed == f"/treatments?back={back}"
    assert f'href="/treatments/1?back={back}"' in browser.get(listed).text
    assert browser.post("/treatments/1", {**sent, "remove": "yes"}).headers["location"] == listed
    done = browser.post("/treatments", {"whole": "unknown", "back": back})
    assert done.headers["location"] == f"/{back}"


def test_back_from_the_list_leads_to_the_question_before() -> None:
    browser = Browser()
    assert 'class="back" href="/begin"' in browser.get("/treatments").text
    browser.post("/questions/er", {"answer": "coarser:positive"})
    assert 'class="back" href="/questions/er"' in browser.get("/treatments").text
    assert 'class="back" href="/begin"' not in browser.get("/treatments?back=//a.example").text


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
