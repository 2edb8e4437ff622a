"""Plans of six invented people: every claim leads to a source or says that nobody checked it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import fingerpost
from fingerpost.plan.make import make_plan
from fingerpost.report.plan_said import plan_document
from fingerpost.terms import Verdict
from tests.whole import whole_knowledge

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
PEOPLE = ("nora.json", "maria.yaml", "ines.yaml", "hanna.yaml", "beth.yaml", "sam.yaml")
ON = dt.date(2026, 11, 22)
OPEN = (Verdict.MATCHES, Verdict.MIGHT_MATCH)


@cache
def answer_of(name: str, authority: str) -> Any:
    knowledge = whole_knowledge()
    record = fingerpost.read_record(EXAMPLES / name, knowledge, on=ON)
    rules = fingerpost.RuleSet(knowledge, ON, authority)
    return fingerpost.find_options(fingerpost.derive(record, knowledge, ON), rules)


@cache
def documents(name: str, authority: str, audience: Any) -> tuple[Any, ...]:
    options = answer_of(name, authority)
    ids = [each.option.id for each in options.options if each.verdict in OPEN]
    return tuple(
        plan_document(make_plan(options, option, start=ON), options, audience=audience)
        for option in ids
    )


def claims(document: Any) -> Iterator[Any]:
    """Everything of a plan that claims something."""
    yield from (each for each in document["given"] if each["plain"] is not None)
    for day in document["days"]:
        for check in day["checks"]:
            yield from check["why"]
    yield from document["later"]
    yield from document["boxed"]
    for effect in document["effects"]:
        yield from effect["by"]
        yield from effect["figures"]
    yield from document["cautions"]
    yield from document["evidence"]


@pytest.mark.parametrize("authority", ["fda", "ema", "nice"])
@pytest.mark.parametrize("name", PEOPLE)
def test_every_claim_leads_to_a_source_or_says_that_nobody_checked_it(name, authority) -> None:
    known = whole_knowledge().sources
    found = [claim for each in documents(name, authority, "professional") for claim in claims(each)]
    assert found
    for claim in found:
        if claim["source"] is None:
            assert claim["state"] == "unverified", claim
        else:
            assert claim["source"] in known, claim


@pytest.mark.parametrize("authority", ["fda", "ema", "nice"])
@pytest.mark.parametrize("name", PEOPLE)
def test_a_patient_is_shown_no_dose_no_threshold_and_no_unverified_figure(name, authority) -> None:
    for document in documents(name, authority, "patient"):
        assert all(each["dose"] is None for each in document["given"])
        whys = [why for day in document["days"] for c in day["checks"] for why in c["why"]]
        assert all(why["gate"] is None for why in whys)
        figures = [figure for effect in document["effects"] for figure in effect["figures"]]
        assert all(figure["state"] == "verified" for figure in figures)
        assert all(each["state"] in ("verified", None) for each in document["evidence"])


@pytest.mark.parametrize("name", PEOPLE)
def test_every_open_option_says_how_it_is_given_and_what_it_can_do(name) -> None:
    for document in documents(name, "fda", "professional"):
        option = document["option"]["id"]
        assert all(each["plain"] for each in document["given"]), option
        assert document["effects"], option


@pytest.mark.parametrize("name", PEOPLE)
def test_days_are_in_order_and_none_stands_twice(name) -> None:
    for document in documents(name, "fda", "professional"):
        numbers = [day["day"] for day in document["days"]]
        assert numbers == sorted(set(numbers)), document["option"]["id"]
        for day in document["days"]:
            ids = [check["id"] for check in day["checks"]]
            assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", PEOPLE)
def test_each_effect_stands_once(name) -> None:
    for document in documents(name, "fda", "professional"):
        ids = [effect["id"] for effect in document["effects"]]
        assert len(ids) == len(set(ids))
