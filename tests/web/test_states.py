"""A claim that is not verified carries its mark on every page that shows it, and no unverified number is told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape

import pytest

import fingerpost
from fingerpost.report.documents import saying_of
from fingerpost.report.option_said import option_said
from fingerpost.report.plan_said import HOW_COMMON, plan_document
from fingerpost.report.plan_sources import weakest
from fingerpost.report.plan_words import caution_words, effect_claims
from fingerpost.report.text.head import mark_of
from fingerpost.terms import Verdict

from .conftest import EXAMPLES, TODAY

_SHOWN = 3
_ASKED = ("hair_loss", "diarrhea", "nausea", "peripheral_neuropathy", "fatigue")


def words_of(html: str) -> str:
    """The words of a page as they are read."""
    return " ".join(unescape(re.sub(r"<[^>]*>", "", html)).split())


def options_of(name: str, knowledge):
    record = fingerpost.read_record(EXAMPLES / name, knowledge, on=TODAY)
    facts = fingerpost.derive(record, knowledge, TODAY)
    return fingerpost.find_options(facts, fingerpost.RuleSet(knowledge, TODAY, "fda"))


def said_of(answer, options):
    """An option and what would follow from it, in the words for a patient."""
    saying = replace(saying_of(options), audience="patient")
    plan = fingerpost.make_plan(options, answer.option.id)
    said = option_said(answer, saying)
    return said, plan_document(plan, options, audience="patient", saying=saying)


@pytest.fixture(scope="module", params=["maria.yaml", "beth.yaml"])
def shown(request, knowledge):
    """Options with claims of every state, each as it is said to a patient."""
    options = options_of(request.param, knowledge)
    fit = (Verdict.MATCHES, Verdict.MIGHT_MATCH)
    said = [said_of(each, options) for each in options.options if each.verdict in fit][:40]
    said.sort(key=lambda each: -sum(bool(mark_of(c["state"])) for c in _claims(*each)))
    return request.param, said[:_SHOWN]


def _claims(option, plan) -> Iterator:
    yield from (*plan["boxed"], *plan["given"], *option["trial_only"], *option["cautions"])


def _of(effect) -> str:
    return mark_of(weakest(effect_claims(effect)))


def _on_the_option(option, plan) -> Iterator[str]:
    for each in plan["given"]:
        yield f"{each['plain']}{mark_of(each['state'])}" if each["plain"] else each["name"]
    for each in plan["effects"][:8]:
        yield f"({each['words']}{_of(each)})"
    for each in (*plan["boxed"], *option["trial_only"], *_told(option)):
        yield f"{each['text']}{mark_of(each['state'])}"
    for each in option["evidence"]:
        assert each["state"] == "verified"


def _told(option) -> list:
    return [each for each in option["cautions"] if each["answer"] == "yes"]


def _on_the_comparison(option, plan) -> Iterator[str]:
    for each in plan["given"]:
        yield f"{each['plain']}{mark_of(each['state'])}" if each["plain"] else each["name"]
    for each in (*plan["boxed"], *_told(option)[:5]):
        yield f"{each['text']}{mark_of(each['state'])}"
    for each in option["cautions"]:
        if each["about_children"]:
            yield f"{each['text']}{mark_of(each['state'])}"
    for each in plan["effects"]:
        if each["id"] in _ASKED or each in plan["effects"][:5]:
            yield f"{each['words']}{_of(each)}"
    for each in [each for each in plan["effects"] if each["call_at_once"]][:6]:
        yield f"{each['plain'][1:]}{_of(each)}"


def _on_the_visits(option, plan) -> Iterator[str]:
    for each in plan["given"]:
        yield f"{each['plain']}.{mark_of(each['state'])}" if each["plain"] else each["name"]
    for each in plan["boxed"]:
        yield f"{each['text']}{mark_of(each['state'])}"
    for each in plan["cautions"]:
        yield caution_words(each, plan)
    for each in plan["effects"]:
        if each["call_at_once"]:
            yield f"({each['words']}){_of(each)}"
        elif each["how_common"] in ("very_common", "common"):
            yield f"{each['words']} {_of(each).strip()}".strip()
        else:
            yield f"{each['plain'][1:]}{_of(each)}"
    reasons: dict[tuple[str, str], list] = {}
    for check in (check for day in plan["days"] for check in day["checks"]):
        for why in check["why"]:
            reasons.setdefault((check["id"], why["purpose"]), []).append(why)
    for (_check, purpose), whys in reasons.items():
        yield f"{purpose}{mark_of(weakest(whys))}"


def test_every_claim_carries_its_mark_on_every_page_that_shows_it(person, knowledge, shown):
    name, said = shown
    person.begin().bring(name, knowledge).get("/results")
    marked = 0
    for option, plan in said:
        page = words_of(person.get(f"/options/{option['id']}"))
        visits = words_of(person.get(f"/options/{option['id']}/visits"))
        for claims, where in ((_on_the_option, page), (_on_the_visits, visits)):
            for claim in claims(option, plan):
                assert " ".join(claim.split()) in where
                marked += "[" in claim
    person.post("/compare", option=[option["id"] for option, _plan in said])
    page = words_of(person.get("/compare"))
    for option, plan in said:
        for claim in _on_the_comparison(option, plan):
            assert " ".join(claim.split()) in page
            marked += "[" in claim
    assert marked > 10


def test_a_frequency_that_nobody_looked_up_is_no_number_for_a_patient(knowledge):
    options = options_of("maria.yaml", knowledge)
    numbers = set(HOW_COMMON.values())
    left_out = 0
    for answer in options.options[:60]:
        _option, plan = said_of(answer, options)
        for effect in plan["effects"]:
            looked_up = [each for each in effect["by"] if each["state"] != "unverified"]
            if looked_up:
                # As common as the most common that somebody looked up, and no more than that.
                common = min((each["how_common"] for each in looked_up), key=list(HOW_COMMON).index)
                assert effect["words"] == HOW_COMMON[common]
                assert {each["how_common"] for each in effect_claims(effect)} == {common}
            else:
                left_out += 1
                assert effect["words"] == "how often is not verified yet"
                assert effect["words"] not in numbers
            assert all(figure["state"] == "verified" for figure in effect["figures"])
    assert left_out


@pytest.mark.parametrize("who", ["me", "professional"])
def test_survival_times_stand_behind_a_choice_and_say_whom_they_are_of(person, knowledge, who):
    person.begin(who=who).bring("maria.yaml", knowledge).get("/results")
    options = [
        "fda.ribociclib.advanced-with-fulvestrant",
        "fda.fulvestrant.advanced-after-endocrine",
    ]
    person.post("/compare", option=options)
    for path in (*(f"/options/{each}" for each in options), "/compare"):
        html = person.get(path)
        folded = "".join(re.findall(r"<details[^>]*>.*?</details>", html, re.DOTALL))
        outside = words_of(re.sub(r"<details[^>]*>.*?</details>", "", html, flags=re.DOTALL))
        assert "survival" in words_of(folded)
        assert "survival" not in outside.replace("with survival times", "") or who == "professional"
        assert "HR 0" not in words_of(html)
        assert not re.search(r"In (after|against|with) ", words_of(html))


def test_every_result_says_of_whom_it_is(knowledge):
    from fingerpost.report.evidence_said import trial_said

    for trial in knowledge.trials.values():
        for each in trial_said(trial):
            said = each["population"] or ""
            assert not re.match(r"(against|with|without|after|first analysis)\b", said)


def test_a_comparison_reads_row_by_row_where_there_is_no_room(person, knowledge):
    person.begin().bring("maria.yaml", knowledge).get("/results")
    chosen = [
        "fda.ribociclib.advanced-with-fulvestrant",
        "fda.fulvestrant.advanced-after-endocrine",
    ]
    person.post("/compare", option=chosen)
    html = person.get("/compare")
    cells = re.findall(r'<td data-label="([^"]*)">', html)
    assert len(set(cells)) == len(chosen)
    assert html.count("<td data-label") == html.count('<th scope="row"') * len(chosen)


def test_what_explains_a_treatment_is_a_link_and_no_command(person, knowledge):
    person.begin().bring("maria.yaml", knowledge)
    html = person.get("/options/fda.ribociclib.advanced-with-fulvestrant/visits")
    assert "fingerpost explain" not in html
    for link in re.findall(r'<a class="see" href="([^"]+)"', html):
        assert link.startswith("/explained/")
        person.get(link)
    assert 'href="/explained/' in html


def test_the_number_of_the_team_stands_with_the_visits(person, knowledge):
    person.begin().bring("maria.yaml", knowledge)
    person.session.answers.number = "+1 555 0100"
    assert "+1 555 0100" in person.get("/options/fda.ribociclib.advanced-with-fulvestrant/visits")


def test_one_point_is_counted_as_one(person, knowledge):
    person.begin().bring("nora.json", knowledge)
    html = words_of(person.get("/results"))
    assert not re.search(r"of 1 points", html)
