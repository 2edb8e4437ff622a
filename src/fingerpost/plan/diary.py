"""A private diary of symptoms: what, when, how bad, in the person's own words.

Three questions after the attributes of the PRO-CTCAE, worded by ourselves: how often, how bad, how much
in the way of daily life, each from 0 to 4. Nothing is concluded from a diary: it is a memory for the
visit. Where it is kept is the door's business.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from fingerpost.errors import Problem, RecordError

VERSION = 1
MOST_ENTRIES = 20_000
_LONGEST = {"symptom": 80, "note": 2000}
SCALES = ("how_often", "how_bad", "in_the_way")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the diary; a scale that was not answered is None, which is not the same as 0."""

    on: dt.date
    symptom: str
    how_often: int | None = None
    how_bad: int | None = None
    in_the_way: int | None = None
    note: str | None = None

    @property
    def worst(self) -> int | None:
        """The highest of the three answers; None where none was given."""
        given = [
            each for each in (self.how_often, self.how_bad, self.in_the_way) if each is not None
        ]
        return max(given, default=None)


def diary_as_text(entries: Iterable[Entry]) -> str:
    """The file: plain JSON that a person can open, in the order of days."""
    rows = [
        {**asdict(entry), "on": entry.on.isoformat()}
        for entry in sorted(entries, key=lambda entry: entry.on)
    ]
    return (
        json.dumps({"fingerpost_diary": VERSION, "entries": rows}, indent=1, ensure_ascii=False)
        + "\n"
    )


def read_diary(text: str, name: str) -> tuple[Entry, ...]:
    """The entries of a diary file.

    Raises:
        RecordError: it is no diary, with every problem; nothing of the file is changed by reading it.
    """
    try:
        tree = json.loads(text)
    except (ValueError, RecursionError):
        tree = None
    if not isinstance(tree, dict) or tree.get("fingerpost_diary") != VERSION:
        what = "this is no diary of Fingerpost"
        advice = "name another file with --file; the one named is left as it is"
        raise RecordError([Problem("not-a-diary", name, what, "", advice)])
    rows = tree.get("entries")
    found: list[Entry] = []
    problems: list[Problem] = []
    for place, row in enumerate(rows if isinstance(rows, list) else []):
        made = _entry(row)
        if isinstance(made, Entry):
            found.append(made)
        else:
            where = f"{name}: entries[{place}]"
            problems.append(Problem("not-a-diary", where, made, "", "correct or remove this entry"))
    if problems:
        raise RecordError(problems)
    return tuple(found)


def _entry(row: object) -> Entry | str:
    """An entry, or what is wrong with it."""
    if not isinstance(row, dict):
        return "this is no entry"
    try:
        on = dt.date.fromisoformat(str(row.get("on")))
    except ValueError:
        return "`on` is not a day"
    symptom, note = row.get("symptom"), row.get("note")
    if not isinstance(symptom, str) or not symptom.strip():
        return "`symptom` is missing"
    if note is not None and not isinstance(note, str):
        return "`note` is not text"
    answers = {name: row.get(name) for name in SCALES}
    for name, value in answers.items():
        if value is not None and (type(value) is not int or not 0 <= value <= 4):
            return f"`{name}` is not a number from 0 to 4"
    return Entry(on, symptom, note=note, **answers)


def new_entry(entry: Entry, today: dt.date, before: Iterable[Entry]) -> tuple[Entry, ...]:
    """The diary with one more entry.

    Raises:
        RecordError: the day has not come, the text is too long, or nothing is said.
    """
    problems = []
    if entry.on > today:
        what = "this day has not come yet"
        problems.append(Problem("future-date", "--date", what, "", "the day on which it was so"))
    for name, longest in _LONGEST.items():
        if len(getattr(entry, name) or "") > longest:
            what = f"this is longer than {longest} characters"
            problems.append(Problem("out-of-range", f"--{name}", what, "", "say it shorter"))
    if not entry.symptom.strip():
        problems.append(Problem("missing-key", "SYMPTOM", "no symptom is named", "", "nausea"))
    entries = tuple(before)
    if len(entries) >= MOST_ENTRIES:
        what = f"the diary has {MOST_ENTRIES:,} entries already"
        problems.append(Problem("too-large", "--file", what, "", "begin another with --file"))
    if problems:
        raise RecordError(problems)
    return (*entries, entry)
