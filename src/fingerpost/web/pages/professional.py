"""The same case for the treating team: the whole trace, authorities beside each other, another day."""

from __future__ import annotations

from collections.abc import Sequence

from fingerpost.web.exchange import Page

PAGES: Sequence[Page] = ()
