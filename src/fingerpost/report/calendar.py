"""The days of a plan as a calendar file and as a table: neutral words, stable names, no times of day."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
from typing import TYPE_CHECKING

from fingerpost.errors import Problem, UsageError
from fingerpost.messages import gettext as _
from fingerpost.messages import respelled
from fingerpost.messages.phrases import folded
from fingerpost.report.text.layout import listed
from fingerpost.report.text.plan import minutes_words, when_words

if TYPE_CHECKING:
    from icalendar import Event

    from fingerpost.report.plan_contract import DaySaid, PlanDocument

# The days before the start have no date of their own; the calendar puts them on the day before it.
_REMIND_BEFORE = dt.timedelta(days=-1)


def plan_as_calendar(
    document: PlanDocument, *, name_medicines: bool = False, remind: bool = False
) -> str:
    """The visits as an iCalendar file (RFC 5545): whole days, so that no time zone can move them.

    Shared calendars leak, so titles are neutral ("Hospital visit") and nothing names an illness or a
    medicine, unless `name_medicines` is set. Each event has a name made of the option, its day's place
    in the plan and nothing else: importing a moved plan moves the events and doubles none.

    Raises:
        UsageError: the plan has no start date.
    """
    if document["start"] is None:
        what = "a calendar needs the day on which the treatment starts"
        raise UsageError([Problem("missing-start", "--start", what, "", "--start 2026-12-01")])
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Fingerpost//plan//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("calscale", "GREGORIAN")
    for day in document["days"]:
        calendar.add_component(_event(day, document, name_medicines, remind))
    return bytes(calendar.to_ical()).decode()


def _event(day: DaySaid, document: PlanDocument, name_medicines: bool, remind: bool) -> Event:
    from icalendar import Alarm, Event

    date = dt.date.fromisoformat(day["date"] or "")
    event = Event()
    event.add("uid", _uid(document["option"]["id"], day["day"]))
    # The clock is not read below the doors: the stamp is the day that was asked about.
    asked = dt.date.fromisoformat(document["on"])
    event.add("dtstamp", dt.datetime(asked.year, asked.month, asked.day, tzinfo=dt.UTC))
    event.add("sequence", 0)
    event.add("dtstart", date)
    event.add("dtend", date + dt.timedelta(days=1))
    event.add("summary", respelled(_summary(day, name_medicines)))
    event.add("description", respelled(_description(day, name_medicines)))
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    if remind:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", respelled(_summary(day, name_medicines)))
        alarm.add("trigger", _REMIND_BEFORE)
        event.add_component(alarm)
    return event


def _uid(option: str, day: int) -> str:
    digest = hashlib.sha256(f"{option}\0{day}".encode()).hexdigest()[:32]
    return f"{digest}@fingerpost"


def _summary(day: DaySaid, name_medicines: bool) -> str:
    if not name_medicines:
        first, *others = day["neutral"]
        return folded([first, *(each.lower() for each in others)], "%(first)s and %(last)s")
    names = [each["name"] for each in day["doses"]] + [each["label"] for each in day["checks"]]
    return listed(names)


def _description(day: DaySaid, name_medicines: bool) -> str:
    lines = [_("A typical plan. Your team's written plan wins.")]
    if day["day"] == 0:
        lines.append(_("In the days before the start; ask for the date."))
    if day["minutes"] is not None:
        minutes = minutes_words(day["minutes"])
        lines.append(_("In the chair %(minutes)s; waiting comes on top.", minutes=minutes))
    if name_medicines:
        lines += [each["prepare"] for each in day["checks"] if each["prepare"]]
    return "\n".join(lines)


def plan_as_csv(document: PlanDocument) -> str:
    """The visits as a table, one row for each thing of a day.

    A cell that a spreadsheet would take for a formula begins with an apostrophe.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(("day", "week", "date", "when", "kind", "what", "why", "minutes", "state"))
    for day in document["days"]:
        when = (day["day"], day["week"], day["date"] or "", when_words(day))
        for dose in day["doses"]:
            minutes = "-".join(str(each) for each in dict.fromkeys(dose["minutes"] or ()))
            writer.writerow(
                (*when, "treatment", dose["name"], f"cycle {dose['cycle']}", minutes, "")
            )
        for check in day["checks"]:
            why = "; ".join(f"{each['drug']}: {each['purpose']}" for each in check["why"])
            states = "; ".join(dict.fromkeys(each["state"] for each in check["why"]))
            writer.writerow(
                (
                    *when,
                    "check",
                    _plain(respelled(check["label"])),
                    _plain(respelled(why)),
                    "",
                    states,
                )
            )
    return out.getvalue()


def _plain(text: str) -> str:
    return f"'{text}" if text[:1] in "=+-@" else text
