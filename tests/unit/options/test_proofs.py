"""What the proofs find in knowledge that somebody spoiled."""

from __future__ import annotations

from pathlib import Path

import pytest

from fingerpost.knowledge.load import load_knowledge
from fingerpost.options.people import Inventor
from fingerpost.options.proofs import overlaps, prove
from tests.whole import whole_knowledge

OPTION = """\
drug: letrozole
authority: local
options:
  {name}:
    title: Letrozole by this hospital's rule
    drugs: [letrozole]
    setting: advanced
    windows:
      - from: 2024-01-01
        date_state: verified
        status: local
        source: abc4.2020
        criteria:
{criteria}
"""


def knowledge_with(folder: Path, *conditions: object, name: str = "rule"):
    lines = "\n".join(
        f'          - {{when: {when}, label: "asked here", quoted: false, kind: disease, '
        f"source: abc4.2020, state: verified}}"
        for when in conditions
    )
    path = folder / "options" / "local" / "letrozole.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(OPTION.format(name=name, criteria=lines), encoding="utf-8")
    return load_knowledge(folder)


def prove_rule(tmp_path: Path, *conditions: object):
    return prove(knowledge_with(tmp_path, *conditions), only="local.letrozole.rule")


def test_each_condition_is_missed_alone_and_one_is_left_open(tmp_path):
    proofs = prove_rule(tmp_path, "adult is yes", "er is positive", "advanced is yes")
    assert proofs.problems == ()
    assert [each.what for each in proofs.shown] == ["matches", *["misses"] * 3, "open"]


def test_conditions_that_nobody_can_meet_are_named_with_their_contradiction(tmp_path):
    proofs = prove_rule(tmp_path, "er is positive", "adult is yes", "subtype is triple_negative")
    (problem,) = proofs.problems
    assert problem.code == "impossible"
    assert problem.severity == "error"
    assert "`er is positive` and `subtype is triple_negative`" in problem.what
    assert problem.where == "options/local/letrozole.yaml:9:9"


def test_a_condition_that_follows_from_another_is_said_to_decide_nothing(tmp_path):
    proofs = prove_rule(tmp_path, "her2 is negative", "subtype is triple_negative")
    (problem,) = proofs.problems
    assert (problem.code, problem.severity) == ("never-decides", "warning")
    assert "`subtype is triple_negative`" in problem.why


def test_what_stays_open_on_purpose_is_no_contradiction(tmp_path):
    proofs = prove_rule(tmp_path, "adult is yes", "not_settled is yes")
    assert [problem.code for problem in proofs.problems] == ["never-certain"]


def test_a_number_turns_the_answer_for_one_person(tmp_path):
    knowledge = knowledge_with(tmp_path, "ki67_percent >= 30", "adult is yes")
    kept = {"local.letrozole.rule": knowledge.options["local.letrozole.rule"]}
    proofs = prove(_only(knowledge, kept))
    (threshold,) = [each for each in proofs.thresholds if each.number == 30]
    assert {v: a.value for v, a in threshold.answers.items()} == {29: "no", 30: "yes", 31: "yes"}


def test_a_distance_of_time_turns_the_answer_from_one_day_to_the_next(tmp_path):
    when = "recurrence_date <= surgery_date + 24 months"
    knowledge = knowledge_with(tmp_path, when, "adult is yes")
    kept = {"local.letrozole.rule": knowledge.options["local.letrozole.rule"]}
    found = [each for each in prove(_only(knowledge, kept)).day_limits if "24" in each.distance]
    assert {each.fact for each in found} == {"recurrence_date", "surgery_date"}
    for each in found:
        (first, one), (second, other) = sorted(each.answers.items())
        assert (second - first).days == 1
        assert {one.value, other.value} == {"yes", "no"}


def test_two_options_of_one_medicine_that_fit_one_person_are_listed(tmp_path):
    knowledge = knowledge_with(tmp_path, "adult is yes")
    option = knowledge.options["local.letrozole.rule"]
    from dataclasses import replace

    twice = {
        option.id: option,
        "local.letrozole.again": replace(option, id="local.letrozole.again"),
    }
    (overlap,) = overlaps(Inventor(_only(knowledge, twice)))
    assert {overlap.first, overlap.second} == set(twice)


def _only(knowledge, options):
    from dataclasses import replace

    return replace(knowledge, options=options)


@pytest.mark.parametrize(
    "name",
    [
        "fda.elacestrant.advanced-esr1-after-endocrine",
        "ema.inavolisib.advanced-endocrine-resistant",
        "nice.elacestrant.advanced-esr1-after-endocrine",
    ],
)
def test_the_invented_cases_of_an_option_come_out_as_written(name, tmp_path):
    from fingerpost.options.cases import CaseRunner, read_cases
    from fingerpost.report.proofs_said import cases_text

    knowledge = whole_knowledge()
    path = tmp_path / "people.yaml"
    path.write_text(cases_text(prove(knowledge, only=name), knowledge), encoding="utf-8")
    cases = read_cases(path)
    runner = CaseRunner(knowledge)
    assert len(cases) > 3
    assert [case.id for case in cases if runner.run(case).different] == []
