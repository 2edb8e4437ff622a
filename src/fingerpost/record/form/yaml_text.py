"""A form as YAML text: short things on one line, long ones under each other, comments for a reader."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from fingerpost.record.catalogue import Catalogue, FactEntry

WIDTH = 100
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_./-]*|\d{4}-\d{2}(?:-\d{2})?")
_NOT_TEXT = frozenset({"true", "false", "null"})
_HEAD = """\
# A record of one person, as a form. What is left out is unknown, never "no".
# You may change it: docs/how-to/write-a-form-record.md says how. `words` are the words of a report, and
# `source` and `also_in` say where it stood: leave them with their value, so that it can be traced.
"""
_ABOUT: Mapping[str, str] = {
    "facts": "Each fact once. The line above it says what it is.",
    "findings": "Facts that were found more than once: each result by itself.",
    "treatments": "One entry for each regimen: medicines that were given together.",
    "treatments_complete": "true, if this is every treatment for breast cancer there ever was.",
    "messages": "What was odd when the records were read. Take out what is settled.",
}


def form_text(tree: Mapping[str, Any], catalogue: Catalogue) -> str:
    """The whole form as text."""
    lines = [*_HEAD.splitlines(), f"fingerpost: {tree['fingerpost']}"]
    for key, value in tree.items():
        if key not in _ABOUT:
            continue
        lines += ["", f"# {_ABOUT[key]}"]
        if key == "facts" and value:
            lines += ["facts:", *_facts(value, catalogue)]
        elif isinstance(value, list):
            lines += [f"{key}:", *(line for item in value for line in _item(item))]
        else:
            lines.append(f"{key}: {_flow(value)}")
    return "\n".join(lines) + "\n"


def _facts(facts: Mapping[str, Any], catalogue: Catalogue) -> list[str]:
    lines: list[str] = []
    for fact, value in facts.items():
        lines += [f"  # {_label(catalogue[fact])}", *_entry(fact, value, "  ")]
    return lines


def _label(entry: FactEntry) -> str:
    unit = f", in {entry.unit}" if entry.type == "number" and entry.unit else ""
    return " ".join(f"{entry.label}{unit}".split())


def _item(item: Mapping[str, Any]) -> list[str]:
    """One map of a list, with its first key beside the dash."""
    line = f"  - {_flow(item)}"
    if len(line) <= WIDTH:
        return [line]
    inner = [line for key, value in item.items() for line in _entry(key, value, "    ")]
    return [f"  - {inner[0].lstrip()}", *inner[1:]]


def _entry(key: str, value: object, indent: str) -> list[str]:
    """A key with its value, on one line if it fits."""
    line = f"{indent}{key}: {_flow(value)}"
    if len(line) <= WIDTH or not isinstance(value, dict | list) or not value:
        return [line]
    deeper = indent + "  "
    if isinstance(value, dict):
        inner = [line for name, each in value.items() for line in _entry(name, each, deeper)]
    else:
        inner = [f"{deeper}- {_flow(each)}" for each in value]
    return [f"{indent}{key}:", *inner]


def _flow(value: object) -> str:
    """A value on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return scalar(value)


def scalar(value: object) -> str:
    r"""A word, number or text; in quotation marks where YAML could take it for something else.

    >>> scalar("yes"), scalar("2+"), scalar(90), scalar("2024-03"), scalar("ER: 95 %")
    ('yes', '"2+"', '90', '2024-03', '"ER: 95 %"')
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return f"{value:f}".rstrip("0").rstrip(".") if "e" in repr(value) else repr(value)
    text = str(value)
    if _PLAIN.fullmatch(text) and text not in _NOT_TEXT:
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(each if each.isprintable() else _escaped(each) for each in quoted)


def _escaped(character: str) -> str:
    """A character that YAML would fold or refuse, by its number."""
    code = ord(character)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
