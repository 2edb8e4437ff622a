"""What a text of drug names was read as, part by part, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

How = Literal[
    "name",
    "brand",
    "other_make",
    "also_written",
    "short_name",
    "family",
    "other_spelling",
    "misspelling",
    "several_medicines",
    "other_cancer_medicine",
    "trial_medicine",
    "not_against_cancer",
    "no_medicine",
    "not_given",
    "said_unknown",
    "one_or_the_other",
    "another_medicine",
    "not_known",
]
Certainty = Literal["certain", "read_as", "open"]

# Ways of reading that keep a name open: it may still be any medicine, or one of several.
_OPEN = frozenset(
    {
        *("several_medicines", "trial_medicine", "said_unknown", "one_or_the_other"),
        *("another_medicine", "not_known"),
    }
)
# Ways of reading that say: no medicine against the cancer.
SET_ASIDE = frozenset({"not_against_cancer", "no_medicine", "not_given"})
_CLOSE = frozenset({"misspelling", "other_spelling"})


@dataclass(frozen=True, slots=True)
class NamedPart:
    """One name in a text: the words, what they were read as, how, and what else they may mean.

    `known_as` is the name in the knowledge that the words were read as. `candidates` are names, for
    the owner of the record to choose from; none of them was taken. `why` is a plain sentence.
    """

    words: str
    how: How
    known_as: str | None = None
    drugs: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    why: str = ""

    @property
    def certainty(self) -> Certainty:
        """Whether the name is known, was read as a known one, or stays open."""
        if self.how in _OPEN:
            return "open"
        return "read_as" if self.how in _CLOSE else "certain"


@dataclass(frozen=True, slots=True)
class NamedDrugs:
    """What a text of drug names stands for: drugs, families, and names that fit none.

    `unresolved` names may be any medicine; `set_aside` are certainly none against cancer, or no
    medicine at all. `parts` tells how each name was read; two readings that differ only in the words
    are equal.
    """

    drugs: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    unresolved: tuple[str, ...] = ()
    set_aside: tuple[str, ...] = field(default=(), compare=False)
    parts: tuple[NamedPart, ...] = field(default=(), compare=False)


def together(parts: Iterable[NamedPart]) -> NamedDrugs:
    """Several names as one answer, each drug and family once, in the order written."""
    several = tuple(parts)
    apart = [each.words for each in several if each.how in SET_ASIDE]
    return NamedDrugs(
        tuple(dict.fromkeys(drug for each in several for drug in each.drugs)),
        tuple(dict.fromkeys(name for each in several for name in each.classes)),
        tuple(dict.fromkeys(each.words for each in several if each.certainty == "open")),
        tuple(dict.fromkeys(apart)),
        several,
    )
