"""What an oncologist would say at once beside an option that fits the words of a label."""

from __future__ import annotations

import datetime as dt

import pytest

import fingerpost as fp
from fingerpost.options import RuleSet, find_options
from fingerpost.report.option_said import has_strong_warning
from fingerpost.terms import Answer, Verdict
from tests.whole import whole_knowledge

ON = dt.date(2026, 6, 30)
ADVANCED = """
  birth_date: 1984-01-01
  er_percent: 95
  pr_percent: 80
  her2_ihc: "0"
  extent_reported: metastatic
  metastatic_at_diagnosis: yes
"""
PREMENOPAUSAL = "sex: female\n  menopausal_status_reported: premenopausal"
WITH_INHIBITOR = {
    "fda.ribociclib.advanced-first-endocrine-with-aromatase-inhibitor",
    "fda.palbociclib.advanced-first-endocrine-with-aromatase-inhibitor",
    "fda.abemaciclib.advanced-first-endocrine-with-aromatase-inhibitor",
}
WITH_FULVESTRANT = "fda.ribociclib.advanced-with-fulvestrant"


def options(facts: str, treatments: str = "[]", authority: str = "fda", *, whole: bool = True):
    knowledge = whole_knowledge()
    form = f"fingerpost: 1\nfacts:{ADVANCED}  {facts}\ntreatments: {treatments}\n"
    form += f"treatments_complete: {str(whole).lower()}\n"
    record = fp.read_record(form.encode(), knowledge, on=ON)
    found = find_options(fp.derive(record, knowledge, ON), RuleSet(knowledge, ON, authority))
    return {each.option.id: each for each in (*found.options, *found.guideline)}


def said(answer) -> set[str]:
    return {each.caution.id for each in answer.cautions if each.answer is Answer.YES}


def open_(answer) -> set[str]:
    return {each.caution.id for each in answer.cautions if each.answer is Answer.UNKNOWN}


# --- ovaries and testicles that still work ------------------------------------------------------


@pytest.mark.parametrize("name", [*sorted(WITH_INHIBITOR), WITH_FULVESTRANT])
def test_before_menopause_the_ovaries_have_to_be_switched_off(name):
    found = options(PREMENOPAUSAL)[name]
    assert found.verdict is Verdict.MATCHES
    assert has_strong_warning(found)
    partner = "fulvestrant" if name == WITH_FULVESTRANT else "aromatase_inhibitor"
    assert {f"{partner}.ovaries-active", f"{partner}.ovaries-not-switched-off"} <= said(found)


@pytest.mark.parametrize("name", [*sorted(WITH_INHIBITOR), WITH_FULVESTRANT])
@pytest.mark.parametrize(
    "facts",
    [
        f"{PREMENOPAUSAL}\n  ovarian_suppression: yes",
        "sex: female\n  bilateral_oophorectomy: yes",
    ],
)
def test_with_the_ovaries_quiet_no_strong_warning_stands(facts, name):
    found = options(facts)[name]
    assert found.verdict is Verdict.MATCHES
    assert not has_strong_warning(found)


def test_what_is_not_known_of_suppression_is_asked():
    found = options(PREMENOPAUSAL, whole=False)
    for name in WITH_INHIBITOR & set(found):
        assert "aromatase_inhibitor.ovaries-active" in said(found[name])
        assert "aromatase_inhibitor.ovaries-not-switched-off" in open_(found[name])


@pytest.mark.parametrize("name", [*sorted(WITH_INHIBITOR), WITH_FULVESTRANT])
def test_in_men_the_testicles_are_switched_off_too(name):
    found = options("sex: male")[name]
    assert found.verdict is Verdict.MATCHES
    own = "ribociclib" if name == WITH_FULVESTRANT else "aromatase_inhibitor"
    assert f"{own}.men-not-suppressed" in said(found)
    assert has_strong_warning(found)
    quiet = options("sex: male\n  ovarian_suppression: yes")[name]
    assert not has_strong_warning(quiet)
    assert said(quiet) & {"ribociclib.men-with-fulvestrant", "aromatase_inhibitor.men"}


def test_women_after_menopause_hear_nothing_of_it():
    found = options("sex: female\n  bilateral_oophorectomy: yes")
    for name in (*WITH_INHIBITOR, WITH_FULVESTRANT):
        about = {each for each in said(found[name]) if "ovaries" in each or ".men" in each}
        assert about == set()


def test_a_use_that_brings_the_suppression_with_it_is_not_warned_of():
    knowledge = whole_knowledge()
    for authority in ("fda", "ema", "nice", "guideline"):
        for rule in RuleSet(knowledge, ON, authority).rules:
            classes = {c for drug in rule.option.drugs for c in _classes(drug)}
            warned = {name for name in rule.cautions if "not-s" in name and "ovaries" in name}
            if "gnrh_agonist" in classes:
                assert warned == set(), rule.option.id
            elif {"aromatase_inhibitor", "fulvestrant"} & {*classes, *rule.option.drugs}:
                assert warned, rule.option.id


def _classes(drug: str) -> set[str]:
    known = whole_knowledge().drugs.get(drug)
    return {drug} if known is None else {drug, *known.classes}


def test_ribociclib_does_not_say_twice_what_its_partner_says():
    rules = RuleSet(whole_knowledge(), ON, "fda").rules
    of_rule = {rule.option.id: set(rule.cautions) for rule in rules}
    own = {"ribociclib.men-with-fulvestrant", "ribociclib.men-not-suppressed"}
    assert own <= of_rule[WITH_FULVESTRANT]
    assert not own & of_rule["fda.ribociclib.advanced-first-endocrine-with-aromatase-inhibitor"]


@pytest.mark.parametrize("drug", ["inavolisib", "imlunestrant"])
def test_european_labels_that_name_men_say_so(drug):
    found = options("sex: male", authority="ema")
    [of_drug] = [each for name, each in found.items() if name.startswith(f"ema.{drug}.")]
    assert f"{drug}.men-not-suppressed" in said(of_drug)


# --- lungs inflamed by the same medicine --------------------------------------------------------


@pytest.mark.parametrize(
    "drug", ["trastuzumab_deruxtecan", "datopotamab_deruxtecan", "trastuzumab_emtansine"]
)
@pytest.mark.parametrize(
    ("lungs", "reason", "expected"),
    [
        ("yes", "toxicity", Answer.YES),
        ("yes", "progression", Answer.NO),
        ("no", "toxicity", Answer.NO),
        (None, "toxicity", Answer.UNKNOWN),
    ],
)
def test_lungs_inflamed_by_a_medicine_end_it_for_good(drug, lungs, reason, expected):
    facts = "sex: female" + (f"\n  ild_history: {lungs}" if lungs else "")
    course = f"[{{drugs: [{drug}], setting: metastatic, start: 2025-01-01, end: 2025-09-01, end_reason: {reason}}}]"
    found = options(facts, course)
    for answered in (each for name, each in found.items() if name.startswith(f"fda.{drug}.")):
        name = f"{drug}.lungs-after-stopping"
        assert (name in said(answered)) is (expected is Answer.YES)
        assert (name in open_(answered)) is (expected is Answer.UNKNOWN)


def test_lungs_inflamed_by_something_else_are_told_as_before():
    other = "[{drugs: [everolimus], setting: metastatic, start: 2025-01-01, end: 2025-09-01, end_reason: toxicity}]"
    found = options("sex: female\n  ild_history: yes", other)
    for name, answered in found.items():
        if name.startswith("fda.trastuzumab_deruxtecan."):
            assert "trastuzumab_deruxtecan.lungs" in said(answered)
            assert "trastuzumab_deruxtecan.lungs-after-stopping" not in said(answered)


# --- hormone medicines for cancer without receptors; diabetes ------------------------------------


@pytest.mark.parametrize(
    ("name", "caution"),
    [
        ("fda.megestrol.advanced-palliative", "megestrol.receptors"),
        ("fda.goserelin.advanced-palliative", "gnrh_agonist.receptors"),
    ],
)
def test_a_hormone_medicine_for_cancer_without_receptors_is_talked_about(name, caution):
    assert caution not in said(options(PREMENOPAUSAL)[name])
    without = options(f"{PREMENOPAUSAL}\n  hormone_receptor_reported: negative")
    # The percentages above say the opposite, so nothing is said of the receptors.
    assert caution not in said(without[name])


def test_both_kinds_of_receptors_missing_is_a_strong_warning():
    knowledge = whole_knowledge()
    form = ADVANCED.replace("er_percent: 95", "er_percent: 0").replace(
        "pr_percent: 80", "pr_percent: 0"
    )
    text = f"fingerpost: 1\nfacts:{form}  {PREMENOPAUSAL}\ntreatments: []\n"
    record = fp.read_record(text.encode(), knowledge, on=ON)
    found = find_options(fp.derive(record, knowledge, ON), RuleSet(knowledge, ON, "fda"))
    for name in ("fda.megestrol.advanced-palliative", "fda.goserelin.advanced-palliative"):
        [answered] = [each for each in found.options if each.option.id == name]
        assert answered.verdict is Verdict.MATCHES
        assert has_strong_warning(answered)


@pytest.mark.parametrize(
    ("diabetes", "strong"), [("type_1", True), ("type_2", False), ("none", False)]
)
def test_the_risks_of_alpelisib_with_type_1_diabetes_are_not_known(diabetes, strong):
    course = "[{drugs: [letrozole], setting: metastatic, start: 2024-01-01, end: 2025-09-01, end_reason: progression}]"
    facts = f"sex: female\n  bilateral_oophorectomy: yes\n  pik3ca_mutation: present\n  diabetes: {diabetes}"
    found = options(facts, course)
    [answered] = [each for name, each in found.items() if name.startswith("fda.alpelisib.")]
    assert ("alpelisib.type-1-diabetes" in said(answered)) is strong
    assert ("alpelisib.sugar" in said(answered)) is (diabetes == "type_2")
    assert answered.verdict is (Verdict.MIGHT_MATCH if strong else Verdict.MATCHES)
