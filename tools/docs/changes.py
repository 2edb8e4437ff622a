"""The page of changes: what came, changed and went, day by day, the newest first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from fingerpost.knowledge.load import load_knowledge
from fingerpost.report.option_said import heading_of
from fingerpost.report.text.head import AUTHORITIES
from tools.docs.markdown import page

if TYPE_CHECKING:
    from fingerpost.knowledge.model import Knowledge, Option, Window

FOLDER = "src/fingerpost/knowledge/data/options/*/*.yaml"
INTRO = """
Every day on which a use came into force, changed or ended, as far as it is known here. *[weak]* and
*[unverified]* are said of the day. `fingerpost knowledge diff` says for any two days which conditions
came and went, and shows an invented person whose answer changed. This supports decisions; it does not
make them.
"""


class Event(NamedTuple):
    """Something that happened to one use on one day."""

    day: dt.date
    text: str


def change_pages(_: Path) -> dict[Path, str]:
    """Write the page, one section for each year."""
    knowledge = load_knowledge()
    events = sorted(_events(knowledge), key=lambda event: (-event.day.toordinal(), event.text))
    years = sorted({event.day.year for event in events}, reverse=True)
    sections = []
    for year in years:
        lines = [f"- {e.day.isoformat()}: {e.text}" for e in events if e.day.year == year]
        sections.append(f"## {year}\n\n" + "\n".join(lines))
    return {Path("reference/changes.md"): page("Changes by day", FOLDER, INTRO, *sections)}


def _events(knowledge: Knowledge) -> Iterator[Event]:
    for option in knowledge.options.values():
        before: Window | None = None
        for window in option.windows:
            if window.status == "no_guidance_found":
                continue  # the day on which somebody looked is no day of the authority's
            if window.start > dt.date.min and not window.expected:
                yield Event(window.start, _began(option, window, before, knowledge))
            follows = any(w.start > (window.until or w.start) for w in option.windows)
            if window.until is not None and not follows:
                what = f"{_name(option, knowledge)} is over ({window.ended})"
                yield Event(window.until, f"{what}; this was the last day{_state(window)}")
            before = window


def _began(option: Option, window: Window, before: Window | None, knowledge: Knowledge) -> str:
    name, status = _name(option, knowledge), window.status.replace("_", " ")
    state = _state(window)
    if before is None:
        return f"{name}: {status}{state}"
    old, new = {c.node for c in before.criteria}, {c.node for c in window.criteria}
    what = "the conditions changed" if old != new else "the conditions stayed the same"
    moved = (
        f"from {before.status.replace('_', ' ')} to {status}; "
        if before.status != window.status
        else ""
    )
    return f"{name}: {moved}{what}{state}"


def _name(option: Option, knowledge: Knowledge) -> str:
    link = f"options/{option.authority}-{Path(option.place.partition(':')[0]).stem}.md#{option.id}"
    return f"**{AUTHORITIES.get(option.authority, option.authority)}** [{heading_of(option, knowledge)}]({link})"


def _state(window: Window) -> str:
    return "" if window.date_state == "verified" else f" [{window.date_state}]"
