"""A record written as a form reads back to the same record, wherever it came from."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

import jsonschema
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import fingerpost as fp
from fingerpost.errors import RecordError
from fingerpost.knowledge.model import Knowledge
from fingerpost.record.dictionaries import Dictionaries
from fingerpost.record.form.schema import form_schema
from fingerpost.record.form.write import form_tree, record_as_json, record_as_yaml
from fingerpost.record.model import Finding, Record, Source, Treatment
from fingerpost.record.read import read_text
from fingerpost.record.source_text import Text, load
from fingerpost.record.written.attributes import ATTRIBUTES
from fingerpost.terms import AbsenceKind, Answer
from fingerpost.values import Absent, Choice, Days, Interval, Members
from tests.unit.record import people
from tests.unit.record.conftest import TODAY
from tests.unit.record.said import public_data

Form = Callable[[str], Record]
EXAMPLES = sorted((Path(__file__).parents[4] / "examples").glob("*.*"))
MARCH = Days(dt.date(2024, 3, 9), dt.date(2024, 3, 9))


def record_of(*findings: Finding, treatments: Iterable[Treatment] = ()) -> Record:
    return Record(tuple(findings), tuple(treatments), Answer.UNKNOWN, (), "fhir")


def by_fact(record: Record) -> dict[str, list[Finding]]:
    found = defaultdict(list)
    for finding in record.findings:
        found[finding.fact].append(finding)
    return found


def same(one: Record, other: Record) -> None:
    """Everything the same, and the findings of one fact in the same order."""
    assert by_fact(one) == by_fact(other)
    assert one.treatments == other.treatments
    assert one.treatments_complete is other.treatments_complete
    assert one.messages == other.messages


def round_trip(record: Record, dictionaries: Dictionaries, knowledge: Knowledge) -> None:
    for write in (record_as_yaml, record_as_json):
        text = write(record, knowledge)
        again = read_text(Text(text, "written"), dictionaries)
        same(record, again)
        assert write(again, knowledge) == text


def test_any_record_reads_back(dictionaries: Dictionaries, knowledge: Knowledge) -> None:
    @given(record=people.records(knowledge))
    @settings(max_examples=100, deadline=None)
    def reads_back(record: Record) -> None:
        round_trip(record, dictionaries, knowledge)

    reads_back()


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_every_example_reads_back_and_answers_alike(
    path: Path, dictionaries: Dictionaries, knowledge: Knowledge
) -> None:
    record = read_text(load(path, None), dictionaries)
    round_trip(record, dictionaries, knowledge)
    again = read_text(Text(record_as_yaml(record, knowledge), "written"), dictionaries)
    assert _answers(record, knowledge) == _answers(again, knowledge)


def _answers(record: Record, knowledge: Knowledge) -> object:
    """Everything that `fingerpost options` says, apart from the order of messages."""
    rules = fp.RuleSet(knowledge, TODAY, "fda")
    answer = json.loads(
        fp.options_as_json(fp.find_options(fp.derive(record, knowledge, TODAY), rules))
    )
    answer["messages"] = sorted(answer["messages"], key=json.dumps)
    return answer


def test_public_fhir_records_read_back(dictionaries: Dictionaries, knowledge: Knowledge) -> None:
    folder = public_data() / "fhir"
    if not folder.is_dir():
        pytest.skip(f"no public FHIR records in {folder}")
    read = 0
    for path in sorted(folder.rglob("*.json")):
        try:
            record = read_text(load(path, None), dictionaries)
        except RecordError:
            continue
        round_trip(record, dictionaries, knowledge)
        read += 1
    assert read


def test_what_is_written_fits_the_published_schema(knowledge: Knowledge) -> None:
    schema = form_schema(knowledge.facts, knowledge.drugs, knowledge.classes)
    validator = jsonschema.Draft202012Validator(schema)

    @given(record=people.records(knowledge))
    @settings(max_examples=20, deadline=None, phases=[Phase.generate])
    def fits(record: Record) -> None:
        assert [e.json_path for e in validator.iter_errors(form_tree(record, knowledge))] == []

    fits()


# --- every value --------------------------------------------------------------------------


def test_every_value_of_every_fact_reads_back(
    dictionaries: Dictionaries, knowledge: Knowledge
) -> None:
    findings = []
    for fact, entry in knowledge.facts.items():
        if entry.type in ("category", "flag"):
            values = [Choice(frozenset({name})) for name in entry.values or ("yes", "no")]
        elif entry.type == "set":
            every = frozenset(entry.values)
            values = [
                *(Members(frozenset({name})) for name in entry.values),
                *(Members(absent=every), Members(present=every), Members()),
            ]
        else:
            values = []
        values += [Absent(kind) for kind in AbsenceKind]
        findings += [Finding(fact, each, None, Source("fhir", "Observation/a")) for each in values]
    round_trip(record_of(*findings), dictionaries, knowledge)
    for finding in findings:
        # Alone, it is written in its shortest way.
        if isinstance(finding.value, Absent):
            short = record_of(Finding(finding.fact, finding.value, None, _own(finding.fact)))
            round_trip(short, dictionaries, knowledge)


def _own(fact: str) -> Source:
    return Source("form", f"facts.{fact}")


def test_every_drug_and_class_reads_back(dictionaries: Dictionaries, knowledge: Knowledge) -> None:
    treatments = [
        Treatment((drug,), (), (), {}, Source("fhir", "MedicationRequest/a"))
        for drug in knowledge.drugs
    ]
    treatments += [
        Treatment((), (), (name,), {}, Source("fhir", "MedicationRequest/b"))
        for name in dictionaries.classes
    ]
    round_trip(record_of(treatments=treatments), dictionaries, knowledge)


def test_every_attribute_of_a_treatment_reads_back(
    dictionaries: Dictionaries, knowledge: Knowledge
) -> None:
    treatments = [
        Treatment((), (), (), {name: Choice(frozenset({value}))}, Source("fhir", "Procedure/a"))
        for name, entry in ATTRIBUTES.items()
        if entry.type in ("category", "flag")
        for value in entry.values or ("yes", "no")
    ]
    round_trip(record_of(treatments=treatments), dictionaries, knowledge)


# --- how it reads -------------------------------------------------------------------------


def written(finding: Finding, knowledge: Knowledge) -> str:
    """The lines of one fact, without the comments of the form."""
    lines = record_as_yaml(record_of(finding), knowledge).splitlines()
    return " ".join(line.strip() for line in lines if line.startswith("  ") and "#" not in line)


@pytest.mark.parametrize(
    ("value", "line"),
    [
        (Interval(90, 90), "er_percent: 90"),
        (Interval(0.5, 0.5), "er_percent: 0.5"),
        (Interval(0, 1, high_open=True), 'er_percent: "<1"'),
        (Interval(0, 10), 'er_percent: "<=10"'),
        (Interval(10, 100, low_open=True), 'er_percent: ">10"'),
        (Interval(1, 10), 'er_percent: "1-10"'),
        (Interval(1, 10, low_open=True), 'er_percent: ">1 and <=10"'),
        (Absent(AbsenceKind.PENDING), "er_percent: pending"),
    ],
)
def test_a_value_alone_is_written_as_a_person_would(
    value: Interval | Absent, line: str, knowledge: Knowledge
) -> None:
    assert written(Finding("er_percent", value, None, _own("er_percent")), knowledge) == line


def test_a_finding_keeps_where_it_stood_and_its_words(knowledge: Knowledge) -> None:
    fhir = Source("fhir", "Observation/abc", "ER 95 %", "portal.json")
    report = Source("text", "page 1, line 7", "ER: positive (95%)", "report.pdf")
    finding = Finding("er_percent", Interval(95, 95), MARCH, fhir, also_in=(report,))
    assert written(finding, knowledge) == (
        'er_percent: value: 95 date: 2024-03-09 words: "ER 95 %" '
        "source: {kind: fhir, reference: Observation/abc, file: portal.json} "
        "also_in: - {kind: text, reference: "
        '"page 1, line 7", file: report.pdf, words: "ER: positive (95%)"}'
    )


def test_every_fact_says_in_a_comment_what_it_is(knowledge: Knowledge) -> None:
    text = record_as_yaml(
        record_of(Finding("er_percent", Interval(5, 5), None, _own("er_percent"))), knowledge
    )
    label = knowledge.facts["er_percent"].label
    assert f"  # {label}, in %\n  er_percent: 5\n" in text


def test_a_sample_of_which_nothing_is_known_stays_so(form: Form, knowledge: Knowledge) -> None:
    finding = Finding("er_percent", Interval(5, 5), None, Source("fhir", "Observation/a"), "liver")
    (again,) = form(record_as_yaml(record_of(finding), knowledge)).findings
    assert again.specimen is None


# --- what a form may say since then -------------------------------------------------------


def test_a_form_may_say_where_in_another_record_a_finding_stood(form: Form) -> None:
    (finding,) = form(
        "facts:\n  er_percent: {value: 90, words: ER 90, source: {kind: fhir, reference: "
        "Observation/abc, file: portal.json}, also_in: [letter of 4 March], status: preliminary}"
    ).findings
    assert finding.source == Source("fhir", "Observation/abc", "ER 90", "portal.json")
    assert finding.also_in == (Source("form", "letter of 4 March"),)
    assert finding.status == "preliminary"
    assert [source.place for source in finding.sources] == [
        "portal.json: Observation/abc",
        "letter of 4 March",
    ]


def test_a_form_may_hold_names_that_are_known_to_fit_no_drug(form: Form) -> None:
    record = form("treatments: [{unresolved: [ABC-123], setting: metastatic}]")
    assert record.treatments[0].unresolved == ("ABC-123",)
    assert record.messages == ()


def test_a_form_may_hold_what_was_told_when_it_was_read(form: Form) -> None:
    record = form(
        "messages: [{code: contradicts, where: Observation/a, what: two results, severity: warning}]"
    )
    (message,) = record.messages
    assert (message.code, message.where, message.severity) == (
        "contradicts",
        "Observation/a",
        "warning",
    )


def test_dates_may_be_the_days_between_two(form: Form) -> None:
    record = form(
        "facts: {surgery_date: 2021-03 to 2021-05-10, diagnosis_date: until March 2020}\n"
        "treatments: [{drugs: [letrozole], start: from 2021-06}]"
    )
    spans = [finding.value for finding in record.findings]
    assert spans[0] == Days(dt.date(2021, 3, 1), dt.date(2021, 5, 10))
    assert spans[1] == Days(None, dt.date(2020, 3, 31))
    assert record.treatments[0].attributes["start"] == Days(dt.date(2021, 6, 1), None)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("facts: {er_percent: {value: 5, source: {kind: fax, reference: x}}}", "unknown-value"),
        ("facts: {er_percent: {value: 5, source: {referenz: x}}}", "unknown-key"),
        ("facts: {er_percent: {value: 5, source: [x]}}", "wrong-type"),
        ("facts: {er_percent: {value: 5, also_in: [5]}}", "wrong-type"),
        ("facts: {er_percent: {value: 5, status: maybe}}", "unknown-value"),
        ("facts: {er_percent: '>10 and <5'}", "not-a-number"),
        ("facts: {surgery_date: 2021 to 2020}", "wrong-date"),
        ("treatments: [{unresolved: 5}]", "wrong-type"),
        ("messages: text", "wrong-type"),
        ("messages: [text]", "wrong-type"),
        ("messages: [{what: x, severity: loud}]", "unknown-value"),
    ],
)
def test_what_cannot_be_read_is_refused(
    problems: Callable[[str], tuple[fp.Problem, ...]], text: str, code: str
) -> None:
    assert code in [problem.code for problem in problems(f"fingerpost: 1\n{text}")]


def test_a_contradiction_of_another_record_is_passed_on_and_not_refused(form: Form) -> None:
    """The person who holds the form cannot mend what a hospital wrote."""
    record = form(
        "facts:\n"
        "  breast_surgery: {value: done, source: {kind: fhir, reference: Procedure/a}}\n"
        "  surgery_date: {value: 2027-01, source: {kind: fhir, reference: Procedure/b}}\n"
        "treatments: [{drugs: [letrozole], start: 2024, end: 2021,"
        " source: {kind: fhir, reference: MedicationRequest/a}}]"
    )
    assert len(record.findings) == 2
    assert record.messages == ()


def test_any_words_survive(dictionaries: Dictionaries, knowledge: Knowledge) -> None:
    @given(text=st.text(max_size=200))
    @settings(max_examples=100, deadline=None)
    def survives(text: str) -> None:
        source = Source("text", "line 1", text)
        record = record_of(Finding("er_percent", Interval(5, 5), None, source, because=text))
        round_trip(record, dictionaries, knowledge)

    survives()
