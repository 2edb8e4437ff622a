"""What to look at before a visit: samples that differ, older rules, and what the records hold."""

from __future__ import annotations

import datetime as dt
from functools import cache

import pytest

from fingerpost.facts import derive
from fingerpost.knowledge.model import Knowledge
from fingerpost.options import Options, RuleSet, find_options
from fingerpost.options.record_review import PaperFound, review_records
from fingerpost.record.model import Finding, Message, Record, Source, Treatment
from fingerpost.terms import AbsenceKind, Answer
from fingerpost.values import Absent, Choice, Days, Interval
from tests.whole import whole_knowledge

ON = dt.date(2026, 11, 22)


@cache
def knowledge() -> Knowledge:
    return whole_knowledge()


def day(text: str) -> Days:
    return Days(dt.date.fromisoformat(text), dt.date.fromisoformat(text))


def one(*values: str) -> Choice:
    return Choice(frozenset(values))


def finding(fact: str, value, date: str | None = None, **more) -> Finding:
    reference = f"{fact} {date or ''}{more.get('specimen', '')}".strip()
    return Finding(fact, value, day(date) if date else None, Source("form", reference), **more)


def answer(*findings: Finding, treatments=(), complete=Answer.UNKNOWN) -> Options:
    record = Record(findings, treatments, complete, (), "form")
    return find_options(derive(record, knowledge(), ON), RuleSet(knowledge(), ON, "fda"))


def told(options: Options, code: str) -> list[Message]:
    return [message for message in options.facts.messages if message.code == code]


def papers(options: Options) -> dict[str, PaperFound]:
    return {each.paper.id: each for each in review_records(options)}


# --- samples ------------------------------------------------------------------------------


def changed(**more) -> Options:
    return answer(
        finding("er_percent", Interval(95, 95), "2019-03-01", specimen="primary"),
        finding("er_percent", Interval(0, 0), "2024-05-01", specimen="metastasis", **more),
    )


def test_a_receptor_that_changed_at_metastasis_is_told_with_both_samples_and_days() -> None:
    [message] = told(changed(), "samples_differ")
    assert (
        "ER-positive (1 % of cells or more) in a sample from the first tumor (1 March 2019)"
        in message.what
    )
    assert "ER-negative" in message.what
    assert "from where it has spread (1 May 2024)" in message.what
    assert message.where == "er_percent 2019-03-01primary, er_percent 2024-05-01metastasis"
    assert message.severity == "warning"


def test_what_the_comparison_tells_is_not_told_again_as_another_sample() -> None:
    assert told(changed(), "other_sample") == []


def test_samples_that_agree_are_not_told() -> None:
    options = answer(
        finding("er_percent", Interval(95, 95), "2019-03-01", specimen="primary"),
        finding("er_percent", Interval(40, 40), "2024-05-01", specimen="metastasis"),
    )
    assert told(options, "samples_differ") == []


def test_a_sample_that_leaves_the_status_open_differs_from_none() -> None:
    options = answer(
        finding("her2_ihc", one("3+"), "2019-03-01", specimen="primary"),
        finding("her2_ihc", one("2+"), "2024-05-01", specimen="metastasis"),
    )
    assert told(options, "samples_differ") == []


def test_the_most_exact_value_of_each_sample_is_named() -> None:
    options = answer(
        finding("her2_ihc", one("1+"), "2019-03-01", specimen="primary"),
        finding("her2_ihc", one("3+"), "2024-05-01", specimen="metastasis"),
    )
    [message] = told(options, "samples_differ")
    assert "HER2-low (IHC 1+, or IHC 2+ with a negative gene test)" in message.what


def test_a_stain_and_a_gene_test_of_one_sample_are_read_together() -> None:
    options = answer(
        finding("her2_ihc", one("2+"), "2024-05-01", specimen="metastasis"),
        finding("her2_ish", one("positive"), "2024-05-20", specimen="metastasis"),
        finding("her2_ihc", one("2+"), "2019-03-01", specimen="primary"),
        finding("her2_ish", one("negative"), "2019-03-12", specimen="primary"),
    )
    [message] = told(options, "samples_differ")
    assert "HER2-positive" in message.what
    assert "HER2-low" in message.what


def test_samples_without_a_date_are_told_apart_by_their_kind() -> None:
    options = answer(
        finding("er_reported", one("positive"), specimen="primary"),
        finding("er_reported", one("negative"), specimen="metastasis"),
    )
    [message] = told(options, "samples_differ")
    assert "from the first tumor (no date)" in message.what


def test_two_results_without_sample_and_date_are_a_contradiction_and_no_two_samples() -> None:
    options = answer(
        finding("er_reported", one("positive")), finding("er_reported", one("negative"))
    )
    assert told(options, "samples_differ") == []
    assert told(options, "contradicts")


# --- currency -----------------------------------------------------------------------------


def test_a_stale_heart_test_is_told_with_its_day_and_is_not_called_several_results() -> None:
    options = answer(finding("lvef_percent", Interval(62, 62), "2025-01-10"))
    [message] = told(options, "out_of_date")
    assert "(of 10 January 2025) is too old to rely on" in message.what
    assert told(options, "several_results") == []


@pytest.mark.parametrize(
    ("fact", "value", "date", "is_told"),
    [
        ("er_reported", one("negative"), "2008-05-01", True),
        ("er_reported", one("negative"), "2012-05-01", False),
        ("er_reported", one("positive"), "2012-05-01", True),
        ("er_reported", one("positive"), "2021-05-01", False),
        ("her2_ish", one("equivocal"), "2016-05-01", True),
        ("her2_ish", one("negative"), "2016-05-01", False),
        ("her2_reported", one("negative"), "2021-05-01", True),
        ("her2_reported", one("negative"), "2023-05-01", False),
        ("her2_ihc", one("0"), "2023-05-01", True),
        ("her2_ihc", one("1+"), "2023-05-01", False),
        ("her2_ihc", one("0"), "2025-05-01", False),
        ("stage_reported", one("IIA"), "2016-05-01", True),
        ("stage_reported", one("IIA"), "2019-05-01", False),
        ("stage_reported", one("IV"), "2016-05-01", False),
    ],
)
def test_a_result_named_by_older_rules_is_told(fact, value, date, is_told) -> None:
    messages = told(answer(finding(fact, value, date)), "older_rules")
    assert bool(messages) is is_told


def test_an_undated_result_is_held_against_no_edition() -> None:
    assert told(answer(finding("er_reported", one("negative"))), "older_rules") == []


# --- what the records hold ----------------------------------------------------------------


def test_an_empty_record_lacks_what_everybody_needs_and_concludes_nothing() -> None:
    found = papers(answer())
    always = ("pathology_report", "estrogen_receptor", "her2", "extent", "treatments")
    assert {found[name].holding for name in always} == {"missing"}
    assert found["pdl1"].matters is Answer.UNKNOWN


def test_a_status_alone_shows_that_there_is_a_result() -> None:
    found = papers(answer(finding("her2_reported", one("negative"))))
    assert found["her2"].holding == "there"


@pytest.mark.parametrize(
    ("kind", "holding"),
    [
        (AbsenceKind.PENDING, "awaited"),
        (AbsenceKind.NOT_TESTED, "not_tested"),
        (AbsenceKind.NOT_KNOWN, "not_known"),
        (AbsenceKind.NOT_STATED, "missing"),
    ],
)
def test_why_a_result_is_not_there_is_kept(kind, holding) -> None:
    assert papers(answer(finding("her2_ihc", Absent(kind))))["her2"].holding == holding


def test_an_old_result_of_what_must_be_current_is_out_of_date() -> None:
    found = papers(
        answer(
            finding("her2_ihc", one("3+")), finding("lvef_percent", Interval(62, 62), "2025-01-10")
        )
    )
    assert found["heart_test"].matters is Answer.YES
    assert found["heart_test"].holding == "out_of_date"


def test_what_cannot_matter_is_left_out() -> None:
    found = papers(answer(finding("her2_ihc", one("3+"))))
    assert "pdl1" not in found
    assert "her2_gene_test" not in found


def test_her2_two_plus_asks_for_the_gene_test() -> None:
    found = papers(answer(finding("her2_ihc", one("2+"))))["her2_gene_test"]
    assert (found.matters, found.holding) == (Answer.YES, "missing")


def test_only_a_sample_of_the_spread_shows_the_receptors_of_the_spread() -> None:
    spread = finding("extent_reported", one("metastatic"))
    back = finding("recurrence", one("distant"))
    first = finding("er_percent", Interval(90, 90), "2019-01-01", specimen="primary")
    assert papers(answer(spread, back, first))["receptors_of_spread"].holding == "missing"
    liver = finding("er_percent", Interval(90, 90), "2024-01-01", specimen="metastasis")
    assert papers(answer(spread, back, first, liver))["receptors_of_spread"].holding == "there"


def test_no_treatment_yet_is_a_list_of_treatments_too() -> None:
    assert papers(answer(complete=Answer.YES))["treatments"].holding == "there"
    taken = Treatment(("letrozole",), (), (), {}, Source("form", "treatments[0]"))
    assert papers(answer(treatments=(taken,)))["treatments"].holding == "there"


def test_every_paper_says_why_and_what_to_ask_and_can_matter_to_somebody() -> None:
    assert len(knowledge().papers) > 15
    for paper in knowledge().papers.values():
        assert paper.why.endswith(".")
        assert paper.try_this.endswith(".")
        assert bool(paper.shown_by or paper.each_of) is not paper.treatments


def test_every_panel_that_is_compared_exists_and_its_status_is_derived() -> None:
    panels = {fact.panel for fact in knowledge().facts.values()}
    for compared in knowledge().compared.values():
        assert compared.panel in panels
        assert compared.status in knowledge().derived


@pytest.mark.parametrize(
    ("drug", "is_told"), [("trastuzumab", True), ("trastuzumab_deruxtecan", False)]
)
def test_a_medicine_for_her2_in_a_cancer_without_it_is_a_contradiction(drug, is_told) -> None:
    taken = Treatment((drug,), (), (), {}, Source("form", "treatments[0]"))
    found = answer(finding("her2_ihc", one("1+")), treatments=(taken,))
    assert bool(told(found, "notice:her2_medicine_without_her2")) is is_told


def test_hormone_therapy_without_receptors_is_a_contradiction_also_when_it_has_ended() -> None:
    taken = Treatment(("letrozole",), (), (), {}, Source("form", "treatments[0]"))
    negative = [finding(name, Interval(0, 0)) for name in ("er_percent", "pr_percent")]
    [message] = told(
        answer(*negative, treatments=(taken,)), "notice:endocrine_therapy_without_receptors"
    )
    assert message.severity == "warning"


PANEL = (
    finding("er_percent", Interval(90, 90)),
    finding("her2_ihc", one("0")),
    finding("extent_reported", one("metastatic")),
)


@pytest.mark.parametrize(
    ("akt1", "pten", "holding"),
    [
        (one("absent"), one("absent"), "there"),
        (one("absent"), None, "in_part"),
        (one("absent"), Absent(AbsenceKind.PENDING), "in_part"),
    ],
)
def test_a_test_of_several_genes_is_there_only_when_each_has_a_result(akt1, pten, holding) -> None:
    genes = [finding("pik3ca_mutation", one("absent")), finding("akt1_alteration", akt1)]
    genes += [finding("pten_alteration", pten)] if pten is not None else []
    assert papers(answer(*PANEL, *genes))["pik3ca_akt1_pten"].holding == holding


def test_one_inherited_gene_does_not_stand_for_both_but_a_reported_result_does() -> None:
    one_gene = finding("germline_brca1", one("negative"))
    assert papers(answer(*PANEL, one_gene))["germline_brca"].holding == "in_part"
    reported = finding("germline_brca_reported", one("negative"))
    assert papers(answer(*PANEL, reported))["germline_brca"].holding == "there"
