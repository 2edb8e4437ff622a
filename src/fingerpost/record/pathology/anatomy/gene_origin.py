"""Where a change of a gene was looked for: inherited, in tissue of the tumor, or in plasma.

A change is inherited only where the report says so of this result. That a germline test is advised,
was not done, or stands in the history, says nothing of what a panel of the tumor found.
"""

from __future__ import annotations

import re
from functools import lru_cache

from fingerpost.record.pathology.anatomy.scope import NO_RESULTS
from fingerpost.record.pathology.report_text import ReportText

_GERMLINE = re.compile(
    r"\bgerm[\s-]?line\b|\bhereditary\b|\binherited\b|\bconstitutional\b|\bsaliva\b|\bbuccal\b|\bg(?:brca|palb)"
)
# A test for the germline that stands above its results.
_GERMLINE_TEST = re.compile(
    r"\b(?:germ[\s-]?line|hereditary|inherited|constitutional)\b(?=[^.;\n]{0,40}\b(?:panel|test\w*|analysis|sequenc\w+|report|results?|assay|findings?|variants?|mutations?|genes?|brca\w*)\b|\s?[:.\n])"
    r"|\bsaliva\b|\bbuccal\b"
)
# "Possible germline", "germline?", "germline testing is recommended", "germline: not done".
_GERMLINE_OPEN = re.compile(
    r"\b(?:possib\w+|potential\w*|presum\w+|suspected|suspicious for|suggest\w*|likely|(?:may|might|could) be|cannot (?:be )?(?:exclude|rule out)\w*|exclude|rule out|confirm\w*(?: of| for)?"
    r"|non|not|vs\.?|versus|or|whether)[\s-](?:(?:an?|of|the|in|is|it|being)\s){0,3}(?:germ[\s-]?line|inherited|hereditary|constitutional)\b"
    r"|\b(?:germ[\s-]?line|inherited|hereditary|constitutional)\b[^.;:,\n]{0,40}\b(?:recommend\w*|advis\w*|suggest\w*|consider\w*|counsel\w*|unknown|cannot|should|needed|required|warranted|versus|vs|or somatic)\b"
    r"|\b(?:germ[\s-]?line|inherited|hereditary|constitutional)\b[^.;,\n]{0,40}\b(?:not (?:yet |been )*(?:done|performed|tested|determined|known|available|assessed|ordered|sent)|pending|to follow|declined|refused)\b"
    r"|\b(?:germ[\s-]?line|inherited|hereditary)\s?(?:origin|status)?\s?\?"
)
_SOMATIC = re.compile(
    r"\bsomatic\b|\btumou?r (?:tissue|sequencing|profil\w+|dna|sample|ngs|only|block)\b|\bffpe\b|\bliquid biops\w+|\bctdna\b|\bcell[\s-]free\b|\bplasma\b|\bcirculating tumou?r\b"
    r"|\btumou?r[\s:-]{1,3}(?:brca|palb|pten|pik3ca|panel|genom\w+|molecular|mutation\w*|analysis|test\w*|biops\w+|specimen)|\b(?:in|of|from) the (?:tumou?r|cancer|metastasis)\b"
    r"|\bfoundation\s?one\b|\bfoundation medicine\b|\bguardant|\btempus\b|\bcaris\b|\bmsk-?impact\b|\boncomine\b|\btruesight\b|\b[st](?:brca|palb)"
)
_NOT_INHERITED = re.compile(r"\bsomatic\b|\bs(?:brca|palb)")
_BLOOD = re.compile(
    r"\bliquid biops\w+|\bc[tf]dna\b|\bcell[\s-]free\b|\bplasma\b|\bcirculating tumou?r\b|\bguardant\s?360\b(?![^.;\n]{0,8}\btissue)|\bliquid cdx\b|\btempus xf\b|\bsignatera\b"
)
_TISSUE = re.compile(
    r"\bffpe\b|\btissue\b|\bblock\b|\bfoundation\s?one(?!\W{0,2}liquid)\b(?! liquid)"
)
_LEAVES_OPEN = re.compile(
    r"\b(?:does|do|did|can|could|may|will)\s?not (?:\w+ly )?(?:be )?(?:exclude|rule[sd]? out|preclude)|\bcannot (?:be )?(?:\w+ly )?(?:exclude|rule[sd]? out)|\bnot (?:\w+ly )?(?:excluded|ruled out)\b"
    r"|\blow (?:tumou?r|ctdna|circulating)[\s-](?:\w+ )?(?:fraction|content|cellularity|purity|shedding|level)|\b(?:tumou?r|ctdna) (?:fraction|content|cellularity|purity)\b[^.;\n]{0,12}(?:\blow\b|<|insufficient|not detect|undetect)"
    r"|\binsufficient (?:ct|cf)?dna|\bno ctdna\b|\bctdna (?:was |is )?(?:not|un)\s?detect|\blow ctdna\b|\b(?:below|under) the (?:limit|level) of detection"
)
# How far below the name of a test its results may stand.
_REACH = 2000


def origin_of(report: ReportText, sentence: str, start: int) -> tuple[bool, bool]:
    """Whether a result is inherited and whether of the tumor: by its sentence, else by the report."""
    here = bool(_GERMLINE.search(_settled(sentence))), bool(_SOMATIC.search(sentence))
    if any(here):
        return here
    return _germline_above(report, start), _names_the_tumor(report.folded)


@lru_cache(maxsize=8)
def _names_the_tumor(folded: str) -> bool:
    return _SOMATIC.search(folded) is not None


def says_germline(sentence: str) -> bool:
    """Whether the germline is named at all, if only to say that a test is pending."""
    return _GERMLINE.search(sentence) is not None


def says_not_inherited(sentence: str) -> bool:
    """Whether the sentence calls a change one of the tumor only."""
    return _NOT_INHERITED.search(sentence) is not None


def _settled(text: str) -> str:
    return _GERMLINE_OPEN.sub(" ", text)


def _germline_above(report: ReportText, start: int) -> bool:
    """Whether a test for the germline is named above, and not in a history or only as advice."""
    above = report.folded[max(0, start - _REACH) : start]
    at = max(0, start - _REACH)
    open_spans = [match.span() for match in _GERMLINE_OPEN.finditer(above)]
    for match in _GERMLINE_TEST.finditer(above):
        opened = any(begin <= match.start() < end for begin, end in open_spans)
        if not opened and report.section_at(at + match.start()).kind not in NO_RESULTS:
            return True
    return _names_saliva(report.folded)


@lru_cache(maxsize=8)
def _names_saliva(folded: str) -> bool:
    return re.search(r"\bsaliva\b|\bbuccal\b", folded) is not None


def is_of_blood(report: ReportText, sentence: str, start: int) -> bool:
    """Whether a result of the tumor was found in blood: by its sentence, else by what stands above."""
    if _BLOOD.search(sentence) or _TISSUE.search(sentence):
        return _BLOOD.search(sentence) is not None
    above = report.folded[max(0, start - _REACH) : start]
    last = {
        name: max((match.end() for match in pattern.finditer(above)), default=-1)
        for name, pattern in (("blood", _BLOOD), ("tissue", _TISSUE))
    }
    if max(last.values()) >= 0:
        return last["blood"] > last["tissue"]
    return _BLOOD.search(report.folded) is not None and _TISSUE.search(report.folded) is None


def leaves_open(report: ReportText, start: int, end: int, *, blood: bool) -> bool:
    """Whether the report says that finding nothing does not exclude a change."""
    if blood:
        return _leaves_open(report.folded)
    paragraph = report.folded[start : end + 200].split("\n\n")[0]
    return _LEAVES_OPEN.search(paragraph) is not None


@lru_cache(maxsize=8)
def _leaves_open(folded: str) -> bool:
    return _LEAVES_OPEN.search(folded) is not None
