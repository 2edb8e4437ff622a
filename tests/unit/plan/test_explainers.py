"""Which explanations a plan names: those of its medicines, and those of its tests."""

from __future__ import annotations

import pytest

import fingerpost as fp
from fingerpost.knowledge.model import Knowledge
from fingerpost.options.model import Options
from fingerpost.plan.explainers import PlannedExplainer, explainers_of, families_of
from fingerpost.plan.make import make_plan
from fingerpost.report.plan_said import plan_document
from tests.unit.plan.conftest import TODAY, person

SPREAD = "extent_reported: metastatic\n  metastatic_sites: {present: [bone]}"


@pytest.fixture(scope="module")
def answers(knowledge: Knowledge) -> Options:
    return fp.find_options(person(knowledge, SPREAD), fp.RuleSet(knowledge, TODAY, "fda"))


def named(answers: Options, option: str) -> dict[str, PlannedExplainer]:
    return {each.explainer.id: each for each in explainers_of(make_plan(answers, option))}


def test_medicines_lead_to_how_their_kind_works(answers) -> None:
    found = named(answers, "fda.ribociclib.advanced-with-fulvestrant")
    assert found["cdk4_6_inhibitor"].drugs == ("ribociclib",)
    assert found["estrogen_blockade"].drugs == ("fulvestrant",)


def test_a_family_leads_to_what_its_wider_family_does(answers, knowledge) -> None:
    assert "endocrine_therapy" in families_of("aromatase_inhibitor", knowledge)
    found = named(answers, "fda.ribociclib.advanced-first-endocrine-with-aromatase-inhibitor")
    assert found["estrogen_blockade"].drugs == ("aromatase_inhibitor",)


def test_tests_of_the_conditions_and_of_the_checks_are_explained(answers) -> None:
    assert "esr1" in named(answers, "fda.elacestrant.advanced-esr1-after-endocrine")
    heart = named(answers, "fda.trastuzumab_deruxtecan.her2-positive-after-anti-her2")
    assert heart["lvef"].tests == ("lvef_scan",)
    assert "esr1" not in heart


def test_a_plan_names_them_and_the_list_of_sources_is_whole(answers, knowledge) -> None:
    for answer in answers.options:
        document = plan_document(make_plan(answers, answer.option.id), answers)
        assert {each["id"] for each in document["explainers"]} <= set(
            knowledge.following.explainers
        )
        assert all(each["about"] for each in document["explainers"])
        for check in (check for day in document["days"] for check in day["checks"]):
            for why in check["why"]:
                assert why["source"] is None or why["source"] in document["sources"]


def test_every_medicine_with_a_mechanism_of_its_own_is_explained(knowledge) -> None:
    """A kind of medicine that an explainer is about leads to it from every option."""
    about = {c for each in knowledge.following.explainers.values() for c in each.classes}
    assert {"chemotherapy", "endocrine_therapy", "pd1_pdl1_inhibitor"} <= about
