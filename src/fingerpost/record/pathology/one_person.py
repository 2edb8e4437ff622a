"""Whether a text tells of two people: two reports in one file, or a page of somebody else between them.

Only dates of birth are compared: names are written in too many ways. A date may be written day first
or month first, so two dates of the same numbers are one.
"""

from __future__ import annotations

import re

from fingerpost.messages import gettext as _
from fingerpost.record.source_text import refuse

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})[a-z]{{0,6}}\.?"
_BORN = re.compile(
    r"\b(?:d\.?\s?o\.?\s?b\b\.?|date of birth|birth\s?date|born(?: on)?|geburtsdatum|geb\.(?: am)?|geboren(?: am)?|date de naissance|fecha de nacimiento)"
    r"[\s:(=|-]{0,6}(?:"
    r"(?P<iso>(?:19|20)\d\d)-(?P<m>\d{1,2})-(?P<d>\d{1,2})"
    r"|(?P<one>\d{1,2})\s?[./-]\s?(?P<two>\d{1,2})\s?[./-]\s?(?P<year>(?:19|20)?\d\d)"
    rf"|(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s.-]{{1,2}}{_MONTH}[\s,-]{{1,2}}(?P<year2>(?:19|20)\d\d)"
    rf"|{_MONTH.replace('month', 'month2')}\s(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<year3>(?:19|20)\d\d)"
    r")(?!\d)"
)
# On the sheet of an insurance, and in a family history, others have dates of birth too.
_OF_OTHERS = re.compile(
    r"\b(?:subscriber|guarantor|insured|policy|holder|spouse|husband|wife|partner|mother|father|parent|daughter|son|sister|brother|child|baby|infant|next of kin|nok|contact|doctor|physician)\b[^.;\n]{0,60}$"
)


def refuse_two_people(folded: str, name: str) -> None:
    """Refuse a text in which two dates of birth stand: whose a result is, nobody could tell.

    Raises:
        RecordError: two dates of birth that cannot be one.
    """
    if len(births_in(folded)) > 1:
        refuse(
            "different-people",
            name,
            _("this file names two dates of birth, so it may hold reports of two people"),
            _("take out what is of somebody else, and bring one file for one person"),
            _("Results of two people must never be mixed"),
        )


def births_in(folded: str) -> frozenset[tuple[int, int, int]]:
    """The dates of birth of a text: the year without its century, and the two other numbers in order.

    >>> sorted(births_in("dob: 01/02/1960 ... date of birth 2 jan 1960 ... dob 3.4.1955"))
    [(55, 3, 4), (60, 1, 2)]
    """
    found = set()
    for match in _BORN.finditer(folded):
        if _OF_OTHERS.search(folded, max(0, match.start() - 80), match.start()):
            continue
        found.add(_numbers(match))
    return frozenset(found)


def _numbers(match: re.Match[str]) -> tuple[int, int, int]:
    year = match["iso"] or match["year"] or match["year2"] or match["year3"]
    day = match["d"] or match["one"] or match["day"] or match["day2"]
    month = match["m"] or match["two"]
    named = match["month"] or match["month2"]
    number = int(month) if month else _MONTHS.index(named) + 1
    first, second = sorted((int(day), number))
    return int(year) % 100, first, second
