"""A name that stands twice, once in brackets: "Arimidex (anastrozole)", "chemo (AC)", "TCHP (docetaxel)".

The two must say the same, or one must say it more closely; otherwise neither is believed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fingerpost.record.catalogue import Drugs
from fingerpost.record.drugs.model import NamedDrugs, NamedPart, together

Parts = tuple[NamedPart, ...]


@dataclass(frozen=True, slots=True)
class Both:
    """What stands outside of the brackets, and what stands in them."""

    outside: Parts
    inside: Parts


def one_of_both(both: Both, drugs: Drugs) -> Parts | None:
    """The side that says more, if the other agrees; None if they do not agree, or nobody can tell."""
    outside, inside = together(both.outside), together(both.inside)
    if inside.unresolved:
        return None
    if outside.unresolved:
        return both.inside if _settles(both, inside, drugs) else None
    if not _names(outside) or not _names(inside):
        return both.outside if not _names(outside) and not _names(inside) else None
    if not outside.drugs or not inside.drugs:
        return _family(both, outside, inside, drugs)
    return _drugs(both, outside, inside, drugs)


def _names(named: NamedDrugs) -> bool:
    return bool(named.drugs or named.classes)


def _settles(both: Both, inside: NamedDrugs, drugs: Drugs) -> bool:
    """TC (docetaxel, cyclophosphamide): the brackets say which of the several was meant."""
    if len(both.outside) != 1 or both.outside[0].how != "several_medicines" or not inside.drugs:
        return False
    names = [drugs[drug].name for drug in inside.drugs]
    return any(all(name in one for name in names) for one in both.outside[0].candidates)


def _family(both: Both, outside: NamedDrugs, inside: NamedDrugs, drugs: Drugs) -> Parts | None:
    """Chemo (AC), letrozole (AI): the side with drugs, if they are of the family."""
    named, family = (inside, outside) if inside.drugs else (outside, inside)
    if not named.drugs:
        return both.outside if set(inside.classes) <= set(outside.classes) else None
    if not set(family.classes) <= classes_of(named.drugs, drugs) | set(named.classes):
        return None
    return both.inside if inside.drugs else both.outside


def _drugs(both: Both, outside: NamedDrugs, inside: NamedDrugs, drugs: Drugs) -> Parts | None:
    first, second = _single(outside.drugs, drugs), _single(inside.drugs, drugs)
    if second == first:
        return both.inside if len(inside.drugs) < len(outside.drugs) else both.outside
    if second < first and not outside.classes:
        return both.outside
    if _refines(both.inside, both.outside, drugs):
        return both.inside
    if _refines(both.outside, both.inside, drugs):
        return both.outside
    # AC-T (paclitaxel): the family of the short name is told by the brackets.
    of_family = set(outside.classes) & classes_of(inside.drugs, drugs)
    return (*both.outside, *both.inside) if of_family and not inside.classes else None


def _single(names: Iterable[str], drugs: Drugs) -> frozenset[str]:
    """The drugs, each fixed combination as what is in it."""
    return frozenset(part for drug in names for part in (drugs[drug].components or (drug,)))


def _refines(refined: Parts, generic: Parts, drugs: Drugs) -> bool:
    """Whether one side is a form of the other's generic name: Abraxane of paclitaxel."""
    if len(refined) != 1 or len(generic) != 1 or generic[0].how != "name":
        return False
    one, other = refined[0].drugs, generic[0].drugs
    if len(one) != 1 or len(other) != 1 or drugs[other[0]].name not in drugs[one[0]].name:
        return False
    # Another form of the medicine has its families; Kadcyla (trastuzumab) names two medicines.
    return set(drugs[one[0]].classes) == set(drugs[other[0]].classes)


def classes_of(names: Iterable[str], drugs: Drugs) -> set[str]:
    """Every family of some drugs."""
    return {each for drug in names for each in drugs[drug].classes}
