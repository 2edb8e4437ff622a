"""Looking things up: medicines, families, tests, options, their history and what changed."""

from __future__ import annotations

from collections.abc import Sequence

from fingerpost.web.exchange import Page

PAGES: Sequence[Page] = ()
