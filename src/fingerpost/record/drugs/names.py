"""Drugs by the names people give them: generic, brand, biosimilar, short, misspelled, together.

A wrong drug is worse than none. A text is read step by step, and the first step that knows it ends:

1. the whole text is a known name (`lexicon`);
2. it is cut at its joints (`parts`), and each piece is a known name, alone or together with the next;
3. a piece says the same thing twice, once in brackets (`bracketed`);
4. every word of a piece is a known name;
5. a piece can only be one misspelled name (`misspelled`).

What is left stays unresolved, with the names that come close. "Trastuzumab emtansine" is never
trastuzumab, and what may be either of two is neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from fingerpost.record.catalogue import Drugs
from fingerpost.record.code_index import OTHER_MEDICINES, CodeIndex
from fingerpost.record.drugs.bracketed import Both, one_of_both
from fingerpost.record.drugs.doubted import DOUBTED, is_doubted
from fingerpost.record.drugs.lexicon import Known, Lexicon
from fingerpost.record.drugs.misspelled import Misspelled
from fingerpost.record.drugs.model import NamedDrugs, NamedPart, together
from fingerpost.record.drugs.parts import Piece, brackets, pieces
from fingerpost.record.drugs.said import misread, not_known, one_or_other, read_as, told_as
from fingerpost.record.drugs.spelling import bare, loose, plain_name, without_dosing

if TYPE_CHECKING:
    from fingerpost.knowledge.model import CodeSystem

__all__ = ["DrugNames", "NamedDrugs", "NamedPart", "plain_name", "without_dosing"]

_LONGEST = 400
# A name of a medicine has at most so many words, or pieces with joints between them.
_WORDS = 7
_PIECES = 5
_LETTERS_OF_A_REGIMEN = 4
# A dash joins names and parts of one name alike.
_DASHES = frozenset("-\u2013\u2014")
_BLIND = re.compile(
    r"\b(?:placebo|matching|matched|control|controlled|blind|blinded|double|arm)\b|-"
)
_CODE = re.compile(r"\b[a-z]{2,6}[\s-]?\d{3,7}\b")
_SPACED = re.compile(r"\S+")
_HYPHENATED = re.compile(r"[^-]+")


class DrugNames:
    """Finds the drugs that a text names."""

    def __init__(self, drugs: Drugs, codes: CodeIndex | None = None) -> None:
        self.catalogue = drugs
        self._codes = codes
        self._lexicon = Lexicon(drugs, codes)
        self._read: dict[str, NamedDrugs] = {}

    @cached_property
    def _misspelled(self) -> Misspelled:
        return Misspelled(self._lexicon.every_name())

    # --- what others ask --------------------------------------------------------------------

    def read(self, text: str) -> NamedDrugs:
        """Everything that a text names: one drug, several joined by + or "and", or a regimen."""
        if text not in self._read:
            if len(self._read) > 10_000:
                self._read.clear()
            self._read[text] = together(self._look_for(text[:_LONGEST]))
        return self._read[text]

    def drug(self, text: str) -> str | None:
        """The one drug that has exactly this name, or None."""
        return self._lexicon.drug(text)

    def left_open(self, text: str) -> NamedDrugs:
        """A name that is not to be read, whatever it says."""
        return together([self._open(text)])

    def close_to(self, text: str) -> tuple[str, ...]:
        """Names of drugs that look like this one, for the owner to choose from."""
        name = plain_name(without_dosing(text))
        inside = (self._lexicon.drug(word) for word in re.findall(r"[\w-]+", name))
        found = [drug for drug in inside if drug]
        found += self._misspelled.alike(loose(bare(name, self._lexicon.beside)))
        return tuple(dict.fromkeys(self.catalogue[drug].name for drug in found))[:3]

    def not_against_cancer(self, text: str) -> bool:
        """Whether every medicine in a text is certainly none against cancer: never if in doubt."""
        bare_text = without_dosing(text)
        parts = re.split(r"\s*(?:\+|/|&|;|\band\b|\bwith\b|\bplus\b)\s*", bare_text, flags=re.I)
        named = [part for part in parts if bare(plain_name(part))]
        return bool(named) and all(self._holds_other(part) for part in named)

    def _holds_other(self, text: str) -> bool:
        """Whether a word of the text is of a medicine that is none against cancer, and none is of one."""
        words = re.findall(r"[a-z]{3,}", plain_name(text))
        if any(self._lexicon.drug(word) for word in words) or self._codes is None:
            return False
        others = self._codes.listed(OTHER_MEDICINES)
        return any(word in others for word in words) and not _CODE.search(plain_name(text))

    # --- a whole text -----------------------------------------------------------------------

    def _look_for(self, text: str) -> tuple[NamedPart, ...]:
        if not text.strip():
            return ()
        if is_doubted(text):
            # Whoever wrote it was not sure, or counted none.
            return (replace(self._open(text), why=DOUBTED),)
        dosed = without_dosing(text)
        for written in dict.fromkeys((text, dosed)):
            known = self._lexicon.find(written)
            if known is not None:
                return (read_as(text, known, self.catalogue),)
        parts = self._twice(dosed) or tuple(self._each(dosed or text))
        if len(parts) == 1:
            # What is one name is told as it was written, with its dose.
            return (told_as(parts[0], text),)
        doubted = any(self._changes_others(part) or self._takes_back(part) for part in parts)
        if doubted or self._may_be_one(dosed, parts):
            return (self._open(text),)
        return parts

    def _each(self, text: str) -> Iterator[NamedPart]:
        """The names of a text that is cut at its joints; known names over a joint first."""
        cut = pieces(text) or [Piece(0, len(text), "first")]
        at = 0
        while at < len(cut):
            length, known = self._over_joints(text, cut[at:])
            group = _alternatives(text, cut[at:]) if length < 2 else 1
            stretch = text[cut[at].start : cut[at + max(length, group) - 1].end]
            if group > 1:
                sides = [self._alone(text[p.start : p.end]) for p in cut[at : at + group]]
                yield one_or_other(stretch, sides, self.catalogue)
            elif known is not None:
                yield read_as(stretch, known, self.catalogue)
            else:
                yield from self._alone(stretch)
            at += max(length, group)

    def _over_joints(self, text: str, cut: Sequence[Piece]) -> tuple[int, Known | None]:
        """A known name that holds joints: "pertuzumab, trastuzumab and hyaluronidase", "AC -> T"."""
        for length in range(min(len(cut), _PIECES), 0, -1):
            if any(piece.joined == "or" for piece in cut[1:length]):
                continue
            known = self._lexicon.find(text[cut[0].start : cut[length - 1].end])
            if known is None and length > 1:
                short = [bare(plain_name(text[p.start : p.end])) for p in cut[:length]]
                known = self._lexicon.find("-".join(short))
                known = known if known and known.how == "short_name" else None
            if known is not None:
                return length, known
        return 0, None

    def _may_be_one(self, text: str, parts: Sequence[NamedPart]) -> bool:
        """Whether letters read as a regimen may be the torn end of one name: "zoledronic acd"."""
        short = [
            part for part in parts if len(loose(plain_name(part.words))) <= _LETTERS_OF_A_REGIMEN
        ]
        if not short:
            return False
        torn = any(part.how == "not_known" for part in parts)
        if torn and any(part.drugs and not part.words.isupper() for part in short):
            return True
        near = self._misspelled.drugs_near(re.sub(r"[^a-z0-9]", "", plain_name(text)))
        named = {drug for part in parts for drug in part.drugs}
        if not near or near == named or brackets(text)[1]:
            return False
        return not self._stands_by_itself(text, parts, short, near <= named)

    def _stands_by_itself(
        self,
        text: str,
        parts: Sequence[NamedPart],
        short: Sequence[NamedPart],
        others_as_read: bool,
    ) -> bool:
        """Whether a short name is no torn end: a joint sets it apart, or capitals among small letters.

        "pembrolizumab, EC" is two names, and so is "AC-paclitaxel"; "zoledronic acd" is one.
        """
        names = {loose(plain_name(part.words)) for part in short}
        cut = pieces(text)
        apart = {loose(bare(plain_name(text[piece.start : piece.end]))) for piece in cut}
        joints = {text[one.end : other.start].strip() for one, other in pairwise(cut)}
        if others_as_read and joints and names <= apart and not joints & _DASHES:
            return True
        capitals = {each.casefold() for each in re.findall(r"\b[A-Z]{2,}\b", text)}
        rest = [part for part in parts if part not in short]
        exact = all(part.how in ("name", "brand", "also_written") for part in rest)
        return not text.isupper() and exact and names <= capitals

    def _changes_others(self, part: NamedPart) -> bool:
        """Whether a name that is not known makes another medicine of its neighbours: emtansine."""
        if part.how != "not_known":
            return False
        words = re.findall(r"[a-z0-9]+", plain_name(part.words))
        return any(self._misspelled.near_to(word, self._lexicon.changing) for word in words)

    def _takes_back(self, part: NamedPart) -> bool:
        """Whether a part says that its neighbours were not given: "tamoxifen, declined"."""
        words = re.findall(r"[a-z]+", plain_name(part.words))
        unread = part.how in ("not_known", "no_medicine") and any(
            w in self._lexicon.taking_back for w in words
        )
        return part.how == "not_given" or unread

    # --- one piece --------------------------------------------------------------------------

    def _alone(self, text: str) -> tuple[NamedPart, ...]:
        """One piece, without joints outside of brackets."""
        if re.search(r"\bplacebo|\bblind|-blind", plain_name(text)):
            return (self._blinded(text),)
        known = self._lexicon.find(text)
        if known is not None:
            return (read_as(text, known, self.catalogue),)
        return (
            self._twice(text)
            or self._by_words(text, _HYPHENATED)
            or self._by_words(text, _SPACED)
            or self._slip(text)
            or self._by_words(text, _SPACED, slips=True)
            or (self._open(text),)
        )

    def _blinded(self, text: str) -> NamedPart:
        """Placebo is no medicine; a medicine beside it may not have been given."""
        rest = " ".join(_BLIND.sub(" ", plain_name(text)).split()).strip(" ()[]/")
        placebo = self._lexicon.find("placebo")
        if not bare(rest) and placebo is not None:
            return read_as(text, placebo, self.catalogue)
        known = self._lexicon.find(rest) if rest else None
        side = (read_as(rest, known, self.catalogue),) if known else (self._open(rest),)
        return one_or_other(text, [side, ()], self.catalogue)

    def _twice(self, text: str) -> tuple[NamedPart, ...]:
        """A name, and in brackets the same name or more of it."""
        outside, inside = brackets(text)
        if not inside or re.search(r"\bplacebo|\bblind", plain_name(text)):
            return ()
        telling = [each for each in inside if bare(plain_name(each), self._lexicon.beside)]
        if not telling or not outside:
            only = outside or " ".join(telling)
            return self._look_for(only) if only and only != text else ()
        if len(telling) > 1 or (pieces(outside)[1:] and not text.rstrip().endswith(")")):
            return ()
        both = Both(self._look_for(outside), self._look_for(telling[0]))
        chosen = one_of_both(both, self.catalogue)
        if chosen is None:
            return () if pieces(outside)[1:] else (self._open(text),)
        return (told_as(chosen[0], text),) if len(chosen) == 1 else chosen

    def _by_words(
        self, text: str, word: re.Pattern[str], *, slips: bool = False
    ) -> tuple[NamedPart, ...]:
        """Names with only spaces or hyphens between them, when every single word is in one."""
        kept = bare(plain_name(text), self._lexicon.beside)
        words = [match.span() for match in word.finditer(kept)]
        if len(words) < 2 or re.search(r"[(\[]", text):
            return ()
        found: list[NamedPart] = []
        at = 0
        while at < len(words):
            length, part = self._longest(kept, words[at:], slips=slips)
            if part is None or part.how in ("not_given", "said_unknown"):
                return ()
            found.append(part)
            at += length
        return tuple(found)

    def _longest(
        self, text: str, words: Sequence[tuple[int, int]], *, slips: bool
    ) -> tuple[int, NamedPart | None]:
        stretches = [
            (length, text[words[0][0] : words[length - 1][1]].strip())
            for length in range(min(len(words), _WORDS), 0, -1)
        ]
        for length, written in stretches:
            known = self._lexicon.find(written)
            if known is not None:
                return length, read_as(written, known, self.catalogue)
        for length, written in stretches[-2:] if slips else ():
            read = self._slip(written)
            if read:
                return length, read[0]
        return 0, None

    def _slip(self, text: str) -> tuple[NamedPart, ...]:
        """The one name that a misspelled text can be."""
        name = plain_name(text)
        for written in dict.fromkeys((name, bare(name, self._lexicon.beside))):
            read = self._misspelled.read(written)
            if read is not None and read.known.how not in ("another_medicine", "not_known"):
                return (misread(text, read.known, same_sound=read.same_sound),)
        return ()

    def _open(self, text: str) -> NamedPart:
        known = self._misspelled.spelled(loose(plain_name(text)))
        other = known is not None and known.how == "another_medicine"
        return not_known(text, self.close_to(text), another=other)


_MADE: dict[str, DrugNames] = {}


def names_of(drugs: Drugs, codes: Mapping[str, CodeSystem], content: str) -> DrugNames:
    """The reader of names for a state of the knowledge, made once."""
    if content not in _MADE:
        _MADE.clear()
        _MADE[content] = DrugNames(drugs, CodeIndex(codes.values()))
    return _MADE[content]


def _alternatives(text: str, cut: Sequence[Piece]) -> int:
    """How many pieces hang together by "or"; a slash beside "placebo" means the same."""
    length = 1
    for before, piece in pairwise(cut):
        beside = plain_name(text[before.start : before.end] + " " + text[piece.start : piece.end])
        blind = piece.joined == "slash" and "placebo" in beside
        if piece.joined != "or" and not blind:
            break
        length += 1
    return length
