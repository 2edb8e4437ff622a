"""That the tumor in the breast was removed: told by the specimen that was sent in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fingerpost.record.dictionaries import Dictionaries
from fingerpost.record.pathology.anatomy.scope import found, sentence_after, sentence_before
from fingerpost.record.pathology.anatomy.tumor_words import INVASIVE
from fingerpost.record.pathology.report_text import ReportText
from fingerpost.record.pathology.statement import Statement
from fingerpost.values import Choice

# An excision to find out what a lump is may not have removed it: only operations that do count.
_OPERATION = re.compile(
    r"\b(?:(?:modified |simple |total |partial |radical |skin[\s-]sparing |nipple[\s-]sparing |segmental ){0,3}mastectomy|lumpectomy|"
    r"quadrantectomy|segmentectomy|wide local excision)\b"
)
_SENT_IN = re.compile(r"\b(?:breast|specimen|procedure|part|left|right|labell?ed|received)\b")
_NOT_NOW = re.compile(
    r"\b(?:scar|prophylactic|risk[\s-]reducing|contralateral|previous|prior|planned|recommend\w*|consider\w*|candidate|post|s/p|after|"
    r"options?|cavity|if|site|awaiting|scheduled|future|benefit)\b"
)


def read_surgery(report: ReportText, dictionaries: Dictionaries) -> Iterator[Statement]:
    """One statement: the first operation on the breast that the report is about."""
    if "breast_surgery" not in dictionaries.reader.catalogue or not INVASIVE.search(report.folded):
        return
    for match in found(report, _OPERATION):
        before = sentence_before(report, match.start(), 80)
        after = sentence_after(report, match.end(), 30)
        if _NOT_NOW.search(before) or _NOT_NOW.search(after) or not _SENT_IN.search(before + after):
            continue
        if report.section_at(match.start()).kind == "comment":
            continue
        done = Choice(frozenset({"done"}))
        yield report.statement("breast_surgery", done, match.start(), match.end())
        return
