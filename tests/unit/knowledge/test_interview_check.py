"""Questions that lead nowhere, or come at the place of another, are told to the curator."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from fingerpost.knowledge.interview_check import (
    questions_have_one_order,
    questions_lead_somewhere,
)
from fingerpost.knowledge.model import Knowledge
from tests.whole import whole_knowledge

DAY = dt.date(2026, 11, 26)


def _with(knowledge: Knowledge, **changes: object) -> Knowledge:
    following = knowledge.following
    first = replace(following.interview["er"], **changes)  # type: ignore[arg-type]
    asks = {**following.interview, "er": first}
    return replace(knowledge, following=replace(following, interview=asks))


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"section": "nowhere"}, "no section `nowhere`"),
        ({"fact": "er_percents"}, "no fact `er_percents`"),
        ({"coarser": "er_reporte"}, "no fact `er_reporte`"),
    ],
)
def test_every_name_leads_somewhere(changes: dict[str, object], told: str) -> None:
    found = list(questions_lead_somewhere(_with(whole_knowledge(), **changes), DAY))
    assert [told in each.what for each in found] == [True]


def test_no_two_questions_have_one_order() -> None:
    found = list(questions_have_one_order(_with(whole_knowledge(), order=120), DAY))
    assert [each.code for each in found] == ["same-order"]


def test_the_knowledge_itself_is_whole() -> None:
    knowledge = whole_knowledge()
    assert not list(questions_lead_somewhere(knowledge, DAY))
    assert not list(questions_have_one_order(knowledge, DAY))
