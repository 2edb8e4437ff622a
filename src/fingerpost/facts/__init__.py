"""What may be said of the person: one value for each fact, or unknown and why."""

from __future__ import annotations

from fingerpost.facts.derive import derive
from fingerpost.facts.model import Chosen, Facts

__all__ = ["Chosen", "Facts", "derive"]
