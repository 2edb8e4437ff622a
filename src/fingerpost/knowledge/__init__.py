"""What is known: facts, drugs, approved uses and cautions, read from strict YAML files.

`load_knowledge` gives it as one frozen piece; `Knowledge.on(day)` is what held on a day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fingerpost.knowledge.check import check
    from fingerpost.knowledge.load import load_knowledge
    from fingerpost.knowledge.model import Knowledge

__all__ = ["Knowledge", "check", "load_knowledge"]


def __getattr__(name: str) -> object:
    """Import only what is asked for: a start of the program should not pay for all of it."""
    if name not in __all__:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    from importlib import import_module

    room = {"Knowledge": "model", "check": "check", "load_knowledge": "load"}[name]
    return getattr(import_module(f"{__name__}.{room}"), name)
