"""The smallest pieces of sentences in the reader's language: lists, days, months, numbers, small letters."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from functools import reduce
from typing import Literal

from fingerpost.messages import gettext as _
from fingerpost.messages import language, marked, ngettext, translated

Joint = Literal["and", "or"]
_LISTED = {"and": marked("%(first)s and %(last)s"), "or": marked("%(first)s or %(last)s")}
_BRACKETED = {"and": marked("%(first)s, and %(last)s"), "or": marked("%(first)s, or %(last)s")}
_LONG = {"and": marked("%(first)s; and %(last)s"), "or": marked("%(first)s; or %(last)s")}
_MONTHS = (
    marked("January"),
    marked("February"),
    marked("March"),
    marked("April"),
    marked("May"),
    marked("June"),
    marked("July"),
    marked("August"),
    marked("September"),
    marked("October"),
    marked("November"),
    marked("December"),
)
# How the language writes a half and a thousand: only the sign between the digits is taken from it.
_HALF, _THOUSAND = marked("1.5"), marked("1,000")
# Words that keep their capital inside a sentence.
_PROPER = frozenset({"Allred", "Child", "Gilbert", "Ki", "Oncotype", "Paget"})
# Languages in which nouns have capitals wherever they stand.
_LARGE_NOUNS = ("de", "lb")


def listed(words: Sequence[str], joint: Joint = "and") -> str:
    """Words as a list in a sentence.

    >>> listed(["a", "b", "c"]), listed(["a", "b"], "or")
    ('a, b and c', 'a or b')
    """
    if len(words) <= 1:
        return "".join(words)
    return _(_LISTED[joint], first=", ".join(words[:-1]), last=words[-1])


def either(words: Sequence[str]) -> str:
    """One of these, all of them apart.

    >>> either(["0", "1+", "2+"])
    '0 or 1+ or 2+'
    """
    return folded(words, _LISTED["or"]) if words else ""


def folded(words: Sequence[str], pattern: str) -> str:
    """Words joined one after the other by a pattern of two."""
    return reduce(lambda first, last: _(pattern, first=first, last=last), words)


def bracketed(parts: Sequence[str], joint: Joint) -> str:
    """Clauses of which some stand in brackets, with a comma before each joint.

    >>> bracketed(["(a or b)", "c", "d"], "and")
    '(a or b), and c, and d'
    """
    return folded(parts, _BRACKETED[joint])


def long_list(parts: Sequence[str], joint: Joint) -> str:
    """Clauses that have commas of their own.

    >>> long_list(["a, b", "c"], "or")
    'a, b; or c'
    """
    return folded(parts, _LONG[joint])


def joint_words(joint: Joint) -> str:
    """What stands between the last two of a list, to be found in a clause.

    >>> joint_words("and")
    ' and '
    """
    return re.sub(r"%\(\w+\)s", "", translated(_LISTED[joint]))


def day_words(day: dt.date) -> str:
    """A day as people in every country read it alike.

    >>> day_words(dt.date(2026, 6, 24))
    '24 June 2026'
    """
    return _(
        "%(day)s %(month)s %(year)s",
        day=day.day,
        month=_(_MONTHS[day.month - 1]),
        year=f"{day:%Y}",
    )


def month_words(day: dt.date) -> str:
    """The month of a day.

    >>> month_words(dt.date(2021, 2, 1))
    'February 2021'
    """
    return _("%(month)s %(year)s", month=_(_MONTHS[day.month - 1]), year=f"{day:%Y}")


def number(value: float, form: str = "g") -> str:
    """A number with the signs of the language between its digits.

    >>> number(7.25), number(1234567, ",")
    ('7.25', '1,234,567')
    """
    return signed_digits(f"{value:{form}}")


def signed_digits(written: str) -> str:
    """A number that is written already, with the signs of the language."""
    signs = {".": _sign(_HALF, "."), ",": _sign(_THOUSAND, ",")}
    return "".join(signs.get(each, each) for each in written)


def _sign(sample: str, usual: str) -> str:
    found = re.search(r"1(\D?)(?:5|000)", translated(sample))
    return usual if found is None else found[1]


def amount(count: int, unit: str) -> str:
    """So many days, weeks, months or years.

    >>> amount(1, "years"), amount(6, "months")
    ('1 year', '6 months')
    """
    match unit:
        case "days":
            return ngettext("%(num)s day", "%(num)s days", count)
        case "weeks":
            return ngettext("%(num)s week", "%(num)s weeks", count)
        case "months":
            return ngettext("%(num)s month", "%(num)s months", count)
        case _:
            return ngettext("%(num)s year", "%(num)s years", count)


def span(least: int, most: int, unit: str) -> str:
    """A length of time that is known from and to; the unit of its end is said.

    >>> span(3, 5, "years"), span(3, 3, "years")
    ('3 to 5 years', '3 years')
    """
    if least == most:
        return amount(least, unit)
    return _("%(least)s to %(most)s", least=least, most=amount(most, unit))


def small(words: str) -> str:
    """Words as they stand inside a sentence: a capital that only began one becomes small.

    >>> small("Hormone receptor-positive"), small("HER2-positive"), small("Allred score")
    ('hormone receptor-positive', 'HER2-positive', 'Allred score')
    """
    first = re.match(r"[^\W\d_]+", words)
    begins = first is not None and (first[0] == "A" or (len(first[0]) > 1 and first[0].istitle()))
    if first is None or not begins or first[0] in _PROPER or language().startswith(_LARGE_NOUNS):
        return words
    return words[0].lower() + words[1:]


def small_start(text: str) -> str:
    """The text with a small first letter, unless its first word is an abbreviation.

    >>> small_start("It can"), small_start("ECG first"), small_start("I am")
    ('it can', 'ECG first', 'I am')
    """
    kept = text[1:2].isupper() or text.partition(" ")[0].partition("'")[0] == "I"
    if kept or language().startswith(_LARGE_NOUNS):
        return text
    return text[:1].lower() + text[1:]
