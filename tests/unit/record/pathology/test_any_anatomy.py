"""Whatever stands in a report: it is read without a fault, in proportion to its length, and its words stay."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fingerpost.record.dictionaries import Dictionaries
from fingerpost.record.pathology.read import read_report
from fingerpost.record.source_text import Text

WORDS = [
    "invasive",
    "ductal",
    "lobular",
    "carcinoma",
    "in",
    "situ",
    "DCIS",
    "no",
    "not",
    "negative",
    "for",
    "positive",
    "grade",
    "Nottingham",
    "2",
    "3",
    "II",
    "(2/14)",
    "0/3",
    "lymph",
    "nodes",
    "sentinel",
    "metastatic",
    "pT2",
    "pN1a",
    "ypT0",
    "MX",
    "N0",
    "T",
    "1.8",
    "x",
    "1.5",
    "cm",
    "mm",
    "tumor",
    "size",
    "margins",
    "free",
    "BRCA1",
    "BRCA2",
    "germline",
    "pathogenic",
    "variant",
    "of",
    "uncertain",
    "significance",
    "PIK3CA",
    "detected",
    "ESR1",
    "pending",
    "MLH1",
    "intact",
    "loss",
    "MSI-H",
    "TMB",
    "12",
    "mut/Mb",
    "recurrence",
    "score",
    "stage",
    "IIB",
    "RCB",
    "residual",
    "neoadjuvant",
    ".",
    ",",
    ";",
    ":",
    "\n",
    "\x0c",
    "A.",
    "B.",
    "FINAL",
    "DIAGNOSIS:",
    "GROSS",
    "DESCRIPTION:",
    "COMMENT:",
    "FROZEN",
    "SECTION:",
    "history",
    "of",
]
reports = st.lists(st.sampled_from(WORDS) | st.text(max_size=4), max_size=40).map(" ".join)
quiet = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@quiet
@given(text=reports)
def test_any_words_are_read_and_keep_their_place(dictionaries: Dictionaries, text: str):
    for each in read_report(Text(text, "report.txt"), dictionaries).statements:
        assert text[each.start : each.end] == each.words
        assert each.words.strip()
        assert each.fact in dictionaries.reader.catalogue


@quiet
@given(text=reports)
def test_a_history_of_another_year_adds_no_result(dictionaries: Dictionaries, text: str):
    """A sentence on an earlier cancer is no finding of this one."""
    told = "CLINICAL HISTORY: history of invasive lobular carcinoma, grade 1, 9 mm, in 2004.\n"
    facts = {"histology", "grade", "tumor_size"}
    alone = read_report(Text(told, "report.txt"), dictionaries).statements
    assert [each for each in alone if each.fact in facts and each.counts] == []
    assert read_report(Text(text + "\n\n" + told, "report.txt"), dictionaries) is not None


@pytest.mark.parametrize(
    "piece",
    [
        "lymph nodes (1/2) positive. ",
        "invasive carcinoma, 2.4 cm. ",
        "pt2 n1 m0 ",
        "brca1 brca2 pathogenic no ",
        "nottingham histologic grade ( ",
        "surgical resection margins are ",
        "1.5 x 2 x ",
        "PIK3CA H1047R, ",
        "PIK3CA detected, ER positive, ",
        "esr1 not detected in plasma\n",
        "invasive foci 8 mm, ",
        "[ ] a [x] b ",
        "left breast: ca\nright breast: ca\n",
        "(",
    ],
)
def test_a_long_report_takes_time_in_proportion(dictionaries: Dictionaries, piece: str):
    text = piece * (60_000 // len(piece))
    started = time.perf_counter()
    read_report(Text(text, "report.txt"), dictionaries)
    assert time.perf_counter() - started < 20
