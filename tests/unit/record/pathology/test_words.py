"""The words of reports in the knowledge file: each is one that the reader knows what to do with."""

from __future__ import annotations

from fingerpost.knowledge.model import Knowledge
from fingerpost.record.dictionaries import Dictionaries
from fingerpost.record.pathology.receptors.vocabulary import vocabulary_of
from fingerpost.terms import AbsenceKind

MARKERS = {"er", "pr", "her2", "hormone_receptor", "ki67", "pdl1", "other"}
METHODS = {"method_ish", "method_ihc", "assay_22c3", "assay_sp142", "assay_other"}


def test_every_word_is_one_that_the_reader_knows(knowledge: Knowledge) -> None:
    known = {f"marker_{marker}" for marker in MARKERS} | METHODS
    known |= {f"absent_{kind.value}" for kind in AbsenceKind}
    for phrase, meanings in knowledge.codes["report_words"].codes.items():
        for meaning in meanings:
            if meaning.fact is None:
                assert meaning.value in known, phrase
            else:
                assert meaning.value in knowledge.facts[meaning.fact].values, phrase


def test_every_phrase_is_found_in_a_text(dictionaries: Dictionaries) -> None:
    vocabulary = vocabulary_of(dictionaries.codes)
    patterns = (
        vocabulary.markers,
        vocabulary.results,
        vocabulary.absences,
        vocabulary.methods,
    )
    for phrase in dictionaries.codes.report_words:
        written = phrase.lower()
        assert any(pattern.search(f" {written} ") for pattern in patterns), phrase
        assert vocabulary.meaning(written), phrase
