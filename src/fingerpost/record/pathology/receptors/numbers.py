"""Numbers of receptor results, as reports write them: percentages, scores, ratios, copies."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from fingerpost.values import Choice, Interval

_N = r"(\d{1,3}(?:[.,]\d{1,2})?)"
_OPERATOR = (
    r"(?P<op>less than or equal to|greater than or equal to|more than or equal to|less than|fewer than"
    r"|greater than|more than|at least|up to|approximately|approx\.?|about|around|circa|nearly|almost"
    r"|over|above|under|below|>/=|</=|>=|<=|=>|=<|[<>\u2264\u2265~])"
)
_PERCENT = re.compile(
    rf"(?:{_OPERATOR}\s{{0,3}})?(?<![\d.])(?<!\(0 )(?<![ :=(]-)(?<!: - ){_N}\s?%?(?:\s?(?:-|to)\s?{_N})?\s?(?:%|percent\b|per cent\b)"
)
_FIGURE_BEFORE = re.compile(r"(?<![\w.,/+-])\d{1,2} {1,4}\Z")
_ONE_FIGURE = re.compile(r"\d(?![\d.,])")
# "H-score (0-300): 270", "ratio (normal < 2.0): 5.1": a scale or a norm printed between a name and its figure.
_PRINTED = (
    r"(?:\s?\((?:(?:scale|range)\s?:?\s?)?0\s?(?:-|to)\s?(?:8|12|100|300)\)"
    r"|\s?\((?:normal|reference|ref|cut-?\s?off|expected)\b[^()\n]{0,25}\))?"
)
_NO_RANGE = r"(?!\s?-\s?\d)"
_RATIO = re.compile(
    rf"\bratios?\b{_PRINTED}"
    r"(?:[^\d<>=\u2264\u2265~;]|her.?2|(?:cep|chr|cen|chromosome)[\s.-]{0,2}17|=){0,50}?"
    r"\(?"
    + _OPERATOR
    + r"?\s{0,2}(?<![\d.a-z])(?<!cep )(?<!chr )(?<!cep-)(?<!chr-)(?<!her )(?<!her-)"
    rf"(?<!chromosome ){_N}(?![\d%/]|\s?-\s?\d|\s?\)\s?[:=]\s?\d)"
)
_COPIES = re.compile(
    r"(?<!total )(?<!total number of )\bher.?2(?:[\s/-]?neu)?\s(?:gene\s)?"
    r"(?:copy number|cop(?:y|ies)|signals?)"
    r"(?:\s?(?:/|per)\s?(?:tumou?r\s|invasive\s)?(?:cell|nucleus))?"
    rf"{_PRINTED}[^\d<>\n;%]{{0,25}}?{_OPERATOR}?\s{{0,2}}(?<![\d.a-z])(?<!her-)(?<!her ){_N}(?![\d%]|\s?chromo|\s?-\s?\d)"
)
# "FISH ratio 2.6, copy number 7.9": behind a ratio, HER2 need not be named again.
_COPIES_BEHIND = re.compile(
    r"(?<=\d[,;]\s)(?:and\s)?(?:the\s)?(?:average\s|mean\s)?(?:gene\s)?(?:copy number|copies)(?:\s?(?:/|per)\s?cell)?"
    rf"[\s:=(of]{{0,5}}{_OPERATOR}?\s{{0,2}}(?<![\d.a-z]){_N}(?![\d%]|\s?chromo)"
)
_IN_BRACKETS = r"(?:\s?\([^()\d\n]{1,40}\))?"
_IHC_RANGE = re.compile(
    rf"(?<![\d.+])(?P<low>[0-2o]|zero)\s?\+?{_IN_BRACKETS}\s?(?:-|/|or|to|vs\.?|versus|(?<=\d\+\s)and|[,(]\s?(?=focal))\s?"
    r"(?:focal(?:ly)?\s)?(?P<high>[1-3])\s?\+?(?!\d|[.,]\d|\s?%|\s?[cm]m)"
)
# "> 1+" and "at least 2+" are no 1+ and no 2+.
_IHC_BOUND = re.compile(
    r"(?P<op>>/=|>=|=>|\u2265|at least|>|greater than|more than|over|above|</=|<=|=<|\u2264|up to|at most|<"
    r"|less than|below|under)\s{0,2}(?P<n>[0-3])\s?\+(?![\w+])(?!\s?\d)"
)
_UPWARDS = {">/=": 0, ">=": 0, "=>": 0, "\u2265": 0, "at least": 0}
_UPWARDS |= dict.fromkeys((">", "greater than", "more than", "over", "above"), 1)
_DOWNWARDS = {"</=": 1, "<=": 1, "=<": 1, "\u2264": 1, "up to": 1, "at most": 1}
_IHC_PLUS = re.compile(
    r"(?<![\d.+])(?<![\d+]/)(?<!\d-)(?<!\d -)(?P<n>[0-3])\s?\+(?![\w+])(?!\s?\d)"
)
# "2+ 1+": two cells of a row, of which either may be the one.
_IHC_TWO = re.compile(r"(?<![\d.+/-])(?P<n>[0-3])\s?\+\s{1,2}(?P<m>[0-3])\s?\+(?![\w+])(?!\s?\d)")
_IHC_IN_WORDS = re.compile(r"(?<![\d.+/-])(?P<n>[0-3])\splus\b(?!\s\d)")
_IHC_SIGN_FIRST = re.compile(r"(?<![\w+)])\+\s?(?P<n>[1-3])(?!\d|[.,]\d|\s?%)")
_IHC_NAMED = re.compile(
    r"\b(?:score[ds]?|ihc|intensity|hercept ?test)(?:\s?(?:of|is|was|as|value)|\s?[:=(-]){0,3}\s{0,2}"
    r"(?P<n>[0-3o]|zero)(?![\w%]|[.,]\d)(?!\s?(?:\+\s?\d|-\s?\d|[cm]m|/\s?(?!3\b)\d))"
)
# A form may print its scale before the answer: "Her-2/neu (0-3+,n/a) : 1".
_IHC_SCALE = re.compile(r"\(0\s?-\s?3\+?[^)\n]{0,8}\)\s?[:=]?\s?(?P<n>[0-3o])(?!\w|[.,]\d|\s?%)")
_IHC_ALONE = re.compile(r"\(\s?(?P<n>0)\s?\)")
_IHC_FRACTION = re.compile(r"(?<![\d.])(?P<n>[0-3])\s?/\s?3(?!\d|[.,]\d|\+)")
_ALLRED = re.compile(
    r"(?:\b(?:allred|quick)(?:\sscore)?|\b[qt]s\b(?=\s?[:=])"
    rf"|\bqs\b|\btotal score){_PRINTED}(?:\s?(?:of|is|was)|\s?[:=(-]){{0,3}}\s{{0,2}}"
    rf"(?P<n>[0-8])(?!\d|[.,]\d|\s?%)(?!\s?\+\s?\d){_NO_RANGE}(?:\s?/\s?8)?"
)
_ALLRED_SUM = re.compile(
    r"(?<![\d.])[0-5]\s?\+\s?[0-3]\s?=\s?(?P<n>[0-8])(?!\d|[.,]\d|\s?%)(?:\s?/\s?8)?"
)
_ALLRED_PARTS = re.compile(
    r"\bps\s?[:=]?\s?[0-5]\s?\+\s?is\s?[:=]?\s?[0-3]\s?=\s?(?P<n>[0-8])(?!\d|[.,]\d|\s?%)"
)
# "ER 8 (5+3)".
_ALLRED_WITH_PARTS = re.compile(
    r"(?<![\d.+/])(?P<n>[0-8])\s?\(\s?(?:ps\s?)?[0-5]\s?\+\s?(?:is\s?)?[0-3]\s?\)"
)
_EIGHTHS = re.compile(r"(?<![\d./])(?P<n>[0-8])\s?/\s?8(?!\d|[.,/]\d)")
# "ER score (0-8): 7".
_OF_EIGHT = re.compile(
    r"\bscore\s?\((?:(?:scale|range)\s?:?\s?)?0\s?(?:-|to)\s?8\)\s?[:=]?\s?(?P<n>[0-8])(?!\d|[.,]\d|\s?%)"
)
_H_SCORE = re.compile(
    rf"\bh(?:isto)?[\s-]?score{_PRINTED}(?:\s?(?:of|is|was)|\s?[:=(-]){{0,3}}\s{{0,2}}"
    rf"(?P<n>\d{{1,3}})(?!\d|[.,]\d|\s?%|\s?\+?\s?[x*\u00d7]\s?\d){_NO_RANGE}"
)
# "H-score: 3 x 60 + 2 x 30 + 1 x 5 = 245": the sum is the score, its parts are not.
_H_SCORE_SUM = re.compile(
    r"\bh(?:isto)?[\s-]?score(?:\s?(?:of|is|was)|\s?[:=(-]){0,3}\s{0,2}(?:\(?\s?[0-3]\s?\+?\s?[x*\u00d7]\s?\d{1,3}\s?%?\s?\)?[\s+,]{0,4}){2,4}"
    r"=\s?(?P<n>\d{1,3})(?!\d|[.,]\d|\s?%)"
)
_CPS = re.compile(
    rf"\b(?:cps|combined positive score)\b{_PRINTED}[^\d<>\n;%]{{0,25}}?"
    rf"{_OPERATOR}?\s{{0,2}}{_N}(?!\d)(?:\s?(?:-|\bto\b)\s?{_N}(?!\d))?"
)
_IC = re.compile(rf"\b(?:ic|immune cells?)\b[^\d<>\n;%]{{0,30}}?{_OPERATOR}?\s{{0,2}}{_N}\s?%")
_NUCLEI = re.compile(
    r"(?:nuclei stained|cells stained|positive (?:nuclei|cells)|(?:percent(?:age)?|(?<!\d)(?<!\d )%) (?:cells |nuclei )?positive|\(xy[%t],n/a\))\s{0,2}[:=-]\s{0,2}"
    r"(?P<n>\d{1,3}|o)(?!\d|[.,]\d|\s?[%/])"
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a report: which scale, where, and what it may be."""

    scale: str
    start: int
    end: int
    value: Interval | Choice


def numbers_in(text: str, names: Sequence[tuple[int, int]] = ()) -> list[Number]:
    """Every number that can be a receptor result, in a mended text.

    `names` are the places of markers, whose own figures are no scores: "HER2+" is no 2+.

    >>> [
    ...     (n.scale, n.value.low, n.value.high)
    ...     for n in numbers_in("80-90% of cells, quick score 8/8")
    ... ]
    [('percent', 80.0, 90.0), ('allred', 8.0, 8.0)]
    """
    percents = _measured(text, "percent", _PERCENT, 100)
    found = [each for each in percents if not _is_half_a_number(text, each, names)]
    found += [*_measured(text, "ratio", _RATIO, 40)]
    found += [
        *_measured(text, "copies", _COPIES, 100),
        *_measured(text, "copies", _COPIES_BEHIND, 100),
    ]
    found += [*_measured(text, "cps", _CPS, 100), *_measured(text, "ic", _IC, 100)]
    for scale, pattern, highest in (
        ("allred", _ALLRED, 8),
        ("allred", _ALLRED_SUM, 8),
        ("allred", _ALLRED_PARTS, 8),
        ("allred", _EIGHTHS, 8),
        ("allred", _ALLRED_WITH_PARTS, 8),
        ("allred", _OF_EIGHT, 8),
        ("h_score", _H_SCORE_SUM, 300),
        ("h_score", _H_SCORE, 300),
        ("percent", _NUCLEI, 100),
    ):
        found += _plain(text, scale, pattern, highest)
    found += _scores(_without(text, names))
    return _without_overlaps(found)


def _is_half_a_number(text: str, number: Number, names: Sequence[tuple[int, int]]) -> bool:
    """Whether another figure stands some blanks before it: a page that is set wide may part "18 %"."""
    before = _FIGURE_BEFORE.search(text, max(0, number.start - 7), number.start)
    if before is None or not _ONE_FIGURE.match(text, number.start):
        return False
    return not any(start <= before.start() < end for start, end in names)


def _measured(text: str, scale: str, pattern: re.Pattern[str], highest: float) -> list[Number]:
    found = []
    for match in pattern.finditer(text):
        numbers = [float(g.replace(",", ".")) for g in match.groups()[1:] if g]
        if not numbers or max(numbers) > highest or (numbers[0] > numbers[-1]):
            continue
        # "(0-100%)" is a printed scale, not a result.
        if numbers[0] == 0 and numbers[-1] == highest:
            continue
        # "< 1 to 1 %" begins at nothing.
        if len(numbers) > 1 and match["op"] in _BELOW:
            numbers = [0.0, numbers[-1]]
        value = _interval(match["op"], numbers, highest)
        if value is not None:
            found.append(Number(scale, match.start(), match.end(), value))
    return found


_BELOW = {"less than", "fewer than", "under", "below", "<"}


def _interval(operator: str | None, numbers: list[float], highest: float) -> Interval | None:
    low, high = numbers[0], numbers[-1]
    tidy = (operator or "").rstrip(".")
    if low != high or not tidy:
        return Interval(low, high)
    if tidy in _BELOW:
        return Interval(0, high, high_open=True) if high > 0 else None
    if tidy in {"greater than", "more than", "over", "above", ">"}:
        return Interval(low, highest, low_open=True) if low < highest else None
    if tidy in {"less than or equal to", "</=", "<=", "=<", "\u2264", "up to"}:
        return Interval(0, high)
    if tidy in {
        "greater than or equal to",
        "more than or equal to",
        ">/=",
        ">=",
        "=>",
        "\u2265",
        "at least",
    }:
        return Interval(low, highest)
    # "About 10 %" is neither exactly 10 nor anything at all.
    width = min(5.0, low / 2)
    above = 0.0 if tidy in {"nearly", "almost"} else width
    return Interval(low - width, min(high + above, highest))


def _plain(text: str, scale: str, pattern: re.Pattern[str], highest: float) -> list[Number]:
    found = []
    for match in pattern.finditer(text):
        number = 0.0 if match["n"] == "o" else float(match["n"])
        if number <= highest:
            found.append(Number(scale, match.start(), match.end(), Interval(number, number)))
    return found


def _without(text: str, names: Sequence[tuple[int, int]]) -> str:
    """The text with every name of a marker made illegible, of the same length."""
    pieces, done = [], 0
    for start, end in names:
        pieces += [text[done:start], "_" * (end - start)]
        done = end
    return "".join([*pieces, text[done:]])


# "Edema 3+", "reflexes 2+", "nodes 3+": scores of something else.
_OTHER_SCORE = re.compile(
    r"(?:[.;,]\sgrade|\b(?:o?edema|reflex(?:es)?|pulses?|urine(?: protein)?|nodes?|ketones|h(?:a)?ematuria|murmur|growth|lymphocytes?"
    r"|mitos[ei]s|tubules?|ecog|bacteria|crystals))\s?[:=]?\s?$"
)
_SCORE = {"0": "0", "o": "0", "zero": "0", "1": "1+", "2": "2+", "3": "3+"}
_ORDER = ("0", "1+", "2+", "3+")


def _scores(text: str) -> list[Number]:
    found = []
    for match in _IHC_RANGE.finditer(text):
        low, high = _ORDER.index(_SCORE[match["low"]]), _ORDER.index(_SCORE[match["high"]])
        # "(0-3+)" is the whole scale, and says nothing.
        if low < high < low + 3 and ("+" in match[0] or high == 1):
            possible = frozenset(_ORDER[low : high + 1])
            found.append(Number("ihc", match.start(), match.end(), Choice(possible)))
    for match in _IHC_TWO.finditer(text):
        both = frozenset((_SCORE[match["n"]], _SCORE[match["m"]]))
        found.append(Number("ihc", match.start(), match.end(), Choice(both)))
    for match in _IHC_BOUND.finditer(text):
        possible = _bounded(match["op"], int(match["n"]))
        found.append(Number("ihc", match.start(), match.end(), Choice(possible)))
    for pattern in (
        _IHC_IN_WORDS,
        _IHC_PLUS,
        _IHC_SIGN_FIRST,
        _IHC_NAMED,
        _IHC_FRACTION,
        _IHC_SCALE,
        _IHC_ALONE,
    ):
        found += [
            Number("ihc", m.start(), m.end(), Choice(frozenset({_SCORE[m["n"]]})))
            for m in pattern.finditer(text)
        ]
    return [n for n in found if not _OTHER_SCORE.search(text, max(0, n.start - 20), n.start)]


def _bounded(operator: str, score: int) -> frozenset[str]:
    """The scores above or below one; all of them where none is left, which says nothing."""
    below = _ORDER[: score + _DOWNWARDS.get(operator, 0)]
    possible = _ORDER[score + _UPWARDS[operator] :] if operator in _UPWARDS else below
    return frozenset(possible or _ORDER)


def _without_overlaps(found: list[Number]) -> list[Number]:
    """Of two readings of the same signs, the first pattern's counts where it is the longer."""
    kept: list[Number] = []
    for each in sorted(found, key=lambda n: (n.start, -n.end)):
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
        elif _narrower(kept[-1], each):
            kept[-1] = each
    return kept


def _narrower(before: Number, after: Number) -> bool:
    """A longer score counts: "intensity 1+" is read by its last sign."""
    return after.scale == before.scale == "ihc" and after.end > before.end
