"""Words of reports for what is invasive, what is only in the ducts, and what is neither."""

from __future__ import annotations

import re
from functools import lru_cache

INVASIVE = re.compile(
    r"\b(?:invasive|invading|infil/?trati(?:ng|ve)|invasivum|infiltrans)\b(?!\s?(?:component|carcinoma)?:?\s?(?:is |are )?"
    r"(?:not (?:identified|present|seen)|absent|none))"
)
IN_SITU = re.compile(r"\b(?:dcis|lcis|in[\s.-]{1,2}situ|intraductal|insitu)\b")
# Words round a size that say it is of something else.
NODE = re.compile(r"\b(?:nod(?:e|al)s?|metasta\w*|deposit\w*|lymph)\b")
EDGE = re.compile(r"\b(?:margins?|distance|closest|nearest|within|from|away)\b")
PIECE = re.compile(
    r"\b(?:specimen|fragments?|cores?|tissue|ellipse|skin|nipple|areola|scar|cavity|portion|aggregate|implant|container|mastectomy specimen)\b"
)
TUMOR = re.compile(
    r"\b(?:tumou?r|carcinoma|mass|lesion|focus|invasive|infil/?trati(?:ng|ve)|nodule|neoplasm|cancer)\b"
)
AFTER_MEDICINE = re.compile(
    r"\byp\s?t\s?[0-4i]|\bneo-?\s?adjuvant\b|\bstatus post chemo\w*|\b(?:treatment|therapy) effect\b|\bpost-?\s?(?:chemo|treatment)\w*"
    r"|\bresidual cancer burden\b|\brcb\b"
)
_NO_TREATMENT = re.compile(
    r"\b(?:no|without|not)\s(?:\w+\s){0,3}(?:neo-?\s?adjuvant|presurgical)|neo-?\s?adjuvant[^.;]{0,40}(?:\bno\b|\bnot\b|\bnone\b|n/a|unknown)"
    r"|(?:treatment|therapy) effect[^.;]{0,90}?(?:n/a|no (?:known|prior|presurgical)|not (?:applicable|identified)|none|absent)"
)


@lru_cache(maxsize=8)
def is_after_medicine(folded: str) -> bool:
    """Whether a report is of an operation after medicine was given.

    >>> is_after_medicine("ypt1a ypn0"), is_after_medicine("neoadjuvant therapy: none")
    (True, False)
    """
    return AFTER_MEDICINE.search(_NO_TREATMENT.sub(" ", folded)) is not None
