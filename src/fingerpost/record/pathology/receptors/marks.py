"""Everything in a report that bears on receptors, in its order: markers, results, numbers, ends."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from fingerpost.record.code_index import Meaning
from fingerpost.record.pathology.receptors.groups import Group, groups_in
from fingerpost.record.pathology.receptors.numbers import Number, numbers_in
from fingerpost.record.pathology.receptors.spelling import Mended
from fingerpost.record.pathology.receptors.vocabulary import Vocabulary
from fingerpost.record.pathology.receptors.zones import Span, zones_in
from fingerpost.values import Choice, Interval

MarkKind = Literal["group", "result", "number", "absence", "method", "end"]

_SIGN = r"(?:\+\+\+|\+\+|\+|-)"
# "ER+", "ER (-)", "ER: +/+/-": a dash counts only where no word follows it.
_SIGNS = re.compile(
    rf"\s?[:=|]?\s?(?:\(\s?)?{_SIGN}(?:ve\b)?(?:\s?\))?"
    rf"(?:\s?[/,|]?\s?(?:\(\s?)?{_SIGN}(?:ve\b)?(?:\s?\))?(?![\w%])){{0,3}}"
)
_ONE_SIGN = re.compile(_SIGN)
_AFTER_MINUS = re.compile(r"\s{0,2}(?:[,;/)|.]|$|\n|(?:er|pr|pgr|her|ki|and|with)\b|her-?2|ve\b)")
# "PR - HER2: negative" is a list with dashes.
_ITEM_AFTER = re.compile(r"\s{1,2}(?:er|pr|pgr|her|ki|estrog|progest)[\w/ -]{0,24}:")
# "HER2- metastatic cancer" is minus; "ER- positive" and "ER- 95 %" only join.
_WORD_AFTER = re.compile(
    r"\s{1,2}(?!pos|neg|\d|strong|weak|moder|focal|diffus|equiv|border|non?t?\b|amplif|over|low|score|see|pend|perf|[<>+~(])[a-z]"
)
# "ER- und PR-Status", "ER- and PR-positive": the hyphen stands for a word that comes later.
_SHARED_WORD = re.compile(
    r"\s(?:und|u\.|and|oder|or|och|og|en|et|sowie)\s(?:er|pr|pgr|her-?2)-[a-z]"
)
# "HER2 2+/FISH-", "IHC 2+, ISH (+)": a sign straight behind the gene test is its result.
_TEST_SIGN = re.compile(
    r"\b(?:fish|c?ish|sish|dish)(?:\s?[:=]\s?|\s?\(\s?|\s(?=[+-]ve\b))?(?P<sign>[+-])(?![+-])"
    r"(?:ve\b)?(?=\s?[,;.)/\]\n]|\s{0,3}$|\s(?!pos|neg|not|non|amp|rat|un|pend|see|res|equi|to\b|for\b|by\b|\d))"
)
_BARE_ZERO = re.compile(
    r"\s?(?:[:=-]\s?|\s|[ ]{2,24})(?P<n>[0o]|zero)(?![\w%+/]|[.,]\d|\s?[-/]\s?\d|\s?(?:or|to|vs|versus)\b"
    r"|\s?\([^()\n]{1,40}\)\s?(?:or|to|vs|versus|-)\s?[1-3])"
)
# A label of something else ends what was said of a marker, but not these labels.
_LABEL = re.compile(
    r"(?:(?<=[.;\n:)\u2022])|(?<=^)|(?<= -))\s{0,6}(?P<label>[a-z][a-z /()%,'&-]{2,70}):"
)
# A name that was spoiled in reading is still a name: what follows it is not of the marker before.
_SPOILED = re.compile(
    r"\b(?!hormone|steroid|growth|factor|androgen|endocrine|nuclear|expression|status)[a-z0-9]{6,16}\s{1,2}"
    r"(?:recept\w{0,4}|rec[eo]ptors?)\b"
    r"|(?<![\w/])[a-z0-9]{1,4}[\s-]?[2z]?\s?/\s?n[eo][unw]\b|(?<![\w/])(?<!block )(?<!clone )(?!(?:sp142|1e2)\b)[a-z0-9]{2,4}[2z]\s?(?=[:(])"
    r"|(?<= - )(?!(?:ps|is|ts|qs|no|h|n/a)\b)[a-z0-9]{2}(?=\s?:)"
)
# Behind the dash of a list, a label begins with a word that is ours, or it is another item.
_LISTED = re.compile(r"(?<= - )(?P<label>[a-z0-9][a-z0-9/&-]{1,20})(?:\s?\([^()\n]{1,40}\))?\s?:")
_OUR_LABEL = re.compile(
    r"result|review|repeat|opinion|status|score|ihc|intensity|stain|nucle|quantit|percent|%|interpretation|accession|allred|expression"
    r"|method|block|fish|ish\b|hybridi|dako|hercept|clone|antibod|test|assay|vendor|value|amplif|immuno|proportion"
    r"|signal|ratio|copy|copies|probe|average|mean|cells|receptor|marker|positiv|cep|control|fixation|specimen used"
    r"|overexpress|membrane|final|performed"
)
# Words that are about the rest of the cancer: a result after them is not one of a receptor.
_ELSEWHERE = re.compile(
    r"\b(?:lymph\snodes?|sentinel|margins?|lymphovascular|angiolymphatic|lympho-?vascular|vascular\sinvasion|perineural"
    r"|metasta\w+|(?:micro)?calcifications?|skin\b|nipple|paget|necrosis|skeletal\smuscle|extranodal|extracapsular"
    r"|nottingham|tubules?|mitos[ei]s|tumou?r\ssize|histologic(?:al)?\sgrade|biopsy\ssite|fibrocystic|frozen\ssection)\b"
)
_OF_SOMETHING_ELSE = re.compile(
    r"\s{1,2}(?:for|by)\s{1,2}(?:\w{1,12}\s)?(?:malig|carcinoma|tumou?r|metast|invas|residual|in.situ|neoplas|atyp|lympho"
    r"|cancer|dcis|adeno|e.cadh|cytoker|keratin|p63)| {1,2}(?:surgical\s)?(?:margins?|(?:lymph\s)?nodes?)\b(?!\s?[:-])"
)
# "The proportion of positive cells is 0 %" calls nothing positive.
_COUNTED = re.compile(r"[\s-](?:cells|nuclei)\b")
# "Was found to be negative": the word only leads to the result.
_LEADS_ON = re.compile(r"\sto\s(?:be|show|have)\b")
# "Immunoreactive tumor cells absent", "positive staining is not seen": what would be positive is not there.
_NOT_THERE = re.compile(
    r"[\s-](?:(?:invasive|tumou?r|neoplastic|cancer|carcinoma|malignant|nuclear|membran\w+|staining|stain|cells?|nuclei"
    r"|reaction|reactivity)\s){1,4}[:(-]?\s?(?:(?:is|are|was|were)\s)?(?:absent|none|lacking"
    r"|not\s(?:seen|present|identified|detected|found|observed))\b"
)
# "Percent positive: 0", "% positive nuclei = 5": the name of a figure.
_SHARE_POSITIVE = re.compile(
    r"(?:\b(?:percent(?:age)?|proportion)(?:\sof)?|(?<!\d)(?<!\d\s)%)(?:\s(?:tumou?r|cells?|nuclei)){0,2}\s$"
)
_FIGURE_AFTER = re.compile(r"(?:\s(?:staining|stained|cells|nuclei))?\s?[:=]")
_NO_RESULT_BEFORE = (_OF_SOMETHING_ELSE, _COUNTED, _LEADS_ON, _NOT_THERE)
# A form asks "ER positive: no", "HER2 amplified (Y/N): N".
_ANSWERED_NO = re.compile(
    r"\s?(?:\(\s?y(?:es)?\s?/\s?no?\s?\)\s?)?[:=?]\s?(?:no?|none|false|unknown)(?=\s{0,9}(?:[.,;|\n)]|$|\s(?:er|pr|pgr|her)\b))"
)
# "Not strongly positive" may still be positive.
_IN_DEGREES = re.compile(r"(?:strong|moderate|focal|diffuse|weak|low)")
_TURNED = re.compile(
    r"\b(not|no|nor|neither|without|lack\w*|absence|fail\w*|non|never|\w{2,6}n't)\b[^.;:,\n]{0,28}$"
)
# "Not clearly positive" is not negative.
_HARDLY = re.compile(
    r"\b(?:clear|definit|unequivocal|convincing|entire|uniform|complete|certain|obvious|overt|frank)\w{0,4}\b"
)
_CANNOT = re.compile(r"\b(?:cannot|can not|could not)\b[^.;:,(\n]{0,28}$")


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing that was found, and what it is."""

    kind: MarkKind
    start: int
    end: int
    group: Group | None = None
    number: Number | None = None
    meanings: tuple[Meaning, ...] = ()
    words: str = ""
    # "Not negative", "not strongly positive": a word that says nothing once it is turned round.
    left_open: bool = False

    @property
    def scale(self) -> str:
        """The scale of a number; empty for everything else."""
        return "" if self.number is None else self.number.scale

    @property
    def interval(self) -> Interval:
        """The number as an interval; of no use where it is none."""
        value = None if self.number is None else self.number.value
        return value if isinstance(value, Interval) else Interval()

    @property
    def score(self) -> Choice:
        """The score of a stain; every score where it is none."""
        value = None if self.number is None else self.number.value
        return value if isinstance(value, Choice) else Choice(frozenset({"0", "1+", "2+", "3+"}))


def marks_in(
    mended: Mended, original: str, vocabulary: Vocabulary, borders: list[int]
) -> list[Mark]:
    """Every mark of a report in order, without what stands in criteria, controls and empty boxes."""
    text = mended.text
    groups = groups_in(mended, original, vocabulary)
    zones = zones_in(text, [(group.start, group.end) for group in groups], borders)
    found = [Mark("group", group.start, group.end, group=group) for group in groups]
    found += _signs(text, groups)
    inside = sorted((mark.start, mark.end) for mark in found)
    found += [m for m in _words(text, vocabulary) if not _within(inside, m.start)]
    found += [
        Mark("number", n.start, n.end, number=n)
        for n in numbers_in(text, [(group.start, group.end) for group in groups])
    ]
    found = [m for m in found if not _is_in_zone(zones, m)]
    found += _ends(text, vocabulary, borders)
    return sorted(found, key=lambda mark: (mark.start, mark.kind != "end", -mark.end))


def _is_in_zone(zones: list[Span], mark: Mark) -> bool:
    """Whether a mark lies in a zone; a number also where only its figure does: "IHC (0, 1+, 2+)"."""
    return _within(zones, mark.start) or (mark.kind == "number" and _within(zones, mark.end - 1))


def _within(spans: list[Span], place: int) -> bool:
    """Whether a place lies in one of the spans, which are in order and apart."""
    at = bisect_right(spans, (place, 1 << 60)) - 1
    return at >= 0 and spans[at][0] <= place < spans[at][1]


def _words(text: str, vocabulary: Vocabulary) -> Iterator[Mark]:
    said_until = 0
    for match in vocabulary.results.finditer(text):
        if any(each.match(text, match.end()) for each in _NO_RESULT_BEFORE):
            continue
        if _names_a_figure(text, match):
            continue
        meanings = vocabulary.meaning(match[0])
        turned = _is_turned(text, match.start(), vocabulary)
        plain = all(e.value == "positive" for e in meanings) and not _IN_DEGREES.match(match[0])
        open_ = _is_left_open(text, match.start(), said_until, turned=turned, plain=plain)
        open_ |= _ANSWERED_NO.match(text, match.end()) is not None
        if turned:
            meanings = _opposite(meanings)
        said_until = match.end()
        yield Mark("result", *match.span(), meanings=meanings, words=match[0], left_open=open_)
    for kind, pattern in (("absence", vocabulary.absences), ("method", vocabulary.methods)):
        for match in pattern.finditer(text):
            yield Mark(kind, *match.span(), meanings=vocabulary.meaning(match[0]), words=match[0])  # type: ignore[arg-type]


def _names_a_figure(text: str, match: re.Match[str]) -> bool:
    if not _FIGURE_AFTER.match(text, match.end()):
        return False
    return _SHARE_POSITIVE.search(text, max(0, match.start() - 40), match.start()) is not None


def _is_turned(text: str, start: int, vocabulary: Vocabulary) -> bool:
    """Whether "not" or the like stands before, and speaks of this: "no PR but ER positive" does not."""
    negation = _TURNED.search(text, max(0, start - 40), start)
    if negation is None:
        return False
    word_end = negation.start() + len(negation[1])
    marker = vocabulary.markers.search(text, word_end, start)
    return marker is None or not text[word_end : marker.start()].strip()


def _is_left_open(text: str, start: int, since: int, *, turned: bool, plain: bool) -> bool:
    """Whether a word says nothing once it is turned; a negation outside its brackets turns nothing."""
    if _CANNOT.search(text, max(since, start - 40), start):
        return True
    negation = _TURNED.search(text, max(since, start - 40), start) if turned else None
    if negation is None or "(" in negation[0]:
        return False
    return not plain or _HARDLY.search(negation[0]) is not None


def _opposite(meanings: tuple[Meaning, ...]) -> tuple[Meaning, ...]:
    """Positive turned, as in "neither amplified nor overexpressed"; nothing else is."""
    return tuple(
        each._replace(value="negative") if each.value == "positive" else each for each in meanings
    )


def _signs(text: str, groups: Iterable[Group]) -> list[Mark]:
    """Signs that stand straight after markers, and "HER2 0"."""
    found = []
    for group in groups:
        match = _SIGNS.match(text, group.end)
        if match is not None:
            found += _each_sign(text, group, match)
        zero = _BARE_ZERO.match(text, group.end)
        if zero is not None and group.markers[-1] in ("her2", "er", "pr"):
            found.append(Mark("result", zero.start("n"), zero.end("n"), words="0"))
    found += [Mark("result", *m.span("sign"), words=m["sign"]) for m in _TEST_SIGN.finditer(text)]
    return found


def _each_sign(text: str, group: Group, match: re.Match[str]) -> list[Mark]:
    found = []
    for sign in _ONE_SIGN.finditer(text, group.end, match.end()):
        bracketed = text.endswith("(", 0, sign.start()) or text.startswith(")", sign.end())
        if sign[0] == "-" and not bracketed and not _is_minus(text, sign.start(), sign.end()):
            break
        # "(-5 %)" is neither a minus nor a number.
        if re.match(r"\s?\d|\s?or\s?[+-]", text[sign.end() : sign.end() + 6]):
            break
        found.append(Mark("result", sign.start(), sign.end(), words=sign[0]))
    return found


def _is_minus(text: str, start: int, end: int) -> bool:
    """A dash before a word or a number, or between two blanks, only joins."""
    if _SHARED_WORD.match(text, end):
        return False
    spaced = text[start - 1 : start].isspace()
    if not spaced and _WORD_AFTER.match(text, end):
        return True
    if spaced and _ITEM_AFTER.match(text, end):
        return False
    after = _AFTER_MINUS.match(text, end)
    if after is None:
        return False
    return not (spaced and after[0].strip() == "" and end < len(text))


def _ends(text: str, vocabulary: Vocabulary, borders: list[int]) -> Iterator[Mark]:
    """Where what was said of a marker ends: sections, parts, labels of something else."""
    for border in borders:
        yield Mark("end", border, border)
    for match in _LABEL.finditer(text):
        label = match["label"]
        cut_off = label.count(")") > label.count("(")
        if not cut_off and not _OUR_LABEL.search(label) and not vocabulary.markers.search(label):
            yield Mark("end", match.start("label"), match.end())
    yield from _other_names(text, vocabulary)


def _other_names(text: str, vocabulary: Vocabulary) -> Iterator[Mark]:
    """Items of a list and names spoiled in reading: what follows is theirs."""
    for match in _LISTED.finditer(text):
        label = match["label"]
        if not _OUR_LABEL.search(label) and not vocabulary.markers.search(match[0]):
            yield Mark("end", *match.span())
    for match in _SPOILED.finditer(text):
        if vocabulary.markers.search(text, match.start(), match.end() + 1) is None:
            yield Mark("end", *match.span())
    for match in _ELSEWHERE.finditer(text):
        yield Mark("end", *match.span())
