"""Stage groups and the categories T, N and M, from observations and from the stage of a condition."""

from __future__ import annotations

import re
from dataclasses import replace

from fingerpost.record.code_index import AJCC
from fingerpost.record.fhir.chart import Chart, Place
from fingerpost.record.fhir.shape import (
    Coding,
    Resource,
    codings,
    concept_words,
    date_of,
    items,
    reference,
)
from fingerpost.record.fhir.told import absent_reason
from fingerpost.record.model import Basis
from fingerpost.terms import AbsenceKind
from fingerpost.values import Absent, Choice

FACTS = frozenset(
    ["stage_reported", "t_category", "n_category", "m_category", "yp_t_category", "yp_n_category"]
)
# "Stage IV:0" is a stage of another tumor.
_STAGE = re.compile(
    r"\bstage\s*(?:group\s*)?:?\s*(0|[1-4][abc]?|i{1,3}[abc]?|iv)\b(?!\s*:\s*\d)", re.I
)
_BARE_STAGE = re.compile(r"[cp]?(0|[1-4][abc]?|i{1,3}[abc]?|iv)", re.I)
_TNM = re.compile(r"(?<![a-z])((?:yp|yc|c|p)?[tnm](?:x|is|[0-4])(?:mi|[a-d])?)(?![a-z0-9])", re.I)
_BARE_TNM = re.compile(r"(yp|yc|c|p)?(x|is|[0-4])(mi|[a-d])?", re.I)


def read_category(
    chart: Chart, observation: Resource, facts: tuple[str, ...], words: frozenset[str], place: Place
) -> None:
    """A stage group or category that was observed; `words` hold whether clinical or pathologic."""
    concept = observation.get("valueCodeableConcept") or observation.get("valueString")
    reason = absent_reason(concept) or absent_reason(observation.get("dataAbsentReason"))
    fact = facts[0]
    basis = _basis(words)
    if reason is not None:
        chart.find(fact, Absent(reason), place, basis)
        return
    if concept is None:
        return
    _note(chart, concept, fact, basis, place)


def read_condition_stage(chart: Chart, condition: Resource, place: Place) -> None:
    """The stages that stand in the condition itself.

    Each stays a finding of its own beside the observation it refers to: where the two differ, nobody
    but the team can say which is right.
    """
    for stage in items(condition.get("stage")):
        summary = stage.get("summary")
        if summary is None:
            continue
        assessed = chart.resources.by_reference.get(reference(stage.get("assessment")), {})
        words = {
            meaning.value
            for each in codings(assessed.get("code"))
            for meaning in chart.dictionaries.codes.code(each.system, each.code)
            if meaning.fact is None and meaning.value
        }
        date = date_of(assessed, "effective")
        inner = replace(place, date=date, words=f"stage: {concept_words(summary)}")
        _note(chart, summary, "stage_reported", _basis(frozenset(words)), inner)


def _basis(words: frozenset[str]) -> Basis | None:
    if "clinical" in words:
        return "clinical"
    return "pathologic" if "pathologic" in words else None


def _note(chart: Chart, concept: object, fact: str, basis: Basis | None, place: Place) -> None:
    """Note what all codings of a category leave possible; its own prefix tells the basis best."""
    found: dict[str, frozenset[str]] = {}
    not_assessed = False
    for coding in codings(concept):
        if not chart.dictionaries.codes.code(coding.system, coding.code):
            chart.look_at(coding, place.where)
        said = _said(chart, coding, fact, place.where)
        if said is None:
            continue
        named, values, own = said
        basis = own or basis
        not_assessed |= not values
        if values:
            found[named] = _common(chart, found.get(named, values), values, named, place)
    for named, values in found.items():
        chart.find(named, Choice(values), place, basis)
    if not found:
        _note_missing(chart, fact, basis, place, not_assessed=not_assessed)


def _common(
    chart: Chart, before: frozenset[str], values: frozenset[str], fact: str, place: Place
) -> frozenset[str]:
    """What two codings of one value leave possible; all of both, if they contradict each other."""
    if before & values:
        return before & values
    what = f"the codes of one value contradict each other on {fact}"
    chart.warn("contradicts", place.where, what, "ask whoever exported the record")
    return before | values


def _note_missing(
    chart: Chart, fact: str, basis: Basis | None, place: Place, *, not_assessed: bool
) -> None:
    kind = AbsenceKind.NOT_KNOWN if not_assessed else AbsenceKind.NOT_UNDERSTOOD
    if not not_assessed:
        what = "this stage or category is not understood; it was not used"
        chart.warn("not_understood", place.where, what, f"state {fact} in a form")
    chart.find(fact, Absent(kind), place, basis)


def _said(
    chart: Chart, coding: Coding, fact: str, where: str
) -> tuple[str, frozenset[str], Basis | None] | None:
    """Fact, values and basis of one coding; no values if it says "not assessed"."""
    axis = _axis(fact)
    meanings = chart.dictionaries.codes.code(coding.system, coding.code) if coding.code else ()
    values = frozenset(
        each.value for each in meanings if each.fact and each.value and _axis(each.fact) == axis
    )
    words = frozenset(each.value for each in meanings if each.fact is None and each.value)
    named = next((each.fact for each in meanings if each.fact and _axis(each.fact) == axis), fact)
    if values:
        written = _written(chart, coding.display, fact, "") if coding.display else None
        if written is not None and written[1] and values.isdisjoint(written[1]):
            what = "a code and the words beside it mean different stages; neither was used"
            chart.warn("code_display_mismatch", where, what, "ask which one is right")
            return None
        own: Basis | None = "post_neoadjuvant" if named.startswith("yp_") else _basis(words)
        return named, values, own
    if "nothing_to_conclude" in words:
        return None
    if "not_assessed" in words:
        return fact, frozenset(), _basis(words)
    return _in_words(chart, coding, fact)


def _in_words(
    chart: Chart, coding: Coding, fact: str
) -> tuple[str, frozenset[str], Basis | None] | None:
    for written in (coding.display, coding.code):
        if written and (said := _written(chart, written, fact, coding.system)):
            return said
    return None


def _axis(fact: str) -> str:
    """t, n, m or stage: what may answer for the same thing."""
    return fact.removeprefix("yp_").partition("_")[0]


def _written(
    chart: Chart, words: str, fact: str, system: str
) -> tuple[str, frozenset[str], Basis | None] | None:
    """A stage or category in words, or as a code of the AJCC, which leaves the letter away."""
    spelled = _spelled(words.strip()[:200], fact, system)
    if spelled is None:
        return None
    for named in (fact, f"yp_{fact}"):
        if named in chart.dictionaries.reader.catalogue:
            said = chart.dictionaries.reader.words.say(named, spelled)
            if said is not None:
                own: Basis | None = "post_neoadjuvant" if named.startswith("yp_") else said.basis
                return named, said.values, own
    return None


def _spelled(words: str, fact: str, system: str) -> str | None:
    if fact == "stage_reported":
        match = _STAGE.search(words) or _BARE_STAGE.fullmatch(words)
        return match[1] if match else None
    letter = _axis(fact)
    for match in _TNM.finditer(words):
        if letter in match[1].casefold():
            return match[1]
    bare = _BARE_TNM.fullmatch(words)
    if bare and system == AJCC:
        return f"{bare[1] or ''}{letter}{bare[2]}{bare[3] or ''}"
    return None
