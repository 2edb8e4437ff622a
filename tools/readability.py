"""How hard the sentences for patients are to read: the Flesch-Kincaid grade of each kind of file.

    python -m tools.readability

Beside the knowledge, the sentences of the pages in the browser are measured, as the catalogue has them.

The grade is 0.39 x words per sentence + 11.8 x syllables per word - 15.59; eight means that most people
of fourteen can read it. Names of medicines, their kinds and tests count as "it", because no plainer word exists.
The measure only shows where to look first: it cannot show that a text is understood.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from fingerpost.knowledge.load import load_knowledge
from fingerpost.knowledge.model import Knowledge
from fingerpost.knowledge.plan_sentences import Sentence, patient_sentences

HARDEST_GRADE = 8.0
CATALOGUE = Path("src/fingerpost/messages/fingerpost.pot")
PAGES = "src/fingerpost/web/"
# Pages that only people who treat cancer open; the page that leads to them is not one of them.
FOR_PROFESSIONALS = re.compile(r"professional(?!_switch)")
# A label of a few words has no grade that says anything.
_FEWEST_WORDS = 12
LONGEST_SENTENCE = 30
_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)*|\d+")
_ENDS = re.compile(r"(?<=[.!?])\s+")
_PLACE = re.compile(r"%\(\w+\)s")
# Letters with figures, and capitals such as HER2 or PIK3CA: names of tests and genes.
_TEST_NAME = re.compile(r"\b(?=\w*[A-Z])(?:[A-Z]{2,}|\w*\d\w*)[\w/-]*")


@dataclass(frozen=True, slots=True)
class Measured:
    """A text with its grade and the number of words of its longest sentence."""

    what: str
    text: str
    grade: float
    longest: int


def syllables(word: str) -> int:
    """About how many syllables an English word has.

    >>> [syllables(word) for word in ("it", "cancer", "estrogen", "take", "people", "2026")]
    [1, 2, 3, 1, 2, 1]
    """
    groups = re.findall(r"[aeiouy]+", word.casefold())
    silent = re.search(r"(?<![aeiouyl])e$|(?<=[aeiou])le$|(?<![td])ed$", word.casefold())
    return max(len(groups) - (1 if silent and len(groups) > 1 else 0), 1)


def grade(text: str) -> float:
    """The Flesch-Kincaid grade of a text.

    >>> round(grade("The cat sat on the mat."), 1)
    -1.4
    """
    parts = _sentences(text)
    words = [word for part in parts for word in part]
    if not words:
        return 0.0
    per_word = sum(map(syllables, words)) / len(words)
    return 0.39 * len(words) / len(parts) + 11.8 * per_word - 15.59


def measured(knowledge: Knowledge) -> Iterator[Measured]:
    """Each kind of file as one text, and each explainer by itself."""
    masked = _masking(knowledge)
    texts: dict[str, list[str]] = defaultdict(list)
    for sentence in patient_sentences(knowledge):
        if not sentence.name:
            for what in _groups(sentence):
                texts[what].append(masked.sub("it", _TEST_NAME.sub("it", sentence.text)))
    for what, parts in texts.items():
        yield _measured(what, _joined(parts))


def sentences_of_pages() -> Iterator[tuple[str, str]]:
    """Every sentence that the pages in the browser add, with each file that says it."""
    for entry in CATALOGUE.read_text(encoding="utf-8").split("\n\n"):
        places = re.findall(rf"{PAGES}([\w./-]+)", entry)
        for quoted in re.findall(
            r'^msgid(?:_plural)? ((?:"(?:[^"\\]|\\.)*"\n?)+)', entry, re.MULTILINE
        ):
            parts = re.findall(r'"((?:[^"\\]|\\.)*)"', quoted)
            text = re.sub(r"\\(.)", r"\1", "".join(parts))
            yield from ((place, text) for place in places if text)


def measured_pages(knowledge: Knowledge) -> Iterator[Measured]:
    """What each file of the pages says as one text, and each longer sentence for patients by itself."""
    masked = _masking(knowledge)
    texts: dict[str, dict[str, None]] = defaultdict(dict)
    for place, text in sentences_of_pages():
        plain = _PLACE.sub("it", text).replace("%%", "%")
        texts[place][masked.sub("it", _TEST_NAME.sub("it", plain))] = None
    for place, parts in texts.items():
        # A file with a few words only is no text.
        whole = _joined(parts)
        if len(_WORD.findall(whole)) >= _FEWEST_WORDS:
            yield _measured(place, whole)
        if not FOR_PROFESSIONALS.search(place):
            long = [part for part in parts if len(_WORD.findall(part)) >= _FEWEST_WORDS]
            yield from (_measured(f"{place}: {part[:60]}", part) for part in long)


def _measured(what: str, text: str) -> Measured:
    return Measured(what, text, grade(text), max(map(len, _sentences(text)), default=0))


def _joined(parts: Iterable[str]) -> str:
    return " ".join(part if part.endswith((".", "?", "!")) else f"{part}." for part in parts)


def _groups(sentence: Sentence) -> Iterable[str]:
    if sentence.kind == "explainers":
        return (sentence.kind, f"explainers/{sentence.id}")
    return (sentence.kind,)


def _masking(knowledge: Knowledge) -> re.Pattern[str]:
    """A pattern of every name of a medicine or of a kind of them."""
    names = {drug.name for drug in knowledge.drugs.values()}
    names |= {each.label for each in knowledge.classes.values()}
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile(rf"\b({'|'.join(map(re.escape, longest_first))})s?\b", re.IGNORECASE)


def _sentences(text: str) -> list[list[str]]:
    return [words for part in _ENDS.split(text) if (words := _WORD.findall(part))]


def too_hard(knowledge: Knowledge) -> list[str]:
    """What is above the grade, or has a sentence that is too long, in words."""
    return [
        f"{each.what}: grade {each.grade:.1f}, longest sentence {each.longest} words"
        for each in (*measured(knowledge), *measured_pages(knowledge))
        if each.grade > HARDEST_GRADE or each.longest > LONGEST_SENTENCE
    ]


def main() -> int:
    """Print the grade of each kind, and what is too hard."""
    knowledge = load_knowledge()
    found = [*measured(knowledge), *measured_pages(knowledge)]
    for each in sorted(found, key=lambda one: -one.grade):
        print(f"{each.grade:5.1f}  longest sentence {each.longest:3}  {each.what}")
    hard = too_hard(knowledge)
    for line in hard:
        print("too hard:", line)
    return 1 if hard else 0


if __name__ == "__main__":
    raise SystemExit(main())
