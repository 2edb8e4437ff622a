"""From the files in lines/ to the rules of regimens and lines, those of several files together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from fingerpost.knowledge import files, line_files
from fingerpost.knowledge.line_rules import (
    Elsewhere,
    Growth,
    LineGroup,
    LinePeriod,
    LineRules,
    Maintenance,
    Phase,
    RegimenName,
    Sequence,
)
from fingerpost.knowledge.yaml_source import Document

_MODELS: Mapping[str, type] = {
    "periods": LinePeriod,
    "never_new": LineGroup,
    "swaps": LineGroup,
    "maintenance": Maintenance,
    "sequences": Sequence,
    "names": RegimenName,
    "growth": Growth,
}


def line_rules(read: Iterable[tuple[Document, files.Shape]]) -> LineRules:
    """Every rule of every file; of two with one name, the one of the later file."""
    found: dict[str, dict[str, Any]] = {section: {} for section in _MODELS}
    for document, shape in read:
        if not isinstance(shape, line_files.LinesFile):
            continue
        for section, model in _MODELS.items():
            for name, entry in getattr(shape, section).items():
                place = document.where((section, name))
                found[section][name] = model(id=name, place=place, **_said(entry))
    return LineRules(**{name: MappingProxyType(rules) for name, rules in found.items()})


def _said(entry: files.Shape) -> dict[str, Any]:
    """The fields of a rule as its model has them."""
    fields: dict[str, Any] = {}
    for name, value in entry:
        match value:
            case files.PeriodShape():
                unit = next(iter(value.model_fields_set))
                fields |= {"amount": getattr(value, unit), "unit": unit}
            case line_files.PhaseShape():
                fields[name] = Phase(tuple(value.drugs), tuple(value.classes))
            case list() if name == "elsewhere":
                fields[name] = tuple(
                    Elsewhere(each.source, each.says, each.state) for each in value
                )
            case list():
                fields[name] = tuple(value)
            case _:
                fields[name] = value
    return fields
