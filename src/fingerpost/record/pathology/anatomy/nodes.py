"""How many lymph nodes hold cancer, as the pathologist counted them.

A report counts in each part ("1/2" in one, "0/3" in another), often again in a summary, and sometimes
in an addendum. A total that is stated counts; parts are added only where they are certainly apart.
Where that is not certain, the number is left open upwards: at least the largest that is stated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from fingerpost.record.dictionaries import Dictionaries
from fingerpost.record.pathology.anatomy.scope import (
    AND_NOT_GROSS,
    found,
    sentence_after,
    sentence_before,
)
from fingerpost.record.pathology.anatomy.stage import read_stage
from fingerpost.record.pathology.anatomy.tumor_words import is_after_medicine
from fingerpost.record.pathology.anatomy.written_numbers import COUNT, ROMAN, count, roman
from fingerpost.record.pathology.report_text import ReportText, not_counting
from fingerpost.record.pathology.statement import Statement
from fingerpost.values import Choice, Interval

_GAP = r"[\s.,-]{1,3}"
_KIND = rf"(?:(?:sentinel|axillary|regional|benign|intra-?mammary|non-?sentinel|right|left|additional|small|reactive|ipsilateral|\(\d{{1,2}}\)){_GAP}){{0,4}}"
_NODE = rf"{_KIND}l?\s?ymph(?:oid)?{_GAP}nodes?|{_KIND}nodes?|{_KIND}s?lns?\b"
_CANCER = r"(?:metasta\w+|tumou?r|carcinoma|malignan\w+|neoplas\w+|cancer|disease)"
# "2/14", and "(No XI/XIII)"
_FRACTION = re.compile(
    r"(?<![\w/.])(?P<some>\d{1,2}|o)\+?\s?/\s?(?P<all>\d{1,2})(?![\d/%]|\.\d|\s?(?:cm|mm|mitos|hpf|x\b))"
)
_ROMAN = re.compile(rf"\b(?:no\.?\s)?(?P<some>{ROMAN})/(?P<all>{ROMAN})\b")
_OF = re.compile(
    rf"\b(?P<some>{COUNT})(?:\s?\(\s?\d{{1,2}}\s?\))?{_GAP}(?:out{_GAP})?(?:of|/){_GAP}(?:a{_GAP})?(?:total{_GAP})?(?:of{_GAP})?(?P<all>{COUNT})(?:\s?\(\s?\d{{1,2}}\s?\))?{_GAP}(?:{_NODE})"
)
# The nodes may stand before the count, or a sentinel right behind it.
_OF_BEHIND = re.compile(
    rf"\b(?:nodes?|sentinel|s?lns?|axilla)\b[^.;\n\d]{{0,30}}?[\s:,(]{{1,3}}(?P<some>{COUNT})\s(?:out\s)?of\s(?P<all>{COUNT})\b(?!\s?(?:cm|mm|%|cores?|parts?|\d))"
    rf"|\b(?P<some2>{COUNT})\s(?:out\s)?of\s(?P<all2>{COUNT})\s\(?(?:sentinel|s?lns?)\b"
)
_CLEAR = re.compile(
    rf"(?<!of )(?<![/.])\b(?P<all>{COUNT})(?!,)(?:\s?\(\s?\d{{1,2}}\s?\))?{_GAP}(?:{_NODE})[\s,:;-]{{1,3}}(?:(?:is|are|all|was|were|with|show\w*){_GAP})?"
    rf"(?:negative|free of|no (?:evidence of )?(?:metasta\w+|tumou?r|carcinoma|malignancy)|benign|uninvolved|without)"
    rf"|\bno (?:evidence of )?(?:metasta\w+|tumou?r|malignan\w+|(?:metastatic )?(?:mammary )?(?:adeno)?carcinoma)\s(?:\w+\s){{0,3}}?(?:in|of|involving)\s(?P<all2>{COUNT}){_GAP}(?:{_NODE})"
    rf"|\b(?P<all3>{COUNT}){_GAP}benign{_GAP}(?:{_NODE})|\b(?P<all4>{COUNT}){_GAP}(?:carcinoma|tumou?r)-free{_GAP}(?:{_NODE})"
)
_TAKEN = re.compile(
    rf"(?<!of )(?<!total )(?<!of a )(?<!\. )(?<![/.])\b(?P<some>{COUNT})(?!,){_GAP}(?:{_NODE})[\s,:-]{{1,3}}(?:(?:is|are|was|were){_GAP})?(?:positive (?:for|with)|involved (?:by|with)|with metastatic|with metastas[ei]s)"
)
_STATED = re.compile(
    rf"\b(?:(?:total )?(?:number (?:of )?)?(?:positive|involved) (?:lymph )?nodes(?: \([a-z ]{1, 20}\))?|(?:lymph )?nodes (?:positive|involved)|"
    rf"number (?:positive|involved)|(?:total )?number of (?:lymph )?nodes (?:with metastas[ei]s|positive|involved))\s{{0,2}}:\s{{0,3}}(?P<least>(?:at least|minimum of|more than|over|>=?|\u2265)\s?)?(?P<some>{COUNT}|o)(?![\d/]|\s?(?:-|to)\s?\d|\s?\w*\s?(?:cm|mm))"
)
_BY_SIZE = re.compile(
    r"\bnumber of (?:lymph )?nodes with (?P<which>macro|micro)[\s-]?metastas[ei]s\s?(?:\([^)]{0,80}\))?\s{0,2}:\s{0,3}(?P<some>\d{1,2}|o)\b"
)
_NEAR_NODE = re.compile(
    r"\b(?:l?\s?ymph|nodes?|nodal|lymphonod\w+|axilla\w*|pn[0-3o]|sentinel|s?lns?|slnb|snb)\b"
)
_NODE_BEHIND = re.compile(r"\)?\s{0,2}\(?(?:\w+\s){0,2}(?:lymph|nodes?\b|s?lns?\b|sentinel)")
# What a needle took of a node is no node.
_OF_NEEDLE = re.compile(r"\)?\s{0,2}(?:\w+\s)?(?:cores?|passes|slides?|sections?|biops\w+)\b")
_LEAST = re.compile(r"(?:\b(?:at least|minimum(?: of)?|more than|over)|[>\u2265]=?)\s?\(?$")
_EARLIER = re.compile(r"\b(?:previous|prior|earlier)(?:ly)?\b")
_SIDE = re.compile(r"\b(?P<side>left|right|lt|rt)\b")
_OTHER_SCORE = re.compile(
    r"\b(?:grade|score|tubul\w*|nuclei|nuclear|mitos[ei]s|mitotic|allred|nottingham|quadrant|block|slide|level|cassette|pieces?|date|page|pages|copy|sheet)\b[^;]{0,18}$"
)
_SINGLE_CELLS = re.compile(
    r"\bisolated tumou?r|\bitcs?\b|\bi\s?\+|\bsingle cells?\b|\bone to\b|<\s?0?\.2\s?mm|\bcytokeratin[\s-]positive cells?\b"
)
_ONLY_SINGLE_CELLS = re.compile(r"\btype of metastas[ei]s\s?:\s?itc|\bp?n0\s?\(i\s?\+\)")
_POSITIVE_WORDS = re.compile(
    r"\bmetasta(?:tic|s[ei]s)\b[^.;]{0,60}\b(?:l?\s?ymph|nodes?)\b|\bnodes?\b[^.;]{0,40}\bpositive for\b"
)
_NOT = re.compile(r"\b(?:no|negative|free|without|not|absent|0)\b")
# More than this is several reports, or no report.
_MOST_COUNTS = 60
_MOST = 80.0
_CONTRADICTS = "it does not go together with what the report says of the nodes elsewhere"
# How many nodes an N may stand for at most.
_MOST_OF = {"N0": 0.0, "N1mi": 3.0, "N1": 3.0, "N2": 9.0}
_AFTER = "medicine was given before: it is what medicine left"


@dataclass(frozen=True, slots=True)
class _Count:
    """Some of all nodes, where it says so, and whether the report calls it the total."""

    some: int
    all: int | None
    start: int
    end: int
    part: str | None
    total: bool = False
    # "At least": there may be more.
    least: bool = False
    side: str | None = None


def read_nodes(report: ReportText, dictionaries: Dictionaries) -> Iterator[Statement]:
    """The number of nodes with cancer, with the words of every count that makes it."""
    counts = _apart([*_totals(report), *_counted(report)])
    if not counts:
        return
    number = _of_both_sides(counts) or _together(counts)
    if number and (any(each.least for each in counts) or _counted_earlier(report)):
        number = (number[0], _MOST)
    if number is None:
        return
    why = _AFTER if is_after_medicine(report.folded) else None
    why = why if _fits(report, dictionaries, number) else _CONTRADICTS
    low, high = number
    counting = [each for each in counts if each.total] or counts
    for each in counting:
        value = Interval(low, high)
        statement = report.statement("positive_nodes", value, each.start, each.end)
        yield not_counting(statement, why) if why else statement


def _totals(report: ReportText) -> Iterator[_Count]:
    for match in found(report, _STATED, AND_NOT_GROSS):
        number = 0 if match["some"] == "o" else count(match["some"])
        if number is not None:
            least = match["least"] is not None
            yield _Count(number, None, *match.span(), None, total=True, least=least)
    by_size = list(found(report, _BY_SIZE, AND_NOT_GROSS))
    if {match["which"] for match in by_size} == {"macro", "micro"} and len(by_size) == 2:
        number = sum(0 if match["some"] == "o" else int(match["some"]) for match in by_size)
        yield _Count(number, None, by_size[0].start(), by_size[1].end(), None, total=True)


def _counted(report: ReportText) -> Iterator[_Count]:
    for match in found(report, _FRACTION, AND_NOT_GROSS):
        if _is_of_nodes(report, match):
            yield from _pair(report, match, _digits(match["some"]), _digits(match["all"]))
    for match in found(report, _ROMAN, AND_NOT_GROSS):
        if re.search(
            r"\blymphonod\w+|\blymph nodes?\b", sentence_before(report, match.start(), 80)
        ):
            yield from _pair(report, match, roman(match["some"]), roman(match["all"]))
    for pattern in (_OF, _OF_BEHIND, _CLEAR, _TAKEN):
        for match in found(report, pattern, AND_NOT_GROSS):
            yield from _in_words(report, match)


def _digits(words: str) -> int:
    return 0 if words == "o" else int(words)


def _in_words(report: ReportText, match: re.Match[str]) -> Iterator[_Count]:
    groups = match.groupdict()
    every = next(
        (groups[name] for name in ("all", "all2", "all3", "all4") if groups.get(name)), None
    )
    total = count(every) if every else None
    if match.re is _CLEAR:
        yield from _pair(report, match, 0, total)
        return
    some = count(groups.get("some") or groups.get("some2") or "")
    if match.re is _OF and _says_clear(report, match):
        some = 0
    yield from _pair(report, match, some, some if match.re is _TAKEN else total)


def _says_clear(report: ReportText, match: re.Match[str]) -> bool:
    """Whether it says "two of two nodes negative"."""
    return (
        re.match(
            r"[\s,:-]{1,3}(?:(?:is|are|were)\s)?(?:negative|free|benign|uninvolved)",
            report.folded[match.end() :],
        )
        is not None
    )


def _pair(
    report: ReportText, match: re.Match[str], some: int | None, every: int | None
) -> Iterator[_Count]:
    """The count, unless it cannot be one, was made during the operation, or is of single cells."""
    if some is None or every is None or some > every or every == 0:
        return
    section = report.section_at(match.start()).kind
    if section == "intraoperative":
        return
    after = sentence_after(report, match.end(), 90)
    before = sentence_before(report, match.start(), 60)
    single_cells = _SINGLE_CELLS.search(before + after) or _only_single_cells(report.folded)
    if some and single_cells:
        return
    part = report.part_at(match.start())
    label = part.label if part else None
    least = _LEAST.search(report.folded[max(0, match.start() - 20) : match.start()]) is not None
    yield _Count(some, every, *match.span(), label, least=least, side=_side(report, match))


def _side(report: ReportText, match: re.Match[str]) -> str | None:
    """The side of the body, as the sentence or the title of the part says it."""
    part = report.part_at(match.start())
    places = [match[0], sentence_before(report, match.start(), 120)]
    places += [report.folded[part.start : part.start + 100]] if part else []
    for text in places:
        named = [each["side"][0] for each in _SIDE.finditer(text)]
        if named:
            return named[-1]
    return None


def _counted_earlier(report: ReportText) -> bool:
    """Whether nodes with cancer were taken before: "previous sentinel biopsy 1/2"."""
    return any(
        _EARLIER.search(sentence_before(report, match.start(), 60))
        and _digits(match["some"]) > 0
        and _is_of_nodes(report, match)
        and report.section_at(match.start()).kind not in AND_NOT_GROSS
        for match in _FRACTION.finditer(report.folded)
    )


@lru_cache(maxsize=8)
def _only_single_cells(folded: str) -> bool:
    """Whether the report says of all deposits that they are single cells."""
    return _ONLY_SINGLE_CELLS.search(folded) is not None


def _is_of_nodes(report: ReportText, match: re.Match[str]) -> bool:
    before = report.folded[max(0, match.start() - 90) : match.start()]
    after = report.folded[match.end() : match.end() + 40]
    near = _NEAR_NODE.search(before) or _NODE_BEHIND.match(after)
    if _OF_NEEDLE.match(after):
        return False
    return near is not None and _OTHER_SCORE.search(before[-30:]) is None


def _apart(counts: Sequence[_Count]) -> list[_Count]:
    """Each count once: "two of three nodes (2/3)" is one."""
    kept: list[_Count] = []
    for each in sorted(counts, key=lambda one: (one.start, -one.end)):
        twin = (
            kept
            and each.start - kept[-1].end < 90
            and (each.some, each.all) == (kept[-1].some, kept[-1].all)
        )
        if not (twin and each.part == kept[-1].part):
            kept.append(each)
    return kept


def _of_both_sides(counts: Sequence[_Count]) -> tuple[float, float] | None:
    """With nodes of the left and of the right side: those of the side that has cancer in them.

    With cancer on both sides there are two, and which one is asked for is not known: at least the
    larger number, at most both together. None if the sides are not told apart.
    """
    sides = {each.side for each in counts}
    if any(each.total for each in counts) or not {"l", "r"} <= sides:
        return None
    if None in sides:
        return float(max(each.some for each in counts)), _MOST
    left, right = (_together([each for each in counts if each.side == side]) for side in "lr")
    if left is None or right is None:
        return None
    return max(left[0], right[0]), min(left[1] + right[1], _MOST)


def _together(counts: Sequence[_Count]) -> tuple[float, float] | None:
    """What the counts say together; None if they contradict each other."""
    totals = {each.some for each in counts if each.total}
    pairs = {(each.some, each.all) for each in counts if not each.total}
    most = max((some for some, _ in pairs), default=0)
    if totals:
        return (
            (float(next(iter(totals))),) * 2
            if len(totals) == 1 and next(iter(totals)) >= most
            else None
        )
    if len(pairs) == 1 and len({each.part for each in counts} - {None}) <= 1:
        return float(most), float(most)
    if most == 0:
        return 0.0, 0.0
    summed = _sum(counts)
    return (summed, summed) if summed is not None else (float(most), _MOST)


def _sum(counts: Sequence[_Count]) -> float | None:
    """The sum over the parts, or the one count that is the sum of all others; None if unsure."""
    if len(counts) > _MOST_COUNTS:
        return None
    for each in counts:
        others = [
            other
            for other in counts
            if other is not each and (other.some, other.all) != (each.some, each.all)
        ]
        whole = (sum(other.some for other in others), sum(other.all or 0 for other in others))
        if len(others) > 1 and whole == (each.some, each.all):
            return float(each.some)
    parts = [each.part for each in counts]
    if None not in parts and len(set(parts)) == len(parts):
        return float(sum(each.some for each in counts))
    return None


def _fits(report: ReportText, dictionaries: Dictionaries, number: tuple[float, float]) -> bool:
    """Whether the number agrees with the N that the report states, and with its words on nodes."""
    low, high = number
    stated = [
        each.value.known
        for each in read_stage(report, dictionaries)
        if each.fact == "n_category"
        and each.counts
        and isinstance(each.value, Choice)
        and each.basis != "clinical"
    ]
    if any(low > _MOST_OF.get(each or "", _MOST) for each in stated):
        return False
    if high > 0:
        return True
    if any(each not in (None, "N0") for each in stated):
        return False
    said = list(found(report, _POSITIVE_WORDS, AND_NOT_GROSS))
    return all(
        _NOT.search(match[0])
        or _NOT.search(sentence_before(report, match.start(), 60))
        or "N0" in stated
        for match in said
    )
