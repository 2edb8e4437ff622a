"""Forms that cannot be read: where, what, what to try; all problems at once; never a value."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from fingerpost.errors import Problem
from fingerpost.record import source_text

Problems = Callable[[bytes | str | Path], tuple[Problem, ...]]


@pytest.mark.parametrize(
    ("line", "code", "advice"),
    [
        ("er_percent: 140", "out-of-range", "correct"),
        ("pdl1_cps_22c3: -3", "out-of-range", "correct"),
        ('er_percent: ">100"', "out-of-range", "correct"),
        ("positive_nodes: 2.5", "out-of-range", "correct"),
        ("surgery_date: 2090", "future-date", "correct the year"),
        ("er_percent: {value: 5, date: 2090-01-01}", "future-date", "correct the year"),
        ("surgery_date: 3/4/2021", "wrong-date", "2021-03-09"),
        ("birth_date: 1850", "wrong-date", "2021-03"),
        ("her2_ihc: 4+", "unknown-value", "0, 1+, 2+, 3+"),
        ("histology: banana", "unknown-value", "ductal, lobular"),
        ("pr_reported: ER positive", "unknown-value", "positive, negative"),
        ("metastatic_sites: [bone, toe]", "unknown-value", "bone, liver"),
        ("metastatic_sites: {present: [bone], absent: [bone]}", "contradiction", "keep one"),
        ("tumor_size: 3 kg", "wrong-unit", "mm"),
        ("er_percent: lots", "not-a-number", "1-10"),
        ("er_percent: [1, 2]", "wrong-type", "1-10"),
        ("her2_ihc: [2+, {}]", "wrong-type", "0, 1+"),
        ("invasive: maybe", "unknown-value", "yes, no"),
        ("er: positive", "unknown-fact", "er_reported"),
        ("her2: positive", "unknown-fact", "her2_reported"),
        ("her_ihc: 2+", "unknown-fact", "her2_ihc"),
        ("er_percent: {valeu: 3}", "unknown-key", "value"),
        ("er_percent: {date: 2020}", "missing-key", "value"),
        ("er_percent: {value: 3, absent: pending}", "contradiction", "keep one"),
        ("er_percent: {value: 3, specimen: toe}", "unknown-value", "primary"),
        ("er_percent: {absent: because}", "unknown-value", "pending"),
        ("t_category: {value: pT2, basis: clinical}", "contradiction", "report"),
        ("t_category: ypT2", "unknown-value", "T0"),
        ("age: -1", "out-of-range", "correct"),
    ],
)
def test_a_fact_that_cannot_be_is_refused(
    problems: Problems, line: str, code: str, advice: str
) -> None:
    found = problems(f"fingerpost: 1\nfacts:\n  {line}\n")
    problem = next(each for each in found if each.code == code)
    assert advice in problem.try_this
    fact = line.partition(":")[0]
    assert f"facts.{fact}" in problem.where
    assert "3:" in problem.where


@pytest.mark.parametrize(
    ("text", "code", "where"),
    [
        ("treatment: []", "unknown-key", "treatment"),
        ("fingerpost: 2", "wrong-version", "fingerpost"),
        ("facts: []", "wrong-type", "facts"),
        ("findings: {}", "wrong-type", "findings"),
        ("findings: [3]", "wrong-type", "findings[0]"),
        ("findings: [{value: 3}]", "missing-key", "findings[0]"),
        ("findings: [{fact: nope, value: 3}]", "unknown-fact", "findings[0].fact"),
        ("treatments: {}", "wrong-type", "treatments"),
        ("treatments: [letrozole]", "wrong-type", "treatments[0]"),
        ("treatments: [{drug: x}]", "unknown-key", "treatments[0].drug"),
        ("treatments: [{setting: adjuvant}]", "missing-key", "treatments[0]"),
        ("treatments: [{drugs: 5}]", "wrong-type", "treatments[0].drugs"),
        ("treatments: [{classes: [aromatic]}]", "unknown-value", "treatments[0].classes[0]"),
        ("treatments: [{drugs: x, setting: sideways}]", "unknown-value", "treatments[0].setting"),
        ("treatments: [{drugs: x, start: 2022, end: 2020}]", "contradiction", "treatments[0].end"),
        (
            "treatments: [{drugs: x, end: 2020, ongoing: yes}]",
            "contradiction",
            "treatments[0].ongoing",
        ),
        ("treatments: [{drugs: x, start: 2090}]", "future-date", "treatments[0].start"),
        ("treatments_complete: perhaps", "wrong-type", "treatments_complete"),
    ],
)
def test_a_form_of_the_wrong_shape_is_refused(
    problems: Problems, text: str, code: str, where: str
) -> None:
    text = text if "fingerpost" in text else f"fingerpost: 1\n{text}"
    found = problems(text)
    assert (code, True) in [(each.code, where in each.where) for each in found]


def test_all_problems_are_told_at_once_also_those_of_the_yaml(problems: Problems) -> None:
    found = problems(
        "fingerpost: 1\nfacts:\n  er_percent: 140\n  her2_ihc: 9+\n  her2_ihc: 3+\ntreatments: [{drug: x}]\n"
    )
    assert {each.code for each in found} >= {
        "out-of-range",
        "unknown-value",
        "yaml-duplicate-key",
        "unknown-key",
    }


def test_no_problem_repeats_what_a_person_wrote(problems: Problems) -> None:
    canary = "canary8471"
    found = problems(
        "fingerpost: 1\n"
        f"facts: {{er_percent: {canary}, her2_ihc: {canary}, sex: {{value: {canary}}}, birth_date: {canary},"
        f" metastatic_sites: [{canary}], surgery_date: {canary}}}\n"
        f"treatments: [{{drugs: [x], setting: {canary}, classes: [{canary}]}}]\n"
    )
    assert len(found) >= 7
    assert all(canary not in str(each) for each in found)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"", "empty-record"),
        (b"  \n\n ", "empty-record"),
        (b"hello", "not-a-record"),
        (b"null", "not-a-record"),
        (b"# a remark\n", "not-a-record"),
        (b"---\n", "not-a-record"),
        (b"- a\n- b", "not-a-record"),
        (b"a: [1", "yaml-syntax"),
        (b"\x00\x01\x02\x03binary", "not-text"),
        (b"%PDF-1.7 \x00\x01", "broken-pdf"),
        (b"PK\x03\x04\x00\x00", "not-text"),
        (b"fingerpost: 1\nfacts: {sex: \xff\xfe}", "not-text"),
        (b"{}", "not-a-record"),
        (b'{"a": 1}', "not-a-record"),
        (b"[]", "not-a-record"),
        (b'{"fingerpost": 1, "facts": {"er_per', "broken-json"),
        (b'{"fingerpost": 1,}', "broken-json"),
        (b"[" * 100_000, "broken-json"),
        (b'{"fingerpost": 1, "facts": {"er_percent": ' + b"9" * 5000 + b"}}", "broken-json"),
        (b'{"fingerpost": 1, "facts": {"er_percent": NaN}}', "not-a-number"),
        (b'{"fingerpost": 1, "facts": {"er_percent": -Infinity}}', "not-a-number"),
        (b'{"fingerpost": 1, "facts": {"er_percent": 1e999}}', "not-a-number"),
        (b"fingerpost: 1\nfacts: {er_percent: 1e999}", "not-a-number"),
        (b"fingerpost: 1\nfacts: {er_percent: 1.0e+2}", "not-a-number"),
        (b'{"fingerpost": 1, "facts": {"sex": "male", "sex": "female"}}', "duplicate-key"),
        (gzip.compress(b"fingerpost: 1", mtime=0)[:-9], "broken-gzip"),
        (b"\x1f\x8bnot gzip", "broken-gzip"),
        (gzip.compress(b"", mtime=0), "empty-record"),
    ],
)
def test_what_is_no_record_is_refused_in_plain_words(
    problems: Problems, text: bytes, code: str
) -> None:
    (problem,) = problems(text)
    assert problem.code == code
    assert "Traceback" not in str(problem)


def test_json_that_was_cut_off_says_where(problems: Problems) -> None:
    (problem,) = problems('{"fingerpost": 1,\n "facts": {"er_percent": ')
    assert problem.where.startswith("record:2:")
    assert "cut off" in problem.what


def test_nan_says_where_it_stands(problems: Problems) -> None:
    (problem,) = problems('{"fingerpost": 1,\n "facts": {"er_percent": NaN, "words": "NaN"}}')
    assert problem.where == "record:2:26"


def test_a_file_that_is_not_there_or_is_a_folder(problems: Problems, tmp_path: Path) -> None:
    assert problems(tmp_path / "nobody.yaml")[0].code == "unreadable-file"
    assert problems(tmp_path)[0].code == "unreadable-file"


def test_a_record_above_the_limit_is_refused_before_it_is_read(
    problems: Problems, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source_text, "MAX_BYTES", 1024 * 1024)
    large = tmp_path / "large.json"
    large.write_bytes(b"[" + b" " * (1024 * 1024) + b"]")
    (problem,) = problems(large)
    assert problem.code == "too-large"
    assert "1 MB" in problem.what
    assert "one person" in problem.try_this
    assert problems(gzip.compress(large.read_bytes()))[0].code == "too-large"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_other_ways_to_save_a_text_file_are_read(
    form: Callable[[str], object], encoding: str
) -> None:
    data = "fingerpost: 1\nfacts: {sex: female}\n".encode(encoding)
    assert "sex: female" in source_text.load(data, None).text


@pytest.mark.parametrize(
    ("treatment", "key", "code", "advice"),
    [
        ("{drugs: [letrozole], line: 2.5}", "line", "out-of-range", "2, or 1-2"),
        ("{drugs: [letrozole], line: 1.5-2}", "line", "out-of-range", "2, or 1-2"),
        ("{drugs: [AC], cycles: 3.5}", "cycles", "out-of-range", "2, or 1-2"),
        ("{drugs: [AC], cycles: 0}", "cycles", "contradiction", "leave the entry out"),
        ("{drugs: [letrozole], kind: radiotherapy}", "kind", "contradiction", "one entry"),
        (
            "{drugs: [cisplatin], kind: [radiotherapy, surgery]}",
            "kind",
            "contradiction",
            "one entry",
        ),
        (
            "{drugs: [AC], progression: no, end_reason: PD}",
            "progression",
            "contradiction",
            "keep one",
        ),
        (
            "{drugs: [AC], progression: no, end_reason: recurrence}",
            "progression",
            "contradiction",
            "",
        ),
        ("{drugs: [AC], words: [a, b]}", "words", "wrong-type", ""),
        ("{drugs: [AC], words: {a: b}}", "words", "wrong-type", ""),
    ],
)
def test_what_a_treatment_cannot_say_is_refused(
    problems: Problems, treatment: str, key: str, code: str, advice: str
) -> None:
    (problem,) = problems(f"fingerpost: 1\ntreatments: [{treatment}]\n")
    assert problem.code == code
    assert problem.where.endswith(f"treatments[0].{key}")
    assert advice in problem.try_this


@pytest.mark.parametrize("raw", ["no", "unknown", "nothing", "5", "{drugs: [letrozole]}"])
def test_a_list_that_is_none_is_told_how_to_say_none(problems: Problems, raw: str) -> None:
    (problem,) = problems(f"fingerpost: 1\ntreatments: {raw}\n")
    assert "treatments: none" in problem.try_this
