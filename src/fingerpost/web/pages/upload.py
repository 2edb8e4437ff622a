"""A report, an export or a saved file: what was read of it, shown in its text, to be confirmed."""

from __future__ import annotations

from collections.abc import Sequence

from fingerpost.web.exchange import Page

PAGES: Sequence[Page] = ()
