"""Looking into FHIR resources that may be of any shape: nothing here ever fails.

Real exports break the standard in many ways (an object where a list belongs, a number where a code
belongs). What has not the expected shape counts as not there.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from fingerpost.record.code_index import system_named
from fingerpost.record.written.date_text import read_date
from fingerpost.values import Days

Resource = Mapping[str, Any]

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?:T.*)?", re.DOTALL)
LONGEST_WORDS = 300


class Coding(NamedTuple):
    """One code, with the address of its system as we know it."""

    system: str
    code: str
    display: str


def items(value: object) -> list[dict[str, Any]]:
    """The maps in a list; a map that stands alone counts as a list of one."""
    if isinstance(value, list):
        return [each for each in value if isinstance(each, dict)]
    return [value] if isinstance(value, dict) else []


def part(value: object) -> dict[str, Any]:
    """A map, or an empty one."""
    return value if isinstance(value, dict) else {}


def text(value: object) -> str:
    """A text, or an empty one; a whole number counts as its digits."""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def codings(concept: object) -> list[Coding]:
    """The codes of a concept, with a last one that holds only its text, if it has one."""
    if not isinstance(concept, dict):
        if isinstance(concept, list):
            return [
                coding for each in concept if isinstance(each, dict) for coding in codings(each)
            ]
        return [Coding("", "", concept)] if concept and isinstance(concept, str) else []
    found: list[Coding] = []
    listed = concept.get("coding")
    for each in listed if isinstance(listed, list) else [listed]:
        if isinstance(each, dict):
            try:
                coding = _coding(each.get("system"), each.get("code"), each.get("display"))
            except TypeError:  # one of them is a list or a map
                continue
            if coding is not None:
                found.append(coding)
    words = text(concept.get("text"))
    if words and all(words != coding.display for coding in found):
        found.append(Coding("", "", words))
    return found


# The same few hundred codings make up most of a record.
@lru_cache(maxsize=4096, typed=True)
def _coding(system: object, code: object, display: object) -> Coding | None:
    if not code and not display:
        return None
    return Coding(system_named(text(system)), text(code), text(display))


def concept_words(concept: object) -> str:
    """How a concept is written: its text, or the name of its first code."""
    return words_of_codings(codings(concept))


def words_of_codings(named: list[Coding]) -> str:
    """How codings are written: the text beside them, or the name of one, or the first code."""
    for coding in reversed(named):
        if coding.display:
            return coding.display[:LONGEST_WORDS]
    return named[0].code[:LONGEST_WORDS] if named else ""


def code_of(concept: object) -> str:
    """The first code of a concept, in small letters: for the small fixed lists of FHIR itself."""
    for coding in codings(concept):
        if coding.code:
            return coding.code.casefold()
    return ""


def extensions(resource: Resource, name: str) -> Iterator[dict[str, Any]]:
    """The extensions whose address ends in this name."""
    for each in items(resource.get("extension")):
        if text(each.get("url")).rpartition("/")[2] == name:
            yield each


def reference(value: object) -> str:
    """Where a reference points: `Type/id`, `#id` or `urn:...`; server and version are left out."""
    for each in value if isinstance(value, list) else (value,):
        target = each.get("reference") if isinstance(each, dict) else None
        if target and isinstance(target, str):
            return short_reference(target)
    return ""


@lru_cache(maxsize=4096)
def short_reference(target: str) -> str:
    """A reference without server and version.

    >>> short_reference("https://x.org/fhir/Patient/a1/_history/2")
    'Patient/a1'
    """
    if target.startswith(("#", "urn:")):
        return target
    return "/".join(target.split("/_history/")[0].split("/")[-2:])


def references(value: object) -> list[str]:
    """Where each of several references points."""
    return [found for each in items(value) if (found := reference(each))]


@lru_cache(maxsize=4096)
def days(value: str) -> Days | None:
    """The days of a FHIR date, date and time, or instant."""
    if _DAY.fullmatch(value):
        try:
            day = dt.date.fromisoformat(value[:10])
        except ValueError:
            return None
        return Days(day, day) if day.year >= 1900 else None
    return read_date(value)


def date_of(resource: Resource, name: str) -> Days | None:
    """A date of a resource in any of its forms: `effectiveDateTime`, `effectivePeriod` ..."""
    for kind in ("DateTime", "Instant", "Date"):
        value = resource.get(name + kind)
        if isinstance(value, str):
            return days(value)
    period = part(resource.get(name + "Period"))
    if not period:
        return None
    start, end = days(text(period.get("start"))), days(text(period.get("end")))
    if start is None or start.first is None:
        return None
    if end is not None and end.last is not None and end.last >= start.first:
        return Days(start.first, end.last)
    return start


def period_of(resource: Resource, name: str) -> tuple[Days | None, Days | None]:
    """Start and end of a period; a single date is a start."""
    period = part(resource.get(name + "Period"))
    if period:
        return days(text(period.get("start"))), days(text(period.get("end")))
    for kind in ("DateTime", "Instant", "Date"):
        value = resource.get(name + kind)
        if isinstance(value, str):
            return days(value), None
    return None, None


def status_of(resource: Resource) -> str:
    """The status of a resource, in small letters; nothing if it has none."""
    return text(resource.get("status")).strip().casefold()


def profiles(resource: Resource) -> str:
    """The profiles a resource claims to follow, in one text."""
    claimed = part(resource.get("meta")).get("profile")
    names = claimed if isinstance(claimed, list) else [claimed]
    return " ".join(name for name in names if isinstance(name, str))
