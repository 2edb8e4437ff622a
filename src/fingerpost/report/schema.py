"""The JSON Schema of the public answers, made from the contract itself.

`python -m fingerpost.report.schema schema` writes the published files again.
"""

from __future__ import annotations

import json
import sys
import types
import typing
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, NotRequired, get_args, get_origin

from fingerpost.report import contract, lines_said, plan_contract, sheet_said, symptoms_said

DIALECT = "https://json-schema.org/draft/2020-12/schema"
DOCUMENTS: Mapping[str, type] = {
    "options": contract.OptionsDocument,
    "facts": contract.FactsDocument,
    "missing": contract.MissingDocument,
    "review": contract.ReviewDocument,
    "compare": contract.CompareDocument,
    "changes": contract.ChangesDocument,
    "coverage": contract.CoverageDocument,
    "drugs": contract.DrugsDocument,
    "lines": lines_said.LinesDocument,
    "plan": plan_contract.PlanDocument,
    "sheet": sheet_said.SheetDocument,
    "symptoms": symptoms_said.SymptomsDocument,
    "names": contract.NamesDocument,
    "read": contract.ReadDocument,
    "errors": contract.ErrorsDocument,
}
Schema = dict[str, Any]
# The schema of each plain kind of value.
PLAIN: Mapping[object, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    object: {},
    types.NoneType: {"type": "null"},
}


def answer_schema(name: str) -> Schema:
    """The schema of one answer: `options`, `facts`, `missing` or `errors`.

    >>> answer_schema("errors")["properties"]["ok"]
    {'const': False}
    """
    definitions: dict[str, Schema] = {}
    document = _object(DOCUMENTS[name], definitions)
    title = (
        f"Fingerpost: the answer of `{name}`" if name != "errors" else "Fingerpost: what is wrong"
    )
    return {
        "$schema": DIALECT,
        "title": title,
        **document,
        "$defs": dict(sorted(definitions.items())),
    }


def schema_text(schema: Schema) -> str:
    """A schema as its file holds it."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _object(shape: type, definitions: dict[str, Schema]) -> Schema:
    hints = typing.get_type_hints(shape, include_extras=True)
    optional = {name for name, hint in hints.items() if get_origin(hint) is NotRequired}
    return {
        "type": "object",
        "description": (shape.__doc__ or "").strip(),
        "properties": {name: _schema(hint, definitions) for name, hint in hints.items()},
        "required": [name for name in hints if name not in optional],
        # A later version may add keys; whoever reads must not refuse them.
        "additionalProperties": True,
    }


def _schema(hint: Any, definitions: dict[str, Schema]) -> Schema:  # noqa: ANN401, PLR0911 (any hint, one way each)
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is NotRequired:
        return _schema(arguments[0], definitions)
    if origin is Annotated:
        return {**_schema(arguments[0], definitions), "description": arguments[1]}
    if origin is Literal:
        return {"const": arguments[0]} if len(arguments) == 1 else {"enum": list(arguments)}
    if origin in (typing.Union, types.UnionType):
        return {"anyOf": [_schema(each, definitions) for each in arguments]}
    if origin is list:
        return {"type": "array", "items": _schema(arguments[0], definitions)}
    if origin is dict:
        return {"type": "object", "additionalProperties": _schema(arguments[1], definitions)}
    return PLAIN[hint] if hint in PLAIN else _named(hint, definitions)


def _named(shape: type, definitions: dict[str, Schema]) -> Schema:
    if shape.__name__ not in definitions:
        definitions[shape.__name__] = {}  # so that a shape may hold itself
        definitions[shape.__name__] = _object(shape, definitions)
    return {"$ref": f"#/$defs/{shape.__name__}"}


def write_schemas(folder: Path) -> None:
    """Write the schema of each answer into a folder, one file for each."""
    folder.mkdir(parents=True, exist_ok=True)
    for answer in DOCUMENTS:
        path = folder / f"{answer}.json"
        path.write_text(schema_text(answer_schema(answer)), encoding="utf-8")


if __name__ == "__main__":
    write_schemas(Path(sys.argv[1]))
