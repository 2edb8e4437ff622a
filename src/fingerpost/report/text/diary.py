"""The diary as text and as a page: each symptom over time as a picture, then the entries in words."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from fingerpost.messages import gettext as _
from fingerpost.messages import marked
from fingerpost.plan.diary import SCALES
from fingerpost.report.text.layout import day, item, section, wrap

if TYPE_CHECKING:
    from fingerpost.plan.diary import Entry

_BARS = " ▁▃▅█"
_PLAIN = " .:|#"
_MOST_DAYS = 60
# What each answer from 0 to 4 means.
ANSWERS = {
    "how_often": (
        marked("how often: never"),
        marked("how often: rarely"),
        marked("how often: now and then"),
        marked("how often: often"),
        marked("how often: almost all the time"),
    ),
    "how_bad": (
        marked("how bad: not at all"),
        marked("how bad: a little"),
        marked("how bad: medium"),
        marked("how bad: bad"),
        marked("how bad: very bad"),
    ),
    "in_the_way": (
        marked("how much in the way: not at all"),
        marked("how much in the way: a little"),
        marked("how much in the way: somewhat"),
        marked("how much in the way: a lot"),
        marked("how much in the way: I cannot do my daily things"),
    ),
}
_EMPTY = marked("The diary is empty. Write into it with:")
_CALL = marked(
    "A diary is a memory for the visit. It does not judge. If something worries you, do not wait for "
    "the visit: fingerpost symptoms tells when to call, and your team's number is the right one."
)


def by_symptom(entries: Sequence[Entry]) -> Mapping[str, list[Entry]]:
    """The entries of each symptom in the order of days; spelling with large letters counts as one."""
    found: dict[str, list[Entry]] = defaultdict(list)
    names: dict[str, str] = {}
    for entry in sorted(entries, key=lambda entry: entry.on):
        found[names.setdefault(entry.symptom.casefold(), entry.symptom)].append(entry)
    return found


def diary_text(entries: Sequence[Entry], *, blocks: bool = True) -> str:
    """Every symptom as a row of bars, then day by day in words."""
    if not entries:
        return f"{_(_EMPTY)} fingerpost diary add nausea --how-bad 2\n"
    first, last = min(e.on for e in entries), max(e.on for e in entries)
    lines = wrap(_("Symptom diary, %(first)s to %(last)s", first=_on(first), last=_on(last)))
    for symptom, found in by_symptom(entries).items():
        lines += section(symptom, [f"  {_row(found, last, blocks=blocks)}"], list(_days(found)))
    return "\n".join([*lines, "", *wrap(_(_CALL))]) + "\n"


def _on(date: dt.date) -> str:
    return day(date.isoformat())


def _row(entries: Sequence[Entry], last: dt.date, *, blocks: bool) -> str:
    """One sign for each day, of the worst answer; a dot is a day without an entry."""
    signs = _BARS if blocks else _PLAIN
    worst: dict[dt.date, int | None] = {}
    for entry in entries:
        known, given = worst.get(entry.on), entry.worst
        worst[entry.on] = given if known is None else max(known, given or 0)
    days = min((last - entries[0].on).days + 1, _MOST_DAYS)
    start = last - dt.timedelta(days=days - 1)
    row = []
    for number in range(days):
        on = start + dt.timedelta(days=number)
        if on not in worst:
            row.append("·" if blocks else " ")
        else:
            level = worst[on]
            row.append("?" if level is None else "0" if level == 0 else signs[level])
    return "".join(row)


def _days(entries: Sequence[Entry]) -> Iterator[str]:
    for entry in entries:
        yield from item(f"{_on(entry.on)}: {entry_words(entry)}")


def entry_words(entry: Entry) -> str:
    """What an entry says, in words.

    >>> from fingerpost.plan.diary import Entry
    >>> entry_words(Entry(dt.date(2026, 5, 1), "nausea", how_bad=2, note="after lunch"))
    'how bad: medium. after lunch'
    """
    said = [
        _(ANSWERS[name][value]) for name in SCALES if (value := getattr(entry, name)) is not None
    ]
    parts = ["; ".join(said), entry.note or ""]
    return ". ".join(part for part in parts if part) or _("noted")
