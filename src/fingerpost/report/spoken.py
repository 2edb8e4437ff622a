"""The knowledge, and answers made from it, with their words in the reader's language.

Whoever makes a document asks once, at its beginning; what is in it then speaks the language by itself. In
English nothing is copied.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, TypeVar

from fingerpost.knowledge.compiled import Later
from fingerpost.knowledge.words import HOLDERS, WORDS, is_quoted, said_words
from fingerpost.messages import Memory, memory, told
from fingerpost.options import model as options_model
from fingerpost.plan import model as plan_model

Thing = TypeVar("Thing")
# Answers that hold things of the knowledge, and their own words that were taken from there.
_ANSWERS: Mapping[type, tuple[str, ...]] = {
    options_model.Options: (),
    options_model.OptionAnswer: (),
    options_model.CriterionAnswer: (),
    options_model.CautionAnswer: (),
    options_model.TrialNote: (),
    options_model.NotInForce: (),
    options_model.Elsewhere: (),
    plan_model.Plan: (),
    plan_model.PlannedDrug: ("name", "one_of"),
    plan_model.PlannedDose: (),
    plan_model.PlannedCheck: (),
    plan_model.PlanDay: (),
    plan_model.LaterCheck: (),
    plan_model.PlannedEffect: (),
}
_OF_WORDS: Mapping[type, tuple[str, ...]] = {**WORDS, **dict.fromkeys(HOLDERS, ()), **_ANSWERS}


def spoken(thing: Thing) -> Thing:
    """The thing with every word that is for people in the language that is spoken."""
    known = memory()
    return thing if known is None else _said(thing, known)


def _said(thing: Any, known: Memory) -> Any:  # noqa: ANN401 (any shape)
    kept = known.get(id(thing))
    if kept is not None:
        return kept[1]
    made = _made(thing, known)
    if made is not thing:
        # The thing is kept as well, so that its number stays its own.
        known[id(thing)] = (thing, made)
        known[id(made)] = (made, made)
    return made


def _made(thing: Any, known: Memory) -> Any:  # noqa: ANN401 (any shape)
    if type(thing) in _OF_WORDS:
        return _shape(thing, known)
    if type(thing) in (dict, MappingProxyType, Later):
        parts = {name: _said(part, known) for name, part in thing.items()}
        return parts if any(parts[name] is not thing[name] for name in parts) else thing
    if type(thing) is tuple:
        row = tuple(_said(part, known) for part in thing)
        return row if any(new is not old for new, old in zip(row, thing, strict=True)) else thing
    return thing


def _shape(thing: Any, known: Memory) -> Any:  # noqa: ANN401 (any shape)
    own = _OF_WORDS[type(thing)]
    changed = {}
    for name in _fields(thing):
        value = getattr(thing, name)
        if name in own:
            new = value if is_quoted(thing, name) else said_words(name, value, told)
        else:
            new = _said(value, known)
        if new is not value:
            changed[name] = new
    if not changed:
        return thing
    if dataclasses.is_dataclass(type(thing)):
        return dataclasses.replace(thing, **changed)
    return thing._replace(**changed)


def _fields(thing: Any) -> tuple[str, ...]:  # noqa: ANN401 (any shape)
    if dataclasses.is_dataclass(thing):
        return tuple(field.name for field in dataclasses.fields(thing) if field.init)
    return tuple(thing._fields)
