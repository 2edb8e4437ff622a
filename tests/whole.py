"""The project's own knowledge, read once for all tests of a process: reading the files takes seconds."""

from __future__ import annotations

from functools import cache

import fingerpost
from fingerpost.knowledge.model import Knowledge


@cache
def whole_knowledge() -> Knowledge:
    """Everything that is known today; it cannot be changed, so every test may look at the same."""
    return fingerpost.load_knowledge()
