"""Stretches of a report that look like results and are none: criteria, controls, empty boxes.

How such passages are laid out is written here; no value of a person comes from it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from fingerpost.record.pathology.receptors.boxes import boxes_behind
from fingerpost.record.pathology.receptors.controls import control_zones
from fingerpost.record.pathology.receptors.reference_columns import reference_columns


def _loose(pattern: str) -> re.Pattern[str]:
    """The pattern with every blank also standing for a line end, with or without its full stop."""
    return re.compile(pattern.replace(" ", r"[\s.]{1,3}"))


# From here on, scales and cut-offs are printed.
_CRITERIA = _loose(
    r"\breference (?:range|value|interval|level)s?|\bthresholds?\b|\b(?:scoring|reporting|interpretation|grading) "
    r"(?:criteria|guide\w*|key|scheme|system|range)|\bcriteria\b|\bcut-?\s?off"
    r"|\bsemi-?quantitat\w+ (?:scale|as)"
    r"|\bscale\s?:|\bnormal range|\bcontrol sections? for|\bis calculated by"
    r"|\bscor(?:e|ing) (?:of )?[0-3]\s?\+?\s?(?:\((?:negative|equivocal|positive)\)\s?)?[=:]\s?[a-z]"
    r"|\binterpreted as follows"
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
    r"|\bis approved\b|\bfda.approved for\b|\bconcordance\b|\bvalidated (?:on|according|against|by"
    r"|using)\b|\bvalidation\b|\brandomly selected\b|\bclinical trials?\b|\bmay respond\b"
    r"|\bmeans that\b|\bof (?:the )?(?:invasive )?(?:tumou?r )?cells is (?:considered )?(?:positive"
    r"|negative)\b|\bcircle one\b"
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
_CUTS = (
    r"(?:(?:[<>\u2264\u2265]=?|less than|greater than)\s?\d{1,2}(?:\.\d)?\s?%?"
    r"|\d{1,2}(?:\.\d)?\s?%?\s?-\s?[<>]?\s?\d{1,2}(?:\.\d)?\s?%?)"
)
_LEVEL = (
    r"(?:low[ -]positive|negative|positive|equivocal|borderline|favou?rable|unfavou?rable|low|high|intermediate"
    r"|normal|amplified|not amplified|non-?amplified)\b"
)
# "> 4 % is positive. 2-4 % is borderline": figures before their words.
_SCALE_OF_FIGURES = re.compile(
    rf"{_CUTS}\s(?:is|le|=|are|:)?\s?{_LEVEL}(?:[\s.,;/)]{{1,4}}{_CUTS}\s(?:is|le|=|are|:)?\s?{_LEVEL})+"
)
_SCALE_OF_WORDS = re.compile(
    rf"\b{_LEVEL}\s?[:=(-]?\s?{_CUTS}(?:[\s.,;/)]{{1,4}}{_LEVEL}\s?[:=(-]?\s?{_CUTS})+"
)
_RATIO_CUT = re.compile(
    r"\b(?:an?|any)\s(?:her.?2[^.;\n]{0,20}\s)?ratio\s(?:of\s)?(?:greater|less|more|above|below|over"
    r"|under|[<>\u2264\u2265])(?:[^.;\n]|\.\d|\.\n){0,90}"
)
# "Negative: 0, 1+; equivocal: 2+; positive: 3+": words and scores in turn are a legend.
_SCORES = r"[\[(]?(?:scores?\s(?:of\s)?)?[0-3]\s?\+?(?:\s?(?:-|/|,|or|and|to)\s?[0-3]\s?\+?)?[)\]]?(?![\d%])"
_WORDS = (
    r"(?:(?:weakly|strongly)\s)?(?P<word{0}>negative|equivocal|positive|indeterminate|borderline)\b"
)
_IS = (
    r"[\s.]{0,2}(?:[:=-]|(?:is|are|as|if)\b(?:\s"
    r"(?:interpreted|considered|reported|scored|called)\sas\b|\sihc\b)?)?\s?"
)
_NEXT = r"[\s,;.]{0,4}(?:(?:and|or|while)\s)?"
_LEGENDS = (
    re.compile(
        rf"\b{_WORDS.format(1)}{_IS}{_SCORES}{_NEXT}{_WORDS.format(2)}{_IS}{_SCORES}(?:{_NEXT}{_WORDS.format(3)}{_IS}{_SCORES})?"
    ),
    re.compile(
        rf"(?<![\w.]){_SCORES}{_IS}{_WORDS.format(1)}{_NEXT}{_SCORES}{_IS}{_WORDS.format(2)}(?:{_NEXT}{_SCORES}{_IS}{_WORDS.format(3)})?"
    ),
)
# "0 (negative), 1+ (negative), 2+ (equivocal), 3+ (positive)": every score with its meaning.
_MEANT = (
    r"\s?\+?\s?[(:=-]?\s?(?:negative|equivocal|borderline|positive|indeterminate|low|ultralow)\b"
    r"[a-z -]{0,20}\)?"
)
_LIST_OF_SCORES = re.compile(
    rf"(?<![\w.])(?:scores?\s?[:=]?\s?)?(?:0{_MEANT}[\s,;/]{{1,4}}(?:and\s|or\s)?)?1{_MEANT}[\s,;/]{{1,4}}(?:and\s|or\s)?"
    rf"2{_MEANT}[\s,;/]{{1,4}}(?:and\s|or\s)?3{_MEANT}"
    rf"|(?<![\w.])(?:scores?\s?[:=]?\s?)?0{_MEANT}[\s,;/]{{1,4}}1{_MEANT}[\s,;/]{{1,4}}2{_MEANT}"
)
# "Wolff AC, et al. Recommendations for HER2 testing. J Clin Oncol": a title, and its journal.
_ET_AL = re.compile(
    r"\b[a-z'-]{2,20}\s[a-z]{1,3},?\set al\b[.,:]{0,2}\s[^.\n]{0,160}(?:\.|$|(?=\n))"
    r"(?:\s[^.\n]{0,40}\b(?:j|arch|engl|lancet|oncol|pathol|cancer|ann|breast)\b[^.\n]{0,60})?"
)
# A field of stage behind the name of a receptor: reading by machine has moved the column of values.
_SHIFTED = re.compile(r"receptors?\s?:[\s.]{0,3}p?[tnm](?:[0-4]|x|is)\b[^\n]{0,160}")
_CITATION = re.compile(
    r"(?<![\w])\d{1,2}\. [a-z-]{3,20} [a-z]{1,3}[,.]"
    r"(?:(?!\d\. [a-z-]{3,20} [a-z]{1,3},)[^;]){0,320}?\b(?:19|20)?[0o]?\d\d\s?;\s?\d"
)
_CONTROLS = re.compile(
    # "ER positive" at the end of a line is no word of the "internal control" of the next.
    r"(?:\b(?:(?:positive|negative|internal|external)(?: {1,2}|\s?\n\s?(?=controls?\b(?!\s?:)|and\b))"
    r"|(?:appropriate|adequate|known|and|or|the|all|block|on-slide|batch)\s{1,2})"
    r"|\([+-]\)\s?){0,6}\bcontrols?\b(?!\s?[a-z]{0,12}\s?:\s?er\b)(?:[\s:.]{1,3}(?:tissues?"
    r"|sections?|slides?|cells?|recut|for|"
    r"is|are|was|were|worked|work|show\w*|stain\w*|react\w*|with|which|that|both"
    r"|appropriate\w*|adequate\w*|satisfactory|"
    r"satisfactorily|positive|negative|positively|as|expected|present|valid|acceptable"
    r"|optimal|pass\w*)\b){0,6}(?:\s?[:=]\s?(?:positive|negative|[0-3]\s?\+))?"
)
_BENIGN = re.compile(
    r"\b(?:benign|normal|non-?neoplastic|adjacent|background|surrounding)\s(?:breast\s"
    r"|mammary\s|ductal\s)?"
    r"(?:glands?|epithelium|epithelial cells|ducts?|acini|tissue|cells|lobules|elements"
    r"|structures)\b"
    # What follows is theirs too, up to what is said of the tumor beside them.
    r"(?:(?!(?:,|\band\b|\bbut\b|\bvs\b)\s?(?:[<>]?\s?\d{1,3}\s?%|positive|negative)\s(?:of|in)\s(?:the\s)?"
    r"(?:invasive|tumou?r|carcinoma|cancer))[^.;\n]){0,60}"
)
_EMPTY_BOX = re.compile(
    r"(?:\[\s{0,2}\]|\u2610|\u25a1|\(\s{1,2}\)|(?<![\w_])_{2,6}(?![\w_]))\s{0,2}[a-z0-9+ ]{1,24}"
)
_HAS_WORD = re.compile(r"[a-z]{2}|\d")
_LITERATURE = _loose(
    r"\b(?:patients|women|tumou?rs|cancers|carcinomas|cases|specimens|samples"
    r"|results(?! of| for)) (?:with|that|which|whose|for|of)\b[^.;\n]{0,50}"
)
_PLURAL = re.compile(
    r"\b(?:positive|negative|equivocal|amplified|overexpressing|expressing|(?:ultra-?)?low)\s(?:breast\s"
    r"|invasive\s)?"
    r"(?:tumou?rs|cancers|carcinomas|patients|cases|specimens|samples|results"
    r"|(?:(?:cancer|carcinoma|disease|tumou?r)\s)?(?:arms?|cohorts?|sub-?groups?|subtypes?|setting|pathways?|protocols?|regimens?|trials?|leaflets?|booklets?|brochures?|information|clinics?)"
    r"|(?:cancer|carcinoma|disease|tumou?r)\s(?:testing|guidelines?|recommendations?|patients|stud(?:y|ies)))\b"
)
# "Amplified if >= 2.0", "positive requires 3+", "10 % required for positive", "would be positive".
_CONDITION = re.compile(
    rf"\b{_LEVEL}\s{{1,2}}(?:only\s)?(?:if|when|unless|requires?|needs|means)\b(?:[^.;)\n]|\.(?=\d)){{0,120}}"
    rf"|\b(?:would|should|will|to)\sbe\s(?:called\s|considered\s|reported\s(?:as\s)?)?{_LEVEL}"
    r"(?:[^.;)\n]|\.(?=\d)){0,120}"
)
_REQUIRED = re.compile(
    r"\b(?:required|needed|necessary)\s{1,2}(?:for|to)\b(?:[^.;)\n]|\.(?=\d)){0,120}"
)
_CLAUSE_START = re.compile(r"[;,(\n]|\.(?!\d)")
# "HER2 (0, 1+, 2+, 3+): 2+": a form prints its scale before the answer.
_PRINTED_SCALE = re.compile(
    r"[(\[]?\s?(?:(?:scale|scores?|range)\s?:?\s?)?(?<![\w.+])0\s?[,/;|]\s?1\s?\+?\s?[,/;|]\s?2\s?\+?\s?(?:[,/;|]\s?)?(?:or\s|and\s)?"
    r"\s?3(?![\d%])\s?\+?\s?[)\]]?"
    # Without signs between: "0  1+  2+  3+".
    r"|(?<![\w.+])0 {1,4}1\s?\+? {1,4}2\s?\+? {1,4}3(?![\d%])\s?\+?"
)
# "Corrected from positive to negative", "positive (corrected from negative)": what was said first is past.
_CHANGED = re.compile(
    r"\b(?:correct|chang|revis|amend|updat|modif|convert)\w{1,4}\s{1,2}(?:\w{1,12}\s)?from\s"
    r"(?:[^.;\n)]{1,60}?\)?\sto\b|[^.;\n)]{1,60})"
    r"|\bpreviously\s(?:reported|called|given|read|interpreted|stated)\s(?:as\s|to be\s)?[^.;,\n]{1,30}?"
    r"\s(?:is|should be|has been (?:corrected|changed|revised|amended))\b"
)
# "Luminal A: ER+, PR+, HER2-; luminal B: ...": what subtypes are called, not which this one is.
_SUBTYPES = re.compile(
    r"\bluminal[ -]a\b[^.;\n]{0,30}?[:=(-](?:[^\n]|\n(?=[\s*-]{0,4}(?:luminal|her-?2[ -](?:enriched|positive|type|over)|triple|basal))){0,240}?"
    r"\bluminal[ -]b\b(?:[^\n]|\n(?=[\s*-]{0,4}(?:luminal|her-?2[ -](?:enriched|positive|type|over)|triple|basal))){0,520}"
)
# "A CPS of 10 or more is positive", "Ki-67 >= 20 % qualifies": what is asked for.
_ASKED_SCORE = re.compile(
    r"\b(?:an?|any|if|when)\s(?:pd-?l1\s)?(?:cps|combined positive score)\s(?:(?:is|of)\s)?(?:[<>\u2264\u2265]|greater|less|more|at least|below|above|\d{1,3}\sor)"
    r"(?:[^.;\n]|\.\d){0,90}"
    r"|\b(?:cps|combined positive score)\s(?:of\s)?(?:[>\u2265]=?\s?)?\d{1,3}\s(?:or\s\w{4,6}\s)?(?:(?:is|was|would be)\s)?(?:needed|required|necessary|asked for)\b"
    r"|\b(?:is|are)\s(?:indicated|approved|licensed)\s(?:for|in)\b(?:[^.;\n]|\.\d){0,200}"
    r"|(?:[>\u2265]=?|at least)\s?\d{1,3}\s?%?\s(?:qualif\w+|(?:is|are)\s(?:eligible|required|needed))"
)
# "2.0 or greater is amplified", "Allred > 2 is positive": what a word stands for.
_MEANS = re.compile(
    rf"(?:(?<![\d.])(?:1|2|3|4|6|10)(?:\.[0-9])?\s?%?\s(?:or|and)\s(?:greater|more|higher|above|over)"
    rf"|(?:[>\u2265]=?|<|greater than|more than|less than)\s?(?:1|2|3|4|6|10)(?:\.[0-9])?\s?%?(?![\d.]))"
    rf"\s?(?:is|are|=|means?|(?:is|are)\s(?:considered|called|regarded as))\s(?:considered\s)?{_LEVEL}"
)
# "Cell line MCF-7 (ER positive)".
_CELL_LINES = re.compile(
    r"\b(?:cell[ -]lines?|mcf-?\s?7|sk-?\s?br-?\s?3|bt-?\s?474|mda-?\s?mb-?\s?\d{0,3}|t-?47-?d)\b[^.;\n]{0,120}"
)
# "Result: positive / Test: ER": whose a result is, only the whole list shows; nothing of it is read.
_RESULT_FIRST = re.compile(
    r"(?:(?<=\n)|\A)[ ]{0,8}results?\s?:[^\n]{1,60}\n[ ]{0,8}(?:test|marker|stain|antibody|analyte)\s?:[^\n]{1,60}"
    r"(?:\n[ ]{0,8}results?\s?:[^\n]{1,60}\n[ ]{0,8}(?:test|marker|stain|antibody|analyte)\s?:[^\n]{1,60}){1,12}"
)
_NAMED_TEST = re.compile(r"(?:test|marker|stain|antibody|analyte)\s?:")
_LIMIT = 420
_PASSAGES = (
    *(
        _CONDITION,
        _PRINTED_SCALE,
        _CHANGED,
        _CONTROLS,
        _BENIGN,
        _SCALE,
        _PLURAL,
        _CUT_OFF,
        _SCALE_OF_FIGURES,
    ),
    *(_SCALE_OF_WORDS, _RATIO_CUT, _SHIFTED, _CITATION),
    *(_LIST_OF_SCORES, _ET_AL, _SUBTYPES, _ASKED_SCORE, _MEANS, _CELL_LINES),
)
# "Reference ranges. ER: positive (94 %)": the heading of a column, then a result.
_RESULT_BEHIND = re.compile(r"\s?[:.]\s?(?:positive|negative)\b\s?[(.\n]")
# What stands behind a marker in a table of cut-offs.
_CUT_BEHIND = re.compile(
    r"[\s.:|]{0,4}(?:n/a[\s.|]{0,3})?(?:[<>\u2264\u2265]|0\s?-\s?1\s?\+|"
    rf"{_LEVEL}\s?[:=(-]?\s?{_CUTS})"
)

Span = tuple[int, int]


def zones_in(text: str, groups: Sequence[Span], borders: Sequence[int]) -> list[Span]:
    """The stretches in which no result is read.

    Args:
        text: The mended text.
        groups: Where markers are named, in order: criteria end where a marker begins a line anew.
        borders: Where sections and parts begin.
    """
    zones: list[Span] = []
    for pattern in _PASSAGES:
        zones += [match.span() for match in pattern.finditer(text)]
    zones += _empty_boxes(text, groups)
    for pattern in _LEGENDS:
        zones += [match.span() for match in pattern.finditer(text) if _is_legend(match)]
    zones += control_zones(text, groups)
    zones += [match.span() for match in _RESULT_FIRST.finditer(text) if _begins_so(text, match)]
    zones += [(_clause_start(text, m.start()), m.end()) for m in _REQUIRED.finditer(text)]
    zones += [match.span() for match in _LITERATURE.finditer(text) if not _of_one(match[0])]
    zones += [
        (_sentence_start(text, m.start()), _sentence_end(text, m.end()))
        for m in _DEFINITION.finditer(text)
    ]
    begins = [(start, end) for start, end in groups if _begins(text, start)]
    lines = sorted([*((border, border) for border in borders), *begins])
    tables = list(reference_columns(text))
    zones += [cut for _, cuts in tables for cut in cuts]
    heads = [head for head, _ in tables]
    zones += [
        _criteria(text, match, lines)
        for match in _CRITERIA.finditer(text)
        if not any(start <= match.start() < end for start, end in heads)
    ]
    return _joined(zones)


def _empty_boxes(text: str, groups: Sequence[Span]) -> list[Span]:
    """The words of boxes without a cross, which stand behind their box or, in some forms, before it."""
    rows = boxes_behind(text)
    spans = [span for row in rows for span in row.not_chosen]
    for match in _EMPTY_BOX.finditer(text):
        start, end = match.span()
        if any(row.start <= start < row.end for row in rows):
            continue
        # "[ ] negative PR: [x] positive": the next marker is no word of the empty box.
        nexts = (at for at, _ in groups if start < at < end and _HAS_WORD.search(text, start, at))
        spans.append((start, min(nexts, default=end)))
    return spans


def _begins_so(text: str, match: re.Match[str]) -> bool:
    """Whether the list begins with a result: else each result belongs to the name before it."""
    before = text[: match.start()].rstrip().rpartition("\n")[2]
    return _NAMED_TEST.match(before.strip()) is None


def _of_one(words: str) -> bool:
    """A heading of results, such as "results of immunohistochemical examination: ER"."""
    return ":" in words or words.startswith(("results of", "results for"))


def _is_legend(match: re.Match[str]) -> bool:
    """Each word once, or scores from 0 upwards: "positive 3+, positive 2+" are results in a row."""
    words = [word for word in match.groupdict().values() if word]
    if len(set(words)) == len(words):
        return True
    scores = re.findall(r"[0-3]", match[0])
    return words[0] == "negative" and scores == sorted(set(scores)) and len(set(words)) > 1


def _criteria(text: str, match: re.Match[str], lines: list[Span]) -> Span:
    """From the word to the next marker that begins a line, or the end of the brackets."""
    end = min(len(text), match.start() + _LIMIT)
    at = bisect_right(lines, (match.end(), -1))
    # Behind "reference ranges", markers with cut-offs are rows of its table.
    while at < len(lines) and lines[at][0] < end and _is_row(text, match, lines[at]):
        at += 1
    if at < len(lines):
        end = min(end, lines[at][0])
    opened = text.rfind("(", max(0, match.start() - 40), match.start())
    if opened >= 0 and ")" not in text[opened : match.start()]:
        closed = text.find(")", match.end(), end)
        end = closed if closed >= 0 else end
    return match.start(), max(end, match.end())


def _is_row(text: str, match: re.Match[str], line: Span) -> bool:
    start, end = line
    if match[0].endswith("s") and _CUT_BEHIND.match(text, end):
        return True
    straight = start - match.end() <= 8 and start < end
    return straight and not _RESULT_BEHIND.match(text, end)


def _begins(text: str, start: int) -> bool:
    before = text[max(0, start - 3) : start].rstrip(" -*")
    return not before or before[-1] in ".\n|"


def _clause_start(text: str, place: int) -> int:
    low = max(0, place - 120)
    return max((m.end() for m in _CLAUSE_START.finditer(text, low, place)), default=low)


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
