"""Which tests and answers to find out first, and what each would decide."""

from __future__ import annotations

from collections.abc import Sequence

from fingerpost.web.exchange import Page

PAGES: Sequence[Page] = ()
