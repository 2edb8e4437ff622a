"""What a mention says of PD-L1: only a CPS of 22C3 and a share of immune cells of SP142 are answers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fingerpost.record.pathology.receptors.mentions import Mention
from fingerpost.record.pathology.receptors.values import Said, Share
from fingerpost.terms import AbsenceKind
from fingerpost.values import Absent

_NOT_BY = re.compile(r"\bnot\s(?:by|with|the|using|done by|from)?\s?$")
_PLACE = r"(?:primary|metasta\w+|recurren\w+|node|nodal|liver|bone|lung|brain|skin|breast|core|biops\w+|excision|resection|repeat\w*|relapse)"
# "CPS 10 on the primary, 0 on the metastasis", "(primary 10, metastasis 0)".
_SCORE_ELSEWHERE = re.compile(
    rf"[^.;\n]{{0,40}}?(?:,|\band\b|\bbut\b|/|\bvs\.?)\s{{0,2}}(?:{_PLACE}\s[:=]?\s?(?:[<>]\s?)?\d{{1,3}}(?![\d%])|(?:[<>]\s?)?\d{{1,3}}\s\(?(?:(?:in|on|at|from)\s)?(?:the\s|an?\s)?(?:\w+\s)?{_PLACE}\b)"
)
_OTHER_SCALE = re.compile(
    r"\b(?P<tps>tps|tumou?r proportion score|tc|tumou?r cells?)\b[^.;\n%]{0,30}$|\b(?P<ic>ic|immune cells?)\b[^.;\n%]{0,30}$"
)
TWO_SCORES = "two scores of PD-L1 are told, and which sample counts is for the team"
OF_TUMOR_CELLS = "a share of tumor cells (TPS); the labels ask for another score, the CPS (22C3)"
OF_IMMUNE_CELLS = "a share of immune cells, but the test (SP142) is not named or is another"
NO_SCORE = "only called positive or negative; the labels ask for a score (CPS with 22C3)"


def _tells_two_scores(text: str, mention: Mention, share: Share) -> bool:
    """Whether two scores are told that differ: of two samples, or a second one in another place."""
    scores = [mark for mark in share.numbers if mark.scale == "cps"]
    if len({(mark.interval.low, mark.interval.high) for mark in scores}) > 1:
        return True
    return any(_SCORE_ELSEWHERE.match(text, mark.end) for mark in scores)


def _on_no_scale_of_labels(text: str, share: Share) -> Iterator[Said]:
    """What is told of PD-L1 on no scale that a label asks for: no answer, and why."""
    if any(mark.scale in ("cps", "ic") for mark in share.numbers):
        return
    absent = Absent(AbsenceKind.NOT_UNDERSTOOD)
    for mark in share.numbers:
        if mark.scale == "percent":
            named = _OTHER_SCALE.search(text, share.end, mark.start)
            note = OF_IMMUNE_CELLS if named is not None and named["ic"] else OF_TUMOR_CELLS
            yield share.said("pdl1_cps_22c3", absent, mark, note if named else NO_SCORE)
            return
    for mark in share.results[:1]:
        yield share.said("pdl1_cps_22c3", absent, mark, NO_SCORE)


def pdl1_values(text: str, mention: Mention, share: Share) -> Iterator[Said]:
    """PD-L1, only on the scale of the test that is named: a CPS of 22C3, immune cells of SP142."""
    assays = {
        each.value
        for mark in mention.methods
        if _NOT_BY.search(text, max(0, mark.start - 16), mark.start) is None
        for each in mark.meanings
    }
    if _tells_two_scores(text, mention, share):
        absent = Absent(AbsenceKind.CONFLICTING)
        yield share.said("pdl1_cps_22c3", absent, share.numbers[0], TWO_SCORES)
        return
    if assays != {"assay_sp142"}:
        yield from _on_no_scale_of_labels(text, share)
    for mark in share.numbers:
        scale = mark.scale
        if scale == "cps" and "assay_22c3" in assays:
            yield share.said("pdl1_cps_22c3", mark.interval, mark)
        elif scale == "ic" and "assay_sp142" in assays:
            yield share.said("pdl1_sp142_ic_percent", mark.interval, mark)
        elif scale == "ic":
            absent = Absent(AbsenceKind.NOT_UNDERSTOOD)
            yield share.said("pdl1_sp142_ic_percent", absent, mark, OF_IMMUNE_CELLS)
        elif scale == "cps":
            note = "a CPS, but the test (22C3) is not named or is another"
            absent = Absent(AbsenceKind.NOT_UNDERSTOOD)
            yield share.said("pdl1_cps_22c3", absent, mark, note)
