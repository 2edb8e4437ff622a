"""How a name was read, in plain words that its owner can check."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from fingerpost.messages import later, marked
from fingerpost.record.catalogue import Drugs
from fingerpost.record.drugs.bracketed import classes_of
from fingerpost.record.drugs.lexicon import Known
from fingerpost.record.drugs.model import How, NamedPart, together
from fingerpost.record.drugs.spelling import plain_name

# How much of a name is told.
_TOLD = 120
_WHY: Mapping[How, str] = {
    "name": marked("a name of this medicine"),
    "brand": marked("a brand name"),
    "other_make": marked("another make of the same medicine"),
    "also_written": marked("another known way to write it"),
    "short_name": marked("a short name for medicines given together"),
    "family": marked("a family of medicines; which of them is not said"),
    "several_medicines": marked("several medicines are called so"),
    "other_cancer_medicine": marked("a known cancer medicine, and none of the options here"),
    "another_medicine": marked("the name of another medicine, which is none of the options here"),
    "trial_medicine": marked("a medicine from trials; it is known, and none of the options here"),
    "not_against_cancer": marked("a known medicine, and not one against cancer"),
    "no_medicine": marked("not a medicine"),
    "not_given": marked("it says that no medicine was given"),
    "said_unknown": marked("the record itself says that it is not known"),
}
# What a misspelled name keeps being: these are told as what they are.
_KEPT = frozenset(
    {
        "several_medicines",
        "trial_medicine",
        "not_against_cancer",
        "no_medicine",
        "not_given",
        "said_unknown",
    }
)
_CODE = re.compile(r"[a-z]{1,6}[\s-]?\d{2,7}[a-z]?")


def _short(text: str) -> str:
    return text.strip()[:_TOLD]


def read_as(text: str, known: Known, drugs: Drugs) -> NamedPart:
    """A text that is a known name as it is."""
    name = drugs[known.drugs[0]].name if len(known.drugs) == 1 else known.name
    told = None if known.how in ("several_medicines", "another_medicine", "not_known") else name
    why = known.note or _WHY.get(known.how, marked("this name is not known here"))
    return NamedPart(
        _short(text), known.how, told, known.drugs, known.classes, known.candidates, why
    )


def misread(text: str, known: Known, *, same_sound: bool) -> NamedPart:
    """A text that can only be a misspelling of one known name."""
    how: How = "other_spelling" if same_sound else "misspelling"
    told = known.how if known.how in _KEPT else how
    said = later("a misspelling of %(name)s", name=known.name)
    if same_sound:
        said = later("another spelling of %(name)s", name=known.name)
    return NamedPart(
        _short(text), told, known.name, known.drugs, known.classes, known.candidates, said
    )


def not_known(text: str, candidates: Sequence[str], *, another: bool) -> NamedPart:
    """A text that fits no name."""
    if another:
        return NamedPart(_short(text), "another_medicine", why=_WHY["another_medicine"])
    why = marked("no medicine is known by this name")
    if _CODE.fullmatch(plain_name(text)):
        why = marked("it looks like the code of a trial medicine, and is not known here")
    return NamedPart(_short(text), "not_known", candidates=tuple(candidates), why=why)


def one_or_other(text: str, sides: Sequence[Sequence[NamedPart]], drugs: Drugs) -> NamedPart:
    """One of several, nobody knows which: what they share is certain, and no more."""
    named = [together(side) for side in sides]
    same = {(frozenset(each.drugs), frozenset(each.classes)) for each in named}
    if len(same) == 1 and sides[0] and not any(each.unresolved for each in named):
        return told_as(sides[0][0], text)
    families = [classes_of(each.drugs, drugs) | set(each.classes) for each in named]
    names = [drugs[drug].name for each in named for drug in each.drugs]
    names += [known for side in sides for part in side for known in part.candidates]
    return NamedPart(
        _short(text),
        "one_or_the_other",
        classes=tuple(sorted(set.intersection(*families))),
        candidates=tuple(dict.fromkeys(names)),
        why=marked("one or the other; the record does not say which"),
    )


def told_as(part: NamedPart, text: str) -> NamedPart:
    """The same reading, with all the words it was read from."""
    return replace(part, words=_short(text))
