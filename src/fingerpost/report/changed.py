"""What changed between two days, and for whom, as a document and as text that a clinician can read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

import fingerpost
from fingerpost.messages import marked
from fingerpost.options.changes import Change, changes_between
from fingerpost.options.people import Inventor
from fingerpost.report.conditions_said import conditions_said
from fingerpost.report.documents import state_of
from fingerpost.report.option_said import heading_of
from fingerpost.report.person_said import person_said
from fingerpost.report.text.head import AUTHORITIES, STATE, opening
from fingerpost.report.text.layout import counted, day, full_stop, item, items, section, wrap

if TYPE_CHECKING:
    from fingerpost.knowledge.model import Knowledge
    from fingerpost.report.contract import (
        ChangeSaid,
        ChangesDocument,
        ConditionSaid,
        PersonSaid,
    )

CHANGE_TITLES = {
    "appeared": marked("New on the later day"),
    "changed": marked("Changed"),
    "refused": marked("Looked at, and not recommended"),
    "left": marked("No longer in force on the later day"),
}
_ENDED = {
    "replaced": "replaced by another wording",
    "withdrawn": "withdrawn",
    "revoked": "revoked",
    "narrowed": "narrowed",
    "widened": "widened",
}


def changes_document(  # noqa: PLR0913 (each narrows the question, by its name)
    knowledge: Knowledge,
    earlier: dt.date,
    later: dt.date,
    *,
    authority: str | None = None,
    drug: str | None = None,
    only: str | None = None,
    people: bool = True,
) -> ChangesDocument:
    """Everything that `fingerpost knowledge diff` answers; without `people` in a moment."""
    inventor = Inventor(knowledge) if people else None
    found = changes_between(
        knowledge, earlier, later, authority=authority, drug=drug, only=only, people=people
    )
    return {
        "ok": True,
        "fingerpost": fingerpost.__version__,
        "knowledge": state_of(knowledge, later),
        "earlier": earlier.isoformat(),
        "later": later.isoformat(),
        "changes": [_change(each, knowledge, inventor) for each in found],
    }


def _change(change: Change, knowledge: Knowledge, inventor: Inventor | None) -> ChangeSaid:
    option = change.option
    before, after = change.before, change.after
    shown = before if change.kind == "left" and before else after
    last = after or before or option.windows[-1]
    whole = () if change.kind == "changed" else (shown or last).criteria
    began = after.start if after else None
    ended = before.until if before and not after else None
    on = began or ended
    return {
        "kind": change.kind,
        "id": option.id,
        "heading": heading_of(option, knowledge),
        "authority": option.authority,
        "row": option.row,
        "on": on.isoformat() if on else None,
        "on_state": last.date_state,
        "status_before": before.status if before else None,
        "status_after": after.status if after else None,
        "how": _how(change),
        "conditions": conditions_said(whole, knowledge),
        "gone": conditions_said(change.gone, knowledge),
        "new": conditions_said(change.new, knowledge),
        "gains": None if inventor is None else person_said(change.gains, inventor),
        "loses": None if inventor is None else person_said(change.loses, inventor),
        "steps": len(change.steps),
        "source": last.source,
    }


def _how(change: Change) -> str | None:
    """How it ended: the authority's new word where it has one."""
    if change.kind == "left" and change.after is not None:
        return change.after.status
    return change.before.ended if change.before else None


# --- as text ------------------------------------------------------------------------------


def changes_text(document: ChangesDocument) -> str:
    """The changes for people, at most 100 columns wide."""
    title = f"Fingerpost: what changed from {day(document['earlier'])} to {day(document['later'])}"
    lines = opening(title, document["knowledge"])
    for kind, heading in CHANGE_TITLES.items():
        found = [change for change in document["changes"] if change["kind"] == kind]
        below = [line for change in found for line in _lines(change)]
        lines += section(f"{heading} ({len(found)})", below[1:])
    if not document["changes"]:
        lines += ["", "Nothing that is known here changed between the two days."]
    else:
        lines += ["", *wrap(f"{counted(len(document['changes']), 'change')} in all.")]
    return "\n".join(lines) + "\n"


def _lines(change: ChangeSaid) -> list[str]:
    name = AUTHORITIES.get(change["authority"], change["authority"].upper())
    lines = item(f"{name}: {change['heading']} [{change['id']}]", 2)
    lines += wrap(when_words(change), 6)
    lines += _conditions("It asks:", change["conditions"])
    lines += _conditions("No longer asked:", change["gone"])
    lines += _conditions("Asked now:", change["new"])
    lines += _person(GAINS[change["kind"]], change["gains"])
    lines += _person(LOSES[change["kind"]], change["loses"])
    return ["", *lines]


GAINS = {
    "appeared": marked("An invented person whom it fits:"),
    "changed": marked("An invented person whom it fits only since:"),
    "refused": "",
    "left": "",
}
LOSES = {
    "appeared": "",
    "changed": marked(
        "An invented person whom it fitted before, and does not (or not for certain) since:"
    ),
    "refused": marked("An invented person whom this is about:"),
    "left": marked("An invented person whom it fitted:"),
}


def when_words(change: ChangeSaid) -> str:
    """What happened to the use, when, and where that was read."""
    state = STATE[change["on_state"]]
    on = f" on {day(change['on'])}{state}" if change["on"] else ""
    before, after = (
        word.replace("_", " ") if word else None
        for word in (change["status_before"], change["status_after"])
    )
    match change["kind"]:
        case "appeared":
            said = f"In force{on.replace(' on ', ' since ')}: {after}"
        case "refused":
            said = f"Since{on.replace(' on ', ' ')}: {after}"
        case "left":
            how = _ENDED.get(change["how"] or "", (change["how"] or "over").replace("_", " "))
            word = "Since" if after else "Last day"
            said = f"{word}{on.replace(' on ', ' ')}: {how}"
        case _:
            moved = f"{before}, then {after}" if before != after else f"{after} before and after"
            said = f"Changed{on}: {moved}"
            if not change["gone"] and not change["new"]:
                said += "; the conditions are the same"
    more = f"; {change['steps']} wordings in between" if change["steps"] > 1 else ""
    return full_stop(f"{said}{more} [{change['source']}]")


def _conditions(head: str, conditions: Sequence[ConditionSaid]) -> list[str]:
    if not conditions:
        return []
    return [
        *wrap(head, 6),
        *items([f"{full_stop(c['says'])}{STATE[c['state']]}" for c in conditions], 8),
    ]


def _person(head: str, person: PersonSaid | None) -> list[str]:
    return [*wrap(head, 6), *items(person["words"], 8)] if person is not None else []
