"""How conditions are said: every class of node, and the sentences people read."""

from __future__ import annotations

import pytest

from fingerpost.criteria import FactType, Parser, Vocabulary, wording
from fingerpost.criteria.nodes import NODE_CLASSES
from fingerpost.criteria.wording import Lexicon, Phrase, say
from fingerpost.messages.phrases import small

VOCABULARY = Vocabulary(
    facts={
        "birth_date": FactType("date"),
        "age": FactType("elapsed", unit="years", since="birth_date", until="today"),
        "surgery_date": FactType("date"),
        "relapse_date": FactType("date"),
        "gene": FactType("category", ("present", "absent")),
        "stain": FactType("category", ("0", "1+", "2+", "3+")),
        "percent": FactType("number", unit="%"),
        "sites": FactType("set", ("bone", "liver", "brain")),
        "crisis": FactType("flag", ("yes", "no")),
        "status": FactType("family", ("positive", "spread")),
        "adult": FactType("flag", ("yes", "no")),
    },
    attributes={
        "class": FactType("set", ("taxane", "endocrine")),
        "setting": FactType("category", ("adjuvant", "metastatic")),
        "progression": FactType("flag", ("yes", "no")),
        "cycles": FactType("number"),
        "end": FactType("date"),
    },
    derived={
        "status": {"positive": "percent >= 1 %", "spread": "sites includes bone"},
        "adult": {"yes": "age >= 18 years"},
    },
)
LEXICON = Lexicon(
    facts={
        "birth_date": Phrase("Date of birth", elapsed="Age"),
        "surgery_date": Phrase("Day of surgery"),
        "gene": Phrase("OMEGA change", {"present": "found", "absent": "not found"}),
        "stain": Phrase("HER2 stain", {"0": "0", "1+": "1+"}),
        "percent": Phrase("ER", unit="%"),
        "sites": Phrase("Sites of spread", {"bone": "bones"}),
        "crisis": Phrase("Organ crisis", holds="An organ is failing"),
        "status": Phrase(
            "Status", {"positive": "Positive (1 % or more)", "spread": "Spread to bones"}
        ),
        "adult": Phrase("Adult", {"yes": "18 years old or older"}, holds="18 years old or older"),
    },
    attributes={
        "class": Phrase("class", {"endocrine": "hormone therapy"}, lead="with %(what)s"),
        "setting": Phrase("setting", {"adjuvant": "after surgery"}, lead="given %(what)s"),
        "progression": Phrase("growth", holds="the cancer grew during it"),
        "end": Phrase("End"),
    },
)


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("always", "always"),
        ("gene is present", "OMEGA change: found"),
        ("gene is not present", "OMEGA change: not found"),
        ("stain is one of 0, 1+", "HER2 stain: 0 or 1+"),
        ("percent >= 10 %", "ER: 10 % or more"),
        ("percent < 1", "ER: less than 1 %"),
        ({"all": ["percent >= 1", "percent <= 10"]}, "ER: 1 to 10 %"),
        ("percent = 5", "ER: 5 %"),
        ("sites includes bone", "sites of spread: bones"),
        ("sites includes one of bone, liver", "sites of spread: bones or liver"),
        ({"not": "sites includes bone"}, "sites of spread: not bones"),
        ("crisis is yes", "an organ is failing"),
        ("crisis is no", "organ crisis: no"),
        ("adult is yes", "18 years old or older"),
        ("adult is no", "adult: no"),
        ("age >= 12 years", "age: 12 years or more"),
        ("age < 60 years", "age: less than 60 years"),
        ("surgery_date <= today", "day of surgery is no later than the day asked about"),
        ("surgery_date >= 2018-02-01", "day of surgery is no earlier than 1 February 2018"),
        (
            "relapse_date <= surgery_date + 1 months",
            "relapse date is no later than 1 month after day of surgery",
        ),
        ("status is positive", "status: positive (1 % or more)"),
        ("status is spread", "spread to bones"),
        ({"not": "status is spread"}, "not spread to bones"),
        (
            {"any": ["gene is present", "crisis is yes"]},
            "OMEGA change: found or an organ is failing",
        ),
        (
            {"any": ["crisis is yes", {"all": ["gene is present", "percent >= 1"]}]},
            "an organ is failing, or (OMEGA change: found and ER: 1 % or more)",
        ),
        (
            {"none": ["gene is present", "crisis is yes"]},
            "OMEGA change: not found and organ crisis: no",
        ),
        (
            {"at_least": 2, "of": ["gene is present", "crisis is yes", "percent >= 1"]},
            "at least 2 of these hold: OMEGA change: found, an organ is failing and ER: 1 % or more",
        ),
        ({"agree": ["percent >= 1 %", "gene is present"]}, "ER: 1 % or more"),
        ("any treatment", "a treatment"),
        ("any treatment where class is taxane", "a treatment with taxane"),
        (
            "any treatment where class is one of taxane, endocrine and setting is adjuvant",
            "a treatment with taxane or hormone therapy, given after surgery",
        ),
        ("no treatment where class is taxane", "no treatment with taxane"),
        (
            "at least 2 treatments where setting is metastatic and progression is yes",
            "at least 2 treatments given metastatic, where the cancer grew during it",
        ),
        (
            "any treatment where class is endocrine and relapse_date <= end + 12 months and cycles >= 6",
            "a treatment with hormone therapy, where relapse date is no later than 12 months after its "
            "end and cycles: 6 or more",
        ),
    ],
)
def test_a_condition_in_words(when, said):
    assert say(Parser(VOCABULARY).parse(when), LEXICON) == said


def test_every_class_of_node_can_be_said():
    assert set(wording._SAY) == set(NODE_CLASSES)


def test_names_without_a_phrase_are_their_own_words():
    said = say(Parser(VOCABULARY).parse("gene is present"), Lexicon({}, {}))
    assert said == "gene: present"


@pytest.mark.parametrize(
    ("words", "inside"),
    [
        ("Hormone receptor-positive", "hormone receptor-positive"),
        ("HER2-low", "HER2-low"),
        ("PIK3CA mutation", "PIK3CA mutation"),
        ("Ki-67", "Ki-67"),
        ("A woman after menopause", "a woman after menopause"),
        ("T category", "T category"),
        ("18 years old", "18 years old"),
        ("Child-Pugh class", "Child-Pugh class"),
        ("", ""),
    ],
)
def test_a_capital_that_only_begins_a_sentence_becomes_small(words, inside):
    assert small(words) == inside
