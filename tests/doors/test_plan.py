"""`fingerpost plan`: what would follow from an option, from the keyboard, on invented medicines."""

from __future__ import annotations

import csv
import io
import json

import icalendar
import jsonschema
import pytest

from fingerpost.report.schema import answer_schema


@pytest.fixture
def option(run, record):
    listed = run("plan", record)
    assert listed.exit_code == 0
    return next(line.strip() for line in listed.output.splitlines() if "fda.alphamab." in line)


@pytest.fixture
def plan(run, record, option):
    def ask(*more: object, exit_code: int = 0) -> str:
        result = run("plan", record, "--option", option, *more)
        assert result.exit_code == exit_code, result.output
        return result.output

    return ask


def test_without_an_option_all_are_listed_with_their_ids(run, record) -> None:
    output = run("plan", record).output
    assert "--option ID" in output
    assert "not a ranking" in output


def test_the_plan_says_how_it_is_given_and_what_is_looked_at(plan) -> None:
    text = " ".join(plan().split())
    assert "A drip every 3 weeks" in text
    assert "Week 1 (day 1) - Treatment: alphamab (in the chair about 120 minutes)" in text
    assert "Week 4 (day 22) - Treatment: alphamab (in the chair about 60 minutes)" in text
    assert "it can lower the blood counts" in text
    assert "your team's written plan wins" in text


def test_what_needs_a_call_stands_before_the_other_effects(plan) -> None:
    text = plan()
    call, others = text.index("Call your team the same day"), text.index("Other side effects")
    assert call < text.index("Inflamed lungs") < others < text.index("Feeling sick")


def test_a_boxed_warning_is_told_from_the_day_it_was_written(run, record, option, plan) -> None:
    assert "It can inflame the lungs." in plan()
    before = run("plan", record, "--option", option, "--on", "2019-06-15")
    assert "It can inflame the lungs." not in before.output


def test_with_a_start_days_are_dates(plan) -> None:
    assert "1 July 2024, week 1" in plan("--start", "2024-07-01")


def test_the_json_is_as_published(plan) -> None:
    document = json.loads(plan("--format", "json", "--start", "2024-07-01"))
    jsonschema.validate(document, answer_schema("plan"))
    assert document["days"][0]["day"] == 0
    figures = [each for effect in document["effects"] for each in effect["figures"]]
    assert {each["state"] for each in figures} == {"verified", "unverified"}


def test_a_patient_sees_no_figure_that_nobody_verified_no_dose_and_no_gate(plan) -> None:
    document = json.loads(plan("--format", "json", "--audience", "patient"))
    figures = [each for effect in document["effects"] for each in effect["figures"]]
    assert {each["state"] for each in figures} == {"verified"}
    assert document["figures_withheld"] == 1
    assert all(each["dose"] is None for each in document["given"])
    whys = [why for day in document["days"] for c in day["checks"] for why in c["why"]]
    assert whys
    assert all(why["gate"] is None and why["note"] is None for why in whys)
    assert "55 in 100" not in plan("--audience", "patient")
    assert "55 in 100" in plan()


# --- the calendar -------------------------------------------------------------------------


def events(text: str) -> list:
    return icalendar.Calendar.from_ical(text).walk("VEVENT")


def test_the_calendar_has_whole_days_and_names_nothing(plan) -> None:
    text = plan("--format", "ics", "--start", "2024-07-01")
    # The partner of alphamab is a family, and has no days: that stands first.
    partial, *found = events(text)
    assert str(partial["summary"]) == "Calendar not complete"
    assert partial.decoded("dtstart").isoformat() == "2024-07-01"
    assert "1 part of the plan has no days here" in str(partial["description"])
    assert [each.decoded("dtstart").isoformat() for each in found][:3] == [
        "2024-06-30",
        "2024-07-01",
        "2024-07-22",
    ]
    assert all("alphamab" not in line.lower() for line in text.splitlines())
    assert all(word not in text.lower() for word in ("cancer", "tumor", "chemo"))
    assert {str(each["summary"]) for each in found} <= {
        "Blood test",
        "Hospital visit",
        "Blood test and hospital visit",
    }


def test_what_has_no_days_is_told_in_text_and_json(plan) -> None:
    assert "This is not complete: 1 part of the plan has no days here." in " ".join(plan().split())
    document = json.loads(plan("--format", "json"))
    assert [each["drug"] for each in document["without_days"]] == ["chemotherapy"]
    assert [each["part"] for each in document["parts"]] == [1]


def test_a_plan_with_all_its_days_is_called_nothing_else(run, record) -> None:
    result = run("plan", record, "--option", "fda.alphamab.her2-low", "--format", "csv")
    assert result.exit_code == 0
    assert "no days" not in result.output


def test_importing_twice_doubles_nothing(plan) -> None:
    first, again = (plan("--format", "ics", "--start", day) for day in ("2024-07-01", "2024-07-08"))
    names = [str(each["uid"]) for each in events(first)]
    assert len(names) == len(set(names))
    assert names == [str(each["uid"]) for each in events(again)]


def test_the_calendar_names_medicines_only_when_asked(plan) -> None:
    text = plan("--format", "ics", "--start", "2024-07-01", "--name-medicines", "--remind")
    assert any("alphamab" in str(each["summary"]) for each in events(text))
    partial, *found = events(text)
    assert "chemotherapy: which medicine it is decides the days" in str(partial["description"])
    assert all(each.walk("VALARM") for each in found)


def test_the_lines_of_a_calendar_are_folded_and_end_as_the_standard_asks(tmp_path, plan) -> None:
    path = tmp_path / "plan.ics"
    plan("--start", "2024-07-01", "-o", path)
    content = path.read_bytes()
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))


def test_a_calendar_without_a_start_is_refused(plan) -> None:
    output = plan("--format", "ics", exit_code=12)
    assert "--start" in output
    assert "missing-start" in output


# --- the table, and errors ----------------------------------------------------------------


def test_the_table_has_a_row_for_each_thing(plan) -> None:
    rows = list(csv.DictReader(io.StringIO(plan("--format", "csv"))))
    kinds = {row["kind"] for row in rows}
    assert kinds == {"no days", "treatment", "check"}
    assert rows[0]["kind"] == "no days"
    assert (rows[0]["what"], rows[0]["why"]) == (
        "chemotherapy",
        "which medicine it is decides the days",
    )
    assert next(row for row in rows if row["kind"] == "treatment")["minutes"] == "120"


def test_an_option_that_does_not_exist_is_told_with_the_closest(run, record) -> None:
    result = run("plan", record, "--option", "fda.alphamab.nowhere")
    assert result.exit_code == 12
    assert "unknown-option" in result.output


@pytest.mark.parametrize("weeks", [0, -3, 999])
def test_so_many_weeks_cannot_be_planned(plan, weeks) -> None:
    assert "1 to 260" in plan("--weeks", weeks, exit_code=12)


def test_what_no_team_is_called_for_first_stands_before_the_effects(plan) -> None:
    text = " ".join(plan().split())
    assert "now for: chest pain" in text
    assert text.index("now for: chest pain") < text.index("Call your team the same day")
