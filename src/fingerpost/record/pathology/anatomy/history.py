"""What the history of a report says of the person in so many words: before or after menopause."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fingerpost.record.dictionaries import Dictionaries
from fingerpost.record.pathology.report_text import ReportText
from fingerpost.record.pathology.statement import Statement
from fingerpost.values import Choice

_SAID = re.compile(
    r"\b(?P<when>pre|peri|post)-?\s?menopausal\b(?=\s(?:woman|female|patient|lady)|\s?[.,;)\n]|$)"
)
# "In postmenopausal women", "if premenopausal": of others, or not yet known.
_OF_OTHERS = re.compile(r"\b(?:in|for|if|whether|among|when|or|vs|versus|not)\s(?:\w+\s)?$|/\s?$")
_OTHERS_AFTER = re.compile(r"\s(?:women|patients|females)\b|\s?(?:/|or\b|vs)")


def read_history(report: ReportText, dictionaries: Dictionaries) -> Iterator[Statement]:
    """The menopausal status, only where it is plainly said of this person."""
    for match in _SAID.finditer(report.folded):
        before = report.folded[max(0, match.start() - 30) : match.start()]
        if _OF_OTHERS.search(before) or _OTHERS_AFTER.match(report.folded, match.end()):
            continue
        said = dictionaries.reader.words.say(
            "menopausal_status_reported", f"{match['when']}menopausal"
        )
        if said is not None and said.values:
            yield report.statement(
                "menopausal_status_reported", Choice(said.values), match.start(), match.end()
            )
