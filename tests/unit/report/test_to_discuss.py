"""What somebody told of themselves stands where an option is shown, not only on its own page."""

from __future__ import annotations

import datetime as dt
import json

import pytest

import fingerpost as fp
from fingerpost.report.documents import options_document
from fingerpost.report.option_said import is_after_surgery
from fingerpost.report.sheet_said import sheet_document
from tests.whole import whole_knowledge

ON = dt.date(2026, 11, 26)
SPREAD = {"extent_reported": "metastatic", "sex": "female", "birth_date": "1970"}
TRIPLE = {"er_percent": 0, "pr_percent": 0, "her2_ihc": "0", "pdl1_cps_22c3": 12}
RECEPTOR = {"er_percent": 95, "pr_percent": 60, "her2_ihc": "0"}


def options(authority: str, treatments=(), **facts):
    form = {
        "fingerpost": 1,
        "facts": facts,
        "treatments": list(treatments),
        "treatments_complete": True,
    }
    knowledge = whole_knowledge()
    record = fp.read_record(json.dumps(form).encode(), knowledge, on=ON)
    return fp.find_options(fp.derive(record, knowledge, ON), fp.RuleSet(knowledge, ON, authority))


def said(found, option: str):
    return next(o for o in options_document(found)["options"] if o["id"] == option)


def test_a_told_illness_is_to_be_discussed_and_stands_beside_immunotherapy() -> None:
    found = options("fda", **SPREAD, **TRIPLE, active_autoimmune_disease="yes")
    sheet = sheet_document(found)
    assert sheet["immunotherapy"]["verdict"] == "matches"
    assert "To talk about first:" in sheet["immunotherapy"]["text"]
    titles = [group["title"] for group in sheet["options"]]
    assert "Fit the label, with something to talk about first" in titles
    assert any("Active autoimmune disease: yes" in told for told in sheet["known"])
    without = sheet_document(options("fda", **SPREAD, **TRIPLE, active_autoimmune_disease="no"))
    assert "To talk about first:" not in without["immunotherapy"]["text"]


def test_what_holds_for_everybody_is_nothing_to_discuss() -> None:
    for option in options_document(options("fda", **SPREAD, **TRIPLE))["options"]:
        called_up = {c["id"]: c for c in option["cautions"] if c["id"] in option["to_discuss"]}
        assert len(called_up) == len(option["to_discuss"])
        assert all(c["answer"] == "yes" and c["because"] for c in called_up.values())
        assert all(c["effect"] != "info" for c in called_up.values())
        assert option["strong_warning"] <= bool(option["to_discuss"])


GREW = {
    "drugs": ["letrozole", "palbociclib"],
    "setting": "metastatic",
    "start": "2024-01",
    "end": "2026-01",
    "end_reason": "progression",
}


def test_another_medicine_of_the_same_family_says_what_was_had() -> None:
    found = options(
        "ema", [GREW], **SPREAD, **RECEPTOR, menopausal_status_reported="postmenopausal"
    )
    alone = said(found, "ema.anastrozole.advanced")
    assert alone["had_before"] == []
    [told] = alone["had_family_before"]
    assert "aromatase inhibitor" in told
    assert "grew" in told
    same = next(o for o in options_document(found)["options"] if o["drugs"][0] == "letrozole")
    assert same["had_before"]
    assert same["had_family_before"] == []
    other = next(o for o in options_document(found)["options"] if o["drugs"][0] == "elacestrant")
    assert other["had_family_before"] == []


@pytest.mark.parametrize("planned", [True, False])
def test_before_surgery_what_comes_after_it_is_for_later(planned) -> None:
    facts = {"extent_reported": "early", "breast_surgery": "planned" if planned else "not_planned"}
    early = {"sex": "female", "birth_date": "1970", **facts, **RECEPTOR}
    found = options("fda", **early)
    answers = {each.option.id: each for each in found.options}
    later = {name for name, each in answers.items() if is_after_surgery(each, found)}
    assert ("fda.tamoxifen.adjuvant" in later) is planned
    # What something else speaks against is not for later: a medicine for HER2-positive cancer.
    assert not any("trastuzumab" in name for name in later)


def test_a_fact_that_says_no_comes_before_the_list_of_treatments() -> None:
    found = options("fda", **SPREAD, **RECEPTOR, menopausal_status_reported="premenopausal")
    letrozole = next(
        o
        for o in options_document(found)["options"]
        if o["drugs"] == ["letrozole"] and o["verdict"] == "does_not_match"
    )
    first = letrozole["criteria"][letrozole["deciding"][0]]["because"][0]
    assert first["label"].startswith("Menopausal status")
