"""Treatments of several records: one regimen told by several becomes one, with every place named.

Two entries are one regimen if they list the same medicines, stand in different records, contradict
each other in nothing, and were given at the same time as far as both say; and only if neither could as
well be another entry. The merged one then knows what each of them knew, as exactly. Whatever else may
be one regimen told twice stays two, and the owner is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

from fingerpost.record.growth_said import says_grown, says_not_grown
from fingerpost.record.merging.findings import others
from fingerpost.record.merging.order import source_key, treatment_key
from fingerpost.record.merging.sameness import days_meet, disagree, surely_before
from fingerpost.record.model import Treatment
from fingerpost.values import Choice, Days, Interval, Members, Value

if TYPE_CHECKING:
    from fingerpost.knowledge.model import Knowledge

_YES = Choice(frozenset({"yes"}))


def merged_treatments(treatments: Iterable[Treatment], knowledge: Knowledge) -> list[Treatment]:
    """All treatments, each once, with every place that tells of it; by when they began."""
    found = sorted(set_of(treatments), key=treatment_key)
    while (pair := _next_pair(found, knowledge)) is not None:
        one, other = pair
        rest = [each for each in found if each is not one and each is not other]
        found = sorted(set_of([*rest, as_one(one, other)]), key=treatment_key)
    return found


def set_of(treatments: Iterable[Treatment]) -> list[Treatment]:
    """Each treatment once; the very same entry read twice is one."""
    found: dict[tuple[str, ...], Treatment] = {}
    for each in treatments:
        found.setdefault(treatment_key(each), each)
    return list(found.values())


def _next_pair(
    found: Sequence[Treatment], knowledge: Knowledge
) -> tuple[Treatment, Treatment] | None:
    """The first two entries that are certainly one regimen."""
    pairs = [
        (one, other) for one, other in combinations(found, 2) if can_be_one(one, other, knowledge)
    ]
    for certain in (_share_place, _one_resource, _alike):
        found_one = next((pair for pair in pairs if certain(*pair)), None)
        if found_one is not None:
            return found_one
    for one, other in pairs:
        if not (_torn(one, pairs, knowledge) or _torn(other, pairs, knowledge)):
            return one, other
    return None


def _torn(
    treatment: Treatment, pairs: Sequence[tuple[Treatment, Treatment]], knowledge: Knowledge
) -> bool:
    """Whether an entry could be either of two that are not one themselves."""
    partners = [
        other if treatment is one else one
        for one, other in pairs
        if treatment is one or treatment is other
    ]
    return any(not can_be_one(*pair, knowledge) for pair in combinations(partners, 2))


def can_be_one(one: Treatment, other: Treatment, knowledge: Knowledge) -> bool:
    """Whether two entries can tell of one regimen, and nothing speaks against it."""
    if not _share_place(one, other) and files_of(one) & files_of(other):
        # One record that lists it twice means two courses.
        return False
    return (
        same_medicines(one, other, knowledge)
        and _same_time(one, other, knowledge)
        and not quarrels(one, other)
    )


def files_of(treatment: Treatment) -> set[str | None]:
    """The records that tell of a treatment."""
    return {source.file for source in treatment.sources}


def _share_place(one: Treatment, other: Treatment) -> bool:
    own = {(each.file, each.kind, each.reference) for each in one.sources}
    return any((each.file, each.kind, each.reference) in own for each in other.sources)


def _one_resource(one: Treatment, other: Treatment) -> bool:
    """Whether both are of one resource, as two exports of one hospital hold it."""
    own = {each.reference for each in one.sources if each.kind == "fhir"}
    return any(each.kind == "fhir" and each.reference in own for each in other.sources)


def _alike(one: Treatment, other: Treatment) -> bool:
    """Whether both say the very same, as a copy of a record does."""
    return one.drugs == other.drugs and one.attributes == other.attributes


# --- the same medicines, at the same time -------------------------------------------------


def same_medicines(one: Treatment, other: Treatment, knowledge: Knowledge) -> bool:
    """Whether both list the same; families that the medicines belong to anyway may be left out."""
    names = [
        (set(each.drugs), {name.casefold() for name in each.unresolved}) for each in (one, other)
    ]
    if names[0] == names[1]:
        if not one.drugs and not one.unresolved:
            return set(one.classes) == set(other.classes) and _kind(one) == _kind(other)
        return _other_classes(one, knowledge) == _other_classes(other, knowledge)
    return _only_families(one, other, knowledge) or _only_families(other, one, knowledge)


def _kind(treatment: Treatment) -> Value | None:
    return treatment.attributes.get("kind")


def _only_families(less: Treatment, more: Treatment, knowledge: Knowledge) -> bool:
    """Whether one names only the families ("chemotherapy") of the medicines that the other lists."""
    named = less.drugs or less.unresolved or not less.classes
    if named or not more.drugs or more.unresolved or _other_classes(more, knowledge):
        return False
    families = classes_of(more.drugs, knowledge)
    return all(name in families for name in less.classes)


def _other_classes(treatment: Treatment, knowledge: Knowledge) -> set[str]:
    """Families that none of the medicines belongs to: they stand for a medicine without a name."""
    return set(treatment.classes) - classes_of(treatment.drugs, knowledge)


def classes_of(drugs: Iterable[str], knowledge: Knowledge) -> set[str]:
    """The families of medicines, and the families above them."""
    found: set[str] = set()
    waiting = [name for drug in drugs if drug in knowledge.drugs for name in _own(drug, knowledge)]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += knowledge.classes[name].parents if name in knowledge.classes else ()
    return found


def _own(drug: str, knowledge: Knowledge) -> Iterable[str]:
    entry = knowledge.drugs[drug]
    parts = (knowledge.drugs[part] for part in entry.components if part in knowledge.drugs)
    return (*entry.classes, *(name for part in parts for name in part.classes))


def _same_time(one: Treatment, other: Treatment, knowledge: Knowledge) -> bool:
    """Whether both were given at one time as far as both say; families need the same days."""
    by_family = bool(one.drugs) != bool(other.drugs)
    begun, ended = _both(one, other, "start"), _both(one, other, "end")
    if begun is None and ended is None:
        undated = not _is_dated(one) or not _is_dated(other)
        return _share_place(one, other) or (undated and not by_family)
    return all(days_meet(*pair) for pair in (begun, ended) if pair is not None)


def _is_dated(treatment: Treatment) -> bool:
    return any(isinstance(treatment.attributes.get(name), Days) for name in ("start", "end"))


def _both(one: Treatment, other: Treatment, name: str) -> tuple[Days, Days] | None:
    first, second = one.attributes.get(name), other.attributes.get(name)
    if isinstance(first, Days) and isinstance(second, Days):
        return first, second
    return None


def quarrels(one: Treatment, other: Treatment) -> list[str]:
    """What two entries say of a treatment that cannot both be true."""
    found = [
        name
        for name in sorted(set(one.attributes) & set(other.attributes))
        if disagree(one.attributes[name], other.attributes[name])
    ]
    goes_on = [each.attributes.get("ongoing") == _YES for each in (one, other)]
    over = ["end" in each.attributes or "end_reason" in each.attributes for each in (one, other)]
    if (goes_on[0] and over[1]) or (goes_on[1] and over[0]):
        found.append("ongoing")
    if over_before(one, other) or over_before(other, one):
        found.append("end")
    if _deny_growth(one, other) or _deny_growth(other, one):
        found.append("progression")
    return list(dict.fromkeys(found))


def _deny_growth(one: Treatment, other: Treatment) -> bool:
    """Whether one says that the cancer grew on it, and the other that it did not.

    An entry that says both itself disagrees with nobody: its copy is the same entry.
    """
    grew, stayed = one.attributes, other.attributes
    both = says_not_grown(grew) or says_grown(stayed)
    return says_grown(grew) and says_not_grown(stayed) and not both


def over_before(one: Treatment, other: Treatment) -> bool:
    """Whether one had certainly ended before the other began."""
    end, start = one.attributes.get("end"), other.attributes.get("start")
    return isinstance(end, Days) and isinstance(start, Days) and surely_before(end, start)


# --- as one -------------------------------------------------------------------------------


def as_one(one: Treatment, other: Treatment) -> Treatment:
    """One regimen that knows what both knew; the one that lists its medicines leads."""
    first, second = sorted((one, other), key=lambda each: (not each.drugs, source_key(each.source)))
    attributes = {**second.attributes, **first.attributes}
    for name in set(first.attributes) & set(second.attributes):
        attributes[name] = meet(first.attributes[name], second.attributes[name])
    # The words on the treatment itself are those of the first; the others keep theirs at their place.
    words = second.source.words if first.words in (None, second.words) else second.words
    places = {*first.sources, replace(second.source, words=words), *second.also_in}
    return replace(
        first,
        classes=tuple(sorted({*first.classes, *second.classes})),
        attributes=attributes,
        words=first.words if first.words is not None else second.words,
        also_in=others(first.source, places),
    )


def meet(one: Value, other: Value) -> Value:
    """What two values that agree say together."""
    match one, other:
        case Choice(), Choice():
            return Choice(one.possible & other.possible)
        case Interval(), Interval():
            low, low_open = max((one.low, one.low_open), (other.low, other.low_open))
            high, closed = min((one.high, not one.high_open), (other.high, not other.high_open))
            return Interval(low, high, low_open=low_open, high_open=not closed)
        case Days(), Days():
            firsts = [day for day in (one.first, other.first) if day is not None]
            lasts = [day for day in (one.last, other.last) if day is not None]
            return Days(max(firsts, default=None), min(lasts, default=None))
        case Members(), Members():
            return Members(one.present | other.present, one.absent | other.absent)
        case _:
            return one
