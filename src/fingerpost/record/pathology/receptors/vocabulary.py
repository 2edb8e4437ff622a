"""The words of reports, made ready for looking for them in one pass."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from fingerpost.record.code_index import CodeIndex, Meaning

# Short names that are other words, or parts of words, unless they stand in capitals.
_CAPITALS = frozenset({"er", "ers", "pr", "prs", "hr", "esr", "er ica", "pr ica", "er alpha"})


@dataclass(frozen=True)
class Vocabulary:
    """Every phrase of the knowledge file, and one pattern for each sort of them."""

    meanings: Mapping[str, tuple[Meaning, ...]]
    markers: re.Pattern[str]
    results: re.Pattern[str]
    absences: re.Pattern[str]
    methods: re.Pattern[str]

    def meaning(self, words: str) -> tuple[Meaning, ...]:
        """What the words that a pattern found mean."""
        return self.meanings.get(_key(words), ())

    @staticmethod
    def needs_capitals(words: str) -> bool:
        """Whether these words are a marker only in capitals."""
        return words == "her 2" or " ".join(re.split(r"[\s/_.-]+", words)) in _CAPITALS


def vocabulary_of(codes: CodeIndex) -> Vocabulary:
    """The vocabulary of an index; the patterns are made once for each."""
    return _made(tuple(sorted(codes.report_words.items())))


@lru_cache(maxsize=8)
def _made(entries: tuple[tuple[str, tuple[Meaning, ...]], ...]) -> Vocabulary:
    sorts: dict[str, list[str]] = {"marker": [], "result": [], "absent": [], "method": []}
    for phrase, meanings in entries:
        sort = (meanings[0].value or "").partition("_")[0]
        if meanings[0].fact is not None:
            several = any(each.display for each in meanings)
            sort = "marker" if several else "result"
        elif sort == "assay":
            sort = "method"
        sorts.setdefault(sort, []).append(phrase.lower())
    return Vocabulary(
        {_key(phrase): meanings for phrase, meanings in entries},
        _pattern(sorts["marker"], r"[\s/_.-]{0,2}", markers=True),
        _pattern(sorts["result"], r"[\s.-]{1,3}"),
        _pattern(sorts["absent"], r"[\s.]{1,3}"),
        _pattern(sorts["method"], r"[\s.-]{0,2}"),
    )


def _key(phrase: str) -> str:
    return re.sub(r"[\s/_.-]+", "", phrase.lower())


def _pattern(phrases: list[str], between: str, *, markers: bool = False) -> re.Pattern[str]:
    """One pattern for all phrases, the longest first; sorted by first sign, so that most fail early."""
    by_sign: dict[str, list[str]] = defaultdict(list)
    for phrase in sorted(phrases, key=lambda phrase: (-len(phrase), phrase)):
        made = between.join(map(re.escape, re.split(r"[\s-]+", phrase)))
        by_sign[phrase[0]].append(made)
    if not by_sign:
        return re.compile(r"(?!)")
    every = "|".join(f"(?={re.escape(sign)})(?:{'|'.join(made)})" for sign, made in by_sign.items())
    # "biopsyHer-2/Neu" and "HER2NEU-O" are read; "Perth-2" is not.
    before = r"(?:(?<![a-z0-9])|(?<=biopsy)|(?<=cancer)|(?<=tumor))" if markers else r"(?<![a-z\d])"
    return re.compile(f"{before}(?:{every})(?![a-z_])" + (r"(?!\d)" if markers else ""))
