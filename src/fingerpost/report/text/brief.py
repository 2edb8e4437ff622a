"""The answer at a glance: each option that is open in two lines, the others counted by reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from fingerpost.messages import gettext as _
from fingerpost.messages import marked, ngettext
from fingerpost.report.text.because import because_texts
from fingerpost.report.text.beside import elsewhere, guideline_based
from fingerpost.report.text.head import (
    cancer,
    closing,
    opening,
    paper,
    states_legend,
    title_of,
    to_look_at,
)
from fingerpost.report.text.layout import full_stop, item, section, wrap
from fingerpost.report.text.missing import first_three
from fingerpost.report.text.option import headed, reason_against

if TYPE_CHECKING:
    from fingerpost.report.contract import OptionSaid, OptionsDocument

_TITLES = {
    "matches": marked("Fits the %(paper)s: every condition is answered yes"),
    "might_match": marked("Might fit: nothing says no, and something is not known"),
    "not_yet": marked("Not yet: only earlier treatment is missing"),
    "does_not_match": marked("Does not fit the %(paper)s"),
}
_MOST_REASONS = 6


def brief_text(document: OptionsDocument) -> str:
    """The same answer as in full, without the conditions one by one."""
    title = title_of(document["authority"], document["on"])
    lines = [
        *opening(title, document["knowledge"]),
        *cancer(document["subtype"]),
        *to_look_at(document["messages"]),
        *first_three(document["missing"], document["options"]),
    ]
    for verdict, heading in _TITLES.items():
        found = [option for option in document["options"] if option["verdict"] == verdict]
        if found:
            told = _(heading, paper=paper(document["authority"]))
            lines += section(f"{told} ({len(found)})", _group(verdict, found))
    lines += guideline_based(document["guideline_based"], brief=True)
    lines += elsewhere(document["only_elsewhere"], brief=True)
    order = _("The order is by setting and name. It is not a ranking.")
    full = _(
        "Without --brief: every condition, where it was read, and what in the record answered it."
    )
    return (
        "\n".join([*lines, *states_legend(lines), "", *wrap(order), *wrap(full), *closing()]) + "\n"
    )


def _group(verdict: str, options: Sequence[OptionSaid]) -> list[str]:
    if verdict == "does_not_match":
        return _counted_reasons(options)
    lines: list[str] = []
    for option in options:
        lines += item(headed(option), 2)
        for earlier in option["had_before"]:
            lines += wrap(full_stop(_("Had before: %(what)s", what=earlier)), 6)
        for earlier in option["had_family_before"]:
            lines += wrap(full_stop(_("Same family had before: %(what)s", what=earlier)), 6)
        lines += [] if verdict == "not_yet" else wrap(_why(option), 6)
    return lines


def _why(option: OptionSaid) -> str:
    open_ones = [c for c in option["criteria"] if c["answer"] == "unknown"]
    if not open_ones:
        number = len(option["criteria"])
        return ngettext(
            "%(num)s condition of the %(paper)s, answered yes.",
            "%(num)s conditions of the %(paper)s, each answered yes.",
            number,
            paper=paper(option["authority"]),
        )
    missing = [text for c in open_ones for text in because_texts(c["because"], most=2, brief=True)]
    told = full_stop("; ".join(dict.fromkeys(missing)))
    return _("To find out: %(missing)s", missing=told)


def _counted_reasons(options: Sequence[OptionSaid]) -> list[str]:
    """Most are ruled out for the same few reasons; those are what one wants to see first."""
    reasons: dict[str, int] = {}
    for option in options:
        reason = reason_against(option)
        reasons[reason] = reasons.get(reason, 0) + 1
    ordered = sorted(reasons.items(), key=lambda pair: -pair[1])
    lines = [
        line
        for reason, count in ordered[:_MOST_REASONS]
        for line in item(_counted(count, reason), 2)
    ]
    left = sum(count for _, count in ordered[_MOST_REASONS:])
    others = ngettext(
        "%(num)s option for other reasons.", "%(num)s options for other reasons.", left
    )
    return [*lines, *item(others, 2)] if left else lines


def _counted(count: int, reason: str) -> str:
    return ngettext(
        "%(num)s option. %(reason)s", "%(num)s options. %(reason)s", count, reason=reason
    )
