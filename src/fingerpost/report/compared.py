"""One medicine with all authorities side by side, as a document and as text."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import fingerpost
from fingerpost.options.compare import Difference, Fits, Use, Wording, compare
from fingerpost.options.people import Inventor
from fingerpost.options.uses import COMPARED
from fingerpost.report.conditions_said import conditions_said
from fingerpost.report.documents import state_of
from fingerpost.report.option_said import drug_said, first_day, heading_of, licence_said
from fingerpost.report.person_said import person_said
from fingerpost.report.text.head import AUTHORITIES, STATE, closing, opening
from fingerpost.report.text.layout import day, full_stop, item, items, listed, wrap
from fingerpost.report.text.option import drug_name

if TYPE_CHECKING:
    from fingerpost.knowledge.model import Knowledge
    from fingerpost.report.contract import (
        CompareDocument,
        ConditionSaid,
        DifferenceSaid,
        FitsSaid,
        UseSaid,
        WordingSaid,
    )

_SAME = "Nobody can be invented whom only one of the two fits: in effect they ask the same."
_UNSETTLED = (
    "Nobody was found whom only one of the two fits; whether there is anybody is not settled."
)


def compare_document(knowledge: Knowledge, drug: str, on: dt.date) -> CompareDocument:
    """Everything that `fingerpost compare` answers."""
    inventor = Inventor(knowledge)
    return {
        "ok": True,
        "fingerpost": fingerpost.__version__,
        "knowledge": state_of(knowledge, on),
        "on": on.isoformat(),
        "drug": drug_said(drug, knowledge),
        "uses": [_use(use, inventor) for use in compare(knowledge, drug, on)],
    }


def _use(use: Use, inventor: Inventor) -> UseSaid:
    knowledge = inventor.knowledge
    there = {wording.authority for wording in use.wordings}
    return {
        "title": heading_of(use.wordings[0].option, knowledge),
        "row": use.row,
        "wordings": [_wording(each, knowledge) for each in use.wordings],
        "missing": [name for name in COMPARED if name not in there],
        "in_common": conditions_said(use.in_common, knowledge),
        "differences": [_difference(each, inventor) for each in use.differences],
    }


def _wording(wording: Wording, knowledge: Knowledge) -> WordingSaid:
    option, window = wording.option, wording.window
    return {
        "authority": wording.authority,
        "id": option.id,
        "title": heading_of(option, knowledge),
        "status": window.status if window else None,
        "in_force_from": first_day(window) if window else None,
        "in_force_until": window.until.isoformat() if window and window.until else None,
        "section": window.section if window else None,
        "source": window.source if window else None,
        "state": window.date_state if window else None,
        "licence": licence_said(option),
        "criteria": conditions_said(window.criteria if window else (), knowledge),
    }


def _difference(difference: Difference, inventor: Inventor) -> DifferenceSaid:
    knowledge = inventor.knowledge
    return {
        "first": difference.first,
        "second": difference.second,
        "only_first": conditions_said(difference.only_first, knowledge),
        "only_second": conditions_said(difference.only_second, knowledge),
        "fits_only_first": _fits(difference.fits_first, inventor),
        "fits_only_second": _fits(difference.fits_second, inventor),
        "unsettled": difference.unsettled,
    }


def _fits(fits: Fits | None, inventor: Inventor) -> FitsSaid | None:
    person = None if fits is None else person_said(fits.person, inventor)
    if fits is None or person is None:
        return None
    return {**person, "other": fits.other.value}


# --- as text ------------------------------------------------------------------------------


def compare_text(document: CompareDocument) -> str:
    """The comparison for people, at most 100 columns wide."""
    name = drug_name(document["drug"])
    title = f"Fingerpost: {name} in the US, the EU and England, as of {day(document['on'])}"
    lines = opening(title, document["knowledge"])
    does = document["drug"]["what_it_does"]
    lines += ["", *wrap(does, 2)] if does else []
    if not document["uses"]:
        lines += ["", *wrap("No use of it in breast cancer is known here.", 2)]
    for number, use in enumerate(document["uses"], 1):
        lines += _use_lines(number, use)
    return "\n".join([*lines, *closing()]) + "\n"


def _use_lines(number: int, use: UseSaid) -> list[str]:
    row = f" [row {use['row']}]" if use["row"] else ""
    lines = ["", *wrap(f"{number}. {use['title']}{row}", 0, 3)]
    for wording in use["wordings"]:
        lines += item(_wording_words(wording), 3)
    if use["missing"]:
        names = listed([AUTHORITIES[name] for name in use["missing"]], "or")
        lines += wrap(f"No such use is known here of {names}.", 3)
    if use["in_common"]:
        # In our own words: each authority says it in its own.
        says = [full_stop(condition["says"]) for condition in use["in_common"]]
        lines += ["", *wrap("All ask:", 3), *items(says, 5)]
    for difference in use["differences"]:
        lines += _difference_lines(difference)
    if len(use["wordings"]) == 1 and use["wordings"][0]["criteria"]:
        only = use["wordings"][0]
        lines += ["", *wrap(f"{AUTHORITIES[only['authority']]} asks:", 3)]
        lines += items(map(_condition, only["criteria"]), 5)
    return lines


def _wording_words(wording: WordingSaid) -> str:
    name = AUTHORITIES[wording["authority"]]
    if wording["status"] == "no_guidance_found":
        return f"{name}: no guidance was found [{wording['id']}]"
    if wording["status"] is None:
        return f"{name}: not in force on this day [{wording['id']}]"
    since = f" since {day(wording['in_force_from'])}" if wording["in_force_from"] else ""
    place = wording["section"] or ""
    section = f", section {place}" if place[:1].isdigit() else f", {place}" if place else ""
    state = STATE[wording["state"] or "verified"]
    status = wording["status"].replace("_", " ")
    return f"{name}: {status}{section}{since}{state} [{wording['id']}]"


def _difference_lines(difference: DifferenceSaid) -> list[str]:
    first = AUTHORITIES[difference["first"].partition(".")[0]]
    second = AUTHORITIES[difference["second"].partition(".")[0]]
    lines = ["", *wrap(f"{first} and {second}", 3)]
    for name, only in ((first, difference["only_first"]), (second, difference["only_second"])):
        if only:
            lines += [*wrap(f"Only {name} asks:", 5), *items(map(_condition, only), 7)]
    if not difference["only_first"] and not difference["only_second"]:
        return [*lines, *wrap("Both ask the same.", 5)]
    people = [
        *_person_lines(first, second, difference["fits_only_first"]),
        *_person_lines(second, first, difference["fits_only_second"]),
    ]
    nobody = _UNSETTLED if difference["unsettled"] else _SAME
    return [*lines, *(people or wrap(nobody, 5))]


def _person_lines(fits: str, other: str, person: FitsSaid | None) -> list[str]:
    if person is None:
        return []
    does = "does not" if person["other"] == "no" else "leaves open"
    head = f"An invented person whom {fits} fits and {other} {does}:"
    return [*wrap(head, 5), *items(person["words"], 7)]


def _condition(condition: ConditionSaid) -> str:
    words = f"“{condition['label']}”" if condition["quoted"] else ""
    said = full_stop(condition["says"])
    return (
        f"{said} Label: {words}{STATE[condition['state']]}"
        if words
        else said + STATE[condition["state"]]
    )
