"""When to call: with nothing said, with everything said; unknown never makes it less urgent."""

from __future__ import annotations

import re

import pytest

from fingerpost.plan.symptoms import Said, Told, how_soon
from fingerpost.report.symptoms_said import emergency_signs
from fingerpost.terms import LEVELS
from tests.web.conftest import TODAY
from tests.web.walking import Browser

CARDS = re.compile(r'<section class="card (\w+)".*?<ul>(.*?)</ul>', re.DOTALL)


def test_everybody_can_read_when_to_call_without_an_answer(person):
    html = person.get("/when-to-call")
    cards = CARDS.findall(html)
    assert [name for name, _ in cards] == ["emergency", "urgent", "soon"]
    assert all(1 <= signs.count("<li>") <= 12 for _, signs in cards)
    assert all(number in html for number in ("911", "112", "999"))
    assert "37.5 C (99.5 F) or more" in cards_text(html, "urgent")
    assert html.count("<details") == 4


def cards_text(html: str, name: str) -> str:
    return re.search(rf'class="card {name}".*?</section>', html, re.DOTALL)[0]


@pytest.mark.parametrize(
    ("region", "number", "others"),
    [("us", "911", ("999",)), ("uk", "999", ("911",)), ("eu", "112", ("911", "999"))],
)
def test_the_number_is_that_of_the_region(person, region, number, others):
    html = person.begin(region=region).get("/when-to-call")
    emergency = cards_text(html, "emergency")
    assert number in emergency
    assert not any(other in emergency for other in others)


def test_elsewhere_the_numbers_of_all_countries_stand(person):
    html = person.begin(region="other").get("/when-to-call")
    assert all(number in html for number in ("911", "112", "999"))
    page = person.get("/my-page")
    assert all(number in page for number in ("911", "112", "999"))


def test_what_a_thermometer_shows_counts_as_the_country_counts_it(person):
    assert "37.5 C" not in cards_text(person.begin(region="us").get("/when-to-call"), "urgent")
    assert "37.5 C" in cards_text(person.begin(region="uk").get("/when-to-call"), "urgent")


def test_on_hormone_tablets_alone_a_fever_has_a_number_too() -> None:
    browser = Browser()
    form = b"fingerpost: 1\ntreatments:\n- {drugs: [letrozole], start: 2026-01, ongoing: yes}\n"
    form += b"treatments_complete: true\n"
    browser.post("/upload", files={"mine.yaml": form})
    browser.post("/upload/read")
    html = browser.get("/when-to-call").text
    assert "38.0 C (100.4 F) or more" in cards_text(html, "soon")
    assert "38.0 C (100.4 F) or more" not in cards_text(html, "urgent")


def test_the_card_of_emergencies_names_what_the_first_page_names(person):
    emergency = cards_text(person.get("/when-to-call"), "emergency").lower()
    for sign in ("lips, tongue or throat", "harming yourself", "does not stop", "chest pain"):
        assert sign in emergency


def test_the_numbers_of_the_team_are_kept_and_printed(person):
    person.get("/when-to-call")
    person.post("/when-to-call", number="020 7946 0000", fever="38.0 C")
    assert "020 7946 0000" in cards_text(person.get("/when-to-call"), "urgent")
    page = person.get("/my-page")
    assert "020 7946 0000" in page
    assert "38.0 C" in page
    assert "is longer than a number" in person.post("/when-to-call", 422, number="1" * 99).text


def test_a_record_makes_the_list_about_this_person(person, knowledge):
    everybody = person.begin().get("/when-to-call")
    own = person.bring("maria.yaml", knowledge).get("/when-to-call")
    assert "Nothing is known here of your treatment" in everybody
    assert "Nothing is known here of your treatment" not in own


def test_no_answer_of_any_symptom_is_less_urgent_than_an_answer(person, knowledge):
    for symptom in knowledge.following.symptoms.values():
        person.get(f"/when-to-call/{symptom.id}")
        person.post(f"/when-to-call/{symptom.id}")
        level = how_soon(
            None, knowledge, said=Said((Told(symptom.id),)), on=TODAY, authority=None
        ).level
        html = person.get("/when-to-call/how-soon")
        assert f">{knowledge.following.levels[level].label}</h1>" in html
        assert "not answered, so it counts as the worst answer" in html
        for answer in symptom.answers:
            said = Said((Told(symptom.id, answer),))
            each = how_soon(None, knowledge, said=said, on=TODAY, authority=None).level
            assert LEVELS.index(each) <= LEVELS.index(level)
        person.post("/when-to-call/how-soon", again="yes")


def test_two_symptoms_and_great_worry_raise_the_level(person, knowledge):
    levels = knowledge.following.levels
    person.get("/when-to-call/jaw")
    symptoms = knowledge.following.symptoms
    mild = [
        (each.id, answer)
        for each in symptoms.values()
        for answer in each.answers
        if how_soon(
            None, knowledge, said=Said((Told(each.id, answer),)), on=TODAY, authority=None
        ).level
        == "tell_team_soon"
    ]
    (first, answer), (second, other) = mild[0], next(m for m in mild if m[0] != mild[0][0])
    person.post(f"/when-to-call/{first}", answer=answer)
    assert f">{levels['tell_team_soon'].label}</h1>" in person.get("/when-to-call/how-soon")
    person.post(f"/when-to-call/{second}", answer=other)
    both = person.get("/when-to-call/how-soon")
    assert f">{levels['same_day_call'].label}</h1>" in both
    assert "More than one symptom" in both
    person.post("/when-to-call/how-soon", worried="yes")
    assert f">{levels['emergency_now'].label}</h1>" in person.get("/when-to-call/how-soon")
    person.post("/when-to-call/how-soon", remove=first)
    person.post("/when-to-call/how-soon", worried="no")
    assert f">{levels['tell_team_soon'].label}</h1>" in person.get("/when-to-call/how-soon")


def test_why_names_its_source_in_the_same_sentence(person, knowledge):
    person.get("/when-to-call/fever")
    person.post("/when-to-call/fever", answer="fever", sign="unwell")
    html = person.get("/when-to-call/how-soon")
    why = html.partition("Why we say this")[2].partition("</dl>")[0]
    titles = [source.title for source in knowledge.sources.values()]
    for sentence in re.findall(r"<dd>(.*?)</dd>", why):
        named = any(title.split("&")[0] in sentence for title in titles)
        assert named or "no source has been read" in sentence
    assert "It can be a sign of" in why
    assert "nothing to do" not in html.lower()


def test_no_mark_of_the_speller_is_left_on_a_page(person):
    person.begin(region="uk").get("/when-to-call/fever")
    person.post("/when-to-call/fever", answer="fever", sign="unwell")
    html = person.get("/when-to-call/how-soon")
    assert "Cancer Research UK" in html
    assert not {"\ue000", "\ue001"} & set(html)


def test_what_is_not_a_symptom_has_no_page(client):
    assert client.get("/when-to-call/nothing").status_code == 404
    assert client.get("/when-to-call/how-soon").headers["location"] == "/when-to-call"


def test_the_first_page_says_the_emergency_in_the_words_of_the_knowledge(person, knowledge):
    html = person.get("/")
    for sign in knowledge.following.levels["emergency_now"].signs:
        assert sign in html


def unmarked(html: str) -> str:
    """The words without their marks: a word of a page may lead to its explanation."""
    return re.sub(r"<[^>]*>", "", html)


def test_every_page_names_the_same_emergencies_as_the_first_one(person, knowledge):
    """Whoever reads only one of them must not miss what another names."""
    signs = emergency_signs(knowledge, "fda", on=TODAY)
    level = knowledge.following.levels["emergency_now"]
    assert signs[: len(level.signs)] == list(level.signs)
    assert any("back" in sign and "legs" in sign for sign in signs)
    person.begin().bring("maria.yaml", knowledge)
    card = unmarked(cards_text(person.get("/when-to-call"), "emergency")).lower()
    paper = person.get("/my-page").partition('class="emergency_now"')[2].partition("</p>")[0]
    start = unmarked(person.get("/"))
    visits = person.get("/options/fda.ribociclib.advanced-with-fulvestrant/visits")
    for sign in signs:
        assert sign.lower() in card
        for page in (start, unmarked(paper), unmarked(visits)):
            assert sign in page


OFF_TREATMENT, LETROZOLE, PACLITAXEL = (), ("letrozole",), ("paclitaxel",)


@pytest.mark.parametrize("region", ["us", "uk", "eu", "other"])
@pytest.mark.parametrize("drugs", [OFF_TREATMENT, LETROZOLE, PACLITAXEL])
def test_a_number_of_the_thermometer_stands_with_its_level_for_everybody(person, drugs, region):
    person.begin(region=region)
    answers = person.session.answers
    answers.treatments = [{"drugs": [drug], "start": "2026-10", "ongoing": True} for drug in drugs]
    answers.treatments_complete = True
    person.session.changed()
    card, level = ("urgent", "same_day_call") if drugs == PACLITAXEL else ("soon", "tell_team_soon")
    careful = drugs == PACLITAXEL and region != "us"
    number = "37.5 C (99.5 F) or more" if careful else "38.0 C (100.4 F) or more"
    assert number in cards_text(person.get("/when-to-call"), card)
    paper = person.get("/my-page").partition(f'class="{level}"')[2].partition("</p>")[0]
    assert number in paper


def test_a_heading_without_anything_below_it_is_not_printed(person):
    html = person.get("/when-to-call")
    before = html.partition('id="all-signs"')[0]
    assert before.rpartition("<section")[2].startswith(' class="on-screen"')
