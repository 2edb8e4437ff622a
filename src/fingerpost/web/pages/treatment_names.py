"""The names of one treatment: what they were read as, what must be asked about, and what was chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from fingerpost.errors import Problem
from fingerpost.messages import gettext as _
from fingerpost.record.drugs.model import SET_ASIDE, NamedDrugs
from fingerpost.record.form.treatments import kinds_named
from fingerpost.web.pages.treatment_form import Chosen

if TYPE_CHECKING:
    from fingerpost.record.drugs.model import NamedPart
    from fingerpost.web.exchange import Exchange

# What is chosen where a name was asked about, and no medicine that was offered is meant.
AS_WRITTEN = "written"


def read(exchange: Exchange, words: str) -> NamedDrugs:
    """The medicines that are named; radiation and operations are none, and are read with the form."""
    if kinds_named(words):
        return NamedDrugs()
    engine = exchange.engine
    return engine.dictionaries(engine.day(exchange.session.answers)).names.read(words)


def no_treatment(
    exchange: Exchange, named: NamedDrugs, sent: Mapping[str, str]
) -> Sequence[Problem]:
    """Words that name no treatment of the cancer: "none", or a medicine against something else."""
    if kinds_named(sent["drugs"]) or any(each.how not in SET_ASIDE for each in named.parts):
        return ()
    other = next((each for each in named.parts if each.how == "not_against_cancer"), None)
    if other is not None:
        what = _(
            "“%(words)s” does not belong in this list: %(why)s.", words=other.words, why=other.why
        )
    elif exchange.session.answers.treatments:
        what = _("“%(words)s” names no treatment.", words=sent["drugs"])
    else:
        what = _(
            "“%(words)s” names no treatment. If you have had none, go back to the list and press “I have had none”.",
            words=sent["drugs"],
        )
    return [Problem("no-answer", "drugs", what)]


def unsure_of(named: NamedDrugs) -> list[tuple[int, NamedPart]]:
    """The names to ask about: those that fit none, and those that were read as another word."""
    return [(at, part) for at, part in enumerate(named.parts) if part.certainty != "certain"]


def chosen_of(exchange: Exchange, named: NamedDrugs, words: str) -> Chosen | None:
    """The names as they will be kept; None while the person has not said what was meant.

    What was asked about is replaced in place by what was chosen. A name that resembles a medicine and
    was left as it was written is not read as that medicine; all else stays as it was written.
    """
    asked = unsure_of(named)
    if not asked:
        return Chosen([words])
    if exchange.text("asked") != words or any(not _answer(exchange, at) for at, _part in asked):
        return None
    kept: list[str] = []
    left_open: list[str] = []
    for at, part in enumerate(named.parts):
        known = {part.known_as, *part.candidates}
        wanted = _answer(exchange, at)
        if part.certainty != "certain" and wanted in known:
            kept.append(wanted)
        elif part.certainty == "read_as":
            left_open.append(part.words)
        else:
            kept.append(part.words)
    return Chosen(kept, left_open)


def _answer(exchange: Exchange, at: int) -> str:
    return exchange.text(f"meant-{at}")


def not_said(
    exchange: Exchange, unsure: Sequence[tuple[int, NamedPart]], words: str
) -> Sequence[Problem]:
    """Names that were asked about and not answered; none where they are asked about only now."""
    if exchange.text("asked") != words:
        return ()
    return [
        Problem("no-answer", f"meant-{at}", _("Say what “%(words)s” is.", words=part.words))
        for at, part in unsure
        if not _answer(exchange, at)
    ]
