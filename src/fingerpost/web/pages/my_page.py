"""The page to bring to the visit: to look at, print and keep."""

from __future__ import annotations

from collections.abc import Sequence

from fingerpost.web.exchange import Page

PAGES: Sequence[Page] = ()
