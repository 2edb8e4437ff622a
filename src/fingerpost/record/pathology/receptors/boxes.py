"""Forms whose boxes stand behind their words: "Positive [ ]  Negative [x]", "0 [ ] 1+ [x] 2+ [ ]"."""

from __future__ import annotations

import re
from dataclasses import dataclass

Span = tuple[int, int]

_WORD = (
    r"(?:(?:(?:strongly|weakly|low)\s)?positive|negative|equivocal|borderline|indeterminate|(?:not\s|non-?\s?)?amplified"
    r"|(?:ultra-?)?low|not\s(?:performed|done|assessed|known)|unknown|pending|(?:score\s)?[0-3]\s?\+?(?![\d%.]))"
)
_BOX = (
    r"(?:\[[ ]{0,2}(?:[x\u2713\u2714][ ]{0,2})?\]|\([ ]?[x\u2713\u2714][ ]?\)|\([ ]{1,3}\)"
    r"|[\u2610\u2611\u2612\u25a1\u25a0]|(?<![\w_])_{1,3}x?_{1,3}(?![\w_]))"
)
_PAIR = rf"(?<![\w+.]){_WORD}[ ]?:?[ ]{{0,3}}{_BOX}"
_BETWEEN = r"[ ,;/|]{1,6}(?:(?:er|pr|pgr|her-?2)[ ])?"
_RUN = re.compile(rf"{_PAIR}(?:{_BETWEEN}{_PAIR})*")
_ONE = re.compile(rf"(?P<word>{_WORD})[ ]?:?[ ]{{0,3}}(?P<box>{_BOX})")
_BOX_BEFORE = re.compile(rf"{_BOX}[ ]{{0,3}}(?:(?:er|pr|pgr|her-?2)[ ])?$")
# A word without a box behind the last box: nobody can tell whether boxes stand before or behind.
_WORD_AFTER = re.compile(rf"[ ,;/|]{{0,6}}(?:(?:er|pr|pgr|her-?2)[ ])?{_WORD}")
_LINE_ENDS = re.compile(r"[ .;]{0,3}(?:\n|$)")
_CROSS = re.compile(r"[x\u2713\u2714\u2611\u2612\u25a0]")


@dataclass(frozen=True, slots=True)
class BoxesBehind:
    """One row of words with boxes behind them, and its words that have no cross."""

    start: int
    end: int
    not_chosen: tuple[Span, ...]


def boxes_behind(text: str) -> list[BoxesBehind]:
    """Every row of such a form; of two crosses neither counts, and none where a last word has no box.

    >>> text = "er: positive [ ] negative [x]"
    >>> [[text[a:b] for a, b in row.not_chosen] for row in boxes_behind(text)]
    [['positive']]
    """
    rows = []
    for run in _RUN.finditer(text):
        before = text[max(0, run.start() - 12) : run.start()]
        pairs = list(_ONE.finditer(text, run.start(), run.end()))
        if _BOX_BEFORE.search(before) or (
            len(pairs) == 1 and not _LINE_ENDS.match(text, run.end())
        ):
            continue
        after = _WORD_AFTER.match(text, run.end())
        crossed = [pair for pair in pairs if _CROSS.search(pair["box"])]
        is_clear = len(crossed) <= 1 and after is None
        out = [pair.span("word") for pair in pairs if not is_clear or pair not in crossed]
        if after is not None:
            out.append(after.span())
        rows.append(BoxesBehind(run.start(), run.end(), tuple(out)))
    return rows
