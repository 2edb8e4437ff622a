"""What the owner of a record is told of names that were not read letter for letter."""

from __future__ import annotations

import re

from fingerpost.messages import later, marked
from fingerpost.record.drugs.doubted import DOUBTED
from fingerpost.record.drugs.model import SET_ASIDE, NamedDrugs, NamedPart
from fingerpost.record.model import Message

# "letrozole -> fulvestrant": one after the other, in one entry.
_IN_TURN = re.compile(
    r"\bfollowed\s+by\b|\b(?:switched|changed)\s+to\b|\bthen\b|\bafter\b|[-=]+>+|\u2192",
    re.IGNORECASE,
)


def are_in_turn(text: str, named: NamedDrugs) -> bool:
    """Whether an entry lists medicines one after the other; a regimen's name is one."""
    medicines = [part for part in named.parts if part.how not in SET_ASIDE]
    return len(medicines) > 1 and _IN_TURN.search(text) is not None


def told_in_turn(text: str, named: NamedDrugs, where: str) -> list[Message]:
    """What is told of medicines that an entry lists one after the other."""
    if not are_in_turn(text, named):
        return []
    what = later(
        '"%(words)s" tells of medicines one after the other, and they were taken as given together, '
        "on the same days and for one reason",
        words=shown(text),
    )
    advice = marked("write an entry for each, with its own days and why it ended")
    return [Message("given_in_turn", where, what, advice, "warning")]


def told_of(named: NamedDrugs, where: str) -> list[Message]:
    """One message for each name that was read as another, left open, or set aside."""
    return [message for part in named.parts if (message := _told_of(part, where)) is not None]


def _told_of(part: NamedPart, where: str) -> Message | None:
    words = shown(part.words)
    if part.certainty == "open":
        return _open(part, words, where)
    if part.certainty == "read_as":
        what = later(
            'read "%(words)s" as %(name)s: %(why)s', words=words, name=part.known_as, why=part.why
        )
        return Message(
            "drug_read_as", where, what, marked("correct the name if another one is meant")
        )
    if part.how in SET_ASIDE:
        what = later('"%(words)s" was set aside: %(why)s', words=words, why=part.why)
        return Message("not_a_cancer_medicine", where, what)
    return None


def _open(part: NamedPart, words: str, where: str) -> Message:
    what = later(
        'no drug is known by the name "%(words)s", so it is left open which drug this was',
        words=words,
    )
    if part.how != "not_known" or part.why == DOUBTED:
        what = later('"%(words)s" is left open: %(why)s', words=words, why=part.why)
    elif part.why.startswith("it looks"):
        what = later(
            'no drug is known by the name "%(words)s", so it is left open which drug this was; %(why)s',
            words=words,
            why=part.why,
        )
    several = " or ".join(part.candidates)
    advice: str = marked("check the spelling")
    if several:
        advice = later("%(names)s, if one of these is meant", names=several)
    return Message("unresolved_drug", where, what, advice, "warning")


def shown(text: str) -> str:
    """A name as it may stand in a message: short, in one line, and printable everywhere."""
    return " ".join(text.split())[:60].encode("utf-8", "replace").decode("utf-8")
