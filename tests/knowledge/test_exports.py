"""What the knowledge is given to others as: the whole in one document, and VA-Spec statements."""

from __future__ import annotations

import datetime as dt
import json
from functools import cache

import jsonschema
import pytest
from ga4gh.va_spec.base.core import Statement

from fingerpost.report.export import PARTS, export_document, export_schema
from fingerpost.report.va_spec import va_spec_statements
from tests.whole import whole_knowledge

ON = dt.date(2026, 7, 2)


@cache
def document():
    return json.loads(json.dumps(export_document(whole_knowledge())))


@cache
def statements():
    return va_spec_statements(whole_knowledge(), ON)


def test_the_export_keeps_to_its_schema():
    schema = export_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(document())


def test_nothing_is_left_out_of_the_export():
    knowledge = whole_knowledge()
    for part in PARTS[1:]:
        assert set(document()[part]) == set(getattr(knowledge, part)), part
    option = document()["options"]["fda.alpelisib.advanced-after-endocrine"]
    assert option["windows"][0]["criteria"][0]["when"]
    assert "node" not in option["windows"][0]["criteria"][0]


def test_there_are_statements_for_the_genes_that_labels_name():
    told = {statement["id"] for statement in statements()}
    assert "fingerpost:fda.alpelisib.advanced-after-endocrine:pik3ca_mutation" in told
    assert "fingerpost:ema.capivasertib.advanced-after-endocrine:akt1_alteration" in told
    assert "fingerpost:fda.olaparib.adjuvant-high-risk:germline_brca1" in told


@pytest.mark.parametrize("statement", statements(), ids=lambda statement: statement["id"])
def test_a_statement_is_one_of_va_spec(statement):
    made = Statement.model_validate(statement)
    assert made.proposition.predicate == "predictsSensitivityTo"


def test_a_change_that_must_be_absent_is_no_statement():
    assert not [s for s in statements() if "gedatolisib" in s["id"]]


def test_inherited_and_acquired_changes_are_told_apart():
    origins = {s["id"]: s["proposition"]["alleleOriginQualifier"]["name"] for s in statements()}
    assert origins["fingerpost:fda.olaparib.adjuvant-high-risk:germline_brca1"] == "germline"
    assert origins["fingerpost:fda.alpelisib.advanced-after-endocrine:pik3ca_mutation"] == "somatic"
