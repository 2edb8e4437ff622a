"""The diary of symptoms: a file of the person's own, and off until they ask for it."""

from __future__ import annotations

from collections.abc import Sequence

from fingerpost.web.exchange import Page

PAGES: Sequence[Page] = ()
