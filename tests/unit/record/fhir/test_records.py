"""Whole FHIR records: everything that must be read of each, and nothing else.

The public example records are not part of the project. Where they are not here, their tests say so
and are skipped; invented records with the same traps stand in tests/fixtures/fhir.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from fingerpost.errors import RecordError
from fingerpost.record.dictionaries import Dictionaries
from fingerpost.record.model import Record
from fingerpost.record.read import read_text
from fingerpost.record.source_text import load
from tests.unit.record.said import (
    RXNORM,
    attribute,
    codes,
    findings,
    one,
    public_data,
    short,
    told,
    value,
)

FIXTURES = Path(__file__).parents[3] / "fixtures" / "fhir"
PUBLIC = public_data() / "fhir"
CURATIVE = {"neoadjuvant", "adjuvant", "extended_adjuvant", "locally_advanced"}


def read(dictionaries: Dictionaries, path: Path, patient: str | None = None) -> Record:
    return read_text(load(path, None), dictionaries, patient)


def public(dictionaries: Dictionaries, name: str) -> Record:
    path = PUBLIC / name
    if not path.is_file():
        pytest.skip(f"the public example record {name} is not here")
    return read(dictionaries, path)


def everything(record: Record) -> dict[str, Any]:
    """Every fact that was read, with its value; several values of one fact as a list."""
    found: dict[str, Any] = {}
    for finding in record.findings:
        found.setdefault(finding.fact, []).append(short(finding.value))
    return {fact: values[0] if len(values) == 1 else values for fact, values in found.items()}


def regimens(record: Record) -> list[tuple[set[str], str | None, Any]]:
    """Drugs (or kind), first day and setting of every treatment."""
    return [
        (
            set(each.drugs) or {attribute(each, "kind")},
            None
            if attribute(each, "start") is None
            else attribute(each, "start").first.isoformat(),
            attribute(each, "setting"),
        )
        for each in record.treatments
    ]


def test_edith(dictionaries: Dictionaries) -> None:
    record = read(dictionaries, FIXTURES / "edith_early.json")
    day = dt.date
    assert everything(record) == {
        "birth_date": one(record, "birth_date").value,
        "sex": "female",
        "diagnosis_date": one(record, "diagnosis_date").value,
        "histology": "ductal",
        "invasive": "yes",
        "disease_status": [{"responding", "no_evidence_of_disease"}, "responding"],
        "stage_reported": ["IIIC", "IIB"],
        "t_category": "T3",
        "n_category": "N0",
        "m_category": ["M0", "absent: not_applicable"],
        "er_reported": "positive",
        "pr_reported": "negative",
        "her2_reported": "negative",
        "oncotype_score": 31,
        "tumor_size": 22,
        "neutrophils": "absent: not_understood",
        "ecog": 0,
        "heart_failure": "no",
        "pten_alteration": "absent",
        "somatic_brca_mutation": "absent",
        "breast_surgery": "done",
        "surgery_date": one(record, "surgery_date").value,
    }
    assert one(record, "birth_date").value.known == day(1961, 7, 30)
    assert one(record, "diagnosis_date").value.known == day(2019, 2, 4)
    assert one(record, "surgery_date").value.known == day(2019, 3, 1)
    assert regimens(record) == [
        ({"doxorubicin", "cyclophosphamide"}, "2019-03-20", "adjuvant"),
        ({"paclitaxel"}, "2019-05-20", "adjuvant"),
        ({"radiotherapy"}, "2019-07-01", None),
        ({"anastrozole"}, "2019-08-30", "adjuvant"),
    ]
    assert Counter(codes(record)) == Counter(
        {
            "contradicts": 1,
            "out_of_range": 1,
            "no_value": 1,
            "not_used": 1,
            "not_read": 1,
            "inferred": 3,
        }
    )


def test_rosa(dictionaries: Dictionaries) -> None:
    record = read(dictionaries, FIXTURES / "rosa_metastatic.ndjson")
    assert everything(record) == {
        "birth_date": one(record, "birth_date").value,
        "sex": "female",
        "histology": "ductal",
        "invasive": "yes",
        "stage_reported": ["IV", "IV"],
        "metastatic_sites": [({"liver"}, set()), ({"bone"}, set())],
        "er_reported": "positive",
        "pr_reported": "positive",
        "her2_ihc": {"0", "1+"},
        "mmr": "deficient",
        "esr1_mutation": "present",
        "pik3ca_mutation": "present",
        "ecog": 1,
    }
    assert regimens(record) == [
        ({"exemestane"}, None, None),
        ({"leuprolide", "fulvestrant", "abemaciclib"}, "2020-02-03", None),
        ({"fulvestrant", "ribociclib"}, "2020-05-11", None),
    ]
    assert sorted(codes(record)) == ["inferred", "regional"]


def test_two_people(dictionaries: Dictionaries) -> None:
    with pytest.raises(RecordError, match="2 people"):
        read(dictionaries, FIXTURES / "two_people.json")
    assert (
        value(read(dictionaries, FIXTURES / "two_people.json", "bella"), "er_reported")
        == "positive"
    )


# --- public example records -----------------------------------------------------------------


def test_jenny_m(dictionaries: Dictionaries) -> None:
    """The extended example of mCODE STU4: 40 entries, early breast cancer."""
    record = public(dictionaries, "mcode_stu4_examples/Bundle-mcode-patient-bundle-jenny-m.json")
    assert everything(record) == {
        "birth_date": one(record, "birth_date").value,
        "sex": "female",
        "diagnosis_date": one(record, "diagnosis_date").value,
        "histology": "ductal",
        "invasive": "yes",
        "disease_status": [{"responding", "no_evidence_of_disease"}, "responding"],
        "stage_reported": ["IIIC", "IIB"],
        "t_category": "T3",
        "n_category": "N0",
        "m_category": "M0",
        "ecog": 0,
        "er_reported": "positive",
        "pr_reported": "negative",
        "her2_reported": "negative",
        "oncotype_score": 47,
        "tumor_size": 25,
        "neutrophils": "absent: not_understood",
        "pten_alteration": "absent",
        "somatic_brca_mutation": "absent",
        "breast_surgery": "done",
        "surgery_date": one(record, "surgery_date").value,
    }
    assert one(record, "birth_date").value.known == dt.date(1965, 1, 1)
    assert one(record, "surgery_date").value.known == dt.date(2018, 4, 1)
    assert regimens(record) == [
        ({"cyclophosphamide", "doxorubicin"}, "2018-04-01", "adjuvant"),
        ({"paclitaxel"}, "2018-04-12", "adjuvant"),
        ({"radiotherapy"}, "2018-08-15", CURATIVE),
        ({"anastrozole"}, "2018-09-30", "adjuvant"),
    ]
    assert "IIIC" in told(record, "contradicts")
    assert "neutrophils" in told(record, "out_of_range")


def test_trial_matching_patient(dictionaries: Dictionaries) -> None:
    """A metastatic HR-positive, HER2-negative patient of the CodeX trial matching app."""
    record = public(dictionaries, "trial_matching/TrialMatching_Patient01.json")
    assert everything(record) == {
        "birth_date": one(record, "birth_date").value,
        "sex": "female",
        "histology": "ductal",
        "invasive": "yes",
        "stage_reported": ["IV", "IV"],
        "metastatic_sites": [({"liver"}, set()), ({"bone"}, set())],
        "er_reported": "positive",
        "pr_reported": "positive",
        "her2_ihc": {"0", "1+"},
        "mmr": "deficient",
        "ecog": 1,
        "esr1_mutation": "present",
        "pik3ca_mutation": "present",
    }
    assert regimens(record) == [
        ({"leuprolide", "fulvestrant", "abemaciclib"}, "2019-04-01", None),
        ({"fulvestrant", "ribociclib"}, "2019-06-01", None),
    ]
    assert sorted(codes(record)) == ["inferred", "regional"]


SYNTHEA = sorted((PUBLIC / "synthea_mcode").glob("*.json"))


@pytest.mark.skipif(not SYNTHEA, reason="the public Synthea records are not here")
@pytest.mark.parametrize("path", SYNTHEA, ids=lambda path: path.name[:6])
def test_synthea_patients(dictionaries: Dictionaries, path: Path) -> None:
    record = read(dictionaries, path)
    assert value(record, "sex") == "female"
    assert one(record, "diagnosis_date").value.known is not None
    if path.name.startswith("Addie"):
        assert value(record, "hormone_receptor_reported") == "positive"
        assert value(record, "her2_ihc") == {"0", "1+"}
        assert value(record, "positive_nodes") == "absent: not_understood"
        assert set(record.treatments[-1].drugs) == {"tamoxifen", "ribociclib"}
        assert "another illness" in told(record, "not_read")
    elif path.name.startswith("Alena"):
        assert "wrong_system" in codes(record)
        assert "taxane" in record.treatments[-1].classes
        assert "deceased" in codes(record)
    else:
        # Twenty of 54 such patients have no receptor or stage at all: nothing may be made of that.
        assert findings(record, "er_reported") == findings(record, "stage_reported") == []


EXAMPLES = sorted((PUBLIC / "mcode_stu4_examples").glob("*.json")) + sorted(
    (PUBLIC / "genomics_reporting").glob("*.json")
)


@pytest.mark.skipif(
    not EXAMPLES, reason="the public mCODE and Genomics Reporting examples are not here"
)
def test_every_public_example_is_read_or_refused_in_plain_words(dictionaries: Dictionaries) -> None:
    refused = []
    for path in EXAMPLES:
        try:
            read(dictionaries, path)
        except RecordError as error:
            refused.append(error.problems[0].code)
            assert "resourceType" in json.loads(path.read_bytes())
    assert set(refused) <= {"nothing-to-read"}


MEDICINES = PUBLIC.parent / "codes" / "codex-ctm" / "medications.json"
# Codes of one part of a fixed combination, called by the name of that part.
PHESGO = "pertuzumab_trastuzumab_hyaluronidase"


@pytest.mark.skipif(not MEDICINES.is_file(), reason="the public list of products is not here")
def test_product_codes_agree_with_the_names_in_a_public_list(dictionaries: Dictionaries) -> None:
    """The list groups its 2,623 breast products wrongly here and there; code and name are compared."""
    differ, agree = set(), 0
    for each in json.loads(MEDICINES.read_bytes()):
        named = dictionaries.names.read(each["display"])
        meanings = dictionaries.codes.code(RXNORM, each["code"])
        coded = {meaning.drug for meaning in meanings if meaning.drug}
        coded |= {dictionaries.drug_codes.get((RXNORM, each["code"]))} - {None}
        if "breast" in each["cancerType"] and coded and named.drugs and not named.unresolved:
            agree += coded == set(named.drugs)
            if coded != set(named.drugs):
                differ |= coded
    assert agree > 900
    assert differ <= {PHESGO}
