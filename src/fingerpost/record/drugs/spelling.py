r"""How names of medicines are spelled: what may vary without another medicine being meant.

* `plain_name`: capitals, accents and doubled spaces say nothing.
* `loose`: hyphens and spaces say nothing (T-DXd, TDXd and T DXd are one).
* `bare`: salts, strengths, forms and routes say nothing of which medicine it is.
* `sound`: the spellings of several languages fall together (cyclophosphamide, ciclofosfamida,
  cyklofosfamid). It brings names closer to each other; it never makes two names one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

SALTS = frozenset(
    """
    hydrochloride hydrochlorid chlorhydrate clorhidrato cloridrato hcl dihydrochloride citrate
    citrat acetate acetat acetato mesylate mesilate tosylate ditosylate maleate succinate
    sulfate sulphate sodium disodium phosphate tartrate bitartrate pamoate embonate anhydrous
    trihydrate monohydrate sesquihydrate
    """.split()  # noqa: SIM905 (words are read more easily as text)
)
FORMS = frozenset(
    """
    tablet tablets tab tabs capsule capsules cap caps oral orally pill pills product injection
    injections injectable solution suspension powder vial vials infusion syringe prefilled
    autoinjector auto injector kit pack film coated intravenous intravenously intramuscular
    subcutaneous subcut iv im sc sq po for in of the a an mg mcg ug g ml mg/ml mg/m2 unt actuat
    hr day days week weeks weekly wkly daily every every-3-week biweekly 3-weekly concentrate
    generic medication drug dose doses dosing therapy treatment lyophilized extended release
    month months monthly depot implant cycle cycles course courses x dd dose-dense dosedense
    dense agent single monotherapy mono adjuvant neoadjuvant neo-adjuvant palliative maintenance
    inj tbl q3w q2w qw brand biosimilar push bolus continuous metronomic
    """.split()  # noqa: SIM905 (words are read more easily as text)
)
_AMOUNT = re.compile(
    r"[\d.,]+(?:/[\d.,]+)?(?:mg|mcg|ug|g|ml|mg/ml|mg/m2|%|units?|unt)?(?:/(?:ml|m2|hr))?"
)
# "2021", "March 2021". Only years that are certainly over: what begins in a year ahead is planned, and not given.
_YEAR = (
    r"(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+)?"
    r"(?:19\d\d|20[01]\d|202[0-5])"
)
# How much, how often and on which days, as orders write it: none of it says which drug it is.
_DOSING = re.compile(
    r"""(?<![\w.])(?:
    (?:\d[\d.,]*\s*(?:-\s*\d[\d.,]*\s*)?)?(?:mg|mcg|ug|\u00b5g|\u03bcg|g)\s*/\s*(?:m2|m\u00b2|m\^2|sqm|kg|day|dose|d|ml|hr)
    |\d[\d.,]*\s*(?:-\s*\d[\d.,]*\s*)?(?:mg|mcg|ug|\u00b5g|\u03bcg|g|ml|iu|mu|units?)
    |(?:target\s+)?auc\s*(?:of|=)?\s*\d+(?:\.\d+)?(?:\s*-\s*\d+(?:\.\d+)?)?
    |q\s*\d+\s*(?:d|w|wks?|weeks?|days?|h|hrs?|mo|months?)
    |(?:qd|qod|qw|qwk|qweek|qhs|bid|tid|qid|b\.i\.d\.|prn|od|bd)
    |(?:once|twice)(?:\s+(?:a|per|every)?\s*(?:day|week|month|daily|weekly|monthly))?
    |(?:bi-?weekly|fortnightly|(?:\d|two|three|four)[\s-]?weekly)
    |every\s+(?:other\s+|(?:\d+|two|three|four|six)\s+)?(?:days?|weeks?|months?)
    |(?:on\s+)?(?:days?|d)\s*\d+(?:\s*(?:,|-|&|\+|and)\s*(?:d(?:ay)?\s*)?\d+)*
    |c\d+\s*d\d+
    |\d+\s*(?:weeks?|days?)\s*on\s*,?\s*\d+\s*(?:weeks?|days?)\s*off
    |(?:x|\u00d7|\*)\s*\d+(?:\s*(?:cycles?|courses?|doses?|weeks?|months?|years?|yrs?))?
    |\d+\s*(?:x|\u00d7)(?=\s)|\d+\s*(?:cycles?|courses?|doses?|rounds?)|cycles?\s*\d+(?:\s*-\s*\d+)?
    |(?:for\s+)?(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve)\s*(?:full\s+)?
        (?:days?|weeks?|months?|years?|yrs?)
    |(?:(?:since|from|until|till|in)\s+)?YEAR\s*(?:-|to|until|till)\s*(?:YEAR|now|today|present)
    |(?:since|from|until|till|in)\s+YEAR
    )(?!\w|-[a-z])""".replace("YEAR", _YEAR),
    re.IGNORECASE | re.VERBOSE,
)
# "ACx4": a short name with how often it was given.
_TIMES = re.compile(r"\b([A-Za-z]{2,5})[x\u00d7*]\d{1,2}\b")
_FOR_SPELLING = (
    *(("ph", "f"), ("th", "t"), ("rh", "r"), ("ks", "x"), ("cks", "x"), ("sz", "s"), ("ck", "c")),
    *(("cz", "c"), ("ae", "e"), ("oe", "e"), ("y", "i"), ("j", "i"), ("k", "c"), ("w", "v")),
)
_ENDING = re.compile(r"(?<=[a-z]{5})(?:um|us|[aeo])$")
# Antibodies in Latin and Portuguese: trastuzumabum, trastuzumabe.
_LATIN = re.compile(r"mab(?:um|e)\b")
# "mesna-2": the second of several on one form.
_NUMBERED = re.compile(r"([a-z]{5,})[\s-]?\d")
_DOUBLE = re.compile(r"([a-z])\1+")


def plain_name(text: str) -> str:
    r"""A name without capitals, accents and doubled spaces.

    >>> plain_name("  Létrozole\u00a0 2.5 mg ")
    'letrozole 2.5 mg'
    """
    decomposed = unicodedata.normalize("NFKD", text[:400])
    letters = "".join(each for each in decomposed if not unicodedata.combining(each))
    for dash in "\u2010\u2011\u2012\u2013\u2014\u2212":
        letters = letters.replace(dash, "-")
    return " ".join(letters.casefold().replace("\u2019", "'").split())


def loose(name: str) -> str:
    """Without hyphens, spaces and the signs that stand for them.

    >>> loose("t-dxd"), loose("5 - fu")
    ('tdxd', '5fu')
    """
    return re.sub(r"[\s\-_.'\"*\u00ae\u2122]", "", name)


@lru_cache(maxsize=1 << 15)
def sound(name: str) -> str:
    """A loose name with the spellings of several languages made one.

    >>> sound("cyclophosphamide") == sound("ciclofosfamida") == sound("cyklofosfamid")
    True
    >>> sound("doksorubicyna"), sound("doxorubicin")
    ('doxorubicin', 'doxorubicin')
    """
    for written, heard in _FOR_SPELLING:
        name = name.replace(written, heard)
    return _ENDING.sub("", _DOUBLE.sub(r"\1", name))


def without_dosing(text: str) -> str:
    """A name as ordered, without how much, how often and on which days.

    >>> without_dosing("CARBOplatin AUC 6 IV q3wk"), without_dosing("paclitaxel 80 mg/m2, d1,8,15")
    ('CARBOplatin IV', 'paclitaxel')
    """
    undosed = _DOSING.sub(" ", _TIMES.sub(r"\1 ", text[:400]))
    return " ".join(undosed.split()).strip(" ,;/+-")


def bare(name: str, beside: frozenset[str] = frozenset()) -> str:
    """A plain name without salts, strengths, forms, and the words that may stand beside it.

    >>> bare("tamoxifen citrate 20 mg tablet"), bare("letrozole sandoz", frozenset({"sandoz"}))
    ('tamoxifen', 'letrozole')
    """
    words = re.sub(r"[()\[\]]", " ", name).split()
    return " ".join(word for word in words if not _says_nothing(word.strip(".,:*"), beside))


def _says_nothing(word: str, beside: frozenset[str]) -> bool:
    known = word in SALTS or word in FORMS or word in beside
    return known or not word or _AMOUNT.fullmatch(word) is not None or _slip(word)


def _slip(word: str) -> bool:
    """A form with one letter wrong, such as "injetable": it cannot be part of a drug's name."""
    if len(word) <= 7 or word[0] not in "ic":
        return False
    from rapidfuzz.distance import DamerauLevenshtein

    forms = ("injectable", "injection", "capsules")
    return any(DamerauLevenshtein.distance(word, form, score_cutoff=1) <= 1 for form in forms)


def ways(name: str, beside: frozenset[str]) -> Iterable[str]:
    """Ways to look a plain name up, from as written to bare."""
    name = _LATIN.sub("mab", name)
    yield name
    yield loose(name)
    yield re.sub(r"\s*[/+&]\s*", " and ", name)
    without = " ".join(word for word in name.split() if word.strip("(),") not in beside)
    for kept in (re.sub(r"\s*,\s*", " ", name), without, bare(name, beside)):
        if kept and kept != name:
            yield kept
            yield loose(kept)
    if match := _NUMBERED.fullmatch(name):
        yield match[1]


def letters(name: str) -> int:
    """How many letters a name has.

    >>> letters("5-fu")
    2
    """
    return sum(each.isalpha() for each in name)
