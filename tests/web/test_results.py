"""What was found is on the pages as the engine found it: nothing added, left out or put in another order."""

from __future__ import annotations

import dataclasses
import re

import pytest
from starlette.testclient import TestClient

import fingerpost
from fingerpost.report.plan_said import plan_document
from fingerpost.terms import Verdict
from fingerpost.web.application import application
from fingerpost.web.engine import Engine
from fingerpost.web.glance import seated_words
from fingerpost.web.pages.results import CLOSED, MOST_CARDS
from fingerpost.web.sessions import Sessions

from .conftest import EXAMPLES, PEOPLE, TODAY, Person

SHOWN_AS = {
    "fits": Verdict.MATCHES,
    "fits_with_care": Verdict.MATCHES,
    "might_match": Verdict.MIGHT_MATCH,
    "later": Verdict.DOES_NOT_MATCH,
    "not_yet": Verdict.NOT_YET,
    "does_not_match": Verdict.DOES_NOT_MATCH,
}
REGIONS = {"us": "fda", "uk": "nice", "eu": "ema"}


_SECTION = re.compile(
    r'<section class="(\w+)" [^>]*>(.*?)(?=<section class="\w+" |<section aria|\Z)', re.DOTALL
)


def shown(html: str) -> dict[str, Verdict]:
    """The options of the overview, each with the group that it stands in."""
    found = {}
    for group, body in _SECTION.findall(html):
        if group in SHOWN_AS:
            body = body.partition('id="comfort"')[0]
            for option in re.findall(r'href="/options/([^"/]+)"', body):
                found[option] = SHOWN_AS[group]
    return found


@pytest.mark.parametrize("region", REGIONS)
@pytest.mark.parametrize("name", PEOPLE)
def test_every_option_stands_in_the_group_that_the_engine_found(person, knowledge, name, region):
    person.begin(region=region).bring(name, knowledge)
    record = fingerpost.read_record(EXAMPLES / name, knowledge, on=TODAY)
    facts = fingerpost.derive(record, knowledge, TODAY)
    answer = fingerpost.find_options(facts, fingerpost.RuleSet(knowledge, TODAY, REGIONS[region]))
    html = person.get("/results")
    assert shown(html) == {each.option.id: each.verdict for each in answer.options}
    assert "The order is not a ranking" in html
    assert 'id="comfort"' in html


def test_the_order_of_the_knowledge_changes_nothing(person, knowledge):
    there = shown(person.begin().bring("maria.yaml", knowledge).get("/results"))
    turned = dataclasses.replace(knowledge, options=dict(reversed(knowledge.options.items())))
    sessions = Sessions()
    engine = Engine(turned, today=lambda: TODAY)
    with TestClient(
        application(engine, sessions), base_url="http://127.0.0.1:8300", follow_redirects=False
    ) as client:
        other = shown(Person(client, sessions).begin().bring("maria.yaml", turned).get("/results"))
    assert list(other.items()) == list(there.items())


def all_cards(person: Person) -> list[str]:
    """The cards of every group, page after page."""
    cards = []
    for group in ("fits", "fits_with_care", "might_match"):
        for number in range(1, 10):
            answer = person.client.get(f"/results/{group}?page={number}")
            if answer.status_code == 404:
                break
            here = re.findall(r'<section class="card option".*?</section>', answer.text, re.DOTALL)
            if here[0] in cards:
                break
            assert len(here) <= MOST_CARDS
            cards += here
    return cards


@pytest.mark.parametrize("name", PEOPLE)
def test_what_does_not_fit_stands_with_the_point_that_decided(person, knowledge, name):
    options = shown(person.begin().bring(name, knowledge).get("/results"))
    lines = {}
    for group in CLOSED:
        answer = person.client.get(f"/results/{group}")
        if answer.status_code == 200:
            page = answer.text.partition("<main")[2]
            lines |= re.findall(r'<li><a href="/options/([^"]+)">.*?</a><br>(.*?)</li>', page)
    closed = (Verdict.NOT_YET, Verdict.DOES_NOT_MATCH)
    assert set(lines) == {each for each, verdict in options.items() if verdict in closed}
    assert all(len(reason) > 20 for reason in lines.values())


@pytest.mark.parametrize("number", ["0", "-1", "99", "1e3", "²", "9" * 50, "<b>"])
def test_a_page_of_a_group_that_is_not_there_is_the_nearest(person, knowledge, number):
    person.begin().bring("maria.yaml", knowledge)
    answer = person.client.get("/results/fits", params={"page": number})
    assert answer.status_code == 200
    assert '<section class="card option"' in answer.text
    assert person.client.get("/results/nothing").status_code == 404


@pytest.mark.parametrize("name", PEOPLE)
def test_every_card_has_the_same_fields(person, knowledge, name):
    options = shown(person.begin().bring(name, knowledge).get("/results"))
    cards = all_cards(person)
    titles = [re.search(r'href="/options/([^"]+)"', card)[1] for card in cards]
    open_ones = (Verdict.MATCHES, Verdict.MIGHT_MATCH)
    assert set(titles) == {name for name, verdict in options.items() if verdict in open_ones}
    assert len(titles) == len(set(titles))
    fields = {
        tuple(re.sub(r"<[^>]*>", "", each) for each in re.findall(r"<dt>(.*?)</dt>", card))
        for card in cards
    }
    assert len(fields) == 1
    assert not [card for card in cards if re.search(r"<dd>\s*</dd>", card)]


def test_without_an_answer_the_page_offers_the_questions(person):
    html = person.begin().get("/results")
    assert "<h1>Nothing is known yet</h1>" in html
    assert 'href="/questions"' in html
    assert 'id="comfort"' in html
    assert len(html) < 100_000


def test_at_most_three_things_to_find_out_first_and_all_of_them_on_their_page(person, knowledge):
    html = person.begin().bring("maria.yaml", knowledge).get("/results")
    first = html.partition('id="first"')[2].partition("</ol>")[0]
    assert 0 < first.count("<li>") <= 3
    missing = person.get("/tests")
    options = person.session.kept
    found = next(value for key, value in options.items() if key.startswith("beside "))
    assert missing.count('<section class="card"') == len(found.missing.single)


def test_everything_to_find_out_leads_to_where_it_can_be_answered(person, knowledge):
    person.begin()
    person.post("/questions/extent", answer="value:metastatic")
    person.post("/questions/er", answer="coarser:positive")
    person.post("/questions/her2", answer="coarser:negative")
    drugs = {"drugs": "letrozole, palbociclib", "end_reason": "progression"}
    person.post("/treatments/new", setting="metastatic", **drugs)
    cards = re.findall(r'<section class="card".*?</section>', person.get("/tests"), re.DOTALL)
    ways = {re.search("<h2[^>]*>(.*?)</h2>", card)[1]: card for card in cards}
    hrefs = {
        re.sub("<[^>]*>", "", name): re.findall('href="(/[^"]*)"', c) for name, c in ways.items()
    }
    assert "/treatments?back=results" in hrefs["All treatments so far"]
    panel = next(each for each in hrefs.values() if "/questions/pik3ca?back=results" in each)
    assert "/questions/akt1?back=results" in panel
    assert "/questions/pten?back=results" in panel
    # What the interview does not ask can be tried.
    assert any(way.startswith("/what-if/") for each in hrefs.values() for way in each)
    places = ("/questions/", "/treatments", "/what-if/")
    assert all(any(way.startswith(places) for way in each) for each in hrefs.values())
    for way in {way.partition("?")[0] for each in hrefs.values() for way in each}:
        person.get(way)


def test_what_nobody_told_is_not_said_to_be_told(person):
    person.begin()
    person.post("/questions/extent", answer="value:early")
    page = person.get("/options/fda.alpelisib.advanced-after-endocrine")
    rows = [re.sub("<[^>]*>", "", row) for row in re.findall(r"<tr.*?</tr>", page, re.DOTALL)]
    presumed = [row for row in rows if "has not come back" in row]
    assert presumed
    assert all("taken for granted until you say otherwise" in row for row in presumed)
    said = re.sub("<[^>]*>", "", person.get("/results/does_not_match"))
    assert not re.search(r"You told: [^.]*(has not come back|rule itself)", said)


def test_another_authority_is_a_form_and_its_tags_are_in_words(person, knowledge):
    person.begin().bring("hanna.yaml", knowledge).get("/results")
    assert any("Approved in the EU" in card for card in all_cards(person))
    assert person.post("/results/authority", authority="nice").headers["location"] == "/results"
    person.get("/results")
    assert person.session.answers.authority == "nice"
    assert any("Approved in the US" in card for card in all_cards(person))
    person.post("/results/authority", authority="somebody")
    assert person.session.answers.authority == "nice"


def test_what_nice_did_not_recommend_says_so(person, knowledge):
    person.begin().bring("maria.yaml", knowledge)
    # A word on the page may lead to its explanation.
    page = re.sub("<[^>]*>", "", person.get("/options/fda.fulvestrant.advanced-after-endocrine"))
    assert "Not recommended by NICE" in page
    assert "Approved in the EU" in page


@pytest.mark.parametrize("name", PEOPLE)
def test_an_option_says_every_point_with_its_source(person, knowledge, name):
    html = person.begin().bring(name, knowledge).get("/results")
    option = next(iter(shown(html)))
    page = person.get(f"/options/{option}")
    points = page.partition("Why, point by point")[2].partition("</table>")[0]
    answers = re.findall(r'<tr class="answer-(\w+)">', points)
    window = next(w for w in knowledge.options[option].windows if w.holds_on(TODAY))
    assert len(answers) == len(window.criteria)
    assert points.count("read on") == len(answers)


def test_no_such_option_is_a_kind_page(person, client):
    person.begin()
    for path in ("/options/fda.nothing", "/options/fda.nothing/visits"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert "There is no such page" in answer.text


# --- the visits ---------------------------------------------------------------------------------

VISITS = "/options/fda.ribociclib.advanced-with-fulvestrant/visits"


def test_visits_by_week_then_by_date_and_as_a_neutral_calendar(person, knowledge):
    person.begin().bring("maria.yaml", knowledge)
    html = person.get(VISITS)
    assert "Week 1" in html
    assert "Your team&#39;s written plan wins" in html or "Your team's written plan wins" in html
    assert person.post(VISITS, wish="day", start="2026-12-01").headers["location"] == VISITS
    assert "1 December 2026" in person.get(VISITS)
    quiet = person.post(VISITS, 200, wish="calendar").text
    assert quiet.startswith("BEGIN:VCALENDAR")
    assert "ribociclib" not in quiet.casefold()
    assert "VALARM" not in quiet
    named = person.post(VISITS, 200, wish="calendar", names="yes", remind="yes").text
    assert "fulvestrant" in named.casefold()
    assert "VALARM" in named
    assert person.post(VISITS, 200, wish="table").text.startswith("day,week,date")
    person.post(VISITS, wish="weeks")
    assert "Week 1" in person.get(VISITS)


@pytest.mark.parametrize("day", ["", "soon", "2026-13-40", "0001-01-01", "9999-12-31"])
def test_a_day_that_cannot_be_planned_is_said_and_not_kept(person, knowledge, day):
    person.begin().bring("maria.yaml", knowledge).get(VISITS)
    html = person.post(VISITS, 422, wish="day", start=day).text
    assert "<title>Error:" in html
    assert 'href="#start"' in html
    assert "Week 1" in person.get(VISITS)


def test_why_a_check_is_done_and_how_to_prepare(person, knowledge):
    html = person.begin().bring("maria.yaml", knowledge).get(VISITS)
    assert "What is looked at, why, and how to prepare" in html


def test_the_number_of_the_team_stands_with_the_visits(person, knowledge):
    person.begin().bring("maria.yaml", knowledge)
    assert "____" in person.get(VISITS)
    person.session.answers.number = "020 7946 0000"
    html = person.get(VISITS)
    assert "020 7946 0000" in html
    assert "____" not in html


# --- side by side -------------------------------------------------------------------------------


def test_two_or_three_are_compared_in_full(person, knowledge):
    html = person.begin().bring("nora.json", knowledge).get("/results")
    options = [each for each, verdict in shown(html).items() if verdict is Verdict.MATCHES]
    for chosen in (options[:2], options[:3]):
        assert person.post("/compare", option=chosen).headers["location"] == "/compare"
        page = person.get("/compare")
        rows = page.partition("<tbody>")[2].partition("</tbody>")[0].split("</tr>")[:-1]
        assert {row.count("<td ") for row in rows} == {len(chosen)}
        assert not re.search(r"<td [^>]*>\s*</td>", "".join(rows))


@pytest.mark.parametrize("number", [0, 1, 4])
def test_another_number_is_refused_kindly(person, knowledge, number):
    html = person.begin().bring("nora.json", knowledge).get("/results")
    answer = person.post("/compare", 422, option=list(shown(html))[:number])
    assert "<title>Error:" in answer.text
    assert person.session.answers.compare == ()


def test_hours_in_the_chair_are_not_said_where_a_part_of_them_is_not_known(person, knowledge):
    """A sum without the chemotherapy of a combination would make it look easier than it is."""
    record = fingerpost.read_record(EXAMPLES / "nora.json", knowledge, on=TODAY)
    facts = fingerpost.derive(record, knowledge, TODAY)
    options = fingerpost.find_options(facts, fingerpost.RuleSet(knowledge, TODAY, "fda"))
    several = [
        plan_document(fingerpost.make_plan(options, each.option.id), options, audience="patient")
        for each in options.options
    ]
    unfinished = [plan for plan in several if plan["without_days"]]
    assert unfinished
    assert {seated_words(plan, 91) for plan in unfinished} == {""}
    assert any(seated_words(plan, 91) for plan in several)


def test_no_address_holds_an_answer(person, knowledge):
    html = person.begin().bring("maria.yaml", knowledge).get("/results")
    addresses = set(re.findall(r'(?:href|action)="([^"]*)"', html))
    queries = {each.partition("?")[2] for each in addresses if "?" in each}
    assert queries <= {"back=results"}
    pages = re.findall(r'href="([^"]*[?]page=[^"]*)"', person.get("/results/fits"))
    assert pages == ["/results/fits?page=2"]


def test_a_label_that_names_almost_nothing_says_so_where_it_fits(person, knowledge):
    person.begin().bring("maria.yaml", knowledge)
    said = "so a match says little"
    assert said in person.get("/results")
    cards = [card for card in all_cards(person) if 'href="/options/fda.doxorubicin' in card]
    assert cards
    assert all(said in card for card in cards)
