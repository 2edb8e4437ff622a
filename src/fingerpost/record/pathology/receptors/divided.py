"""One receptor with two opposed results, each of another sample, place or reading: whose counts is not told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from fingerpost.record.pathology.receptors.marks import Mark
from fingerpost.record.pathology.receptors.mentions import Mention

DIVIDED = "two opposed results are told of it, of two samples, places or readings, or of a part of the cells"

# What tells of two: places of the cancer, samples of it, parts of it, times, readers.
_WHERE = re.compile(
    r"\b(?:primar(?:y|ies)|metasta\w+|recurren\w+|nodes?|nodal|axilla\w*|liver|bone|core|biops\w+|excision\w*|resection\w*|mastectomy"
    r"|lumpectomy|focus|foci|components?|(?:sub)?clones?|areas?|populations?|rest|remainder|other|others|another|repeat\w*|now|before|after|relapse|progression|baseline"
    r"|(?:pre|post)-?\s?(?:nact|nac|neo\w*|treat\w*|chemo\w*|op\w*|therapy)"
    r"|initial\w*|original\w*|at first|outside|elsewhere|left|right|larger|smaller|discordan\w+|heterogene\w+"
    r"|(?:tumou?rs?|lesions?|nodules?|blocks?|specimens?|parts?|sites?|slides?)\s#?(?:[a-d]\b|\d|one\b|two\b|i{1,2}\b))\b"
)
# "2+ (A1), 0 (B1)", "pos (S22-100), neg (S24-200)": blocks and numbers of cases.
_LABELS = re.compile(r"\([a-d]\d{0,2}\)|\b[a-d]\d{1,2}\b|\bs\d\d-\d|\bb\s$")
# "Weakly positive/negative", "0-1+ vs 2+", "neg/equivocal": one or the other.
_EITHER = re.compile(r"\s?(?:\(\w{1,12}\)\s?)?(?:/|\bvs\.?|\bversus|\bor\b)\s?")
_IN_PERCENT = re.compile(r"[\s(:]{0,3}(?:staining\s)?(?:in|of|by)?\s?(?:about\s|~\s?)?\d{1,3}\s?%")
# "3+ in one focus, 0 in the other": a bare 0 is a score only here.
_NONE_ELSEWHERE = re.compile(
    r"[^.;\n]{0,50}?(?:,|\band|\bbut|\bvs\.?)\s(?:only\s)?(?:0|zero)\s\(?(?:in\b|on\b|\d{1,3}\s?%)"
)
_PERCENT_BEFORE = re.compile(r"\d{1,3}\s?%\s(?:of\s(?:the\s)?cells\s)?(?:is\s|are\s|score\s)?\(?$")
# "Negative in 2 of 3 cores": the others are not.
_IN_SOME = re.compile(
    r"[\s(]{1,2}in\s(?P<some>\d{1,2})\s?(?:of|/|out of)\s?(?P<all>\d{1,2})\s(?:\w{1,9}\s)?(?:cores?|blocks?|foci|specimens?|tumou?rs|lesions|samples"
    r"|nodes|nodules|sections|slides|biops\w+)\b"
)
_OVERALL = re.compile(r"\b(?:overall|final|total)\b")
# "Primary positive, metastasis negative": the second place ends what was said of a marker, so it is read here.
_COLUMN = re.compile(
    r"\b(?:primary|metasta\w+|recurren\w+|relapse|core|biops\w+|excision|resection|mastectomy|left|right|invasive|in.situ|dcis|previous|prior"
    r"|current|present|controls?|normal|patient|(?:tumou?r|lesion|focus|specimen|nodule|part|block)(?:\s#?(?:\d|[a-d]))?|(?:19|20)\d\d)\b"
)
_NO_HEAD = re.compile(r"\b(?:positive|negative|equivocal)\b|\d\s?%|[0-3]\s?\+|[:.]\s")
_RESULT = r"(?P<{0}>positive|negative|[0-3]\s?\+|\d{{1,3}}\s?%)"
_TWO_PLACES = re.compile(
    rf"[^.;\n]{{0,30}}\bprimary\b[^.;\n]{{0,14}}?{_RESULT.format('one')}[^.\n]{{0,30}}?"
    r"\b(?:metasta\w+|recurren\w+|relapse\w*|nod(?:e|es|al)|liver|bone|lung|brain)\b"
    rf"[^.\n]{{0,14}}?{_RESULT.format('other')}"
)
_SIGNS = {"+": "positive", "++": "positive", "+++": "positive", "-": "negative"}
# "Two components are present" says nothing of the receptor.
_WEAK = {"present", "found", "seen", "detected", "identified", "expressed", "absent", "none"}
_FURTHEST, _BEHIND, _MOST_LINES = 90, 45, 12


def is_divided(text: str, mention: Mention, until: int) -> bool:
    """Whether the results of a mention quarrel because they are of two things.

    Args:
        text: The mended text.
        mention: The naming of a marker with its results.
        until: Where the next marker is named.
    """
    if mention.quarrels:
        return True
    places = _TWO_PLACES.match(text, mention.group.end, max(until, mention.group.end))
    if places is not None and places["one"] != places["other"]:
        return True
    if _has_columns_of_samples(text, mention):
        return True
    marks = sorted((*mention.results, *mention.numbers), key=lambda mark: mark.start)
    if any(_is_in_some(text, mark) for mark in marks):
        return True
    scores = [mark for mark in marks if mark.scale == "ihc"]
    told = [mark for mark in mention.results if not mark.scale]
    alone = len(mention.group.markers) == 1
    if mention.group.markers == ("her2",) and (
        _are_of_shares(text, scores, until) or _has_none_elsewhere(text, scores)
    ):
        return True
    pairs = [*pairwise(sorted(told, key=lambda mark: mark.start))]
    pairs += pairwise(scores) if mention.group.markers == ("her2",) else ()
    return any(_quarrel(text, mention, pair, until, alone=alone) for pair in pairs)


def _quarrel(
    text: str, mention: Mention, pair: tuple[Mark, Mark], until: int, *, alone: bool
) -> bool:
    one, other = pair
    between = text[one.end : other.start]
    if alone and _EITHER.fullmatch(between) and _are_two(one, other):
        return True
    if not _are_opposed(one, other) or len(between) > _FURTHEST or "\n\n" in between:
        return False
    if _WHERE.search(between) or _LABELS.search(between):
        return True
    if not alone:
        return False
    before = text[mention.group.end : one.start]
    after = text[other.end : min(until, other.end + _BEHIND)].partition(". ")[0].partition("\n")[0]
    return "\n" not in between and bool(_WHERE.search(before) or _WHERE.search(after))


def _are_opposed(one: Mark, other: Mark) -> bool:
    first, second = _said(one), _said(other)
    return first is not None and second is not None and first[0] == second[0] and first != second


def _said(mark: Mark) -> tuple[str, str] | None:
    """The sort of a result, and which way it points."""
    if mark.scale == "ihc":
        scores = mark.score.possible
        for way, of in (("negative", {"0", "1+"}), ("unclear", {"2+"}), ("positive", {"3+"})):
            if scores <= of:
                return "score", way
        return None
    if mark.words == "0":
        return "score", "negative"
    if mark.words in _SIGNS:
        return "word", _SIGNS[mark.words]
    for each in mark.meanings:
        if mark.words not in _WEAK and each.fact and each.value in ("positive", "negative"):
            return ("gene" if each.fact == "her2_ish" else "word"), each.value
    return None


def _are_of_shares(text: str, scores: Sequence[Mark], until: int) -> bool:
    """Scores that differ, each told of a share of the cells, without one for the whole."""
    for one, other in pairwise(scores):
        both = _has_share(text, one) and _has_share(text, other)
        near = other.start - one.end <= _FURTHEST
        if both and near and _are_opposed(one, other):
            return _OVERALL.search(text, one.start, until) is None
    return False


def _has_none_elsewhere(text: str, scores: Sequence[Mark]) -> bool:
    said = [mark for mark in scores if (_said(mark) or ("", ""))[1] in ("unclear", "positive")]
    return any(_NONE_ELSEWHERE.match(text, mark.end) for mark in said)


def _has_columns_of_samples(text: str, mention: Mention) -> bool:
    """Whether a row under "Tumor 1, Tumor 2" or "Control, Tumor" has results that differ."""
    start = mention.group.start
    line = text.rfind("\n", 0, start) + 1
    if text[line:start].strip(" |*-\"'"):
        return False
    end = text.find("\n", start)
    row = [m for m in (*mention.results, *mention.numbers) if end < 0 or m.start < end]
    told = [_pointing(mark) for mark in sorted(row, key=lambda mark: mark.start)]
    differ = any(a and b and a[0] == b[0] and a != b for a, b in pairwise(told))
    return differ and _names_samples(text, line)


def _pointing(mark: Mark) -> tuple[str, str] | None:
    if mark.scale == "percent":
        return "percent", "negative" if mark.interval.high <= 1 else "positive"
    return _said(mark)


def _names_samples(text: str, line: int) -> bool:
    """Whether a line close above, without a result, names two samples or places."""
    for _ in range(_MOST_LINES):
        if line <= 0:
            return False
        before = text.rfind("\n", 0, line - 1) + 1
        head = text[before : line - 1]
        if not head.strip():
            return False
        if _NO_HEAD.search(head) is None:
            return len(_COLUMN.findall(head)) > 1
        line = before
    return False


def _has_share(text: str, mark: Mark) -> bool:
    before = _PERCENT_BEFORE.search(text, max(0, mark.start - 30), mark.start)
    return before is not None or _IN_PERCENT.match(text, mark.end) is not None


def _is_in_some(text: str, mark: Mark) -> bool:
    found = _IN_SOME.match(text, mark.end)
    return found is not None and found["some"] != found["all"]


def _are_two(one: Mark, other: Mark) -> bool:
    """Whether two results of one sort cannot both hold."""
    if one.scale == other.scale == "ihc":
        return _are_opposed(one, other)
    ways = [
        {each.value for each in mark.meanings if each.fact in ("er_reported", "her2_reported")}
        & {"positive", "low_positive", "negative", "equivocal"}
        for mark in (one, other)
    ]
    return all(ways) and not ways[0] & ways[1]
