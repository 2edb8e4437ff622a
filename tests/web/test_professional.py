"""The professional pages: the same case with its whole trace, for six invented people."""

from __future__ import annotations

import json
import re

import pytest

import fingerpost
from fingerpost.options.match import judge
from fingerpost.options.moved import moved
from fingerpost.values import Absent

from .conftest import EXAMPLES, PEOPLE, TODAY

_OPTION = re.compile(r'href="/professional/([a-z0-9_.\-]+\.[a-z0-9_.\-]+)"')


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.fixture
def clinician(person, knowledge):
    def seen(name: str, region: str = "us"):
        return person.begin(who="professional", region=region).bring(name, knowledge)

    return seen


def test_a_patient_is_told_what_it_is_and_may_switch(person, knowledge):
    person.begin().bring("maria.yaml", knowledge)
    page = person.get("/professional")
    assert "<h1>For health professionals</h1>" in page
    assert "<h1>For health professionals</h1>" in person.get("/professional/anything")
    person.post("/professional/keep", what="facts")  # no file for a patient
    person.post("/professional", switch="yes")
    assert "The case with its trace" in person.get("/professional")


@pytest.mark.parametrize("name", PEOPLE)
def test_every_part_of_the_case_is_there(name, clinician, knowledge):
    walker = clinician(name)
    page = walker.get("/professional")
    assert page.count("<h1") == 1
    for heading in ("Options in force", "Authorities side by side", "Data quality", "Inputs used"):
        assert heading in page
    assert knowledge.content in page
    assert "Not considered" in page
    assert "not a ranking" in page
    for option in list(dict.fromkeys(_OPTION.findall(page)))[::15]:
        shown = walker.get(f"/professional/{option}")
        assert shown.count("<h1") == 1
        assert "Condition as written" in shown or "asks nothing of a record" in shown
        assert "last looked at on" in shown.lower()
        assert "Not considered" in shown
    assert walker.get("/professional/authorities").count("<table") == 2
    assert walker.client.get("/professional/fda.nothing.here").status_code == 404


def test_a_condition_is_shown_with_label_clause_source_and_place(clinician):
    page = clinician("maria.yaml").get(
        "/professional/fda.elacestrant.advanced-esr1-after-endocrine"
    )
    words = text_of(page)
    assert "“ESR1-mutated”" in words
    assert "esr1_mutation is present (biomarker)" in words
    assert "facts.esr1_mutation" in words
    assert "written as “ESR1 p.D538G detected”" in words
    assert "Evaluation, step by step" in words


def test_another_day_shows_what_moved_and_goes_back(clinician):
    walker = clinician("maria.yaml")
    walker.post("/professional", on="2022-06-01", authority="fda")
    words = text_of(walker.get("/professional"))
    assert "What is otherwise for this person between 1 June 2022 and today" in words
    assert "Elacestrant (Orserdu)" in words
    assert "It came into force on 27 January 2023" in words
    walker.post("/professional", back_to_today="yes")
    assert "What is otherwise" not in walker.get("/professional")
    assert walker.session.answers.on is None


@pytest.mark.parametrize("on", ["", "2022-13-01", "1066-10-14", "9999-01-01", "soon"])
def test_a_day_that_is_none_gets_the_page_again(on, clinician):
    walker = clinician("nora.json")
    page = walker.post("/professional", status=422, on=on, authority="fda").text
    assert "<title>Error:" in page
    assert 'href="#on"' in page
    assert walker.session.answers.on is None


def test_several_samples_stand_side_by_side(clinician):
    page = text_of(clinician("nora.json").get("/professional"))
    if "Several samples side by side" in page:
        assert "counts" in page


@pytest.mark.parametrize("name", PEOPLE)
def test_files_to_keep_hold_the_documents(name, clinician, knowledge):
    walker = clinician(name)
    walker.get("/professional")
    whole = walker.post("/professional/keep", status=200, what="options")
    assert whole.headers["content-disposition"] == 'attachment; filename="case.json"'
    document = json.loads(whole.text)
    assert document["audience"] == "professional"
    assert document["derivations"]
    facts = walker.post("/professional/keep", status=200, what="facts").json()
    assert facts["on"] == TODAY.isoformat()
    walker.post("/professional/keep", status=404, what="else")


@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.parametrize("authority", ["fda", "ema", "nice", "guideline"])
def test_quick_verdicts_are_those_of_the_whole_answer(name, authority, engine, knowledge):
    record = fingerpost.read_record(EXAMPLES / name, knowledge, on=TODAY)
    facts = fingerpost.derive(record, knowledge, TODAY)
    rules = engine.rules(TODAY, authority)
    judged = judge(facts, rules)
    whole = fingerpost.find_options(facts, rules)
    assert judged.verdicts == {each.option.id: each.verdict for each in whole.options}
    assert moved(judged, judged) == ()


@pytest.mark.parametrize("name", PEOPLE)
def test_the_fhir_bundle_reads_back_as_the_same_facts(name, clinician, knowledge):
    walker = clinician(name)
    walker.get("/professional")
    kept = walker.post("/professional/keep", status=200, what="fhir")
    assert kept.headers["content-disposition"] == 'attachment; filename="case-fhir.json"'
    before = fingerpost.read_record(EXAMPLES / name, knowledge, on=TODAY)
    again = fingerpost.read_record(kept.content, knowledge, on=TODAY, name="case")
    told = {(each.fact, each.value, each.date) for each in before.findings}
    assert {(each.fact, each.value, each.date) for each in again.findings} <= told
    resources = [entry["resource"] for entry in kept.json()["entry"]]
    observed = {each["id"] for each in resources if each["resourceType"] == "Observation"}
    assert len(observed) >= 3
    (left,) = (each for each in resources if each["resourceType"] == "OperationOutcome")

    def known(chosen: object) -> bool:
        return bool(chosen.findings) and not isinstance(chosen.value, Absent)

    facts = fingerpost.derive(before, knowledge, TODAY)
    here = fingerpost.derive(again, knowledge, TODAY)
    for fact, chosen in facts.chosen.items():
        if fact.replace("_", "-") in observed:
            assert here.chosen[fact].value == chosen.value
        elif known(chosen) and fact not in ("sex", "birth_date"):
            assert knowledge.facts[fact].label in left["issue"][0]["diagnostics"]
