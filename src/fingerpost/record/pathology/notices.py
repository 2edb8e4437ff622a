"""What the owner should know of a report as a whole: that it tells of no invasive cancer."""

from __future__ import annotations

import re

from fingerpost.messages import gettext as _
from fingerpost.record.model import Message
from fingerpost.record.pathology.anatomy.tumor_words import is_after_medicine
from fingerpost.record.pathology.receptors.context import (
    IN_SITU,
    NO_INVASIVE,
    whole_report_is_not,
)
from fingerpost.record.pathology.report_text import ReportText

_RECEPTORS = re.compile(
    r"\b(?:er|pr|pgr|her-?\s?2|o?estrogen|progesterone|hormone)\b(?:[^.;\n]{0,60})(?:positiv|negativ|\d\s?%|\d\s?\+|/8|[+-])"
)


def notices_of(report: ReportText, name: str) -> tuple[Message, ...]:
    """The notices of a report; `name` is that of its file."""
    why = whole_report_is_not(report.folded)
    if why not in (IN_SITU, NO_INVASIVE) or is_after_medicine(report.folded):
        return ()
    what = (
        _("this report tells of carcinoma in situ (DCIS) and of no invasive cancer")
        if why == IN_SITU
        else _("this report says that no invasive cancer was seen, and names none")
    )
    if _RECEPTORS.search(report.folded):
        what = _(
            "%(what)s. Its receptor results were not used as those of an invasive cancer",
            what=what,
        )
    advice = _("if another report tells of an invasive cancer, add that one")
    return (Message("in_situ_only", name, what, advice, "warning"),)
