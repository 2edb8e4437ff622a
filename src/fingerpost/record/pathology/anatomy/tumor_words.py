"""Words of reports for what is invasive, what is only in the ducts, and what is neither."""

from __future__ import annotations

import re
from functools import lru_cache

INVASIVE = re.compile(
    r"\b(?:invasive|invading|infil/?trati(?:ng|ve)|invasivum|infiltrans|idc|ilc)\b(?!\s?(?:component|carcinoma)?:?\s?(?:is |are )?"
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
    r"\by\s?p\s?(?:t\s?[0-4ix]|n\s?[0-3x])|\bneo-?\s?adjuvant\b|\bstatus post chemo\w*|\b(?:treatment|therapy) effect\b|\bpost-?\s?(?:chemo|treatment)\w*"
    r"|\bresidual cancer burden\b|\brcb\b"
)
_NO_TREATMENT = re.compile(
    r"\b(?:no|without|not)\s(?:(?:known|prior|previous|history|of|received?|receiving|given|had|has|have|undergone|any|documented|record|been|preceding|evidence|systemic)\s){0,4}(?:neo-?\s?adjuvant|presurgical)"
    r"|neo-?\s?adjuvant(?:\s(?:systemic|hormonal|endocrine|chemo\w*|therapy|treatment|or|and|given|received|prior|history)){0,4}\s?(?:\([^)]{0,24}\))?[\s:?-]{0,4}(?:(?:is|was|were|has|had|been)\s){0,2}"
    r"(?:no\b(?!\s(?:residual|evidence|viable|invasive|tumou?r|carcinoma|malignan|metasta|definit|patholog))|not\b(?!\s(?:identified|seen|present|complete|achieved))|none\b|n/a|unknown)"
    r"|(?:treatment|therapy) effect[^.;]{0,90}?(?:n/a|no (?:known|prior|presurgical)|not (?:applicable|identified)|none|absent)"
)


@lru_cache(maxsize=8)
def is_after_medicine(folded: str) -> bool:
    """Whether a report is of an operation after medicine was given.

    >>> is_after_medicine("ypt1a ypn0"), is_after_medicine("neoadjuvant therapy: none")
    (True, False)
    """
    return AFTER_MEDICINE.search(_NO_TREATMENT.sub(" ", folded)) is not None
