"""For how long contraception is needed is told where our files know it, and asked only where not."""

from __future__ import annotations

import datetime as dt

import pytest

import fingerpost as fp
from tests.whole import whole_knowledge

ON = dt.date(2026, 11, 22)
ASK = "pregnancy.contraception-how-long"


@pytest.fixture(scope="module")
def knowledge():
    return whole_knowledge()


def cautions(knowledge, authority: str, option: str) -> set[str]:
    rules = fp.RuleSet(knowledge, ON, authority).rules
    [found] = [rule for rule in rules if rule.option.id == option]
    return {name for name in found.cautions if "contraception" in name}


def test_what_is_known_is_not_asked(knowledge) -> None:
    found = cautions(knowledge, "fda", "fda.ribociclib.advanced-with-fulvestrant")
    assert found == {"ribociclib.contraception-women", "fulvestrant.contraception-women"}


def test_it_is_asked_where_one_medicine_or_family_tells_nothing(knowledge) -> None:
    found = cautions(knowledge, "fda", "fda.everolimus.advanced-after-letrozole-or-anastrozole")
    assert found == {"everolimus.contraception-women", ASK}
    option = "fda.ribociclib.advanced-first-endocrine-with-aromatase-inhibitor"
    assert ASK in cautions(knowledge, "fda", option)


def test_of_two_labels_the_one_of_the_place_counts(knowledge) -> None:
    found = cautions(knowledge, "ema", "ema.capecitabine.advanced-with-docetaxel")
    assert "docetaxel.contraception-women-eu" in found
    assert "docetaxel.contraception-women" not in found


def test_every_time_that_is_told_says_of_whom(knowledge) -> None:
    for name, caution in knowledge.cautions.items():
        if "contraception-women" in name or "contraception-men" in name:
            assert caution.tells == (
                "contraception_men" if "contraception-men" in name else "contraception_women"
            ), name
