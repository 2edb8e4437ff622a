"""Records as forms: what is written is read again, and leaves open what was open."""

from __future__ import annotations

import json

from fingerpost.record.form.write import form_tree
from fingerpost.record.read import read_text
from fingerpost.record.source_text import Text
from tests.unit.record.table.conftest import LONG_COHORT, ON, mapping
from tests.whole import whole_knowledge


def again(record, dictionaries):
    tree = form_tree(record, whole_knowledge())
    return read_text(Text(json.dumps(tree), "again.json"), dictionaries)


def test_a_record_that_is_written_is_read_again(read, dictionaries):
    files, text = LONG_COHORT
    for record in read(files, text).values():
        found = again(record, dictionaries)
        said = [
            (each.fact, each.value, each.date, each.specimen, each.basis)
            for each in record.findings
        ]
        assert [(e.fact, e.value, e.date, e.specimen, e.basis) for e in found.findings] == said
        assert [each.source.reference for each in found.findings] == [
            each.source.reference for each in record.findings
        ]
        given = [
            (each.drugs, each.unresolved, each.classes, dict(each.attributes))
            for each in record.treatments
        ]
        assert [
            (e.drugs, e.unresolved, e.classes, dict(e.attributes)) for e in found.treatments
        ] == given
        assert found.treatments_complete == record.treatments_complete


def test_an_age_stays_the_same_days_of_birth(read, dictionaries):
    text = mapping("age: {fact: age, date: when}")
    record = read({"a.csv": "id,age,when\np,50,2024-05-10\n"}, text)["p"]
    assert again(record, dictionaries).findings[0].value == record.findings[0].value
    assert ON.year == 2026


def test_the_form_holds_what_to_look_at(read):
    record = read({"a.csv": "id,er\np,maybe\n"}, mapping("er: {fact: er_reported}"))["p"]
    form = form_tree(record, whole_knowledge())
    assert form["facts"]["er_reported"]["absent"] == "not_understood"
    assert form["messages"][0]["code"] == "not_understood"
