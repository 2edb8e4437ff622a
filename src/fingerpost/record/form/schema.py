"""The JSON Schema of the form, made from the fact catalogue.

An editor shows from it what can be filled in, and another program can fill it in without reading our
code. It describes how a form is best written; the reader itself takes more ("IHC 2+", `2.5 cm`).

`python -m fingerpost.record.form.schema --write` writes schema/record.json again.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from fingerpost.record.catalogue import Catalogue, Drugs, FactEntry
from fingerpost.record.form.read import VERSION
from fingerpost.record.form.sources import KINDS
from fingerpost.record.model import BASES, SPECIMENS, STATUSES
from fingerpost.record.written.attributes import ATTRIBUTES
from fingerpost.record.written.value_reader import OF_SEVERAL
from fingerpost.terms import AbsenceKind

SCHEMA = Path(__file__).resolve().parents[4] / "schema" / "record.json"

_COUNTED = {
    "description": "How many of those that were looked at: 3/14, 0 of 3.",
    "type": "string",
    "pattern": r"^\d+ *(/|of|out of) *\d+",
}
_DAY = r"\d{4}(-\d{2}(-\d{2})?)?"
_DATE = {
    "description": "A day, a month or a year: 2021-03-09, 2021-03 or 2021; or between two of them.",
    "anyOf": [
        {"type": "string", "pattern": rf"^({_DAY}( to {_DAY})?|(from|until) {_DAY})$"},
        {"type": "integer", "minimum": 1900, "maximum": 2200},
    ],
}
_ABSENT = {
    "description": "Why there is no value. Leaving the fact out says the same as not_stated.",
    "enum": [kind.value for kind in AbsenceKind],
}
_ABOUT: dict[str, Any] = {
    "date": {"$ref": "#/$defs/date"},
    "specimen": {"description": "What was examined.", "enum": [*SPECIMENS, "not_stated"]},
    "site": {"description": "Where in the body, for example liver.", "type": "string"},
    "basis": {
        "description": "Before surgery, on what was removed, or after treatment and surgery.",
        "enum": list(BASES),
    },
    "status": {"description": "A preliminary result may still change.", "enum": list(STATUSES)},
    "source": {
        "description": "Which letter or report says so, or where in another record it stood.",
        "anyOf": [{"type": "string"}, {"$ref": "#/$defs/source"}],
    },
    "also_in": {
        "description": "Other places that tell the same result.",
        "type": "array",
        "items": {"anyOf": [{"type": "string"}, {"$ref": "#/$defs/source"}]},
    },
    "words": {"description": "The words as written there.", "type": "string"},
    "because": {"description": "Why, for a judgement or a missing value.", "type": "string"},
}
_SOURCE: dict[str, Any] = {
    "description": "A place in another record.",
    "type": "object",
    "additionalProperties": False,
    "required": ["reference"],
    "properties": {
        "kind": {"description": "What kind of record it was.", "enum": list(KINDS)},
        "reference": {"description": "Observation/abc, page 2, line 7.", "type": "string"},
        "file": {"description": "The name of the record.", "type": "string"},
        "words": {"description": "The words as written there.", "type": "string"},
    },
}
_MESSAGES: dict[str, Any] = {
    "description": "What was odd when another record was read, kept with what was read of it.",
    "type": "array",
    "items": {
        "type": "object",
        "additionalProperties": False,
        "required": ["code", "where", "what"],
        "properties": {
            **{name: {"type": "string"} for name in ("code", "where", "what", "try_this", "file")},
            "severity": {"enum": ["info", "warning"]},
        },
    },
}


def form_schema(catalogue: Catalogue, drugs: Drugs, classes: Iterable[str]) -> dict[str, Any]:
    """The schema of a form over these facts, drugs and families of treatment."""
    facts = {fact: _fact(fact, entry) for fact, entry in sorted(catalogue.items())}
    facts["age"] = _age()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:fingerpost:record:{VERSION}",
        "title": "A Fingerpost record",
        "description": "What is known of one person with breast cancer. What is left out is unknown, never no.",
        "type": "object",
        "required": ["fingerpost"],
        "additionalProperties": False,
        "properties": {
            "fingerpost": {"description": "The version of this form.", "const": VERSION},
            "$schema": {"type": "string"},
            "facts": {
                "description": "Each fact once: its value, or a map that also says when and where it was found.",
                "type": "object",
                "additionalProperties": False,
                "properties": facts,
            },
            "findings": _findings(catalogue),
            "treatments": _treatments(drugs, sorted(classes)),
            "treatments_complete": {
                "description": "Whether this is all treatment ever had for breast cancer. Unknown if left out.",
                "enum": [True, False, "unknown"],
            },
            "messages": _MESSAGES,
            "pages": {
                "description": "What the pages in the browser keep beside the record; readers pass over it.",
                "type": "object",
            },
        },
        "$defs": {
            "date": _DATE,
            "source": _SOURCE,
            "flag": {"enum": [True, False, "yes", "no", ["no", "yes"]]},
            "absent": _ABSENT,
            "about": {"type": "object", "properties": {"absent": {}, **_ABOUT}},
        },
    }


# --- facts --------------------------------------------------------------------------------


def _fact(fact: str, entry: FactEntry) -> dict[str, Any]:
    value = _value(entry)
    if fact.endswith("_category"):
        value = _with_prefix(fact, value)
    if fact in OF_SEVERAL:
        value["anyOf"].append(_COUNTED)
    own: dict[str, Any] = {"value": value}
    if entry.type == "set":
        members = {"type": "array", "items": {"enum": list(entry.values)}, "uniqueItems": True}
        own |= {"present": members, "absent": {"anyOf": [members, {"$ref": "#/$defs/absent"}]}}
        own["complete"] = {"description": "All others are ruled out.", "type": "boolean"}
    elif entry.type == "number" and entry.unit:
        own["unit"] = {"description": f"The unit, if it is not {entry.unit}.", "type": "string"}
    about = {"$ref": "#/$defs/about", "properties": own, "unevaluatedProperties": False}
    return {
        "description": _description(entry),
        "anyOf": [value, {"$ref": "#/$defs/absent"}, about],
    }


def _description(entry: FactEntry) -> str:
    """What an editor shows: the question, where the answer stands, and the clinical name."""
    parts = [
        entry.question or entry.label,
        entry.where,
        f"({entry.label})" if entry.question else "",
    ]
    if entry.type == "number" and entry.unit:
        parts.append(f"In {entry.unit}.")
    return " ".join(part for part in parts if part)


def _value(entry: FactEntry) -> dict[str, Any]:
    match entry.type:
        case "number":
            return _number(entry)
        case "date":
            return {"$ref": "#/$defs/date"}
        case "flag":
            return {"$ref": "#/$defs/flag"}
        case "set":
            names = {"enum": list(entry.values)}
            return {
                "anyOf": [{"type": "array", "items": names, "uniqueItems": True}, {"const": "none"}]
            }
        case _:
            return _category(entry)


def _number(entry: FactEntry) -> dict[str, Any]:
    low, high = entry.range or (None, None)
    digits = r"-?\d+(\.\d+)?"
    number: dict[str, Any] = {"type": "number"}
    if low is not None:
        number["minimum"] = low
    if high is not None:
        number["maximum"] = high
    written = {
        "description": "A bound or a range: <1, >=10, 1-10, >1 and <=10; a unit may follow.",
        "type": "string",
        "pattern": rf"^\s*(<=?|>=?)?\s*{digits}(\s*(-|to)\s*{digits})?\s*[^\d]*$|^>=?{digits} and <=?{digits}$",
    }
    return {"anyOf": [number, written]}


def _category(entry: FactEntry) -> dict[str, Any]:
    """One value, or a list of values one of which is meant; digits may stand without quotes."""
    names: list[Any] = [*entry.values, *entry.groups]
    names += [int(name) for name in names if name.isdigit()]
    plain = "; ".join(
        f"{value}: {label}" for value, label in entry.values.items() if value != label
    )
    one: dict[str, Any] = {"enum": names}
    if plain:
        one["description"] = plain
    return {"anyOf": [one, {"type": "array", "items": {"enum": names}, "minItems": 1}]}


def _with_prefix(fact: str, value: dict[str, Any]) -> dict[str, Any]:
    """A category of T, N or M may say how it was found: cT2, pT2, ypT0."""
    letter = fact.removeprefix("yp_")[0].upper()
    prefix = "yp" if fact.startswith("yp_") else "[cp]"
    written = {"type": "string", "pattern": f"^{prefix}{letter}(is|[0-4])(mi|[a-d])?$"}
    return {"anyOf": [*value["anyOf"], written]}


def _age() -> dict[str, Any]:
    years = {"type": "integer", "minimum": 0, "maximum": 130}
    about = {
        "$ref": "#/$defs/about",
        "required": ["value", "date"],
        "properties": {"value": years},
        "unevaluatedProperties": False,
    }
    text = "Age in years, if the birth date is not known; with the date on which it was true."
    return {"description": text, "anyOf": [years, about]}


def _findings(catalogue: Catalogue) -> dict[str, Any]:
    own = ("value", "unit", "present", "complete")
    item = {
        "$ref": "#/$defs/about",
        "required": ["fact"],
        "properties": {"fact": {"enum": sorted(catalogue)}, **{name: {} for name in own}},
        "unevaluatedProperties": False,
    }
    text = "Several results of one fact, for example of two biopsies: each as a map with its fact."
    return {"description": text, "type": "array", "items": item}


# --- treatments ---------------------------------------------------------------------------


def _treatments(drugs: Drugs, classes: Sequence[str]) -> dict[str, Any]:
    names = {"type": "string", "examples": sorted(drug.name for drug in drugs.values())}
    properties: dict[str, Any] = {
        "drugs": {
            "description": "Drugs given together, by any of their names: generic, brand, or short (AC, TCHP).",
            "anyOf": [{"type": "array", "items": names}, names],
        },
        "classes": {
            "description": "Families of drugs, when only these are known.",
            "type": "array",
            "items": {"enum": list(classes)},
        },
        **{name: _attribute(name) for name in ATTRIBUTES},
        "unresolved": {
            "description": "Names that no drug is known by, as another record wrote them.",
            "type": "array",
            "items": {"type": "string"},
        },
        **{name: _ABOUT[name] for name in ("source", "also_in", "words")},
    }
    item = {"type": "object", "additionalProperties": False, "properties": properties}
    text = "One map for each regimen (drugs given together), in the order they were given."
    return {"description": text, "anyOf": [{"type": "array", "items": item}, {"const": "none"}]}


def _attribute(name: str) -> dict[str, Any]:
    entry = ATTRIBUTES[name]
    names = {"enum": [*entry.values, *entry.groups]}
    several = {"type": "array", "items": names, "minItems": 1}
    value = {"anyOf": [names, several]} if entry.values else _value(entry)
    plain = "; ".join(f"{key}: {label}" for key, label in entry.values.items())
    return {"description": f"{entry.label}. {plain}".strip(), **value}


def as_text(schema: dict[str, Any]) -> str:
    """The schema as it stands in its file."""
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


def main(arguments: list[str]) -> int:
    """Print the schema, or with --write put it into schema/record.json (or the file named)."""
    from fingerpost.knowledge import load_knowledge

    knowledge = load_knowledge()
    text = as_text(form_schema(knowledge.facts, knowledge.drugs, knowledge.classes))
    if arguments[:1] == ["--write"]:
        target = Path(arguments[1]) if len(arguments) > 1 else SCHEMA
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
