"""Bulk exports: everybody in them, one after the other, whatever is broken and however large it is."""

from __future__ import annotations

import gzip
import io
import json
import tracemalloc
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fingerpost.errors import Problem, RecordError
from fingerpost.record import read as door
from fingerpost.record.dictionaries import Dictionaries
from fingerpost.record.fhir import bulk, bulk_lines, one_person
from fingerpost.record.model import Record
from fingerpost.record.people import files_of, read_each
from tests.unit.record.said import (
    LOINC,
    RXNORM,
    breast_cancer,
    coded,
    concept,
    findings,
    observation,
    patient,
    value,
)

People = dict[str, Record]
Write = Callable[..., Path]


def er(person: str, answer: str = "LA6576-8") -> dict[str, Any]:
    about = {"subject": {"reference": f"Patient/{person}"}}
    return observation("85337-4", id=f"er-{person}", **coded(LOINC, answer), **about)


def lines(*resources: Any) -> bytes:
    return b"".join(
        (each if isinstance(each, bytes) else json.dumps(each).encode()) + b"\n"
        for each in resources
    )


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(name: str, *resources: Any) -> Path:
        path = tmp_path / name
        data = lines(*resources)
        path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
        return path

    return write


@pytest.fixture
def people(dictionaries: Dictionaries) -> Callable[..., tuple[People, list[Problem]]]:
    def people(*paths: Path) -> tuple[People, list[Problem]]:
        problems: list[Problem] = []
        return dict(read_each(paths, dictionaries, tell=problems.append)), problems

    return people


def test_one_kind_of_resource_a_file_and_nobody_side_by_side(write: Write, people: Any) -> None:
    first = write("Patient.ndjson", patient("a"), patient("b"))
    second = write("Observation.ndjson.gz", er("b", "LA6577-6"), er("a"), er("c"))
    found, problems = people(second, first)
    assert problems == []
    assert {name: value(each, "er_reported") for name, each in found.items()} == {
        "a": "positive",
        "b": "negative",
        "c": "positive",
    }


def test_a_folder_is_the_files_in_it(write: Write, people: Any, tmp_path: Path) -> None:
    write("b.ndjson", er("a"))
    write("a.ndjson.gz", patient("a"))
    write("log.txt", b"not an export")
    assert [path.name for path in files_of([tmp_path])] == ["a.ndjson.gz", "b.ndjson"]
    found, problems = people(tmp_path)
    assert list(found) == ["a"]
    assert problems == []


@pytest.mark.parametrize(
    "tree",
    [
        {"resourceType": "Bundle", "entry": [{"resource": patient("a")}, {"resource": er("a")}]},
        [patient("a"), er("a")],
        {
            "resourceType": "Bundle",
            "entry": [
                {"fullUrl": "urn:uuid:1", "resource": patient("a")},
                {"resource": {**er("a"), "subject": {"reference": "urn:uuid:1"}}},
            ],
        },
    ],
    ids=["bundle", "list", "addresses"],
)
@pytest.mark.parametrize("indent", [None, 1], ids=["a line", "many lines"])
def test_bundles_and_lists_are_taken_apart(
    write: Write, people: Any, tree: Any, indent: int | None
) -> None:
    path = write("one.json", json.dumps(tree, indent=indent).encode())
    found, problems = people(path)
    assert problems == []
    assert value(found["a"], "er_reported") == "positive"


def test_a_medicine_that_is_only_pointed_to_reaches_everybody(write: Write, people: Any) -> None:
    drug = {"resourceType": "Medication", "id": "d", "code": concept(RXNORM, "72965", "letrozole")}
    orders = [
        {
            "resourceType": "MedicationRequest",
            "id": name,
            "status": "completed",
            "subject": {"reference": f"Patient/{name}"},
            "medicationReference": {"reference": "Medication/d"},
        }
        for name in ("a", "b")
    ]
    found, problems = people(write("all.ndjson", *orders, drug))
    assert problems == []
    assert [each.treatments[0].drugs for each in found.values()] == [("letrozole",)] * 2


# --- what is broken -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b"{broken", "broken-json"),
        (b'{"resourceType": "Observation", "val', "broken-json"),
        (b"[" * 100_000, "broken-json"),
        (b'{"a":' * 100_000, "broken-json"),
        (b'{"resourceType": "Observation", "valueQuantity": {"value": NaN}}', "not-a-number"),
        (b'{"resourceType": "Observation", "value": ' + b"9" * 5000 + b"}", "broken-json"),
        (b'{"resourceType": "\xff"}', "not-text"),
        (b"\x00\x01\x02", "broken-json"),
    ],
    ids=["broken", "cut off", "lists in lists", "maps in maps", "NaN", "long", "bytes", "zeros"],
)
def test_a_broken_line_is_told_by_its_number_and_the_rest_is_read(
    write: Write, people: Any, line: bytes, code: str
) -> None:
    found, problems = people(write("e.ndjson", patient("a"), line, er("a")))
    (problem,) = problems
    assert (problem.code, problem.where) == (code, "e.ndjson:2")
    assert value(found["a"], "er_reported") == "positive"


def test_the_library_raises_at_the_end_what_nobody_was_told(
    write: Write, dictionaries: Dictionaries
) -> None:
    everybody = read_each([write("e.ndjson", b"{", er("a"), b"{")], dictionaries)
    assert next(everybody)[0] == "a"
    with pytest.raises(RecordError) as error:
        next(everybody)
    assert [problem.where for problem in error.value.problems] == ["e.ndjson:1", "e.ndjson:3"]


def test_a_line_that_is_too_long_is_passed_over(
    write: Write, people: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk_lines, "LONGEST_LINE", 2000)
    long = {**er("a", "LA6577-6"), "note": "x" * 3000}
    found, problems = people(write("e.ndjson", patient("a"), long, er("a"), long))
    assert [(each.code, each.where) for each in problems] == [
        ("too-large", "e.ndjson:2"),
        ("too-large", "e.ndjson:4"),
    ]
    assert value(found["a"], "er_reported") == "positive"


@pytest.mark.slow
def test_a_line_of_300_megabytes_is_not_kept_in_memory(tmp_path: Path, people: Any) -> None:
    path = tmp_path / "e.ndjson"
    with path.open("wb") as file:
        file.write(lines(er("a")) + b'{"x": "')
        for _ in range(300):
            file.write(b"x" * 1_000_000)
        file.write(b'"}\n' + lines(patient("a")))
    tracemalloc.start()
    found, problems = people(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [(each.code, each.where) for each in problems] == [("too-large", "e.ndjson:2")]
    assert {each.fact for each in found["a"].findings} == {"er_reported", "sex"}
    assert peak < 200_000_000


def test_a_gzip_that_was_cut_off_is_told_and_what_came_before_is_read(
    tmp_path: Path, people: Any
) -> None:
    path = tmp_path / "e.ndjson.gz"
    whole = gzip.compress(lines(er("a"), *(patient(f"p{number}") for number in range(5000))))
    path.write_bytes(whole[: len(whole) // 2])
    found, problems = people(path)
    assert ("broken-gzip", "e.ndjson.gz") in [(each.code, each.where) for each in problems]
    assert "ends too early" in problems[-1].what
    assert value(found["a"], "er_reported") == "positive"


def test_a_damaged_gzip_is_told(tmp_path: Path, people: Any) -> None:
    path = tmp_path / "e.ndjson.gz"
    path.write_bytes(b"\x1f\x8b\x08\x00" + b"nothing that could be unpacked")
    found, problems = people(path)
    assert found == {}
    assert [each.code for each in problems] == ["broken-gzip"]


def test_several_gzips_one_after_the_other_are_one(
    tmp_path: Path, people: Any, dictionaries: Dictionaries
) -> None:
    path = tmp_path / "e.ndjson.gz"
    path.write_bytes(gzip.compress(lines(patient("a"))) + gzip.compress(lines(er("a"))))
    found, problems = people(path)
    assert problems == []
    assert value(found["a"], "er_reported") == "positive"
    record = door.read_text(door.source_text.load(path, None), dictionaries)
    assert value(record, "er_reported") == "positive"


def test_zeros_that_fill_up_after_a_gzip_are_no_damage(tmp_path: Path, people: Any) -> None:
    path = tmp_path / "e.ndjson.gz"
    filled = gzip.compress(lines(patient("a"))) + bytes(3 * 1024 * 1024)
    path.write_bytes(filled + gzip.compress(lines(er("a"))))
    found, problems = people(path)
    assert problems == []
    assert value(found["a"], "er_reported") == "positive"


@pytest.mark.slow
def test_a_gzip_that_unpacks_to_ten_gigabytes_is_stopped(tmp_path: Path, people: Any) -> None:
    """Ten gigabytes of blanks in ten megabytes; far fewer are ever unpacked."""
    path = tmp_path / "bomb.ndjson.gz"
    packed = zlib.compressobj(1, wbits=31)
    blank = b" " * 10_000_000
    piece = packed.compress(lines(er("a")))
    with path.open("wb") as file:
        file.write(piece)
        for _ in range(60):
            file.write(packed.compress(blank))
        file.write(packed.flush())
    tracemalloc.start()
    _, problems = people(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "too-large" in [each.code for each in problems]
    assert peak < 200_000_000


def test_resources_about_nobody_are_counted(write: Write, people: Any) -> None:
    nobody = {key: each for key, each in er("a").items() if key != "subject"}
    _, problems = people(write("e.ndjson", er("a"), nobody, nobody))
    (problem,) = problems
    assert (problem.code, problem.severity) == ("no-person", "warning")
    assert "(2)" in problem.what


def test_somebody_with_too_much_is_told_and_the_others_are_read(
    write: Write, people: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "MAX_BYTES", 2000)
    much = [{**er("a"), "id": str(number)} for number in range(20)]
    found, problems = people(write("e.ndjson", *much, er("b")))
    assert list(found) == ["b"]
    assert [each.code for each in problems] == ["too-large"]
    assert "Patient" not in str(problems[0])


def test_a_file_that_is_not_there_is_told(people: Any, tmp_path: Path) -> None:
    found, problems = people(tmp_path / "none.ndjson")
    assert found == {}
    assert problems[0].code == "unreadable-file"


# --- one person out of many -------------------------------------------------------------------


@pytest.fixture
def one(dictionaries: Dictionaries, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Record]:
    """Read one person from a file as if it were large."""
    monkeypatch.setattr(door, "_LARGE", 10)

    def one(path: Path, who: str) -> Record:
        catalogue, drugs = dictionaries.reader.catalogue, dictionaries.drugs
        return door.read_record(path, catalogue=catalogue, drugs=drugs, patient=who)

    return one


@pytest.mark.parametrize("name", ["e.ndjson", "e.ndjson.gz"])
@pytest.mark.parametrize("who", ["a", "Patient/a"])
def test_one_person_is_read_line_by_line(write: Write, one: Any, name: str, who: str) -> None:
    drug = {"resourceType": "Medication", "id": "d", "code": concept(RXNORM, "72965", "letrozole")}
    about = {"subject": {"reference": "Patient/a"}}
    order = {
        "resourceType": "MedicationRequest",
        "status": "completed",
        "medicationReference": {"reference": "Medication/d"},
        **about,
    }
    cancer = {**breast_cancer(), **about}
    path = write(
        name, drug, er("b"), patient("b"), cancer, er("a", "LA6577-6"), order, patient("a")
    )
    record = one(path, who)
    assert value(record, "er_reported") == "negative"
    assert record.treatments[0].drugs == ("letrozole",)


def test_what_one_person_points_to_is_found_whatever_it_is(write: Write, one: Any) -> None:
    """A sample need not say whose it is, and may be known by its address alone."""
    tissue = {"resourceType": "Specimen", "collection": {"bodySite": {"text": "Liver"}}}
    for target, line in (
        ("Specimen/s", {**tissue, "id": "s"}),
        ("urn:uuid:1", {"fullUrl": "urn:uuid:1", "resource": tissue}),
    ):
        result = {**er("a"), "specimen": {"reference": target}}
        (found,) = findings(one(write("e.ndjson", line, er("b"), result), "a"), "er_reported")
        assert (found.site, found.specimen) == ("Liver", "metastasis")


def test_nobody_of_that_id_is_told(write: Write, one: Any) -> None:
    with pytest.raises(RecordError) as error:
        one(write("e.ndjson", er("a"), er("bc")), "b")
    assert error.value.problems[0].code == "no-such-person"


def test_a_broken_line_about_the_person_is_told(write: Write, one: Any) -> None:
    with pytest.raises(RecordError) as error:
        one(write("e.ndjson", er("a"), b'{"subject": "Patient/a"'), "a")
    assert error.value.problems[0].where == "e.ndjson:2"


def test_a_large_document_that_is_not_ndjson_is_read_all_the_same(write: Write, one: Any) -> None:
    tree = {"resourceType": "Bundle", "entry": [{"resource": er("a")}, {"resource": er("b")}]}
    path = write("e.json", json.dumps(tree, indent=1).encode())
    assert len(findings(one(path, "a"), "er_reported")) == 1


def test_one_person_with_too_much_is_told(
    write: Write, one: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(one_person, "MAX_BYTES", 100)
    with pytest.raises(RecordError) as error:
        one(write("e.ndjson", er("a")), "a")
    assert error.value.problems[0].code == "too-large"


def test_memory_stays_small_beside_the_export(tmp_path: Path, people: Any) -> None:
    """Eight megabytes of two thousand people; benchmarks/bulk_export.py does it with a gigabyte."""
    path = tmp_path / "e.ndjson"
    text = io.BytesIO()
    for _ in range(10):
        text.write(lines(*(er(f"p{number}") for number in range(2000))))
    path.write_bytes(text.getvalue())
    seen = 0
    for _ in bulk.each_person([path], lambda _: None, progress=lambda _: None):
        seen += 1
    assert seen == 2000


def test_half_a_character_is_shown_as_one_that_cannot_be_read(write: Write, people: Any) -> None:
    """Found by tools/fuzz.py: no output could have held it."""
    result = {**er("a"), "code": concept(LOINC, "85337-4", "ER \ud800")}
    found, _ = people(write("e.ndjson", result))
    assert findings(found["a"], "er_reported")[0].source.words == "ER \ufffd: LA6576-8"
