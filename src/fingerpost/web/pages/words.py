"""Words explained, and how treatments and tests work, with drawings."""

from __future__ import annotations

from collections.abc import Sequence

from fingerpost.web.exchange import Page

PAGES: Sequence[Page] = ()
