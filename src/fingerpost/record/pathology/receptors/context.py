"""Whose result it is: of this cancer, of an earlier one, of what lies in the ducts only, quoted."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fingerpost.record.pathology.other_people import is_of_another_person

# A core biopsy may be the very sample of the report: alone, it means nothing earlier.
_EARLIER_REPORT = re.compile(
    r"\b(?:previous|prior|outside|another|earlier)[\s.]{1,2}(?:\w{1,12}[\s.]{1,2}){0,3}?"
    r"(?:biops|specimen|sample|report|surgical|case|patholog|core)|\bas per\b|\bper core\b"
    r"|\bpreviously\b|\b(?:see|from|per)[\s(:#]{1,3}(?:case\s)?#?s\d{2}-\d"
)
# "Prior biopsy ER 90 %, now ER 5 %": from here on it is the sample at hand.
_ANEW = re.compile(
    r"\b(?:now|current(?:ly)?|today|repeat(?:ed)?)\b|\b(?:this|present) (?:specimen|sample)"
)
_OLD_CANCER = re.compile(
    r"\b(?:history|h/o|hx) of\b"
    r"|\bprior (?:breast )?(?:cancer|carcinoma)|\bprevious (?:breast )?(?:cancer"
    r"|carcinoma)|\byears ago\b"
    r"|\b(?:in|since) (?:19|20)\d\d\b|\bcontralateral\b"
    r"|\bpreviously treated\b|\bformer\b|\b(?:primary|tumou?r) (?:of|in|from) (?:19|20)\d\d\b"
)
_IN_SITU = re.compile(r"\bdcis\b|\bin.situ\b(?!.hybrid)|\bintraductal\b|\blcis\b")
_INVASIVE = re.compile(
    r"\b(?:micro-?)?inva[sd]|\binfiltrat|\bmetasta|\bcarcinoma of (?:the )?breast\b|\bcancer\b"
)
_NO_INVASIVE = re.compile(
    r"\b(?:no|without|negative for|not)\s(?:evidence of\s|definite\s|residual\s|stromal\s"
    r"|micro-?\s?){0,3}(?:invas\w*|infiltrat\w*)"
    r"|\bnon-?\s?(?:invasive|infiltrating)|\binvasion\s(?:is\s)?(?:not|absent)"
    r"|\binvasive carcinoma:?\s(?:absent|not)"
)
_NONE_INVADES = re.compile(
    r"\b(?:no|without|negative for)\s(?:evidence of\s|definite\s|residual\s|convincing\s|an?\s){0,3}(?:invasive|infiltrating)\s(?:carcinoma|cancer|component|tumou?r"
    r"|disease|malignancy|ductal carcinoma|breast cancer|breast carcinoma|element)|\b(?:invasive|infiltrating)\s(?:carcinoma|cancer|component|tumou?r|disease|malignancy)\s?:?\s(?:is\s|was\s)?"
    r"(?:absent|not (?:seen|identified|found|present|detected))|\bnon-?\s?invasive carcinoma"
)
_ELSEWHERE = re.compile(
    r"\b(?:margins?|skin|nipple|areola|nodes?|nodal|axilla\w*|muscle|re-?excision|cavity)\b"
)
# Kinds of invasive cancer that a report may name without the word "invasive".
_INVASIVE_KIND = re.compile(
    r"\b(?:mucinous|colloid|tubular|medullary|metaplastic|mammary) carcinoma|\badenocarcinoma"
    r"|\b(?:ductal|duct|lobular) (?:adeno)?carcinoma\b(?!.{0,3}in.situ)|\by?pt[1-4]"
)
_IN_SITU_LABEL = re.compile(
    r"[\s*-]{0,4}(?:dcis|ductal carcinoma.in.situ|in.situ (?:component|carcinoma))[^.;:\n]{0,20}:"
)
_BREAST = re.compile(r"breast|mammar|ductal|duct |lobular|lumpectomy|mastectomy|axilla")
_OTHER_ORGAN = re.compile(
    r"endometri|ovar(?:y|ian)|uter(?:us|ine)|meningioma|prostat|lung primary"
    r"|pulmonary adenocarcinoma"
    r"|\b(?:gastric|stomach|o?esophageal|(?:gastro-?o?esophageal|ge) junction|colorectal|colon(?:ic)?|rectal|urothelial|bladder|pancreatic|biliary"
    r"|cervical|salivary(?: duct)?)\s(?:adeno)?(?:carcinoma|cancer)"
)
# A cancer of another organ that has come to the breast, and tumors of the breast that are no carcinoma.
_FROM_ELSEWHERE = re.compile(
    r"\bmetasta\w+\s(?:\w+\s){0,2}(?:from|of)\s(?:an?\s|the\s)?(?:known\s|primary\s)?"
    r"(?:ovar\w+|endometri\w+|lung|pulmonary|gastric|colorectal|colonic|renal|melanoma|thyroid)\b(?!\s(?:metasta|lesion|nodule))"
)
_NO_CARCINOMA = re.compile(r"\bphyllodes\b|\bangiosarcoma\b|\blymphoma\b|\bfibroadenoma\b")
_CARCINOMA = re.compile(
    r"carcinoma|cancer|\bid?c\b|\bilc\b|\bdcis\b|malignan|metasta|invasive|infiltrat|tumou?r cells"
)
_RULED_OUT = re.compile(
    r"\b(?:no|not|rule[sd]?|exclud\w+|versus|vs|against|rather|or|consider\w*|consistent|differential|favou?r\w*|metasta\w+)\b"
)
_PAGET = re.compile(r"\bpaget'?s?\b")
_WAS = re.compile(r"\b(?:was|were|had been|has been|been|known)\b")
# "HER2 3+ in 2018, repeat awaited".
_AWAITED_ANEW = re.compile(
    r"\b(?:repeat\w*|re-?test\w*|new|again|now|current)\b[^.;\n]{0,30}\b(?:await\w*|pending|to follow|requested|sent|outstanding)"
)
# "HER2 2018: 3+": a result with its year is told of that time.
_YEAR_LABEL = re.compile(r"[\s(](?:19|20)\d\d\)?\s?[:=]")
_OF_A_YEAR = re.compile(
    r"(?<![/.-])\b(?:19|20)\d\d (?:primary|(?:breast )?(?:cancer|carcinoma|tumou?r)|biops|specimen|resection|surgery|mastectomy|lumpectomy)"
)
# "ER positive in the 2019 primary": what is said of a dated cancer is past without any verb.
_IN_THE_OLD_ONE = re.compile(
    r"[\s,(]{0,3}(?:\(?\d{1,3}\s?%\)?\s)?(?:in|on|of|from|at)\s(?:the\s|her\s|his\s|an?\s)?(?:original\s|first\s|initial\s|left\s|right\s)?"
    r"(?:19|20)\d\d\s(?:primary|(?:breast\s)?(?:cancer|carcinoma|tumou?r)|biops|specimen|resection|mastectomy|lumpectomy)"
)
_IN_A_YEAR = re.compile(
    r"(?:(?!\b(?:reported|signed|performed|received|issued|verified)\b)[^.;\n]){0,60}?"
    r"\b(?:in|on|since|from|of)\s(?:[a-z]{3,9}\s(?:of\s)?|\d{1,2}[/.-](?:\d{1,2}[/.-])?)?(?:19|20)\d\d\b"
    r"|[\s,]{0,2}\(\s?(?:19|20)\d\d(?:\)|\s(?:biops|core|specimen|surg|resection|mastectomy|lumpectomy|primary))"
)


@dataclass(frozen=True, slots=True)
class Context:
    """Why a result does not count, or None; and whether it is quoted from an earlier report."""

    why_not: str | None
    quoted: bool


IN_SITU = "it is a result of carcinoma in situ, not of the invasive cancer"
NO_INVASIVE = "the report says that no invasive cancer was seen"
EARLIER = "it stands in the history and may be of an earlier cancer, or of another person"
OTHER_PERSON = "it stands in a sentence of another person"
OTHER_ORGAN = "the report does not speak of breast cancer"
OTHER_CANCER = "it stands behind the name of a cancer of another organ"
OTHER_READ = "a later report replaces it"


def context_of(text: str, section: str, start: int, end: int) -> Context:
    """What the words round a result tell of whose it is.

    >>> context_of("history of er positive cancer in 2004", "start", 11, 22).why_not == EARLIER
    True
    """
    sentence = _sentence_start(text, start)
    clause_start = _clause_start(text, start)
    before = text[sentence:start]
    clause = text[clause_start:end]
    after = text[end : end + 60]
    why = None
    labelled = _IN_SITU_LABEL.match(before) and not _INVASIVE.search(before)
    if labelled or _is_of_in_situ(clause, after) or _tells_of_in_situ_only(before):
        why = IN_SITU
    elif is_of_another_person(text, start, end):
        why = OTHER_PERSON
    elif _is_of_another_organ(before):
        why = OTHER_CANCER
    elif _OLD_CANCER.search(before) or _tells_of_the_past(text, sentence, start, end):
        why = EARLIER
    anew = max((m.start() for m in _ANEW.finditer(before)), default=0)
    quoted = bool(_EARLIER_REPORT.search(text, sentence + anew, _sentence_end(text, end)))
    quoted |= _YEAR_LABEL.search(text, start, end) is not None
    return Context(why, quoted or section == "clinical_history")


def _is_of_another_organ(before: str) -> bool:
    """Whether the sentence before a result names another cancer, and neither the breast nor a doubt."""
    named = _OTHER_ORGAN.search(before)
    if named is None or _BREAST.search(before) or _RULED_OUT.search(before):
        return False
    return _CARCINOMA.search(before, named.end()) is None


_AFTER_TREATMENT = re.compile(
    r"\byp\s?(?:t|n)|\bneo-?\s?adjuvant|\bpost.?(?:treatment|chemotherapy|neoadjuvant)"
    r"|\b(?:treatment|therapy) (?:effect|response)|\bresidual cancer burden|\brcb\b"
)


def is_after_treatment(text: str) -> bool:
    """Whether medicines came before this operation: what they left may be in the ducts only.

    >>> is_after_treatment("residual dcis. yptis ypn0")
    True
    """
    return _AFTER_TREATMENT.search(text) is not None


def whole_report_is_not(text: str) -> str | None:
    """Why no result of a report can be one of an invasive breast cancer, or None."""
    if _OTHER_ORGAN.search(text) and not _BREAST.search(text):
        return OTHER_ORGAN
    if _FROM_ELSEWHERE.search(text) or (_NO_CARCINOMA.search(text) and not _CARCINOMA.search(text)):
        return OTHER_ORGAN
    rest = _NO_INVASIVE.sub(" ", _NONE_INVADES.sub(" ", text))
    invasive = _INVASIVE.search(rest) or _INVASIVE_KIND.search(rest)
    in_situ = _IN_SITU.search(text) and _has_tumor_in_situ(text)
    if invasive is None and (in_situ or (_PAGET.search(text) and rest != text)):
        return IN_SITU
    if invasive is None and _says_that_none_invades(text):
        return NO_INVASIVE
    return None


def _says_that_none_invades(text: str) -> bool:
    """Whether it is said of the sample, and not of a margin, the skin or a node."""
    for match in _NONE_INVADES.finditer(text):
        sentence = text[_sentence_start(text, match.start()) : _sentence_end(text, match.end())]
        if _ELSEWHERE.search(sentence) is None:
            return True
    return False


def _has_tumor_in_situ(text: str) -> bool:
    return (
        re.search(
            r"\b(?:dcis|ductal carcinoma.in.situ|intraductal carcinoma|lcis|lobular carcinoma.in.situ)\b",
            text,
        )
        is not None
    )


def _is_of_in_situ(clause: str, after: str) -> bool:
    if _INVASIVE.search(clause):
        return False
    if _IN_SITU.search(clause):
        return True
    return (
        re.match(
            r"(?:[^.;:\n]{0,25}\b(?:in|of|on) (?:the )?|[^.;:\n(]{0,25}\((?:in |of )?(?:the )?)"
            r"(?:dcis|in.situ|ductal carcinoma in)",
            after,
        )
        is not None
    )


def _tells_of_in_situ_only(before: str) -> bool:
    """Whether the item of a result names carcinoma in situ and none that invades."""
    item = _NO_INVASIVE.sub(" ", before[before.rfind(";") + 1 :])
    if _IN_SITU.search(item) is None:
        return False
    return _INVASIVE.search(item) is None and _INVASIVE_KIND.search(item) is None


def _sentence_start(text: str, place: int) -> int:
    low = max(0, place - 160)
    return max(low, text.rfind(". ", low, place) + 1, text.rfind("\n", low, place) + 1)


def _sentence_end(text: str, place: int) -> int:
    """Where the line or sentence of a result ends: what follows speaks of something else."""
    high = min(len(text), place + 90)
    ends = [text.find(end, place, high) for end in (". ", "\n", ";", " / ")]
    return min((end for end in ends if end >= 0), default=high)


def _tells_of_the_past(text: str, sentence: int, start: int, end: int) -> bool:
    """In "ER was positive in 2019", what was true in a year is not what is true of this sample."""
    if _IN_THE_OLD_ONE.match(text, end):
        return True
    year = _IN_A_YEAR.match(text, end, _sentence_end(text, end))
    year = year or _OF_A_YEAR.search(text, sentence, end)
    if year is None:
        return False
    again = _AWAITED_ANEW.search(text, end, _sentence_end(text, end))
    return _WAS.search(text, sentence, end) is not None or again is not None


def _clause_start(text: str, place: int) -> int:
    low = _sentence_start(text, place)
    return max(low, text.rfind(";", low, place) + 1, text.rfind(",", low, place) + 1)
