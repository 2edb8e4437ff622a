"""Saying it: the answers as documents of a public contract, as JSON and as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fingerpost.report.documents import (
        as_json,
        errors_document,
        facts_document,
        missing_document,
        options_document,
    )
    from fingerpost.report.write import (
        facts_as_json,
        facts_as_text,
        missing_as_json,
        missing_as_text,
        options_as_json,
        options_as_text,
    )

_DOCUMENTS = (
    "as_json",
    "errors_document",
    "facts_document",
    "missing_document",
    "options_document",
)
__all__ = [
    "as_json",
    "errors_document",
    "facts_as_json",
    "facts_as_text",
    "facts_document",
    "missing_as_json",
    "missing_as_text",
    "missing_document",
    "options_as_json",
    "options_as_text",
    "options_document",
]


def __getattr__(name: str) -> object:
    """Import only what is asked for."""
    if name not in __all__:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    from importlib import import_module

    room = "documents" if name in _DOCUMENTS else "write"
    return getattr(import_module(f"{__name__}.{room}"), name)
