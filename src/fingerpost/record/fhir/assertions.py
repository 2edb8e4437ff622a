"""Results whose code, or whose value, states a finding by itself: "ER-positive tumor", "premenopausal".

MCODE's own history of metastatic cancer is one: its code says that there was spread, and a value of
false turns that into its opposite.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from fingerpost.record.code_index import Meaning
from fingerpost.record.fhir.chart import Chart, Place
from fingerpost.record.fhir.shape import Resource, codings, status_of
from fingerpost.record.fhir.told import absent_reason
from fingerpost.terms import AbsenceKind
from fingerpost.values import Absent, Choice, Members

Affirmed = Literal["yes", "no", "unclear"] | AbsenceKind

_YES = frozenset({"yes_answer", "positive", "present"})
_NO = frozenset({"no_answer", "negative", "absent"})
_VALUES = ("valueCodeableConcept", "valueString", "valueInteger", "valueQuantity", "valueCode")


def affirmed(chart: Chart, resource: Resource) -> Affirmed:
    """Whether what a code states is there: yes without a value, unless its status awaits one."""
    reason = absent_reason(resource.get("dataAbsentReason"))
    if reason is not None:
        return reason
    value = resource.get("valueBoolean")
    given = [resource[name] for name in _VALUES if resource.get(name) is not None]
    if isinstance(value, bool) and not given:
        return "yes" if value else "no"
    if value is None and not given:
        awaited = status_of(resource) in ("registered", "preliminary")
        return AbsenceKind.PENDING if awaited else "yes"
    return _answered(chart, given[0]) if len(given) == 1 and value is None else "unclear"


def _answered(chart: Chart, value: object) -> Affirmed:
    reason = absent_reason(value) if isinstance(value, dict) else None
    if reason is not None:
        return reason
    words = {
        meaning.value
        for coding in codings(value)
        for meaning in (
            *chart.dictionaries.codes.code(coding.system, coding.code),
            *chart.dictionaries.codes.word(coding.display),
        )
        if meaning.fact is None
    }
    if words & _YES and not words & _NO:
        return "yes"
    return "no" if words & _NO and not words & _YES else "unclear"


def read_assertion(
    chart: Chart, observation: Resource, meanings: tuple[Meaning, ...], place: Place
) -> None:
    """Note what a code states, or its opposite; where it is not clear which, that is told."""
    if any(each.value == "assertion" and each.fact is None for each in meanings):
        value = observation.get("valueCodeableConcept")
        _state(chart, chart.meanings(value, place.where), place)
        return
    answer = affirmed(chart, observation)
    if answer == "yes":
        _state(chart, meanings, place)
    elif answer == "no":
        _deny(chart, meanings, place)
    else:
        unclear(chart, _stated(meanings), answer, place)


def unclear(chart: Chart, facts: Iterable[str], answer: Affirmed, place: Place) -> None:
    """Note that nothing is known of these facts, and why."""
    kind = answer if isinstance(answer, AbsenceKind) else AbsenceKind.NOT_UNDERSTOOD
    for fact in facts:
        chart.find(fact, Absent(kind), place)
    if not isinstance(answer, AbsenceKind):
        what = "it is not understood whether this finding is there; it was not used"
        chart.warn("not_understood", place.where, what, "ask what was meant")


def _stated(meanings: Iterable[Meaning]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for each in meanings:
        if each.fact and each.value:
            found.setdefault(each.fact, set()).add(each.value)
    return found


def _state(chart: Chart, meanings: Iterable[Meaning], place: Place) -> None:
    for fact, values in _stated(meanings).items():
        entry = chart.dictionaries.reader.catalogue.get(fact)
        if entry is not None and entry.type == "set":
            chart.find(fact, Members(present=frozenset(values)), place)
        elif entry is not None and entry.type in ("category", "flag"):
            chart.find(fact, Choice(frozenset(values)), place)


def _deny(chart: Chart, meanings: Iterable[Meaning], place: Place) -> None:
    for fact, values in _stated(meanings).items():
        entry = chart.dictionaries.reader.catalogue.get(fact)
        if entry is None:
            continue
        if entry.type == "set":
            chart.find(fact, Members(absent=frozenset(values)), place)
            continue
        rest = frozenset(entry.values or ("yes", "no")) - values
        if rest and entry.type in ("category", "flag"):
            chart.find(fact, Choice(rest), place)
