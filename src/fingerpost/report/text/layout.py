"""Lines of text: wrapped, indented, never wider than the page."""

from __future__ import annotations

import datetime as dt
import textwrap
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Literal

from fingerpost.messages import ngettext, phrases, respelled

WIDTH = 100
# Control and format characters: escape sequences, text direction, invisible marks.
_STEERING = ("Cc", "Cf", "Cs")
# A space at which no line is broken.
_TIED = "\N{NO-BREAK SPACE}"


def wrap(text: str, indent: int = 0, hang: int | None = None) -> list[str]:
    """One paragraph as lines; `hang` is the indent of every line after the first.

    >>> wrap("a b", 2)
    ['  a b']
    """
    lines = textwrap.wrap(
        " ".join(_harmless(respelled(text)).split()).replace(" %", f"{_TIED}%"),
        WIDTH,
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent if hang is None else hang),
        break_long_words=False,
        break_on_hyphens=False,
    )
    return [line.replace(_TIED, " ") for line in lines]


def _harmless(text: str) -> str:
    """The text without characters that would steer a terminal; a record may hold any."""
    return "".join(" " if unicodedata.category(char) in _STEERING else char for char in text)


def item(text: str, indent: int = 2, mark: str = "-") -> list[str]:
    """One entry of a list, its further lines under its first word.

    >>> item("a b", 2)
    ['  - a b']
    """
    return wrap(f"{mark} {text}", indent, indent + len(mark) + 1)


def items(texts: Iterable[str], indent: int = 2) -> list[str]:
    """A list, one entry below the other."""
    return [line for text in texts for line in item(text, indent)]


def section(title: str, *blocks: Sequence[str]) -> list[str]:
    """A heading and what stands below it, with a blank line before; nothing when it is empty."""
    lines = [line for block in blocks for line in block]
    return ["", respelled(title), *lines] if lines else []


def listed(
    words: Sequence[str], joint: Literal["and", "or"] = "and", most: int | None = None
) -> str:
    """Words as a list in a sentence.

    >>> listed(["a", "b", "c"]), listed(["a", "b", "c", "d"], most=2)
    ('a, b and c', 'a, b and 2 more')
    """
    if most is not None and len(words) > most + 1:
        left = ngettext("%(num)s more", "%(num)s more", len(words) - most)
        words = [*words[:most], left]
        joint = "and"
    return phrases.listed(words, joint)


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun.

    >>> counted(1, "option"), counted(2, "option"), counted(0, "option")
    ('1 option', '2 options', 'no options')
    """
    return f"{number or 'no'} {one if number == 1 else many or one + 's'}"


def full_stop(text: str) -> str:
    """The text with a full stop at its end, unless it has a mark there already.

    >>> full_stop("a"), full_stop("a?")
    ('a.', 'a?')
    """
    # Added, so that text for a page stays text for a page.
    return text if text.endswith((".", "?", "!")) else text + "."


def day(iso: str) -> str:
    """A day in words, from its ISO form.

    >>> day("2026-06-24")
    '24 June 2026'
    """
    return phrases.day_words(dt.date.fromisoformat(iso))


def partial_day(iso: str) -> str:
    """A year, month or day in words, as exactly as it is known.

    >>> partial_day("2021"), partial_day("2021-02")
    ('2021', 'February 2021')
    """
    if len(iso) == len("2021"):
        return iso
    if len(iso) == len("2021-02"):
        return phrases.month_words(dt.date.fromisoformat(f"{iso}-01"))
    return day(iso)
