"""Every name of a medicine that is known, and what it stands for.

The drug catalogue gives the medicines that can be options; the lists in knowledge/data/codes give short
names of regimens, other medicines against cancer, trial medicines, medicines that are not against
cancer, words that name no medicine, and names that are known only so that none is taken for ours.

A name is found here only if it is written in one of these places, letter for letter, after taking away
what cannot change which medicine it is. Misspellings are another matter: see `misspelled`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from fingerpost.record.catalogue import DrugEntry, Drugs
from fingerpost.record.code_index import (
    BESIDE_NAMES,
    LOOK_ALIKES,
    NO_MEDICINE,
    OTHER_CANCER_MEDICINES,
    OTHER_MEDICINES,
    REGIMENS,
    TRIAL_MEDICINES,
    CodeIndex,
    Meaning,
    regimen_key,
)
from fingerpost.record.drugs.model import How
from fingerpost.record.drugs.spelling import bare, loose, plain_name, ways

# "trastuzumab-anns": four letters that mean nothing tell one make of an antibody from another.
_MAKE = re.compile(r"([a-z ]*(?:mab|tecan|hyaluronidase|emtansine))-([a-z]{4})")
# Four letters after an antibody that are no make: loads that turn it into another medicine.
_LOADS = frozenset({"mmae", "mmaf", "duba", "pnuu", "seco"})
_LISTS: Mapping[str, How] = {
    OTHER_CANCER_MEDICINES: "other_cancer_medicine",
    TRIAL_MEDICINES: "trial_medicine",
    OTHER_MEDICINES: "not_against_cancer",
    NO_MEDICINE: "no_medicine",
}


_SAID: Mapping[str, How] = {"not_known": "said_unknown", "not_given": "not_given"}


@dataclass(frozen=True, slots=True)
class Known:
    """One name and what it stands for; names of one medicine have one `owner`."""

    name: str
    how: How
    owner: str
    drugs: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    note: str = ""


class Lexicon:
    """Finds what a text stands for, if it is a known name as it is."""

    def __init__(self, drugs: Drugs, codes: CodeIndex | None) -> None:
        self.drugs = drugs
        self.codes = codes
        self.beside = frozenset(codes.listed(BESIDE_NAMES)) if codes else frozenset()
        short = codes.listed(REGIMENS) if codes else ()
        self._shown = {regimen_key(name): name for name in short}

    # Both are made when the first name is asked for: a record without a treatment needs neither.
    @cached_property
    def _own(self) -> Mapping[str, Known]:
        """Every spelling of the medicines of the catalogue."""
        return _one_owner((plain_name(known.name), known) for known in _own_names(self.drugs))

    @cached_property
    def _others(self) -> Mapping[str, Known]:
        """Every spelling of what stands in our lists."""
        return _one_owner(self._listed())

    def find(self, text: str) -> Known | None:
        """What a text stands for: a name of our own first, then a short name, then all others."""
        name = plain_name(text)
        alone = name.strip("[](){}<>.:;,!?*-\"' ")
        spoken = self._others.get(alone)
        if spoken is not None and spoken.owner.startswith("words:"):
            return spoken
        # As it is written, in any list, before anything is taken away: "oral paclitaxel" is another.
        exact = self._own.get(name) or self._others.get(name)
        return exact or self._own_name(name) or self._short(name) or self._other(name)

    def drug(self, text: str) -> str | None:
        """The one drug of the catalogue that has this name."""
        found = self._own_name(plain_name(text))
        return found.drugs[0] if found else None

    def _own_name(self, name: str) -> Known | None:
        for spelling in ways(name, self.beside):
            if spelling in self._own:
                return self._own[spelling]
        match = _MAKE.fullmatch(bare(name, self.beside) or name)
        if match and match[2] not in _LOADS and match[2] not in self._beginnings:
            return self._own.get(match[1])
        return None

    @cached_property
    def _beginnings(self) -> frozenset[str]:
        """How names begin: "trastuzumab-pert" is not a make, but the start of a second name."""
        words = {word for name in self._own for word in name.split()}
        return frozenset(word[:4] for word in words | self.changing if len(word) > 4)

    def _short(self, name: str) -> Known | None:
        if self.codes is None:
            return None
        for written in ways(name, self.beside):
            meanings = self.codes.regimen(written) if written else ()
            if meanings:
                return self._regimen(self._shown[regimen_key(written)], meanings)
        return None

    def _regimen(self, name: str, meanings: tuple[Meaning, ...]) -> Known:
        drugs = tuple(each.drug for each in meanings if each.drug)
        classes = _classes(meanings)
        one_of = tuple(each.display or "" for each in meanings if each.value == "one_of")
        note = next((each.note for each in meanings if each.note), "")
        how: How = "several_medicines" if one_of else "short_name" if drugs else "family"
        # A catalogue without one of the drugs must not make the regimen look smaller than it is.
        if any(drug not in self.drugs for drug in drugs):
            return Known(name, "not_known", f"regimen:{name}")
        return Known(name, how, f"regimen:{name}", drugs, classes, one_of, note)

    def _other(self, name: str) -> Known | None:
        found = (self._others.get(spelling) for spelling in ways(name, self.beside))
        return next((each for each in found if each is not None), None)

    def _listed(self) -> Iterator[tuple[str, Known]]:
        if self.codes is None:
            return
        for system, how in _LISTS.items():
            for name, meanings in self.codes.listed(system).items():
                yield plain_name(name), _from_list(name, how, meanings)
        for name in self.codes.listed(LOOK_ALIKES):
            plain = plain_name(name)
            yield plain, Known(name, "another_medicine", f"another:{plain}")

    def every_name(self) -> Iterator[tuple[str, Known]]:
        """Every spelling of every name that is a name of something, regimens' short ones left out."""
        yield from self._own.items()
        yield from self._others.items()
        for word in self.changing:
            yield word, Known(word, "not_known", f"part:{word}")
        if self.codes is not None:
            for name, meanings in self.codes.listed(REGIMENS).items():
                if len(name) >= 8:
                    yield plain_name(name), self._regimen(name, meanings)

    @cached_property
    def taking_back(self) -> frozenset[str]:
        """Single words that say that a medicine was not given: declined, planned."""
        others = self._others.items()
        return frozenset(name for name, known in others if known.how == "not_given")

    @cached_property
    def changing(self) -> frozenset[str]:
        """Words that make another medicine of a name they stand beside: emtansine, liposomal."""
        found: dict[str, set[str]] = defaultdict(set)
        for name, known in self._own.items():
            words = re.split(r"[\s/,-]+", name)
            for word in words if len(words) > 1 else ():
                found[word].add(known.owner)
        harmless = {"and", "high", "dose"} | {
            word for word in found if word in self._own or bare(word, self.beside) == ""
        }
        return frozenset(word for word in found if word not in harmless and len(word) > 1)


def _own_names(drugs: Drugs) -> Iterator[Known]:
    for drug, entry in drugs.items():
        for name, how in _names_of(drug, entry):
            yield Known(name, how, f"drug:{drug}", (drug,))


def _names_of(drug: str, entry: DrugEntry) -> Iterator[tuple[str, How]]:
    yield entry.name, "name"
    yield drug.replace("_", " "), "name"
    for name in entry.brands:
        yield name, "brand"
    for name in entry.also_written:
        yield name, "also_written"
    for other in entry.biosimilars:
        yield other.name, "other_make"
        if other.brand:
            yield other.brand, "other_make"


def _from_list(name: str, how: How, meanings: tuple[Meaning, ...]) -> Known:
    display = next((each.display for each in meanings if each.display), None) or name
    note = next((each.note for each in meanings if each.note), "") or ""
    one_of = tuple(each.display or "" for each in meanings if each.value == "one_of")
    value = meanings[0].value if meanings else None
    told: How = "several_medicines" if one_of else _SAID.get(value or "", how)
    if how == "other_cancer_medicine" and not _classes(meanings):
        # Known, but of no family here: it must stay open, or it would vanish from the record.
        told = "another_medicine"
    owner = f"words:{name}" if how == "no_medicine" else f"{how}:{plain_name(display)}"
    return Known(display, told, owner, (), _classes(meanings), one_of, note)


def _classes(meanings: Iterable[Meaning]) -> tuple[str, ...]:
    return tuple(each.value for each in meanings if each.attribute == "class" and each.value)


def _one_owner(names: Iterable[tuple[str, Known]]) -> Mapping[str, Known]:
    """Every spelling of every plain name; one that two medicines share belongs to neither."""
    found: dict[str, Known] = {}
    shared: set[str] = set()
    for plain, known in names:
        for spelling in dict.fromkeys((plain, loose(plain))):
            before = found.setdefault(spelling, known)
            if before.owner != known.owner and not known.owner.startswith("another:"):
                shared.add(spelling)
    return {name: known for name, known in found.items() if name and name not in shared}
