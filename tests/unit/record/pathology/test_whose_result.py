"""Whether a result is told as fresh or as repeated, and the sentences for what stays open."""

from __future__ import annotations

from fingerpost.knowledge.model import Knowledge
from fingerpost.record.dictionaries import Dictionaries
from tests.unit.record.pathology.reading import read, statuses


def test_a_core_biopsy_that_is_the_sample_is_not_an_earlier_report(
    dictionaries: Dictionaries,
) -> None:
    reading = read("Left breast, core biopsy: invasive carcinoma. ER: positive.", dictionaries)
    assert [each.quoted for each in reading.statements if each.fact == "er_reported"] == [False]


def test_a_previous_biopsy_on_the_next_line_does_not_make_this_result_an_earlier_one(
    dictionaries: Dictionaries,
) -> None:
    text = "Invasive carcinoma.\nHER2 IHC: 1+\nPrevious biopsy HER2: 3+ Jan 2020"
    found = [each for each in read(text, dictionaries).statements if each.fact == "her2_ihc"]
    assert [(each.quoted, each.counts) for each in found] == [(False, True), (True, False)]


def test_after_treatment_the_earlier_biopsy_is_quoted_and_counts(
    dictionaries: Dictionaries,
) -> None:
    text = "Residual DCIS. ypTis ypN0. Prior biopsy (S25-77): ER negative, PR negative, HER2 3+"
    found = [each for each in read(text, dictionaries).statements if each.fact == "er_reported"]
    assert [(each.quoted, each.counts) for each in found] == [(True, True)]


def test_the_history_of_a_liver_sample_is_not_told_as_of_the_liver(
    dictionaries: Dictionaries,
) -> None:
    text = "CLINICAL HISTORY: 2012 breast ER 90%.\nDIAGNOSIS: Liver biopsy: metastatic carcinoma."
    (found,) = (each for each in read(text, dictionaries).statements if each.fact == "er_percent")
    assert (found.specimen, found.counts) == (None, False)


def test_a_gene_test_that_was_done_is_not_awaited(
    dictionaries: Dictionaries, knowledge: Knowledge
) -> None:
    text = "Invasive carcinoma. HER2 IHC: 2+. HER2 FISH: HER2/CEP17 ratio 2.5, HER2 copies 3.2."
    because = statuses(read(text, dictionaries), knowledge).overall["her2"]
    assert because.status == "equivocal"
    assert "ask for the final HER2 result" in because.because
    assert "until a gene test" not in because.because


def test_a_stain_of_2_alone_waits_for_the_gene_test(
    dictionaries: Dictionaries, knowledge: Knowledge
) -> None:
    found = statuses(read("Carcinoma. HER2 IHC: 2+.", dictionaries), knowledge).overall
    assert found["her2"].because.endswith("This is unclear until a gene test (ISH) tells")
    assert found["er"].because == "no ER result was read"
