"""The sentences about what follows that people read, each with its place and its source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from fingerpost.knowledge.drawings import words_of

if TYPE_CHECKING:
    from fingerpost.knowledge import plan_model
    from fingerpost.knowledge.model import Knowledge


@dataclass(frozen=True, slots=True)
class Sentence:
    """A text that a person may read: where it stands, under which key, and what it rests on.

    `kind` is the sort of file, such as `effects`; a `name` is a title and no whole sentence.
    """

    kind: str
    id: str
    key: str
    text: str
    source: str | None
    place: str
    name: bool = False


def patient_sentences(knowledge: Knowledge) -> Iterator[Sentence]:
    """Every text of the plan files that a person may read; doses, gates and notes are not among them."""
    following = knowledge.following
    for kind, (names, keys) in _TEXTS.items():
        for thing in getattr(following, kind).values():
            yield from _of(kind, thing, *keys, names=names)
    for effect in following.effects.values():
        for each in effect.helps:
            source = each.source or effect.source
            yield Sentence("effects", effect.id, "helps", each.text, source, effect.place)
    for symptom in following.symptoms.values():
        yield from _answers(symptom)
    for explainer in following.explainers.values():
        yield from _explained(explainer)


# Of each kind of entry: the keys that hold a name, and those that hold sentences.
_TEXTS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "checks": (("label",), ("plain", "prepare")),
    "given": ((), ("plain",)),
    "monitoring": ((), ("purpose",)),
    "effects": (("label",), ("plain", "feels")),
    "boxed": ((), ("text",)),
    "symptoms": (("label",), ("ask", "sign_of", "meanwhile", "say")),
    "levels": (("label",), ("plain",)),
    "urgency": ((), ("why", "say")),
    "questions": ((), ("text",)),
    "sections": (("label",), ()),
    "interview": (("title",), ("why",)),
    "matters": (("label",), ()),
    "terms": (("term",), ("plain",)),
    "explainers": (("title",), ("in_short", "drawing_says")),
}


def _of(kind: str, thing: object, *keys: str, names: Iterable[str] = ()) -> Iterator[Sentence]:
    about: dict[str, Any] = {key: getattr(thing, key, None) for key in ("id", "source", "place")}
    for key in (*names, *keys):
        text = getattr(thing, key)
        if text is not None:
            yield Sentence(kind=kind, key=key, text=text, name=key in names, **about)


def _answers(symptom: plan_model.Symptom) -> Iterator[Sentence]:
    for key in ("answers", "signs"):
        for answer in getattr(symptom, key).values():
            yield Sentence("symptoms", symptom.id, key, answer.plain, symptom.source, symptom.place)
    for rule in symptom.rules:
        for each in _of("symptoms", rule, "sign_of", "say"):
            yield replace(each, id=symptom.id, source=each.source or symptom.source)


def _explained(explainer: plan_model.Explainer) -> Iterator[Sentence]:
    own = ("explainers", explainer.id)
    for paragraph in explainer.paragraphs:
        yield Sentence(*own, "paragraphs", paragraph, explainer.source, explainer.place)
    for text in words_of(explainer.drawing or ""):
        yield Sentence(*own, "drawing", text, explainer.source, explainer.place, name=True)
