"""Which words of the knowledge are for people, and so for translation: every field of every shape, decided.

A field of text is either named in `WORDS` or in `NOT_WORDS`; a test holds every shape to that. Names of
medicines, brands, trials and sources, quotations and ids are not translated, and notes for curators are not
shown.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape, unescape
from typing import Any

from fingerpost.knowledge import model, plan_model
from fingerpost.knowledge.model import Criterion

# What holds words for people, by shape.
WORDS: Mapping[type, tuple[str, ...]] = {
    model.Reviewer: ("role",),
    model.DrugClass: ("label", "plain"),
    model.Drug: ("target", "what_it_does"),
    model.Turnaround: ("text",),
    model.Test: ("label", "plain", "specimen", "how"),
    model.Fact: ("values", "steps", "unit", "label", "plain", "question", "where"),
    model.Notice: ("text", "try_this"),
    model.Paper: ("text", "why", "try_this"),
    model.Edition: ("text", "try_this"),
    model.Compared: ("text", "try_this"),
    model.Presumption: ("text",),
    model.DerivedValue: ("plain",),
    model.DerivedFact: ("label", "plain"),
    model.Criterion: ("label", "note"),
    model.Window: ("note",),
    model.TrialLimit: ("text",),
    model.Figures: ("at", "remark"),
    model.Result: ("endpoint", "population", "words"),
    model.Trial: ("population", "against"),
    model.Option: ("title", "note"),
    model.Caution: ("text", "asks"),
    plan_model.Check: ("label", "plain", "neutral", "prepare"),
    plan_model.Given: ("how", "plain", "dose"),
    plan_model.Monitoring: ("purpose", "gate", "note"),
    plan_model.Help: ("text",),
    plan_model.Effect: ("label", "plain", "feels"),
    plan_model.Figure: ("arm",),
    plan_model.SideEffect: ("note",),
    plan_model.Boxed: ("text",),
    plan_model.SymptomAnswer: ("plain",),
    plan_model.SymptomRule: ("sign_of", "say"),
    plan_model.Symptom: ("label", "ask", "sign_of", "meanwhile", "say"),
    plan_model.SymptomGroup: ("label",),
    plan_model.LevelWords: ("label", "plain", "signs"),
    plan_model.EmergencyNumber: ("where",),
    plan_model.UrgencyRule: ("why", "say"),
    plan_model.Question: ("text",),
    plan_model.Section: ("label",),
    plan_model.Ask: ("title", "why", "another_result"),
    plan_model.Matter: ("label",),
    plan_model.Term: ("term", "plain"),
    plan_model.Explainer: ("title", "in_short", "paragraphs", "drawing", "drawing_says", "note"),
}
# Text that is no sentence for people: ids, names, quotations, ways of writing that are read, notes of curators.
NOT_WORDS: frozenset[str] = frozenset(
    (
        *("id", "place", "source", "state", "authority", "name", "licence", "knowledge_version"),
        *("scope", "title", "publisher", "kind", "url", "checked_how", "brand", "system", "code"),
        *("brands", "also_written", "classes", "drugs", "components", "route", "parents", "codes"),
        *("companion_for", "answers", "repeat_at", "groups", "test", "which", "absent_means"),
        *("panel", "type", "said_by", "negative_expires", "negative_not_from", "about", "results"),
        *("status", "shown_by", "each_of", "fact", "value", "start", "end", "ended", "date_state"),
        *("section", "nct", "nct_state", "not_reached", "drug", "row", "setting", "trials"),
        *("effect", "needs", "display", "attribute", "check", "names", "content", "local", "note"),
        *("unit", "wish", "before", "then", "each", "together_with", "not_with", "trial", "group"),
        *("symptom", "how_common", "level", "more_of", "first", "number", "every", "of", "make"),
        *("for_each", "because", "tests", "spelling", "specimen", "signs", "label", "when"),
        *("unless", "tells", "unless_told", "unless_with", "begins_after", "after_surgery", "page"),
        "coarser",
    )
)
_TEXT = re.compile(r"(<(?:text|tspan|title|desc)\b[^>]*>)([^<>]*)")


def is_quoted(thing: object, name: str) -> bool:
    """Whether the words are those of a label itself, which nobody may put in other words."""
    return isinstance(thing, Criterion) and name == "label" and thing.quoted


def said_words(name: str, value: Any, say: Callable[[str], str]) -> Any:  # noqa: ANN401 (a text, or several)
    """The value of a field with each of its texts said in another way.

    >>> said_words("signs", ("a", "b"), str.upper)
    ('A', 'B')
    """
    match value:
        case str() if name == "drawing":
            return _TEXT.sub(lambda found: found[1] + _in_drawing(found[2], say), value)
        case str():
            return say(value) if value else value
        case Mapping():
            return {key: said_words("", part, say) for key, part in value.items()}
        case Sequence():
            return tuple(said_words("", part, say) for part in value)
        case _:
            return value


def _in_drawing(words: str, say: Callable[[str], str]) -> str:
    told = unescape(words)
    return escape(say(told), quote=False) if told.strip() else words


def words_of_knowledge(thing: object) -> Iterator[tuple[str, str]]:
    """Every text for people in the knowledge, with the field that it stands in.

    Texts that say nothing in letters are left out.
    """
    found: dict[tuple[str, str], None] = {}
    _collect(thing, found)
    for text, field in found:
        if re.search(r"[^\W\d_]{2}", text):
            yield text, field


def _collect(thing: object, found: dict[tuple[str, str], None]) -> None:
    if isinstance(thing, Mapping):
        for part in thing.values():
            _collect(part, found)
    elif isinstance(thing, tuple):
        for part in thing:
            _collect(part, found)
    elif type(thing) in WORDS or type(thing) in HOLDERS:
        _collect_fields(thing, found)


def _collect_fields(thing: Any, found: dict[tuple[str, str], None]) -> None:  # noqa: ANN401 (any shape)
    own = WORDS.get(type(thing), ())
    for field in dataclasses.fields(thing):
        value = getattr(thing, field.name)
        if field.name not in own:
            _collect(value, found)
        elif not is_quoted(thing, field.name):
            where = f"{type(thing).__name__}.{field.name}"
            for text in _texts(field.name, value):
                found[text, where] = None


def _texts(name: str, value: object) -> list[str]:
    found: list[str] = []

    def keep(text: str) -> str:
        found.append(text)
        return text

    said_words(name, value, keep)
    return found


# Shapes without words of their own that hold shapes with words.
HOLDERS: frozenset[type] = frozenset((model.Knowledge, model.About, plan_model.Following))
