"""The JSON of `fingerpost options`: a public contract."""

from __future__ import annotations

import json

import jsonschema
import pytest

from fingerpost.report.schema import DOCUMENTS, answer_schema


@pytest.fixture
def document(ask, record):
    return ask("options", record)


def option(document, name):
    return next(each for each in document["options"] if each["id"] == name)


def test_it_keeps_to_the_published_schema(document):
    jsonschema.Draft202012Validator(answer_schema("options")).validate(document)


def test_with_explain_as_well(ask, record):
    document = ask("options", record, "--explain")
    jsonschema.Draft202012Validator(answer_schema("options")).validate(document)
    traces = [c["trace"] for o in document["options"] for c in o["criteria"]]
    assert {trace["derived"] for trace in traces} - {None} <= set(document["derivations"])


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_schema_is_a_schema(name):
    jsonschema.Draft202012Validator.check_schema(answer_schema(name))


def test_every_answer_says_why(document):
    for each in document["options"]:
        for criterion in each["criteria"]:
            assert criterion["because"], (each["id"], criterion["when"])
            assert criterion["says"]
            known = [b for b in criterion["because"] if b["absence"] is None]
            if criterion["answer"] == "unknown":
                assert len(known) < len(criterion["because"])
            else:
                assert known


def test_a_finding_leads_back_to_the_record(document):
    criterion = option(document, "fda.gammastrant.advanced")["criteria"][1]
    assert criterion["when"] == "hormone_receptor is positive"
    assert criterion["because"] == [
        {
            "kind": "fact",
            "name": "er_percent",
            "treatment": None,
            "label": "ER, percent of cells",
            "value": "90 %",
            "absence": None,
            "words": "ER 90 %",
            "source": "facts.er_percent",
            "date": "2024-02",
            "presumed": False,
            "detail": False,
        }
    ]


def test_a_gap_keeps_its_reason(document):
    (gap,) = option(document, "fda.gammastrant.advanced")["criteria"][2]["because"]
    assert (gap["name"], gap["absence"], gap["value"]) == ("her2_ish", "pending", "result pending")


def test_treatments_count_by_name_and_time(document):
    (because,) = option(document, "fda.omeganib.advanced")["criteria"][3]["because"]
    assert because["kind"] == "treatment"
    assert because["label"] == "gammastrant"
    assert because["value"] == (
        "for cancer that has spread, March 2022 to September 2023, stopped because the cancer grew"
    )


def test_deciding_conditions_and_what_would_have_to_differ(document):
    early = option(document, "fda.gammastrant.early")
    assert early["verdict"] == "does_not_match"
    assert [early["criteria"][place]["answer"] for place in early["deciding"]] == ["no"]
    assert early["would_have_to_differ"] == [
        [
            {
                "name": "extent_reported",
                "treatment": None,
                "label": "Extent of disease, as the team states it",
                "is_now": "spread to other parts of the body",
            }
        ]
    ]


def test_drugs_are_named_and_classes_said_to_be_classes(document):
    drugs = option(document, "fda.alphamab.her2-positive")
    assert drugs["drugs"] == ["alphamab", "chemotherapy"]
    assert [d["is_class"] for d in drugs["drug_details"]] == [False, True]


def test_missing_results_and_what_they_decide(document):
    first = document["missing"][0]
    assert (first["id"], first["kind"]) == ("her2_ish_test", "test")
    assert first["decides"]["always"] == ["fda.alphamab.her2-positive", "fda.gammastrant.advanced"]
    assert first["outcomes"][0] == {
        "result": "positive",
        "matches": ["fda.alphamab.her2-positive"],
        "rules_out": ["fda.gammastrant.advanced"],
    }


def test_facts_with_the_findings_passed_over(document):
    stain = document["facts"]["base"]["her2_ihc"]
    assert stain["value"] == "2+"
    assert [finding["words"] for finding in stain["findings"]] == ["HER2 2+ (liver biopsy)"]
    assert [finding["date"] for finding in stain["passed_over"]] == ["2019-03-05"]


def test_a_partly_known_value_is_what_is_possible(ask):
    given = 'fingerpost: 1\nfacts: {her2_ihc: ["0", "1+"], er_percent: "<1", birth_date: 1970-02}\n'
    base = ask("options", "-", given=given)["facts"]["base"]
    assert base["her2_ihc"]["value"] == {"possible": ["0", "1+"]}
    assert base["er_percent"]["value"] == {
        "low": 0,
        "high": 1,
        "low_included": True,
        "high_included": False,
    }
    assert base["birth_date"]["value"] == "1970-02"


def test_every_source_named_is_told(document):
    named = {c["source"] for o in document["options"] for c in o["criteria"]}
    assert named <= set(document["sources"])
    assert document["sources"]["label.gammastrant"]["checked_on"] == "2024-06-01"


def test_not_in_force_with_the_reason(document):
    (absent,) = document["not_in_force"]
    assert (absent["id"], absent["reason"]) == ("fda.omeganib.withdrawn", "withdrawn")


def test_the_ending_of_the_file_chooses_the_form(run, record, tmp_path):
    out = tmp_path / "answer.json"
    done = run("options", record, "-o", out)
    assert (done.exit_code, done.stdout) == (0, "")
    assert json.loads(out.read_text(encoding="utf-8"))["ok"] is True
    run("options", record, "-o", tmp_path / "answer.txt")
    assert (tmp_path / "answer.txt").read_text(encoding="utf-8").startswith("Fingerpost:")
