"""Whole reports: spans, parts, dates, what is open, and what stays apart."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fingerpost.errors import RecordError
from fingerpost.facts.derive import derive
from fingerpost.knowledge.model import Knowledge
from fingerpost.record.code_index import CodeIndex
from fingerpost.record.dictionaries import Dictionaries
from fingerpost.record.drugs.names import DrugNames
from fingerpost.record.pathology.read import MAX_CHARACTERS, read_report
from fingerpost.record.read import looks_like_table, read_text
from fingerpost.record.source_text import Text
from fingerpost.record.written.value_reader import ValueReader
from fingerpost.values import Absent
from tests.unit.record.pathology.reading import DAY, read, statuses, values, words
from tests.whole import whole_knowledge

REPORT = """FINAL DIAGNOSIS:
A. Left breast, core biopsy:
 - Invasive ductal carcinoma.
BIOMARKERS (block A1):
Estrogen receptor: Positive (95%)
Progesterone receptor: Negative (0%)
HER2: Equivocal (score 2+), FISH pending
"""
UNRELATED = "\nThe specimen was received in formalin and measures 3 x 2 x 1 cm.\n\n"
PIECES = [
    *("ER", "PR", "HER2", "estrogen receptor", "positive", "negative", "95%", "2+", "0-1+", "FISH"),
    *("not", "amplified", "pending", "(", ")", ":", "/", "+", "-", ".", "\n", " ", "history of"),
    *(
        "DCIS",
        "A.",
        "left breast",
        "reference range",
        "= ",
        "score",
        "ratio 1.2",
        "<",
        "\u2265",
        "\u0130",
    ),
    *(
        "ncgative",
        "triple negative",
        "ADDENDUM:",
        "repeat",
        "Allred",
        "8/8",
        "controls",
        "[ ]",
        "\u2013",
    ),
]


def made_dictionaries() -> tuple[Knowledge, Dictionaries]:
    knowledge = whole_knowledge()
    index = CodeIndex(knowledge.codes.values())
    names = DrugNames(knowledge.drugs, index)
    reader = ValueReader(knowledge.facts, DAY)
    return knowledge, Dictionaries(reader, names, index, knowledge.drugs, DAY)


KNOWLEDGE, DICTIONARIES = made_dictionaries()


@settings(max_examples=300)
@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_any_text_is_read_and_every_span_holds_its_words(pieces: list[str]) -> None:
    text = " ".join(pieces)
    reading = read(text, DICTIONARIES)
    for each in reading.statements:
        assert text[each.start : each.end] == each.words
        assert 0 <= each.start < each.end <= len(text)
        assert each.line == text.count("\n", 0, each.start) + 1
    statuses(reading, KNOWLEDGE)


@settings(max_examples=200)
@given(st.text(max_size=300))
def test_no_text_raises(text: str) -> None:
    read(text, DICTIONARIES)


@pytest.mark.parametrize("before", [True, False])
def test_an_unrelated_paragraph_changes_nothing(
    before: bool, dictionaries: Dictionaries, knowledge: Knowledge
) -> None:
    more = UNRELATED + REPORT if before else REPORT + UNRELATED
    first, second = read(REPORT, dictionaries), read(more, dictionaries)
    assert values(first) == values(second)
    assert words(first, knowledge) == words(second, knowledge)


def test_without_the_receptor_lines_all_is_unknown(
    dictionaries: Dictionaries, knowledge: Knowledge
) -> None:
    rest = "".join(REPORT.splitlines(keepends=True)[:4])
    assert words(read(rest, dictionaries), knowledge) == dict.fromkeys(
        ("er", "pr", "her2"), "unknown"
    )


def test_a_status_names_its_reason_and_its_statements(
    dictionaries: Dictionaries, knowledge: Knowledge
) -> None:
    reading = read(REPORT, dictionaries)
    her2 = statuses(reading, knowledge).overall["her2"]
    assert her2.status == "equivocal"
    assert "gene test (ISH)" in her2.because
    assert {reading.statements[at].fact for at in her2.findings} == {"her2_ihc", "her2_reported"}


def test_her2_low_is_named(dictionaries: Dictionaries, knowledge: Knowledge) -> None:
    her2 = statuses(read("HER2: negative (1+)", dictionaries), knowledge).overall["her2"]
    assert her2.status == "negative"
    assert "HER2-low" in her2.because


def test_two_parts_that_differ_stay_two(dictionaries: Dictionaries, knowledge: Knowledge) -> None:
    text = (
        "DIAGNOSIS:\nA. Left breast, core biopsy:\n Invasive carcinoma. ER: positive (90%).\n"
        "B. Right breast, core biopsy:\n Invasive carcinoma. ER: negative (0%).\n"
    )
    found = statuses(read(text, dictionaries), knowledge)
    assert found.overall["er"].status == "unknown"
    assert "differ" in found.overall["er"].because
    by_part = {each.part: each.statuses["er"].status for each in found.specimens}
    assert by_part == {"A": "positive", "B": "negative"}


def test_a_contradiction_is_not_settled_by_a_percentage(
    dictionaries: Dictionaries, knowledge: Knowledge
) -> None:
    reading = read("ER: negative.\n\nCOMMENT: ER: positive (90%).", dictionaries)
    assert words(reading, knowledge)["er"] == "unknown"


def test_in_situ_is_told_and_does_not_count(
    dictionaries: Dictionaries, knowledge: Knowledge
) -> None:
    reading = read("Ductal carcinoma in situ (DCIS), high grade. ER: positive.", dictionaries)
    assert [each.counts for each in reading.statements] == [False]
    because = statuses(reading, knowledge).overall["er"].because
    assert "in situ" in because


def test_what_is_open_has_its_kind(dictionaries: Dictionaries) -> None:
    text = "ER: pending.\n\nPR: not performed.\n\nHER2: cannot be determined."
    found = {each.fact: each.value for each in read(text, dictionaries).statements}
    kinds = {fact: value.kind.value for fact, value in found.items() if isinstance(value, Absent)}
    assert kinds == {
        "er_reported": "pending",
        "pr_reported": "not_tested",
        "her2_reported": "not_known",
    }


def test_a_distant_sample_is_a_metastasis(dictionaries: Dictionaries) -> None:
    text = "Liver, core biopsy: metastatic carcinoma of breast origin. ER: positive."
    assert [each.specimen for each in read(text, dictionaries).statements] == ["metastasis"]


def test_an_earlier_report_is_said_to_be_one(dictionaries: Dictionaries) -> None:
    reading = read("ER: positive, as per core biopsy report.", dictionaries)
    assert [each.quoted for each in reading.statements] == [True]


def test_the_date_of_the_sample_and_of_the_addendum(dictionaries: Dictionaries) -> None:
    text = "Collected: 2026-03-04\nER: positive\nADDENDUM, 2026-03-12:\nHER2: negative\n"
    first, second = read(text, dictionaries).statements
    assert first.date is not None
    assert second.date is not None
    assert str(first.date.known) == "2026-03-04"
    assert str(second.date.known) == "2026-03-12"


def test_the_door_knows_a_report(dictionaries: Dictionaries, knowledge: Knowledge) -> None:
    record = read_text(Text(REPORT, "report.txt"), dictionaries)
    assert record.kind == "text"
    chosen = derive(record, knowledge, DAY).chosen
    assert [f.source.words for f in chosen["er_percent"].findings] == [
        "Estrogen receptor: Positive (95%"
    ]


@pytest.mark.parametrize(
    "text",
    ["hello: world\n", "facts:\n  er_percent: 90\n  her2_ihc: 0\n", "id,er,pr,her2,x\n1,+,+,-,2\n"],
)
def test_the_door_takes_nothing_else_for_a_report(text: str, dictionaries: Dictionaries) -> None:
    with pytest.raises(RecordError):
        read_text(Text(text, "record"), dictionaries)


def test_a_table_is_seen() -> None:
    assert looks_like_table("id\ter\tpr\ther2\tage\n1\t+\t+\t-\t60\n")
    assert not looks_like_table(REPORT)


def test_a_text_that_is_too_long_is_refused(dictionaries: Dictionaries) -> None:
    with pytest.raises(RecordError) as raised:
        read_report(Text("ER " * MAX_CHARACTERS, "big.txt"), dictionaries)
    assert [problem.code for problem in raised.value.problems] == ["too-large"]


@pytest.mark.parametrize(
    "piece",
    ["ER ", "ER/", "ER: positive ", "no ER found ", "score 0 = ", "+", "ratio ", "0 - ", "not no "],
)
def test_no_text_takes_long(piece: str, dictionaries: Dictionaries) -> None:
    # Time is bounded by the patterns, not by a clock: with squares, this would run for minutes.
    read((piece * 100_000)[:100_000], dictionaries)
