"""The options that can be looked at more closely, with their ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fingerpost.messages import gettext as _
from fingerpost.messages import marked
from fingerpost.report.option_said import heading_of
from fingerpost.report.spoken import spoken
from fingerpost.report.text.layout import section, wrap
from fingerpost.terms import Verdict

if TYPE_CHECKING:
    from fingerpost.options.model import Options

_TITLES = {
    Verdict.MATCHES: marked("Fits the label"),
    Verdict.MIGHT_MATCH: marked("Might fit: something is not known"),
    Verdict.NOT_YET: marked("Not yet"),
    Verdict.DOES_NOT_MATCH: marked("Does not fit"),
}


def choices_text(options: Options) -> str:
    """Every option by its verdict, with the id that `--option` takes."""
    lines = wrap(_("Choose one with --option ID. The order is not a ranking."))
    options = spoken(options)
    answers = [*options.options, *options.guideline]
    for verdict, title in _TITLES.items():
        found = [answer.option for answer in answers if answer.verdict is verdict]
        texts = [
            [*wrap(option.id, 2), *wrap(heading_of(option, options.knowledge), 6)]
            for option in found
        ]
        lines += section(f"{_(title)} ({len(found)})", *texts)
    return "\n".join(lines) + "\n"
