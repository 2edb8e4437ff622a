"""What was ticked on a form: the options whose box stayed empty are no words of the report."""

from __future__ import annotations

import re

_EMPTY = r"\[\s{0,2}\]|[\u2610\u25a1\u2b1c]|\(\s{1,2}\)|(?<![\w_])_{2,6}(?![\w_])"
_TICKED = (
    r"\[\s?[x*+\u2713\u2714]\s?\]|\(\s?x\s?\)|[\u2611\u2612\u2713\u2714\u25a0]"
    r"|(?<![\w_])_{1,4}x_{1,4}(?![\w_])"
)
_BOX = re.compile(rf"(?P<empty>{_EMPTY})|(?P<ticked>{_TICKED})")
# A row of options ends with its sentence, its line, or where the next column begins.
_ROW_END = re.compile(r"[.;]\s|\n|\s{4,}|\||\t")


def without_unticked(folded: str) -> str:
    """The text with every box, and every option whose box is empty, as blanks; of the same length.

    Boxes stand before their options ("[ ] yes [x] no"), or all behind ("yes [ ] no [x]").

    >>> without_unticked("pik3ca: [ ] detected [x] not detected").split()
    ['pik3ca:', 'not', 'detected']
    >>> without_unticked("margins: positive [x] negative [ ]").split()
    ['margins:', 'positive']
    """
    if _BOX.search(folded) is None:
        return folded
    signs = list(folded)
    start = 0
    for end in [*(match.start() for match in _ROW_END.finditer(folded)), len(folded)]:
        for blank_from, blank_to in _blanks(folded, start, end):
            signs[blank_from:blank_to] = " " * (blank_to - blank_from)
        start = end
    return "".join(signs)


def _blanks(folded: str, start: int, end: int) -> list[tuple[int, int]]:
    """What to leave out of one row of options."""
    boxes = list(_BOX.finditer(folded, start, end))
    if all(box[0].startswith("_") and box["empty"] for box in boxes):
        return []
    label_end = start + len(folded[start : boxes[0].start()].rpartition(":")[0])
    before = folded[label_end : boxes[0].start()].strip(" :.;|\t\n*-")
    ticked = any(box["ticked"] for box in boxes)
    if before and not ticked:
        return []
    behind = bool(before) and not folded[boxes[-1].end() : end].strip(" .,;)")
    blanks = [match.span() for match in boxes]
    if behind:
        froms = [label_end, *(match.end() for match in boxes)]
        blanks += [(at, box.start()) for at, box in zip(froms, boxes, strict=False) if box["empty"]]
    else:
        tos = [*(match.start() for match in boxes[1:]), end]
        blanks += [(box.end(), to) for box, to in zip(boxes, tos, strict=True) if box["empty"]]
    return blanks
