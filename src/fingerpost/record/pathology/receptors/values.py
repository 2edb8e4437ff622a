"""What a mention says of each of its markers: facts and values, with the marks they rest on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from fingerpost.record.pathology.receptors.marks import Mark
from fingerpost.record.pathology.receptors.mentions import Mention, sends_elsewhere
from fingerpost.record.pathology.receptors.tables import are_of_samples, columns_of
from fingerpost.terms import AbsenceKind
from fingerpost.values import Absent, Choice, Interval, Value

# Between the results of a row: "+/+/-", "positive, positive, and negative".
_ROW = re.compile(r"[\s/,|;&().+]{0,6}(?:\band\b)?[\s/,|;&().]{0,4}")
_PARTS_OF = re.compile(
    r"\s?[0-3]\s?\+|[\s)]{0,2}(?:of (?:the )?(?:tumou?r )?cells )?(?:\w{2,5} )?(?:strong|moderate|weak|intense|intermediate)"
)
_SCORE_BETWEEN = re.compile(r"[\s,;/(]{1,4}(?:and\s)?[0-3]\s?\+?\s?\(?")
_IN_SIGNS = {"+": "positive", "++": "positive", "+++": "positive", "-": "negative", "0": "negative"}
_NOT_STAINED = re.compile(r"\b(?:negative|no (?:nuclear )?staining|absent)(?:\sin)?[\s:(]{1,3}$")
_VERBS = {"found", "seen", "present", "detected", "identified", "expressed"}
_TICKED = re.compile(r"(?:[\[(]\s?[x\u2713\u2714]\s?[\])]|[\u2611\u2612])\s{0,2}$")
TICKED_TWICE = "two boxes with opposed results are ticked"
NAMED_IN_PAIRS = "one result is given for markers named together"
OLD_WORD = "called positive, but a score of 2+ is equivocal"


@dataclass(frozen=True, slots=True)
class Said:
    """One value that a mention gives to a fact; `start` and `end` are in the mended text."""

    fact: str
    value: Value | Absent
    start: int
    end: int
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """What belongs to one marker of a mention."""

    marker: str
    results: Sequence[Mark]
    numbers: Sequence[Mark]
    start: int
    end: int
    absences: Sequence[Mark] = ()

    def said(self, fact: str, value: Value | Absent, mark: Mark, note: str | None = None) -> Said:
        """A value, with the words from the marker to its result."""
        return Said(fact, value, min(self.start, mark.start), max(self.end, mark.end), note)


def shares_of(text: str, mention: Mention) -> Iterator[Share]:
    """The results of each marker: in rows one by one, else the same for all of them."""
    markers, start, end = mention.group.markers, mention.group.start, mention.group.end
    if len(markers) == 1:
        offered = _offers(text, mention.results)
        chosen = [m for m in mention.results if m.start not in offered]
        yield Share(markers[0], chosen, mention.numbers, start, end, mention.absences)
        return
    cells = _table(text, mention)
    if cells is None:
        cells = _row_of_cells(text, mention)
    if cells is None:
        yield from _without_cells(text, mention)
        return
    for marker, marks in zip(markers, cells, strict=bool(cells)):
        of = {
            kind: [mark for mark in marks if mark.kind == kind]
            for kind in ("result", "number", "absence")
        }
        yield Share(marker, of["result"], of["number"], start, end, of["absence"])


def _table(text: str, mention: Mention) -> list[list[Mark]] | None:
    """The marks of each marker by its column; nothing where a cell says two things."""
    columns = columns_of(text, mention.group)
    if columns is None:
        return None
    if columns and are_of_samples(text, mention.group):
        return [[] for _ in columns]
    marks = _all_marks(mention)
    cells = [[m for m in marks if any(a <= m.start < b for a, b in rows)] for rows in columns]
    return [[] if len([m for m in own if m.kind == "result"]) > 1 else own for own in cells]


def _row_of_cells(text: str, mention: Mention) -> list[list[Mark]] | None:
    """A row in which a result is missing: one cell for each marker, or none for any.

    None where no such row stands: words alone, or figures alone, are rows of their own.
    """
    marks = _all_marks(mention)
    while marks and marks[0].kind == "absence" and sends_elsewhere(marks[0]):
        marks = marks[1:]
    chain = marks[:1]
    for mark in marks[1:]:
        if not _ROW.fullmatch(text[chain[-1].end : mark.start]):
            break
        chain.append(mark)
    kinds = {mark.kind for mark in chain}
    count = len(mention.group.markers)
    scored = count > 2 and {m.scale for m in chain if m.kind == "number"} == {"ihc"}
    if len(kinds) < 2 or not ("absence" in kinds or (scored and len(chain) == count)):
        return None
    return [[mark] for mark in chain] if len(chain) == count else []


def _all_marks(mention: Mention) -> list[Mark]:
    marks = (*mention.results, *mention.numbers, *mention.absences)
    return sorted(marks, key=lambda mark: mark.start)


def _without_cells(text: str, mention: Mention) -> Iterator[Share]:
    """Words in a row, figures in a row, or one result for all."""
    markers, start, end = mention.group.markers, mention.group.start, mention.group.end
    results = _row(text, mention.results, len(markers))
    percents = [m for m in mention.numbers if m.scale == "percent"]
    numbers = _row(text, percents, len(markers))
    if results is None and numbers is None:
        numbers = _figures(text, mention, len(markers))
    if results is None and numbers is None and _is_nobodys(text, mention):
        for marker in markers:
            alone = marker == markers[-1] and _stands_on_its_line(text, mention)
            said = (mention.results, mention.numbers) if alone else ([], [])
            yield Share(marker, *said, start, end, mention.absences)
        return
    for index, marker in enumerate(markers):
        own = mention.results if results is None else [results[index]]
        counted = mention.numbers if numbers is None else [numbers[index]]
        yield Share(marker, own, counted, start, end, mention.absences)


def _is_nobodys(text: str, mention: Mention) -> bool:
    """Whether nobody can tell which of the markers the results belong to."""
    return mention.group.stacked or _is_mixed_row(text, mention) or _is_short_row(text, mention)


def _stands_on_its_line(text: str, mention: Mention) -> bool:
    """Whether the last marker begins a line and one result follows it there: then they are a pair."""
    group, marks = mention.group, _all_marks(mention)
    if not group.stacked or not marks or _row(text, marks, 2) is not None:
        return False
    last = group.last or group.start
    begins = text[max(0, last - 20) : last].rstrip(" ").endswith("\n")
    return begins and "\n" not in text[group.end : marks[0].start]


def _row(text: str, marks: Sequence[Mark], count: int) -> Sequence[Mark] | None:
    """As many marks as there are markers, with nothing between them; else None."""
    if len(marks) < count:
        return None
    first = marks[:count]
    together = all(_ROW.fullmatch(text[one.end : other.start]) for one, other in pairwise(first))
    return first if together else None


def _figures(text: str, mention: Mention, count: int) -> Sequence[Mark] | None:
    """A row of figures of several scales: "ER|PR|HER2" over "90%|0%|3+"."""
    if mention.results or len({m.scale for m in mention.numbers}) < 2:
        return None
    return _row(text, mention.numbers, count)


def _is_short_row(text: str, mention: Mention) -> bool:
    """Fewer results than markers, and they differ: whose each is, nobody can tell."""
    row = _row(text, mention.results, 2)
    if row is None or mention.is_full:
        return False
    first, second = ({(e.fact, e.value) for e in mark.meanings} for mark in row)
    return bool(first) and bool(second) and first != second


def _is_mixed_row(text: str, mention: Mention) -> bool:
    """Scores and words in turn, "3+ positive, 2+ positive, 0 negative": whose each is, is not read."""
    if len(mention.results) < len(mention.group.markers):
        return False
    row = mention.results[: len(mention.group.markers)]
    differ = len({tuple((e.fact, e.value) for e in mark.meanings) for mark in row}) > 1
    between = [text[one.end : other.start] for one, other in pairwise(row)]
    return differ and all(_SCORE_BETWEEN.fullmatch(each) for each in between)


def _offers(text: str, marks: Sequence[Mark]) -> set[int]:
    """The places of words that a form offers to choose from: "positive / negative"."""
    offered: set[int] = set()
    row = _row(text, marks, 3)
    if row is not None and len({mark.words for mark in row}) == 3:
        offered |= {mark.start for mark in row}
    for one, other in pairwise(marks):
        between = text[one.end : other.start]
        said = [{e.value for e in mark.meanings} for mark in (one, other)]
        opposed = said in ([{"positive"}, {"negative"}], [{"negative"}, {"positive"}])
        opposed |= (one.words, other.words) in (("+", "-"), ("-", "+"))
        if opposed and between.strip() in ("/", "or", "|", "vs", "vs."):
            offered |= {one.start, other.start}
    return offered


def receptor_values(text: str, mention: Mention, share: Share) -> Iterator[Said]:
    """What is said of ER, PR, or both as hormone receptors."""
    marker = share.marker
    if mention.none_from is not None:
        yield Said(f"{marker}_reported", _choice("negative"), mention.none_from, mention.none_until)
        return
    if are_both_ticked(text, share.results):
        absent = Absent(AbsenceKind.NOT_KNOWN)
        yield share.said(f"{marker}_reported", absent, share.results[0], TICKED_TWICE)
        return
    found = [*_reported(share)]
    if marker != "hormone_receptor":
        found += _measured(text, share)
        if not found:
            found += _intensity(text, share)
    yield from found


def are_both_ticked(text: str, results: Sequence[Mark]) -> bool:
    """Two boxes with a cross, one for each of two opposed results."""
    ticked = [mark for mark in results if _TICKED.search(text, max(0, mark.start - 6), mark.start)]
    return len({each.value for mark in ticked for each in mark.meanings if each.value}) > 1


def _reported(share: Share) -> Iterator[Said]:
    fact = f"{share.marker}_reported"
    for mark in share.results:
        # "Found in less than 1 %": the figure is the result, the word only its verb.
        if mark.words in _VERBS and any(
            m.scale == "percent" and m.interval.low == 0 and 0 < m.start - mark.end <= 4
            for m in share.numbers
        ):
            continue
        value = _IN_SIGNS.get(mark.words) or next(
            (each.value for each in mark.meanings if each.fact == fact), None
        )
        if value is not None:
            yield share.said(fact, _choice(value), mark)
            return
    if any(_says_equivocal(mark) for mark in share.results):
        mark = share.results[0]
        note = "called equivocal or borderline"
        yield share.said(fact, Absent(AbsenceKind.NOT_KNOWN), mark, note)


def _says_equivocal(mark: Mark) -> bool:
    return any(each.value == "equivocal" for each in mark.meanings)


def _measured(text: str, share: Share) -> Iterator[Said]:
    percents = [m for m in share.numbers if m.scale == "percent" and not _is_of_none(text, m)]
    if percents:
        value, mark = _percent(text, percents)
        yield share.said(f"{share.marker}_percent", value, mark)
    for scale in ("allred", "h_score"):
        for mark in [m for m in share.numbers if m.scale == scale][:1]:
            fact = f"{share.marker}_{scale}"
            yield share.said(fact, mark.interval, mark)


def _is_of_none(text: str, mark: Mark) -> bool:
    """In "negative in 100 % of cells", the figure is of those that do not stain."""
    return mark.interval.low == 100 and bool(
        _NOT_STAINED.search(text, max(0, mark.start - 40), mark.start)
    )


def _percent(text: str, marks: Sequence[Mark]) -> tuple[Interval, Mark]:
    """The percentage of several: the whole of its parts, or the exact one behind "1 % or more"."""
    numbers = [(mark, mark.interval) for mark in marks]
    first_mark, first = numbers[0]
    parts = [i for m, i in numbers if i.known is not None and _PARTS_OF.match(text, m.end)]
    if len(parts) > 1 and len(parts) == len(numbers):
        return Interval(max(p.low for p in parts), min(100, sum(p.high for p in parts))), marks[-1]
    if first.known is None and len(numbers) > 1:
        second_mark, second = numbers[1]
        if first.low <= second.low and second.high <= first.high:
            return second, second_mark
    # "100 % (80 % strong, 20 % moderate)": the whole comes first, its parts behind it.
    others = [
        i for m, i in numbers[1:] if not _PARTS_OF.match(text, m.end) and not _holds(i, first)
    ]
    if not others:
        return first, first_mark
    # Which of several is the one of the tumor, nobody can tell: it lies among them.
    every = [first, *others]
    hull = Interval(min(each.low for each in every), max(each.high for each in every))
    return hull, first_mark


def _holds(outer: Interval, inner: Interval) -> bool:
    """Whether a figure is a cut-off that the other fulfils: "90 % (>= 1 %)"."""
    return outer.known is None and outer.low <= inner.low and inner.high <= outer.high


def _intensity(text: str, share: Share) -> Iterator[Said]:
    """How strong the staining is, as in "ER 3+", and with it that there is some."""
    for mark in share.numbers:
        # "PR score 2" may be an Allred score, which is negative; "PR 2+" is none.
        plain = text[mark.start : mark.end].startswith("score")
        if mark.scale == "ihc" and 0 <= mark.start - share.end <= 6 and not plain:
            known = mark.score.known
            if known is not None:
                value = "negative" if known == "0" else "positive"
                note = "only the intensity of staining is given"
                yield share.said(f"{share.marker}_reported", _choice(value), mark, note)
            return


def _choice(*values: str) -> Choice:
    return Choice(frozenset(values))


def ki67_values(text: str, share: Share) -> Iterator[Said]:
    """The Ki-67 index."""
    percents = [m for m in share.numbers if m.scale == "percent"]
    if percents:
        value, mark = _percent(text, percents)
        yield share.said("ki67_percent", value, mark)
