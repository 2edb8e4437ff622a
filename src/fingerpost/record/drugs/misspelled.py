"""Reading a misspelled name, or leaving it: a rule that can be proved.

**How far two names are apart.** The number of single slips that turn one into the other: a letter wrong,
missing, too many, or two neighbours swapped (Damerau-Levenshtein, on names without hyphens and spaces).
Names that sound alike in another language's spelling are one slip apart, and then as many more as their
sounds are.

**The rule.** A text is read as a medicine only if

1. it has five letters or more, and no other digits than the name;
2. it is at most one slip away, or two where both have eight letters or more, and has no more words;
3. every name of every other medicine that cancer records hold is at least two slips further away, and
   every look-alike at least one.

Spellings that are listed because people make that mistake ("tamoxiphene") are known as they are; a slip in
them is not read, for it would be a slip of a slip.

**Why it never gives another drug for one or two slips.** Take a name of medicine A with two slips. It is at
most 2 from A. To be read as B, B would have to be two nearer than A: 0, which means that the text *is* a name
of B. And a look-alike with one slip is at most 1 from itself: to be read as B, B would have to be nearer, and
again the text is a name of B.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from fingerpost.record.drugs.lexicon import Known
from fingerpost.record.drugs.spelling import letters, loose, sound

# Letters a name must have to be read with one slip, and with two.
LETTERS_FOR_ONE = 5
LETTERS_FOR_TWO = 8
# How much further away every other medicine must be; a name that is known only to exist, and that no
# cancer record is likely to hold, must be further away at all.
MARGIN = 2
MARGIN_OF_LOOK_ALIKES = 1
_FURTHEST = 2 + MARGIN
# The letters that tell one make of an antibody from another are not a word to slip in.
_MAKE = re.compile(r"-[a-z]{4}$")
# How alike, of a hundred, a name must look to be told as a candidate.
_ALIKE = 75


@dataclass(frozen=True, slots=True)
class Misread:
    """The known name that a text was read as, and whether the two sound the same."""

    known: Known
    same_sound: bool


@dataclass(slots=True)
class _Near:
    """How near a medicine is: by its true names, and by any spelling that is known of it."""

    own: int = 99
    any: int = 99
    spelled: str = ""
    look_alike: bool = False


def _too_near(other: _Near, best: _Near) -> bool:
    margin = MARGIN_OF_LOOK_ALIKES if other.look_alike else MARGIN
    return other.any < best.any + margin


class Misspelled:
    """Finds the one medicine that a misspelled text can be."""

    def __init__(self, names: Iterable[tuple[str, Known]]) -> None:
        spelled: dict[str, Known] = {}
        self._words: dict[str, int] = {}
        self._short: dict[str, frozenset[str]] = {}
        for name, known in names:
            if letters(name) >= 3:
                key = loose(name)
                spelled.setdefault(key, known)
                self._words[key] = max(len(_words(name)), self._words.get(key, 1))
                self._short.setdefault(key, _short_words(name))
        self._by_name = spelled
        self._spelled = list(spelled)
        self._sounds = [sound(name) for name in spelled]

    def spelled(self, name: str) -> Known | None:
        """What a loose name is, if it stands on a list as it is."""
        return self._by_name.get(name)

    def near_to(self, word: str, words: frozenset[str]) -> bool:
        """Whether a word is one of these, or a slip or two away from one, or holds most of one."""
        from rapidfuzz.distance import DamerauLevenshtein

        measure = DamerauLevenshtein.distance
        slips = 2 if len(word) >= LETTERS_FOR_ONE else 1 if len(word) > 2 else 0
        close = (each for each in words if len(each) > slips + 1)
        pieces = [word[at : at + 6] for at in range(len(word) - 5)]
        if word in words or any(piece in each for piece in pieces for each in words):
            return True
        return any(measure(word, each, score_cutoff=2) <= slips for each in close)

    def alike(self, name: str) -> list[str]:
        """Drugs of the catalogue with a name that looks like this one, the most alike first."""
        from rapidfuzz import fuzz, process

        own = [each for each in self._spelled if self._by_name[each].how != "another_medicine"]
        found = process.extract(name, own, scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=12)
        known = (self._by_name[spelled] for spelled, _, _ in found)
        return [drug for each in known if len(each.drugs) == 1 for drug in each.drugs]

    def read(self, text: str) -> Misread | None:
        """The medicine that a text can only be, or None."""
        name = loose(text)
        if letters(name) < LETTERS_FOR_ONE:
            return None
        # Most names that are not known are near nothing: ask that first, for it is quick.
        if not any(True for _ in self._slips(name, furthest=_FURTHEST - MARGIN)):
            return None
        near = self._near(name)
        known = min(near, key=lambda owner: near[owner].own, default="")
        if not known:
            return None
        best = near[known]
        if best.own > allowed(name, best.spelled) or not self._same_words(text, best.spelled):
            return None
        if any(_too_near(each, best) for owner, each in near.items() if owner != known):
            return None
        return Misread(self._by_name[best.spelled], same_sound=sound(name) == sound(best.spelled))

    def _same_words(self, text: str, spelled: str) -> bool:
        """Whether a text has no more words than a name, and the short ones as they are.

        A word more is no slip ("no tamoxifen"), and a short word makes the medicine: a slip in "and
        trastuzumab" must not become ado-trastuzumab.
        """
        words = _words(text)
        return len(words) <= self._words[spelled] and self._short[spelled] <= set(words)

    def drugs_near(self, name: str) -> frozenset[str]:
        """Drugs of the catalogue with any name so near that this may be a slip of it."""
        found = self._slips(name, furthest=_FURTHEST - MARGIN)
        near = [spelled for slips, spelled in found if slips <= allowed(name, spelled)]
        return frozenset(drug for spelled in near for drug in self._by_name[spelled].drugs)

    def _near(self, name: str) -> dict[str, _Near]:
        """How near every medicine is that has a name near this one."""
        found: dict[str, _Near] = {}
        for slips, spelled in self._slips(name, furthest=_FURTHEST):
            known = self._by_name[spelled]
            look_alike = known.how == "another_medicine"
            near = found.setdefault(known.owner, _Near(look_alike=look_alike))
            near.any = min(near.any, slips)
            if slips < near.own and not self._takes_no_slip(spelled):
                near.own, near.spelled = slips, spelled
        return found

    def _takes_no_slip(self, spelled: str) -> bool:
        """Whether slips in a listed spelling are not read: it is a slip itself, or short, or a word."""
        known = self._by_name[spelled]
        if known.how == "other_make" and _MAKE.search(known.name):
            return True
        # What sets a name aside must be surer: "retreatment" is no slip of "no treatment".
        if known.owner.startswith("words:") or known.how in ("said_unknown", "trial_medicine"):
            return True
        if known.how == "not_against_cancer" and letters(spelled) < LETTERS_FOR_TWO:
            return True
        if known.how != "also_written":
            return False
        if letters(spelled) < LETTERS_FOR_TWO:
            return True
        return any(slips <= 2 for slips, _ in self._of_owner(spelled, known.owner))

    def _of_owner(self, spelled: str, owner: str) -> Iterable[tuple[int, str]]:
        for slips, name in self._slips(spelled, furthest=2):
            other = self._by_name[name]
            same_digits = re.findall(r"\d", name) == re.findall(r"\d", spelled)
            if other.owner == owner and other.how != "also_written" and same_digits:
                yield slips, name

    def _slips(self, name: str, *, furthest: int) -> Iterable[tuple[int, str]]:
        # Only here: no other part of reading a record needs it.
        from rapidfuzz import process
        from rapidfuzz.distance import DamerauLevenshtein

        measure = DamerauLevenshtein.distance
        spelled = process.extract(
            name, self._spelled, scorer=measure, score_cutoff=furthest, limit=None
        )
        yield from ((int(slips), spelling) for spelling, slips, _ in spelled)
        heard = process.extract(
            sound(name), self._sounds, scorer=measure, score_cutoff=furthest - 1, limit=None
        )
        yield from ((int(slips) + 1, self._spelled[index]) for _, slips, index in heard)


def _words(text: str) -> list[str]:
    return re.split(r"[\s-]+", text.strip())


def _short_words(name: str) -> frozenset[str]:
    words = _words(name)
    several = words if len(words) > 1 else ()
    return frozenset(word for word in several if letters(word) < LETTERS_FOR_ONE)


def allowed(text: str, name: str) -> int:
    """How many slips a text may be away from a name to be read as it.

    >>> allowed("taxl", "taxol"), allowed("femera", "femara"), allowed("trustuzumab", "trastuzumab")
    (0, 1, 2)
    >>> allowed("AZD9834", "AZD9833")
    0
    """
    if re.findall(r"\d", text) != re.findall(r"\d", name) or len(re.findall(r"\d", name)) > 1:
        return 0
    shortest = min(letters(text), letters(name))
    if shortest < LETTERS_FOR_ONE:
        return 0
    return 2 if shortest >= LETTERS_FOR_TWO else 1
