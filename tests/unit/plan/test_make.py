"""From an option to its plan: what a nurse would look at first."""

from __future__ import annotations

import datetime as dt

import pytest

import fingerpost as fp
from fingerpost.errors import UsageError
from fingerpost.knowledge.model import Knowledge
from fingerpost.options.model import Options
from fingerpost.plan.make import make_plan
from fingerpost.plan.model import Plan
from tests.unit.plan.conftest import TODAY, person

SPREAD = "extent_reported: metastatic\n  metastatic_sites: {present: [bone]}"


@pytest.fixture(scope="module")
def answers(knowledge: Knowledge) -> dict[str, Options]:
    """Somebody whose cancer has spread, under every authority."""
    somebody = person(knowledge, SPREAD)
    return {
        name: fp.find_options(somebody, fp.RuleSet(knowledge, TODAY, name))
        for name in ("fda", "guideline")
    }


def plan(answers: dict[str, Options], option: str, **more: object) -> Plan:
    return make_plan(answers[option.partition(".")[0]], option, **more)


def days(made: Plan, drug: str) -> list[int]:
    return [day.number for day in made.days if drug in [dose.drug.id for dose in day.doses]]


def helps(made: Plan, effect: str) -> str:
    return " ".join(h.text for e in made.effects if e.effect.id == effect for h in e.helps)


def test_the_plan_is_of_the_part_of_treatment_of_its_option(answers) -> None:
    # The record says that the cancer has spread; the option is one after surgery.
    made = plan(answers, "fda.trastuzumab.adjuvant-with-anthracycline-and-taxane")
    assert not set(days(made, "trastuzumab")) & set(days(made, "doxorubicin"))
    assert days(made, "trastuzumab")[0] > days(made, "doxorubicin")[-1]
    assert "restaging_scan" not in {check.check.id for day in made.days for check in day.checks}


def test_an_option_for_cancer_that_spread_has_its_scans(answers) -> None:
    made = plan(answers, "fda.doxorubicin.metastatic")
    assert "restaging_scan" in {check.check.id for day in made.days for check in day.checks}


@pytest.mark.parametrize(
    ("option", "cycles"),
    [
        ("guideline.doxorubicin.early-dose-dense-then-paclitaxel", 4),
        ("guideline.epirubicin.early-fec-then-docetaxel", 3),
        ("guideline.docetaxel.early-with-cyclophosphamide", 4),
        ("fda.docetaxel.adjuvant-node-positive", 6),
    ],
)
def test_medicines_of_one_regimen_are_given_on_the_same_days(answers, option, cycles) -> None:
    made = plan(answers, option)
    partner = next(d for d in ("doxorubicin", "epirubicin", "docetaxel") if days(made, d))
    partner = option.split(".")[1] if days(made, option.split(".")[1]) else partner
    assert len(days(made, "cyclophosphamide")) == cycles
    assert days(made, "cyclophosphamide") == days(made, partner)


def parts(made: Plan) -> list[tuple[int | None, list[str]]]:
    return [(part.begins, [drug.id for drug in part.drugs]) for part in made.parts]


def cycles(made: Plan, drug: str) -> list[int]:
    return [dose.cycle for day in made.days for dose in day.doses if dose.drug.id == drug]


def test_three_parts_with_immunotherapy_follow_one_another(answers) -> None:
    option = (
        "guideline.pembrolizumab.neoadjuvant-triple-negative-with-carboplatin-taxane-anthracycline"
    )
    made = plan(answers, option)
    assert parts(made) == [
        (1, ["pembrolizumab", "paclitaxel", "carboplatin"]),
        (85, ["anthracycline", "cyclophosphamide"]),
        (None, ["pembrolizumab"]),
    ]
    assert made.parts[2].after_surgery
    assert cycles(made, "anthracycline") == [1, 2, 3, 4]
    assert cycles(made, "pembrolizumab") == [1, 2, 3, 4, 5, 6, 7, 8]
    # The heart is looked at before the anthracycline, in the days before its part begins.
    [scan] = [c for day in made.days for c in day.checks if c.check.id == "lvef"]
    assert scan.ahead


def test_the_blood_is_looked_at_with_every_dose_of_both_parts(answers) -> None:
    made = plan(answers, "guideline.epirubicin.early-fec-then-docetaxel")
    assert parts(made) == [
        (1, ["epirubicin", "fluorouracil", "cyclophosphamide"]),
        (64, ["docetaxel"]),
    ]
    blood = [d.number for d in made.days if "blood_count" in {c.check.id for c in d.checks}]
    assert blood == [0, 22, 43, 64, 85, 106]
    liver = [d.number for d in made.days if "liver_tests" in {c.check.id for c in d.checks}]
    assert liver == blood


def test_paclitaxel_after_surgery_has_the_schedule_of_the_label(answers) -> None:
    made = plan(answers, "fda.paclitaxel.adjuvant-node-positive")
    assert days(made, "doxorubicin") == [1, 22, 43, 64]
    assert days(made, "paclitaxel") == [85, 106, 127, 148]
    assert cycles(made, "paclitaxel") == [1, 2, 3, 4]
    [paclitaxel, _] = made.drugs
    assert any("every week" in way.plain for way in paclitaxel.others)


def test_tablets_of_a_regimen_end_with_it(answers) -> None:
    made = plan(
        answers, "guideline.cyclophosphamide.early-with-methotrexate-and-fluorouracil", weeks=52
    )
    assert {each.given.cycles for each in made.drugs if each.given} == {6}
    assert days(made, "methotrexate")[-1] == days(made, "fluorouracil")[-1] == 148
    assert made.days[-1].number <= 168


def test_antibodies_of_a_second_part_are_given_for_a_year_from_its_begin(answers) -> None:
    option = "guideline.doxorubicin.neoadjuvant-her2-positive-then-taxane-trastuzumab-pertuzumab"
    made = plan(answers, option, weeks=104)
    assert parts(made)[1] == (57, ["paclitaxel", "trastuzumab", "pertuzumab"])
    assert days(made, "trastuzumab") == list(range(57, 57 + 364, 21))
    assert cycles(made, "trastuzumab") == list(range(1, 19))


def test_what_has_no_days_is_known_by_its_reason(answers) -> None:
    made = plan(answers, "fda.pembrolizumab.early-tnbc-perioperative")
    told = [(each.id, each.part, each.without_days) for each in made.drugs]
    assert told == [
        ("pembrolizumab", 1, None),
        ("pembrolizumab", 2, "after_surgery"),
        ("chemotherapy", 1, "which_medicine"),
    ]
    effects = [entry.id for each in made.effects for _, entry in each.by]
    assert len(effects) == len(set(effects))


def test_a_family_says_nothing_of_a_medicine_that_says_its_own(answers) -> None:
    # Fulvestrant is an injection; that hormone medicines are mostly tablets is not about it.
    [fulvestrant] = plan(answers, "fda.fulvestrant.advanced-after-endocrine").drugs
    assert not [way.plain for way in fulvestrant.others if "tablet" in way.plain]


def test_of_a_family_the_side_effects_of_its_medicines_are_told(answers) -> None:
    made = plan(answers, "fda.pembrolizumab.metastatic-tnbc-with-chemotherapy")
    common = {each.effect.id: each.how_common for each in made.effects}
    assert common["hair_loss"] == common["neutropenia"] == common["nausea"] == "very_common"
    hormones = plan(answers, "fda.abemaciclib.adjuvant-with-endocrine-therapy")
    assert "hot_flashes" in {each.effect.id for each in hormones.effects}


def test_what_is_told_of_a_family_is_checked_no_better_than_its_parts(answers) -> None:
    made = plan(answers, "fda.pembrolizumab.metastatic-tnbc-with-chemotherapy")
    told = [entry for e in made.effects for _, entry in e.by if entry.classes == ("chemotherapy",)]
    assert told
    assert all(entry.state != "verified" and not entry.figures for entry in told)


def test_help_with_one_medicine_is_not_told_with_another(answers) -> None:
    assert "everolimus" in helps(
        plan(answers, "fda.everolimus.advanced-after-letrozole-or-anastrozole"), "mouth_sores"
    )
    for option in ("fda.doxorubicin.metastatic", "fda.capecitabine.advanced-single-agent"):
        told = helps(plan(answers, option), "mouth_sores")
        assert told
        assert "everolimus" not in told
        assert "datopotamab" not in told


def test_with_immunotherapy_a_call_comes_before_medicine_against_diarrhea(answers) -> None:
    told = helps(plan(answers, "fda.pembrolizumab.metastatic-tnbc-with-chemotherapy"), "diarrhea")
    assert "call before you take medicine against diarrhea" in told
    assert "to have at home" not in told
    told = helps(plan(answers, "fda.capecitabine.advanced-single-agent"), "diarrhea")
    assert "to have at home" in told
    assert "immunotherapy" not in told


@pytest.mark.parametrize("start", ["9999-12-01", "0001-01-01"])
def test_a_start_at_the_end_of_the_calendar_is_refused(answers, start) -> None:
    day = dt.date.fromisoformat(start)
    with pytest.raises(UsageError):
        plan(answers, "fda.doxorubicin.metastatic", start=day, weeks=260)
