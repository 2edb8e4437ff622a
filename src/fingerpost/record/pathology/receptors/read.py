"""Receptors, Ki-67 and PD-L1 of a report, as statements."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from fingerpost.record.dictionaries import Dictionaries
from fingerpost.record.pathology.receptors.context import (
    EARLIER,
    IN_SITU,
    NO_INVASIVE,
    OTHER_READ,
    context_of,
    is_after_treatment,
    whole_report_is_not,
)
from fingerpost.record.pathology.receptors.doubts import TAKEN_BACK, why_open
from fingerpost.record.pathology.receptors.her2_values import by_gene_test, her2_values
from fingerpost.record.pathology.receptors.history import (
    Present,
    is_of_a_dated_cancer,
    is_plainly_of_this_cancer,
    present_of,
)
from fingerpost.record.pathology.receptors.marks import marks_in
from fingerpost.record.pathology.receptors.mentions import (
    Mention,
    is_asked_for,
    is_general,
    mentions_in,
    without_what_is_of_others,
)
from fingerpost.record.pathology.receptors.other_assays import other_assay
from fingerpost.record.pathology.receptors.pdl1_values import pdl1_values
from fingerpost.record.pathology.receptors.side_by_side import SIDE_BY_SIDE, stand_side_by_side
from fingerpost.record.pathology.receptors.spelling import Mended, mend
from fingerpost.record.pathology.receptors.values import (
    Said,
    Share,
    ki67_values,
    receptor_values,
    shares_of,
)
from fingerpost.record.pathology.receptors.vocabulary import Vocabulary, vocabulary_of
from fingerpost.record.pathology.report_text import ReportText
from fingerpost.record.pathology.statement import Statement
from fingerpost.terms import AbsenceKind
from fingerpost.values import Absent, Choice

_BLOCK = re.compile(r"\bblocks?(?: number| used)?\s?:?\s?#?\s?\(?([a-z])\d{1,2}\b")
_REPLACES = re.compile(
    r"\b(?:repeat\w{0,3}|revis\w{1,4}|amend\w{0,4}|correct(?:ed|ion)|supersed\w{1,4}|replac\w{1,4})\b"
)
# "Near triple negative", "treated as triple negative": it may have a little of one receptor.
_NOT_QUITE = re.compile(
    r"\b(?:near(?:ly)?|almost|functional(?:ly)?|quasi|virtually|essentially|practically|as|like|so-called)[\s-]{1,2}(?:an?\s)?$"
)
_OPEN = {
    "er": "er_reported",
    "pr": "pr_reported",
    "her2": "her2_reported",
    "hormone_receptor": "hormone_receptor_reported",
    "ki67": "ki67_percent",
    "pdl1": "pdl1_cps_22c3",
}
HISTORY = "it stands in the history, of another sample; this report has its own result"
ASKED = "the test is asked for; no result stands there"
ELSEWHERE = "the result stands in another report"


def read_receptors(report: ReportText, dictionaries: Dictionaries) -> list[Statement]:
    """Everything that a report says of ER, PR, HER2, Ki-67 and PD-L1."""
    vocabulary = vocabulary_of(dictionaries.codes)
    mended = mend(report.folded)
    if vocabulary.markers.search(mended.text) is None:
        return []
    begun = [*(each.start for each in report.sections), *(each.start for each in report.parts)]
    borders = sorted({mended.mended(start) for start in begun} - {0})
    marks = marks_in(mended, report.text, vocabulary, borders)
    whole = whole_report_is_not(report.folded)
    present = present_of(report)
    found = []
    mentions = mentions_in(mended.text, marks)
    nexts = [*(each.group.start for each in mentions), len(mended.text)][1:]
    for mention, until in zip(mentions, nexts, strict=True):
        section = report.section_at(mended.original(mention.group.start)).kind
        for said in _said(mended.text, mention, vocabulary, section, until):
            made = _statement(report, mended, mention, said, whole)
            found.append(_unless_history(report, made, present))
    known = [each for each in found if each.fact in dictionaries.reader.catalogue]
    return _without_replaced(report, _without_told_before(known))


def _without_told_before(found: list[Statement]) -> list[Statement]:
    """What is told of another sample gives way to this report's own result, even a pending one."""
    own = [each for each in found if not _is_told(each) and (each.counts or _is_pending(each))]
    return [
        replace(each, counts=False, note=HISTORY)
        if each.counts
        and _is_told(each)
        and not isinstance(each.value, Absent)
        and any(_gives_way(each, other) for other in own)
        else each
        for each in found
    ]


def _is_told(statement: Statement) -> bool:
    return statement.quoted or statement.section in ("clinical_history", "previous_reports")


def _is_pending(statement: Statement) -> bool:
    return isinstance(statement.value, Absent) and statement.value.kind is AbsenceKind.PENDING


def _gives_way(told: Statement, own: Statement) -> bool:
    """Whether an own result is of the same receptor; a gene test to come leaves the stain as told."""
    only_gene = own.fact == "her2_ish" and told.fact != "her2_ish"
    if isinstance(own.value, Absent) and (only_gene or not _is_pending(own)):
        return False
    if told.section == own.section and told.part != own.part and told.part and own.part:
        return False
    return bool(_markers_of(told.fact) & _markers_of(own.fact))


def _markers_of(fact: str) -> frozenset[str]:
    marker = fact.partition("_")[0]
    if marker in ("er", "pr", "her2", "ki67", "pdl1"):
        return frozenset({marker})
    return frozenset({"er", "pr"} if marker == "hormone" else {"er", "pr", "her2"})


def _without_replaced(report: ReportText, found: list[Statement]) -> list[Statement]:
    """Where an addendum says that it repeats or corrects a test, the earlier result is past."""
    kept = found
    for taken in found:
        if taken.note == TAKEN_BACK:
            kept = [_past(each) if _is_before(each, taken) else each for each in kept]
    for later in found:
        if later.section != "addendum" or isinstance(later.value, Absent) or not later.counts:
            continue
        start = report.section_at(later.start).start
        near = report.folded[max(start, later.start - 160) : later.end + 120]
        if _REPLACES.search(near):
            kept = [_past(each) if _is_replaced(each, later, start) else each for each in kept]
    return kept


def _is_before(earlier: Statement, taken: Statement) -> bool:
    same = bool(_markers_of(earlier.fact) & _markers_of(taken.fact))
    return same and earlier.counts and earlier.end <= taken.start


def _past(statement: Statement) -> Statement:
    return replace(statement, counts=False, note=OTHER_READ)


def _is_replaced(earlier: Statement, later: Statement, start: int) -> bool:
    if earlier.start >= start or not earlier.counts or earlier.part not in (later.part, None):
        return False
    marker = later.fact.partition("_")[0]
    if marker in ("er", "pr"):
        return earlier.fact.partition("_")[0] == marker
    return earlier.fact == later.fact


def _said(
    text: str, mention: Mention, vocabulary: Vocabulary, section: str, until: int
) -> Iterator[Said]:
    doubt = why_open(text, mention, until)
    if doubt is not None and not is_general(text, mention):
        yield from _left_open(mention, *doubt)
        return
    if mention.group.markers == ("phrase",):
        yield from _phrase(text, mention, vocabulary)
        return
    if is_general(text, mention) or _is_method(text, mention, section):
        return
    if is_asked_for(text, mention):
        yield from _left_open(mention, AbsenceKind.PENDING, ASKED)
        return
    mention = without_what_is_of_others(text, mention)
    if stand_side_by_side(text, mention):
        yield from _contradicting(mention)
        return
    shares = list(shares_of(text, mention))
    found = [said for share in shares for said in _of_share(text, mention, share)]
    yield from found
    for share in shares:
        if share.absences:
            yield from _open(text, mention, share, found)


def _is_method(text: str, mention: Mention, section: str) -> bool:
    """Where methods are described, only "HER2: 2+" is a result, straight after its marker."""
    if section != "methodology":
        return False
    first = min((m.start for m in (*mention.results, *mention.numbers)), default=len(text))
    return first - mention.group.end > 9 or ":" not in text[mention.group.end : first]


def _of_share(text: str, mention: Mention, share: Share) -> Iterator[Said]:
    match share.marker:
        case "er" | "pr" | "hormone_receptor":
            yield from receptor_values(text, mention, share)
        case "her2":
            yield from her2_values(text, mention, share)
        case "ki67":
            yield from ki67_values(text, share)
        case "pdl1":
            yield from pdl1_values(text, mention, share)


def _phrase(text: str, mention: Mention, vocabulary: Vocabulary) -> Iterator[Said]:
    """Three things at once, as "triple negative" says them."""
    start, end = mention.group.start, mention.group.end
    if is_general(text, mention) or re.search(
        r"\b(?:not|no|if|versus|vs)\b[^.;]{0,30}$", text[max(0, start - 40) : start]
    ):
        return
    if _NOT_QUITE.search(text, max(0, start - 30), start):
        return
    if re.match(r"\s?(?:breast )?(?:cancers|tumou?rs|carcinomas|patients)\b", text[end : end + 30]):
        return
    for meaning in vocabulary.meaning(text[start:end]):
        if meaning.fact and meaning.value:
            yield Said(meaning.fact, Choice(frozenset({meaning.value})), start, end)


def _contradicting(mention: Mention) -> Iterator[Said]:
    """Of two results that stand side by side none is taken."""
    last = max(mark.end for mark in (*mention.results, *mention.numbers))
    fact = _OPEN[mention.group.markers[0]]
    conflict = Absent(AbsenceKind.CONFLICTING)
    yield Said(fact, conflict, mention.group.start, last, SIDE_BY_SIDE)


def _left_open(mention: Mention, kind: AbsenceKind, note: str) -> Iterator[Said]:
    """All markers of a mention without an answer, and why."""
    start, end = mention.group.start, mention.group.end
    for marker in mention.group.markers:
        if marker in _OPEN:
            yield Said(_OPEN[marker], Absent(kind), start, end, note)


def _open(text: str, mention: Mention, share: Share, found: list[Said]) -> Iterator[Said]:
    """What is said to be pending, not done or elsewhere, of a marker without a result."""
    mark = share.absences[0]
    kind = AbsenceKind((mark.meanings[0].value or "").removeprefix("absent_"))
    note = ELSEWHERE if kind is AbsenceKind.NOT_STATED else None
    if note and not context_of(text, "", mention.group.start, mention.reach).quoted:
        return
    answered = {each.fact.partition("_")[0] for each in found}
    start, end = min(mention.group.start, mark.start), max(mention.group.end, mark.end)
    fact = _OPEN.get(share.marker)
    if share.marker == "her2" and by_gene_test(text, mention, mark):
        fact = None if any(s.fact == "her2_ish" for s in found) else "her2_ish"
    elif share.marker.partition("_")[0] in answered:
        fact = None
    if fact is not None:
        yield Said(fact, Absent(kind), start, end, note)


def _statement(
    report: ReportText, mended: Mended, mention: Mention, said: Said, whole: str | None
) -> Statement:
    start, end = mended.original(said.start), mended.original(said.end)
    made = _placed(report, report.statement(said.fact, said.value, start, end), mended, mention)
    context = context_of(mended.text, made.section, said.start, said.end)
    why = context.why_not or whole or other_assay(mended.text, said.start, said.end)
    # After treatment only the ducts may be left: a result of the earlier biopsy is of what was there.
    if (
        why == whole
        and why in (IN_SITU, NO_INVASIVE)
        and context.quoted
        and is_after_treatment(mended.text)
    ):
        why = None
    note = said.note
    if why is not None and not isinstance(said.value, Absent):
        return replace(made, counts=False, note=why, quoted=context.quoted)
    return replace(made, note=note, quoted=context.quoted)


def _unless_history(report: ReportText, made: Statement, present: Present) -> Statement:
    """What a history tells counts only where it plainly speaks of this cancer."""
    if not made.counts or isinstance(made.value, Absent):
        return made
    if is_of_a_dated_cancer(report.folded, made.start, present):
        return replace(made, counts=False, note=EARLIER)
    if made.section != "clinical_history":
        return made
    since = report.section_at(made.start).start
    if is_plainly_of_this_cancer(report.folded, since, made.end, present):
        return made
    return replace(made, counts=False, note=EARLIER)


def _placed(report: ReportText, made: Statement, mended: Mended, mention: Mention) -> Statement:
    """The part by the block that was stained, and the sample by the head of the report."""
    low, high = max(0, mention.group.start - 300), mention.reach + 120
    blocks = [m[1].upper() for m in _BLOCK.finditer(mended.text, low, high)]
    if blocks and made.part not in blocks:
        part = next((p for p in report.parts if p.label == blocks[0]), None)
        if part is not None:
            made = replace(made, part=part.label, site=part.title, specimen=part.specimen)
    # A history tells of the first cancer, though the sample of the report is from far away.
    if made.specimen is None and made.part is None and made.section != "clinical_history":
        site = report.distant_site
        if site is not None:
            return replace(made, specimen="metastasis", site=site)
    return made
