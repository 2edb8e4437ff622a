"""One medicine with several authorities, and what changed between two days."""

from __future__ import annotations

import datetime as dt
from functools import cache

import pytest

from fingerpost.options.changes import changes_between
from fingerpost.options.compare import compare
from fingerpost.options.people import Inventor
from fingerpost.options.uses import Uses
from fingerpost.terms import Answer
from tests.whole import whole_knowledge

ON = dt.date(2026, 11, 22)


@cache
def knowledge():
    return whole_knowledge()


@cache
def use(drug: str, row: str, on: dt.date = ON):
    return next(use for use in compare(knowledge(), drug, on) if use.row == row)


def difference(drug: str, row: str, first: str, second: str):
    wanted = (first, second)
    return next(
        each
        for each in use(drug, row).differences
        if (each.first.partition(".")[0], each.second.partition(".")[0]) == wanted
    )


# Table 2.9 of the fact base: where the authorities are known to differ. In each pair the first is the wider.
NARROWER = [
    ("alpelisib", "H11", "fda", "nice"),
    ("elacestrant", "H14", "fda", "ema"),
    ("capivasertib", "H12", "fda", "nice"),
    ("tucatinib", "P8", "fda", "ema"),
    ("neratinib", "Q6", "fda", "ema"),
    ("olaparib", "B2", "fda", "ema"),
    ("talazoparib", "B3", "fda", "ema"),
    ("trastuzumab_deruxtecan", "H18", "fda", "ema"),
    ("pembrolizumab", "T2", "fda", "ema"),
    ("pembrolizumab", "T2", "fda", "nice"),
    ("everolimus", "H10", "fda", "ema"),
]


@pytest.mark.parametrize(("drug", "row", "wide", "narrow"), NARROWER)
def test_somebody_fits_the_wider_wording_only(drug, row, wide, narrow):
    found = difference(drug, row, wide, narrow)
    assert found.only_second, "the narrower wording asks for something of its own"
    assert found.fits_first is not None
    person = found.fits_first.person
    inventor = Inventor(knowledge())
    nodes = {
        wording.authority: knowledge().graph.nodes[wording.window.together]
        for wording in use(drug, row).wordings
        if wording.window is not None
    }
    assert inventor.answer(nodes[wide], person.record, person.on) is Answer.YES
    assert inventor.answer(nodes[narrow], person.record, person.on) is not Answer.YES


def test_equal_conditions_are_in_common_whatever_their_words():
    found = use("alpelisib", "H11")
    assert "pik3ca_mutation is present" in [c.when for c in found.in_common]


def test_a_use_that_nobody_has_on_the_day_is_told_without_a_wording():
    found = use("elacestrant", "H14", dt.date(2020, 1, 1))
    assert all(wording.window is None for wording in found.wordings)
    assert found.differences == ()


def test_every_option_of_a_compared_authority_is_in_one_use():
    uses = Uses(knowledge())
    ids = [option.id for each in uses.all() for option in each]
    compared = [o.id for o in knowledge().options.values() if o.authority in ("fda", "ema", "nice")]
    assert sorted(ids) == sorted(compared)


def test_an_authority_has_a_use_once_or_in_parts_of_one_row():
    for each in Uses(knowledge()).all():
        assert len({option.drug for option in each}) == 1
        assert len({option.row for option in each}) == 1


def test_a_row_with_several_uses_pairs_those_of_one_name():
    uses = Uses(knowledge())
    letrozole = knowledge().options["fda.letrozole.advanced-first-line"]
    assert {o.id.rpartition(".")[2] for o in uses.of(letrozole)} == {"advanced-first-line"}


# --- what changed -------------------------------------------------------------------------


def changes(earlier: str, later: str, **only):
    return {
        change.option.id: change
        for change in changes_between(
            knowledge(), dt.date.fromisoformat(earlier), dt.date.fromisoformat(later), **only
        )
    }


def test_a_new_use_comes_with_somebody_whom_it_fits():
    found = changes("2026-04-30", "2026-05-01", authority="fda")
    change = found["fda.vepdegestrant.advanced-esr1-after-endocrine"]
    assert (change.kind, change.before) == ("appeared", None)
    assert change.gains is not None
    assert change.loses is None


def test_a_use_that_was_withdrawn_is_told_with_how():
    found = changes("2021-08-26", "2021-08-27", drug="atezolizumab")
    change = found["fda.atezolizumab.tnbc-with-nab-paclitaxel"]
    assert change.kind == "left"
    assert change.before is not None
    assert change.before.ended == "withdrawn"
    assert change.loses is not None


def test_a_condition_that_was_dropped_lets_somebody_in():
    found = changes("2023-03-02", "2023-03-03", authority="fda", drug="abemaciclib")
    change = found["fda.abemaciclib.adjuvant-with-endocrine-therapy"]
    assert change.kind == "changed"
    assert any("ki67_percent" in str(c.when) for c in change.gone)
    assert change.gains is not None
    inventor = Inventor(knowledge())
    case = inventor.case_of(change.gains.record, change.gains.on)
    assert (
        change.gains.record["facts"].get("ki67_percent", 0) < 20 or "ki67_percent" not in case.facts
    )


def test_the_same_day_twice_has_no_changes():
    assert changes("2026-05-01", "2026-05-01") == {}
