"""What stands beside the options as text: guideline-based regimens, and what is in force elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from fingerpost.messages import gettext as _
from fingerpost.messages import marked, ngettext
from fingerpost.report.text.layout import item, items, section, wrap
from fingerpost.report.text.option import in_full, reason_against

if TYPE_CHECKING:
    from fingerpost.report.contract import ElsewhereSaid, OptionSaid

_GUIDELINES = marked(
    "Regimens in common use that guidelines describe. No single label lists them, so they are no part of "
    "the options above."
)
_FITS = {"matches": marked("fits what guidelines describe"), "might_match": marked("might fit")}
_ELSEWHERE = marked(
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
    lines = wrap(_(_GUIDELINES), 2)
    for option in options:
        if explain:
            lines += in_full(option, explain=True)
        elif option["verdict"] in _FITS:
            lines += item(f"{option['heading']}: {_(_FITS[option['verdict']])}", 2)
    out = [option for option in options if option["verdict"] not in _FITS]
    if out and brief:
        lines += wrap(
            ngettext(
                "%(num)s more do not fit, or not yet.",
                "%(num)s more do not fit, or not yet.",
                len(out),
            ),
            2,
        )
    elif out and not explain:
        lines += wrap(
            ngettext(
                "These %(num)s do not fit, or not yet:",
                "These %(num)s do not fit, or not yet:",
                len(out),
            ),
            2,
        )
        for option in out:
            lines += item(f"{option['heading']}. {reason_against(option)}", 4)
    return section(_("By guidelines (%(count)s)", count=len(options)), lines)


def elsewhere(others: Sequence[ElsewhereSaid], *, brief: bool = False) -> list[str]:
    """Uses that are in force only with other authorities; in `brief` their medicines only."""
    if not others:
        return []
    lines = wrap(_(_ELSEWHERE), 2)
    if brief:
        named: dict[str, dict[str, None]] = {}
        for other in others:
            named.setdefault(other["authority"].upper(), {})[other["medicines"]] = None
        told = [f"{name}: {'; '.join(medicines)}" for name, medicines in named.items()]
        return section(
            _("In force elsewhere (%(count)s)", count=len(others)), lines, items(told, 2)
        )
    for other in others:
        fits = _("fits there") if other["verdict"] == "matches" else _("might fit there")
        lines += item(f"{other['authority'].upper()}: {other['heading']} ({fits})", 2)
    return section(_("In force elsewhere (%(count)s)", count=len(others)), lines)
