"""The answer of `fingerpost options` as text: calm first, then every option with its reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from fingerpost.messages import gettext as _
from fingerpost.messages import marked, ngettext
from fingerpost.report.text.beside import elsewhere, guideline_based
from fingerpost.report.text.head import (
    answer_word,
    cancer,
    closing,
    opening,
    paper,
    states_legend,
    title_of,
    to_look_at,
)
from fingerpost.report.text.layout import section, wrap
from fingerpost.report.text.missing import first_three
from fingerpost.report.text.option import (
    STRONG,
    by_reason,
    in_full,
    not_in_force,
    strong_warning,
    trace_lines,
)

if TYPE_CHECKING:
    from fingerpost.report.contract import OptionSaid, OptionsDocument

GROUPS = {
    "matches": (
        marked("Fits the %(paper)s"),
        marked(
            "Every condition of the %(paper)s is answered yes. Whether it is a good choice is for you and your "
            "team to weigh."
        ),
    ),
    "might_match": (
        marked("Might fit"),
        marked("No condition is answered no, and at least one is not known."),
    ),
    "not_yet": (
        marked("Not yet"),
        marked(
            "Only conditions about earlier treatment are not met now; later treatment could change that."
        ),
    ),
    "does_not_match": (
        marked("Does not fit the %(paper)s"),
        marked(
            "At least one condition is answered no. They stand below the reason that decides; --explain shows "
            "every condition."
        ),
    ),
}
# Headings for what is not in force, what they mean, and the reasons that belong below; the last takes the rest.
_ABSENT: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        marked("Looked at, and not recommended"),
        marked("Each says whether this record is of those whom the decision is about."),
        ("not recommended", "terminated"),
    ),
    (
        marked("No guidance was found"),
        marked(
            "This is not a no. Older medicines in common use often have no guidance of their own, and newer "
            "ones may not have been looked at yet. Your team knows whether and how they can be given."
        ),
        ("no guidance found",),
    ),
    (marked("Not in force on this day"), "", ()),
)
_NAMED = frozenset(reason for _title, _meaning, reasons in _ABSENT for reason in reasons)
_IN_FULL = ("matches", "might_match")
_NO_RANKING = marked("The order is by setting and name. It is not a ranking.")


def options_text(document: OptionsDocument, *, explain: bool = False) -> str:
    """The whole answer, at most 100 columns wide."""
    title = title_of(document["authority"], document["on"])
    lines = [
        *opening(title, document["knowledge"]),
        *cancer(document["subtype"]),
        *to_look_at(document["messages"]),
        *first_three(document["missing"], document["options"]),
        *_overview(document),
    ]
    by_verdict = _by_verdict(document["options"])
    for verdict in GROUPS:
        lines += _group(verdict, by_verdict[verdict], explain=explain)
    lines += guideline_based(document["guideline_based"], explain=explain)
    lines += elsewhere(document["only_elsewhere"])
    lines += _out_of_force(document)
    lines += _derivations(document)
    lines += _marks(lines)
    return "\n".join([*lines, *closing()]) + "\n"


def _by_verdict(options: Sequence[OptionSaid]) -> Mapping[str, list[OptionSaid]]:
    groups: dict[str, list[OptionSaid]] = {verdict: [] for verdict in GROUPS}
    for option in options:
        groups[option["verdict"]].append(option)
    return groups


def _overview(document: OptionsDocument) -> list[str]:
    number = len(document["options"])
    uses = ngettext(
        "%(num)s use in force on this day.", "%(num)s uses in force on this day.", number
    )
    uses = uses if number else _("No uses in force on this day.")
    lines = wrap(f"{uses} {_(_NO_RANKING)}", 2)
    for verdict, found in _by_verdict(document["options"]).items():
        title = _(GROUPS[verdict][0], paper=paper(document["authority"]))
        lines += wrap(f"{title}: {len(found)}", 2)
        if verdict in _IN_FULL and found:
            names = dict.fromkeys(
                f"{option['medicines']}{strong_warning(option)}" for option in found
            )
            lines += wrap("; ".join(names), 6)
    return section(_("Options"), lines)


def _group(verdict: str, options: Sequence[OptionSaid], *, explain: bool) -> list[str]:
    if not options:
        return []
    called = paper(options[0]["authority"])
    title, meaning = (_(text, paper=called) for text in GROUPS[verdict])
    lines = ["", f"{title} ({len(options)})", *wrap(meaning, 2)]
    if not explain and verdict not in _IN_FULL:
        return [*lines, *by_reason(options)]
    for option in options:
        lines += in_full(option, explain=explain)
    return lines


def _out_of_force(document: OptionsDocument) -> list[str]:
    lines: list[str] = []
    for title, meaning, reasons in _ABSENT:
        found = [
            absent
            for absent in document["not_in_force"]
            if (absent["reason"] in reasons if reasons else absent["reason"] not in _NAMED)
        ]
        below = [line for absent in found for line in not_in_force(absent)]
        intro = wrap(_(meaning), 2) if found and meaning else []
        lines += section(f"{_(title)} ({len(found)})", intro, below)
    return lines


def _derivations(document: OptionsDocument) -> list[str]:
    """How each derived value follows; the traces of the conditions stop at these."""
    if "derivations" not in document:
        return []
    lines: list[str] = []
    for name, trace in document["derivations"].items():
        lines += ["", *wrap(f"{name}: {answer_word(trace['answer'])} ({trace['says']})", 2, 6)]
        for part in trace["parts"]:
            lines += trace_lines(part, 4)
    return section(_("How the derived facts follow"), lines[1:])


def _marks(lines: Sequence[str]) -> list[str]:
    text = "\n".join(lines)
    if _(STRONG) in text:
        told = _(
            "[strong warning]: something in this record is a strong reason against it; see there."
        )
        return ["", *wrap(told), *states_legend(lines)]
    return states_legend(lines)
