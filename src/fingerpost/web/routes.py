"""The addresses of all pages; each group of pages names its own at the end of its module."""

from __future__ import annotations

from collections.abc import Sequence

from fingerpost.web.exchange import Page
from fingerpost.web.pages import (
    about,
    bring,
    check,
    confirm,
    conflict,
    diary,
    knowledge,
    matters,
    my_page,
    option,
    professional,
    questions,
    reading,
    results,
    saved,
    start,
    symptoms,
    treatments,
    upload,
    what_if,
    words,
)

_GROUPS = (
    start,
    questions,
    treatments,
    matters,
    upload,
    confirm,
    saved,
    check,
    conflict,
    results,
    option,
    what_if,
    symptoms,
    bring,
    my_page,
    diary,
    professional,
    knowledge,
    words,
    reading,
    about,
)

PAGES: Sequence[Page] = tuple(page for group in _GROUPS for page in group.PAGES)
