"""Files that a person brings, read in memory: what was read, or the people to choose from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from fingerpost.errors import Problem, RecordError
from fingerpost.messages import gettext as _
from fingerpost.record import source_text
from fingerpost.record.read import read_text
from fingerpost.web.answers import Brought
from fingerpost.web.file_problems import told_here

if TYPE_CHECKING:
    from fingerpost.record.dictionaries import Dictionaries
    from fingerpost.record.fhir.bundle import Found
    from fingerpost.web.exchange import Exchange

_SEX = {"female", "male"}


def read(exchange: Exchange, text: source_text.Text, patient: str | None = None) -> Brought:
    """What was read of one file; the people in it, where it is about several and none was chosen.

    Raises:
        RecordError: it cannot be read, or nothing in it is known.
    """
    try:
        return _read(exchange, text, patient)
    except RecordError as error:
        if patient is not None or all(each.code != "several-people" for each in error.problems):
            raise
        return Brought(text.name, people=_people(text), content=text.text.encode())


def dictionaries_of(exchange: Exchange) -> Dictionaries:
    """What files of this person are read against."""
    engine = exchange.engine
    return engine.dictionaries(engine.day(exchange.session.answers))


def _read(exchange: Exchange, text: source_text.Text, patient: str | None) -> Brought:
    dictionaries = dictionaries_of(exchange)
    record = read_text(text, dictionaries, patient)
    reading = None
    if record.kind == "text":
        from fingerpost.record.pathology.read import read_report

        reading = read_report(text, dictionaries)
    if not (record.findings or record.treatments):
        # Where the reader can say why nothing counts, its words stand; else those of the pages.
        why = next((each for each in record.messages if each.code == "in_situ_only"), None)
        what, advice = (why.what, why.try_this) if why is not None else ("", "")
        raise RecordError([Problem("nothing-to-read", text.name, what, "", advice)])
    return Brought(text.name, told_here(record, exchange.engine.knowledge), reading)


def _people(text: source_text.Text) -> Mapping[str, str]:
    """Everybody in an export: how the export names them, and what it says of them in words."""
    from fingerpost.record.fhir.bundle import everything_in, people_of

    found = list(everything_in(source_text.parse_json(text)))
    people = people_of(found)
    patients = {each.person: each for each in found if each.kind == "Patient"}
    return {
        person: _in_words(number, patients.get(person))
        for number, person in enumerate(people, start=1)
    }


def _in_words(number: int, patient: Found | None) -> str:
    about = patient.resource if patient is not None else {}
    born = re.match(r"\d{4}", str(about.get("birthDate") or ""))
    sex = about.get("gender")
    said = [_("born in %(year)s", year=born[0])] if born else []
    if sex in _SEX:
        said.append(_("female") if sex == "female" else _("male"))
    what = ", ".join(said) or _("neither the year of birth nor the sex is given")
    return _("Person %(number)s: %(what)s", number=number, what=what)
