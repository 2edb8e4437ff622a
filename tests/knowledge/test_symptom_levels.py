"""One sign has one level, under whatever symptom somebody looks it up; and the short list of emergencies agrees."""

from __future__ import annotations

import re
from itertools import combinations

import pytest

from fingerpost.plan.symptoms import when_to_call
from fingerpost.terms import LEVELS
from tests.whole import whole_knowledge

FOLLOWING = whole_knowledge().following
SYMPTOMS = FOLLOWING.symptoms
_SMALL_WORDS = frozenset(
    re.findall(
        "[a-z]+",
        "a, an, the, or, and, i, my, in, of, it, is, me, to, not, at, as, with, than, more, have, for, that, on,"
        " there, like, has, been, all, be",
    )
)
# So many of the words of the shorter one stand in the longer one: then two entries may be the same sign.
_ALIKE = 0.6

# Entries with like words and two levels, and why this is right.
DIFFER = {
    ("back_pain.bladder", "vaginal_bleeding.change"): "another part of the body",
    ("back_pain.new", "cough_breathlessness.new"): "another part of the body",
    ("back_pain.new", "headache_nerves.stays"): "another part of the body",
    ("bleeding.lungs", "urine.blood"): "blood in the urine, not coughed up or vomited",
    ("cough_breathlessness.blood", "urine.blood"): "blood in the urine, not coughed up",
    ("urine.blood", "vomiting.blood"): "blood in the urine, not vomited",
    ("diarrhea.dry", "urine.little"): "diarrhea as well: the body dries out",
    ("diarrhea.pain", "pregnancy.pain"): "pregnant as well",
    ("diarrhea.pain", "thirst.vomiting"): "great thirst as well: very high sugar",
    ("ankle_swelling.racing", "low_calcium.spasms"): "cramps as well: very low calcium",
    (
        "fainting_palpitations.palpitations",
        "low_calcium.spasms",
    ): "cramps as well: very low calcium",
    (
        "high_calcium.some",
        "thirst.some",
    ): "asked only of those whose cancer is advanced; for them a rule raises thirst as well",
    ("fatigue.usual", "something_else.much"): "one says that it can be done, one that it cannot",
    ("hand_foot.tingling", "something_else.little"): "a known effect of a medicine",
    ("diarrhea.fever", "*.fever"): "an inflamed gut with low white blood cells",
    ("blood_in_stool.fever", "*.fever"): "an inflamed gut with low white blood cells",
    ("diarrhea.fever", "fever.unwell"): "an inflamed gut with low white blood cells",
    ("blood_in_stool.fever", "fever.unwell"): "an inflamed gut with low white blood cells",
}

# The entries that each sign of the short list stands for.
EMERGENCIES = {
    "chest pain": ["chest_pain.gone", "chest_pain.now", "muscle_weakness.chest"],
    "trouble breathing": [
        "cough_breathlessness.rest",
        "ankle_swelling.severe",
        "fever.breathless",
        "pale_breathless.rest",
        "infusion_reaction.breathing",
        "muscle_weakness.swallowing",
        "hot_swelling.breathless",
        "leg_swelling.breathless",
    ],
    "swollen lips, tongue or throat": ["facial_swelling.lips", "infusion_reaction.breathing"],
    "fainting": [
        "fainting_palpitations.fainted",
        "ankle_swelling.fainted",
        "hormone_glands.fainted",
        "infusion_reaction.faint",
        "pale_breathless.chest",
        "vaginal_bleeding.faint",
    ],
    "a seizure": ["headache_nerves.sudden", "low_calcium.spasms"],
    "sudden confusion": [
        "headache_nerves.confused",
        "fever.confused",
        "high_calcium.sleepy",
        "hot_swelling.confused",
        "thirst.sleepy",
        "urine.confused",
        "vomiting.confused",
        "yellow_skin.confused",
    ],
    "sudden weakness or trouble with speech or sight": [
        "headache_nerves.sudden",
        "back_pain.legs",
        "eyes.sudden",
        "numbness.sudden",
    ],
    "bleeding that does not stop": [
        "bleeding.heavy",
        "vaginal_bleeding.heavy",
        "blood_in_stool.heavy",
    ],
    "no urine for a day": ["urine.none", "fever.no_urine"],
    "thoughts of harming yourself": ["mood.harm"],
}


def _words(text: str) -> set[str]:
    found = re.findall(r"[a-z0-9]+", text.lower())
    return {re.sub(r"(ing|ed|es|s|ly)$", "", word) for word in found if word not in _SMALL_WORDS}


def _own_levels() -> dict[str, tuple[str, str]]:
    return {
        f"{symptom.id}.{key}": (entry.plain, entry.level)
        for symptom in SYMPTOMS.values()
        for key, entry in (*symptom.answers.items(), *symptom.signs.items())
    }


def _levels_of_all_rules() -> dict[str, tuple[str, str]]:
    concerns = when_to_call(
        None, whole_knowledge(), on=whole_knowledge().about.version_day, authority=None
    )
    return {
        f"{each.symptom.id}.{entry.id}": (entry.plain, entry.level)
        for each in concerns
        for entry in each.entries
    }


def _two_levels(of: dict[str, tuple[str, str]]) -> set[tuple[str, str]]:
    """Entries of two symptoms that have like words and two levels."""
    found = set()
    for (one, (plain, level)), (other, (its_plain, its_level)) in combinations(
        sorted(of.items()), 2
    ):
        ours, theirs = _words(plain), _words(its_plain)
        if one.split(".")[0] == other.split(".")[0] or level == its_level or not (ours and theirs):
            continue
        if len(ours & theirs) / min(len(ours), len(theirs)) >= _ALIKE:
            found.add((one, other))
    return found


def _excepted(pair: tuple[str, str]) -> tuple[str, str] | None:
    for one, other in (pair, pair[::-1]):
        for named in ((one, other), (one, f"*.{other.split('.')[1]}")):
            if named in DIFFER:
                return named
    return None


@pytest.mark.parametrize("levels", [_own_levels, _levels_of_all_rules])
def test_one_sign_has_one_level(levels):
    found = {pair for pair in _two_levels(levels()) if _excepted(pair) is None}
    told = {f"{one} and {other}": (levels()[one], levels()[other]) for one, other in found}
    assert told == {}


def test_every_exception_is_still_one():
    pairs = _two_levels(_own_levels()) | _two_levels(_levels_of_all_rules())
    assert set(DIFFER) - {_excepted(pair) for pair in pairs} == set()


def test_the_short_list_of_emergencies_says_what_the_symptoms_say():
    assert set(FOLLOWING.levels["emergency_now"].signs) == set(EMERGENCIES)
    levels = _own_levels()
    wrong = {
        name: levels[name] for names in EMERGENCIES.values() for name in names
        if levels[name][1] != "emergency_now"
    }  # fmt: skip
    assert wrong == {}


def test_levels_named_first_are_reached():
    for name, level in FOLLOWING.levels.items():
        for symptom in level.first:
            entries = (*SYMPTOMS[symptom].answers.values(), *SYMPTOMS[symptom].signs.values())
            rules = [r for rule in SYMPTOMS[symptom].rules for r in rule.answers.values()]
            own = [each.level for each in entries]
            assert max(map(LEVELS.index, [*own, *rules])) >= LEVELS.index(name), symptom
