"""The visits and tests that would follow from one treatment, and the calendar of them."""

from __future__ import annotations

from collections.abc import Sequence

from fingerpost.web.exchange import Page

PAGES: Sequence[Page] = ()
