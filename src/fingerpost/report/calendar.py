"""The days of a plan as a calendar file and as a table: neutral words, stable names, no times of day."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from fingerpost.errors import Problem, UsageError
from fingerpost.report.messages import gettext as _
from fingerpost.report.messages import respelled
from fingerpost.report.text.layout import full_stop, listed
from fingerpost.report.text.plan import check_label, minutes_words, when_words
from fingerpost.report.text.plan_parts import not_complete, place_words, without_days_words

if TYPE_CHECKING:
    from icalendar import Event

    from fingerpost.report.plan_contract import DaySaid, PartSaid, PlanDocument

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
    if document["without_days"]:
        calendar.add_component(_not_complete(document, name_medicines))
    for day in document["days"]:
        calendar.add_component(_event(day, document, name_medicines, remind))
    return bytes(calendar.to_ical()).decode()


def _event(day: DaySaid, document: PlanDocument, name_medicines: bool, remind: bool) -> Event:
    from icalendar import Alarm

    date = dt.date.fromisoformat(day["date"] or "")
    summary = respelled(_summary(day, name_medicines))
    description = _description(day, document["parts"], name_medicines)
    event = _whole_day(document, str(day["day"]), date, summary, description)
    if remind:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", summary)
        alarm.add("trigger", _REMIND_BEFORE)
        event.add_component(alarm)
    return event


def _not_complete(document: PlanDocument, name_medicines: bool) -> Event:
    """A first event, on the day of the start, that says that not all visits are in the calendar."""
    lines = [not_complete(document)]
    if name_medicines:
        lines += [
            f"{each['name']}: {without_days_words(each)}" for each in document["without_days"]
        ]
    date = dt.date.fromisoformat(document["start"] or "")
    title = respelled(_("Calendar not complete"))
    return _whole_day(document, "not complete", date, title, "\n".join(lines))


def _whole_day(
    document: PlanDocument, place: str, date: dt.date, summary: str, description: str
) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", _uid(document["option"]["id"], place))
    # The clock is not read below the doors: the stamp is the day that was asked about.
    asked = dt.date.fromisoformat(document["on"])
    event.add("dtstamp", dt.datetime(asked.year, asked.month, asked.day, tzinfo=dt.UTC))
    event.add("sequence", 0)
    event.add("dtstart", date)
    event.add("dtend", date + dt.timedelta(days=1))
    event.add("summary", summary)
    event.add("description", respelled(description))
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    return event


def _uid(option: str, place: str) -> str:
    digest = hashlib.sha256(f"{option}\0{place}".encode()).hexdigest()[:32]
    return f"{digest}@fingerpost"


def _summary(day: DaySaid, name_medicines: bool) -> str:
    if not name_medicines:
        return " and ".join([day["neutral"][0], *(e.lower() for e in day["neutral"][1:])])
    names = [each["name"] for each in day["doses"]] + [each["label"] for each in day["checks"]]
    return listed(names)


def _description(day: DaySaid, parts: Sequence[PartSaid], name_medicines: bool) -> str:
    lines = [_("A typical plan. Your team's written plan wins.")]
    if day["day"] == 0:
        lines.append(_("In the days before the start; ask for the date."))
    if any(each["ahead"] for each in day["checks"]):
        lines.append(_("Some checks are done in the days before; ask for their dates."))
    if day["doses"] and len(parts) > 1:
        newest = max(day["doses"], key=lambda dose: dose["part"])
        lines.append(full_stop(_capital(place_words(newest, parts))))
    if day["minutes"] is not None:
        minutes = minutes_words(day["minutes"])
        lines.append(_("In the chair %(minutes)s; waiting comes on top.", minutes=minutes))
    if name_medicines:
        lines += [each["prepare"] for each in day["checks"] if each["prepare"]]
    return "\n".join(lines)


def plan_as_csv(document: PlanDocument) -> str:
    """The visits as a table, one row for each thing of a day.

    What has no days stands first, so that nobody takes the table for complete. A cell that a spreadsheet
    would take for a formula begins with an apostrophe.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(("day", "week", "date", "when", "kind", "what", "why", "minutes", "state"))
    for missing in document["without_days"]:
        what, why = _plain(respelled(missing["name"])), respelled(without_days_words(missing))
        writer.writerow(("", "", "", _("Not in this table"), "no days", what, why, "", ""))
    for day in document["days"]:
        when = (day["day"], day["week"], day["date"] or "", when_words(day))
        for dose in day["doses"]:
            minutes = "-".join(str(each) for each in dict.fromkeys(dose["minutes"] or ()))
            writer.writerow(
                (
                    *when,
                    "treatment",
                    dose["name"],
                    respelled(place_words(dose, document["parts"])),
                    minutes,
                    "",
                )
            )
        for check in day["checks"]:
            why = "; ".join(f"{each['drug']}: {each['purpose']}" for each in check["why"])
            states = "; ".join(dict.fromkeys(each["state"] for each in check["why"]))
            writer.writerow(
                (
                    *when,
                    "check",
                    _plain(respelled(check_label(check))),
                    _plain(respelled(why)),
                    "",
                    states,
                )
            )
    return out.getvalue()


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _plain(text: str) -> str:
    return f"'{text}" if text[:1] in "=+-@" else text
