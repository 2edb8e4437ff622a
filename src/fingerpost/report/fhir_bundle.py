"""What a record says as a FHIR R4 Bundle: only what our own reader reads back as the same facts.

Every result is written with codes of the knowledge that are not unverified, read back, and kept only when
the same value of the same fact and day comes out and nothing else. What cannot be said so is named in an
OperationOutcome, so that nobody takes its absence for an answer. Treatments are not written.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from fingerpost.report.values import iso_of, short
from fingerpost.values import Absent, Choice, Days, Interval

if TYPE_CHECKING:
    from fingerpost.facts.model import Facts
    from fingerpost.knowledge.model import Fact, Knowledge
    from fingerpost.record.model import Finding, Record

Resource = dict[str, Any]
Read = Callable[[bytes], "Record"]
LOINC, SNOMED = "http://loinc.org", "http://snomed.info/sct"
_PATIENT = {"reference": "Patient/person"}
# A malignant tumor of the breast: the program knows no other illness.
_CANCER: Resource = {
    "resourceType": "Condition",
    "id": "cancer",
    "subject": _PATIENT,
    "code": {"coding": [{"system": SNOMED, "code": "254837009"}]},
}
_OF_THE_PERSON = ("sex", "birth_date")
_STATES = ("verified", "weak")


def fhir_bundle(facts: Facts, knowledge: Knowledge, read: Read) -> Resource:
    """The Bundle of the findings that count.

    Args:
        facts: What may be said of the person.
        knowledge: What is known; its codes are used.
        read: Reads a Bundle as any record is read.
    """
    base = [_patient(facts), _CANCER]
    usual = {each.fact for each in read(_bytes(base)).findings}
    kept: list[Resource] = []
    left: list[str] = []
    for name, finding in _counting(facts):
        fact = knowledge.facts[name]
        written = () if name in _OF_THE_PERSON else _written(finding, fact, knowledge)
        sound = (each for each in written if _reads_back(each, finding, base, usual, read))
        found = next(sound, None)
        if found is not None:
            kept.append(found)
        elif name not in usual:
            left.append(fact.label)
    return _bundle([*base, *kept, _left_out(left, treatments=bool(facts.treatments))])


def _counting(facts: Facts) -> Iterator[tuple[str, Finding]]:
    """Of each fact the finding that counts."""
    for name, chosen in facts.chosen.items():
        if chosen.findings and not isinstance(chosen.value, Absent):
            yield name, chosen.findings[0]


def _patient(facts: Facts) -> Resource:
    said: Resource = {"resourceType": "Patient", "id": "person"}
    sex, born = facts.case.facts.get("sex"), facts.case.facts.get("birth_date")
    if isinstance(sex, Choice) and sex.known is not None:
        said["gender"] = sex.known
    day = iso_of(born) if isinstance(born, Days) else None
    if day is not None:
        said["birthDate"] = day
    return said


def _written(finding: Finding, fact: Fact, knowledge: Knowledge) -> Iterator[Resource]:
    """The ways to write a finding, the best checked codes first; what was presumed is no finding."""
    if finding.source.kind == "presumed":
        return
    for coding in _codes_of(fact, knowledge):
        for value in _values(finding, fact, knowledge):
            said: Resource = {
                "resourceType": "Observation",
                "id": fact.id.replace("_", "-"),
                "status": finding.status,
                "code": {"coding": [coding], "text": fact.label},
                "subject": _PATIENT,
                **value,
            }
            day = iso_of(finding.date)
            yield said if day is None else {**said, "effectiveDateTime": day}


def _codes_of(fact: Fact, knowledge: Knowledge) -> Sequence[Mapping[str, str]]:
    """The LOINC codes that ask for a fact."""
    found = [
        (_STATES.index(each.state), code)
        for code, meanings in knowledge.codes["loinc"].codes.items()
        for each in meanings
        if each.fact == fact.id and each.value is None and each.state in _STATES
    ]
    return [{"system": LOINC, "code": code} for _state, code in sorted(found)]


def _values(finding: Finding, fact: Fact, knowledge: Knowledge) -> Iterator[Mapping[str, Any]]:
    value = finding.value
    if isinstance(value, Interval) and value.known is not None:
        amount: Resource = {"value": value.known}
        yield {"valueQuantity": {**amount, "unit": fact.unit} if fact.unit else amount}
        if value.known == int(value.known):
            yield {"valueInteger": int(value.known)}
    elif isinstance(value, Choice) and value.known is not None and fact.type == "flag":
        yield {"valueBoolean": value.known == "yes"}
    elif isinstance(value, Choice) and value.known is not None:
        for coding in _answers(fact, value.known, knowledge):
            yield {"valueCodeableConcept": {"coding": [coding]}}
        yield {"valueCodeableConcept": {"text": short(fact.values[value.known])}}
        yield {"valueCodeableConcept": {"text": value.known.replace("_", " ")}}


def _answers(fact: Fact, value: str, knowledge: Knowledge) -> Iterator[Mapping[str, str]]:
    """The codes that stand for a value of a fact."""
    for name, system in (("loinc", LOINC), ("snomed", SNOMED)):
        for code, meanings in knowledge.codes[name].codes.items():
            if any(m.fact == fact.id and m.value == value and m.state in _STATES for m in meanings):
                yield {"system": system, "code": code}


def _reads_back(
    said: Resource, finding: Finding, base: Sequence[Resource], usual: set[str], read: Read
) -> bool:
    """Whether exactly this finding comes out again, and nothing that was not said."""
    found = [each for each in read(_bytes([*base, said])).findings if each.fact not in usual]
    return [(each.fact, each.value, each.date) for each in found] == [
        (finding.fact, finding.value, finding.date)
    ]


def _left_out(labels: Sequence[str], *, treatments: bool) -> Resource:
    told = list(labels)
    if treatments:
        told.append("the treatments so far")
    what = "Not in this Bundle: " + "; ".join(told) if told else "Everything that counts is here"
    issue = {"severity": "information", "code": "informational", "diagnostics": f"{what}."}
    return {"resourceType": "OperationOutcome", "id": "left-out", "issue": [issue]}


def _bundle(resources: Sequence[Resource]) -> Resource:
    entries = [{"resource": each} for each in resources]
    return {"resourceType": "Bundle", "type": "collection", "entry": entries}


def _bytes(resources: Sequence[Resource]) -> bytes:
    return json.dumps(_bundle(resources)).encode()
