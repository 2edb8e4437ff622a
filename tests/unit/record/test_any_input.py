"""Whatever is given, the readers answer with a record or with problems, and never otherwise."""

from __future__ import annotations

import copy
import datetime as dt
import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fingerpost.errors import RecordError
from fingerpost.record.dictionaries import Dictionaries
from fingerpost.record.model import Record
from fingerpost.record.read import read_text
from fingerpost.record.source_text import Text, load
from fingerpost.values import Absent, Choice, Interval, Members

ROOT = Path(__file__).parents[3]
FIXTURE = json.loads((ROOT / "tests/fixtures/fhir/edith_early.json").read_text(encoding="utf-8"))
AMINA = json.loads((ROOT / "examples/amina_fhir.json").read_text(encoding="utf-8"))
NORA = json.loads((ROOT / "examples/nora.json").read_text(encoding="utf-8"))

KEYS = [
    "resourceType",
    "id",
    "status",
    "code",
    "coding",
    "system",
    "display",
    "text",
    "valueCodeableConcept",
    "valueQuantity",
    "value",
    "unit",
    "valueString",
    "component",
    "subject",
    "reference",
    "effectiveDateTime",
    "entry",
    "resource",
    "medicationCodeableConcept",
    "extension",
    "url",
    "start",
    "end",
    "performedPeriod",
    "stage",
    "summary",
    "onsetDateTime",
    "interpretation",
    "referenceRange",
    "fingerpost",
    "facts",
    "findings",
    "treatments",
    "treatments_complete",
    "er_percent",
    "her2_ihc",
    "metastatic_sites",
    "drugs",
    "classes",
    "setting",
    "date",
    "absent",
    "present",
    "complete",
    "basis",
    "fact",
    "line",
    "sex",
    "birth_date",
    "age",
]
WORDS = [
    "Bundle",
    "Observation",
    "Condition",
    "Patient",
    "Procedure",
    "MedicationRequest",
    "MedicationStatement",
    "final",
    "unknown",
    "http://loinc.org",
    "http://snomed.info/sct",
    "85337-4",
    "85329-1",
    "69548-6",
    "53041-0",
    "48018-6",
    "92832-5",
    "83054-7",
    "1920-8",
    "LA6576-8",
    "10828004",
    "254837009",
    "94381002",
    "1222806003",
    "408643008",
    "64368001",
    "72965",
    "letrozole",
    "AC-T",
    "TC",
    "positive",
    "2024-05-02",
    "2024",
    "0",
    "1",
    "%",
    "cm",
    "10*3/uL",
    "CPS",
    "<1",
    "1-10",
    "T2",
    "pN1a",
    "IIIC",
    "none",
    "pending",
    "yes",
    "1222806001",
    "Patient/p",
]
scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(10**6), 10**6)
    | st.floats(allow_nan=False)
    | st.text(max_size=12)
    | st.sampled_from(WORDS)
)
trees = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=6), inner, max_size=6)
    ),
    max_leaves=30,
)
whole = settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])


def read(dictionaries: Dictionaries, tree: object) -> Record | None:
    try:
        record = read_text(Text(json.dumps(tree), "any.json"), dictionaries)
    except RecordError as error:
        refused(error)
        return None
    check(record)
    return record


def refused(error: RecordError) -> None:
    """A refusal says what is wrong."""
    assert error.problems
    assert str(error)


def check(record: Record) -> None:
    """What must hold of every record, whatever it was read from."""
    for finding in record.findings:
        assert isinstance(finding.value, Absent | Choice | Interval | Members) or hasattr(
            finding.value, "first"
        )
        if isinstance(finding.value, Choice):
            assert finding.value.possible
    for message in record.messages:
        assert message.code
        assert message.what
        f"{message.where} {message.what} {message.try_this}".encode()


@whole
@given(tree=trees)
def test_any_tree(dictionaries: Dictionaries, tree: object) -> None:
    read(dictionaries, tree)


@whole
@given(
    resource=st.dictionaries(st.sampled_from(KEYS), trees, max_size=8),
    kind=st.sampled_from(WORDS[:7]),
)
def test_any_resource(dictionaries: Dictionaries, resource: dict[str, Any], kind: str) -> None:
    read(dictionaries, [{**resource, "resourceType": kind}])


@whole
@given(form=st.dictionaries(st.sampled_from(KEYS[34:]), trees, max_size=5))
def test_any_form(dictionaries: Dictionaries, form: dict[str, Any]) -> None:
    read(dictionaries, {**form, "fingerpost": 1})


@whole
@given(facts=st.dictionaries(st.sampled_from(KEYS[43:]), trees, max_size=5), data=st.data())
def test_any_facts(dictionaries: Dictionaries, facts: dict[str, Any], data: st.DataObject) -> None:
    fact = data.draw(st.sampled_from(sorted(dictionaries.reader.catalogue)))
    raw = data.draw(
        scalars | st.dictionaries(st.sampled_from(["value", "absent", "date", "unit"]), scalars)
    )
    read(dictionaries, {"fingerpost": 1, "facts": {**facts, fact: raw}})


@whole
@given(data=st.data())
@pytest.mark.parametrize("tree", [FIXTURE, AMINA, NORA], ids=["edith", "amina", "nora"])
def test_a_record_with_something_else_in_one_place(
    dictionaries: Dictionaries, tree: Any, data: st.DataObject
) -> None:
    """Real records break in one place at a time."""
    broken = copy.deepcopy(tree)
    for _ in range(data.draw(st.integers(1, 3))):
        holder, key = data.draw(st.sampled_from(places(broken)))
        if data.draw(st.booleans()):
            holder[key] = data.draw(trees)
        elif isinstance(holder, dict):
            del holder[key]
    read(dictionaries, broken)


def places(tree: Any) -> list[tuple[Any, Any]]:
    """Every place of a tree that can be changed."""
    found: list[tuple[Any, Any]] = []
    if isinstance(tree, dict | list):
        for key in list(tree) if isinstance(tree, dict) else range(len(tree)):
            found.append((tree, key))
            found += places(tree[key])
    return found


@whole
@given(data=st.binary(max_size=200))
def test_any_bytes(dictionaries: Dictionaries, data: bytes) -> None:
    try:
        check(read_text(load(data, None), dictionaries))
    except RecordError as error:
        refused(error)


@whole
@given(
    text=st.text(alphabet=st.sampled_from("fingerpost: 1\n-[]{}\"'&*!|>#%@ \tabc0"), max_size=60)
)
def test_any_yaml(dictionaries: Dictionaries, text: str) -> None:
    try:
        check(read_text(Text(f"fingerpost: 1\nfacts:\n  {text}", "any.yaml"), dictionaries))
    except RecordError as error:
        refused(error)


@given(cut=st.integers(1, len(json.dumps(AMINA)) - 1))
def test_a_record_that_was_cut_off_says_so(dictionaries: Dictionaries, cut: int) -> None:
    with pytest.raises(RecordError) as error:
        read_text(Text(json.dumps(AMINA)[:cut], "amina.json"), dictionaries)
    assert error.value.problems[0].code == "broken-json"


def test_one_more_thing_never_takes_a_finding_away(dictionaries: Dictionaries) -> None:
    """Every finding of a part is a finding of the whole."""
    entries = AMINA["entry"]
    complete = read(dictionaries, AMINA)
    assert complete is not None
    stated = {(each.fact, repr(each.value)) for each in complete.findings}
    for count in range(2, len(entries)):
        record = read(dictionaries, {"resourceType": "Bundle", "entry": entries[:count]})
        assert record is not None
        assert {(each.fact, repr(each.value)) for each in record.findings} <= stated


def test_long_records_take_time_in_proportion(dictionaries: Dictionaries) -> None:
    """Ten thousand doses, results and conditions: no part of the reader compares all with all."""
    day = dt.date(2000, 1, 1)
    resources = [{"resourceType": "Patient", "id": "p"}]
    for number in range(10_000):
        when = (day + dt.timedelta(days=number % 9000)).isoformat()
        about = {"subject": {"reference": "Patient/p"}, "id": str(number)}
        drug = {
            "coding": [{"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "72965"}]
        }
        er = {"coding": [{"system": "http://loinc.org", "code": "85329-1"}]}
        resources.append(
            {
                "resourceType": "MedicationAdministration",
                "status": "completed",
                "medicationCodeableConcept": drug,
                "effectiveDateTime": when,
                **about,
            }
        )
        resources.append(
            {
                "resourceType": "Observation",
                "status": "final",
                "code": er,
                "valueQuantity": {"value": number % 100, "unit": "%"},
                "effectiveDateTime": when,
                **about,
            }
        )
    started = time.perf_counter()
    record = read(dictionaries, resources)
    assert record is not None
    assert len([each for each in record.findings if each.fact == "er_percent"]) == 10_000
    assert time.perf_counter() - started < 20
