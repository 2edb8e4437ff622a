"""What counts as a FHIR record, whose it is, and how it is refused."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from typing import Any

import pytest

from fingerpost.errors import Problem, RecordError
from fingerpost.record.dictionaries import Dictionaries
from fingerpost.record.model import Record
from fingerpost.record.read import read_text
from fingerpost.record.source_text import load
from fingerpost.terms import Answer
from tests.unit.record.said import (
    LOINC,
    coded,
    codes,
    concept,
    condition,
    findings,
    observation,
    patient,
    told,
    value,
)

ER = observation("85337-4", **coded(LOINC, "LA6576-8", "Positive"))
Fhir = Callable[..., Record]


def read(dictionaries: Dictionaries, tree: Any, which: str | None = None) -> Record:
    data = tree if isinstance(tree, bytes) else json.dumps(tree).encode()
    return read_text(load(data, "record.json"), dictionaries, which)


@pytest.mark.parametrize(
    "tree",
    [
        {"resourceType": "Bundle", "entry": [{"resource": ER}]},
        {"entry": [{"resource": ER}]},
        [ER],
        [{"resource": ER}],
        [{"resourceType": "Bundle", "entry": [{"resource": ER}]}],
        ER,
        {"resourceType": "Parameters", "parameter": [{"name": "x", "resource": ER}]},
        {
            "patient": patient(),
            "observations": {"resourceType": "Bundle", "entry": [{"resource": ER}]},
        },
        gzip.compress(json.dumps(ER).encode(), mtime=0),
        (json.dumps(patient()) + "\n" + json.dumps(ER) + "\n\n").encode(),
        b"\xef\xbb\xbf" + json.dumps([ER], indent=1).encode(),
    ],
    ids=[
        "bundle",
        "untyped",
        "list",
        "entries",
        "list of bundles",
        "one",
        "parameters",
        "prefetch",
        "gzip",
        "ndjson",
        "mark",
    ],
)
def test_every_way_to_hand_over_resources_is_read(dictionaries: Dictionaries, tree: Any) -> None:
    record = read(dictionaries, tree)
    assert value(record, "er_reported") == "positive"
    assert record.kind == "fhir"
    assert record.treatments_complete is Answer.UNKNOWN


@pytest.mark.parametrize(
    ("tree", "kind"),
    [
        ({"resourceType": "Claim", "id": "x"}, "Claim"),
        ({"resourceType": "ValueSet"}, "ValueSet"),
        (
            {"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Encounter"}}]},
            "Encounter",
        ),
        ({"resourceType": "Specimen"}, "Specimen"),
    ],
)
def test_resources_that_say_nothing_of_a_person_are_refused(
    problems: Callable[[str], tuple[Problem, ...]], tree: Any, kind: str
) -> None:
    (problem,) = problems(json.dumps(tree))
    assert problem.code == "nothing-to-read"
    assert kind in problem.what
    assert "Observation" in problem.try_this


@pytest.mark.parametrize(
    "tree", [{"resourceType": "Bundle"}, {"resourceType": "Bundle", "entry": []}, [3, None]]
)
def test_an_empty_bundle_is_no_record(
    problems: Callable[[str], tuple[Problem, ...]], tree: Any
) -> None:
    assert problems(json.dumps(tree))[0].code == "not-a-record"


def test_a_broken_line_of_ndjson_is_told_by_its_number(
    problems: Callable[[str], tuple[Problem, ...]],
) -> None:
    found = problems(f"{json.dumps(ER)}\n{{broken\n{json.dumps(ER)}\n{{\n")
    assert [each.where for each in found] == ["record:2:2", "record:4:2"]


def two_people() -> list[dict[str, Any]]:
    other = {**ER, "id": "o2", "subject": {"reference": "Patient/q"}, **coded(LOINC, "LA6577-6")}
    return [patient("p", birthDate="1970"), patient("q", birthDate="1950"), ER, other]


def test_several_people_are_refused_with_a_way_to_choose(dictionaries: Dictionaries) -> None:
    with pytest.raises(RecordError) as error:
        read(dictionaries, two_people())
    (problem,) = error.value.problems
    assert problem.code == "several-people"
    assert "2 people" in problem.why
    assert "id of a Patient" in problem.try_this


@pytest.mark.parametrize("which", ["q", "Patient/q"])
def test_one_of_several_people_can_be_chosen(dictionaries: Dictionaries, which: str) -> None:
    record = read(dictionaries, two_people(), which)
    assert value(record, "er_reported") == "negative"
    assert value(record, "birth_date").first.year == 1950


def test_nobody_of_that_id(dictionaries: Dictionaries) -> None:
    with pytest.raises(RecordError) as error:
        read(dictionaries, two_people(), "nobody")
    assert error.value.problems[0].code == "no-such-person"


def test_a_few_resources_of_somebody_else_are_left_out_and_told(dictionaries: Dictionaries) -> None:
    record = read(dictionaries, [each for each in two_people() if each.get("id") != "q"])
    assert value(record, "er_reported") == "positive"
    assert "somebody else (1)" in told(record, "other_person")


@pytest.mark.parametrize(
    "reference",
    [
        "Patient/p",
        "https://x.org/fhir/Patient/p",
        "https://x.org/fhir/Patient/p/_history/3",
        "urn:uuid:9",
    ],
)
def test_a_person_may_be_pointed_to_in_several_ways(
    dictionaries: Dictionaries, reference: str
) -> None:
    entries = [
        {"fullUrl": "urn:uuid:9", "resource": patient("p")},
        {"resource": {**ER, "subject": {"reference": reference}}},
    ]
    record = read(dictionaries, {"resourceType": "Bundle", "entry": entries})
    assert value(record, "er_reported") == "positive"


def test_one_page_of_several_is_told(dictionaries: Dictionaries) -> None:
    bundle = {
        "resourceType": "Bundle",
        "link": [{"relation": "next", "url": "x"}],
        "entry": [{"resource": ER}],
    }
    assert "incomplete" in codes(read(dictionaries, bundle))


def test_family_members_are_not_the_person(fhir: Fhir) -> None:
    aunt = {
        "resourceType": "FamilyMemberHistory",
        "patient": {"reference": "Patient/p"},
        "condition": [
            {"code": concept("http://snomed.info/sct", "254837009", "Malignant neoplasm of breast")}
        ],
    }
    record = fhir(patient(), aunt)
    assert findings(record, "diagnosis_date") == []
    assert "family members" in told(record, "not_read")


def test_a_record_without_breast_cancer_is_warned_of(fhir: Fhir) -> None:
    lung = condition(
        concept("http://snomed.info/sct", "254637007", "Non-small cell lung cancer (disorder)")
    )
    assert "no_breast_cancer" in codes(fhir(patient(), lung))


def test_half_a_character_is_shown_as_one_that_cannot_be_read(dictionaries: Dictionaries) -> None:
    data = json.dumps({**ER, "code": concept(LOINC, "85337-4", "ER \ud800 \U0001f600")}).encode()
    finding = findings(read(dictionaries, data), "er_reported")[0]
    assert finding.source.words == "ER \ufffd \U0001f600: Positive"


def test_reports_that_hold_only_text_are_told(fhir: Fhir) -> None:
    report = {
        "resourceType": "DiagnosticReport",
        "subject": {"reference": "Patient/p"},
        "conclusion": "...",
    }
    assert "only text (1)" in told(fhir(patient(), report), "not_read")


def test_a_later_result_than_the_day_asked_about_is_left_out(fhir: Fhir) -> None:
    later = {**ER, "effectiveDateTime": "2027-01-01"}
    record = fhir(patient(), later)
    assert findings(record, "er_reported") == []
    assert "in the future" in told(record, "not_read")


@pytest.mark.parametrize(
    ("more", "sex"),
    [
        ({"gender": "female"}, "female"),
        ({"gender": "male"}, "male"),
        ({"gender": "other"}, "absent: not_known"),
        (
            {
                "gender": "male",
                "extension": [{"url": "http://x/us-core-birthsex", "valueCode": "F"}],
            },
            "female",
        ),
    ],
)
def test_sex_is_that_at_birth_where_it_is_known(fhir: Fhir, more: dict[str, Any], sex: str) -> None:
    assert value(fhir(patient(**more)), "sex") == sex


def test_a_difference_of_gender_and_birth_sex_is_told(fhir: Fhir) -> None:
    person = patient(
        gender="male", extension=[{"url": "http://x/us-core-birthsex", "valueCode": "F"}]
    )
    assert "contradicts" in codes(fhir(person))
    assert "deceased" in codes(fhir(patient(deceasedBoolean=True)))
