"""The fields of the page of one treatment: what was written, whether it can be, and the form it makes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from fingerpost.errors import Problem
from fingerpost.messages import gettext as _
from fingerpost.web.answers import date_written

if TYPE_CHECKING:
    import datetime as dt

    from fingerpost.web.answers import Form
    from fingerpost.web.exchange import Exchange

FIELDS = (
    *("drugs", "setting", "start_year", "start_month", "end_year", "end_month"),
    *("ongoing", "end_reason", "progression"),
)
# Nobody who reads this was treated before; a year such as 0021 or 1021 is a slip.
_EARLIEST = 1900
_MONTHS = 12


class Chosen(NamedTuple):
    """The names as they are kept: those to be read, and those that stay open whatever they resemble."""

    drugs: Sequence[str]
    left_open: Sequence[str] = ()


def sent_in(exchange: Exchange) -> dict[str, str]:
    """What was written into the fields."""
    return {name: exchange.text(name) for name in FIELDS}


def problems_of(sent: Mapping[str, str], today: dt.date) -> list[Problem]:
    """What cannot be as it is written, each at its field; nothing of it is dropped in silence."""
    if not sent["drugs"]:
        what = _(
            "Write which medicines or which treatment it was. A family such as chemotherapy will do."
        )
        return [Problem("no-answer", "drugs", what)]
    found = [*_of_date(sent, "start", today), *_of_date(sent, "end", today)]
    ended = sent["end_year"] or sent["end_month"] or sent["end_reason"]
    if sent["ongoing"] and ended:
        what = _(
            "“I am still on it” is ticked, and there is an end or a reason why it ended. Keep the one that is right."
        )
        found.append(Problem("contradiction", "ongoing", what))
    if not found and _ends_first(sent):
        what = _("It ends before it begins. Check the two dates.")
        found.append(Problem("contradiction", "end_year", what))
    return found


def _of_date(sent: Mapping[str, str], which: str, today: dt.date) -> Iterator[Problem]:
    """At most one problem of a date: the first thing to mend."""
    year, month = sent[f"{which}_year"], sent[f"{which}_month"]
    if month and not (month.isascii() and month.isdigit() and 1 <= int(month) <= _MONTHS):
        what = _("Write the month as a number from 1 to 12, or leave it empty.")
        yield Problem("wrong-date", f"{which}_month", what)
    elif month and not year:
        what = _("Write the year too, or leave the month empty.")
        yield Problem("wrong-date", f"{which}_year", what)
    elif year and not re.fullmatch(r"[0-9]{4}", year):
        what = _("Write the year with four digits, such as 2021.")
        yield Problem("wrong-date", f"{which}_year", what)
    elif year and int(year) < _EARLIEST:
        what = _("Check the year: %(year)s is too long ago.", year=year)
        yield Problem("wrong-date", f"{which}_year", what)
    elif year and (int(year), int(month or 1)) > (today.year, today.month):
        what = _("This date lies in the future. Check the year and the month.")
        yield Problem("future-date", f"{which}_year", what)


def _ends_first(sent: Mapping[str, str]) -> bool:
    """Whether the last day of the end is before the first of the beginning."""
    if not sent["start_year"] or not sent["end_year"]:
        return False
    begun = int(sent["start_year"]), int(sent["start_month"] or 1)
    return (int(sent["end_year"]), int(sent["end_month"] or _MONTHS)) < begun


def as_form(sent: Mapping[str, str], chosen: Chosen) -> Form:
    """The treatment as a form of a record has it."""
    form: dict[str, Any] = {"drugs": list(chosen.drugs)}
    if chosen.left_open:
        form["unresolved"] = list(chosen.left_open)
    for name in ("setting", "progression", "end_reason"):
        if sent[name]:
            form[name] = sent[name]
    for which in ("start", "end"):
        if sent[f"{which}_year"]:
            form[which] = date_written(sent[f"{which}_year"], sent[f"{which}_month"])
    return {**form, "ongoing": "yes"} if sent["ongoing"] else form


def as_fields(form: Form) -> dict[str, str]:
    """What the fields hold for a treatment that was added before."""
    fields: dict[str, str] = {
        name: str(form[name]) for name in ("setting", "progression", "end_reason") if name in form
    }
    for which in ("start", "end"):
        year, _dash, month = str(form.get(which, "")).partition("-")
        fields |= {f"{which}_year": year, f"{which}_month": month}
    return {**fields, "drugs": names_in(form), "ongoing": "yes" if form.get("ongoing") else ""}


def names_in(form: Form) -> str:
    """The names of a treatment as the person wrote them."""
    left_open = form.get("unresolved", ())
    several = [left_open] if isinstance(left_open, str) else left_open
    return ", ".join([*form["drugs"], *several])
