"""What stands beside the options as text: guideline-based regimens, and what is in force elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from fingerpost.report.text.layout import item, items, section, wrap
from fingerpost.report.text.option import in_full, reason_against

if TYPE_CHECKING:
    from fingerpost.report.contract import ElsewhereSaid, OptionSaid

_GUIDELINES = (
    "Regimens in common use that guidelines describe. No single label lists them, so they are no part of "
    "the options above."
)
_FITS = {"matches": "fits what guidelines describe", "might_match": "might fit"}
_ELSEWHERE = (
    "Other authorities have these in force, and this record fits or might fit them there. That says "
    "nothing about whether they can be had here."
)


def guideline_based(
    options: Sequence[OptionSaid], *, explain: bool = False, brief: bool = False
) -> list[str]:
    """The regimens that guidelines describe: those that fit or might, the others with the reason.

    In `brief` the others are only counted.
    """
    if not options:
        return []
    lines = wrap(_GUIDELINES, 2)
    for option in options:
        if explain:
            lines += in_full(option, explain=True)
        elif option["verdict"] in _FITS:
            lines += item(f"{option['heading']}: {_FITS[option['verdict']]}", 2)
    out = [option for option in options if option["verdict"] not in _FITS]
    if out and brief:
        lines += wrap(f"{len(out)} more do not fit, or not yet.", 2)
    elif out and not explain:
        lines += wrap(f"These {len(out)} do not fit, or not yet:", 2)
        for option in out:
            lines += item(f"{option['heading']}. {reason_against(option)}", 4)
    return section(f"By guidelines ({len(options)})", lines)


def elsewhere(others: Sequence[ElsewhereSaid], *, brief: bool = False) -> list[str]:
    """Uses that are in force only with other authorities; in `brief` their medicines only."""
    if not others:
        return []
    lines = wrap(_ELSEWHERE, 2)
    if brief:
        named: dict[str, dict[str, None]] = {}
        for other in others:
            named.setdefault(other["authority"].upper(), {})[other["medicines"]] = None
        told = [f"{name}: {'; '.join(medicines)}" for name, medicines in named.items()]
        return section(f"In force elsewhere ({len(others)})", lines, items(told, 2))
    for other in others:
        fits = "fits" if other["verdict"] == "matches" else "might fit"
        lines += item(f"{other['authority'].upper()}: {other['heading']} ({fits} there)", 2)
    return section(f"In force elsewhere ({len(others)})", lines)
