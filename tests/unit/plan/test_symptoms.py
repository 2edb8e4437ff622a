"""How soon to call: whatever is added, worsened or taken away, the level never falls."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fingerpost.criteria.case import Case
from fingerpost.criteria.evaluate import evaluate
from fingerpost.errors import UsageError
from fingerpost.facts.model import Facts
from fingerpost.plan.symptoms import Said, Told, how_soon, when_to_call
from fingerpost.terms import LEVELS, Answer
from fingerpost.values import Choice, Days, Members
from tests.unit.plan.conftest import TODAY, person, taking
from tests.whole import whole_knowledge

KNOWN = whole_knowledge()
SYMPTOMS = KNOWN.following.symptoms
AUTHORITIES = (None, "fda", "ema", "nice", "guideline", "local")
SITES = ("bone", "liver", "lung", "brain", "meninges")
many = settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)


def rank(level: str) -> int:
    return LEVELS.index(level)


# --- random people and random complaints ----------------------------------------------------


def _parents(name: str) -> set[str]:
    found = {name}
    for parent in KNOWN.classes[name].parents:
        found |= _parents(parent)
    return found


def _treatment(drug: str, start: dt.date, days: int, ongoing: bool) -> dict:
    classes = {c for own in KNOWN.drugs[drug].classes for c in _parents(own)}
    end = Days(TODAY, None) if ongoing else Days(start, start + dt.timedelta(days=days))
    return {
        "drug": Members(frozenset({drug}), frozenset(KNOWN.drugs) - {drug}),
        "class": Members(frozenset(classes), frozenset(KNOWN.classes) - classes),
        "start": Days(start, start),
        "end": end,
    }


treatments = st.builds(
    _treatment,
    st.sampled_from(sorted(KNOWN.drugs)),
    st.dates(dt.date(2024, 6, 1), TODAY),
    st.integers(0, 400),
    st.booleans(),
)


def _flag(yes: bool) -> Choice:
    return Choice(frozenset({"yes" if yes else "no"}))


def _spread(sites: frozenset[str]) -> dict:
    if not sites:
        return {"extent_reported": Choice(frozenset({"early"}))}
    return {
        "extent_reported": Choice(frozenset({"metastatic"})),
        "metastatic_sites": Members(sites, frozenset(SITES) - sites),
    }


# Nobody here contradicts himself: somebody with early cancer has no metastasis.
facts = st.builds(
    lambda spread, sex, steroids, ace: {
        **_spread(spread),
        "sex": Choice(frozenset({sex})),
        "takes_long_term_steroids": _flag(steroids),
        "takes_ace_inhibitor": _flag(ace),
    },
    st.frozensets(st.sampled_from(SITES)),
    st.sampled_from(("female", "male")),
    st.booleans(),
    st.booleans(),
)
people = st.builds(
    lambda known, given_, whole: Facts(
        Case(TODAY, known, tuple(given_), whole), chosen={}, treatments=(), messages=()
    ),
    facts,
    st.lists(treatments, max_size=3),
    st.sampled_from((Answer.YES, Answer.UNKNOWN)),
)


@st.composite
def tolds(draw: st.DrawFn) -> Told:
    symptom = SYMPTOMS[draw(st.sampled_from(sorted(SYMPTOMS)))]
    answer = draw(st.sampled_from([None, *symptom.answers]))
    signs = draw(st.frozensets(st.sampled_from(sorted(symptom.signs)))) if symptom.signs else ()
    return Told(symptom.id, answer, frozenset(signs))


saids = st.builds(
    Said,
    st.lists(tolds(), max_size=4, unique_by=lambda told: told.symptom).map(tuple),
    st.booleans(),
)
authorities = st.sampled_from(AUTHORITIES)


def level(who: Facts | None, said: Said, authority: str | None = "fda") -> int:
    found = how_soon(who, KNOWN, said=said, on=TODAY, authority=authority)
    assert all(rank(each.level) <= rank(found.level) for each in found.symptoms)
    return rank(found.level)


# --- never lower ------------------------------------------------------------------------------


@many
@given(people, saids, tolds(), authorities)
def test_one_more_symptom_never_lowers_it(who, said, more, authority):
    others = tuple(told for told in said.symptoms if told.symptom != more.symptom)
    fewer = replace(said, symptoms=others)
    assert level(who, replace(fewer, symptoms=(*others, more)), authority) >= level(
        who, fewer, authority
    )


@many
@given(people, saids, tolds(), st.data())
def test_a_worse_answer_never_lowers_it(who, said, told, data):
    answers = list(SYMPTOMS[told.symptom].answers)
    first, second = sorted(data.draw(st.integers(0, len(answers) - 1)) for _ in range(2))
    others = tuple(each for each in said.symptoms if each.symptom != told.symptom)
    mild, worse = (replace(told, answer=answers[place]) for place in (first, second))
    assert level(who, replace(said, symptoms=(*others, worse))) >= level(
        who, replace(said, symptoms=(*others, mild))
    )


@many
@given(people, saids, tolds(), st.data())
def test_one_more_sign_never_lowers_it(who, said, told, data):
    signs = sorted(SYMPTOMS[told.symptom].signs)
    more = frozenset(data.draw(st.sets(st.sampled_from(signs)))) if signs else frozenset()
    others = tuple(each for each in said.symptoms if each.symptom != told.symptom)
    assert level(
        who, replace(said, symptoms=(*others, replace(told, signs=told.signs | more)))
    ) >= level(who, replace(said, symptoms=(*others, told)))


@many
@given(people, saids)
def test_worry_raises_it_by_one_and_never_lowers_it(who, said):
    calm, worried = (level(who, replace(said, worried=each)) for each in (False, True))
    assert worried == min(calm + 1, len(LEVELS) - 1)


@many
@given(people, saids, st.data())
def test_an_answer_that_is_not_known_counts_as_the_worst(who, said, data):
    if not said.symptoms:
        return
    place = data.draw(st.integers(0, len(said.symptoms) - 1))
    told = said.symptoms[place]

    def with_answer(answer: str | None) -> int:
        changed = replace(told, answer=answer)
        return level(
            who,
            replace(said, symptoms=(*said.symptoms[:place], changed, *said.symptoms[place + 1 :])),
        )

    assert with_answer(None) == max(map(with_answer, SYMPTOMS[told.symptom].answers))


@st.composite
def poorer(draw: st.DrawFn) -> tuple[Facts, Facts]:
    """Somebody, and the same person of whom less is known."""
    who = draw(people)
    case = who.case
    gone = draw(st.sets(st.sampled_from(sorted(case.facts))))
    kept = {name: value for name, value in case.facts.items() if name not in gone}
    lists = []
    for treatment in case.treatments:
        lost = draw(st.sets(st.sampled_from(sorted(treatment))))
        lists.append({name: value for name, value in treatment.items() if name not in lost})
    whole = case.treatments_complete
    if whole is Answer.UNKNOWN or draw(st.booleans()):
        # A list that is not said to be whole may lose any of its entries.
        whole = Answer.UNKNOWN
        lists = [each for each in lists if draw(st.booleans())]
    return who, replace(who, case=Case(TODAY, kept, tuple(lists), whole))


@many
@given(poorer(), saids, authorities)
def test_knowing_less_of_the_person_never_lowers_it(both, said, authority):
    who, less = both
    assert level(less, said, authority) >= level(who, said, authority)
    assert level(None, said, authority) >= level(less, said, authority)
    assert level(who, said, None) >= level(who, said, authority)


@many
@given(poorer(), authorities)
def test_knowing_less_never_shortens_the_list_nor_lowers_a_line_of_it(both, authority):
    more, less = (
        {
            (concern.symptom.id, entry.kind, entry.id): rank(entry.level)
            for concern in when_to_call(who, KNOWN, on=TODAY, authority=authority)
            for entry in concern.entries
        }
        for who in both
    )
    assert more.keys() <= less.keys()
    assert all(less[line] >= found for line, found in more.items())


@many
@given(people, tolds(), authorities)
def test_the_list_and_the_answer_say_the_same(who, told, authority):
    listed = {c.symptom.id: c for c in when_to_call(who, KNOWN, on=TODAY, authority=authority)}
    if told.symptom not in listed or told.answer is None:
        return
    bare = Said((replace(told, signs=frozenset()),))
    entry = next(e for e in listed[told.symptom].entries if e.id == told.answer)
    assert rank(entry.level) == level(who, bare, authority)


# --- every rule is reached ----------------------------------------------------------------------


@pytest.mark.parametrize("name", SYMPTOMS)
def test_without_a_record_every_answer_reaches_the_highest_level_of_any_rule(name):
    symptom = SYMPTOMS[name]
    every = [rule.every for rule in KNOWN.following.urgency.values() if rule.every]
    for key, answer in symptom.answers.items():
        rules = [rule.answers[key] for rule in symptom.rules if key in rule.answers]
        expected = max(map(rank, [answer.level, *rules, *every]))
        assert level(None, Said((Told(name, key),)), None) == expected


@pytest.mark.parametrize("name", SYMPTOMS)
def test_every_symptom_and_rule_is_about_somebody_and_reaches_its_level(name, people):
    symptom = SYMPTOMS[name]
    graph = KNOWN.graph.nodes
    assert any(evaluate(graph[symptom.node], who.case) is Answer.YES for who in people)
    for rule in symptom.rules:
        assert rule.node is not None
        answers = {id(who): evaluate(graph[rule.node], who.case) for who in people}
        about = [who for who in people if answers[id(who)] is Answer.YES]
        assert about, f"{name}: {rule.id} is about nobody"
        assert Answer.NO in answers.values(), f"{name}: {rule.id} is about everybody"
        authority = None if rule.authority == "any" else rule.authority
        for key, raised in rule.answers.items():
            assert level(about[0], Said((Told(name, key),)), authority) >= rank(raised)
        for key, raised in rule.signs.items():
            mildest = next(iter(symptom.answers))
            said = Said((Told(name, mildest, frozenset({key})),))
            assert level(about[0], said, authority) >= rank(raised)


def test_what_a_sign_would_change_is_told_beside():
    who = person(KNOWN)
    found = how_soon(
        who, KNOWN, said=Said((Told("diarrhea", "a_little"),)), on=TODAY, authority="fda"
    )
    assert found.level == "next_visit"
    for sign, raised in found.symptoms[0].would_raise.items():
        said = Said((Told("diarrhea", "a_little", frozenset({sign})),))
        assert level(who, said) == rank(raised)


def test_a_worse_answer_is_told_beside_as_well():
    who = person(KNOWN)
    found = how_soon(
        who, KNOWN, said=Said((Told("ankle_swelling", "slow"),)), on=TODAY, authority="fda"
    )
    assert found.symptoms[0].worse == {"fast": "same_day_call", "severe": "emergency_now"}


# --- the rules by name --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("drug", "end", "symptom", "answer", "expected"),
    [
        ("pembrolizumab", "ongoing: yes", "diarrhea", "more", "same_day_call"),
        ("pembrolizumab", "end: 2025-11-22", "diarrhea", "more", "same_day_call"),
        ("pembrolizumab", "end: 2025-11-21", "diarrhea", "more", "tell_team_soon"),
        ("pembrolizumab", "end: 2025-11-22", "fatigue", "usual", "tell_team_soon"),
        ("pembrolizumab", "end: 2025-11-21", "fatigue", "usual", "next_visit"),
        ("paclitaxel", "end: 2026-10-11", "fever", "fever", "same_day_call"),
        ("paclitaxel", "end: 2026-10-10", "fever", "fever", "tell_team_soon"),
        ("letrozole", "ongoing: yes", "fever", "fever", "tell_team_soon"),
        ("trastuzumab_deruxtecan", "ongoing: yes", "cough_breathlessness", "cold", "same_day_call"),
        ("letrozole", "ongoing: yes", "cough_breathlessness", "cold", "tell_team_soon"),
        ("doxorubicin", "end: 2024-03-01", "ankle_swelling", "slow", "same_day_call"),
        ("docetaxel", "ongoing: yes", "ankle_swelling", "slow", "tell_team_soon"),
        # What a leaflet asks to be told at once as a whole; where it sets a bound itself, the bound counts.
        ("abemaciclib", "ongoing: yes", "diarrhea", "a_little", "same_day_call"),
        ("lapatinib", "ongoing: yes", "diarrhea", "a_little", "same_day_call"),
        ("tucatinib", "ongoing: yes", "diarrhea", "a_little", "same_day_call"),
        ("docetaxel", "ongoing: yes", "diarrhea", "a_little", "same_day_call"),
        ("sacituzumab_govitecan", "ongoing: yes", "diarrhea", "a_little", "same_day_call"),
        ("pembrolizumab", "ongoing: yes", "diarrhea", "a_little", "same_day_call"),
        ("capecitabine", "ongoing: yes", "diarrhea", "a_little", "tell_team_soon"),
        ("capecitabine", "ongoing: yes", "diarrhea", "more", "same_day_call"),
        ("capecitabine", "ongoing: yes", "hand_foot", "tingling", "same_day_call"),
        ("pertuzumab", "ongoing: yes", "diarrhea", "more", "tell_team_soon"),
        ("alpelisib", "ongoing: yes", "diarrhea", "a_little", "tell_team_soon"),
        ("denosumab", "ongoing: yes", "jaw", "ache", "same_day_call"),
        ("pamidronate", "ongoing: yes", "jaw", "ache", "tell_team_soon"),
        ("trastuzumab_emtansine", "ongoing: yes", "numbness", "mild", "same_day_call"),
        ("tamoxifen", "ongoing: yes", "vaginal_bleeding", "change", "tell_team_soon"),
        ("eribulin", "ongoing: yes", "numbness", "mild", "tell_team_soon"),
    ],
)
def test_the_level_of_a_medicine_and_its_last_day(drug, end, symptom, answer, expected):
    who = taking(KNOWN, drug, end)
    assert level(who, Said((Told(symptom, answer),))) == rank(expected)


@pytest.mark.parametrize(
    ("authority", "answer", "expected"),
    [
        ("fda", "raised", "tell_team_soon"),
        ("fda", "fever", "same_day_call"),
        ("ema", "raised", "same_day_call"),
        ("nice", "raised", "same_day_call"),
        ("nice", "low", "same_day_call"),
        ("fda", "low", "tell_team_soon"),
        (None, "raised", "same_day_call"),
        ("guideline", "raised", "same_day_call"),
    ],
)
def test_the_temperature_to_call_at_is_that_of_the_country(authority, answer, expected):
    who = taking(KNOWN, "paclitaxel")
    assert level(who, Said((Told("fever", answer),)), authority) == rank(expected)


def test_two_things_for_the_next_day_are_one_for_today():
    one, two = Told("fatigue", "tasks"), Told("sore_mouth", "sore")
    who = person(KNOWN)
    assert level(who, Said((one,))) == rank("tell_team_soon")
    found = how_soon(who, KNOWN, said=Said((one, two)), on=TODAY, authority="fda")
    assert found.level == "same_day_call"
    assert [(reason.kind, reason.source) for reason in found.reasons] == [
        ("several", "ukons.triage.library")
    ]


def test_spread_to_the_bones_makes_back_pain_urgent():
    told = Said((Told("back_pain", "new"),))
    bones = person(KNOWN, "metastatic_sites: {present: [bone]}\n  extent_reported: metastatic")
    assert level(bones, told) == rank("same_day_call")
    assert level(person(KNOWN, "extent_reported: early"), told) == rank("tell_team_soon")


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ("takes_warfarin: yes\n  takes_other_blood_thinner: no", "emergency_now"),
        ("takes_warfarin: no\n  takes_other_blood_thinner: yes", "emergency_now"),
        ("takes_warfarin: no\n  takes_other_blood_thinner: no", "same_day_call"),
        ("takes_warfarin: no", "emergency_now"),
    ],
)
def test_a_blow_to_the_head_is_an_emergency_with_a_blood_thinner(facts, expected):
    told = Said((Told("bleeding", "small", frozenset({"head"})),))
    assert level(taking(KNOWN, "letrozole", facts=facts), told) == rank(expected)


def test_great_thirst_in_advanced_cancer_is_looked_at_the_same_day():
    told = Said((Told("thirst", "some"),))
    known = "takes_long_term_steroids: no\n  extent_reported: "
    assert level(person(KNOWN, known + "metastatic"), told) == rank("same_day_call")
    assert level(person(KNOWN, known + "early"), told) == rank("tell_team_soon")


@pytest.mark.parametrize(
    ("symptom", "answer", "expected"),
    [
        ("vaginal_bleeding", "heavy", "emergency_now"),
        ("urine", "none", "emergency_now"),
        ("urine", "little", "same_day_call"),
        ("ankle_swelling", "severe", "emergency_now"),
        ("hot_swelling", "slow", "tell_team_soon"),
        ("hot_swelling", "hot", "same_day_call"),
        ("hot_swelling", "sudden", "same_day_call"),
        ("fever", "fever", "tell_team_soon"),
    ],
)
def test_levels_for_somebody_on_hormone_tablets(symptom, answer, expected):
    assert level(taking(KNOWN, "letrozole"), Said((Told(symptom, answer),))) == rank(expected)


def test_nobody_is_told_less_than_to_speak_of_it():
    assert how_soon(None, KNOWN, said=Said(), on=TODAY, authority=None).level == "next_visit"
    assert all(level.plain for level in KNOWN.following.levels.values())
    assert set(KNOWN.following.levels) == set(LEVELS)


def test_what_is_not_known_is_refused_with_what_there_is():
    for told in (
        Told("diarrea"),
        Told("diarrhea", "awful"),
        Told("diarrhea", "more", frozenset({"stars"})),
    ):
        with pytest.raises(UsageError) as refused:
            how_soon(None, KNOWN, said=Said((told,)), on=TODAY, authority=None)
        assert refused.value.problems[0].code == "unknown-symptom"


# --- the words -----------------------------------------------------------------------------------

NEVER = re.compile(
    r"nothing to do|no action|do nothing|no need to|stop (?:taking|your|the medicine)|start taking|"
    r"you have an? |you should take\b|failed|fight|battle|\bbest\b|\bsafe\b|\bcure|recommended|"
    r"diarrhoea|anaemia|oestrogen|tumour|\bjust\b|\bsimply\b",
    re.IGNORECASE,
)


def _texts():
    for symptom in SYMPTOMS.values():
        texts = [symptom.label, symptom.ask, symptom.sign_of, symptom.meanwhile, symptom.say]
        texts += [each.plain for each in (*symptom.answers.values(), *symptom.signs.values())]
        texts += [text for rule in symptom.rules for text in (rule.sign_of, rule.say)]
        yield from ((symptom.id, text) for text in texts if text)
    for words in KNOWN.following.levels.values():
        yield words.id, words.plain
    for rule in KNOWN.following.urgency.values():
        yield from ((rule.id, text) for text in (rule.why, rule.say) if text)


@pytest.mark.parametrize(("name", "text"), list(_texts()))
def test_a_text_is_calm_short_and_promises_nothing(name, text):
    assert not NEVER.search(text), name
    assert max(len(part.split()) for part in re.split(r"[.;?]", text)) < 20, name
