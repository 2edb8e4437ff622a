"""Looking codes and words up: what the files of knowledge/data/codes say, in the shape of a lookup.

LOINC 85337-4          -> measures er_reported
SNOMED CT 260385009    -> the word "negative"
the word "negative"    -> her2_ihc is 0 or 1+; er_reported is negative; ...
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from fingerpost.knowledge.check_digits import valid_loinc, valid_snomed
from fingerpost.record.written.category_text import squash

if TYPE_CHECKING:
    from fingerpost.knowledge.model import CodeMeaning, CodeSystem

WORDS = "urn:fingerpost:words"
NAMES = "urn:fingerpost:names"
REGIMENS = "urn:fingerpost:regimen_names"
OTHER_MEDICINES = "urn:fingerpost:other_medicines"

# Other ways to write the address of a code system; all are seen in real records.
_ALIASES: Mapping[str, str] = {
    "urn:oid:2.16.840.1.113883.6.1": "http://loinc.org",
    "urn:oid:2.16.840.1.113883.6.96": "http://snomed.info/sct",
    "urn:oid:2.16.840.1.113883.6.88": "http://www.nlm.nih.gov/research/umls/rxnorm",
    "rxnorm": "http://www.nlm.nih.gov/research/umls/rxnorm",
    "urn:oid:2.16.840.1.113883.6.90": "http://hl7.org/fhir/sid/icd-10-cm",
    "http://hl7.org/fhir/sid/icd-10": "http://hl7.org/fhir/sid/icd-10-cm",
    "http://fhir.de/codesystem/bfarm/icd-10-gm": "http://hl7.org/fhir/sid/icd-10-cm",
    "http://www.genenames.org/geneid": "http://www.genenames.org",
    "https://www.genenames.org/geneid": "http://www.genenames.org",
    "urn:oid:2.16.840.1.113883.6.281": "http://www.genenames.org",
    "http://terminology.hl7.org/codesystem/hgnc": "http://www.genenames.org",
    "http://hl7.org/fhir/sid/icd-o-3": "http://terminology.hl7.org/codesystem/icd-o-3",
    "urn:oid:2.16.840.1.113883.6.43.1": "http://terminology.hl7.org/codesystem/icd-o-3",
}
LOINC = "http://loinc.org"
SNOMED = "http://snomed.info/sct"
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
HGNC = "http://www.genenames.org"
ICD10 = "http://hl7.org/fhir/sid/icd-10-cm"
ICDO3 = "http://terminology.hl7.org/codesystem/icd-o-3"
AJCC = "http://cancerstaging.org"


class Meaning(NamedTuple):
    """What a code or word says; the empty ones are None."""

    fact: str | None = None
    attribute: str | None = None
    drug: str | None = None
    value: str | None = None
    note: str | None = None
    display: str | None = None


@lru_cache(maxsize=512)
def system_named(uri: str) -> str:
    """The one address of a code system, from the ways it is written.

    >>> system_named("HTTP://LOINC.ORG/"), system_named("urn:oid:2.16.840.1.113883.6.96")
    ('http://loinc.org', 'http://snomed.info/sct')
    """
    tidy = uri.strip().casefold().rstrip("/").replace("https://", "http://", 1)
    if tidy.startswith("http://snomed.info/sct/"):
        return SNOMED
    return _ALIASES.get(tidy, tidy)


class CodeIndex:
    """Every code and word we understand, by system."""

    def __init__(self, systems: Iterable[CodeSystem]) -> None:
        self._codes: dict[tuple[str, str], tuple[Meaning, ...]] = {}
        self._words: dict[str, tuple[Meaning, ...]] = {}
        self._regimens: dict[str, tuple[Meaning, ...]] = {}
        self.report_words: dict[str, tuple[Meaning, ...]] = {}
        self._names: dict[str, list[tuple[frozenset[str], tuple[Meaning, ...]]]] = defaultdict(list)
        self._named: dict[str, tuple[Meaning, ...]] = {}
        for system in systems:
            self._add(system_named(system.system), system.codes)

    def _add(self, system: str, codes: Mapping[str, tuple[CodeMeaning, ...]]) -> None:
        for code, entries in codes.items():
            meanings = tuple(
                Meaning(each.fact, each.attribute, each.drug, each.value, each.note, each.display)
                for each in entries
            )
            match system:
                case "urn:fingerpost:words":
                    self._words[squash(code)] = meanings
                case "urn:fingerpost:names":
                    wanted = frozenset(squash(code).split(" "))
                    self._names[min(wanted, key=lambda word: (-len(word), word))].append(
                        (wanted, meanings)
                    )
                case "urn:fingerpost:regimen_names":
                    self._regimens[regimen_key(code)] = meanings
                case "urn:fingerpost:report_words":
                    self.report_words[code] = meanings
                case _:
                    self._codes[(system, code.upper())] = meanings

    def code(self, system: str, code: str) -> tuple[Meaning, ...]:
        """What a code means; nothing if it is not known. ICD-10 codes stand for all below them."""
        key = code.strip().upper()
        if system == HGNC:
            key = key.removeprefix("HGNC:")
        found = self._codes.get((system, key), ())
        while not found and system == ICD10 and len(key) > 1:
            key = key[:-1].rstrip(".")
            found = self._codes.get((system, key), ())
        return found

    def word(self, text: str) -> tuple[Meaning, ...]:
        """What an answer in words means."""
        return self._words.get(squash(text), ())

    def regimen(self, text: str) -> tuple[Meaning, ...]:
        """What the short name of a regimen stands for."""
        return self._regimens.get(regimen_key(text), ())

    @property
    def classes(self) -> frozenset[str]:
        """The families of treatment that short names stand for."""
        entries = (each for meanings in self._regimens.values() for each in meanings)
        return frozenset(each.value for each in entries if each.attribute == "class" and each.value)

    def name(self, text: str) -> tuple[Meaning, ...]:
        """What an observation of this name is; the longest key whose words all stand in it."""
        if text not in self._named:
            if len(self._named) > 20_000:
                self._named.clear()
            self._named[text] = self._look_for(text)
        return self._named[text]

    def _look_for(self, text: str) -> tuple[Meaning, ...]:
        present = frozenset(re.findall(r"[a-z0-9]+", text.casefold()))
        best: tuple[int, tuple[Meaning, ...]] = (0, ())
        for word in present:
            for wanted, meanings in self._names.get(word, ()):
                if wanted <= present and len(wanted) > best[0]:
                    best = (len(wanted), meanings)
        return best[1]


def regimen_key(text: str) -> str:
    """A short name without what varies in writing.

    >>> regimen_key("dd AC-T"), regimen_key("CDK 4/6 inhibitor")
    ('ddact', 'cdk46inhibitor')
    """
    return re.sub(r"[^a-z0-9]", "", text.casefold())


def impossible(system: str, code: str) -> bool:
    """Whether the check digit of a LOINC or SNOMED CT code shows that it was never issued."""
    if system == SNOMED:
        return not valid_snomed(code)
    return system == LOINC and not valid_loinc(code)


@lru_cache(maxsize=1)
def shipped_codes() -> CodeIndex:
    """The codes that come with Fingerpost, for callers that bring no knowledge of their own."""
    from fingerpost.knowledge import load_knowledge

    return CodeIndex(load_knowledge().codes.values())
