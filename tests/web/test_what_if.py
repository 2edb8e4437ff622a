"""What would change: one answer tried, what moves, and nothing kept unless it is asked for."""

from __future__ import annotations

import re

import pytest

from .conftest import PEOPLE


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.fixture
def somebody(person, knowledge):
    def brought(name: str):
        return person.begin().bring(name, knowledge)

    return brought


@pytest.mark.parametrize("name", PEOPLE)
def test_every_listed_answer_has_a_page(name, somebody):
    walker = somebody(name)
    page = walker.get("/what-if")
    assert page.count("<h1") == 1
    facts = re.findall(r'href="/what-if/([a-z0-9_]+)"', page)
    assert len(facts) == len(set(facts)) > 20
    for fact in facts[::5]:
        assert "Show what would change" in walker.get(f"/what-if/{fact}")


def test_an_esr1_mutation_moves_options_and_keeps_nothing(somebody, knowledge, engine):
    walker = somebody("sam.yaml")
    before = engine.options(walker.session)
    assert "ESR1" in walker.get("/what-if")
    walker.get("/what-if/esr1_mutation")
    sent = walker.post("/what-if/esr1_mutation", answer="value:present")
    assert sent.headers["location"] == "/what-if/esr1_mutation#result"
    words = text_of(walker.get("/what-if/esr1_mutation"))
    assert "Elacestrant (Orserdu)" in words
    assert "? Might fit ✓ Fits" in words
    assert "ESR1 mutation: found: not known → yes" in words
    assert "not a ranking" in words
    assert walker.session.answers.facts == {}
    assert engine.options(walker.session) is before


def test_an_answer_is_kept_only_when_it_is_made_mine(somebody, engine):
    walker = somebody("sam.yaml")
    walker.get("/what-if/esr1_mutation")
    kept = walker.post("/what-if/esr1_mutation", answer="value:present", mine="yes")
    assert kept.headers["location"] == "/results"
    assert walker.session.answers.facts == {"esr1_mutation": "present"}
    verdicts = {a.option.id: a.verdict for a in engine.options(walker.session).options}
    assert verdicts["fda.elacestrant.advanced-esr1-after-endocrine"] == "matches"


@pytest.mark.parametrize("name", PEOPLE)
def test_what_moves_is_what_the_kept_answer_gives(name, somebody, engine):
    """The trial and the answer made one's own never say different things."""
    walker = somebody(name)
    before = {a.option.id: a.verdict.value for a in engine.options(walker.session).options}
    walker.get("/what-if/her2_ihc")
    walker.post("/what-if/her2_ihc", answer="value:3+")
    tried = next(v for k, v in walker.session.kept.items() if k.startswith("what if "))
    walker.post("/what-if/her2_ihc", answer="value:3+", mine="yes")
    after = {a.option.id: a.verdict.value for a in engine.options(walker.session).options}
    moved = {each["id"]: (each["before"], each["after"]) for each in tried["result"]["moved"]}
    assert moved == {n: (before[n], after[n]) for n in after if before[n] != after[n]}


def test_a_coarser_answer_stands_instead_of_a_number(somebody):
    walker = somebody("maria.yaml")
    walker.get("/what-if/er_percent")
    walker.post("/what-if/er_percent", answer="coarser:negative")
    words = text_of(walker.get("/what-if/er_percent"))
    assert "✓ Fits ✗ Does not fit" in words


def test_a_treatment_that_stopped_because_the_cancer_grew(somebody):
    walker = somebody("maria.yaml")
    assert "/what-if/treatments/1" in walker.get("/what-if")
    walker.get("/what-if/treatments/1")
    walker.post("/what-if/treatments/1", end_reason="toxicity")
    words = text_of(walker.get("/what-if/treatments/1"))
    assert "What it would change" in words
    assert "would move" in words
    walker.post("/what-if/treatments/1", status=422)
    assert "Error:" in walker.post("/what-if/treatments/1", status=422, setting="moon").text
    assert walker.client.get("/what-if/treatments/2").status_code == 404
    assert walker.client.get("/what-if/treatments/0").status_code == 404


def test_what_cannot_be_read_is_said_at_the_field(somebody):
    walker = somebody("maria.yaml")
    walker.get("/what-if/er_percent")
    for fields in ({}, {"number": "900"}, {"number": "many"}, {"answer": "value:odd"}):
        page = walker.post("/what-if/er_percent", status=422, **fields).text
        assert 'href="#answer"' in page
        assert "<title>Error:" in page
    assert walker.client.get("/what-if/no_such_fact").status_code == 404


def test_without_any_answer_the_page_leads_to_the_questions(person):
    page = person.begin().get("/what-if")
    assert "<h1>What would change?</h1>" in page


def test_making_an_answer_ones_own_leaves_the_files_as_they_were_brought(somebody):
    walker = somebody("maria.yaml")
    brought = list(walker.session.answers.brought)
    walker.get("/what-if/her2_ihc")
    walker.post("/what-if/her2_ihc", answer="value:3+", mine="yes")
    assert walker.session.answers.brought == brought
    walker.post("/what-if/her2_ihc", answer="value:1+", mine="yes")
    assert walker.session.answers.facts["her2_ihc"] == "1+"
