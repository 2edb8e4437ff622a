"""How medicines are given and watched: nothing is forgotten, and nothing is said without its state."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from fingerpost.knowledge.load import DATA
from fingerpost.knowledge.yaml_source import read_yaml
from tests.whole import whole_knowledge

KNOWLEDGE = whole_knowledge()
FOLLOWING = KNOWLEDGE.following
# A number with the unit of a dose, or of a limit at which a dose waits.
DOSE = re.compile(
    r"\d\s*(mg|mcg|ml|points?|ms|msec|mmol|mg/dL|times the limit)\b|\d\s*%|\b(AUC|ULN|ANC|CrCl)\b"
)
UNKIND = re.compile(
    r"\b(failed|fight|battle|attack\w*|should take|best|safe|cures?|recommended for you|simply|obviously)\b",
    re.IGNORECASE,
)
BRITISH = re.compile(r"diarrhoea|anaemia|oestr|tumour|oedema|haemo", re.IGNORECASE)
MOST_WORDS = 20
DAYS = {"days": 1, "weeks": 7, "months": 30, "years": 365}
# Schedules that a reader may plan by: given, and what is watched.
ENTRIES = {f"given.{k}": v for k, v in FOLLOWING.given.items()} | {
    f"monitoring.{k}": v for k, v in FOLLOWING.monitoring.items()
}


def named():
    """Every medicine, and every family of which one is chosen, that an option names."""
    return sorted({drug for option in KNOWLEDGE.options.values() for drug in option.drugs})


def families(name):
    """The name, the classes above it, and for a medicine in one box with another its parts."""
    drug = KNOWLEDGE.drugs.get(name)
    if drug is None:
        return {name, *KNOWLEDGE.classes[name].parents}
    parts = [KNOWLEDGE.drugs[part] for part in drug.components]
    return {name, *drug.classes, *drug.components}.union(*(part.classes for part in parts))


def about(entries, name):
    wanted = families(name)
    return [each for each in entries.values() if wanted & {*each.drugs, *each.classes}]


def days_of(span):
    return span.amount * DAYS[span.unit]


def spoken(entry):
    """What a reader who is no professional may come to see."""
    return [
        text
        for key in ("plain", "purpose", "note", "label", "prepare")
        if (text := getattr(entry, key, None))
    ]


@pytest.mark.parametrize("name", named())
def test_somebody_can_say_how_it_is_given(name):
    own = [each for each in FOLLOWING.given.values() if name in {*each.drugs, *each.classes}]
    assert own, f"nothing says how {name} is given: monitoring/{name}.yaml"


@pytest.mark.parametrize("name", named())
def test_its_checks_are_listed_or_left_empty_on_purpose(name):
    file = DATA / "monitoring" / f"{name}.yaml"
    if not about(FOLLOWING.monitoring, name):
        document, _ = read_yaml(file.read_bytes(), file.name)
        assert document is not None
        assert "monitoring" in document.tree, f"{name}: write `monitoring: {{}}` if there is none"


@pytest.mark.parametrize("file", sorted(DATA.glob("monitoring/*.yaml")), ids=lambda f: f.stem)
def test_exactly_one_way_of_a_file_is_the_usual_one(file):
    ways = [each for key, each in FOLLOWING.given.items() if key.startswith(f"{file.stem}.")]
    assert not ways or [each.usual for each in ways].count(True) == 1


@pytest.mark.parametrize("key", ENTRIES)
def test_it_has_a_source_or_says_that_nobody_looked(key):
    entry = ENTRIES[key]
    assert (entry.source is None) == (entry.state == "unverified")


@pytest.mark.parametrize("key", ENTRIES)
def test_what_people_read_is_kind_and_short_and_has_no_doses(key):
    for text in spoken(ENTRIES[key]):
        assert not DOSE.search(text), text
        assert not UNKIND.search(text), text
        assert not BRITISH.search(text), text
    for spot in ("plain", "purpose"):
        words = getattr(ENTRIES[key], spot, "").split()
        assert len(words) <= MOST_WORDS


@pytest.mark.parametrize("key", FOLLOWING.given)
def test_days_of_a_cycle_are_in_order(key):
    given = FOLLOWING.given[key]
    for days in (given.days, given.first_cycle_days):
        assert list(days) == sorted(set(days))
    if given.first_cycle_days:
        assert given.days
        assert given.first_cycle_days[-1] <= given.cycle_days
    if given.cycle_days is None:
        assert given.cycles is None
    for minutes in (given.first_minutes, given.later_minutes, given.observe_minutes):
        assert minutes is None or list(minutes) == sorted(minutes)
    assert given.first_minutes is None or given.later_minutes is not None


@pytest.mark.parametrize("key", FOLLOWING.given)
def test_what_is_swallowed_has_no_days_and_what_is_given_in_a_hospital_has_them(key):
    given = FOLLOWING.given[key]
    if given.how == "oral":
        assert not given.days
        assert given.first_minutes is None
    elif given.drugs:
        assert given.days


@pytest.mark.parametrize("key", FOLLOWING.given)
def test_partners_are_medicines_that_some_option_names_beside_it(key):
    given = FOLLOWING.given[key]
    together = [set(option.drugs) for option in KNOWLEDGE.options.values()]
    for partner in given.together_with:
        beside = {
            name for name in named() if partner in families(name) or name in families(partner)
        }
        mine = {name for name in named() if families(name) & {*given.drugs, *given.classes}}
        assert any(drugs & beside and drugs & mine for drugs in together), partner


@pytest.mark.parametrize("key", FOLLOWING.monitoring)
def test_phases_follow_each_other(key):
    monitoring = FOLLOWING.monitoring[key]
    assert list(monitoring.on_days) == sorted(set(monitoring.on_days))
    ends = [days_of(phase.until) for phase in monitoring.phases if phase.until is not None]
    assert all(earlier < later for earlier, later in pairwise(ends))
    for phase, begins in zip(monitoring.phases, [0, *ends], strict=False):
        if phase.every is not None and phase.until is not None:
            assert days_of(phase.every) <= days_of(phase.until) - begins
    # Watched more closely at first, never the other way round.
    rhythm = [days_of(phase.every) for phase in monitoring.phases if phase.every is not None]
    assert rhythm == sorted(rhythm)


@pytest.mark.parametrize("key", FOLLOWING.checks)
def test_a_check_is_told_plainly_and_used(key):
    check = FOLLOWING.checks[key]
    for text in spoken(check):
        assert not UNKIND.search(text), text
        assert not BRITISH.search(text), text
    assert len(check.plain.split()) <= MOST_WORDS


def apart(one, other):
    """Whether the one wording was over before the other began."""
    return any(
        earlier.until and later.start and earlier.until < later.start
        for earlier, later in ((one, other), (other, one))
    )


def test_wordings_of_one_check_by_one_authority_do_not_overlap():
    seen = {}
    for each in FOLLOWING.monitoring.values():
        if each.authority == "any" or each.before == "none":
            continue
        same = seen.setdefault((each.drugs, each.classes, each.check, each.authority), [])
        for other in same:
            assert apart(each, other), f"{each.id} and {other.id} hold at the same time"
        same.append(each)


def test_what_europe_asks_for_is_answered_for_the_united_kingdom_too():
    told = {
        authority: {
            (m.drugs, m.classes, m.check)
            for m in FOLLOWING.monitoring.values()
            if m.authority == authority
        }
        for authority in ("ema", "nice")
    }
    assert told["ema"] == told["nice"]
