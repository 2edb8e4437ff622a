"""Answers as people give them: of today, of a day, changed, in either unit, and after a file was read."""

from __future__ import annotations

import pytest

from fingerpost.terms import Answer
from fingerpost.values import Absent, Interval
from tests.web.walking import Browser, engine, words

ER_TWICE = b"ER: positive, 95 %.\nPR: negative.\nHER2: negative."
ER_AGAIN = b"ER: negative, 0 %."


@pytest.fixture
def known(person):
    """What is worked out from the answers of somebody at the pages."""

    def of(walker):
        return engine().options(walker.session)

    return of


def caution(options, name: str) -> Answer:
    shown = (c for each in options.options for c in each.cautions if c.caution.id == name)
    return next((each.answer for each in shown), Answer.NO)


def test_a_pregnancy_is_an_answer_of_today_and_reaches_the_cautions(person, known) -> None:
    person.begin()
    for ask, given in (("sex", "female"), ("extent", "metastatic"), ("pregnant", "yes")):
        person.post(f"/questions/{ask}", answer=f"value:{given}")
    person.post("/questions/birth-date", year="1990")
    assert person.session.answers.facts["pregnant"] == {"value": "yes", "date": "2026-11-26"}
    assert caution(known(person), "pregnancy.pregnant") is Answer.YES
    assert 'value="value:yes" checked' in person.get("/questions/pregnant")
    person.post("/questions/pregnant", answer="value:no")
    assert caution(known(person), "pregnancy.pregnant") is Answer.NO
    assert "Not known" not in words_of_row(person.get("/check"), "Pregnancy")


def words_of_row(html: str, label: str) -> str:
    return html.partition(f"<dt>{label}</dt>")[2].partition("</dd>")[0]


def test_a_heart_scan_is_asked_with_its_day(person, known) -> None:
    person.begin()
    page = person.get("/questions/heart-scan")
    assert "result_year" in page
    assert "3 months" in page
    person.post("/questions/heart-scan", number="62", result_year="2026", result_month="10")
    assert known(person).facts.chosen["lvef_percent"].value == Interval(62, 62)
    again = person.get("/questions/heart-scan")
    assert 'name="result_month" class="short" autocomplete="off" value="10"' in again
    person.post("/questions/heart-scan", number="62")
    assert isinstance(known(person).facts.chosen["lvef_percent"].value, Absent)
    person.post("/questions/heart-scan", number="35")
    assert known(person).facts.chosen["lvef_percent"].value == Interval(35, 35)
    refused = person.post(
        "/questions/heart-scan", status=422, number="62", result_year="2026", result_month="13"
    )
    assert "four digits" in words(refused)


def test_what_is_tried_and_made_mine_is_of_today(person, known) -> None:
    person.begin()
    assert "counts as a result of today" in person.get("/what-if/platelets")
    person.post("/what-if/platelets", number="250")
    person.get("/what-if/platelets")
    person.post("/what-if/platelets", number="250", mine="yes")
    assert person.session.answers.facts["platelets"] == {"value": "250", "date": "2026-11-26"}
    assert known(person).facts.chosen["platelets"].value == Interval(250, 250)


@pytest.mark.parametrize("path", ["/questions/er", "/what-if/er_percent"])
@pytest.mark.parametrize("first", ["absent:not_known", "absent:pending", "coarser:positive"])
def test_a_number_that_is_written_later_counts_instead_of_the_choice(path, first) -> None:
    browser = Browser()
    assert browser.post(path, {"answer": first}).status_code == 303
    assert "What I wrote or ticked above" in browser.get(path).text
    assert browser.post(path, {"answer": first, "number": "90"}).status_code == 303
    again = browser.get(path).text
    assert 'value="90"' in again
    assert " checked" not in again
    assert browser.post(path, {"answer": first, "number": "90"}).status_code == 303
    assert f'value="{first}" checked' in browser.get(path).text


def test_a_date_that_is_written_later_counts_instead_of_the_choice() -> None:
    browser = Browser()
    browser.post("/questions/birth-date", {"answer": "absent:not_known"})
    given = {"answer": "absent:not_known", "year": "1968"}
    assert browser.post("/questions/birth-date", given).status_code == 303
    assert 'value="1968"' in browser.get("/questions/birth-date").text


def test_two_new_answers_are_asked_about_and_the_way_out_is_on_the_page() -> None:
    browser, both = Browser(), {"answer": "coarser:positive", "number": "90"}
    refused = browser.post("/questions/er", both)
    assert refused.status_code == 422
    assert 'value="above"' in refused.text
    assert browser.post("/questions/er", {**both, "answer": "above"}).status_code == 303
    assert 'value="90"' in browser.get("/questions/er").text


@pytest.mark.parametrize(
    ("given", "size"),
    [
        ({"number": "2.5", "unit": "cm"}, 25),
        ({"number": "2,5", "unit": "mm"}, 2.5),
        ({"number": "2.5 cm", "unit": "mm"}, 25),
        ({"number": "25 mm"}, 25),
    ],
)
def test_a_size_is_in_the_unit_that_was_said(given, size, person, known) -> None:
    person.begin().post("/questions/tumor-size", **given)
    assert known(person).facts.chosen["tumor_size"].value == Interval(size, size)


def test_a_size_without_a_unit_is_asked_about() -> None:
    refused = Browser().post("/questions/tumor-size", {"number": "2.5"})
    assert refused.status_code == 422
    assert "Is this in mm or in cm?" in words(refused)


@pytest.mark.parametrize(("written", "count"), [("3/14", 3), ("0 of 3", 0), ("3/14 nodes", 3)])
def test_nodes_are_read_as_the_page_says_they_are_written(written, count, person, known) -> None:
    person.begin().post("/questions/nodes", number=written)
    assert known(person).facts.chosen["positive_nodes"].value == Interval(count, count)


@pytest.mark.parametrize("ask", ["daily-life", "numbness"])
def test_a_short_scale_is_chosen_from_words(ask, person) -> None:
    page = person.begin().get(f"/questions/{ask}")
    assert page.count('value="value:') == 5
    assert 'name="number"' not in page
    assert "value:5" not in page
    person.post(f"/questions/{ask}", answer="value:2")
    assert 'value="value:2" checked' in person.get(f"/questions/{ask}")
    assert "(2)" in person.get("/check")
    person.post(f"/questions/{ask}", status=422, answer="value:5")


def test_nobody_is_told_to_stop_while_what_is_not_known_decides() -> None:
    browser = Browser()
    for ask in engine().knowledge.following.interview.values():
        if ask.page == "fact":
            browser.post(f"/questions/{ask.id}", {"answer": "absent:not_known"})
    browser.post("/treatments", {"whole": "unknown"})
    while (there := browser.get("/questions").headers["location"]) != "/check":
        browser.post(there, {"skip": "yes"})
    page = words(browser.get("/check"))
    assert "no answer left could change" not in page
    assert "can still decide" in page


def test_a_contradiction_leads_to_the_answers_that_it_is_about(person) -> None:
    person.begin()
    person.post("/questions/sex", answer="value:male")
    sent = person.post("/questions/pregnant", answer="value:yes")
    assert sent.headers["location"].startswith("/two-answers")
    page = person.get("/two-answers?to=check")
    assert "/questions/sex" in page
    assert "/questions/pregnant" in page
    assert "/treatments" not in page.partition("<main")[2].partition("</main")[0]


def test_a_notice_leads_to_the_answers_and_treatments_that_it_reads(person) -> None:
    person.begin().session.answers.treatments = [{"drugs": ["trastuzumab"]}]
    person.session.answers.facts = {"her2_reported": "negative", "sex": "female"}
    person.session.changed()
    quarrel = person.get("/check").partition("quarrels")[2].partition("</section>")[0]
    assert "/questions/her2?back=check" in quarrel
    assert "/treatments?back=check" in quarrel
    assert "/questions/sex" not in quarrel


@pytest.mark.parametrize("given", [{"number": "95"}, {"answer": "coarser:positive"}])
def test_an_answer_settles_what_two_reports_disagree_about(given, person, known) -> None:
    person.begin()
    for name, text in (("one.txt", ER_TWICE), ("two.txt", ER_AGAIN)):
        person.post("/upload", files={"files": (name, text)})
        person.post("/upload/read", use="yes")
    assert contradicting(known(person))
    page = person.get("/check")
    assert "/questions/er?back=check" in page.partition("quarrels")[2].partition("</section>")[0]
    assert "one.txt" in person.get("/questions/er")
    person.post("/questions/er", **given)
    assert not contradicting(known(person))


def contradicting(options) -> list[str]:
    return [each.what for each in options.facts.messages if each.code == "contradicts"]


@pytest.mark.parametrize(
    ("ask", "given", "said"),
    [
        ("birth-date", {"year": "2090"}, "lies in the future"),
        ("er", {"number": "900"}, "from 0 to 100"),
        ("er", {"number": "many"}, "could not be read as a number"),
        ("nodes", {"number": "2.5"}, "whole number"),
        ("pdl1", {"number": "5 %"}, "no unit"),
    ],
)
def test_errors_speak_without_names_of_our_own(ask, given, said) -> None:
    page = words(Browser().post(f"/questions/{ask}", given))
    assert said in page
    for name in ("birth_date", "er_percent", "Er_percent", "ositive_nodes", "pdl1_", "Try:"):
        assert name not in page


def test_another_pd_l1_test_is_no_score(person, known) -> None:
    page = person.begin().get("/questions/pdl1")
    assert "another test, or I was only told a percentage" in page
    person.post("/questions/pdl1", answer="another:")
    assert isinstance(known(person).facts.chosen["pdl1_cps_22c3"].value, Absent)
    assert 'value="another:" checked' in person.get("/questions/pdl1")


def test_a_woman_whose_menopause_is_open_is_asked_about_a_pregnancy(person) -> None:
    person.begin()
    person.post("/questions/sex", answer="value:female")
    person.post("/questions/birth-date", year="1968")
    page = person.get("/check")
    assert "Pregnancy" not in page.partition("Not asked, because")[2]
    assert "/questions/pregnant" in page
