"""The whole knowledge as one JSON document, and the schema of that document.

Both follow the models of `knowledge.model`, so neither can forget a field.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import types
import typing
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

import fingerpost
from fingerpost.knowledge import model
from fingerpost.report.knowledge_said import plain
from fingerpost.report.schema import DIALECT, PLAIN, Schema

if TYPE_CHECKING:
    from fingerpost.knowledge.model import Knowledge

# What stands in the document, in this order; the graph is the same conditions in another form.
PARTS = (
    *("about", "options", "trials", "drugs", "classes", "tests", "facts", "attributes"),
    *("derived", "cautions", "notices", "presumptions", "papers", "editions", "compared"),
    *("codes", "sources"),
)
# Numbers of conditions in the graph: they mean nothing outside the program.
_INSIDE = frozenset(("node", "unless_node", "together", "sequence", "not_sequence"))
_PLAIN: Mapping[object, Schema] = {
    **PLAIN,
    Any: {},
    dt.date: {"type": "string", "format": "date"},
}


def export_document(knowledge: Knowledge) -> dict[str, object]:
    """Everything that is known, ready to be written as JSON; conditions stand as they were written."""
    parts = {name: _without(plain(getattr(knowledge, name))) for name in PARTS}
    return {
        "ok": True,
        "fingerpost": fingerpost.__version__,
        "licence": knowledge.about.licence,
        "content": knowledge.content,
        **parts,
    }


def _without(value: object) -> object:
    if isinstance(value, dict):
        return {key: _without(part) for key, part in value.items() if key not in _INSIDE}
    return [_without(part) for part in value] if isinstance(value, list) else value


def export_schema() -> Schema:
    """The JSON Schema of the exported knowledge."""
    definitions: dict[str, Schema] = {}
    hints = typing.get_type_hints(
        model.Knowledge, vars(model), {"Graph": object, "Vocabulary": object}
    )
    properties: Schema = {
        "ok": {"const": True},
        "fingerpost": {"type": "string", "description": "version of the program"},
        "licence": {"type": "string"},
        "content": {"type": "string", "description": "names the exact files"},
        **{name: _schema(hints[name], definitions) for name in PARTS},
    }
    return {
        "$schema": DIALECT,
        "title": "Fingerpost: the whole knowledge",
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
        "$defs": dict(sorted(definitions.items())),
    }


def _schema(hint: Any, definitions: dict[str, Schema]) -> Schema:  # noqa: ANN401 (a type)
    if hint in _PLAIN:
        return _PLAIN[hint]
    if dataclasses.is_dataclass(hint):
        return _reference(hint, definitions)
    arguments = typing.get_args(hint)
    match typing.get_origin(hint):
        case origin if origin is Literal:
            schema: Schema = {"enum": list(arguments)}
        case typing.Union | types.UnionType:
            schema = {"anyOf": [_schema(each, definitions) for each in arguments]}
        case origin if origin is tuple:
            schema = {"type": "array", "items": _schema(arguments[0], definitions)}
        case _:
            schema = {"type": "object", "additionalProperties": _schema(arguments[1], definitions)}
    return schema


def _reference(made: Any, definitions: dict[str, Schema]) -> Schema:  # noqa: ANN401 (a dataclass)
    name = made.__name__
    if name not in definitions:
        definitions[name] = {}  # taken, so that a shape within itself ends
        hints = typing.get_type_hints(made, vars(model))
        fields = [f.name for f in dataclasses.fields(made) if f.name not in _INSIDE]
        definitions[name] = {
            "type": "object",
            "description": (made.__doc__ or "").partition("\n")[0],
            "properties": {field: _schema(hints[field], definitions) for field in fields},
            "required": fields,
            "additionalProperties": False,
        }
    return {"$ref": f"#/$defs/{name}"}
