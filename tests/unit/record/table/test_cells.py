"""What stands in a cell is read, said to be absent, or told as not understood; it is never lost."""

from __future__ import annotations

import datetime as dt

import pytest

from fingerpost.terms import AbsenceKind, Answer
from fingerpost.values import Absent
from tests.unit.record.said import attribute, codes, one, short, told, value
from tests.unit.record.table.conftest import mapping

ER = mapping("er: {fact: er_reported}")


def test_every_cell_is_text_so_that_nothing_is_lost(read):
    people = read({"a.csv": "id,her2\n007,1+\n7,0\n"}, mapping("her2: {fact: her2_ihc}"))
    assert list(people) == ["007", "7"]
    assert value(people["007"], "her2_ihc") == "1+"
    assert value(people["7"], "her2_ihc") == "0"


def test_a_finding_keeps_its_words_and_where_they_stood(read):
    finding = one(read({"a.csv": "id,er\np,Positive\n"}, ER)["p"], "er_reported")
    assert (finding.source.kind, finding.source.words) == ("table", "Positive")
    assert finding.source.reference == "a.csv, row 2, er"


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("NA", AbsenceKind.NOT_STATED),
        ("[Not Available]", AbsenceKind.NOT_STATED),
        ("[Not Evaluated]", AbsenceKind.NOT_TESTED),
        ("not done", AbsenceKind.NOT_TESTED),
        ("Unknown", AbsenceKind.NOT_KNOWN),
        ("pending", AbsenceKind.PENDING),
        ("[Not Applicable]", AbsenceKind.NOT_APPLICABLE),
        ("nan", AbsenceKind.NOT_STATED),
    ],
)
def test_missing_values_keep_their_kind(read, word, kind):
    record = read({"a.csv": f"id,er\np,{word}\n"}, ER)["p"]
    assert one(record, "er_reported").value == Absent(kind)
    assert codes(record) == []


def test_a_missing_value_may_be_a_nine_if_the_mapping_says_so(read):
    text = mapping("er: {fact: er_reported, absent: {9: not_known, '-': not_tested}}")
    people = read({"a.csv": "id,er\np,9\nq,-\n"}, text)
    assert value(people["p"], "er_reported") == "absent: not_known"
    assert value(people["q"], "er_reported") == "absent: not_tested"


@pytest.mark.parametrize("word", ["9", "-", "+", "maybe", "#DIV/0!", "Positve"])
def test_what_is_not_understood_is_a_message_and_no_answer(read, word):
    record = read({"a.csv": f"id,er\np,{word}\n"}, ER)["p"]
    assert value(record, "er_reported") == "absent: not_understood"
    assert codes(record) == ["not_understood"]
    assert "a.csv, row 2, er" in told(record, "not_understood")
    assert word in told(record, "not_understood")


def test_an_empty_cell_says_nothing(read):
    assert read({"a.csv": "id,er\np,\nq,  \n"}, ER)["p"].findings == ()


@pytest.mark.parametrize("fact", ["recurrence", "residual_disease", "metastatic_sites", "diabetes"])
@pytest.mark.parametrize("word", ["None", "none"])
def test_none_may_be_a_gap_so_it_is_no_answer(read, fact, word):
    record = read({"a.csv": f"id,x\np,{word}\n"}, mapping(f"x: {{fact: {fact}}}"))["p"]
    assert value(record, fact) == "absent: not_understood"


def test_the_mapping_can_say_what_none_means(read):
    text = mapping("x: {fact: recurrence, values: {None: none}}")
    assert value(read({"a.csv": "id,x\np,None\n"}, text)["p"], "recurrence") == "none"


def test_zero_and_one_are_not_taken_for_no_and_yes(read):
    people = read({"a.csv": "id,x\np,0\nq,1\n"}, mapping("x: {fact: pregnant}"))
    assert [value(people[each], "pregnant") for each in "pq"] == ["absent: not_understood"] * 2


def test_several_values_are_one_of_these(read):
    text = mapping('x: {fact: her2_ihc, values: {0-1+: ["0", 1+]}}')
    assert value(read({"a.csv": "id,x\np,0-1+\n"}, text)["p"], "her2_ihc") == {"0", "1+"}


def test_decimal_commas_thousands_units_and_bounds(read):
    text = mapping(
        """
        k: {fact: ki67_percent, decimal: ","}
        s: {fact: tumor_size, unit: cm}
        e: {fact: er_percent}
        p: {fact: platelets, decimal: "."}
        """
    )
    record = read({"a.csv": 'id;k;s;e;p\np;22,5;2.3;<1;"1,200"\n'}, text)["p"]
    assert value(record, "ki67_percent") == 22.5
    assert value(record, "tumor_size") == 23
    assert value(record, "er_percent") == (0, 1)
    assert value(record, "platelets") == 1200


def test_a_thousand_sign_without_a_word_of_the_mapping_is_not_guessed(read):
    text = mapping("p: {fact: platelets}")
    record = read({"a.csv": 'id,p\np,"1,200"\n'}, text)["p"]
    assert value(record, "platelets") == "absent: not_understood"


@pytest.mark.parametrize(
    ("decimal", "written", "read_as"),
    [
        (",", "2,5", 2.5),
        (",", "2.5", "absent: not_understood"),
        (",", "1.5-2.5", "absent: not_understood"),
        (",", "1,234.5", "absent: not_understood"),
        (",", "< 2,5 mm", (0, 2.5)),
        (",", "0.123", "absent: not_understood"),
        (".", "2.5", 2.5),
        (".", "2,5", "absent: not_understood"),
        (".", "1.234,5", "absent: not_understood"),
    ],
)
def test_a_number_with_the_other_decimal_sign_is_not_guessed(read, decimal, written, read_as):
    text = mapping(f's: {{fact: tumor_size, unit: mm, decimal: "{decimal}"}}')
    record = read({"a.csv": f"id;s\np;{written}\n"}, text)["p"]
    assert value(record, "tumor_size") == read_as


def test_dates_that_could_be_two_days_need_the_order(read):
    text = mapping("d: {fact: diagnosis_date}")
    table = {"a.csv": "id,d\np,3/4/2021\n"}
    assert value(read(table, text)["p"], "diagnosis_date") == "absent: not_understood"
    ordered = mapping("d: {fact: diagnosis_date}", table="dates: day_first")
    assert str(value(read(table, ordered)["p"], "diagnosis_date").known) == "2021-04-03"


@pytest.mark.parametrize(
    ("cell", "unit", "read_as"),
    [
        ("20", "mm", 20),
        ("20 mm", "mm", 20),
        ("2 cm", "", 20),
        ("2", "cm", 20),
        ("2 cm", "mm", "absent: not_understood"),
        ("90%", "mm", "absent: not_understood"),
        ("5 furlongs", "mm", "absent: not_understood"),
    ],
)
def test_a_unit_in_the_cell_and_another_in_the_mapping_are_not_guessed(read, cell, unit, read_as):
    by_column = mapping("s: {fact: tumor_size, unit_column: u}")
    record = read({"a.csv": f"id,s,u\np,{cell},{unit}\n"}, by_column)["p"]
    assert value(record, "tumor_size") == read_as
    if unit:
        record = read(
            {"a.csv": f"id,s\np,{cell}\n"}, mapping(f"s: {{fact: tumor_size, unit: {unit}}}")
        )["p"]
        assert value(record, "tumor_size") == read_as


def test_each_table_has_its_own_order_of_dates(read):
    text = """
fingerpost_mapping: 1
name: two
absent: {9999: not_known}
tables:
  a: {file: a.csv, id: id, date: day, dates: day_first, columns: {x: {fact: er_percent}}}
  b: {file: b.csv, id: id, date: day, dates: month_first, columns: {x: {fact: pr_percent}}}
  c: {file: c.csv, id: id, date: day, columns: {x: {fact: ki67_percent}}}
  d: {file: d.csv, id: id, date: day, dates: day_first, columns: {x: {fact: lvef_percent}}}
"""
    rows = "id,x,day\np,40,3/4/2021\n"
    last = rows.replace("3/4/2021", "9999")
    record = read({"a.csv": rows, "b.csv": rows, "c.csv": rows, "d.csv": last}, text)["p"]
    dates = {each.fact: each.date for each in record.findings}
    assert dates["er_percent"].first == dt.date(2021, 4, 3)
    assert dates["pr_percent"].first == dt.date(2021, 3, 4)
    assert dates["ki67_percent"] is None
    assert dates["lvef_percent"] is None
    assert [(each.code, each.where) for each in record.messages] == [
        ("not_understood", "c.csv, row 2, x (date)")
    ]


def test_date_specimen_and_basis_come_from_the_row(read):
    text = mapping(
        "er: {fact: er_reported, date: when, specimen: {column: kind, values: {MET: metastasis}}}\n"
        "t: {fact: t_category, basis: pathologic}"
    )
    record = read({"a.csv": "id,er,when,kind,t\np,positive,2024-05,met,T2\n"}, text)["p"]
    finding = one(record, "er_reported")
    assert (str(finding.date.first), finding.specimen) == ("2024-05-01", "metastasis")
    assert one(record, "t_category").basis == "pathologic"


def test_a_result_dated_in_the_future_is_left_out_and_told(read):
    text = mapping("er: {fact: er_reported, date: when}")
    record = read({"a.csv": "id,er,when\np,positive,2031-01-01\n"}, text)["p"]
    assert record.findings == ()
    assert codes(record) == ["not_read"]


def test_an_age_is_the_days_of_birth_it_allows(read):
    text = mapping("age: {fact: age, date: when}")
    born = value(read({"a.csv": "id,age,when\np,50.6,2024-05-10\n"}, text)["p"], "birth_date")
    assert (str(born.first), str(born.last)) == ("1973-05-11", "1974-05-10")


def test_an_age_without_its_day_is_told(read):
    record = read({"a.csv": "id,a,d\np,50,\n"}, mapping("a: {fact: age, date: d}"))["p"]
    assert value(record, "birth_date") == "absent: not_understood"
    assert codes(record) == ["not_understood"]


def test_a_word_that_names_no_specimen_is_told(read):
    text = mapping(
        "er: {fact: er_reported, specimen: {column: kind, values: {M: metastasis}}}",
        table="absent: {x: not_known}",
    )
    rows = "id,er,kind\np,positive,M\nq,positive,Moon\nr,positive,X\ns,positive,\n"
    people = read({"a.csv": rows}, text)
    assert [people[each].findings[0].specimen for each in "pqrs"] == [
        "metastasis",
        None,
        None,
        None,
    ]
    assert [codes(people[each]) for each in "pqrs"] == [[], ["not_understood"], [], []]


def test_a_column_may_speak_of_one_member_of_a_set(read):
    text = mapping("bone: {fact: metastatic_sites, member: bone, values: {y: present, n: absent}}")
    people = read({"a.csv": "id,bone\np,y\nq,n\nr,?\n"}, text)
    assert value(people["p"], "metastatic_sites") == ({"bone"}, set())
    assert value(people["q"], "metastatic_sites") == (set(), {"bone"})
    assert value(people["r"], "metastatic_sites") == "absent: not_known"


def test_a_long_table_of_tests_is_read_by_the_name_of_the_test(read):
    text = mapping(
        """
        result:
          - {fact: er_percent, when: {column: test, is: [ER]}, date: day}
          - {fact: her2_ihc, when: {column: test, is: [HER2 IHC]}, date: day}
        """,
        table="rows: several",
    )
    rows = "id,test,result,day\np,ER,90,2020-01-05\np,HER2 IHC,2+,2020-01-05\np,ER,0,2024-02-01\n"
    record = read({"a.csv": rows}, text)["p"]
    assert [short(each.value) for each in record.findings] == [90, "2+", 0]


def test_a_column_can_step_back_where_a_better_one_says_something(read):
    text = mapping(
        "ihc: {fact: er_reported}\ner: {fact: er_reported, unless: [ihc], note: how is not said}"
    )
    people = read({"a.csv": "id,ihc,er\np,positive,negative\nq,NA,negative\n"}, text)
    assert value(people["p"], "er_reported") == "positive"
    assert [short(each.value) for each in people["q"].findings] == [
        "absent: not_stated",
        "negative",
    ]
    assert people["q"].findings[1].because == "how is not said"


# --- treatments ---------------------------------------------------------------------------

WIDE = """
treatments:
  - {column: chemo, yes: [YES], no: [NO], classes: [chemotherapy], attributes: {setting: {value: adjuvant}}}
"""


def test_a_yes_is_a_treatment_and_a_no_is_no_proof(read):
    text = mapping("er: {fact: er_reported}", table=WIDE)
    people = read({"a.csv": "id,er,chemo\np,,YES\nq,,NO\nr,,NA\ns,,perhaps\n"}, text)
    (given,) = people["p"].treatments
    assert (given.classes, attribute(given, "setting")) == (("chemotherapy",), "adjuvant")
    assert {each.treatments_complete for each in people.values()} == {Answer.UNKNOWN}
    assert (people["q"].treatments, codes(people["q"])) == ((), ["treatment_denied"])
    assert (people["r"].treatments, codes(people["r"])) == ((), [])
    assert (people["s"].treatments, codes(people["s"])) == ((), ["not_understood"])


def test_columns_are_all_treatment_only_if_the_mapping_says_so_and_each_answers(read):
    table = WIDE + "treatments_are_all: true"
    people = read(
        {"a.csv": "id,er,chemo\np,,YES\nq,,NO\nr,,NA\n"},
        mapping("er: {fact: er_reported}", table=table),
    )
    said = [people[each].treatments_complete for each in "pqr"]
    assert said == [Answer.YES, Answer.YES, Answer.UNKNOWN]


def completeness(read, rows, table, more=""):
    people = read({"a.csv": rows}, mapping("er: {fact: er_reported}", more, table))
    return {name: record.treatments_complete for name, record in people.items()}


def test_a_row_that_does_not_answer_leaves_open_what_another_row_says(read):
    table = WIDE + "treatments_are_all: true\nrows: several"
    rows = "id,er,chemo\np,,\np,,NO\nq,,NO\nq,,\nr,,NO\nr,,NO\n"
    assert completeness(read, rows, table) == {
        "p": Answer.UNKNOWN,
        "q": Answer.UNKNOWN,
        "r": Answer.YES,
    }


def test_a_column_that_is_not_there_leaves_open_what_was_given(read):
    table = """
treatments_are_all: true
treatments:
  - {column: chemo, yes: [YES], no: [NO], classes: [chemotherapy]}
  - {column: pill, yes: [YES], no: [NO], drugs: [tamoxifen]}
"""
    may_miss = "columns_may_be_missing: true"
    rows = "id,er,pill\np,,NO\n"
    assert completeness(read, rows, table, may_miss) == {"p": Answer.UNKNOWN}


@pytest.mark.parametrize(
    "table",
    [
        "treatment_rows: {drug: drug}",
        "treatment_rows: {classes: {column: kind, values: {C: chemotherapy}}}",
        "treatment_rows: {drug: kind, when: {column: gone, is: x}}",
    ],
)
def test_rows_are_all_treatment_only_if_each_names_one(read, table):
    rows = "id,er,kind\np,,\n"
    found = completeness(
        read, rows, f"treatments_are_all: true\n{table}", "columns_may_be_missing: true"
    )
    assert found == {"p": Answer.UNKNOWN}


def test_rows_without_a_regimen_are_treatments_each(read):
    table = "rows: several\nabsent: {X: not_stated}\ntreatment_rows: {drug: drug, regimen: regimen}"
    rows = "id,er,drug,regimen\n" + "".join(
        f"p,,{drug},{word}\n"
        for drug in ("letrozole", "paclitaxel")
        for word in ("NA", "X", "", " ")
    )
    text = mapping("er: {fact: er_reported}", "columns_may_be_missing: true", table)
    assert len(read({"a.csv": rows}, text)["p"].treatments) == 8
    without = rows.replace(",regimen\n", ",other\n")
    assert len(read({"a.csv": without}, text)["p"].treatments) == 8


LONG = """
rows: several
treatment_rows:
  drug: drug
  attributes:
    start: {column: start}
    end: {column: end}
    end_reason: {column: reason, values: {PD: progression, tox: toxicity}, absent: {x: not_known}}
"""


def test_rows_are_treatments_with_drug_dates_and_reason(read):
    rows = (
        "id,er,drug,start,end,reason\n"
        "p,,letrozole,2020-01,2021-06-03,PD\n"
        "p,,Xyzamab,2021-07,,x\n"
        "q,,paclitaxel,2024-01-01,2023-01-01,tox\n"
    )
    people = read({"a.csv": rows}, mapping("er: {fact: er_reported}", table=LONG))
    first, second = people["p"].treatments
    assert first.drugs == ("letrozole",)
    assert attribute(first, "end_reason") == "progression"
    assert (second.drugs, second.unresolved) == ((), ("Xyzamab",))
    assert "unresolved_drug" in codes(people["p"])
    (odd,) = people["q"].treatments
    assert "start" not in odd.attributes
    assert "contradicts" in codes(people["q"])


def test_rows_of_one_regimen_are_one_treatment(read):
    table = """
rows: several
treatment_rows: {drug: drug, regimen: regimen, attributes: {start: {column: start}}}
"""
    rows = (
        "id,er,drug,regimen,start\np,,doxorubicin,1,2020-01-02\np,,cyclophosphamide,1,2020-01-02\n"
    )
    (treatment,) = read({"a.csv": rows}, mapping("er: {fact: er_reported}", table=table))[
        "p"
    ].treatments
    assert treatment.drugs == ("doxorubicin", "cyclophosphamide")
