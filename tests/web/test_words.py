"""Words, explainers, how somebody reads, and what is said of the program itself."""

from __future__ import annotations

import re
import time
from pathlib import Path

from fingerpost.messages import offered
from fingerpost.report.html.words import linked_words

STATIC = Path(__file__).resolve().parents[2] / "src" / "fingerpost" / "web" / "static"


def test_every_word_and_every_explainer_has_a_page(person, knowledge):
    listed = person.get("/words")
    for term in knowledge.following.terms.values():
        assert f'href="/words/{term.id}"' in listed
        assert person.get(f"/words/{term.id}").count("<h1") == 1
    for each in knowledge.following.explainers.values():
        html = person.get(f"/explained/{each.id}")
        assert "<svg" in html
        assert " style=" not in html
        assert f'href="/explained/{each.id}"' in person.get("/explained")


def test_a_word_is_looked_up_without_standing_in_the_address(person):
    person.get("/words")
    assert person.post("/words", word="oestrogen").headers["location"] == "/words/estrogen"
    assert "Nothing here explains it" in person.post("/words", 200, word="qqqqqqq").text
    assert person.post("/words", word="").headers["location"] == "/words"
    assert person.post("/words", word="PD-L1").headers["location"].startswith("/")
    assert 'href="/words/biopsy"' in person.post("/words", 200, word="biopsi").text


def test_words_lead_to_their_page_where_they_stand(person):
    html = person.get("/explained/antibody_drug_conjugate")
    assert 'class="word" href="/words/' in html
    main = html.partition("<main")[2].partition("</main>")[0]
    assert all("word" not in each for each in re.findall(r"<h1>(.*?)</h1>", main))
    own = person.get("/words/her2_low")
    assert 'class="word" href="/words/her2_low"' not in own


def test_linking_words_takes_little_of_a_page(person, knowledge):
    html = person.get("/how-this-works")
    terms = tuple(knowledge.following.terms.values())
    linked_words(html, terms)
    best = min(_seconds(html, terms) for _ in range(5))
    assert best < 0.02


def _seconds(html, terms) -> float:
    start = time.perf_counter()
    linked_words(html, terms, "/words/")
    return time.perf_counter() - start


def test_spelling_and_size_stay_as_chosen(person):
    person.begin(region="us").get("/reading")
    person.post("/reading", language="en-GB", size="large")
    html = person.get("/words/estrogen")
    assert '<html lang="en-GB" class="large">' in html
    assert "Oestrogen" in html
    assert "Choose one of these" in person.post("/reading", 422, language="xx", size="large").text


def test_only_languages_that_are_whole_are_offered(person):
    html = person.get("/reading")
    found = re.findall(r'name="language" id="[^"]*" value="([^"]+)"', html)
    assert found == list(dict.fromkeys(("en-US", "en-GB", *offered())))


def test_what_it_says_of_itself_is_what_is_true(person, knowledge):
    html = person.get("/how-this-works")
    assert "No clinician has reviewed Fingerpost" in html
    assert "not a medical device" in html
    assert str(len(knowledge.sources)) in html
    private = person.get("/privacy")
    assert "30 minutes" in private
    assert person.client.cookies["fingerpost_session"] not in private


def test_the_first_page_is_small(client):
    page = client.get("/").content
    all_of_it = len(page) + sum(each.stat().st_size for each in STATIC.iterdir())
    assert all_of_it < 100_000
    assert (STATIC / "extras.js").stat().st_size < 6_000


def test_what_the_script_adds_never_sends_anything():
    script = (STATIC / "extras.js").read_text("utf-8")
    for word in ("fetch(", "XMLHttpRequest", "sendBeacon", "localStorage", "http", "getUserMedia"):
        assert word not in script
    assert "localService" in script


def test_a_drawing_is_drawn_and_nothing_breaks_the_rules_of_the_page(open_page):
    for scheme in ("light", "dark"):
        page = open_page(color_scheme=scheme, viewport={"width": 320, "height": 740})
        page.goto("/explained/antibody_drug_conjugate")
        assert page.locator("figure svg").bounding_box()["width"] > 200
        paper = page.evaluate(
            "getComputedStyle(document.querySelector('figure svg')).backgroundColor"
        )
        assert paper == "rgb(255, 255, 255)"
        assert page.said == []


def test_the_script_adds_a_button_that_prints(open_page):
    page = open_page()
    page.goto("/when-to-call")
    assert page.get_by_role("button", name="Print this page").count() == 1
    without = open_page(java_script_enabled=False)
    without.goto("/my-page")
    assert without.get_by_text("open the menu of your browser").count() == 1
