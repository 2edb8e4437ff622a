"""Tables that print what is normal beside each result: the column of cut-offs is no result."""

from __future__ import annotations

import re
from collections.abc import Iterator

Span = tuple[int, int]

_HEAD = re.compile(
    r"(?:^|(?<=\n))(?=[^\n]{0,60}\b(?:tests?|markers?|biomarkers?|antibod(?:y|ies)|analytes?|assays?|stains?|receptors?)\b)"
    r"[^\n:]{0,100}?\b(?:results?|status|findings?|% ?positive|percent\w*|interpretation)\b[^\n:]{0,60}?"
    r"\b(?:(?:reference|normal|expected)(?:\s(?:range|value|interval|level)s?)?|cut-?\s?offs?(?:\svalues?)?)[ |]{0,8}(?=\n)"
)
_CUT = re.compile(
    r"[^\n]{0,120}?(?:\bpositive|\bnegative|\bequivocal|amplified|\d\s?%|[0-3]\s?\+|\b0)[^\n]{0,80}?[ |]+"
    r"(?P<cut>(?:(?:negative|positive|normal)\s)?\(?(?:(?:[<>\u2264\u2265]=?|less than|greater than)\s?\d{1,2}(?:\.\d)?\s?%?"
    r"|0\s?(?:-|/|,|or|to)\s?1\s?\+?)\)?(?:\s?\(?(?:negative|positive|normal)\)?)?|negative|positive|not amplified)[ |]{0,8}(?=\n|$)"
)
_MOST_ROWS = 30


def reference_columns(text: str) -> Iterator[tuple[Span, list[Span]]]:
    r"""The head of every such table, and the cut-offs at the ends of its rows.

    >>> text = "test result reference range\ner 95% <1%\npr 0% <1%"
    >>> [[text[a:b] for a, b in cuts] for _, cuts in reference_columns(text)]
    [['<1%', '<1%']]
    """
    for head in _HEAD.finditer(text):
        cuts: list[Span] = []
        start = head.end() + 1
        for _ in range(_MOST_ROWS):
            end = text.find("\n", start)
            end = len(text) if end < 0 else end
            if not text[start:end].strip():
                break
            cut = _CUT.match(text, start)
            if cut is not None:
                cuts.append(cut.span("cut"))
            start = end + 1
        yield head.span(), cuts
