"""The form: what is read, generously where the meaning is plain."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable

import pytest

from fingerpost.knowledge.model import Knowledge
from fingerpost.record.dictionaries import Dictionaries
from fingerpost.record.model import Record
from fingerpost.terms import Answer
from fingerpost.values import Days
from tests.unit.record.said import attribute, codes, findings, one, told, value

Form = Callable[[str], Record]


@pytest.mark.parametrize(
    ("line", "fact", "expected"),
    [
        ("er_percent: 90", "er_percent", 90),
        ('er_percent: "90 %"', "er_percent", 90),
        ('er_percent: "<1"', "er_percent", (0, 1)),
        ('er_percent: "1-10 %"', "er_percent", (1, 10)),
        ('er_percent: ">=10"', "er_percent", (10, 100)),
        ("her2_cep17_ratio: less than 1.8", "her2_cep17_ratio", (0, 1.8)),
        ("tumor_size: 2.5 cm", "tumor_size", 25),
        ("tumor_size: 25", "tumor_size", 25),
        ("tumor_size: {value: 2.5, unit: cm}", "tumor_size", 25),
        ("neutrophils: 1800 cells/uL", "neutrophils", 1.8),
        ("fasting_glucose: 5 mmol/L", "fasting_glucose", 90.08),
        ("her2_ihc: 2", "her2_ihc", "2+"),
        ("her2_ihc: 0", "her2_ihc", "0"),
        ("her2_ihc: IHC 2+", "her2_ihc", "2+"),
        ('her2_ihc: ["0", "1+"]', "her2_ihc", {"0", "1+"}),
        ("her2_ihc: [0, 1+]", "her2_ihc", {"0", "1+"}),
        ("her2_ihc: 0 or 1+", "her2_ihc", {"0", "1+"}),
        ("grade: 2", "grade", "2"),
        ("grade: Grade 3", "grade", "3"),
        ("stage_reported: Stage 2a", "stage_reported", "IIA"),
        ("stage_reported: II", "stage_reported", {"IIA", "IIB"}),
        ("t_category: T1", "t_category", {"T1mi", "T1a", "T1b", "T1c"}),
        ("n_category: pN1a (sn)", "n_category", "N1"),
        ("yp_t_category: ypT0", "yp_t_category", "T0"),
        ("t_category: TX", "t_category", "absent: not_known"),
        (
            "menopausal_status_reported: Post-Menopausal",
            "menopausal_status_reported",
            "postmenopausal",
        ),
        ("invasive: true", "invasive", "yes"),
        ("invasive: Yes", "invasive", "yes"),
        ("invasive: n", "invasive", "no"),
        ("her2_ish: pending", "her2_ish", "absent: pending"),
        ("her2_ish: {absent: pending}", "her2_ish", "absent: pending"),
        ("pik3ca_mutation: not tested", "pik3ca_mutation", "absent: not_tested"),
        ("er_percent: unknown", "er_percent", "absent: not_known"),
        ("metastatic_sites: [Bone, liver]", "metastatic_sites", ({"bone", "liver"}, set())),
        ("metastatic_sites: bone", "metastatic_sites", ({"bone"}, set())),
        (
            "metastatic_sites: {present: [bone], absent: [brain]}",
            "metastatic_sites",
            ({"bone"}, {"brain"}),
        ),
        ("metastatic_sites: {absent: not_tested}", "metastatic_sites", "absent: not_tested"),
    ],
)
def test_a_fact_is_read_as_it_is_meant(form: Form, line: str, fact: str, expected: object) -> None:
    assert value(form(f"facts:\n  {line}"), fact) == expected


def test_complete_sets_rule_all_other_members_out(form: Form) -> None:
    present, absent = value(
        form("facts: {metastatic_sites: {present: [bone], complete: true}}"), "metastatic_sites"
    )
    assert present == {"bone"}
    assert {"brain", "liver"} <= absent
    assert value(form("facts: {metastatic_sites: none}"), "metastatic_sites")[0] == set()


@pytest.mark.parametrize("line", ["er_percent:", "er_percent: null", "metastatic_sites: []"])
def test_a_key_without_a_value_says_nothing(form: Form, line: str) -> None:
    assert form(f"facts:\n  {line}").findings == ()


def test_dates_may_be_partial(form: Form) -> None:
    record = form("facts: {birth_date: 1968, diagnosis_date: 2021-03, surgery_date: 9 April 2021}")
    assert one(record, "birth_date").value == Days(dt.date(1968, 1, 1), dt.date(1968, 12, 31))
    assert one(record, "diagnosis_date").value.last == dt.date(2021, 3, 31)
    assert one(record, "surgery_date").value.known == dt.date(2021, 4, 9)


def test_an_age_with_its_day_becomes_the_birth_dates_it_allows(form: Form) -> None:
    born = one(form("facts: {age: {value: 54, date: 2024-05-01}}"), "birth_date").value
    assert born == Days(dt.date(1969, 5, 2), dt.date(1970, 5, 1))


def test_an_age_alone_is_that_of_the_day_asked_about_and_this_is_told(form: Form) -> None:
    record = form("facts: {age: 54}")
    assert one(record, "birth_date").value == Days(dt.date(1971, 11, 23), dt.date(1972, 11, 22))
    assert "inferred" in codes(record)


def test_what_stands_with_a_value_is_kept(form: Form) -> None:
    finding = one(
        form(
            "facts:\n  ki67_percent: {value: 20, date: March 2024, specimen: breast, words: 'Ki-67 20 %',"
            " source: letter of 4 March, because: counted by hand}"
        ),
        "ki67_percent",
    )
    assert finding.date == Days(dt.date(2024, 3, 1), dt.date(2024, 3, 31))
    assert finding.specimen == "primary"
    assert (finding.source.reference, finding.source.words) == ("letter of 4 March", "Ki-67 20 %")
    assert finding.because == "counted by hand"


def test_the_place_in_the_form_is_the_source_where_none_is_named(form: Form) -> None:
    assert one(form("facts: {er_percent: 5}"), "er_percent").source.reference == "facts.er_percent"


def test_a_sample_from_a_metastatic_site_is_one_of_a_metastasis(form: Form) -> None:
    record = form(
        "findings:\n"
        "  - {fact: er_percent, value: 90, date: 2019, specimen: primary}\n"
        "  - {fact: er_percent, value: 5, date: 2023-01, site: Liver}\n"
        "  - {fact: er_percent, value: 7, date: 2023-02, site: skin}\n"
    )
    samples = [finding.specimen for finding in findings(record, "er_percent")]
    assert samples == ["primary", "metastasis", None]


def test_the_prefix_of_a_category_tells_how_it_was_found(form: Form) -> None:
    record = form("facts: {t_category: pT2, n_category: cN0}")
    assert one(record, "t_category").basis == "pathologic"
    assert one(record, "n_category").basis == "clinical"


def test_treatments_are_read_with_what_is_known_of_them(form: Form) -> None:
    record = form(
        "treatments:\n"
        "  - {drugs: [letrozole, Ibrance], setting: metastatic, start: 2022-03, end: 2023-09,"
        " end_reason: progressed, best_response: PR, line: 1}\n"
        "  - {classes: [chemo], setting: after surgery, ongoing: no}\n"
        "  - {kind: radiation, start: 2021}\n"
        "treatments_complete: yes\n"
    )
    first, second, third = record.treatments
    assert first.drugs == ("letrozole", "palbociclib")
    assert attribute(first, "end_reason") == "progression"
    assert attribute(first, "best_response") == "partial"
    assert attribute(first, "line") == 1
    assert first.source.reference == "treatments[0]"
    assert second.classes == ("chemotherapy",)
    assert attribute(second, "setting") == "adjuvant"
    assert attribute(third, "kind") == "radiotherapy"
    assert record.treatments_complete is Answer.YES


def test_nothing_is_added_to_a_treatment_that_was_not_said(form: Form) -> None:
    (treatment,) = form("treatments: [{drugs: [tamoxifen], end: 2020}]").treatments
    assert set(treatment.attributes) == {"end"}


def test_a_setting_may_be_a_group(form: Form) -> None:
    (treatment,) = form("treatments: [{drugs: tamoxifen, setting: advanced}]").treatments
    assert attribute(treatment, "setting") == {"locally_advanced", "metastatic"}


def test_an_unknown_drug_stays_open_and_is_told_with_candidates(form: Form) -> None:
    record = form("treatments: [{drugs: [letrasol]}]")
    (treatment,) = record.treatments
    assert treatment.drugs == ()
    assert treatment.unresolved == ("letrasol",)
    message = next(each for each in record.messages if each.code == "unresolved_drug")
    assert message.severity == "warning"
    assert "letrozole" in message.try_this


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("treatments_complete: true", Answer.YES),
        ("treatments_complete: no", Answer.NO),
        ("treatments_complete: unknown", Answer.UNKNOWN),
        ("facts: {sex: female}", Answer.UNKNOWN),
        ("treatments: none", Answer.YES),
        ("treatments: []", Answer.UNKNOWN),
        ("facts: {treatment_list_complete: yes}", Answer.YES),
    ],
)
def test_the_list_is_complete_only_where_that_is_said(
    form: Form, text: str, expected: Answer
) -> None:
    assert form(text).treatments_complete is expected


def test_json_is_read_like_yaml(form: Form) -> None:
    record = form(
        '{"fingerpost": 1, "$schema": "x", "facts": {"er_percent": 90, "invasive": true}}'
    )
    assert value(record, "er_percent") == 90
    assert value(record, "invasive") == "yes"


def test_a_flow_style_yaml_form_is_not_taken_for_json(form: Form) -> None:
    assert value(form("{fingerpost: 1, facts: {sex: male}}"), "sex") == "male"


def test_bounds_stay_inside_what_is_possible(form: Form) -> None:
    low, high = value(form('facts: {tmb: ">=10"}'), "tmb")
    assert (low, high) == (10, math.inf)


def test_messages_of_a_form_name_the_place(form: Form) -> None:
    assert told(form("treatments: [{drugs: [xyz]}]"), "unresolved_drug").startswith(
        "treatments[0].drugs"
    )


def test_every_family_of_the_knowledge_can_be_named(
    dictionaries: Dictionaries, knowledge: Knowledge
) -> None:
    # Ovarian ablation is one that no drug belongs to; it needs a name of its own in codes/.
    assert dictionaries.classes == frozenset(knowledge.classes)


def test_ovarian_ablation_by_surgery_is_a_treatment_without_a_drug(form: Form) -> None:
    (treatment,) = form("treatments: [{classes: [Ovarian ablation], kind: surgery}]").treatments
    assert treatment.classes == ("ovarian_ablation",)
    assert treatment.drugs == ()


@pytest.mark.parametrize(
    ("written", "kinds"),
    [
        ("[radiotherapy]", "radiotherapy"),
        ("[whole brain radiation 30 Gy]", "radiotherapy"),
        ("[bilateral mastectomy]", "surgery"),
        ("surgery and radiation", {"surgery", "radiotherapy"}),
    ],
)
def test_radiotherapy_and_surgery_are_no_medicines(form: Form, written: str, kinds: object) -> None:
    record = form(f"treatments: [{{drugs: {written}}}]")
    (treatment,) = record.treatments
    assert (treatment.drugs, treatment.unresolved) == ((), ())
    assert attribute(treatment, "kind") == kinds
    assert record.messages == ()


def test_surgery_with_a_date_ahead_is_planned(form: Form) -> None:
    record = form("facts: {surgery_date: 2026-12-05}")
    assert value(record, "breast_surgery") == "planned"


def test_a_misspelled_drug_is_read_and_the_owner_is_told(form: Form) -> None:
    record = form("treatments: [{drugs: [herceptn]}]")
    assert record.treatments[0].drugs == ("trastuzumab",)
    message = next(each for each in record.messages if each.code == "drug_read_as")
    assert message.severity == "info"
    assert message.what == 'read "herceptn" as Herceptin: a misspelling of Herceptin'


def test_a_medicine_that_is_not_against_cancer_is_no_treatment_of_it(form: Form) -> None:
    record = form("treatments: [{drugs: [aloxi]}, {drugs: [taxol, mesna]}]")
    assert [each.drugs for each in record.treatments] == [("paclitaxel",)]
    assert [each.code for each in record.messages].count("not_a_cancer_medicine") == 2


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("[radiotherapy, letrozole]", "radiotherapy"),
        ("[letrozole, radiation 50 Gy]", "radiotherapy"),
        ("[mastectomy, AC]", "surgery"),
        ("[surgery and radiation, tamoxifen]", "radiotherapy and surgery"),
    ],
)
def test_radiation_among_medicines_is_not_lost_in_silence(
    form: Form, written: str, kind: str
) -> None:
    record = form(f"treatments: [{{drugs: {written}}}]")
    assert record.treatments[0].drugs
    assert [message.code for message in record.messages] == ["not_a_cancer_medicine"]
    assert kind in record.messages[0].what


@pytest.mark.parametrize(("raw", "words"), [("5", "5"), ('"as told"', "as told"), ("2.5", "2.5")])
def test_the_words_of_a_treatment_are_kept(form: Form, raw: str, words: str) -> None:
    (treatment,) = form(f"treatments: [{{drugs: [letrozole], words: {raw}}}]").treatments
    assert treatment.words == words


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("letrozole -> fulvestrant", True),
        ("letrozole then fulvestrant", True),
        ("Adriamycin/Cytoxan followed by Taxol", True),
        ("letrozole \u2192 exemestane", True),
        ("tamoxifen switched to letrozole", True),
        ("exemestane after Arimidex", True),
        ("letrozole after surgery", False),
        ("AC-T", False),
        ("AC -> T", False),
        ("letrozole + palbociclib", False),
        ("letrozole", False),
    ],
)
def test_medicines_in_turn_in_one_entry_are_told(form: Form, written: str, *, told: bool) -> None:
    record = form(f'treatments: [{{drugs: ["{written}"]}}]')
    assert ("given_in_turn" in [message.code for message in record.messages]) is told


_DOCETAXEL = "{drugs: [docetaxel], start: 2020-03, end: 2020-06, setting: metastatic%s}"


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (_DOCETAXEL % "", _DOCETAXEL % "", ["listed_twice"]),
        (_DOCETAXEL % "", "{drugs: [Taxotere], start: 2020-03}", ["listed_twice"]),
        ("{drugs: [xyzumab], end: 2020}", "{drugs: [XYZUMAB], end: 2020}", ["listed_twice"]),
        (
            "{drugs: [letrozole], ongoing: true}",
            "{drugs: [Femara], ongoing: true}",
            ["listed_twice"],
        ),
        (_DOCETAXEL % "", _DOCETAXEL % ", end_reason: progression", ["listed_twice"]),
        (
            _DOCETAXEL % ", end_reason: toxicity",
            _DOCETAXEL % ", end_reason: progression",
            ["contradicts"],
        ),
        ("{drugs: [docetaxel]}", "{drugs: [docetaxel]}", []),
        (_DOCETAXEL % "", "{drugs: [docetaxel], start: 2022-01}", []),
        (_DOCETAXEL % "", "{drugs: [docetaxel], start: 2020-03, end: 2020-09}", []),
        (_DOCETAXEL % "", "{drugs: [paclitaxel], start: 2020-03}", []),
    ],
)
def test_the_same_treatment_with_the_same_dates_counts_once(
    form: Form, first: str, second: str, expected: list[str]
) -> None:
    record = form(f"treatments: [{first}, {second}]")
    said = ("listed_twice", "contradicts")
    assert [m.code for m in record.messages if m.code in said] == expected
    assert len(record.treatments) == (1 if expected else 2)
    if expected:
        assert record.treatments[0].places == ("treatments[0]", "treatments[1]")
    if expected == ["contradicts"]:
        assert "end_reason" not in record.treatments[0].attributes
        assert "Docetaxel" in record.messages[-1].what or "docetaxel" in record.messages[-1].what
