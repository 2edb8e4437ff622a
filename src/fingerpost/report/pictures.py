"""Figures as pictures: 100 people in a square, medians as bars; the words always stand beside them.

Everything can be told apart without color: filled and empty, full and hatched.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from fingerpost.messages import gettext as _
from fingerpost.messages import ngettext
from fingerpost.messages.phrases import number
from fingerpost.report.evidence_said import unit_words

if TYPE_CHECKING:
    from fingerpost.plan.diary import Entry
    from fingerpost.report.contract import EvidenceSaid

_SIDE, _GAP, _ROW = 9, 2, 20
_INK, _EMPTY = "#222", "#fff"


def people_of_100(percent: float, words: str) -> str:
    """One hundred people as a picture, those who had it filled.

    >>> people_of_100(2, "2 of 100").count('fill="#222"')
    2
    """
    many = round(percent)
    step = _SIDE + _GAP
    circles = [
        f'<circle cx="{place % _ROW * step + step / 2:g}" cy="{place // _ROW * step + step / 2:g}" '
        f'r="{_SIDE / 2:g}" fill="{_INK if place < many else _EMPTY}" stroke="{_INK}"/>'
        for place in range(100)
    ]
    width, height = _ROW * step, 100 // _ROW * step
    return _svg(width, height, words, "".join(circles))


def bars(evidence: EvidenceSaid) -> str:
    """The medians or shares of both groups as bars with their intervals; empty without two numbers."""
    figures = evidence["figures"]
    if figures is None or figures["treated"] is None or figures["compared"] is None:
        return ""
    from html import escape

    rows = (
        (_("with it"), figures["treated"], figures["treated_interval"], _INK),
        (_("compared"), figures["compared"], figures["compared_interval"], "#999"),
    )
    highest = max(max([value, *(interval or [])]) for _name, value, interval, _fill in rows) or 1.0
    scale = 260 / highest
    parts = []
    for place, (name, value, interval, fill) in enumerate(rows):
        y = place * 22 + 4
        parts.append(f'<text x="0" y="{y + 11}" font-size="11">{escape(name)}</text>')
        parts.append(
            f'<rect x="70" y="{y}" width="{value * scale:.1f}" height="14" fill="{fill}" stroke="{_INK}"/>'
        )
        if interval is not None:
            low, high = (70 + end * scale for end in interval)
            parts.append(
                f'<path d="M{low:.1f} {y + 7}H{high:.1f}M{low:.1f} {y + 3}v8M{high:.1f} {y + 3}v8" '
                'stroke="#000" stroke-width="2" fill="none"/>'
            )
        unit = "%" if figures["unit"] == "percent" else unit_words(figures["unit"])
        end = 76 + max([value, *(interval or [])]) * scale
        parts.append(
            f'<text x="{end:.1f}" y="{y + 11}" font-size="11">{number(value)} {unit}</text>'
        )
    return _svg(420, 48, _heard(evidence), "".join(parts))


def _heard(evidence: EvidenceSaid) -> str:
    """What the bars say to those who cannot see them: trial, what was measured, both groups."""
    said = _(
        "Trial %(trial)s, %(endpoint)s: %(result)s",
        trial=evidence["trial"],
        endpoint=evidence["endpoint"],
        result=evidence["result"] or "",
    )
    if not evidence["against"]:
        return said
    against = _("compared with %(what)s", what=evidence["against"])
    return f"{said}; {against}"


def days_as_bars(entries: Sequence[Entry]) -> str:
    """The worst answer of each day as a bar from 0 to 4; a day without an entry has none."""
    worst: dict[int, int] = {}
    first = min(entry.on for entry in entries)
    for entry in entries:
        place = (entry.on - first).days
        worst[place] = max(worst.get(place, 0), entry.worst or 0)
    days = max(worst) + 1
    step = max(min(600 / days, 14), 1)
    parts = [f'<path d="M0 60H{days * step:.1f}" stroke="{_INK}"/>']
    parts += [
        f'<rect x="{place * step:.1f}" y="{60 - level * 14 - 1}" width="{step * 0.8:.1f}" '
        f'height="{level * 14 + 1}" fill="{_INK}"/>'
        for place, level in sorted(worst.items())
    ]
    words = ngettext(
        "%(num)s day with an entry, the highest answer %(highest)s of 4",
        "%(num)s days with an entry, the highest answer %(highest)s of 4",
        len(worst),
        highest=max(worst.values()),
    )
    return _svg(max(days * step, 60), 62, words, "".join(parts))


def _svg(width: float, height: float, words: str, inside: str) -> str:
    from html import escape

    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {width:g} {height:g}" '
        f'width="{width:g}" height="{height:g}" aria-label="{escape(words)}">'
        f"<title>{escape(words)}</title>{inside}</svg>"
    )
