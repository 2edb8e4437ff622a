"""A picture of the treatments in time, one row for each, that a terminal of any kind can show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fingerpost.report.text.layout import wrap

if TYPE_CHECKING:
    from fingerpost.report.lines_said import LinesDocument, LineTreatmentSaid, SpanSaid

_NAMES = 30
_COLUMNS = 58
# What is certain, what is possible, growth, still going on.
_BLOCKS = ("\N{FULL BLOCK}", "\N{LIGHT SHADE}", "\N{BLACK UP-POINTING TRIANGLE}", ">")
_PLAIN = ("#", ".", "^", ">")


@dataclass(frozen=True, slots=True)
class Scale:
    """Which column of the picture a day falls into."""

    first: dt.date
    last: dt.date

    def column(self, day: dt.date) -> int:
        """The column of a day, from 0.

        >>> scale = Scale(dt.date(2020, 1, 1), dt.date(2021, 1, 1))
        >>> scale.column(dt.date(2020, 1, 1)), scale.column(dt.date(2021, 1, 1))
        (0, 57)
        """
        days = max((self.last - self.first).days, 1)
        passed = min(max((day - self.first).days, 0), days)
        return passed * (_COLUMNS - 1) // days


def timeline(document: LinesDocument, *, blocks: bool) -> list[str]:
    """The picture: a row for each treatment with a known beginning, one for growth, and the years."""
    rows = [(number, one) for number, one in _treatments(document) if _first(one["start"])]
    if not rows:
        return wrap("No treatment has a date, so there is nothing to draw.", 2)
    signs, today = (_BLOCKS if blocks else _PLAIN), dt.date.fromisoformat(document["on"])
    begun = [day for _, one in rows if (day := _first(one["start"]))]
    grown = [each["days"] for each in document["growth"]]
    first_grown = [day for each in grown if (day := _first(each))]
    scale = Scale(min([*begun, *first_grown]), max([today, *begun]))
    lines = [_row(number, one, scale, signs, today) for number, one in rows]
    marks = _growth(grown, scale, signs)
    if first_grown:
        lines.append(_put("the cancer grew", marks))
    lines.append(_put("", _years(scale)))
    key = f"{signs[0]} given   {signs[1]} perhaps given   {signs[3]} still going on"
    lines += wrap(f"{key}   numbers: the lines below", 2)
    if signs[1] in marks:
        lines += wrap(f"{signs[1]} where the cancer grew: on one of these days, not known which", 2)
    return lines


def _treatments(document: LinesDocument) -> Iterator[tuple[str, LineTreatmentSaid]]:
    for number, line in enumerate(document["lines"], 1):
        for one in line["treatments"]:
            yield str(number), one
    for one in document["other_treatments"]:
        yield "-", one


def _row(
    number: str, one: LineTreatmentSaid, scale: Scale, signs: tuple[str, ...], today: dt.date
) -> str:
    start, end = one["start"], one["end"]
    going = one["ongoing"] == "yes"
    first, sure_from = _first(start), _last(start)
    # Without an end only the beginning is certain; it may have gone on until today, and may not.
    exact = sure_from if first == sure_from else None
    sure_until = today if going else _first(end) or exact
    latest = today if going else _last(end) or _first(end) or sure_from
    cells = [" "] * _COLUMNS
    if first and latest:
        for column in range(scale.column(first), scale.column(max(first, latest)) + 1):
            cells[column] = signs[1]
    if sure_from and sure_until and sure_from <= sure_until:
        for column in range(scale.column(sure_from), scale.column(sure_until) + 1):
            cells[column] = signs[0]
    if going:
        cells[-1] = signs[3]
    return _put(f"{number} {one['regimen'] or one['name']}", "".join(cells))


def _growth(grown: Sequence[SpanSaid], scale: Scale, signs: tuple[str, ...]) -> str:
    """A sign where the cancer grew; of a year, nobody knows where in it, so all of it is possible."""
    cells = [" "] * _COLUMNS
    spans = [(first, _last(each) or first) for each in grown if (first := _first(each))]
    columns = [(scale.column(first), scale.column(last)) for first, last in spans]
    # What is certain is drawn over what is possible.
    for low, high in sorted(columns, key=lambda each: each[0] - each[1]):
        sign = signs[2] if low == high else signs[1]
        cells[low : high + 1] = sign * (high + 1 - low)
    return "".join(cells)


def _put(name: str, cells: str) -> str:
    shown = name if len(name) <= _NAMES else f"{name[: _NAMES - 3]}..."
    return f"  {shown:<{_NAMES}} |{cells}|"


def _years(scale: Scale) -> str:
    """The years below the columns of their first days, as many as there is room for."""
    cells = [" "] * _COLUMNS
    free = 0
    for year in range(scale.first.year, scale.last.year + 1):
        column = scale.column(max(dt.date(year, 1, 1), scale.first))
        if column >= free and column + 4 <= _COLUMNS:
            cells[column : column + 4] = str(year)
            free = column + 5
    return "".join(cells)


def _first(span: SpanSaid | None) -> dt.date | None:
    return dt.date.fromisoformat(span["first"]) if span and span["first"] else None


def _last(span: SpanSaid | None) -> dt.date | None:
    return dt.date.fromisoformat(span["last"]) if span and span["last"] else None
