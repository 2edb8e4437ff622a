"""JSON Schemas of the knowledge files, so that an editor can help whoever writes them.

`python -m fingerpost.knowledge.schema --write [FOLDER]` writes them again (into `schema/knowledge/`); without
`--write` it says which are out of date.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, TypeAlias

from fingerpost.knowledge.kinds import KINDS, Kind

# What pydantic gives and json.dumps takes.
Json: TypeAlias = Any

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_REFERENCE = "#/$defs/When"
_CONDITIONS = {"type": "array", "items": {"$ref": _REFERENCE}, "minItems": 1}


def _nesting(key: str, content: object, **more: object) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {key: content, **more},
        "required": [key, *more],
        "additionalProperties": False,
    }


_WHEN = {
    "title": "When",
    "description": "A criterion: one line of the criteria language, or lines nested in a map.",
    "anyOf": [
        {"type": "string", "minLength": 1, "examples": ["her2 is positive", "ki67_percent >= 20"]},
        *(_nesting(key, _CONDITIONS) for key in ("all", "any", "none", "agree")),
        _nesting("not", {"$ref": _REFERENCE}),
        _nesting("at_least", {"type": "integer", "minimum": 1}, of=_CONDITIONS),
    ],
}


def schema_of(kind: Kind) -> dict[str, Any]:
    """The JSON Schema of one kind of file."""
    schema = _with_criteria(kind.shape.model_json_schema(by_alias=True))
    if _REFERENCE in json.dumps(schema):
        schema["$defs"] = {**schema.get("$defs", {}), "When": _WHEN}
    title = f"Fingerpost knowledge: {kind.example}"
    return {"$schema": DIALECT, **schema, "title": title}


def _with_criteria(schema: Json) -> Json:
    """The schema with every criterion pointing to the one description of what criteria are."""
    if isinstance(schema, list):
        return [_with_criteria(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if schema.get("format") == "criterion":
        return {"$ref": _REFERENCE}
    return {key: _with_criteria(part) for key, part in schema.items()}


def schemas() -> dict[str, str]:
    """Every schema as text, by the name of its file."""
    return {
        f"{kind.name}.json": json.dumps(schema_of(kind), indent=2, sort_keys=True) + "\n"
        for kind in KINDS
    }


def outdated(folder: Path) -> list[str]:
    """The names of schema files that are missing, differ, or belong to no kind of file."""
    wanted = schemas()
    present = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.json")}
    return sorted(name for name in wanted | present if wanted.get(name) != present.get(name))


def main(arguments: list[str]) -> int:
    """Write the schemas, or say which are out of date."""
    folders = [argument for argument in arguments if not argument.startswith("-")]
    folder = Path(folders[0] if folders else "schema/knowledge")
    if "--write" in arguments:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in schemas().items():
            (folder / name).write_text(text, encoding="utf-8")
        return 0
    late = outdated(folder)
    for name in late:
        advice = "python -m fingerpost.knowledge.schema --write"
        sys.stdout.write(f"{folder / name}: out of date. Try: {advice}\n")
    return 1 if late else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
