"""Stretches of a report that look like results and are none: criteria, controls, empty boxes.

How such passages are laid out is written here; no value of a person comes from it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence


def _loose(pattern: str) -> re.Pattern[str]:
    """The pattern with every blank also standing for a line end, with or without its full stop."""
    return re.compile(pattern.replace(" ", r"[\s.]{1,3}"))


# From here on, scales and cut-offs are printed.
_CRITERIA = _loose(
    r"\breference (?:range|value|interval|level)s?|\b(?:scoring|reporting|interpretation|grading) "
    r"(?:criteria|guide\w*|key|scheme|system|range)|\bcriteria\b|\bcut-?\s?off"
    r"|\bsemi-?quantitat\w+ (?:scale|as)"
    r"|\bscale\s?:|\bnormal range|\bcontrol sections? for|\bis calculated by"
    r"|\bscor(?:e|ing) (?:of )?[0-3]\s?\+?\s?[=:]\s?[a-z]"
    r"|(?<![\w.:/-])[0-5]\s?\+?\s?=\s?(?!\s?(?:proportion|ps\b|intensity|is\b))(?:[a-z<>(]"
    r"|\d{1,2}\s?%)"
)
# The whole sentence says what words mean, not what was found.
_DEFINITION = _loose(
    r"\b(?:is|are|be) (?:considered|defined|regarded|reported|interpreted|scored"
    r"|called) (?:as )?(?:to be )?"
    r"[^;\n]{0,60}?(?:\b(?:if|when|as an? |as nuclear|only|unless|applying)|[<>])"
    r"|\bdefined as\b|\ba (?:positive|negative) (?:er|pr|her)|\b(?:positive"
    r"|negative)\s?[:=-]\s?(?:nuclear |any |\w+ )"
    r"?staining (?:in|of|greater|less)\b|\bthe term\b|\bare eligible\b|\bmay benefit\b"
    r"|\bis approved\b|\bfda.approved for\b"
)
# "Negative: <1 %. Positive: >= 1 %": two cut-offs side by side are a scale.
_SCALE = re.compile(
    r"\b(?:negative|positive|equivocal|borderline|favorable|unfavorable|low|high"
    r"|intermediate)\s?[:=(-]?\s?"
    r"(?:[<>\u2264\u2265]|0\s?-\s?1|<=|>=|less than|greater than"
    r"|at least)[^a-z]{0,12}(?:of [a-z ]{0,30}|percent|nuclei|cells|[)\s.,;/-])"
    r"{0,4}\s{0,2}\(?\b(?:negative|positive|equivocal|borderline|favorable|unfavorable|low"
    r"|high|intermediate)\s?[:=(-]?\s?"
    r"(?:[<>\u2264\u2265]|\d|<=|>=|less than|greater than|at least)[^a-z\n]{0,12}"
)
# Without brackets: "Positive >= 1 %" is a cut-off, "positive (>= 1 %)" a result.
_CUT_OFF = re.compile(r"\b(?:positive|negative)\s?[:=-]?\s?(?:>=|>/=|=>|\u2265|<)\s?(?:1|10)\s?%")
_CONTROLS = re.compile(
    r"(?:\b(?:positive|negative|internal|external|appropriate|adequate|known|and|or|the"
    r"|all|block|on-slide|batch)\s{1,2}"
    r"|\([+-]\)\s?){0,6}\bcontrols?\b(?!\s?[a-z]{0,12}\s?:\s?er\b)(?:[\s:.]{1,3}(?:tissues?"
    r"|sections?|slides?|cells?|recut|for|"
    r"is|are|was|were|worked|work|show\w*|stain\w*|react\w*|with|which|that|both"
    r"|appropriate\w*|adequate\w*|satisfactory|"
    r"satisfactorily|positive|negative|positively|as|expected|present|valid|acceptable"
    r"|optimal|pass\w*)\b){0,6}"
)
_BENIGN = re.compile(
    r"\b(?:benign|normal|non-?neoplastic|adjacent|background|surrounding)\s(?:breast\s"
    r"|mammary\s|ductal\s)?"
    r"(?:glands?|epithelium|epithelial cells|ducts?|acini|tissue|cells|lobules|elements"
    r"|structures)\b[^.;\n]{0,60}"
)
_EMPTY_BOX = re.compile(
    r"(?:\[\s{0,2}\]|\u2610|\u25a1|\(\s{1,2}\)|(?<![\w_])_{2,6}(?![\w_]))\s{0,2}[a-z0-9+ ]{1,24}"
)
_LITERATURE = _loose(
    r"\b(?:patients|women|tumou?rs|cancers|carcinomas|cases|specimens|samples|results) "
    r"(?:with|that|which|whose|for|of)\b[^.;\n]{0,50}"
)
_PLURAL = re.compile(
    r"\b(?:positive|negative|equivocal|amplified|overexpressing|expressing)\s(?:breast\s"
    r"|invasive\s)?"
    r"(?:tumou?rs|cancers|carcinomas|patients|cases|specimens|samples|results)\b"
)
_LIMIT = 420

Span = tuple[int, int]


def zones_in(text: str, groups: Sequence[Span], borders: Sequence[int]) -> list[Span]:
    """The stretches in which no result is read.

    Args:
        text: The mended text.
        groups: Where markers are named, in order: criteria end where a marker begins a line anew.
        borders: Where sections and parts begin.
    """
    zones: list[Span] = []
    for pattern in (_CONTROLS, _BENIGN, _EMPTY_BOX, _SCALE, _PLURAL, _CUT_OFF):
        zones += [match.span() for match in pattern.finditer(text)]
    zones += [match.span() for match in _LITERATURE.finditer(text) if not _of_one(match[0])]
    zones += [
        (_sentence_start(text, m.start()), _sentence_end(text, m.end()))
        for m in _DEFINITION.finditer(text)
    ]
    starts = sorted([*borders, *(start for start, _ in groups if _begins(text, start))])
    zones += [_criteria(text, match, starts) for match in _CRITERIA.finditer(text)]
    return _joined(zones)


def _of_one(words: str) -> bool:
    """A heading of results, such as "results of immunohistochemical examination: ER"."""
    return ":" in words or words.startswith(("results of", "results for"))


def _criteria(text: str, match: re.Match[str], starts: list[int]) -> Span:
    """From the word to the next marker that begins a line, or the end of the brackets."""
    from bisect import bisect_right

    end = min(len(text), match.start() + _LIMIT)
    at = bisect_right(starts, match.end() + 8)
    if at < len(starts):
        end = min(end, starts[at])
    opened = text.rfind("(", max(0, match.start() - 40), match.start())
    if opened >= 0 and ")" not in text[opened : match.start()]:
        closed = text.find(")", match.end(), end)
        end = closed if closed >= 0 else end
    return match.start(), end


def _begins(text: str, start: int) -> bool:
    before = text[max(0, start - 3) : start].rstrip(" -*")
    return not before or before[-1] in ".\n|"


def _sentence_start(text: str, place: int) -> int:
    low = max(0, place - 160)
    return max(low, text.rfind(". ", low, place) + 1, text.rfind("\n", low, place) + 1)


def _sentence_end(text: str, place: int) -> int:
    high = min(len(text), place + 220)
    ends = [at for at in (text.find(". ", place, high), text.find("\n\n", place, high)) if at >= 0]
    return min(ends, default=high)


def _joined(zones: list[Span]) -> list[Span]:
    joined: list[Span] = []
    for start, end in sorted(zones):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined
