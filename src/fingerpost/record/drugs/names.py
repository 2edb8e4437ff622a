"""Drugs by the names people give them: generic, brand, biosimilar, short, with or without a dose.

A wrong drug is worse than none. So a name must fit exactly, after taking away only words that
cannot change which drug it is (salts, strengths, forms); anything else stays unresolved and is
told with the names that come close. "Trastuzumab emtansine" is never trastuzumab.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fingerpost.record.catalogue import Drugs
from fingerpost.record.code_index import OTHER_MEDICINES, CodeIndex

_SALTS = frozenset(
    [
        "hydrochloride",
        "hcl",
        "dihydrochloride",
        "citrate",
        "acetate",
        "mesylate",
        "mesilate",
        "tosylate",
        "ditosylate",
        "maleate",
        "succinate",
        "sulfate",
        "sulphate",
        "sodium",
        "disodium",
        "phosphate",
        "tartrate",
        "pamoate",
        "anhydrous",
        "trihydrate",
        "monohydrate",
        "sesquihydrate",
    ]
)
_FORMS = frozenset(
    [
        "tablet",
        "tablets",
        "tab",
        "tabs",
        "capsule",
        "capsules",
        "cap",
        "caps",
        "oral",
        "pill",
        "pills",
        "product",
        "injection",
        "injectable",
        "solution",
        "suspension",
        "powder",
        "vial",
        "infusion",
        "syringe",
        "prefilled",
        "autoinjector",
        "auto",
        "injector",
        "kit",
        "pack",
        "film",
        "coated",
        "intravenous",
        "intramuscular",
        "subcutaneous",
        "iv",
        "im",
        "sc",
        "po",
        "for",
        "in",
        "of",
        "the",
        "a",
        "mg",
        "mcg",
        "ug",
        "g",
        "ml",
        "mg/ml",
        "unt",
        "actuat",
        "hr",
        "day",
        "days",
        "week",
        "weekly",
        "daily",
        "every",
        "3-weekly",
        "concentrate",
        "generic",
        "medication",
        "drug",
        "dose",
        "therapy",
        "treatment",
        "lyophilized",
        "extended",
        "release",
        "month",
        "monthly",
        "depot",
        "implant",
    ]
)
_AMOUNT = re.compile(
    r"[\d.,]+(?:/[\d.,]+)?(?:mg|mcg|ug|g|ml|mg/ml|mg/m2|%|units?|unt)?(?:/(?:ml|m2|hr))?"
)
# "trastuzumab-anns": four letters that mean nothing tell one make of an antibody from another.
_MAKE = re.compile(r"([a-z]+mab)-[a-z]{4}")
_MAKES = re.compile(r"\b([a-z]*(?:mab|tecan|hyaluronidase|emtansine))-[a-z]{4}\b", re.IGNORECASE)
_BRACKETS = re.compile(r"[\[(]([^\[\]()]{2,60})[\])]")
# A slash joins two drugs, but not the parts of a strength (50 mg/ml).
_JOINS = re.compile(
    r"\s*(?:\+|(?<!\d)/\s*(?!ml\b|m2\b|hr\b)|&|,|;|\band\b|\bwith\b|\bplus\b|\bfollowed by\b|\bthen\b"
    r"|->|\u2192)\s*",
    re.IGNORECASE,
)

# What joins medicines in one name; a comma may as well stand inside of one ("insulin, human").
_TOGETHER = re.compile(r"\s*(?:\+|/|&|;|\band\b|\bwith\b|\bplus\b)\s*", re.IGNORECASE)
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
    |\d+\s*weeks?\s*on\s*,?\s*\d+\s*weeks?\s*off
    |(?:x|\u00d7)\s*\d+(?:\s*cycles?)?|\d+\s*cycles?|cycles?\s*\d+(?:\s*-\s*\d+)?
    )(?!\w|-[a-z])""",
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class NamedDrugs:
    """What a text of drug names stands for: drugs, families, and names that fit none."""

    drugs: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    unresolved: tuple[str, ...] = ()


def plain_name(text: str) -> str:
    r"""A name without capitals, accents and doubled spaces.

    >>> plain_name("  Létrozole\u00a0 2.5 mg ")
    'letrozole 2.5 mg'
    """
    decomposed = unicodedata.normalize("NFKD", text[:200])
    letters = "".join(each for each in decomposed if not unicodedata.combining(each))
    return " ".join(letters.casefold().replace("\u2010", "-").replace("\u2011", "-").split())


class DrugNames:
    """Finds the drugs that a text names."""

    def __init__(self, drugs: Drugs, codes: CodeIndex | None = None) -> None:
        self.catalogue = drugs
        self._codes = codes
        self._ids = _table(drugs)
        self._read: dict[str, NamedDrugs] = {}

    def read(self, text: str) -> NamedDrugs:
        """Everything that a text names: one drug, several joined by + or "and", or a regimen."""
        if text not in self._read:
            if len(self._read) > 10_000:
                self._read.clear()
            self._read[text] = self._look_for(text)
        return self._read[text]

    def _look_for(self, text: str) -> NamedDrugs:
        bare = without_dosing(text)
        for written in dict.fromkeys((text, bare, _MAKES.sub(r"\1", bare))):
            whole = self._one(written) or self._side_by_side(written)
            if whole is not None:
                return whole
        parts = _parts(bare or text)
        # What is known by no name is told as it was written, with its dose.
        as_told = parts if len(parts) > 1 else [text]
        found = [
            self._one(part) or NamedDrugs(unresolved=(told.strip()[:120],))
            for part, told in zip(parts, as_told, strict=True)
        ]
        return _joined(found)

    def not_against_cancer(self, text: str) -> bool:
        """Whether every medicine in a text is certainly none against cancer: never if in doubt."""
        parts = [part for part in _TOGETHER.split(without_dosing(text)) if _bare(plain_name(part))]
        return bool(parts) and all(self._is_other(part) for part in parts)

    def _is_other(self, text: str) -> bool:
        words = re.findall(r"[a-z]{3,}", plain_name(text))
        if any(word in self._ids for word in words) or self._codes is None:
            return False
        meanings = [each for word in words for each in self._codes.code(OTHER_MEDICINES, word)]
        return any(each.value == "not_against_cancer" for each in meanings)

    def _side_by_side(self, text: str) -> NamedDrugs | None:
        """Drugs with only spaces between them, when every single word is one."""
        if _BRACKETS.search(text):
            return None
        words = [self.drug(word) for word in plain_name(text).split()]
        drugs = [drug for drug in words if drug is not None]
        return NamedDrugs(drugs=tuple(drugs)) if len(drugs) == len(words) > 1 else None

    def drug(self, text: str) -> str | None:
        """The one drug that a text names, or None."""
        return self._ids.get(self._key(text) or "")

    def close_to(self, text: str) -> tuple[str, ...]:
        """Names of drugs that look like this one, for the owner to choose from."""
        close = difflib.get_close_matches(plain_name(text), self._ids, n=6, cutoff=0.75)
        return tuple(dict.fromkeys(self.catalogue[self._ids[name]].name for name in close))[:3]

    def _one(self, text: str) -> NamedDrugs | None:
        drug = self.drug(text)
        if drug is not None:
            return NamedDrugs(drugs=(drug,))
        meanings = self._codes.regimen(text) if self._codes else ()
        if not meanings:
            return None
        named = NamedDrugs(
            drugs=tuple(each.drug for each in meanings if each.drug),
            classes=tuple(
                each.value for each in meanings if each.attribute == "class" and each.value
            ),
        )
        # A catalogue without one of the drugs must not make the regimen look smaller than it is.
        missing = [drug for drug in named.drugs if drug not in self.catalogue]
        return NamedDrugs(unresolved=(text.strip()[:120],)) if missing else named

    def _key(self, text: str) -> str | None:
        """The spelling in the table that this text is, or None."""
        name = plain_name(text)
        for spelling in _ways(name):
            if spelling in self._ids:
                return spelling
        inside = _BRACKETS.findall(name)
        outside = _BRACKETS.sub(" ", name).strip()
        if not inside:
            return None
        # "Arimidex (anastrozole)", "paclitaxel 100 MG [Abraxane]": both must not disagree.
        keys = [self._key(part) for part in (*inside, outside) if part]
        ids = {self._ids[key] for key in keys if key}
        if len(ids) == 1:
            return next(key for key in keys if key)
        brand = [key for key in keys[:-1] if key]
        refined = keys[-1] is not None and len(brand) == 1 and self._is_kind_of(brand[0], keys[-1])
        return brand[0] if refined else None

    def _is_kind_of(self, brand: str, generic: str) -> bool:
        """Whether the brand's drug is a form of the generic one: nab-paclitaxel of paclitaxel."""
        return generic in self.catalogue[self._ids[brand]].name


def without_dosing(text: str) -> str:
    """A name as ordered, without how much, how often and on which days.

    >>> without_dosing("CARBOplatin AUC 6 IV q3wk"), without_dosing("paclitaxel 80 mg/m2, d1,8,15")
    ('CARBOplatin IV', 'paclitaxel')
    """
    return " ".join(_DOSING.sub(" ", text[:400]).split()).strip(" ,;/+-")


def _parts(text: str) -> list[str]:
    """The names in a text of several; a part that holds only a dose or a route names nothing."""
    several = [part for part in _JOINS.split(text.strip()[:400]) if part.strip()]
    return [part for part in several if _bare(plain_name(part))] or [text]


def _joined(found: Iterable[NamedDrugs]) -> NamedDrugs:
    several = list(found)
    return NamedDrugs(
        tuple(dict.fromkeys(drug for each in several for drug in each.drugs)),
        tuple(dict.fromkeys(name for each in several for name in each.classes)),
        tuple(dict.fromkeys(name for each in several for name in each.unresolved)),
    )


def _table(drugs: Drugs) -> Mapping[str, str]:
    """Every spelling of every drug; one that two drugs share belongs to neither."""
    owners: dict[str, set[str]] = defaultdict(set)
    for drug, entry in drugs.items():
        names = [drug.replace("_", " "), entry.name, *entry.brands, *entry.also_written]
        for other in entry.biosimilars:
            names += [other.name, *([other.brand] if other.brand else [])]
        for name in names:
            for spelling in (plain_name(name), _loose(plain_name(name))):
                owners[spelling].add(drug)
    return {name: next(iter(ids)) for name, ids in owners.items() if len(ids) == 1 and name}


def _ways(name: str) -> Iterable[str]:
    """Ways to look a name up, from as written to bare."""
    yield name
    yield _loose(name)
    yield re.sub(r"\s*[/+&]\s*", " and ", name)
    bare = _bare(name)
    if bare and bare != name:
        yield bare
        yield _loose(bare)
    if match := _MAKE.fullmatch(bare or name):
        yield match[1]


def _loose(name: str) -> str:
    """Without hyphens and spaces: T-DXd, TDXd and T DXd are one."""
    return re.sub(r"[\s\-]", "", name)


def _bare(name: str) -> str:
    words = name.replace("(", " ").replace(")", " ").split()
    kept = [word for word in words if not _says_nothing(word)]
    return " ".join(kept)


def _says_nothing(word: str) -> bool:
    return word in _SALTS or word in _FORMS or _AMOUNT.fullmatch(word) is not None or _slip(word)


def _slip(word: str) -> bool:
    """A form with one letter wrong, such as "injetable": it cannot be part of a drug's name."""
    return len(word) > 7 and bool(
        difflib.get_close_matches(word, ("injectable", "injection", "capsules"), 1, 0.93)
    )
