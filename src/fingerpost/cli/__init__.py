"""The command line: it parses, calls the library and prints. No rule lives here."""

from __future__ import annotations

from fingerpost.cli.program import main

__all__ = ["main"]
