"""Holding a file against its shape, and saying what does not fit: where, what, what to try.

pydantic finds every fault of a file in one go. Its own words are for programmers; here each fault
gets a place in the file and a sentence for the person who wrote it.
"""

from __future__ import annotations

import typing
from collections.abc import Mapping
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from fingerpost.criteria.problems import nearest
from fingerpost.errors import Problem
from fingerpost.knowledge.yaml_source import Document, Path

Shaped = TypeVar("Shaped", bound=BaseModel)

# What each kind of fault is called, and what to say of it; `{...}` come from pydantic's context.
_SENTENCES: Mapping[str, tuple[str, str, str]] = {
    "string_type": ("wrong-type", "text belongs here", "put quotation marks round a number"),
    "bool_type": ("wrong-type", "this must be true or false", "write it in small letters"),
    "int_type": ("wrong-type", "this must be a whole number", "write digits, without quotes"),
    "float_type": ("wrong-type", "this must be a number", "write digits, without quotes"),
    "list_type": ("wrong-type", "this must be a list", "write [one, two], or one `- item` a line"),
    "dict_type": ("wrong-type", "this must be a map", "write `key: value` lines under it"),
    "model_type": ("wrong-type", "this must be a map", "write `key: value` lines under it"),
    "model_attributes_type": ("wrong-type", "this must be a map", "write `key: value` lines"),
    "string_too_short": ("wrong-value", "this text is empty", "write it, or leave the key out"),
    "too_short": ("wrong-value", "at least {min_length} must stand here", ""),
    "too_long": ("wrong-value", "at most {max_length} may stand here", ""),
    "greater_than": ("wrong-value", "this must be more than {gt}", ""),
    "string_pattern_mismatch": ("wrong-value", "this does not have the form {pattern}", ""),
}

_FORMS = {
    r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$": "snake_case",
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "kebab-case",
    r"^NCT\d{8}$": "NCT and eight digits",
    r"^https?://[^\s]+$": "https://...",
    r"^[A-Za-z0-9_+]+$": "one word of letters, digits, _ and +",
    r"^[a-z0-9]+([._-][a-z0-9]+)*$": "small letters and digits, parted by . _ or -",
    r"^\d{4}\.\d{2}\.\d{2}$": "2026.11.22",
}


def validate(document: Document, shape: type[Shaped]) -> tuple[Shaped | None, list[Problem]]:
    """The file as its shape, or None; and every problem found on the way."""
    try:
        return shape.model_validate(document.tree), []
    except ValidationError as error:
        faults = error.errors(include_url=False, include_input=True)
        return None, [_problem(document, shape, fault) for fault in faults]


def _problem(document: Document, shape: type[BaseModel], fault: ErrorDetails) -> Problem:
    kind, context = fault["type"], fault.get("ctx", {})
    path = _path_in(document, fault["loc"])
    if kind == "refused":
        path = (*path, *context["at"])
        what, try_this = context["what"], context["try_this"]
        return Problem(context["code"], document.where(path), what, "", try_this)
    where = document.where(path)
    name = str(fault["loc"][-1]) if fault["loc"] else ""
    match kind:
        case "extra_forbidden":
            advice = nearest(name, known_keys(shape, fault["loc"][:-1]))
            return Problem("unknown-key", where, f"there is no key `{name}` here", "", advice)
        case "missing":
            return Problem("missing-key", where, f"the key `{name}` is missing", "", "add it")
        case "literal_error" | "union_tag_invalid":
            return _wrong_word(where, fault, _label(path))
        case "union_tag_not_found":
            return Problem("missing-key", where, "the key `type` is missing", "", "add it")
    return _by_sentence(where, fault, _label(path))


def _by_sentence(where: str, fault: ErrorDetails, label: str) -> Problem:
    context = dict(fault.get("ctx", {}))
    if "pattern" in context:
        context["pattern"] = _FORMS.get(context["pattern"], context["pattern"])
    fallback = ("wrong-value", fault["msg"], "")
    code, what, try_this = _SENTENCES.get(fault["type"], fallback)
    what = what.format(**context) if fault["type"] in _SENTENCES else what
    if fault["input"] is None:
        what, try_this = "this is empty", "write it, or leave the key out"
    return Problem(code, where, f"{label}{what}", "", try_this)


def _wrong_word(where: str, fault: ErrorDetails, label: str) -> Problem:
    context = fault.get("ctx", {})
    expected = str(context.get("expected") or context.get("expected_tags"))
    choices = [word.strip(" '") for word in expected.replace(" or ", ", ").split(",")]
    given = fault["input"]
    if fault["type"] == "union_tag_invalid":
        given, label = context["tag"], "`type`: "
    what = f"{label}`{given}` is not one of the words that may stand here"
    return Problem("wrong-value", where, what, "", nearest(str(given), choices))


def _label(path: Path) -> str:
    named = [str(part) for part in path if isinstance(part, str)]
    return f"`{named[-1]}`: " if named else ""


def _path_in(document: Document, loc: tuple[str | int, ...]) -> Path:
    """The path in the file: pydantic's without what stands only in the shape: tags of unions, `[key]`."""
    path: Path = ()
    for part in loc:
        if (*path, part) in document.keys:
            path = (*path, part)
    return path


def known_keys(shape: type[BaseModel], loc: tuple[str | int, ...]) -> set[str]:
    """The keys that the shape allows at a place of the file."""
    here: object = shape
    for part in loc:
        here = _one_down(here, part)
    here = _bare(here)
    if isinstance(here, type) and issubclass(here, BaseModel):
        return {field.alias or name for name, field in here.model_fields.items()}
    return set()


def _one_down(shape: object, part: str | int) -> object:
    """The shape of what stands under `part`."""
    shape = _bare(shape)
    if isinstance(shape, type) and issubclass(shape, BaseModel):
        for name, field in shape.model_fields.items():
            if part == (field.alias or name):
                return field.annotation
        return None
    arguments = typing.get_args(shape)
    if typing.get_origin(shape) is dict:
        return arguments[1]
    if typing.get_origin(shape) is list:
        return arguments[0]
    return next((choice for choice in arguments if part in _tags(choice)), None)


def _tags(choice: object) -> tuple[object, ...]:
    """What pydantic calls one choice of a union: its tag, or the words of its `type`."""
    named = tuple(getattr(mark, "tag", None) for mark in getattr(choice, "__metadata__", ()))
    if isinstance(choice, type) and issubclass(choice, BaseModel) and "type" in choice.model_fields:
        return typing.get_args(choice.model_fields["type"].annotation)
    return named


def _bare(shape: object) -> object:
    """The shape without constraints and without `| None`."""
    while hasattr(shape, "__metadata__"):
        shape = typing.get_args(shape)[0]
    if typing.get_origin(shape) in (list, dict):
        return shape
    choices = [choice for choice in typing.get_args(shape) if choice is not type(None)]
    return _bare(choices[0]) if len(choices) == 1 else shape
