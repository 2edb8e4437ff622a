"""Every question: each of its answers is read, none traps anybody, and none is asked for nothing."""

from __future__ import annotations

import pytest

from fingerpost.knowledge.plan_model import Ask
from fingerpost.web.answers import Answers
from fingerpost.web.interview import open_asks
from fingerpost.web.sessions import Sessions
from tests.web.walking import Browser, engine, words

ASKS = [ask for ask in engine().knowledge.following.interview.values() if ask.page == "fact"]
CHOICES = [
    (ask.id, f"{kind}:{value}")
    for ask in ASKS
    for kind, name in (("value", ask.fact), ("coarser", ask.coarser))
    if name is not None
    for fact in [engine().knowledge.facts[name]]
    if kind == "coarser" or fact.type in ("category", "flag")
    for value in (fact.values or {"yes": "", "no": ""})
]
SETS = [ask for ask in ASKS if engine().knowledge.facts[ask.fact or ""].type == "set"]


@pytest.fixture(scope="module")
def browser() -> Browser:
    return Browser()


@pytest.mark.parametrize("ask", [ask.id for ask in ASKS])
def test_i_do_not_know_is_always_an_answer(browser: Browser, ask: str) -> None:
    page = browser.get(f"/questions/{ask}")
    assert 'value="absent:not_known"' in page.text
    assert page.text.count("<h1>") == 1
    answer = browser.post(f"/questions/{ask}", {"answer": "absent:not_known"})
    assert answer.status_code == 303
    again = browser.get(f"/questions/{ask}").text
    assert 'value="absent:not_known" checked' in again


@pytest.mark.parametrize(("ask", "choice"), CHOICES)
def test_every_choice_is_read_and_is_still_there_on_coming_back(ask: str, choice: str) -> None:
    browser = Browser()
    answer = browser.post(f"/questions/{ask}", {"answer": choice})
    assert answer.status_code == 303, words(answer)
    assert f'value="{choice}" checked' in browser.get(f"/questions/{ask}").text
    assert browser.post(f"/questions/{ask}", {"answer": choice}).status_code == 303


@pytest.mark.parametrize("ask", [ask.id for ask in ASKS])
def test_nothing_at_all_is_told_kindly(browser: Browser, ask: str) -> None:
    answer = browser.post(f"/questions/{ask}")
    assert answer.status_code == 422
    assert "<title>Error:" in answer.text
    assert 'href="#answer"' in answer.text
    assert 'id="answer"' in answer.text


@pytest.mark.parametrize(
    ("ask", "number"),
    [
        *(("er", each) for each in ("90 %", "90", "90%", "<1", "< 1 %", "0", "95-100")),
        *(("tumor-size", each) for each in ("2,5 cm", "25 mm", "2.5 cm")),
        *(("nodes", each) for each in ("0", "3")),
        *(("pdl1", each) for each in ("10", ">= 10", "<1")),
    ],
)
def test_numbers_are_read_as_reports_write_them(browser: Browser, ask: str, number: str) -> None:
    answer = browser.post(f"/questions/{ask}", {"number": number})
    assert answer.status_code == 303, words(answer)
    assert (
        f'value="{number.replace("<", "&lt;").replace(">", "&gt;")}"'
        in browser.get(f"/questions/{ask}").text
    )


@pytest.mark.parametrize(
    ("ask", "number"), [("er", "900"), ("er", "-3"), ("er", "many"), ("nodes", "9" * 400)]
)
def test_silly_numbers_are_refused_kindly_and_stay_in_the_field(
    browser: Browser, ask: str, number: str
) -> None:
    answer = browser.post(f"/questions/{ask}", {"number": number})
    assert answer.status_code == 422
    assert f'value="{number}"' in answer.text
    assert "Traceback" not in answer.text


def test_a_number_and_a_choice_are_two_answers(browser: Browser) -> None:
    answer = browser.post("/questions/er", {"number": "90", "answer": "absent:not_known"})
    assert answer.status_code == 422
    assert "Two answers" in words(answer)


@pytest.mark.parametrize("ask", SETS, ids=lambda ask: ask.id)
def test_a_list_may_be_none_whole_or_not(ask: Ask) -> None:
    browser, members = Browser(), list(engine().knowledge.facts[ask.fact or ""].values)
    path = f"/questions/{ask.id}"
    for given in (
        {"none": "yes"},
        {"member": members[:2], "complete": "yes"},
        {"member": members[:1], "complete": "no"},
        {"member": members[:1]},
    ):
        assert browser.post(path, given).status_code == 303
    both = browser.post(path, {"member": members[:1], "none": "yes"})
    assert both.status_code == 422


@pytest.mark.parametrize(
    "receptors",
    [
        {"er_reported": "negative", "pr_reported": "negative", "her2_reported": "negative"},
        {"er_percent": "0", "pr_percent": "0", "her2_ihc": "0"},
    ],
)
def test_no_gene_is_asked_about_that_no_open_option_waits_for(receptors: dict[str, str]) -> None:
    asked = _asked({"extent_reported": "metastatic", **receptors})
    assert not asked & {"pik3ca", "akt1", "pten", "esr1", "recurrence-score"}
    assert {"brca1", "pdl1"} <= asked


def test_hormone_positive_people_are_asked_about_these_genes() -> None:
    asked = _asked(
        {
            "extent_reported": "metastatic",
            "er_reported": "positive",
            "pr_reported": "positive",
            "her2_reported": "negative",
        }
    )
    assert {"pik3ca", "akt1", "pten", "esr1"} <= asked


def _asked(facts: dict[str, str]) -> set[str]:
    session = Sessions().begin()
    session.answers = Answers(facts=dict(facts))
    return {ask.id for ask in open_asks(engine().options(session), session.answers)}


@pytest.mark.parametrize(
    "given",
    [{"year": "1968", "day": "12"}, {"month": "12", "day": "5"}, {"month": "5"}, {"day": "5"}],
)
def test_half_a_date_is_never_read_as_another(browser, given) -> None:
    """1968 with the day 12 is not December 1968."""
    answer = browser.post("/questions/birth-date", given)
    assert answer.status_code == 422
    assert "Open" in words(browser.get("/check"))
    assert browser.post("/questions/birth-date", {"year": "1968", "month": "5"}).status_code == 303


@pytest.mark.parametrize(
    ("who", "you"), [("someone", "the person you care for"), ("professional", "your patient")]
)
def test_who_answers_for_somebody_else_is_told_whom_you_means(who: str, you: str) -> None:
    browser = Browser()
    assert "“You” on this page" not in words(browser.get("/questions/her2"))
    browser.post("/begin", {"who": who, "region": "us", "way": "questions"})
    said = words(browser.get("/questions/her2"))
    assert f"“You” on this page means {you}." in said
    assert "Not tested" in said
    assert "I have not been tested" not in said
    assert "“You” on this page" not in words(browser.get("/privacy"))
