"""Several records of one person as one: what is the same, what is not, and what is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest

import fingerpost as fp
from fingerpost.errors import RecordError
from fingerpost.knowledge.model import Knowledge
from fingerpost.record.dictionaries import Dictionaries
from fingerpost.record.merge import merge_records
from fingerpost.record.model import Finding, Message, Record, Source
from fingerpost.record.read import read_text
from fingerpost.record.source_text import Text, load
from fingerpost.terms import Answer
from fingerpost.values import Interval
from tests.unit.record.conftest import TODAY
from tests.unit.record.said import (
    attribute,
    codes,
    findings,
    observation,
    one,
    patient,
    public_data,
    quantity,
    told,
    value,
)

Merge = Callable[..., Record]
Named = Callable[[str, str], Record]


@pytest.fixture
def named(dictionaries: Dictionaries) -> Named:
    """Read a form under a name."""

    def read(name: str, text: str) -> Record:
        return read_text(Text(f"fingerpost: 1\n{text}", name), dictionaries)

    return read


@pytest.fixture
def merge(named: Named, knowledge: Knowledge) -> Merge:
    """Merge forms, called a.yaml, b.yaml ...; in any order, with the same outcome."""

    def of(*texts: str, **how: Any) -> Record:
        records = [named(f"{name}.yaml", text) for name, text in zip("abcdef", texts, strict=False)]
        merged = merge_records(records, knowledge, **how)
        for order in permutations(records):
            assert merge_records(order, knowledge, **how) == merged
        assert merge_records([*records, records[0]], knowledge, **how) == merged
        again = merge_records([merged], knowledge, **how)
        assert (again.findings, again.treatments) == (merged.findings, merged.treatments)
        assert again.messages == merged.messages
        assert again.treatments_complete is merged.treatments_complete
        return merged

    return of


# --- findings: the same told twice --------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        # The same value on the same day.
        ("{value: 90, date: 2024-02-11}", "{value: 90, date: 2024-02-11}", (90, "2024-02-11")),
        # One of them without a date.
        ("90", "{value: 90, date: 2024-02-11}", (90, "2024-02-11")),
        # One of them with the month only.
        ("{value: 90, date: 2024-02}", "{value: 90, date: 2024-02-11}", (90, "2024-02-11")),
        # One of them less exact.
        ('{value: ">=10", date: 2024-02-11}', "{value: 90, date: 2024-02-11}", (90, "2024-02-11")),
        # One of them says what was sampled.
        ("{value: 90, specimen: metastasis}", "90", (90, None)),
        # The place written in two ways.
        ("{value: 90, site: Liver}", "{value: 90, site: liver}", (90, None)),
        # The place in the words of a code, and in those of a report; one of them more exact.
        (
            "{value: 90, site: Left breast structure (body structure)}",
            "{value: 90, site: 'breast, left'}",
            (90, None),
        ),
        ("{value: 90, site: left breast}", "{value: 90, site: left breast 2:00}", (90, None)),
        # Each knows something of the sample; value and day are the same.
        (
            "{value: 90, date: 2024-02-11, site: left breast}",
            "{value: 90, date: 2024-02-11, specimen: primary}",
            (90, "2024-02-11"),
        ),
        # A preliminary result that was signed off as it was.
        ("{value: 90, status: preliminary}", "90", (90, None)),
    ],
)
def test_one_result_told_twice_is_one_finding_with_both_places(
    merge: Merge, first: str, second: str, kept: tuple[float, str | None]
) -> None:
    merged = merge(f"facts: {{er_percent: {first}}}", f"facts: {{er_percent: {second}}}")
    finding = one(merged, "er_percent")
    assert value(merged, "er_percent") == kept[0]
    day = finding.date.known.isoformat() if finding.date and finding.date.known else None
    assert day == kept[1]
    assert sorted(source.place for source in finding.sources) == [
        "a.yaml: facts.er_percent",
        "b.yaml: facts.er_percent",
    ]
    assert finding.status == "final"
    assert "contradicts" not in codes(merged)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        # Another day.
        ("{value: 90, date: 2019-02-11}", "{value: 90, date: 2024-02-11}"),
        # Another sample.
        ("{value: 90, specimen: primary}", "{value: 90, specimen: metastasis}"),
        # Another place.
        ("{value: 90, site: left breast}", "{value: 90, site: right breast}"),
        # Two samples of one day.
        (
            "{value: 90, date: 2024-02-11, site: left breast}",
            "{value: 90, date: 2024-02-11, site: right breast}",
        ),
        # Each knows something that the other does not: together they would say what nobody said.
        ("{value: 90, date: 2024-02-11}", "{value: 90, specimen: metastasis}"),
    ],
)
def test_two_results_stay_two_findings(merge: Merge, first: str, second: str) -> None:
    merged = merge(f"facts: {{er_percent: {first}}}", f"facts: {{er_percent: {second}}}")
    assert len(findings(merged, "er_percent")) == 2
    assert "contradicts" not in codes(merged)


def test_a_result_that_may_be_of_either_of_two_samples_of_a_day_stays_by_itself(
    merge: Merge,
) -> None:
    day = "value: 90, date: 2024-02-11"
    merged = merge(
        f"findings: [{{fact: er_percent, {day}, site: left breast}}]",
        f"findings: [{{fact: er_percent, {day}, specimen: primary, because: a}},"
        f" {{fact: er_percent, {day}, specimen: recurrence, because: b}}]",
    )
    assert len(findings(merged, "er_percent")) == 3


def test_what_either_says_of_the_sample_is_kept(merge: Merge) -> None:
    merged = merge(
        "facts: {er_percent: {value: 90, date: 2024-02-11, site: left breast, words: x}}",
        "facts: {er_percent: {value: 90, date: 2024-02-11, specimen: primary, status: preliminary}}",
    )
    finding = one(merged, "er_percent")
    assert (finding.site, finding.specimen, finding.status) == ("left breast", "primary", "final")


def test_another_basis_is_another_result(merge: Merge) -> None:
    merged = merge("facts: {t_category: cT2}", "facts: {t_category: pT2}")
    assert len(findings(merged, "t_category")) == 2


def test_what_changes_with_time_is_no_restatement_of_an_older_result(merge: Merge) -> None:
    """Without a date it may be today's; with the old date it would be too old to rely on."""
    merged = merge(
        "facts: {lvef_percent: 62}", "facts: {lvef_percent: {value: 62, date: 2024-01-05}}"
    )
    assert len(findings(merged, "lvef_percent")) == 2


def test_positive_beside_a_percentage_is_no_conflict(merge: Merge) -> None:
    merged = merge(
        "facts: {er_reported: {value: positive, date: 2024-02-11}}",
        "facts: {er_percent: {value: 95, date: 2024-02-11}}",
    )
    assert len(merged.findings) == 2
    assert "contradicts" not in codes(merged)


def test_the_words_of_every_place_are_kept(merge: Merge) -> None:
    merged = merge(
        "facts: {er_percent: {value: 95, words: 'ER 95 %'}}",
        "facts: {er_percent: {value: '>90', words: 'strongly positive (> 90 %)'}}",
    )
    assert [source.words for source in one(merged, "er_percent").sources] == [
        "ER 95 %",
        "strongly positive (> 90 %)",
    ]


def test_why_there_is_no_value_is_told_once_and_never_becomes_a_value(merge: Merge) -> None:
    merged = merge(
        "facts: {her2_ish: pending}", "facts: {her2_ish: pending}", "facts: {her2_ish: not tested}"
    )
    kinds = [each.value for each in findings(merged, "her2_ish")]
    assert len(kinds) == 2


def test_one_observation_in_two_exports_is_one_finding(
    fhir: Callable[..., Record], knowledge: Knowledge
) -> None:
    result = observation("16112-5", id="er", **quantity(95, "%"))
    first = fhir(patient(), result)
    second = fhir(patient(), result, observation("16113-3", id="pr", **quantity(20, "%")))
    merged = merge_records([_called(first, "2024.json"), _called(second, "2025.json")], knowledge)
    found = [each for each in merged.findings if "Observation/er" in each.source.reference]
    assert found
    for finding in found:
        assert {source.file for source in finding.sources} == {"2024.json", "2025.json"}


def _called(record: Record, name: str) -> Record:
    return replace(record, name=name)


def test_a_copy_of_a_record_adds_nothing(named: Named, knowledge: Knowledge) -> None:
    text = "facts: {er_percent: 95}\ntreatments: [{drugs: [letrozole], start: 2024}]"
    merged = merge_records([named("a.yaml", text), named("a.yaml", text)], knowledge)
    assert len(one(merged, "er_percent").sources) == 1
    assert len(merged.treatments) == 1


def test_two_records_of_one_name_are_told_apart(named: Named, knowledge: Knowledge) -> None:
    merged = merge_records(
        [named("a.yaml", "facts: {er_percent: 95}"), named("a.yaml", "facts: {er_percent: '>90'}")],
        knowledge,
    )
    files = {source.file for source in one(merged, "er_percent").sources}
    assert files == {"a.yaml", "a.yaml (2)"}


# --- findings: what contradicts -----------------------------------------------------------


def test_results_that_contradict_each_other_both_stay_and_are_told_with_both_places(
    merge: Merge,
) -> None:
    merged = merge(
        "facts: {er_percent: {value: 90, date: 2024-02-11, words: ER 90}}",
        "facts: {er_percent: {value: 0, date: 2024-02, words: ER neg}}",
    )
    assert len(findings(merged, "er_percent")) == 2
    (message,) = [each for each in merged.messages if each.code == "contradicts"]
    assert message.severity == "warning"
    assert "a.yaml: facts.er_percent" in message.where
    assert "b.yaml: facts.er_percent" in message.where
    assert '"ER 90"' in message.what
    assert '"ER neg"' in message.what


def test_a_contradiction_is_told_once_in_the_answer(merge: Merge, knowledge: Knowledge) -> None:
    merged = merge(
        "facts: {er_percent: {value: 90, date: 2024-02-11}}",
        "facts: {er_percent: {value: 0, date: 2024-02-11}}",
    )
    facts = fp.derive(merged, knowledge, TODAY)
    assert [each.code for each in facts.messages].count("contradicts") == 1


def test_a_result_without_a_date_may_be_of_the_same_day(merge: Merge) -> None:
    merged = merge("facts: {er_percent: 90}", "facts: {er_percent: {value: 0, date: 2024-02}}")
    message = next(each for each in merged.messages if each.code == "contradicts")
    assert message.try_this.startswith("give the date")


def test_results_that_differ_by_rounding_are_no_contradiction_and_no_choice_is_made(
    merge: Merge, knowledge: Knowledge
) -> None:
    merged = merge(
        "facts: {ki67_percent: {value: 20, date: 2024-02-11}}",
        "facts: {ki67_percent: {value: 19.6, date: 2024-02-11}}",
    )
    assert "contradicts" not in codes(merged)
    assert "rounded" in codes(merged)
    facts = fp.derive(merged, knowledge, TODAY)
    assert facts.case.facts["ki67_percent"] == Interval(19.6, 20)
    assert "contradicts" not in [each.code for each in facts.messages]


# --- treatments ---------------------------------------------------------------------------

MONTH = "{drugs: [letrozole, palbociclib], start: 2024-03, end_reason: progression}"
DAY = "{drugs: [Ibrance, letrozole], start: 2024-03-04, setting: metastatic}"


def test_one_regimen_told_twice_is_one_with_the_more_exact_date(merge: Merge) -> None:
    merged = merge(f"treatments: [{MONTH}]", f"treatments: [{DAY}]")
    (treatment,) = merged.treatments
    assert treatment.attributes["start"].known == dt.date(2024, 3, 4)
    assert attribute(treatment, "end_reason") == "progression"
    assert attribute(treatment, "setting") == "metastatic"
    assert set(treatment.places) == {"a.yaml: treatments[0]", "b.yaml: treatments[0]"}


def test_one_regimen_without_dates_is_the_only_one_with_its_medicines(merge: Merge) -> None:
    merged = merge(
        "treatments: [{drugs: [letrozole, palbociclib], line: 1}]", f"treatments: [{DAY}]"
    )
    (treatment,) = merged.treatments
    assert attribute(treatment, "line") == 1


def test_a_regimen_that_may_be_either_of_two_stays_by_itself_and_is_told(merge: Merge) -> None:
    merged = merge(
        "treatments: [{drugs: [letrozole]}]",
        "treatments: [{drugs: [letrozole], start: 2015}, {drugs: [letrozole], start: 2024}]",
    )
    assert len(merged.treatments) == 3
    assert codes(merged).count("treatments_overlap") == 2


def test_the_same_medicines_at_another_time_are_another_regimen(merge: Merge) -> None:
    merged = merge(
        "treatments: [{drugs: [letrozole], start: 2015, end: 2020}]",
        "treatments: [{drugs: [letrozole], start: 2024}]",
    )
    assert len(merged.treatments) == 2
    assert "treatments_overlap" not in codes(merged)


def test_lists_that_share_some_medicines_stay_two_and_are_told(merge: Merge) -> None:
    merged = merge("treatments: [{drugs: [letrozole], start: 2024-03}]", f"treatments: [{DAY}]")
    assert len(merged.treatments) == 2
    text = told(merged, "treatments_overlap")
    assert "a.yaml: treatments[0], b.yaml: treatments[0]" in text or (
        "b.yaml: treatments[0], a.yaml: treatments[0]" in text
    )


def test_one_that_goes_on_and_one_that_ended_stay_two_and_are_told(merge: Merge) -> None:
    merged = merge(
        "treatments: [{drugs: [letrozole], start: 2024-03, ongoing: yes}]",
        "treatments: [{drugs: [letrozole], start: 2024-03, end: 2025-01}]",
    )
    assert len(merged.treatments) == 2
    assert "ongoing" in told(merged, "contradicts")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("setting: adjuvant", "setting: metastatic"),
        ("end_reason: completed", "end_reason: progression"),
        ("line: 1", "line: 2"),
        ("end: 2025-01", "end: 2025-06"),
    ],
)
def test_regimens_that_contradict_each_other_stay_two(
    merge: Merge, first: str, second: str
) -> None:
    merged = merge(
        f"treatments: [{{drugs: [letrozole], start: 2024-03, {first}}}]",
        f"treatments: [{{drugs: [letrozole], start: 2024-03, {second}}}]",
    )
    assert len(merged.treatments) == 2


@pytest.mark.parametrize(
    ("grew", "stayed"),
    [
        ("end_reason: progression", "progression: no"),
        ("end_reason: recurrence", "progression: no"),
        ("best_response: progression", "progression: no"),
        ("best_response: progression", "end_reason: completed"),
        ("best_response: PD", "end_reason: side effects"),
    ],
)
def test_growth_that_one_record_says_and_another_denies_is_a_contradiction(
    merge: Merge, grew: str, stayed: str
) -> None:
    one_entry, other = (
        f"treatments: [{{drugs: [letrozole], start: 2024-01, {said}}}]" for said in (grew, stayed)
    )
    merged = merge(one_entry, other)
    assert len(merged.treatments) == 2
    assert "differ in: progression" in told(merged, "contradicts")


@pytest.mark.parametrize(
    ("one_says", "other_says"),
    [
        ("end_reason: progression", "best_response: partial"),
        ("end_reason: progression", "progression: yes"),
        ("end_reason: completed", "progression: no"),
        ("end_reason: completed, best_response: progression", "best_response: progression"),
        ("end_reason: other", "best_response: progression"),
    ],
)
def test_what_can_be_said_together_is_one_treatment(
    merge: Merge, one_says: str, other_says: str
) -> None:
    first, second = (
        f"treatments: [{{drugs: [letrozole], start: 2024-01, {said}}}]"
        for said in (one_says, other_says)
    )
    assert len(merge(first, second).treatments) == 1


def test_a_family_is_less_exact_than_its_medicines_on_the_same_days(merge: Merge) -> None:
    merged = merge(
        "treatments: [{classes: [chemotherapy], start: 2021, end_reason: completed}]",
        "treatments: [{drugs: [AC], start: 2021-03-01}]",
    )
    (treatment,) = merged.treatments
    assert set(treatment.drugs) == {"doxorubicin", "cyclophosphamide"}
    assert attribute(treatment, "end_reason") == "completed"


def test_a_family_without_dates_may_be_something_else(merge: Merge) -> None:
    merged = merge(
        "treatments: [{classes: [chemotherapy]}]", "treatments: [{drugs: [AC], start: 2021}]"
    )
    assert len(merged.treatments) == 2
    assert "treatments_overlap" in codes(merged)


def test_a_family_beside_medicines_of_another_is_a_further_medicine(merge: Merge) -> None:
    merged = merge(
        "treatments: [{drugs: [AC], classes: [taxane], start: 2021}]",
        "treatments: [{drugs: [AC], start: 2021}]",
    )
    assert len(merged.treatments) == 2


def test_one_record_that_lists_a_medicine_twice_means_two_courses(merge: Merge) -> None:
    merged = merge(
        "treatments: [{drugs: [letrozole], start: 2024}, {drugs: [letrozole], start: 2024-05}]"
    )
    assert len(merged.treatments) == 2


def test_a_copy_under_another_name_adds_no_treatment(merge: Merge) -> None:
    """Also where the record lists courses of one medicine that could be each other."""
    text = (
        "treatments: [{drugs: [letrozole], start: 2024}, {drugs: [letrozole], start: 2024-05},"
        " {drugs: [letrozole]}]"
    )
    merged = merge(text, text)
    assert len(merged.treatments) == 3
    assert all(len(treatment.sources) == 2 for treatment in merged.treatments)
    assert "treatments_overlap" not in codes(merged)


def test_the_words_of_both_places_are_kept_on_a_treatment(merge: Merge) -> None:
    merged = merge(
        "treatments: [{drugs: [letrozole], start: 2024-03, words: Femara since March}]",
        "treatments: [{drugs: [letrozole], start: 2024-03-04, words: letrozole 2.5 mg}]",
    )
    (treatment,) = merged.treatments
    words = {treatment.words, *(source.words for source in treatment.sources)}
    assert {"Femara since March", "letrozole 2.5 mg"} <= words


def test_names_that_fit_no_medicine_are_the_same_if_written_the_same(merge: Merge) -> None:
    text = "treatments: [{drugs: [Wonderol], start: 2024}]"
    merged = merge(text, text)
    assert [each.unresolved for each in merged.treatments] == [("Wonderol",)]


# --- whether the list is complete ---------------------------------------------------------

LETROZOLE = "treatments: [{drugs: [letrozole], start: 2024}]"


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        # A complete list to which nobody adds.
        ((f"{LETROZOLE}\ntreatments_complete: yes", LETROZOLE), Answer.YES),
        ((f"{LETROZOLE}\ntreatments_complete: yes", "facts: {er_percent: 5}"), Answer.YES),
        # The other record's list need not hold all.
        ((f"{LETROZOLE}\ntreatments_complete: yes", "treatments_complete: no"), Answer.YES),
        # Another record adds one.
        (
            (f"{LETROZOLE}\ntreatments_complete: yes", "treatments: [{drugs: [AC], start: 2020}]"),
            Answer.UNKNOWN,
        ),
        (("treatments: none", LETROZOLE), Answer.UNKNOWN),
        # Two complete lists that differ.
        (
            (
                f"{LETROZOLE}\ntreatments_complete: yes",
                "treatments: [{drugs: [AC], start: 2020}]\ntreatments_complete: yes",
            ),
            Answer.UNKNOWN,
        ),
        # A third that holds both.
        (
            (
                f"{LETROZOLE}\ntreatments_complete: yes",
                "treatments: [{drugs: [AC], start: 2020}]",
                "treatments: [{drugs: [AC], start: 2020}, {drugs: [letrozole], start: 2024}]\n"
                "treatments_complete: yes",
            ),
            Answer.YES,
        ),
        # The same list, complete for one and not for the other.
        (
            (
                f"{LETROZOLE}\ntreatments_complete: yes",
                f"{LETROZOLE}\ntreatments_complete: no",
            ),
            Answer.NO,
        ),
        ((LETROZOLE, LETROZOLE), Answer.UNKNOWN),
    ],
)
def test_a_list_is_complete_only_if_nobody_adds_to_it(
    merge: Merge, texts: tuple[str, ...], expected: Answer
) -> None:
    assert merge(*texts).treatments_complete is expected


def test_a_complete_list_to_which_another_adds_is_told(merge: Merge) -> None:
    merged = merge(f"{LETROZOLE}\ntreatments_complete: yes", "treatments: [{drugs: [AC]}]")
    text = told(merged, "list_not_complete")
    assert "a.yaml says" in text
    assert "b.yaml: treatments[0]" in text


# --- one person ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("birth_date: 1968-05", "birth_date: 1968-06"),
        ("birth_date: 1968", "birth_date: 1969-01-01"),
        ("sex: female", "sex: male"),
        ("age: {value: 54, date: 2024-05-01}", "birth_date: 1950"),
    ],
)
def test_records_of_two_people_are_refused_with_where_and_what(
    named: Named, knowledge: Knowledge, first: str, second: str
) -> None:
    records = [named("a.yaml", f"facts: {{{first}}}"), named("b.yaml", f"facts: {{{second}}}")]
    with pytest.raises(RecordError) as error:
        merge_records(records, knowledge)
    (problem,) = error.value.problems
    assert (problem.code, problem.where) == ("different-people", "a.yaml, b.yaml")
    assert "birth" in problem.what or "sex" in problem.what
    assert "--same-person" in problem.try_this
    for secret in ("1968", "1969", "1950", "female"):
        assert secret not in str(problem)


def test_whoever_says_that_it_is_one_person_is_told_what_differs(merge: Merge) -> None:
    merged = merge("facts: {birth_date: 1968-05}", "facts: {birth_date: 1968-06}", same_person=True)
    assert len(findings(merged, "birth_date")) == 2
    text = told(merged, "contradicts")
    assert "birth_date" in text
    assert "1968" not in text


def test_birth_dates_that_can_be_one_are_one(merge: Merge) -> None:
    merged = merge("facts: {birth_date: 1968}", "facts: {birth_date: 1968-05}")
    assert one(merged, "birth_date").value.last == dt.date(1968, 5, 31)


def test_a_record_that_does_not_say_whom_it_is_about_is_told(merge: Merge) -> None:
    merged = merge("facts: {birth_date: 1968}", "facts: {er_percent: 5}")
    (message,) = [each for each in merged.messages if each.code == "person_not_compared"]
    assert message.file == "b.yaml"


# --- messages, and records merged before --------------------------------------------------


def test_messages_of_all_records_are_kept_with_the_name_of_the_record(merge: Merge) -> None:
    merged = merge("treatments: [{drugs: [Wonderol]}]", "facts: {er_percent: 5}")
    message = next(each for each in merged.messages if each.code == "unresolved_drug")
    assert message.place == "a.yaml: treatments[0].drugs"


def test_a_merged_form_can_be_merged_again_with_what_it_was_made_from(
    named: Named, knowledge: Knowledge, dictionaries: Dictionaries
) -> None:
    records = [
        named("a.yaml", f"facts: {{er_percent: '>90'}}\ntreatments: [{MONTH}]"),
        named("b.yaml", f"facts: {{er_percent: 95, birth_date: 1968}}\ntreatments: [{DAY}]"),
    ]
    merged = merge_records(records, knowledge)
    text = fp.record_as_yaml(merged, knowledge)
    form = read_text(Text(text, "merged.yaml"), dictionaries)
    again = merge_records([form, *records], knowledge)
    assert again.findings == merged.findings
    assert again.treatments == merged.treatments


def test_one_record_alone_is_itself_with_its_name(named: Named, knowledge: Knowledge) -> None:
    record = named("a.yaml", "facts: {er_percent: 95}")
    merged = merge_records([record], knowledge)
    (finding,) = merged.findings
    assert finding == Finding(
        "er_percent", Interval(95, 95), None, Source("form", "facts.er_percent", file="a.yaml")
    )
    assert merged.messages == ()


def test_nothing_at_all_is_an_empty_record(knowledge: Knowledge) -> None:
    merged = merge_records([], knowledge)
    assert (merged.findings, merged.treatments_complete) == ((), Answer.UNKNOWN)


def test_a_message_shows_its_record() -> None:
    message = Message("code", "Observation/a, Observation/b", "what", file="x.json")
    assert message.places == ("x.json: Observation/a", "x.json: Observation/b")


def test_a_public_record_and_its_copy_answer_as_the_record_does(
    dictionaries: Dictionaries, knowledge: Knowledge
) -> None:
    folder = public_data() / "fhir"
    if not folder.is_dir():
        pytest.skip(f"no public FHIR records in {folder}")
    rules = fp.RuleSet(knowledge, TODAY, "fda")
    for path in sorted(folder.rglob("*.json")):
        try:
            record = read_text(load(path, None), dictionaries)
        except RecordError:
            continue
        merged = merge_records([record, replace(record, name="copy.json")], knowledge)
        alone = merge_records([record], knowledge)
        assert len(merged.treatments) == len(alone.treatments), path.name
        assert len(merged.findings) == len(alone.findings), path.name
        answers = [
            fp.verdicts(fp.derive(each, knowledge, TODAY), rules)
            for each in (record, alone, merged)
        ]
        assert answers[0] == answers[1] == answers[2], path.name
