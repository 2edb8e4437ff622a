"""What matches and why, and which missing test would decide most."""

from __future__ import annotations

from fingerpost.options.match import find_options, verdicts
from fingerpost.options.model import Options
from fingerpost.options.rule_set import RuleSet

__all__ = ["Options", "RuleSet", "find_options", "verdicts"]
